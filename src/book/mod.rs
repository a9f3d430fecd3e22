//! The resolved book: everything has a meaning, a number and a place; nothing is a name any more.
//!
//! [`resolve`] makes a [`Book`] from a `Project` and its `Manuscript`. After it
//! - links are [`Target`]s, images are [`PhotoId`]s, notes are [`NoteId`]s: no string is secretly a key;
//! - figures, tables and notes carry their numbers, quotes are curled, spaces before units hold;
//! - generated pages (title page, imprint, contents, credits, index) are here as data, so that
//!   both editions say the same words;
//! - every node that can begin a page has a [`NodeId`], so that the print pagination can be told
//!   to the EPUB as plain data ([`PageMap`]).
//!
//! `layout` and `epub` read this and never each other.

mod address;
mod anchors;
mod blocks;
mod captions;
mod chapter;
mod collation;
mod contents;
mod credits;
mod drawings;
mod dump;
mod fence;
mod figures;
mod files;
mod gaps;
mod gate;
mod highlight;
mod index;
mod inline;
mod landmarks;
mod links;
mod listing;
mod lock;
mod math;
mod meta;
mod names;
mod notes;
mod numbers;
mod pages;
mod paths;
mod photos;
mod placement;
mod plan;
mod references;
mod resolve;
mod rooms;
mod site;
mod slugs;
mod terms;
#[cfg(test)]
mod tests;
pub mod types;
mod typography;
mod walk;

pub use address::with_address_notes;
pub(crate) use contents::nest;
pub use dump::dump;
pub use gate::check_rights;
pub(crate) use gate::is_silent;
pub use lock::lock_anchors;
pub use math::{linear as linear_formula, without_css as formula_without_css};
pub use resolve::resolve;
pub use terms::{
    PagePart, Terms, is_place_on_page, note_in_words, page_of_total, place_on_page, roman,
    table_in_words,
};

pub use types::{
    Alert, Alignment, Anchor, AnchorId, BLEED, Block, Book, CellRole, Chapter, CodeBlock, CodeLine,
    CodeRole, ContentsEntry, Credit, Credits, Date, Definition, DisplayedFormula, Figure, Formula,
    Heading, Index, IndexEntry, Inline, Language, List, ListItem, ListKind, Matter, Meta, NodeId,
    Note, NoteId, NoteKind, PageMap, PageStart, Person, Photo, PhotoId, Place, Placement, Role,
    Section, SectionId, SectionKind, Slots, Speaker, Subject, Table, TableCell, TableRow, Talk,
    Target, Text,
};
