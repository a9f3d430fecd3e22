//! The schema of front matter.

use serde_json::Value;

use super::form::{Form, Key, document, key, required};

/// The JSON Schema of a chapter's front matter.
pub fn chapter() -> Value {
    let description = "What stands before a chapter, in TOML (`+++`) or YAML (`---`)";
    document("Front matter of an Endpaper chapter", description, Form::Table(CHAPTER))
}

const CHAPTER: &[Key] = &[
    key("title", Form::Text, "The title; the first heading unless given"),
    key("subtitle", Form::Text, "Second title"),
    key("abstract", Form::Text, "What it is about, in short; blank lines part paragraphs"),
    key("running", Form::Text, "A short title for the running head"),
    key("id", Form::Text, "The chapter's own anchor"),
    key("language", Form::Text, "A BCP 47 tag, where it is not the book's language"),
    key("photo", Form::Text, "The picture that the chapter opens with"),
    key("numbered", Form::Truth, "Whether the chapter has a number, where chapters have them"),
    key("speakers", Form::List(&SPEAKER), "Who gave the talk; makes the chapter a talk"),
    key("session", Form::Text, "The kind of session: keynote, talk, workshop, …"),
    key("day", Form::Day, "The day of the talk: 2018-05-04"),
    key("time", Form::Text, "Its time: 14:00 or 14:00-14:35"),
    key("room", Form::Text, "Its room"),
    key("slides", Form::Text, "Address of the slides"),
    key("video", Form::Text, "Address of the recording"),
];

const SPEAKER: Form = Form::Either(&[Form::Text, Form::Table(PERSON)]);

const PERSON: &[Key] = &[
    required("name", Form::Text, "As printed"),
    key("sort", Form::Text, "As sorted: Rice, Liz; made from the name unless given"),
    key("role", Form::Text, "What they do"),
    key("organisation", Form::Text, "For whom"),
    key("organization", Form::Text, "The same, in American spelling"),
    key("url", Form::Text, "Their page"),
];
