//! Records for pictures that have none, added to the text of a register without touching what is
//! there: comments, order and spaces stay.

use toml_edit::{Array, Datetime, DocumentMut, InlineTable, Item, Table, Value};

use super::{Picture, licence_of};
use crate::photo::{Linked, Record};

/// The first line of a register that did not exist.
const HEAD: &str = "# The photo register of this folder: one table per image file.\n";

/// The text with a table behind its end for each picture: filled with what the file says, and
/// with empty strings for what its author has to write.
pub(super) fn add(text: &str, pictures: &[&Picture]) -> Result<String, String> {
    let text = if text.trim().is_empty() { HEAD } else { text };
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    let mut added = DocumentMut::new();
    for picture in pictures {
        if document.contains_key(&picture.name) {
            continue;
        }
        let mut table = stub(picture.record.as_ref());
        table.decor_mut().set_prefix("\n");
        added.insert(&picture.name, Item::Table(table));
    }
    // The old text stays as it is, byte for byte; the two are only parsed together as a check.
    let gap = if text.ends_with('\n') { "" } else { "\n" };
    let joined = format!("{text}{gap}{added}");
    document = joined.parse().map_err(|error: toml_edit::TomlError| error.message().to_owned())?;
    debug_assert!(pictures.iter().all(|p| document.contains_key(&p.name)), "all were added");
    Ok(joined)
}

fn stub(record: Option<&Record>) -> Table {
    let mut table = Table::new();
    let words = |field: Option<&(String, crate::source::Span)>| {
        field.map(|(words, _)| Value::from(words.as_str()))
    };
    let known = |field: fn(&Record) -> Option<Value>| record.and_then(field);
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            table.insert(key, Item::Value(value));
        }
    };
    let or_blank = |value: Option<Value>| Some(value.unwrap_or_else(|| Value::from("")));
    put("title", words(record.and_then(|r| r.title.as_ref())));
    put("alt", or_blank(words(record.and_then(|r| r.alt.as_ref()))));
    put("long-description", words(record.and_then(|r| r.long_description.as_ref())));
    put("caption", words(record.and_then(|r| r.caption.as_ref())));
    put("creator", or_blank(known(|r| Some(linked("name", &r.creator.as_ref()?.0)))));
    put("credit", words(record.and_then(|r| r.credit.as_ref())));
    put("copyright", words(record.and_then(|r| r.copyright.as_ref())));
    put("licence", or_blank(known(licence)));
    put("source", known(|r| Some(linked("text", &r.source.as_ref()?.0))));
    put("date", known(|r| Some(day(&r.date?.0.iso()))));
    put("source-type", known(|r| Some(Value::from(r.origin?.0.term))));
    put("people", known(people));
    table
}

fn linked(key: &str, linked: &Linked) -> Value {
    match &linked.url {
        Some(url) if *url != linked.text => {
            let mut table = InlineTable::new();
            table.insert(key, linked.text.as_str().into());
            table.insert("url", url.as_str().into());
            Value::InlineTable(table)
        }
        Some(_) | None => Value::from(linked.text.as_str()),
    }
}

/// An identifier, or words with their address.
fn licence(record: &Record) -> Option<Value> {
    let (words, url) = licence_of(record)?;
    if matches!(record.licence, Some((crate::photo::Licence::Spdx(_), _))) {
        return Some(Value::from(words));
    }
    let mut table = InlineTable::new();
    table.insert("text", words.into());
    if let Some(url) = url {
        table.insert("url", url.into());
    }
    Some(Value::InlineTable(table))
}

/// A day is a date of TOML, a month or a year a string.
fn day(iso: &str) -> Value {
    match iso.parse::<Datetime>() {
        Ok(date) if iso.len() == 10 => Value::from(date),
        Ok(_) | Err(_) => Value::from(iso),
    }
}

fn people(record: &Record) -> Option<Value> {
    let names: Array = record.people.iter().map(|person| person.name.as_str()).collect();
    (!names.is_empty()).then_some(Value::Array(names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::{Licence, Taken};
    use crate::source::{FileId, Span};

    const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

    fn picture(name: &str, record: Option<Record>) -> Picture {
        let private = std::collections::BTreeSet::new();
        Picture { name: name.to_owned(), is_shown: true, is_there: true, record, private }
    }

    #[test]
    fn what_is_there_stays_and_what_is_known_is_filled_in() {
        let old = "# mine\n[\"a.jpg\"]   # odd\nalt =  'A'";
        let mut record = Record::empty(SPAN);
        let url = Some("https://example.org/".to_owned());
        record.creator = Some((Linked { text: "Ada \"A\"".to_owned(), url }, SPAN));
        record.licence = Some((Licence::Spdx("CC-BY-4.0"), SPAN));
        record.date = Some((Taken { year: 2018, month: Some(5), day: Some(4) }, SPAN));
        let (known, bare) = (picture("day 1/b.jpg", Some(record)), picture("c.jpg", None));
        let new = add(old, &[&known, &bare]).expect("the register can be read");
        assert_eq!(
            new,
            "# mine\n[\"a.jpg\"]   # odd\nalt =  'A'\n\n[\"day 1/b.jpg\"]\nalt = \"\"\n\
             creator = { name = 'Ada \"A\"', url = \"https://example.org/\" }\n\
             licence = \"CC-BY-4.0\"\ndate = 2018-05-04\n\n\
             [\"c.jpg\"]\nalt = \"\"\ncreator = \"\"\nlicence = \"\"\n"
        );
        assert!(
            add("", &[&bare])
                .expect("an empty register can be read")
                .starts_with("# The photo register")
        );
        assert!(add("[broken", &[&bare]).is_err());
    }
}
