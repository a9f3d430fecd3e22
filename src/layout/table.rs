//! Tables: columns as wide as their cells want, a head that is repeated, rows kept whole.
//!
//! Three horizontal rules and no vertical ones (Bringhurst 4.4; the LaTeX package booktabs). How
//! wide columns are is [`super::widths`]' business. A table that is too wide for its words is set
//! smaller, down to [`SMALLEST_PERCENT`] of its size; one that is too wide even so stands on its side
//! ([`super::turned`]); what is still too wide is set as small as it must be, and is a complaint.
//! A row is divided between pages only when it takes a good part of one. In a language that runs
//! from right to left so do the columns.

use crate::book::{Alignment, CellRole, Slots, Table, TableCell, TableRow};
use crate::diag::{Code, Diagnostic};
use crate::geom::Length;

use super::cells::{DIVIDED, Frame, body_row, height, rule, whole};
use super::column::Column;
use super::design::{Align, Style};
use super::galley::Row;
use super::inline::{Flat, flatten};
use super::pages::{CellSpan, Item, Mark, Scope, TagId, TagKind};
use super::paragraph::{Extent, Setting, extent, set};
use super::spans::{self, CellLines};
use super::statistics::Remark;
use super::widths::Columns;

/// Weight of the outer rules.
const HEAVY: Length = Length::milli_pt(800);
/// Weight of the rule below the head.
const LIGHT: Length = Length::milli_pt(400);
/// A table that is too wide is set smaller down to this share of its size, in percent.
pub(super) const SMALLEST_PERCENT: i64 = 75;
/// Below this share it cannot be read by anybody, so that cells rather run into one another.
const ILLEGIBLE_PERCENT: i64 = 30;
/// Cost of a page break between rows.
const IN_TABLE: i64 = 400;
/// The same in a table that takes no more than this share of a page, in percent.
const IN_SMALL_TABLE: i64 = 12_000;
const SMALL_PERCENT: i64 = 25;
/// Cost of leaving the first or the last row alone.
const LONELY_ROW: i64 = 8_000;
/// Cost of a page break between rows that a cell joins, where they are too high to be kept together.
const JOINED: i64 = 8_000;
/// Rows that take more than this share of a page, in percent, may be divided between pages.
const DIVISIBLE_PERCENT: i64 = 33;
/// Rows that a cell joins stay on one page if they take no more than this share of it, in percent.
const KEPT_PERCENT: i64 = 50;

/// A cell, flattened once.
struct Cell {
    flat: Flat,
    slots: Slots,
    align: Align,
    extent: Extent,
}

impl Cell {
    fn shrink(&mut self, percent: i64) {
        for segment in &mut self.flat.segments {
            segment.look.size = segment.look.size.scale(percent, 100);
            segment.look.rise = segment.look.rise.scale(percent, 100);
        }
    }
}

/// A table whose texts are flattened: only its size and its widths are open.
pub(super) struct Grid<'t> {
    pub table: &'t Table,
    /// The caption and its element.
    caption_tag: Option<TagId>,
    head: Vec<Vec<Cell>>,
    body: Vec<Vec<Cell>>,
    columns: Columns,
    pub style: Style,
}

impl Grid<'_> {
    /// The size in percent at which the table fits into a measure.
    pub(super) fn percent(&self, measure: Length) -> i64 {
        self.columns.percent(measure, SMALLEST_PERCENT)
    }

    /// Sets everything smaller.
    pub(super) fn shrink(&mut self, percent: i64) {
        self.style.size = self.style.size.scale(percent, 100);
        self.style.leading = self.style.leading.scale(percent, 100);
        self.columns.shrink(percent);
        self.head.iter_mut().chain(&mut self.body).flatten().for_each(|cell| cell.shrink(percent));
    }

    /// Width of the whole table in a measure.
    pub(super) fn width(&self, measure: Length) -> Length {
        self.columns.widths(measure).into_iter().sum::<Length>() + self.columns.gaps()
    }
}

impl Column<'_, '_> {
    /// A table: a row of the galley for each row of the table, or for each line of a high one.
    pub(super) fn table(&mut self, table: &Table) {
        let tag = self.setter.structure.child(self.tag, TagKind::Table);
        let summary = crate::book::table_in_words(&self.setter.language, table);
        self.setter.structure.tag_mut(tag).summary = summary;
        self.space(self.half_line());
        if let Some(anchor) = table.anchor {
            self.setter.structure.tag_mut(tag).anchor = Some(anchor);
            self.anchors.push(anchor);
        }
        let mut grid = self.flat_table(table, tag);
        let percent = grid.percent(self.measure);
        if percent >= SMALLEST_PERCENT {
            if percent < 100 {
                grid.shrink(percent);
                self.setter.remark(Remark::TableShrunk, table.span);
            }
            self.table_rows(&grid, self.setter.design.depth);
        } else if !self.turned_table(&mut grid) {
            self.shrink_as_must_be(&mut grid, self.measure);
            self.table_rows(&grid, self.setter.design.depth);
        }
        self.setter.bears_overfull = false;
        self.space(self.half_line());
        self.indent_next = false;
    }

