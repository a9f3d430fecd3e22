//! Gives out anchors: names that are unique in the whole book and depend on content alone.
//!
//! The authors' own names are reserved before any is made, so that a heading reworded in one
//! chapter never moves an anchor that somebody chose in another.

use super::types::{Anchor, AnchorId, SectionId};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// All anchors so far.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    list: Vec<Anchor>,
    /// The places that took names: those that authors chose.
    chosen: BTreeMap<String, Span>,
    names: Names,
}

impl Anchors {
    /// Reserves a name that an author chose; the place that has it already otherwise.
    pub(super) fn reserve(&mut self, name: &str, span: Span) -> Result<(), Span> {
        if let Some(first) = self.chosen.get(name) {
            return Err(*first);
        }
        self.chosen.insert(name.to_owned(), span);
        self.names.take(name);
        Ok(())
    }

    /// Whether this very place reserved the name.
    pub(super) fn is_reserved_by(&self, name: &str, span: Span) -> bool {
        self.chosen.get(name) == Some(&span)
    }

    /// Whether anybody has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.taken.contains(name)
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
        let name = self.names.claim(names);
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

/// Names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// The first number that was not tried yet behind a name, so that thousands of equal names
    /// do not try all numbers again.
    untried: BTreeMap<String, u64>,
}

impl Names {
    /// Takes a name, whoever has it.
    pub(super) fn take(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Takes the first name that is free, or the last with the first number that makes it free.
    pub(super) fn claim(&mut self, names: &[String]) -> String {
        if let Some(free) = names.iter().find(|name| self.taken.insert((*name).clone())) {
            return free.clone();
        }
        let last = names.last().map_or("n", String::as_str);
        let untried = self.untried.get(last).copied().unwrap_or(2);
        let (number, name) = (untried..)
            .map(|number| (number, format!("{last}-{number}")))
            .find(|(_, name)| !self.taken.contains(name))
            .expect("a book has fewer anchors than there are numbers");
        self.untried.insert(last.to_owned(), number + 1);
        self.take(&name);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_numbered_past_those_that_are_taken() {
        let mut names = Names::default();
        names.take("a-3");
        let claim = |names: &mut Names| names.claim(&["a".to_owned()]);
        assert_eq!([claim(&mut names), claim(&mut names), claim(&mut names)], ["a", "a-2", "a-4"]);
        assert_eq!(names.claim(&["a".to_owned(), "b".to_owned()]), "b");
    }
}
