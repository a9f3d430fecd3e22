//! The NCX: contents and pages for reading systems of EPUB 2 and for Kindle.

use std::collections::BTreeMap;

use super::markers::Marker;
use super::nav::Line;
use super::xhtml::Xml;
use crate::book::{Language, Meta};

/// Writes the NCX. `files` are the documents in reading order: play order follows them, a file's
/// contents before its pages.
pub(super) fn write(
    meta: &Meta,
    lines: &[Line<'_>],
    pages: &[(String, Marker)],
    files: &[String],
) -> String {
    let mut ncx = Ncx { xml: Xml::new(), order: play_order(lines, pages, files), number: 0 };
    ncx.xml
        .open("ncx")
        .attr("xmlns", "http://www.daisy.org/z3986/2005/ncx/")
        .attr("version", "2005-1")
        .attr("xml:lang", &meta.language.0)
        .line()
        .open("head")
        .line();
    ncx.meta("dtb:uid", &meta.identifier);
    ncx.meta("dtb:depth", &depth(lines).to_string());
    ncx.meta("dtb:totalPageCount", &pages.len().to_string());
    let last = pages.iter().filter_map(|(_, page)| page.label.parse::<u32>().ok()).max();
    ncx.meta("dtb:maxPageNumber", &last.unwrap_or(0).to_string());
    ncx.xml.close().line();
    ncx.text("docTitle", &meta.title);
    ncx.xml.open("navMap").line();
    ncx.points(lines);
    ncx.xml.close().line();
    if !pages.is_empty() {
        ncx.xml.open("pageList").line();
        for (file, page) in pages {
            ncx.page(file, page);
        }
        ncx.xml.close().line();
    }
    ncx.xml.finish()
}

/// Play order by target: the same target has the same number, which the format demands.
fn play_order(
    lines: &[Line<'_>],
    pages: &[(String, Marker)],
    files: &[String],
) -> BTreeMap<String, usize> {
    let mut targets = Vec::new();
    collect(lines, &mut targets);
    targets.extend(pages.iter().map(|(file, page)| format!("{file}#{}", page.id)));
    let positions: BTreeMap<_, usize> = files.iter().map(String::as_str).zip(0..).collect();
    let position = |target: &String| positions.get(target.split('#').next()?).copied();
    targets.sort_by_key(position);
    let mut order = BTreeMap::new();
    for target in targets {
        let next = order.len() + 1;
        order.entry(target).or_insert(next);
    }
    order
}

fn collect(lines: &[Line<'_>], targets: &mut Vec<String>) {
    for line in lines {
        targets.push(line.href.clone());
        collect(&line.children, targets);
    }
}

fn depth(lines: &[Line<'_>]) -> usize {
    lines.iter().map(|line| 1 + depth(&line.children)).max().unwrap_or(0)
}

struct Ncx {
    xml: Xml,
    order: BTreeMap<String, usize>,
    number: usize,
}

impl Ncx {
    fn meta(&mut self, name: &str, content: &str) {
        self.xml.open("meta").attr("name", name).attr("content", content).close().line();
    }

    fn points(&mut self, lines: &[Line<'_>]) {
        for line in lines {
            self.number += 1;
            let id = format!("nav-{}", self.number);
            let order = self.order_of(&line.href);
            self.xml.open("navPoint").attr("id", &id).attr("playOrder", &order).line();
            let own = line.entry.and_then(|entry| entry.text.language()).or(line.language);
            self.label(&line.label, own);
            self.content(&line.href);
            self.points(&line.children);
            self.xml.close().line();
        }
    }

    fn page(&mut self, file: &str, page: &Marker) {
        let href = format!("{file}#{}", page.id);
        let order = self.order_of(&href);
        let value = page.label.parse::<u32>().ok().filter(|n| *n > 0).map(|n| n.to_string());
        let is_roman = page.label.chars().all(|c| "ivxlcdm".contains(c));
        let kind = match (&value, is_roman) {
            (Some(_), _) => "normal",
            (None, true) => "front",
            (None, false) => "special",
        };
        self.xml
            .open("pageTarget")
            .attr("id", &page.id)
            .attr("type", kind)
            .attr_if("value", value.as_deref())
            .attr("playOrder", &order)
            .line();
        self.label(&page.label, None);
        self.content(&href);
        self.xml.close().line();
    }

    fn order_of(&self, href: &str) -> String {
        self.order.get(href).copied().unwrap_or(1).to_string()
    }

    /// A label, in a language of its own where it is not the book's.
    fn label(&mut self, label: &str, language: Option<&Language>) {
        let language = language.map(|language| language.0.as_str());
        self.xml.open("navLabel").attr_if("xml:lang", language);
        self.xml.open("text").text(label).close().close().line();
    }

    fn text(&mut self, element: &'static str, text: &str) {
        self.xml.open(element).open("text").text(text).close().close().line();
    }

    fn content(&mut self, href: &str) {
        self.xml.open("content").attr("src", href).close().line();
    }
}
