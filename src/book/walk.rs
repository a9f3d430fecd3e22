//! Walks over a file's tree before it is resolved: which places will carry anchors, which
//! pictures are shown, what a run of inlines says.
//!
//! `names` gives anchors to the landmarks in the order of [`survey`], and `blocks` takes them
//! in the same order; both ask the same questions ([`only_images`], [`captions::of_tables`]).

use super::captions::{self, Caption};
use super::placement::{self, Attributes};
use super::terms::Terms;
use super::types::Language;
use crate::manuscript::{self as m, BlockKind, Document, InlineKind, Manuscript};
use crate::project::is_language_tag;
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// An image as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenImage<'a> {
    pub(super) path: &'a str,
    /// Its title is the caption, unless there is another one.
    pub(super) title: &'a str,
    /// The caption with marks and links.
    pub(super) caption: &'a [m::Inline],
    pub(super) alt: &'a [m::Inline],
    /// The share of the measure, in percent.
    pub(super) width: Option<u8>,
    pub(super) span: Span,
}

/// A place that will carry an anchor.
#[derive(Debug)]
pub(super) enum Landmark<'a> {
    /// A heading, the chapter's title among them.
    Heading {
        level: u8,
        id: Option<&'a (String, Span)>,
        is_numbered: bool,
        inlines: &'a [m::Inline],
        span: Span,
    },
    /// A paragraph of nothing but images.
    Figure { images: Vec<WrittenImage<'a>>, attributes: Attributes, span: Span },
    /// A table with a caption.
    Table(Caption),
    /// A displayed formula with a name.
    Formula { id: &'a (String, Span), tex: &'a str, span: Span },
}

/// Whether a heading's attributes leave it its number, as pandoc writes them.
pub(super) fn is_numbered(classes: &[String], attributes: &[(String, String)]) -> bool {
    !classes.iter().any(|class| class == "unnumbered")
        && !attributes.iter().any(|(key, _)| key == "-")
}

/// The landmarks of each chapter in reading order, the one that becomes its title among them.
pub(super) type Landmarks<'a> = BTreeMap<FileId, Vec<Landmark<'a>>>;

/// Finds the landmarks of all chapters.
pub(super) fn survey<'a>(manuscript: &'a Manuscript, language: &Language) -> Landmarks<'a> {
    let of = |document: &'a Document| {
        let mut found = Vec::new();
        let terms = Terms::of(&spoken(document, language));
        let (blocks, has_images) = (&document.blocks, document.has_images);
        landmarks(blocks, (terms, has_images), &mut |landmark| found.push(landmark));
        (document.file, found)
    };
    manuscript.documents.iter().map(of).collect()
}

/// The language of a chapter, that of the book by default, without a complaint about one that is
/// none.
fn spoken(document: &Document, language: &Language) -> Language {
    let own = document.front.language.as_ref().filter(|(tag, _)| is_language_tag(tag));
    own.map_or_else(|| language.clone(), |(tag, _)| Language(tag.clone()))
}

/// Visits every landmark in reading order.
fn landmarks<'a>(
    blocks: &'a [m::Block],
    (terms, has_images): (&Terms, bool),
    visit: &mut dyn FnMut(Landmark<'a>),
) {
    let mut captions = captions::of_tables(blocks, terms);
    for (at, block) in blocks.iter().enumerate() {
        let span = block.span;
        match &block.kind {
            BlockKind::Paragraph(_) if !has_images => {}
            BlockKind::Paragraph(inlines) => {
                if let Some((images, attributes)) = only_images(inlines) {
                    visit(Landmark::Figure { images, attributes, span });
                }
            }
            BlockKind::Heading { level, id, inlines, classes, attributes } => {
                let is_numbered = is_numbered(classes, attributes);
                let (level, id) = (*level, id.as_ref());
                visit(Landmark::Heading { level, id, is_numbered, inlines, span });
            }
            BlockKind::Table { .. } => {
                captions.take(at).into_iter().for_each(|caption| visit(Landmark::Table(caption)));
            }
            BlockKind::List { items, .. } => {
                items.iter().for_each(|(_, inner)| landmarks(inner, (terms, has_images), visit));
            }
            BlockKind::Definitions(list) => {
                let bodies = list.iter().flat_map(|(_, bodies)| bodies);
                bodies.for_each(|inner| landmarks(inner, (terms, has_images), visit));
            }
            BlockKind::Quote(inner) | BlockKind::Alert(_, inner) => {
                landmarks(inner, (terms, has_images), visit);
            }
            BlockKind::Formula { tex, id: Some(id) } => visit(Landmark::Formula { id, tex, span }),
            BlockKind::Code { .. } | BlockKind::Formula { id: None, .. } | BlockKind::Rule => {}
        }
    }
}

