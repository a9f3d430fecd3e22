//! Which elements of the logical structure are written, and what fills them.
//!
//! The layout makes an element for everything that could be shown. What no page shows is left
//! out, with one exception: an empty cell holds its place in a table.

use std::collections::BTreeSet;

use super::content::Content;
use crate::layout::pages::{Kid, Structure, TagId, TagKind};

/// A marked sequence: the index of its page, and its number there.
pub(super) type Sequence = (usize, usize);

/// The elements of a document.
#[derive(Debug)]
pub(super) struct Elements {
    /// Elements that the root leads to, in reading order, each before its children.
    pub(super) order: Vec<TagId>,
    /// The sequences that fill each slot, in the order of the pages.
    pub(super) filled: Vec<Vec<Sequence>>,
    boxes: BTreeSet<Sequence>,
    is_kept: Vec<bool>,
    parents: Vec<Option<TagId>>,
}

impl Elements {
    /// Finds out what is filled. `linked` are the elements that have annotations.
    pub(super) fn new(tags: &Structure, contents: &[Content], linked: &BTreeSet<TagId>) -> Self {
        let (order, parents) = reading_order(tags);
        let mut filled = vec![Vec::new(); tags.contents.len()];
        for (page, content) in contents.iter().enumerate() {
            for (number, slot) in content.sequences.iter().enumerate() {
                filled[slot.0 as usize].push((page, number));
            }
        }
        let numbered = contents.iter().enumerate();
        let boxes =
            numbered.flat_map(|(page, c)| c.boxes.iter().map(move |n| (page, *n))).collect();
        let is_kept = vec![false; tags.tags.len()];
        let mut elements = Self { order, filled, boxes, is_kept, parents };
        elements.keep(tags, linked);
        elements
    }

    /// Whether an element is written.
    pub(super) fn is_kept(&self, tag: TagId) -> bool {
        self.is_kept.get(tag.0 as usize).copied().unwrap_or(false)
    }

    /// The element that holds another one.
    pub(super) fn parent(&self, tag: TagId) -> Option<TagId> {
        self.parents.get(tag.0 as usize).copied().flatten()
    }

    /// Whether all that an element shows are boxes in place of characters: a voice has nothing to
    /// say then, unless it is told.
    pub(super) fn is_silent(&self, tags: &Structure, tag: TagId) -> bool {
        !self.boxes.is_empty()
            && tags.tag(tag).kids.iter().all(|kid| match kid {
                Kid::Tag(child) => self.is_silent(tags, *child),
                Kid::Content(slot) => {
                    let filled = self.filled.get(slot.0 as usize).map_or(&[][..], Vec::as_slice);
                    filled.iter().all(|sequence| self.boxes.contains(sequence))
                }
            })
    }

    fn keep(&mut self, tags: &Structure, linked: &BTreeSet<TagId>) {
        for tag in self.order.iter().rev() {
            let is_full = linked.contains(tag)
                || tags.tag(*tag).kids.iter().any(|kid| match kid {
                    Kid::Tag(child) => self.is_kept(*child),
                    Kid::Content(slot) => {
                        self.filled.get(slot.0 as usize).is_some_and(|f| !f.is_empty())
                    }
                });
            self.is_kept[tag.0 as usize] = is_full;
        }
        for tag in &self.order {
            let in_kept = self.parent(*tag).is_some_and(|parent| self.is_kept(parent));
            if in_kept && holds_place(tags.tag(*tag).kind) {
                self.is_kept[tag.0 as usize] = true;
            }
        }
        // A document has a root whatever happens.
        self.is_kept.iter_mut().take(1).for_each(|root| *root = true);
    }
}

/// Parts of a table that mean something by where they are.
fn holds_place(kind: TagKind) -> bool {
    matches!(kind, TagKind::TableRow | TagKind::TableHeader(..) | TagKind::TableData(_))
}

/// All elements from the root on, each before its children and each once, and their parents.
pub(super) fn reading_order(tags: &Structure) -> (Vec<TagId>, Vec<Option<TagId>>) {
    let mut parents = vec![None; tags.tags.len()];
    let mut seen = vec![false; tags.tags.len()];
    let mut order = Vec::with_capacity(tags.tags.len());
    let mut todo = vec![(TagId(0), None)];
    while let Some((tag, parent)) = todo.pop() {
        let at = tag.0 as usize;
        if seen.get(at).is_none_or(|seen| *seen) {
            continue;
        }
        seen[at] = true;
        parents[at] = parent;
        order.push(tag);
        let children = tags.tag(tag).kids.iter().rev().filter_map(|kid| match kid {
            Kid::Tag(child) => Some((*child, Some(tag))),
            Kid::Content(_) => None,
        });
        todo.extend(children);
    }
    (order, parents)
}
