//! The navigation document: the visible contents page and the hidden lists beside it.
//!
//! One file serves both: its `toc` is the contents page of the book where the book has one, and
//! reading systems take their own menus from all lists. The content model of a navigation list is
//! strict (EPUB 3.3 §7.2): an item is one link and perhaps a nested list, so page markers of the
//! contents page stand inside the links.

use super::document::{Document, Frame, Shared, Written};
use super::markers::{Marker, Markers};
use super::names::{COVER, NAV};
use super::sections::begin;
use crate::book::{AnchorId, ContentsEntry, IndexEntry, Language, Matter, Section, SectionKind};

/// A place that reading systems offer by its meaning.
#[derive(Clone, Debug)]
pub(super) struct Landmark {
    /// Term of the EPUB Structural Semantics Vocabulary.
    pub(super) kind: &'static str,
    /// Type in the guide of EPUB 2.
    pub(super) guide: &'static str,
    /// What the reader sees.
    pub(super) title: String,
    /// The language of that, where it is not the book's.
    pub(super) language: Option<String>,
    /// Its file.
    pub(super) href: String,
}

/// A line of the contents, ready to be written into nav and NCX.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// The entry it comes from; `None` for a book that brought no contents.
    pub(super) entry: Option<&'a ContentsEntry>,
    /// Its words.
    pub(super) label: String,
    /// Where it leads, seen from the package's folder.
    pub(super) href: String,
    /// The language of the words, where it is not the book's.
    pub(super) language: Option<&'a Language>,
    /// Lines below it.
    pub(super) children: Vec<Self>,
}

/// Writes the navigation document. `pages` gets this document's own pages and gives all.
pub(super) fn write<'a>(
    shared: &'a Shared<'a>,
    section: Option<&'a Section>,
    markers: Markers,
    all_pages: impl FnOnce(&[Marker]) -> Vec<(String, Marker)>,
) -> Written {
    let mut document = match section {
        Some(section) => begin(shared, section, markers),
        None => Document::begin(
            shared,
            Frame {
                file: NAV.to_owned(),
                title: shared.words.contents.to_owned(),
                title_language: shared.words.spoken,
                language: &shared.book.meta.language,
                body: "frontmatter",
                section: None,
            },
            markers,
        ),
    };
    document.toc(section);
    let pages = all_pages(&document.markers.written);
    document.page_list(&pages);
    document.lists();
    document.landmarks();
    document.finish()
}

/// The contents as both navigation documents list them.
pub(super) fn lines<'a>(shared: &Shared<'a>) -> Vec<Line<'a>> {
    let book = shared.book;
    if !book.contents.is_empty() {
        return book.contents.iter().map(|entry| line(shared, entry)).collect();
    }
    let sections = book.sections.iter().map(|section| Line {
        entry: None,
        label: section.numbered_title(),
        href: shared.names.file(section.id).to_owned(),
        language: section.language.as_ref(),
        children: Vec::new(),
    });
    let lines: Vec<_> = sections.filter(|line| !line.label.trim().is_empty()).collect();
    if !lines.is_empty() {
        return lines;
    }
    let label = shared.words.contents.to_owned();
    vec![Line { entry: None, label, href: NAV.to_owned(), language: None, children: Vec::new() }]
}

/// The landmarks, in reading order.
pub(super) fn landmarks(shared: &Shared<'_>) -> Vec<Landmark> {
    let mut list = Vec::new();
    let words = shared.words;
    if shared.images.cover.is_some() {
        list.push(landmark("cover", "cover", (words.cover, words.spoken), COVER));
    }
    let mut has_body = false;
    for section in &shared.book.sections {
        let kinds = match &section.kind {
            SectionKind::TitlePage { .. } => Some(("titlepage", "title-page")),
            SectionKind::Imprint(_) => Some(("copyright-page", "copyright-page")),
            SectionKind::Contents if shared.names.contents() == Some(section.id) => {
                Some(("toc", "toc"))
            }
            SectionKind::Photographs(_) => Some(("loi", "loi")),
            SectionKind::Tables(_) => Some(("lot", "lot")),
            SectionKind::Index(_) => Some(("index", "index")),
            SectionKind::Contents
            | SectionKind::Part { .. }
            | SectionKind::Chapter(_)
            | SectionKind::Credits(_) => None,
        };
        let file = shared.names.file(section.id);
        if let Some((kind, guide)) = kinds {
            let language = section.title.language().map(|language| language.0.as_str());
            list.push(landmark(kind, guide, (&section.title.plain(), language), file));
        } else if section.matter == Matter::Body && !has_body {
            has_body = true;
            let start = (words.screen.start, words.spoken);
            list.push(landmark("bodymatter", "text", start, file));
        }
    }
    list
}

fn landmark(
    kind: &'static str,
    guide: &'static str,
    (title, language): (&str, Option<&str>),
    href: &str,
) -> Landmark {
    let language = language.map(str::to_owned);
    Landmark { kind, guide, title: title.to_owned(), language, href: href.to_owned() }
}

fn line<'a>(shared: &Shared<'a>, entry: &'a ContentsEntry) -> Line<'a> {
    let section = shared.book.section_of(entry.target);
    let language = section.and_then(|section| section.language.as_ref());
    Line {
        entry: Some(entry),
        label: entry.numbered_text(),
        href: shared.names.href(shared.book, entry.target, ""),
        language,
        children: entry.children.iter().map(|entry| line(shared, entry)).collect(),
    }
}

