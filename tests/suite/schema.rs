//! The JSON Schemas say what the readers read: every key, every type and every word is tried.
//!
//! For every table of a schema a project is made that has it, with a key that cannot exist: the
//! complaint lists the keys that the reader knows. For every key values of all types are tried:
//! the reader complains of the type exactly where the schema excludes it.

use std::collections::BTreeSet;

use endpaper::diag::{Code, Diagnostics};
use endpaper::project::{self, Store};
use endpaper::{manuscript, photo, schema};
use serde_json::Value;

/// Where a schema is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum File {
    Book,
    Chapter,
    Credits,
}

/// A step from a table to what is in it.
#[derive(Clone)]
enum Step {
    Key(String),
    /// The only item of a list.
    Item,
}

#[test]
fn book_toml_is_read_as_its_schema_says() {
    let mut found = Vec::new();
    visit(File::Book, &schema::book(), &mut Vec::new(), &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn front_matter_is_read_as_its_schema_says() {
    let mut found = Vec::new();
    visit(File::Chapter, &schema::chapter(), &mut Vec::new(), &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_register_is_read_as_its_schema_says() {
    let mut found = Vec::new();
    visit(File::Credits, &schema::credits(), &mut Vec::new(), &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn visit(file: File, schema: &Value, path: &mut Vec<Step>, found: &mut Vec<String>) {
    for form in forms(schema) {
        if let Some(properties) = form.get("properties").and_then(Value::as_object) {
            let known: BTreeSet<String> = properties.keys().cloned().collect();
            let read = known_keys(file, path);
            if known != read {
                let only =
                    |a: &BTreeSet<String>, b: &BTreeSet<String>| format!("{:?}", a.difference(b));
                let (more, less) = (only(&known, &read), only(&read, &known));
                found.push(format!("{}: only in the schema {more}, only read {less}", shown(path)));
            }
            for (key, value) in properties {
                path.push(Step::Key(key.clone()));
                check_types(file, value, path, found);
                visit(file, value, path, found);
                path.pop();
            }
        } else if let Some(value) = form.get("additionalProperties").filter(|v| v.is_object()) {
            path.push(Step::Key(if file == File::Credits { "a.jpg" } else { "own" }.to_owned()));
            visit(file, value, path, found);
            path.pop();
        } else if let Some(items) = form.get("items") {
            path.push(Step::Item);
            visit(file, items, path, found);
            path.pop();
        } else if let Some(words) = form.get("enum").and_then(Value::as_array) {
            let words: BTreeSet<&str> = words.iter().filter_map(Value::as_str).collect();
            let help = complaint(file, path, &toml::Value::from("qqqqqqqq"), Code::InvalidValue);
            let help = help.map(|(_, help)| help).unwrap_or_default();
            let read: BTreeSet<&str> = help.split('`').skip(1).step_by(2).collect();
            if words != read {
                found.push(format!("{}: {words:?} is not {read:?}", shown(path)));
            }
        }
    }
}

/// The forms that a value may have.
fn forms(schema: &Value) -> Vec<&Value> {
    match schema.get("anyOf").and_then(Value::as_array) {
        Some(forms) => forms.iter().collect(),
        None => vec![schema],
    }
}

/// Values of every type are refused exactly where the schema excludes them.
fn check_types(file: File, schema: &Value, path: &[Step], found: &mut Vec<String>) {
    let types: BTreeSet<&str> =
        forms(schema).iter().filter_map(|form| form["type"].as_str()).collect();
    let is_day = forms(schema).iter().any(|form| form["format"] == "date");
    let date: toml::value::Datetime = "2018-05-04".parse().expect("is a date");
    let samples: [(&str, toml::Value, bool); 6] = [
        ("string", toml::Value::from("2018-05-04"), types.contains("string")),
        ("boolean", toml::Value::from(true), types.contains("boolean")),
        ("integer", toml::Value::from(1), types.contains("integer") || types.contains("number")),
        ("date", toml::Value::Datetime(date), is_day),
        ("array", toml::Value::Array(Vec::new()), types.contains("array")),
        ("object", toml::Value::Table(toml::Table::new()), types.contains("object")),
    ];
    for (name, value, allowed) in samples {
        let refused = [Code::InvalidConfig, Code::InvalidFrontMatter]
            .into_iter()
            .filter_map(|code| complaint(file, path, &value, code))
            .any(|(message, _)| {
                message.contains(" must be ") || message.starts_with("a speaker is")
            });
        if refused == allowed {
            let word = if allowed { "allows" } else { "forbids" };
            found.push(format!("{}: the schema {word} {name}, the reader does not", shown(path)));
        }
    }
}

/// The keys that the reader of a table knows, from its complaint about one that cannot exist.
fn known_keys(file: File, path: &[Step]) -> BTreeSet<String> {
    let mut path = path.to_vec();
    path.push(Step::Key("qqqqqqqq".to_owned()));
    let codes = [Code::UnknownKey, Code::UnknownFrontMatterKey];
    let help =
        codes.into_iter().find_map(|code| complaint(file, &path, &toml::Value::from(1), code));
    let help = help.map(|(_, help)| help).unwrap_or_default();
    let words = help.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let not = ["", "known", "keys", "are"];
    words.filter(|word| !not.contains(word)).map(str::to_owned).collect()
}

/// Message and help of the first complaint of a kind about the value at a path.
fn complaint(
    file: File,
    path: &[Step],
    value: &toml::Value,
    code: Code,
) -> Option<(String, String)> {
    let mut value = value.clone();
    for step in path.iter().rev() {
        value = match step {
            Step::Key(key) => toml::Value::Table(toml::Table::from_iter([(key.clone(), value)])),
            Step::Item => toml::Value::Array(vec![value]),
        };
    }
    let mut config: toml::Table =
        "[book]\ntitle = \"A\"\nlanguage = \"en\"\n[contents]\nchapters = [\"a.md\"]\n"
            .parse()
            .expect("is TOML");
    if let (File::Book, toml::Value::Table(table)) = (file, &value) {
        merge(&mut config, table);
    }
    let front = match (file, &value) {
        (File::Chapter, toml::Value::Table(table)) => table.to_string(),
        _ => "title = \"A\"\n".to_owned(),
    };
    let credits = match (file, &value) {
        (File::Credits, toml::Value::Table(table)) => table.to_string(),
        _ => String::new(),
    };
    let files = [
        ("book.toml", config.to_string()),
        ("a.md", format!("+++\n{front}+++\n\nText.\n")),
        ("images/credits.toml", credits),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
    let mut diagnostics = Diagnostics::default();
    let project =
        project::load(Store::Memory(files.into()), &mut diagnostics).expect("memory is read");
    if let Some(project) = &project {
        manuscript::read(project, &mut diagnostics);
        photo::register::read(project, &mut diagnostics);
    }
    let found = diagnostics.iter().find(|d| d.code == code);
    found.map(|d| (d.message.clone(), d.help.clone().unwrap_or_default()))
}

/// Lays a table over another one.
fn merge(under: &mut toml::Table, over: &toml::Table) {
    for (key, value) in over {
        match (under.get_mut(key), value) {
            (Some(toml::Value::Table(under)), toml::Value::Table(over)) => merge(under, over),
            _ => {
                under.insert(key.clone(), value.clone());
            }
        }
    }
}

fn shown(path: &[Step]) -> String {
    let words = path.iter().map(|step| match step {
        Step::Key(key) => key.as_str(),
        Step::Item => "[]",
    });
    words.collect::<Vec<_>>().join(".")
}
