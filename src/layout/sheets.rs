//! Which section stands on which page, and what that page is called.
//!
//! Sections that run on share a flow; each flow is cut into pages on its own and begins on a page
//! of the side it wants. Front matter has roman labels, body and back matter arabic ones, unless
//! the edition counts all pages in one sequence.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::book::{self, Book, Matter, PageStart, Place, SectionId, SectionKind};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::{ContentsPlace, Folio, Opening};
use crate::source::Span;

use super::compose::{self, Composed, Sheet, note_gap};
use super::design::Design;
use super::galley::{Alone, Galley};
use super::loosen;
use super::pagebreak::{self, Cut};
use super::pages::Destination;
use super::statistics::Statistics;
use super::whereabouts::{Whereabouts, anchor_labels};

/// The pages of an edition before they are put together.
#[derive(Clone, Debug)]
pub(super) struct Arrangement {
    pub flows: Vec<PlacedFlow>,
    /// Of each flow.
    sides: Vec<Sides>,
    /// How many pages there are.
    total: usize,
    /// Label of each page.
    page_labels: Vec<String>,
    /// Label of the page on which each anchor stands.
    pub labels: Vec<Whereabouts>,
    /// Rows that are taller than their page, with its label.
    pub oversized: Vec<(Option<Span>, String)>,
}

/// The pages of a flow when the first of them is a recto, and when it is a verso: those that it can be.
type Sides = [Vec<Cut>; 2];

/// A flow and its pages.
#[derive(Clone, Debug)]
pub(super) struct PlacedFlow {
    /// Its sections.
    pub flow: Flow,
    /// Its pages.
    pub cuts: Vec<Cut>,
    /// Index of the first page.
    pub first: usize,
}

/// Sections that run on from one another.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    /// Indices into the book's sections.
    pub sections: Vec<usize>,
    opening: Opening,
    matter: Matter,
}

/// The finished pages, before furniture.
pub(super) struct Composition {
    pub sheets: Vec<Sheet>,
    pub destinations: Vec<Option<Destination>>,
    pub starts: Vec<PageStart>,
}

/// The sections of an edition in the order in which they are read.
pub(super) fn reading_order(book: &Book, design: &Design) -> Vec<usize> {
    flows(book, design).into_iter().flat_map(|f| f.sections).collect()
}

/// Cuts all flows into pages and names the pages. With an earlier arrangement, flows whose sections
/// have not changed keep their pages.
pub(super) fn arrange(
    book: &Book,
    design: &Design,
    galleys: &[&Galley],
    earlier: Option<(&Arrangement, &BTreeSet<usize>)>,
) -> Arrangement {
    let flows = flows_with_sides(book, design);
    let sides = flows.par_iter().enumerate().map(|(index, (flow, recto))| {
        let known = earlier.and_then(|(arrangement, changed)| {
            let kept = !flow.sections.iter().any(|section| changed.contains(section));
            arrangement.sides.get(index).filter(|_| kept).cloned()
        });
        // The first page of all is a recto.
        known.unwrap_or_else(|| cut(&joined(flow, galleys), design, *recto || index == 0))
    });
    let sides: Vec<Sides> = sides.collect();
    let mut placed = Vec::new();
    let mut total = 0;
    for ((flow, recto), sides) in flows.into_iter().zip(&sides) {
        if recto && total % 2 == 1 {
            total += 1;
        }
        let cuts = sides[total % 2].clone();
        let count = cuts.len();
        placed.push(PlacedFlow { flow, cuts, first: total });
        total += count;
    }
    let page_labels = page_labels(design, &placed, total);
    let (labels, oversized) = anchor_labels(book, &placed, galleys, (&page_labels, design.depth));
    Arrangement { flows: placed, sides, total, page_labels, labels, oversized }
}

/// The pages of a galley; where it need not begin on a recto, its side is known only when all pages
/// before it are, and flows are not to wait for one another.
fn cut(galley: &Galley, design: &Design, recto: bool) -> Sides {
    match recto {
        true => [pagebreak::cut(galley, block(design, true)), Vec::new()],
        false => pagebreak::cut_for_both(galley, block(design, true)),
    }
}

