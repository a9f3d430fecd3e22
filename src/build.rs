//! The pipeline: a project goes in, the bytes of every artefact and all complaints come out.
//!
//! The book is resolved once. Every edition is paginated on its own, the first one in `book.toml`
//! also for the EPUB, whose page list names its pages. When anything is an error, the layout
//! still runs (its complaints belong to the same report) but no artefact is made.
//!
//! Nothing is read or written here, and what runs in parallel is collected in a fixed order.

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

use crate::book::{self, Book};
use crate::diag::Diagnostics;
use crate::epub::{Package, Weight, Wishes};
use crate::extent::Extent;
use crate::font::Faces;
use crate::layout::{Finding, Pages, Statistics};
use crate::parity::{self, Parity, Printed};
use crate::pdf::Attachment;
use crate::photo::Private;
use crate::project::{ContentsPlace, EditionConfig, LinkPolicy, Project, Standards};
use crate::release::{ArtefactRecord, Manifest};
use crate::{epub, extent, layout, manuscript, pdf, release};

/// What to build, and what the project itself cannot tell.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Last change of the book, seconds since 1970-01-01T00:00:00Z.
    pub modified: u64,
    /// Which of the editions.
    pub choice: &'a Choice,
    /// Is told what begins; from any thread.
    pub progress: &'a (dyn Fn(Step<'_>) + Sync),
    /// Whether words and pages are counted and the manifest of a release is made.
    pub measure: bool,
    /// Whether the program goes on behind the build. If not, the system takes back the memory of
    /// book and pages at once, sooner than they could be taken apart.
    pub goes_on: bool,
}

/// Which artefacts are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The EPUB and every edition of `book.toml`.
    All,
    /// The EPUB (or not) and the editions with these names.
    Some {
        /// Whether the EPUB is wanted.
        epub: bool,
        /// Names of editions.
        editions: Vec<String>,
    },
}

/// A piece of work that begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Markdown becomes trees.
    Reading,
    /// Names are resolved.
    Resolving,
    /// An edition's pages are set.
    Paginating(&'a str),
    /// An artefact's bytes are made.
    Writing(&'a str),
}

/// What a build gives.
#[derive(Clone, Debug)]
pub struct Built {
    /// The files, `SHA256SUMS` last; none when there are errors.
    pub artefacts: Vec<Artefact>,
    /// The lock of the book's anchors, if it wants one: path relative to the book's folder, text.
    pub anchors: Option<(String, String)>,
    /// What is to be said about the manuscript, sorted by place.
    pub diagnostics: Diagnostics,
    /// How each edition's lines and pages came out, by the edition's name.
    pub statistics: Vec<(String, Statistics)>,
    /// What the report names with its place, in the same order.
    pub findings: Vec<Vec<Finding>>,
    /// What was private in the file of each picture, which is in no edition, by the picture's name.
    pub private: Vec<(String, BTreeSet<Private>)>,
    /// What the EPUB weighs, when one was made.
    pub weight: Option<Weight>,
    /// How the editions compare, when that was asked and all were made.
    pub parity: Option<Parity>,
    /// How much there is, when that was asked.
    pub extent: Option<Extent>,
    /// What is in the release, when that was asked and all was made; the caller adds what the
    /// book does not know.
    pub manifest: Option<Manifest>,
}

/// A file of the release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artefact {
    /// File name, without a folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// How many pages it has, when it has pages.
    pub pages: Option<usize>,
}

/// Makes the artefacts of a project.
///
/// A check of the manuscript is a build whose artefacts are dropped: what the writers refuse to
/// claim (a figure without alt text, a font that must not be embedded) is to be said as well.
pub fn build(project: &Project, options: &Options<'_>) -> Built {
    run(project, options, false)
}

/// Makes the artefacts of a project, reads them again and compares them.
pub fn build_and_compare(project: &Project, options: &Options<'_>) -> Built {
    run(project, options, true)
}

/// A book on its way to a screen: pages and documents before they are written into files.
pub struct Preview {
    /// The resolved book, as the edition shows it.
    pub book: Book,
    /// What it is set in.
    pub faces: Faces,
    /// The pages of one edition.
    pub pages: Pages,
    /// The EPUB.
    pub package: Package,
    /// What is to be said about the manuscript, sorted by place.
    pub diagnostics: Diagnostics,
}

