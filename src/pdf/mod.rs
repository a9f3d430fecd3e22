//! Writes pages as a PDF 1.7 file that is tagged (PDF/UA-1) and archival (PDF/A-2a), unless the
//! edition wants other standards.
//!
//! Three hands make the file. Our own writes what there is most of: the content streams
//! (`content`, `text`) and, at the end, the bytes of the file (`file`). `subsetter` and
//! `printpdf` make fonts, pages, images and links (`fonts`, `images`, `draft`). A finishing pass
//! over `printpdf`'s document, with `lopdf`, adds what the standards ask for: the structure tree,
//! destinations, outline, labels, metadata, exact widths and character maps. The measurements
//! behind this split: an operation for each glyph costs ten times the time and four times the
//! memory.
//!
//! Modules are named after chapters of ISO 32000-1 where they have one. Nothing here measures or
//! places: that was done by `layout`. What would make a claim false is a diagnostic (`check`), and
//! the claim is then not made.

mod attachments;
mod check;
mod color;
mod content;
mod draft;
mod drawing;
mod elements;
mod encoding;
mod figures;
mod file;
mod finish;
mod font_objects;
mod fonts;
mod images;
mod labels;
mod links;
mod metadata;
mod object;
mod outline;
mod page_tree;
mod painting;
mod spelling;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod trees;

pub use attachments::Attachment;

use crate::book::Book;
use crate::diag::Diagnostics;
use crate::font::Faces;
use crate::layout::pages::Pages;
use crate::project::{Archival, Cache, Standards};

/// What a file is to be, apart from what its pages show.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// What it promises to conform to.
    pub standards: Standards,
    /// The manuscript, which a PDF/A-3 file holds.
    pub sources: &'a [Attachment<'a>],
    /// Where work on pictures is kept for the next build, if anywhere.
    pub cache: Option<&'a Cache>,
}

/// The bytes of an edition. The same input gives the same bytes.
pub fn write(
    pages: &Pages,
    book: &Book,
    faces: &Faces,
    options: &Options<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<u8> {
    let fonts = fonts::Fonts::collect(&pages.pages, faces, diagnostics);
    let pictures = images::Pictures::collect(&pages.pages, book, options.cache, diagnostics);
    let figures = figures::find(pages);
    let is_sound = check::check(pages, book, &figures, options.standards, diagnostics);
    let holds = is_sound && fonts.is_complete && pictures.is_complete;
    let claims = if holds { options.standards } else { Standards::NONE };
    let attachments = match claims.archival {
        Some(Archival::A3a) => options.sources,
        Some(Archival::A2a | Archival::A2u) | None => &[],
    };
    let contents = content::write(pages, &fonts, &pictures);
    let draft = draft::draft(pages, &fonts, &pictures);
    let parts = finish::Parts { pages, book, faces, figures: &figures, claims, attachments };
    let (document, fillings) = finish::finish(draft, &parts, &fonts, pictures, contents);
    file::write(document, |id| fillings.get(&id).map(images::Filling::bytes))
}
