//! Optimum page breaking: a galley is cut into pages so that the sum of what is ugly is least.
//!
//! The idea is Plass's ("Optimal Pagination Techniques for Automatic Typesetting Systems", 1981): a
//! dynamic programme over the legal breaks, as for lines. A page's cost is the emptiness at its
//! foot, the cost of the place where it breaks (widows, orphans, a hyphen), and the difference
//! between facing pages (`cost`). Where paragraphs offer to be set a line longer or shorter
//! (`offers`), the programme takes what makes better pages.

mod cost;
mod offers;
mod states;
mod strip;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::geom::Length;

use super::galley::{Galley, Row};
use cost::{
    BEFORE_OPENING, BLANK, HYPHEN_ON_RECTO, OVERFULL, SPLIT_NOTE, emptiness, shortness, unevenness,
};
use offers::Offers;
use states::{Best, Costs, State, Table, Ways, costs, parity, start, ways_from};
use strip::{Fill, Strip};

pub(super) use cost::{DEFERRED, INTRODUCED, SHORT_LAST};
pub(super) use offers::Offer;
pub(super) use strip::{Above, repeated_head, top_of};

/// The text block that pages are cut for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// Its height.
    pub depth: Length,
    /// Distance of grid lines.
    pub leading: Length,
    /// Between text and notes, rule included.
    pub note_gap: Length,
    /// Whether the first page is a recto.
    pub recto: bool,
}

/// So many figures wait at once, at most.
const MOST_WAITING: usize = 3;

impl Block {
    /// Whole lines in a height; none in a negative one.
    fn lines(&self, height: Length) -> i64 {
        height.0.max(0) / self.leading.0.max(1)
    }
}

/// One page of a galley: rows `from..to`, but for figures that move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// First row.
    pub from: usize,
    /// One past the last row.
    pub to: usize,
    /// Figures of earlier pages that stand at the top of this one.
    pub top: Vec<usize>,
    /// Figures among the rows that stand on a later page. A table on its side may have several
    /// sheets, each a row and a page.
    pub deferred: Vec<usize>,
    /// Which of the galley's rows of notes ([`Galley::note_rows`]) stand at its foot.
    pub notes: Range<usize>,
    /// Lines that could stand at its foot and do not; `None` where a section ends on it, whose last
    /// page need not be full.
    pub empty: Option<i64>,
    /// Whether its rows do not fit.
    pub overfull: bool,
}

impl Cut {
    /// The page's rows from top to bottom, without a repeated head.
    pub(super) fn rows<'g>(&self, galley: &'g Galley) -> impl Iterator<Item = &'g Row> {
        self.indices().map(|at| &galley.rows[at])
    }

    /// Their numbers in the galley.
    pub(super) fn indices(&self) -> impl Iterator<Item = usize> + use<> {
        self.top.clone().into_iter().chain(self.own())
    }

    /// The numbers of those that are not of earlier pages.
    pub(super) fn own(&self) -> impl Iterator<Item = usize> + use<> {
        let deferred = self.deferred.clone();
        (self.from..self.to).filter(move |at| !deferred.contains(at))
    }
}

/// Pages, and which offers they take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pagination {
    pub cuts: Vec<Cut>,
    /// Numbers of the offers, ascending.
    pub taken: Vec<usize>,
}

/// Cuts a galley; at least one page unless it has no rows.
pub(super) fn cut(galley: &Galley, block: Block) -> Vec<Cut> {
    cut_with(galley, block, &[]).cuts
}

/// The same where it is not known yet on which side the first page stands: the pages when it stands on
/// the block's, and when it stands on the other. Rows are added to pages once for both.
pub(super) fn cut_for_both(galley: &Galley, block: Block) -> [Vec<Cut>; 2] {
    match galley.rows.is_empty() {
        true => [Vec::new(), Vec::new()],
        false => {
            let breaker = break_all(galley, block, &[], &[0, 1]);
            [0, 1].map(|start| breaker.trace(start).cuts)
        }
    }
}

/// The same where paragraphs offer to be longer or shorter; the offers are in the order of their
/// rows. The pages count rows as they are now.
pub(super) fn cut_with(galley: &Galley, block: Block, offers: &[Offer]) -> Pagination {
    match galley.rows.is_empty() {
        true => Pagination::default(),
        false => break_all(galley, block, offers, &[0]).trace(0),
    }
}

/// Ways that cost more than this are given up at first: most chapters have good pages, and to find them
/// no page need be tried that begins after a bad one. Where nothing costs so little, more is allowed.
/// What is found is the best of all ways, as no part of a way costs more than the whole.
const BOUNDS: [i64; 3] = [40_000, 400_000, i64::MAX];

