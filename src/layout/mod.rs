//! The book on paper: lines, pages, furniture.
//!
//! [`paginate`] makes [`Pages`] of a book for one edition:
//! 1. every section is set in a galley of rows, on its own and so in parallel (`sections`,
//!    `column`, `paragraph`, …);
//! 2. galleys are cut into pages by optimisation (`pagebreak`), paragraphs near what is still ugly
//!    become longer or shorter (`loosen`), and the pages get their labels;
//! 3. sections that print page numbers (contents, indexes) are set again until the numbers hold;
//! 4. rows, notes, heads and folios are put at their places (`compose`).

mod abbreviations;
mod beside;
mod bidi;
mod cells;
mod column;
#[cfg(test)]
mod comparison;
mod compose;
#[cfg(test)]
mod conformance;
mod crowding;
pub mod design;
mod display;
pub mod dump;
mod east_asian;
mod figure;
#[cfg(test)]
mod fixture;
mod formula;
mod galley;
mod hyphenate;
mod inline;
mod itemize;
mod line;
mod linebreak;
mod listing;
mod lists;
mod loosen;
mod numbers;
mod opportunities;
mod pagebreak;
pub mod pages;
mod paragraph;
mod plate;
mod references;
mod rows;
mod sections;
mod sheets;
mod spans;
mod spread;
mod statistics;
mod summary;
mod table;
mod terms;
mod turned;
mod whereabouts;
mod widths;
mod words;
mod wrap;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use crate::book::{self, Book, ContentsEntry, Section, SectionKind};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::font::{Faces, Memory, Shaper};
use crate::project::EditionConfig;
use crate::source::Span;

use design::Design;
use galley::{Galley, Setter};
use hyphenate::Hyphenator;
use loosen::Elastic;
use pages::{ContentId, Item, Kid, Link, Mark, OutlineEntry, Structure, TagId, TagKind};
use sheets::Arrangement;
use whereabouts::Whereabouts;
use words::Words;

pub use pages::Pages;
pub use statistics::{Finding, Remark, Statistics};

/// Page references are set this often before we give up on them.
const MOST_ROUNDS: usize = 4;

/// A section in a galley.
#[derive(Clone, Debug)]
struct SetSection {
    galley: Galley,
    structure: Structure,
    diagnostics: Diagnostics,
    statistics: Statistics,
    findings: Vec<Finding>,
    /// Whether it prints page numbers.
    has_page_numbers: bool,
    /// Its paragraphs that may become longer or shorter.
    elastic: Vec<Elastic>,
    /// Which of them did, by how many lines.
    adjusted: Vec<(usize, i64)>,
}

/// Lays a book out for an edition.
pub fn paginate(
    book: &Book,
    edition: &EditionConfig,
    hyphenation: &BTreeMap<String, Vec<String>>,
    faces: &Faces,
    diagnostics: &mut Diagnostics,
) -> Pages {
    let right_to_left = book.meta.language.is_right_to_left();
    let design = Design::new(edition, faces, right_to_left, diagnostics);
    let press = Press { book, design, faces, hyphenation, known: Mutex::default() };
    let mut labels = vec![Whereabouts::default(); book.anchors.len()];
    let mut sections = press.set_all(&labels);
    let mut arrangement = sheets::arrange(book, &press.design, &galleys(&sections), None);
    let mut tried = None;
    for _ in 0..loosen::ROUNDS {
        let changed = press.loosen(&mut sections, (&arrangement, tried.as_ref()), &labels);
        if changed.is_empty() {
            break;
        }
        let next = press.arrange_again(&sections, &arrangement, &changed);
        tried = Some((std::mem::replace(&mut arrangement, next), changed));
    }
    let mut rounds = 1;
    let numbered = sections.iter().enumerate().filter(|(_, set)| set.has_page_numbers);
    let numbered: BTreeSet<usize> = numbered.map(|(index, _)| index).collect();
    while arrangement.labels != labels && !numbered.is_empty() {
        if rounds == MOST_ROUNDS {
            diagnostics.push(unsettled(book, &labels, &arrangement.labels));
            break;
        }
        labels.clone_from(&arrangement.labels);
        press.set_again(&mut sections, &labels);
        arrangement = press.arrange_again(&sections, &arrangement, &numbered);
        rounds += 1;
    }
    press.print(sections, &arrangement, labels, diagnostics)
}

