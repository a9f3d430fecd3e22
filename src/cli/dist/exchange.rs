//! A folder takes another one's place in one step.
//!
//! A rename replaces one file; a set of files is replaced as one only when their folder is. So
//! the new set is made in a *staging* folder beside the old one, together with everything in
//! the old folder that is not ours, and the two exchange their names. Whoever looks sees the
//! whole old set or the whole new one, however a run ends.
//!
//! Linux and macOS can exchange two names (`renameat2` with `RENAME_EXCHANGE`, `renamex_np` with
//! `RENAME_SWAP`). Where the system, the file system or the rights do not allow it (the folder
//! may be a mount point, its parent read-only), the caller is told so and renames file by file.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// In a staging folder that is not complete, and for a moment in the new set. A folder with the
/// staging name and without it is the old set after an exchange.
const MARK: &str = ".endpaper-new";

/// A folder in the making that will take the place of another one.
pub(super) struct Staging {
    /// Absolute, without symbolic links: the folder itself changes its name, not a link to it.
    place: PathBuf,
    folder: PathBuf,
}

impl Staging {
    /// Makes an empty staging folder beside `place`; `None` where that cannot be done.
    pub(super) fn new(place: &Path) -> Option<Self> {
        let staging = Self::beside(place)?;
        fs::create_dir(&staging.folder).ok()?;
        let made = File::create(staging.folder.join(MARK)).is_ok()
            && fs::metadata(&staging.place)
                .and_then(|old| fs::set_permissions(&staging.folder, old.permissions()))
                .is_ok();
        if made {
            return Some(staging);
        }
        staging.remove();
        None
    }

    fn beside(place: &Path) -> Option<Self> {
        let place = place.canonicalize().ok()?;
        let mut name = OsString::from(".");
        name.push(place.file_name()?);
        name.push(".endpaper-staging");
        let folder = place.with_file_name(name);
        Some(Self { place, folder })
    }

    /// Where the new files are to be written.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes the place; `false` when it cannot, and then nothing has changed. `ours` tells which
    /// names are new; every other file of the old folder stays.
    pub(super) fn take_place(self, ours: impl Fn(&Path) -> bool) -> bool {
        if self.keep_files(&ours).is_err() || swap(&self.folder, &self.place).is_err() {
            self.remove();
            return false;
        }
        let _ = fs::remove_file(self.place.join(MARK));
        self.clear();
        true
    }

    /// Gives every file of the old folder that is not ours a second name in the new one.
    fn keep_files(&self, ours: &impl Fn(&Path) -> bool) -> io::Result<()> {
        for entry in fs::read_dir(&self.place)? {
            let entry = entry?;
            let name = PathBuf::from(entry.file_name());
            if !entry.file_type()?.is_dir() && !ours(&name) {
                fs::hard_link(entry.path(), self.folder.join(&name))?;
            }
        }
        Ok(())
    }

    /// Moves what only the old folder has (folders cannot have two names) and removes the rest.
    fn clear(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let place = self.place.join(entry.file_name());
            if place.symlink_metadata().is_err() && fs::rename(entry.path(), place).is_err() {
                // Somebody else's: better a folder too many than a file too few.
                return;
            }
        }
        self.remove();
    }

    fn remove(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Finishes or undoes what a killed run left behind.
pub(super) fn recover(place: &Path) {
    let Some(left) = Staging::beside(place).filter(|s| s.folder.is_dir()) else { return };
    if left.folder.join(MARK).symlink_metadata().is_ok() {
        left.remove();
    } else {
        left.clear();
    }
    let _ = fs::remove_file(left.place.join(MARK));
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{folder, names, read};
    use super::*;

    fn put(folder: &Path, name: &str, text: &str) {
        use std::io::Write;
        let mut file = File::create(folder.join(name)).expect("can write");
        file.write_all(text.as_bytes()).expect("can write");
    }

    #[test]
    fn the_new_set_stands_with_what_is_not_ours() {
        let out = folder("exchange").join("dist");
        fs::create_dir_all(out.join("mine")).expect("can make");
        put(&out, "a.pdf", "old");
        put(&out, "notes.txt", "kept");
        put(&out.join("mine"), "b", "kept");
        let Some(staging) = Staging::new(&out) else { return };
        put(staging.folder(), "a.pdf", "new");
        assert!(staging.take_place(|name| name == Path::new("a.pdf")));
        assert_eq!(names(&out), ["a.pdf", "mine", "notes.txt"]);
        assert_eq!((read(&out, "a.pdf"), read(&out, "mine/b")), ("new".into(), "kept".into()));
        assert_eq!(names(out.parent().expect("it has one")), ["dist"]);
    }

    #[test]
    fn a_staging_folder_that_was_not_finished_is_dropped() {
        let out = folder("unfinished").join("dist");
        fs::create_dir_all(&out).expect("can make");
        put(&out, "a.pdf", "old");
        let staging = Staging::new(&out).expect("the folder is ours");
        put(staging.folder(), "b.pdf", "new");
        recover(&out);
        assert_eq!(names(&out), ["a.pdf"]);
        assert_eq!(names(out.parent().expect("it has one")), ["dist"]);
    }

    #[test]
    fn what_a_kill_after_the_exchange_left_comes_back() {
        let out = folder("killed").join("dist");
        let old = out.with_file_name(".dist.endpaper-staging");
        fs::create_dir_all(old.join("mine")).expect("can make");
        fs::create_dir_all(&out).expect("can make");
        put(&out, "a.pdf", "new");
        put(&out, MARK, "");
        put(&old, "a.pdf", "old");
        recover(&out);
        assert_eq!(names(&out), ["a.pdf", "mine"]);
        assert_eq!(read(&out, "a.pdf"), "new");
        assert_eq!(names(out.parent().expect("it has one")), ["dist"]);
    }
}
