//! The photo register, `credits.toml`: one table for each picture, named after its file.
//!
//! ```toml
//! ["harbour.jpg"]
//! alt = "Coloured gables along a canal"
//! creator = { name = "Ada Example", url = "https://example.org" }
//! licence = "CC0-1.0"
//! ```
//!
//! Every field is optional here: what a picture must have is the policy of the book, which the
//! resolver knows. All mistakes are reported in one run.

use super::licence::{KNOWN_LICENCES, known_licence};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::Project;
use crate::project::address;
use crate::project::fields::{self, Fields, Value, nearest};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// A value and its place.
pub type Spanned<T> = (T, Span);

/// All records.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// The register's text, when there is one.
    pub file: Option<FileId>,
    /// Records by file name, relative to the photo folder: `harbour.jpg`.
    pub records: BTreeMap<String, Record>,
}

/// What is known about one picture.
#[derive(Clone, Debug)]
pub struct Record {
    /// The file name's place.
    pub span: Span,
    /// `title`: the picture's own.
    pub title: Option<Spanned<String>>,
    /// `alt`: what is seen, for those who do not see it.
    pub alt: Option<Spanned<String>>,
    /// `caption`
    pub caption: Option<Spanned<String>>,
    /// `long-description`: for pictures that say more than fits `alt`.
    pub long_description: Option<Spanned<String>>,
    /// `creator`: a name, or `{ name, url }`.
    pub creator: Option<Spanned<Linked>>,
    /// `credit`: the line the creator wants to be credited with.
    pub credit: Option<Spanned<String>>,
    /// `copyright`: the notice.
    pub copyright: Option<Spanned<String>>,
    /// `licence`: an SPDX identifier, or `{ text, url }`.
    pub licence: Option<Spanned<Licence>>,
    /// `source`: where it comes from, in words, as an address, or `{ text, url }`.
    pub source: Option<Spanned<Linked>>,
    /// `date`: when it was taken or drawn.
    pub date: Option<Spanned<Taken>>,
    /// `after`: whose picture this one was drawn after, in words or `{ text, url }`.
    pub after: Option<Spanned<Linked>>,
    /// `decorative`: nothing is lost by not seeing it.
    pub decorative: bool,
}

/// Words that may be a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The words.
    pub text: String,
    /// Where they lead: `https:` or `http:`.
    pub url: Option<String>,
}

/// A licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Licence {
    /// One of [`KNOWN_LICENCES`], by its SPDX identifier.
    Spdx(&'static str),
    /// Something else, in its own words.
    Text(Linked),
}

/// A day, or only a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The year.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day, 1 to 31; never without a month.
    pub day: Option<u8>,
}

/// Reads the register; an absent one is empty.
pub fn read(project: &Project, diagnostics: &mut Diagnostics) -> Register {
    let Some(file) = project.register else { return Register::default() };
    let records = fields::parse(&project.sources, file, diagnostics, |mut top, diagnostics| {
        let mut records = BTreeMap::new();
        for (name, value) in top.rest() {
            read_entry(name, value, &mut records, diagnostics);
        }
        records
    });
    Register { file: Some(file), records: records.unwrap_or_default() }
}

impl Register {
    /// The record of a picture; `name` is relative to the photo folder.
    pub fn get(&self, name: &str) -> Option<&Record> {
        self.records.get(name)
    }
}

impl Licence {
    /// As it is printed: "CC BY 4.0".
    pub fn name(&self) -> &str {
        match self {
            Self::Spdx(id) => known_licence(id).map_or(id, |known| known.name),
            Self::Text(words) => &words.text,
        }
    }

    /// Where it can be read.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Spdx(id) => known_licence(id).map(|known| known.url),
            Self::Text(words) => words.url.as_deref(),
        }
    }
}

impl Taken {
    /// `2018`, `2018-05` or `2018-05-04`.
    pub fn iso(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => format!("{:04}-{month:02}", self.year),
            (None, _) => format!("{:04}", self.year),
        }
    }
}

/// Endings of file names that become tables of their own when a name is not quoted.
const ENDINGS: &[&str] =
    &["jpg", "jpeg", "JPG", "JPEG", "png", "PNG", "webp", "svg", "gif", "tif", "tiff", "avif"];

fn read_entry(
    name: &str,
    value: Value<'_>,
    records: &mut BTreeMap<String, Record>,
    diagnostics: &mut Diagnostics,
) {
    let span = value.key_span;
    let Some(mut table) = value.table(name, diagnostics) else { return };
    if let Some(ending) = ENDINGS.iter().find(|e| table.get(e).is_some_and(Value::is_table)) {
        let message = format!("`{name}.{ending}` without quotes is a table within a table");
        diagnostics.push(
            Diagnostic::new(Code::InvalidConfig, span, message)
                .help(format!("quote the file name: `[\"{name}.{ending}\"]`")),
        );
        return;
    }
    // A fresh table, so that endings are not among the keys that are suggested.
    let Some(table) = value.table(name, diagnostics) else { return };
    let record = read_record(table, span, diagnostics);
    let Some(path) = Project::photo_name(name) else {
        let message = format!("`{name}` leads out of the photo folder");
        diagnostics.push(
            Diagnostic::new(Code::PathOutside, span, message)
                .help("name the file relative to the photo folder"),
        );
        return;
    };
    if let Some(first) = records.get(&path) {
        let message = format!("`{path}` has two records");
        diagnostics.push(
            Diagnostic::new(Code::InvalidValue, span, message).related(first.span, "first here"),
        );
        return;
    }
    records.insert(path, record);
}

