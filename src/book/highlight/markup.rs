//! HTML and XML: tags, attributes, comments, references.
//!
//! Scripts and style sheets inside are text like any other.

use memchr::{memchr, memchr2};

use super::spans::Spans;
use crate::book::types::CodeRole;

/// Longest reference that is looked for: `&CounterClockwiseContourIntegral;`.
const LONGEST_REFERENCE: usize = 33;

/// What is open at the start of a line.
#[derive(Clone, Copy, Default)]
pub(super) enum State {
    #[default]
    Text,
    Comment,
    Tag,
    /// The value of an attribute, which this character ends.
    Value(u8),
}

/// The roles of a line, and what it leaves open.
pub(super) fn line(line: &str, state: State) -> (Spans, State) {
    let mut pass = Pass { line, at: 0, state, spans: Spans::default() };
    while pass.at < line.len() {
        match pass.state {
            State::Text => pass.text(),
            State::Comment => pass.comment(),
            State::Tag => pass.tag(),
            State::Value(mark) => pass.value(mark, pass.at),
        }
    }
    (pass.spans, pass.state)
}

/// The way through one line.
struct Pass<'t> {
    line: &'t str,
    at: usize,
    state: State,
    spans: Spans,
}

impl Pass<'_> {
    /// Goes on to a place; what lies before it has a role.
    fn take(&mut self, role: CodeRole, end: usize) {
        self.spans.push(role, end);
        self.at = end;
    }

    fn rest(&self) -> &[u8] {
        &self.line.as_bytes()[self.at..]
    }

    /// The end of a name that begins there.
    fn name_end(&self, from: usize) -> usize {
        let inner = self.line.as_bytes()[from..].iter();
        let is_name = |b: &&u8| b.is_ascii_alphanumeric() || b"-_:.".contains(b) || **b >= 0x80;
        from + inner.take_while(is_name).count()
    }

    fn text(&mut self) {
        let rest = self.rest();
        match rest[0] {
            b' ' => {
                self.at += 1;
                self.spans.space(self.at);
            }
            b'<' if rest.starts_with(b"<!--") => {
                self.state = State::Comment;
                self.take(CodeRole::Comment, self.at + 4);
            }
            b'<' => self.open(),
            b'&' => {
                let near = &rest[..rest.len().min(LONGEST_REFERENCE)];
                let end = memchr(b';', near).filter(|end| !near[..*end].contains(&b' '));
                match end {
                    Some(end) => self.take(CodeRole::Number, self.at + end + 1),
                    None => self.take(CodeRole::Plain, self.at + 1),
                }
            }
            _ => {
                let end = memchr2(b'<', b'&', rest).unwrap_or(rest.len());
                self.take(CodeRole::Plain, self.at + end);
            }
        }
    }

    /// What `<` begins.
    fn open(&mut self) {
        let marks = self.rest().iter().skip(1).take_while(|b| b"/!?".contains(b)).count();
        let from = self.at + 1 + marks;
        let end = self.name_end(from);
        self.take(CodeRole::Plain, from);
        if end > from {
            self.state = State::Tag;
            self.take(CodeRole::Attribute, end);
        }
    }

    fn comment(&mut self) {
        let end = self.line[self.at..].find("-->");
        if end.is_some() {
            self.state = State::Text;
        }
        self.take(CodeRole::Comment, end.map_or(self.line.len(), |end| self.at + end + 3));
    }

    fn tag(&mut self) {
        match self.rest()[0] {
            b' ' => {
                self.at += 1;
                self.spans.space(self.at);
            }
            b'>' => {
                self.state = State::Text;
                self.take(CodeRole::Plain, self.at + 1);
            }
            mark @ (b'"' | b'\'') => self.value(mark, self.at + 1),
            b'=' => {
                self.take(CodeRole::Plain, self.at + 1);
                let end = self.name_end(self.at);
                if end > self.at {
                    self.take(CodeRole::String, end);
                }
            }
            _ => match self.name_end(self.at) {
                end if end > self.at => self.take(CodeRole::Attribute, end),
                _ => self.take(CodeRole::Plain, self.at + 1),
            },
        }
    }

    /// A value whose inside goes on there.
    fn value(&mut self, mark: u8, from: usize) {
        let end = memchr(mark, &self.line.as_bytes()[from..]);
        self.state = if end.is_some() { State::Tag } else { State::Value(mark) };
        self.take(CodeRole::String, end.map_or(self.line.len(), |end| from + end + 1));
    }
}
