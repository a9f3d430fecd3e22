//! Complaints for programs: one JSON object a line. The keys are stable.

use serde::Serialize;

use super::report::Texts;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Span;

/// A line. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    help: Option<&'a str>,
    page: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Default, Serialize)]
struct Place<'a> {
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// All complaints.
pub(super) fn lines(texts: &Texts, diagnostics: &Diagnostics) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        let line = serde_json::to_string(&line(texts, diagnostic));
        out.push_str(&line.expect("keys are strings and nothing is a number out of range"));
        out.push('\n');
    }
    out
}

fn line<'a>(texts: &'a Texts, diagnostic: &'a Diagnostic) -> Line<'a> {
    let related = diagnostic.related.iter();
    Line {
        code: diagnostic.code.name(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        place: diagnostic.span.map_or_else(Place::default, |span| place(texts, span)),
        help: diagnostic.help.as_deref(),
        page: diagnostic.page.as_deref(),
        related: related
            .map(|(span, label)| Related { message: label, place: place(texts, *span) })
            .collect(),
    }
}

fn place(texts: &Texts, span: Span) -> Place<'_> {
    let Some(position) = texts.position(span) else { return Place::default() };
    Place {
        path: Some(position.path),
        line: Some(position.line),
        column: Some(position.column),
        end_line: Some(position.end_line),
        end_column: Some(position.end_column),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::diag::Code;
    use crate::source::Sources;

    #[test]
    fn a_line_has_all_keys_in_a_fixed_order() {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "ø \"x\"\nb\n");
        let span = Span::new(file, 3..8);
        let mut diagnostics = Diagnostics::default();
        let complaint = Diagnostic::new(Code::MissingAlt, span, "no \"alt\"");
        diagnostics.push(complaint.related(Span::new(file, 0..2), "here").page("3"));
        diagnostics.push(Diagnostic::new(Code::UnusedCredit, None, "m").help("h"));
        let expected = concat!(
            r#"{"code":"missing-alt","severity":"error","message":"no \"alt\"","path":"b/a.md","#,
            r#""line":1,"column":3,"end_line":2,"end_column":2,"help":null,"page":"3","#,
            r#""related":[{"message":"here","path":"b/a.md","line":1,"column":1,"end_line":1,"#,
            r#""end_column":2}]}"#,
            "\n",
            r#"{"code":"unused-credit","severity":"warning","message":"m","path":null,"#,
            r#""line":null,"column":null,"end_line":null,"end_column":null,"help":"h","#,
            r#""page":null,"related":[]}"#,
            "\n",
        );
        assert_eq!(lines(&Texts::new(Path::new("b"), &sources), &diagnostics), expected);
    }
}
