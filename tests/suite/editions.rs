//! What the editions of one build have in common: read from the finished files, as a reader would.
//!
//! These tests look into the folder `ENDPAPER_DIST` with poppler's programs, so they are not part
//! of `cargo test` alone; `tests/run` builds the book and runs them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{read_folder, run};

mod nav;
mod pdf;
mod words;

use nav::Nav;
use pdf::Pdf;

/// What a build left.
struct Dist {
    nav: Nav,
    /// The edition `book` first, then the others by name.
    pdfs: Vec<Pdf>,
}

impl Dist {
    fn open() -> Self {
        let folder = std::env::var_os("ENDPAPER_DIST").map(PathBuf::from);
        let folder = folder.expect("tests/run sets ENDPAPER_DIST to the folder of a build");
        let files = read_folder(&folder);
        let mut epubs = files.keys().filter_map(|name| name.strip_suffix(".epub"));
        let slug = epubs.next().expect("there is an EPUB").to_owned();
        assert_eq!(epubs.next(), None, "there is one EPUB");
        let others = files
            .keys()
            .filter(|name| name.starts_with(&format!("{slug}-")) && name.ends_with(".pdf"));
        let book = format!("{slug}.pdf");
        let pdfs = std::iter::once(&book).chain(others).map(|name| Pdf::open(&folder.join(name)));
        Self { nav: Nav::read(&files[&format!("{slug}.epub")]), pdfs: pdfs.collect() }
    }
}

#[test]
#[ignore = "reads a finished build with poppler: run by tests/run"]
fn every_edition_lists_the_same_contents_in_the_same_order() {
    let dist = Dist::open();
    let titles = &dist.nav.contents;
    assert!(titles.len() >= 16, "the contents are short: {titles:?}");
    for pdf in &dist.pdfs {
        // Panics with the first title that is not where it should be.
        let listed = pdf.contents(&dist.nav.heading, titles);
        assert_eq!(listed.len(), titles.len());
    }
}

#[test]
#[ignore = "reads a finished build with poppler: run by tests/run"]
fn every_page_number_of_the_contents_is_the_page_where_the_title_stands() {
    let dist = Dist::open();
    for pdf in &dist.pdfs {
        for (title, label) in pdf.contents(&dist.nav.heading, &dist.nav.contents) {
            let pages: Vec<_> = pdf.pages.iter().filter(|p| p.label == label).collect();
            assert_eq!(pages.len(), 1, "{}: one page is labelled {label}", pdf.name);
            // A part's title is large in the contents too; anything more would prove nothing.
            let found = pdf.pages_with_title(&title);
            let proven = found.contains(&label.as_str()) && found.len() <= 2;
            assert!(proven, "{}: {title}: said {label}, stands on {found:?}", pdf.name);
        }
    }
}

#[test]
#[ignore = "reads a finished build with poppler: run by tests/run"]
fn bookmarks_name_the_contents_in_order_and_lead_to_the_titles() {
    let dist = Dist::open();
    for pdf in &dist.pdfs {
        let mut bookmarks = pdf.bookmarks.iter();
        for title in &dist.nav.contents {
            let found = bookmarks.find(|(bookmark, _)| pdf::bare(bookmark) == pdf::bare(title));
            let (_, page) = found.unwrap_or_else(|| {
                panic!("{}: no bookmark `{title}` in its place: {:?}", pdf.name, pdf.bookmarks)
            });
            let stands = pdf.pages[*page].has_title(title, pdf.text_height);
            assert!(stands, "{}: the bookmark `{title}` leads to page {page}", pdf.name);
        }
    }
}

#[test]
#[ignore = "reads a finished build with poppler: run by tests/run"]
fn the_page_list_of_the_epub_has_the_pages_of_the_book_edition() {
    let dist = Dist::open();
    let labels: Vec<_> = dist.pdfs[0].pages.iter().map(|page| page.label.as_str()).collect();
    assert_eq!(dist.nav.pages, labels);
}

/// The bound of the first book: both PDFs, without what their pictures take.
#[test]
#[ignore = "reads a finished build with poppler: run by tests/run"]
fn the_pdfs_are_small() {
    const BOUND: u64 = 1_500_000;
    let dist = Dist::open();
    let bytes: u64 = dist.pdfs.iter().map(|pdf| pdf.bytes).sum();
    let pictures: u64 = dist.pdfs.iter().map(|pdf| picture_bytes(&pdf.path)).sum();
    assert!(bytes - pictures < BOUND, "{bytes} bytes, of which {pictures} are pictures");
}

/// The bytes of all pictures of a PDF as they are stored.
fn picture_bytes(pdf: &Path) -> u64 {
    let document = lopdf::Document::load(pdf).expect("is a PDF");
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let is_picture = |stream: &&lopdf::Stream| {
        stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|n| n == b"Image")
    };
    streams.filter(is_picture).map(|stream| stream.content.len() as u64).sum()
}

/// What a program of poppler prints about a file.
fn poppler(program: &str, arguments: &[&str], file: &Path) -> String {
    let run = run(Command::new(program).args(arguments).arg(file).arg("-"));
    run.expect(0).stdout
}
