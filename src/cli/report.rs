//! Tells the complaints of a run in the form that was asked for.

use std::io::{IsTerminal, stderr};
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use super::arguments::Format;
use super::{Failure, json, render, sarif, say, tell};
use crate::diag::{Diagnostics, Severity};
use crate::source::{Sources, Span};

/// The texts that complaints point into, with the paths that the user can open.
pub(super) struct Texts {
    sources: Sources,
}

/// A place as an editor finds it.
pub(super) struct Position<'a> {
    /// The path that opens the file from the current folder.
    pub(super) path: &'a str,
    /// The whole text of the file.
    pub(super) text: &'a str,
    /// The bytes of the text that are meant.
    pub(super) range: Range<usize>,
    /// Line of the first character, from 1.
    pub(super) line: usize,
    /// Column of the first character, from 1, in characters.
    pub(super) column: usize,
    /// Line of the character after the last one.
    pub(super) end_line: usize,
    /// Column of the character after the last one.
    pub(super) end_column: usize,
}

/// Tells all complaints and, for people, how many there are.
pub(super) fn report(
    format: Format,
    texts: &Texts,
    diagnostics: &Diagnostics,
) -> Result<(), Failure> {
    match format {
        Format::Json => tell(&json::lines(texts, diagnostics)),
        Format::Sarif => tell(&sarif::document(texts, diagnostics)),
        Format::Human => {
            let mut text = render::all(texts, diagnostics, in_colour());
            if let Some(summary) = summary(diagnostics) {
                text.push_str(&summary);
                text.push('\n');
            }
            say(&text);
            Ok(())
        }
    }
}

/// "2 errors, 1 warning"; `None` when there is nothing to complain about.
pub(super) fn summary(diagnostics: &Diagnostics) -> Option<String> {
    let parts: Vec<_> = [Severity::Error, Severity::Warning]
        .into_iter()
        .filter_map(|severity| match diagnostics.count(severity) {
            0 => None,
            1 => Some(format!("1 {}", severity.name())),
            n => Some(format!("{n} {}s", severity.name())),
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Colours on a terminal, unless the user does not want them (<https://no-color.org>).
pub(super) fn in_colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    stderr().is_terminal() && !refused && !dumb
}

impl Texts {
    /// The texts of a project, which names them by their paths in the folder of the book.
    pub(super) fn new(folder: &Path, project: &Sources) -> Self {
        Self { sources: project.renamed(|path| open_path(folder, path)) }
    }

    /// Where a span is; `None` when its text is not known here.
    pub(super) fn position(&self, span: Span) -> Option<Position<'_>> {
        self.sources.iter().find(|(id, _)| *id == span.file)?;
        let span = self.sources.origin(span);
        let start = self.sources.line_column(span);
        let last = Span { start: span.end.max(span.start), ..span };
        let end = self.sources.line_column(last);
        let source = self.sources.get(span.file);
        Some(Position {
            range: span.range(),
            path: &source.path,
            text: &source.text,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        })
    }
}

/// The path that opens a file from the current folder: `book` and `../images/credits.toml` give
/// `images/credits.toml`.
fn open_path(folder: &Path, path: &str) -> String {
    let mut parts = PathBuf::new();
    for component in folder.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(parts.components().next_back(), Some(Component::Normal(_))) =>
            {
                parts.pop();
            }
            Component::Prefix(_)
            | Component::RootDir
            | Component::ParentDir
            | Component::Normal(_) => {
                parts.push(component);
            }
        }
    }
    parts.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic};

    #[test]
    fn paths_open_from_the_current_folder() {
        for (folder, path, expected) in [
            ("book", "chapters/a.md", "book/chapters/a.md"),
            ("book", "../images/credits.toml", "images/credits.toml"),
            (".", "book.toml", "book.toml"),
            ("./a/b", "../../c.md", "c.md"),
            ("..", "../c.md", "../../c.md"),
            ("/tmp/x", "a.md", "/tmp/x/a.md"),
        ] {
            assert_eq!(open_path(Path::new(folder), path), expected);
        }
    }

    #[test]
    fn the_summary_counts_in_words() {
        let mut diagnostics = Diagnostics::default();
        assert_eq!(summary(&diagnostics), None);
        diagnostics.push(Diagnostic::new(Code::MissingTitle, None, "a"));
        diagnostics.push(Diagnostic::new(Code::MissingTitle, None, "b"));
        diagnostics.push(Diagnostic::new(Code::UnusedCredit, None, "c"));
        assert_eq!(summary(&diagnostics).as_deref(), Some("2 errors, 1 warning"));
    }
}
