//! `<table>` in a block of HTML: rows and cells as HTML's parser would find them, also where
//! closing tags are left out (HTML, 13.1.2.4).

use super::html::{Tag, Token, TokenKind};
use super::tree::Align;
use std::ops::Range;

/// A table's rows.
pub(super) struct HtmlTable {
    /// The first row, if it names the columns.
    pub(super) head: Option<HtmlRow>,
    /// The others.
    pub(super) rows: Vec<HtmlRow>,
    /// One for each column.
    pub(super) columns: Vec<Align>,
    /// The tokens of the caption.
    pub(super) caption: Range<usize>,
}

/// A row.
#[derive(Default)]
pub(super) struct HtmlRow {
    /// Its bytes.
    pub(super) bytes: Range<usize>,
    /// Its cells.
    pub(super) cells: Vec<HtmlCell>,
    is_head: bool,
    /// The cell that is filled.
    open: usize,
}

/// A cell.
pub(super) struct HtmlCell {
    /// Its bytes, tags left out.
    pub(super) bytes: Range<usize>,
    /// The tokens in it.
    pub(super) tokens: Range<usize>,
    is_head: bool,
    align: Align,
    /// How many rows it takes, its own included.
    rows: usize,
}

/// A table has at most so many columns: more fit no page.
const MOST_COLUMNS: usize = 256;

/// Cells that span others add at most about so many empty ones: a few bytes would be a million cells.
const MOST_ADDED: usize = 20_000;

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
pub(super) fn read(tokens: &[Token]) -> HtmlTable {
    let mut rows: Vec<HtmlRow> = Vec::new();
    let (mut in_head, mut in_cell, mut in_row) = (false, false, false);
    let (mut caption, mut added) = (0..0, 0);
    for (at, token) in tokens.iter().enumerate() {
        let (name, tag) = match &token.kind {
            TokenKind::Open(tag) => (tag.name.to_ascii_lowercase(), Some(tag)),
            TokenKind::Close(name) => (name.to_ascii_lowercase(), None),
            TokenKind::Text | TokenKind::Comment | TokenKind::Declaration => {
                if let (true, Some(cell)) = (in_cell, rows.last_mut().and_then(HtmlRow::open_cell))
                {
                    cell.take(at, token);
                }
                continue;
            }
        };
        match (name.as_str(), tag) {
            ("caption", Some(_)) => caption = at + 1..at + 1,
            ("caption", None) => caption.end = at,
            ("thead", tag) => (in_head, in_cell, in_row) = (tag.is_some(), false, false),
            ("tbody" | "tfoot", _) => (in_head, in_cell, in_row) = (false, false, false),
            ("tr", tag) => {
                (in_cell, in_row) = (false, tag.is_some());
                if tag.is_some() {
                    rows.push(HtmlRow::new(token, in_head));
                }
            }
            ("td" | "th", Some(tag)) => {
                if !in_row {
                    rows.push(HtmlRow::new(token, in_head));
                }
                (in_row, in_cell) = (true, true);
                let row = rows.last_mut().expect("a row was pushed if none is open");
                added += row.add(at, token, tag, name == "th", MOST_ADDED.saturating_sub(added));
            }
            ("td" | "th", None) => in_cell = false,
            // Its own end; that of a table in a cell is the cell's.
            ("table", None) if at + 1 == tokens.len() => in_cell = false,
            (_, _) => {
                let cell = rows.last_mut().and_then(HtmlRow::open_cell);
                cell.filter(|_| in_cell).into_iter().for_each(|cell| cell.take(at, token));
            }
        }
        if let Some(row) = rows.last_mut() {
            row.bytes.end = row.bytes.end.max(token.range.start);
        }
    }
    make_room(&mut rows);
    // A row without cells is not shown.
    rows.retain(|row| !row.cells.is_empty());
    finish(rows, caption)
}

fn finish(mut rows: Vec<HtmlRow>, caption: Range<usize>) -> HtmlTable {
    let names = rows.first().is_some_and(|row| row.is_head || row.cells.iter().all(|c| c.is_head));
    let count = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let align = |at: usize| {
        let mut said = rows.iter().filter_map(|row| Some(row.cells.get(at)?.align));
        said.find(|align| *align != Align::None).unwrap_or(Align::None)
    };
    let columns = (0..count).map(align).collect();
    let head = if names { Some(rows.remove(0)) } else { None };
    HtmlTable { head, rows, columns, caption }
}

/// Puts empty cells where a cell of a row above reaches down to, so that the others stand in their
/// columns. No cell reaches out of the head (HTML, 4.9.12.1).
fn make_room(rows: &mut [HtmlRow]) {
    // Of each column, how many rows are still taken.
    let mut taken: Vec<usize> = Vec::new();
    let (mut in_head, mut added) = (false, 0);
    for row in rows {
        if row.is_head != in_head {
            (in_head, taken) = (row.is_head, Vec::new());
        }
        if row.cells.is_empty() {
            taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            continue;
        }
        if added >= MOST_ADDED {
            taken.clear();
        }
        let reach = taken.iter().rposition(|rows| *rows > 0).map_or(0, |at| at + 1);
        let mut own = std::mem::take(&mut row.cells).into_iter().peekable();
        loop {
            let column = row.cells.len();
            let is_taken = taken.get(column).is_some_and(|rows| *rows > 0);
            if column >= MOST_COLUMNS || own.peek().is_none() && column >= reach {
                break;
            }
            let end = row.cells.last().map_or(row.bytes.start, |cell| cell.bytes.end);
            let cell = match own.next_if(|_| !is_taken) {
                Some(cell) => cell,
                None => {
                    added += 1;
                    HtmlCell::empty(0, end, false)
                }
            };
            taken.resize(taken.len().max(column + 1), 0);
            taken[column] = taken[column].saturating_sub(1).max(cell.rows - 1);
            row.cells.push(cell);
        }
    }
}

impl HtmlRow {
    fn new(token: &Token, is_head: bool) -> Self {
        Self { bytes: token.range.clone(), cells: Vec::new(), is_head, open: 0 }
    }

    /// Adds a cell, and empty ones for the columns that it spans, at most so many: how many.
    fn add(&mut self, at: usize, token: &Token, tag: &Tag, is_head: bool, most: usize) -> usize {
        let spans = tag.value("colspan").and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
        let room = MOST_COLUMNS.saturating_sub(self.cells.len()).min(most + 1);
        // 0 stands for all that follow.
        let rows = match tag.value("rowspan").and_then(|n| n.parse::<usize>().ok()) {
            Some(0) => usize::MAX,
            Some(rows) => rows,
            None => 1,
        };
        self.open = self.cells.len();
        for number in 0..spans.clamp(1, room.max(1)) {
            let align = if number == 0 { align(tag) } else { Align::None };
            let cell = HtmlCell::empty(at + 1, token.range.end, is_head);
            self.cells.push(HtmlCell { align, rows, ..cell });
        }
        self.cells.len() - self.open - 1
    }

    fn open_cell(&mut self) -> Option<&mut HtmlCell> {
        self.cells.get_mut(self.open)
    }
}

impl HtmlCell {
    /// A cell without content before a token.
    fn empty(token: usize, byte: usize, is_head: bool) -> Self {
        let (bytes, tokens) = (byte..byte, token..token);
        Self { bytes, tokens, is_head, align: Align::None, rows: 1 }
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
