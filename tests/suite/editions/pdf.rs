//! Reads a PDF: what stands on its pages, how they are labelled, where its bookmarks lead.

use std::path::{Path, PathBuf};

use lopdf::{Document, ObjectId};
use roxmltree::ParsingOptions;

use super::poppler;
use crate::reader::{bookmarks, labels};

/// A title may stand at most this many characters behind the one before it in the contents: room
/// for a page number and the names of the speakers.
const GAP: usize = 300;

/// Titles are set at least this much larger than the text; running heads are smaller.
const TITLE_SIZE: f64 = 1.15;

pub(super) struct Pdf {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) pages: Vec<Page>,
    /// Title and index of the page, nested ones after their parent.
    pub(super) bookmarks: Vec<(String, usize)>,
    /// The usual height of a word.
    pub(super) text_height: f64,
}

pub(super) struct Page {
    pub(super) label: String,
    /// The words from top to bottom.
    words: Vec<Word>,
    /// The text with its lines where they are on paper.
    lines: Vec<String>,
}

struct Word {
    text: String,
    height: f64,
}

impl Pdf {
    pub(super) fn open(path: &Path) -> Self {
        let document = Document::load(path).expect("is a PDF");
        let ids: Vec<ObjectId> = document.get_pages().into_values().collect();
        let words = words(path);
        let lines = poppler("pdftotext", &["-layout"], path);
        let lines: Vec<&str> = lines.split('\u{c}').collect();
        assert_eq!(words.len(), ids.len(), "pages of {}", path.display());
        let labels = labels(&document, ids.len());
        let pages: Vec<_> = words
            .into_iter()
            .zip(labels)
            .zip(lines)
            .map(|((words, label), lines)| Page {
                label,
                words,
                lines: lines.lines().map(str::to_owned).collect(),
            })
            .collect();
        let mut heights: Vec<_> =
            pages.iter().flat_map(|page| page.words.iter().map(|word| word.height)).collect();
        heights.sort_by(f64::total_cmp);
        Self {
            path: path.to_owned(),
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            bytes: std::fs::metadata(path).expect("is there").len(),
            bookmarks: bookmarks(&document, &ids),
            text_height: heights[heights.len() / 2],
            pages,
        }
    }

    /// The entries of the printed contents: each title with the page number at the end of its
    /// line. Fails the test when a title is not there, or not in its place.
    pub(super) fn contents(&self, heading: &str, titles: &[String]) -> Vec<(String, String)> {
        let first =
            self.pages.iter().position(|page| page.lines.iter().any(|line| line.trim() == heading));
        let first = first.unwrap_or_else(|| panic!("{}: no page `{heading}`", self.name));
        let lines: Vec<&str> =
            self.pages[first..].iter().flat_map(|page| &page.lines).map(String::as_str).collect();
        let begin = lines.iter().position(|line| line.trim() == heading).expect("was found");
        let lines = &lines[begin + 1..];

        // All characters but spaces, each with its line.
        let characters: Vec<(char, usize)> = lines
            .iter()
            .enumerate()
            .flat_map(|(at, line)| bare(line).chars().map(move |c| (c, at)).collect::<Vec<_>>())
            .collect();
        let mut entries = Vec::new();
        let mut at = 0;
        for title in titles {
            let wanted: Vec<char> = bare(title).chars().collect();
            let windows = characters[at..].windows(wanted.len()).take(GAP);
            let found = windows
                .into_iter()
                .position(|window| window.iter().map(|(c, _)| *c).eq(wanted.iter().copied()));
            let found = found.unwrap_or_else(|| {
                panic!("{}: `{title}` is not in its place in the contents", self.name)
            });
            at += found + wanted.len();
            let line = characters[at - 1].1;
            let label = page_number(lines, line);
            let label = label.unwrap_or_else(|| {
                panic!("{}: no page number after `{title}`: {:?}", self.name, lines[line])
            });
            entries.push((title.clone(), label));
        }
        entries
    }

    /// The labels of the pages on which a title stands.
    pub(super) fn pages_with_title(&self, title: &str) -> Vec<&str> {
        let pages = self.pages.iter().filter(|page| page.has_title(title, self.text_height));
        pages.map(|page| page.label.as_str()).collect()
    }
}

impl Page {
    /// Whether a title stands on the page, as a title: in larger letters than the text.
    pub(super) fn has_title(&self, title: &str, text_height: f64) -> bool {
        let large = self.words.iter().filter(|word| word.height > text_height * TITLE_SIZE);
        bare(&large.map(|word| word.text.as_str()).collect::<String>()).contains(&bare(title))
    }
}

/// A text without spaces and without characters that show nothing.
pub(super) fn bare(text: &str) -> String {
    let shows = |c: &char| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}');
    text.chars().filter(shows).collect()
}

/// The number at the end of a line, or alone on the next one.
fn page_number(lines: &[&str], line: usize) -> Option<String> {
    let of = |line: &&str| {
        let last = line.split(|c: char| c.is_whitespace() || c == '.').rfind(|w| !w.is_empty())?;
        let roman = last.chars().all(|c| "ivxlc".contains(c));
        let arabic = last.chars().all(|c| c.is_ascii_digit());
        (roman || arabic).then(|| last.to_owned())
    };
    lines.get(line).and_then(of).or_else(|| lines.get(line + 1).and_then(of))
}

/// The words of all pages with their heights.
fn words(path: &Path) -> Vec<Vec<Word>> {
    let text = poppler("pdftotext", &["-bbox"], path);
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(&text, options).expect("is XHTML");
    let pages = document.descendants().filter(|node| node.tag_name().name() == "page");
    pages
        .map(|page| {
            let words = page.descendants().filter(|node| node.tag_name().name() == "word");
            words
                .map(|word| {
                    let side = |name| -> f64 {
                        let value = word.attribute(name).and_then(|value| value.parse().ok());
                        value.expect("every word has its box")
                    };
                    let height = side("yMax") - side("yMin");
                    Word { text: word.text().unwrap_or_default().to_owned(), height }
                })
                .collect()
        })
        .collect()
}
