//! Straight quotes become opening and closing quotes and apostrophes.
//!
//! `"` is always a quote of the first kind and `'` one of the second kind or an apostrophe: what
//! the author nested stays nested the same way. Where neither reading makes sense (a mark alone
//! between spaces, inches behind a digit) the character stays straight.

use super::row::{Edit, Row};
use super::style::Style;

/// U+2019, in every language (Chicago 6.117, Duden, Imprimerie nationale).
const APOSTROPHE: char = '’';

/// English words that begin with an apostrophe.
const ELISIONS: &[&str] =
    &["tis", "twas", "twere", "twill", "em", "til", "cause", "bout", "n", "nuff"];

/// Replaces `"` and `'`.
pub(super) fn set(row: &mut Row) {
    let mut state =
        State { row, open: Vec::new(), edits: Vec::new(), opened: None, ends: Ends::default() };
    for at in memchr::memchr2_iter(b'"', b'\'', row.text.as_bytes()) {
        if row.is_fixed(at) {
            continue;
        }
        match row.text.as_bytes()[at] {
            b'"' => state.double(at),
            _ => state.single(at),
        }
    }
    let edits = state.edits;
    row.apply(&edits);
}

/// A quotation that has not ended yet.
struct Quotation {
    mark: u8,
    close: char,
}

struct State<'r> {
    row: &'r Row,
    /// Innermost last.
    open: Vec<Quotation>,
    edits: Vec<Edit>,
    /// Where the last opening quote stands that was straight.
    opened: Option<usize>,
    /// What was found ahead.
    ends: Ends,
}

/// The marks ahead that may end something, as far as they were looked for: each is looked for once.
#[derive(Default)]
struct Ends {
    /// The next `'` behind a word and before none; at the row's end if there is none.
    single: usize,
    /// The next `"` behind a word.
    double: usize,
}