/// Sets one edition (the first that is chosen) and packs the EPUB, with mistakes and all: an author
/// who writes wants to see the rest.
pub fn preview(project: &Project, options: &Options<'_>) -> Option<Preview> {
    let (laid, mut diagnostics) = lay_out(project, options);
    let Laid { book, faces, wishes, editions, .. } = laid;
    let edition = editions.into_iter().find(|edition| edition.wanted)?;
    let package =
        epub::package_for(&book, Some(&edition.pages.map), (&wishes, &faces), &mut diagnostics);
    diagnostics.sort();
    let book = edition.book.unwrap_or(book);
    Some(Preview { book, faces, pages: edition.pages, package, diagnostics })
}

fn run(project: &Project, options: &Options<'_>, compare: bool) -> Built {
    let (laid, mut diagnostics) = lay_out(project, options);
    let mut written = Written::default();
    if !diagnostics.has_errors() {
        written = write(&laid, options, compare, &mut diagnostics);
    }
    let extent = options.measure.then(|| laid.measure());
    let mut manifest = None;
    if let (Some(extent), false) = (&extent, diagnostics.has_errors()) {
        manifest = Some(laid.manifest(&written, extent.words));
    }
    let mut parity = None;
    if diagnostics.has_errors() {
        written.artefacts.clear();
    } else if compare {
        parity = Some(laid.compare(written.package.as_ref()));
    }
    diagnostics.sort();
    let statistics = laid.editions.iter().map(|e| (e.name.clone(), e.pages.statistics)).collect();
    let findings = laid.editions.iter().map(|e| e.pages.findings.clone()).collect();
    let anchors = project.config.contents.anchors.as_ref();
    let anchors =
        anchors.map(|(path, _)| (path.clone(), book::lock_anchors(&laid.book, &project.sources)));
    let private = laid.book.photos.iter().map(|p| (p.name.clone(), p.private.clone())).collect();
    let Written { artefacts, weight, .. } = written;
    if !options.goes_on {
        std::mem::forget(laid);
    }
    Built {
        artefacts,
        anchors,
        diagnostics,
        statistics,
        findings,
        private,
        weight,
        parity,
        extent,
        manifest,
    }
}

impl Choice {
    fn wants_epub(&self) -> bool {
        match self {
            Self::All => true,
            Self::Some { epub, .. } => *epub,
        }
    }

    fn wants(&self, edition: &EditionConfig) -> bool {
        match self {
            Self::All => true,
            Self::Some { editions, .. } => editions.contains(&edition.name),
        }
    }
}

/// The book and its pages: all that the writers need.
struct Laid<'a> {
    project: &'a Project,
    book: Book,
    faces: Faces,
    wishes: Wishes,
    editions: Vec<Edition>,
}

/// An edition whose pages are set.
struct Edition {
    /// Its name in `book.toml`.
    name: String,
    /// Of the PDF.
    file_name: String,
    /// Whether its PDF is wanted; the first edition is also set for the EPUB's page list alone.
    wanted: bool,
    /// What its PDF promises.
    standards: Standards,
    /// The book with the addresses of links as notes, where the edition prints them.
    book: Option<Book>,
    /// Whether the imprint closes it.
    imprint_is_last: bool,
    pages: Pages,
}

impl Laid<'_> {
    fn compare(&self, package: Option<&Package>) -> Parity {
        let wanted = self.editions.iter().filter(|edition| edition.wanted);
        let printed: Vec<Printed<'_>> = wanted
            .map(|edition| Printed {
                name: &edition.name,
                book: edition.book.as_ref().unwrap_or(&self.book),
                pages: &edition.pages,
                imprint_is_last: edition.imprint_is_last,
            })
            .collect();
        let labels = self.editions.first().map(|edition| edition.pages.map.anchors.as_slice());
        let labels = labels.filter(|_| self.wishes.has_pages());
        parity::compare(&self.book, package.map(|package| (package, labels)), &printed)
    }
}

impl Laid<'_> {
    fn measure(&self) -> Extent {
        let editions = self.editions.iter().filter(|edition| edition.wanted);
        let maps: Vec<_> = editions.map(|e| (e.name.as_str(), &e.pages.map)).collect();
        extent::measure(&self.book, &maps)
    }

    fn manifest(&self, written: &Written, words: usize) -> Manifest {
        let is_certified = self.project.config.epub.certified_by.is_some();
        let mut artefacts = Vec::new();
        for artefact in &written.artefacts {
            let edition = self.editions.iter().find(|e| e.file_name == artefact.name);
            let (edition, media_type, standards) = match edition {
                Some(e) => (e.name.as_str(), "application/pdf", release::of_pdf(e.standards)),
                None if artefact.name == SUMS => continue,
                None => ("epub", "application/epub+zip", release::of_epub(is_certified)),
            };
            artefacts.push(ArtefactRecord {
                name: artefact.name.clone(),
                edition: edition.to_owned(),
                media_type: media_type.to_owned(),
                bytes: artefact.bytes.len(),
                sha256: release::digest(&artefact.bytes),
                pages: artefact.pages,
                words,
                standards,
            });
        }
        Manifest {
            endpaper: env!("CARGO_PKG_VERSION").to_owned(),
            book: release::book(&self.book, self.project.config.book.commit.as_deref(), words),
            artefacts,
            credits: release::credits(&self.book),
        }
    }
}