/// Names the first place whose page is not the one that references to it print.
fn unsettled(book: &Book, printed: &[Whereabouts], labels: &[Whereabouts]) -> Diagnostic {
    let pages = printed.iter().zip(labels).zip(&book.anchors);
    let moved = pages.clone().find(|((printed, label), _)| printed != label);
    let message = match moved {
        Some(((printed, label), _)) => format!(
            "page references did not settle in {MOST_ROUNDS} rounds: this is on page {}, and \
             they say {}",
            label.label, printed.label
        ),
        None => format!("page references did not settle in {MOST_ROUNDS} rounds"),
    };
    let span = moved.map(|(_, anchor)| anchor.span);
    Diagnostic::new(Code::UnsettledPageReferences, span, message)
        .help("make a paragraph before this place a little longer or shorter")
}

fn galleys(sections: &[SetSection]) -> Vec<&Galley> {
    sections.iter().map(|s| &s.galley).collect()
}

/// How many paragraphs of a section are longer or shorter than is best.
fn adjusted(set: &SetSection) -> u64 {
    let mut lines = BTreeMap::new();
    for (number, longer) in &set.adjusted {
        *lines.entry(*number).or_insert(0) += longer;
    }
    lines.values().filter(|longer| **longer != 0).count() as u64
}

/// What setting and printing need.
struct Press<'a> {
    book: &'a Book,
    design: Design,
    faces: &'a Faces,
    hyphenation: &'a BTreeMap<String, Vec<String>>,
    /// What setters found out about words, for the next ones: one for each thread, at most.
    known: Mutex<Vec<(Memory, Words)>>,
}

impl Press<'_> {
    fn set_all(&self, labels: &[Whereabouts]) -> Vec<SetSection> {
        self.book.sections.par_iter().map(|section| self.set(section, labels)).collect()
    }

    fn set_again(&self, sections: &mut [SetSection], labels: &[Whereabouts]) {
        let numbered = sections.par_iter_mut().enumerate().filter(|(_, set)| set.has_page_numbers);
        numbered.for_each(|(index, set)| {
            let adjusted = std::mem::take(&mut set.adjusted);
            *set = self.set(&self.book.sections[index], labels);
            self.adjust_again(set, index, &adjusted, labels);
        });
    }

    /// Arranges the book when the galleys of some sections have changed.
    fn arrange_again(
        &self,
        sections: &[SetSection],
        earlier: &Arrangement,
        changed: &BTreeSet<usize>,
    ) -> Arrangement {
        let earlier = Some((earlier, changed));
        sheets::arrange(self.book, &self.design, &galleys(sections), earlier)
    }

    fn setter<'s>(&'s self, labels: &'s [Whereabouts], section: &Section) -> Setter<'s> {
        let hyphenator = Hyphenator::new(self.hyphenation);
        let known = self.known().pop().unwrap_or_default();
        let known = (Shaper::remembering(self.faces, known.0), known.1);
        Setter::new(self.book, &self.design, known, hyphenator, labels, section.span)
    }

    /// Keeps what a setter found out about words for the next one.
    fn keep(&self, shaper: Shaper<'_>, words: Words) {
        self.known().push((shaper.into_memory(), words));
    }

    fn known(&self) -> MutexGuard<'_, Vec<(Memory, Words)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A setter for a section's own text.
    fn section_setter<'s>(&'s self, labels: &'s [Whereabouts], section: &Section) -> Setter<'s> {
        let mut setter = self.setter(labels, section);
        setter.speak(section.language.as_ref());
        setter
    }

    fn set(&self, section: &Section, labels: &[Whereabouts]) -> SetSection {
        let mut setter = self.setter(labels, section);
        let galley = sections::set_section(&mut setter, section);
        setter.report_missing();
        self.keep(setter.shaper, setter.words);
        SetSection {
            galley,
            structure: setter.structure,
            diagnostics: setter.diagnostics,
            statistics: setter.statistics,
            findings: setter.findings,
            has_page_numbers: setter.asked.get(),
            elastic: setter.elastic,
            adjusted: Vec::new(),
        }
    }

    /// Joins the structures, puts the pages together, adds what is not text.
    fn print(
        &self,
        mut sections: Vec<SetSection>,
        arrangement: &Arrangement,
        printed: Vec<Whereabouts>,
        diagnostics: &mut Diagnostics,
    ) -> Pages {
        let mut pages = Pages::default();
        let document = pages.structure.add(TagKind::Document);
        let by_span = sheets::pages_by_span(&galleys(&sections), arrangement);
        let order = sheets::reading_order(self.book, &self.design);
        number(&mut sections, &order, &pages.structure);
        for index in order {
            let set = &mut sections[index];
            append(&mut pages.structure, document, std::mem::take(&mut set.structure));
            pages.statistics.add(set.statistics);
            pages.statistics.paragraphs_adjusted += adjusted(set);
            pages.findings.extend(set.findings.drain(..).map(|finding| Finding {
                page: page_of(finding.span, &by_span).unwrap_or_default().to_owned(),
                ..finding
            }));
            let complaints = std::mem::take(&mut set.diagnostics);
            diagnostics.append(complaints.map(|complaint| with_page(complaint, &by_span)));
        }
        self.report_oversized(arrangement, diagnostics);
        sheets::count_breaks(&galleys(&sections), arrangement, &mut pages.statistics, diagnostics);
        let galleys = sections.into_iter().map(|section| section.galley).collect();
        let composed = sheets::compose(self.book, &self.design, galleys, arrangement);
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
        // Should they not have settled, the EPUB says what the pages say.
        pages.map.anchors = printed.into_iter().map(|known| known.label).collect();
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
fn with_page(complaint: Diagnostic, pages: &[(Span, &str)]) -> Diagnostic {
    match complaint.span.and_then(|span| page_of(span, pages)) {
        Some(label) if complaint.page.is_none() => complaint.page(label),
        _ => complaint,
    }
}

/// The page of the last row that begins at or before a place.
fn page_of<'a>(span: Span, pages: &[(Span, &'a str)]) -> Option<&'a str> {
    let end = Span { end: u32::MAX, ..span };
    let behind = pages.partition_point(|(row, _)| *row <= end);
    let (row, label) = pages.get(behind.checked_sub(1)?)?;
    (row.file == span.file).then_some(*label)
}

