//! `endpaper watch`: builds again whenever something changes.

use super::arguments::{Format, Watch};
use super::watcher::Watcher;
use super::{Failure, Outcome, build, make, say};

/// Runs the command, until somebody stops it.
pub(super) fn run(watch: &Watch) -> Result<Outcome, Failure> {
    let wanted = &watch.build;
    let folders = make::folders(&wanted.common)?;
    std::fs::create_dir_all(&wanted.out)
        .map_err(|error| Failure::io("make the folder", &wanted.out, &error))?;
    let mut watcher = Watcher::new(&folders, Some(&wanted.out))?;
    loop {
        // What a run cannot read may be there again after the next change.
        if let Err(failure) = build::run_as(wanted, true) {
            say(&format!("{failure}\n"));
        }
        if wanted.common.format == Format::Human && !wanted.common.quiet {
            say("waiting for changes; stop with Ctrl-C\n");
        }
        if !watcher.wait() {
            return Ok(Outcome::Done);
        }
    }
}
