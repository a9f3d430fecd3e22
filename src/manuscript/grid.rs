//! Where the cells of an HTML table stand (HTML, 4.9.12.1, "forming a table").
//!
//! HTML says of a cell how many columns and rows it takes, not where. Here every cell is given its
//! slots, so that each slot of the grid belongs to exactly one cell, as a tagged PDF wants it
//! (ISO 14289-1, 7.5). What makes tables irregular is put right: where two cells would overlap the
//! lower one gives way, a column in which no cell begins is none, a row without cells neither, and
//! slots that nobody takes are an empty cell.

use super::tree::Slots;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// More columns fit no page.
pub(crate) const MOST_COLUMNS: usize = 256;
/// Gaps are cells, too: a table has at most so many more gaps than cells, or a few bytes would be a
/// million cells.
const MOST_GAPS: usize = 20_000;
/// Cells of a table in Markdown that may be empty: beyond 262,144 that it adds to short rows the
/// parser ends the table.
pub(crate) const MOST_EMPTY: usize = 200_000;
/// A cell takes at most so many columns (HTML, 4.9.11).
const WIDEST: usize = 1_000;
/// A cell takes at most so many rows (HTML, 4.9.11).
const HIGHEST: usize = 65_534;

/// What a cell asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// How many columns.
    pub(crate) columns: usize,
    /// How many rows.
    pub(crate) rows: usize,
}

/// A row as it is written.
pub(crate) struct WrittenRow {
    /// The rows of a group stand behind one another, and no cell reaches out of its group.
    pub(crate) group: usize,
    /// What its cells ask for.
    pub(crate) cells: Vec<Asked>,
}

/// A cell of the grid: which of the cells that are written in its row, or a gap; and its slots.
pub(crate) type Placed = (Option<usize>, Slots);

/// A table whose cells have their slots.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// How many columns it has.
    pub(crate) columns: usize,
    /// For each row that is written its cells from column to column; none for a row that is left
    /// out.
    pub(crate) rows: Vec<Vec<Placed>>,
}

/// Why a table has no grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unruly {
    /// It has more than [`MOST_COLUMNS`].
    TooWide,
    /// It is mostly empty.
    TooEmpty,
}

impl Unruly {
    /// What the author is told; without a grid there is no table.
    pub(crate) fn complaint(self, span: Span) -> Diagnostic {
        let (message, help) = match self {
            Self::TooWide => (
                format!("a table of more than {MOST_COLUMNS} columns"),
                "divide it, or turn its columns into rows",
            ),
            Self::TooEmpty => (
                "most of this table are empty cells".to_owned(),
                "give its longest rows no more cells than the others have",
            ),
        };
        Diagnostic::new(Code::WideTable, span, message).severity(Severity::Error).help(help)
    }
}

impl Asked {
    /// One slot.
    pub(crate) const ONE: Self = Self { columns: 1, rows: 1 };

    /// What the attributes `colspan` and `rowspan` ask for; 0 rows are all that follow.
    pub(crate) fn read(columns: Option<&str>, rows: Option<&str>) -> Self {
        let columns = columns.and_then(number).unwrap_or(1).clamp(1, WIDEST);
        let rows = match rows.and_then(number).unwrap_or(1) {
            0 => HIGHEST,
            rows => rows.min(HIGHEST),
        };
        Self { columns, rows }
    }
}

/// The digits that a text begins with (HTML, 2.3.4.2); too many of them are the greatest number.
fn number(text: &str) -> Option<usize> {
    let text = text.trim_start();
    let text = text.strip_prefix('+').unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| text[..digits].parse().unwrap_or(usize::MAX))
}

/// A cell in columns that are still counted as they are written.
struct Loose {
    own: Option<usize>,
    columns: Range<usize>,
    rows: usize,
}

/// Columns that a cell of a row above takes, up to a row.
#[derive(Clone)]
struct Reach {
    columns: Range<usize>,
    until: usize,
}

/// Gives every cell its slots.
pub(crate) fn place(rows: &[WrittenRow]) -> Result<Grid, Unruly> {
    // Rows without cells are left out: how many others stand before each.
    let mut kept = vec![0; rows.len() + 1];
    for (at, row) in rows.iter().enumerate() {
        kept[at + 1] = kept[at] + usize::from(!row.cells.is_empty());
    }
    let (mut begins, mut placed) = (BTreeSet::new(), Vec::with_capacity(rows.len()));
    let mut above: Vec<Reach> = Vec::new();
    let (mut group_end, mut cells, mut gaps) = (0, 0, 0);
    for (at, row) in rows.iter().enumerate() {
        if at >= group_end {
            let same = rows[at..].iter().take_while(|other| other.group == row.group);
            group_end = at + same.count();
        }
        let rows_of = |asked: &Asked| {
            let until = at.saturating_add(asked.rows).min(group_end);
            (until, kept[until] - kept[at])
        };
        above.retain(|reach| reach.until > at);
        let line = line(row, &mut above, rows_of);
        begins.extend(line.iter().filter(|c| c.own.is_some()).map(|c| c.columns.start));
        cells += row.cells.len();
        gaps += line.len() - row.cells.len();
        if begins.len() > MOST_COLUMNS {
            return Err(Unruly::TooWide);
        }
        if gaps > cells + MOST_GAPS {
            return Err(Unruly::TooEmpty);
        }
        placed.push(line);
    }
    let begins: Vec<usize> = begins.into_iter().collect();
    let rows = placed.iter().map(|line| line.iter().filter_map(|c| slots(c, &begins)).collect());
    Ok(Grid { columns: begins.len(), rows: rows.collect() })
}

