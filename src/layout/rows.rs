//! The lines of a paragraph as rows of a galley, with what it costs to part them.

use crate::geom::Length;

use super::column::{WIDOW, baseline, shift};
use super::crowding;
use super::design::Style;
use super::galley::{Alone, Row};
use super::paragraph::SetLine;

/// Cost of a page break within a paragraph, where it leaves two lines on either side.
const IN_PARAGRAPH: i64 = 30;
/// Cost of a page that ends in a hyphen.
const HYPHEN_AT_END: i64 = 1_200;

/// The lines of a paragraph as rows that can be parted, with care for widows and orphans.
pub(super) fn paragraph_rows(
    lines: Vec<SetLine>,
    style: &Style,
    place: (Length, bool),
) -> impl Iterator<Item = Row> {
    let count = lines.len();
    let mut upper = Vec::new();
    lines.into_iter().enumerate().map(move |(at, line)| {
        let formulas = crowding::areas(&line.items);
        let apart = crowding::overlap(&upper, &formulas, style);
        upper = formulas;
        let mut row = line_row(line, style, place);
        if apart > Length::ZERO {
            row.height += apart;
            row.baseline += apart;
            row.items.iter_mut().for_each(|item| shift(item, Length::ZERO, apart));
        }
        row.alone = match (at + 1, count - at - 1) {
            (_, 1) => Some(Alone::Widow),
            (1, rest) if rest > 0 => Some(Alone::Orphan),
            _ => None,
        };
        let cost = match (at + 1, count - at - 1) {
            (_, 0) => 0,
            (1, 1) => 2 * WIDOW,
            (1, _) | (_, 1) => WIDOW,
            _ => IN_PARAGRAPH,
        };
        row.break_after = Some(cost + if row.hyphen { HYPHEN_AT_END } else { 0 });
        row
    })
}

/// A line as a row, so far from the left, on the grid or not.
pub(super) fn line_row(line: SetLine, style: &Style, (left, grid): (Length, bool)) -> Row {
    // A high formula pushes its line down, a deep one the next line.
    let (above, below) = crowding::spill(&line, style);
    let baseline = baseline(style) + above;
    let mut row = Row::blank(style.leading + above + below);
    row.grid = grid;
    row.baseline = baseline;
    row.items = line.items;
    for item in &mut row.items {
        shift(item, left, baseline);
    }
    row.notes = line.notes;
    row.place = Some(line.place);
    row.hyphen = line.hyphen;
    row.span = Some(line.span);
    row
}
