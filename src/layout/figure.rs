//! Figures: pictures scaled to the measure, with caption and credit below.

use crate::book::{Figure, PhotoId, Place};
use crate::diag::{Code, Diagnostic};
use crate::geom::{Length, Point, Rect, Size};
use crate::photo::DRAWING_PPI;

use super::column::Column;
use super::galley::Row;
use super::pages::{Image, Item, Mark, TagId, TagKind};

/// No figure is taller than this share of the text block, in percent, so that text can stand
/// with it.
const TALLEST_PERCENT: i64 = 58;
/// Print needs this many pixels an inch; fewer are told.
const PRINT_PPI: i64 = 200;
/// A picture is never enlarged beyond this many pixels an inch.
const LEAST_PPI: i64 = 110;
/// Pictures from this share of the measure on are wide enough for the words below them.
const WIDE_PERCENT: i64 = 60;
/// Between pictures side by side, in percent of the text's size.
const GUTTER_PERCENT: i64 = 80;

impl Column<'_, '_> {
    /// A figure: one row, which no page break divides.
    pub(super) fn figure(&mut self, figure: &Figure) {
        let tag = self.setter.structure.child(self.tag, TagKind::Division);
        self.setter.structure.tag_mut(tag).anchor = Some(figure.anchor);
        self.space(self.half_line());
        self.anchors.push(figure.anchor);
        let mut row = self.pictures(figure, tag);
        row.place = Some(Place { node: figure.id, offset: 0 });
        row.span = Some(figure.span);
        let column = (self.left, self.measure);
        (self.left, self.measure) = self.beneath(&row);
        self.words(figure, tag, &mut row);
        (self.left, self.measure) = column;
        row.float = self.grid;
        self.push(row);
        self.space(self.half_line());
        self.indent_next = false;
    }

    /// The pictures, side by side, as high as they can be together.
    fn pictures(&mut self, figure: &Figure, tag: TagId) -> Row {
        let count = i64::try_from(figure.photos.len()).unwrap_or(1).max(1);
        let gutter = self.style.size.scale(GUTTER_PERCENT, 100);
        let room = self.measure - gutter * (count - 1);
        let tallest = self.setter.design.depth.scale(TALLEST_PERCENT, 100);
        // Widths in proportion to the shapes give one height to all.
        let shapes: i64 = figure.photos.iter().map(|p| self.shape(*p)).sum();
        let mut height = room.scale(1000, shapes.max(1)).min(tallest);
        for photo in &figure.photos {
            let image = &self.setter.book.photos[photo.0 as usize].image;
            // A drawing is never larger than it says it is: its words would shout.
            let ppi = if image.drawing.is_some() { DRAWING_PPI.into() } else { LEAST_PPI };
            let pixels = i64::from(image.height.max(1));
            height = height.min(Length::pt(72).scale(pixels, ppi));
        }
        let widths: Vec<Length> =
            figure.photos.iter().map(|p| height.scale(self.shape(*p), 1000)).collect();
        let total: Length = widths.iter().copied().sum::<Length>() + gutter * (count - 1);
        let mut x = self.left + (self.measure - total) / 2;
        let mut row = Row::blank(height);
        let (from, right_to_left) = (x, self.setter.right_to_left);
        for (photo, width) in figure.photos.iter().zip(widths) {
            // The first one stands where lines begin.
            let left = if right_to_left { from + total - (x - from) - width } else { x };
            let area = Rect::new(Point::new(left, Length::ZERO), Size::new(width, height));
            self.picture(*photo, area, tag, figure, &mut row);
            x += width + gutter;
        }
        row
    }

    fn picture(&mut self, photo: PhotoId, area: Rect, tag: TagId, figure: &Figure, row: &mut Row) {
        let entry = &self.setter.book.photos[photo.0 as usize];
        let mark = if entry.decorative {
            Mark::Layout
        } else {
            let element = self.setter.structure.child(tag, TagKind::Figure);
            self.setter.describe_photo(element, photo);
            Mark::Content(self.setter.structure.content(element))
        };
        let pixels = i64::from(entry.image.width.max(1));
        let ppi = Length::pt(72).scale(pixels, 1).0 / area.size.width.0.max(1);
        if ppi < PRINT_PPI && entry.image.drawing.is_none() {
            self.setter.statistics.low_resolution += 1;
            let message = format!("`{}` is set at {ppi} pixels per inch", entry.name);
            self.setter.diagnostics.push(
                Diagnostic::new(Code::LowResolution, figure.span, message)
                    .help(format!("print wants {PRINT_PPI}: use a larger picture")),
            );
        }
        row.items.push(Item::Image(Image { photo, area, turned: false, mark, span: figure.span }));
    }

    /// Width to height in thousandths.
    fn shape(&self, photo: PhotoId) -> i64 {
        let image = &self.setter.book.photos[photo.0 as usize].image;
        (i64::from(image.width) * 1000 / i64::from(image.height.max(1))).clamp(20, 50_000)
    }

    /// Left edge and width of what stands below pictures: it begins where they begin, and is as
    /// wide, or goes on to the end of the measure below narrow ones.
    fn beneath(&self, row: &Row) -> (Length, Length) {
        let areas = row.items.iter().filter_map(|item| match item {
            Item::Image(image) => Some(image.area),
            Item::Glyphs(_) | Item::Path(_) | Item::Formula(_) | Item::Link(_) => None,
        });
        let ends = areas.map(|area| (area.origin.x, area.right()));
        let ends = ends.reduce(|all, own| (all.0.min(own.0), all.1.max(own.1)));
        let Some((left, right)) = ends else { return (self.left, self.measure) };
        let width = right - left;
        if width >= self.measure.scale(WIDE_PERCENT, 100) {
            (left, width)
        } else if self.setter.right_to_left {
            (self.left, right - self.left)
        } else {
            (left, self.left + self.measure - left)
        }
    }

    /// Caption and credit, below the pictures in the same row.
    fn words(&mut self, figure: &Figure, tag: TagId, row: &mut Row) {
        let styles = &self.setter.design.styles;
        let lines = [(&figure.caption, styles.caption), (&figure.credit, styles.credit)];
        let gap = self.style.leading.scale(35, 100);
        let caption = self.setter.structure.child(tag, TagKind::Caption);
        let mut y = row.height + gap;
        let mut any = false;
        for (text, style) in lines {
            let Some(text) = text else { continue };
            let paragraph = self.setter.structure.child(caption, TagKind::Paragraph);
            let rows = self.aside(|column| column.paragraph(text, &style, paragraph, Length::ZERO));
            for line in rows {
                for mut item in line.items {
                    super::column::shift(&mut item, Length::ZERO, y);
                    row.items.push(item);
                }
                row.notes.extend(line.notes);
                y += line.height;
            }
            y += gap / 3;
            any = true;
        }
        if any {
            row.height = y;
        }
    }

    /// Sets something apart from the galley and gives its rows.
    pub(super) fn aside(&mut self, inner: impl FnOnce(&mut Self)) -> Vec<Row> {
        let rows = std::mem::take(&mut self.galley.rows);
        let (after, anchors) = (self.after, std::mem::take(&mut self.anchors));
        self.after = Length::ZERO;
        let bars = std::mem::take(&mut self.bars);
        inner(self);
        let set = std::mem::replace(&mut self.galley.rows, rows);
        (self.after, self.anchors, self.bars) = (after, anchors, bars);
        set
    }
}
