//! Literate cases: a little project in, dumps of stages out. `tests/README.md` tells how to
//! write, bless and filter them.
//!
//! To add a stage, write a function `fn(&CaseProject) -> String` and name it in [`STAGES`].

use crate::diff;
use endpaper::diag::{Diagnostic, Diagnostics};
use endpaper::manuscript::{self, Manuscript};
use endpaper::project::{self, Project, Store};
use endpaper::source::Sources;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What `--- expect STAGE` may name.
const STAGES: &[(&str, Stage)] = &[
    ("manuscript", dump_manuscript),
    ("diagnostics", dump_diagnostics),
    // Here follow `book`, `lines`, `pages`, `xhtml`.
];

/// Makes a dump of a case.
type Stage = fn(&CaseProject) -> String;

/// What a stage is given.
pub(crate) struct CaseProject {
    /// The project that the case describes; `None` if its `book.toml` is too broken.
    pub(crate) project: Option<Project>,
    /// What was said while it was loaded.
    pub(crate) loading: Diagnostics,
    /// `book.toml` alone, for complaints about one that is too broken.
    sources: Sources,
}

fn dump_manuscript(case: &CaseProject) -> String {
    case.dump(|project| manuscript::dump(&read(project), &project.sources))
}

/// The complaints of all stages, sorted by place.
fn dump_diagnostics(case: &CaseProject) -> String {
    let mut diagnostics = case.loading.clone();
    if let Some(project) = &case.project {
        let _manuscript = manuscript::read(project, &mut diagnostics);
        // Here follow the stages behind, each with what the one before made.
    }
    diagnostics.sort();
    let sources = case.project.as_ref().map_or(&case.sources, |project| &project.sources);
    let rendered: String = diagnostics.iter().map(|d| render(d, sources)).collect();
    if rendered.is_empty() { "none\n".to_owned() } else { rendered }
}

impl CaseProject {
    /// What a stage makes of the project, if there is one.
    fn dump(&self, stage: impl FnOnce(&Project) -> String) -> String {
        self.project.as_ref().map_or("no project\n".to_owned(), stage)
    }
}

/// The manuscript, whatever is to be said about it.
fn read(project: &Project) -> Manuscript {
    manuscript::read(project, &mut Diagnostics::default())
}

/// `severity code path:line:column message`, then other places and help, indented.
fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.span.map_or("-".to_owned(), |span| sources.place(span));
    let Diagnostic { severity, code, message, .. } = diagnostic;
    let mut out = format!("{} {} {place} {message}\n", severity.name(), code.name());
    if let Some(page) = &diagnostic.page {
        writeln!(out, "  page: {page}").expect("writing to a string cannot fail");
    }
    for (span, label) in &diagnostic.related {
        writeln!(out, "  {}: {label}", sources.place(*span))
            .expect("writing to a string cannot fail");
    }
    if let Some(help) = &diagnostic.help {
        writeln!(out, "  help: {help}").expect("writing to a string cannot fail");
    }
    out
}

/// The one place that makes a project from a case's files.
fn case_project(mut files: BTreeMap<String, Vec<u8>>) -> CaseProject {
    if !files.contains_key("book.toml") {
        let book = plain_book(&files);
        files.insert("book.toml".to_owned(), book.into_bytes());
    }
    let book = String::from_utf8_lossy(&files["book.toml"]).into_owned();
    let mut loading = Diagnostics::default();
    let project = project::load(Store::Memory(files), &mut loading).expect("memory can be read");
    let mut sources = Sources::default();
    sources.add("book.toml", book);
    CaseProject { project, loading, sources }
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

/// A `.case` file taken apart.
struct Case {
    files: BTreeMap<String, Vec<u8>>,
    expectations: Vec<Expectation>,
}

/// An `--- expect` block.
struct Expectation {
    stage: String,
    /// Lines of the file that the block holds: from the one behind its header up to this one.
    lines: std::ops::Range<usize>,
}

#[test]
fn every_case_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let (bless, filter) = (variable("BLESS").is_some(), variable("CASE").unwrap_or_default());
    let mut paths = Vec::new();
    find(&root, &mut paths);
    let mut failures = Vec::new();
    let mut seen = 0;
    for path in paths {
        let name = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
        if name.contains(&filter) {
            seen += 1;
            failures.extend(check(&path, bless).into_iter().map(|f| format!("{name}: {f}")));
        }
    }
    assert!(seen > 0, "no case has a name with {filter:?} in it");
    assert!(
        failures.is_empty(),
        "{} of {seen} cases: {} complaints; `BLESS=1` accepts what was found\n\n{}",
        root.display(),
        failures.len(),
        failures.join("\n"),
    );
}

/// Runs one case; says what is wrong with it.
fn check(path: &Path, bless: bool) -> Vec<String> {
    let text = read_file(path);
    let case = match parse(&text) {
        Ok(case) => case,
        Err(problem) => return vec![problem],
    };
    let project = case_project(case.files);
    let mut failures = Vec::new();
    let mut blessed: Vec<String> = text.lines().map(str::to_owned).collect();
    // From the last to the first, so that the lines before keep their numbers.
    for Expectation { stage, lines } in case.expectations.iter().rev() {
        let Some((_, run)) = STAGES.iter().find(|(name, _)| name == stage) else {
            failures.push(format!("there is no stage `{stage}`"));
            continue;
        };
        let found = run(&project);
        let expected = blessed[lines.clone()].join("\n");
        let (expected, found) = (expected.trim_end(), found.trim_end());
        if expected == found {
            continue;
        }
        if bless {
            let is_last = lines.end == blessed.len();
            let tail = (!is_last).then(String::new);
            blessed.splice(lines.clone(), found.lines().map(str::to_owned).chain(tail));
        } else if expected.is_empty() {
            failures.push(format!("`--- expect {stage}` is empty"));
        } else {
            failures.push(format!("`{stage}` differs\n{}", diff::lines(expected, found)));
        }
    }
    let blessed = blessed.join("\n") + "\n";
    if bless && blessed != text {
        write_file(path, &blessed);
    }
    failures
}

