//! The characters of a text in one row, whatever inlines they lie in, and changes to them.

use super::shows_address;
use super::style::Style;
use crate::book::types::Inline;
use crate::source::{Sources, Span};

/// U+FFFC stands for code and pictures: it behaves like a letter.
const OBJECT: &str = "\u{FFFC}";

/// A text, laid out.
pub(super) struct Row {
    /// Its characters: those of its leaves, [`OBJECT`] for code and pictures between them, a line
    /// feed for a break.
    pub(super) text: String,
    leaves: Vec<Leaf>,
    /// Where characters stand that the author wants as they are, ascending.
    fixed: Vec<usize>,
    /// Where closing quotes stand that were straight, ascending.
    closing: Vec<usize>,
    /// Whether anything was changed.
    pub(super) is_changed: bool,
}

/// The characters of one [`Inline::Text`].
struct Leaf {
    start: usize,
    end: usize,
    style: &'static Style,
}

/// A change: what stands in the place of some characters of one leaf. Changes are in order, and no
/// two are of the same character.
pub(super) struct Edit {
    /// Their first byte.
    pub(super) at: usize,
    /// Their bytes, at least one.
    pub(super) length: usize,
    /// What stands there then.
    pub(super) with: [Option<char>; 2],
    /// Whether that is a closing quote.
    pub(super) closes: bool,
}

impl Edit {
    /// One character in the place of others.
    pub(super) fn one(at: usize, length: usize, with: char) -> Self {
        Self { at, length, with: [Some(with), None], closes: false }
    }

    /// How many bytes it adds, or takes away.
    fn growth(&self) -> isize {
        let new: usize = self.with.iter().flatten().map(|c| c.len_utf8()).sum();
        new.cast_signed() - self.length.cast_signed()
    }
}

impl Row {
    /// The row of some inlines.
    pub(super) fn of(inlines: &[Inline], style: &'static Style, sources: &Sources) -> Self {
        let length = inlines.iter().map(Inline::text_len).sum();
        let mut row = Self::empty(String::with_capacity(length));
        row.take(inlines, style, sources);
        row
    }

    /// The row of words without marks.
    pub(super) fn of_words(words: &str, style: &'static Style) -> Self {
        let mut row = Self::empty(words.to_owned());
        row.leaves.push(Leaf { start: 0, end: words.len(), style });
        row
    }

    fn empty(text: String) -> Self {
        Self { text, leaves: Vec::new(), fixed: Vec::new(), closing: Vec::new(), is_changed: false }
    }

    fn take(&mut self, inlines: &[Inline], style: &'static Style, sources: &Sources) {
        for inline in inlines {
            match inline {
                Inline::Text(text, span) => {
                    let start = self.text.len();
                    fix(sources, *span, text, |at| self.fixed.push(start + at));
                    self.text.push_str(text);
                    self.leaves.push(Leaf { start, end: self.text.len(), style });
                }
                Inline::Code(..) | Inline::Image(..) | Inline::Math(_) | Inline::PageNumber(..) => {
                    self.text.push_str(OBJECT);
                }
                Inline::Break => self.text.push('\n'),
                Inline::Note(..) => {}
                Inline::Link { target, content, .. } if shows_address(target, content) => {
                    self.text.push_str(OBJECT);
                }
                Inline::Foreign(language, content) => {
                    self.take(content, Style::of(language), sources);
                }
                Inline::Link { content, .. }
                | Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::Strikethrough(content)
                | Inline::Superscript(content)
                | Inline::Subscript(content)
                | Inline::Keyboard(content)
                | Inline::Abbreviation(_, content)
                | Inline::Highlight(content) => self.take(content, style, sources),
            }
        }
    }

    /// Puts the characters of the leaves from `leaf` on back into the inlines they were taken from.
    pub(super) fn give_back(&self, inlines: &mut [Inline], leaf: &mut usize) {
        for inline in inlines {
            if let Inline::Link { target, content, .. } = inline
                && shows_address(target, content)
            {
                continue;
            }
            if let Inline::Text(text, _) = inline
                && let Some(Leaf { start, end, .. }) = self.leaves.get(*leaf)
            {
                text.clear();
                text.push_str(&self.text[*start..*end]);
                *leaf += 1;
            }
            self.give_back(inline.children_mut(), leaf);
        }
    }

