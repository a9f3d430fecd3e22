//! What both commands do first: the BOOK argument becomes a project, the project artefacts and
//! complaints.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::Common;
use super::progress::Progress;
use super::report::Texts;
use super::{Failure, epoch, render};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::epub::Weight;
use crate::extent::Extent;
use crate::layout::{Finding, Statistics};
use crate::parity::Parity;
use crate::photo::Private;
use crate::project::{self, Cache, Project, Rigour, Store};
use crate::release::Manifest;
use crate::source::Sources;
use crate::{Artefact, Built, Choice, Options, Preview, Step};

/// What came of it.
pub(super) struct Made {
    /// The texts that complaints are about.
    pub(super) texts: Texts,
    /// The complaints, sorted by place.
    pub(super) diagnostics: Diagnostics,
    /// The files to write; none when there are errors.
    pub(super) artefacts: Vec<Artefact>,
    /// The lock of anchors that the book wants: its place and its text.
    pub(super) anchors: Option<(PathBuf, String)>,
    /// How each edition's lines and pages came out.
    pub(super) statistics: Vec<(String, Statistics)>,
    /// What the report names with its place, in the same order.
    pub(super) findings: Vec<Vec<Finding>>,
    /// What was private in the file of each picture, by the picture's name.
    pub(super) private: Vec<(String, BTreeSet<Private>)>,
    /// What the EPUB weighs, when one was made.
    pub(super) weight: Option<Weight>,
    /// How the editions compare, when that was asked and all were made.
    pub(super) parity: Option<Parity>,
    /// How much there is, when that was asked.
    pub(super) extent: Option<Extent>,
    /// What is in the release, when that was asked and all was made.
    pub(super) manifest: Option<Manifest>,
}

/// What the caller knows of the book, and what is wanted of it.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// The book's version, in place of that of `book.toml`.
    pub(super) version: Option<String>,
    /// The commit it is made from.
    pub(super) commit: Option<String>,
    /// The last change, before everything else that says it.
    pub(super) modified: Option<u64>,
    /// Whether words and pages are counted, for a manifest or for people.
    pub(super) measure: bool,
    /// Whether the program goes on behind the build.
    pub(super) goes_on: bool,
    /// Whether the lock of anchors is written.
    pub(super) updates_anchors: bool,
    /// Where work on pictures is kept.
    pub(super) cache: Option<Cache>,
}

/// Reads and builds the book; an empty list of editions stands for all. `compare` asks whether the
/// editions say the same.
pub(super) fn make(common: &Common, editions: &[String], compare: bool) -> Result<Made, Failure> {
    make_as(common, editions, compare, Stated::default())
}

/// The same, with what the caller knows.
pub(super) fn make_as(
    common: &Common,
    editions: &[String],
    compare: bool,
    mut stated: Stated,
) -> Result<Made, Failure> {
    let folder = folder(&common.book)?;
    let store = Store::Disk(folder.clone());
    let mut diagnostics = Diagnostics::default();
    let rigour = if common.strict { Rigour::Strict } else { Rigour::AsDeclared };
    let project = project::load_with(store.clone(), rigour, &mut diagnostics)
        .map_err(|error| Failure::io("read the book in", &folder, &error))?;
    if stated.updates_anchors
        && let Some((_, lock)) = project.as_ref().and_then(|p| p.config.contents.anchors.as_ref())
    {
        // That it is not there yet is about to be mended.
        diagnostics.retain(|told| told.span != Some(*lock) || told.severity == Severity::Error);
    }
    let Some(mut project) = project else {
        let texts = Texts::new(&folder, &config_alone(&store));
        return Ok(Made {
            texts,
            diagnostics,
            artefacts: Vec::new(),
            anchors: None,
            statistics: Vec::new(),
            findings: Vec::new(),
            private: Vec::new(),
            weight: None,
            parity: None,
            extent: None,
            manifest: None,
        });
    };
    project.config.book.commit.clone_from(&stated.commit);
    if let Some(version) = &stated.version {
        project.config.book.version.clone_from(version);
    }

    project.cache = stated.cache.take().map(Arc::new);
    make_of((&folder, &project), diagnostics, common, editions, compare, &stated)
}

