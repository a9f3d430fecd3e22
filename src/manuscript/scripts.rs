//! `x^2^` and `H~2~O`: superscript and subscript within words.
//!
//! pulldown-cmark wants blanks around them (its issues 1022 and 1078), which is where nobody needs
//! them. So it is asked for subscript only (else a single `~` would strike through), and what it
//! leaves as text is paired here, by pandoc's rule: no white space between the marks. Two more
//! rules keep `~5-~10` and `[^a]` as they are: a mark behind punctuation and before a letter or
//! digit does not close, and one behind a bracket does not open.

use super::tree::{Inline, InlineKind};
use crate::source::Span;

/// A `^` or `~` in a text that might begin or end a script.
pub(super) struct Delimiter {
    /// Index of the text among its siblings.
    pub(super) index: usize,
    /// Byte in the text.
    pub(super) at: usize,
    /// Byte in the file.
    pub(super) source: u32,
    /// `^` or `~`.
    pub(super) mark: char,
}

/// Where marks may be in a text as it was written: single ones, not escaped. `before` is what
/// stands before the text in its file.
pub(super) fn find<'t>(text: &'t str, before: &str) -> impl Iterator<Item = (usize, char)> + 't {
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    let escaped = backslashes % 2 == 1;
    text.match_indices(['^', '~']).filter_map(move |(at, mark)| {
        let doubled = text[..at].ends_with(mark) || text[at + 1..].starts_with(mark);
        (!(doubled || escaped && at == 0)).then(|| (at, mark.chars().next().unwrap_or('^')))
    })
}

/// Makes scripts of the pairs among the delimiters, which are in order.
pub(super) fn pair(inlines: Vec<Inline>, delimiters: &[Delimiter]) -> Vec<Inline> {
    let mut pairs = Vec::new();
    let mut next = 0;
    while let Some(open) = delimiters.get(next) {
        let later = delimiters.iter().skip(next + 1);
        let close = later.enumerate().find(|(_, close)| close.mark == open.mark);
        match close.filter(|(_, close)| is_pair(&inlines, open, close)) {
            Some((skipped, close)) => {
                pairs.push((open, close));
                next += skipped + 2;
            }
            None => next += 1,
        }
    }
    if pairs.is_empty() { inlines } else { build(inlines, &pairs) }
}

fn is_pair(inlines: &[Inline], open: &Delimiter, close: &Delimiter) -> bool {
    let text = |delimiter: &Delimiter| match inlines.get(delimiter.index).map(|i| &i.kind) {
        Some(InlineKind::Text(text)) => text.as_str(),
        _ => "",
    };
    let (first, last) = (text(open), text(close));
    if first[..open.at].ends_with('[') {
        return false;
    }
    let before = last[..close.at].chars().next_back();
    let after = last[close.at + 1..].chars().next();
    let punctuation = before.is_some_and(|c| c.is_ascii_punctuation());
    if punctuation && after.is_some_and(char::is_alphanumeric) {
        return false;
    }
    let blank = |text: &str| text.contains(char::is_whitespace);
    if open.index == close.index {
        let content = &first[open.at + 1..close.at];
        return !content.is_empty() && !blank(content);
    }
    let between = inlines.get(open.index + 1..close.index).unwrap_or(&[]);
    !blank(&first[open.at + 1..])
        && !blank(&last[..close.at])
        && !between.iter().any(|inline| blank(inline.characters()))
}

fn build(inlines: Vec<Inline>, pairs: &[(&Delimiter, &Delimiter)]) -> Vec<Inline> {
    let mut ends = pairs.iter().flat_map(|(open, close)| [*open, *close]).peekable();
    let mut out = Vec::new();
    // What is before the script that is open, and the place of its mark.
    let mut outer: Option<(Vec<Inline>, u32)> = None;
    for (index, inline) in inlines.into_iter().enumerate() {
        let InlineKind::Text(text) = &inline.kind else {
            out.push(inline);
            continue;
        };
        let (mut at, mut source) = (0, inline.span.start);
        while let Some(end) = ends.next_if(|end| end.index == index) {
            let piece = Span { start: source, end: end.source, ..inline.span };
            push_text(&mut out, &text[at..end.at], piece);
            (at, source) = (end.at + 1, end.source + 1);
            match outer.take() {
                None => outer = Some((std::mem::take(&mut out), end.source)),
                Some((before, start)) => {
                    let content = std::mem::replace(&mut out, before);
                    let kind = match end.mark {
                        '~' => InlineKind::Subscript(content),
                        _ => InlineKind::Superscript(content),
                    };
                    let span = Span { start, end: end.source + 1, ..inline.span };
                    out.push(Inline { kind, span });
                }
            }
        }
        let rest = Span { start: source, ..inline.span };
        push_text(&mut out, &text[at..], rest);
    }
    out
}

fn push_text(out: &mut Vec<Inline>, text: &str, span: Span) {
    if !text.is_empty() {
        out.push(Inline { kind: InlineKind::Text(text.to_owned()), span });
    }
}
