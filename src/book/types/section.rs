//! Sections: the chapters, and the pages that are made around them.

use super::inline::numbered;
use super::{
    AnchorId, Block, Credits, Date, Figure, Index, IndexEntry, Language, NoteId, SectionId, Text,
};
use crate::source::Span;

/// Which of the three parts of a book, each with its own way of numbering pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// Roman folios.
    Front,
    /// Arabic folios from 1.
    Body,
    /// Arabic folios, going on.
    Back,
}

/// What becomes one document of the EPUB and starts a page (or runs on) in the PDF.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its own number.
    pub id: SectionId,
    /// Where links to the section as a whole arrive: carried by its title.
    pub anchor: AnchorId,
    /// File name stem in the EPUB, unique.
    pub slug: String,
    /// Front, body or back.
    pub matter: Matter,
    /// A chapter's number, "3", where chapters have numbers; stands before the title.
    pub number: Option<String>,
    /// The title as it is shown; on the title page the book's title.
    pub title: Text,
    /// Short form for running heads, with the number; the same as the title unless given.
    pub running: String,
    /// What it holds.
    pub kind: SectionKind,
    /// Its language, where it differs from the book's.
    pub language: Option<Language>,
    /// Where it comes from (for generated sections: the place in `book.toml`).
    pub span: Span,
}

impl Section {
    /// The title's characters with the number before them: "3 Retries".
    pub fn numbered_title(&self) -> String {
        numbered(self.number.as_deref(), &self.title)
    }
}

/// What a section is.
#[derive(Clone, Debug)]
pub enum SectionKind {
    /// Title, subtitle, people, publisher; composed from [`Meta`](super::Meta) and these lines (people, then
    /// publisher and year).
    TitlePage {
        /// Subtitle.
        subtitle: Option<Text>,
        /// "by …", "edited by …".
        people: Vec<Text>,
        /// Publisher and year.
        foot: Option<Text>,
    },
    /// Edition, licences, identifiers, how to report a typo.
    Imprint(Vec<Block>),
    /// The table of contents: [`Book::contents`](super::Book::contents).
    Contents,
    /// List of photographs: caption, and the page or link.
    Photographs(Vec<IndexEntry>),
    /// List of tables: caption, and the page or link.
    Tables(Vec<IndexEntry>),
    /// A part's opening; its chapters follow in [`Book::sections`](super::Book::sections).
    Part {
        /// "Part I"
        label: Text,
    },
    /// A talk, an introduction, closing words.
    Chapter(Box<Chapter>),
    /// Photo credits.
    Credits(Credits),
    /// Indexes: of speakers, of organisations.
    Index(Vec<Index>),
}

/// An ordinary chapter or a talk.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// The part it belongs to.
    pub part: Option<SectionId>,
    /// Second title.
    pub subtitle: Option<Text>,
    /// What it is about, in short, between header and opening photograph: paragraphs.
    pub summary: Vec<Text>,
    /// The talk header, when the chapter is about a talk.
    pub talk: Option<Talk>,
    /// The photograph it opens with, between header and text.
    pub opening: Option<Figure>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The notes called in it, in order.
    pub notes: Vec<NoteId>,
    /// The Markdown file's name, for "edit this page" links.
    pub file: String,
}

/// The header of a talk, ready to be shown.
#[derive(Clone, Debug)]
pub struct Talk {
    /// The people on stage.
    pub speakers: Vec<Speaker>,
    /// "Keynote · Friday, May 4, 2018 · Room B": what is known, joined.
    pub facts: Option<Text>,
    /// The day, for machines.
    pub day: Option<Date>,
    /// "Slides", "Video": linked words.
    pub links: Option<Text>,
}

/// Somebody on stage.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// Sorting name: "Rice, Liz".
    pub sort: String,
    /// The name; linked when a URL is given.
    pub name: Text,
    /// "Technology Evangelist, Aqua Security".
    pub affiliation: Option<Text>,
}
