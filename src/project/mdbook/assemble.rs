//! A text put together from others, which remembers where each part of it was written.

use crate::source::{FileId, Piece, Sources, Span};
use std::ops::Range;

/// A text on its way.
#[derive(Default)]
pub(super) struct Assembly {
    text: String,
    pieces: Vec<Piece>,
}

impl Assembly {
    /// How many bytes it has so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Adds characters of a text.
    pub(super) fn copy(&mut self, sources: &Sources, file: FileId, range: Range<usize>) {
        let Some(copied) = sources.get(file).text.get(range.clone()) else { return };
        if copied.is_empty() {
            return;
        }
        let origin = Span::new(file, range);
        match self.pieces.last_mut() {
            Some(last)
                if last.is_copy && last.origin.file == file && last.origin.end == origin.start =>
            {
                last.origin.end = origin.end;
            }
            _ => self.push(origin, true),
        }
        self.text.push_str(copied);
    }

    /// Adds characters that nobody wrote; `origin` is what stands there instead.
    pub(super) fn make(&mut self, made: &str, origin: Span) {
        if !made.is_empty() {
            self.push(origin, false);
            self.text.push_str(made);
        }
    }

    /// Becomes a text of the book.
    pub(super) fn finish(self, sources: &mut Sources, path: &str) -> FileId {
        sources.add_assembled(path, self.text, self.pieces)
    }

    fn push(&mut self, origin: Span, is_copy: bool) {
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.pieces.push(Piece { start, origin, is_copy });
    }
}
