//! The stages that a case can ask for, and how their dumps are cut into parts.
//!
//! To add one, write a function `fn(&Project) -> String` and name it in [`STAGES`].

use std::collections::BTreeMap;
use std::fmt::Write as _;

use endpaper::book::{Block, Book, CodeRole, SectionKind};
use endpaper::diag::{Diagnostic, Diagnostics};
use endpaper::project::{self, Project, Store};
use endpaper::source::Sources;
use endpaper::{Choice, Options, book, epub, layout, manuscript};

use crate::pipeline::{package, paginate, read, resolve};

/// What `--- expect STAGE` may name besides `diagnostics`, and how the name of a part is found in
/// the line that begins it.
const STAGES: &[(&str, Stage, PartName)] = &[
    (
        "manuscript",
        |p| manuscript::dump(&read(p), &p.sources),
        |line| line.strip_prefix("document "),
    ),
    ("book", |p| book::dump(&resolve(p)), section_name),
    ("listings", |p| dump_listings(&resolve(p)), |line| line.strip_prefix("listing ")),
    ("xhtml", dump_documents, |line| line.strip_prefix("== OEBPS/")),
    ("lines", |p| layout::dump::lines(&paginate(p, &resolve(p), 0).0), page_label),
    ("pages", |p| layout::dump::dump(&paginate(p, &resolve(p), 0).0), page_label),
];

/// Makes a dump of a project.
type Stage = fn(&Project) -> String;
/// The name of the part that a line begins; `None` for every other line.
type PartName = fn(&str) -> Option<&str>;

/// What a stage is given.
pub(super) struct CaseProject {
    /// The project that the case describes; `None` if its `book.toml` is too broken.
    project: Option<Project>,
    /// What was said while it was loaded.
    loading: Diagnostics,
    /// `book.toml` alone, for complaints about one that is too broken.
    sources: Sources,
}

/// The dump of a stage, or of the named parts of it.
pub(super) fn run(name: &str, case: &CaseProject, parts: &[String]) -> Result<String, String> {
    if name == "diagnostics" {
        return Ok(case.diagnostics());
    }
    let stage = STAGES.iter().find(|(stage, ..)| *stage == name);
    let (_, dump, part_name) = stage.ok_or_else(|| format!("there is no stage `{name}`"))?;
    let Some(project) = &case.project else { return Ok("no project\n".to_owned()) };
    let dump = dump(project);
    if parts.is_empty() { Ok(dump) } else { pick(&dump, parts, *part_name) }
}

/// The named parts in the order of the dump; each must be there.
fn pick(dump: &str, parts: &[String], part_name: PartName) -> Result<String, String> {
    let (mut out, mut wanted, mut seen) = (String::new(), false, Vec::new());
    for line in dump.lines() {
        if let Some(name) = part_name(line) {
            wanted = parts.iter().any(|part| part == name);
            seen.push(name);
        }
        if wanted {
            out.push_str(line);
            out.push('\n');
        }
    }
    match parts.iter().find(|part| !seen.contains(&part.as_str())) {
        None => Ok(out),
        Some(part) => Err(format!("there is no part `{part}`, only `{}`", seen.join("`, `"))),
    }
}

/// `body 3 SLUG #anchor`: a section, at the very left.
fn section_name(line: &str) -> Option<&str> {
    let mut words = line.split(' ');
    let is_section = ["front", "body", "back", "photo", "book"].contains(&words.next()?);
    is_section.then(|| words.nth(1).unwrap_or("photo"))
}

/// ``page 3 `ii` 419x595`` or `page ii`.
fn page_label(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("page ")?;
    Some(rest.split('`').nth(1).unwrap_or(rest))
}