/// The cells of a row and the gaps behind them, around those that reach down from above; the
/// row's own ones are added to these.
fn line(
    row: &WrittenRow,
    above: &mut Vec<Reach>,
    rows_of: impl Fn(&Asked) -> (usize, usize),
) -> Vec<Loose> {
    if row.cells.is_empty() {
        return Vec::new();
    }
    let mut line = Vec::with_capacity(row.cells.len() + 1);
    let mut taken = Vec::with_capacity(above.len() + row.cells.len());
    let mut others = std::mem::take(above).into_iter().peekable();
    let mut column = 0;
    for (own, asked) in row.cells.iter().enumerate() {
        while let Some(other) = others.next_if(|other| other.columns.start == column) {
            column = other.columns.end;
            taken.push(other);
        }
        let free = others.peek().map_or(usize::MAX, |other| other.columns.start);
        let columns = column..(column + asked.columns).min(free);
        column = columns.end;
        let (until, rows) = rows_of(asked);
        taken.push(Reach { columns: columns.clone(), until });
        line.push(Loose { own: Some(own), columns, rows });
    }
    let gap = |columns: Range<usize>| Loose { own: None, columns, rows: 1 };
    for other in others {
        if column < other.columns.start {
            line.push(gap(column..other.columns.start));
        }
        column = other.columns.end;
        taken.push(other);
    }
    line.push(gap(column..usize::MAX));
    *above = taken;
    line
}

/// The slots of a cell when only those columns count in which a cell begins; `None` for a gap
/// between them.
fn slots(cell: &Loose, begins: &[usize]) -> Option<Placed> {
    let number = |column: usize| begins.partition_point(|begin| *begin < column);
    let (from, to) = (number(cell.columns.start), number(cell.columns.end));
    let columns = u16::try_from(to - from).ok().filter(|columns| *columns > 0)?;
    let rows = u16::try_from(cell.rows).unwrap_or(u16::MAX);
    Some((cell.own, Slots { column: from, columns, rows }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as "columns x rows" of each cell, groups parted by `/`; the grid as one letter for
    /// each written cell, `.` for a gap.
    fn drawn(text: &str) -> Result<String, Unruly> {
        let mut rows = Vec::new();
        for (group, part) in text.split('/').enumerate() {
            for row in part.split(';') {
                let cells = row.split_whitespace().map(|cell| {
                    let (columns, rows) = cell.split_once('x').expect("columns x rows");
                    Asked::read(Some(columns), Some(rows))
                });
                rows.push(WrittenRow { group, cells: cells.collect() });
            }
        }
        let grid = place(&rows)?;
        let mut slots = vec![vec![' '; grid.columns]; grid.rows.len()];
        let kept: Vec<usize> = (0..rows.len()).filter(|at| !grid.rows[*at].is_empty()).collect();
        let mut letters = 'a'..;
        for (number, at) in kept.iter().enumerate() {
            for (own, place) in &grid.rows[*at] {
                let letter = match own {
                    Some(_) => letters.next().expect("enough letters"),
                    None => '.',
                };
                for row in &kept[number..number + usize::from(place.rows)] {
                    for slot in &mut slots[*row][place.range()] {
                        assert_eq!(*slot, ' ', "two cells in one slot");
                        *slot = letter;
                    }
                }
            }
        }
        let lines: Vec<String> = kept.iter().map(|at| slots[*at].iter().collect()).collect();
        Ok(lines.join(" "))
    }

    #[test]
    fn cells_take_columns_and_rows() {
        assert_eq!(drawn("1x2 2x1;1x1 1x1").as_deref(), Ok("abb acd"));
        assert_eq!(drawn("1x1 1x1 1x1;2x2 1x1;1x1").as_deref(), Ok("abc dde ddf"));
    }

    #[test]
    fn no_cell_reaches_out_of_its_group() {
        assert_eq!(drawn("1x9 1x1/1x1 1x1;1x0 1x1;1x1").as_deref(), Ok("ab cd ef eg"));
    }

    #[test]
    fn a_cell_gives_way_to_one_from_above() {
        assert_eq!(drawn("1x1 1x2;3x1 1x1").as_deref(), Ok("ab. cbd"));
    }

    #[test]
    fn columns_and_rows_in_which_nothing_begins_are_none() {
        assert_eq!(drawn("1000x1;1x1").as_deref(), Ok("a b"));
        assert_eq!(drawn("1x3 4x1;;1x1 1x1").as_deref(), Ok("abb acd"));
    }

    #[test]
    fn slots_that_nobody_takes_are_empty_cells() {
        assert_eq!(drawn("1x1 1x1 1x1;1x1").as_deref(), Ok("abc d.."));
        assert_eq!(drawn("1x1 1x1 1x2;1x1").as_deref(), Ok("abc d.c"));
    }

    #[test]
    fn numbers_are_read_as_browsers_do() {
        let read = |columns, rows| {
            let Asked { columns, rows } = Asked::read(Some(columns), Some(rows));
            (columns, rows)
        };
        assert_eq!(read(" 2x", "+3"), (2, 3));
        assert_eq!(read("0", "0"), (1, HIGHEST));
        assert_eq!(read("-2", "two"), (1, 1));
        assert_eq!(read("99999999999999999999999", "70000"), (WIDEST, HIGHEST));
    }

    #[test]
    fn few_bytes_are_not_many_cells() {
        let head = "1x1 1x65534 ".repeat(100);
        let rows = ";1x1".repeat(1_000);
        assert_eq!(drawn(&format!("{head}{rows}")), Err(Unruly::TooEmpty));
        assert_eq!(drawn(&"1x1 ".repeat(257)), Err(Unruly::TooWide));
    }
}
