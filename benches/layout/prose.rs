//! The text that is measured: the plain paragraphs of a book's chapters, and nothing else.
//!
//! Pictures, listings and tables would make the floor another one; what real books cost is
//! measured on real books (`bench/README.md`).

use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::path::PathBuf;

use endpaper::book::{self, Block, Book, Inline, Section, SectionKind, Text};
use endpaper::diag::Diagnostics;
use endpaper::geom::{Length, Size};
use endpaper::manuscript;
use endpaper::project::{self, EditionConfig, Margins, Store};

/// Names the folder of another book than the one in this repository.
const VARIABLE: &str = "ENDPAPER_PROSE";
/// The text is repeated until it has this many bytes.
const BYTES: usize = 1_000_000;

/// Chapters of plain paragraphs, about a megabyte of them.
pub(crate) struct Prose {
    book: Book,
    /// A measure of 340 pt, text of 10.5 on 14 pt: about 66 characters in a line.
    pub(crate) edition: EditionConfig,
    /// The book's own list of words.
    pub(crate) hyphenation: BTreeMap<String, Vec<String>>,
    folder: PathBuf,
}

impl Prose {
    /// Reads the book, keeps its paragraphs and repeats its chapters.
    pub(crate) fn load() -> Self {
        let own = concat!(env!("CARGO_MANIFEST_DIR"), "/book");
        let folder = env::var_os(VARIABLE).map_or_else(|| PathBuf::from(own), PathBuf::from);
        let mut said = Diagnostics::default();
        let project = project::load(Store::Disk(folder.clone()), &mut said);
        let project = project.expect("the folder can be read").expect("it has a `book.toml`");
        let manuscript = manuscript::read(&project, &mut said);
        let mut book = book::resolve(&project, &manuscript, 0, &mut said);
        book.sections = book.sections.into_iter().filter_map(plain_chapter).collect();
        book.contents.clear();
        let once: usize = texts(&book).iter().map(String::len).sum();
        assert!(once > 0, "`{}` has paragraphs of plain text", folder.display());
        book.sections = repeated(&book.sections, (BYTES + once / 2) / once.min(BYTES));
        let edition = edition(&project.config.editions[0]);
        Self { book, edition, hyphenation: project.config.hyphenation, folder }
    }

    /// The text this many times.
    pub(crate) fn book(&self, times: usize) -> Book {
        Book { sections: repeated(&self.book.sections, times), ..self.book.clone() }
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = texts(&self.book);
        let bytes: usize = texts.iter().map(String::len).sum();
        let words: usize = texts.iter().map(|text| text.split(' ').count()).sum();
        let (folder, paragraphs) = (self.folder.display(), texts.len());
        write!(f, "{folder}: {bytes} bytes, {words} words, {paragraphs} paragraphs")
    }
}

/// The characters of all paragraphs of a book of plain chapters.
pub(crate) fn texts(book: &Book) -> Vec<String> {
    let paragraphs = book.sections.iter().flat_map(|section| match &section.kind {
        SectionKind::Chapter(chapter) => chapter.blocks.as_slice(),
        _ => &[],
    });
    let texts = paragraphs.filter_map(|block| match block {
        Block::Paragraph(text) => Some(text.plain()),
        _ => None,
    });
    texts.collect()
}

/// A chapter of the paragraphs that hold nothing but words, marks gone; `None` for what is no
/// chapter or has none.
fn plain_chapter(mut section: Section) -> Option<Section> {
    let SectionKind::Chapter(chapter) = &mut section.kind else { return None };
    (chapter.subtitle, chapter.talk, chapter.opening) = (None, None, None);
    chapter.notes.clear();
    chapter.blocks = std::mem::take(&mut chapter.blocks).into_iter().filter_map(plain).collect();
    (!chapter.blocks.is_empty()).then_some(section)
}

fn plain(block: Block) -> Option<Block> {
    let Block::Paragraph(text) = block else { return None };
    let words = text.plain();
    let is_plain = |inline: &Inline| {
        use Inline::{Code, Emphasis, Link, Strong, Text};
        matches!(inline, Text(..) | Emphasis(_) | Strong(_) | Code(..) | Link { .. })
    };
    if !text.inlines.iter().all(is_plain) {
        return None;
    }
    let inlines = vec![Inline::Text(words, text.span)];
    Some(Block::Paragraph(Text { inlines, ..text }))
}

fn repeated(sections: &[Section], times: usize) -> Vec<Section> {
    sections.iter().cycle().take(sections.len() * times).cloned().collect()
}

fn edition(first: &EditionConfig) -> EditionConfig {
    let margin = Length::pt(50);
    EditionConfig {
        page: Size::new(Length::pt(440), Length::pt(660)),
        margins: Margins { top: margin, inner: margin, outer: margin, bottom: margin },
        text_size: Length::milli_pt(10_500),
        leading: Length::pt(14),
        ..first.clone()
    }
}
