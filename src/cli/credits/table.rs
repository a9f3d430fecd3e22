//! The register as a table: for people, as CSV (RFC 4180), as JSON.

use serde_json::{Map, Value};

use super::{Picture, licence_of};
use crate::cli::report::Texts;
use crate::diag::Diagnostics;
use crate::photo::{Linked, Record};
use crate::source::Span;

/// So many characters of a creator or licence are shown to people.
const WIDEST: usize = 36;

/// What a record must have and does not; nothing is asked of the alt text of a decoration.
pub(super) fn gaps(record: Option<&Record>) -> Vec<&'static str> {
    let Some(record) = record else { return vec!["creator", "licence", "alt"] };
    let mut gaps = Vec::new();
    if record.creator.is_none() && record.credit.is_none() {
        gaps.push("creator");
    }
    if record.licence.is_none() {
        gaps.push("licence");
    }
    if record.alt.is_none() && !record.decorative {
        gaps.push("alt");
    }
    gaps
}

/// One line a picture, in columns.
pub(super) fn human(pictures: &[Picture]) -> String {
    let head = ["file", "creator", "licence", "shown", "missing"].map(str::to_owned);
    let mut rows = vec![head];
    for picture in pictures {
        let record = picture.record.as_ref();
        let creator = record.and_then(|r| r.creator.as_ref()).map(|(creator, _)| &creator.text);
        let creator = creator.or(record.and_then(|r| r.credit.as_ref()).map(|(words, _)| words));
        let licence = record.and_then(licence_of).map(|(words, _)| words);
        let mut missing = gaps(record);
        if !picture.is_registered() {
            missing.insert(0, "record");
        }
        if !picture.is_there {
            missing.insert(0, "file");
        }
        rows.push([
            picture.name.clone(),
            cut(creator.map_or("–", String::as_str)),
            cut(licence.unwrap_or("–")),
            if picture.is_shown { "yes" } else { "no" }.to_owned(),
            missing.join(", "),
        ]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..5).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

fn cut(words: &str) -> String {
    match words.char_indices().nth(WIDEST) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}

/// A head and one record a picture.
pub(super) fn csv(pictures: &[Picture]) -> String {
    let mut lines = Vec::with_capacity(pictures.len() + 1);
    for picture in pictures {
        let fields = fields(picture);
        if lines.is_empty() {
            lines.push(line(fields.iter().map(|(key, _)| (*key).to_owned())));
        }
        lines.push(line(fields.into_iter().map(|(_, value)| plain(&value))));
    }
    lines.concat()
}

/// A list of objects.
pub(super) fn json(pictures: &[Picture]) -> String {
    let objects = pictures.iter().map(|picture| {
        let fields = fields(picture).into_iter().map(|(key, value)| (key.to_owned(), value));
        Value::Object(fields.collect::<Map<_, _>>()).to_string()
    });
    format!("[\n{}\n]\n", objects.collect::<Vec<_>>().join(",\n"))
}

/// Complaints as CSV.
pub(super) fn complaints(texts: &Texts, diagnostics: &Diagnostics) -> String {
    let head = ["severity", "code", "path", "line", "column", "message", "help"];
    let mut out = line(head.into_iter().map(str::to_owned));
    for diagnostic in diagnostics.iter() {
        let place = diagnostic.span.and_then(|span| texts.position(span));
        let number = |n: Option<usize>| n.map(|n| n.to_string()).unwrap_or_default();
        out += &line([
            diagnostic.severity.name().to_owned(),
            diagnostic.code.name().to_owned(),
            place.as_ref().map(|p| p.path.to_owned()).unwrap_or_default(),
            number(place.as_ref().map(|p| p.line)),
            number(place.as_ref().map(|p| p.column)),
            diagnostic.message.clone(),
            diagnostic.help.clone().unwrap_or_default(),
        ]);
    }
    out
}

/// Every field by its name in the register, `null` where nothing is said.
fn fields(picture: &Picture) -> Vec<(&'static str, Value)> {
    let record = picture.record.as_ref();
    let text = |field: fn(&Record) -> &Option<(String, Span)>| {
        said(record.and_then(|r| field(r).as_ref()).map(|(words, _)| words.as_str()))
    };
    let linked = |field: fn(&Record) -> &Option<(Linked, Span)>| {
        let linked = record.and_then(|r| field(r).as_ref()).map(|(linked, _)| linked);
        (said(linked.map(|l| l.text.as_str())), said(linked.and_then(|l| l.url.as_deref())))
    };
    let (creator, creator_url) = linked(|r| &r.creator);
    let (source, source_url) = linked(|r| &r.source);
    let (after, after_url) = linked(|r| &r.after);
    let licence = record.and_then(licence_of);
    let mut fields = vec![
        ("file", Value::from(picture.name.as_str())),
        ("exists", Value::from(picture.is_there)),
        ("shown", Value::from(picture.is_shown)),
        ("registered", Value::from(picture.is_registered())),
        ("missing", list(gaps(record))),
        ("title", text(|r| &r.title)),
        ("alt", text(|r| &r.alt)),
        ("long-description", text(|r| &r.long_description)),
        ("caption", text(|r| &r.caption)),
        ("creator", creator),
        ("creator-url", creator_url),
        ("credit", text(|r| &r.credit)),
        ("copyright", text(|r| &r.copyright)),
        ("licence", said(licence.map(|(words, _)| words))),
        ("licence-url", said(licence.and_then(|(_, url)| url))),
        ("source", source),
        ("source-url", source_url),
        ("after", after),
        ("after-url", after_url),
        ("changes", text(|r| &r.changes)),
    ];
    fields.extend(limits(record));
    fields.push(("private", list(picture.private.iter().map(|kind| kind.name()))));
    fields
}

fn limits(record: Option<&Record>) -> [(&'static str, Value); 8] {
    let date = record.and_then(|r| r.date).map(|(date, _)| date.iso());
    let people = record.map(|r| r.people.as_slice()).unwrap_or_default();
    let people = people.iter().map(|person| match person.consent {
        Some(consent) => format!("{} ({})", person.name, consent.name()),
        None => person.name.clone(),
    });
    let consent = record.and_then(|r| r.consent).map(|(consent, _)| consent.name());
    let permission = record.map(|r| &r.permission);
    let editions = permission.and_then(|p| p.editions.as_ref()).map(|(names, _)| names.clone());
    let territory = permission.and_then(|p| p.territory.as_ref()).map(|(all, _)| all.clone());
    let expires = permission
        .and_then(|p| p.expires)
        .map(|((year, month, day), _)| format!("{year:04}-{month:02}-{day:02}"));
    [
        ("date", said(date.as_deref())),
        ("source-type", said(record.and_then(|r| r.origin).map(|(origin, _)| origin.term))),
        ("people", list(people)),
        ("consent", said(consent)),
        ("editions", editions.map_or(Value::Null, list)),
        ("expires", said(expires.as_deref())),
        ("territory", territory.map_or(Value::Null, list)),
        ("decorative", Value::from(record.is_some_and(|r| r.decorative))),
    ]
}

fn said(words: Option<&str>) -> Value {
    words.map_or(Value::Null, Value::from)
}

fn list<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Value {
    Value::Array(items.into_iter().map(|item| Value::String(item.into())).collect())
}

/// A value as a cell: lists with semicolons, nothing for `null`.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => words.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

/// Cells with commas between them; quotation marks around those that need them.
fn line(cells: impl IntoIterator<Item = String>) -> String {
    let quoted = cells.into_iter().map(|cell| {
        let needs = cell.contains([',', '"', '\n', '\r']);
        if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    });
    format!("{}\r\n", quoted.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let cells = ["plain", "a, b", "say \"x\"", ""].map(str::to_owned);
        assert_eq!(line(cells), "plain,\"a, b\",\"say \"\"x\"\"\",\r\n");
    }

    #[test]
    fn a_picture_of_which_nothing_is_known_lacks_everything() {
        let lost = Picture {
            name: "ä.jpg".to_owned(),
            is_shown: true,
            is_there: false,
            record: None,
            private: std::collections::BTreeSet::new(),
        };
        let shown = human(&[lost]);
        assert_eq!(
            shown,
            "file   creator  licence  shown  missing\n\
             ä.jpg  –        –        yes    file, record, creator, licence, alt\n"
        );
    }
}
