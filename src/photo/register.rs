//! The photo register's records: what must be said about each picture.
//!
//! Only the types and an empty reader: enough for `book` to be written against.

use crate::diag::Diagnostics;
use crate::project::Project;
use crate::source::Span;

/// All records, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// The records.
    pub records: Vec<Record>,
}

impl Register {
    /// The record of a file, by its name below the photo folder.
    pub fn get(&self, file: &str) -> Option<&Record> {
        self.records.iter().find(|r| r.file == file)
    }
}

/// What is known about one picture.
#[derive(Clone, Debug)]
pub struct Record {
    /// File name below the photo folder.
    pub file: String,
    /// Where the record is written.
    pub span: Span,
    /// The picture's own title.
    pub title: Option<String>,
    /// What is seen.
    pub alt: Option<String>,
    /// What is said below it.
    pub caption: Option<String>,
    /// A long description.
    pub description: Option<String>,
    /// Who made it.
    pub creator: Option<Creator>,
    /// The line the creator wants to be credited with.
    pub credit: Option<String>,
    /// Copyright notice.
    pub copyright: Option<String>,
    /// Under what terms it may be used.
    pub licence: Option<Licence>,
    /// Where it comes from.
    pub source: Option<String>,
    /// When it was made.
    pub date: Option<String>,
    /// Whose work it was made after.
    pub after: Option<String>,
    /// Nothing is lost by not seeing it.
    pub decorative: bool,
}

/// Who made a picture.
#[derive(Clone, Debug)]
pub struct Creator {
    /// Name as printed.
    pub name: String,
    /// Address.
    pub url: Option<String>,
}

/// Terms of use.
#[derive(Clone, Debug)]
pub struct Licence {
    /// SPDX identifier, or the terms in words.
    pub text: String,
    /// Where they can be read.
    pub url: Option<String>,
}

/// Reads the register.
pub fn read(_project: &Project, _diagnostics: &mut Diagnostics) -> Register {
    Register::default()
}
