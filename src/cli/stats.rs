//! `endpaper stats`: how much there is in each chapter, and how long it takes to read.

use super::arguments::{Format, Stats};
use super::make::{Stated, make_as};
use super::report::report;
use super::{Failure, Outcome, tell};
use crate::extent::{ChapterExtent, Extent};

/// Runs the command.
pub(super) fn run(stats: &Stats) -> Result<Outcome, Failure> {
    let stated = Stated { measure: true, ..Stated::default() };
    let made = make_as(&stats.common, &[], false, stated)?;
    // Warnings are the business of `check`; what is not a book cannot be counted.
    if Outcome::of(&made.diagnostics) == Outcome::Errors {
        report(stats.common.format, &made.texts, &made.diagnostics)?;
    }
    if let Some(extent) = &made.extent {
        match stats.common.format {
            Format::Human => tell(&table(extent))?,
            Format::Json => tell(&lines(extent))?,
            // A SARIF document has complaints and nothing else.
            Format::Sarif => {}
        }
    }
    Ok(Outcome::of(&made.diagnostics))
}

/// The widest a title may be in the table.
const TITLE: usize = 44;

fn table(extent: &Extent) -> String {
    let mut rows = vec![header(extent)];
    rows.extend(
        extent
            .chapters
            .iter()
            .map(|chapter| row(&chapter.title, counts(chapter), &chapter.pages, chapter.minutes())),
    );
    let sum = |of: fn(&ChapterExtent) -> usize| extent.chapters.iter().map(of).sum::<usize>();
    let whole = [extent.words, sum(|c| c.pictures), sum(|c| c.notes)];
    rows.push(row("the whole book", whole, &extent.pages, extent.minutes()));
    let columns = rows.first().map_or(0, Vec::len);
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let first = &row[0];
        text.push_str(first);
        text.extend(std::iter::repeat_n(' ', widths[0] - first.chars().count()));
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            text.push_str(&format!("  {cell:>width$}"));
        }
        text.push('\n');
    }
    text
}

fn header(extent: &Extent) -> Vec<String> {
    let fixed = ["chapter", "words", "pictures", "notes"].map(str::to_owned);
    let pages = extent.editions.iter().map(|name| format!("pages: {name}"));
    fixed.into_iter().chain(pages).chain(std::iter::once("minutes".to_owned())).collect()
}

fn counts(chapter: &ChapterExtent) -> [usize; 3] {
    [chapter.words, chapter.pictures, chapter.notes]
}

fn row(title: &str, counts: [usize; 3], pages: &[usize], minutes: usize) -> Vec<String> {
    let mut short: String = title.chars().take(TITLE).collect();
    if short.len() < title.len() {
        short.pop();
        short.push('…');
    }
    let numbers = counts.iter().chain(pages).chain([&minutes]).map(usize::to_string);
    std::iter::once(short).chain(numbers).collect()
}

/// A JSON object a line: each chapter, then the book.
fn lines(extent: &Extent) -> String {
    let pages = |counts: &[usize]| -> serde_json::Map<String, serde_json::Value> {
        let counts = extent.editions.iter().zip(counts);
        counts.map(|(name, count)| (name.clone(), (*count).into())).collect()
    };
    let mut text = String::new();
    for chapter in &extent.chapters {
        let object = serde_json::json!({
            "chapter": chapter.file, "title": chapter.title, "words": chapter.words,
            "pictures": chapter.pictures, "notes": chapter.notes, "pages": pages(&chapter.pages),
            "minutes": chapter.minutes(),
        });
        text.push_str(&format!("{object}\n"));
    }
    let object = serde_json::json!({
        "chapters": extent.chapters.len(), "words": extent.words, "pages": pages(&extent.pages),
        "minutes": extent.minutes(),
    });
    text + &format!("{object}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_rows_and_the_book_is_the_last_one() {
        let chapter = ChapterExtent {
            title: "Ærø".to_owned(),
            file: "a.md".to_owned(),
            words: 476,
            pictures: 1,
            notes: 2,
            pages: vec![3],
        };
        let editions = vec!["book".to_owned()];
        let extent = Extent { editions, chapters: vec![chapter], words: 500, pages: vec![9] };
        let expected = "\
chapter         words  pictures  notes  pages: book  minutes
Ærø               476         1      2            3        3
the whole book    500         1      2            9        3
";
        assert_eq!(table(&extent), expected);
        let lines = lines(&extent);
        let chapter: serde_json::Value =
            serde_json::from_str(lines.lines().next().expect("a chapter")).expect("is JSON");
        assert_eq!(
            (chapter["pages"]["book"].as_u64(), chapter["minutes"].as_u64()),
            (Some(3), Some(3))
        );
    }
}
