//! `<table>` in a block of HTML: rows and cells as HTML's parser would find them, also where
//! closing tags are left out (HTML, 13.1.2.4).

use super::grid::{self, Asked, Placed, Unruly};
use super::html::{Tag, Token, TokenKind};
use super::tree::{Align, Slots};
use std::ops::Range;

/// A table's rows.
pub(super) struct HtmlTable {
    /// The rows that name the columns.
    pub(super) head: Vec<HtmlRow>,
    /// The others.
    pub(super) rows: Vec<HtmlRow>,
    /// One for each column.
    pub(super) columns: Vec<Align>,
    /// The tokens of the caption.
    pub(super) caption: Range<usize>,
}

/// A row.
pub(super) struct HtmlRow {
    /// Its bytes.
    pub(super) bytes: Range<usize>,
    /// Its cells, from column to column.
    pub(super) cells: Vec<HtmlCell>,
    /// Which of the table's `<thead>`, `<tbody>` and `<tfoot>` it is in.
    group: usize,
    in_head: bool,
}

/// A cell.
pub(super) struct HtmlCell {
    /// Its bytes, tags left out.
    pub(super) bytes: Range<usize>,
    /// The tokens in it.
    pub(super) tokens: Range<usize>,
    /// Where it stands.
    pub(super) slots: Slots,
    /// Whether it names its row or column.
    pub(super) is_head: bool,
    align: Align,
    asked: Asked,
}

/// The number of tokens up to the table's closing tag; `None` if there is none, or if the table
/// holds another one.
pub(super) fn length(tokens: &[Token]) -> Option<usize> {
    let is = |name: &str| name.eq_ignore_ascii_case("table");
    for (at, token) in tokens.iter().enumerate().skip(1) {
        match &token.kind {
            TokenKind::Open(tag) if is(&tag.name) => return None,
            TokenKind::Close(name) if is(name) => return Some(at + 1),
            TokenKind::Open(_)
            | TokenKind::Close(_)
            | TokenKind::Text
            | TokenKind::Comment
            | TokenKind::Declaration => {}
        }
    }
    None
}

/// Reads the tokens of a table, its own tags at both ends.
pub(super) fn read(tokens: &[Token]) -> Result<HtmlTable, Unruly> {
    let (mut rows, caption) = written(tokens);
    let heads = heads(&mut rows);
    let asked = |row: &HtmlRow| grid::WrittenRow {
        group: row.group,
        cells: row.cells.iter().map(|cell| cell.asked).collect(),
    };
    let written: Vec<_> = rows.iter().map(asked).collect();
    let grid = grid::place(&written)?;
    let mut columns = vec![Align::None; grid.columns];
    for (row, placed) in rows.iter_mut().zip(grid.rows) {
        row.settle(placed);
        for cell in &row.cells {
            let column = &mut columns[cell.slots.column];
            if *column == Align::None {
                *column = cell.align;
            }
        }
    }
    let mut head = rows;
    let mut rows = head.split_off(heads);
    // A row without cells is not shown.
    head.retain(|row| !row.cells.is_empty());
    rows.retain(|row| !row.cells.is_empty());
    Ok(HtmlTable { head, rows, columns, caption })
}

