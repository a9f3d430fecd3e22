//! Optimum page breaking: a galley is cut into pages so that the sum of what is ugly is least.
//!
//! The idea is Plass's ("Optimal Pagination Techniques for Automatic Typesetting Systems", 1981): a
//! dynamic programme over the legal breaks, as for lines. A page's cost is the emptiness at its
//! foot, the cost of the place where it breaks (widows, orphans, a hyphen), and the difference
//! between facing pages.

use std::ops::Range;

use crate::book::NoteId;
use crate::geom::Length;

use super::galley::{Galley, Row};

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

/// One page of a galley: rows `from..to`, but for a figure that moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// First row.
    pub from: usize,
    /// One past the last row.
    pub to: usize,
    /// A figure of an earlier page that stands at the top of this one.
    pub top: Option<usize>,
    /// A figure among the rows that stands at the top of the next page.
    pub deferred: Option<usize>,
    /// Notes at its foot, in the order of their calls.
    pub notes: Vec<NoteId>,
    /// Which of the rows of these notes stand here: all, unless they had to be split.
    pub note_rows: Range<usize>,
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
        let deferred = self.deferred;
        let own = (self.from..self.to).filter(move |at| Some(*at) != deferred);
        self.top.into_iter().chain(own)
    }
}

/// Cost of `n` empty lines at the foot of a page, times `n` squared.
const EMPTY_LINE: i64 = 1_800;
/// From this cost on, emptiness is a hole; it grows more slowly then, because what cannot be parted is
/// no fault of the page, but it grows: else any hole would be worth a small gain elsewhere.
const HOLE: i64 = 36_000;
/// Cost of each further empty line: a hole of a third of a page is as bad as a line left alone.
const HOLE_LINE: i64 = 5_000;
/// Cost of facing pages that differ by `n` lines, times `n` squared.
const UNEVEN_FACING: i64 = 900;
/// Cost of a last page with fewer lines than this, for each line that is missing.
const SHORT_LAST: (i64, i64) = (4, 3_000);
/// A page ending in a hyphen costs more at the end of a recto: the reader has to turn.
const HYPHEN_ON_RECTO: i64 = 6_000;
/// A page whose rows do not fit: only when there is no other way.
const OVERFULL: i64 = 1_000_000_000;

/// Cost of a figure that stands a page after its call.
const DEFERRED: i64 = 2_500;

/// How far we are: rows before `row` are on pages, but for the last figure if `pending`.
#[derive(Clone, Copy, PartialEq, Eq)]
struct State {
    row: usize,
    /// Pages so far, modulo 2.
    parity: usize,
    /// Whether the last figure before `row` waits for the next page.
    pending: bool,
}

/// The best way to a state.
#[derive(Clone, Copy)]
struct Best {
    cost: i64,
    from: State,
    empty: i64,
}

/// The best way to each state, by row, parity and whether a figure waits.
struct Table(Vec<[[Option<Best>; 2]; 2]>);

impl Table {
    fn get(&self, state: State) -> Option<Best> {
        self.0[state.row][state.parity][usize::from(state.pending)]
    }

    fn offer(&mut self, state: State, best: Best) {
        let entry = &mut self.0[state.row][state.parity][usize::from(state.pending)];
        if entry.is_none_or(|old| best.cost < old.cost) {
            *entry = Some(best);
        }
    }
}

/// Cuts a galley; at least one page unless it has no rows.
pub(super) fn cut(galley: &Galley, block: Block) -> Vec<Cut> {
    let count = galley.rows.len();
    if count == 0 {
        return Vec::new();
    }
    let start = State { row: 0, parity: 0, pending: false };
    let mut table = Table(vec![[[None; 2]; 2]; count + 1]);
    table.offer(start, Best { cost: 0, from: start, empty: 0 });
    for row in 0..=count {
        for parity in 0..2 {
            for pending in [false, true] {
                let state = State { row, parity, pending };
                if let Some(best) = table.get(state).filter(|_| row < count || pending) {
                    extend(galley, block, (state, best), &mut table);
                }
            }
        }
    }
    trace(galley, block, &table)
}

/// The figure that waits in a state.
fn waiting(galley: &Galley, state: State) -> Option<usize> {
    let before = &galley.rows[..state.row];
    state.pending.then(|| before.iter().rposition(|row| row.float)).flatten()
}

