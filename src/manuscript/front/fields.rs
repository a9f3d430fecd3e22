//! What the keys of front matter mean.
//!
//! Every key that is asked for is noted; [`Fields::finish`] complains about those that nobody
//! asked for, and suggests one that somebody did, so the list of keys is written once. No mistake
//! hides another: a wrong value is as good as none and reading goes on.

use super::moments;
use super::value::{Entry, Moment, Node, Table, Value};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::tidy::clean;
use crate::manuscript::tree::{FrontMatter, Spanned, SpeakerFields, Talk};
use crate::project::fields::nearest;
use crate::source::{FileId, Span};

/// The front matter that a table says; its place is the caller's.
pub(super) fn read(file: FileId, table: Table, diagnostics: &mut Diagnostics) -> FrontMatter {
    let mut fields = Fields::new(file, table, diagnostics);
    let front = FrontMatter {
        span: None,
        title: fields.text("title"),
        subtitle: fields.text("subtitle"),
        summary: fields.text("abstract"),
        running: fields.text("running"),
        id: fields.text("id"),
        language: fields.text("language"),
        photo: fields.text("photo"),
        numbered: fields.truth("numbered"),
        talk: Talk {
            speakers: fields.speakers(),
            session: fields.text("session"),
            day: fields.day(),
            time: fields.time(),
            room: fields.text("room"),
            slides: fields.text("slides"),
            video: fields.text("video"),
        },
    };
    fields.finish();
    front
}

