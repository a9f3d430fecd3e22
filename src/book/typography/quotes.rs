//! Straight quotes become opening and closing quotes and apostrophes.
//!
//! `"` is always a quote of the first kind and `'` one of the second kind or an apostrophe: what
//! the author nested stays nested the same way. Where neither reading makes sense (a mark alone
//! between spaces, inches behind a digit) the character stays straight.

use super::style::Style;
use super::{Cell, Kind};

/// U+2019, in every language (Chicago 6.117, Duden, Imprimerie nationale).
const APOSTROPHE: char = '’';

/// English words that begin with an apostrophe.
const ELISIONS: &[&str] =
    &["tis", "twas", "twere", "twill", "em", "til", "cause", "bout", "n", "nuff"];

/// Replaces `"` and `'`; `styles` is indexed by the cells' leaves.
pub(super) fn set(cells: Vec<Cell>, styles: &[&'static Style]) -> Vec<Cell> {
    if !cells.iter().any(is_mark) {
        return cells;
    }
    let cells = cells.as_slice();
    let mut state = State { cells, styles, out: Vec::with_capacity(cells.len()), open: Vec::new() };
    for at in 0..cells.len() {
        state.step(at);
    }
    state.out
}

/// A quotation that has not ended yet.
struct Quotation {
    mark: char,
    close: char,
}

struct State<'a> {
    cells: &'a [Cell],
    styles: &'a [&'static Style],
    out: Vec<Cell>,
    /// Innermost last.
    open: Vec<Quotation>,
}

impl State<'_> {
    fn step(&mut self, at: usize) {
        let cell = self.cells[at];
        if cell.is('"') {
            self.double(at);
        } else if cell.is('\'') {
            self.single(at);
        } else {
            let opens = cell.leaf.is_some_and(|leaf| self.styles[leaf].opens(cell.c));
            let kind = if opens && cell.kind == Kind::Char { Kind::Open } else { cell.kind };
            self.out.push(Cell { kind, ..cell });
        }
    }

    fn double(&mut self, at: usize) {
        let next = self.cells.get(at + 1);
        let starts = self.is_after_gap();
        let ends = next.is_none_or(Cell::is_space);
        let inside = self.open.iter().any(|q| q.mark == '"');
        let at_space = self.out.last().is_none_or(|c| c.is_space() || is_bracket(c));
        if starts && !ends {
            let next_stops = next.is_some_and(|c| is_stop(c.c));
            let next_speaks = next.is_some_and(|c| c.is_word() || is_mark(c));
            if inside && (next_stops || (!at_space && !next_speaks && !self.is_after_open())) {
                self.close(at, '"');
            } else {
                self.begin(at, '"');
            }
        } else if inside {
            self.close(at, '"');
        } else if starts || next.is_some_and(Cell::is_word) || self.is_after_digit() {
            self.keep(at);
        } else {
            let close = self.style(at).primary.1;
            self.put(at, close, Kind::Close);
        }
    }

    fn single(&mut self, at: usize) {
        let next = self.cells.get(at + 1);
        let next_is_word = next.is_some_and(Cell::is_word);
        let after_gap = self.is_after_gap();
        if after_gap && next.is_none_or(Cell::is_space) {
            if self.innermost() == Some('\'') && self.out.last().is_some_and(|c| !c.is_space()) {
                self.close(at, '\'');
            } else {
                self.keep(at);
            }
        } else if after_gap && !self.is_elision(at) && self.can_be_closed(at) {
            self.begin(at, '\'');
        } else if !after_gap && !next_is_word && self.innermost() == Some('\'') {
            self.close(at, '\'');
        } else if !next_is_word && self.is_after_digit() {
            self.keep(at);
        } else {
            self.put(at, APOSTROPHE, Kind::Char);
        }
    }

    /// Whether what stands before lets a quotation begin here.
    fn is_after_gap(&self) -> bool {
        self.out.last().is_none_or(|c| {
            c.is_space()
                || is_bracket(c)
                || c.kind == Kind::Open
                || matches!(c.c, '-' | '–' | '—' | '/' | '=' | '¿' | '¡')
        })
    }

    /// Feet and inches stay as they are.
    fn is_after_digit(&self) -> bool {
        self.out.last().is_some_and(|c| c.c.is_ascii_digit())
    }

    fn is_after_open(&self) -> bool {
        self.out.last().is_some_and(|c| c.kind == Kind::Open)
    }

    fn innermost(&self) -> Option<char> {
        self.open.last().map(|q| q.mark)
    }

    fn style(&self, at: usize) -> &'static Style {
        let leaf = self.cells[at].leaf.expect("quotes are characters of a text");
        self.styles[leaf]
    }

    fn begin(&mut self, at: usize, mark: char) {
        let style = self.style(at);
        let (open, close) = if mark == '"' { style.primary } else { style.secondary };
        self.open.push(Quotation { mark, close });
        self.put(at, open, Kind::Open);
    }

    /// Ends the innermost quotation of this mark, and whatever was left open within it.
    fn close(&mut self, at: usize, mark: char) {
        while let Some(quotation) = self.open.pop() {
            if quotation.mark == mark {
                self.put(at, quotation.close, Kind::Close);
                return;
            }
        }
    }

    fn keep(&mut self, at: usize) {
        self.out.push(self.cells[at]);
    }

    fn put(&mut self, at: usize, c: char, kind: Kind) {
        self.out.push(Cell { c, kind, ..self.cells[at] });
    }

    /// `'90s`, `'18`, `'tis`, rock `'n'` roll.
    fn is_elision(&self, at: usize) -> bool {
        let word: String = self.cells[at + 1..]
            .iter()
            .take_while(|c| c.c.is_alphanumeric())
            .map(|c| c.c.to_ascii_lowercase())
            .collect();
        if word == "n" {
            return true;
        }
        let behind = self.cells.get(at + 1 + word.chars().count());
        if behind.is_some_and(|c| c.is('\'')) {
            return false;
        }
        let digits = word.strip_suffix('s').unwrap_or(&word);
        let is_year = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        is_year || ELISIONS.contains(&word.as_str())
    }

    /// Whether a later `'` could end a quotation that begins here; without one it is an
    /// apostrophe. The end of a quotation around this one ends the search.
    fn can_be_closed(&self, at: usize) -> bool {
        let inside = self.open.iter().any(|q| q.mark == '"');
        let mut before = &self.cells[at];
        for (here, cell) in self.cells.iter().enumerate().skip(at + 1) {
            let ends_word = !before.is_space();
            if inside && cell.is('"') && ends_word && here > at + 1 {
                return false;
            }
            let next_is_word = self.cells.get(here + 1).is_some_and(Cell::is_word);
            if cell.is('\'') && ends_word && !next_is_word && here > at + 1 {
                return true;
            }
            before = cell;
        }
        false
    }
}

fn is_bracket(cell: &Cell) -> bool {
    matches!(cell.c, '(' | '[' | '{' | '<')
}

fn is_mark(cell: &Cell) -> bool {
    cell.is('\'') || cell.is('"')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}')
}