/// Tries all pages that begin in a state: as the rows stand, and with the first figure among them
/// moved to the next page.
fn extend(galley: &Galley, block: Block, from: (State, Best), table: &mut Table) {
    pages_from(galley, block, from, None, table);
    let (state, _) = from;
    // No page holds more rows than fit on it; a figure beyond that is not reached anyway.
    if let Some(figure) = galley.rows[state.row..].iter().take(MOST_ROWS).position(|r| r.float)
        && galley.rows[state.row + figure].break_after.is_some()
    {
        pages_from(galley, block, from, Some(state.row + figure), table);
    }
}

/// Rows that are looked at for a figure: more than any page holds.
const MOST_ROWS: usize = 200;

fn pages_from(
    galley: &Galley,
    block: Block,
    (state, best): (State, Best),
    deferred: Option<usize>,
    table: &mut Table,
) {
    let count = galley.rows.len();
    let recto = block.recto == (state.parity == 0);
    let mut page = Fill::new(galley, block, state);
    let mut offered = false;
    if state.row == count {
        let to = State { parity: 1 - state.parity, pending: false, ..state };
        table.offer(to, Best { cost: best.cost, from: state, empty: 0 });
        return;
    }
    for to in state.row + 1..=count {
        let row = &galley.rows[to - 1];
        if deferred == Some(to - 1) {
            page.above = page.above.without_figure();
            continue;
        }
        page.add(row);
        let Some(place) = row.break_after.or((to == count).then_some(0)) else { continue };
        let empty = page.empty();
        let overfull = empty < Length::ZERO;
        if overfull && (offered || deferred.is_some()) {
            break;
        }
        offered = true;
        let pending = deferred.is_some_and(|figure| figure < to);
        // One figure waits at a time, and it is the last one.
        if pending && galley.rows[..to].iter().rposition(|r| r.float) != deferred {
            break;
        }
        if deferred.is_some() && !pending {
            continue;
        }
        let lines = empty.0.max(0) / block.leading.0.max(1);
        let mut cost = best.cost.saturating_add(place) + if pending { DEFERRED } else { 0 };
        if overfull {
            cost += OVERFULL;
        } else if to == count && !pending {
            let used = block.depth.0 / block.leading.0.max(1) - lines;
            cost += (SHORT_LAST.0 - used).max(0) * SHORT_LAST.1 * i64::from(state.row > 0);
        } else {
            cost += emptiness(lines);
            if row.hyphen && recto {
                cost += HYPHEN_ON_RECTO;
            }
            // A verso faces the recto that follows it.
            if recto && state.row > 0 {
                let difference = lines - best.empty;
                cost += (UNEVEN_FACING * difference * difference).min(HOLE / 12);
            }
        }
        let reached = State { row: to, parity: 1 - state.parity, pending };
        table.offer(reached, Best { cost, from: state, empty: lines });
        if overfull {
            break;
        }
    }
}

/// Cost of empty lines at the foot of a page.
fn emptiness(lines: i64) -> i64 {
    // Four lines reach the cost of a hole, nearly.
    let square = EMPTY_LINE * lines * lines;
    if square <= HOLE { square } else { HOLE + HOLE_LINE * (lines - 4) }
}

/// Walks back from the end.
fn trace(galley: &Galley, block: Block, table: &Table) -> Vec<Cut> {
    let end = |parity| State { row: galley.rows.len(), parity, pending: false };
    let ends = [end(0), end(1)].into_iter().filter(|s| table.get(*s).is_some());
    let mut state = ends
        .min_by_key(|s| table.get(*s).map(|b| b.cost))
        .expect("a page is offered from every state, so the end is reached");
    let mut cuts = Vec::new();
    while state.row > 0 {
        let best = table.get(state).expect("every state on the way was reached");
        let from = best.from;
        let deferred = waiting(galley, state);
        let mut page = Fill::new(galley, block, from);
        for (at, row) in galley.rows.iter().enumerate().take(state.row).skip(from.row) {
            if Some(at) == deferred {
                page.above = page.above.without_figure();
            } else {
                page.add(row);
            }
        }
        let top = waiting(galley, from);
        let (parts, overfull) = page.note_parts();
        let notes = page.notes;
        // What is left of notes that had to be split stands on pages of its own.
        for note_rows in parts.iter().skip(1).rev().cloned() {
            let (from, to, notes) = (state.row, state.row, notes.clone());
            let rest =
                Cut { from, to, top: None, deferred: None, notes, note_rows, overfull: false };
            cuts.push(rest);
        }
        let note_rows = parts.first().cloned().unwrap_or(0..0);
        let to = state.row;
        cuts.push(Cut { from: from.row, to, top, deferred, notes, note_rows, overfull });
        state = from;
    }
    cuts.reverse();
    cuts
}

