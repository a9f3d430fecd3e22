//! Files get to the disk: all of them or none.
//!
//! The whole set is first written and synchronised under other names. Then its folder takes the
//! place of the old one in one step (`exchange`), with everything in the old folder that is not
//! ours: whenever a run is killed, `dist/` holds the old set or the new one. Where folders cannot
//! be exchanged each file is renamed on its own, `SHA256SUMS` last: where one cannot be replaced, those
//! before it become the old ones again. Only a run killed between two renames leaves some new and
//! some old files, each of them whole.
//!
//! What a killed run left behind is removed by the next one; two builds into one folder wait for
//! each other. Files of editions that no longer exist are left alone: the folder may hold what is
//! not ours.

mod exchange;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::Artefact;
use exchange::Staging;

/// How files are called until they are complete.
const PREFIX: &str = ".endpaper-";
const SUFFIX: &str = ".part";

/// As many builds may have been waiting for the folder before us.
const MOST_WAITS: usize = 1000;

/// Puts the artefacts into a folder, which is made if it is not there.
pub(super) fn write(out: &Path, artefacts: &[Artefact]) -> Result<(), Failure> {
    make_folder(out)?;
    let _lock = lock(out);
    exchange::recover(out);
    remove_parts(out).map_err(|error| Failure::io("clean the folder", out, &error))?;
    no_folder_in_the_way(out, artefacts)?;
    if write_at_once(out, artefacts)? {
        return Ok(());
    }
    let result = write_one_by_one(out, artefacts);
    if result.is_err() {
        // The first failure is the one to tell; what stays behind the next build removes.
        let _ = remove_parts(out);
    }
    result
}

/// Makes a folder and those above it.
pub(super) fn make_folder(folder: &Path) -> Result<(), Failure> {
    let Err(error) = fs::create_dir_all(folder) else { return Ok(()) };
    let failure = Failure::io("make the folder", folder, &error);
    Err(match folder.ancestors().find(|path| path.is_file()) {
        Some(file) => failure.help(format!("`{}` is a file: name another folder", file.display())),
        None => failure.help("choose a folder that you may write"),
    })
}

fn no_folder_in_the_way(out: &Path, artefacts: &[Artefact]) -> Result<(), Failure> {
    let places = artefacts.iter().map(|artefact| out.join(&artefact.name));
    match places.into_iter().find(|place| place.is_dir()) {
        Some(place) => {
            let message = format!("cannot write `{}`: it is a folder", place.display());
            Err(Failure::new(message))
        }
        None => Ok(()),
    }
}

/// `false` where folders cannot be exchanged; then nothing has changed.
fn write_at_once(out: &Path, artefacts: &[Artefact]) -> Result<bool, Failure> {
    let Some(staging) = Staging::new(out) else { return Ok(false) };
    for artefact in artefacts {
        let result = write_part(&staging.folder().join(&artefact.name), &artefact.bytes);
        if let Err(error) = result {
            exchange::recover(out);
            let place = out.join(&artefact.name);
            return Err(Failure::unwritten(&place, &error).nothing_changed());
        }
    }
    synchronise(staging.folder());
    let done = staging.take_place(|name| artefacts.iter().any(|a| name == Path::new(&a.name)));
    if done && let Some(parent) = out.canonicalize().ok().as_deref().and_then(Path::parent) {
        synchronise(parent);
    }
    Ok(done)
}

fn write_one_by_one(out: &Path, artefacts: &[Artefact]) -> Result<(), Failure> {
    for artefact in artefacts {
        write_part(&part(out, artefact), &artefact.bytes)
            .map_err(|e| Failure::unwritten(&out.join(&artefact.name), &e).nothing_changed())?;
    }
    keep_old(out, artefacts)?;
    for (at, artefact) in artefacts.iter().enumerate() {
        let place = out.join(&artefact.name);
        if let Err(error) = fs::rename(part(out, artefact), &place) {
            let failure = Failure::unwritten(&place, &error);
            return Err(match put_back(out, &artefacts[..at]) {
                true => failure.nothing_changed(),
                false => failure.help("some files there are new and some old: build again"),
            });
        }
    }
    synchronise(out);
    remove_parts(out).map_err(|error| Failure::io("clean the folder", out, &error))
}