/// Builds a book that was read.
pub(super) fn make_of(
    (folder, project): (&Path, &Project),
    mut diagnostics: Diagnostics,
    common: &Common,
    editions: &[String],
    compare: bool,
    stated: &Stated,
) -> Result<Made, Failure> {
    let seconds = match stated.modified {
        None => epoch::from_environment()?,
        known => known,
    };
    let progress = Progress::new(common);
    let texts = Texts::new(folder, &project.sources);
    let choice = choice(editions, project)?;
    let modified = modified(seconds, project, &mut diagnostics);
    let show = |step: Step<'_>| progress.show(step);
    let Stated { measure, goes_on, .. } = *stated;
    let options = Options { modified, choice: &choice, progress: &show, measure, goes_on };
    let built = match compare {
        true => crate::build_and_compare(project, &options),
        false => crate::build(project, &options),
    };
    diagnostics.append(built.diagnostics);
    diagnostics.sort();
    // Of a build that was not finished nobody knows what it would have asked for.
    if let (Some(cache), false, []) = (&project.cache, diagnostics.has_errors(), editions) {
        cache.sweep();
    }
    let mut artefacts = built.artefacts;
    if diagnostics.has_errors() {
        artefacts.clear();
    }
    let Built { statistics, findings, private, weight, parity, anchors, extent, manifest, .. } =
        built;
    let anchors = anchors.map(|(path, text)| (folder.join(path), text));
    Ok(Made {
        texts,
        diagnostics,
        artefacts,
        anchors,
        statistics,
        findings,
        private,
        weight,
        parity,
        extent,
        manifest,
    })
}

/// The folders that a book is made from: its own, and that of its pictures.
pub(super) fn folders(common: &Common) -> Result<Vec<PathBuf>, Failure> {
    let folder = folder(&common.book)?;
    let mut folders = vec![folder.clone()];
    if let Ok(Some(project)) =
        project::load(Store::Disk(folder.clone()), &mut Diagnostics::default())
    {
        let pictures = folder.join(&project.config.photos.folder);
        let inside = |path: &Path| {
            path.canonicalize().is_ok_and(|path| {
                folder.canonicalize().is_ok_and(|folder| path.starts_with(folder))
            })
        };
        if pictures.is_dir() && !inside(&pictures) {
            folders.push(pictures);
        }
    }
    Ok(folders)
}

/// What can be shown of a book: its pages in an edition and its EPUB; the texts of its files; and
/// why there is nothing to show.
pub(super) fn preview(
    common: &Common,
    edition: Option<&str>,
    cache: Option<Cache>,
) -> Result<(Option<Preview>, Texts, Option<String>), Failure> {
    let folder = folder(&common.book)?;
    let seconds = epoch::from_environment()?;
    let store = Store::Disk(folder.clone());
    let mut diagnostics = Diagnostics::default();
    let rigour = if common.strict { Rigour::Strict } else { Rigour::AsDeclared };
    let project = project::load_with(store.clone(), rigour, &mut diagnostics)
        .map_err(|error| Failure::io("read the book in", &folder, &error))?;
    let Some(mut project) = project else {
        let texts = Texts::new(&folder, &config_alone(&store));
        let why = render::all(&texts, &diagnostics, false);
        return Ok((None, texts, Some(why)));
    };
    project.cache = cache.map(Arc::new);
    let texts = Texts::new(&folder, &project.sources);
    let first = project.config.editions.first().map(|edition| edition.name.clone());
    let edition = edition.map(str::to_owned).or(first).unwrap_or_default();
    let choice = choice(&[edition], &project)?;
    let modified = modified(seconds, &project, &mut diagnostics);
    let options =
        Options { modified, choice: &choice, progress: &|_| {}, measure: false, goes_on: true };
    let mut preview = crate::preview(&project, &options);
    if let Some(preview) = &mut preview {
        diagnostics.append(std::mem::take(&mut preview.diagnostics));
        diagnostics.sort();
        preview.diagnostics = diagnostics;
    }
    Ok((preview, texts, None))
}

