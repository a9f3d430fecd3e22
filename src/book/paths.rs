//! Paths of chapters in links: seen from the chapter that holds the link.

/// The folder of a file.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The file's name without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
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

/// How one gets from a folder to a file: the shortest relative path.
pub(super) fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_normalised() {
        assert_eq!(join("chapters", "../../images/a.jpg").as_deref(), Some("../images/a.jpg"));
        assert_eq!(join("", "./a//b/../c").as_deref(), Some("a/c"));
        assert_eq!(join("a", "/etc/passwd"), None);
        assert_eq!(stem("chapters/03-loop.md"), "03-loop");
        assert_eq!(relative("chapters", "chapters/a.md"), "a.md");
        assert_eq!(relative("a/b", "c.md"), "../../c.md");
    }
}
