//! Markdown and front matter become trees with spans: each file on its own, nothing looked up.
//!
//! Names are still names here: links are the strings that were written, notes are labels, images
//! are paths, quotes are straight. `book` resolves them. What does hold after [`read`]:
//! - every node has a span inside its file, and a parent's span covers those of its children;
//! - nothing is nested deeper than [`MAX_DEPTH`] containers, so recursion over a tree is safe;
//! - a [`InlineKind::NoteCall`] names a label that is defined in the same file, spelled as its
//!   definition spells it; other calls were reported and became text;
//! - HTML was understood or reported, there is none left.

mod build;
mod captions;
mod chapter;
mod dollars;
mod dump;
mod elements;
mod formulas;
mod frame;
mod front;
pub(crate) mod grid;
mod hidden;
mod html_table;
mod joins;
mod line;
mod lines;
mod markdown;
mod markup;
mod notes;
mod scripts;
mod tidy;
pub mod tree;

#[cfg(test)]
mod tests;

pub use build::MAX_DEPTH;
pub use dump::dump;
pub(crate) use front::foreign;
pub(crate) use line::line;
pub(crate) use markdown::options;
pub use tree::{
    AlertKind, Align, Block, BlockKind, Cell, DefinitionGroup, Document, FrontMatter, Image,
    Inline, InlineKind, Link, NoteDefinition, Slots, SpeakerFields, Talk, Term,
};

use crate::diag::Diagnostics;
use crate::project::Project;
use crate::source::FileId;

/// All files of a project, read.
#[derive(Clone, Debug)]
pub struct Manuscript {
    /// One tree for each chapter file, in the order of `Project::chapters`.
    pub documents: Vec<Document>,
}

/// Reads every chapter of a project.
pub fn read(project: &Project, diagnostics: &mut Diagnostics) -> Manuscript {
    let chapters = project.chapters();
    let documents = chapters.map(|file| chapter::read(project, file, diagnostics)).collect();
    Manuscript { documents }
}

fn read_file(
    project: &Project,
    file: FileId,
    path: &str,
    diagnostics: &mut Diagnostics,
) -> Document {
    let text = &project.sources.get(file).text;
    let (front, body) = front::read(file, text, diagnostics);
    let mdbook = project.config.mdbook.as_ref();
    let markdown::Read { blocks, notes, places, has_images } =
        markdown::read(file, (text, body), mdbook, diagnostics);
    let files = vec![(file, path.to_owned())];
    Document { file, path: path.to_owned(), front, blocks, notes, places, has_images, files }
}
