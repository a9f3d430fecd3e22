//! Dollar signs that begin no formula, hidden from the parser.
//!
//! The parser pairs the first dollar sign of a paragraph with the next, so that in "costs $5, and
//! `$HOME` is set" a price would end in the middle of code. Where [`formulas`](super::formulas)
//! says that a pair is none, its first sign is replaced by a character of the same length that
//! means nothing, the text is parsed again, and what comes out gets its signs back.

use super::formulas::is_formula;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag};
use std::borrow::Cow;

/// What stands for a hidden sign: a control character that no text has any use for.
const HIDDEN: char = '\u{1A}';

/// Each round hides at least one sign of each pair that is none; more rounds than these have only
/// been written to waste time.
const ROUNDS: usize = 8;

/// The text with those signs hidden that begin no formula; the source itself if there are none.
pub(super) fn hide(source: &str, options: Options) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(source);
    if !source.contains('$') || source.contains(HIDDEN) {
        return text;
    }
    for _ in 0..ROUNDS {
        let events = Parser::new_ext(&text, options).into_offset_iter();
        let none: Vec<usize> = events
            .filter_map(|(event, range)| match event {
                Event::InlineMath(tex) => (!is_formula(source, &range, &tex, false)
                    || tex.contains(HIDDEN))
                .then_some(range.start..range.start + 1),
                Event::DisplayMath(tex) => (!is_formula(source, &range, &tex, true)
                    || tex.contains(HIDDEN))
                .then_some(range.start..range.start + 2),
                _ => None,
            })
            .flatten()
            .collect();
        if none.is_empty() {
            break;
        }
        for at in none {
            text.to_mut().replace_range(at..at + 1, HIDDEN.encode_utf8(&mut [0; 4]));
        }
    }
    text
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
