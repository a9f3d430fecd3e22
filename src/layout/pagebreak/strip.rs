//! A galley as page breaking sees it: rows from top to bottom, what each adds to a page's height,
//! and the notes that have to stand below it.

use std::ops::Range;

use crate::geom::Length;
use crate::layout::galley::{Galley, Row};

use super::offers::Reach;
use super::{Best, Block, Cut, State};

/// A galley with tables of what is asked again and again.
pub(super) struct Strip<'g> {
    pub galley: &'g Galley,
    pub block: Block,
    /// How many rows of notes are called before each row, and in all.
    called: Vec<usize>,
    /// Where the note begins that is the last called before each row.
    last_note: Vec<usize>,
    /// Height of the first rows of notes, by their number.
    note_heights: Vec<Length>,
    /// The last figure that can move before each row, and before the end.
    figures: Vec<Option<usize>>,
}

impl<'g> Strip<'g> {
    pub(super) fn new(galley: &'g Galley, block: Block) -> Self {
        let count = galley.rows.len();
        let mut strip = Self {
            galley,
            block,
            called: Vec::with_capacity(count + 1),
            last_note: Vec::with_capacity(count + 1),
            note_heights: vec![Length::ZERO],
            figures: Vec::with_capacity(count + 1),
        };
        let (mut notes, mut last_note, mut figure) = (0, 0, None);
        for (at, row) in galley.rows.iter().enumerate() {
            strip.called.push(notes);
            strip.last_note.push(last_note);
            strip.figures.push(figure);
            for note in row.notes.iter().filter_map(|note| galley.notes.get(note)) {
                last_note = notes;
                notes += note.len();
            }
            figure = if row.float { Some(at) } else { figure };
        }
        strip.called.push(notes);
        strip.last_note.push(last_note);
        strip.figures.push(figure);
        let mut height = Length::ZERO;
        strip.note_heights.extend(galley.note_rows().into_iter().map(|row| {
            height += row.space + row.height;
            height
        }));
        strip
    }

    /// How many rows of notes are called before a row.
    pub(super) fn called(&self, row: usize) -> usize {
        self.called[row]
    }

    /// Height of some rows of notes with the gap above them; nothing when there are none.
    pub(super) fn foot(&self, notes: Range<usize>) -> Length {
        if notes.is_empty() {
            return Length::ZERO;
        }
        self.note_heights[notes.end] - self.note_heights[notes.start] + self.block.note_gap
    }

    /// The end of those rows of notes, from the first on, that fit into a room with the gap above.
    pub(super) fn fitting(&self, notes: Range<usize>, room: Length) -> usize {
        let below = self.note_heights[notes.start] + room - self.block.note_gap;
        let end = self.note_heights.partition_point(|height| *height <= below);
        end.saturating_sub(1).clamp(notes.start, notes.end)
    }

    /// Where the notes of a page that ends before the row `to` are split, if the last one called
    /// on it may go on at the foot of the next page: two of its rows stay here, and two go on,
    /// where it has as many.
    pub(super) fn split(&self, page: &Fill, to: usize) -> Option<usize> {
        let (from, end) = (self.last_note[to], self.called[to]);
        if from < self.called[page.from.row] || from == end {
            return None;
        }
        let kept = if end - from > 3 { 2 } else { 1 };
        let shown = self.fitting(page.notes..end, self.block.depth - page.y).min(end - kept);
        (shown >= from + kept).then_some(shown)
    }

    /// A page with what waits for it.
    pub(super) fn begin(&self, from: State, deferred: Range<usize>) -> Fill {
        let notes = self.called[from.row] - from.carried;
        let (y, above, reach) = (Length::ZERO, Above::Top, Reach::new());
        let mut page = Fill { from, notes, y, above, deferred, reach };
        if let Some(figure) = self.waiting(from).last() {
            page.add(&self.galley.rows[figure], self.block.leading);
            page.above = Above::Arrived;
        }
        for row in repeated_head(self.galley, from.row) {
            page.add(row, self.block.leading);
        }
        page
    }

    /// A page of text before what waits, which goes on waiting.
    pub(super) fn begin_before(&self, from: State) -> Fill {
        self.begin(State { pending: false, ..from }, self.waiting(from)).waiting(from)
    }

    /// Whether a row is the first half of a picture across two pages.
    pub(super) fn opens_spread(&self, row: usize) -> bool {
        self.galley.rows.get(row).is_some_and(|row| row.opens_spread)
    }

    /// How many pages lie between two states, at least one: what waited and goes no further has as
    /// many as it has sheets.
    pub(super) fn pages(&self, from: State, to: State) -> usize {
        if self.goes_on(from, to) { 1 } else { self.waiting(from).len().max(1) }
    }

