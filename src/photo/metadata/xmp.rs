//! XMP (ISO 16684-1): properties in RDF, read from the top of the tree only, so that what a
//! composite says of the pictures in it is not taken for its own.

use super::text::{date, words};
use super::{Metadata, Said, Standard, creator_of, said};
use crate::photo::licence::{Licence, licence_at, licence_of};
use crate::photo::origin::origin;
use crate::photo::register::Linked;
use crate::project::address;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeSet;

/// So many nodes are read.
const MOST_NODES: u32 = 200_000;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
const EXIF: &str = "http://ns.adobe.com/exif/1.0/";
const CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const EXTENSION: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
const PLUS: &str = "http://ns.useplus.org/ldf/xmp/1.0/";
const CC: &str = "http://creativecommons.org/ns#";

/// Reads an XMP packet.
pub(super) fn read(bytes: &[u8]) -> Metadata {
    let text = String::from_utf8_lossy(bytes);
    let Some(document) = parse(&text) else { return Metadata::default() };
    let mut resources = Vec::new();
    for rdf in document.descendants().filter(|node| node.has_tag_name((RDF, "RDF"))) {
        resources.extend(rdf.children().filter(Node::is_element));
    }
    Properties { resources }.metadata()
}

/// Vocabulary and name of every property, wherever it stands; `None` when the packet cannot be read.
pub(super) fn names(bytes: &[u8]) -> Option<BTreeSet<(String, String)>> {
    let text = String::from_utf8_lossy(bytes);
    let document = parse(&text)?;
    let mut names = BTreeSet::new();
    let mut take = |space: Option<&str>, name: &str| {
        names.insert((space.unwrap_or_default().to_owned(), name.to_owned()));
    };
    for node in document.descendants().filter(Node::is_element) {
        take(node.tag_name().namespace(), node.tag_name().name());
        node.attributes().for_each(|attribute| take(attribute.namespace(), attribute.name()));
    }
    Some(names)
}

fn parse(text: &str) -> Option<Document<'_>> {
    let text = text.trim_matches(|c: char| c == '\0' || c == '\u{FEFF}' || c.is_whitespace());
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).ok()
}

/// The top of the tree: what is said of the file itself.
struct Properties<'a, 'input> {
    resources: Vec<Node<'a, 'input>>,
}

impl Properties<'_, '_> {
    fn metadata(&self) -> Metadata {
        let by = Standard::Xmp;
        let text = |space, name| said(self.first(space, name), by);
        let day = |space, name| self.first(space, name).and_then(|text| date(&text));
        let people = self.all(EXTENSION, "PersonInImage");
        let source_type = self.first(EXTENSION, "DigitalSourceType");
        Metadata {
            title: text(DC, "title"),
            alt: text(CORE, "AltTextAccessibility"),
            long_description: text(CORE, "ExtDescrAccessibility"),
            caption: text(DC, "description"),
            creator: said(self.creator(), by),
            credit: text(PHOTOSHOP, "Credit"),
            copyright: text(DC, "rights"),
            licence: self.licence(),
            source: text(PHOTOSHOP, "Source").or_else(|| text(DC, "source")),
            date: said(day(PHOTOSHOP, "DateCreated").or(day(EXIF, "DateTimeOriginal")), by),
            origin: said(source_type.and_then(|term| origin(&term)), by),
            people: said((!people.is_empty()).then_some(people), by),
        }
    }

    fn creator(&self) -> Option<Linked> {
        let names = [(DC, "creator"), (CC, "attributionName"), (PLUS, "ImageCreatorName")];
        let named = |(space, name)| {
            let names = self.all(space, name);
            if names.is_empty() { self.nested(space, name) } else { names }
        };
        let names = names.into_iter().map(named).find(|names| !names.is_empty())?;
        // Several addresses may stand in one value, with commas between them.
        let addresses = [(CC, "attributionURL"), (CORE, "CiUrlWork")];
        let addresses = addresses.iter().flat_map(|(space, name)| self.nested(space, name));
        let addresses: Vec<String> = addresses.collect();
        let mut urls = addresses.iter().flat_map(|value| value.split([',', ';', ' ']));
        let url = urls.find(|url| address::is_page(url)).map(str::to_owned);
        Some(Linked { url, ..creator_of(&names)? })
    }

    /// The licence by its address, else by its terms.
    fn licence(&self) -> Option<Said<Licence>> {
        let pages = [
            self.first(CC, "license"),
            self.first(PLUS, "TermsAndConditionsURL"),
            self.first(RIGHTS, "WebStatement"),
        ];
        let pages: Vec<String> =
            pages.into_iter().flatten().filter(|page| address::is_page(page)).collect();
        let terms = self.first(RIGHTS, "UsageTerms");
        let terms = terms.or_else(|| self.first(PLUS, "TermsAndConditionsText"));
        let known = pages.iter().find_map(|page| licence_at(page));
        let known = known.or_else(|| terms.as_deref().and_then(licence_of));
        let licence = known.or_else(|| {
            let url = pages.first().cloned();
            let text = terms.or_else(|| url.clone())?;
            Some(Licence::Text(Linked { text, url }))
        });
        said(licence, Standard::Xmp)
    }

    /// The first value of a property.
    fn first(&self, space: &str, name: &str) -> Option<String> {
        self.all(space, name).into_iter().next()
    }

    /// The values of a property of the file: an attribute, a text, a list, or one of several
    /// languages.
    fn all(&self, space: &str, name: &str) -> Vec<String> {
        for resource in &self.resources {
            let values = match resource.attribute((space, name)) {
                Some(value) => words(value).into_iter().collect(),
                None => {
                    let property = resource.children().find(|n| n.has_tag_name((space, name)));
                    property.map(values).unwrap_or_default()
                }
            };
            if !values.is_empty() {
                return values;
            }
        }
        Vec::new()
    }

    /// The values of a field of a structure, wherever it stands.
    fn nested(&self, space: &str, name: &str) -> Vec<String> {
        let nodes = self.resources.iter().flat_map(Node::descendants);
        let found = nodes.filter_map(|node| match node.attribute((space, name)) {
            Some(value) => words(value),
            None if node.has_tag_name((space, name)) => values(node).into_iter().next(),
            None => None,
        });
        found.collect()
    }
}

/// So many items of a list are read.
const MOST_ITEMS: usize = 100;

fn values(property: Node<'_, '_>) -> Vec<String> {
    if let Some(address) = property.attribute((RDF, "resource")) {
        return words(address).into_iter().collect();
    }
    let is = |node: &Node<'_, '_>, name| node.has_tag_name((RDF, name));
    let list = property.children().find(|n| is(n, "Alt") || is(n, "Bag") || is(n, "Seq"));
    let Some(list) = list else { return own_text(property).into_iter().collect() };
    let items: Vec<_> = list.children().filter(|n| is(n, "li")).take(MOST_ITEMS).collect();
    if is(&list, "Alt") {
        let usual = |n: &&Node<'_, '_>| n.attribute((XML, "lang")) == Some("x-default");
        let chosen = items.iter().find(usual).or(items.first());
        return chosen.and_then(|item| own_text(*item)).into_iter().collect();
    }
    items.into_iter().filter_map(own_text).collect()
}

/// The text of an element, or of the resource it names.
fn own_text(node: Node<'_, '_>) -> Option<String> {
    match node.attribute((RDF, "resource")) {
        Some(address) => words(address),
        None => {
            let pieces =
                node.children().filter_map(|child| child.text().filter(|_| child.is_text()));
            words(&pieces.collect::<String>())
        }
    }
}
