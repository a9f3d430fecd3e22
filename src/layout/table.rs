//! Tables: columns as wide as their cells want, a head that is repeated, rows kept whole.
//!
//! Three horizontal rules and no vertical ones (Bringhurst 4.4; the LaTeX package booktabs). How
//! wide columns are is [`super::widths`]' business. A table that is too wide for its words is set
//! smaller, down to [`SMALLEST_PERCENT`] of its size; one that is too wide even so stands on its side
//! ([`super::turned`]); what is still too wide is set as small as it must be, and is a complaint.
//! A row is divided between pages only when it takes a good part of one. In a language that runs
//! from right to left so do the columns.

use crate::book::{Alignment, Table, TableRow};
use crate::diag::{Code, Diagnostic};
use crate::geom::{Length, Point, Rect, Size};

use super::column::{Column, WIDOW, shift};
use super::crowding;
use super::design::{Align, Style};
use super::galley::Row;
use super::inline::{Flat, flatten};
use super::pages::{Color, Item, Mark, Path, Scope, TagId, TagKind};
use super::paragraph::{Extent, SetLine, Setting, extent, set};
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
/// Cost of a page break within a row, as much as a hole of nine lines.
const DIVIDED: i64 = 60_000;
/// Rows that take more than this share of a page, in percent, may be divided between pages.
const DIVISIBLE_PERCENT: i64 = 33;

/// A cell, flattened once.
struct Cell {
    flat: Flat,
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
    /// Between columns.
    gap: Length,
}

impl Grid<'_> {
    /// Room for the columns in a measure.
    fn room(&self, measure: Length) -> Length {
        measure - self.gaps()
    }

    fn gaps(&self) -> Length {
        let gaps = self.table.columns.len().saturating_sub(1);
        self.gap * i64::try_from(gaps).unwrap_or(i64::MAX)
    }

    /// The size in percent at which the table fits into a measure.
    pub(super) fn percent(&self, measure: Length) -> i64 {
        self.columns.percent(measure, self.gaps(), SMALLEST_PERCENT)
    }

    /// Sets everything smaller.
    pub(super) fn shrink(&mut self, percent: i64) {
        self.style.size = self.style.size.scale(percent, 100);
        self.style.leading = self.style.leading.scale(percent, 100);
        self.gap = self.gap.scale(percent, 100);
        self.columns.shrink(percent);
        self.head.iter_mut().chain(&mut self.body).flatten().for_each(|cell| cell.shrink(percent));
    }

    /// Width of the whole table in a measure.
    pub(super) fn width(&self, measure: Length) -> Length {
        self.columns.widths(self.room(measure)).into_iter().sum::<Length>() + self.gaps()
    }
}

/// Where the cells of a table stand.
struct Frame {
    /// Of each column the left edge and the width.
    columns: Vec<(Length, Length)>,
    left: Length,
    width: Length,
    style: Style,
    /// Above and below the text of a row.
    pad: Length,
    /// Rows higher than this may be divided.
    divisible: Length,
}

impl Frame {
    fn rule(&self, y: Length, weight: Length) -> Item {
        let corner = Point::new(self.left, y - weight / 2);
        let area = Rect::new(corner, Size::new(self.width, weight));
        Item::Path(Path::rectangle(area, Color::BLACK))
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
        let count = grid.table.columns.len();
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
        let head = self.cells(&table.head, table, &bold(style), head_tag);
        let body_tag = self.setter.structure.child(tag, TagKind::TableBody);
        let body = self.cells(&table.body, table, &style, body_tag);
        let extents: Vec<Vec<Extent>> = head
            .iter()
            .chain(&body)
            .map(|row| row.iter().map(|cell| cell.extent).collect())
            .collect();
        let columns = Columns::new(table.columns.len(), &extents);
        let gap = self.style.size.scale(120, 100);
        Grid { table, caption_tag, head, body, columns, style, gap }
    }

