//! The schema of the photo register.

use serde_json::Value;

use super::form::{Form, Key, document, key, required};

/// The JSON Schema of the photo register.
pub fn credits() -> Value {
    let description = "A table for each picture, named after its file: [\"harbour.jpg\"]";
    document("Photo register of an Endpaper book", description, Form::Named(&Form::Table(RECORD)))
}

const RECORD: &[Key] = &[
    key("title", Form::Text, "The picture's own title"),
    key("alt", Form::Text, "What is seen, for those who do not see it; required unless decorative"),
    key("caption", Form::Text, "What is written below it"),
    key("long-description", Form::Text, "A long description"),
    key("credit", Form::Text, "The line below the caption, as the creator wants it"),
    key("copyright", Form::Text, "The copyright notice"),
    key("creator", Form::Either(&[Form::Text, Form::Table(NAMED)]), "Who made it"),
    key("licence", WORDS, "SPDX identifier, or { text, url }"),
    key("source", WORDS, "Where it is from"),
    key("date", Form::Day, "When it was made: a day, or a year or month in quotes"),
    key("after", WORDS, "Whose work it was made after"),
    key("decorative", Form::Truth, "True when nothing is lost by not seeing it"),
];

const WORDS: Form = Form::Either(&[Form::Text, Form::Table(LINKED)]);

const NAMED: &[Key] =
    &[required("name", Form::Text, "Their name"), key("url", Form::Text, "Their page: https://…")];

const LINKED: &[Key] = &[
    required("text", Form::Text, "In words"),
    key("url", Form::Text, "Where it can be read: https://…"),
];