/// The flows, and whether each must begin on a recto.
fn flows_with_sides(book: &Book, design: &Design) -> Vec<(Flow, bool)> {
    let mut matter = Matter::Front;
    let flows = flows(book, design).into_iter();
    flows
        .map(|flow| {
            let new_matter = flow.matter == Matter::Body && matter == Matter::Front;
            matter = flow.matter;
            let recto = flow.opening == Opening::Recto || new_matter && design.mirrored;
            (flow, recto)
        })
        .collect()
}

/// Where the text of each row stands: the label of its page by the place it is written at, in the
/// order of places.
pub(super) fn pages_by_span<'a>(
    galleys: &[&Galley],
    arrangement: &'a Arrangement,
) -> Vec<(Span, &'a str)> {
    // Lists at the front repeat what stands in the body, with its places.
    let (front, others): (Vec<_>, Vec<_>) =
        arrangement.flows.iter().partition(|placed| placed.flow.matter == Matter::Front);
    let flows: Vec<&PlacedFlow> = others.into_iter().chain(front).collect();
    let places = flows.into_par_iter().flat_map_iter(|placed| {
        let galley = joined(&placed.flow, galleys);
        let labels = &arrangement.page_labels[placed.first..];
        let mut places = Vec::new();
        for (cut, label) in placed.cuts.iter().zip(labels) {
            let spans = cut.rows(&galley).filter_map(|row| row.span);
            places.extend(spans.map(|span| (span, label.as_str())));
        }
        places
    });
    let mut places: Vec<(Span, &str)> = places.collect();
    places.par_sort_by_key(|(span, _)| *span);
    places.dedup_by_key(|(span, _)| *span);
    places
}

/// Counts, and complains of, what page breaking could not avoid.
pub(super) fn count_breaks(
    galleys: &[&Galley],
    arrangement: &Arrangement,
    statistics: &mut Statistics,
    diagnostics: &mut Diagnostics,
) {
    for placed in &arrangement.flows {
        let galley = joined(&placed.flow, galleys);
        let mut called = 0;
        for (at, cut) in placed.cuts.iter().enumerate() {
            called += called_on(&galley, cut);
            statistics.notes_split += u64::from(cut.notes.end < called);
            let moved = cut.deferred.iter().filter(|at| !galley.rows[**at].joined);
            statistics.figures_moved += moved.count() as u64;
            statistics.short_pages += u64::from(loosen::is_short(&placed.cuts, at));
            statistics.uneven_spreads += u64::from(loosen::is_uneven(placed, at));
            if cut.from == cut.to {
                continue;
            }
            let Some(row) = cut.to.checked_sub(1).map(|last| &galley.rows[last]) else { continue };
            let (page, what) = match row.alone {
                Some(Alone::Widow) => (at + 1, "the last line of a paragraph begins a page"),
                Some(Alone::Orphan) => (at, "the first line of a paragraph ends a page"),
                None => continue,
            };
            match row.alone {
                Some(Alone::Widow) => statistics.widows += 1,
                Some(Alone::Orphan) | None => statistics.orphans += 1,
            }
            let label =
                arrangement.page_labels.get(placed.first + page).cloned().unwrap_or_default();
            diagnostics.push(
                Diagnostic::new(Code::LonelyLine, row.span, what)
                    .page(label)
                    .help("make the paragraph a line longer or shorter"),
            );
        }
    }
}

/// How many rows the notes have that are called on a page.
fn called_on(galley: &Galley, cut: &Cut) -> usize {
    let notes = galley.rows[cut.from..cut.to].iter().flat_map(|row| &row.notes);
    notes.filter_map(|note| galley.notes.get(note)).map(Vec::len).sum()
}

