//! What may go on in the next line: comments, strings, documents in the text.

use super::{Inside, Pass, bit};
use crate::book::highlight::languages::{Hole, Quote};
use crate::book::types::CodeRole;

/// What may stand in a hole of a format, beside letters and digits.
const FORMAT: &[u8] = b"_:?#.<>^+*$-";

impl Pass<'_, '_> {
    /// The string that opens there.
    pub(super) fn quote(&self, at: usize, is_it: impl Fn(&Quote) -> bool) -> Option<usize> {
        if self.lexer.openers & bit(self.byte(at)) == 0 {
            return None;
        }
        let rest = &self.line[at..];
        let is_operand = b"(=,:[!&|?;{".contains(&self.before);
        self.language().quotes.iter().position(|quote| {
            let fits = is_operand || !quote.operand;
            rest.starts_with(quote.open) && fits && is_it(quote)
        })
    }

    /// A character, or the name of a lifetime.
    pub(super) fn lifetime(&mut self) {
        let mut characters = self.rest().char_indices().skip(1);
        let first = characters.next().map_or('\'', |(_, c)| c);
        let second = characters.next();
        let end = match (first, second) {
            ('\\', _) => {
                let tail = self.rest().bytes().skip(3).take_while(|byte| *byte != b'\'');
                self.at + 4 + tail.count()
            }
            (_, Some((at, '\''))) => self.at + at + 1,
            _ => {
                let end = self.word_end(self.at + 1);
                return self.take(CodeRole::Keyword, end);
            }
        };
        self.take(CodeRole::String, end);
    }

    /// A mark that says a document begins in the next line, up to the word behind it.
    pub(super) fn document(&mut self, from: usize) {
        let quote = usize::from(matches!(self.byte(from), b'\'' | b'"'));
        let end = self.word_end(from + quote);
        let word = &self.line[from + quote..end];
        let is_name = word.starts_with(|c: char| c.is_ascii_uppercase() || c == '_');
        if is_name || (quote > 0 && !word.is_empty()) {
            self.document = Some(word);
            self.take(CodeRole::String, end + quote);
        } else {
            self.take(CodeRole::Plain, from);
        }
    }

    /// A line in a document, which may be its last.
    pub(super) fn document_line(&mut self, end: &str) {
        let trimmed = self.line.trim_start();
        let rest = trimmed.strip_prefix(end);
        if rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')) {
            self.inside = Inside::Code;
            self.take(CodeRole::String, self.line.len() - trimmed.len() + end.len());
            self.next = None;
        }
    }

    /// A comment that is open.
    pub(super) fn comment(&mut self, which: usize, depth: u32) {
        let block = &self.language().blocks[which];
        let (mut depth, mut at) = (depth, self.at);
        while depth > 0 && at < self.line.len() {
            let rest = &self.line.as_bytes()[at..];
            at += if rest.starts_with(block.close.as_bytes()) {
                depth -= 1;
                block.close.len()
            } else if block.nested && rest.starts_with(block.open.as_bytes()) {
                depth += 1;
                block.open.len()
            } else {
                1
            };
        }
        self.inside = if depth > 0 { Inside::Comment(which, depth) } else { Inside::Code };
        self.take(CodeRole::Comment, at);
    }

    /// A string whose inside goes on there.
    pub(super) fn quoted(&mut self, which: usize, from: usize) {
        let quote = &self.language().quotes[which];
        let mut at = from;
        self.inside = Inside::Quote(which);
        self.next = None;
        while at < self.line.len() {
            let rest = &self.line.as_bytes()[at..];
            if rest.starts_with(quote.close.as_bytes()) {
                self.inside = Inside::Code;
                let end = at + quote.close.len();
                return self.take(self.key(end).unwrap_or(CodeRole::String), end);
            }
            if let Some((role, end)) = self.hole(quote.hole, at) {
                if at > self.at {
                    self.take(CodeRole::String, at);
                }
                self.take(role, end);
                at = end;
                continue;
            }
            let is_escape = rest[0] == b'\\' && quote.escapes;
            let is_brace = rest.starts_with(b"{{") && !matches!(quote.hole, Hole::Nothing);
            at += if is_escape || is_brace { 2 } else { 1 };
        }
        if at > self.at {
            self.take(CodeRole::String, at);
        }
    }

    /// The role and the end of a hole in a string that begins there.
    fn hole(&mut self, hole: Hole, at: usize) -> Option<(CodeRole, usize)> {
        let rest = &self.line.as_bytes()[at..];
        match hole {
            Hole::Nothing => None,
            Hole::Place => {
                let inner = rest.strip_prefix(b"{")?.iter();
                let is_format = |b: &&u8| b.is_ascii_alphanumeric() || FORMAT.contains(b);
                let end = 1 + inner.take_while(is_format).count();
                (rest.get(end) == Some(&b'}')).then_some((CodeRole::Number, at + end + 1))
            }
            Hole::Code(open, close) => {
                let opens = rest.starts_with(open.as_bytes()) && self.is_closed;
                let deeper = *open.as_bytes().last().filter(|_| opens)?;
                let mut depth = 0_usize;
                let end = rest.iter().position(|byte| {
                    depth += usize::from(*byte == deeper);
                    depth -= usize::from(*byte == close && depth > 0);
                    *byte == close && depth == 0
                });
                self.is_closed = end.is_some();
                Some((CodeRole::Plain, at + end? + 1))
            }
        }
    }
}
