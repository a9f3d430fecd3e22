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
//! resolver knows. All mistakes are reported in one run. What the register leaves open,
//! [`complete()`] takes from the file itself and from a `.license` beside it.

mod complete;
mod limits;
mod sidecar;
mod values;

pub use complete::{Elsewhere, complete, elsewhere_of, record_of};
pub use limits::{Consent, Permission, Shown};

use super::licence::Licence;
use super::origin::Origin;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::Project;
use crate::project::fields::{self, Fields, Value};
use crate::source::{FileId, Span};
use serde::{Deserialize, Serialize};
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
    /// The file name's place; where the picture is shown, when the register does not have it.
    pub span: Span,
    /// Whether the register has it; else all of it is what the file says.
    pub is_registered: bool,
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
    /// `changes`: what was done to the maker's picture: "cropped", "colours changed".
    pub changes: Option<Spanned<String>>,
    /// `source-type`: how it came to be, a term of the IPTC.
    pub origin: Option<Spanned<Origin>>,
    /// `people`: who is shown.
    pub people: Vec<Shown>,
    /// `consent`: of everybody who has none of their own in `people`.
    pub consent: Option<Spanned<Consent>>,
    /// `permission`: how far the maker's permission goes.
    pub permission: Permission,
    /// `decorative`: nothing is lost by not seeing it.
    pub decorative: bool,
}

/// Words that may be a link.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Linked {
    /// The words.
    pub text: String,
    /// Where they lead: `https:` or `http:`.
    pub url: Option<String>,
}

/// A day, or only a month or a year.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
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

impl Record {
    /// A record that says nothing.
    pub fn empty(span: Span) -> Self {
        Self {
            span,
            is_registered: false,
            title: None,
            alt: None,
            caption: None,
            long_description: None,
            creator: None,
            credit: None,
            copyright: None,
            licence: None,
            source: None,
            date: None,
            after: None,
            changes: None,
            origin: None,
            people: Vec::new(),
            consent: None,
            permission: Permission::default(),
            decorative: false,
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
    let (long_description, changes) = (text("long-description"), text("changes"));
    let (credit, copyright) = (text("credit"), text("copyright"));
    let record = Record {
        span,
        is_registered: true,
        title,
        alt,
        caption,
        long_description,
        creator: values::linked(&mut table, "creator", "name", diagnostics),
        credit,
        copyright,
        licence: table.get("licence").and_then(|value| values::licence(value, diagnostics)),
        source: values::linked(&mut table, "source", "text", diagnostics),
        date: table.get("date").and_then(|value| values::taken(value, diagnostics)),
        after: values::linked(&mut table, "after", "text", diagnostics),
        changes,
        origin: table.get("source-type").and_then(|value| values::source_type(value, diagnostics)),
        people: limits::people(&mut table, diagnostics),
        consent: limits::consent(&mut table, diagnostics),
        permission: limits::permission(&mut table, diagnostics),
        decorative: table.boolean("decorative", diagnostics).unwrap_or(false),
    };
    table.finish(diagnostics);
    record
}