/// Finds the best ways from some starts ([`start`]) to the end of a galley, which has rows.
fn break_all<'g, 'o>(
    galley: &'g Galley,
    block: Block,
    offers: &'o [Offer],
    starts: &[usize],
) -> Breaker<'g, 'o> {
    let ways = BOUNDS.into_iter().map(|most| break_for(galley, block, offers, (starts, most)));
    let mut ways =
        ways.filter(|breaker| starts.iter().all(|start| breaker.best_end(*start).is_some()));
    ways.next().expect("a page is offered from every state, so the end is reached")
}

/// Finds the best of the ways that cost so much at most.
fn break_for<'g, 'o>(
    galley: &'g Galley,
    block: Block,
    offers: &'o [Offer],
    (starts, most): (&[usize], i64),
) -> Breaker<'g, 'o> {
    let count = galley.rows.len();
    let mut breaker = Breaker {
        strip: Strip::new(galley, block),
        offers: Offers::new(offers),
        table: Table::new(count),
        most,
    };
    let from = State::plain(0);
    let first = Best { cost: 0, from, empty: None, longer: 0, overfull: false, blank: false };
    for start in starts {
        breaker.table.offer(from, ways_from(*start)[0], first);
    }
    for row in 0..=count {
        let mut last = None;
        while let Some(state) = breaker.table.after(row, last) {
            let ways = breaker.table.get(state);
            if ways.iter().any(Option::is_some) && (row < count || state.waits()) {
                breaker.extend(state, ways);
            }
            last = Some(state);
        }
    }
    breaker
}

struct Breaker<'g, 'o> {
    strip: Strip<'g>,
    offers: Offers<'o>,
    table: Table,
    /// What a way may cost.
    most: i64,
}

/// A page that ends somewhere.
#[derive(Clone, Copy)]
struct End {
    state: State,
    /// Of the place, and of what is unusual about the page.
    cost: i64,
    /// Lines that could still stand on it.
    empty: i64,
    /// Lines that offers make it longer.
    longer: i64,
    /// Whether it ends in a hyphen.
    hyphen: bool,
    overfull: bool,
}

/// What came of an attempt to end a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// It can end there.
    Enough,
    /// It could, if more paragraphs on it were shorter.
    Almost,
    /// It cannot.
    None,
}

impl Breaker<'_, '_> {
    /// Tries all pages that begin in a state.
    fn extend(&mut self, state: State, mut ways: Ways) {
        let mut shown = 0;
        if let Some(first) = self.strip.waiting(state).first().cloned() {
            if self.strip.opens_spread(first.start) {
                let (left, right) = self.sides(ways);
                if right.iter().any(Option::is_some) {
                    // Text goes on until the next left-hand page.
                    self.pages(self.strip.begin(state, 0), right);
                    self.blank(state, right);
                }
                ways = left;
            }
            self.end_without_text((state, 1), ways);
            if first.len() > 1 {
                // Sheets have pages of their own.
                return;
            }
            shown = 1;
            while shown < state.waiting && self.strip.fits_another(state, shown) {
                self.pages(self.strip.begin(state, shown), ways);
                shown += 1;
                self.end_without_text((state, shown), ways);
            }
        } else if state.carried > 0 {
            self.end_without_text((state, 0), ways);
        }
        if state.row < self.strip.galley.rows.len() {
            self.pages_with_text((state, shown), ways);
        }
    }

    /// Pages with text that begin in a state, with the first of what waits at their top: as the rows
    /// stand, and with the figures from one of them on left to later pages.
    fn pages_with_text(&mut self, (state, shown): (State, usize), ways: Ways) {
        let begun = self.strip.begin(state, shown);
        if shown < state.waiting {
            self.pages(begun, ways);
            return;
        }
        let opens_spread = self.strip.opens_spread(state.row);
        let plain = if opens_spread { self.sides(ways).0 } else { ways };
        let reached = self.pages(begun.clone(), plain);
        for figure in self.strip.figures_from(state.row) {
            if figure.start >= reached {
                break;
            }
            self.pages(begun.clone().leaving(figure.start), ways);
        }
    }

    /// The ways after which the next page is a left-hand one, and the others.
    fn sides(&self, ways: Ways) -> (Ways, Ways) {
        let (mut left, mut right) = (ways, ways);
        for way in 0..ways.len() {
            let other = if self.is_recto(way) { &mut left } else { &mut right };
            other[way] = None;
        }
        (left, right)
    }

