//! Looseness: paragraphs become a line longer or shorter where that makes better pages.
//!
//! TeX leaves its `\looseness` to the author, who has to try. Here page breaking is asked first. Only
//! where a chapter's best pages still have a fault (a line left alone, a hole, facing pages of
//! different depth, a few lines on the last page) are the paragraphs near it broken again into a
//! line more and a line less, and page breaking may take what looks well. A paragraph is never
//! looser than lines are elsewhere: what cannot have another number of lines within TeX's first
//! tolerance does not offer it.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use crate::book::NoteId;
use crate::geom::Length;

use super::design::Style;
use super::galley::{Galley, Row, Setter};
use super::inline::Flat;
use super::pagebreak::{self, Cut, Offer, SHORT_LAST};
use super::paragraph::{SetLine, Setting, set_in};
use super::rows::paragraph_rows;
use super::sheets::{self, Arrangement, PlacedFlow};
use super::statistics::Statistics;
use super::whereabouts::Whereabouts;
use super::{Press, SetSection};

/// A paragraph of the main text that may become a line longer or shorter.
#[derive(Clone, Debug)]
pub(super) struct Elastic {
    /// Its text.
    pub flat: Flat,
    /// How it is set.
    pub style: Style,
    /// Width and indent of its lines.
    pub setting: Setting,
    /// Left edge of its lines.
    pub left: Length,
    /// Its rows in the section's galley.
    pub rows: Range<usize>,
    /// Width of its last line.
    pub last: Length,
    /// What the report counts in it.
    pub counted: Statistics,
}

/// More empty lines than these at the foot of a page are a hole.
const HOLE: i64 = 3;
/// Cost of a paragraph that is not as long as is best: less than one empty line.
const ADJUSTED: i64 = 700;
/// Cost of each hyphen that it has more.
const MORE_HYPHENS: i64 = 1500;
/// Pages before a short last page whose paragraphs are tried.
const BEFORE_LAST: usize = 3;
/// The share of all other lines, in percent, by which a paragraph can grow or shrink to gain or
/// lose its last line: beyond that it is not even tried.
const GROWTH: i64 = 7;
const SHRINKAGE: i64 = 4;
/// Pages are looked at again this often, since what cures one may spoil the next.
pub(super) const ROUNDS: usize = 2;

/// A paragraph set anew.
struct Change {
    section: usize,
    /// Its number among the section's elastic paragraphs.
    number: usize,
    lines: Vec<SetLine>,
    counted: Statistics,
}

/// The arrangement in which paragraphs were tried before, and the sections that changed then.
pub(super) type Tried = (Arrangement, BTreeSet<usize>);

impl Press<'_> {
    /// Sets paragraphs near faults anew. Which sections have changed. Flows that are as they were when
    /// they were tried before are passed over: nothing was found for them.
    pub(super) fn loosen(
        &self,
        sections: &mut [SetSection],
        (arrangement, tried): (&Arrangement, Option<&Tried>),
        labels: &[Whereabouts],
    ) -> BTreeSet<usize> {
        let set: &[SetSection] = sections;
        let flows = arrangement.flows.par_iter().enumerate();
        let flows = flows.filter(|flow| !tried.is_some_and(|tried| is_known(*flow, tried)));
        let changes: Vec<Change> =
            flows.flat_map_iter(|(_, placed)| self.changes(set, placed, labels)).collect();
        let changed = changes.iter().map(|change| change.section).collect();
        changes.into_iter().for_each(|change| apply(&mut sections[change.section], change));
        changed
    }

    /// Adjusts a section's paragraphs again, after the whole section was set anew.
    pub(super) fn adjust_again(
        &self,
        set: &mut SetSection,
        index: usize,
        earlier: &[(usize, i64)],
        labels: &[Whereabouts],
    ) {
        if earlier.is_empty() {
            return;
        }
        let mut setter = self.section_setter(labels, &self.book.sections[index]);
        for (number, longer) in earlier {
            let elastic = set.elastic.get(*number);
            let change = elastic.and_then(|elastic| try_lines(&mut setter, elastic, *longer));
            if let Some((lines, counted)) = change {
                apply(set, Change { section: index, number: *number, lines, counted });
            }
        }
        self.keep(setter.shaper, setter.words);
    }

    fn changes(
        &self,
        sections: &[SetSection],
        placed: &PlacedFlow,
        labels: &[Whereabouts],
    ) -> Vec<Change> {
        let galleys: Vec<&Galley> = sections.iter().map(|set| &set.galley).collect();
        let galley = sheets::joined(&placed.flow, &galleys);
        let block = sheets::block(&self.design, placed.first.is_multiple_of(2));
        let near = near_faults(&galley, placed);
        if near.is_empty() {
            return Vec::new();
        }
        let (mut changes, mut offers) = (Vec::new(), Vec::new());
        let mut before = 0;
        for &section in &placed.flow.sections {
            let set = &sections[section];
            let mut setter = self.section_setter(labels, &self.book.sections[section]);
            for (number, elastic) in set.elastic.iter().enumerate() {
                let rows = elastic.rows.start + before..elastic.rows.end + before;
                if !near.iter().any(|page| page.start < rows.end && rows.start < page.end) {
                    continue;
                }
                for longer in [-1, 1] {
                    let Some((lines, counted)) = try_lines(&mut setter, elastic, longer) else {
                        continue;
                    };
                    let hyphens = counted.hyphenated.saturating_sub(elastic.counted.hyphenated);
                    let cost = ADJUSTED + MORE_HYPHENS * hyphens as i64;
                    offers.push(Offer { rows: rows.clone(), lines: longer, cost });
                    changes.push(Change { section, number, lines, counted });
                }
            }
            before += set.galley.rows.len();
            self.keep(setter.shaper, setter.words);
        }
        if offers.is_empty() {
            return changes;
        }
        let taken = pagebreak::cut_with(&galley, block, &offers).taken;
        let mut number = 0;
        changes.retain(|_| {
            number += 1;
            taken.binary_search(&(number - 1)).is_ok()
        });
        changes
    }
}

