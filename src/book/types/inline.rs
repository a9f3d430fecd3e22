//! What a line of text holds.

use super::{AnchorId, Formula, Language, NodeId, NoteId, PhotoId};
use crate::source::Span;

/// A run of text that is set as one paragraph would be: the leaf all blocks end in.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its number.
    pub id: NodeId,
    /// Where it is written.
    pub span: Span,
    /// What it holds.
    pub inlines: Vec<Inline>,
}

/// Pieces of a [`Text`]. Nested marks are nested variants.
#[derive(Clone, Debug)]
pub enum Inline {
    /// Characters, final: typographic quotes, dashes and no-break spaces are in place.
    Text(String, Span),
    /// `*…*`
    Emphasis(Vec<Inline>),
    /// `**…**`
    Strong(Vec<Inline>),
    /// `~~…~~`
    Strikethrough(Vec<Inline>),
    /// `^…^`
    Superscript(Vec<Inline>),
    /// `~…~`
    Subscript(Vec<Inline>),
    /// `<kbd>…</kbd>`
    Keyboard(Vec<Inline>),
    /// `<mark>…</mark>`
    Highlight(Vec<Inline>),
    /// `<abbr title="…">…</abbr>`: what it stands for, never empty, and itself.
    Abbreviation(String, Vec<Inline>),
    /// A phrase in another language.
    Foreign(Language, Vec<Inline>),
    /// `` `…` ``: never hyphenated, never curled.
    Code(String, Span),
    /// A link; `content` is never empty.
    Link {
        /// Where to.
        target: Target,
        /// What is shown.
        content: Vec<Inline>,
        /// The whole link in the manuscript.
        span: Span,
    },
    /// A call of a note: a superior number.
    Note(NoteId, Span),
    /// The page on which an anchor stands: a number in print, a linked number (from the page
    /// map) in the EPUB.
    PageNumber(AnchorId, Span),
    /// A small picture in the line.
    Image(PhotoId, Span),
    /// A formula in the line.
    Math(Box<Formula>),
    /// `\` or two spaces at the end of a line.
    Break,
}

impl Inline {
    /// What it says itself, without its children: characters and code as written, a break as a
    /// space; notes, numbers, pictures and formulas say nothing.
    pub fn characters(&self) -> &str {
        self.parts().0
    }

    /// What a mark, a phrase or a link holds; nothing for the others.
    pub fn children(&self) -> &[Self] {
        self.parts().1
    }

    /// The same, to be changed.
    pub fn children_mut(&mut self) -> &mut [Self] {
        match self {
            Self::Emphasis(c)
            | Self::Strong(c)
            | Self::Strikethrough(c)
            | Self::Superscript(c)
            | Self::Subscript(c)
            | Self::Keyboard(c)
            | Self::Highlight(c)
            | Self::Abbreviation(_, c)
            | Self::Foreign(_, c)
            | Self::Link { content: c, .. } => c,
            Self::Text(..)
            | Self::Code(..)
            | Self::Note(..)
            | Self::PageNumber(..)
            | Self::Image(..)
            | Self::Math(_)
            | Self::Break => &mut [],
        }
    }

    /// Own characters and children: no variant has both.
    fn parts(&self) -> (&str, &[Self]) {
        match self {
            Self::Text(s, _) | Self::Code(s, _) => (s, &[]),
            Self::Break => (" ", &[]),
            Self::Note(..) | Self::PageNumber(..) | Self::Image(..) | Self::Math(_) => ("", &[]),
            Self::Emphasis(c)
            | Self::Strong(c)
            | Self::Strikethrough(c)
            | Self::Superscript(c)
            | Self::Subscript(c)
            | Self::Keyboard(c)
            | Self::Highlight(c)
            | Self::Abbreviation(_, c)
            | Self::Foreign(_, c)
            | Self::Link { content: c, .. } => ("", c),
        }
    }

    /// Bytes of text that count for a [`Place`](super::Place)'s offset: those of [`Self::characters`], here and
    /// below.
    pub fn text_len(&self) -> usize {
        self.characters().len() + self.children().iter().map(Self::text_len).sum::<usize>()
    }

    /// Appends the characters, without notes and numbers; a break becomes a space, a formula its
    /// line.
    pub fn push_plain(&self, out: &mut String) {
        if let Self::Math(formula) = self {
            out.push_str(&formula.text);
        }
        out.push_str(self.characters());
        self.children().iter().for_each(|i| i.push_plain(out));
    }
}

impl Text {
    /// The language of what is one phrase of another language than its surroundings.
    pub fn language(&self) -> Option<&Language> {
        match self.inlines.as_slice() {
            [Inline::Foreign(language, _)] => Some(language),
            _ => None,
        }
    }

    /// The characters without notes and numbers; a break is a space.
    pub fn plain(&self) -> String {
        let length = self.inlines.iter().map(Inline::text_len).sum();
        let mut out = String::with_capacity(length);
        self.inlines.iter().for_each(|i| i.push_plain(&mut out));
        out
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Inside the book.
    Anchor(AnchorId),
    /// Outside: an absolute address (`https:`, `http:`, `mailto:`).
    Url(String),
}

/// "1.2 Retries"
pub(super) fn numbered(number: Option<&str>, text: &Text) -> String {
    match number {
        Some(number) => format!("{number} {}", text.plain()),
        None => text.plain(),
    }
}
