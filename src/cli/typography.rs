//! The typographic report (`--report`): how lines and pages of each edition came out.

use super::arguments::Format;
use super::make::Made;
use super::report::Texts;
use super::{Failure, tell};
use crate::layout::{Finding, Statistics};

/// Tells the numbers of all editions, and where there is what they count, as far as it is no fault.
pub(super) fn report(format: Format, made: &Made) -> Result<(), Failure> {
    let mut text = String::new();
    for ((name, statistics), findings) in made.statistics.iter().zip(&made.findings) {
        match format {
            Format::Human => {
                text.push_str(&table(name, statistics));
                text.extend(findings.iter().filter_map(|finding| place(&made.texts, finding)));
            }
            // A SARIF document has complaints and nothing else.
            Format::Sarif => {}
            Format::Json => text.push_str(&line(name, statistics, places(&made.texts, findings))),
        }
    }
    tell(&text)
}

/// "  tables turned: book/chapters/03-istio.md:57:1, page 12"
fn place(texts: &Texts, finding: &Finding) -> Option<String> {
    let at = texts.position(finding.span)?;
    let what = finding.remark.name().replace('-', " ");
    Some(format!("  {what}: {}:{}:{}, page {}\n", at.path, at.line, at.column, finding.page))
}

fn places(texts: &Texts, findings: &[Finding]) -> Vec<serde_json::Value> {
    let place = |finding: &Finding| {
        let at = texts.position(finding.span)?;
        let what = finding.remark.name();
        let (path, line, column) = (at.path, at.line, at.column);
        let page = &finding.page;
        Some(serde_json::json!({
            "what": what, "path": path, "line": line, "column": column, "page": page
        }))
    };
    findings.iter().filter_map(place).collect()
}

/// A small table: names at the left, numbers flush right, shares of the justified lines beside.
fn table(name: &str, statistics: &Statistics) -> String {
    let rows = statistics.rows();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut text = format!("edition {name}\n");
    for (row, number) in rows {
        let share = match row {
            "hyphenated-lines" | "loose-lines" => share(number, statistics.justified),
            _ => String::new(),
        };
        text.push_str(&format!("  {:width$}  {number:>7}{share}\n", row.replace('-', " ")));
    }
    text
}

/// "  7.02 %", in whole hundredths.
fn share(part: u64, whole: u64) -> String {
    let hundredths = part * 10_000 / whole.max(1);
    format!("  {}.{:02} %", hundredths / 100, hundredths % 100)
}

/// One JSON object on a line.
fn line(name: &str, statistics: &Statistics, findings: Vec<serde_json::Value>) -> String {
    let mut object = serde_json::Map::new();
    object.insert("edition".to_owned(), name.into());
    for (row, number) in statistics.rows() {
        object.insert(row.to_owned(), number.into());
    }
    object.insert("findings".to_owned(), findings.into());
    format!("{}\n", serde_json::Value::Object(object))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_gives_shares_of_justified_lines() {
        let statistics =
            Statistics { justified: 1000, hyphenated: 70, loose: 13, ..Statistics::default() };
        let text = table("book", &statistics);
        assert!(text.contains("hyphenated lines            70  7.00 %\n"), "{text}");
        assert!(text.contains("loose lines                 13  1.30 %\n"), "{text}");
    }

    #[test]
    fn a_line_is_a_json_object() {
        let text = line("book", &Statistics { pages: 3, ..Statistics::default() }, Vec::new());
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!((value["edition"].as_str(), value["pages"].as_u64()), (Some("book"), Some(3)));
    }
}
