//! Tables that stand on their sides, because they are wider than the measure.
//!
//! The table is set as wide as the text block is deep, cut into sheets as low as the measure, and
//! each sheet becomes one row that fills a page, a quarter turn to the left: its head is at the left
//! edge of the page, recto and verso alike, as the reader turns the book one way for both (Chicago
//! Manual of Style 17, 3.64). Head, folio and notes of the page stay upright. Only tables of the main
//! text are turned: a page within a list or a quotation would tear it apart.

use crate::geom::{Length, Point, Rect, Size};

use super::column::{Column, shift};
use super::compose::note_gap;
use super::galley::{Galley, Row};
use super::pagebreak::{self, Block, repeated_head};
use super::pages::{Item, map_segment};
use super::statistics::Remark;
use super::table::{Grid, SMALLEST_PERCENT};

impl Column<'_, '_> {
    /// Sets a table on its side; false where that is impossible or gains nothing.
    pub(super) fn turned_table(&mut self, grid: &mut Grid<'_>) -> bool {
        let design = self.setter.design;
        if !self.grid || design.depth <= design.measure {
            return false;
        }
        let held = self.held();
        let notes = self.own_notes();
        let length = design.depth - held - notes;
        if length <= self.measure {
            return false;
        }
        let percent = grid.percent(length);
        if percent < SMALLEST_PERCENT {
            self.shrink_as_must_be(grid, length);
        } else {
            grid.shrink(percent);
        }
        self.setter.remark(Remark::TableTurned, grid.table.span);
        let sheets = self.sheets(grid, length);
        // Sheets that fill their pages may wait while text runs on, like a figure.
        let float = self.lateness(held);
        for (at, mut row) in sheets.into_iter().enumerate() {
            row.float = float;
            row.joined = float.is_some() && at > 0;
            self.push(row);
        }
        true
    }

    /// Height of what must stand on the page of the next row: headings above it.
    pub(super) fn held(&mut self) -> Length {
        let rows = self.galley.rows.iter().rev();
        let rows = rows.take_while(|row| row.heading || row.break_after.is_none());
        let height: Length = rows.map(|row| row.space + row.height).sum();
        if height == Length::ZERO {
            return Length::ZERO;
        }
        let height = height + self.after;
        if height <= self.setter.design.depth / 3 {
            return height;
        }
        // A whole opening of a chapter is no reason to leave the table no room.
        self.galley.rows.last_mut().into_iter().for_each(|row| row.break_after = Some(0));
        Length::ZERO
    }

    /// Height of the notes that the table calls, unless they take too much of the page: those go
    /// on to the next one.
    pub(super) fn own_notes(&mut self) -> Length {
        let before = self.galley.notes.clone();
        self.notes();
        let own = self.galley.notes.keys().filter(|note| !before.contains_key(note));
        let height: Length = own.map(|note| self.galley.note_height(*note)).sum();
        let design = self.setter.design;
        if height == Length::ZERO || height > design.depth / 3 {
            return Length::ZERO;
        }
        height + note_gap(design)
    }

    /// The table cut into sheets, each a row of a page's height.
    fn sheets(&mut self, grid: &Grid<'_>, length: Length) -> Vec<Row> {
        let depth = self.setter.design.measure;
        let width = grid.width(length);
        let upright = (self.left, self.measure, self.grid);
        (self.left, self.measure, self.grid) = ((length - width) / 2, width, false);
        let first_head = self.galley.heads.len();
        let rows = self.aside(|column| column.table_rows(grid, depth));
        (self.left, self.measure, self.grid) = upright;
        let heads = self.galley.heads.split_off(first_head);
        let mut galley = Galley { rows, heads, ..Galley::default() };
        for row in &mut galley.rows {
            row.repeat = row.repeat.map(|head| head - first_head);
        }
        // Notes stand at the foot of the upright page.
        let notes: Vec<_> = galley.rows.iter_mut().map(|r| std::mem::take(&mut r.notes)).collect();
        let leading = grid.style.leading;
        let block = Block { depth, leading, note_gap: Length::ZERO, recto: true };
        let cuts = pagebreak::cut(&galley, block);
        let is_alone = cuts.len() == 1;
        cuts.iter()
            .map(|cut| {
                let mut sheet = Row::blank(length);
                let mut y = Length::ZERO;
                for row in repeated_head(&galley, cut.from).iter().chain(cut.rows(&galley)) {
                    y += if y == Length::ZERO { Length::ZERO } else { row.space };
                    put(&mut sheet, row, y);
                    y += row.height;
                }
                sheet.notes = notes[cut.from..cut.to].concat();
                let left = if is_alone { (depth - y).max(Length::ZERO) / 2 } else { Length::ZERO };
                for item in &mut sheet.items {
                    turn(item, length);
                    shift(item, left, Length::ZERO);
                }
                sheet
            })
            .collect()
    }
}

fn put(sheet: &mut Row, row: &Row, y: Length) {
    for item in &row.items {
        let mut item = item.clone();
        shift(&mut item, Length::ZERO, y);
        sheet.items.push(item);
    }
    sheet.anchors.extend(&row.anchors);
    sheet.place = sheet.place.or(row.place);
    sheet.span = sheet.span.or(row.span);
}

/// Turns an item of a sheet of some length to the left: what was right is then up.
fn turn(item: &mut Item, length: Length) {
    let point = |p: Point| Point::new(p.y, length - p.x);
    let area = |a: Rect| {
        let corner = Point::new(a.origin.y, length - a.right());
        Rect::new(corner, Size::new(a.size.height, a.size.width))
    };
    match item {
        Item::Glyphs(glyphs) => {
            glyphs.origin = point(glyphs.origin);
            glyphs.turned = true;
        }
        Item::Formula(formula) => {
            formula.origin = point(formula.origin);
            formula.area = area(formula.area);
            for run in &mut formula.glyphs {
                run.origin = point(run.origin);
                run.turned = true;
            }
            let segments = formula.rules.iter_mut().flat_map(|rule| &mut rule.segments);
            segments.for_each(|segment| map_segment(segment, point));
        }
        Item::Image(image) => {
            image.area = area(image.area);
            image.turned = true;
        }
        Item::Path(path) => {
            path.segments.iter_mut().for_each(|segment| map_segment(segment, point));
        }
        Item::Link(link) => link.area = area(link.area),
    }
}