/// What the writers made.
#[derive(Default)]
struct Written {
    artefacts: Vec<Artefact>,
    /// The EPUB, where it is to be compared.
    package: Option<Package>,
    weight: Option<Weight>,
}

fn lay_out<'a>(project: &'a Project, options: &Options<'_>) -> (Laid<'a>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    (options.progress)(Step::Reading);
    let manuscript = manuscript::read(project, &mut diagnostics);
    (options.progress)(Step::Resolving);
    let book = book::resolve(project, &manuscript, options.modified, &mut diagnostics);
    book::check_rights(project, &book, &made(project, options.choice), &mut diagnostics);
    // It is not needed again. A program that ends soon leaves its memory to the system, too: it is
    // 3 % of what a book of 800 pages takes with them.
    match options.goes_on {
        true => drop(manuscript),
        false => std::mem::forget(manuscript),
    }
    let faces = Faces::with_fonts(&project.fonts, &mut diagnostics);
    let wishes = Wishes::of(project, &book, &faces, &mut diagnostics);

    let set: Vec<_> = chosen(project, options.choice)
        .par_iter()
        .map(|(edition, wanted)| {
            (options.progress)(Step::Paginating(&edition.name));
            let mut complaints = Diagnostics::default();
            let edition = paginate(project, &book, edition, *wanted, &faces, &mut complaints);
            (edition, complaints)
        })
        .collect();

    let mut editions = Vec::new();
    for (edition, complaints) in set {
        editions.push(edition);
        diagnostics.append(complaints);
    }
    if project.config.lenient {
        diagnostics = diagnostics.forgiving();
    }
    (Laid { project, book, faces, wishes, editions }, diagnostics)
}

/// The names of the editions that are made, the EPUB's among them.
fn made<'a>(project: &'a Project, choice: &Choice) -> Vec<&'a str> {
    let epub = choice.wants_epub().then_some("epub");
    let wanted = project.config.editions.iter().filter(|edition| choice.wants(edition));
    epub.into_iter().chain(wanted.map(|edition| edition.name.as_str())).collect()
}

/// The editions to set, each with whether its PDF is wanted.
fn chosen<'a>(project: &'a Project, choice: &Choice) -> Vec<(&'a EditionConfig, bool)> {
    let editions = project.config.editions.iter().enumerate();
    let set = editions.map(|(at, edition)| {
        let lends_its_pages = at == 0 && choice.wants_epub() && project.config.epub.page_list;
        (edition, choice.wants(edition), lends_its_pages)
    });
    set.filter(|(_, wanted, lends)| *wanted || *lends).map(|(e, wanted, _)| (e, wanted)).collect()
}

fn paginate(
    project: &Project,
    book: &Book,
    edition: &EditionConfig,
    wanted: bool,
    faces: &Faces,
    diagnostics: &mut Diagnostics,
) -> Edition {
    let own = match edition.links {
        LinkPolicy::Live => None,
        LinkPolicy::Notes => Some(book::with_address_notes(book)),
    };
    let hyphenation = &project.config.hyphenation;
    let pages =
        layout::paginate(own.as_ref().unwrap_or(book), edition, hyphenation, faces, diagnostics);
    let file_name = match edition.name.as_str() {
        "book" => format!("{}.pdf", book.meta.slug),
        name => format!("{}-{name}.pdf", book.meta.slug),
    };
    let imprint_is_last = match edition.contents {
        ContentsPlace::FirstPage => true,
        ContentsPlace::FrontMatter => false,
    };
    let (name, standards) = (edition.name.clone(), edition.standards);
    Edition { name, file_name, wanted, standards, book: own, imprint_is_last, pages }
}

/// A writer's work.
enum Job<'a> {
    Epub(String),
    Pdf(&'a Edition),
}