/// Whether a flow is what it was before: its sections, and the side it begins on.
fn is_known((index, placed): (usize, &PlacedFlow), (earlier, changed): &Tried) -> bool {
    let before = earlier.flows.get(index);
    before.is_some_and(|before| before.first % 2 == placed.first % 2)
        && !placed.flow.sections.iter().any(|section| changed.contains(section))
}

/// The rows of pages on which other lines may help.
fn near_faults(galley: &Galley, placed: &PlacedFlow) -> Vec<Range<usize>> {
    let cuts = &placed.cuts;
    let mut pages = BTreeSet::new();
    for (at, cut) in cuts.iter().enumerate() {
        let ends_alone = cut.to > cut.from && galley.rows[cut.to - 1].alone.is_some();
        if ends_alone || is_short(cuts, at) {
            pages.extend(at.saturating_sub(1)..=at);
        }
        if ends_alone && at + 1 < cuts.len() {
            pages.insert(at + 1);
        }
        if is_uneven(placed, at) {
            pages.extend([at - 1, at]);
        }
    }
    if ends_short(galley, cuts) {
        pages.extend(cuts.len().saturating_sub(BEFORE_LAST + 1)..cuts.len());
    }
    pages.into_iter().map(|page| cuts[page].from..cuts[page].to).collect()
}

/// Whether a page has a hole, and no section ends on it.
pub(super) fn is_short(cuts: &[Cut], at: usize) -> bool {
    cuts[at].empty.is_some_and(|empty| empty > HOLE)
}

/// Whether a page is a recto whose depth differs from that of the verso which it faces, and no
/// section ends on either.
pub(super) fn is_uneven(placed: &PlacedFlow, at: usize) -> bool {
    let is_recto = (placed.first + at).is_multiple_of(2);
    let verso = at.checked_sub(1).and_then(|verso| placed.cuts[verso].empty);
    is_recto && verso.zip(placed.cuts[at].empty).is_some_and(|(verso, recto)| verso != recto)
}

/// Whether few lines stand on the last page of several.
fn ends_short(galley: &Galley, cuts: &[Cut]) -> bool {
    let [.., _, last] = cuts else { return false };
    last.rows(galley).count() < SHORT_LAST.0 as usize && last.rows(galley).all(|row| row.grid)
}

/// Sets a paragraph in more lines, or fewer.
fn try_lines(
    setter: &mut Setter<'_>,
    elastic: &Elastic,
    longer: i64,
) -> Option<(Vec<SetLine>, Statistics)> {
    let count = elastic.rows.len();
    let spare = elastic.setting.measure * (count as i64 - 1);
    let can = if longer < 0 {
        elastic.last <= spare.scale(SHRINKAGE, 100)
    } else {
        elastic.setting.measure - elastic.last <= spare.scale(GROWTH, 100)
    };
    let lines = count.checked_add_signed(longer as isize).filter(|lines| can && *lines > 1)?;
    setter.statistics = Statistics::default();
    let set = set_in(setter, &elastic.flat, &elastic.style, (elastic.setting, lines))?;
    let is_runt = set.last().is_none_or(|last| last.width < elastic.style.size * 2);
    (set.len() == lines && !is_runt).then_some((set, setter.statistics))
}

/// Puts a paragraph's new lines in the place of the old ones.
fn apply(set: &mut SetSection, change: Change) {
    let elastic = &mut set.elastic[change.number];
    let rows = elastic.rows.clone();
    let longer = change.lines.len() as i64 - rows.len() as i64;
    elastic.last = change.lines.last().map_or(Length::ZERO, |line| line.width);
    elastic.rows.end = rows.start + change.lines.len();
    set.statistics.replace_lines(elastic.counted, change.counted);
    elastic.counted = change.counted;
    let new = paragraph_rows(change.lines, &elastic.style, (elastic.left, true));
    let mut new: Vec<Row> = new.collect();
    inherit(&set.galley.rows[rows.clone()], &mut new);
    set.galley.rows.splice(rows, new);
    for later in &mut set.elastic[change.number + 1..] {
        let move_by = |row: usize| row.saturating_add_signed(longer as isize);
        later.rows = move_by(later.rows.start)..move_by(later.rows.end);
    }
    set.adjusted.push((change.number, longer));
}

/// What the old rows had from their neighbours: space, anchors, the cost of parting them from what
/// follows; and notes, each of which goes to the line that calls it now.
fn inherit(old: &[Row], new: &mut [Row]) {
    let notes: Vec<NoteId> = old.iter().flat_map(|row| &row.notes).copied().collect();
    let calls: Vec<Vec<NoteId>> =
        new.iter_mut().map(|row| std::mem::take(&mut row.notes)).collect();
    let mut line = 0;
    for note in notes {
        // A note that only another note calls goes with that one.
        line = calls.iter().position(|calls| calls.contains(&note)).unwrap_or(line);
        new[line].notes.push(note);
    }
    if let (Some(old), Some(new)) = (old.first(), new.first_mut()) {
        new.space = old.space;
        new.anchors.clone_from(&old.anchors);
        new.running.clone_from(&old.running);
    }
    if let (Some(old), Some(new)) = (old.last(), new.last_mut()) {
        new.break_after = old.break_after;
        new.repeat = old.repeat;
    }
}
