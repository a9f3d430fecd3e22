//! Reads the navigation document of an EPUB.

use std::io::{Cursor, Read};

use roxmltree::{Document, Node, ParsingOptions};

const EPUB: &str = "http://www.idpf.org/2007/ops";

/// What the navigation document lists.
pub(super) struct Nav {
    /// What is written over the contents.
    pub(super) heading: String,
    /// The titles of the contents, in order, without the speakers.
    pub(super) contents: Vec<String>,
    /// The labels of the page list, in order.
    pub(super) pages: Vec<String>,
}

impl Nav {
    pub(super) fn read(epub: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(epub)).expect("an EPUB is a ZIP");
        let name = archive.file_names().find(|name| name.ends_with("nav.xhtml"));
        let name = name.expect("an EPUB has a nav.xhtml").to_owned();
        let mut text = String::new();
        let mut file = archive.by_name(&name).expect("was found");
        file.read_to_string(&mut text).expect("is UTF-8");
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(&text, options).expect("is well formed");
        let contents = list(&document, "toc");
        let heading = contents.descendants().find(|node| node.tag_name().name().starts_with('h'));
        Self {
            heading: heading.map(|node| words(node)).unwrap_or_default(),
            contents: links(contents),
            pages: links(list(&document, "page-list")),
        }
    }
}

fn list<'a>(document: &'a Document<'a>, kind: &str) -> Node<'a, 'a> {
    let is_kind = |node: &Node<'_, '_>| {
        let kinds = node.attribute((EPUB, "type")).unwrap_or_default();
        node.tag_name().name() == "nav" && kinds.split(' ').any(|k| k == kind)
    };
    let found = document.descendants().find(is_kind);
    found.unwrap_or_else(|| panic!("there is no navigation list `{kind}`"))
}

fn links(list: Node<'_, '_>) -> Vec<String> {
    list.descendants().filter(|node| node.tag_name().name() == "a").map(words).collect()
}

/// The text of an element, without the speakers of a talk.
fn words(element: Node<'_, '_>) -> String {
    let is_title = |node: &Node<'_, '_>| {
        node.is_text()
            && !node.ancestors().any(|above| above.attribute("class") == Some("speakers"))
    };
    let texts = element.descendants().filter(is_title).filter_map(|node| node.text());
    texts.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
