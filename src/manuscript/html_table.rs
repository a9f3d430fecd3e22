//! `<table>` in a block of HTML: rows and cells as HTML's parser would find them, also where
//! closing tags are left out (HTML, 13.1.2.4).

use super::grid::{self, Asked, Placed, Unruly};
use super::tree::{Align, Slots};
use crate::html::tokens::{Tag, Token, TokenKind};
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
    /// The tokens that stand in no cell.
    pub(super) stray: Vec<usize>,
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
            | TokenKind::OpenComment
            | TokenKind::Program
            | TokenKind::Declaration => {}
        }
    }
    None
}

/// Reads the tokens of a table, its own tags at both ends.
pub(super) fn read(tokens: &[Token]) -> Result<HtmlTable, Unruly> {
    let mut reading = Reading::default();
    for (at, token) in tokens.iter().enumerate().take(tokens.len().saturating_sub(1)).skip(1) {
        reading.token(at, token);
    }
    let Reading { mut rows, caption, stray, .. } = reading;
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
    Ok(HtmlTable { head, rows, columns, caption, stray })
}

/// A table up to a token.
#[derive(Default)]
struct Reading {
    rows: Vec<HtmlRow>,
    caption: Range<usize>,
    stray: Vec<usize>,
    group: usize,
    in_head: bool,
    in_row: bool,
    within: Within,
}

/// What takes the content that comes next.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    /// Nothing.
    #[default]
    Table,
    Caption,
    /// The last cell.
    Cell,
}

impl Reading {
    fn token(&mut self, at: usize, token: &Token) {
        match &token.kind {
            TokenKind::Open(tag) => {
                if !self.opens(at, token, tag) {
                    self.content(at, token);
                }
            }
            TokenKind::Close(name) => {
                if !self.closes(&name.to_ascii_lowercase()) {
                    self.content(at, token);
                }
            }
            TokenKind::Text
            | TokenKind::Comment
            | TokenKind::OpenComment
            | TokenKind::Program
            | TokenKind::Declaration => self.content(at, token),
        }
        if let Some(row) = self.rows.last_mut() {
            row.bytes.end = row.bytes.end.max(token.range.start);
        }
    }

    /// Whether a tag begins a part of the table; it ends what was open before.
    fn opens(&mut self, at: usize, token: &Token, tag: &Tag) -> bool {
        let name = tag.name.to_ascii_lowercase();
        self.within = match name.as_str() {
            "caption" => {
                self.caption = at + 1..at + 1;
                Within::Caption
            }
            "thead" | "tbody" | "tfoot" => {
                (self.in_head, self.in_row) = (name == "thead", false);
                self.group += 1;
                Within::Table
            }
            "tr" => {
                self.in_row = true;
                self.rows.push(HtmlRow::new(token, self.group, self.in_head));
                Within::Table
            }
            "td" | "th" => {
                if !self.in_row {
                    self.rows.push(HtmlRow::new(token, self.group, self.in_head));
                }
                self.in_row = true;
                let row = self.rows.last_mut().expect("a row was pushed if none is open");
                row.cells.push(HtmlCell::new(at, token, tag, name == "th"));
                Within::Cell
            }
            "col" | "colgroup" => Within::Table,
            _ => return false,
        };
        true
    }

    /// Whether a tag ends a part of the table.
    fn closes(&mut self, name: &str) -> bool {
        match name {
            "caption" | "td" | "th" | "col" | "colgroup" => {}
            "tr" => self.in_row = false,
            "thead" | "tbody" | "tfoot" => {
                (self.in_head, self.in_row) = (false, false);
                self.group += 1;
            }
            _ => return false,
        }
        self.within = Within::Table;
        true
    }

    fn content(&mut self, at: usize, token: &Token) {
        match self.within {
            Within::Caption => self.caption.end = at + 1,
            Within::Cell => {
                let cell = self.rows.last_mut().and_then(|row| row.cells.last_mut());
                cell.into_iter().for_each(|cell| cell.take(at, token));
            }
            Within::Table => self.stray.push(at),
        }
    }
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
