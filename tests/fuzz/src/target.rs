//! What the inputs are given to.

use std::collections::BTreeMap;
use std::path::Path;

use crate::pictures::{self, Kind};
use endpaper::diag::Diagnostics;
use endpaper::import::{Post, Wishes, import};
use endpaper::photo::{self, Limits, Rights, Typefaces};
use endpaper::project::{Store, load};
use endpaper::source::Sources;
use endpaper::{Choice, Options, build, manuscript};

/// A part of the program that reads bytes.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    /// A chapter's Markdown becomes a tree.
    Manuscript,
    /// Front matter, in both languages.
    Front,
    /// `book.toml`.
    Config,
    /// A list of chapters and a chapter that includes.
    MdBook,
    /// A chapter becomes EPUB and PDF.
    Whole,
    /// A post in Markdown or a saved page becomes a book.
    Import,
    /// What a picture's file says about itself.
    Metadata,
    /// A picture in a chapter becomes EPUB and PDF.
    Picture,
    /// The register of pictures.
    Register,
    /// A picture of this format becomes what editions show.
    Decoder(Kind),
}

const BOOK: &str = "[book]\ntitle = \"T\"\nlanguage = \"en\"\n[contents]\nchapters = [\"a.md\"]\n\
                    [photos]\npolicy = \"warn\"\n";

impl Target {
    /// All of them.
    pub(crate) const ALL: &[Self] = &[
        Self::Manuscript,
        Self::Front,
        Self::Config,
        Self::MdBook,
        Self::Whole,
        Self::Import,
        Self::Metadata,
        Self::Picture,
        Self::Register,
        Self::Decoder(Kind::Jpeg),
        Self::Decoder(Kind::Png),
        Self::Decoder(Kind::WebP),
        Self::Decoder(Kind::Gif),
        Self::Decoder(Kind::Tiff),
        Self::Decoder(Kind::Svg),
    ];

