//! What the EPUB weighs (`--report`), and how the editions compare (`--parity`).

use super::arguments::Format;
use super::{Failure, say, tell};
use crate::epub::Weight;
use crate::parity::Parity;

/// Tells the sizes of the EPUB's pieces and its heaviest pictures.
pub(super) fn report(format: Format, weight: Option<&Weight>) -> Result<(), Failure> {
    let Some(weight) = weight else { return Ok(()) };
    let text = match format {
        Format::Human => table(weight),
        Format::Json => line(weight),
        // A SARIF document has complaints and nothing else.
        Format::Sarif => return Ok(()),
    };
    tell(&text)
}

/// Tells that the editions say the same, or what differs; gives whether they do.
pub(super) fn compare(format: Format, quiet: bool, parity: &Parity) -> Result<bool, Failure> {
    let is_same = parity.differences.is_empty();
    match format {
        Format::Json => tell(&parity_line(parity))?,
        Format::Human if is_same && !quiet => tell(&parity_words(parity))?,
        Format::Human | Format::Sarif => {}
    }
    for difference in &parity.differences {
        say(&format!("the editions differ: {difference}\n"));
    }
    if !is_same {
        say("nothing was written\nhelp: this is a bug in Endpaper: please report it\n");
    }
    Ok(is_same)
}

fn rows(weight: &Weight) -> [(&'static str, usize); 6] {
    [
        ("bytes", weight.archive),
        ("documents", weight.documents),
        ("largest-document-bytes", weight.largest_document),
        ("large-documents", weight.large_documents),
        ("pictures", weight.pictures),
        ("picture-bytes", weight.picture_bytes),
    ]
}

fn table(weight: &Weight) -> String {
    let mut text = "epub\n".to_owned();
    for (row, number) in rows(weight) {
        text.push_str(&format!("  {:22}  {number:>9}\n", row.replace('-', " ")));
    }
    for (name, bytes) in &weight.heaviest {
        let name = name.rsplit('/').next().unwrap_or(name);
        text.push_str(&format!("    {name:20}  {bytes:>9}\n"));
    }
    text
}

/// One JSON object on a line.
fn line(weight: &Weight) -> String {
    let mut object = serde_json::Map::new();
    object.insert("edition".to_owned(), "epub".into());
    for (row, number) in rows(weight) {
        object.insert(row.to_owned(), number.into());
    }
    let heaviest = weight.heaviest.iter().map(|(name, bytes)| (name.clone(), (*bytes).into()));
    object.insert("heaviest".to_owned(), serde_json::Value::Object(heaviest.collect()));
    format!("{}\n", serde_json::Value::Object(object))
}

fn counts(parity: &Parity) -> [(&'static str, usize); 5] {
    [
        ("words", parity.words),
        ("notes", parity.notes),
        ("figures", parity.figures),
        ("tables", parity.tables),
        ("links", parity.links),
    ]
}

/// "the same in epub, book, handout: 5930 words, 23 notes, …"
fn parity_words(parity: &Parity) -> String {
    let counts = counts(parity).map(|(name, number)| format!("{number} {name}"));
    format!("the same in {}: {}\n", parity.editions.join(", "), counts.join(", "))
}

/// One JSON object on a line.
fn parity_line(parity: &Parity) -> String {
    let mut object = serde_json::Map::new();
    object.insert("parity".to_owned(), parity.differences.is_empty().into());
    object.insert("editions".to_owned(), parity.editions.clone().into());
    for (name, number) in counts(parity) {
        object.insert(name.to_owned(), number.into());
    }
    object.insert("differences".to_owned(), parity.differences.clone().into());
    format!("{}\n", serde_json::Value::Object(object))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_counts_are_told_in_words_and_as_objects() {
        let heaviest = vec![("OEBPS/images/a.jpg".to_owned(), 70)];
        let weight = Weight {
            archive: 100,
            documents: 2,
            largest_document: 10,
            large_documents: 0,
            pictures: 1,
            picture_bytes: 70,
            heaviest,
        };
        assert!(
            table(&weight).contains("    a.jpg                        70\n"),
            "{}",
            table(&weight)
        );
        let value: serde_json::Value = serde_json::from_str(&line(&weight)).expect("it is JSON");
        assert_eq!(value["heaviest"]["OEBPS/images/a.jpg"], 70);
        let editions = vec!["epub".to_owned(), "book".to_owned()];
        let parity = Parity { editions, words: 5, ..Parity::default() };
        assert!(parity_words(&parity).starts_with("the same in epub, book: 5 words, 0 notes"));
        let value: serde_json::Value =
            serde_json::from_str(&parity_line(&parity)).expect("it is JSON");
        assert_eq!(value["parity"], true);
    }
}
