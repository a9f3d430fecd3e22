//! Captions of tables, which Markdown has no syntax for, and ids at the end of a paragraph.
//!
//! As in pandoc a paragraph that begins with `Table:` (or the word of the chapter's language)
//! directly before or behind a table is its caption; `{#id}` at its end names the table. One that
//! gives the table a number of the author's, `Table B-1:`, is a caption as well, as books of mdBook
//! have them in `<span class="caption">`. Of a paragraph between two tables see [`of_tables`].

use super::terms::Terms;
use crate::manuscript::{self as m, BlockKind, InlineKind};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// An id and its place.
pub(super) type Id = (String, Span);

/// A table's caption as it is written.
#[derive(Clone, Debug)]
pub(super) struct Caption {
    /// Its words, without `Table:` and id.
    pub(super) words: Vec<m::Inline>,
    /// The number that the author gives it: `B-1`
    pub(super) number: Option<String>,
    /// `{#id}`
    pub(super) id: Option<Id>,
    /// The paragraph.
    pub(super) span: Span,
}

/// The captions among some blocks.
#[derive(Debug, Default)]
pub(super) struct Captions {
    /// By the table's index.
    by_table: BTreeMap<usize, Caption>,
    /// The paragraphs that are captions.
    paragraphs: BTreeSet<usize>,
}

impl Captions {
    /// The caption of the table at an index.
    pub(super) fn take(&mut self, table: usize) -> Option<Caption> {
        self.by_table.remove(&table)
    }

    /// Whether the block at an index is a caption and not text.
    pub(super) fn holds(&self, paragraph: usize) -> bool {
        self.paragraphs.contains(&paragraph)
    }
}

/// Finds the caption of each table. One that stands between two tables belongs to the second one,
/// unless the first has none before it and the second has one behind it: then captions stand
/// behind their tables here.
pub(super) fn of_tables(blocks: &[m::Block], terms: &Terms) -> Captions {
    let mut captions = Captions::default();
    let is_table = |at: usize| {
        blocks.get(at).is_some_and(|block| matches!(block.kind, BlockKind::Table { .. }))
    };
    for at in (0..blocks.len()).filter(|at| is_table(*at)) {
        let before = at.checked_sub(1).filter(|before| !captions.holds(*before));
        let behind_next = |at: usize| is_table(at + 2) && caption(blocks, at + 3, terms).is_none();
        let behind = Some(at + 1).filter(|_| !behind_next(at));
        let found = [before, behind].into_iter().flatten();
        let found = found.filter_map(|at| Some((at, caption(blocks, at, terms)?))).next();
        if let Some((paragraph, caption)) = found {
            captions.paragraphs.insert(paragraph);
            captions.by_table.insert(at, caption);
        }
    }
    captions
}

/// The paragraph at an index, if it is written as a caption.
fn caption(blocks: &[m::Block], at: usize, terms: &Terms) -> Option<Caption> {
    let block = blocks.get(at)?;
    let BlockKind::Paragraph(inlines) = &block.kind else { return None };
    let (first, rest) = inlines.split_first()?;
    let InlineKind::Text(text) = &first.kind else { return None };
    let own = terms.table.split("{}").next().unwrap_or_default().trim_end();
    let (number, words) = ["Table", own].iter().find_map(|word| {
        let (number, words) = text.strip_prefix(word)?.split_once([':', '：'])?;
        let number = number.trim_matches([' ', '\u{A0}', '\u{202F}']);
        (number.is_empty() || is_number(number)).then_some((number, words))
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
    let id = take_id(&mut caption);
    let number = (!number.is_empty()).then(|| number.to_owned());
    Some(Caption { words: caption, number, id, span: block.span })
}

/// Whether words are a number as tables have it: `3`, `3-1`, `B.2`.
fn is_number(words: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '–');
    words.chars().all(is_part) && words.contains(|c: char| c.is_numeric())
}

/// Takes `{#id}` away from the end of some words.
fn take_id(words: &mut Vec<m::Inline>) -> Option<Id> {
    let last = words.last_mut()?;
    let InlineKind::Text(text) = &mut last.kind else { return None };
    let (before, id) = trailing_id(text, last.span)?;
    let before = before.trim_end().to_owned();
    let cut = u32::try_from(text.len() - before.len()).unwrap_or(0);
    last.span.end = last.span.end.saturating_sub(cut).max(last.span.start);
    *text = before;
    if text.is_empty() {
        words.pop();
    }
    Some(id)
}

/// What stands before `{#id}` at the end of a text, and the id.
pub(super) fn trailing_id(text: &str, span: Span) -> Option<(&str, Id)> {
    let (before, braces) = text.trim_end().strip_suffix('}')?.rsplit_once('{')?;
    let id = braces.trim().strip_prefix('#')?;
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c == '#') {
        return None;
    }
    // Bytes of the text are bytes of the file unless something was escaped.
    let exact = text.len() == (span.end - span.start) as usize;
    let start = before.len() + 1 + braces.find('#').map_or(0, |hash| hash + 1);
    let place = |at: usize| span.start.saturating_add(u32::try_from(at).unwrap_or(0));
    let span = match exact {
        true => Span { start: place(start), end: place(start + id.len()), ..span },
        false => span,
    };
    Some((before, (id.to_owned(), span)))
}
