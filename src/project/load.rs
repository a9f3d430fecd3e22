//! Reads a project: `book.toml`, then every text that it names. Pictures are read later, one by
//! one, by whoever shows them.

use super::book::{
    normalise, outside, read_book, read_fonts, read_hyphenation, read_macros, read_photos,
};
use super::config::{BookConfig, Config, ContentsConfig, PhotosConfig, Policy};
use super::contents::{Listed, ListedChapter, read_contents};
use super::edition::read_editions;
use super::epub::read_epub;
use super::fields::{self, Fields};
use super::lock::{AnchorLock, read_lock};
use super::mdbook::RenderContext;
use super::path;
use super::store::{ReadProblem, Store, TEXT_LIMIT};
use super::theme::read_theme;
use super::{ChapterFile, ChapterPlace, ContentsItem, FontFile, Project, mdbook};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{FileId, Sources, Span};
use std::collections::BTreeMap;
use std::io;

/// The name of the file that makes a folder a book.
const BOOK: &str = "book.toml";
/// Fonts for all of Chinese, Japanese and Korean have up to 30 MB.
const FONT_LIMIT: u64 = 64 * 1024 * 1024;

/// How hard a manuscript is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rigour {
    /// As `book.toml` says; gently where the manuscript was written for another program.
    AsDeclared,
    /// Every gap is an error.
    Strict,
}

/// Reads `book.toml` and the texts it names as [`load_with`] does, judged as it declares.
///
/// # Errors
/// When the machine fails: a file that exists cannot be read.
pub fn load(store: Store, diagnostics: &mut Diagnostics) -> io::Result<Option<Project>> {
    load_with(store, Rigour::AsDeclared, diagnostics)
}

/// Reads `book.toml` and the texts it names, and reports every mistake in one run.
///
/// `None` when there is no `book.toml`, or when it is so broken that nothing can go on. With any
/// other mistake the result holds the best there is.
///
/// # Errors
/// When the machine fails: a file that exists cannot be read.
pub fn load_with(
    store: Store,
    rigour: Rigour,
    diagnostics: &mut Diagnostics,
) -> io::Result<Option<Project>> {
    load_given(store, None, rigour, diagnostics)
}

/// Reads the book that mdBook has made ready; pictures and `book.toml` are on the disk.
///
/// # Errors
/// When the machine fails: a file that exists cannot be read.
pub fn load_rendered(
    context: &RenderContext,
    rigour: Rigour,
    diagnostics: &mut Diagnostics,
) -> io::Result<Option<Project>> {
    load_given(Store::Disk(context.root.clone()), Some(context), rigour, diagnostics)
}

fn load_given(
    store: Store,
    context: Option<&RenderContext>,
    rigour: Rigour,
    diagnostics: &mut Diagnostics,
) -> io::Result<Option<Project>> {
    let mut sources = Sources::default();
    let bytes = match store.read_within("", BOOK, TEXT_LIMIT) {
        Ok(bytes) => bytes,
        Err(problem) => return report_absent(problem, diagnostics).map(|()| None),
    };
    let file = add_text(&mut sources, BOOK, bytes, diagnostics);
    let foreign = mdbook::source_folder(&store, &sources, file);
    let declared = fields::parse(&sources, file, diagnostics, |top, diagnostics| match &foreign {
        Some(folder) => read_foreign(top, folder, diagnostics),
        None => read_config(top, diagnostics),
    });
    let Some(mut declared) = declared else { return Ok(None) };
    if rigour == Rigour::Strict {
        declared.config.lenient = false;
        declared.config.photos.policy = Policy::Strict;
    }
    let mut loader = Loader { store, sources, declared, seen: BTreeMap::new(), diagnostics };
    let contents = loader.read_contents(context)?;
    let register = loader.read_register()?;
    let anchors = loader.read_anchors()?;
    let style = loader.read_style()?;
    let fonts = loader.read_fonts()?;
    let Loader { store, sources, declared, diagnostics, .. } = loader;
    if declared.config.lenient {
        *diagnostics = std::mem::take(diagnostics).forgiving();
    }
    Ok(Some(Project {
        sources,
        config: declared.config,
        contents,
        register,
        anchors,
        style,
        fonts,
        store,
        cache: None,
    }))
}

/// `book.toml` after reading it, before reading what it names.
struct Declared {
    config: Config,
    listed: Vec<Listed>,
    /// Where the register is named, if it is.
    register: Option<Span>,
    /// Where complaints about the whole contents go.
    start: Span,
}

