//! Where the pages of the print edition begin: markers in the text, collected as they are written.
//!
//! The page list is made of the markers that were really written, in the order of the text, so
//! that the two cannot disagree. A page without a place of its own (a blank one, or one with
//! nothing but the rest of a note) is marked where the next page begins, or the next section; a place that no text took is marked at the end
//! of its section: no page is ever lost.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Names, ascii_stem};
use crate::book::{Book, NodeId, PageMap, PageStart, Place, SectionId};

/// The beginning of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// The id of its element, unique in the book.
    pub(super) id: String,
    /// The page's label.
    pub(super) label: String,
}

/// The markers of one section.
#[derive(Clone, Debug, Default)]
pub(super) struct Markers {
    /// Those before everything else.
    start: Vec<Marker>,
    /// Those within nodes: bytes of text before each.
    nodes: BTreeMap<NodeId, Vec<(usize, Marker)>>,
    /// Those behind everything else.
    end: Vec<Marker>,
    /// Those that were written, in order.
    pub(super) written: Vec<Marker>,
}

impl Markers {
    /// Takes the markers before the section's text.
    pub(super) fn take_start(&mut self) -> Vec<Marker> {
        let taken = std::mem::take(&mut self.start);
        self.wrote(&taken);
        taken
    }

    /// Takes the markers of a node that cannot hold them: they stand before it.
    pub(super) fn take_before(&mut self, node: NodeId) -> Vec<Marker> {
        let taken: Vec<_> =
            self.nodes.remove(&node).into_iter().flatten().map(|(_, marker)| marker).collect();
        self.wrote(&taken);
        taken
    }

    /// Takes the markers at the very beginning of a node.
    pub(super) fn take_leading(&mut self, node: NodeId) -> Vec<Marker> {
        let Some(list) = self.nodes.get_mut(&node) else { return Vec::new() };
        let within = list.split_off(list.partition_point(|(offset, _)| *offset == 0));
        let taken: Vec<_> =
            std::mem::replace(list, within).into_iter().map(|(_, marker)| marker).collect();
        self.wrote(&taken);
        taken
    }

    /// Takes the markers of a node that holds text, by offset; they are to be written, each with
    /// [`Self::wrote`], at their offsets.
    pub(super) fn take_within(&mut self, node: NodeId) -> Vec<(usize, Marker)> {
        self.nodes.remove(&node).unwrap_or_default()
    }

    /// Takes whatever is left, at the end of the section.
    pub(super) fn take_rest(&mut self) -> Vec<Marker> {
        let mut taken = self.take_start();
        let nodes = std::mem::take(&mut self.nodes).into_values().flatten();
        let rest: Vec<_> =
            nodes.map(|(_, marker)| marker).chain(std::mem::take(&mut self.end)).collect();
        self.wrote(&rest);
        taken.extend(rest);
        taken
    }

    /// Notes that these markers stand in the text now.
    pub(super) fn wrote(&mut self, markers: &[Marker]) {
        self.written.extend_from_slice(markers);
    }
}

/// Divides the pages of a map among the sections that are written, by [`SectionId`].
pub(super) fn distribute(
    map: &PageMap,
    book: &Book,
    names: &Names,
    spine: &[SectionId],
) -> Vec<Markers> {
    let mut all = vec![Markers::default(); book.sections.len()];
    let mut ids = BTreeSet::new();
    let mut marked = BTreeSet::new();
    for (at, page) in map.pages.iter().enumerate() {
        let marker =
            Marker { id: page_id(&page.label, names, &mut ids), label: page.label.clone() };
        let is_written = spine.contains(&page.section);
        match page.place.or_else(|| next_place(&map.pages[at..])) {
            Some(place) if is_written => {
                let list = all[page.section.0 as usize].nodes.entry(place.node).or_default();
                let offset = place.offset as usize;
                let at = list.partition_point(|(other, _)| *other <= offset);
                list.insert(at, (offset, marker));
                marked.insert(page.section);
            }
            _ if is_written && marked.insert(page.section) => {
                all[page.section.0 as usize].start.push(marker);
            }
            _ => match spine.iter().find(|section| **section > page.section) {
                Some(next) => all[next.0 as usize].start.push(marker),
                None => {
                    if let Some(last) = spine.last() {
                        all[last.0 as usize].end.push(marker);
                    }
                }
            },
        }
    }
    all
}

/// Where the next page that has a place of its own begins, in the section of the first one: a page
/// in the midst of a section that has nothing but the rest of a note is marked there.
fn next_place(pages: &[PageStart]) -> Option<Place> {
    let section = pages.first()?.section;
    let is_blank = pages.first()?.place.is_none();
    let following = pages.iter().skip(1).take_while(|page| page.section == section);
    following.filter(|_| is_blank).find_map(|page| page.place)
}

/// `page-12`; labels that look alike are told apart with underscores.
fn page_id(label: &str, names: &Names, ids: &mut BTreeSet<String>) -> String {
    let mut id = names.free_id(&format!("page-{}", ascii_stem(label, "x")));
    while !ids.insert(id.clone()) {
        id.push('_');
        id = names.free_id(&id);
    }
    id
}
