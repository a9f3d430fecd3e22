//! What would make a claim of the file false, found before it is made.
//!
//! A validator sees most breaches after the fact; these are the ones that depend on what was
//! written in the manuscript, and they are told with their place. That a face may be embedded and a
//! picture decoded is found where they are read; that an address is one, that a language is known
//! and that headings do not skip levels, when the book is resolved.

use std::collections::BTreeMap;

use super::figures::{Figure, alternative};
use super::links::ascii;
use super::metadata::subjects;
use super::object::{LONGEST_STRING, is_too_long};
use super::spelling::{clusters, is_reversed};
use crate::book::Book;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::layout::pages::{Glyphs, Item, LinkTarget, Mark, Page, Pages, TagId};
use crate::project::Standards;
use crate::source::Span;

/// Whether what the standards ask of the book's words holds; what does not becomes a complaint.
pub(super) fn check(
    pages: &Pages,
    book: &Book,
    figures: &BTreeMap<TagId, Figure>,
    standards: Standards,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut check = Check { pages, book, complaints: Vec::new() };
    if standards.needs_structure() {
        check.figures(figures);
    }
    if standards.archival.is_some() {
        check.lengths(figures);
    }
    let is_known = !book.meta.title.trim().is_empty() && !book.meta.language.0.is_empty();
    let is_sound = is_known && check.complaints.is_empty();
    check.complaints.into_iter().for_each(|complaint| diagnostics.push(complaint));
    is_sound
}

struct Check<'a> {
    pages: &'a Pages,
    book: &'a Book,
    complaints: Vec<Diagnostic>,
}

impl Check<'_> {
    /// PDF/UA-1, 7.3: a figure has words.
    fn figures(&mut self, figures: &BTreeMap<TagId, Figure>) {
        for (tag, figure) in figures {
            let own = self.pages.structure.tag(*tag).alt.as_deref();
            if alternative(own, figure, self.book).is_none() {
                let photo = figure.photos.iter().find_map(|id| self.book.photos.get(id.0 as usize));
                let what =
                    photo.map_or("a drawing".to_owned(), |photo| format!("`{}`", photo.name));
                let message = format!("{what} has no alternative text");
                let span = figure.span.or(photo.map(|photo| photo.span));
                let help =
                    "say what is seen in the photo register (`alt`), or mark it `decorative`";
                let complaint = Diagnostic::new(Code::MissingAlt, span, message).help(help);
                self.complain(complaint, Some(figure.page));
            }
        }
    }

    /// PDF/A-2, 6.1.13: a string has no more than 32,767 bytes. What only helps a reader is
    /// shortened where it is written; this is what would be lost.
    fn lengths(&mut self, figures: &BTreeMap<TagId, Figure>) {
        for (tag, figure) in figures {
            let own = self.pages.structure.tag(*tag).alt.as_deref();
            if alternative(own, figure, self.book).is_some_and(|words| is_too_long(&words)) {
                self.too_long("the alternative text of a picture", figure.span, Some(figure.page));
            }
        }
        let pages = self.pages;
        for (number, page) in pages.pages.iter().enumerate() {
            for item in &page.items {
                match item {
                    Item::Link(link) => {
                        let LinkTarget::Url(url) = &link.target else { continue };
                        if ascii(url).len() > LONGEST_STRING {
                            let span = link.tag.and_then(|tag| self.place_on(page, tag));
                            self.too_long("the address of a link", span, Some(number));
                        }
                    }
                    Item::Glyphs(run) if run.text.len() > LONGEST_STRING / 2 && is_told(run) => {
                        self.too_long("a line of text", Some(run.span), Some(number));
                    }
                    Item::Formula(formula) if is_too_long(&formula.text) => {
                        self.too_long("a formula", Some(formula.span), Some(number));
                    }
                    Item::Glyphs(_) | Item::Formula(_) | Item::Image(_) | Item::Path(_) => {}
                }
            }
        }
        for anchor in self.book.anchors.iter().filter(|a| a.name.len() > LONGEST_STRING) {
            self.too_long("the anchor of a heading", Some(anchor.span), None);
        }
        self.metadata();
    }

    fn metadata(&mut self) {
        let meta = &self.book.meta;
        let subjects = subjects(meta).join(", ");
        let description = meta.description.as_deref().unwrap_or_default();
        let texts = [("title", meta.title.as_str()), ("description", description)];
        let span = self.book.sections.first().map(|section| section.span);
        for (key, text) in texts.into_iter().chain([("subjects", subjects.as_str())]) {
            if is_too_long(text) {
                self.too_long(&format!("`{key}` of the book"), span, None);
            }
        }
    }

    /// Where the words of a link are written.
    fn place_on(&self, page: &Page, tag: TagId) -> Option<Span> {
        page.items.iter().find_map(|item| match item {
            Item::Glyphs(run) => match run.mark {
                Mark::Content(slot) => {
                    let owner = self.pages.structure.contents.get(slot.0 as usize);
                    owner.is_some_and(|owner| *owner == tag).then_some(run.span)
                }
                Mark::Pagination | Mark::Layout => None,
            },
            Item::Image(_) | Item::Path(_) | Item::Formula(_) | Item::Link(_) => None,
        })
    }

    fn too_long(&mut self, what: &str, span: Option<Span>, page: Option<usize>) {
        let message = format!("{what} takes more than {LONGEST_STRING} bytes");
        let help = "PDF/A does not hold it: shorten it, or give the edition `standard = \"ua-1\"`";
        self.complain(Diagnostic::new(Code::TooLong, span, message).help(help), page);
    }

    fn complain(&mut self, complaint: Diagnostic, page: Option<usize>) {
        let label = page.and_then(|page| self.pages.pages.get(page)).map(|page| &page.label);
        self.complaints.push(match label {
            Some(label) => complaint.page(label.clone()),
            None => complaint,
        });
    }
}

/// Whether a text that is too long for one string is told beside the glyphs of a run.
fn is_told(run: &Glyphs) -> bool {
    match is_reversed(run) {
        true => is_too_long(&run.text),
        false => clusters(run).any(|cluster| is_too_long(cluster.text)),
    }
}
