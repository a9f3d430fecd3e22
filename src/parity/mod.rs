//! The editions say the same: words, numbers and links of the book, of its EPUB and of its printed
//! pages, compared as a reader would meet them.
//!
//! Everything is read anew: the EPUB from its documents, the pages from what the PDF is written
//! from (that poppler finds the same in the finished file is a test of its own). So a mistake in
//! any writer shows, and no edition is taken at its word.
//!
//! What differs by design, and is therefore taken away before the comparison:
//! - Notes: the EPUB has them at the end of their chapter, print after the block that calls them.
//!   They are compared on their own.
//! - Labels of list items: print draws bullets and numbers, a reading system makes its own. Boxes of
//!   tasks are drawn in print and pictures with a name in the EPUB.
//! - Page numbers of contents, credits and index, with the commas and dashes between them: the EPUB
//!   has links with titles in their place.
//! - Contents: in the EPUB a middle dot parts a talk's title from its speakers, on paper the end of
//!   the line does. The navigation document's other lists are hidden and for machines.
//! - The imprint's title, which print does not show.
//! - Space in listings: a printed line that was too long goes on on the next one.
//! - Alternative texts and long descriptions, which are read out and not shown; soft hyphens.
//! - Links of lists: each edition has its own. What an author linked is in all of them.

mod book;
mod epub;
mod pages;

pub use epub::Epub;
pub use pages::{PageNumbers, contents, read_page};

use crate::book::{Book, Section, SectionKind};
use crate::epub::Package;
use crate::layout::Pages;

/// What there is to read: the text without its notes, and each note; what is counted in it and
/// where its links lead.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The text, with blanks wherever words end.
    pub text: String,
    /// The notes.
    pub notes: Vec<Note>,
    /// Links of the text and of the notes.
    pub links: Vec<Link>,
    /// How many figures there are; print does not say.
    pub figures: usize,
    /// How many pictures are in them; only the book itself says.
    pub pictures: usize,
    /// How many tables there are.
    pub tables: usize,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Its number.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// To a page of the world.
    Page(String),
    /// To a place in the book, by the name of its anchor.
    Place(String),
    /// To a document of the EPUB as a whole; only while it is read.
    Document(String),
}

/// A printed edition.
#[derive(Clone, Copy, Debug)]
pub struct Printed<'a> {
    /// Its name in `book.toml`.
    pub name: &'a str,
    /// What it shows.
    pub book: &'a Book,
    /// Its pages.
    pub pages: &'a Pages,
    /// Whether its imprint stands behind everything else.
    pub imprint_is_last: bool,
}

/// What was compared, and what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parity {
    /// The editions: `epub` and the names of the printed ones.
    pub editions: Vec<String>,
    /// Words of the book, notes included.
    pub words: usize,
    /// Notes of the book.
    pub notes: usize,
    /// Figures of the book.
    pub figures: usize,
    /// Tables of the book.
    pub tables: usize,
    /// Links that the author made.
    pub links: usize,
    /// Every difference that was found, with the edition it is in; at most one of each kind for
    /// each edition.
    pub differences: Vec<String>,
}

/// What one section says, and the notes it calls.
pub fn read_section(book: &Book, section: &Section) -> Words {
    book::read_section(book, section)
}

