//! Watches the folders of a book: tells when something in them has changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer};

use super::Failure;

/// Editors write a file in several steps: they are one change.
const PAUSE: Duration = Duration::from_millis(60);

/// More files than any book has.
const MOST_FILES: usize = 20_000;

/// Watches until it is dropped.
pub(super) struct Watcher {
    events: Receiver<DebounceEventResult>,
    folders: Vec<PathBuf>,
    /// Where this program writes itself.
    out: Option<PathBuf>,
    /// How the files were when they were looked at last: to read a file is an event as well.
    seen: BTreeMap<PathBuf, String>,
    _debouncer: Debouncer<RecommendedWatcher>,
}

impl Watcher {
    /// Watches folders with all that is below them; what happens below `out` is our own doing.
    pub(super) fn new(folders: &[PathBuf], out: Option<&Path>) -> Result<Self, Failure> {
        let cannot = |error| Failure::new(format!("cannot watch the folder of the book: {error}"));
        let (sender, events) = channel();
        let mut debouncer = new_debouncer(PAUSE, sender).map_err(cannot)?;
        for folder in folders {
            debouncer.watcher().watch(folder, RecursiveMode::Recursive).map_err(cannot)?;
        }
        let out = out.map(|out| out.canonicalize().unwrap_or_else(|_| out.to_owned()));
        let (folders, seen) = (folders.to_vec(), BTreeMap::new());
        let mut watcher = Self { events, folders, out, seen, _debouncer: debouncer };
        watcher.seen = watcher.look();
        Ok(watcher)
    }

    /// Waits until something changes; `false` when nothing is watched any more.
    pub(super) fn wait(&mut self) -> bool {
        while self.events.recv().is_ok() {
            while self.events.try_recv().is_ok() {}
            let now = self.look();
            if now != self.seen {
                self.seen = now;
                return true;
            }
        }
        false
    }

    /// Size and time of every file that counts.
    fn look(&self) -> BTreeMap<PathBuf, String> {
        let mut seen = BTreeMap::new();
        let mut open = self.folders.clone();
        while let Some(folder) = open.pop() {
            let Ok(entries) = folder.read_dir() else { continue };
            for entry in entries.flatten().take(MOST_FILES) {
                let path = entry.path();
                let Ok(data) = entry.metadata() else { continue };
                if !self.counts(&path) {
                    continue;
                }
                if data.is_dir() && seen.len() < MOST_FILES {
                    open.push(path);
                } else {
                    seen.insert(path, format!("{} {:?}", data.len(), data.modified().ok()));
                }
            }
        }
        seen
    }

    fn counts(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let is_passing = name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp");
        // The folder of the files is exchanged for a new one: neither may count.
        let is_ours = self.out.as_ref().is_some_and(|out| {
            path.starts_with(out) || path.canonicalize().is_ok_and(|path| path.starts_with(out))
        });
        !is_passing && !is_ours
    }
}
