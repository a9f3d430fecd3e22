//! How much there is: words, pictures, notes and pages of every chapter, and how long they take
//! to read.
//!
//! Words are counted as a reader meets them, titles, captions and notes included; of Chinese and
//! Japanese, which have no blanks between words, two characters count as one.

use crate::book::{Book, PageMap, SectionKind};
use crate::parity;

/// Words that a reader reads in a minute: adults in their own language, silently (Brysbaert
/// 2019 finds 238 for non-fiction).
const WORDS_A_MINUTE: usize = 238;

/// Seconds that a picture is looked at.
const SECONDS_A_PICTURE: usize = 10;

/// How much there is in a book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Names of the printed editions, in the order of [`ChapterExtent::pages`].
    pub editions: Vec<String>,
    /// Every chapter, in the order of reading.
    pub chapters: Vec<ChapterExtent>,
    /// Words of the whole book, title page and lists included.
    pub words: usize,
    /// Pages of each edition.
    pub pages: Vec<usize>,
}

/// How much there is in a chapter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChapterExtent {
    /// Its title.
    pub title: String,
    /// The name of its file.
    pub file: String,
    /// Its words.
    pub words: usize,
    /// Its pictures.
    pub pictures: usize,
    /// Its notes.
    pub notes: usize,
    /// How many pages begin in it, in each edition.
    pub pages: Vec<usize>,
}

/// Measures a book and its editions: their names and pages.
pub fn measure(book: &Book, editions: &[(&str, &PageMap)]) -> Extent {
    let mut chapters = Vec::new();
    for section in &book.sections {
        let SectionKind::Chapter(chapter) = &section.kind else { continue };
        let read = parity::read_section(book, section);
        let notes = read.notes.iter().map(|note| words(&note.text)).sum::<usize>();
        let begin = |map: &PageMap| map.pages.iter().filter(|p| p.section == section.id).count();
        chapters.push(ChapterExtent {
            title: section.title.plain(),
            file: chapter.file.clone(),
            words: words(&read.text) + notes,
            pictures: read.pictures,
            notes: read.notes.len(),
            pages: editions.iter().map(|(_, map)| begin(map)).collect(),
        });
    }
    let whole = book.sections.iter().map(|section| {
        let read = parity::read_section(book, section);
        words(&read.text) + read.notes.iter().map(|note| words(&note.text)).sum::<usize>()
    });
    Extent {
        editions: editions.iter().map(|(name, _)| (*name).to_owned()).collect(),
        chapters,
        words: whole.sum(),
        pages: editions.iter().map(|(_, map)| map.pages.len()).collect(),
    }
}

impl Extent {
    /// Minutes that all chapters take.
    pub fn minutes(&self) -> usize {
        let words = self.chapters.iter().map(|chapter| chapter.words).sum();
        minutes(words, self.chapters.iter().map(|chapter| chapter.pictures).sum())
    }
}

impl ChapterExtent {
    /// Minutes that it takes, at least one.
    pub fn minutes(&self) -> usize {
        minutes(self.words, self.pictures)
    }
}

fn minutes(words: usize, pictures: usize) -> usize {
    let seconds = words * 60 / WORDS_A_MINUTE + pictures * SECONDS_A_PICTURE;
    seconds.div_ceil(60).max(1)
}

/// Words of a text.
fn words(text: &str) -> usize {
    let is_ideograph = |c: &char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    let mut count = 0;
    for word in text.split_whitespace() {
        let ideographs = word.chars().filter(is_ideograph).count();
        let says_something = word.chars().any(char::is_alphanumeric);
        count += match ideographs {
            0 => usize::from(says_something),
            n => n.div_ceil(2),
        };
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_a_reader_reads() {
        assert_eq!(words("A harbour – “new”, they say."), 5);
        assert_eq!(words("港には船が Nyhavn"), 4);
        assert_eq!(words(""), 0);
    }

    #[test]
    fn reading_takes_a_minute_at_least() {
        assert_eq!(minutes(0, 0), 1);
        assert_eq!(minutes(238, 0), 1);
        assert_eq!(minutes(238 * 3, 7), 5);
    }
}