impl Document<'_> {
    fn toc(&mut self, section: Option<&Section>) {
        let start = self.markers.take_start();
        self.block_markers(&start);
        if let Some(section) = section {
            self.markers_leading(&section.title);
        }
        let words = self.shared.words;
        let free = self.shared.names.free_id("toc-title");
        let id = section.and_then(|section| self.id(section.anchor)).unwrap_or(&free);
        self.xml
            .open("nav")
            .attr("epub:type", "toc")
            .attr("role", "doc-toc")
            .attr("aria-labelledby", id)
            .line();
        self.xml.open("h1").attr("id", id);
        match section {
            Some(section) => self.text(&section.title),
            None => {
                self.xml.text(words.contents);
            }
        }
        self.xml.close().line();
        let lines = lines(self.shared);
        self.lines(&lines);
        self.xml.close().line();
        let rest = self.markers.take_rest();
        self.block_markers(&rest);
    }

    fn lines(&mut self, lines: &[Line<'_>]) {
        self.xml.open("ol").line();
        for line in lines {
            self.xml.open("li");
            let language = line.language.map(|language| language.0.as_str());
            self.xml
                .open("a")
                .attr("href", &line.href)
                .attr_if("lang", language)
                .attr_if("xml:lang", language);
            match line.entry {
                Some(entry) => {
                    // A page that begins with the entry begins with its number.
                    for marker in self.markers.take_leading(entry.text.id) {
                        self.inline_marker(&marker);
                    }
                    self.number(entry.number.as_deref());
                    self.linked(&entry.text);
                }
                None => {
                    self.xml.text(&line.label);
                }
            }
            if let Some(speakers) = line.entry.and_then(|entry| entry.speakers.as_deref()) {
                self.xml.open("span").attr("class", "speakers").text(" · ").text(speakers).close();
            }
            self.xml.close();
            if !line.children.is_empty() {
                self.xml.line();
                self.lines(&line.children);
            }
            self.xml.close().line();
        }
        self.xml.close().line();
    }

    fn page_list(&mut self, pages: &[(String, Marker)]) {
        if pages.is_empty() {
            return;
        }
        let words = self.shared.words;
        let name = (words.screen.pages, words.spoken);
        self.open_list("page-list", Some("doc-pagelist"), name);
        self.xml.open("ol").line();
        for (file, page) in pages {
            let href = format!("{file}#{}", page.id);
            self.item(&href, (&page.label, words.spoken), None, words.spoken);
        }
        self.close_list();
    }

    /// The lists of photographs and of tables once more, for menus.
    fn lists(&mut self) {
        for section in &self.shared.book.sections {
            match &section.kind {
                SectionKind::Photographs(entries) => self.menu("loi", section, entries),
                SectionKind::Tables(entries) => self.menu("lot", section, entries),
                SectionKind::TitlePage { .. }
                | SectionKind::Imprint(_)
                | SectionKind::Contents
                | SectionKind::Part { .. }
                | SectionKind::Chapter(_)
                | SectionKind::Credits(_)
                | SectionKind::Index(_) => {}
            }
        }
    }

    fn menu(&mut self, kind: &str, section: &Section, entries: &[IndexEntry]) {
        let target = |entry: &IndexEntry| -> Option<AnchorId> { Some(entry.targets.first()?.0) };
        if !entries.iter().any(|entry| target(entry).is_some()) {
            return;
        }
        let title = section.title.plain();
        let language = section.title.language().map(|language| language.0.as_str());
        self.open_list(kind, None, (&title, language));
        // Lists of other kinds than EPUB's own three must begin with a heading.
        self.xml.leaf("h2", &title).open("ol").line();
        for entry in entries {
            if let Some(target) = target(entry) {
                let href = self.shared.names.href(self.shared.book, target, "");
                let own = entry.text.language().map(|language| language.0.as_str());
                self.item(&href, (&entry.text.plain(), own), None, language);
            }
        }
        self.close_list();
    }

    fn landmarks(&mut self) {
        let landmarks = landmarks(self.shared);
        if landmarks.is_empty() {
            return;
        }
        let words = self.shared.words;
        self.open_list("landmarks", None, (words.screen.landmarks, words.spoken));
        self.xml.open("ol").line();
        for landmark in landmarks {
            let title = (landmark.title.as_str(), landmark.language.as_deref());
            self.item(&landmark.href, title, Some(landmark.kind), words.spoken);
        }
        self.close_list();
    }

    /// Begins a list whose name may be in another language than the book.
    fn open_list(
        &mut self,
        kind: &str,
        role: Option<&str>,
        (name, language): (&str, Option<&str>),
    ) {
        self.xml
            .open("nav")
            .attr("epub:type", kind)
            .attr_if("role", role)
            .attr("aria-label", name)
            .attr_if("lang", language)
            .attr_if("xml:lang", language)
            .attr("hidden", "hidden")
            .line();
    }

    fn close_list(&mut self) {
        self.xml.close().line().close().line();
    }

    /// An item of a list whose language is `around`, if that is not the book's.
    fn item(
        &mut self,
        href: &str,
        (label, language): (&str, Option<&str>),
        kind: Option<&str>,
        around: Option<&str>,
    ) {
        let own = language.unwrap_or(&self.shared.book.meta.language.0);
        let language = (language != around).then_some(own);
        self.xml
            .open("li")
            .open("a")
            .attr_if("epub:type", kind)
            .attr("href", href)
            .attr_if("lang", language)
            .attr_if("xml:lang", language)
            .text(label);
        self.xml.close().close().line();
    }
}
