//! YAML: keys, scalars, and blocks of text that go as far as they are indented.
//!
//! A scalar without quotes is a string unless it looks like a number or a constant. Collections in
//! brackets are only counted.

use super::spans::Spans;
use crate::book::types::CodeRole;

/// Words that are constants.
const CONSTANTS: [&str; 4] = ["true", "false", "null", "~"];

/// What is open at the start of a line.
#[derive(Clone, Copy, Default)]
pub(super) struct State {
    inside: Inside,
    /// How many brackets are open.
    brackets: u32,
}

#[derive(Clone, Copy, Default)]
enum Inside {
    #[default]
    Entries,
    /// A string that this character ends.
    Quote(u8),
    /// A text indented by more than this.
    Text(usize),
}

/// The roles of a line, and what it leaves open.
pub(super) fn line(line: &str, state: State) -> (Spans, State) {
    let mut pass = Pass { line, at: 0, indent: 0, state, spans: Spans::default() };
    pass.run();
    (pass.spans, pass.state)
}

/// The way through one line.
struct Pass<'t> {
    line: &'t str,
    at: usize,
    /// Where the last key or item began.
    indent: usize,
    state: State,
    spans: Spans,
}

impl Pass<'_> {
    fn run(&mut self) {
        let indent = self.line.len() - self.line.trim_start().len();
        match self.state.inside {
            Inside::Text(outer) if indent > outer || indent == self.line.len() => {
                return self.take(CodeRole::String, self.line.len());
            }
            Inside::Text(_) => self.state.inside = Inside::Entries,
            Inside::Quote(mark) => self.quoted(mark, 0),
            Inside::Entries => {}
        }
        if self.line.starts_with("---") || self.line.starts_with("...") {
            self.take(CodeRole::Plain, 3);
        }
        while self.at < self.line.len() {
            self.entry();
        }
    }

    /// Goes on to a place; what lies before it has a role.
    fn take(&mut self, role: CodeRole, end: usize) {
        if end > self.at {
            self.spans.push(role, end);
            self.at = end;
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.line.as_bytes().get(at).copied().unwrap_or(b' ')
    }

    /// The next thing on a line.
    fn entry(&mut self) {
        let is_apart = self.at == 0 || self.byte(self.at - 1) == b' ';
        let is_last = self.byte(self.at + 1) == b' ';
        match self.byte(self.at) {
            b' ' => {
                self.at += 1;
                self.spans.space(self.at);
            }
            b'#' if is_apart => self.take(CodeRole::Comment, self.line.len()),
            b'-' | b'?' if is_last => {
                self.indent = self.at;
                self.take(CodeRole::Plain, self.at + 1);
            }
            b':' if is_last || self.state.brackets > 0 => {
                self.take(CodeRole::Plain, self.at + 1);
            }
            mark @ (b'[' | b']' | b'{' | b'}' | b',') => self.bracket(mark),
            mark @ (b'"' | b'\'') => self.quoted(mark, self.at + 1),
            b'|' | b'>' => {
                self.state.inside = Inside::Text(self.indent);
                let end = self.line[self.at..].find('#').map_or(self.line.len(), |at| self.at + at);
                self.take(CodeRole::Plain, end);
            }
            b'&' | b'*' => self.take(CodeRole::Plain, self.word_end()),
            b'!' => self.take(CodeRole::Keyword, self.word_end()),
            _ => self.scalar(),
        }
    }

    fn bracket(&mut self, mark: u8) {
        let open = self.state.brackets;
        self.state.brackets = match mark {
            b'[' | b'{' => open + 1,
            b']' | b'}' => open.saturating_sub(1),
            _ => open,
        };
        self.take(CodeRole::Plain, self.at + 1);
    }

    fn word_end(&self) -> usize {
        let is_end = |c: char| c == ' ' || (self.state.brackets > 0 && "[]{},".contains(c));
        self.line[self.at..].find(is_end).map_or(self.line.len(), |at| self.at + at)
    }

    /// A string whose inside goes on there; it may be a key.
    fn quoted(&mut self, mark: u8, from: usize) {
        let start = self.at;
        let mut at = from;
        while at < self.line.len() && self.byte(at) != mark {
            at += if self.byte(at) == b'\\' && mark == b'"' { 2 } else { 1 };
        }
        let is_closed = at < self.line.len();
        self.state.inside = if is_closed { Inside::Entries } else { Inside::Quote(mark) };
        let end = (at + 1).min(self.line.len());
        let is_key = is_closed && self.line[end..].trim_start().starts_with(':');
        if is_key {
            self.indent = start;
        }
        self.take(if is_key { CodeRole::Attribute } else { CodeRole::String }, end);
    }

    /// A scalar without quotes, up to what ends one.
    fn scalar(&mut self) {
        let start = self.at;
        let bytes = self.line.as_bytes();
        let in_brackets = self.state.brackets > 0;
        let is_end = |at: &usize| match bytes[*at] {
            b':' => matches!(self.byte(at + 1), b' ' | b',' | b'}' | b']'),
            b'#' => self.byte(at - 1) == b' ',
            b',' | b'[' | b']' | b'{' | b'}' => in_brackets,
            _ => false,
        };
        let end = (start + 1..bytes.len()).find(is_end).unwrap_or(bytes.len());
        // Other white space may be a character of the scalar, and of several bytes.
        let end = start + self.line[start..end].trim_end_matches(' ').len();
        let is_key = self.line[end..].trim_start().starts_with(':');
        if is_key {
            self.indent = start;
        }
        let text = &self.line[start..end];
        let is_number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
            && text.parse::<f64>().is_ok();
        let role = if is_key {
            CodeRole::Attribute
        } else if is_number || CONSTANTS.iter().any(|word| word.eq_ignore_ascii_case(text)) {
            CodeRole::Number
        } else {
            CodeRole::String
        };
        self.take(role, end.max(start + 1));
    }
}
