//! `--` is an en dash, `---` an em dash, `...` an ellipsis.

use super::{Cell, Kind};

/// Replaces runs of hyphens and full stops.
///
/// Longer runs are rules and leaders that somebody drew: they stay. So do `--flag` (a word
/// behind two hyphens with nothing before them is an option of a program) and the arrows `-->`
/// and `<--`.
pub(super) fn set(cells: Vec<Cell>) -> Vec<Cell> {
    let is_run = |pair: &[Cell]| pair[0].c == pair[1].c && matches!(pair[0].c, '-' | '.');
    if !cells.windows(2).any(is_run) {
        return cells;
    }
    let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut at = 0;
    while let Some(cell) = cells.get(at).copied() {
        let run = run(&cells, at);
        let replacement = match (cell.c, run) {
            ('-', 3) if !is_arrow(&cells, at, run) => Some("—"),
            ('-', 2) if !is_arrow(&cells, at, run) && !is_option(&cells, at) => Some("–"),
            ('.', 3) => Some("…"),
            // A sentence's full stop and an ellipsis (Chicago 13.53).
            ('.', 4) => Some(".…"),
            _ => None,
        };
        match replacement {
            Some(marks) => out.extend(marks.chars().map(|c| Cell { c, ..cell })),
            None => out.extend_from_slice(&cells[at..at + run]),
        }
        at += run;
    }
    out
}

/// How many equal hyphens or full stops of one text follow each other; 1 for anything else.
fn run(cells: &[Cell], at: usize) -> usize {
    let first = cells[at];
    if first.kind != Kind::Char || !matches!(first.c, '-' | '.') {
        return 1;
    }
    cells[at..].iter().take_while(|c| c.is(first.c) && c.leaf == first.leaf).count()
}

fn is_arrow(cells: &[Cell], at: usize, run: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| cells.get(i));
    before.is_some_and(|c| c.c == '<') || cells.get(at + run).is_some_and(|c| c.c == '>')
}

fn is_option(cells: &[Cell], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| cells.get(i));
    let free = before.is_none_or(|c| c.is_space() || matches!(c.c, '(' | '[' | '"' | '\'' | '/'));
    free && cells.get(at + 2).is_some_and(|c| c.c.is_alphabetic())
}