/// Gives each old file a second name, under which it can come back.
fn keep_old(out: &Path, artefacts: &[Artefact]) -> Result<(), Failure> {
    for artefact in artefacts {
        let (place, kept) = (out.join(&artefact.name), old(out, artefact));
        let made = match place.symlink_metadata() {
            Ok(_) => fs::hard_link(&place, &kept).or_else(|_| fs::copy(&place, &kept).map(drop)),
            Err(_) => Ok(()),
        };
        made.map_err(|error| Failure::unwritten(&kept, &error).nothing_changed())?;
    }
    Ok(())
}

/// Puts the old files back in the place of new ones; `false` when one of them stayed.
fn put_back(out: &Path, artefacts: &[Artefact]) -> bool {
    let mut is_done = true;
    for artefact in artefacts.iter().rev() {
        let (place, kept) = (out.join(&artefact.name), old(out, artefact));
        let result = match kept.symlink_metadata() {
            Ok(_) => fs::rename(kept, place),
            Err(_) => fs::remove_file(place),
        };
        is_done &= result.is_ok();
    }
    is_done
}

/// The names in a folder get to the disk; not every system can do that.
fn synchronise(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn part(out: &Path, artefact: &Artefact) -> PathBuf {
    out.join(format!("{PREFIX}{}{SUFFIX}", artefact.name))
}

fn old(out: &Path, artefact: &Artefact) -> PathBuf {
    out.join(format!("{PREFIX}{}.old{SUFFIX}", artefact.name))
}

/// Puts a text in the place of a file, which is whole at every moment.
pub(super) fn replace(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let part = place.with_file_name(format!("{PREFIX}{name}{SUFFIX}"));
    let result = write_part(&part, bytes).and_then(|()| fs::rename(&part, place));
    if result.is_err() {
        let _ = fs::remove_file(&part);
    }
    result
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
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) && !entry.file_type()?.is_dir() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Waits until no other build writes into the folder, until the file is dropped. A system that
/// cannot lock a folder goes without.
fn lock(out: &Path) -> Option<File> {
    for _ in 0..MOST_WAITS {
        let folder = File::open(out).ok()?;
        folder.lock().ok()?;
        // While we waited the folder may have been exchanged for another one.
        if is_still_at(&folder, out) {
            return Some(folder);
        }
    }
    None
}

#[cfg(unix)]
fn is_still_at(folder: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (folder.metadata(), fs::metadata(path)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => true,
    }
}

#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artefact(name: &str, text: &str) -> Artefact {
        Artefact { name: name.to_owned(), bytes: text.as_bytes().to_vec(), pages: None }
    }

    /// An empty folder of this test's own.
    pub(super) fn folder(test: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("endpaper-{}-{test}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        path
    }

    pub(super) fn read(folder: &Path, name: &str) -> String {
        File::open(folder.join(name)).and_then(io::read_to_string).expect("can read")
    }

    pub(super) fn names(folder: &Path) -> Vec<String> {
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
        assert_eq!(read(&out, "a.pdf"), "new");
    }

    #[test]
    fn a_failure_leaves_the_old_files_and_nothing_else() {
        let out = folder("failure");
        write(&out, &[artefact("a.pdf", "old")]).expect("can write");
        fs::create_dir(out.join("b.pdf")).expect("can make");
        let failure = write(&out, &[artefact("a.pdf", "new"), artefact("b.pdf", "new")]);
        assert!(failure.expect_err("b.pdf is a folder").to_string().contains("b.pdf"));
        assert_eq!(names(&out), ["a.pdf", "b.pdf"]);
        assert_eq!(read(&out, "a.pdf"), "old");
    }

    #[test]
    fn one_that_cannot_be_replaced_brings_the_old_ones_back() {
        let out = folder("back");
        write(&out, &[artefact("a.pdf", "old")]).expect("can write");
        fs::create_dir(out.join("c.pdf")).expect("can make");
        let set = [artefact("a.pdf", "new"), artefact("b.pdf", "new"), artefact("c.pdf", "new")];
        let failure = write_one_by_one(&out, &set).expect_err("c.pdf is a folder").to_string();
        assert!(failure.contains("c.pdf"), "{failure}");
        remove_parts(&out).expect("can clean");
        assert_eq!(names(&out), ["a.pdf", "c.pdf"]);
        assert_eq!(read(&out, "a.pdf"), "old");
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