fn read_foreign(top: Fields<'_>, folder: &str, diagnostics: &mut Diagnostics) -> Declared {
    let start = top.span;
    let (config, register) = mdbook::read_config(top, folder, diagnostics);
    Declared { config, listed: Vec::new(), register, start }
}

fn read_config(mut top: Fields<'_>, diagnostics: &mut Diagnostics) -> Declared {
    let start = top.span;
    let book = top.table("book", diagnostics);
    let book = read_book(book, start, diagnostics);
    let contents = top.table("contents", diagnostics);
    let (listed, contents) = read_contents(contents, start, diagnostics);
    let photos = top.table("photos", diagnostics);
    let (photos, register) = read_photos(photos, diagnostics);
    let config = read_rest(&mut top, (book, contents, photos), diagnostics);
    top.finish(diagnostics);
    Declared { config, listed, register, start }
}

/// The tables that say the same in every `book.toml`, behind those that were read.
pub(super) fn read_rest(
    top: &mut Fields<'_>,
    (book, contents, photos): (BookConfig, ContentsConfig, PhotosConfig),
    diagnostics: &mut Diagnostics,
) -> Config {
    let fonts = read_fonts(top.table("fonts", diagnostics), diagnostics);
    let theme = read_theme(top.table("theme", diagnostics), diagnostics);
    let hyphenation = read_hyphenation(top.table("hyphenation", diagnostics), diagnostics);
    let macros = read_macros(top.table("math", diagnostics), diagnostics);
    let epub = read_epub(top.table("epub", diagnostics), &book.release, diagnostics);
    let editions = top.table("edition", diagnostics);
    let editions = read_editions(editions, (&theme, &book.release), diagnostics);
    Config {
        book,
        contents,
        photos,
        fonts,
        theme,
        hyphenation,
        macros,
        epub,
        editions,
        mdbook: None,
        lenient: false,
    }
}

/// The state of reading what `book.toml` names.
struct Loader<'d> {
    store: Store,
    sources: Sources,
    declared: Declared,
    /// Chapters by path, with the place where each was named first.
    seen: BTreeMap<String, Span>,
    diagnostics: &'d mut Diagnostics,
}

