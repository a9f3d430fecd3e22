//! Links, bookmarks and labels of finished PDFs: each leads to the page that the layout named.

use std::path::Path;

use endpaper::book::Book;
use endpaper::diag::Diagnostics;
use endpaper::font::Faces;
use endpaper::layout::Pages;
use endpaper::layout::pages::{Item, LinkTarget, OutlineEntry};
use endpaper::pdf;
use lopdf::{Document, ObjectId};

use crate::pipeline::{load, paginate, resolve, with_room};
use crate::reader::{self, Link};

/// An edition of the first book, and its file read again.
struct Edition {
    pages: Pages,
    book: Book,
    document: Document,
    page_ids: Vec<ObjectId>,
}

fn editions() -> Vec<Edition> {
    let project = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("book"));
    with_room(|| {
        let book = resolve(&project);
        let faces = Faces::with_fonts(&project.fonts, &mut Diagnostics::default());
        let editions = project.config.editions.iter().enumerate();
        editions
            .map(|(at, edition)| {
                let (pages, book) = paginate(&project, &book, at);
                let options =
                    pdf::Options { standards: edition.standards, sources: &[], cache: None };
                let bytes =
                    pdf::write(&pages, &book, &faces, &options, &mut Diagnostics::default());
                let document = Document::load_mem(&bytes).expect("is a PDF");
                let page_ids = document.get_pages().into_values().collect();
                Edition { pages, book, document, page_ids }
            })
            .collect()
    })
}

#[test]
fn every_link_bookmark_and_label_leads_where_the_layout_says() {
    for edition in editions() {
        let labels = reader::labels(&edition.document, edition.page_ids.len());
        let expected: Vec<_> = edition.pages.pages.iter().map(|p| p.label.clone()).collect();
        assert_eq!(labels, expected);
        assert!(follow_links(&edition, &labels) > 100, "there are many links");
        follow_bookmarks(&edition);
    }
}

/// Follows every link; returns how many lead into the book.
fn follow_links(edition: &Edition, labels: &[String]) -> usize {
    let pages = &edition.pages;
    let mut inner = 0;
    let written = reader::links(&edition.document, &edition.page_ids);
    for (page, links) in pages.pages.iter().zip(written) {
        let meant = page.items.iter().filter_map(|item| match item {
            Item::Link(link) if link.tag.is_some() => Some(link),
            Item::Link(_) | Item::Glyphs(_) | Item::Image(_) | Item::Path(_) | Item::Formula(_) => {
                None
            }
        });
        let meant: Vec<_> = meant
            .filter(|link| match link.target {
                LinkTarget::Anchor(anchor) => pages.destinations[anchor.0 as usize].is_some(),
                LinkTarget::Url(_) => true,
            })
            .collect();
        assert_eq!(links.len(), meant.len(), "links of page {}", page.label);
        for (link, meant) in links.iter().zip(meant) {
            match (link, &meant.target) {
                (Link::Inner { name, page, top }, LinkTarget::Anchor(anchor)) => {
                    inner += 1;
                    let at = anchor.0 as usize;
                    let place = pages.destinations[at].expect("others are left out");
                    assert_eq!(*name, edition.book.anchors[at].name);
                    assert_eq!(*page, place.page, "{name}");
                    assert_eq!(labels[*page], pages.map.anchors[at], "{name}");
                    let height = pages.pages[*page].size.height;
                    let off = f64::from(*top) - (height - place.y).to_pt();
                    assert!(off.abs() < 0.001, "{name} is {off} pt off");
                    assert!(*top > 0.0 && f64::from(*top) <= height.to_pt(), "{name}");
                }
                (Link::Outer(address), LinkTarget::Url(url)) => assert_eq!(address, url),
                (link, meant) => panic!("{link:?} is not {meant:?}"),
            }
        }
    }
    inner
}

fn follow_bookmarks(edition: &Edition) {
    let mut meant = Vec::new();
    flatten(&edition.pages, &edition.pages.outline, &mut meant);
    assert_eq!(reader::bookmarks(&edition.document, &edition.page_ids), meant);
}

fn flatten(pages: &Pages, entries: &[OutlineEntry], out: &mut Vec<(String, usize)>) {
    for entry in entries {
        let page = first_place(pages, entry).expect("a bookmark leads somewhere");
        out.push((entry.title.clone(), page));
        flatten(pages, &entry.children, out);
    }
}

/// The page of an entry, or of the first below it that this edition shows.
fn first_place(pages: &Pages, entry: &OutlineEntry) -> Option<usize> {
    let own = pages.destinations[entry.target.0 as usize].map(|place| place.page);
    own.or_else(|| entry.children.iter().find_map(|child| first_place(pages, child)))
}