    /// Whether what waited before a page waits behind it too.
    fn goes_on(&self, from: State, to: State) -> bool {
        from.pending && to.pending && self.waiting(from) == self.waiting(to)
    }

    /// The figure that waits in a state, or the sheets of a table that do.
    pub(super) fn waiting(&self, state: State) -> Range<usize> {
        match self.figure_before(state.row).filter(|_| state.pending) {
            Some(last) => {
                let rows = self.galley.rows[..=last].iter().rev();
                last - rows.take_while(|row| row.joined).count()..last + 1
            }
            None => 0..0,
        }
    }

    /// The pages between two states, at least one.
    pub(super) fn cuts(&self, (from, to): (State, State), best: &Best) -> Vec<Cut> {
        let note = |state: State| self.called[state.row] - state.carried;
        let goes_on = self.goes_on(from, to);
        let top = if goes_on { 0..0 } else { self.waiting(from) };
        let cut = |top: Option<usize>| Cut {
            from: from.row,
            to: to.row,
            top,
            deferred: if goes_on { 0..0 } else { self.waiting(to) },
            notes: note(from)..note(to),
            empty: best.empty,
            overfull: best.overfull,
        };
        if top.is_empty() {
            return vec![cut(None)];
        }
        let blank = best.blank.then(|| Cut { to: from.row, deferred: 0..0, ..cut(None) });
        blank.into_iter().chain(top.map(|top| cut(Some(top)))).collect()
    }

    /// Whether a section ends before a row.
    pub(super) fn closes(&self, row: usize) -> bool {
        self.galley.rows.get(row).is_none_or(|next| next.running.is_some())
    }

    /// The last figure before a row.
    pub(super) fn figure_before(&self, row: usize) -> Option<usize> {
        self.figures[row]
    }

    /// The first figure from a row on that may stand on the page after, or the sheets of a table
    /// that do; empty if there is none that a page can reach.
    pub(super) fn figure_after(&self, row: usize) -> Range<usize> {
        let rows = &self.galley.rows[row..];
        let first = rows.iter().take(MOST_ROWS).position(|row| row.float && !row.joined);
        let Some(first) = first else { return 0..0 };
        let sheets = 1 + rows[first + 1..].iter().take_while(|row| row.joined).count();
        let figure = &rows[first..first + sheets];
        let is_free = figure.last().is_some_and(|last| last.break_after.is_some());
        // The notes of a caption stay with the text around it.
        let has_notes = figure.iter().any(|row| !row.notes.is_empty());
        if is_free && !has_notes { row + first..row + first + sheets } else { 0..0 }
    }
}

/// A page while rows are added to it.
pub(super) struct Fill {
    /// Where it begins.
    pub from: State,
    /// Its first row of notes.
    pub notes: usize,
    /// Height of its rows so far.
    pub y: Length,
    /// A figure that is left to the next page, or the sheets of a table.
    pub deferred: Range<usize>,
    /// How much longer or shorter it can be.
    pub reach: Reach,
    above: Above,
}

impl Fill {
    /// The same page with something waiting before it that will wait behind it.
    fn waiting(mut self, from: State) -> Self {
        self.from = from;
        self
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: &Row, leading: Length) {
        self.y = top_of(row, self.y, leading, self.above) + row.height;
        self.above = self.above.below(row);
    }

    /// Passes over the figure that is left to the next page.
    pub(super) fn leave_out(&mut self) {
        self.above = self.above.without_figure();
    }
}

/// Rows that are looked at for a figure: more than any page holds.
const MOST_ROWS: usize = 200;

/// The rows repeated on top of a page that begins at a row.
pub(in crate::layout) fn repeated_head(galley: &Galley, from: usize) -> &[Row] {
    from.checked_sub(1)
        .and_then(|before| galley.rows[before].repeat)
        .and_then(|head| galley.heads.get(head))
        .map_or(&[], Vec::as_slice)
}

/// What stands above a row on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Above {
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
    pub(in crate::layout) fn below(self, row: &Row) -> Self {
        if self == Self::Top && row.heading { Self::Top } else { Self::Row }
    }

    /// The same when a figure goes to the next page instead.
    pub(in crate::layout) fn without_figure(self) -> Self {
        if self == Self::Top { Self::Top } else { Self::Departed }
    }

    /// The space above a row. What a figure wants below it goes with the figure: a row knows only
    /// the space that was due where it is written.
    pub(in crate::layout) fn space(self, row: &Row, leading: Length) -> Length {
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
pub(in crate::layout) fn top_of(row: &Row, y: Length, leading: Length, above: Above) -> Length {
    let top = y + above.space(row, leading);
    if row.grid {
        Length((top.0 + leading.0 - 1).div_euclid(leading.0.max(1)) * leading.0)
    } else {
        top
    }
}
