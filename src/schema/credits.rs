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
    key("changes", Form::Text, "What was done to the maker's picture: cropped"),
    key("source-type", Form::Text, "How it came to be, a term of the IPTC: digitalCapture"),
    key("people", Form::List(&SHOWN), "Who is shown"),
    key("consent", CONSENT, "The consent of everybody who is shown"),
    key("permission", Form::Table(PERMISSION), "How far the maker's permission goes"),
    key("decorative", Form::Truth, "True when nothing is lost by not seeing it"),
];

const CONSENT: Form = Form::Words(&["public", "internal", "none"]);

const SHOWN: Form = Form::Either(&[Form::Text, Form::Table(PERSON)]);

const PERSON: &[Key] =
    &[required("name", Form::Text, "Their name"), key("consent", CONSENT, "Their own consent")];

const PERMISSION: &[Key] = &[
    key("editions", Form::List(&Form::Text), "Names of editions, or epub"),
    key("expires", Form::Day, "The last day"),
    key("territory", Form::List(&Form::Text), "Countries: DE"),
];

const WORDS: Form = Form::Either(&[Form::Text, Form::Table(LINKED)]);

const NAMED: &[Key] =
    &[required("name", Form::Text, "Their name"), key("url", Form::Text, "Their page: https://…")];

const LINKED: &[Key] = &[
    required("text", Form::Text, "In words"),
    key("url", Form::Text, "Where it can be read: https://…"),
];
