//! Straight characters become the right ones: quotes, apostrophes, dashes, ellipses, and spaces
//! that hold.
//!
//! A whole [`Text`](super::Text) is set at once, so that a quote knows its neighbours across the
//! borders of emphasis, links and code: the inlines are laid out as one row of [`Cell`]s, three
//! passes go over the row ([`marks`], [`quotes`], [`spaces`]), and the characters go back to the
//! inlines they came from. Most texts have nothing that a pass looks for, and stay as they are.
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
mod spaces;
mod style;

use super::types::{Inline, Language, Target};
use crate::source::{Sources, Span};
use std::collections::BTreeSet;
use style::{Spacing, Style};

/// Sets the characters of one text.
pub(super) fn set(inlines: &mut [Inline], language: &Language, sources: &Sources) {
    let style = Style::of(language);
    if !may_change(inlines, style, &mut Glance::default()) {
        return;
    }
    let length = inlines.iter().map(Inline::text_len).sum();
    let mut row = Row { sources, cells: Vec::with_capacity(length), styles: Vec::new() };
    row.take(inlines, style);
    let Row { cells, styles, .. } = row;
    let cells = spaces::set(quotes::set(marks::set(cells), &styles), &styles);
    give_back(inlines, &mut 0, &mut cells.as_slice());
}

/// Sets words that have no marks, such as a title from `book.toml`.
pub(super) fn set_str(text: &str, language: &Language) -> String {
    let style = Style::of(language);
    if !Glance::default().finds(text, style) {
        return text.to_owned();
    }
    let cells = text.chars().map(|c| Cell { c, leaf: Some(0), kind: Kind::Char }).collect();
    let cells = quotes::set(marks::set(cells), &[style]);
    spaces::set(cells, &[style]).iter().map(|cell| cell.c).collect()
}

/// A character on its way.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// The character; [`OBJECT`] for code and pictures, a line feed for a break.
    c: char,
    /// Which text it goes back to; `None` if it only stands for a neighbour.
    leaf: Option<usize>,
    /// What is known about it.
    kind: Kind,
}

/// What is known about a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing.
    Char,
    /// The author escaped it, or it stands for something else: leave it.
    Literal,
    /// An opening quote.
    Open,
    /// A closing quote.
    Close,
}

/// U+FFFC stands for code and pictures: it behaves like a letter.
const OBJECT: char = '\u{FFFC}';
/// No-break space.
const NBSP: char = '\u{A0}';
/// Narrow no-break space.
const NNBSP: char = '\u{202F}';

impl Cell {
    fn is_space(&self) -> bool {
        self.c.is_whitespace()
    }

    fn is_word(&self) -> bool {
        self.c.is_alphanumeric() || self.c == OBJECT
    }

    fn is(&self, c: char) -> bool {
        self.c == c && self.kind == Kind::Char
    }
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
        let is_german = style.spacing == Spacing::German;
        let mut find = |byte: u8| {
            let before = std::mem::replace(&mut self.before, byte);
            match byte {
                b'"' | b'\'' => true,
                b'-' | b'.' => before == byte,
                b' ' => before.is_ascii_digit() || is_german && before == b'.',
                b'0'..=b'9' => before == b' ',
                _ => false,
            }
        };
        spaces::space_of(style.spacing).is_some() || text.bytes().any(&mut find)
    }
}

/// The inlines of a text, laid out.
struct Row<'a> {
    sources: &'a Sources,
    cells: Vec<Cell>,
    styles: Vec<&'static Style>,
}

impl Row<'_> {
    fn take(&mut self, inlines: &[Inline], style: &'static Style) {
        for inline in inlines {
            match inline {
                Inline::Text(text, span) => {
                    let leaf = Some(self.styles.len());
                    self.styles.push(style);
                    let escaped = escaped(self.sources, *span, text);
                    for (at, c) in text.char_indices() {
                        let kind = if escaped.contains(&at) { Kind::Literal } else { Kind::Char };
                        self.cells.push(Cell { c, leaf, kind });
                    }
                }
                Inline::Code(..) | Inline::Image(..) | Inline::Math(_) | Inline::PageNumber(..) => {
                    self.stand(OBJECT);
                }
                Inline::Break => self.stand('\n'),
                Inline::Note(..) => {}
                Inline::Link { target, content, .. } if shows_address(target, content) => {
                    self.stand(OBJECT);
                }
                Inline::Foreign(language, content) => self.take(content, Style::of(language)),
                Inline::Link { content, .. }
                | Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::Strikethrough(content)
                | Inline::Superscript(content)
                | Inline::Subscript(content)
                | Inline::Keyboard(content)
                | Inline::Abbreviation(_, content)
                | Inline::Highlight(content) => self.take(content, style),
            }
        }
    }

    fn stand(&mut self, c: char) {
        self.cells.push(Cell { c, leaf: None, kind: Kind::Literal });
    }
}

/// Walks as [`Row::take`] does and puts the characters of the leaves from `leaf` on back.
fn give_back(inlines: &mut [Inline], leaf: &mut usize, cells: &mut &[Cell]) {
    for inline in inlines {
        if let Inline::Link { target, content, .. } = inline
            && shows_address(target, content)
        {
            continue;
        }
        if let Inline::Text(text, _) = inline {
            let is_later = |cell: &Cell| cell.leaf.is_some_and(|of| of > *leaf);
            let end = cells.iter().position(is_later).unwrap_or(cells.len());
            let (own, rest) = cells.split_at(end);
            text.clear();
            text.extend(own.iter().filter(|cell| cell.leaf.is_some()).map(|cell| cell.c));
            *cells = rest;
            *leaf += 1;
        }
        give_back(inline.children_mut(), leaf, cells);
    }
}

/// Whether a link shows the very address it leads to (with or without scheme and final slash).
pub(super) fn shows_address(target: &Target, content: &[Inline]) -> bool {
    let Target::Url(url) = target else { return false };
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

/// Which characters of a text stand behind a backslash in its source: the author wants them as
/// they are. The text and its source are read side by side as long as they agree (an entity ends
/// that, and what comes behind it counts as unescaped).
fn escaped(sources: &Sources, span: Span, text: &str) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let Some(source) = sources.find(span.file).map(|source| &source.text) else { return found };
    let start = span.start as usize;
    let Some(slice) = source.get(span.range()) else { return found };
    let mut behind = start > 0 && source.as_bytes()[start - 1] == b'\\';
    if !behind && !slice.contains('\\') {
        return found;
    }
    let mut written = slice.chars().peekable();
    for (at, c) in text.char_indices() {
        if !behind && c != '\\' && written.peek() == Some(&'\\') {
            written.next();
            behind = true;
        }
        if written.next() != Some(c) {
            break;
        }
        if behind && c.is_ascii_punctuation() {
            found.insert(at);
        }
        // `\\` shows one backslash and is read as two.
        if c == '\\' && !behind && written.peek() == Some(&'\\') {
            written.next();
        }
        behind = false;
    }
    found
}

#[cfg(test)]
mod tests;