/// Compares a book with its EPUB and its printed editions. With the EPUB come the labels of pages on
/// which the anchors stand, if it knows them.
pub fn compare(
    book: &Book,
    epub: Option<(&Package, Option<&[String]>)>,
    printed: &[Printed<'_>],
) -> Parity {
    let expected = book::read(book, epub.and_then(|(_, labels)| labels));
    let words = |text: &str| text.split_whitespace().count();
    let mut parity = Parity {
        words: words(&expected.text) + expected.notes.iter().map(|n| words(&n.text)).sum::<usize>(),
        notes: expected.notes.len(),
        figures: expected.figures,
        tables: expected.tables,
        links: expected.links.len(),
        ..Parity::default()
    };
    if let Some((package, _)) = epub {
        let found = Epub::read(package).words;
        parity.editions.push("epub".to_owned());
        parity.differences.extend(differences("epub", &expected, &found));
        if expected.figures != found.figures {
            let (some, other) = (expected.figures, found.figures);
            parity.differences.push(format!("epub: {some} figures are {other}"));
        }
    }
    for edition in printed {
        parity.editions.push(edition.name.to_owned());
        let numbers = PageNumbers::of(edition.pages);
        let found = pages::read(edition.pages, edition.book, &numbers);
        let expected = book::read(&arranged(edition), Some(&edition.pages.map.anchors));
        parity.differences.extend(differences(edition.name, &expected, &found));
    }
    parity
}

/// The book of a printed edition, with its sections as they come there.
fn arranged(edition: &Printed<'_>) -> Book {
    let mut book = edition.book.clone();
    if edition.imprint_is_last {
        // Front matter is the title and the contents alone.
        book.sections.sort_by_key(|section| match section.kind {
            SectionKind::TitlePage { .. } => 0,
            SectionKind::Contents => 1,
            SectionKind::Photographs(_)
            | SectionKind::Tables(_)
            | SectionKind::Part { .. }
            | SectionKind::Chapter(_)
            | SectionKind::Credits(_)
            | SectionKind::Index(_) => 2,
            SectionKind::Imprint(_) => 3,
        });
    }
    book
}

/// The first difference of each kind.
fn differences(edition: &str, expected: &Words, found: &Words) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(different_words("text", &expected.text, &found.text));
    if expected.notes.len() != found.notes.len() {
        said.push(format!("{} notes are {}", expected.notes.len(), found.notes.len()));
    }
    // Notes of addresses stand behind all others in the book.
    let sorted = |words: &Words| -> Vec<Note> {
        let mut notes = words.notes.clone();
        for note in &mut notes {
            note.text = note.text.replace('\u{ad}', "");
            note.text = note.text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        notes.sort_by(|a, b| (&a.text, &a.label).cmp(&(&b.text, &b.label)));
        notes
    };
    for (expected, found) in sorted(expected).iter().zip(&sorted(found)) {
        let what = format!("note {}", expected.label);
        let words = different_words(&what, &expected.text, &found.text);
        let number = (expected.label != found.label)
            .then(|| format!("{what} is note {} there", found.label));
        if let Some(difference) = words.or(number) {
            said.push(difference);
            break;
        }
    }
    if expected.tables != found.tables {
        said.push(format!("{} tables are {}", expected.tables, found.tables));
    }
    said.extend(different_links(&expected.links, &found.links));
    said.into_iter().map(|difference| format!("{edition}: {difference}")).collect()
}

/// Word by word: the first difference and what is around it.
pub fn different_words(what: &str, expected: &str, found: &str) -> Option<String> {
    let words = |text: &str| -> Vec<String> {
        text.replace('\u{ad}', "").split_whitespace().map(str::to_owned).collect()
    };
    let (expected, found) = (words(expected), words(found));
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    if same == expected.len() && same == found.len() {
        return None;
    }
    let around =
        |words: &[String]| words[same.saturating_sub(8)..(same + 8).min(words.len())].join(" ");
    Some(format!(
        "{what} differs at word {}\n  the book: {}\n  here:     {}",
        same + 1,
        around(&expected),
        around(&found)
    ))
}

/// Pages of the world are linked as often; places in the book at least as often, since lists link
/// to them as well.
fn different_links(expected: &[Link], found: &[Link]) -> Option<String> {
    let (mut wanted, mut there) = (expected.to_vec(), found.to_vec());
    wanted.sort();
    there.sort();
    let mut rest = there.into_iter().peekable();
    for link in wanted {
        while rest.peek().is_some_and(|other| *other < link && matches!(other, Link::Place(_))) {
            rest.next();
        }
        match rest.peek() {
            Some(other) if *other == link => {
                rest.next();
            }
            Some(other @ Link::Page(_)) if *other < link => {
                return Some(format!("a link more to {}", other.shown()));
            }
            Some(_) | None => return Some(format!("a link less to {}", link.shown())),
        }
    }
    match rest.next() {
        Some(other @ Link::Page(_)) => Some(format!("a link more to {}", other.shown())),
        Some(Link::Place(_) | Link::Document(_)) | None => None,
    }
}

impl Link {
    fn shown(&self) -> String {
        match self {
            Self::Page(url) => format!("`{url}`"),
            Self::Place(name) => format!("`#{name}`"),
            Self::Document(file) => format!("`{file}`"),
        }
    }
}

/// A listing as one word.
fn push_listing(text: &str, out: &mut String) {
    out.push(' ');
    out.extend(text.split_whitespace());
    out.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_differ_or_not() {
        assert_eq!(different_words("text", "a b\u{ad}c  d", "a bc\nd"), None);
        let told = different_words("text", "a b c", "a x c").expect("they differ");
        assert!(told.starts_with("text differs at word 2"), "{told}");
        assert!(different_words("text", "a b", "a").is_some());
        assert!(different_words("text", "a", "a b").is_some());
    }

    #[test]
    fn links_differ_or_not() {
        let page = |url: &str| Link::Page(url.to_owned());
        let place = |name: &str| Link::Place(name.to_owned());
        let book = [page("a"), place("x"), page("b")];
        assert_eq!(different_links(&book, &[place("y"), place("x"), page("b"), page("a")]), None);
        let told = |found: &[Link]| different_links(&book, found).unwrap_or_default();
        assert_eq!(told(&[page("a"), page("b")]), "a link less to `#x`");
        assert_eq!(told(&[page("a"), place("x")]), "a link less to `b`");
        assert_eq!(told(&[page("a"), page("a"), page("b"), place("x")]), "a link more to `a`");
        assert_eq!(told(&[page("a"), page("b"), page("c"), place("x")]), "a link more to `c`");
        assert_eq!(told(&[page("a"), page("b"), place("w"), place("z")]), "a link less to `#x`");
    }
}
