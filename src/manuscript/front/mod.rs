//! Front matter: what stands before the text of a chapter, in TOML (`+++`) or YAML (`---`).
//!
//! Both languages are read into the same [`value`] tree with a place on every key and value;
//! [`fields`] says what the keys mean. Nothing is looked up: a photo is still a path.

mod fields;
pub(crate) mod foreign;
mod moments;
mod toml;
mod value;
mod yaml;

use super::tree::FrontMatter;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use std::ops::Range;
use value::Problem;

/// Reads the front matter of a file, and says at which byte its text begins.
pub(super) fn read(
    file: FileId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> (FrontMatter, usize) {
    let (front, body) = match split(text) {
        Split::None => (FrontMatter::default(), 0),
        Split::Open(line) => {
            let fence = &text[line.clone()];
            let message = format!("the front matter that `{fence}` opens has no end");
            diagnostics.push(
                Diagnostic::new(Code::InvalidFrontMatter, Span::new(file, line.clone()), message)
                    .help(format!("close it with a line `{fence}`")),
            );
            (FrontMatter::default(), line.end)
        }
        Split::Found { language, matter, body } => {
            let (table, problems) = match language {
                Language::Toml => toml::parse(&text[matter.clone()], matter.start),
                Language::Yaml => yaml::parse(&text[matter.clone()], matter.start),
            };
            // What stands on a line with a mistake of syntax is guesswork.
            let before = |at: usize| &text.as_bytes()[..at.min(text.len())];
            let line = |at: usize| before(at).iter().filter(|byte| **byte == b'\n').count();
            let broken: Vec<usize> = problems.iter().map(|p| line(p.range.start)).collect();
            let table = table.without(&|at| broken.contains(&line(at)));
            for problem in problems {
                diagnostics.push(complaint(file, problem));
            }
            let mut front = fields::read(file, table, diagnostics);
            front.span = Some(Span::new(file, 0..trimmed(text, body)));
            (front, body)
        }
    };
    let first = lines(text).next().unwrap_or(0..0);
    let first_line = first.start..trimmed(text, first.end);
    let span = front.span.or(Some(Span::new(file, first_line)));
    (FrontMatter { span, ..front }, body)
}

fn complaint(file: FileId, problem: Problem) -> Diagnostic {
    let span = Span::new(file, problem.range);
    let diagnostic = Diagnostic::new(Code::InvalidFrontMatter, span, problem.message);
    match problem.help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Toml,
    Yaml,
}

#[derive(Debug, PartialEq, Eq)]
enum Split {
    /// No front matter.
    None,
    /// The fence on this line has no partner.
    Open(Range<usize>),
    /// What stands between the fences, and where the text begins.
    Found { language: Language, matter: Range<usize>, body: usize },
}

fn trimmed(text: &str, end: usize) -> usize {
    text[..end].trim_end().len()
}

/// Finds the fences. `---` may also be a thematic break: it opens front matter only if the next
/// line says something, and without a partner only if that line looks like `key: value`.
fn split(text: &str) -> Split {
    let mut lines = lines(text);
    let Some(first) = lines.next() else { return Split::None };
    let language = match text[first.clone()].trim_end() {
        "+++" => Language::Toml,
        "---" => Language::Yaml,
        _ => return Split::None,
    };
    let open = first.start..first.start + 3;
    let second = text[first.end..].lines().next().unwrap_or("");
    if language == Language::Yaml && second.trim().is_empty() {
        return Split::None;
    }
    let closes = |line: &str| match language {
        Language::Toml => line == "+++",
        Language::Yaml => line == "---" || line == "...",
    };
    match lines.find(|line| closes(text[line.clone()].trim_end())) {
        Some(last) => Split::Found { language, matter: first.end..last.start, body: last.end },
        None if language == Language::Yaml && !is_key(second) => Split::None,
        None => Split::Open(open),
    }
}

/// The lines, each with its end.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start..*at)
    })
}

fn is_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    !key.is_empty()
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && (value.is_empty() || value.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_found_and_breaks_are_not_taken_for_them() {
        let found = |language, matter, body| Split::Found { language, matter, body };
        assert_eq!(split("+++\na=1\n+++\nx"), found(Language::Toml, 4..8, 12));
        assert_eq!(split("---\r\na: 1\r\n...\r\nx"), found(Language::Yaml, 5..11, 16));
        assert_eq!(split("+++\n+++"), found(Language::Toml, 4..4, 7));
        assert_eq!(split("---\n\na: b\n\n---\n"), Split::None);
        assert_eq!(split("---\nWords, then\n"), Split::None);
        assert_eq!(split("---\ntitle: x\n"), Split::Open(0..3));
        assert_eq!(split("+++\n\nx"), Split::Open(0..3));
        assert_eq!(split(""), Split::None);
    }
}