/// The rows as they are written, and the tokens of the caption.
fn written(tokens: &[Token]) -> (Vec<HtmlRow>, Range<usize>) {
    let mut rows: Vec<HtmlRow> = Vec::new();
    let (mut in_head, mut in_cell, mut in_row) = (false, false, false);
    let (mut caption, mut group) = (0..0, 0);
    for (at, token) in tokens.iter().enumerate() {
        let (name, tag) = match &token.kind {
            TokenKind::Open(tag) => (tag.name.to_ascii_lowercase(), Some(tag)),
            TokenKind::Close(name) => (name.to_ascii_lowercase(), None),
            TokenKind::Text | TokenKind::Comment | TokenKind::Declaration => {
                if let (true, Some(cell)) = (in_cell, last_cell(&mut rows)) {
                    cell.take(at, token);
                }
                continue;
            }
        };
        match (name.as_str(), tag) {
            ("caption", Some(_)) => caption = at + 1..at + 1,
            ("caption", None) => caption.end = at,
            ("thead" | "tbody" | "tfoot", tag) => {
                (in_head, in_cell, in_row) = (tag.is_some() && name == "thead", false, false);
                group += 1;
            }
            ("tr", tag) => {
                (in_cell, in_row) = (false, tag.is_some());
                if tag.is_some() {
                    rows.push(HtmlRow::new(token, group, in_head));
                }
            }
            ("td" | "th", Some(tag)) => {
                if !in_row {
                    rows.push(HtmlRow::new(token, group, in_head));
                }
                (in_row, in_cell) = (true, true);
                let row = rows.last_mut().expect("a row was pushed if none is open");
                row.cells.push(HtmlCell::new(at, token, tag, name == "th"));
            }
            ("td" | "th", None) => in_cell = false,
            // Its own end; that of a table in a cell is the cell's.
            ("table", None) if at + 1 == tokens.len() => in_cell = false,
            (_, _) => {
                let cell = last_cell(&mut rows).filter(|_| in_cell);
                cell.into_iter().for_each(|cell| cell.take(at, token));
            }
        }
        if let Some(row) = rows.last_mut() {
            row.bytes.end = row.bytes.end.max(token.range.start);
        }
    }
    (rows, caption)
}

/// How many rows name the columns: those of the `<thead>` before all others; without one the first
/// row, if it has only heads, and those behind it that divide what it names. They are made a group.
fn heads(rows: &mut [HtmlRow]) -> usize {
    let mut count = rows.iter().take_while(|row| row.in_head).count();
    if count == 0 {
        let names = |row: &HtmlRow| !row.cells.is_empty() && row.cells.iter().all(|c| c.is_head);
        let divided = |row: &HtmlRow| row.cells.iter().any(|cell| cell.asked != Asked::ONE);
        while rows.get(count).is_some_and(names) && (count == 0 || divided(&rows[count - 1])) {
            count += 1;
        }
    }
    rows.iter_mut().take(count).for_each(|row| row.group = usize::MAX);
    count
}

fn last_cell(rows: &mut [HtmlRow]) -> Option<&mut HtmlCell> {
    rows.last_mut()?.cells.last_mut()
}

impl HtmlRow {
    fn new(token: &Token, group: usize, in_head: bool) -> Self {
        Self { bytes: token.range.clone(), cells: Vec::new(), group, in_head }
    }

    /// Gives the cells their slots, and puts empty ones where nobody stands.
    fn settle(&mut self, placed: Vec<Placed>) {
        let mut own = std::mem::take(&mut self.cells).into_iter();
        let end = self.bytes.end;
        for (number, slots) in placed {
            let cell = if number.is_some() { own.next() } else { None };
            let cell = cell.unwrap_or_else(|| HtmlCell::empty(end, slots));
            self.cells.push(HtmlCell { slots, ..cell });
        }
    }
}

impl HtmlCell {
    fn new(at: usize, token: &Token, tag: &Tag, is_head: bool) -> Self {
        let asked = Asked::read(tag.value("colspan"), tag.value("rowspan"));
        let empty = Self::empty(token.range.end, Slots::one(0));
        Self { tokens: at + 1..at + 1, is_head, align: align(tag), asked, ..empty }
    }

    /// A cell without content at a byte.
    fn empty(at: usize, slots: Slots) -> Self {
        let (bytes, tokens, asked) = (at..at, 0..0, Asked::ONE);
        Self { bytes, tokens, slots, is_head: false, align: Align::None, asked }
    }

    fn take(&mut self, at: usize, token: &Token) {
        self.tokens.end = at + 1;
        self.bytes.end = token.range.end;
    }
}

fn align(tag: &Tag) -> Align {
    let style = tag.value("style").unwrap_or("").replace(' ', "").to_ascii_lowercase();
    let said = style.split(';').find_map(|rule| rule.strip_prefix("text-align:"));
    match said.or(tag.value("align")).map(str::to_ascii_lowercase).as_deref() {
        Some("left" | "start") => Align::Left,
        Some("center") => Align::Center,
        Some("right" | "end") => Align::Right,
        Some(_) | None => Align::None,
    }
}
