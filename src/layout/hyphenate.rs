//! Where words may be broken: the book's own list, then ours, then the patterns of the language.
//!
//! The patterns are Liang's, by way of `hypher`. They know words, not names: a word with a capital
//! inside, a digit or an underscore is not broken at all. What the American patterns break wrongly
//! is in `exceptions-en-us.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::book::Language;

/// Words of fewer letters than this are not broken.
pub(super) const SHORTEST_WORD: usize = 5;

/// Letters that stay together at the end of a line (TeX's `\lefthyphenmin` for English).
const FEWEST_BEFORE: usize = 2;
/// Letters that begin the next line at least (TeX's `\righthyphenmin`).
const FEWEST_AFTER: usize = 3;

/// Words the American patterns get wrong: the letters, and the word in pieces. Sorted by letters.
static EXCEPTIONS: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| {
    include_str!("exceptions-en-us.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|pieces| (pieces.replace('-', ""), pieces))
        .collect()
});

/// Knows where words may be broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hyphenator<'a> {
    /// The book's own words, in lower case, in pieces.
    own: &'a BTreeMap<String, Vec<String>>,
}

impl<'a> Hyphenator<'a> {
    /// With the book's own list (`[hyphenation]`).
    pub(super) fn new(own: &'a BTreeMap<String, Vec<String>>) -> Self {
        Self { own }
    }

    /// Byte offsets inside `word` at which it may be broken, ascending.
    pub(super) fn points(&self, word: &str, language: &Language) -> Vec<usize> {
        if word.chars().count() < SHORTEST_WORD || !is_breakable(word) {
            return Vec::new();
        }
        let lower = word.to_lowercase();
        if lower.len() == word.len() {
            if let Some(pieces) = self.own.get(&lower) {
                return offsets(pieces.iter().map(String::as_str));
            }
            if language.primary() == "en"
                && let Ok(at) =
                    EXCEPTIONS.binary_search_by_key(&lower.as_str(), |(word, _)| word.as_str())
            {
                let mut points = offsets(EXCEPTIONS[at].1.split('-'));
                points
                    .retain(|point| *point >= FEWEST_BEFORE && word.len() - point >= FEWEST_AFTER);
                return points;
            }
        }
        let code: Option<[u8; 2]> = language.primary().as_bytes().try_into().ok();
        match code.and_then(hypher::Lang::from_iso) {
            Some(lang) => offsets(hypher::hyphenate(word, lang)),
            None => Vec::new(),
        }
    }
}

/// Letters only, and no capital after the first letter.
fn is_breakable(word: &str) -> bool {
    word.chars().all(char::is_alphabetic) && !word.chars().skip(1).any(char::is_uppercase)
}

/// The ends of all pieces but the last.
fn offsets<'p>(pieces: impl Iterator<Item = &'p str>) -> Vec<usize> {
    let mut at = 0;
    let mut ends: Vec<usize> = pieces
        .map(|piece| {
            at += piece.len();
            at
        })
        .collect();
    ends.pop();
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hyphenated(word: &str, own: &BTreeMap<String, Vec<String>>) -> String {
        let mut out = word.to_owned();
        let points = Hyphenator::new(own).points(word, &Language("en-US".to_owned()));
        for at in points.into_iter().rev() {
            out.insert(at, '-');
        }
        out
    }

    #[test]
    fn own_words_come_before_exceptions_and_patterns() {
        let none = BTreeMap::new();
        assert_eq!(hyphenated("Filesystem", &none), "File-sys-tem");
        assert_eq!(hyphenated("typesetting", &none), "type-set-ting");
        assert_eq!(hyphenated("academy", &none), "acad-emy");
        let own = BTreeMap::from([(
            "filesystem".to_owned(),
            vec!["filesys".to_owned(), "tem".to_owned()],
        )]);
        assert_eq!(hyphenated("filesystem", &own), "filesys-tem");
    }

    #[test]
    fn names_and_numbers_are_left_whole() {
        let none = BTreeMap::new();
        for word in ["WebAssembly", "x86architecture", "snake_case_word", "HTTP", "four"] {
            assert_eq!(hyphenated(word, &none), word);
        }
    }

    #[test]
    fn the_list_is_sorted_and_says_nothing_but_hyphens() {
        assert!(EXCEPTIONS.is_sorted_by_key(|(word, _)| word));
        assert!(EXCEPTIONS.len() > 1700);
        assert!(EXCEPTIONS.iter().all(|(word, _)| word.chars().all(|c| c.is_ascii_lowercase())));
    }
}
