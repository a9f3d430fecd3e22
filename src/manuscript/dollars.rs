//! Dollar signs that begin no formula, hidden from the parser.
//!
//! The parser pairs the first dollar sign of a paragraph with the next, so that in "costs $5, and
//! `$HOME` is set" a price would end in the middle of code. Where [`formulas`](super::formulas)
//! says that a pair is none, its first sign is replaced by a character of the same length that
//! means nothing, the text is parsed again, and what comes out gets its signs back.

use super::formulas::is_formula;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag};
use std::ops::Range;

/// What stands for a hidden sign: a control character that no text has any use for.
const HIDDEN: char = '\u{1A}';

/// Each round hides at least one sign of each pair that is none; more rounds than these have only
/// been written to waste time.
const ROUNDS: usize = 8;

/// What became of a text's dollar signs.
pub(super) enum Signs<'s> {
    /// There are none, or they cannot be hidden: the text is to be parsed as it is.
    None,
    /// All of them mean what the parser thinks: what it said.
    Right(Vec<(Event<'s>, Range<usize>)>),
    /// The text with those hidden that begin no formula.
    Hidden(String),
}

/// Hides the signs that begin no formula.
pub(super) fn hide(source: &str, options: Options) -> Signs<'_> {
    let bytes = source.as_bytes();
    let has_signs = memchr::memchr(b'$', bytes).is_some();
    if !has_signs || memchr::memchr(HIDDEN as u8, bytes).is_some() {
        return Signs::None;
    }
    let mut events = Vec::with_capacity(source.len() / 16);
    events.extend(Parser::new_ext(source, options).into_offset_iter());
    let mut wrong_signs = wrong(source, &events);
    if wrong_signs.is_empty() {
        return Signs::Right(events);
    }
    let mut text = source.to_owned();
    for _ in 1..=ROUNDS {
        for at in wrong_signs {
            text.replace_range(at..at + 1, HIDDEN.encode_utf8(&mut [0; 4]));
        }
        let events: Vec<_> = Parser::new_ext(&text, options).into_offset_iter().collect();
        wrong_signs = wrong(source, &events);
        if wrong_signs.is_empty() {
            break;
        }
    }
    Signs::Hidden(text)
}

/// The signs that begin what is no formula.
fn wrong(source: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<usize> {
    let is_wrong = |tex: &str, range: &Range<usize>, is_displayed: bool| {
        !is_formula(source, range, tex, is_displayed) || tex.contains(HIDDEN)
    };
    let signs = events.iter().filter_map(|(event, range)| match event {
        Event::InlineMath(tex) => {
            is_wrong(tex, range, false).then_some(range.start..range.start + 1)
        }
        Event::DisplayMath(tex) => {
            is_wrong(tex, range, true).then_some(range.start..range.start + 2)
        }
        _ => None,
    });
    signs.flatten().collect()
}

/// An event with its dollar signs back.
pub(super) fn shown(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(restored(text)),
        Event::Code(text) => Event::Code(restored(text)),
        Event::Html(text) => Event::Html(restored(text)),
        Event::InlineHtml(text) => Event::InlineHtml(restored(text)),
        Event::InlineMath(text) => Event::InlineMath(restored(text)),
        Event::DisplayMath(text) => Event::DisplayMath(restored(text)),
        Event::FootnoteReference(label) => Event::FootnoteReference(restored(label)),
        Event::Start(tag) => Event::Start(shown_tag(tag)),
        other => other,
    }
}

fn shown_tag(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            Tag::CodeBlock(CodeBlockKind::Fenced(restored(info)))
        }
        Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(restored(label)),
        Tag::Link { link_type, dest_url, title, id } => Tag::Link {
            link_type,
            dest_url: restored(dest_url),
            title: restored(title),
            id: restored(id),
        },
        Tag::Image { link_type, dest_url, title, id } => Tag::Image {
            link_type,
            dest_url: restored(dest_url),
            title: restored(title),
            id: restored(id),
        },
        Tag::Heading { level, id, classes, attrs } => Tag::Heading {
            level,
            id: id.map(restored),
            classes: classes.into_iter().map(restored).collect(),
            attrs: attrs.into_iter().map(|(k, v)| (restored(k), v.map(restored))).collect(),
        },
        other => other,
    }
}

fn restored(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(HIDDEN) { text.replace(HIDDEN, "$").into() } else { text }
}
