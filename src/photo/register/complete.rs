//! A record with its gaps filled: from a `.license` beside the picture, then from its file.
//!
//! Where register and file both speak, the register holds. Words are the author's to choose: an
//! alt text, a caption or a long description that differs from the file's is no mistake. Facts
//! are not: title, creator, credit, copyright, licence, source, date and origin that differ are
//! complained about with both.

use super::{Linked, Record, Register, Shown, Spanned, Taken, sidecar};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::photo::licence::Licence;
use crate::photo::load::unread;
use crate::photo::metadata::{self, Metadata, Said, Standard};
use crate::project::{Project, ReadProblem};
use crate::source::Span;

/// What is said of a picture outside of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// The `.license` file beside it.
    pub sidecar: Metadata,
    /// Its own file.
    pub file: Metadata,
}

/// What a picture's file and a `.license` beside it say; `name` is relative to the photo folder.
pub fn elsewhere_of(project: &Project, name: &str, bytes: &[u8]) -> Elsewhere {
    Elsewhere { sidecar: beside(project, name).unwrap_or_default(), file: metadata::read(bytes) }
}

/// What the `.license` beside a picture says; nothing where there is none.
fn beside(project: &Project, name: &str) -> Result<Metadata, ReadProblem> {
    match project.read_photo(&sidecar::name_of(name)) {
        Ok(bytes) => Ok(sidecar::read(&bytes)),
        Err(ReadProblem::Missing) => Ok(Metadata::default()),
        Err(problem) => Err(problem),
    }
}

/// All that is known of a picture: its record, completed; `None` when nobody says anything.
/// `shown` is where the book shows it. The picture is given by its name and by what its file says.
pub fn record_of(
    project: &Project,
    register: &Register,
    (name, file): (&str, &Metadata),
    shown: Span,
    diagnostics: &mut Diagnostics,
) -> Option<Record> {
    let sidecar = beside(project, name).unwrap_or_else(|problem| {
        diagnostics.push(unread(&problem, &sidecar::name_of(name), shown));
        Metadata::default()
    });
    let sources = Elsewhere { sidecar, file: file.clone() };
    complete(register.get(name), &sources, (name, shown), diagnostics)
}

/// The record with its gaps filled from the sources, and a complaint for each contradiction.
pub fn complete(
    record: Option<&Record>,
    sources: &Elsewhere,
    (name, shown): (&str, Span),
    diagnostics: &mut Diagnostics,
) -> Option<Record> {
    if let Some(record) = record {
        for said in [&sources.sidecar, &sources.file] {
            compare(record, said, name, diagnostics);
        }
    }
    let all = sources.sidecar.clone().or(sources.file.clone());
    match record {
        None if all.is_empty() => None,
        None => Some(filled(Record::empty(shown), all)),
        Some(record) => Some(filled(record.clone(), all)),
    }
}

fn filled(mut record: Record, said: Metadata) -> Record {
    let span = record.span;
    let words = |text: String| Linked { text, url: None };
    fill(&mut record.title, said.title, span);
    if !record.decorative {
        fill(&mut record.alt, said.alt, span);
        fill(&mut record.long_description, said.long_description, span);
        fill(&mut record.caption, said.caption, span);
    }
    // A credit line is the creator's wish: it does not belong to another creator.
    let same_creator = match (&record.creator, &said.creator) {
        (Some((here, _)), Some(there)) => same_words(&here.text, &there.value.text),
        (None, _) | (_, None) => true,
    };
    if same_creator {
        fill(&mut record.credit, said.credit, span);
        fill(&mut record.copyright, said.copyright, span);
    }
    fill(&mut record.creator, said.creator, span);
    fill(&mut record.licence, said.licence, span);
    let source = said.source.map(|source| Said { value: words(source.value), by: source.by });
    fill(&mut record.source, source, span);
    fill(&mut record.date, said.date, span);
    fill(&mut record.origin, said.origin, span);
    if record.people.is_empty() {
        let names = said.people.map(|people| people.value).unwrap_or_default();
        record.people = names.into_iter().map(|name| Shown { name, consent: None, span }).collect();
    }
    record
}

