//! The texts that were read, and places in them.
//!
//! A [`Span`] is on every node of the manuscript and the book and on every item of a page, so
//! that a complaint from any stage can show the line it is about. Offsets are bytes.
//!
//! A text may be put together from others (a chapter that includes files). Its [`Piece`]s say
//! where each part of it comes from, and [`Sources::origin`] where a place of it was written:
//! stages work with the whole text, people are shown the file that they can mend.

use std::ops::Range;

/// Which text a [`Span`] points into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `file`; offsets beyond 4 GiB are cut to that (no text is that large:
    /// `project` bounds them).
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: clip(range.start), end: clip(range.end) }
    }

    /// The bytes as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One text that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user should see it: relative to where the book lies, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Where its parts come from, in order, when it was put together; the first begins at 0.
    pub pieces: Vec<Piece>,
}

/// A part of a text that was put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins in the text; it ends where the next one begins.
    pub start: u32,
    /// Where it was written.
    pub origin: Span,
    /// Whether it is the origin's own characters; if not, all of it comes from all of the origin.
    pub is_copy: bool,
}

/// All texts of a project, by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// A place as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Sources {
    /// Adds a text and gives it a number.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.add_assembled(path, text, Vec::new())
    }

    /// Adds a text that was put together from texts that were added before.
    pub fn add_assembled(
        &mut self,
        path: impl Into<String>,
        text: impl Into<String>,
        pieces: Vec<Piece>,
    ) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source { path: path.into(), text: text.into(), pieces });
        id
    }

    /// The same texts under other paths.
    #[must_use]
    pub fn renamed(&self, rename: impl Fn(&str) -> String) -> Self {
        let mut files = self.files.clone();
        files.iter_mut().for_each(|source| source.path = rename(&source.path));
        Self { files }
    }

    /// Where a place was written: itself, but for texts that were put together. A place that
    /// goes on behind its first piece is cut at that piece's end.
    pub fn origin(&self, span: Span) -> Span {
        let pieces = &self.get(span.file).pieces;
        let at = pieces.partition_point(|piece| piece.start <= span.start);
        let Some(piece) = at.checked_sub(1).and_then(|at| pieces.get(at)) else { return span };
        if !piece.is_copy {
            return piece.origin;
        }
        let move_in =
            |at: u32| (piece.origin.start + at.saturating_sub(piece.start)).min(piece.origin.end);
        Span { file: piece.origin.file, start: move_in(span.start), end: move_in(span.end) }
    }

    /// The text with this number.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// The text with this id, if it is one of these.
    pub fn find(&self, id: FileId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// All texts in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(i, s)| (FileId(u32::try_from(i).unwrap_or(u32::MAX)), s))
    }

    /// The characters a span covers (empty when it lies outside of its text).
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or("")
    }

    /// Line and column of a span's first byte, where it was written.
    pub fn line_column(&self, span: Span) -> LineColumn {
        let span = self.origin(span);
        let text = &self.get(span.file).text;
        let mut at = (span.start as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        LineColumn {
            line: before.bytes().filter(|b| *b == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// `path:line:column`, the form editors and CI understand.
    pub fn place(&self, span: Span) -> String {
        let LineColumn { line, column } = self.line_column(span);
        format!("{}:{line}:{column}", self.get(self.origin(span).file).path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "å\nbø!");
        let span = Span::new(id, 6..7);
        assert_eq!(sources.slice(span), "!");
        assert_eq!(sources.place(span), "a.md:2:3");
    }

    #[test]
    fn places_in_a_text_put_together_are_places_in_its_origins() {
        let mut sources = Sources::default();
        let outer = sources.add("a.md", "one\n{{#include b}}\ntwo\n");
        let inner = sources.add("b", "x\ny\nz");
        let piece =
            |start, file, range, is_copy| Piece { start, origin: Span::new(file, range), is_copy };
        let pieces = vec![
            piece(0, outer, 0..4, true),
            piece(4, inner, 2..3, true),
            piece(5, outer, 18..23, true),
        ];
        let whole = sources.add_assembled("a.md", "one\ny\ntwo\n", pieces);
        assert_eq!(sources.place(Span::new(whole, 0..3)), "a.md:1:1");
        assert_eq!(sources.place(Span::new(whole, 4..5)), "b:2:1");
        assert_eq!(sources.place(Span::new(whole, 6..9)), "a.md:3:1");
        assert_eq!(sources.origin(Span::new(whole, 1..9)), Span::new(outer, 1..4));
        assert_eq!(sources.slice(Span::new(whole, 4..5)), "y");
    }
}
