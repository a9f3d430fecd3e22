//! Literate cases: a little project in, dumps of stages out. `tests/README.md` tells how to
//! write, bless and filter them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use endpaper::project::Project;
use rayon::prelude::*;

use crate::{diff, pipeline};
use case::{Case, Expectation};

mod case;
mod generated;
mod stages;

#[test]
fn every_case_holds() {
    let (bless, filter) = (variable("BLESS").is_some(), variable("CASE").unwrap_or_default());
    let chosen: Vec<_> = all().into_iter().filter(|path| name(path).contains(&filter)).collect();
    assert!(!chosen.is_empty(), "no case has a name with {filter:?} in it");
    let failures: Vec<String> = pipeline::with_room(|| {
        let found = chosen.par_iter().flat_map_iter(|path| {
            check(path, bless).into_iter().map(|failure| format!("{}: {failure}", name(path)))
        });
        found.collect()
    });
    assert!(
        failures.is_empty(),
        "{} of {} complaints about {} cases; `BLESS=1` accepts what was found\n\n{}",
        failures.len().min(SHOWN),
        failures.len(),
        chosen.len(),
        failures[..failures.len().min(SHOWN)].join("\n"),
    );
}

/// So many failures are shown: a change in the layout may touch every case.
const SHOWN: usize = 20;

/// The diagnostics that all cases expect, each as its first line, with the case's name.
pub(crate) fn expected_diagnostics() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in all() {
        let text = read_file(&path);
        let Ok(case) = Case::parse(&text) else { continue };
        let lines: Vec<&str> = text.lines().collect();
        let wanted = case.expectations.iter().filter(|e| e.stage == "diagnostics");
        for line in wanted.flat_map(|e| &lines[e.lines.clone()]) {
            if !line.starts_with(' ') && !line.is_empty() {
                found.push((name(&path), (*line).to_owned()));
            }
        }
    }
    found
}

/// The files of a case, by their paths in its project.
pub(crate) fn files(name: &str) -> BTreeMap<String, Vec<u8>> {
    let case = Case::parse(&read_file(&root().join(name)));
    case.unwrap_or_else(|problem| panic!("{name}: {problem}")).files
}

/// The projects of all cases whose `book.toml` can be read, each with its case's name.
pub(crate) fn projects() -> Vec<(String, Project)> {
    let parsed = all().into_iter().map(|path| (name(&path), Case::parse(&read_file(&path))));
    let projects = parsed.filter_map(|(name, case)| {
        Some((name, stages::CaseProject::new(case.ok()?.files).into_project()?))
    });
    projects.collect()
}

/// Runs one case; says what is wrong with it.
fn check(path: &Path, bless: bool) -> Vec<String> {
    let text = read_file(path);
    let case = match Case::parse(&text) {
        Ok(case) => case,
        Err(problem) => return vec![problem],
    };
    let project = stages::CaseProject::new(case.files);
    let mut failures = Vec::new();
    let mut blessed: Vec<String> = text.lines().map(str::to_owned).collect();
    // From the last to the first, so that the lines before keep their numbers.
    for Expectation { stage, parts, lines } in case.expectations.iter().rev() {
        let found = match stages::run(stage, &project, parts) {
            Ok(found) => found,
            Err(problem) => {
                failures.push(problem);
                continue;
            }
        };
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

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// Its path below the folder of cases.
fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn all() -> Vec<PathBuf> {
    let mut paths = Vec::new();
    find(&root(), &mut paths);
    paths
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
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