    /// The style of the character at a byte; `None` for what only stands for a neighbour.
    pub(super) fn style_at(&self, at: usize) -> Option<&'static Style> {
        let leaf = self.leaves.partition_point(|leaf| leaf.end <= at);
        self.leaves.get(leaf).filter(|leaf| leaf.start <= at).map(|leaf| leaf.style)
    }

    /// Whether the characters from one byte to another are of one leaf.
    pub(super) fn are_together(&self, from: usize, to: usize) -> bool {
        let leaf = self.leaves.partition_point(|leaf| leaf.end <= from);
        self.leaves.get(leaf).is_some_and(|leaf| leaf.start <= from && to <= leaf.end)
    }

    /// Whether the author wants the character at a byte as it is.
    pub(super) fn is_fixed(&self, at: usize) -> bool {
        self.fixed.binary_search(&at).is_ok()
    }

    /// Whether the character at a byte is a closing quote that was straight.
    pub(super) fn is_closing(&self, at: usize) -> bool {
        self.closing.binary_search(&at).is_ok()
    }

    /// The styles in it.
    pub(super) fn styles(&self) -> impl Iterator<Item = &'static Style> {
        self.leaves.iter().map(|leaf| leaf.style)
    }

    /// The character before a byte.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// The character at a byte.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Makes changes.
    pub(super) fn apply(&mut self, edits: &[Edit]) {
        if edits.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len() + 2 * edits.len());
        let mut closing = Vec::new();
        let mut done = 0;
        for edit in edits {
            text.push_str(&self.text[done..edit.at]);
            if edit.closes {
                closing.push(text.len());
            }
            text.extend(edit.with.iter().flatten());
            done = edit.at + edit.length;
        }
        text.push_str(&self.text[done..]);
        self.text = text;
        let mut moves = Moves { edits, growth: 0 };
        self.leaves.iter_mut().for_each(|leaf| {
            (leaf.start, leaf.end) = (moves.of(leaf.start), moves.of(leaf.end));
        });
        let mut moves = Moves { edits, growth: 0 };
        self.fixed.iter_mut().for_each(|at| *at = moves.of(*at));
        let mut moves = Moves { edits, growth: 0 };
        closing.extend(self.closing.iter().map(|at| moves.of(*at)));
        closing.sort_unstable();
        self.closing = closing;
        self.is_changed = true;
    }
}

/// Where bytes are after some changes; asked in ascending order.
struct Moves<'e> {
    /// Those that are still ahead.
    edits: &'e [Edit],
    /// What the others have added.
    growth: isize,
}

impl Moves<'_> {
    fn of(&mut self, at: usize) -> usize {
        while let Some((edit, rest)) = self.edits.split_first().filter(|(edit, _)| edit.at < at) {
            self.growth += edit.growth();
            self.edits = rest;
        }
        at.saturating_add_signed(self.growth)
    }
}

/// Tells which characters of a text stand behind a backslash in its source: the author wants them
/// as they are. The text and its source are read side by side as long as they agree (an entity ends
/// that, and what comes behind it counts as unescaped).
fn fix(sources: &Sources, span: Span, text: &str, mut tell: impl FnMut(usize)) {
    let Some(source) = sources.find(span.file).map(|source| &source.text) else { return };
    let start = span.start as usize;
    let Some(slice) = source.get(span.range()) else { return };
    let mut behind = start > 0 && source.as_bytes()[start - 1] == b'\\';
    if !behind && memchr::memchr(b'\\', slice.as_bytes()).is_none() {
        return;
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
            tell(at);
        }
        // `\\` shows one backslash and is read as two.
        if c == '\\' && !behind && written.peek() == Some(&'\\') {
            written.next();
        }
        behind = false;
    }
}