/// The folder that holds `book.toml`.
pub(super) fn folder(book: &Path) -> Result<PathBuf, Failure> {
    let refuse = |message: String| {
        Failure::new(message).help("name the folder that holds a `book.toml`: endpaper build BOOK")
    };
    let shown = book.display();
    if book.is_dir() {
        let config = book.join("book.toml");
        return match config.is_file() {
            true => Ok(book.to_owned()),
            false => Err(refuse(format!("there is no `book.toml` in `{shown}`"))),
        };
    }
    if !book.exists() {
        return Err(refuse(format!("there is no book at `{shown}`")));
    }
    if book.file_name() != Some("book.toml".as_ref()) {
        return Err(refuse(format!("`{shown}` is neither a folder nor a `book.toml`")));
    }
    match book.parent() {
        Some(parent) if parent != Path::new("") => Ok(parent.to_owned()),
        _ => Ok(PathBuf::from(".")),
    }
}

/// `book.toml` as the only text, for complaints about one that is too broken for a project. It is
/// the first text a project reads.
pub(super) fn config_alone(store: &Store) -> Sources {
    let mut sources = Sources::default();
    if let Ok(bytes) = store.read("book.toml") {
        sources.add("book.toml", String::from_utf8_lossy(&bytes));
    }
    sources
}

/// The editions that were asked for, if the book has them.
fn choice(editions: &[String], project: &Project) -> Result<Choice, Failure> {
    if editions.is_empty() {
        return Ok(Choice::All);
    }
    let known: Vec<_> = project.config.editions.iter().map(|e| e.name.as_str()).collect();
    for name in editions {
        if name != EPUB && !known.contains(&name.as_str()) {
            let list = format!("`{EPUB}`, `{}`", known.join("`, `"));
            return Err(Failure::new(format!("the book has no edition `{name}`"))
                .help(format!("it has {list}")));
        }
    }
    let (epub, pdfs): (Vec<String>, Vec<String>) =
        editions.iter().cloned().partition(|name| name == EPUB);
    Ok(Choice::Some { epub: !epub.is_empty(), editions: pdfs })
}

/// The name of the EPUB among the editions.
const EPUB: &str = "epub";

/// The stated time; else the book's date; else 1970, with advice.
fn modified(stated: Option<u64>, project: &Project, diagnostics: &mut Diagnostics) -> u64 {
    let book = &project.config.book;
    match (stated, book.date) {
        (Some(seconds), _) => seconds,
        (None, Some((year, month, day))) => epoch::of_day(year, month, day),
        (None, None) => {
            let message = "the book has no `date`: its files say it was last changed in 1970";
            let table = match project.config.mdbook {
                Some(_) => "[output.endpaper.book]",
                None => "[book]",
            };
            let help = format!("add `date = 2026-01-31` to `{table}`, or set SOURCE_DATE_EPOCH");
            let complaint = Diagnostic::new(Code::MissingKey, book.span, message)
                .severity(Severity::Warning)
                .help(help);
            diagnostics.push(complaint);
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_is_a_folder_or_its_config_and_anything_else_is_refused_with_advice() {
        let missing = folder(Path::new("no/such/book")).expect_err("there is none");
        assert!(
            missing.to_string().starts_with("error: there is no book at `no/such/book`\nhelp:")
        );
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let bare = folder(&crate_folder.join("src")).expect_err("there is no book.toml");
        assert!(bare.to_string().contains("there is no `book.toml` in"));
        let file = folder(&crate_folder.join("Cargo.toml")).expect_err("not a book.toml");
        assert!(file.to_string().contains("neither a folder nor a `book.toml`"));
    }
}
