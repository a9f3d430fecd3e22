//! The tree of one Markdown file.

use crate::source::{FileId, Span};
use std::ops::Range;

/// One file.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Its path relative to the book's folder.
    pub path: String,
    /// What stands before the text.
    pub front: FrontMatter,
    /// The text.
    pub blocks: Vec<Block>,
    /// Definitions of notes, in the order of the file.
    pub notes: Vec<NoteDefinition>,
    /// Names that HTML gave to places: `<a id="…">`.
    pub places: Vec<Spanned<String>>,
    /// Whether there are pictures in text or notes.
    pub has_images: bool,
    /// The files that it was read from and their paths: its own, then those of its sections.
    pub files: Vec<(FileId, String)>,
}

impl Document {
    /// The path of the file that a place lies in.
    pub fn path_of(&self, place: Span) -> &str {
        let found = self.files.iter().find(|(file, _)| *file == place.file);
        found.map_or(&self.path, |(_, path)| path)
    }
}

/// A value with its place.
pub type Spanned<T> = (T, Span);

/// Front matter of a chapter, in TOML (`+++`) or YAML (`---`).
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// The front matter's place; for a file without one, its first line.
    pub span: Option<Span>,
    /// `title`; without it the first heading of level 1 is the title.
    pub title: Option<Spanned<String>>,
    /// `subtitle`
    pub subtitle: Option<Spanned<String>>,
    /// `abstract`: what the chapter is about, in short
    pub summary: Option<Spanned<String>>,
    /// `running`: short title for running heads
    pub running: Option<Spanned<String>>,
    /// `id`: the author's own anchor for the chapter
    pub id: Option<Spanned<String>>,
    /// `language`
    pub language: Option<Spanned<String>>,
    /// `photo`: opening photograph
    pub photo: Option<Spanned<String>>,
    /// `numbered`: whether the chapter has a number where chapters have them
    pub numbered: Option<bool>,
    /// What makes it a talk.
    pub talk: Talk,
}

/// The fields of a talk.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    /// `speakers`
    pub speakers: Vec<SpeakerFields>,
    /// `session`: "keynote", "deep dive", …
    pub session: Option<Spanned<String>>,
    /// `day`: `(year, month, day)`
    pub day: Option<Spanned<(u16, u8, u8)>>,
    /// `time`: "14:00" or "14:00-14:35"
    pub time: Option<Spanned<String>>,
    /// `room`
    pub room: Option<Spanned<String>>,
    /// `slides`: address
    pub slides: Option<Spanned<String>>,
    /// `video`: address
    pub video: Option<Spanned<String>>,
}

/// A speaker as the front matter gives it.
#[derive(Clone, Debug)]
pub struct SpeakerFields {
    /// `name`
    pub name: Spanned<String>,
    /// `sort`: "Last, First"
    pub sort: Option<Spanned<String>>,
    /// `role`
    pub role: Option<Spanned<String>>,
    /// `organisation` (also `organization`)
    pub organisation: Option<Spanned<String>>,
    /// `url`
    pub url: Option<Spanned<String>>,
}

/// A definition of a note: `[^label]: …`.
#[derive(Clone, Debug)]
pub struct NoteDefinition {
    /// The label.
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where.
    pub span: Span,
}

/// A block with its place.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is written.
    pub span: Span,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it says.
    pub inlines: Vec<Inline>,
    /// Where it is written.
    pub span: Span,
    /// Where it stands in the table.
    pub slots: Slots,
    /// Whether it was written as the name of its row or column.
    pub is_head: bool,
}

/// The slots of a table's grid that a cell takes (HTML, 4.9.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slots {
    /// Its first column, from 0.
    pub column: usize,
    /// How many columns, at least 1.
    pub columns: u16,
    /// How many rows from its own on, at least 1.
    pub rows: u16,
}

impl Slots {
    /// One slot.
    pub fn one(column: usize) -> Self {
        Self { column, columns: 1, rows: 1 }
    }

    /// Its columns.
    pub fn range(self) -> Range<usize> {
        self.column..self.column + usize::from(self.columns)
    }
}

/// What a term says, and where.
pub type Term = (Vec<Inline>, Span);

/// Terms, and the descriptions that all of them share.
pub type DefinitionGroup = (Vec<Term>, Vec<Vec<Block>>);

