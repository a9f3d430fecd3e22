//! What finished inlines and listings are cleaned of, and how places are joined.

use super::tree::{Inline, InlineKind};
use crate::source::Span;

/// The place that covers both. The parser's ranges are not always in order: where it expands a tab
/// behind a list's mark, the first text stands before its item.
pub(super) fn union(one: Span, other: Span) -> Span {
    Span { start: one.start.min(other.start), end: one.end.max(other.end), ..one }
}

/// A paragraph's inlines without the line ends and blanks at its edges that dropped HTML left.
pub(super) fn tidy(mut inlines: Vec<Inline>, source: &str) -> Vec<Inline> {
    let is_break = |i: &Inline| matches!(i.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
    let start = inlines.iter().take_while(|i| is_break(i)).count();
    inlines.drain(..start);
    let blanks = [' ', '\t'];
    while let Some(last) = inlines.last_mut() {
        if let InlineKind::Text(text) = &mut last.kind {
            text.truncate(text.trim_end_matches(blanks).len());
            if !text.is_empty() {
                let written = source.get(last.span.range()).unwrap_or("");
                let range = last.span.range();
                let end = range.start + written.trim_end_matches(blanks).len();
                last.span = Span::new(last.span.file, range.start..end);
                break;
            }
        } else if !is_break(last) {
            break;
        }
        inlines.pop();
    }
    inlines
}

/// NUL is not a character of a text (CommonMark 0.31, 2.3).
pub(super) fn clean(text: &str) -> String {
    match memchr::memchr(0, text.as_bytes()) {
        None => text.to_owned(),
        Some(_) => text.replace('\0', "\u{FFFD}"),
    }
}

/// A listing's text with a line feed, and nothing else, at the end of each line.
pub(super) fn whole_lines(text: &str) -> String {
    let mut text = clean(text);
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The characters of inlines, for code, which has no marks.
pub(super) fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| {
            if let InlineKind::NoteCall(label) = &inline.kind {
                return format!("[^{label}]");
            }
            format!("{}{}", inline.characters(), plain(inline.children()))
        })
        .collect()
}