/// Takes a case apart. What stands before the first header is prose.
fn parse(text: &str) -> Result<Case, String> {
    let lines: Vec<&str> = text.lines().collect();
    let headers: Vec<usize> = (0..lines.len()).filter(|at| is_header(lines[*at])).collect();
    let mut case = Case { files: BTreeMap::new(), expectations: Vec::new() };
    for (at, header) in headers.iter().enumerate() {
        let end = headers.get(at + 1).copied().unwrap_or(lines.len());
        let body = &lines[header + 1..end];
        let words: Vec<&str> = lines[*header].split_whitespace().skip(1).collect();
        match words.as_slice() {
            ["file", path] => case.add(path, file(body).into_bytes())?,
            ["file", path, "escaped"] => case.add(path, unescape(&file(body))?)?,
            ["image", name, size] => {
                let path =
                    if name.contains('/') { (*name).to_owned() } else { format!("images/{name}") };
                case.add(&path, image(name, size)?)?;
            }
            ["expect", stage] => case
                .expectations
                .push(Expectation { stage: (*stage).to_owned(), lines: header + 1..end }),
            _ => return Err(format!("line {}: `{}` is no header", header + 1, lines[*header])),
        }
    }
    if case.expectations.is_empty() {
        return Err("nothing is expected: add `--- expect STAGE`".to_owned());
    }
    Ok(case)
}

impl Case {
    fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), String> {
        match self.files.insert(path.to_owned(), bytes) {
            None => Ok(()),
            Some(_) => Err(format!("`{path}` is there twice")),
        }
    }
}

fn is_header(line: &str) -> bool {
    let words = line.strip_prefix("--- ").and_then(|rest| rest.split_whitespace().next());
    words.is_some_and(|word| ["file", "image", "expect"].contains(&word))
}

/// A file's lines without the blank ones that set it apart from the next header.
fn file(body: &[&str]) -> String {
    let end = body.iter().rposition(|line| !line.is_empty()).map_or(0, |at| at + 1);
    body[..end].iter().map(|line| format!("{line}\n")).collect()
}

/// `\r`, `\t`, `\\` and `\xNN`; a backslash at the end of a line takes the line end away.
fn unescape(text: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let (byte, length) = match rest.as_bytes().get(at + 1) {
            Some(b'r') => (Some(b'\r'), 2),
            Some(b't') => (Some(b'\t'), 2),
            Some(b'\\') => (Some(b'\\'), 2),
            Some(b'\n') => (None, 2),
            Some(b'x') => {
                let code = rest.get(at + 2..at + 4).and_then(|c| u8::from_str_radix(c, 16).ok());
                (Some(code.ok_or("`\\x` needs two hexadecimal digits")?), 4)
            }
            _ => return Err("a backslash is written `\\\\` here".to_owned()),
        };
        out.extend(byte);
        rest = &rest[at + length..];
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(out)
}

/// A picture of this size, in the format its name says.
fn image(name: &str, size: &str) -> Result<Vec<u8>, String> {
    let wrong = || format!("`{size}` is not a size: write it as 600x400");
    let (width, height) = size.split_once('x').ok_or_else(wrong)?;
    let number = |s: &str| s.parse::<u32>().ok().filter(|n| *n > 0).ok_or_else(wrong);
    let (width, height) = (number(width)?, number(height)?);
    let ramp = |n: u32, of: u32| u8::try_from(n * 255 / of).unwrap_or(u8::MAX);
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([ramp(x, width), ramp(y, height), 128])
    });
    let format = image::ImageFormat::from_path(name).map_err(|e| e.to_string())?;
    let mut out = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut out, format).map_err(|e| e.to_string())?;
    Ok(out.into_inner())
}

/// All cases below a folder, in the order of their names.
fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("the folder of cases can be listed");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            find(&path, found);
        } else if path.extension().is_some_and(|e| e == "case") {
            found.push(path);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own fixtures")]
fn read_file(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a case can be read")
}

#[expect(clippy::disallowed_methods, reason = "blessing rewrites the fixtures")]
fn write_file(path: &Path, text: &str) {
    std::fs::write(path, text).expect("a case can be written");
}

#[expect(clippy::disallowed_methods, reason = "the person at the terminal chooses what is run")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[test]
fn a_case_is_taken_apart() {
    let text =
        "Prose.\n\n--- file a.md\n---\nt: x\n---\n\nA\n\n--- image p.png 2x1\n--- expect book\nx\n";
    let case = parse(text).expect("a good case");
    assert_eq!(case.files["a.md"], b"---\nt: x\n---\n\nA\n");
    assert!(case.files["images/p.png"].starts_with(b"\x89PNG"));
    assert_eq!(
        (case.expectations[0].stage.as_str(), case.expectations[0].lines.clone()),
        ("book", 11..12)
    );
    for wrong in
        ["--- file a.md\n", "--- file\n--- expect x\n", "--- image a.png 3\n--- expect x\n"]
    {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
    assert_eq!(unescape("a\\x00\\\nb\\\\"), Ok(b"a\0b\\".to_vec()));
}
