//! Tables: column widths from content, cells that wrap, a head that is repeated.
//!
//! Three horizontal rules and no vertical ones (Bringhurst 4.4; the LaTeX package booktabs). Column
//! widths: every column gets its longest word; what is left goes to the columns in proportion to
//! what they would need to set their cells on one line.

use crate::book::{Alignment, Table, TableRow};
use crate::geom::{Length, Point, Rect, Size};

use super::column::{Column, shift};
use super::design::{Align, Style};
use super::galley::Row;
use super::inline::{Flat, flatten};
use super::pages::{Color, Item, Path, Scope, TagId, TagKind};
use super::paragraph::{Setting, natural_widths, set};

/// Weight of the outer rules.
const HEAVY: Length = Length::milli_pt(800);
/// Weight of the rule below the head.
const LIGHT: Length = Length::milli_pt(400);
/// A table that is too wide is set smaller down to this share of its size, in percent.
const SMALLEST_PERCENT: i64 = 75;

/// A cell, flattened once.
struct Cell {
    flat: Flat,
    align: Align,
    widest_word: Length,
    natural: Length,
}

impl Cell {
    fn shrink(&mut self, percent: i64) {
        for segment in &mut self.flat.segments {
            segment.look.size = segment.look.size.scale(percent, 100);
            segment.look.rise = segment.look.rise.scale(percent, 100);
        }
        self.widest_word = self.widest_word.scale(percent, 100);
        self.natural = self.natural.scale(percent, 100);
    }
}

impl Column<'_, '_> {
    /// A table: a row of the galley for each row of the table.
    pub(super) fn table(&mut self, table: &Table) {
        let tag = self.setter.structure.child(self.tag, TagKind::Table);
        self.space(self.half_line());
        if let Some(anchor) = table.anchor {
            self.setter.structure.tag_mut(tag).anchor = Some(anchor);
            self.anchors.push(anchor);
        }
        self.table_caption(table, tag);
        let gap = self.style.size.scale(120, 100);
        let mut style = self.setter.design.styles.table;
        // A head without a body would not be a table (ISO 14289-1, 7.2): its rows are the body.
        let head_kind = if table.body.is_empty() { TagKind::TableBody } else { TagKind::TableHead };
        let head_tag = self.setter.structure.child(tag, head_kind);
        let mut head = self.cells(&table.head, table, &bold(style), head_tag);
        let body_tag = self.setter.structure.child(tag, TagKind::TableBody);
        let mut body = self.cells(&table.body, table, &style, body_tag);
        let mut widths = self.widths(table.columns.len(), &head, &body, gap);
        let needed = longest_words(table.columns.len(), &head, &body)
            + gap * (widths.len() as i64 - 1).max(0);
        if needed > self.measure {
            let percent = (self.measure.0 * 100 / needed.0.max(1)).max(SMALLEST_PERCENT);
            self.setter.statistics.tables_shrunk += 1;
            style.hyphenate = true;
            style.size = style.size.scale(percent, 100);
            style.leading = style.leading.scale(percent, 100);
            head.iter_mut().chain(&mut body).flatten().for_each(|cell| cell.shrink(percent));
            widths = self.widths(table.columns.len(), &head, &body, gap);
        }
        self.table_rows(&head, &body, &widths, (gap, style));
        self.space(self.half_line());
        self.indent_next = false;
    }

