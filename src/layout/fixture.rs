//! Little books made by hand, for tests of the layout alone.

use std::collections::BTreeMap;

use super::{Pages, paginate};
use crate::book::{
    Anchor, AnchorId, Block, Book, Chapter, Inline, Language, Matter, Meta, NodeId, Section,
    SectionId, SectionKind, Text,
};
use crate::diag::Diagnostics;
use crate::font::Faces;
use crate::geom::{Length, Size};
use crate::project::{ContentsPlace, EditionConfig, Folio, LinkPolicy, Margins, Opening};
use crate::source::{FileId, Span};

pub(super) const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

pub(super) fn text(id: u32, words: &str) -> Text {
    Text { id: NodeId(id), span: SPAN, inlines: vec![Inline::Text(words.to_owned(), SPAN)] }
}

/// A book of one chapter.
pub(super) fn book(blocks: Vec<Block>) -> Book {
    let chapter = Chapter {
        part: None,
        subtitle: None,
        talk: None,
        opening: None,
        blocks,
        notes: Vec::new(),
        file: "a.md".to_owned(),
    };
    let section = Section {
        id: SectionId(0),
        anchor: AnchorId(0),
        slug: "a".to_owned(),
        matter: Matter::Body,
        title: text(0, "A Chapter"),
        running: "A Chapter".to_owned(),
        kind: SectionKind::Chapter(Box::new(chapter)),
        language: None,
        span: SPAN,
    };
    Book {
        meta: meta(),
        sections: vec![section],
        contents: Vec::new(),
        anchors: vec![Anchor { name: "a".to_owned(), section: SectionId(0), span: SPAN }],
        notes: Vec::new(),
        photos: Vec::new(),
        cover: None,
        node_count: 1,
    }
}

fn meta() -> Meta {
    Meta {
        slug: "a".to_owned(),
        version: "1".to_owned(),
        title: "A Book".to_owned(),
        subtitle: None,
        people: Vec::new(),
        language: Language("en-US".to_owned()),
        identifier: "urn:uuid:0".to_owned(),
        date: None,
        modified: 0,
        publisher: None,
        rights: None,
        licence: None,
        series: None,
        description: None,
        subjects: Vec::new(),
    }
}

/// A page whose measure is 340 pt, with text of 10.5/14.
pub(super) fn edition() -> EditionConfig {
    EditionConfig {
        name: "book".to_owned(),
        page: Size::new(Length::pt(440), Length::pt(660)),
        margins: Margins {
            top: Length::pt(50),
            inner: Length::pt(50),
            outer: Length::pt(50),
            bottom: Length::pt(50),
        },
        mirrored: true,
        opening: Opening::Page,
        links: LinkPolicy::Live,
        contents: ContentsPlace::FrontMatter,
        folio: Folio::Book,
        text_size: Length::milli_pt(10_500),
        leading: Length::pt(14),
    }
}

pub(super) fn pages(blocks: Vec<Block>) -> (Pages, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let faces = Faces::bundled();
    let pages = paginate(&book(blocks), &edition(), &BTreeMap::new(), &faces, &mut diagnostics);
    (pages, diagnostics)
}

#[test]
fn corpus_statistics() {
    let Ok(dir) = std::env::var("PROSE") else { return };
    let prose = std::fs::read_to_string(dir).expect("prose");
    let blocks: Vec<Block> = prose
        .split("\n\n")
        .enumerate()
        .map(|(i, p)| Block::Paragraph(text(i as u32 + 1, &p.replace('\n', " "))))
        .collect();
    let start = std::time::Instant::now();
    let (pages, diagnostics) = pages(blocks);
    println!("{:?} pages {} {:?}", start.elapsed(), pages.pages.len(), pages.statistics);
    let s = pages.statistics;
    println!(
        "hyph {:.2}% loose {:.2}%",
        s.hyphenated as f64 * 100.0 / s.justified as f64,
        s.loose as f64 * 100.0 / s.justified as f64
    );
    for d in diagnostics.iter().take(5) {
        println!("{d:?}");
    }
    let bytes = crate::pdf::write(
        &pages,
        &book(Vec::new()),
        &Faces::bundled(),
        &mut Diagnostics::default(),
    );
    std::fs::write("/tmp/prose.pdf", bytes).expect("write");
    println!("{}", &super::dump::lines(&pages).chars().take(3000).collect::<String>());
}