/// Puts the rows of all pages at their places.
pub(super) fn compose(
    book: &Book,
    design: &Design,
    mut galleys: Vec<Galley>,
    arrangement: &Arrangement,
) -> Composition {
    let mut sheets: Vec<Sheet> = arrangement
        .page_labels
        .iter()
        .map(|label| Sheet {
            content: None,
            label: label.clone(),
            running: String::new(),
            blind: false,
        })
        .collect();
    let mut destinations = vec![None; book.anchors.len()];
    let mut starts = Vec::new();
    let rows: Vec<usize> = galleys.iter().map(|galley| galley.rows.len()).collect();
    let mut take = |section: &usize| std::mem::take(&mut galleys[*section]);
    let flows = arrangement.flows.iter();
    let flows: Vec<(&PlacedFlow, Vec<Galley>)> = flows
        .map(|placed| (placed, placed.flow.sections.iter().map(&mut take).collect()))
        .collect();
    let composed = flows.into_par_iter().map(|(placed, galleys)| {
        let mut galley = join(galleys.into_iter());
        let mut notes = galley.take_note_rows();
        let pages = placed.cuts.iter();
        pages.map(|cut| compose::compose((&mut galley, &mut notes), cut, design, book)).collect()
    });
    let composed: Vec<Vec<Composed>> = composed.collect();
    for (placed, pages) in arrangement.flows.iter().zip(composed) {
        let mut running = String::new();
        let mut latest = None;
        for (page, (cut, content)) in (placed.first..).zip(placed.cuts.iter().zip(pages)) {
            for (anchor, y) in &content.anchors {
                let destination = Destination { page, y: design.margins.top + *y };
                destinations[anchor.0 as usize].get_or_insert(destination);
            }
            let section = section_of(&placed.flow, &rows, cut.from);
            while starts.len() < page {
                starts.push(blank_start(arrangement, starts.len(), section));
            }
            // What was called before the page in front of it begins no page of the text.
            let is_next = |place: &Place| {
                latest.is_none_or(|(known, least)| known != section || least <= *place)
            };
            let own = content.places.iter().copied().find(is_next);
            latest = own.map(|place| (section, place)).or(latest);
            starts.push(PageStart {
                label: arrangement.page_labels[page].clone(),
                section,
                place: title_place(book, &placed.flow, &rows, cut.from).or(own),
            });
            if let Some(new) = &content.running {
                running.clone_from(new);
            }
            sheets[page].running.clone_from(&running);
            sheets[page].blind = is_blind(&book.sections[section.0 as usize].kind, design);
            sheets[page].content = Some(content);
        }
    }
    debug_assert_eq!(starts.len(), arrangement.total, "every page begins somewhere");
    Composition { sheets, destinations, starts }
}

/// Pages that every reader knows without a number.
fn is_blind(kind: &SectionKind, design: &Design) -> bool {
    match kind {
        SectionKind::TitlePage { .. } | SectionKind::Imprint(_) => true,
        SectionKind::Part { .. } => design.opening != Opening::RunOn,
        SectionKind::Contents
        | SectionKind::Photographs(_)
        | SectionKind::Tables(_)
        | SectionKind::Chapter(_)
        | SectionKind::Credits(_)
        | SectionKind::Index(_) => false,
    }
}

fn blank_start(arrangement: &Arrangement, page: usize, section: SectionId) -> PageStart {
    PageStart { label: arrangement.page_labels[page].clone(), section, place: None }
}

/// The text block of a flow's pages.
pub(super) fn block(design: &Design, recto: bool) -> pagebreak::Block {
    pagebreak::Block {
        depth: design.depth,
        leading: design.leading,
        note_gap: note_gap(design),
        recto,
    }
}

/// How the edition groups its sections.
fn flows(book: &Book, design: &Design) -> Vec<Flow> {
    match design.contents {
        ContentsPlace::FrontMatter => book_flows(book, design),
        ContentsPlace::FirstPage => handout_flows(book, design),
    }
}

/// Front matter on pages of its own; the body runs on or opens pages as the edition says.
fn book_flows(book: &Book, design: &Design) -> Vec<Flow> {
    let mut flows: Vec<Flow> = Vec::new();
    for (index, section) in book.sections.iter().enumerate() {
        let opening = opening_of(&section.kind, design);
        match flows.last_mut() {
            Some(last) if opening == Opening::RunOn && last.matter == section.matter => {
                last.sections.push(index);
            }
            _ => flows.push(Flow { sections: vec![index], opening, matter: section.matter }),
        }
    }
    flows
}

fn opening_of(kind: &SectionKind, design: &Design) -> Opening {
    match kind {
        SectionKind::TitlePage { .. } => Opening::Recto,
        SectionKind::Imprint(_) => Opening::Page,
        SectionKind::Contents if design.mirrored => Opening::Recto,
        SectionKind::Contents | SectionKind::Photographs(_) | SectionKind::Tables(_) => {
            Opening::Page
        }
        SectionKind::Credits(_) if design.opening != Opening::RunOn => Opening::Page,
        SectionKind::Part { .. }
        | SectionKind::Chapter(_)
        | SectionKind::Credits(_)
        | SectionKind::Index(_) => design.opening,
    }
}

