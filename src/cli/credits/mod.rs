//! `endpaper credits`: the photo register as a table, what the gate would stop, and records for
//! pictures that have none.

mod stubs;
mod table;

use std::collections::BTreeSet;
use std::path::Path;

use super::arguments::{Credits, TableFormat};
use super::make::{config_alone, folder};
use super::report::{Texts, in_colour, summary};
use super::{Failure, Outcome, dist, json, render, say, tell};
use crate::book::{self, Book};
use crate::diag::{Code, Diagnostics};
use crate::manuscript;
use crate::photo::register::{self, Register};
use crate::photo::{self, Private, Record};
use crate::project::{self, Project, Store};
use crate::source::{FileId, Span};

/// The kinds of complaints that pictures and their records give rise to.
const CODES: &[Code] = &[
    Code::MissingImage,
    Code::InvalidImage,
    Code::ImageTooLarge,
    Code::MissingCredit,
    Code::IncompleteCredit,
    Code::ConflictingCredit,
    Code::UnusedCredit,
    Code::StrayCredit,
    Code::MissingAlt,
    Code::PoorAlt,
    Code::RepeatedAlt,
    Code::ExpiredPermission,
    Code::ForbiddenEdition,
    Code::ForbiddenUse,
    Code::MissingConsent,
];

/// The endings of files that are pictures.
const ENDINGS: &[&str] = &["jpg", "jpeg", "png", "webp", "gif", "tif", "tiff", "svg", "avif"];

/// One picture: a file of the book, or a record without one.
struct Picture {
    /// Its name below the photo folder.
    name: String,
    /// Whether the book shows it.
    is_shown: bool,
    /// Whether there is such a file.
    is_there: bool,
    /// What is known of it.
    record: Option<Record>,
    /// What its file says that no edition does.
    private: BTreeSet<Private>,
}

impl Picture {
    fn is_registered(&self) -> bool {
        self.record.as_ref().is_some_and(|record| record.is_registered)
    }
}

/// Runs the command.
pub(super) fn run(credits: &Credits) -> Result<Outcome, Failure> {
    let folder = folder(&credits.book)?;
    let store = Store::Disk(folder.clone());
    let mut diagnostics = Diagnostics::default();
    let project = project::load(store.clone(), &mut diagnostics)
        .map_err(|error| Failure::io("read the book in", &folder, &error))?;
    let Some(project) = project else {
        let texts = Texts::new(&folder, &config_alone(&store));
        say(&render::all(&texts, &diagnostics, in_colour()));
        return Ok(Outcome::Errors);
    };
    let manuscript = manuscript::read(&project, &mut diagnostics);
    let book = book::resolve(&project, &manuscript, 0, &mut diagnostics);
    let editions = project.config.editions.iter().map(|edition| edition.name.as_str());
    let editions: Vec<&str> = std::iter::once("epub").chain(editions).collect();
    book::check_rights(&project, &book, &editions, &mut diagnostics);
    diagnostics.sort();

    if credits.missing {
        return missing(credits, &Texts::new(&folder, &project.sources), &project, &diagnostics);
    }
    let pictures = pictures(&project, &book);
    if credits.write {
        return write(&folder, &project, &pictures);
    }
    let text = match credits.format {
        TableFormat::Table => table::human(&pictures),
        TableFormat::Csv => table::csv(&pictures),
        TableFormat::Json => table::json(&pictures),
    };
    tell(&text).map(|()| Outcome::Done)
}

/// What the gate stops or warns of, the register's own mistakes included.
fn missing(
    credits: &Credits,
    texts: &Texts,
    project: &Project,
    diagnostics: &Diagnostics,
) -> Result<Outcome, Failure> {
    let mut found = Diagnostics::default();
    let in_register =
        |span: Option<Span>| span.is_some_and(|span| Some(span.file) == project.register);
    let wanted = |d: &&crate::diag::Diagnostic| CODES.contains(&d.code) || in_register(d.span);
    diagnostics.iter().filter(wanted).for_each(|d| found.push(d.clone()));
    match credits.format {
        TableFormat::Json => tell(&json::lines(texts, &found))?,
        TableFormat::Csv => tell(&table::complaints(texts, &found))?,
        TableFormat::Table => {
            let mut text = render::all(texts, &found, false);
            text.push_str(&summary(&found).unwrap_or_else(|| "nothing is missing".to_owned()));
            tell(&format!("{text}\n"))?;
        }
    }
    Ok(Outcome::of(&found))
}

