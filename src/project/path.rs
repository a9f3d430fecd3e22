//! The path rules: paths are relative, written with `/`, and stay inside declared folders.
//!
//! Everything here is about the characters of a path; what symbolic links make of it is judged
//! by the store. A normalised path has no `.`, no empty piece, and `..` only at its front.

/// Why a path is no path of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadPath {
    /// It begins at the root of a disk.
    Absolute,
    /// It holds a `\` or a NUL: written for one system only, or for none.
    Character,
    /// It is empty.
    Empty,
}

/// The shortest way of writing the same path; `.` becomes the empty string, the book's folder.
pub(crate) fn normalise(path: &str) -> Result<String, BadPath> {
    if path.is_empty() {
        return Err(BadPath::Empty);
    }
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if path.starts_with('/') || path.starts_with('\\') || drive {
        return Err(BadPath::Absolute);
    }
    if path.contains(['\\', '\0']) {
        return Err(BadPath::Character);
    }
    let mut pieces: Vec<&str> = Vec::new();
    for piece in path.split('/') {
        match piece {
            "" | "." => {}
            ".." if pieces.last().is_some_and(|last| *last != "..") => {
                pieces.pop();
            }
            _ => pieces.push(piece),
        }
    }
    Ok(pieces.join("/"))
}

/// `path` as seen from `folder`, both normalised, put together and normalised again.
pub(crate) fn join(folder: &str, path: &str) -> Result<String, BadPath> {
    let relative = normalise(path)?;
    normalise(&format!("./{folder}/{relative}"))
}

/// What follows `folder` in `path`, both normalised; `None` when the path leaves the folder or is
/// the folder itself.
pub(crate) fn inside<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    let rest =
        if folder.is_empty() { path } else { path.strip_prefix(folder)?.strip_prefix('/')? };
    let leaves = rest.is_empty() || rest == ".." || rest.starts_with("../");
    (!leaves).then_some(rest)
}

/// The folder of a normalised path: everything before its last piece.
pub(crate) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The `..` at the front of a normalised path: the nearest folder above the book that holds it.
pub(crate) fn climb(path: &str) -> &str {
    let mut end = 0;
    while path[end..] == *".." || path[end..].starts_with("../") {
        end = (end + 3).min(path.len());
    }
    path[..end].trim_end_matches('/')
}

/// What `%20` and the like stand for; the text itself when there are none or they are no UTF-8.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |digit: Option<&u8>| digit.and_then(|d| char::from(*d).to_digit(16));
        match (first, hex(tail.first()), hex(tail.get(1))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).expect("two hexadecimal digits"));
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_one_form() {
        for (written, normal) in [
            ("a/./b//c", "a/b/c"),
            ("a/../b", "b"),
            ("../images/", "../images"),
            ("../../x/../y", "../../y"),
            ("a/../../b", "../b"),
            (".", ""),
            ("ch:apter.md", "ch:apter.md"),
        ] {
            assert_eq!(normalise(written).as_deref(), Ok(normal), "{written}");
        }
        assert_eq!(normalise(""), Err(BadPath::Empty));
        assert_eq!(normalise("/etc/passwd"), Err(BadPath::Absolute));
        assert_eq!(normalise("C:/x"), Err(BadPath::Absolute));
        assert_eq!(normalise("\\\\server\\x"), Err(BadPath::Absolute));
        assert_eq!(normalise("a\\b"), Err(BadPath::Character));
        assert_eq!(normalise("a\0b"), Err(BadPath::Character));
    }

    #[test]
    fn a_path_is_inside_or_it_is_not() {
        assert_eq!(inside("", "a/b"), Some("a/b"));
        assert_eq!(inside("", "../a"), None);
        assert_eq!(inside("", ""), None);
        assert_eq!(inside("images", "images/a.jpg"), Some("a.jpg"));
        assert_eq!(inside("images", "images2/a.jpg"), None);
        assert_eq!(inside("images", "images"), None);
        assert_eq!(inside("../images", "../images/a/b.jpg"), Some("a/b.jpg"));
        assert_eq!(inside("..", "../../a"), None);
    }

    #[test]
    fn joining_keeps_the_climb() {
        assert_eq!(join("chapters", "../images/a.jpg").as_deref(), Ok("images/a.jpg"));
        assert_eq!(join("", "../a.jpg").as_deref(), Ok("../a.jpg"));
        assert_eq!(join("../images", "a.jpg").as_deref(), Ok("../images/a.jpg"));
        assert_eq!(join("chapters", "/a.jpg"), Err(BadPath::Absolute));
    }

    #[test]
    fn the_climb_is_the_dots_at_the_front() {
        for (path, dots) in
            [("a/b", ""), ("../a", ".."), ("../../a/b", "../.."), ("..", ".."), ("..a/b", "")]
        {
            assert_eq!(climb(path), dots, "{path}");
        }
        assert_eq!(parent("a/b/c.md"), "a/b");
        assert_eq!(parent("c.md"), "");
    }

    #[test]
    fn percent_signs_are_decoded_where_they_encode() {
        assert_eq!(percent_decoded("a%20b%C3%A5"), "a bå");
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%FF"), "%FF");
    }
}
