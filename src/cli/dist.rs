//! Files get to the disk: all of them or none.
//!
//! Every file is first written whole under a hidden name beside its place and synchronised; only
//! when all are there is each renamed, `SHA256SUMS` last. So a build that fails leaves the old
//! files as they were, and a file is never seen half written. What a killed run left behind is
//! removed by the next one; two builds into one folder wait for each other.
//!
//! A run killed between two renames leaves some new and some old files, each of them whole;
//! `SHA256SUMS` tells which. Files of editions that no longer exist are left alone: the folder
//! may hold what is not ours.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::Artefact;

/// How files are called until they are complete.
const PREFIX: &str = ".endpaper-";
const SUFFIX: &str = ".part";

/// Puts the artefacts into a folder, which is made if it is not there.
pub(super) fn write(out: &Path, artefacts: &[Artefact]) -> Result<(), Failure> {
    fs::create_dir_all(out).map_err(|error| Failure::io("make the folder", out, &error))?;
    let _lock = lock(out);
    remove_parts(out).map_err(|error| Failure::io("clean the folder", out, &error))?;
    let result = write_all(out, artefacts);
    if result.is_err() {
        // The first failure is the one to tell; what stays behind the next build removes.
        let _ = remove_parts(out);
    }
    result
}

fn write_all(out: &Path, artefacts: &[Artefact]) -> Result<(), Failure> {
    for artefact in artefacts {
        let place = out.join(&artefact.name);
        if place.is_dir() {
            let message = format!("cannot write `{}`: it is a folder", place.display());
            return Err(Failure::new(message));
        }
        let part = part(out, artefact);
        write_part(&part, &artefact.bytes).map_err(|error| Failure::io("write", &place, &error))?;
    }
    for artefact in artefacts {
        let place = out.join(&artefact.name);
        fs::rename(part(out, artefact), &place)
            .map_err(|error| Failure::io("write", &place, &error))?;
    }
    // The new names themselves; not every system can synchronise a folder.
    if let Ok(folder) = File::open(out) {
        let _ = folder.sync_all();
    }
    Ok(())
}

fn part(out: &Path, artefact: &Artefact) -> PathBuf {
    out.join(format!("{PREFIX}{}{SUFFIX}", artefact.name))
}

fn write_part(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Removes what a killed or failed run left behind.
fn remove_parts(out: &Path) -> io::Result<()> {
    for entry in fs::read_dir(out)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Waits until no other build writes into the folder, until the file is dropped. A system that
/// cannot lock a folder goes without.
fn lock(out: &Path) -> Option<File> {
    let folder = File::open(out).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artefact(name: &str, text: &str) -> Artefact {
        Artefact { name: name.to_owned(), bytes: text.as_bytes().to_vec(), pages: None }
    }

    /// An empty folder of this test's own.
    fn folder(test: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("endpaper-{}-{test}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        path
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder is there");
        let names = entries.map(|e| e.expect("is readable").file_name());
        let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_set_replaces_the_old_one_and_clears_what_a_killed_run_left() {
        let out = folder("replace").join("deep/down");
        write(&out, &[artefact("a.pdf", "old")]).expect("can write");
        File::create(out.join(".endpaper-a.pdf.part")).expect("can write");
        File::create(out.join("mine.txt")).expect("can write");
        write(&out, &[artefact("a.pdf", "new"), artefact("b.pdf", "new")]).expect("can write");
        assert_eq!(names(&out), ["a.pdf", "b.pdf", "mine.txt"]);
        assert_eq!(
            File::open(out.join("a.pdf")).and_then(io::read_to_string).ok().as_deref(),
            Some("new")
        );
    }

    #[test]
    fn a_failure_leaves_the_old_files_and_nothing_else() {
        let out = folder("failure");
        write(&out, &[artefact("a.pdf", "old")]).expect("can write");
        fs::create_dir(out.join("b.pdf")).expect("can make");
        let failure = write(&out, &[artefact("a.pdf", "new"), artefact("b.pdf", "new")]);
        assert!(failure.expect_err("b.pdf is a folder").to_string().contains("b.pdf"));
        assert_eq!(names(&out), ["a.pdf", "b.pdf"]);
        assert_eq!(
            File::open(out.join("a.pdf")).and_then(io::read_to_string).ok().as_deref(),
            Some("old")
        );
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_a_failure() {
        let out = folder("file");
        fs::create_dir_all(&out).expect("can make");
        File::create(out.join("dist")).expect("can write");
        let failure = write(&out.join("dist"), &[artefact("a.pdf", "x")]);
        assert!(failure.expect_err("dist is a file").to_string().contains("make the folder"));
    }
}
