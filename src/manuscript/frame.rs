//! What may be open while a tree is built.
//!
//! These types hold what is not finished; nothing of them is left in the tree.

use super::scripts::Delimiter;
use super::tree::{AlertKind, Align, Block, Cell, DefinitionGroup, Inline, Slots, Spanned};
use crate::source::Span;

/// Something that is open, and what it holds so far.
pub(super) struct Frame {
    /// What it is.
    pub(super) kind: Kind,
    /// The name of the HTML tag that opened it.
    pub(super) html: Option<String>,
    /// Where it is; grows with what is put in.
    pub(super) span: Span,
    /// Finished inlines.
    pub(super) inlines: Vec<Inline>,
    /// Marks in the texts among them that may make scripts.
    pub(super) delimiters: Vec<Delimiter>,
    /// Finished blocks.
    pub(super) blocks: Vec<Block>,
}

/// What is open.
pub(super) enum Kind {
    /// The file.
    Root,
    /// Blocks that are set elsewhere: the content of a cell.
    Aside,
    /// A paragraph.
    Paragraph,
    /// A heading: level, id, classes, attributes.
    Heading(u8, Option<Spanned<String>>, Vec<String>, Vec<(String, String)>),
    /// A list: its first number, whether it is tight so far, its items so far.
    List(Option<u64>, bool, Vec<(Option<bool>, Vec<Block>)>),
    /// An item of a list and its task state.
    Item(Option<bool>),
    /// Terms and descriptions so far.
    Definitions(Vec<DefinitionGroup>),
    /// A term.
    Term,
    /// A description.
    Description,
    /// A block quote.
    Quote,
    /// An alert.
    Alert(AlertKind),
    /// A code block: info string and text so far.
    Code(String, String),
    /// A table: columns, head and rows so far.
    Table(Vec<Align>, Vec<Vec<Cell>>, Vec<Vec<Cell>>),
    /// A head row.
    Head(Vec<Cell>),
    /// A row.
    Row(Vec<Cell>),
    /// A cell: its slots and whether it is a head, where the markup says that.
    Cell(Option<(Slots, bool)>),
    /// The definition of a note; without a label it is one too many and is left out.
    Note(Option<String>),
    /// Something within a line.
    Mark(Mark),
}

/// What can lie around inlines.
pub(super) enum Mark {
    /// `*…*`
    Emphasis,
    /// `**…**`
    Strong,
    /// `~~…~~`
    Strikethrough,
    /// `^…^`
    Superscript,
    /// `~…~`
    Subscript,
    /// `<kbd>`
    Keyboard,
    /// `<mark>`
    Highlight,
    /// `<code>`
    Code,
    /// `<figcaption>`, `<span class="caption">`: what a picture before it has below it.
    Caption,
    /// `<abbr title="…">`: what it stands for.
    Abbreviation(String),
    /// `lang="…"`
    Foreign(String),
    /// Destination and title.
    Link(String, String),
    /// Path and title.
    Image(String, String),
}

impl Kind {
    /// Whether it counts for the depth and can be left out without losing text.
    pub(super) fn nests(&self) -> bool {
        match self {
            Self::List(..)
            | Self::Definitions(_)
            | Self::Quote
            | Self::Alert(_)
            | Self::Mark(_) => true,
            Self::Root
            | Self::Aside
            | Self::Paragraph
            | Self::Heading(..)
            | Self::Item(_)
            | Self::Term
            | Self::Description
            | Self::Code(..)
            | Self::Table(..)
            | Self::Head(_)
            | Self::Row(_)
            | Self::Cell(_)
            | Self::Note(_) => false,
        }
    }

    /// Whether blocks may stand in it.
    pub(super) fn holds_blocks(&self) -> bool {
        match self {
            Self::Root
            | Self::Aside
            | Self::Item(_)
            | Self::Description
            | Self::Quote
            | Self::Alert(_)
            | Self::Note(_) => true,
            Self::Paragraph
            | Self::Heading(..)
            | Self::List(..)
            | Self::Definitions(_)
            | Self::Term
            | Self::Code(..)
            | Self::Table(..)
            | Self::Head(_)
            | Self::Row(_)
            | Self::Cell(_)
            | Self::Mark(_) => false,
        }
    }

    /// Whether blocks may stand in it or in its parts.
    pub(super) fn has_blocks(&self) -> bool {
        self.holds_blocks() || matches!(self, Self::List(..) | Self::Definitions(_))
    }

    /// Whether it is a part of a list.
    pub(super) fn is_part(&self) -> bool {
        matches!(self, Self::Item(_) | Self::Term | Self::Description)
    }

    /// Whether it can lie in this parent: parts of a list that was left out have lost theirs.
    pub(super) fn fits(&self, parent: &Self) -> bool {
        match self {
            Self::Item(_) => matches!(parent, Self::List(..)),
            Self::Term | Self::Description => matches!(parent, Self::Definitions(_)),
            Self::Root
            | Self::Aside
            | Self::Paragraph
            | Self::Heading(..)
            | Self::List(..)
            | Self::Definitions(_)
            | Self::Quote
            | Self::Alert(_)
            | Self::Code(..)
            | Self::Table(..)
            | Self::Head(_)
            | Self::Row(_)
            | Self::Cell(_)
            | Self::Note(_)
            | Self::Mark(_) => true,
        }
    }
}

impl Frame {
    /// Something that holds nothing yet.
    pub(super) fn new(kind: Kind, span: Span) -> Self {
        Self {
            kind,
            html: None,
            span,
            inlines: Vec::new(),
            delimiters: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// Whether both were opened by the same tag.
    pub(super) fn is_pair_of(&self, other: &Self) -> bool {
        self.html.is_some() && self.html == other.html && self.span.start == other.span.start
    }
}