/// Visits every image in reading order.
pub(super) fn images<'a>(blocks: &'a [m::Block], visit: &mut dyn FnMut(WrittenImage<'a>)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => {
                images_in(inlines, visit);
            }
            BlockKind::List { items, .. } => {
                items.iter().for_each(|(_, inner)| images(inner, visit));
            }
            BlockKind::Definitions(list) => {
                for (terms, bodies) in list {
                    terms.iter().for_each(|(inlines, _)| images_in(inlines, visit));
                    bodies.iter().for_each(|inner| images(inner, visit));
                }
            }
            BlockKind::Quote(inner) | BlockKind::Alert(_, inner) => images(inner, visit),
            BlockKind::Table { head, rows, .. } => {
                let cells = head.iter().chain(rows).flatten();
                cells.for_each(|cell| images_in(&cell.inlines, visit));
            }
            BlockKind::Code { .. } | BlockKind::Formula { .. } | BlockKind::Rule => {}
        }
    }
}

fn images_in<'a>(inlines: &'a [m::Inline], visit: &mut dyn FnMut(WrittenImage<'a>)) {
    for inline in inlines {
        if let Some(image) = image(inline) {
            visit(image);
        } else {
            images_in(inline.children(), visit);
        }
    }
}

fn image(inline: &m::Inline) -> Option<WrittenImage<'_>> {
    let InlineKind::Image(image) = &inline.kind else { return None };
    let m::Image { path, title, alt, caption, width } = &**image;
    Some(WrittenImage { path, title, caption, alt, width: *width, span: inline.span })
}

/// The images of a paragraph that holds nothing else, and the id behind them: a figure.
pub(super) fn only_images(inlines: &[m::Inline]) -> Option<(Vec<WrittenImage<'_>>, Attributes)> {
    let mut images = Vec::new();
    let mut attributes = Attributes::default();
    for (at, inline) in inlines.iter().enumerate() {
        match (&inline.kind, image(inline)) {
            (_, Some(image)) => images.push(image),
            (InlineKind::SoftBreak | InlineKind::HardBreak, None) => {}
            (InlineKind::Text(text), None) if text.chars().all(char::is_whitespace) => {}
            // Nearly all paragraphs are known by their first words.
            (InlineKind::Text(_), None) if images.is_empty() => return None,
            (InlineKind::Text(text), None) if at + 1 == inlines.len() => {
                let (before, found) = placement::trailing(text, inline.span)?;
                if !before.trim().is_empty() {
                    return None;
                }
                attributes = found;
            }
            (_, None) => return None,
        }
    }
    if let [WrittenImage { width: Some(percent), span, .. }] = images[..] {
        attributes.share(percent, span);
    }
    (!images.is_empty()).then_some((images, attributes))
}

/// What a run of inlines says, without notes; breaks are spaces, images their alt text.
pub(super) fn plain(inlines: &[m::Inline]) -> String {
    if let [m::Inline { kind: InlineKind::Text(text), .. }] = inlines {
        return text.clone();
    }
    let mut out = String::with_capacity(32 * inlines.len());
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[m::Inline], out: &mut String) {
    for inline in inlines {
        out.push_str(inline.characters());
        push_plain(inline.children(), out);
    }
}
