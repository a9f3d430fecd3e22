//! The book on paper: lines, pages, furniture.
//!
//! [`paginate`] makes [`Pages`] of a book for one edition:
//! 1. every section is set in a galley of rows, on its own and so in parallel (`sections`,
//!    `column`, `paragraph`, …);
//! 2. galleys are cut into pages by optimisation (`pagebreak`) and the pages get their labels;
//! 3. sections that print page numbers (contents, indexes) are set again until the numbers hold;
//! 4. rows, notes, heads and folios are put at their places (`compose`).

mod column;
mod compose;
pub mod design;
pub mod dump;
mod figure;
#[cfg(test)]
mod fixture;
mod galley;
mod hyphenate;
mod inline;
mod itemize;
mod line;
mod linebreak;
mod listing;
mod lists;
mod opportunities;
mod pagebreak;
pub mod pages;
mod paragraph;
mod sections;
mod sheets;
mod statistics;
mod table;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::book::{Book, ContentsEntry, Section, SectionKind};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::font::Faces;
use crate::project::EditionConfig;
use crate::source::Span;

use design::Design;
use galley::{Galley, Setter};
use hyphenate::Hyphenator;
use pages::{Item, Kid, Link, Mark, OutlineEntry, Structure, TagId, TagKind};
use sheets::Arrangement;

pub use pages::Pages;
pub use statistics::Statistics;

/// Page references are set this often before we give up on them.
const MOST_ROUNDS: usize = 4;

/// A section in a galley.
#[derive(Clone, Debug)]
struct SetSection {
    galley: Galley,
    structure: Structure,
    diagnostics: Diagnostics,
    statistics: Statistics,
    /// Whether it prints page numbers.
    has_page_numbers: bool,
}

/// Lays a book out for an edition.
pub fn paginate(
    book: &Book,
    edition: &EditionConfig,
    hyphenation: &BTreeMap<String, Vec<String>>,
    faces: &Faces,
    diagnostics: &mut Diagnostics,
) -> Pages {
    let press = Press { book, design: Design::new(edition, faces), faces, hyphenation };
    let mut labels = vec![String::new(); book.anchors.len()];
    let mut sections = press.set_all(&labels);
    let mut arrangement = sheets::arrange(book, &press.design, &galleys(&sections));
    let mut rounds = 1;
    while arrangement.labels != labels {
        if rounds == MOST_ROUNDS {
            let message = format!("page references did not settle in {MOST_ROUNDS} rounds");
            let span = book.sections.first().map(|s| s.span);
            diagnostics.push(Diagnostic::new(Code::UnsettledPageReferences, span, message));
            break;
        }
        labels = arrangement.labels;
        press.set_again(&mut sections, &labels);
        arrangement = sheets::arrange(book, &press.design, &galleys(&sections));
        rounds += 1;
    }
    press.print(sections, arrangement, diagnostics)
}

fn galleys(sections: &[SetSection]) -> Vec<&Galley> {
    sections.iter().map(|s| &s.galley).collect()
}

/// What setting and printing need.
struct Press<'a> {
    book: &'a Book,
    design: Design,
    faces: &'a Faces,
    hyphenation: &'a BTreeMap<String, Vec<String>>,
}

