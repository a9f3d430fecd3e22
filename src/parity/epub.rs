//! What the documents of an EPUB say in the order of the spine, its page markers, its lists.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::{Link, Note, Words};
use crate::epub::Package;

const OPS: &str = "http://www.idpf.org/2007/ops";

/// Elements that are part of a line; all others begin and end words.
const IN_LINE: [&str; 15] = [
    "a", "abbr", "b", "code", "del", "em", "i", "kbd", "mark", "s", "span", "strong", "sub", "sup",
    "time",
];

/// What an EPUB says.
#[derive(Debug, Default)]
pub struct Epub {
    /// The text and the notes.
    pub words: Words,
    /// Each page marker's label, and how much of the text comes before it.
    pub markers: Vec<(String, usize)>,
    /// The labels of the page list.
    pub page_list: Vec<String>,
    /// Titles in the navigation document, without speakers.
    pub contents: Vec<String>,
    /// Titles in the NCX.
    pub ncx: Vec<String>,
}

impl Epub {
    /// Reads the documents of a package. What cannot be parsed has no words.
    pub fn read(package: &Package) -> Self {
        let mut reader = Reader::default();
        for name in spine(package) {
            reader.file = name.clone();
            with_document(package, &name, |document| reader.element(document.root_element()));
        }
        let nav = |kind| with_document(package, "nav.xhtml", |document| list(document, kind));
        let ncx = with_document(package, "toc.ncx", |document| {
            let labels = elements(document, "navLabel");
            let titles =
                labels.filter(|label| label.parent().is_some_and(|p| p.has_tag_name("navPoint")));
            titles.map(plain).collect()
        });
        Self {
            words: reader.finish(),
            markers: reader.markers,
            page_list: nav("page-list").unwrap_or_default(),
            contents: nav("toc").unwrap_or_default(),
            ncx: ncx.unwrap_or_default(),
        }
    }
}

/// Walks documents.
#[derive(Default)]
struct Reader {
    words: Words,
    markers: Vec<(String, usize)>,
    /// The document being read.
    file: String,
    /// The id of each document's title.
    titles: BTreeMap<String, String>,
    /// Whether it is in a listing.
    listing: bool,
}

impl Reader {
    fn element(&mut self, element: Node<'_, '_>) {
        let name = element.tag_name().name();
        if has_type(element, "pagebreak") {
            let label = element.attribute("aria-label").unwrap_or_default().to_owned();
            self.markers.push((label, self.words.text.len()));
        } else if has_type(element, "footnote") {
            let text = std::mem::take(&mut self.words.text);
            self.children(element);
            let text = std::mem::replace(&mut self.words.text, text);
            self.words.notes.push(Note { label: label(element), text });
        } else if name == "math" {
            self.words.text.push_str(element.attribute("alttext").unwrap_or_default());
        } else if name == "br" {
            self.words.text.push(' ');
        } else if !is_left_out(element) {
            let end = if IN_LINE.contains(&name) { "" } else { " " };
            self.words.text.push_str(end);
            self.look(element, name);
            let outer = self.listing;
            self.listing |= name == "pre";
            self.children(element);
            self.listing = outer;
            self.words.text.push_str(end);
        }
    }

    fn look(&mut self, element: Node<'_, '_>, name: &str) {
        match name {
            "section" | "nav" => {
                if let Some(title) = element.attribute("aria-labelledby") {
                    self.titles.entry(self.file.clone()).or_insert_with(|| title.to_owned());
                }
            }
            "figure" if !has_class(element, "listing") => self.words.figures += 1,
            "table" => self.words.tables += 1,
            "a" if !has_type(element, "noteref") => {
                self.words.links.extend(element.attribute("href").map(|href| self.link(href)));
            }
            _ => {}
        }
    }

    /// Where an address leads: out of the book, to an id, or to a document as a whole.
    fn link(&self, href: &str) -> Link {
        if href.contains(':') {
            return Link::Page(href.to_owned());
        }
        match href.split_once('#') {
            Some((_, id)) => Link::Place(id.to_owned()),
            None => Link::Document(href.to_owned()),
        }
    }

    /// The words, with the titles that links to whole documents lead to.
    fn finish(&mut self) -> Words {
        let mut words = std::mem::take(&mut self.words);
        for link in &mut words.links {
            if let Link::Document(file) = link {
                *link = Link::Place(self.titles.get(file).unwrap_or(file).clone());
            }
        }
        words
    }

