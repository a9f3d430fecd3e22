//! TOML front matter.

use super::value::{Entry, Moment, Node, Problem, Table, Value};
use serde_spanned::Spanned;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Reads TOML that begins at byte `offset` of its file. Of several mistakes on one line only the
/// first is told: the others are its consequences.
pub(super) fn parse(text: &str, offset: usize) -> (Table, Vec<Problem>) {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map(|range| range.start));
    let mut problems = Vec::new();
    let mut last_line = None;
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let line = text.as_bytes().iter().take(range.start).filter(|b| **b == b'\n').count();
        if last_line.replace(line) == Some(line) {
            continue;
        }
        let (start, end) = (range.start.min(text.len()), range.end.min(text.len()));
        problems.push(problem(error.message(), &text[start..end], start + offset..end + offset));
    }
    (convert_table(table.into_inner(), offset), problems)
}

fn problem(message: &str, written: &str, range: Range<usize>) -> Problem {
    if message == "duplicate key" {
        return Problem {
            range,
            message: format!("`{written}` is given twice"),
            help: Some("remove one of them".to_owned()),
        };
    }
    let message = message.replace('\n', "; ");
    Problem { range, message, help: Some("front matter between `+++` is TOML".to_owned()) }
}

fn convert_table(table: DeTable<'_>, offset: usize) -> Table {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_range: shift(key.span(), offset),
            key: key.into_inner().into_owned(),
            node: convert(value, offset),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_range.start);
    Table { entries }
}

/// Recursion is safe: the parser bounds the depth at 80.
fn convert(node: Spanned<DeValue<'_>>, offset: usize) -> Node {
    let range = shift(node.span(), offset);
    let value = match node.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(_) | DeValue::Float(_) => Value::Other("a number"),
        DeValue::Boolean(truth) => Value::Truth(truth),
        DeValue::Datetime(moment) => Value::Moment(Moment {
            date: moment.date.map(|d| (d.year, d.month, d.day)),
            time: moment.time.map(|t| (t.hour, t.minute)),
        }),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| convert(item, offset)).collect())
        }
        DeValue::Table(table) => Value::Table(convert_table(table, offset)),
    };
    Node { value, range }
}

fn shift(range: Range<usize>, offset: usize) -> Range<usize> {
    range.start + offset..range.end + offset
}
