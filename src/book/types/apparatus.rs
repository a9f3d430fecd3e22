//! Notes, contents, credits and index: what helps the reader of the text.

use super::inline::numbered;
use super::{AnchorId, Block, PhotoId, SectionId, Text};
use crate::source::Span;

/// A note.
#[derive(Clone, Debug)]
pub struct Note {
    /// Footnote of the author, or the address of a link in an edition that prints addresses.
    pub kind: NoteKind,
    /// Its number within the chapter: "1".
    pub label: String,
    /// Where the call leads: the note itself.
    pub anchor: AnchorId,
    /// Where the note leads back to: its first call.
    pub call: AnchorId,
    /// The section that calls it.
    pub section: SectionId,
    /// What it says; never empty, the first block is a paragraph.
    pub blocks: Vec<Block>,
    /// Where it is defined.
    pub span: Span,
}

/// What a note is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// Written by the author.
    Author,
    /// A link's address, made for print.
    Address,
}

/// A line of the table of contents.
#[derive(Clone, Debug)]
pub struct ContentsEntry {
    /// The section's number, if it has one.
    pub number: Option<String>,
    /// The section's title, without note calls.
    pub text: Text,
    /// For a talk: the speakers' names, joined.
    pub speakers: Option<String>,
    /// Where it leads.
    pub target: AnchorId,
    /// Chapters of a part, headings of a chapter.
    pub children: Vec<ContentsEntry>,
}

impl ContentsEntry {
    /// The characters with the number before them: "3 Retries".
    pub fn numbered_text(&self) -> String {
        numbered(self.number.as_deref(), &self.text)
    }
}

impl Credit {
    /// Where the picture is shown.
    pub fn places(&self) -> Vec<AnchorId> {
        self.figures.iter().map(|(anchor, _)| *anchor).collect()
    }
}

/// The page of credits.
#[derive(Clone, Debug)]
pub struct Credits {
    /// One for each picture, in reading order; the cover comes first.
    pub entries: Vec<Credit>,
    /// "CC BY 4.0: https://…": where the licences can be read, each once, in the order in which
    /// the entries name them.
    pub licences: Vec<Text>,
}

/// One picture on the credits page.
#[derive(Clone, Debug)]
pub struct Credit {
    /// The picture.
    pub photo: PhotoId,
    /// "Nyhavn in the morning. Drawing: … CC0 1.0. After …": with links.
    pub text: Text,
    /// Where the picture is shown: figures, in order, each with "Figure 3" where it has a number;
    /// empty for the cover.
    pub figures: Vec<(AnchorId, Option<String>)>,
}

/// An index with its heading.
#[derive(Clone, Debug)]
pub struct Index {
    /// "Speakers", "Organisations".
    pub title: Text,
    /// Where links to it arrive.
    pub anchor: AnchorId,
    /// Sorted by the book's language.
    pub entries: Vec<IndexEntry>,
}

/// A line that ends in page numbers in print and in links in the EPUB.
#[derive(Clone, Debug)]
pub struct IndexEntry {
    /// What it says: "Rice, Liz".
    pub text: Text,
    /// Where to: each with the words an EPUB shows for it (a talk's title).
    pub targets: Vec<(AnchorId, String)>,
}
