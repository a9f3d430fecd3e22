//! What was read from the disk, in memory: the only module that reads.
//!
//! [`Project`] holds texts and the parsed `book.toml`; nothing of the manuscript is interpreted.
//! It can be built in memory ([`Store::Memory`]), so every later stage is tested without files.
//! Pictures stay where they are until [`Project::read_photo`] is asked for one.

pub(crate) mod address;
mod book;
mod cache;
mod config;
mod contents;
pub(crate) mod day;
mod edition;
mod epub;
pub(crate) mod fields;
mod identifier;
mod load;
mod lock;
mod mdbook;
mod measure;
mod path;
pub(crate) mod release;
mod stamp;
mod standard;
mod store;
#[cfg(test)]
mod tests;
mod theme;

pub(crate) use book::is_version;
pub use cache::{Cache, Key};
pub use config::{
    Archival, BookConfig, Config, ContentsConfig, ContentsPlace, EditionConfig, EpubConfig, Folio,
    LinkPolicy, ListOf, Margins, MdBookConfig, Opening, PersonConfig, PhotoLimits, PhotosConfig,
    Policy, Standards, SubjectConfig,
};
pub use identifier::is_language_tag;
pub(crate) use identifier::slug_of;
pub use load::{Rigour, load, load_rendered, load_with};
pub use lock::{AnchorLock, LockedChapter, LockedPlace};
pub use mdbook::RenderContext;
pub(crate) use path::percent_decoded;
pub use release::{Audience, Release};
pub use stamp::Stamp;
pub use store::{ReadProblem, Store, TEXT_LIMIT};
pub use theme::{
    Cut, FaceName, FaceRole, FamilyName, Figures, FolioPlace, HeadConfig, Spacing, StyleConfig,
    StyleName, TextAlign, Theme, ThemeColors, ThemeName,
};

use std::sync::Arc;

use crate::source::{FileId, Sources, Span};

/// Everything that was read.
#[derive(Clone, Debug)]
pub struct Project {
    /// The texts: `book.toml`, chapters, the photo register.
    pub sources: Sources,
    /// What `book.toml` says.
    pub config: Config,
    /// Parts and chapters in the order of reading; those of the front matter first.
    pub contents: Vec<ContentsItem>,
    /// The photo register's text, when there is one.
    pub register: Option<FileId>,
    /// The lock of anchors, when `book.toml` names one.
    pub anchors: Option<AnchorLock>,
    /// The stylesheet that the author adds to the EPUB's.
    pub style: Option<FileId>,
    /// The book's own fonts, by file name.
    pub fonts: Vec<FontFile>,
    /// Where pictures are read from.
    pub store: Store,
    /// Where work on pictures is kept for the next build, if anywhere.
    pub cache: Option<Arc<Cache>>,
}

/// A font file of the book.
#[derive(Clone)]
pub struct FontFile {
    /// Its path relative to the book's folder.
    pub path: String,
    /// The whole file.
    pub bytes: Vec<u8>,
    /// Where `book.toml` names its folder.
    pub span: Span,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.path, self.bytes.len())
    }
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
    /// Which of the three parts of a book it belongs to.
    pub place: ChapterPlace,
    /// What the list of chapters calls it, where such a list has titles: the title of a text
    /// that has none itself.
    pub title: Option<(String, Span)>,
    /// The files that follow it in the same chapter, where each one is a section.
    pub sections: Vec<SectionFile>,
}

/// A file that is a section of a chapter.
#[derive(Clone, Debug)]
pub struct SectionFile {
    /// Its text.
    pub file: FileId,
    /// Its path relative to the book's folder.
    pub path: String,
    /// The level of its title: 2 directly below the chapter's.
    pub level: u8,
    /// What the list of chapters calls it.
    pub title: (String, Span),
}

/// Where a chapter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChapterPlace {
    /// Before the body, on pages with roman numbers: a preface.
    Front,
    /// In the body.
    Body,
    /// Behind the body: an afterword.
    Back,
}

/// Why a picture's path, as a chapter writes it, names no picture of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathProblem {
    /// It is absolute or an address, or what it names lies outside of the photo folder.
    Outside,
    /// A symbolic link in it leads out of the photo folder.
    Linked,
    /// There is no such file.
    Missing,
}

impl ChapterFile {
    /// A chapter of one file.
    fn of(file: FileId, path: String, span: Span, place: ChapterPlace) -> Self {
        Self { file, path, span, place, title: None, sections: Vec::new() }
    }
}

impl Project {
    /// All chapters in reading order, those of parts included.
    pub fn chapters(&self) -> impl Iterator<Item = &ChapterFile> {
        self.contents.iter().flat_map(|item| match item {
            ContentsItem::Part { chapters, .. } => chapters.as_slice(),
            ContentsItem::Chapter(chapter) => std::slice::from_ref(chapter),
        })
    }