/// Blocks as Markdown knows them.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// A paragraph; one that holds nothing but images is a figure, which `book` decides.
    Paragraph(Vec<Inline>),
    /// A heading with its attributes.
    Heading {
        /// 1 to 6.
        level: u8,
        /// `{#id}`
        id: Option<Spanned<String>>,
        /// `{.class}`
        classes: Vec<String>,
        /// `{key=value}`
        attributes: Vec<(String, String)>,
        /// What it says.
        inlines: Vec<Inline>,
    },
    /// A list; `start` is `None` for bullets.
    List {
        /// First number.
        start: Option<u64>,
        /// No blank lines between the items.
        tight: bool,
        /// The items: task state and blocks.
        items: Vec<(Option<bool>, Vec<Block>)>,
    },
    /// Terms and descriptions.
    Definitions(Vec<DefinitionGroup>),
    /// A block quote.
    Quote(Vec<Block>),
    /// `> [!NOTE]`
    Alert(AlertKind, Vec<Block>),
    /// A fenced or indented code block.
    Code {
        /// The info string after the fence.
        info: String,
        /// The text, with a line feed at the end of each line.
        text: String,
    },
    /// A table. Head and body are grids: every slot of a row belongs to exactly one cell, and every
    /// row has a cell of its own.
    Table {
        /// One for each column.
        columns: Vec<Align>,
        /// The head rows: their cells from column to column.
        head: Vec<Vec<Cell>>,
        /// The body rows.
        rows: Vec<Vec<Cell>>,
    },
    /// `$$…$$` as a block of its own.
    Formula {
        /// What stands between the dollar signs.
        tex: String,
        /// `{#id}` behind it, or `\label{id}` in it.
        id: Option<Spanned<String>>,
    },
    /// A thematic break.
    Rule,
}

/// Column alignment as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Nothing said.
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// Kinds of GFM alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

/// An inline with its place.
#[derive(Clone, Debug)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it is written.
    pub span: Span,
}

/// Inlines as Markdown knows them, with the safe HTML that was understood.
#[derive(Clone, Debug)]
pub enum InlineKind {
    /// Characters, as written (quotes are still straight).
    Text(String),
    /// `` `…` ``
    Code(String),
    /// `*…*`
    Emphasis(Vec<Inline>),
    /// `**…**`
    Strong(Vec<Inline>),
    /// `~~…~~`
    Strikethrough(Vec<Inline>),
    /// `^…^`, `<sup>`
    Superscript(Vec<Inline>),
    /// `~…~`, `<sub>`
    Subscript(Vec<Inline>),
    /// `<kbd>`
    Keyboard(Vec<Inline>),
    /// `<mark>`
    Highlight(Vec<Inline>),
    /// `<abbr title="…">`: what it stands for, and itself
    Abbreviation(String, Vec<Inline>),
    /// `<span lang="…">`, `<i lang="…">`
    Foreign(String, Vec<Inline>),
    /// `[…](destination "title")`
    Link(Box<Link>),
    /// `![alt](path "title")`
    Image(Box<Image>),
    /// `$…$`, and `$$…$$` where no block can stand.
    Math {
        /// What stands between the dollar signs.
        tex: String,
        /// Two dollar signs.
        display: bool,
    },
    /// `[^label]`; the label is spelled as in its definition
    NoteCall(String),
    /// A line end within a paragraph: a space.
    SoftBreak,
    /// A hard break.
    HardBreak,
}

/// `[content](destination "title")`
#[derive(Clone, Debug)]
pub struct Link {
    /// As written.
    pub destination: String,
    /// As written.
    pub title: String,
    /// What is shown.
    pub content: Vec<Inline>,
}

/// `![alt](path "title")`
#[derive(Clone, Debug)]
pub struct Image {
    /// As written.
    pub path: String,
    /// As written.
    pub title: String,
    /// The words between the brackets.
    pub alt: Vec<Inline>,
    /// What HTML says below it, which stands behind it; then there is no title.
    pub caption: Vec<Inline>,
    /// The share of the measure that HTML gives it, from 10 to 100 percent.
    pub width: Option<u8>,
}

impl Inline {
    /// What a mark, a link or a picture's description holds; nothing for the others.
    pub fn children(&self) -> &[Self] {
        match &self.kind {
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content)
            | InlineKind::Superscript(content)
            | InlineKind::Subscript(content)
            | InlineKind::Keyboard(content)
            | InlineKind::Highlight(content)
            | InlineKind::Abbreviation(_, content)
            | InlineKind::Foreign(_, content) => content,
            InlineKind::Link(link) => &link.content,
            InlineKind::Image(image) => &image.alt,
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Math { .. }
            | InlineKind::NoteCall(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak => &[],
        }
    }

    /// What it says itself, without its children; a formula its TeX, a line end a
    /// space, a call of a note nothing.
    pub fn characters(&self) -> &str {
        match &self.kind {
            InlineKind::Text(text)
            | InlineKind::Code(text)
            | InlineKind::Math { tex: text, .. } => text,
            InlineKind::SoftBreak | InlineKind::HardBreak => " ",
            InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Keyboard(_)
            | InlineKind::Highlight(_)
            | InlineKind::Abbreviation(..)
            | InlineKind::Foreign(..)
            | InlineKind::Link(_)
            | InlineKind::Image(_)
            | InlineKind::NoteCall(_) => "",
        }
    }
}
