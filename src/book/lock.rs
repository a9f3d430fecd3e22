//! Anchors that stay what they were although a heading has new words.
//!
//! The rule, for the headings of one chapter: one that says what a locked heading says is that
//! heading, the first of equal ones the first. Between two headings that were found, those with
//! new words take the places of those that are gone: one by one if they are as many, otherwise
//! each that of the likest among the next few, if at least half of it is the same. What an author
//! names with `{#id}` keeps that name. A locked heading that nobody took is told, because links to
//! it lead nowhere; so is a chapter, unless another file has its title.

use super::names::Namer;
use super::slugs::{slug, xml_name};
use super::types::{Block, Book, SectionKind};
use super::walk::{self, Landmark};
use crate::diag::{Code, Diagnostic};
use crate::manuscript::{Document, Manuscript};
use crate::project::{AnchorLock, LockedChapter, LockedPlace};
use crate::source::{Sources, Span};
use std::collections::{BTreeMap, VecDeque};
use toml_edit::{Key, Value};

/// What the lock keeps for the places of a chapter.
#[derive(Debug, Default)]
pub(super) struct Locked {
    /// The chapter's own name.
    pub(super) chapter: Option<String>,
    /// Those of its headings, in reading order.
    pub(super) headings: VecDeque<Option<String>>,
}

/// A heading is still itself when this much of it is the same, from 0 to 1.
const ALIKE: f64 = 0.5;
/// So many headings that are gone are compared with each new one.
const COMPARED: usize = 8;

const HEADER: &str = "\
# The anchors of this book's headings: links to them hold although their words change.
# Written by `endpaper build --update-anchors`.
";

/// The lock of a finished book, as a text.
pub fn lock_anchors(book: &Book, sources: &Sources) -> String {
    let name = |anchor: super::AnchorId| Value::from(book.anchors[anchor.0 as usize].name.as_str());
    let mut out = HEADER.to_owned();
    for section in &book.sections {
        let SectionKind::Chapter(chapter) = &section.kind else { continue };
        let path = &sources.get(section.span.file).path;
        let title = Value::from(section.title.plain());
        let key = Key::new(path.as_str());
        out.push_str(&format!("\n[{key}]\ntitle = {title}\nanchor = {}\n", name(section.anchor)));
        let mut headings = Vec::new();
        push_headings(&chapter.blocks, &mut headings);
        if headings.is_empty() {
            continue;
        }
        out.push_str("headings = [\n");
        for heading in headings {
            let words = Value::from(heading.text.plain());
            let anchor = name(heading.anchor);
            out.push_str(&format!("  {{ heading = {words}, anchor = {anchor} }},\n"));
        }
        out.push_str("]\n");
    }
    out
}

/// The headings in reading order.
fn push_headings<'b>(blocks: &'b [Block], out: &mut Vec<&'b super::Heading>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => out.push(heading),
            Block::List(list) => {
                list.items.iter().for_each(|item| push_headings(&item.blocks, out));
            }
            Block::Definitions(list) => {
                let bodies = list.iter().flat_map(|definition| &definition.bodies);
                bodies.for_each(|body| push_headings(body, out));
            }
            Block::Quote(inner) => push_headings(inner, out),
            Block::Alert(alert) => push_headings(&alert.blocks, out),
            Block::Paragraph(_)
            | Block::Code(_)
            | Block::Table(_)
            | Block::Figure(_)
            | Block::Formula(_)
            | Block::Rule(..) => {}
        }
    }
}