    /// What it is called on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Manuscript => "manuscript",
            Self::Front => "front",
            Self::Config => "config",
            Self::MdBook => "mdbook",
            Self::Whole => "whole",
            Self::Import => "import",
            Self::Metadata => "metadata",
            Self::Picture => "picture",
            Self::Register => "register",
            Self::Decoder(kind) => kind.name(),
        }
    }

    /// Texts that mean something to it: the cases of the tests, and the first book.
    pub(crate) fn seeds(self) -> Vec<Vec<u8>> {
        if let Self::Decoder(kind) = self {
            return pictures::of(kind);
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        for folder in ["tests/cases", "book", "tests/books", "tests/import", "images"] {
            collect(&root.join(folder), &mut files);
        }
        let ends = |path: &Path, end: &str| path.extension().is_some_and(|e| e == end);
        files.sort();
        let wanted = files.into_iter().filter(|path| match self {
            Self::Config | Self::Register => ends(path, "toml") || ends(path, "case"),
            Self::Metadata | Self::Picture => ends(path, "png") || ends(path, "svg"),
            Self::Decoder(kind) => ends(path, kind.name()),
            Self::Manuscript | Self::Front | Self::MdBook | Self::Whole | Self::Import => {
                ends(path, "md") || ends(path, "case")
            }
        });
        let read = wanted.filter_map(|path| std::fs::read(path).ok());
        let made = match self {
            Self::Metadata | Self::Picture => {
                Kind::ALL.iter().flat_map(|kind| pictures::of(*kind)).collect()
            }
            _ => Vec::new(),
        };
        let small = read.filter(|bytes| bytes.len() < 32 * 1024);
        small.chain(made).chain([Vec::new()]).collect()
    }

    /// Whether its inputs are mostly numbers, not words.
    pub(crate) fn is_binary(self) -> bool {
        matches!(self, Self::Metadata | Self::Picture)
            || matches!(self, Self::Decoder(kind) if kind != Kind::Svg)
    }

    /// Gives it an input.
    pub(crate) fn run(self, bytes: &[u8]) {
        let own = |text: &str| text.as_bytes().to_vec();
        match self {
            Self::Manuscript => read(&[("book.toml", own(BOOK)), ("a.md", bytes.to_vec())]),
            Self::Front => {
                for fence in ["+++\n", "---\n"] {
                    let text =
                        [fence.as_bytes(), bytes, b"\n", fence.as_bytes(), b"# T\n"].concat();
                    read(&[("book.toml", own(BOOK)), ("a.md", text)]);
                }
            }
            Self::Config => read(&[("book.toml", bytes.to_vec()), ("a.md", own("# A\n"))]),
            Self::MdBook => {
                let list = [b"- [A](a.md)\n".as_slice(), bytes].concat();
                let book = own("[book]\ntitle = \"T\"\n");
                read(&[
                    ("book.toml", book),
                    ("src/SUMMARY.md", list),
                    ("src/a.md", bytes.to_vec()),
                    ("a.rs", bytes.to_vec()),
                ]);
            }
            Self::Whole => whole(bytes),
            Self::Import => imported(bytes),
            Self::Metadata => {
                photo::metadata::read(bytes);
                photo::metadata::private(bytes);
            }
            Self::Picture => shown(bytes),
            Self::Register => {
                let chapter = own("# A\n\n![B](p.png)\n");
                let register = ("images/credits.toml", bytes.to_vec());
                read(&[("book.toml", own(BOOK)), ("a.md", chapter), register]);
            }
            Self::Decoder(_) => derived(bytes),
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

fn store<Path: AsRef<str>>(files: &[(Path, Vec<u8>)]) -> Store {
    let files = files.iter().map(|(path, bytes)| (path.as_ref().to_owned(), bytes.clone()));
    Store::Memory(files.collect::<BTreeMap<_, _>>())
}

fn read(files: &[(&str, Vec<u8>)]) {
    let mut diagnostics = Diagnostics::default();
    let project = load(store(files), &mut diagnostics).expect("memory does not fail");
    if let Some(project) = project {
        let manuscript = manuscript::read(&project, &mut diagnostics);
        endpaper::book::resolve(&project, &manuscript, 0, &mut diagnostics);
        for diagnostic in diagnostics.iter() {
            diagnostic.span.map(|span| project.sources.place(span));
        }
    }
}

/// All forms that are made of a picture, without a book around it.
fn derived(bytes: &[u8]) {
    let files = [
        ("book.toml", BOOK.as_bytes().to_vec()),
        ("a.md", b"# A\n".to_vec()),
        ("images/p", bytes.to_vec()),
    ];
    let project = load(store(&files), &mut Diagnostics::default()).expect("memory does not fail");
    let project = project.expect("the book is whole");
    let room = photo::Room { width: 600, height: 20, is_filled: true };
    let read = photo::read(&project, "p", (&Typefaces::default(), &[room]), &mut Vec::new());
    let span = project.config.book.span;
    let Some(image) = read.tell("p", span, &mut Diagnostics::default()) else { return };
    let rights = Rights { creator: "A. Uthor".to_owned(), ..Rights::default() };
    for max_side in [16, 4000] {
        let limits = Limits { max_side, max_pixels: 1_000_000 };
        photo::derive_inscribed(&image, limits, &rights);
    }
    if let Some(drawing) = &image.drawing {
        photo::inscribed_drawing(&drawing.to_svg(), &rights);
    }
}

/// The picture's name says nothing of its kind: its bytes do.
fn shown(bytes: &[u8]) {
    let files = [
        ("book.toml", BOOK.as_bytes().to_vec()),
        ("a.md", b"# A\n\n![B](p.png)\n".to_vec()),
        ("images/p.png", bytes.to_vec()),
    ];
    built(&files);
}

/// An mdBook, because it is forgiving: most inputs are built to the end. Every other one has formulas.
fn whole(bytes: &[u8]) {
    let config = match bytes.len() % 2 {
        0 => "[book]\ntitle = \"T\"\n[output.html]\nmathjax-support = true\n",
        _ => "[book]\ntitle = \"T\"\n",
    };
    let picture = |width, height| {
        let mut file = std::io::Cursor::new(Vec::new());
        let picture = image::DynamicImage::new_luma8(width, height);
        picture.write_to(&mut file, image::ImageFormat::Png).expect("memory takes all there is");
        file.into_inner()
    };
    let files = [
        ("book.toml", config.as_bytes().to_vec()),
        ("src/SUMMARY.md", b"- [A](a.md)\n".to_vec()),
        ("src/a.md", bytes.to_vec()),
        ("src/p.png", picture(8, 8)),
        ("src/tall.png", picture(8, 12)),
        ("src/wide.png", picture(12, 8)),
    ];
    built(&files);
}

/// The book that was made is built to the end, too.
fn imported(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).replace('\0', "\u{FFFD}");
    for is_html in [false, true] {
        let mut sources = Sources::default();
        let file = sources.add("post", text.clone());
        let post = Post { file, store: Store::Memory(BTreeMap::new()), is_html };
        let wishes = Wishes::default();
        let imported = import(&sources, &[post], &wishes, &mut Diagnostics::default());
        if imported.chapters > 0 {
            built(&imported.files);
        }
    }
}

fn built<Path: AsRef<str>>(files: &[(Path, Vec<u8>)]) {
    let mut diagnostics = Diagnostics::default();
    let project = load(store(files), &mut diagnostics).expect("memory does not fail");
    let project = project.expect("the book is whole");
    let choice = &Choice::All;
    let options = Options { modified: 0, choice, progress: &|_| {}, measure: false, goes_on: true };
    build(&project, &options);
}