/// A page while rows are added to it.
struct Fill<'g> {
    galley: &'g Galley,
    block: Block,
    /// Height of the rows so far.
    pub y: Length,
    /// Notes called so far.
    pub notes: Vec<NoteId>,
    notes_height: Length,
    above: Above,
}

impl<'g> Fill<'g> {
    fn new(galley: &'g Galley, block: Block, from: State) -> Self {
        let y = Length::ZERO;
        let notes = Vec::new();
        let mut fill =
            Self { galley, block, y, notes, notes_height: Length::ZERO, above: Above::Top };
        if let Some(figure) = waiting(galley, from) {
            fill.add(&galley.rows[figure]);
            fill.above = Above::Arrived;
        }
        for row in repeated_head(galley, from.row) {
            fill.add(row);
        }
        fill
    }

    fn add(&mut self, row: &Row) {
        self.y = top_of(row, self.y, self.block.leading, self.above) + row.height;
        self.above = self.above.below(row);
        for note in &row.notes {
            if !self.notes.contains(note) {
                self.notes.push(*note);
                self.notes_height += note_height(self.galley, *note);
            }
        }
    }

    /// The rows of the page's notes, page by page: in one part where they fit, in several when
    /// a note is longer than the page it is called on. Also says whether the text itself is too
    /// long.
    fn note_parts(&self) -> (Vec<Range<usize>>, bool) {
        let rows = note_rows(self.galley, &self.notes);
        let text = self.y;
        let mut parts = Vec::new();
        let overfull = rows.is_empty() || text > self.block.depth;
        if overfull || self.empty() >= Length::ZERO {
            parts.push(0..rows.len());
            return (parts, overfull && self.empty() < Length::ZERO);
        }
        let mut from = 0;
        let mut room = self.block.depth - text - self.block.note_gap;
        for (at, row) in rows.iter().enumerate() {
            let height = row.space + row.height;
            if height > room && (at > from || parts.is_empty()) {
                parts.push(from..at);
                from = at;
                room = self.block.depth - self.block.note_gap;
            }
            room -= height;
        }
        parts.push(from..rows.len());
        (parts, false)
    }

    /// What is left of the text block; negative when it does not fit.
    fn empty(&self) -> Length {
        let notes = if self.notes.is_empty() {
            Length::ZERO
        } else {
            self.notes_height + self.block.note_gap
        };
        self.block.depth - self.y - notes
    }
}

/// The rows repeated on top of a page that begins at a row.
pub(super) fn repeated_head(galley: &Galley, from: usize) -> &[Row] {
    from.checked_sub(1)
        .and_then(|before| galley.rows[before].repeat)
        .and_then(|head| galley.heads.get(head))
        .map_or(&[], Vec::as_slice)
}

/// What stands above a row on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Above {
    /// Nothing, or headings alone.
    Top,
    /// Another row.
    Row,
    /// A figure that was called on the page before.
    Arrived,
    /// A row, and behind it the place of a figure that stands on the next page.
    Departed,
}

impl Above {
    /// What stands above the next row when this one is added.
    pub(super) fn below(self, row: &Row) -> Self {
        if self == Self::Top && row.heading { Self::Top } else { Self::Row }
    }

    /// The same when a figure goes to the next page instead.
    pub(super) fn without_figure(self) -> Self {
        if self == Self::Top { Self::Top } else { Self::Departed }
    }

    /// The space above a row. What a figure wants below it goes with the figure: a row knows only
    /// the space that was due where it is written.
    pub(super) fn space(self, row: &Row, leading: Length) -> Length {
        match self {
            Self::Top => Length::ZERO,
            Self::Row => row.space,
            Self::Arrived => row.space.max(leading / 2),
            Self::Departed if row.grid => Length::ZERO,
            Self::Departed => row.space,
        }
    }
}

/// The y of a row's top below `y`: its space, then the grid.
pub(super) fn top_of(row: &Row, y: Length, leading: Length, above: Above) -> Length {
    let top = y + above.space(row, leading);
    if row.grid {
        Length((top.0 + leading.0 - 1).div_euclid(leading.0.max(1)) * leading.0)
    } else {
        top
    }
}

/// The rows of some notes, one after the other.
pub(super) fn note_rows<'g>(galley: &'g Galley, notes: &[NoteId]) -> Vec<&'g Row> {
    notes.iter().filter_map(|note| galley.notes.get(note)).flatten().collect()
}

/// Height of a note at the foot.
pub(super) fn note_height(galley: &Galley, note: NoteId) -> Length {
    galley
        .notes
        .get(&note)
        .map_or(Length::ZERO, |rows| rows.iter().map(|r| r.space + r.height).sum())
}