    /// Whether the page behind a way is a recto.
    fn is_recto(&self, way: usize) -> bool {
        self.strip.block.recto == (start(way) == parity(way))
    }

    /// A page left blank, because nothing can stand before the left-hand page that is waited for.
    fn blank(&mut self, from: State, ways: Ways) {
        let state = State { waiting: from.waiting - 1, ..from };
        // Within a section text can go on instead, unless it cannot be parted.
        let cost = if self.strip.closes(state.row) { BLANK } else { OVERFULL };
        let whole = End { state, cost, empty: 0, longer: 0, hyphen: false, overfull: false };
        self.offer_behind((from, ways), whole, true);
    }

    /// A page of so many figures that waited, or of notes, and nothing else; several for the sheets
    /// of a table.
    fn end_without_text(&mut self, (from, shown): (State, usize), ways: Ways) {
        let strip = &self.strip;
        if from.waiting > 0 && !repeated_head(strip.galley, from.row).is_empty() {
            return;
        }
        let page = strip.begin(from, shown);
        let text = if from.waiting > 0 { page.y } else { Length::ZERO };
        let called = strip.called(from.row);
        let noted = strip.fitting(page.notes..called, strip.block.depth - text);
        // A row of a note that is taller than the page has one to itself.
        let noted = noted.max((page.notes + 1).min(called));
        let empty = strip.block.depth - text - strip.foot(page.notes..noted);
        let carried = called - noted;
        let state = State { waiting: from.waiting - shown, carried, ..from };
        let end = End {
            state,
            cost: strip.lateness(state) + if carried > 0 { SPLIT_NOTE } else { 0 },
            empty: if carried > 0 { 0 } else { strip.block.lines(empty) },
            longer: 0,
            hyphen: false,
            overfull: false,
        };
        self.offer((from, ways), end);
    }

    /// All pages that begin like this one, with text. The row at which it was full.
    fn pages(&mut self, mut page: Fill, ways: Ways) -> usize {
        let count = self.strip.galley.rows.len();
        let from = page.from.row;
        let mut offers = self.offers.behind(from);
        let mut offered = false;
        let before = costs(ways);
        // Behind what waited may be several pages.
        let is_plain = page.from.waiting == 0;
        for to in from + 1..=count {
            let row = &self.strip.galley.rows[to - 1];
            // What waits stays in its section.
            if page.waiting > 0 && self.strip.closes(to - 1) {
                return to;
            }
            if page.leaves < to && row.float.is_some() {
                let figure = self.strip.figure_at(to - 1);
                page.leave_out();
                if to < figure.end {
                    continue;
                }
                page.waiting += 1;
                // Figures stand in their order.
                if !self.strip.may_wait(&figure) || page.waiting > MOST_WAITING {
                    return to;
                }
                // Behind a picture across two pages no text need follow: where it is called on the
                // wrong side it must be able to wait.
                if !self.strip.opens_spread(figure.start) {
                    continue;
                }
            } else {
                page.add(row, self.strip.block.leading);
                offers.add((from, to), &mut page.reach);
            }
            let Some(place) = row.break_after.or((to == count).then_some(0)) else { continue };
            if page.leaves < usize::MAX && page.waiting == 0 {
                continue;
            }
            if is_plain && page.waiting == 0 && self.is_useless(&page, &before, (to, place)) {
                offered = true;
                continue;
            }
            match self.end(&page, ways, (to, place)) {
                Room::Enough => offered = true,
                Room::Almost if offered => {}
                Room::Almost | Room::None => {
                    if !offered && page.leaves == usize::MAX {
                        self.end_overfull(&page, ways, (to, place));
                    }
                    return to;
                }
            }
        }
        count
    }

    /// Whether what stands on a page that ends before a row fits, but leaves so much room that the page
    /// is dearer than what is known, however much longer its paragraphs become.
    fn is_useless(&self, page: &Fill, before: &Costs, (to, place): (usize, i64)) -> bool {
        let block = self.strip.block;
        let room = self.strip.room(page, to) - self.offers.most(block);
        if room < Length::ZERO || self.strip.text_closes(to) {
            return false;
        }
        let cost = place + emptiness(block.lines(room));
        cost > self.most || !self.table.wants(to, before, cost)
    }