    fn table_caption(&mut self, table: &Table, tag: TagId) {
        let Some(caption) = &table.caption else { return };
        let style = self.setter.design.styles.caption;
        let element = self.setter.structure.child(tag, TagKind::Caption);
        let grid = std::mem::replace(&mut self.grid, false);
        let from = self.galley.rows.len();
        self.paragraph(caption, &style, element, Length::ZERO);
        for row in &mut self.galley.rows[from..] {
            row.break_after = None;
        }
        self.grid = grid;
        self.space(self.style.leading.scale(25, 100));
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
                let (widest_word, natural) = natural_widths(self.setter, &flat);
                let align = match alignment {
                    Alignment::Start => Align::Start,
                    Alignment::Center => Align::Center,
                    Alignment::End => Align::End,
                };
                cells.push(Cell { flat, align, widest_word, natural });
            }
            out.push(cells);
        }
        out
    }

    /// One width for each column.
    fn widths(
        &self,
        count: usize,
        head: &[Vec<Cell>],
        body: &[Vec<Cell>],
        gap: Length,
    ) -> Vec<Length> {
        let mut least = vec![Length::ZERO; count];
        let mut wish = vec![Length::ZERO; count];
        for row in head.iter().chain(body) {
            for (column, cell) in row.iter().enumerate() {
                least[column] = least[column].max(cell.widest_word);
                wish[column] = wish[column].max(cell.natural);
            }
        }
        // A point more than measured, so that rounding never wraps a cell.
        let point = Length::pt(1);
        least.iter_mut().chain(&mut wish).for_each(|w| *w += point);
        let room = self.measure - gap * (count as i64 - 1).max(0);
        let (least_total, wish_total): (Length, Length) =
            (least.iter().copied().sum(), wish.iter().copied().sum());
        if wish_total <= room {
            return wish;
        }
        if least_total >= room {
            // Not even the longest words fit: the widest columns give, the others stay whole.
            return capped(&least, room);
        }
        // The square root of the wish keeps one long column from starving the others.
        let weights: Vec<i64> =
            wish.iter().zip(&least).map(|(w, l)| (w.0 - l.0).max(0).isqrt()).collect();
        share(&least, &wish, &weights, room - least_total)
    }

    fn table_rows(
        &mut self,
        head: &[Vec<Cell>],
        body: &[Vec<Cell>],
        widths: &[Length],
        (gap, style): (Length, Style),
    ) {
        let total = widths.iter().copied().sum::<Length>() + gap * (widths.len() as i64 - 1);
        let pad = style.leading.scale(14, 100);
        let rule = |y: Length, weight: Length, left: Length| {
            let corner = Point::new(left, y - weight / 2);
            Item::Path(Path::rectangle(Rect::new(corner, Size::new(total, weight)), Color::BLACK))
        };
        let left = self.left;
        let mut heads: Vec<Row> =
            head.iter().map(|cells| self.table_row(cells, widths, gap, &style, pad)).collect();
        if let Some(first) = heads.first_mut() {
            first.items.insert(0, rule(Length::ZERO, HEAVY, left));
        }
        if let Some(last) = heads.last_mut() {
            let y = last.height;
            last.items.push(rule(y, LIGHT, left));
        }
        let repeat = (!heads.is_empty()).then(|| {
            self.galley.heads.push(furniture_of(&heads));
            self.galley.heads.len() - 1
        });
        for mut row in heads {
            row.break_after = None;
            self.push(row);
        }
        let count = body.len();
        for (at, cells) in body.iter().enumerate() {
            let mut row = self.table_row(cells, widths, gap, &style, pad);
            row.break_after = Some(if at == 0 || at + 2 == count { 8_000 } else { 400 });
            row.repeat = repeat;
            if at + 1 == count {
                let y = row.height;
                row.items.push(rule(y, HEAVY, left));
                row.break_after = Some(0);
                row.repeat = None;
            }
            self.push(row);
        }
    }

    fn table_row(
        &mut self,
        cells: &[Cell],
        widths: &[Length],
        gap: Length,
        style: &Style,
        pad: Length,
    ) -> Row {
        let mut row = Row::blank(Length::ZERO);
        row.baseline = super::column::baseline(style) + pad;
        let mut x = self.left;
        let mut deepest = style.leading;
        for (cell, width) in cells.iter().zip(widths) {
            let style = Style { align: cell.align, ..*style };
            let setting = Setting { measure: *width, indent: Length::ZERO, one_line: false };
            let mut y = Length::ZERO;
            for line in set(self.setter, &cell.flat, &style, setting) {
                for mut item in line.items {
                    shift(&mut item, x, row.baseline + y);
                    row.items.push(item);
                }
                row.notes.extend(line.notes);
                row.place = row.place.or(Some(line.place));
                row.span = row.span.or(Some(line.span));
                y += style.leading;
            }
            deepest = deepest.max(y);
            x += *width + gap;
        }
        row.height = deepest + pad * 2;
        row
    }
}

/// Widths cut at one height so that together they fill the room.
fn capped(widths: &[Length], room: Length) -> Vec<Length> {
    let mut sorted = widths.to_vec();
    sorted.sort();
    let mut rest = room.max(Length::ZERO);
    let mut cap = Length::ZERO;
    for (at, width) in sorted.iter().enumerate() {
        let share = rest / (sorted.len() - at) as i64;
        cap = share;
        if *width > share {
            break;
        }
        rest -= *width;
        cap = *width;
    }
    widths.iter().map(|width| (*width).min(cap)).collect()
}

/// What all columns need for their longest words.
fn longest_words(count: usize, head: &[Vec<Cell>], body: &[Vec<Cell>]) -> Length {
    (0..count)
        .map(|c| {
            let cells = head.iter().chain(body).filter_map(|row| row.get(c));
            cells.map(|cell| cell.widest_word + Length::pt(1)).max().unwrap_or(Length::ZERO)
        })
        .sum()
}

/// Shares what is left over among columns by weight, giving no column more than it wishes.
fn share(least: &[Length], wish: &[Length], weights: &[i64], rest: Length) -> Vec<Length> {
    let mut widths = least.to_vec();
    let mut rest = rest;
    // Each round fills at least one column or shares everything; columns bound the rounds.
    for _ in 0..least.len() {
        let open: Vec<usize> = (0..widths.len()).filter(|c| widths[*c] < wish[*c]).collect();
        let total: i64 = open.iter().map(|c| weights[*c].max(1)).sum();
        if open.is_empty() || rest <= Length(total) {
            break;
        }
        let round = rest;
        for column in open {
            let part = round.scale(weights[column].max(1), total);
            let grown = (widths[column] + part).min(wish[column]);
            rest -= grown - widths[column];
            widths[column] = grown;
        }
    }
    widths
}

fn bold(style: Style) -> Style {
    let family = super::design::Family { regular: style.family.bold, ..style.family };
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
            if let Item::Glyphs(glyphs) = item {
                glyphs.mark = super::pages::Mark::Layout;
            }
        }
    }
    rows
}