/// Numbers the elements and slots of all sections on from those of a structure, in the order in which
/// they will be appended to it.
fn number(sections: &mut [SetSection], order: &[usize], structure: &Structure) {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (mut tags, mut contents) = (structure.tags.len(), structure.contents.len());
    let mut begins = vec![(0, 0); sections.len()];
    for index in order {
        begins[*index] = (count(tags), count(contents));
        tags += sections[*index].structure.tags.len();
        contents += sections[*index].structure.contents.len();
    }
    let sections = sections.par_iter_mut().zip(begins);
    sections.for_each(|(set, begins)| {
        renumber(set, begins);
        // Their texts are not needed any more.
        set.elastic = Vec::new();
    });
}

/// Appends a section's structure to the document's.
fn append(structure: &mut Structure, document: TagId, mut own: Structure) {
    let first = TagId(u32::try_from(structure.tags.len()).unwrap_or(u32::MAX));
    structure.tags.append(&mut own.tags);
    structure.contents.append(&mut own.contents);
    structure.tag_mut(document).kids.push(Kid::Tag(first));
}

/// Renumbers a section's elements, slots and items.
fn renumber(set: &mut SetSection, (tags, contents): (u32, u32)) {
    let own = &mut set.structure;
    for tag in &mut own.tags {
        for kid in &mut tag.kids {
            match kid {
                Kid::Tag(tag) => tag.0 += tags,
                Kid::Content(content) => content.0 += contents,
            }
        }
    }
    own.contents.iter_mut().for_each(|tag| tag.0 += tags);
    let rows = set.galley.rows.iter_mut().chain(set.galley.notes.values_mut().flatten());
    for item in rows.flat_map(|row| &mut row.items) {
        let mark = match item {
            Item::Glyphs(glyphs) => &mut glyphs.mark,
            Item::Image(image) => &mut image.mark,
            Item::Path(path) => &mut path.mark,
            Item::Formula(formula) => {
                if let Mark::Content(ContentId(slot)) = formula.mark {
                    formula.set_mark(Mark::Content(ContentId(slot + contents)));
                }
                continue;
            }
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
            // Of a chapter all headings are told, not only those that the contents name.
            let below = headings(book, entry);
            let children = below.unwrap_or_else(|| outline(book, &entry.children));
            OutlineEntry { title: entry.numbered_text(), target: entry.target, children }
        })
        .collect()
}

fn headings(book: &Book, entry: &ContentsEntry) -> Option<Vec<OutlineEntry>> {
    let SectionKind::Chapter(chapter) = &book.section_of(entry.target)?.kind else {
        return None;
    };
    let mut list = Vec::new();
    for block in &chapter.blocks {
        if let book::Block::Heading(heading) = block {
            let entry = OutlineEntry {
                title: heading.numbered_text(),
                target: heading.anchor,
                children: Vec::new(),
            };
            book::nest(&mut list, heading.level, entry, |entry| &mut entry.children);
        }
    }
    Some(list)
}
