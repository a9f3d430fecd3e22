//! Where the pages of print are marked and listed.

use super::{nav_list, packed, parsed, texts};
use crate::book::{Block, Book, Inline, NodeId, PageMap, PageStart, Place, SectionId, SectionKind};
use crate::diag::Diagnostics;
use crate::epub::fixture::{self, LONG};
use crate::epub::{Package, dump, package};

#[test]
fn every_page_is_listed_once_and_marked_where_it_is_listed() {
    let book = fixture::book();
    let map = fixture::pages(&book);
    let package = package(&book, Some(&map), &mut Diagnostics::default());
    let listed = nav_list(&package, "page-list");
    let labels: Vec<_> = listed.iter().map(|(label, _)| label.clone()).collect();
    let expected: Vec<_> = map.pages.iter().map(|page| page.label.clone()).collect();
    assert_eq!(labels, expected);
    let texts = texts(&package);
    let mut marked = Vec::new();
    let mut files: Vec<_> = listed.iter().map(|(_, href)| href.split('#').next()).collect();
    files.dedup();
    for file in files.into_iter().flatten() {
        let document = parsed(texts[format!("OEBPS/{file}").as_str()]);
        let breaks =
            document.descendants().filter(|n| n.attribute("role") == Some("doc-pagebreak"));
        marked.extend(breaks.map(|n| {
            (
                n.attribute("aria-label").unwrap_or_default().to_owned(),
                format!("{file}#{}", n.attribute("id").unwrap_or_default()),
            )
        }));
    }
    assert_eq!(marked, listed);
}

/// The text of a file from a marker on, as a reader reads it.
fn text_after(package: &Package, file: &str, id: &str) -> String {
    let texts = texts(package);
    let document = parsed(texts[format!("OEBPS/{file}").as_str()]);
    let marker =
        document.descendants().find(|n| n.attribute("id") == Some(id)).expect("it is marked");
    let after = document.descendants().filter(|n| n.is_text() && n.id().get() > marker.id().get());
    after.filter_map(|n| n.text()).collect()
}

#[test]
fn markers_stand_at_the_very_byte() {
    let package = packed();
    let after = |page: &str| text_after(&package, "first-keynote.xhtml", page);
    let from = |words: &str| &LONG[LONG.find(words).expect("it is there")..];
    assert!(after("page-4").starts_with(from("first buses")));
    assert!(after("page-5").starts_with(from("oms at the")));
    assert!(after("page-6").starts_with("# a comment with <angles>\n\nmetadata: {}"));
    assert!(after("page-7").trim_start().starts_with("The hall, before and after."));
    assert!(after("page-8").starts_with("second note"));
}

#[test]
fn pages_without_a_place_are_marked_where_the_next_section_begins() {
    let package = packed();
    let after = |file: &str, page: &str| text_after(&package, file, page);
    assert!(after("title-page.xhtml", "page-i").trim_start().starts_with("Day Three"));
    assert!(after("keynotes.xhtml", "page-vi").trim_start().starts_with("Part One"));
    assert!(after("first-keynote.xhtml", "page-2").trim_start().starts_with("The first keynote"));
    assert!(after("speakers.xhtml", "page-12").trim().is_empty());
}

/// A page full of a long note is not lost behind the pages that follow it.
#[test]
fn a_page_without_a_place_amid_a_section_is_marked_where_the_next_one_begins() {
    let book = fixture::book();
    let mut map = fixture::pages(&book);
    let page = map.pages.iter_mut().find(|page| page.label == "5").expect("it is there");
    page.place = None;
    let package = package(&book, Some(&map), &mut Diagnostics::default());
    let listed: Vec<_> = nav_list(&package, "page-list").into_iter().map(|page| page.0).collect();
    let labels: Vec<_> = map.pages.iter().map(|page| page.label.clone()).collect();
    assert_eq!(listed, labels);
    let after = text_after(&package, "first-keynote.xhtml", "page-5");
    assert_eq!(after, text_after(&package, "first-keynote.xhtml", "page-6"));
}

