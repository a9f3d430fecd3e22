//! Markdown and front matter become trees with spans: each file on its own, nothing looked up.
//!
//! Names are still names here: links are the strings that were written, notes are labels, images
//! are paths. `book` resolves them.

pub mod tree;

pub use tree::{
    AlertKind, Align, Block, BlockKind, Document, FrontMatter, Inline, InlineKind, NoteDefinition,
    SpeakerFields, Talk,
};

/// All files of a project, read.
#[derive(Clone, Debug)]
pub struct Manuscript {
    /// One tree for each chapter file, in the order of `Project::chapters`.
    pub documents: Vec<Document>,
}
