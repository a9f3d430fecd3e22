//! A folder for a new book: it is not there yet, or it is empty. Nothing is ever written over, and
//! of a book that could not be written to its end nothing is left behind.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::Failure;
use super::dist::make_folder;

/// Refuses a folder that holds something.
pub(super) fn check(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Err(Failure::new(format!("the folder `{shown}` is not empty"))
            .help("name a folder that does not exist yet: nothing is written over")),
        Ok(false) => Ok(()),
        Err(_) if folder.exists() => Err(Failure::new(format!("`{shown}` is not a folder"))),
        Err(_) => Ok(()),
    }
}

/// Writes files with their folders; paths are relative, with `/`.
pub(super) fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    let was_there = folder.exists();
    let mut written = Vec::new();
    let result = files.iter().try_for_each(|(path, bytes)| {
        let place = folder.join(path);
        make_folder(place.parent().unwrap_or(folder))?;
        let made = File::create_new(&place).and_then(|mut file| {
            written.push(place.clone());
            file.write_all(bytes)?;
            file.sync_all()
        });
        made.map_err(|error| Failure::unwritten(&place, &error))
    });
    if result.is_err() {
        remove(folder, was_there, &written);
    }
    result
}

/// Removes what was written, so that the next run finds the folder as this one did.
fn remove(folder: &Path, was_there: bool, written: &[PathBuf]) {
    for place in written {
        let _ = fs::remove_file(place);
        // Each folder that is empty now; one with something in it stays.
        let above = place.ancestors().skip(1).take_while(|above| above.starts_with(folder));
        for above in above.filter(|above| !was_there || *above != folder) {
            let _ = fs::remove_dir(above);
        }
    }
}
