//! The files that `SUMMARY.md` lists become parts and chapters.

use super::context::{Given, RenderContext};
use super::include::Texts;
use super::summary::{self, Entry, Item};
use super::{SUMMARY, folder};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::project::load::{add_text, complaint};
use crate::project::store::{Store, TEXT_LIMIT};
use crate::project::{ChapterFile, Config, ContentsItem, SectionFile, path, percent_decoded};
use crate::source::{FileId, Piece, Sources, Span};
use std::collections::BTreeMap;
use std::io;

/// Titles have six levels.
const DEEPEST: usize = 6;

/// As many drafts are named; of the others it is said how many they are.
const NAMED: usize = 5;

/// Reads everything that the list names, or that mdBook gives.
pub(in crate::project) fn read_contents(
    store: &Store,
    sources: &mut Sources,
    config: &Config,
    context: Option<&RenderContext>,
    diagnostics: &mut Diagnostics,
) -> io::Result<Vec<ContentsItem>> {
    let folder = folder(config);
    let summary = path::join(folder, SUMMARY).unwrap_or_else(|_| SUMMARY.to_owned());
    let Given { items, texts: given } = match context {
        Some(context) => context.given(config.book.span),
        None => match store.read_within("", &summary, TEXT_LIMIT) {
            Ok(bytes) => {
                let list = add_text(sources, &summary, bytes, diagnostics);
                let text = sources.get(list).text.clone();
                let items = summary::read(list, &text, diagnostics);
                Given { items, texts: BTreeMap::new() }
            }
            Err(problem) => {
                let span = config.book.span;
                diagnostics.push(complaint(problem, &summary, span, Code::MissingChapter)?);
                Given { items: Vec::new(), texts: BTreeMap::new() }
            }
        },
    };
    let texts = Texts::new(store, sources, diagnostics);
    let mut reader = Reader {
        texts,
        given,
        folder,
        summary: &summary,
        seen: BTreeMap::new(),
        drafts: Vec::new(),
        contents: Vec::new(),
    };
    for (at, item) in items.iter().enumerate() {
        match item {
            Item::Part(title, span) => reader.part(title, *span),
            Item::Chapter(entry) => reader.chapter(entry, is_above(entry, items.get(at + 1)))?,
        }
    }
    reader.report_drafts();
    let has_chapter = |item: &ContentsItem| match item {
        ContentsItem::Part { chapters, .. } => !chapters.is_empty(),
        ContentsItem::Chapter(_) => true,
    };
    reader.contents.retain(has_chapter);
    if reader.contents.is_empty() {
        let message = format!("`{summary}` names no chapter that can be read");
        reader.texts.diagnostics.push(
            Diagnostic::new(Code::InvalidConfig, config.book.span, message)
                .help("list the chapters there: `- [Title](file.md)`"),
        );
    }
    Ok(reader.contents)
}

/// Whether the next line lies below an entry.
fn is_above(entry: &Entry, next: Option<&Item>) -> bool {
    matches!(next, Some(Item::Chapter(next)) if next.depth > entry.depth)
}

struct Reader<'a> {
    texts: Texts<'a>,
    /// Texts that need not be read, by path in the folder.
    given: BTreeMap<String, String>,
    folder: &'a str,
    summary: &'a str,
    /// Where each file was listed first.
    seen: BTreeMap<String, Span>,
    /// Drafts that are left out.
    drafts: Vec<(String, Span)>,
    contents: Vec<ContentsItem>,
}

