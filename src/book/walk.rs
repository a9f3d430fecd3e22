//! Walks over a file's tree before it is resolved: which places will carry anchors, which
//! pictures are shown, what a run of inlines says.
//!
//! `names` gives anchors to the landmarks in the order of [`landmarks`], and `blocks` takes them
//! in the same order; both ask the same questions ([`only_images`], [`table_caption`]).

use super::terms::Terms;
use crate::manuscript::{self as m, BlockKind, InlineKind};
use crate::source::Span;

/// An image as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenImage<'a> {
    pub(super) path: &'a str,
    /// Its title is the caption.
    pub(super) title: &'a str,
    pub(super) alt: &'a [m::Inline],
    pub(super) span: Span,
}

/// A place that will carry an anchor.
#[derive(Debug)]
pub(super) enum Landmark<'a> {
    /// A heading below the chapter's title.
    Heading { level: u8, id: Option<&'a (String, Span)>, inlines: &'a [m::Inline], span: Span },
    /// A paragraph of nothing but images.
    Figure { images: Vec<WrittenImage<'a>>, span: Span },
    /// A table with a caption.
    Table { caption: Vec<m::Inline>, span: Span },
}

/// Visits every landmark in reading order; `skip` is the block that became the chapter's title.
pub(super) fn landmarks<'a>(
    blocks: &'a [m::Block],
    skip: Option<usize>,
    terms: &Terms,
    visit: &mut dyn FnMut(Landmark<'a>),
) {
    for (at, block) in blocks.iter().enumerate().filter(|(at, _)| Some(*at) != skip) {
        let span = block.span;
        match &block.kind {
            BlockKind::Paragraph(inlines) => {
                if let Some(images) = only_images(inlines) {
                    visit(Landmark::Figure { images, span });
                } else if let Some(caption) = table_caption(blocks, at, terms) {
                    visit(Landmark::Table { caption, span });
                }
            }
            BlockKind::Heading { level, id, inlines, .. } => {
                visit(Landmark::Heading { level: *level, id: id.as_ref(), inlines, span });
            }
            BlockKind::List { items, .. } => {
                items.iter().for_each(|(_, inner)| landmarks(inner, None, terms, visit));
            }
            BlockKind::Definitions(list) => {
                let bodies = list.iter().flat_map(|(_, bodies)| bodies);
                bodies.for_each(|inner| landmarks(inner, None, terms, visit));
            }
            BlockKind::Quote(inner) | BlockKind::Alert(_, inner) => {
                landmarks(inner, None, terms, visit);
            }
            BlockKind::Code { .. } | BlockKind::Table { .. } | BlockKind::Rule => {}
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
                let cells = head.iter().chain(rows.iter().flatten());
                cells.for_each(|(inlines, _)| images_in(inlines, visit));
            }
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }
}

fn images_in<'a>(inlines: &'a [m::Inline], visit: &mut dyn FnMut(WrittenImage<'a>)) {
    for inline in inlines {
        if let Some(image) = image(inline) {
            visit(image);
        } else {
            images_in(content(inline), visit);
        }
    }
}

fn image(inline: &m::Inline) -> Option<WrittenImage<'_>> {
    match &inline.kind {
        InlineKind::Image { path, title, alt } => {
            Some(WrittenImage { path, title, alt, span: inline.span })
        }
        InlineKind::Text(_)
        | InlineKind::Code(_)
        | InlineKind::Emphasis(_)
        | InlineKind::Strong(_)
        | InlineKind::Strikethrough(_)
        | InlineKind::Superscript(_)
        | InlineKind::Subscript(_)
        | InlineKind::Keyboard(_)
        | InlineKind::Highlight(_)
        | InlineKind::Foreign(..)
        | InlineKind::Link { .. }
        | InlineKind::NoteCall(_)
        | InlineKind::SoftBreak
        | InlineKind::HardBreak => None,
    }
}

/// The images of a paragraph that holds nothing else: a figure.
pub(super) fn only_images(inlines: &[m::Inline]) -> Option<Vec<WrittenImage<'_>>> {
    let mut images = Vec::new();
    for inline in inlines {
        match (&inline.kind, image(inline)) {
            (_, Some(image)) => images.push(image),
            (InlineKind::SoftBreak | InlineKind::HardBreak, None) => {}
            (InlineKind::Text(text), None) if text.trim().is_empty() => {}
            (_, None) => return None,
        }
    }
    (!images.is_empty()).then_some(images)
}

/// The words behind `Table:` of a paragraph that stands directly before a table.
pub(super) fn table_caption(
    blocks: &[m::Block],
    at: usize,
    terms: &Terms,
) -> Option<Vec<m::Inline>> {
    let BlockKind::Table { .. } = blocks.get(at + 1)?.kind else { return None };
    let BlockKind::Paragraph(inlines) = &blocks[at].kind else { return None };
    let (first, rest) = inlines.split_first()?;
    let InlineKind::Text(text) = &first.kind else { return None };
    let words = ["Table", terms.table].iter().find_map(|word| {
        text.strip_prefix(word)?.trim_start_matches([' ', '\u{A0}', '\u{202F}']).strip_prefix(':')
    })?;
    let words = words.trim_start();
    let cut = u32::try_from(text.len() - words.len()).unwrap_or(0);
    let mut caption = Vec::with_capacity(inlines.len());
    if !words.is_empty() {
        let start = first.span.start.saturating_add(cut).min(first.span.end);
        let span = Span { start, ..first.span };
        caption.push(m::Inline { kind: InlineKind::Text(words.to_owned()), span });
    }
    let starts_with_break = caption.is_empty()
        && rest.first().is_some_and(|inline| matches!(inline.kind, InlineKind::SoftBreak));
    caption.extend(rest.iter().skip(usize::from(starts_with_break)).cloned());
    Some(caption)
}

/// What a run of inlines says, without notes; breaks are spaces, images their alt text.
pub(super) fn plain(inlines: &[m::Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[m::Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::NoteCall(_) => {}
            InlineKind::Image { alt, .. } => push_plain(alt, out),
            InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Keyboard(_)
            | InlineKind::Highlight(_)
            | InlineKind::Foreign(..)
            | InlineKind::Link { .. } => push_plain(content(inline), out),
        }
    }
}

/// What an inline holds.
fn content(inline: &m::Inline) -> &[m::Inline] {
    match &inline.kind {
        InlineKind::Emphasis(content)
        | InlineKind::Strong(content)
        | InlineKind::Strikethrough(content)
        | InlineKind::Superscript(content)
        | InlineKind::Subscript(content)
        | InlineKind::Keyboard(content)
        | InlineKind::Highlight(content)
        | InlineKind::Foreign(_, content)
        | InlineKind::Link { content, .. } => content,
        InlineKind::Text(_)
        | InlineKind::Code(_)
        | InlineKind::Image { .. }
        | InlineKind::NoteCall(_)
        | InlineKind::SoftBreak
        | InlineKind::HardBreak => &[],
    }
}
