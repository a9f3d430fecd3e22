//! Reads a finished PDF as a viewer does: labels of pages, bookmarks, links and where they lead.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A link annotation.
#[derive(Debug)]
pub(crate) enum Link {
    /// Into the document: a name, the index of the page it stands for, and the height there.
    Inner { name: String, page: usize, top: f32 },
    /// To an address.
    Outer(String),
}

/// The links of all pages, each in the order of the page's annotations.
pub(crate) fn links(document: &Document, pages: &[ObjectId]) -> Vec<Vec<Link>> {
    let catalog = document.catalog().expect("a PDF has a catalog");
    let names = catalog.get(b"Names").map(|names| dictionary(document, names));
    let mut places = BTreeMap::new();
    if let Some(root) = names.ok().and_then(|names| names.get(b"Dests").ok()) {
        collect_names(document, dictionary(document, root), &mut places);
    }
    pages.iter().map(|page| links_of(document, *page, pages, &places)).collect()
}

fn links_of(
    document: &Document,
    page: ObjectId,
    pages: &[ObjectId],
    places: &BTreeMap<String, &Object>,
) -> Vec<Link> {
    let page = document.get_dictionary(page).expect("is a page");
    let Ok(annotations) = page.get_deref(b"Annots", document).and_then(Object::as_array) else {
        return Vec::new();
    };
    let link = |annotation| {
        let annotation = dictionary(document, annotation);
        assert!(annotation.has(b"Contents") && annotation.has(b"StructParent"));
        let action = dictionary(document, annotation.get(b"A").expect("a link has an action"));
        if let Ok(address) = action.get(b"URI").and_then(Object::as_str) {
            return Link::Outer(String::from_utf8_lossy(address).into_owned());
        }
        let name = action.get(b"D").and_then(Object::as_str).expect("links go by name");
        let name = String::from_utf8_lossy(name).into_owned();
        let place = places.get(&name).unwrap_or_else(|| panic!("`{name}` is no destination"));
        let place = document.dereference(place).expect("leads somewhere").1;
        let place = place.as_array().expect("an explicit destination");
        let page = place[0].as_reference().expect("begins with a page");
        let page = pages.iter().position(|id| *id == page).expect("of this document");
        Link::Inner { name, page, top: place[3].as_float().expect("a height") }
    };
    annotations.iter().map(link).collect()
}

/// The entries of a name tree (ISO 32000-1, 7.9.6).
fn collect_names<'a>(
    document: &'a Document,
    node: &'a Dictionary,
    entries: &mut BTreeMap<String, &'a Object>,
) {
    for kid in node.get(b"Kids").and_then(Object::as_array).into_iter().flatten() {
        collect_names(document, dictionary(document, kid), entries);
    }
    let names = node.get(b"Names").and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
    for pair in names.chunks(2) {
        let name = pair[0].as_str().expect("a name is a string");
        entries.insert(String::from_utf8_lossy(name).into_owned(), &pair[1]);
    }
}

/// The labels of all pages, from the catalog's number tree (ISO 32000-1, 12.4.2).
pub(crate) fn labels(document: &Document, pages: usize) -> Vec<String> {
    let catalog = document.catalog().expect("a PDF has a catalog");
    let mut ranges = BTreeMap::new();
    let root = dictionary(document, catalog.get(b"PageLabels").expect("pages are labelled"));
    collect_ranges(document, root, &mut ranges);
    let mut labels = Vec::new();
    for page in 0..pages {
        let (first, range) = ranges.range(..=page).next_back().expect("the first range is 0");
        let start = range.get(b"St").and_then(Object::as_i64).unwrap_or(1);
        let number = usize::try_from(start).expect("is positive") + page - first;
        let prefix = range.get(b"P").and_then(lopdf::decode_text_string).unwrap_or_default();
        let numeral = match range.get(b"S").and_then(Object::as_name).unwrap_or(b"") {
            b"D" => number.to_string(),
            b"r" => roman(number),
            b"" => String::new(),
            other => panic!("labels in the style {}", String::from_utf8_lossy(other)),
        };
        labels.push(prefix + &numeral);
    }
    labels
}

fn collect_ranges<'a>(
    document: &'a Document,
    node: &'a Dictionary,
    ranges: &mut BTreeMap<usize, &'a Dictionary>,
) {
    if let Ok(kids) = node.get(b"Kids").and_then(Object::as_array) {
        for kid in kids {
            collect_ranges(document, dictionary(document, kid), ranges);
        }
    }
    if let Ok(numbers) = node.get(b"Nums").and_then(Object::as_array) {
        for pair in numbers.chunks(2) {
            let first = pair[0].as_i64().ok().and_then(|n| usize::try_from(n).ok());
            ranges.insert(first.expect("is an index"), dictionary(document, &pair[1]));
        }
    }
}

pub(crate) fn dictionary<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    let (_, object) = document.dereference(object).expect("references lead somewhere");
    object.as_dict().expect("is a dictionary")
}

fn roman(mut number: usize) -> String {
    let mut text = String::new();
    let numerals = [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix")];
    for (value, numeral) in numerals.into_iter().chain([(5, "v"), (4, "iv"), (1, "i")]) {
        while number >= value {
            text.push_str(numeral);
            number -= value;
        }
    }
    text
}

/// All bookmarks with the page they lead to, in the order they are shown.
pub(crate) fn bookmarks(document: &Document, pages: &[ObjectId]) -> Vec<(String, usize)> {
    let catalog = document.catalog().expect("a PDF has a catalog");
    let root = dictionary(document, catalog.get(b"Outlines").expect("there are bookmarks"));
    let mut found = Vec::new();
    collect_bookmarks(document, pages, root, &mut found);
    found
}

fn collect_bookmarks(
    document: &Document,
    pages: &[ObjectId],
    parent: &Dictionary,
    found: &mut Vec<(String, usize)>,
) {
    let mut next = parent.get(b"First");
    while let Ok(item) = next {
        let item = dictionary(document, item);
        let title = item.get(b"Title").and_then(lopdf::decode_text_string).expect("has a title");
        found.push((title, page_of(document, pages, item)));
        collect_bookmarks(document, pages, item, found);
        next = item.get(b"Next");
    }
}

/// The page of a bookmark: its destination, or that of its action, is an array whose first
/// element is the page.
fn page_of(document: &Document, pages: &[ObjectId], item: &Dictionary) -> usize {
    let destination = item.get(b"Dest").or_else(|_| {
        item.get(b"A").map(|action| dictionary(document, action)).and_then(|a| a.get(b"D"))
    });
    let destination = destination.expect("a bookmark leads somewhere");
    let (_, destination) = document.dereference(destination).expect("leads somewhere");
    let destination = destination.as_array().expect("an explicit destination");
    let page = destination[0].as_reference().expect("begins with a page");
    pages.iter().position(|id| *id == page).expect("the page is in the document")
}