impl<'a> Namer<'a, '_> {
    /// Reserves the names that the lock keeps, before any is made.
    pub(super) fn reserve_locked(&mut self, manuscript: &'a Manuscript) {
        let Some(lock) = &self.project.anchors else { return };
        let mut stale = Vec::new();
        let known = self.chapters_of(lock, manuscript);
        let gone = lock.chapters.iter().filter(|c| !known.values().any(|k| std::ptr::eq(*k, *c)));
        stale.extend(gone.map(|chapter| (&chapter.title, chapter.path.as_str())));
        for (at, chapter) in known {
            let document = &manuscript.documents[at];
            let written = self.headings(document);
            let slugs = |place: &LockedPlace| slug(&place.words);
            let locked: Vec<String> = chapter.headings.iter().map(slugs).collect();
            let words: Vec<String> = written.iter().map(|(words, _)| slug(words)).collect();
            let found = matched(&locked, &words);
            let span = self.title(document).span;
            let mut names =
                Locked { chapter: self.keep(&chapter.title, span), ..Locked::default() };
            for (at, (_, span)) in found.iter().zip(&written) {
                let name = at.and_then(|at| self.keep(&chapter.headings[at], *span));
                names.headings.push_back(name);
            }
            self.locked.insert(document.file, names);
            let lost = chapter.headings.iter().enumerate();
            let lost = lost.filter(|(at, _)| !found.contains(&Some(*at)));
            stale.extend(lost.map(|(_, place)| (place, chapter.path.as_str())));
        }
        stale.into_iter().for_each(|(place, path)| self.report_stale(place, path));
    }

    /// The locked chapter of each document: that with its path, or one whose path is gone with its
    /// title.
    fn chapters_of<'l>(
        &mut self,
        lock: &'l AnchorLock,
        manuscript: &'a Manuscript,
    ) -> BTreeMap<usize, &'l LockedChapter> {
        let mut left: BTreeMap<&str, &LockedChapter> =
            lock.chapters.iter().map(|chapter| (chapter.path.as_str(), chapter)).collect();
        let documents = manuscript.documents.iter().enumerate();
        let mut known: BTreeMap<usize, &LockedChapter> = documents
            .filter_map(|(at, document)| Some((at, left.remove(document.path.as_str())?)))
            .collect();
        let mut by_title: BTreeMap<String, &LockedChapter> =
            left.into_values().map(|chapter| (slug(&chapter.title.words), chapter)).collect();
        for (at, document) in manuscript.documents.iter().enumerate() {
            if known.contains_key(&at) || by_title.is_empty() {
                continue;
            }
            let title = slug(&self.title(document).words.plain());
            known.extend(by_title.remove(&title).map(|chapter| (at, chapter)));
        }
        known
    }

    /// The headings of a document below its title, with their places.
    fn headings(&mut self, document: &'a Document) -> Vec<(String, Span)> {
        let title = self.title(document);
        let found = self.landmarks.get(&document.file).into_iter().flatten();
        let headings = found.filter(|landmark| !title.is_of(landmark, document));
        let headings = headings.filter_map(|landmark| match landmark {
            Landmark::Heading { inlines, span, .. } => Some((walk::plain(inlines), *span)),
            Landmark::Figure { .. } | Landmark::Table(_) | Landmark::Formula { .. } => None,
        });
        headings.collect()
    }

    /// Reserves a locked name for a place, unless somebody chose it for another.
    fn keep(&mut self, place: &LockedPlace, span: Span) -> Option<String> {
        let (name, _) = xml_name(&place.anchor);
        self.names.anchors.reserve(&name, span).ok().map(|()| name)
    }

    fn report_stale(&mut self, place: &LockedPlace, path: &str) {
        if self.names.anchors.has(&xml_name(&place.anchor).0) {
            return;
        }
        let message = format!("`{}` of `{path}` is gone, and its anchor with it", place.words);
        let help = format!(
            "give `{{#{}}}` to what links to it shall find, or accept that with \
             `endpaper build --update-anchors`",
            place.anchor
        );
        self.diagnostics.push(Diagnostic::new(Code::StaleAnchor, place.span, message).help(help));
    }
}

/// Which locked heading each written one is.
fn matched(locked: &[String], written: &[String]) -> Vec<Option<usize>> {
    let mut equal: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for (at, words) in locked.iter().enumerate() {
        equal.entry(words).or_default().push_back(at);
    }
    let same = written.iter().map(|words| equal.get_mut(words.as_str())?.pop_front());
    let mut found: Vec<Option<usize>> = same.collect();
    let mut taken = vec![false; locked.len()];
    found.iter().flatten().for_each(|at| taken[*at] = true);
    // Runs of headings with new words, each between what was found before and behind it.
    let (mut at, mut from) = (0, 0);
    while at < found.len() {
        if let Some(before) = found[at] {
            (at, from) = (at + 1, before + 1);
            continue;
        }
        let length = found[at..].iter().take_while(|found| found.is_none()).count();
        let to = found.get(at + length).copied().flatten().unwrap_or(locked.len());
        let lost: Vec<usize> = (from..to).filter(|lost| !taken[*lost]).collect();
        let run = &written[at..at + length];
        for (new, lost) in pairs(run, &lost, locked) {
            found[at + new] = Some(lost);
            taken[lost] = true;
        }
        at += length;
    }
    found
}

/// Pairs headings with new words and those that are gone, in order.
fn pairs(run: &[String], lost: &[usize], locked: &[String]) -> Vec<(usize, usize)> {
    if run.len() == lost.len() {
        return lost.iter().copied().enumerate().collect();
    }
    let mut pairs = Vec::new();
    let mut from = 0;
    for (new, words) in run.iter().enumerate() {
        let near = lost.iter().enumerate().skip(from).take(COMPARED);
        let alike = near
            .map(|(at, lost)| (strsim::normalized_damerau_levenshtein(words, &locked[*lost]), at));
        // Of two that are equally like, the first.
        let best = alike
            .filter(|(alike, _)| *alike >= ALIKE)
            .reduce(|best, other| if other.0 > best.0 { other } else { best });
        if let Some((_, at)) = best {
            pairs.push((new, lost[at]));
            from = at + 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::matched;

    fn found(locked: &[&str], written: &[&str]) -> Vec<Option<usize>> {
        let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        matched(&owned(locked), &owned(written))
    }

    #[test]
    fn headings_are_found_by_words_then_by_place() {
        assert_eq!(found(&["a", "b", "c"], &["a", "x", "c"]), [Some(0), Some(1), Some(2)]);
        assert_eq!(found(&["a", "b", "c"], &["c", "a", "b"]), [Some(2), Some(0), Some(1)]);
        assert_eq!(found(&["same", "same"], &["same", "same"]), [Some(0), Some(1)]);
        assert_eq!(found(&["a"], &["new", "a"]), [None, Some(0)]);
    }

    #[test]
    fn of_more_or_fewer_headings_the_likest_are_the_same() {
        let locked = ["start", "why-we-retry", "limits-of-retries", "end"];
        let written = ["start", "something-else", "why-we-retried", "limits-of-retries-2", "end"];
        assert_eq!(found(&locked, &written), [Some(0), None, Some(1), Some(2), Some(3)]);
        assert_eq!(
            found(&locked, &["start", "the-limits-of-retries", "end"]),
            [Some(0), Some(2), Some(3)]
        );
        assert_eq!(found(&locked, &[]), []);
        assert_eq!(found(&[], &["a"]), [None]);
    }
}