/// Title and contents on page one, then everything else, the imprint last.
fn handout_flows(book: &Book, design: &Design) -> Vec<Flow> {
    let is_first =
        |kind: &SectionKind| matches!(kind, SectionKind::TitlePage { .. } | SectionKind::Contents);
    let pick = |test: &dyn Fn(&SectionKind) -> bool| -> Vec<usize> {
        let sections = book.sections.iter().enumerate();
        sections.filter(|(_, s)| test(&s.kind)).map(|(i, _)| i).collect()
    };
    let first = pick(&is_first);
    let last = pick(&|kind| matches!(kind, SectionKind::Imprint(_)));
    let middle = pick(&|kind| !is_first(kind) && !matches!(kind, SectionKind::Imprint(_)));
    let mut flows = vec![Flow { sections: first, opening: Opening::Page, matter: Matter::Front }];
    if design.opening == Opening::RunOn {
        let sections = middle.into_iter().chain(last).collect();
        flows.push(Flow { sections, opening: Opening::Page, matter: Matter::Body });
    } else {
        flows.extend(middle.into_iter().chain(last).map(|section| Flow {
            sections: vec![section],
            opening: design.opening,
            matter: Matter::Body,
        }));
    }
    flows
}

/// The galley of a flow: that of its one section, or all joined.
pub(super) fn joined<'g>(flow: &Flow, galleys: &[&'g Galley]) -> Cow<'g, Galley> {
    if let [only] = flow.sections.as_slice() {
        return Cow::Borrowed(galleys[*only]);
    }
    Cow::Owned(join(flow.sections.iter().map(|section| galleys[*section].clone())))
}

/// One galley of several.
fn join(mut galleys: impl Iterator<Item = Galley>) -> Galley {
    let mut all = galleys.next().unwrap_or_default();
    for mut galley in galleys {
        let heads = all.heads.len();
        galley.rows.iter_mut().for_each(|row| row.repeat = row.repeat.map(|h| h + heads));
        all.rows.append(&mut galley.rows);
        all.heads.append(&mut galley.heads);
        all.notes.append(&mut galley.notes);
    }
    all
}

/// The section that a row of a flow belongs to; `rows` says how many each section has.
fn section_of(flow: &Flow, rows: &[usize], row: usize) -> SectionId {
    let mut before = 0;
    let mut section = 0;
    for index in &flow.sections {
        section = *index;
        before += rows[*index];
        if row < before {
            break;
        }
    }
    SectionId(u32::try_from(section).unwrap_or(u32::MAX))
}

/// What is read first, for a page that a section with a visible title begins on: its title, though
/// other words may stand above it in print; a part's label.
fn title_place(book: &Book, flow: &Flow, rows: &[usize], row: usize) -> Option<Place> {
    let mut before = 0;
    for index in &flow.sections {
        let section = &book.sections[*index];
        if row == before {
            let first = match &section.kind {
                SectionKind::Imprint(_) => return None,
                SectionKind::Part { label } if !label.inlines.is_empty() => label,
                SectionKind::TitlePage { .. }
                | SectionKind::Contents
                | SectionKind::Photographs(_)
                | SectionKind::Tables(_)
                | SectionKind::Part { .. }
                | SectionKind::Chapter(_)
                | SectionKind::Credits(_)
                | SectionKind::Index(_) => &section.title,
            };
            return Some(Place { node: first.id, offset: 0 });
        }
        before += rows[*index];
    }
    None
}

fn page_labels(design: &Design, flows: &[PlacedFlow], total: usize) -> Vec<String> {
    let body = flows.iter().find(|f| f.flow.matter != Matter::Front).map_or(total, |f| f.first);
    (0..total)
        .map(|page| match design.folio {
            Folio::Book if page < body => book::roman(page + 1).to_lowercase(),
            Folio::Book => (page - body + 1).to_string(),
            Folio::OfTotal => (page + 1).to_string(),
        })
        .collect()
}
