//! What the file may claim: PDF/UA-1 and PDF/A-2a, each only if it holds.
//!
//! A validator sees most breaches after the fact; these are the ones that depend on what was
//! written in the manuscript, and they are told with their place.

use std::collections::BTreeMap;

use super::figures::{Figure, alternative};
use crate::book::Book;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::layout::pages::{Pages, TagId};

/// The standards the file conforms to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Claims {
    /// PDF/UA-1 (ISO 14289-1).
    pub(super) is_accessible: bool,
    /// PDF/A-2a (ISO 19005-2).
    pub(super) is_archival: bool,
}

/// Looks for what would make a claim false. `is_complete` tells whether every font and picture
/// could be embedded.
pub(super) fn check(
    pages: &Pages,
    book: &Book,
    figures: &BTreeMap<TagId, Figure>,
    is_complete: bool,
    diagnostics: &mut Diagnostics,
) -> Claims {
    let mut is_told = true;
    for (tag, figure) in figures {
        let own = pages.structure.tag(*tag).alt.as_deref();
        if alternative(own, figure, book).is_none() {
            is_told = false;
            diagnostics.push(missing_alt(pages, book, figure));
        }
    }
    let is_known = !book.meta.title.trim().is_empty() && !book.meta.language.0.is_empty();
    let holds = is_complete && is_told && is_known;
    Claims { is_accessible: holds, is_archival: holds }
}

fn missing_alt(pages: &Pages, book: &Book, figure: &Figure) -> Diagnostic {
    let photo = figure.photos.iter().find_map(|id| book.photos.get(id.0 as usize));
    let what = photo.map_or("a drawing".to_owned(), |photo| format!("`{}`", photo.name));
    let message = format!("{what} has no alternative text");
    let label = pages.pages.get(figure.page).map_or("", |page| page.label.as_str());
    Diagnostic::new(Code::MissingAlt, figure.span.or(photo.map(|p| p.span)), message)
        .help("say what is seen in the photo register (`alt`), or mark it `decorative`")
        .page(label)
}
