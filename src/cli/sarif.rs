//! Complaints for code hosts and CI annotation: one SARIF document.
//!
//! SARIF 2.1.0 (OASIS Standard, 27 March 2020), the properties that hosts read: rules, results,
//! levels, places with regions in code points, related places. Nothing else is in it: the
//! typographic report is no complaint.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::report::Texts;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::Span;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The document, with a line feed at its end.
pub(super) fn document(texts: &Texts, diagnostics: &Diagnostics) -> String {
    let codes: BTreeSet<Code> = diagnostics.iter().map(|d| d.code).collect();
    let rules: Vec<_> = codes.iter().map(|code| json!({ "id": code.name() })).collect();
    let results: Vec<_> = diagnostics.iter().map(|d| result(texts, d)).collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Endpaper",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

fn result(texts: &Texts, diagnostic: &Diagnostic) -> Value {
    let mut text = diagnostic.message.clone();
    if let Some(page) = &diagnostic.page {
        text.push_str(&format!(" (page {page})"));
    }
    if let Some(help) = &diagnostic.help {
        text.push_str(&format!("\nhelp: {help}"));
    }
    let related = diagnostic.related.iter().filter_map(|(span, label)| {
        let mut place = place(texts, *span)?;
        place["message"] = json!({ "text": label });
        Some(place)
    });
    json!({
        "ruleId": diagnostic.code.name(),
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": diagnostic.span.and_then(|span| place(texts, span)).into_iter().collect::<Value>(),
        "relatedLocations": related.collect::<Value>(),
    })
}

/// SARIF 3.27.10.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// SARIF 3.28 to 3.30: lines and columns count from 1, the end column is exclusive.
fn place(texts: &Texts, span: Span) -> Option<Value> {
    let position = texts.position(span)?;
    Some(json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(position.path) },
        "region": {
            "startLine": position.line,
            "startColumn": position.column,
            "endLine": position.end_line,
            "endColumn": position.end_column,
        },
    }}))
}

/// A relative reference (RFC 3986 §4.2), or a `file` URI (RFC 8089 §2) for a path from the root: hosts
/// put what is relative behind their own address. What is not allowed in a path is percent-encoded.
fn uri(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&b);
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    let encoded = path.bytes().map(|b| match plain(b) {
        true => char::from(b).to_string(),
        false => format!("%{b:02X}"),
    });
    std::iter::once(scheme.to_owned()).chain(encoded).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::Sources;

    #[test]
    fn paths_become_references_or_uris() {
        assert_eq!(uri("b/a ø.md"), "b/a%20%C3%B8.md");
        assert_eq!(uri("/home/b/a#1.md"), "file:///home/b/a%231.md");
    }

    #[test]
    fn a_result_names_its_rule_and_its_places() {
        let mut sources = Sources::default();
        let file = sources.add("a ø.md", "ø x\nb\n");
        let mut diagnostics = Diagnostics::default();
        let complaint = Diagnostic::new(Code::MissingAlt, Span::new(file, 3..4), "no alt");
        diagnostics.push(complaint.related(Span::new(file, 0..2), "here").page("3").help("h"));
        diagnostics.push(Diagnostic::new(Code::UnusedCredit, None, "m"));
        let text = document(&Texts::new(Path::new("b"), &sources), &diagnostics);
        let document: Value = serde_json::from_str(&text).expect("it is JSON");
        let run = &document["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(2));
        let first = &run["results"][0];
        assert_eq!((&first["ruleId"], &first["level"]), (&json!("missing-alt"), &json!("error")));
        assert_eq!(first["message"]["text"], json!("no alt (page 3)\nhelp: h"));
        let place = &first["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], json!("b/a%20%C3%B8.md"));
        let region = json!({ "startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4 });
        assert_eq!(place["region"], region);
        assert_eq!(first["relatedLocations"][0]["message"]["text"], json!("here"));
        assert_eq!(run["results"][1]["locations"], json!([]));
    }
}
