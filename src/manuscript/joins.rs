//! Tables in HTML that blank lines cut into pieces.
//!
//! A block of HTML ends at a blank line (CommonMark 0.31, 4.6); what follows may be Markdown and
//! then HTML again, and a browser sees one table in all of it. Here the pieces of each such table
//! are found among the parser's events. Lists, quotes and the like in HTML need no pieces: their
//! frames stay open over what is between.

use crate::html::tokens::{self, TokenKind};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// What an event is to a table that was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seam {
    /// The end of a piece that is not the last one.
    Cut,
    /// The start of a piece that is not the first one.
    Resume,
}

/// Whether a text may have a table in HTML.
pub(super) fn may_be_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut tags = memchr::memchr_iter(b'<', bytes).map(|at| &bytes[at + 1..]);
    tags.any(|tag| tag.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"table")))
}

/// The seams among events, by their index.
pub(super) fn find(events: &[(Event<'_>, Range<usize>)]) -> BTreeMap<usize, Seam> {
    let mut seams = BTreeMap::new();
    let mut at = 0;
    while at < events.len() {
        let is_block = matches!(events[at].0, Event::Start(Tag::HtmlBlock));
        let Some(end) = is_block.then(|| end_of(events, at)).flatten() else {
            at += 1;
            continue;
        };
        at = end + 1;
        if tables(events, end) == Some(Tables::Opens)
            && let Some((last, found)) = pieces_behind(events, end)
        {
            seams.extend(found);
            at = last + 1;
        }
    }
    seams
}

/// What a piece of HTML does with tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tables {
    /// Opens one and does not close it.
    Opens,
    /// Closes one that it does not open.
    Closes,
}

/// What the block of HTML does that ends at an event.
fn tables(events: &[(Event<'_>, Range<usize>)], end: usize) -> Option<Tables> {
    let html = |event: &Event<'_>| match event {
        Event::Html(html) => Some(html.to_string()),
        _ => None,
    };
    let pieces = events[..end].iter().rev().map_while(|(event, _)| html(event));
    let mut pieces: Vec<String> = pieces.collect();
    pieces.reverse();
    let raw = pieces.concat();
    if !raw.to_ascii_lowercase().contains("table") {
        return None;
    }
    let is = |name: &str| name.eq_ignore_ascii_case("table");
    let mut found = None;
    for token in tokens::tokens(&raw) {
        match &token.kind {
            TokenKind::Open(tag) if is(&tag.name) => found = Some(Tables::Opens),
            TokenKind::Close(name) if is(name) => {
                found = (found != Some(Tables::Opens)).then_some(Tables::Closes);
            }
            TokenKind::Open(_)
            | TokenKind::Close(_)
            | TokenKind::Text
            | TokenKind::Comment
            | TokenKind::OpenComment
            | TokenKind::Program
            | TokenKind::Declaration => {}
        }
    }
    found
}

/// The seams from the end of a piece that opens a table up to the piece that closes it, and the end
/// of that one; `None` if the table is not closed, or another one lies in it.
fn pieces_behind(
    events: &[(Event<'_>, Range<usize>)],
    first: usize,
) -> Option<(usize, Vec<(usize, Seam)>)> {
    let mut seams = vec![(first, Seam::Cut)];
    let mut depth = 0usize;
    let mut at = first + 1;
    while let Some((event, _)) = events.get(at) {
        match event {
            Event::Start(Tag::HtmlBlock) if depth == 0 => {
                let end = end_of(events, at)?;
                seams.push((at, Seam::Resume));
                match tables(events, end) {
                    Some(Tables::Closes) => return Some((end, seams)),
                    Some(Tables::Opens) => return None,
                    None => seams.push((end, Seam::Cut)),
                }
                at = end;
            }
            Event::Start(_) => depth += 1,
            // What holds the table ends.
            Event::End(_) => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the block of HTML ends that begins at an event.
fn end_of(events: &[(Event<'_>, Range<usize>)], start: usize) -> Option<usize> {
    let is_end =
        |(event, _): &(Event<'_>, Range<usize>)| matches!(event, Event::End(TagEnd::HtmlBlock));
    events[start..].iter().position(is_end).map(|length| start + length)
}
