//! The editions say the same: words, page list and contents of the first book, of a book of other
//! people, of every case and of every test book, compared between the book itself, its EPUB and its printed pages, all in memory.
//! What is compared, and what differs by design, stands in `endpaper::parity`.

use std::sync::OnceLock;

use endpaper::book::{Book, PageMap};
use endpaper::diag::Diagnostics;
use endpaper::epub::{self, Package};
use endpaper::layout::Pages;
use endpaper::layout::pages::OutlineEntry;
use endpaper::parity::{self, Epub, PageNumbers, Parity, Printed, read_page};
use endpaper::project::Project;

use crate::program::root;
use crate::{cases, pipeline};

/// The first book in all its forms.
struct First {
    book: Book,
    pages: Pages,
    package: Package,
    epub: Epub,
    /// The second edition, with the book it shows.
    handout: (Pages, Book),
}

fn first() -> &'static First {
    static FIRST: OnceLock<First> = OnceLock::new();
    FIRST.get_or_init(|| {
        pipeline::with_room(|| {
            let project = pipeline::load(&root().join("book"));
            let book = pipeline::resolve(&project);
            let (pages, _) = pipeline::paginate(&project, &book, 0);
            let package = epub::package(&book, Some(&pages.map), &mut Diagnostics::default());
            let handout = pipeline::paginate(&project, &book, 1);
            First { epub: Epub::read(&package), package, book, pages, handout }
        })
    })
}

#[test]
fn every_edition_of_the_first_book_has_its_words_notes_numbers_and_links() {
    let First { book, pages, package, handout, .. } = first();
    let same =
        assert_editions("the first book", book, package, &pages.map, &[(pages, book, false)]);
    assert!(same.words > 5_000, "the book is not that short: {same:?}");
    assert!(same.notes > 5 && same.figures > 2 && same.links > 20, "{same:?}");
    // The handout has its contents on the first page and the imprint on the last one; addresses of
    // links are notes, numbered with the others.
    let (handout, own) = handout;
    let same = assert_editions("the handout", book, package, &pages.map, &[(handout, own, true)]);
    assert_eq!(same.editions, ["epub", "an edition"]);
}

/// A difference is found wherever it is.
#[test]
fn a_word_a_note_a_number_and_a_link_that_differ_are_told() {
    let First { pages, package, book, .. } = first();
    let mut other = book.clone();
    other.notes[0].label.push('x');
    other.sections[0].title.inlines.clear();
    let printed = Printed { name: "book", book: &other, pages, imprint_is_last: false };
    let labels = Some(pages.map.anchors.as_slice());
    let parity = parity::compare(&other, Some((package, labels)), &[printed]);
    for edition in ["epub: text differs", "epub: note", "book: text differs", "book: note"] {
        let told = parity.differences.iter().any(|said| said.starts_with(edition));
        assert!(told, "{edition}: {:?}", parity.differences);
    }
}

/// Cases hold what the first book does not: nested lists, tasks, long notes, mistakes; three of them
/// are the test books.
#[test]
fn the_editions_of_every_case_have_its_words_and_its_pages() {
    pipeline::with_room(|| {
        for (name, project) in cases::projects() {
            assert_project(&name, &project);
        }
    });
}

/// EPUB and pages have the words, notes, numbers and links of the book; gives what was compared.
#[track_caller]
fn assert_editions(
    what: &str,
    book: &Book,
    package: &Package,
    map: &PageMap,
    editions: &[(&Pages, &Book, bool)],
) -> Parity {
    let printed = editions.iter().map(|(pages, book, imprint_is_last)| Printed {
        name: "an edition",
        book,
        pages,
        imprint_is_last: *imprint_is_last,
    });
    let printed: Vec<_> = printed.collect();
    let parity = parity::compare(book, Some((package, Some(&map.anchors))), &printed);
    assert!(parity.differences.is_empty(), "{what}: {}", parity.differences.join("\n"));
    parity
}

