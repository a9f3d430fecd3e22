//! The editions say the same: words, page list and contents of the first book, compared between the
//! book itself, its EPUB and its printed pages, all in memory.
//!
//! What differs by design, and is therefore taken away before the comparison:
//! - Notes: the EPUB has them at the end of their chapter, print after the block that calls them.
//!   They are compared on their own, without the number and the way back before them.
//! - Labels of list items: print draws bullets and numbers, a reading system makes its own. Boxes of
//!   tasks are drawn in print and pictures with a name in the EPUB.
//! - Page numbers of contents, credits and index, with the commas between them: the EPUB has links
//!   with titles in their place.
//! - Contents: in the EPUB a middle dot parts a talk's title from its speakers, on paper the end of
//!   the line does. The navigation document's other lists are hidden and for machines.
//! - The imprint's title, which print does not show.
//! - Space in listings: a printed line that was too long goes on on the next one.
//! - Alternative texts, which are read out and not shown; soft hyphens.

use std::sync::OnceLock;

use endpaper::book::Book;
use endpaper::diag::Diagnostics;
use endpaper::epub;
use endpaper::layout::Pages;
use endpaper::layout::pages::OutlineEntry;

use crate::pipeline;
use crate::program::root;
use epub_words::Epub;
use page_words::{PageNumbers, read, read_page};

mod book_words;
mod epub_words;
mod page_words;

/// What there is to read: the text without its notes, and each note.
#[derive(Default)]
struct Words {
    /// The text, with blanks wherever words end.
    text: String,
    notes: Vec<String>,
}

/// The first book in all its forms.
struct First {
    book: Book,
    pages: Pages,
    epub: Epub,
}

fn first() -> &'static First {
    static FIRST: OnceLock<First> = OnceLock::new();
    FIRST.get_or_init(|| {
        pipeline::with_room(|| {
            let project = pipeline::load(&root().join("book"));
            let book = pipeline::resolve(&project);
            let (pages, _) = pipeline::paginate(&project, &book, 0);
            let package = epub::package(&book, Some(&pages.map), &mut Diagnostics::default());
            First { epub: Epub::read(&package), book, pages }
        })
    })
}

#[test]
fn every_edition_has_the_words_of_the_book_in_their_order() {
    let first = first();
    let book = book_words::read(&first.book);
    let pages = read(&first.pages, &PageNumbers::of(&first.pages));
    assert!(book.text.split_whitespace().count() > 5_000, "the book is not that short");
    assert!(book.notes.len() > 5, "the book has notes");
    for (name, words) in [("EPUB", &first.epub.words), ("pages", &pages)] {
        assert_same(&format!("text of the {name}"), &book.text, &words.text);
        assert_eq!(book.notes.len(), words.notes.len(), "notes of the {name}");
        for (number, (expected, found)) in book.notes.iter().zip(&words.notes).enumerate() {
            assert_same(&format!("note {number} of the {name}"), expected, found);
        }
    }
}

#[test]
fn the_page_list_has_every_page_and_marks_where_its_text_begins() {
    let First { pages, epub, .. } = first();
    let labels: Vec<_> = pages.pages.iter().map(|page| page.label.as_str()).collect();
    assert_eq!(epub.page_list, labels);
    let marked: Vec<_> = epub.markers.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(marked, labels, "markers in the text");
    let (numbers, mut compared) = (PageNumbers::of(pages), 0);
    for (at, (start, (label, offset))) in pages.map.pages.iter().zip(&epub.markers).enumerate() {
        let words = read_page(pages, at, &numbers).text;
        let printed: String = bare(&words).take(BEGINNING).collect();
        if start.place.is_none() || printed.is_empty() {
            continue;
        }
        let marked = bare(&epub.words.text[*offset..]).take(printed.chars().count());
        assert_eq!(marked.collect::<String>(), printed, "page {label}");
        compared += 1;
    }
    assert!(compared * 10 >= labels.len() * 8, "only {compared} pages begin with words");
}

/// So many characters of a page are its beginning: some words.
const BEGINNING: usize = 30;

#[test]
fn all_contents_list_the_same_in_the_same_order() {
    let First { book, pages, epub } = first();
    let nav: Vec<_> = epub.contents.iter().map(String::as_str).collect();
    assert!(nav.len() > 15, "{nav:?}");
    assert_eq!(epub.ncx, nav, "NCX");
    assert_eq!(page_words::contents(pages), nav, "printed contents");
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

/// Compares word by word; fails with the first difference and what is around it.
#[track_caller]
fn assert_same(what: &str, expected: &str, found: &str) {
    let words = |text: &str| -> Vec<String> {
        text.replace('\u{ad}', "").split_whitespace().map(str::to_owned).collect()
    };
    let (expected, found) = (words(expected), words(found));
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let around =
        |words: &[String]| words[same.saturating_sub(8)..(same + 8).min(words.len())].join(" ");
    let differs = same < expected.len().max(found.len());
    assert!(!differs, "{what}\n  expected: {}\n  found:    {}", around(&expected), around(&found));
}

/// A listing as one word.
fn push_listing(text: &str, out: &mut String) {
    out.push(' ');
    out.extend(text.split_whitespace());
    out.push(' ');
}