    /// Ends a page before a row in all ways in which what stands on it fits.
    fn end(&mut self, page: &Fill, ways: Ways, (to, place): (usize, i64)) -> Room {
        let strip = &self.strip;
        let (waiting, block) = (page.waiting, strip.block);
        let notes = page.notes..strip.called(to);
        let empty = strip.room(page, to);
        let hyphen = strip.galley.rows[to - 1].hyphen;
        let state = State { row: to, waiting, carried: 0 };
        let cost = place + strip.lateness(state);
        let whole = End { state, cost, empty: 0, longer: 0, hyphen, overfull: false };
        let mut room =
            if empty + self.offers.most(block) < Length::ZERO { Room::None } else { Room::Almost };
        for (longer, looks) in page.reach.ways() {
            let left = empty - block.leading * longer;
            if left >= Length::ZERO {
                room = Room::Enough;
                let end = End { cost: cost + looks, empty: block.lines(left), longer, ..whole };
                self.offer((page.from, ways), end);
            }
        }
        if room == Room::Enough || waiting > 0 {
            return room;
        }
        let Some(shown) = self.strip.split(page, to) else { return room };
        let state = State { carried: notes.end - shown, ..state };
        self.offer((page.from, ways), End { state, cost: cost + SPLIT_NOTE, ..whole });
        Room::Enough
    }

    /// The last resort: a page that cannot hold its first rows. What it cannot hold of their notes
    /// goes to the next page.
    fn end_overfull(&mut self, page: &Fill, ways: Ways, (to, place): (usize, i64)) {
        let (strip, called) = (&self.strip, self.strip.called(to));
        let shown = strip.fitting(page.notes..called, strip.block.depth - page.y);
        let end = End {
            state: State { row: to, waiting: 0, carried: called - shown },
            cost: place + OVERFULL,
            empty: 0,
            longer: 0,
            hyphen: false,
            overfull: page.y > strip.block.depth,
        };
        self.offer((page.from, ways), end);
    }

    /// Enters a page into the table, for both sides it may stand on.
    fn offer(&mut self, from: (State, Ways), end: End) {
        self.offer_behind(from, end, false);
    }

    /// The same, behind a page that is left blank.
    fn offer_behind(&mut self, (from, ways): (State, Ways), end: End, blank: bool) {
        let block = self.strip.block;
        let End { state, longer, overfull, .. } = end;
        let waits = state.waits();
        let is_last = state.row == self.strip.galley.rows.len() && !waits;
        let text_closes = self.strip.text_closes(state.row);
        let cost = end.cost
            + match (is_last, text_closes) {
                (true, _) if from.row > 0 => shortness(block.lines(block.depth) - end.empty),
                (true, _) => 0,
                (false, true) => emptiness(end.empty) / BEFORE_OPENING,
                (false, false) => emptiness(end.empty),
            };
        if cost > self.most {
            return;
        }
        let closes = self.strip.closes(state.row) && !waits;
        let pages = self.strip.pages(from, state) + usize::from(blank);
        let empty = (!closes).then_some(end.empty);
        for (at, way) in ways.iter().enumerate() {
            let Some(way) = way else { continue };
            let mut cost = way.cost.saturating_add(cost);
            if !closes && self.is_recto(at) {
                cost += if end.hyphen { HYPHEN_ON_RECTO } else { 0 };
                // A verso faces the recto that follows it.
                cost += way.empty.map_or(0, |facing| unevenness(end.empty - facing));
            }
            if cost > self.most {
                continue;
            }
            let to = ways_from(start(at))[(parity(at) + pages) % 2];
            self.table.offer(state, to, Best { cost, from, empty, longer, overfull, blank });
        }
    }

    /// The best way from a start to the end.
    fn best_end(&self, start: usize) -> Option<usize> {
        let ends = self.table.get(State::plain(self.strip.galley.rows.len()));
        let reached = ways_from(start).into_iter().filter(|way| ends[*way].is_some());
        reached.min_by_key(|way| ends[*way].map(|best| best.cost))
    }

    /// Walks back from the end of the best way from a start.
    fn trace(&self, start: usize) -> Pagination {
        let mut state = State::plain(self.strip.galley.rows.len());
        let best = |state: State, way: usize| self.table.get(state)[way];
        let mut way = self.best_end(start).expect("only what was reached is traced");
        let mut pages = Pagination::default();
        while state.row > 0 {
            let best = best(state, way).expect("every state on the way was reached");
            let cuts = self.strip.cuts((best.from, state), &best);
            way = ways_from(start)[(parity(way) + cuts.len()) % 2];
            pages.cuts.extend(cuts.into_iter().rev());
            if best.longer != 0 {
                pages.taken.extend(self.offers.choose(best.from.row..state.row, best.longer));
            }
            state = best.from;
        }
        pages.cuts.reverse();
        pages.taken.sort_unstable();
        pages
    }
}
