//! A chapter of several files becomes one tree.
//!
//! Each file is read on its own and its headings are set as deep as the list of chapters says;
//! every place keeps its file, so that links, pictures and notes still mean what they mean there.

use super::read_file;
use super::tree::{Block, BlockKind, Document, Inline, InlineKind};
use crate::diag::Diagnostics;
use crate::project::{ChapterFile, Project};
use crate::source::{FileId, Span};

/// Reads a chapter and its sections.
pub(super) fn read(
    project: &Project,
    chapter: &ChapterFile,
    diagnostics: &mut Diagnostics,
) -> Document {
    let mut document = read_file(project, chapter.file, &chapter.path, diagnostics);
    let Some((title, _)) = &chapter.title else { return document };
    if document.front.title.is_none() {
        place(&mut document.blocks, chapter.file, title, 1);
    }
    for section in &chapter.sections {
        let mut read = read_file(project, section.file, &section.path, diagnostics);
        let title = read.front.title.as_ref().map_or(&section.title.0, |(title, _)| title);
        place(&mut read.blocks, section.file, title, section.level);
        document.blocks.append(&mut read.blocks);
        document.notes.append(&mut read.notes);
        document.places.append(&mut read.places);
        document.has_images |= read.has_images;
        document.files.append(&mut read.files);
    }
    document
}

/// Gives a file a title of this level, and makes its other headings fit. Only the title counts
/// for numbers and stands in the contents: so it is in the list.
fn place(blocks: &mut Vec<Block>, file: FileId, title: &str, level: u8) {
    let found = blocks.iter().take(MOST_BEFORE_TITLE + 1).find_map(|block| match &block.kind {
        BlockKind::Heading { level, .. } => Some(*level),
        BlockKind::Paragraph(_)
        | BlockKind::List { .. }
        | BlockKind::Definitions(_)
        | BlockKind::Quote(_)
        | BlockKind::Alert(..)
        | BlockKind::Code { .. }
        | BlockKind::Table { .. }
        | BlockKind::Formula { .. }
        | BlockKind::Rule => None,
    });
    let written = found.unwrap_or_else(|| {
        blocks.insert(0, heading(title, file));
        1
    });
    let shift = i16::from(level) - i16::from(written);
    fit(blocks, level, shift, &mut true);
}

/// Moves headings, those in quotations and lists too; the first one is the title.
fn fit(blocks: &mut [Block], level: u8, shift: i16, is_title: &mut bool) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { level: own, classes, .. } => {
                // What is written above the title, or beside it, still lies in the file.
                let least = if *is_title { level } else { (level + 1).min(DEEPEST) };
                let moved = u8::try_from(i16::from(*own) + shift).unwrap_or(least);
                *own = moved.clamp(least, DEEPEST);
                if !std::mem::take(is_title) {
                    classes.extend(["unnumbered", "unlisted"].map(str::to_owned));
                }
            }
            BlockKind::Quote(inner) | BlockKind::Alert(_, inner) => {
                fit(inner, level, shift, is_title);
            }
            BlockKind::List { items, .. } => {
                items.iter_mut().for_each(|(_, inner)| fit(inner, level, shift, is_title));
            }
            BlockKind::Definitions(groups) => {
                let bodies = groups.iter_mut().flat_map(|(_, bodies)| bodies);
                bodies.for_each(|inner| fit(inner, level, shift, is_title));
            }
            BlockKind::Paragraph(_)
            | BlockKind::Code { .. }
            | BlockKind::Table { .. }
            | BlockKind::Formula { .. }
            | BlockKind::Rule => {}
        }
    }
}

fn heading(title: &str, file: FileId) -> Block {
    let span = Span::new(file, 0..0);
    let inlines = vec![Inline { kind: InlineKind::Text(title.to_owned()), span }];
    let (classes, attributes) = (Vec::new(), Vec::new());
    Block { kind: BlockKind::Heading { level: 1, id: None, classes, attributes, inlines }, span }
}

/// Headings have six levels.
const DEEPEST: u8 = 6;

/// So many blocks may stand before a title: a note to translators, an old anchor.
const MOST_BEFORE_TITLE: usize = 2;
