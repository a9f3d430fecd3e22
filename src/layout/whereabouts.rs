//! Where things stand on their pages: for page numbers in references, and for the page of credits,
//! which says "p. 14, top".

use crate::book::{AnchorId, Book, PagePart};
use crate::geom::Length;
use crate::source::Span;

use super::galley::{Galley, Row};
use super::sheets::{PlacedFlow, joined};

/// Where an anchor stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Whereabouts {
    /// The page, from 0.
    pub page: usize,
    /// The page's label; empty until it is known.
    pub label: String,
    /// Where on the page the row stands that has the anchor.
    pub part: PagePart,
}

/// Rows that do not fit their pages: place and page label.
pub(super) type Oversized = Vec<(Option<Span>, String)>;

/// Where each anchor of the book stands.
pub(super) fn anchor_labels(
    book: &Book,
    flows: &[PlacedFlow],
    galleys: &[&Galley],
    (page_labels, depth): (&[String], Length),
) -> (Vec<Whereabouts>, Oversized) {
    let mut labels = vec![Whereabouts::default(); book.anchors.len()];
    let mut oversized = Vec::new();
    for placed in flows {
        let galley = joined(&placed.flow, galleys);
        let all = galley.note_rows();
        for (at, cut) in placed.cuts.iter().enumerate() {
            let page = placed.first + at;
            let label = &page_labels[page];
            let rows: Vec<&Row> = cut.rows(&galley).collect();
            if cut.overfull {
                oversized.push((rows.iter().find_map(|r| r.span), label.clone()));
            }
            let notes = all.get(cut.notes.clone()).unwrap_or(&[]).iter().copied();
            let called = rows.iter().flat_map(|row| &row.notes);
            let calls: Vec<AnchorId> = called.map(|n| book.notes[n.0 as usize].call).collect();
            let below = notes.flat_map(|row| row.anchors.iter().map(|a| (*a, PagePart::Bottom)));
            let calls = calls.into_iter().map(|call| (call, PagePart::default()));
            for (anchor, part) in parts(&rows, depth).into_iter().chain(below).chain(calls) {
                let entry = &mut labels[anchor.0 as usize];
                if entry.label.is_empty() {
                    *entry = Whereabouts { page, label: label.clone(), part };
                }
            }
        }
    }
    (labels, oversized)
}

/// The anchors of a page's rows, each with the part of the page that the middle of its row is in.
fn parts(rows: &[&Row], depth: Length) -> Vec<(AnchorId, PagePart)> {
    let mut y = Length::ZERO;
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            y += row.space;
        }
        let middle = y + row.height / 2;
        let part = if row.height > depth.scale(3, 4) {
            PagePart::Whole
        } else if middle < depth / 3 {
            PagePart::Top
        } else if middle < depth.scale(2, 3) {
            PagePart::Middle
        } else {
            PagePart::Bottom
        };
        found.extend(row.anchors.iter().map(|anchor| (*anchor, part)));
        y += row.height;
    }
    found
}