struct Fields<'a> {
    file: FileId,
    entries: Vec<Entry>,
    asked: Vec<&'static str>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Fields<'a> {
    fn new(file: FileId, table: Table, diagnostics: &'a mut Diagnostics) -> Self {
        Self { file, entries: table.entries, asked: Vec::new(), diagnostics }
    }

    fn take(&mut self, key: &'static str) -> Option<Node> {
        self.asked.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        let entry = self.entries.remove(at);
        if entry.node.value == Value::Nothing {
            let span = Span::new(self.file, entry.key_range);
            self.complain(span, format!("`{key}` has no value"), "give it one, or remove the key");
            return None;
        }
        Some(entry.node)
    }

    /// A text that says something.
    fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.take(key)?;
        self.as_text(key, node)
    }

    fn as_text(&mut self, key: &str, node: Node) -> Option<Spanned<String>> {
        let span = Span::new(self.file, node.range);
        match node.value {
            Value::Text(text) if text.trim().is_empty() => {
                let help = "say something, or remove it";
                self.complain(span, format!("`{key}` is empty"), help);
                None
            }
            Value::Text(text) => Some((clean(text.trim()), span)),
            other => {
                let help = match &other {
                    Value::Moment(_) | Value::Truth(_) | Value::Other(_) => "put quotes around it",
                    Value::Text(_) | Value::Nothing | Value::List(_) | Value::Table(_) => {
                        "write one text"
                    }
                };
                self.wrong_type(key, span, "a text", &other, help);
                None
            }
        }
    }

    /// YAML's truth values are texts here.
    fn truth(&mut self, key: &'static str) -> Option<bool> {
        let node = self.take(key)?;
        match &node.value {
            Value::Truth(truth) => return Some(*truth),
            Value::Text(text) if text == "true" => return Some(true),
            Value::Text(text) if text == "false" => return Some(false),
            Value::Text(_)
            | Value::Moment(_)
            | Value::Other(_)
            | Value::Nothing
            | Value::List(_)
            | Value::Table(_) => {}
        }
        let span = Span::new(self.file, node.range);
        self.wrong_type(key, span, "a truth value", &node.value, "write `true` or `false`");
        None
    }

    fn day(&mut self) -> Option<Spanned<(u16, u8, u8)>> {
        let node = self.take("day")?;
        let span = Span::new(self.file, node.range);
        let day = match &node.value {
            Value::Text(text) => moments::day(text.trim()),
            Value::Moment(Moment { date, .. }) => date.filter(|date| moments::is_day(*date)),
            Value::Truth(_)
            | Value::Other(_)
            | Value::Nothing
            | Value::List(_)
            | Value::Table(_) => {
                self.wrong_type("day", span, "a date", &node.value, "write it as `2018-05-04`");
                return None;
            }
        };
        if day.is_none() {
            self.complain(span, "`day` is not a day of the calendar", "write it as `2018-05-04`");
        }
        day.map(|day| (day, span))
    }

    fn time(&mut self) -> Option<Spanned<String>> {
        let help = "write it as `14:00` or `14:00-14:35`";
        let node = self.take("time")?;
        let span = Span::new(self.file, node.range);
        let time = match &node.value {
            Value::Text(text) => moments::time(text.trim()),
            Value::Moment(Moment { date: None, time: Some((hour, minute)) }) => {
                Some(format!("{hour:02}:{minute:02}"))
            }
            Value::Moment(_)
            | Value::Truth(_)
            | Value::Other(_)
            | Value::Nothing
            | Value::List(_)
            | Value::Table(_) => {
                self.wrong_type("time", span, "a time", &node.value, help);
                return None;
            }
        };
        if time.is_none() {
            self.complain(span, "`time` is not a time of the day", help);
        }
        time.map(|time| (time, span))
    }

    /// A list of names, of tables, or of both.
    fn speakers(&mut self) -> Vec<SpeakerFields> {
        let Some(node) = self.take("speakers") else { return Vec::new() };
        match node.value {
            Value::List(items) => items.into_iter().filter_map(|item| self.speaker(item)).collect(),
            other => {
                let span = Span::new(self.file, node.range);
                let help = "write `[\"Liz Rice\"]`, or a table with `name`, `role`, … for each";
                self.wrong_type("speakers", span, "a list", &other, help);
                Vec::new()
            }
        }
    }

    fn speaker(&mut self, node: Node) -> Option<SpeakerFields> {
        let span = Span::new(self.file, node.range.clone());
        let Value::Table(table) = node.value else {
            if !matches!(node.value, Value::Text(_)) {
                let message = format!("a speaker is a name or a table, not {}", node.value.name());
                self.complain(span, message, "write the name in quotes");
                return None;
            }
            let name = self.as_text("speakers", node)?;
            return Some(SpeakerFields {
                name,
                sort: None,
                role: None,
                organisation: None,
                url: None,
            });
        };
        let mut fields = Fields::new(self.file, table, self.diagnostics);
        let named = fields.entries.iter().any(|entry| entry.key == "name");
        let name = fields.text("name");
        let (sort, role) = (fields.text("sort"), fields.text("role"));
        let organisation = fields.organisation();
        let url = fields.text("url");
        fields.finish();
        if !named {
            self.complain(span, "a speaker has no `name`", "add `name`");
        }
        Some(SpeakerFields { name: name?, sort, role, organisation, url })
    }

    /// Both spellings are right, but not both at once.
    fn organisation(&mut self) -> Option<Spanned<String>> {
        let british = self.text("organisation");
        let american = self.text("organization");
        if let (Some(_), Some((_, span))) = (&british, &american) {
            self.complain(*span, "`organization` is `organisation` again", "remove one of them");
        }
        british.or(american)
    }

    /// What is left was not asked for.
    fn finish(self) {
        for entry in self.entries {
            let span = Span::new(self.file, entry.key_range);
            let help = match meant(&entry.key, &self.asked) {
                Some(key) => format!("did you mean `{key}`?"),
                None => {
                    let keys: Vec<String> = self.asked.iter().map(|k| format!("`{k}`")).collect();
                    format!("known keys are {}", keys.join(", "))
                }
            };
            let message = format!("there is no key `{}`", clean(&entry.key).replace('\n', " "));
            self.diagnostics
                .push(Diagnostic::new(Code::UnknownFrontMatterKey, span, message).help(help));
        }
    }

    fn wrong_type(&mut self, key: &str, span: Span, wanted: &str, found: &Value, help: &str) {
        let message = format!("`{key}` must be {wanted}, not {}", found.name());
        self.complain(span, message, help);
    }

    fn complain(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.diagnostics.push(Diagnostic::new(Code::InvalidFrontMatter, span, message).help(help));
    }
}

/// The key that `written` was probably meant to be: what people bring from other tools, or what
/// looks alike.
fn meant(written: &str, keys: &[&'static str]) -> Option<&'static str> {
    let known = match written.to_lowercase().as_str() {
        "summary" | "description" => Some("abstract"),
        "author" | "authors" | "presenters" => Some("speakers"),
        "date" => Some("day"),
        "image" | "cover" => Some("photo"),
        "short-title" | "short_title" => Some("running"),
        "company" | "affiliation" => Some("organisation"),
        "link" | "website" => Some("url"),
        _ => None,
    };
    let known = known.and_then(|known| keys.iter().copied().find(|key| *key == known));
    known.or_else(|| nearest(written, keys.iter().copied()))
}
