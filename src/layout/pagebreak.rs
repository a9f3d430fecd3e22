//! Optimum page breaking: a galley is cut into pages so that the sum of what is ugly is least.
//!
//! The idea is Plass's ("Optimal Pagination Techniques for Automatic Typesetting Systems", 1981): a
//! dynamic programme over the legal breaks, as for lines. A page's cost is the emptiness at its
//! foot, the cost of the place where it breaks (widows, orphans, a hyphen), and the difference
//! between facing pages.

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
    /// Height that is taken at the top of the first page.
    pub taken: Length,
    /// Whether the first page is a recto.
    pub recto: bool,
}

/// One page of a galley: rows `from..to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// First row.
    pub from: usize,
    /// One past the last row.
    pub to: usize,
    /// Notes at its foot, in the order of their calls.
    pub notes: Vec<NoteId>,
    /// Whether its rows do not fit.
    pub overfull: bool,
}

/// Cost of `n` empty lines at the foot of a page, times `n` squared.
const EMPTY_LINE: i64 = 1_800;
/// Cost of facing pages that differ by `n` lines, times `n` squared.
const UNEVEN_FACING: i64 = 900;
/// Cost of a last page with fewer lines than this, for each line that is missing.
const SHORT_LAST: (i64, i64) = (4, 3_000);
/// A page ending in a hyphen costs more at the end of a recto: the reader has to turn.
const HYPHEN_ON_RECTO: i64 = 6_000;
/// A page whose rows do not fit: only when there is no other way.
const OVERFULL: i64 = 1_000_000_000;

/// The best way to cut before a row, for one parity of pages before it.
#[derive(Clone, Copy)]
struct Best {
    cost: i64,
    from: usize,
    empty: i64,
}

/// Cuts a galley; at least one page unless it has no rows.
pub(super) fn cut(galley: &Galley, block: Block) -> Vec<Cut> {
    let count = galley.rows.len();
    if count == 0 {
        return Vec::new();
    }
    let mut table: Vec<[Option<Best>; 2]> = vec![[None; 2]; count + 1];
    table[0][0] = Some(Best { cost: 0, from: 0, empty: 0 });
    for from in 0..count {
        for parity in 0..2 {
            if let Some(best) = table[from][parity] {
                extend(galley, block, (from, parity, best), &mut table);
            }
        }
    }
    trace(galley, block, &table)
}

/// Tries all pages that begin at a row.
fn extend(
    galley: &Galley,
    block: Block,
    (from, parity, best): (usize, usize, Best),
    table: &mut [[Option<Best>; 2]],
) {
    let recto = block.recto == (parity == 0);
    let mut page = Fill::new(galley, block, from);
    let mut offered = false;
    for to in from + 1..=galley.rows.len() {
        let row = &galley.rows[to - 1];
        page.add(row);
        let Some(place) = row.break_after.or((to == galley.rows.len()).then_some(0)) else {
            continue;
        };
        let empty = page.empty();
        let overfull = empty < Length::ZERO;
        if overfull && offered {
            break;
        }
        offered = true;
        let lines = empty.0.max(0) / block.leading.0.max(1);
        let mut cost = best.cost.saturating_add(place);
        if overfull {
            cost += OVERFULL;
        } else if to == galley.rows.len() {
            let used = block.depth.0 / block.leading.0.max(1) - lines;
            cost += (SHORT_LAST.0 - used).max(0) * SHORT_LAST.1 * i64::from(from > 0);
        } else {
            cost += EMPTY_LINE * lines * lines;
            if row.hyphen && recto {
                cost += HYPHEN_ON_RECTO;
            }
            // A verso faces the recto that follows it.
            if recto && from > 0 {
                let difference = lines - best.empty;
                cost += UNEVEN_FACING * difference * difference;
            }
        }
        let entry = &mut table[to][1 - parity];
        if entry.is_none_or(|old| cost < old.cost) {
            *entry = Some(Best { cost, from, empty: lines });
        }
        if overfull {
            break;
        }
    }
}

/// Walks back from the end.
fn trace(galley: &Galley, block: Block, table: &[[Option<Best>; 2]]) -> Vec<Cut> {
    let count = galley.rows.len();
    let last = &table[count];
    let mut parity = match (last[0], last[1]) {
        (Some(even), Some(odd)) => usize::from(odd.cost < even.cost),
        (None, _) => 1,
        (_, None) => 0,
    };
    let mut cuts = Vec::new();
    let mut to = count;
    while to > 0 {
        let best = table[to][parity].expect("every entry was reached from row 0");
        let mut page = Fill::new(galley, block, best.from);
        galley.rows[best.from..to].iter().for_each(|row| page.add(row));
        let overfull = page.empty() < Length::ZERO;
        cuts.push(Cut { from: best.from, to, notes: page.notes, overfull });
        to = best.from;
        parity = 1 - parity;
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
    first: bool,
}

impl<'g> Fill<'g> {
    fn new(galley: &'g Galley, block: Block, from: usize) -> Self {
        let mut y = if from == 0 { block.taken } else { Length::ZERO };
        for row in repeated_head(galley, from) {
            y += row.height;
        }
        let first = y == Length::ZERO;
        Self { galley, block, y, notes: Vec::new(), notes_height: Length::ZERO, first }
    }

    fn add(&mut self, row: &Row) {
        self.y = top_of(row, self.y, self.block.leading, self.first) + row.height;
        self.first = false;
        for note in &row.notes {
            if !self.notes.contains(note) {
                self.notes.push(*note);
                self.notes_height += note_height(self.galley, *note);
            }
        }
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

/// The y of a row's top below `y`: its space, then the grid.
pub(super) fn top_of(row: &Row, y: Length, leading: Length, first: bool) -> Length {
    let top = if first { y } else { y + row.space };
    if row.grid {
        Length((top.0 + leading.0 - 1).div_euclid(leading.0.max(1)) * leading.0)
    } else {
        top
    }
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
        Block {
            depth: LINE * lines,
            leading: LINE,
            note_gap: LINE,
            taken: Length::ZERO,
            recto: true,
        }
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
    fn notes_take_their_room_from_the_page_that_calls_them() {
        let mut rows: Vec<Row> = (0..12).flat_map(|_| paragraph(1)).collect();
        rows[8].notes.push(NoteId(0));
        let mut galley = Galley { rows, ..Galley::default() };
        galley.notes.insert(NoteId(0), paragraph(3));
        let pages = cut(&galley, block(10));
        assert_eq!(pages.iter().map(|c| (c.from, c.to)).collect::<Vec<_>>(), [(0, 8), (8, 12)]);
        assert_eq!(pages[1].notes, [NoteId(0)]);
    }
}
