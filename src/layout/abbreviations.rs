//! Abbreviations in running text: three capitals and more, which a theme may want as small
//! capitals. Which faces have those is asked when the text is shaped.

use std::ops::Range;

/// The least number of capitals: two are too often initials or the name of a state.
const LEAST: usize = 3;

/// The ranges of abbreviations in a text: runs of capitals and figures that begin and end with a
/// capital (or end with figures), at the beginning of a word. A plural's `s` may follow; in
/// `KubeCon` and `JSONPath` capitals do another work and stay.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let at = text.len() - rest.len();
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        if !first.is_uppercase() || before.is_some_and(is_word) {
            before = Some(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (run, after) = rest.split_at(length);
        let capitals = run.chars().filter(|c| c.is_uppercase()).count();
        if capitals >= LEAST && ends_word(after) {
            found.push(at..at + length);
        }
        before = run.chars().next_back();
        rest = after;
    }
    found
}

fn is_part(character: char) -> bool {
    character.is_uppercase() || character.is_ascii_digit()
}

/// Whether no other letter follows but a plural's.
fn ends_word(after: &str) -> bool {
    let after = after.strip_prefix('s').unwrap_or(after);
    !after.starts_with(is_word)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn three_capitals_are_an_abbreviation() {
        assert_eq!(found("The CNCF and its APIs, by HTTP2."), ["CNCF", "API", "HTTP2"]);
        assert_eq!(found("TCP/IP, US-ASCII: ÄÖÜ"), ["TCP", "ASCII", "ÄÖÜ"]);
        assert_eq!(found("CNCF’s"), ["CNCF"]);
    }

    #[test]
    fn capitals_within_words_stay() {
        assert_eq!(found("KubeCon, JSONPath, eBPF, EU, A, MAX_INT, 3D"), [""; 0]);
        assert_eq!(found(""), [""; 0]);
    }
}
