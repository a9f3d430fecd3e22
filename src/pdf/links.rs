//! Links and destinations (ISO 32000-1, 12.3.2, 12.5.6.5 and 12.6.4).
//!
//! Links within the book go by name: the same names as the anchors of the EPUB, so that an
//! address with `#name` works for both. A link of the furniture is left out, because PDF/UA-1
//! wants every annotation in the logical structure, where furniture is not; so is one to a place
//! that this edition does not show.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};
use printpdf::{Actions, LinkAnnotation, Op, Pt};

use super::object::{bytes, name, points, reference, shortened};
use super::trees::name_tree;
use crate::book::Book;
use crate::layout::pages::{Destination, Item, Link, LinkTarget, Page, Pages, TagId};

/// A link annotation as an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Annotation {
    /// The object.
    pub(super) id: ObjectId,
    /// Index of its page.
    pub(super) page: usize,
    /// The element it belongs to.
    pub(super) tag: TagId,
}

/// The links of a page that are written, with their elements, in order.
pub(super) fn written<'p>(pages: &'p Pages, page: &'p Page) -> Vec<(&'p Link, TagId)> {
    let links = page.items.iter().filter_map(|item| match item {
        Item::Link(link) => Some(link),
        Item::Glyphs(_) | Item::Image(_) | Item::Path(_) | Item::Formula(_) => None,
    });
    links
        .filter_map(|link| Some((link, link.tag?)))
        .filter(|(link, tag)| {
            (tag.0 as usize) < pages.structure.tags.len()
                && match &link.target {
                    LinkTarget::Anchor(anchor) => place(pages, anchor.0).is_some(),
                    LinkTarget::Url(_) => true,
                }
        })
        .collect()
}

/// The link as `printpdf` knows it.
pub(super) fn operation(pages: &Pages, page: &Page, link: &Link) -> Op {
    let area = link.area;
    let pt = |length: crate::geom::Length| Pt(length.to_pt() as f32);
    let (x, y) = (pt(area.origin.x), pt(page.size.height - area.bottom()));
    let rect = printpdf::Rect::from_xywh(x, y, pt(area.size.width), pt(area.size.height));
    let actions = match &link.target {
        LinkTarget::Url(url) => Actions::uri(ascii(url)),
        LinkTarget::Anchor(anchor) => {
            let place = place(pages, anchor.0).unwrap_or(Destination { page: 0, y: area.origin.y });
            Actions::go_to(printpdf::Destination::Xyz {
                page: place.page + 1,
                left: None,
                top: None,
                zoom: None,
            })
        }
    };
    Op::LinkAnnotation { link: LinkAnnotation::new(rect, actions, None, None, None) }
}

/// Makes objects of a page's annotations and says all that `printpdf` does not.
pub(super) fn complete(
    document: &mut Document,
    pages: &Pages,
    book: &Book,
    page_ids: &[ObjectId],
) -> Vec<Annotation> {
    let mut annotations = Vec::new();
    for (index, (page, page_id)) in pages.pages.iter().zip(page_ids).enumerate() {
        let Ok(dict) = document.get_object_mut(*page_id).and_then(Object::as_dict_mut) else {
            continue;
        };
        let Some(Object::Array(drafts)) = dict.remove(b"Annots") else { continue };
        let mut references = Vec::with_capacity(drafts.len());
        for (draft, (link, tag)) in drafts.into_iter().zip(written(pages, page)) {
            let Object::Dictionary(mut draft) = draft else { continue };
            describe(&mut draft, page, link, book);
            let id = document.add_object(draft);
            references.push(reference(id));
            annotations.push(Annotation { id, page: index, tag });
        }
        if references.is_empty() {
            continue;
        }
        if let Ok(dict) = document.get_object_mut(*page_id).and_then(Object::as_dict_mut) {
            dict.set("Annots", Object::Array(references));
        }
    }
    annotations
}

/// Named destinations, sorted: `[page /XYZ null y null]`, which keeps the reader's zoom.
pub(super) fn destinations(
    document: &mut Document,
    pages: &Pages,
    book: &Book,
    page_ids: &[ObjectId],
) -> Option<Dictionary> {
    let mut named = BTreeMap::new();
    for (index, anchor) in (0..).zip(&book.anchors) {
        if let Some(target) = target(pages, page_ids, index) {
            named.insert(anchor.name.clone(), target);
        }
    }
    let is_any = !named.is_empty();
    is_any.then(|| name_tree(document, named.into_iter().collect()))
}

/// The explicit destination of an anchor.
pub(super) fn target(pages: &Pages, page_ids: &[ObjectId], anchor: u32) -> Option<Object> {
    let place = place(pages, anchor)?;
    let (page, id) = (pages.pages.get(place.page)?, page_ids.get(place.page)?);
    let top = points(page.size.height - place.y);
    Some(Object::Array(vec![reference(*id), name("XYZ"), Object::Null, top, Object::Null]))
}

fn place(pages: &Pages, anchor: u32) -> Option<Destination> {
    let place = pages.destinations.get(anchor as usize).copied().flatten()?;
    (place.page < pages.pages.len()).then_some(place)
}

fn describe(dict: &mut Dictionary, page: &Page, link: &Link, book: &Book) {
    const PRINT: i64 = 1 << 2;
    let (area, height) = (link.area, page.size.height);
    let corners = [area.origin.x, height - area.bottom(), area.right(), height - area.origin.y];
    dict.set("Rect", Object::Array(corners.map(points).to_vec()));
    dict.set("F", PRINT);
    dict.set("Border", Object::Array(vec![0.into(), 0.into(), 0.into()]));
    dict.remove(b"C");
    dict.remove(b"H");
    let mut words = link.contents.clone();
    match &link.target {
        LinkTarget::Url(url) => {
            if words.trim().is_empty() {
                words.clone_from(url);
            }
        }
        LinkTarget::Anchor(anchor) => {
            let anchor = book.anchors.get(anchor.0 as usize);
            let mut action = Dictionary::new();
            action.set("S", "GoTo");
            anchor.iter().for_each(|anchor| action.set("D", bytes(&anchor.name)));
            dict.set("A", action);
            if words.trim().is_empty() {
                words.push_str(anchor.map_or("", |anchor| anchor.name.as_str()));
            }
        }
    }
    dict.set("Contents", shortened(&words));
}

/// An address in seven bits (12.6.4.7): everything else is percent-encoded.
pub(super) fn ascii(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!'..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
