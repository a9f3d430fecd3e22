//! What a value may look like, and how JSON Schema says it (draft 7, which editors know best).

use serde_json::{Map, Value, json};

/// What a value may look like.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// A text.
    Text,
    /// `true` or `false`.
    Truth,
    /// A whole number in a range.
    Whole(i64, i64),
    /// A number.
    Number,
    /// A day: a date, or a text of the same form.
    Day,
    /// One of a few words.
    Words(&'static [&'static str]),
    /// A list.
    List(&'static Form),
    /// A table.
    Table(&'static [Key]),
    /// A table whose keys are the author's.
    Named(&'static Form),
    /// One of several forms.
    Either(&'static [Form]),
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
    /// What it means, as an editor shows it.
    pub(super) meaning: &'static str,
    pub(super) is_required: bool,
}

/// A key that may be there.
pub(super) const fn key(name: &'static str, form: Form, meaning: &'static str) -> Key {
    Key { name, form, meaning, is_required: false }
}

/// A key that must be there.
pub(super) const fn required(name: &'static str, form: Form, meaning: &'static str) -> Key {
    Key { name, form, meaning, is_required: true }
}

/// A whole schema.
pub(super) fn document(title: &str, description: &str, form: Form) -> Value {
    let mut schema = schema(form);
    if let Value::Object(schema) = &mut schema {
        schema.insert("$schema".to_owned(), "http://json-schema.org/draft-07/schema#".into());
        schema.insert("title".to_owned(), title.into());
        schema.insert("description".to_owned(), description.into());
    }
    schema
}

/// Recursion is as deep as the tables above, which are constants.
fn schema(form: Form) -> Value {
    match form {
        Form::Text => json!({ "type": "string" }),
        Form::Truth => json!({ "type": "boolean" }),
        Form::Whole(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Form::Number => json!({ "type": "number" }),
        // Programs that check TOML give dates as texts.
        Form::Day => json!({ "type": "string", "format": "date" }),
        Form::Words(words) => json!({ "type": "string", "enum": words }),
        Form::List(item) => json!({ "type": "array", "items": schema(*item) }),
        Form::Named(value) => json!({ "type": "object", "additionalProperties": schema(*value) }),
        Form::Either(forms) => {
            json!({ "anyOf": forms.iter().map(|form| schema(*form)).collect::<Vec<_>>() })
        }
        Form::Table(keys) => table(keys),
    }
}

fn table(keys: &[Key]) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut schema = schema(key.form);
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".to_owned(), key.meaning.into());
        }
        properties.insert(key.name.to_owned(), schema);
    }
    let required: Vec<_> = keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let mut table = json!({
        "type": "object", "properties": properties, "additionalProperties": false
    });
    if let (Value::Object(table), false) = (&mut table, required.is_empty()) {
        table.insert("required".to_owned(), required.into());
    }
    table
}
