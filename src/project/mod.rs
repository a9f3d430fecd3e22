//! What was read from the disk, in memory: the only module that reads.
//!
//! [`Project`] holds texts and the parsed `book.toml`; nothing of the manuscript is interpreted.
//! It can be built in memory ([`Store::Memory`]), so every later stage is tested without files.

mod config;

pub use config::{
    BookConfig, Config, ContentsPlace, EditionConfig, Folio, LinkPolicy, Margins, Opening,
    PersonConfig, PhotosConfig, Policy,
};

use crate::source::{FileId, Sources, Span};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Where files come from.
#[derive(Clone, Debug)]
pub enum Store {
    /// A folder on the disk: the one that holds `book.toml`.
    Disk(PathBuf),
    /// Paths relative to the book's folder, with `/`, and their bytes.
    Memory(BTreeMap<String, Vec<u8>>),
}

/// Everything that was read.
#[derive(Clone, Debug)]
pub struct Project {
    /// The texts: `book.toml`, chapters, the photo register.
    pub sources: Sources,
    /// What `book.toml` says.
    pub config: Config,
    /// Parts and chapters in order.
    pub contents: Vec<ContentsItem>,
    /// The photo register's text, when there is one.
    pub register: Option<FileId>,
    /// Where pictures are read from.
    pub store: Store,
}

/// An entry of `[contents]`.
#[derive(Clone, Debug)]
pub enum ContentsItem {
    /// A part with its chapters.
    Part {
        /// Its title.
        title: String,
        /// Where the title is written.
        span: Span,
        /// Its chapters.
        chapters: Vec<ChapterFile>,
    },
    /// A chapter outside of any part.
    Chapter(ChapterFile),
}

/// A chapter's file.
#[derive(Clone, Debug)]
pub struct ChapterFile {
    /// Its text.
    pub file: FileId,
    /// Its path relative to the book's folder, as `book.toml` gives it, normalised.
    pub path: String,
    /// Where `book.toml` names it.
    pub span: Span,
}
