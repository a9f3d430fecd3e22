//! `SUMMARY.md`: the list of parts and chapters.

use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::project::ChapterPlace;
use crate::source::{FileId, Span};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A line of the list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// The title of a part.
    Part(String, Span),
    /// A chapter.
    Chapter(Entry),
}

/// A chapter, or one within it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What the list calls it.
    pub(super) title: (String, Span),
    /// Its file as written; a draft has none.
    pub(super) path: Option<String>,
    /// How many chapters it lies in.
    pub(super) depth: usize,
    /// Before, in or behind the numbered chapters.
    pub(super) place: ChapterPlace,
}

/// Reads the list.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Vec<Item> {
    let mut reader = Reader {
        file,
        items: Vec::new(),
        words: None,
        link: None,
        depth: 0,
        has_list: false,
        linked: Vec::new(),
        diagnostics,
    };
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.items
}

struct Reader<'d> {
    file: FileId,
    items: Vec<Item>,
    /// The words of the heading or link that is open.
    words: Option<String>,
    link: Option<String>,
    /// Lists that are open.
    depth: usize,
    /// Whether the numbered chapters have begun.
    has_list: bool,
    /// For each item that is open whether it has a link.
    linked: Vec<bool>,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.words = Some(String::new()),
            Event::End(TagEnd::Heading(level)) => self.heading(level, range),
            Event::Start(Tag::List(_)) => {
                self.depth += 1;
                self.has_list = true;
            }
            Event::End(TagEnd::List(_)) => self.depth -= 1,
            Event::Start(Tag::Item) => self.linked.push(false),
            Event::End(TagEnd::Item) => self.item(range),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link = Some(dest_url.to_string());
                self.words = Some(String::new());
            }
            Event::End(TagEnd::Link) => self.chapter(range),
            Event::Text(text) | Event::Code(text) => {
                if let Some(words) = &mut self.words {
                    words.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(words) = &mut self.words {
                    words.push(' ');
                }
            }
            _ => {}
        }
    }

    /// The first heading names the list itself, if nothing stands before it.
    fn heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        let words = self.words.take().unwrap_or_default();
        let is_own = self.items.is_empty() && !self.has_list;
        if level == HeadingLevel::H1 && !is_own && !words.trim().is_empty() {
            self.items.push(Item::Part(words.trim().to_owned(), Span::new(self.file, range)));
        }
    }

    fn chapter(&mut self, range: Range<usize>) {
        let (Some(words), Some(path)) = (self.words.take(), self.link.take()) else { return };
        if let Some(linked) = self.linked.last_mut() {
            // A second link in a line belongs to its words.
            if std::mem::replace(linked, true) {
                return;
            }
        }
        let place = match (self.depth, self.has_list) {
            (0, false) => ChapterPlace::Front,
            (0, true) => ChapterPlace::Back,
            (_, _) => ChapterPlace::Body,
        };
        self.items.push(Item::Chapter(Entry {
            title: (words.trim().to_owned(), Span::new(self.file, range)),
            path: Some(path.trim().to_owned()).filter(|path| !path.is_empty()),
            depth: self.depth.saturating_sub(1),
            place,
        }));
    }

    fn item(&mut self, range: Range<usize>) {
        if self.linked.pop() != Some(false) {
            return;
        }
        let message = "a line of the list names no chapter";
        self.diagnostics.push(
            Diagnostic::new(Code::InvalidValue, Span::new(self.file, range), message)
                .severity(Severity::Warning)
                .help("write `- [Title](file.md)`, or `- [Title]()` for a draft"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_places_and_depths_are_seen() {
        let text = "# Summary\n\n[Foreword](fore.md)\n\n- [One](1.md)\n  - [`a`b](1/a.md)\n\n---\n\n\
                    # Part\n\n- [Draft]()\n    - [In](<x y.md>) (see [this](z.md))\n- no\n\n[After](z.md)\n";
        let mut diagnostics = Diagnostics::default();
        let lines: Vec<String> = read(FileId(0), text, &mut diagnostics)
            .into_iter()
            .map(|item| match item {
                Item::Part(title, _) => format!("part {title}"),
                Item::Chapter(e) => {
                    let path = e.path.unwrap_or_default();
                    format!("{:?} {} {} {path}", e.place, e.depth, e.title.0)
                }
            })
            .collect();
        assert_eq!(
            lines,
            [
                "Front 0 Foreword fore.md",
                "Body 0 One 1.md",
                "Body 1 ab 1/a.md",
                "part Part",
                "Body 0 Draft ",
                "Body 1 In x y.md",
                "Back 0 After z.md",
            ]
        );
        assert_eq!(diagnostics.iter().count(), 1);
    }
}