/// All pictures by name: those of the book, of the register, and of the photo folder itself.
fn pictures(project: &Project, book: &Book) -> Vec<Picture> {
    // Its mistakes were reported when the book was resolved.
    let register = register::read(project, &mut Diagnostics::default());
    let listed = project.store.list(&project.config.photos.folder).unwrap_or_default();
    let files = listed.into_iter().filter(|name| is_picture(name));
    let mut names: Vec<String> = book.photos.iter().map(|photo| photo.name.clone()).collect();
    names.extend(register.records.keys().cloned().chain(files));
    names.sort();
    names.dedup();
    names.into_iter().map(|name| picture(project, book, &register, name)).collect()
}

fn picture(project: &Project, book: &Book, register: &Register, name: String) -> Picture {
    if let Some(photo) = book.photos.iter().find(|photo| photo.name == name) {
        let record = photo.record.as_deref().cloned();
        let private = photo.private.clone();
        return Picture { name, is_shown: true, is_there: true, record, private };
    }
    let nowhere = Span::new(project.register.unwrap_or(FileId(0)), 0..0);
    let bytes = project.read_photo(&name);
    let is_there = bytes.is_ok();
    let private = bytes.as_deref().map(photo::metadata::private).unwrap_or_default();
    let record = match bytes {
        Ok(bytes) => {
            let said = register::elsewhere_of(project, &name, &bytes);
            let mut unheard = Diagnostics::default();
            register::complete(register.get(&name), &said, (&name, nowhere), &mut unheard)
        }
        Err(_) => register.get(&name).cloned(),
    };
    Picture { name, is_shown: false, is_there, record, private }
}

fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Adds records to the register for the pictures that have none.
fn write(folder: &Path, project: &Project, pictures: &[Picture]) -> Result<Outcome, Failure> {
    let path = folder.join(&project.config.photos.register);
    let wanted: Vec<&Picture> = pictures.iter().filter(|p| !p.is_registered()).collect();
    if wanted.is_empty() {
        tell("every picture has a record\n")?;
        return Ok(Outcome::Done);
    }
    let text = match project.register {
        Some(_) => read(project, &path)?,
        None => String::new(),
    };
    let added = stubs::add(&text, &wanted).map_err(|problem| unwritten(&path, &problem))?;
    dist::replace(&path, added.as_bytes()).map_err(|e| Failure::unwritten(&path, &e))?;
    let lines: String =
        wanted.iter().map(|p| format!("added `{}`: {}\n", p.name, to_do(p))).collect();
    tell(&lines).map(|()| Outcome::Done)
}

/// The register as it is on the disk.
fn read(project: &Project, path: &Path) -> Result<String, Failure> {
    let bytes = project.store.read(&project.config.photos.register);
    let bytes = bytes.map_err(|error| Failure::io("read", path, &error))?;
    String::from_utf8(bytes).map_err(|_| unwritten(path, "it is not UTF-8"))
}

fn unwritten(path: &Path, problem: &str) -> Failure {
    Failure::new(format!("cannot add to `{}`: {problem}", path.display()))
        .help("mend it first: `endpaper credits --missing` shows the places")
}

/// What the author has to write into a new record.
fn to_do(picture: &Picture) -> String {
    let gaps = table::gaps(picture.record.as_ref());
    match gaps.is_empty() {
        true => "complete".to_owned(),
        false => format!("write its {}", gaps.join(", ")),
    }
}

/// The words of a record's licence and where it can be read.
fn licence_of(record: &Record) -> Option<(&str, Option<&str>)> {
    let (licence, _) = record.licence.as_ref()?;
    let words = match licence {
        photo::Licence::Spdx(id) => id,
        photo::Licence::Text(words) => words.text.as_str(),
    };
    Some((words, licence.url()))
}
