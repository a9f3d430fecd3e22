//! The plan of a book: its sections by name, before a word of them is resolved. `names` makes it,
//! `resolve` carries it out.

use super::anchors::Anchors;
use super::numbers::References;
use super::types::{AnchorId, Language, Matter, SectionId};
use super::walk::{self, Landmark};
use crate::manuscript::{self as m, Document};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// Everything that has a name.
#[derive(Debug)]
pub(super) struct Names<'a> {
    /// The sections in reading order, by [`SectionId`].
    pub(super) sections: Vec<Planned<'a>>,
    /// All anchors of sections, headings, figures, tables and formulas.
    pub(super) anchors: Anchors,
    /// What can be linked to in each file.
    pub(super) files: BTreeMap<FileId, FileNames<'a>>,
    /// What references to chapters, headings, figures, tables and formulas say.
    pub(super) references: References,
}

/// A section to be.
#[derive(Debug)]
pub(super) struct Planned<'a> {
    pub(super) anchor: AnchorId,
    pub(super) slug: String,
    pub(super) matter: Matter,
    pub(super) span: Span,
    pub(super) kind: PlannedKind<'a>,
}

/// What it will be.
#[derive(Clone, Debug)]
pub(super) enum PlannedKind<'a> {
    TitlePage,
    Imprint,
    Contents,
    /// The list of photographs or figures, and its title.
    Photographs(&'static str),
    Tables,
    Part {
        title: &'a str,
        /// From 1.
        number: usize,
    },
    Chapter(Box<PlannedChapter<'a>>),
    Credits,
    Index {
        speakers: AnchorId,
        organisations: Option<AnchorId>,
    },
}

/// A chapter to be.
#[derive(Clone, Debug)]
pub(super) struct PlannedChapter<'a> {
    pub(super) document: &'a Document,
    pub(super) part: Option<SectionId>,
    pub(super) matter: Matter,
    pub(super) number: Option<String>,
    pub(super) title: Title<'a>,
    pub(super) language: Language,
    /// The anchor of the opening photograph.
    pub(super) opening: Option<AnchorId>,
    /// The anchors of headings, figures and captioned tables in reading order.
    pub(super) landmarks: Vec<AnchorId>,
}

/// Where a chapter's title is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Title<'a> {
    pub(super) words: TitleWords<'a>,
    pub(super) span: Span,
    /// The block that is the title and not shown again.
    pub(super) block: Option<usize>,
    /// `{#id}` of that block.
    pub(super) id: Option<&'a (String, Span)>,
    /// Whether the block's attributes leave the chapter its number.
    pub(super) is_numbered: bool,
}

/// A title's words.
#[derive(Clone, Copy, Debug)]
pub(super) enum TitleWords<'a> {
    /// From front matter, or made up from the file's name.
    Plain(&'a str),
    /// From the first heading.
    Inlines(&'a [m::Inline]),
}

impl Title<'_> {
    /// Whether a landmark of its chapter is the block that became the title.
    pub(super) fn is_of(&self, landmark: &Landmark<'_>, document: &Document) -> bool {
        let block = self.block.and_then(|at| document.blocks.get(at));
        let Landmark::Heading { span, .. } = landmark else { return false };
        block.is_some_and(|block| block.span == *span)
    }
}

impl TitleWords<'_> {
    /// The characters.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Plain(text) => (*text).to_owned(),
            Self::Inlines(inlines) => walk::plain(inlines),
        }
    }
}

/// What can be linked to in a file.
#[derive(Debug)]
pub(super) struct FileNames<'a> {
    pub(super) path: &'a str,
    /// The chapter itself.
    pub(super) anchor: AnchorId,
    /// By everything that may stand behind the `#`.
    pub(super) ids: BTreeMap<String, AnchorId>,
}