    /// Sets a table smaller than is good, and complains.
    pub(super) fn shrink_as_must_be(&mut self, grid: &mut Grid<'_>, measure: Length) {
        let percent = grid.percent(measure).clamp(ILLEGIBLE_PERCENT, 100);
        grid.shrink(percent);
        grid.style.hyphenate = true;
        self.setter.bears_overfull = true;
        self.setter.remark(Remark::TableShrunk, grid.table.span);
        let count = grid.table.columns;
        let message = format!(
            "a table of {count} columns is too wide: it is set in type of {} pt",
            grid.style.size
        );
        self.setter.diagnostics.push(
            Diagnostic::new(Code::WideTable, grid.table.span, message)
                .help("divide it, turn its columns into rows, or say less in them"),
        );
    }

    fn flat_table<'t>(&mut self, table: &'t Table, tag: TagId) -> Grid<'t> {
        let structure = &mut self.setter.structure;
        let caption_tag = table.caption.is_some().then(|| structure.child(tag, TagKind::Caption));
        let style = self.setter.design.styles.table;
        // A head without a body would not be a table (ISO 14289-1, 7.2): its rows are the body.
        let head_kind = if table.body.is_empty() { TagKind::TableBody } else { TagKind::TableHead };
        let head_tag = self.setter.structure.child(tag, head_kind);
        let head = self.cells(&table.head, &style, head_tag);
        let body_tag = self.setter.structure.child(tag, TagKind::TableBody);
        let body = self.cells(&table.body, &style, body_tag);
        let row = |row: &Vec<Cell>| row.iter().map(|cell| (cell.slots, cell.extent)).collect();
        let extents: Vec<Vec<(Slots, Extent)>> = head.iter().chain(&body).map(row).collect();
        let gap = self.style.size.scale(120, 100);
        let columns = Columns::new(table.columns, gap, &extents);
        Grid { table, caption_tag, head, body, columns, style }
    }

    fn cells(&mut self, rows: &[TableRow], style: &Style, tag: TagId) -> Vec<Vec<Cell>> {
        let mut out = Vec::new();
        for row in rows {
            let row_tag = self.setter.structure.child(tag, TagKind::TableRow);
            let mut cells = Vec::new();
            for cell in &row.cells {
                let TableCell { role, slots, align, text } = cell;
                let span = CellSpan { rows: slots.rows, columns: slots.columns };
                let (kind, style) = match role {
                    CellRole::Data => (TagKind::TableData(span), *style),
                    CellRole::ColumnHead => {
                        (TagKind::TableHeader(Scope::Column, span), bold(*style))
                    }
                    CellRole::RowHead => (TagKind::TableHeader(Scope::Row, span), bold(*style)),
                };
                let cell_tag = self.setter.structure.child(row_tag, kind);
                let flat = flatten(self.setter, text, &style, cell_tag);
                let extent = extent(self.setter, &flat, &style);
                let align = match align {
                    Alignment::Start => Align::Start,
                    Alignment::Center => Align::Center,
                    Alignment::End => Align::End,
                };
                cells.push(Cell { flat, slots: *slots, align, extent });
            }
            out.push(cells);
        }
        out
    }

    /// The caption and all rows, for pages of some depth.
    pub(super) fn table_rows(&mut self, grid: &Grid<'_>, depth: Length) {
        if let (Some(caption), Some(tag)) = (&grid.table.caption, grid.caption_tag) {
            self.caption_above(caption, tag);
        }
        let frame = self.frame(grid, depth);
        let first = self.galley.rows.len();
        let heads = self.head_rows(grid, &frame);
        let height: Length = heads.iter().map(|row| row.height).sum();
        // A head that takes half a page would leave no room for what it stands above.
        let repeat =
            (!heads.is_empty() && height <= depth / 2).then(|| self.add_head(furniture_of(&heads)));
        for mut row in heads {
            row.break_after = None;
            self.push(row);
        }
        let count = grid.body.len();
        let reach = |at: usize| highest(&grid.body[at]);
        for block in spans::joined(count, reach) {
            let end = block.end;
            for (at, mut parts) in block.clone().zip(self.joined_rows(&grid.body[block], &frame)) {
                parts.iter_mut().for_each(|row| row.repeat = repeat);
                let last = parts.last_mut().filter(|_| at + 1 == end);
                match last {
                    Some(last) if end == count => {
                        let y = last.height;
                        last.items.push(frame.rule(y, HEAVY));
                        last.break_after = Some(0);
                        last.repeat = None;
                    }
                    Some(last) => {
                        let is_lonely = end == 1 || end + 1 == count;
                        let cost = if is_lonely { LONELY_ROW } else { IN_TABLE };
                        last.break_after =
                            Some(if names(&grid.table.body[at]) { DIVIDED } else { cost });
                    }
                    None => {}
                }
                parts.into_iter().for_each(|row| self.push(row));
            }
        }
        let rows = &mut self.galley.rows[first..];
        let height: Length = rows.iter().map(|row| row.height).sum();
        if height <= depth.scale(SMALL_PERCENT, 100) {
            let between = rows.iter_mut().rev().skip(1).filter_map(|row| row.break_after.as_mut());
            between.for_each(|cost| *cost = IN_SMALL_TABLE.max(*cost));
        }
        // What is said about the table is said of the page on which it begins.
        rows.iter_mut().take(1).for_each(|row| row.span = Some(grid.table.span));
    }

    fn frame(&self, grid: &Grid<'_>, depth: Length) -> Frame {
        let widths = grid.columns.widths(self.measure);
        let width = widths.iter().copied().sum::<Length>() + grid.columns.gaps();
        let turned = self.setter.right_to_left;
        let left = if turned { self.left + self.measure - width } else { self.left };
        let mut x = Length::ZERO;
        let mut columns = Vec::with_capacity(widths.len());
        for own in widths {
            let start = if turned { width - x - own } else { x };
            columns.push((left + start, own));
            x += own + grid.columns.gap();
        }
        let style = grid.style;
        let pad = style.leading.scale(14, 100);
        let divisible = depth.scale(DIVISIBLE_PERCENT, 100);
        let kept = depth.scale(KEPT_PERCENT, 100);
        Frame { columns, left, width, style, pad, divisible, kept }
    }

    /// The head with its rules; a light one joins a head with those that divide it.
    fn head_rows(&mut self, grid: &Grid<'_>, frame: &Frame) -> Vec<Row> {
        let lines = grid.head.iter().map(|cells| self.cell_lines(cells, frame)).collect();
        let rows = spans::deal(lines).into_iter().map(|(cells, _)| whole(cells, frame));
        let mut rows: Vec<Row> = rows.collect();
        if let Some(first) = rows.first_mut() {
            first.items.insert(0, frame.rule(Length::ZERO, HEAVY));
        }
        for (at, cells) in grid.head.iter().enumerate() {
            for cell in cells.iter().filter(|cell| cell.slots.columns > 1) {
                let last = at + usize::from(cell.slots.rows);
                if let (Some(row), true) = (rows.get_mut(last - 1), last < grid.head.len()) {
                    let y = row.height;
                    row.items.push(rule(frame.across(cell.slots.range()), y, LIGHT));
                }
            }
        }
        if let Some(last) = rows.last_mut() {
            let y = last.height;
            last.items.push(frame.rule(y, LIGHT));
        }
        rows
    }

    /// Rows of the body that cells join, each in the rows of the galley that it takes. They are
    /// kept on one page unless they take a good part of it.
    fn joined_rows(&mut self, rows: &[Vec<Cell>], frame: &Frame) -> Vec<Vec<Row>> {
        let lines = rows.iter().map(|cells| self.cell_lines(cells, frame)).collect();
        let dealt = spans::deal(lines);
        let height: Length = dealt.iter().map(|(cells, _)| height(cells, frame)).sum();
        let is_low = height <= frame.kept;
        let count = dealt.len();
        let row = |(number, (cells, goes_on)): (usize, (Vec<CellLines>, bool))| {
            let mut parts = body_row(cells, frame);
            if number < count
                && let Some(last) = parts.last_mut()
            {
                let cost = if goes_on { DIVIDED } else { JOINED };
                last.break_after = (!is_low).then_some(cost);
            }
            parts
        };
        (1..).zip(dealt).map(row).collect()
    }

    fn cell_lines(&mut self, cells: &[Cell], frame: &Frame) -> Vec<CellLines> {
        let mut out = Vec::with_capacity(cells.len());
        for cell in cells {
            let style = Style { align: cell.align, ..frame.style };
            let (left, measure) = frame.across(cell.slots.range());
            let setting = Setting::new(measure, Length::ZERO);
            let lines = set(self.setter, &cell.flat, &style, setting);
            out.push(CellLines { left, slots: cell.slots, lines });
        }
        out
    }
}

/// Whether a row only names those below it.
fn names(row: &TableRow) -> bool {
    row.cells.iter().all(|cell| cell.role == CellRole::ColumnHead)
}

/// How many rows the highest of a row's cells takes.
fn highest(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| usize::from(cell.slots.rows)).max().unwrap_or(1)
}

fn bold(style: Style) -> Style {
    let family = crate::font::Family { regular: style.family.bold, ..style.family };
    Style { family, ..style }
}

/// A repeated head is furniture: it was read where the table began.
fn furniture_of(rows: &[Row]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    for row in &mut rows {
        row.anchors.clear();
        row.notes.clear();
        row.place = None;
        row.items.retain(|item| !matches!(item, Item::Link(_)));
        for item in &mut row.items {
            match item {
                Item::Glyphs(glyphs) => glyphs.mark = Mark::Layout,
                Item::Image(image) => image.mark = Mark::Layout,
                Item::Path(path) => path.mark = Mark::Layout,
                Item::Formula(formula) => formula.set_mark(Mark::Layout),
                Item::Link(_) => {}
            }
        }
    }
    rows
}