    fn cells(
        &mut self,
        rows: &[TableRow],
        table: &Table,
        style: &Style,
        tag: TagId,
    ) -> Vec<Vec<Cell>> {
        let is_head = self.setter.structure.tag(tag).kind == TagKind::TableHead;
        let mut out = Vec::new();
        for row in rows {
            let row_tag = self.setter.structure.child(tag, TagKind::TableRow);
            let mut cells = Vec::new();
            for (cell, alignment) in row.cells.iter().zip(&table.columns) {
                let kind = match (cell.is_header, is_head) {
                    (true, true) => TagKind::TableHeader(Scope::Column),
                    (true, false) => TagKind::TableHeader(Scope::Row),
                    (false, _) => TagKind::TableData,
                };
                let cell_tag = self.setter.structure.child(row_tag, kind);
                let style = if cell.is_header { bold(*style) } else { *style };
                let flat = flatten(self.setter, &cell.text, &style, cell_tag);
                let extent = extent(self.setter, &flat, &style);
                let align = match alignment {
                    Alignment::Start => Align::Start,
                    Alignment::Center => Align::Center,
                    Alignment::End => Align::End,
                };
                cells.push(Cell { flat, align, extent });
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
        let mut heads: Vec<Row> =
            grid.head.iter().map(|cells| whole(self.cell_lines(cells, &frame), &frame)).collect();
        if let Some(first) = heads.first_mut() {
            first.items.insert(0, frame.rule(Length::ZERO, HEAVY));
        }
        if let Some(last) = heads.last_mut() {
            let y = last.height;
            last.items.push(frame.rule(y, LIGHT));
        }
        let height: Length = heads.iter().map(|row| row.height).sum();
        // A head that takes half a page would leave no room for what it stands above.
        let repeat =
            (!heads.is_empty() && height <= depth / 2).then(|| self.add_head(furniture_of(&heads)));
        for mut row in heads {
            row.break_after = None;
            self.push(row);
        }
        let count = grid.body.len();
        for (at, cells) in grid.body.iter().enumerate() {
            let lines = self.cell_lines(cells, &frame);
            let mut parts = body_row(lines, &frame);
            if let Some(last) = parts.last_mut() {
                last.break_after =
                    Some(if at == 0 || at + 2 == count { LONELY_ROW } else { IN_TABLE });
            }
            parts.iter_mut().for_each(|row| row.repeat = repeat);
            if at + 1 == count
                && let Some(last) = parts.last_mut()
            {
                let y = last.height;
                last.items.push(frame.rule(y, HEAVY));
                last.break_after = Some(0);
                last.repeat = None;
            }
            parts.into_iter().for_each(|row| self.push(row));
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
        let widths = grid.columns.widths(grid.room(self.measure));
        let width = widths.iter().copied().sum::<Length>() + grid.gaps();
        let turned = self.setter.right_to_left;
        let left = if turned { self.left + self.measure - width } else { self.left };
        let mut x = Length::ZERO;
        let mut columns = Vec::with_capacity(widths.len());
        for own in widths {
            let start = if turned { width - x - own } else { x };
            columns.push((left + start, own));
            x += own + grid.gap;
        }
        let style = grid.style;
        let pad = style.leading.scale(14, 100);
        Frame { columns, left, width, style, pad, divisible: depth.scale(DIVISIBLE_PERCENT, 100) }
    }

    fn cell_lines(&mut self, cells: &[Cell], frame: &Frame) -> Vec<Vec<SetLine>> {
        let mut out = Vec::with_capacity(cells.len());
        for (cell, (_, width)) in cells.iter().zip(&frame.columns) {
            let style = Style { align: cell.align, ..frame.style };
            let setting = Setting { measure: *width, indent: Length::ZERO, one_line: false };
            out.push(set(self.setter, &cell.flat, &style, setting));
        }
        out
    }
}

/// A row of the body: whole where it is low, else a row of the galley for each line.
fn body_row(cells: Vec<Vec<SetLine>>, frame: &Frame) -> Vec<Row> {
    if height(&cells, frame) <= frame.divisible {
        return vec![whole(cells, frame)];
    }
    let count = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows: Vec<Row> = (1..=count)
        .map(|at| {
            let mut row = Row::blank(frame.style.leading);
            row.baseline = super::column::baseline(&frame.style);
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
    for (lines, (left, _)) in cells.into_iter().zip(&frame.columns) {
        for (row, line) in rows.iter_mut().zip(lines) {
            let y = row.baseline;
            add(row, line, *left, y);
        }
    }
    rows
}

/// Height of a row of cells.
fn height(cells: &[Vec<SetLine>], frame: &Frame) -> Length {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let spills: Length = spills(cells, frame).into_iter().map(|(above, below)| above + below).sum();
    frame.style.leading * i64::try_from(lines).unwrap_or(i64::MAX) + spills + frame.pad * 2
}

/// What the formulas of each line, in whatever cell, need beyond the leading: above and below.
fn spills(cells: &[Vec<SetLine>], frame: &Frame) -> Vec<(Length, Length)> {
    let count = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut spills = vec![(Length::ZERO, Length::ZERO); count];
    for lines in cells {
        for (line, known) in lines.iter().zip(&mut spills) {
            let (above, below) = crowding::spill_in_cell(line, &frame.style);
            *known = (known.0.max(above), known.1.max(below));
        }
    }
    spills
}

/// All lines of some cells in one row of the galley.
fn whole(cells: Vec<Vec<SetLine>>, frame: &Frame) -> Row {
    let mut row = Row::blank(height(&cells, frame));
    row.baseline = super::column::baseline(&frame.style) + frame.pad;
    let spills = spills(&cells, frame);
    for (lines, (left, _)) in cells.into_iter().zip(&frame.columns) {
        let mut y = row.baseline;
        for (line, (above, below)) in lines.into_iter().zip(&spills) {
            y += *above;
            add(&mut row, line, *left, y);
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