    fn children(&mut self, element: Node<'_, '_>) {
        for child in element.children() {
            if child.is_element() {
                self.element(child);
            } else if let Some(text) = child.text().filter(|_| child.is_text()) {
                let is_apart = has_class(element, "speakers");
                let text = text.strip_prefix(" ·").filter(|_| is_apart).unwrap_or(text);
                let shown = text.chars().filter(|c| !self.listing || !c.is_whitespace());
                self.words.text.extend(shown);
            }
        }
    }
}

/// What print does not have; the module above gives the reasons.
fn is_left_out(element: Node<'_, '_>) -> bool {
    let name = element.tag_name().name();
    let within = |class: &str| element.ancestors().any(|above| has_class(above, class));
    let is_link = |node: &Node<'_, '_>| node.has_tag_name((XHTML, "a"));
    let children: Vec<_> = element
        .children()
        .filter(|c| c.is_element() || c.text().is_some_and(|t| !t.trim().is_empty()))
        .collect();
    name == "head"
        || element.attribute("hidden").is_some()
        || element.attribute("role") == Some("doc-backlink")
        || has_class(element, "task")
        // Print has it beside its calls too, where it is no text of theirs.
        || has_class(element, "between-calls")
        // What is said of a picture that is not seen.
        || name == "details"
        // A formula's drawing says what its MathML says.
        || name == "img" && element.parent().is_some_and(|above| has_class(above, "math"))
        || name == "h1" && within("imprint")
        // Where a picture is shown, where a person speaks.
        || name == "p" && within("credits") && matches!(children.as_slice(), [only] if is_link(only))
        || name == "ul" && element.parent().is_some_and(|above| has_type(above, "index-entry"))
}

const XHTML: &str = "http://www.w3.org/1999/xhtml";

fn has_type(element: Node<'_, '_>, kind: &str) -> bool {
    element.attribute((OPS, "type")).is_some_and(|kinds| kinds.split(' ').any(|k| k == kind))
}

fn has_class(element: Node<'_, '_>, class: &str) -> bool {
    element.attribute("class").is_some_and(|classes| classes.split(' ').any(|c| c == class))
}

/// The number of a note, which is the first word of its way back.
fn label(note: Node<'_, '_>) -> String {
    let back = note.descendants().find(|node| node.attribute("role") == Some("doc-backlink"));
    let words = back.map(plain).unwrap_or_default();
    words.split_whitespace().next().unwrap_or_default().to_owned()
}

/// The files of the spine that are read one after the other.
fn spine(package: &Package) -> Vec<String> {
    let files = with_document(package, "content.opf", |document| {
        let items: Vec<_> = elements(document, "item").collect();
        let refs = elements(document, "itemref").filter(|r| r.attribute("linear") != Some("no"));
        let href = |reference: Node<'_, '_>| {
            let id = reference.attribute("idref");
            let item = items.iter().find(|item| item.attribute("id") == id)?;
            item.attribute("href").map(str::to_owned)
        };
        refs.filter_map(href).collect()
    });
    files.unwrap_or_default()
}

fn elements<'a>(document: &'a Document<'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| node.tag_name().name() == name)
}

/// The links of a list of the navigation document.
fn list(document: &Document<'_>, kind: &str) -> Vec<String> {
    let nav = elements(document, "nav").find(|nav| has_type(*nav, kind));
    let links = nav.into_iter().flat_map(|nav| nav.descendants());
    links.filter(|node| node.has_tag_name((XHTML, "a"))).map(plain).collect()
}

/// An element's words, without the speakers of a talk.
fn plain(element: Node<'_, '_>) -> String {
    let texts = element.descendants().filter(|node| {
        node.is_text() && !node.ancestors().any(|above| has_class(above, "speakers"))
    });
    let text: String = texts.filter_map(|node| node.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parses a file of the package; `None` if it is not there or broken.
fn with_document<T>(
    package: &Package,
    name: &str,
    look: impl FnOnce(&Document<'_>) -> T,
) -> Option<T> {
    let entry =
        package.entries().iter().find(|entry| entry.name().rsplit('/').next() == Some(name));
    let text = entry.and_then(|entry| entry.as_text())?;
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).ok().map(|document| look(&document))
}
