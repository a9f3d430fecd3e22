//! What was private in the files of the pictures and is in no edition (`--report`).

use std::collections::BTreeSet;

use super::arguments::Format;
use super::{Failure, tell};
use crate::photo::Private;

/// The pictures by their names, each with the kinds of what was removed.
type Removed = [(String, BTreeSet<Private>)];

/// Tells what was removed from which file.
pub(super) fn report(format: Format, removed: &Removed) -> Result<(), Failure> {
    let text = match format {
        Format::Human => table(removed),
        Format::Json => lines(removed),
        // A SARIF document has complaints and nothing else.
        Format::Sarif => return Ok(()),
    };
    tell(&text)
}

/// A line for each picture from which something was removed, and how many had nothing.
fn table(removed: &Removed) -> String {
    let told: Vec<_> = removed.iter().filter(|(_, kinds)| !kinds.is_empty()).collect();
    let width = told.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, kinds) in &told {
        let kinds: Vec<String> = kinds.iter().map(|kind| kind.name().replace('-', " ")).collect();
        text.push_str(&format!("  {name:width$}  {}\n", kinds.join(", ")));
    }
    match removed.len() - told.len() {
        0 => {}
        1 => text.push_str("  nothing from 1 picture\n"),
        n => text.push_str(&format!("  nothing from {n} pictures\n")),
    }
    if text.is_empty() { text } else { format!("private data removed from pictures\n{text}") }
}

/// One JSON object a picture.
fn lines(removed: &Removed) -> String {
    let line = |(name, kinds): &(String, BTreeSet<Private>)| {
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        format!("{}\n", serde_json::json!({ "picture": name, "removed": kinds }))
    };
    removed.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_removed_is_told_in_words_and_as_objects() {
        let kinds = |kinds: &[Private]| kinds.iter().copied().collect();
        let removed = [
            ("a.jpg".to_owned(), kinds(&[Private::Position, Private::SerialNumbers])),
            ("drawing.svg".to_owned(), kinds(&[])),
            ("long.jpg".to_owned(), kinds(&[Private::Thumbnail])),
        ];
        let expected = "\
private data removed from pictures
  a.jpg     position, serial numbers
  long.jpg  thumbnail
  nothing from 1 picture
";
        assert_eq!(table(&removed), expected);
        assert_eq!(table(&[]), "");
        let lines = lines(&removed);
        let first = "{\"picture\":\"a.jpg\",\"removed\":[\"position\",\"serial-numbers\"]}";
        assert_eq!(lines.lines().next(), Some(first));
        assert_eq!(lines.lines().count(), 3);
    }
}