impl Loader<'_> {
    fn read_contents(&mut self, context: Option<&RenderContext>) -> io::Result<Vec<ContentsItem>> {
        if self.declared.config.mdbook.is_some() {
            let Self { store, sources, declared, diagnostics, .. } = self;
            return mdbook::read_contents(store, sources, &declared.config, context, diagnostics);
        }
        let mut items = Vec::new();
        for listed in std::mem::take(&mut self.declared.listed) {
            match listed {
                Listed::Chapter(chapter, place) => {
                    let files = self.read_listed(&chapter, place)?;
                    items.extend(files.into_iter().map(ContentsItem::Chapter));
                }
                Listed::Part { title: (title, span), chapters } => {
                    let mut files = Vec::new();
                    for chapter in &chapters {
                        files.append(&mut self.read_listed(chapter, ChapterPlace::Body)?);
                    }
                    items.push(ContentsItem::Part { title, span, chapters: files });
                }
            }
        }
        Ok(items)
    }

    fn read_listed(
        &mut self,
        listed: &ListedChapter,
        place: ChapterPlace,
    ) -> io::Result<Vec<ChapterFile>> {
        let mut files = Vec::new();
        match listed {
            ListedChapter::File((written, span)) => {
                if let Some(path) = normalise(written, *span, self.diagnostics) {
                    files.extend(self.read_chapter(path, *span, place)?);
                }
            }
            ListedChapter::Folder((written, span)) => {
                for path in self.list_folder(written, *span)? {
                    files.extend(self.read_chapter(path, *span, place)?);
                }
            }
        }
        Ok(files)
    }

    /// The paths of all Markdown files of a folder, sorted by name.
    fn list_folder(&mut self, written: &str, span: Span) -> io::Result<Vec<String>> {
        let Some(folder) = normalise(written, span, self.diagnostics) else {
            return Ok(Vec::new());
        };
        if !folder.is_empty() && self.folder_of(&folder).is_none() {
            self.diagnostics.push(outside(&folder, span));
            return Ok(Vec::new());
        }
        let names = match self.store.list_folder(&folder) {
            Ok(names) => names,
            Err(problem @ ReadProblem::Io(_)) => return Err(problem.into_io(&folder)),
            Err(ReadProblem::Outside) => {
                self.diagnostics.push(outside(&folder, span));
                return Ok(Vec::new());
            }
            Err(ReadProblem::Missing | ReadProblem::NotAFile | ReadProblem::TooLarge(_)) => {
                Vec::new()
            }
        };
        let is_chapter = |name: &String| name.ends_with(".md") && !name.starts_with('.');
        let paths: Vec<String> = names
            .iter()
            .filter(|name| is_chapter(name))
            .filter_map(|name| path::join(&folder, name).ok())
            .collect();
        if paths.is_empty() {
            let message = format!("there is no chapter in the folder `{written}`");
            self.diagnostics.push(
                Diagnostic::new(Code::MissingChapter, span, message)
                    .help("put `*.md` files there, or list files: `chapters = [\"…\"]`"),
            );
        }
        Ok(paths)
    }

    fn read_chapter(
        &mut self,
        path: String,
        span: Span,
        place: ChapterPlace,
    ) -> io::Result<Option<ChapterFile>> {
        if let Some(first) = self.seen.get(&path) {
            self.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, span, format!("`{path}` is listed twice"))
                    .related(*first, "first here"),
            );
            return Ok(None);
        }
        self.seen.insert(path.clone(), span);
        let problem = match self.folder_of(&path).map(str::to_owned) {
            None => ReadProblem::Outside,
            Some(folder) => match self.store.read_within(&folder, &path, TEXT_LIMIT) {
                Ok(bytes) => {
                    let file = add_text(&mut self.sources, &path, bytes, self.diagnostics);
                    return Ok(Some(ChapterFile::of(file, path, span, place)));
                }
                Err(problem) => problem,
            },
        };
        let complaint = complaint(problem, &path, span, Code::MissingChapter)?;
        self.diagnostics.push(match complaint.help {
            Some(_) => complaint,
            None => complaint.help("write the path relative to the folder of `book.toml`"),
        });
        Ok(None)
    }

    fn read_register(&mut self) -> io::Result<Option<FileId>> {
        let path = self.declared.config.photos.register.clone();
        let span = self.declared.register;
        let folder = self.folder_of(&path).unwrap_or("").to_owned();
        match self.store.read_within(&folder, &path, TEXT_LIMIT) {
            Ok(bytes) => Ok(Some(add_text(&mut self.sources, &path, bytes, self.diagnostics))),
            // Nobody promised one; pictures without records are complained about one by one.
            Err(ReadProblem::Missing) if span.is_none() => Ok(None),
            Err(problem) => {
                let span = span.unwrap_or(self.declared.start);
                let complaint = complaint(problem, &path, span, Code::InvalidValue)?;
                self.diagnostics.push(complaint);
                Ok(None)
            }
        }
    }

    /// The stylesheet that the author adds to the EPUB's.
    fn read_style(&mut self) -> io::Result<Option<FileId>> {
        let Some((path, span)) = self.declared.config.epub.css.clone() else { return Ok(None) };
        match self.store.read_within("", &path, TEXT_LIMIT) {
            Ok(bytes) => Ok(Some(add_text(&mut self.sources, &path, bytes, self.diagnostics))),
            Err(problem) => {
                let complaint = complaint(problem, &path, span, Code::InvalidValue)?;
                self.diagnostics.push(complaint);
                Ok(None)
            }
        }
    }

    /// The lock of anchors; an empty one before it was written for the first time.
    fn read_anchors(&mut self) -> io::Result<Option<AnchorLock>> {
        let Some((path, span)) = self.declared.config.contents.anchors.clone() else {
            return Ok(None);
        };
        let bytes = match self.store.read_within("", &path, TEXT_LIMIT) {
            Ok(bytes) => bytes,
            Err(problem) => {
                let complaint = complaint(problem, &path, span, Code::InvalidValue)?;
                let help = "`endpaper build --update-anchors` writes it";
                self.diagnostics.push(match complaint.code {
                    Code::InvalidValue => complaint.severity(Severity::Warning).help(help),
                    _ => complaint,
                });
                return Ok(Some(AnchorLock::default()));
            }
        };
        let file = add_text(&mut self.sources, &path, bytes, self.diagnostics);
        Ok(fields::parse(&self.sources, file, self.diagnostics, read_lock))
    }

    /// The font files of the declared folder, by name.
    fn read_fonts(&mut self) -> io::Result<Vec<FontFile>> {
        let Some((folder, span)) = self.declared.config.fonts.clone() else {
            return Ok(Vec::new());
        };
        let names = match self.store.list_folder(&folder) {
            Ok(names) => names,
            Err(ReadProblem::Missing | ReadProblem::NotAFile) => {
                let message = format!("there is no folder `{folder}`");
                self.diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message));
                return Ok(Vec::new());
            }
            Err(problem) => {
                let complaint = complaint(problem, &folder, span, Code::InvalidFont)?;
                self.diagnostics.push(complaint);
                return Ok(Vec::new());
            }
        };
        let mut fonts = Vec::new();
        for name in &names {
            let Ok(path) = path::join(&folder, name) else { continue };
            match font_kind(name) {
                FontKind::None => {}
                FontKind::Packed => self.diagnostics.push(
                    Diagnostic::new(Code::InvalidFont, span, format!("`{path}` is not read")).help(
                        "fonts for the web are packed: put the TrueType or OpenType file here",
                    ),
                ),
                FontKind::Plain => match self.store.read_within(&folder, &path, FONT_LIMIT) {
                    Ok(bytes) => fonts.push(FontFile { path, bytes, span }),
                    Err(problem) => {
                        let complaint = complaint(problem, &path, span, Code::InvalidFont)?;
                        self.diagnostics.push(complaint);
                    }
                },
            }
        }
        if !names.iter().any(|name| font_kind(name) != FontKind::None) {
            let message = format!("there is no font in the folder `{folder}`");
            self.diagnostics.push(
                Diagnostic::new(Code::InvalidFont, span, message)
                    .help("put files `.ttf`, `.otf` or `.ttc` there, or remove `[fonts]`"),
            );
        }
        Ok(fonts)
    }

    /// The declared folder that a normalised path lies in.
    fn folder_of(&self, path: &str) -> Option<&str> {
        let photos = self.declared.config.photos.folder.as_str();
        ["", photos].into_iter().find(|folder| path::inside(folder, path).is_some())
    }
}