#[test]
fn a_page_that_begins_inside_a_link_is_marked_there() {
    let mut book = fixture::book();
    let (node, offset) = link_in_closing(&mut book);
    let mut map = fixture::pages(&book);
    let page = map.pages.iter_mut().find(|page| page.label == "9").expect("it is there");
    page.place = Some(Place { node, offset });
    let package = package(&book, Some(&map), &mut Diagnostics::default());
    let text = texts(&package)["OEBPS/closing.xhtml"];
    let marker = "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-9\" aria-label=\"9\"></span>";
    let (before, after) = text.split_once(marker).expect("the page is marked");
    let link = &before[before.rfind("<a ").expect("there is a link before it")..];
    assert!(!link.contains("</a>") && link.ends_with(|c: char| c.is_alphabetic()), "{link}");
    let rest = after.split("</a>").next().expect("a text has a first piece");
    assert!(rest.len() < after.len() && !rest.contains('<'), "{after}");
}

/// The closing words' paragraph, and an offset in its second link.
fn link_in_closing(book: &mut Book) -> (NodeId, u32) {
    let SectionKind::Chapter(chapter) = &book.sections[6].kind else { panic!("it is a chapter") };
    let Block::Paragraph(text) = &chapter.blocks[0] else { panic!("it is a paragraph") };
    let before: usize = text.inlines[..3].iter().map(Inline::text_len).sum();
    (text.id, u32::try_from(before + 4).expect("it is short"))
}

#[test]
fn places_that_do_not_exist_lose_no_page() {
    let book = fixture::book();
    let mut map = fixture::pages(&book);
    for page in &mut map.pages {
        if let Some(place) = &mut page.place {
            place.node.0 += 10_000;
            place.offset += 10_000;
        }
    }
    map.pages[3].section.0 = 999;
    let package = package(&book, Some(&map), &mut Diagnostics::default());
    assert_eq!(nav_list(&package, "page-list").len(), map.pages.len());
}

#[test]
fn offsets_within_a_character_and_behind_the_text_do_no_harm() {
    let mut book = fixture::book();
    let (node, _) = link_in_closing(&mut book);
    for offset in (0..200).step_by(7) {
        let place = Some(Place { node, offset });
        let section = SectionId(6);
        let page = PageStart { label: "1".to_owned(), section, place };
        let map = PageMap { pages: vec![page.clone(), page], anchors: Vec::new() };
        let package = package(&book, Some(&map), &mut Diagnostics::default());
        let listed = nav_list(&package, "page-list");
        assert_eq!(listed.len(), 2, "{offset}");
        assert_ne!(listed[0].1, listed[1].1);
        parsed(texts(&package)["OEBPS/closing.xhtml"]);
    }
}

#[test]
fn without_a_map_there_are_no_pages_and_references_say_titles() {
    let book = fixture::book();
    let package = package(&book, None, &mut Diagnostics::default());
    let all = dump(&package);
    assert!(!all.contains("pagebreak") && !all.contains("page-list"));
    assert!(!all.contains("pageBreakSource") && !all.contains("pageNavigation"));
    let closing = texts(&package)["OEBPS/closing.xhtml"];
    assert!(closing.contains("<a href=\"first-keynote.xhtml\">The first keynote</a>"));
}

#[test]
fn the_page_of_the_imprint_begins_before_its_title() {
    let book = fixture::book();
    let mut map = fixture::pages(&book);
    let SectionKind::Imprint(blocks) = &book.sections[1].kind else { panic!("it is the imprint") };
    let Block::Paragraph(first) = &blocks[0] else { panic!("it is a paragraph") };
    let page = map.pages.iter_mut().find(|page| page.section == SectionId(1));
    let page = page.expect("the imprint has a page");
    page.place = Some(Place { node: first.id, offset: 0 });
    let id = format!("page-{}", page.label);
    let package = package(&book, Some(&map), &mut Diagnostics::default());
    let text = texts(&package)["OEBPS/imprint.xhtml"];
    let marker = text.find(&format!("id=\"{id}\"")).expect("it is marked");
    assert!(marker < text.find("<h1").expect("it has a title"), "{text}");
}