impl Reader<'_> {
    fn part(&mut self, title: &str, span: Span) {
        let title = title.to_owned();
        self.contents.push(ContentsItem::Part { title, span, chapters: Vec::new() });
    }

    fn chapter(&mut self, entry: &Entry, is_above: bool) -> io::Result<()> {
        let file = match &entry.path {
            Some(written) => self.file(written, entry.title.1)?,
            None => None,
        };
        let is_draft = file.is_none();
        let (file, path) = match file {
            Some(found) => found,
            // A draft above chapters is a title; one above nothing is nothing.
            None if is_above => (self.empty(entry.title.1), self.summary.to_owned()),
            None => {
                self.drafts.extend(entry.path.is_none().then(|| entry.title.clone()));
                return Ok(());
            }
        };
        if entry.depth > 0
            && let Some(chapter) = self.last_chapter()
        {
            let level = u8::try_from(entry.depth.min(DEEPEST - 1) + 1).unwrap_or(6);
            let title = entry.title.clone();
            chapter.sections.push(SectionFile { file, path, level, title });
            return Ok(());
        }
        let mut chapter = ChapterFile::of(file, path, entry.title.1, entry.place);
        chapter.title = Some(entry.title.clone());
        if is_draft {
            chapter.path = format!("{}/{}", self.folder, entry.title.0.replace('/', "-"));
        }
        match self.contents.last_mut() {
            Some(ContentsItem::Part { chapters, .. }) if is_in_part(entry) => {
                chapters.push(chapter);
            }
            Some(_) | None => self.contents.push(ContentsItem::Chapter(chapter)),
        }
        Ok(())
    }

    fn last_chapter(&mut self) -> Option<&mut ChapterFile> {
        match self.contents.last_mut()? {
            ContentsItem::Part { chapters, .. } => chapters.last_mut(),
            ContentsItem::Chapter(chapter) => Some(chapter),
        }
    }

    /// The text of a file that the list names, and its path; `None` if that was reported.
    fn file(&mut self, written: &str, span: Span) -> io::Result<Option<(FileId, String)>> {
        let decoded = percent_decoded(written);
        let Ok(path) = path::join(self.folder, &decoded) else {
            let message = format!("`{written}` is no path to a chapter");
            self.texts.diagnostics.push(
                Diagnostic::new(Code::PathOutside, span, message)
                    .help(format!("write it as seen from `{}`", self.summary)),
            );
            return Ok(None);
        };
        if let Some(first) = self.seen.get(&path) {
            let message = format!("`{path}` is listed twice");
            self.texts.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, span, message)
                    .severity(Severity::Warning)
                    .related(*first, "first here, where it is set"),
            );
            return Ok(None);
        }
        let inside = path::inside(self.folder, &path);
        if let Some(text) = inside.and_then(|inside| self.given.remove(inside)) {
            self.seen.insert(path.clone(), span);
            // Its directives were carried out.
            return Ok(Some((self.texts.sources.add(path.clone(), text), path)));
        }
        match self.texts.store.read_within("", &path, TEXT_LIMIT) {
            Ok(bytes) => {
                let texts = &mut self.texts;
                let file = add_text(texts.sources, &path, bytes, texts.diagnostics);
                self.seen.insert(path.clone(), span);
                Ok(Some((self.texts.whole(file, &path)?, path)))
            }
            Err(problem) => {
                let complaint = complaint(problem, &path, span, Code::MissingChapter)?;
                let help = format!("write it, or `[…]()` in `{}` for a draft", self.summary);
                self.texts.diagnostics.push(complaint.help(help));
                Ok(None)
            }
        }
    }

    /// A text of nothing that stands for a line of the list.
    fn empty(&mut self, origin: Span) -> FileId {
        let pieces = vec![Piece { start: 0, origin, is_copy: false }];
        self.texts.sources.add_assembled(self.summary, "", pieces)
    }

    fn report_drafts(&mut self) {
        let Some((_, span)) = self.drafts.first() else { return };
        let count = self.drafts.len();
        let names = self.drafts.iter().take(NAMED).map(|(title, _)| format!("`{title}`"));
        let names = names.collect::<Vec<_>>().join(", ");
        let message = match count {
            1 => format!("the draft {names} is left out"),
            2..=NAMED => format!("{count} drafts are left out: {names}"),
            _ => format!("{count} drafts are left out: {names} and {} more", count - NAMED),
        };
        let complaint = Diagnostic::new(Code::MissingChapter, *span, message);
        let help = "a chapter without a file is not in the book";
        self.texts.diagnostics.push(complaint.severity(Severity::Warning).help(help));
    }
}

/// Chapters before and behind the numbered ones are in no part.
fn is_in_part(entry: &Entry) -> bool {
    entry.place == crate::project::ChapterPlace::Body
}