    /// Every text that was read, with its path relative to the book's folder; each path once. The
    /// photo register is not among them: who is shown and what they consented to is not for
    /// everybody who gets the book, and whose the pictures are stands on its page of credits.
    pub fn texts(&self) -> Vec<(String, &str)> {
        let mut texts: Vec<(String, &str)> = Vec::new();
        for (file, source) in self.sources.iter() {
            // Whoever wants the text wants it as it was written.
            if !source.pieces.is_empty() || self.register == Some(file) {
                continue;
            }
            let chapter = self.chapters().find(|chapter| chapter.file == file);
            let path = match chapter {
                Some(chapter) => chapter.path.as_str(),
                None if self.config.mdbook.is_some() => source.path.as_str(),
                None => source.path.rsplit('/').next().unwrap_or_default(),
            };
            // A chapter beside the book's folder: names of attached files do not climb.
            let path = path.trim_start_matches("../");
            if texts.iter().all(|(other, _)| other != path) {
                texts.push((path.to_owned(), &source.text));
            }
        }
        texts
    }

    /// The picture that `written` names in the chapter `from_chapter` (the chapter's path): tried
    /// relative to the chapter's folder, then relative to the photo folder; with `%20` and the
    /// like also decoded. The result is relative to the photo folder: `harbour.jpg`. It never
    /// begins with `..`, so that it can serve as a name in an archive.
    ///
    /// # Errors
    /// See [`PathProblem`].
    pub fn resolve_photo_path(
        &self,
        from_chapter: &str,
        written: &str,
    ) -> Result<String, PathProblem> {
        let mut problem = match self.try_photo_path(from_chapter, written) {
            Ok(name) => return Ok(name),
            Err(problem) => problem,
        };
        let decoded = percent_decoded(written);
        if decoded != written {
            match self.try_photo_path(from_chapter, &decoded) {
                Ok(name) => return Ok(name),
                Err(second) => problem = second,
            }
        }
        Err(problem)
    }

    /// The bytes of a picture; `name` is relative to the photo folder.
    ///
    /// # Errors
    /// See [`ReadProblem`].
    pub fn read_photo(&self, name: &str) -> Result<Vec<u8>, ReadProblem> {
        let mut bytes = Vec::new();
        self.read_next_photo(name, &mut bytes)?;
        Ok(bytes)
    }

    /// The same in the place of the picture that was read before: the largest of many is the
    /// memory that all of them take.
    pub(crate) fn read_next_photo(
        &self,
        name: &str,
        bytes: &mut Vec<u8>,
    ) -> Result<(), ReadProblem> {
        let folder = &self.config.photos.folder;
        let path = path::join(folder, name).map_err(|_| ReadProblem::Outside)?;
        self.store.read_again(folder, &path, self.config.photos.limits.bytes, bytes)
    }

    /// What the system says of a picture's file, where there is such a thing.
    pub(crate) fn photo_stamp(&self, name: &str) -> Option<Stamp> {
        let folder = &self.config.photos.folder;
        self.store.stamp_within(folder, &path::join(folder, name).ok()?)
    }

    /// Whether there is a picture with this name, relative to the photo folder.
    pub(crate) fn has_photo(&self, name: &str) -> bool {
        let folder = &self.config.photos.folder;
        path::join(folder, name).is_ok_and(|path| self.store.find_within(folder, &path).is_ok())
    }

    /// A picture's name in its one form; `None` when it leads out of the photo folder.
    pub(crate) fn photo_name(name: &str) -> Option<String> {
        let path = path::normalise(name).ok()?;
        path::inside("", &path).map(str::to_owned)
    }

    fn try_photo_path(&self, from_chapter: &str, written: &str) -> Result<String, PathProblem> {
        if written.contains("://") {
            return Err(PathProblem::Outside);
        }
        let folder = self.config.photos.folder.as_str();
        let near = path::join(path::parent(from_chapter), written);
        let named = path::join(folder, written);
        let (Ok(near), Ok(named)) = (near, named) else { return Err(PathProblem::Outside) };
        let mut problem = PathProblem::Outside;
        for path in [&near, &named] {
            let Some(name) = path::inside(folder, path) else { continue };
            match self.store.find_within(folder, path) {
                Ok(()) => return Ok(name.to_owned()),
                Err(ReadProblem::Outside) => return Err(PathProblem::Linked),
                Err(_) => problem = PathProblem::Missing,
            }
        }
        // A file beside the chapter but not among the photographs: say so rather than "missing".
        if path::inside("", &near).is_some() && self.store.find_within("", &near).is_ok() {
            problem = PathProblem::Outside;
        }
        Err(problem)
    }
}
