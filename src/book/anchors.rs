//! Gives out anchors: names that are unique in the whole book and depend on content alone.
//!
//! The authors' own names are reserved before any is made, so that a heading reworded in one
//! chapter never moves an anchor that somebody chose in another.

use super::types::{Anchor, AnchorId, SectionId};
use crate::source::Span;
use std::collections::BTreeMap;

/// All anchors so far.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    list: Vec<Anchor>,
    /// Names that are taken, each with the place that took it.
    taken: BTreeMap<String, Span>,
}

impl Anchors {
    /// Reserves a name that an author chose; the place that has it already otherwise.
    pub(super) fn reserve(&mut self, name: &str, span: Span) -> Result<(), Span> {
        if let Some(first) = self.taken.get(name) {
            return Err(*first);
        }
        self.taken.insert(name.to_owned(), span);
        Ok(())
    }

    /// Whether this very place reserved the name.
    pub(super) fn is_reserved_by(&self, name: &str, span: Span) -> bool {
        self.taken.get(name) == Some(&span)
    }

    /// The anchor of a name that was reserved.
    pub(super) fn reserved(&mut self, name: String, section: SectionId, span: Span) -> AnchorId {
        let id = AnchorId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Anchor { name, section, span });
        id
    }

    /// An anchor with the first of these names that is free. When all are taken, the last one
    /// gets a number: the only case in which an anchor depends on what stands before it.
    pub(super) fn made(&mut self, names: &[String], section: SectionId, span: Span) -> AnchorId {
        let name = first_free(names, |name| self.taken.contains_key(name));
        self.taken.insert(name.clone(), span);
        self.reserved(name, section, span)
    }

    /// The anchors by their ids.
    pub(super) fn into_list(self) -> Vec<Anchor> {
        self.list
    }

    /// The anchor with this id.
    pub(super) fn get(&self, id: AnchorId) -> Option<&Anchor> {
        self.list.get(id.0 as usize)
    }
}

/// The first name that is not taken, or the last with the first number that makes it free.
pub(super) fn first_free(names: &[String], is_taken: impl Fn(&str) -> bool) -> String {
    if let Some(free) = names.iter().find(|name| !is_taken(name)) {
        return free.clone();
    }
    let last = names.last().map_or("n", String::as_str);
    (2..)
        .map(|number: u64| format!("{last}-{number}"))
        .find(|name| !is_taken(name))
        .expect("a book has fewer anchors than there are numbers")
}
