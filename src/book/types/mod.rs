//! The types of the resolved book. Their docs are the specification both backends build on.
//!
//! The book as a whole and the numbers by which its parts know each other are here; the parts are in
//! a file each, from the outside in: [`meta`], [`section`], [`block`], [`inline`].

pub mod apparatus;
pub mod block;
pub mod figure;
pub mod formula;
pub mod inline;
pub mod meta;
pub mod place;
pub mod section;
pub mod table;

pub use crate::manuscript::Slots;
pub use apparatus::{ContentsEntry, Credit, Credits, Index, IndexEntry, Note, NoteKind};
pub use block::{
    Alert, Block, CodeBlock, CodeLine, CodeRole, Definition, Heading, List, ListItem, ListKind,
};
pub use figure::{BLEED, Figure, Photo, Placement};
pub use formula::{DisplayedFormula, Formula};
pub use inline::{Inline, Target, Text};
pub use meta::{Date, Language, Meta, Person, Role, Subject};
pub use place::{PageMap, PageStart, Place};
pub use section::{Chapter, Matter, Section, SectionKind, Speaker, Talk};
pub use table::{Alignment, CellRole, Table, TableCell, TableRow};

use crate::source::Span;

/// The whole book.
#[derive(Clone, Debug)]
pub struct Book {
    /// What is said about the book.
    pub meta: Meta,
    /// Everything there is to read, in reading order: front matter, body, back matter.
    pub sections: Vec<Section>,
    /// The table of contents, nested; both editions show exactly this.
    pub contents: Vec<ContentsEntry>,
    /// Places that can be linked to, by [`AnchorId`].
    pub anchors: Vec<Anchor>,
    /// Notes, by [`NoteId`], in the order of their calls.
    pub notes: Vec<Note>,
    /// Pictures, by [`PhotoId`], in the order of first use. The cover is the last one if the
    /// text does not show it.
    pub photos: Vec<Photo>,
    /// The cover picture.
    pub cover: Option<PhotoId>,
    /// How many [`NodeId`]s were given out: all are below this.
    pub node_count: u32,
}

/// Index into [`Book::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionId(pub u32);

/// Index into [`Book::anchors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnchorId(pub u32);

impl Book {
    /// The section in which an anchor stands.
    pub fn section_of(&self, anchor: AnchorId) -> Option<&Section> {
        let anchor = self.anchors.get(anchor.0 as usize)?;
        self.sections.get(anchor.section.0 as usize)
    }
}

/// Index into [`Book::notes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoteId(pub u32);

/// Index into [`Book::photos`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhotoId(pub u32);

/// Number of a node that can begin a page: a [`Text`], a [`CodeBlock`], a [`Figure`], a
/// [`DisplayedFormula`], a rule.
/// Unique in the book, ascending in reading order within a section (notes come after the text).
/// A part's label stands before its title. [`with_address_notes`](super::with_address_notes)
/// keeps all numbers and gives the notes it adds numbers above them, in no order with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// A place that can be linked to: the id in the EPUB and the named destination in the PDF.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// An XML name, unique in the whole book, made from content or given by the author.
    pub name: String,
    /// Where it is.
    pub section: SectionId,
    /// The heading, figure, … that carries it.
    pub span: Span,
}