fn fill<T>(field: &mut Option<Spanned<T>>, said: Option<Said<T>>, span: Span) {
    if field.is_none() {
        *field = said.map(|said| (said.value, span));
    }
}

/// Complains about facts on which the record and a source differ.
fn compare(record: &Record, said: &Metadata, name: &str, diagnostics: &mut Diagnostics) {
    let mut found = Differences { name, diagnostics };
    found.words("title", record.title.as_ref(), said.title.as_ref());
    let text = |linked: &Linked| linked.text.clone();
    let creator = record.creator.as_ref().map(|(creator, span)| (text(creator), *span));
    let other = said.creator.as_ref().map(|s| Said { value: text(&s.value), by: s.by });
    found.words("creator", creator.as_ref(), other.as_ref());
    found.words("credit", record.credit.as_ref(), said.credit.as_ref());
    found.words("copyright", record.copyright.as_ref(), said.copyright.as_ref());
    let source = record.source.as_ref().map(|(source, span)| (text(source), *span));
    found.words("source", source.as_ref(), said.source.as_ref());
    if let (Some((here, span)), Some(there)) = (&record.licence, &said.licence)
        && !same_licence(here, &there.value)
    {
        found.push("licence", (here.name(), *span), (there.value.name(), there.by));
    }
    if let (Some((here, span)), Some(there)) = (&record.date, &said.date)
        && !same_day(*here, there.value)
    {
        found.push("date", (&here.iso(), *span), (&there.value.iso(), there.by));
    }
    if let (Some((here, span)), Some(there)) = (&record.origin, &said.origin)
        && here.term != there.value.term
    {
        found.push("source-type", (here.term, *span), (there.value.term, there.by));
    }
}

struct Differences<'a> {
    name: &'a str,
    diagnostics: &'a mut Diagnostics,
}

impl Differences<'_> {
    fn words(&mut self, key: &str, here: Option<&Spanned<String>>, there: Option<&Said<String>>) {
        if let (Some((here, span)), Some(there)) = (here, there)
            && !same_words(here, &there.value)
        {
            self.push(key, (here, *span), (&there.value, there.by));
        }
    }

    fn push(&mut self, key: &str, (here, span): (&str, Span), (there, by): (&str, Standard)) {
        let name = self.name;
        let whose = match by {
            Standard::Reuse => format!("`{}`", sidecar::name_of(name)),
            Standard::Xmp | Standard::Iptc | Standard::Exif | Standard::Png => {
                format!("the file ({})", by.name())
            }
        };
        let (here, there) = (shortened(here), shortened(there));
        let message =
            format!("the `{key}` of `{name}` is `{here}` here, but {whose} says `{there}`");
        self.diagnostics.push(
            Diagnostic::new(Code::ConflictingCredit, span, message)
                .help("the register holds: correct the one that is wrong"),
        );
    }
}

/// So many characters of a value are shown.
const SHOWN: usize = 80;

fn shortened(words: &str) -> String {
    match words.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}

/// Case, spaces and signs are no difference: `© 2018 Ada.` and `(c) 2018, Ada`.
fn same_words(one: &str, other: &str) -> bool {
    let letters = |words: &str| -> String {
        let words = words.replace("(c)", "").replace("(C)", "");
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}

fn same_licence(one: &Licence, other: &Licence) -> bool {
    match (one.url(), other.url()) {
        (Some(one), Some(other)) if one == other => true,
        _ => same_words(one.name(), other.name()),
    }
}

/// Whether one is no more than a less exact form of the other.
fn same_day(one: Taken, other: Taken) -> bool {
    let part = |one: Option<u8>, other: Option<u8>| match (one, other) {
        (Some(one), Some(other)) => one == other,
        (None, _) | (_, None) => true,
    };
    one.year == other.year && part(one.month, other.month) && part(one.day, other.day)
}