#[test]
fn the_page_list_of_the_first_book_has_every_page_and_marks_where_its_text_begins() {
    let First { pages, epub, .. } = first();
    let compared = assert_page_list("the first book", pages, epub);
    assert!(compared * 10 >= pages.pages.len() * 8, "only {compared} pages begin with words");
}

/// A manuscript that nobody wrote for this program, of nearly two hundred pages.
#[test]
fn the_editions_of_a_book_of_other_people_have_its_words_and_its_pages() {
    let project = pipeline::load(&root().join("tests/corpus/async-book"));
    let (compared, pages) = pipeline::with_room(|| assert_project("the corpus", &project));
    assert!(pages > 150 && compared * 10 >= pages * 8, "{compared} of {pages} begin with words");
}

/// Any other book, in the folder that `ENDPAPER_BOOK` names; nothing without.
#[test]
fn a_book_that_is_named_has_the_same_words_in_its_editions() {
    let Some(folder) = std::env::var_os("ENDPAPER_BOOK") else { return };
    let project = pipeline::load(std::path::Path::new(&folder));
    pipeline::with_room(|| {
        let (compared, pages) = assert_project("the named book", &project);
        println!("{compared} of {pages} pages begin with words");
    });
}

/// The editions and the page list; gives how many pages begin with words, of how many.
#[track_caller]
fn assert_project(name: &str, project: &Project) -> (usize, usize) {
    let book = pipeline::resolve(project);
    let (pages, _) = pipeline::paginate(project, &book, 0);
    let package = epub::package(&book, Some(&pages.map), &mut Diagnostics::default());
    assert_editions(name, &book, &package, &pages.map, &[(&pages, &book, false)]);
    (assert_page_list(name, &pages, &Epub::read(&package)), pages.pages.len())
}

/// Every page is listed and marked, and what stands behind its marker is what the page begins with;
/// gives how many pages begin with words.
#[track_caller]
fn assert_page_list(what: &str, pages: &Pages, epub: &Epub) -> usize {
    let labels: Vec<_> = pages.pages.iter().map(|page| page.label.as_str()).collect();
    assert_eq!(epub.page_list, labels, "{what}");
    let marked: Vec<_> = epub.markers.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(marked, labels, "{what}: markers in the text");
    let (numbers, mut compared) = (PageNumbers::of(pages), 0);
    for (at, (start, (label, offset))) in pages.map.pages.iter().zip(&epub.markers).enumerate() {
        let words = read_page(pages, at, &numbers).text;
        let printed: String = bare(&words).take(BEGINNING).collect();
        if start.place.is_none() || printed.is_empty() {
            continue;
        }
        let marked = bare(&epub.words.text[*offset..]).take(printed.chars().count());
        assert_eq!(marked.collect::<String>(), printed, "{what}: page {label}");
        compared += 1;
    }
    compared
}

/// So many characters of a page are its beginning: two or three words. A short caption of a figure at
/// the head of a page is not much longer, and in the EPUB the paragraph that it interrupts in print
/// follows as a whole.
const BEGINNING: usize = 16;

#[test]
fn all_contents_list_the_same_in_the_same_order() {
    let First { book, pages, epub, .. } = first();
    let nav: Vec<_> = epub.contents.iter().map(String::as_str).collect();
    assert!(nav.len() > 15, "{nav:?}");
    assert_eq!(epub.ncx, nav, "NCX");
    assert_eq!(parity::contents(pages), nav, "printed contents");
    let mut outline = Vec::new();
    flatten(&pages.outline, &mut outline);
    // Bookmarks also lead to the headings within chapters.
    outline.retain(|entry| {
        let section = book.anchors[entry.target.0 as usize].section;
        book.sections[section.0 as usize].anchor == entry.target
    });
    let outline: Vec<_> = outline.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(outline, nav, "bookmarks");
}

fn flatten<'a>(entries: &'a [OutlineEntry], found: &mut Vec<&'a OutlineEntry>) {
    for entry in entries {
        found.push(entry);
        flatten(&entry.children, found);
    }
}

/// The characters that show something.
fn bare(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}')
}
