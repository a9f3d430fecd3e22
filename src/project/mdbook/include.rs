//! Puts what a chapter includes in place.

use super::assemble::Assembly;
use super::directive::{self, DirectiveKind, Lines};
use super::listing;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::fields::nearest;
use crate::project::load::{add_text, complaint};
use crate::project::path;
use crate::project::store::{Store, TEXT_LIMIT};
use crate::source::{FileId, Sources, Span};
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

/// How many files may include each other in a row: mdBook's own bound.
const DEEPEST: usize = 10;

/// The texts of a book while they are read.
pub(super) struct Texts<'a> {
    pub(super) store: &'a Store,
    pub(super) sources: &'a mut Sources,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Files that were included, so that each is read once.
    read: BTreeMap<String, FileId>,
}

impl<'a> Texts<'a> {
    /// Nothing is read yet.
    pub(super) fn new(
        store: &'a Store,
        sources: &'a mut Sources,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self { store, sources, diagnostics, read: BTreeMap::new() }
    }

    /// A chapter's text with all it includes: `file` itself if it includes nothing.
    pub(super) fn whole(&mut self, file: FileId, path: &str) -> io::Result<FileId> {
        let text = self.sources.get(file).text.clone();
        let edits = listing::edits(&text);
        if edits.is_empty() && directive::find(&text).is_empty() {
            return Ok(file);
        }
        let mut out = Assembly::default();
        let mut at = 0;
        for edit in edits {
            self.expand((file, path), &text, at..edit.range.start, 0, &mut out)?;
            out.make(&edit.made, Span::new(file, edit.origin));
            at = edit.range.end;
        }
        self.expand((file, path), &text, at..text.len(), 0, &mut out)?;
        Ok(out.finish(self.sources, path))
    }

    /// Adds a part of a text, its directives carried out.
    fn expand(
        &mut self,
        (file, path): (FileId, &str),
        text: &str,
        part: Range<usize>,
        depth: usize,
        out: &mut Assembly,
    ) -> io::Result<()> {
        let mut at = part.start;
        for directive in directive::find(&text[part.clone()]) {
            let range = part.start + directive.range.start..part.start + directive.range.end;
            let span = Span::new(file, range.clone());
            out.copy(self.sources, file, at..range.start);
            at = range.end;
            let done = match directive.kind {
                DirectiveKind::Escaped => {
                    out.copy(self.sources, file, range.start + 1..range.end);
                    true
                }
                DirectiveKind::Title => true,
                DirectiveKind::Include(wanted, lines) => {
                    self.include((path, wanted), &lines, span, depth, out)?
                }
                // Without its file it is no listing, not an empty one.
                DirectiveKind::Playground(wanted, _)
                    if self.included(path, wanted, span)?.is_none() =>
                {
                    false
                }
                DirectiveKind::Playground(wanted, words) => {
                    let comma = if words.is_empty() { "" } else { "," };
                    out.make(&format!("```rust{comma}{}\n", words.join(",")), span);
                    let whole = Lines::Range(0..usize::MAX);
                    let done = self.include((path, wanted), &whole, span, depth, out)?;
                    out.make("\n```\n", span);
                    done
                }
            };
            if !done {
                out.copy(self.sources, file, range);
            }
        }
        out.copy(self.sources, file, at..part.end);
        Ok(())
    }

    /// Adds lines of a file; says whether they were to be had.
    fn include(
        &mut self,
        (from, written): (&str, &str),
        lines: &Lines<'_>,
        span: Span,
        depth: usize,
        out: &mut Assembly,
    ) -> io::Result<bool> {
        if depth >= DEEPEST {
            self.refuse(span, format!("more than {DEEPEST} files include each other"));
            return Ok(false);
        }
        let Some((file, path)) = self.included(from, written, span)? else { return Ok(false) };
        let text = self.sources.get(file).text.clone();
        let Some(parts) = directive::chosen(&text, lines) else {
            let Lines::Anchor(name) = lines else { return Ok(false) };
            let message = format!("`{path}` has no anchor `{name}`");
            let anchors = text.lines().filter_map(|line| line.split_once("ANCHOR:"));
            let help = nearest(name, anchors.map(|(_, name)| name.trim()))
                .map(|near| format!("did you mean `{near}`?"));
            let help = help.unwrap_or_else(|| format!("mark the lines with `ANCHOR: {name}`"));
            let complaint = Diagnostic::new(Code::MissingInclude, span, message);
            self.diagnostics.push(complaint.help(help));
            return Ok(false);
        };
        for part in parts {
            if (out.len() + part.len()) as u64 > TEXT_LIMIT {
                let message = format!("what is included makes more than {} MiB", TEXT_LIMIT >> 20);
                self.diagnostics.push(Diagnostic::new(Code::FileTooLarge, span, message));
                return Ok(false);
            }
            self.expand((file, &path), &text, part, depth + 1, out)?;
        }
        Ok(true)
    }

    /// A file and its path, as one seen from `from` names it.
    fn included(
        &mut self,
        from: &str,
        written: &str,
        span: Span,
    ) -> io::Result<Option<(FileId, String)>> {
        let Ok(path) = path::join(path::parent(from), written) else {
            self.refuse(span, format!("`{written}` is no path to a file of the book"));
            return Ok(None);
        };
        if let Some(file) = self.read.get(&path) {
            return Ok(Some((*file, path)));
        }
        match self.store.read_within("", &path, TEXT_LIMIT) {
            Ok(bytes) => {
                let file = add_text(self.sources, &path, bytes, self.diagnostics);
                self.read.insert(path.clone(), file);
                Ok(Some((file, path)))
            }
            Err(problem) => {
                let complaint = complaint(problem, &path, span, Code::MissingInclude)?;
                let help = "files are included from the folder of `book.toml` and below; the \
                            directive is set as it is written";
                self.diagnostics.push(complaint.help(help));
                Ok(None)
            }
        }
    }

    fn refuse(&mut self, span: Span, message: String) {
        let help = "the directive is set as it is written; a backslash before it says that it is \
                    no directive";
        let complaint = Diagnostic::new(Code::MissingInclude, span, message);
        self.diagnostics.push(complaint.help(help));
    }
}