fn write(
    laid: &Laid<'_>,
    options: &Options<'_>,
    compare: bool,
    diagnostics: &mut Diagnostics,
) -> Written {
    let mut jobs = Vec::new();
    if options.choice.wants_epub() {
        jobs.push(Job::Epub(format!("{}.epub", laid.book.meta.slug)));
    }
    jobs.extend(laid.editions.iter().filter(|e| e.wanted).map(Job::Pdf));

    let written: Vec<_> = jobs
        .par_iter()
        .map(|job| {
            let mut complaints = Diagnostics::default();
            let mut written = Written::default();
            let artefact = match job {
                Job::Epub(name) => {
                    let (artefact, package) = write_epub(name, laid, options, &mut complaints);
                    written.weight = Some(epub::weigh(&package, artefact.bytes.len()));
                    // Its pictures are as large as the file.
                    written.package = compare.then_some(package);
                    artefact
                }
                Job::Pdf(edition) => write_pdf(edition, laid, options, &mut complaints),
            };
            written.artefacts.push(artefact);
            (written, complaints)
        })
        .collect();

    let mut all = Written::default();
    for (written, complaints) in written {
        all.artefacts.extend(written.artefacts);
        all.package = all.package.or(written.package);
        all.weight = all.weight.or(written.weight);
        diagnostics.append(complaints);
    }
    all.artefacts.push(sums(&all.artefacts));
    all
}

fn write_epub(
    name: &str,
    laid: &Laid<'_>,
    options: &Options<'_>,
    diagnostics: &mut Diagnostics,
) -> (Artefact, Package) {
    (options.progress)(Step::Writing(name));
    // When the EPUB has a page list, the first edition of `book.toml` is always set.
    let map = laid.editions.first().map(|edition| &edition.pages.map);
    let design = (&laid.wishes, &laid.faces);
    let package = epub::package_for(&laid.book, map, design, diagnostics);
    let bytes = package.to_bytes();
    epub::check_budget(&package, bytes.len(), &laid.book, diagnostics);
    (Artefact { name: name.to_owned(), bytes, pages: None }, package)
}

fn write_pdf(
    edition: &Edition,
    laid: &Laid<'_>,
    options: &Options<'_>,
    diagnostics: &mut Diagnostics,
) -> Artefact {
    (options.progress)(Step::Writing(&edition.file_name));
    let book = edition.book.as_ref().unwrap_or(&laid.book);
    let sources = sources(laid.project);
    let cache = laid.project.cache.as_deref();
    let wishes = pdf::Options { standards: edition.standards, sources: &sources, cache };
    let bytes = pdf::write(&edition.pages, book, &laid.faces, &wishes, diagnostics);
    let pages = Some(edition.pages.pages.len());
    Artefact { name: edition.file_name.clone(), bytes, pages }
}

/// The manuscript as a file can hold it.
fn sources(project: &Project) -> Vec<Attachment<'_>> {
    let texts = project.texts().into_iter();
    texts
        .map(|(path, text)| {
            let media_type = match path.rsplit_once('.') {
                Some((_, "md" | "markdown")) => "text/markdown",
                Some((_, "toml")) => "application/toml",
                Some(_) | None => "text/plain",
            };
            Attachment { path, media_type, text }
        })
        .collect()
}

/// The name of the file of checksums.
const SUMS: &str = "SHA256SUMS";

/// Puts the manifest among the files, and its checksum among theirs.
pub fn add_manifest(artefacts: &mut Vec<Artefact>, manifest: &Manifest) {
    artefacts.retain(|artefact| artefact.name != SUMS);
    let (name, bytes) = (release::MANIFEST.to_owned(), manifest.to_json().into_bytes());
    artefacts.push(Artefact { name, bytes, pages: None });
    artefacts.push(sums(artefacts));
}

/// `SHA256SUMS`, as `sha256sum --check` reads it: sorted by name, `*` for binary.
fn sums(artefacts: &[Artefact]) -> Artefact {
    let lines = artefacts.par_iter().map(|a| (&a.name, Sha256::digest(&a.bytes)));
    let mut lines: Vec<_> = lines.collect();
    lines.sort();
    let text: String = lines.iter().map(|(name, digest)| format!("{digest:x} *{name}\n")).collect();
    Artefact { name: SUMS.to_owned(), bytes: text.into_bytes(), pages: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_sorted_by_name_and_in_the_form_of_sha256sum() {
        let artefact =
            |name: &str| Artefact { name: name.to_owned(), bytes: Vec::new(), pages: None };
        let sums = sums(&[artefact("b.pdf"), artefact("a.epub")]);
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let expected = format!("{empty} *a.epub\n{empty} *b.pdf\n");
        assert_eq!(sums.bytes, expected.as_bytes());
    }
}