impl Press<'_> {
    fn set_all(&self, labels: &[String]) -> Vec<SetSection> {
        self.book.sections.par_iter().map(|section| self.set(section, labels)).collect()
    }

    fn set_again(&self, sections: &mut [SetSection], labels: &[String]) {
        sections
            .par_iter_mut()
            .zip(&self.book.sections)
            .filter(|(set, _)| set.has_page_numbers)
            .for_each(|(set, section)| *set = self.set(section, labels));
    }

    fn setter<'s>(&'s self, labels: &'s [String], section: &Section) -> Setter<'s> {
        let hyphenator = Hyphenator::new(self.hyphenation);
        Setter::new(self.book, &self.design, self.faces, hyphenator, labels, section.span)
    }

    fn set(&self, section: &Section, labels: &[String]) -> SetSection {
        let mut setter = self.setter(labels, section);
        let galley = sections::set_section(&mut setter, section);
        setter.report_missing();
        SetSection {
            galley,
            structure: setter.structure,
            diagnostics: setter.diagnostics,
            statistics: setter.statistics,
            has_page_numbers: setter.asked.get(),
        }
    }

    /// Joins the structures, puts the pages together, adds what is not text.
    fn print(
        &self,
        mut sections: Vec<SetSection>,
        arrangement: Arrangement,
        diagnostics: &mut Diagnostics,
    ) -> Pages {
        let mut pages = Pages::default();
        let document = pages.structure.add(TagKind::Document);
        let by_span = sheets::pages_by_span(&galleys(&sections), &arrangement);
        for index in sheets::reading_order(self.book, &self.design) {
            let set = &mut sections[index];
            join(&mut pages.structure, document, set);
            pages.statistics.add(set.statistics);
            let complaints = std::mem::take(&mut set.diagnostics);
            diagnostics.append(complaints.map(|complaint| with_page(complaint, &by_span)));
        }
        self.report_oversized(&arrangement, diagnostics);
        sheets::count_breaks(&galleys(&sections), &arrangement, &mut pages.statistics, diagnostics);
        let galleys = sections.into_iter().map(|section| section.galley).collect();
        let composed = sheets::compose(self.book, &self.design, galleys, &arrangement);
        let total = composed.sheets.len();
        pages.statistics.pages = total as u64;
        let Some(first) = self.book.sections.first() else { return pages };
        pages.pages = composed
            .sheets
            .into_par_iter()
            .enumerate()
            .map_init(
                || self.setter(&arrangement.labels, first),
                |setter, (index, sheet)| compose::finish(setter, sheet, index, total),
            )
            .collect();
        pages.destinations = composed.destinations;
        pages.map.pages = composed.starts;
        pages.map.anchors = arrangement.labels;
        pages.outline = outline(self.book, &self.book.contents);
        pages
    }

    fn report_oversized(&self, arrangement: &Arrangement, diagnostics: &mut Diagnostics) {
        for (span, label) in &arrangement.oversized {
            let message = "a block is taller than the page".to_owned();
            diagnostics.push(
                Diagnostic::new(Code::OversizedBlock, *span, message)
                    .page(label.clone())
                    .help("divide it, or make it smaller"),
            );
        }
    }
}

/// Names the page of the last row that begins at or before the place complained about.
fn with_page(complaint: Diagnostic, pages: &BTreeMap<Span, String>) -> Diagnostic {
    let Some(span) = complaint.span else { return complaint };
    let end = Span { end: u32::MAX, ..span };
    match pages.range(..=end).next_back() {
        Some((row, label)) if row.file == span.file && complaint.page.is_none() => {
            complaint.page(label.clone())
        }
        _ => complaint,
    }
}

/// Appends a section's structure to the document's and renumbers the section's items.
fn join(structure: &mut Structure, document: TagId, set: &mut SetSection) {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (tags, contents) = (count(structure.tags.len()), count(structure.contents.len()));
    let mut own = std::mem::take(&mut set.structure);
    for tag in &mut own.tags {
        for kid in &mut tag.kids {
            match kid {
                Kid::Tag(tag) => tag.0 += tags,
                Kid::Content(content) => content.0 += contents,
            }
        }
    }
    own.contents.iter_mut().for_each(|tag| tag.0 += tags);
    structure.tags.append(&mut own.tags);
    structure.contents.append(&mut own.contents);
    structure.tag_mut(document).kids.push(Kid::Tag(TagId(tags)));
    let rows = set.galley.rows.iter_mut().chain(set.galley.notes.values_mut().flatten());
    for item in rows.flat_map(|row| &mut row.items) {
        let mark = match item {
            Item::Glyphs(glyphs) => &mut glyphs.mark,
            Item::Image(image) => &mut image.mark,
            Item::Path(path) => &mut path.mark,
            Item::Link(Link { tag, .. }) => {
                if let Some(tag) = tag {
                    tag.0 += tags;
                }
                continue;
            }
        };
        if let Mark::Content(content) = mark {
            content.0 += contents;
        }
    }
}

/// The contents, with the headings inside chapters below them.
fn outline(book: &Book, entries: &[ContentsEntry]) -> Vec<OutlineEntry> {
    entries
        .iter()
        .map(|entry| {
            let mut children = outline(book, &entry.children);
            children.extend(headings(book, entry));
            OutlineEntry { title: entry.text.plain(), target: entry.target, children }
        })
        .collect()
}

fn headings(book: &Book, entry: &ContentsEntry) -> Vec<OutlineEntry> {
    let section = book.anchors[entry.target.0 as usize].section;
    let SectionKind::Chapter(chapter) = &book.sections[section.0 as usize].kind else {
        return Vec::new();
    };
    let mut list = Vec::new();
    for block in &chapter.blocks {
        if let crate::book::Block::Heading(heading) = block {
            nest(&mut list, heading.level, heading);
        }
    }
    list
}

/// Adds a heading below the last one of the next higher level.
fn nest(list: &mut Vec<OutlineEntry>, level: u8, heading: &crate::book::Heading) {
    match list.last_mut() {
        Some(last) if level > 2 => nest(&mut last.children, level - 1, heading),
        _ => list.push(OutlineEntry {
            title: heading.text.plain(),
            target: heading.anchor,
            children: Vec::new(),
        }),
    }
}
