//! Where files come from: a folder on the disk, or bytes in memory.
//!
//! This is the only file that touches the disk for reading. Paths are relative to the book's
//! folder and normalised here; a symbolic link that leads out of the folder it is read for, a
//! device, a pipe and a file beyond its bound are refused before a byte is taken over.

use super::config::PhotoLimits;
use super::path;
use super::stamp::Stamp;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest text that is read, in bytes: 16 MiB, four times the Bible. Spans count in 32 bits
/// and a stage may hold several forms of a text, so the bound stays far below both.
pub const TEXT_LIMIT: u64 = 16 << 20;

/// Where files come from.
#[derive(Clone, Debug)]
pub enum Store {
    /// A folder on the disk: the one that holds `book.toml`.
    Disk(PathBuf),
    /// Paths relative to the book's folder, with `/`, and their bytes.
    Memory(BTreeMap<String, Vec<u8>>),
}

/// Why a file was not read.
#[derive(Debug)]
pub enum ReadProblem {
    /// There is no such file.
    Missing,
    /// The path, or a symbolic link in it, leads out of its folder.
    Outside,
    /// It is larger than this many bytes.
    TooLarge(u64),
    /// It is a folder, a device, a pipe.
    NotAFile,
    /// The machine failed.
    Io(io::Error),
}

impl Store {
    /// The bytes of a file; `..` at the front of `path` is followed, symbolic links that lead
    /// out of the folder so reached are not.
    ///
    /// # Errors
    /// `NotFound`, `PermissionDenied` for a path that leads out, `FileTooLarge`, or what the
    /// system says.
    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let folder = path::normalise(path).map(|p| path::climb(&p).to_owned()).unwrap_or_default();
        self.read_within(&folder, path, PhotoLimits::USUAL.bytes)
            .map_err(|problem| problem.into_io(path))
    }

    /// The names of the files in a folder, sorted; names that are not UTF-8 are left out, since
    /// no `book.toml` can say them.
    ///
    /// # Errors
    /// `NotFound`, `PermissionDenied` for a path that leads out, or what the system says.
    pub fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let path = path::normalise(folder).map_err(|_| ReadProblem::Outside.into_io(folder))?;
        self.list_folder(&path).map_err(|problem| problem.into_io(folder))
    }

    /// [`Store::list`] for a normalised path.
    pub(crate) fn list_folder(&self, folder: &str) -> Result<Vec<String>, ReadProblem> {
        let mut names = match self {
            Self::Disk(root) => list_disk(root, folder)?,
            Self::Memory(files) => list_memory(files, folder)?,
        };
        names.sort();
        Ok(names)
    }

    /// The bytes of a file that must lie inside `folder` (normalised) and have at most `limit`
    /// bytes. The file's path is relative to the book's folder, like the folder's.
    pub(crate) fn read_within(
        &self,
        folder: &str,
        file: &str,
        limit: u64,
    ) -> Result<Vec<u8>, ReadProblem> {
        let mut bytes = Vec::new();
        self.read_again(folder, file, limit, &mut bytes)?;
        Ok(bytes)
    }

    /// The same in the place of what was read before, in its memory.
    pub(crate) fn read_again(
        &self,
        folder: &str,
        file: &str,
        limit: u64,
        bytes: &mut Vec<u8>,
    ) -> Result<(), ReadProblem> {
        bytes.clear();
        let file = path::normalise(file).map_err(|_| ReadProblem::Outside)?;
        path::inside(folder, &file).ok_or(ReadProblem::Outside)?;
        match self {
            Self::Disk(root) => read_disk(&locate(root, folder, &file)?, limit, bytes),
            Self::Memory(files) => match files.get(&file) {
                None => Err(ReadProblem::Missing),
                Some(known) if known.len() as u64 > limit => Err(ReadProblem::TooLarge(limit)),
                Some(known) => {
                    bytes.extend_from_slice(known);
                    Ok(())
                }
            },
        }
    }

    /// What the system says of the file that [`Store::read_within`] would read, where there is such
    /// a thing.
    pub(crate) fn stamp_within(&self, folder: &str, file: &str) -> Option<Stamp> {
        let file = path::normalise(file).ok()?;
        path::inside(folder, &file)?;
        match self {
            Self::Disk(root) => {
                let metadata = locate(root, folder, &file).ok()?.metadata().ok()?;
                Stamp::of(&metadata).filter(|_| metadata.is_file())
            }
            Self::Memory(_) => None,
        }
    }

    /// Whether [`Store::read_within`] would find a file, without reading it.
    pub(crate) fn find_within(&self, folder: &str, file: &str) -> Result<(), ReadProblem> {
        let file = path::normalise(file).map_err(|_| ReadProblem::Outside)?;
        path::inside(folder, &file).ok_or(ReadProblem::Outside)?;
        match self {
            Self::Disk(root) => {
                let real = locate(root, folder, &file)?;
                if real.is_file() { Ok(()) } else { Err(ReadProblem::NotAFile) }
            }
            Self::Memory(files) if files.contains_key(&file) => Ok(()),
            Self::Memory(_) => Err(ReadProblem::Missing),
        }
    }
}

