//! Labels of notes: which ones a text may call, and when two of them are the same.
//!
//! pulldown-cmark sees a call only where its label is defined; an undefined `[^label]` is plain
//! text to it, and worse, two of them may become a superscript from one `^` to the other. So every
//! label that occurs anywhere gets an empty definition in a [`preamble`] before the text. Every
//! call is then seen as one, code and escapes are respected by the parser itself, and the labels
//! that only the preamble defines are the missing notes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Definitions for all labels that are called in `text`, and a thematic break that closes the
/// last one; empty if there is nothing like a call.
pub(super) fn preamble(text: &str) -> String {
    let mut seen = BTreeSet::new();
    let mut out = String::new();
    for label in labels(text) {
        if seen.insert(fold(label)) {
            write!(out, "[^{label}]:\n\n").expect("writing to a string cannot fail");
        }
    }
    if !out.is_empty() {
        out.push_str("***\n\n");
    }
    out
}

/// The form in which equal labels are equal: CommonMark compares them without regard to case and
/// to the amount of white space.
pub(super) fn fold(label: &str) -> String {
    let is_folded = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if label.bytes().all(is_folded) {
        return label.to_owned();
    }
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_uppercase().to_lowercase()
}

/// What stands between `[^` and `]`, wherever that may be.
fn labels(text: &str) -> impl Iterator<Item = &str> {
    memchr::memmem::find_iter(text.as_bytes(), "[^").filter_map(|at| label(&text[at + 2..]))
}

/// A label at the start of `rest`: one line, no bracket, at most 999 characters (CommonMark 0.31,
/// 4.7).
fn label(rest: &str) -> Option<&str> {
    const BOUND: usize = 999;
    let mut escaped = false;
    for (at, character) in rest.char_indices().take(BOUND) {
        match character {
            ']' if !escaped => return Some(&rest[..at]).filter(|l| !l.trim().is_empty()),
            '[' if !escaped => return None,
            '\n' | '\r' | '\0' => return None,
            _ => escaped = character == '\\' && !escaped,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_once_whatever_their_case() {
        assert_eq!(preamble("a[^X] b[^x] [^ ] [^y z]"), "[^X]:\n\n[^y z]:\n\n***\n\n");
        assert_eq!(preamble("no [^a\nb] [^[c]"), "");
    }
}
