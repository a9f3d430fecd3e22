//! The roles of a line: each with the byte at which it ends.

use std::ops::Range;

use crate::book::types::CodeRole;

/// Roles in the order of the line, without gaps; neighbours differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spans(Vec<(CodeRole, usize)>);

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
        match self.0.last_mut() {
            Some((last, old)) if *last == role => *old = end,
            _ => self.0.push((role, end)),
        }
    }

    /// What goes up to a place is space: it has the role of what stands before it.
    pub(super) fn space(&mut self, end: usize) {
        match self.0.last_mut() {
            Some((_, old)) => *old = end,
            None => self.0.push((CodeRole::Plain, end)),
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
    pub(super) fn behind(&self, beginning: &str) -> Self {
        let mut spans = Self::plain(beginning);
        for (role, end) in &self.0 {
            spans.push(*role, beginning.len() + end);
        }
        spans
    }

    /// The roles with their ends.
    pub(super) fn into_vec(self) -> Vec<(CodeRole, usize)> {
        self.0
    }
}