impl ReadProblem {
    /// The problem as the standard library says it, with the path in its words.
    pub(crate) fn into_io(self, path: &str) -> io::Error {
        match self {
            Self::Missing => {
                io::Error::new(io::ErrorKind::NotFound, format!("there is no `{path}`"))
            }
            Self::Outside => io::Error::new(
                io::ErrorKind::PermissionDenied,
                format!("`{path}` leads out of the book's folders"),
            ),
            Self::TooLarge(limit) => io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!("`{path}` has more than {limit} bytes"),
            ),
            Self::NotAFile => {
                io::Error::new(io::ErrorKind::InvalidInput, format!("`{path}` is not a file"))
            }
            Self::Io(error) => io::Error::new(error.kind(), format!("`{path}`: {error}")),
        }
    }
}

impl From<io::Error> for ReadProblem {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::InvalidFilename => Self::Missing,
            io::ErrorKind::IsADirectory => Self::NotAFile,
            _ => Self::Io(error),
        }
    }
}

/// Where a file really is, after all symbolic links; refused when that is outside of the folder,
/// or when the folder itself is a link to somewhere else than its path says.
fn locate(root: &Path, folder: &str, file: &str) -> Result<PathBuf, ReadProblem> {
    let root = root.canonicalize()?;
    let above = path::climb(folder).split('/').filter(|piece| !piece.is_empty()).count();
    let anchor = root.ancestors().nth(above).ok_or(ReadProblem::Outside)?;
    let folder = if folder.is_empty() { root.clone() } else { root.join(folder).canonicalize()? };
    let real = root.join(file).canonicalize()?;
    if folder.starts_with(anchor) && real.starts_with(&folder) {
        Ok(real)
    } else {
        Err(ReadProblem::Outside)
    }
}

/// Reads a regular file of at most `limit` bytes. The size is checked again while reading: the
/// file may grow.
fn read_disk(real: &Path, limit: u64, bytes: &mut Vec<u8>) -> Result<(), ReadProblem> {
    let metadata = real.metadata()?;
    if !metadata.is_file() {
        return Err(ReadProblem::NotAFile);
    }
    // One byte more than there is, where its end is found without asking for more memory.
    bytes.reserve(usize::try_from(metadata.len().min(limit) + 1).unwrap_or(0));
    File::open(real)?.take(limit + 1).read_to_end(bytes)?;
    if bytes.len() as u64 > limit { Err(ReadProblem::TooLarge(limit)) } else { Ok(()) }
}