#[cfg(test)]
mod tests {
    use super::super::column::WIDOW;
    use super::*;

    const LINE: Length = Length::pt(10);

    fn block(lines: i64) -> Block {
        Block { depth: LINE * lines, leading: LINE, note_gap: LINE, recto: true }
    }

    fn paragraph(lines: usize) -> Vec<Row> {
        (1..=lines)
            .map(|at| {
                let mut row = Row::blank(LINE);
                row.grid = true;
                let edge = lines > 1 && (at == 1 || at + 1 == lines);
                row.break_after = Some(if edge { WIDOW } else { 0 });
                row
            })
            .collect()
    }

    fn cuts(rows: Vec<Row>, lines: i64) -> Vec<(usize, usize)> {
        let galley = Galley { rows, ..Galley::default() };
        cut(&galley, block(lines)).iter().map(|c| (c.from, c.to)).collect()
    }

    #[test]
    fn a_widow_is_avoided_by_a_short_page() {
        assert_eq!(cuts([paragraph(6), paragraph(5)].concat(), 10), [(0, 9), (9, 11)]);
    }

    #[test]
    fn a_row_taller_than_the_page_has_a_page_of_its_own() {
        let mut rows = paragraph(2);
        rows.push(Row::blank(LINE * 30));
        rows.extend(paragraph(2));
        let galley = Galley { rows, ..Galley::default() };
        let cuts = cut(&galley, block(10));
        assert_eq!(cuts.iter().filter(|c| c.overfull).count(), 1);
        assert_eq!(cuts.last().map(|c| c.to), Some(5));
    }

    #[test]
    fn a_figure_that_does_not_fit_moves_on_and_text_fills_the_page() {
        let mut rows: Vec<Row> = (0..7).flat_map(|_| paragraph(1)).collect();
        // Five lines with the space below it.
        let mut figure = Row::blank(LINE * 9 / 2);
        figure.float = true;
        rows.push(figure);
        rows.extend((0..8).flat_map(|_| paragraph(1)));
        let galley = Galley { rows, ..Galley::default() };
        let pages = cut(&galley, block(10));
        assert_eq!((pages[0].to, pages[0].deferred), (11, Some(7)));
        assert_eq!((pages[1].from, pages[1].top), (11, Some(7)));
    }

    #[test]
    fn a_figure_at_the_very_end_is_not_lost() {
        let mut rows: Vec<Row> = (0..9).flat_map(|_| paragraph(1)).collect();
        let mut figure = Row::blank(LINE * 5);
        figure.float = true;
        rows.push(figure);
        rows.extend(paragraph(1));
        let galley = Galley { rows, ..Galley::default() };
        let pages = cut(&galley, block(10));
        let shown = pages.iter().filter(|c| c.top == Some(9)).count()
            + pages.iter().filter(|c| (c.from..c.to).contains(&9) && c.deferred.is_none()).count();
        assert_eq!(shown, 1, "{pages:?}");
    }

    #[test]
    fn a_note_longer_than_the_page_is_split_and_nothing_is_lost() {
        let mut rows: Vec<Row> = (0..4).flat_map(|_| paragraph(1)).collect();
        rows[2].notes.push(NoteId(0));
        let mut galley = Galley { rows, ..Galley::default() };
        galley.notes.insert(NoteId(0), paragraph(25));
        let pages = cut(&galley, block(10));
        let shown: Vec<usize> = pages.iter().flat_map(|c| c.note_rows.clone()).collect();
        assert_eq!(shown, (0..25).collect::<Vec<_>>(), "{pages:?}");
        assert!(pages.iter().all(|c| !c.overfull && c.note_rows.len() <= 9), "{pages:?}");
    }

    #[test]
    fn notes_take_their_room_from_the_page_that_calls_them() {
        let mut rows: Vec<Row> = (0..12).flat_map(|_| paragraph(1)).collect();
        rows[8].notes.push(NoteId(0));
        let mut galley = Galley { rows, ..Galley::default() };
        galley.notes.insert(NoteId(0), paragraph(3));
        let pages = cut(&galley, block(10));
        assert_eq!(pages.iter().map(|c| (c.from, c.to)).collect::<Vec<_>>(), [(0, 8), (8, 12)]);
        assert_eq!(pages[1].notes, [NoteId(0)]);
    }

    #[test]
    fn a_hole_is_worse_than_a_line_left_alone_and_a_few_lines_are_not() {
        assert!((1..40).all(|n| emptiness(n) > emptiness(n - 1)));
        assert!(emptiness(8) < WIDOW && emptiness(16) > WIDOW);
    }
}
