//! File names and ids: the one place that decides what things are called inside the archive.
//!
//! Files are named from the sections' slugs and pictures from their own names, made ASCII and
//! unique without regard to case. Ids are the anchors' names; whatever the EPUB adds (page
//! markers, lists) gets a name that no anchor has.

use std::collections::BTreeSet;

use crate::book::{Anchor, AnchorId, Book, SectionId, SectionKind};

/// The folder of the package inside the archive; epub-builder's.
pub(super) const FOLDER: &str = "OEBPS/";
/// The navigation document.
pub(super) const NAV: &str = "nav.xhtml";
/// The cover page.
pub(super) const COVER: &str = "cover.xhtml";
/// The stylesheet; epub-builder's name.
pub(super) const STYLE: &str = "stylesheet.css";
/// The package document.
pub(super) const PACKAGE: &str = "content.opf";
/// The contents for EPUB 2 systems.
pub(super) const NCX: &str = "toc.ncx";

/// Names of a book's files and anchors.
#[derive(Debug)]
pub(super) struct Names {
    /// File of each section, by [`SectionId`].
    files: Vec<String>,
    /// The section that is written as the navigation document.
    contents: Option<SectionId>,
    /// Names that anchors have taken.
    taken: BTreeSet<String>,
}

impl Names {
    /// Decides the names of a book's files.
    pub(super) fn new(book: &Book) -> Self {
        let mut unique = Unique::default();
        for reserved in [NAV, COVER] {
            unique.claim(reserved.trim_end_matches(".xhtml"));
        }
        let is_contents = |kind: &SectionKind| matches!(kind, SectionKind::Contents);
        let files = book
            .sections
            .iter()
            .map(|s| match is_contents(&s.kind) {
                true => NAV.to_owned(),
                false => format!("{}.xhtml", unique.claim(&ascii_stem(&s.slug, "section"))),
            })
            .collect();
        Self {
            files,
            contents: book.sections.iter().find(|s| is_contents(&s.kind)).map(|s| s.id),
            taken: book.anchors.iter().map(|a| a.name.clone()).collect(),
        }
    }

    /// The section that is written as the navigation document, if there is one.
    pub(super) fn contents(&self) -> Option<SectionId> {
        self.contents
    }

    /// The file of a section. One that does not exist is said to be in the navigation document,
    /// which always exists.
    pub(super) fn file(&self, section: SectionId) -> &str {
        self.files.get(section.0 as usize).map_or(NAV, String::as_str)
    }

    /// The address of an anchor, seen from the file `from`.
    pub(super) fn href(&self, book: &Book, target: AnchorId, from: &str) -> String {
        let Some(anchor) = anchor(book, target) else { return NAV.to_owned() };
        let file = self.file(anchor.section);
        let is_section = book.section_of(target).is_some_and(|section| section.anchor == target);
        match (file == from, is_section) {
            (true, _) => format!("#{}", anchor.name),
            (false, true) => file.to_owned(),
            (false, false) => format!("{file}#{}", anchor.name),
        }
    }

    /// An id that no anchor has: `wanted`, or that with underscores after it.
    pub(super) fn free_id(&self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        while self.taken.contains(&id) {
            id.push('_');
        }
        id
    }
}

/// The anchor with this number.
pub(super) fn anchor(book: &Book, id: AnchorId) -> Option<&Anchor> {
    book.anchors.get(id.0 as usize)
}

/// Gives out names that differ even where file systems ignore case.
#[derive(Debug, Default)]
pub(super) struct Unique {
    taken: BTreeSet<String>,
}

impl Unique {
    /// `wanted`, or that with a number after it.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2;
        while !self.taken.insert(name.to_ascii_lowercase()) {
            name = format!("{wanted}-{number}");
            number += 1;
        }
        name
    }
}

/// ASCII letters, digits, hyphens, underscores and full stops of a name, everything else as one
/// hyphen (shops refuse other characters in file names, EPUBs are unpacked on all systems).
pub(super) fn ascii_stem(name: &str, fallback: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '_' || c == '.' {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_matches(['-', '.']);
    if out.is_empty() { fallback.to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ascii_and_unique_without_regard_to_case() {
        assert_eq!(ascii_stem("a b/ø.jpg", "x"), "a-b-.jpg");
        assert_eq!(ascii_stem("日本", "picture"), "picture");
        let mut unique = Unique::default();
        assert_eq!(unique.claim("nav"), "nav");
        assert_eq!(unique.claim("Nav"), "Nav-2");
        assert_eq!(unique.claim("nav"), "nav-3");
    }
}
