//! Straight characters become the right ones: quotes, apostrophes, dashes, ellipses, and spaces
//! that hold.
//!
//! A whole [`Text`](super::Text) is set at once, so that a quote knows its neighbours across the
//! borders of emphasis, links and code: the inlines are laid out as one [`Row`] of characters, three
//! passes go over it ([`marks`], [`quotes`], [`spaces`]), and the characters go back to the inlines
//! they came from. Most texts have nothing that a pass looks for, and stay as they are.
//! Sources: Robert Bringhurst, *The Elements of Typographic Style*,
//! §5.2 (dashes), §5.4 (quotation marks); *The Chicago Manual of Style* 17, 6.75–6.94 (dashes),
//! 6.113–6.118 (quotes, apostrophes), 6.121 (spaces that hold); CLDR's delimiters for quotes of
//! other languages; *Lexique des règles typographiques en usage à l'Imprimerie nationale* for
//! French spaces; Duden for German abbreviations.
//!
//! Never touched: code, addresses shown as themselves, characters behind a backslash, `3 x 4`,
//! inch and foot marks behind digits. There is no space before a last short word, and no prime.

mod marks;
mod quotes;
mod row;
mod spaces;
mod style;

use super::types::{Inline, Language, Target};
use crate::source::Sources;
use row::Row;
use style::Spacing;
pub(super) use style::Style;

/// Sets the characters of one text in the style of its language.
pub(super) fn set(inlines: &mut [Inline], style: &'static Style, sources: &Sources) {
    if !may_change(inlines, style, &mut Glance::default()) {
        return;
    }
    let row = passed(Row::of(inlines, style, sources));
    if row.is_changed {
        row.give_back(inlines, &mut 0);
    }
}

/// Sets words that have no marks, such as a title from `book.toml`.
pub(super) fn set_str(text: &str, language: &Language) -> String {
    let style = Style::of(language);
    if !Glance::default().finds(text, style) {
        return text.to_owned();
    }
    passed(Row::of_words(text, style)).text
}

/// A row behind all passes.
fn passed(mut row: Row) -> Row {
    marks::set(&mut row);
    quotes::set(&mut row);
    spaces::set(&mut row);
    row
}

/// Whether a pass may find something in some inlines; it asks of more neighbours than there are.
fn may_change(inlines: &[Inline], style: &'static Style, glance: &mut Glance) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text(text, _) => glance.finds(text, style),
        Inline::Foreign(language, content) => may_change(content, Style::of(language), glance),
        Inline::Link { content, .. }
        | Inline::Emphasis(content)
        | Inline::Strong(content)
        | Inline::Strikethrough(content)
        | Inline::Superscript(content)
        | Inline::Subscript(content)
        | Inline::Keyboard(content)
        | Inline::Abbreviation(_, content)
        | Inline::Highlight(content) => may_change(content, style, glance),
        Inline::Code(..)
        | Inline::Image(..)
        | Inline::Math(_)
        | Inline::PageNumber(..)
        | Inline::Note(..)
        | Inline::Break => false,
    })
}

/// A look at the bytes of a text, each with the one before it.
#[derive(Default)]
struct Glance {
    /// The byte before; 0 before all others.
    before: u8,
}

impl Glance {
    /// Whether a pass may find something in these characters: quotes, two marks in a row, a space
    /// beside what it may have to hold on to.
    fn finds(&mut self, text: &str, style: &Style) -> bool {
        let bytes = text.as_bytes();
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
        let before = std::mem::replace(&mut self.before, *last);
        let is_german = style.spacing == Spacing::German;
        // Without a branch, so that a processor asks of many bytes at once.
        let is_found = |a: u8, b: u8| {
            (b == b'"')
                | (b == b'\'')
                | (a == b) & ((b == b'-') | (b == b'.'))
                | (b == b' ') & (a.is_ascii_digit() | is_german & (a == b'.'))
                | (a == b' ') & b.is_ascii_digit()
        };
        let mut pairs = bytes.chunks(STRIDE).zip(bytes[1..].chunks(STRIDE));
        let finds = |(a, b): (&[u8], &[u8])| {
            a.iter().zip(b).fold(false, |any, (a, b)| any | is_found(*a, *b))
        };
        spaces::space_of(style.spacing).is_some() || is_found(before, *first) || pairs.any(finds)
    }
}

/// Bytes that are looked at together.
const STRIDE: usize = 64;

/// Whether a link shows the very address it leads to (with or without scheme and final slash).
pub(super) fn shows_address(target: &Target, content: &[Inline]) -> bool {
    let Target::Url(url) = target else { return false };
    // Nearly all links say other words, in one piece.
    if let [Inline::Text(text, _)] = content {
        return bare(url) == bare(text);
    }
    let mut shown = String::new();
    content.iter().for_each(|inline| inline.push_plain(&mut shown));
    bare(url) == bare(&shown)
}

fn bare(address: &str) -> &str {
    let rest = ["https://", "http://", "mailto:"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme))
        .unwrap_or(address);
    rest.strip_suffix('/').unwrap_or(rest)
}

#[cfg(test)]
mod tests;