fn list_disk(root: &Path, folder: &str) -> Result<Vec<String>, ReadProblem> {
    let real = locate(root, path::climb(folder), folder)?;
    let mut names = Vec::new();
    for entry in real.read_dir()? {
        let path = entry?.path();
        // A link that leads nowhere is listed: whoever reads it says that there is no such file.
        let is_listed = path.is_file() || path.is_symlink() && !path.exists();
        let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        if let (true, Some(name)) = (is_listed, name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// A folder is there when a file is somewhere below it.
fn list_memory(
    files: &BTreeMap<String, Vec<u8>>,
    folder: &str,
) -> Result<Vec<String>, ReadProblem> {
    let below: Vec<&str> = files.keys().filter_map(|file| path::inside(folder, file)).collect();
    if below.is_empty() {
        return Err(ReadProblem::Missing);
    }
    Ok(below.into_iter().filter(|rest| !rest.contains('/')).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(files: &[&str]) -> Store {
        Store::Memory(files.iter().map(|f| ((*f).to_owned(), f.as_bytes().to_vec())).collect())
    }

    #[test]
    fn memory_reads_normalised_paths_and_lists_one_folder() {
        let store =
            memory(&["b.md", "chapters/b.md", "chapters/a.md", "chapters/x/c.md", "../i/p"]);
        assert_eq!(store.read("chapters/../b.md").unwrap(), b"b.md");
        assert_eq!(store.read("../i/p").unwrap(), b"../i/p");
        let listed = store.list("chapters").unwrap();
        assert_eq!(listed, ["a.md", "b.md"]);
        assert_eq!(store.list(".").unwrap(), ["b.md"]);
        assert_eq!(store.read("nope").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(store.list("nope").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(store.read("/b.md").unwrap_err().kind(), io::ErrorKind::PermissionDenied);
    }

    #[test]
    fn a_file_beyond_its_bound_is_refused() {
        let store = memory(&["12345"]);
        assert!(matches!(store.read_within("", "12345", 4), Err(ReadProblem::TooLarge(4))));
        assert!(store.read_within("", "12345", 5).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_may_not_lead_out() {
        use std::os::unix::fs::symlink;
        let base = std::env::temp_dir().join(format!("endpaper-store-{}", std::process::id()));
        let book = base.join("book");
        for folder in ["book/chapters", "images", "secret"] {
            std::fs::create_dir_all(base.join(folder)).unwrap();
        }
        for file in ["book/chapters/a.md", "images/a.jpg", "secret/s"] {
            let mut written = File::create(base.join(file)).unwrap();
            io::Write::write_all(&mut written, file.as_bytes()).unwrap();
        }
        symlink(base.join("secret/s"), book.join("chapters/link.md")).unwrap();
        symlink("a.md", book.join("chapters/good.md")).unwrap();
        symlink("gone.md", book.join("chapters/nowhere.md")).unwrap();
        symlink(base.join("secret"), book.join("pictures")).unwrap();
        symlink(base.join("secret"), base.join("images/sub")).unwrap();

        let store = Store::Disk(book);
        let read = |folder: &str, file: &str| store.read_within(folder, file, 100);
        assert!(read("", "chapters/a.md").is_ok());
        assert!(read("", "chapters/good.md").is_ok());
        assert!(matches!(read("", "chapters/link.md"), Err(ReadProblem::Outside)));
        assert!(matches!(read("pictures", "pictures/s"), Err(ReadProblem::Outside)));
        assert!(read("../images", "../images/a.jpg").is_ok());
        assert!(matches!(read("../images", "../images/sub/s"), Err(ReadProblem::Outside)));
        assert!(matches!(read("", "../images/a.jpg"), Err(ReadProblem::Outside)));
        assert!(matches!(read("", "chapters"), Err(ReadProblem::NotAFile)));
        assert!(matches!(read("", "chapters/a.md/b"), Err(ReadProblem::Missing)));
        assert!(matches!(store.find_within("", "chapters/link.md"), Err(ReadProblem::Outside)));
        assert!(store.read("../images/a.jpg").is_ok());
        let listed = store.list("chapters").unwrap();
        assert_eq!(listed, ["a.md", "good.md", "link.md", "nowhere.md"]);
        assert!(matches!(read("", "chapters/nowhere.md"), Err(ReadProblem::Missing)));
        std::fs::remove_dir_all(base).unwrap();
    }
}
