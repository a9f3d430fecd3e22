//! Work that need not be done twice: pictures as a build made them, kept for the next one.
//!
//! Nothing depends on what is here. A name is the digest of all that the work was done from, and
//! an entry begins with the digest of its own bytes: one that is stale is not found, one that is
//! broken is not used, and both are made anew. What a build did not ask for, the next one does not
//! keep. A disk that cannot be written to costs time and nothing else.
//!
//! In place of a file's bytes a name may be made from its [`Stamp`], when [`Cache::vouches`] for it:
//! the file was left alone before this build began.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::stamp::{Moment, Stamp};

/// What entries begin with. The version changes with whatever is done differently to pictures:
/// names are digests of what goes in, not of how it is worked on.
const MAGIC: &[u8] = concat!("endpaper ", env!("CARGO_PKG_VERSION"), " 5\n").as_bytes();
/// Bytes of a digest.
const DIGEST: usize = 32;
/// How names of entries end; nothing else in the folder is touched.
const SUFFIX: &str = ".kept";
/// The file that is made and removed to ask the file system for its time.
const CLOCK: &str = "now.kept";

/// A folder of finished work.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// The names that were asked for.
    asked: Mutex<BTreeSet<String>>,
    /// When somebody first asked for the time, as the file system has it.
    began: OnceLock<Option<Moment>>,
}

/// The name of a piece of work: the digest of what it is done from.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Key([u8; DIGEST]);

impl Cache {
    /// Keeps work in this folder, which is made when there is something to keep.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder, asked: Mutex::default(), began: OnceLock::new() }
    }

    /// Whether bytes that are read from now on are told by this stamp: another change of the file
    /// would give it another one. To be asked before the file is read.
    pub fn vouches(&self, stamp: &Stamp) -> bool {
        let began = self.began.get_or_init(|| self.now());
        began.is_some_and(|began| stamp.is_settled(began))
    }

    /// The time by the file system's own clock, where it can be asked.
    fn now(&self) -> Option<Moment> {
        let path = self.folder.join(CLOCK);
        fs::create_dir_all(&self.folder).ok()?;
        let moment = File::create(&path).and_then(|file| file.metadata());
        let _ = fs::remove_file(path);
        Moment::of_change(&moment.ok()?)
    }

    /// What was kept under a name, if it is whole.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let name = key.name();
        let path = self.folder.join(&name);
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        let mut file = File::open(path).ok()?;
        let (mut magic, mut digest) = ([0; MAGIC.len()], [0; DIGEST]);
        file.read_exact(&mut magic).and_then(|()| file.read_exact(&mut digest)).ok()?;
        let mut entry = Vec::new();
        file.read_to_end(&mut entry).ok()?;
        (magic == MAGIC && Sha256::digest(&entry)[..] == digest).then_some(entry)
    }

    /// Keeps something, if that can be done.
    pub fn put(&self, key: &Key, bytes: &[u8]) {
        let (folder, name) = (&self.folder, key.name());
        // A reader sees all of it or nothing. Two builds that write the same at the same time may
        // spoil it, which is noticed when it is read.
        let part = folder.join(format!("{name}.part"));
        let entry = [MAGIC, &Sha256::digest(bytes)[..], bytes].concat();
        let written = fs::create_dir_all(folder)
            .and_then(|()| File::create(&part)?.write_all(&entry))
            .and_then(|()| fs::rename(&part, folder.join(&name)));
        if written.is_err() {
            let _ = fs::remove_file(part);
        }
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
    }

    /// Removes what nobody asked for, and the folder if nothing is left.
    pub fn sweep(&self) {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        for path in entries(&self.folder) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            if name.is_some_and(|name| name.contains(SUFFIX) && !asked.contains(&name)) {
                let _ = fs::remove_file(path);
            }
        }
        // Fails while there is something in it.
        let _ = fs::remove_dir(&self.folder);
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect()
}

impl Key {
    /// The name of work of this kind.
    pub fn new(kind: &str) -> Self {
        Self([0; DIGEST]).and(kind.as_bytes())
    }

    /// The name of the same work done from this as well.
    #[must_use]
    pub fn and(self, bytes: &[u8]) -> Self {
        // One input does not run into the next: what was before is of one length.
        Self(Sha256::new_with_prefix(self.0).chain_update(bytes).finalize().into())
    }

    fn name(&self) -> String {
        let digits = self.0.iter().map(|byte| format!("{byte:02x}"));
        digits.chain([SUFFIX.to_owned()]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(test: &str) -> PathBuf {
        let name = format!("endpaper-cache-{}-{test}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        path
    }

    #[test]
    fn what_is_kept_is_found_until_it_is_broken() {
        let folder = folder("broken");
        let (cache, key) = (Cache::at(folder.clone()), Key::new("test").and(b"input"));
        assert_eq!(cache.get(&key), None);
        cache.put(&key, b"work");
        assert_eq!(cache.get(&key).as_deref(), Some(&b"work"[..]));
        assert_eq!(cache.get(&Key::new("test").and(b"other")), None);
        let path = folder.join(key.name());
        let write = |bytes: &[u8]| {
            File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("can write");
        };
        let mut whole = Vec::new();
        File::open(&path).and_then(|mut f| f.read_to_end(&mut whole)).expect("it was written");
        for at in [0, MAGIC.len(), whole.len() - 1] {
            let mut broken = whole.clone();
            broken[at] ^= 1;
            write(&broken);
            assert_eq!(cache.get(&key), None, "byte {at}");
        }
        write(&whole[..whole.len() - 1]);
        assert_eq!(cache.get(&key), None, "cut");
        cache.put(&key, b"work");
        assert_eq!(cache.get(&key).as_deref(), Some(&b"work"[..]));
    }

    #[test]
    fn what_nobody_asks_for_goes() {
        let folder = folder("sweep");
        let (old, new) = (Key::new("old"), Key::new("new"));
        Cache::at(folder.clone()).put(&old, b"1");
        File::create(folder.join("mine.txt")).expect("can write");
        let cache = Cache::at(folder.clone());
        cache.put(&new, b"2");
        cache.sweep();
        assert_eq!((cache.get(&old), cache.get(&new)), (None, Some(b"2".to_vec())));
        assert!(folder.join("mine.txt").exists());
        fs::remove_file(folder.join("mine.txt")).expect("can remove");
        Cache::at(folder.clone()).sweep();
        assert!(!folder.exists());
    }

    #[test]
    fn inputs_do_not_run_together() {
        assert_ne!(Key::new("a").and(b"bc").name(), Key::new("a").and(b"b").and(b"c").name());
    }
}
