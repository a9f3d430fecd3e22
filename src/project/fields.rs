//! Reading TOML with a place on every key and value, and without stopping at the first mistake.
//!
//! A [`Fields`] is a table being read. Each key that is asked for is noted; [`Fields::finish`]
//! complains about every key that nobody asked for, and suggests one that somebody did. So the
//! list of known keys is never written down twice. What the values mean is the callers' part.

use super::day;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Sources, Span};
use std::ops::RangeInclusive;
use toml::de::{DeTable, DeValue};

/// A value and its place.
pub(crate) type Spanned<T> = (T, Span);

/// A table being read.
pub(crate) struct Fields<'a> {
    /// Where the table is: its header, its braces, or its key.
    pub(crate) span: Span,
    name: String,
    entries: Vec<Entry<'a>>,
    asked: Vec<&'static str>,
}

struct Entry<'a> {
    key: &'a str,
    value: Value<'a>,
    taken: bool,
}

/// A value that nothing is known about yet.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    /// Where it is written.
    pub(crate) span: Span,
    /// Where its key is written; for an item of a list the item itself.
    pub(crate) key_span: Span,
    node: &'a DeValue<'a>,
}

/// Parses a text and gives its top table to `read`. Syntax errors are reported, one for each line;
/// with any of them `None` is returned, because what follows one is guesswork. A key given twice
/// is reported and the first one holds.
pub(crate) fn parse<T>(
    sources: &Sources,
    file: FileId,
    diagnostics: &mut Diagnostics,
    read: impl FnOnce(Fields<'_>, &mut Diagnostics) -> T,
) -> Option<T> {
    let text = &sources.get(file).text;
    let (table, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map(|range| range.start));
    let mut broken = false;
    let mut last_line = 0;
    for error in &errors {
        let mut span = Span::new(file, error.span().unwrap_or(0..0));
        let duplicate = error.message() == "duplicate key";
        broken |= !duplicate;
        let line = sources.line_column(span).line;
        if line == last_line && !duplicate {
            continue;
        }
        last_line = line;
        if span.start == span.end && text.is_char_boundary(span.end as usize + 1) {
            span.end += 1;
        }
        diagnostics.push(if duplicate {
            let key = sources.slice(span).to_owned();
            Diagnostic::new(Code::InvalidConfig, span, format!("`{key}` is given twice"))
                .help("remove one of them")
        } else {
            Diagnostic::new(Code::InvalidConfig, span, error.message().to_owned())
        });
    }
    if broken {
        return None;
    }
    let span = Span::new(file, 0..0);
    Some(read(Fields::new(String::new(), span, table.get_ref()), diagnostics))
}

/// The candidate that `written` was probably meant to be.
pub(crate) fn nearest<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let plain = |s: &str| s.to_lowercase().replace(['_', ' '], "-");
    let written = plain(written);
    let allowed = (written.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let meant = plain(candidate);
            if written.len() > 2 && meant.starts_with(&written) {
                return Some((usize::from(meant.len() > written.len()), candidate));
            }
            let is_near = fewest_edits(&written, &meant) <= allowed;
            is_near.then(|| (strsim::damerau_levenshtein(&written, &meant), candidate))
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// No fewer edits than these lead from one text to the other: of the bytes that only one of them has,
/// each edit takes away one character's, or puts one's there, or both. To count bytes is far less work
/// than to find the edits.
fn fewest_edits(one: &str, other: &str) -> usize {
    let mut counts = [0i32; 256];
    one.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    other.bytes().for_each(|byte| counts[usize::from(byte)] -= 1);
    let sum = |sign: i32| counts.iter().map(|count| (count * sign).max(0)).sum::<i32>();
    // An edit changes a character, which has up to four bytes.
    let longest = if one.is_ascii() && other.is_ascii() { 1 } else { 4 };
    sum(1).max(sum(-1)).unsigned_abs() as usize / longest
}

/// A list of names as people say it: `a`, `b` or `c`.
pub(crate) fn one_of<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

impl<'a> Fields<'a> {
    fn new(name: String, span: Span, table: &'a DeTable<'a>) -> Self {
        let mut entries: Vec<Entry<'a>> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().as_ref(),
                value: Value {
                    span: Span::new(span.file, value.span()),
                    key_span: Span::new(span.file, key.span()),
                    node: value.get_ref(),
                },
                taken: false,
            })
            .collect();
        entries.sort_by_key(|entry| entry.value.key_span.start);
        Self { span, name, entries, asked: Vec::new() }
    }

    /// A table without keys.
    pub(crate) fn empty(name: &str, span: Span) -> Self {
        Self { span, name: name.to_owned(), entries: Vec::new(), asked: Vec::new() }
    }

    /// Whether a key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// Forgets all other keys.
    pub(crate) fn keep(&mut self, keys: &[&str]) {
        self.entries.retain(|entry| keys.contains(&entry.key));
    }

    /// The value of a key that is not there.
    pub(crate) fn default(&mut self, key: &'static str, node: &'a DeValue<'a>) {
        if !self.has(key) {
            let value = Value { span: self.span, key_span: self.span, node };
            self.entries.push(Entry { key, value, taken: false });
        }
    }

    /// Takes over the keys of another table of the same kind.
    pub(crate) fn override_with(&mut self, other: Self) {
        self.entries.retain(|entry| !other.has(entry.key));
        self.entries.extend(other.entries);
    }

    /// The value of a key.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<Value<'a>> {
        self.asked.push(key);
        let entry = self.entries.iter_mut().find(|entry| entry.key == key)?;
        entry.taken = true;
        Some(entry.value)
    }

    /// The value of a key, which must be there.
    pub(crate) fn require(
        &mut self,
        key: &'static str,
        example: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            let place = if self.name.is_empty() {
                "the file".to_owned()
            } else {
                format!("`{}`", self.name)
            };
            diagnostics.push(
                Diagnostic::new(Code::MissingKey, self.span, format!("{place} has no `{key}`"))
                    .help(format!("add `{key} = {example}`")),
            );
        }
        value
    }

    /// The string of a key.
    pub(crate) fn string(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<String>> {
        self.get(key)?.string(key, diagnostics)
    }

    /// The truth value of a key.
    pub(crate) fn boolean(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<bool> {
        self.get(key)?.boolean(key, diagnostics)
    }

    /// The whole number of a key, which must lie in a range.
    pub(crate) fn integer(
        &mut self,
        key: &'static str,
        range: RangeInclusive<i64>,
        diagnostics: &mut Diagnostics,
    ) -> Option<i64> {
        self.get(key)?.integer(key, range, diagnostics)
    }

    /// The table of a key.
    pub(crate) fn table(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Fields<'a>> {
        self.get(key)?.table(&self.path(key), diagnostics)
    }

    /// One of a few words.
    pub(crate) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        self.get(key)?.word(key, words, diagnostics)
    }

    /// Every entry that was not asked for yet, for tables whose keys are the author's: editions,
    /// words, file names.
    pub(crate) fn rest(&mut self) -> Vec<(&'a str, Value<'a>)> {
        self.entries
            .iter_mut()
            .filter(|entry| !entry.taken)
            .map(|entry| {
                entry.taken = true;
                (entry.key, entry.value)
            })
            .collect()
    }

    /// Complains about every key that nobody asked for.
    pub(crate) fn finish(self, diagnostics: &mut Diagnostics) {
        for entry in self.entries.iter().filter(|entry| !entry.taken) {
            let path = self.path(entry.key);
            let help = match nearest(entry.key, self.asked.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("known keys: {}", self.asked.join(", ")),
            };
            diagnostics.push(
                Diagnostic::new(
                    Code::UnknownKey,
                    entry.value.key_span,
                    format!("there is no key `{path}`"),
                )
                .help(help),
            );
        }
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

impl<'a> Value<'a> {
    /// A string, without space around it; characters that no document may hold are refused.
    pub(crate) fn string(
        self,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<String>> {
        let DeValue::String(text) = self.node else {
            self.wrong_type(name, "a string", diagnostics);
            return None;
        };
        // The characters XML 1.0 §2.2 excludes: neither edition could hold them.
        let excluded = |c: char| {
            (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
        };
        if let Some(bad) = text.chars().find(|c| excluded(*c)) {
            let message = format!("`{name}` holds the control character U+{:04X}", u32::from(bad));
            diagnostics.push(Diagnostic::new(Code::InvalidValue, self.span, message));
            return None;
        }
        Some((text.trim().to_owned(), self.span))
    }

    /// A number as it is written, so that no digit is lost to floating point.
    pub(crate) fn number(
        self,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<&'a str>> {
        let written = match self.node {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            DeValue::Float(number) => Some(number.as_str()),
            DeValue::Integer(_)
            | DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        };
        if written.is_none() {
            self.wrong_type(name, "a number such as `0.85`", diagnostics);
        }
        written.map(|number| (number, self.span))
    }

    /// A whole number in a range.
    pub(crate) fn integer(
        self,
        name: &str,
        range: RangeInclusive<i64>,
        diagnostics: &mut Diagnostics,
    ) -> Option<i64> {
        let DeValue::Integer(written) = self.node else {
            self.wrong_type(name, "a whole number", diagnostics);
            return None;
        };
        let number = i64::from_str_radix(written.as_str(), written.radix()).ok();
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let message = format!("`{written}` is no value of `{name}`");
            let help = format!("write a number from {} to {}", range.start(), range.end());
            let complaint = Diagnostic::new(Code::InvalidValue, self.span, message);
            diagnostics.push(complaint.help(help));
        }
        number
    }

    /// A truth value.
    pub(crate) fn boolean(self, name: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
        let found = self.node.as_bool();
        if found.is_none() {
            self.wrong_type(name, "`true` or `false`", diagnostics);
        }
        found
    }

    /// One of a few words.
    pub(crate) fn word<T: Copy>(
        self,
        name: &str,
        words: &[(&str, T)],
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let (written, span) = self.string(name, diagnostics)?;
        let found = words.iter().find(|(word, _)| *word == written).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let names = || words.iter().map(|(word, _)| *word);
            let help = match nearest(&written, names()) {
                Some(word) => format!("did you mean `{word}`?"),
                None => format!("write {}", one_of(names())),
            };
            let message = format!("`{written}` is no value of `{name}`");
            diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message).help(help));
        }
        found
    }

    /// A list.
    pub(crate) fn list(self, name: &str, diagnostics: &mut Diagnostics) -> Option<Vec<Value<'a>>> {
        let DeValue::Array(array) = self.node else {
            self.wrong_type(name, "a list", diagnostics);
            return None;
        };
        Some(
            array
                .iter()
                .map(|item| {
                    let span = Span::new(self.span.file, item.span());
                    Value { span, key_span: span, node: item.get_ref() }
                })
                .collect(),
        )
    }

    /// A table.
    pub(crate) fn table(self, name: &str, diagnostics: &mut Diagnostics) -> Option<Fields<'a>> {
        let DeValue::Table(table) = self.node else {
            self.wrong_type(name, "a table", diagnostics);
            return None;
        };
        Some(Fields::new(name.to_owned(), self.span, table))
    }

    /// A day: a TOML date without a time, or a string of the same form.
    pub(crate) fn date(
        self,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Spanned<(u16, u8, u8)>> {
        let found = match self.node {
            DeValue::Datetime(moment) if moment.time.is_none() => {
                moment.date.map(|date| (date.year, date.month, date.day))
            }
            DeValue::String(text) => day::parse(text),
            DeValue::Datetime(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => {
                self.wrong_type(name, "a day such as `2018-05-04`", diagnostics);
                return None;
            }
        };
        let found = found.filter(|(year, month, day)| day::exists(*year, *month, *day));
        if found.is_none() {
            diagnostics.push(
                Diagnostic::new(Code::InvalidValue, self.span, format!("`{name}` is no day"))
                    .help("write year, month and day: `2018-05-04`"),
            );
        }
        found.map(|day| (day, self.span))
    }

    /// Whether it is a string, a list, a table: for keys with more than one form.
    pub(crate) fn is_string(self) -> bool {
        self.node.is_str()
    }

    /// See [`Value::is_string`].
    pub(crate) fn is_table(self) -> bool {
        self.node.is_table()
    }

    /// See [`Value::is_string`].
    pub(crate) fn is_list(self) -> bool {
        self.node.is_array()
    }

    /// Complains that the value is not what it should be.
    pub(crate) fn wrong_type(self, name: &str, wanted: &str, diagnostics: &mut Diagnostics) {
        let found = match self.node {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "a truth value",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = format!("`{name}` must be {wanted}, but it is {found}");
        diagnostics.push(Diagnostic::new(Code::InvalidConfig, self.span, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_passed_over_that_has_few_edits() {
        let names =
            ["title", "titel", "tilte", "tite", "größe", "groesse", "a", "", "ääää", "title-page"];
        for one in names {
            for other in names {
                let edits = strsim::damerau_levenshtein(one, other);
                assert!(fewest_edits(one, other) <= edits, "{one} {other}");
            }
        }
        assert_eq!(fewest_edits("title", "chapters"), 6);
    }

    #[test]
    fn the_nearest_name_is_suggested() {
        let keys = ["title", "subtitle", "language", "authors", "edit-url"];
        assert_eq!(nearest("subtitel", keys), Some("subtitle"));
        assert_eq!(nearest("lang", keys), Some("language"));
        assert_eq!(nearest("edit_url", keys), Some("edit-url"));
        assert_eq!(nearest("Title", keys), Some("title"));
        assert_eq!(nearest("colour", keys), None);
    }

    #[test]
    fn one_syntax_error_a_line_and_nothing_after() {
        let mut sources = Sources::default();
        let file = sources.add("book.toml", "a = \"x\nb = [1 2 3]\n");
        let mut diagnostics = Diagnostics::default();
        let read = parse(&sources, file, &mut diagnostics, |_, _| ());
        assert!(read.is_none());
        let lines: Vec<usize> =
            diagnostics.iter().map(|d| sources.line_column(d.span.unwrap()).line).collect();
        assert_eq!(lines, [1, 2]);
    }
}
