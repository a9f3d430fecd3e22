//! The lines of cells as rows of a galley.
//!
//! A row of a table is one row of the galley, unless it takes a good part of a page: then each of its
//! lines is one.

use std::ops::Range;

use crate::geom::{Length, Point, Rect, Size};

use super::column::{WIDOW, baseline, shift};
use super::crowding;
use super::design::Style;
use super::galley::Row;
use super::pages::{Color, Item, Path};
use super::paragraph::SetLine;
use super::spans::CellLines;

/// Cost of a page break within a row, as much as a hole of nine lines.
pub(super) const DIVIDED: i64 = 60_000;

/// Where the cells of a table stand.
pub(super) struct Frame {
    /// Of each column the left edge and the width.
    pub(super) columns: Vec<(Length, Length)>,
    pub(super) left: Length,
    pub(super) width: Length,
    pub(super) style: Style,
    /// Above and below the text of a row.
    pub(super) pad: Length,
    /// Rows higher than this may be divided.
    pub(super) divisible: Length,
    /// Rows that a cell joins are kept together up to this height.
    pub(super) kept: Length,
}

impl Frame {
    pub(super) fn rule(&self, y: Length, weight: Length) -> Item {
        rule((self.left, self.width), y, weight)
    }

    /// Left edge and width of columns and the gaps between them.
    pub(super) fn across(&self, columns: Range<usize>) -> (Length, Length) {
        let columns = &self.columns[columns];
        let left = columns.iter().map(|(left, _)| *left).min().unwrap_or(self.left);
        let right = columns.iter().map(|(left, width)| *left + *width).max().unwrap_or(left);
        (left, right - left)
    }
}

/// A rule from a left edge on.
pub(super) fn rule((left, width): (Length, Length), y: Length, weight: Length) -> Item {
    let corner = Point::new(left, y - weight / 2);
    let area = Rect::new(corner, Size::new(width, weight));
    Item::Path(Path::rectangle(area, Color::BLACK))
}

/// A row of the body: whole where it is low, else a row of the galley for each line.
pub(super) fn body_row(cells: Vec<CellLines>, frame: &Frame) -> Vec<Row> {
    if height(&cells, frame) <= frame.divisible {
        return vec![whole(cells, frame)];
    }
    let count = most_lines(&cells);
    let mut rows: Vec<Row> = (1..=count)
        .map(|at| {
            let mut row = Row::blank(frame.style.leading);
            row.baseline = baseline(&frame.style);
            let alone = at == 1 || at + 1 == count;
            row.break_after = Some(if alone { DIVIDED + WIDOW } else { DIVIDED });
            row
        })
        .collect();
    for (row, (above, below)) in rows.iter_mut().zip(spills(&cells, frame)) {
        row.height += above + below;
        row.baseline += above;
    }
    if let Some(first) = rows.first_mut() {
        first.height += frame.pad;
        first.baseline += frame.pad;
    }
    if let Some(last) = rows.last_mut() {
        last.height += frame.pad;
    }
    for CellLines { left, lines, .. } in cells {
        for (row, line) in rows.iter_mut().zip(lines) {
            let y = row.baseline;
            add(row, line, left, y);
        }
    }
    rows
}

fn most_lines(cells: &[CellLines]) -> usize {
    cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0)
}

/// Height of a row of cells.
pub(super) fn height(cells: &[CellLines], frame: &Frame) -> Length {
    let lines = most_lines(cells).max(1);
    let spills: Length = spills(cells, frame).into_iter().map(|(above, below)| above + below).sum();
    frame.style.leading * i64::try_from(lines).unwrap_or(i64::MAX) + spills + frame.pad * 2
}

/// What the formulas of each line, in whatever cell, need beyond the leading: above and below.
fn spills(cells: &[CellLines], frame: &Frame) -> Vec<(Length, Length)> {
    let count = most_lines(cells);
    let mut spills = vec![(Length::ZERO, Length::ZERO); count];
    for cell in cells {
        for (line, known) in cell.lines.iter().zip(&mut spills) {
            let (above, below) = crowding::spill_in_cell(line, &frame.style);
            *known = (known.0.max(above), known.1.max(below));
        }
    }
    spills
}

/// All lines of some cells in one row of the galley.
pub(super) fn whole(cells: Vec<CellLines>, frame: &Frame) -> Row {
    let mut row = Row::blank(height(&cells, frame));
    row.baseline = baseline(&frame.style) + frame.pad;
    let spills = spills(&cells, frame);
    for CellLines { left, lines, .. } in cells {
        let mut y = row.baseline;
        for (line, (above, below)) in lines.into_iter().zip(&spills) {
            y += *above;
            add(&mut row, line, left, y);
            y += frame.style.leading + *below;
        }
    }
    row
}

/// Puts a line of a cell into a row.
fn add(row: &mut Row, line: SetLine, left: Length, y: Length) {
    for mut item in line.items {
        shift(&mut item, left, y);
        row.items.push(item);
    }
    row.notes.extend(line.notes);
    row.place = row.place.or(Some(line.place));
    row.span = row.span.or(Some(line.span));
}