/// The listings of the chapters, below each line the roles of its characters.
fn dump_listings(book: &Book) -> String {
    let chapters = book.sections.iter().filter_map(|section| match &section.kind {
        SectionKind::Chapter(chapter) => Some(&chapter.blocks),
        _ => None,
    });
    let mut out = String::new();
    for block in chapters.flatten() {
        let Block::Code(code) = block else { continue };
        out.push_str(&format!("listing {}\n", code.language.as_deref().unwrap_or("-")));
        for line in &code.lines {
            let roles = line.tokens().flat_map(|(role, token)| {
                token.chars().map(move |c| if c == ' ' { ' ' } else { letter(role) })
            });
            let roles: String = roles.collect();
            out.push_str(&format!("  {}\n  {roles}\n", line.text));
        }
    }
    out
}

fn letter(role: CodeRole) -> char {
    match role {
        CodeRole::Plain => '.',
        CodeRole::Comment => 'c',
        CodeRole::String => 's',
        CodeRole::Number => 'n',
        CodeRole::Keyword => 'k',
        CodeRole::Type => 't',
        CodeRole::Function => 'f',
        CodeRole::Attribute => 'a',
    }
}

/// The documents alone: package, navigation for old systems and style have tests of their own.
fn dump_documents(project: &Project) -> String {
    let dump = epub::dump(&package(project, &resolve(project)));
    let mut wanted = false;
    let documents = dump.lines().filter(|line| {
        if line.starts_with("== ") {
            wanted = line.ends_with(".xhtml");
        }
        wanted
    });
    documents.map(|line| format!("{line}\n")).collect()
}

impl CaseProject {
    /// The one place that makes a project from a case's files.
    pub(super) fn new(mut files: BTreeMap<String, Vec<u8>>) -> Self {
        if !files.contains_key("book.toml") {
            let book = plain_book(&files);
            files.insert("book.toml".to_owned(), book.into_bytes());
        }
        let book = String::from_utf8_lossy(&files["book.toml"]).into_owned();
        let mut loading = Diagnostics::default();
        let project = project::load(Store::Memory(files), &mut loading).expect("memory is read");
        let mut sources = Sources::default();
        sources.add("book.toml", book);
        Self { project, loading, sources }
    }

    /// The project alone.
    pub(super) fn into_project(self) -> Option<Project> {
        self.project
    }

    /// The complaints of all stages, sorted by place: those of a whole build.
    fn diagnostics(&self) -> String {
        let mut diagnostics = self.loading.clone();
        if let Some(project) = &self.project {
            let options = Options {
                modified: 0,
                choice: &Choice::All,
                progress: &|_| {},
                measure: false,
                goes_on: true,
            };
            diagnostics.append(endpaper::build(project, &options).diagnostics);
        }
        diagnostics.sort();
        let sources = self.project.as_ref().map_or(&self.sources, |project| &project.sources);
        let rendered: String = diagnostics.iter().map(|d| render(d, sources)).collect();
        if rendered.is_empty() { "none\n".to_owned() } else { rendered }
    }
}

/// `severity code path:line:column message`, then page, other places and help, indented.
fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.span.map_or("-".to_owned(), |span| sources.place(span));
    let Diagnostic { severity, code, message, .. } = diagnostic;
    let mut out = format!("{} {} {place} {message}\n", severity.name(), code.name());
    let mut line = |line: String| writeln!(out, "  {line}").expect("strings can be written");
    if let Some(page) = &diagnostic.page {
        line(format!("page: {page}"));
    }
    for (span, label) in &diagnostic.related {
        line(format!("{}: {label}", sources.place(*span)));
    }
    if let Some(help) = &diagnostic.help {
        line(format!("help: {help}"));
    }
    out
}

/// A `book.toml` that says no more than it must, with all chapters in the order of their paths.
fn plain_book(files: &BTreeMap<String, Vec<u8>>) -> String {
    let chapters: Vec<String> =
        files.keys().filter(|path| path.ends_with(".md")).map(|path| format!("{path:?}")).collect();
    let register = files.contains_key("images/credits.toml");
    let register = if register { "register = \"images/credits.toml\"\n" } else { "" };
    format!(
        "[book]\ntitle = \"Case\"\nlanguage = \"en\"\nauthors = [\"A. Uthor\"]\n\n\
         [contents]\nchapters = [{}]\n\n[photos]\nfolder = \"images\"\n{register}",
        chapters.join(", ")
    )
}
