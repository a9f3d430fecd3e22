//! The roles of a line: each with the byte at which it ends.

use std::ops::Range;

use crate::book::types::CodeRole;

/// Roles in the order of the line, without gaps; neighbours differ.
///
/// Space between two of them has no colour, where one is plain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spans {
    spans: Vec<(CodeRole, usize)>,
    /// Where the last space ends.
    space: usize,
}

impl Spans {
    /// A line without colours.
    pub(super) fn plain(line: &str) -> Self {
        let mut spans = Self::default();
        if !line.is_empty() {
            spans.push(CodeRole::Plain, line.len());
        }
        spans
    }

    /// What goes up to a place has a role.
    pub(super) fn push(&mut self, role: CodeRole, end: usize) {
        match self.spans.last_mut() {
            Some((last, old)) if *last == role => {
                *old = end;
                return;
            }
            Some((_, old)) if role != CodeRole::Plain => *old = self.space.max(*old),
            _ => {}
        }
        self.spans.push((role, end));
    }

    /// What goes up to a place is space.
    pub(super) fn space(&mut self, end: usize) {
        self.space = end;
        if self.spans.is_empty() {
            self.spans.push((CodeRole::Plain, end));
        }
    }

    /// A part of a line, which may be empty or space; `None` when it divides a character.
    pub(super) fn append(&mut self, role: CodeRole, line: &str, part: Range<usize>) -> Option<()> {
        let text = line.get(part.clone())?;
        match text.trim() {
            _ if text.is_empty() => {}
            "" => self.space(part.end),
            _ => self.push(role, part.end),
        }
        Some(())
    }

    /// The same behind a plain beginning.
    pub(super) fn behind(self, beginning: &str) -> Self {
        let mut spans = Self::plain(beginning);
        for (role, end) in self.into_vec() {
            spans.push(role, beginning.len() + end);
        }
        spans
    }

    /// The roles with their ends.
    pub(super) fn into_vec(mut self) -> Vec<(CodeRole, usize)> {
        if let Some((_, end)) = self.spans.last_mut() {
            *end = self.space.max(*end);
        }
        self.spans
    }
}
