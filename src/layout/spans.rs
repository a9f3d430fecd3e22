//! Cells that take several rows of a table: their lines are dealt out to these rows.
//!
//! The lines of such a cell stand on the same baselines as those beside them, so that afterwards
//! every row can be set, and parted from the next one, as if no cell reached over it. What does not
//! fit beside the other cells makes the last of its rows higher.

use std::ops::Range;

use crate::book::Slots;
use crate::geom::Length;

use super::paragraph::SetLine;

/// The lines of a cell, or those that stand in one row.
pub(super) struct CellLines {
    /// Left edge of its columns.
    pub left: Length,
    /// The slots it takes.
    pub slots: Slots,
    /// Its lines.
    pub lines: Vec<SetLine>,
}

/// The rows that belong together because cells reach from one to the next; a row that nothing
/// joins is alone. `reach` says of a row how many rows its highest cell takes.
pub(super) fn joined(count: usize, reach: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut first, mut end) = (0, 0);
    for row in 0..count {
        end = end.max(row + reach(row)).min(count);
        if end == row + 1 {
            out.push(first..end);
            first = end;
        }
    }
    out
}

/// Deals the lines of joined rows out; each row then holds what stands beside its own lines. Says of
/// each row, too, whether a text goes on from it to the next one.
pub(super) fn deal(rows: Vec<Vec<CellLines>>) -> Vec<(Vec<CellLines>, bool)> {
    let mut depths: Vec<usize> = rows.iter().map(|row| depth(row)).collect();
    let mut out: Vec<(Vec<CellLines>, bool)> = Vec::with_capacity(rows.len());
    let mut wide = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        let (own, over): (Vec<_>, Vec<_>) = row.into_iter().partition(|cell| cell.slots.rows <= 1);
        out.push((own, false));
        wide.extend(over.into_iter().map(|cell| (at..at + usize::from(cell.slots.rows), cell)));
    }
    wide.sort_by_key(|(rows, _)| rows.end);
    for (rows, cell) in &wide {
        let room: usize = depths[rows.clone()].iter().sum();
        depths[rows.end - 1] += cell.lines.len().saturating_sub(room);
    }
    for (rows, cell) in wide {
        let mut lines = cell.lines.into_iter().peekable();
        for at in rows {
            let part: Vec<SetLine> = lines.by_ref().take(depths[at]).collect();
            let (cells, goes_on) = &mut out[at];
            *goes_on |= lines.peek().is_some();
            let slots = Slots { rows: 1, ..cell.slots };
            cells.push(CellLines { lines: part, slots, ..cell });
        }
    }
    out.iter_mut().for_each(|(cells, _)| cells.sort_by_key(|cell| cell.slots.column));
    out
}

/// How many lines a row has of its own.
fn depth(row: &[CellLines]) -> usize {
    let own = row.iter().filter(|cell| cell.slots.rows <= 1).map(|cell| cell.lines.len());
    own.max().unwrap_or(0).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_joined_as_far_as_cells_reach() {
        let reach = [1, 2, 1, 3, 2, 1, 1];
        assert_eq!(joined(7, |row| reach[row]), [0..1, 1..3, 3..6, 6..7]);
        assert_eq!(joined(3, |row| if row == 0 { 9 } else { 1 }), vec![0..3; 1]);
        assert!(joined(0, |_| 1).is_empty());
    }
}
