//! Little books made by hand, for tests of the layout alone.

use std::collections::BTreeMap;

use super::{Pages, paginate};
use crate::book::{
    Anchor, AnchorId, Block, Book, Chapter, Inline, Language, Matter, Meta, NodeId, Section,
    SectionId, SectionKind, Target, Text,
};
use crate::diag::Diagnostics;
use crate::font::Faces;
use crate::geom::{Length, Size};
use crate::project::{
    ContentsPlace, EditionConfig, Folio, LinkPolicy, Margins, Opening, Release, Standards, Theme,
    ThemeName,
};
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
        summary: Vec::new(),
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
        number: None,
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
        standards: Standards::USUAL,
        theme: Theme::built_in(ThemeName::Source),
        release: Release::default(),
    }
}

pub(super) fn pages(blocks: Vec<Block>) -> (Pages, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let faces = Faces::bundled();
    let pages = paginate(&book(blocks), &edition(), &BTreeMap::new(), &faces, &mut diagnostics);
    (pages, diagnostics)
}

/// Real prose: the plain paragraphs of some chapters of the first book.
pub(super) fn prose() -> Vec<Block> {
    const CHAPTERS: [&str; 6] = [
        include_str!("../../book/chapters/02-running-with-scissors.md"),
        include_str!("../../book/chapters/03-chaos-engineering.md"),
        include_str!("../../book/chapters/06-prometheus-influxdb.md"),
        include_str!("../../book/chapters/07-hackers-guide.md"),
        include_str!("../../book/chapters/09-fn-faas.md"),
        include_str!("../../book/chapters/12-vitess-operator.md"),
    ];
    let paragraphs = CHAPTERS.iter().flat_map(|chapter| chapter.split("\n\n"));
    let plain = paragraphs.filter(|p| p.starts_with(char::is_alphabetic)).map(without_markup);
    (1..).zip(plain).map(|(i, p)| Block::Paragraph(text(i, &p))).collect()
}

/// The words of a paragraph: marks, note calls and the addresses of links go.
fn without_markup(paragraph: &str) -> String {
    let mut out = String::new();
    let mut rest = paragraph;
    while let Some(at) = rest.find(['`', '*', '[', ']', '\n', '\'']) {
        out.push_str(&rest[..at]);
        let note = rest[at..].starts_with("[^");
        let link = rest[at..].starts_with("](");
        match &rest[at..=at] {
            "\n" => out.push(' '),
            "'" => out.push('’'),
            _ => {}
        }
        let end = if link {
            rest[at..].find(')')
        } else if note {
            rest[at..].find(']')
        } else {
            None
        };
        rest = &rest[at + end.unwrap_or(0) + 1..];
    }
    out + rest
}

#[test]
fn prose_is_set_evenly() {
    let (pages, diagnostics) = pages(prose());
    let counts = pages.statistics;
    assert_eq!(diagnostics.iter().count(), 0);
    assert_eq!(counts.overfull, 0);
    assert!(counts.justified > 150, "{counts:?}");
    assert!(counts.hyphenated * 100 <= counts.justified * 9, "{counts:?}");
    assert!(counts.loose * 200 <= counts.justified * 3, "{counts:?}");
}

#[test]
fn every_page_but_the_last_is_full_to_a_line_or_two() {
    let (pages, _) = pages(prose());
    let lines = super::dump::lines(&pages);
    let counts: Vec<usize> =
        lines.split("\npage ").skip(1).map(|page| page.lines().count()).collect();
    let full = counts.iter().max().copied().unwrap_or(0);
    assert!(counts.len() > 3, "{lines}");
    assert!(counts.iter().rev().skip(1).all(|count| count + 2 >= full), "{counts:?}");
}

/// Shaping takes time that grows with the square of what is shaped as one letter.
#[test]
fn a_letter_with_very_many_marks_keeps_them_all_and_does_not_take_long() {
    for mark in ['\u{301}', '\u{fe0f}', '\u{e0067}'] {
        let words = format!("a{} b", mark.to_string().repeat(40_000));
        let (pages, _) = pages(vec![Block::Paragraph(text(1, &words))]);
        let glyphs =
            pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
                super::pages::Item::Glyphs(glyphs) => Some(glyphs.text.as_str()),
                super::pages::Item::Image(_)
                | super::pages::Item::Path(_)
                | super::pages::Item::Formula(_)
                | super::pages::Item::Link(_) => None,
            });
        let marks: usize = glyphs.map(|text| text.matches(mark).count()).sum();
        assert_eq!(marks, 40_000, "U+{:04X}", u32::from(mark));
    }
}

/// What is said of a link stands on each of its lines: a title of a thousand lines in the contents
/// once took a thousand times its length.
#[test]
fn what_is_said_of_a_link_is_bounded() {
    let target = Target::Url("https://example.org/".to_owned());
    let content = vec![Inline::Text("All the words of an endless title. ".repeat(3_000), SPAN)];
    let inlines = vec![Inline::Link { target, content, span: SPAN }];
    let (pages, _) = pages(vec![Block::Paragraph(Text { id: NodeId(1), span: SPAN, inlines })]);
    let links = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        super::pages::Item::Link(link) => Some(link.contents.len()),
        super::pages::Item::Image(_)
        | super::pages::Item::Path(_)
        | super::pages::Item::Formula(_)
        | super::pages::Item::Glyphs(_) => None,
    });
    let lengths: Vec<usize> = links.collect();
    assert!(lengths.len() > 1_000 && lengths.iter().all(|length| *length < 1_100));
}
