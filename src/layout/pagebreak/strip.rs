//! A galley as page breaking sees it: rows from top to bottom, what each adds to a page's height,
//! and the notes that have to stand below it.

use std::ops::Range;

use crate::geom::Length;
use crate::layout::galley::{Galley, Row};

use super::offers::Reach;
use super::states::{Best, State};
use super::{Block, Cut};

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
    /// The figures that float: their rows, which are several for the sheets of a table and for a
    /// picture across two pages.
    figures: Vec<Range<usize>>,
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
            figures: Vec::new(),
        };
        let (mut notes, mut last_note) = (0, 0);
        for (at, row) in galley.rows.iter().enumerate() {
            strip.called.push(notes);
            strip.last_note.push(last_note);
            for note in row.notes.iter().filter_map(|note| galley.notes.get(note)) {
                last_note = notes;
                notes += note.len();
            }
            match strip.figures.last_mut() {
                Some(figure) if row.float.is_some() && row.joined => figure.end = at + 1,
                _ if row.float.is_some() => strip.figures.push(at..at + 1),
                _ => {}
            }
        }
        strip.called.push(notes);
        strip.last_note.push(last_note);
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

    /// What is left of a page that ends before the row `to`, above the notes that are called on it.
    pub(super) fn room(&self, page: &Fill, to: usize) -> Length {
        self.block.depth - page.y - self.foot(page.notes..self.called(to))
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

    /// A page with the first of what waits for it at its top.
    pub(super) fn begin(&self, from: State, shown: usize) -> Fill {
        let mut page = Fill {
            from,
            notes: self.called[from.row] - from.carried,
            y: Length::ZERO,
            above: Above::Top,
            waiting: from.waiting - shown,
            leaves: if shown < from.waiting { from.row } else { usize::MAX },
            reach: Reach::new(),
        };
        for row in self.waiting(from)[..shown].iter().cloned().flatten() {
            page.add(&self.galley.rows[row], self.block.leading);
            page.above = Above::Arrived;
        }
        let head = repeated_head(self.galley, from.row);
        head.iter().for_each(|row| page.add(row, self.block.leading));
        if !head.is_empty() {
            page.above = Above::Top;
        }
        page
    }

    /// Whether one more of what waits has room below the first ones, on the same page.
    pub(super) fn fits_another(&self, from: State, shown: usize) -> bool {
        let next = &self.waiting(from)[shown];
        next.len() == 1 && self.begin(from, shown + 1).y <= self.block.depth
    }

    /// Whether a row is the first half of a picture across two pages.
    pub(super) fn opens_spread(&self, row: usize) -> bool {
        self.galley.rows.get(row).is_some_and(|row| row.opens_spread)
    }

    /// How many of the figures that float end before a row.
    fn figures_before(&self, row: usize) -> usize {
        self.figures.partition_point(|figure| figure.end <= row)
    }

    /// What waits in a state.
    pub(super) fn waiting(&self, state: State) -> &[Range<usize>] {
        let end = self.figures_before(state.row);
        &self.figures[end - state.waiting..end]
    }

    /// What it costs that figures wait in a state.
    pub(super) fn lateness(&self, state: State) -> i64 {
        let figures = if state.waiting > 0 { self.waiting(state) } else { &[] };
        figures.iter().filter_map(|figure| self.galley.rows[figure.start].float).sum()
    }

    /// What waited in one state and is shown before another.
    fn arrived(&self, from: State, to: State) -> &[Range<usize>] {
        let later = self.figures_before(to.row) - self.figures_before(from.row);
        let shown = from.waiting + later - to.waiting;
        &self.waiting(from)[..shown.min(from.waiting)]
    }

    /// How many pages lie between two states, at least one: sheets that waited have one each.
    pub(super) fn pages(&self, from: State, to: State) -> usize {
        if from.waiting == 0 {
            return 1;
        }
        self.arrived(from, to).first().map_or(1, Range::len)
    }

    /// The pages between two states, at least one.
    pub(super) fn cuts(&self, (from, to): (State, State), best: &Best) -> Vec<Cut> {
        let note = |state: State| self.called[state.row] - state.carried;
        let deferred = self.waiting(to).iter().cloned().flatten();
        let cut = |top: Vec<usize>| Cut {
            from: from.row,
            to: to.row,
            top,
            deferred: deferred.clone().filter(|at| *at >= from.row).collect(),
            notes: note(from)..note(to),
            empty: best.empty,
            overfull: best.overfull,
        };
        let top = self.arrived(from, to).iter().cloned();
        let cuts = match top.clone().next() {
            Some(sheets) if sheets.len() > 1 => sheets.map(|sheet| cut(vec![sheet])).collect(),
            _ => vec![cut(top.flatten().collect())],
        };
        let blank = best.blank.then(|| cut(Vec::new()));
        blank.into_iter().chain(cuts).collect()
    }

    /// Whether a section ends before a row.
    pub(super) fn closes(&self, row: usize) -> bool {
        self.galley.rows.get(row).is_none_or(|next| next.running.is_some())
    }

    /// Whether nothing but figures follows before a section ends.
    pub(super) fn text_closes(&self, row: usize) -> bool {
        let mut end = row;
        while !self.closes(end) && self.galley.rows[end].float.is_some() {
            end += 1;
        }
        self.closes(end)
    }

    /// The figure that a row belongs to.
    pub(super) fn figure_at(&self, row: usize) -> Range<usize> {
        let figure = self.figures.get(self.figures_before(row));
        figure.filter(|figure| figure.contains(&row)).cloned().unwrap_or(row..row + 1)
    }

    /// The figures from a row on that may stand on a later page.
    pub(super) fn figures_from(&self, row: usize) -> Vec<Range<usize>> {
        let first = self.figures.partition_point(|figure| figure.start < row);
        let near = self.figures[first..].iter().take(MOST_FIGURES);
        near.filter(|figure| self.may_wait(figure)).cloned().collect()
    }

    /// Whether a figure may stand on a later page.
    pub(super) fn may_wait(&self, figure: &Range<usize>) -> bool {
        let rows = &self.galley.rows[figure.clone()];
        let is_free = rows.last().is_some_and(|last| last.break_after.is_some());
        // The notes of a caption stay with the text around it.
        is_free && rows.iter().all(|row| row.notes.is_empty())
    }
}

/// So many figures of a page are tried on the next one, at most.
const MOST_FIGURES: usize = 12;

/// A page while rows are added to it.
#[derive(Clone)]
pub(super) struct Fill {
    /// Where it begins.
    pub from: State,
    /// Its first row of notes.
    pub notes: usize,
    /// Height of its rows so far.
    pub y: Length,
    /// How many figures wait for a later page.
    pub waiting: usize,
    /// The row from which on figures are left to later pages.
    pub leaves: usize,
    /// How much longer or shorter it can be.
    pub reach: Reach,
    above: Above,
}

impl Fill {
    /// The same page with figures left to later pages from a row on.
    pub(super) fn leaving(mut self, row: usize) -> Self {
        self.leaves = row;
        self
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: &Row, leading: Length) {
        self.y = top_of(row, self.y, leading, self.above) + row.height;
        self.above = self.above.below(row);
    }

    /// Passes over a figure that is left to a later page.
    pub(super) fn leave_out(&mut self) {
        self.above = self.above.without_figure();
    }
}

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
    /// Nothing, or headings alone, or what is repeated from the page before.
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
