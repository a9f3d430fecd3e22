//! Where a written image path leads.

use crate::project::{Project, Store};

/// Why a path leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Out of the declared folders.
    Outside,
    /// To no file.
    Missing,
}

/// The path of an image relative to the book's folder: seen from the chapter's folder, then from
/// the photo folder.
pub(super) fn photo(project: &Project, chapter: &str, written: &str) -> Result<String, Fault> {
    let folder = &project.config.photos.folder;
    let here = join(parent(chapter), written);
    let there = join(folder, written);
    let inside = |path: &str| below(folder, path).is_some();
    for path in [&here, &there].into_iter().flatten() {
        if inside(path) && exists(project, path) {
            return Ok(path.clone());
        }
    }
    let climbs = written.starts_with('/') || written.split('/').any(|part| part == "..");
    match here {
        Some(path) if !inside(&path) && (climbs || exists(project, &path)) => Err(Fault::Outside),
        None => Err(Fault::Outside),
        Some(_) => Err(Fault::Missing),
    }
}

/// The rest of a path below a folder.
pub(super) fn below<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    let folder = join("", folder)?;
    if folder.is_empty() {
        return (!path.starts_with("../")).then_some(path);
    }
    path.strip_prefix(folder.as_str())?.strip_prefix('/')
}

fn exists(project: &Project, path: &str) -> bool {
    match &project.store {
        Store::Memory(files) => files.contains_key(path),
        Store::Disk(root) => root.join(path).is_file(),
    }
}

/// The folder of a file.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `path` seen from `folder`, without `.` and with `..` only at the start; `None` for an
/// absolute path.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\\') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_normalised() {
        assert_eq!(join("chapters", "../../images/a.jpg").as_deref(), Some("../images/a.jpg"));
        assert_eq!(join("", "./a//b/../c").as_deref(), Some("a/c"));
        assert_eq!(join("a", "/etc/passwd"), None);
        assert_eq!(below("../images", "../images/x/a.jpg"), Some("x/a.jpg"));
        assert_eq!(below("../images", "../images2/a.jpg"), None);
    }
}