fn read_record(mut table: Fields<'_>, span: Span, diagnostics: &mut Diagnostics) -> Record {
    let mut text = |key| table.string(key, diagnostics).filter(|(text, _)| !text.is_empty());
    let (title, alt, caption) = (text("title"), text("alt"), text("caption"));
    let long_description = text("long-description");
    let (credit, copyright) = (text("credit"), text("copyright"));
    let record = Record {
        span,
        title,
        alt,
        caption,
        long_description,
        creator: read_linked(&mut table, "creator", "name", diagnostics),
        credit,
        copyright,
        licence: table.get("licence").and_then(|value| read_licence(value, diagnostics)),
        source: read_linked(&mut table, "source", "text", diagnostics),
        date: table.get("date").and_then(|value| read_taken(value, diagnostics)),
        after: read_linked(&mut table, "after", "text", diagnostics),
        decorative: table.boolean("decorative", diagnostics).unwrap_or(false),
    };
    table.finish(diagnostics);
    record
}

/// Words, or a table of words and their address; words that are an address are both.
fn read_linked(
    table: &mut Fields<'_>,
    key: &'static str,
    words: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Linked>> {
    let value = table.get(key)?;
    if value.is_table() {
        return read_words(value, key, words, diagnostics);
    }
    if !value.is_string() {
        let wanted = format!("a string or `{{ {words} = \"…\", url = \"…\" }}`");
        value.wrong_type(key, &wanted, diagnostics);
        return None;
    }
    let (text, span) = value.string(key, diagnostics).filter(|(text, _)| !text.is_empty())?;
    let url = is_address(&text).then(|| text.clone());
    Some((Linked { text, url }, span))
}

fn read_words(
    value: Value<'_>,
    key: &str,
    words: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Linked>> {
    let mut table = value.table(key, diagnostics)?;
    let text = table.require(words, "\"…\"", diagnostics);
    let text = text.and_then(|value| value.string(words, diagnostics));
    let mut url = table.string("url", diagnostics);
    table.finish(diagnostics);
    if let Some((address, span)) = url.take_if(|(address, _)| !is_address(address)) {
        let message = format!("`{address}` is no address of a page");
        diagnostics
            .push(Diagnostic::new(Code::InvalidValue, span, message).help("write `https://…`"));
    }
    let (text, _) = text.filter(|(text, _)| !text.is_empty())?;
    Some((Linked { text, url: url.map(|(address, _)| address) }, value.span))
}

fn read_licence(value: Value<'_>, diagnostics: &mut Diagnostics) -> Option<Spanned<Licence>> {
    if value.is_table() {
        let (words, span) = read_words(value, "licence", "text", diagnostics)?;
        return Some((Licence::Text(words), span));
    }
    if !value.is_string() {
        value.wrong_type("licence", "an SPDX identifier or `{ text = \"…\" }`", diagnostics);
        return None;
    }
    let (id, span) = value.string("licence", diagnostics).filter(|(id, _)| !id.is_empty())?;
    if let Some(known) = known_licence(&id) {
        return Some((Licence::Spdx(known.id), span));
    }
    let help = match nearest(&id, KNOWN_LICENCES.iter().map(|known| known.id)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "write an SPDX identifier such as `CC-BY-4.0`, or `{ text = \"…\", url = \"…\" }`"
            .to_owned(),
    };
    let message = format!("`{id}` is no licence that is known here");
    diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message).help(help));
    None
}

fn read_taken(value: Value<'_>, diagnostics: &mut Diagnostics) -> Option<Spanned<Taken>> {
    // A year or a month alone is no TOML date and stands in quotes.
    if value.is_string() {
        let (text, span) = value.string("date", diagnostics)?;
        if let Some(taken) = part_of_a_year(&text) {
            return Some((taken, span));
        }
    }
    let ((year, month, day), span) = value.date("date", diagnostics)?;
    Some((Taken { year, month: Some(month), day: Some(day) }, span))
}

/// `2018` or `2018-05`.
fn part_of_a_year(text: &str) -> Option<Taken> {
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let (year, month) = match text.split_once('-') {
        None => (text, None),
        Some((year, month)) if digits(month, 2) => (year, Some(month.parse::<u8>().ok()?)),
        Some(_) => return None,
    };
    if !digits(year, 4) || year == "0000" || month.is_some_and(|m| !(1..=12).contains(&m)) {
        return None;
    }
    Some(Taken { year: year.parse().ok()?, month, day: None })
}

fn is_address(text: &str) -> bool {
    address::is_page(text)
}