/// What a file in the folder of fonts is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FontKind {
    /// A font that can be read.
    Plain,
    /// A font in a form that is not read.
    Packed,
    /// A licence, a note.
    None,
}

fn font_kind(name: &str) -> FontKind {
    let name = name.to_ascii_lowercase();
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "ttf" | "otf" | "ttc" | "otc" => FontKind::Plain,
        "woff" | "woff2" | "eot" => FontKind::Packed,
        _ => FontKind::None,
    }
}

/// What is wrong with a file that `book.toml` names; `absent` is the code for one that is not
/// there.
pub(super) fn complaint(
    problem: ReadProblem,
    path: &str,
    span: Span,
    absent: Code,
) -> io::Result<Diagnostic> {
    Ok(match problem {
        ReadProblem::Missing => Diagnostic::new(absent, span, format!("there is no file `{path}`")),
        ReadProblem::NotAFile => Diagnostic::new(absent, span, format!("`{path}` is not a file")),
        ReadProblem::Outside => outside(path, span),
        ReadProblem::TooLarge(limit) => Diagnostic::new(
            Code::FileTooLarge,
            span,
            format!("`{path}` has more than {} MiB", limit >> 20),
        ),
        problem @ ReadProblem::Io(_) => return Err(problem.into_io(path)),
    })
}

/// Says why there is no `book.toml`.
fn report_absent(problem: ReadProblem, diagnostics: &mut Diagnostics) -> io::Result<()> {
    let (code, message) = match problem {
        ReadProblem::Missing => (Code::InvalidConfig, "there is no `book.toml` in this folder"),
        ReadProblem::NotAFile => (Code::InvalidConfig, "`book.toml` is not a file"),
        ReadProblem::Outside => {
            (Code::PathOutside, "`book.toml` is a symbolic link out of its folder")
        }
        ReadProblem::TooLarge(_) => (Code::FileTooLarge, "`book.toml` has more than 16 MiB"),
        problem @ ReadProblem::Io(_) => return Err(problem.into_io(BOOK)),
    };
    let complaint = Diagnostic::new(code, None, message);
    diagnostics.push(complaint.help("name the folder that holds the book's `book.toml`"));
    Ok(())
}

/// Takes a text in: without a byte order mark, line ends as they are, so that offsets fit. Bytes
/// that are not UTF-8 are reported at the first of them and replaced by U+FFFD.
pub(super) fn add_text(
    sources: &mut Sources,
    path: &str,
    mut bytes: Vec<u8>,
    diagnostics: &mut Diagnostics,
) -> FileId {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    let (text, bad) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes().get(at).copied().unwrap_or(0);
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some((at, byte)))
        }
    };
    let file = sources.add(path, text);
    if let Some((at, byte)) = bad {
        let span = Span::new(file, at..at + '\u{FFFD}'.len_utf8());
        let message = format!("`{path}` is not UTF-8: the byte 0x{byte:02X} has no meaning here");
        diagnostics.push(
            Diagnostic::new(Code::InvalidUtf8, span, message)
                .help("save the file with the encoding UTF-8"),
        );
    }
    file
}
