//! A folder for a new book: it is not there yet, or it is empty. Nothing is ever written over.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::Failure;

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
    for (path, bytes) in files {
        let place = folder.join(path);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent).map_err(|e| Failure::io("make the folder", parent, &e))?;
        }
        let written = File::create_new(&place).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(|error| Failure::io("write", &place, &error))?;
    }
    Ok(())
}
