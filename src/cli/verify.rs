//! `endpaper verify`: are the files of a release those that the book makes?
//!
//! Everything that the book does not say itself (version, commit, time) is taken from the manifest,
//! so whoever has the book can make the same release again, on another machine and years later.

use std::path::Path;

use super::arguments::{Format, Verify};
use super::make::{Made, Stated, make_as};
use super::report::report;
use super::{Failure, Outcome, say, tell};
use crate::Artefact;
use crate::project::{ReadProblem, Store};
use crate::release::{MANIFEST, Manifest, digest};

/// How a file of the release compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Same,
    Differs,
    Missing,
}

/// Runs the command.
pub(super) fn run(verify: &Verify) -> Result<Outcome, Failure> {
    let store = Store::Disk(verify.dist.clone());
    let manifest = read(&store, &verify.dist)?;
    let editions: Vec<String> = manifest.artefacts.iter().map(|a| a.edition.clone()).collect();
    let stated = Stated {
        version: Some(manifest.book.version.clone()),
        commit: manifest.book.commit.clone(),
        modified: Some(manifest.book.modified),
        measure: true,
        goes_on: true,
        updates_anchors: false,
        cache: None,
    };
    let mut made = make_as(&verify.common, &editions, false, stated)?;
    if let Some(manifest) = &made.manifest {
        crate::add_manifest(&mut made.artefacts, manifest);
    }
    if Outcome::of(&made.diagnostics) == Outcome::Errors {
        report(verify.common.format, &made.texts, &made.diagnostics)?;
        return Ok(Outcome::Errors);
    }
    let verdicts = compare(&store, &made)?;
    let is_same = verdicts.iter().all(|(_, verdict)| *verdict == Verdict::Same);
    tell_verdicts(verify, &verdicts)?;
    let ours = env!("CARGO_PKG_VERSION");
    if !is_same && manifest.endpaper != ours {
        let theirs = &manifest.endpaper;
        say(&format!("note: the release was made by Endpaper {theirs}, this is {ours}\n"));
    }
    Ok(if is_same { Outcome::Done } else { Outcome::Unverified })
}

fn read(store: &Store, dist: &Path) -> Result<Manifest, Failure> {
    let place = dist.join(MANIFEST);
    let bytes = store.read(MANIFEST).map_err(|error| {
        Failure::io("read", &place, &error).help("`endpaper build --release` writes it")
    })?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Failure::new(format!("`{}` is no manifest: {error}", place.display())))
}

/// Every file that the book makes, beside the one in the folder.
fn compare(store: &Store, made: &Made) -> Result<Vec<(String, Verdict)>, Failure> {
    let mut verdicts = Vec::new();
    for Artefact { name, bytes, .. } in &made.artefacts {
        let verdict = match store.read_within("", name, u64::MAX - 1) {
            Ok(found) if digest(&found) == digest(bytes) => Verdict::Same,
            Ok(_) => Verdict::Differs,
            Err(ReadProblem::Missing) => Verdict::Missing,
            Err(problem) => {
                let error = problem.into_io(name);
                return Err(Failure::new(format!("cannot read `{name}`: {error}")));
            }
        };
        verdicts.push((name.clone(), verdict));
    }
    Ok(verdicts)
}

fn tell_verdicts(verify: &Verify, verdicts: &[(String, Verdict)]) -> Result<(), Failure> {
    for (name, verdict) in verdicts {
        let word = match verdict {
            Verdict::Same => "same",
            Verdict::Differs => "differs",
            Verdict::Missing => "missing",
        };
        match verify.common.format {
            Format::Json => {
                let object = serde_json::json!({ "artefact": name, "verdict": word });
                tell(&format!("{object}\n"))?;
            }
            Format::Human if *verdict != Verdict::Same || !verify.common.quiet => {
                tell(&format!("{word:8} {}\n", verify.dist.join(name).display()))?;
            }
            Format::Human | Format::Sarif => {}
        }
    }
    Ok(())
}