impl State<'_> {
    fn double(&mut self, at: usize) {
        let next = self.row.at(at + 1);
        let starts = self.is_after_gap(at);
        let ends = next.is_none_or(char::is_whitespace);
        let inside = self.open.iter().any(|q| q.mark == b'"');
        let before = self.before(at);
        let at_space = before.is_none_or(|c| c.is_whitespace() || is_bracket(c));
        if starts && !ends {
            let next_stops = next.is_some_and(is_stop);
            let next_speaks = next.is_some_and(is_word) || self.is_mark(at + 1);
            if inside && (next_stops || (!at_space && !next_speaks && !self.is_after_open(at))) {
                self.close(at, b'"');
            } else {
                self.begin(at, b'"');
            }
        } else if inside {
            self.close(at, b'"');
        } else if !(starts || next.is_some_and(is_word) || self.is_after_digit(at)) {
            let close = self.style(at).primary.1;
            self.put(at, close, true);
        }
    }

    fn single(&mut self, at: usize) {
        let next = self.row.at(at + 1);
        let next_is_word = next.is_some_and(is_word);
        let after_gap = self.is_after_gap(at);
        if after_gap && next.is_none_or(char::is_whitespace) {
            let is_apart = self.before(at).is_none_or(char::is_whitespace);
            if self.innermost() == Some(b'\'') && !is_apart {
                self.close(at, b'\'');
            }
        } else if after_gap && !self.is_elision(at) && self.can_be_closed(at) {
            self.begin(at, b'\'');
        } else if !after_gap && !next_is_word && self.innermost() == Some(b'\'') {
            self.close(at, b'\'');
        } else if next_is_word || !self.is_after_digit(at) {
            self.put(at, APOSTROPHE, false);
        }
    }

    /// The character before a mark as it is by now.
    fn before(&self, at: usize) -> Option<char> {
        let last = self.edits.last().filter(|edit| edit.at + edit.length == at);
        last.map_or_else(|| self.row.before(at), |edit| edit.with[0])
    }

    /// Whether what stands before lets a quotation begin here.
    fn is_after_gap(&self, at: usize) -> bool {
        self.is_after_open(at)
            || self.before(at).is_none_or(|c| {
                c.is_whitespace()
                    || is_bracket(c)
                    || matches!(c, '-' | '–' | '—' | '/' | '=' | '¿' | '¡')
            })
    }

    /// Feet and inches stay as they are.
    fn is_after_digit(&self, at: usize) -> bool {
        self.before(at).is_some_and(|c| c.is_ascii_digit())
    }

    /// Whether an opening quote stands before, straight once or typed so.
    fn is_after_open(&self, at: usize) -> bool {
        if at > 0 && self.opened == Some(at - 1) {
            return true;
        }
        let Some(before) = self.row.before(at).filter(|c| !c.is_ascii()) else { return false };
        let place = at - before.len_utf8();
        !self.row.is_fixed(place)
            && self.row.style_at(place).is_some_and(|style| style.opens(before))
    }

    fn innermost(&self) -> Option<u8> {
        self.open.last().map(|q| q.mark)
    }

    fn style(&self, at: usize) -> &'static Style {
        self.row.style_at(at).expect("quotes are characters of a text")
    }

    fn is_mark(&self, at: usize) -> bool {
        let is_straight = matches!(self.row.text.as_bytes().get(at), Some(b'"' | b'\''));
        is_straight && !self.row.is_fixed(at)
    }

    fn begin(&mut self, at: usize, mark: u8) {
        let style = self.style(at);
        let (open, close) = if mark == b'"' { style.primary } else { style.secondary };
        self.open.push(Quotation { mark, close });
        self.opened = Some(at);
        self.put(at, open, false);
    }

    /// Ends the innermost quotation of this mark, and whatever was left open within it.
    fn close(&mut self, at: usize, mark: u8) {
        while let Some(quotation) = self.open.pop() {
            if quotation.mark == mark {
                return self.put(at, quotation.close, true);
            }
        }
    }

    fn put(&mut self, at: usize, c: char, closes: bool) {
        self.edits.push(Edit { closes, ..Edit::one(at, 1, c) });
    }

    /// `'90s`, `'18`, `'tis`, rock `'n'` roll.
    fn is_elision(&self, at: usize) -> bool {
        let rest = &self.row.text[at + 1..];
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = rest[..end].to_ascii_lowercase();
        if word == "n" {
            return true;
        }
        if self.row.text.as_bytes().get(at + 1 + end) == Some(&b'\'') && self.is_mark(at + 1 + end)
        {
            return false;
        }
        let digits = word.strip_suffix('s').unwrap_or(&word);
        let is_year = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        is_year || ELISIONS.contains(&word.as_str())
    }

    /// Whether a later `'` could end a quotation that begins here; without one it is an
    /// apostrophe. The end of a quotation around this one ends the search.
    fn can_be_closed(&mut self, at: usize) -> bool {
        // A mark right behind closes nothing.
        let from = at + 2;
        let row = self.row;
        if self.ends.single < from {
            let is_end = |at: usize| !row.at(at + 1).is_some_and(is_word);
            self.ends.single = next_end(row, from, b'\'', is_end);
        }
        let inside = self.open.iter().any(|q| q.mark == b'"');
        if inside && self.ends.double < from {
            self.ends.double = next_end(row, from, b'"', |_| true);
        }
        let bound = if inside { self.ends.double } else { row.text.len() };
        self.ends.single < bound
    }
}

/// Where the next mark stands that is behind a word and ends it; the row's length without one.
fn next_end(row: &Row, from: usize, mark: u8, is_end: impl Fn(usize) -> bool) -> usize {
    let rest = row.text.as_bytes().get(from..).unwrap_or_default();
    memchr::memchr_iter(mark, rest)
        .map(|found| from + found)
        .find(|at| {
            let is_behind_word = row.before(*at).is_some_and(|c| !c.is_whitespace());
            is_behind_word && !row.is_fixed(*at) && is_end(*at)
        })
        .unwrap_or(row.text.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '\u{FFFC}'
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '<')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}')
}
