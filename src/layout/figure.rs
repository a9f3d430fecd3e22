//! Figures: pictures scaled to the measure, with caption and credit below.

use crate::book::{Figure, Inline, PhotoId, Place, Placement};
use crate::diag::{Code, Diagnostic};
use crate::geom::{Length, Point, Rect, Size};
use crate::photo::DRAWING_PPI;

use super::column::{Column, shift};
use super::compose::note_gap;
use super::galley::Row;
use super::pagebreak::{DEFERRED, INTRODUCED};
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
    /// A figure: one row, which no page break divides, or two across two pages.
    pub(super) fn figure(&mut self, figure: &Figure) {
        let tag = self.figure_tag(figure);
        self.space(self.half_line());
        let held = self.held();
        let rows = match self.possible(figure, held) {
            Placement::Inset(share) => vec![self.inset(figure, tag, share.unwrap_or(100))],
            Placement::Beside(share) => vec![self.inset(figure, tag, share)],
            Placement::FullWidth => vec![self.full(figure, tag, held)],
            Placement::FullPage { bleeds: false } => vec![self.full_page(figure, tag, held)],
            Placement::FullPage { bleeds: true } => vec![self.full_bleed(figure, tag)],
            Placement::Spread => self.spread(figure, tag),
        };
        let floats = rows.iter().all(|row| row.float.is_some());
        for mut row in rows {
            row.place = Some(Place { node: figure.id, offset: 0 });
            row.span = Some(figure.span);
            self.push(row);
        }
        self.space(self.half_line());
        // Behind what may stand elsewhere the text goes on as if nothing were there.
        self.indent_next &= floats;
    }

    /// The element of a figure, and its anchor.
    pub(super) fn figure_tag(&mut self, figure: &Figure) -> TagId {
        let tag = self.setter.structure.child(self.tag, TagKind::Division);
        self.setter.structure.tag_mut(tag).anchor = Some(figure.anchor);
        self.anchors.push(figure.anchor);
        tag
    }

    /// What a figure costs for each page by which it stands later; `None` where it must stay: below
    /// what is held with it, and within other blocks.
    pub(super) fn lateness(&self, held: Length) -> Option<i64> {
        let cost = if self.introduces { INTRODUCED } else { DEFERRED };
        (self.grid && held == Length::ZERO).then_some(cost)
    }

    /// What the edition can do of what the author wishes. Pictures run off pages of bound books only,
    /// and have pages of their own in the main text only: a page within a list would tear it apart.
    /// Below a heading that must stand on the same page nothing has a page to itself.
    fn possible(&self, figure: &Figure, held: Length) -> Placement {
        let bound = self.setter.design.mirrored && held == Length::ZERO;
        // Notes stand at the foot of the page that calls them, where the picture would be.
        let runs_off = bound && !calls_notes(figure);
        match figure.placement {
            Placement::FullPage { .. } | Placement::Spread if !self.grid => Placement::FullWidth,
            Placement::FullPage { bleeds } => Placement::FullPage { bleeds: bleeds && runs_off },
            Placement::Spread if !runs_off => Placement::FullPage { bleeds: false },
            other @ (Placement::Inset(_)
            | Placement::FullWidth
            | Placement::Spread
            | Placement::Beside(_)) => other,
        }
    }

    /// Within the text, as a share of the measure.
    fn inset(&mut self, figure: &Figure, tag: TagId, share: u8) -> Row {
        let marks = self.marks(figure, tag);
        let tallest = self.setter.design.depth.scale(TALLEST_PERCENT, 100);
        let column = (self.left, self.measure);
        let measure = self.measure.scale(share.into(), 100);
        (self.left, self.measure) = (self.left + (self.measure - measure) / 2, measure);
        let mut row = self.pictures(figure, &marks, tallest);
        (self.left, self.measure) = column;
        (self.left, self.measure) = self.beneath(&row);
        let words = self.words(figure, tag);
        (self.left, self.measure) = column;
        row.put_below(words);
        row.float = self.lateness(Length::ZERO);
        row
    }

    /// As wide as the measure, and as high as it becomes.
    fn full(&mut self, figure: &Figure, tag: TagId, held: Length) -> Row {
        let marks = self.marks(figure, tag);
        let words = self.words(figure, tag);
        let notes = self.own_notes();
        let tallest = self.setter.design.depth - held - notes - words.height;
        let mut row = self.pictures(figure, &marks, tallest.max(self.style.leading));
        row.put_below(words);
        row.float = self.lateness(held);
        row
    }

    /// The same on a page of its own: what is left of it stands mostly below.
    fn full_page(&mut self, figure: &Figure, tag: TagId, held: Length) -> Row {
        let mut row = self.full(figure, tag, held);
        let notes: Length = row.notes.iter().map(|note| self.galley.note_height(*note)).sum();
        let gap = if row.notes.is_empty() { Length::ZERO } else { note_gap(self.setter.design) };
        let height = (self.setter.design.depth - held - notes - gap).max(row.height);
        let above = (height - row.height).max(Length::ZERO).scale(2, 5);
        row.items.iter_mut().for_each(|item| shift(item, Length::ZERO, above));
        row.height = height;
        row
    }

    /// The pictures, side by side, as high as they can be together.
    pub(super) fn pictures(&mut self, figure: &Figure, marks: &[Mark], tallest: Length) -> Row {
        let count = i64::try_from(figure.photos.len()).unwrap_or(1).max(1);
        let gutter = self.style.size.scale(GUTTER_PERCENT, 100);
        let room = self.measure - gutter * (count - 1);
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
        for ((photo, mark), width) in figure.photos.iter().zip(marks).zip(widths) {
            // The first one stands where lines begin.
            let left = if right_to_left { from + total - (x - from) - width } else { x };
            let area = Rect::new(Point::new(left, Length::ZERO), Size::new(width, height));
            self.check_resolution(*photo, width, figure);
            let (photo, mark, span) = (*photo, *mark, figure.span);
            let image = Image { photo, area, window: None, turned: false, mark, span };
            row.items.push(Item::Image(image));
            x += width + gutter;
        }
        row
    }

    /// What each picture is to who does not see it.
    pub(super) fn marks(&mut self, figure: &Figure, tag: TagId) -> Vec<Mark> {
        let mark = |photo: &PhotoId| {
            if self.setter.book.photos[photo.0 as usize].decorative {
                return Mark::Layout;
            }
            let element = self.setter.structure.child(tag, TagKind::Figure);
            self.setter.describe_photo(element, *photo);
            Mark::Content(self.setter.structure.content(element))
        };
        figure.photos.iter().map(mark).collect()
    }

    /// Complains of a picture that has too few pixels for its width.
    pub(super) fn check_resolution(&mut self, photo: PhotoId, width: Length, figure: &Figure) {
        let entry = &self.setter.book.photos[photo.0 as usize];
        let pixels = i64::from(entry.image.width.max(1));
        let ppi = Length::pt(72).scale(pixels, 1).0 / width.0.max(1);
        if ppi < PRINT_PPI && entry.image.drawing.is_none() {
            self.setter.statistics.low_resolution += 1;
            let message = format!("`{}` is set at {ppi} pixels per inch", entry.name);
            self.setter.diagnostics.push(
                Diagnostic::new(Code::LowResolution, figure.span, message)
                    .help(format!("print wants {PRINT_PPI}: use a larger picture")),
            );
        }
    }

    /// Width to height in thousandths.
    pub(super) fn shape(&self, photo: PhotoId) -> i64 {
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

    /// Caption and credit, from their own top left corner: with the gap above them, as high as that
    /// and they are, or nothing.
    pub(super) fn words(&mut self, figure: &Figure, tag: TagId) -> Row {
        let styles = &self.setter.design.styles;
        let lines = [(&figure.caption, styles.caption), (&figure.credit, styles.credit)];
        let gap = self.style.leading.scale(35, 100);
        let caption = self.setter.structure.child(tag, TagKind::Caption);
        let mut words = Row::blank(Length::ZERO);
        let mut y = gap;
        for (text, style) in lines {
            let Some(text) = text else { continue };
            let paragraph = self.setter.structure.child(caption, TagKind::Paragraph);
            let rows = self.aside(|column| column.paragraph(text, &style, paragraph, Length::ZERO));
            for line in rows {
                for mut item in line.items {
                    shift(&mut item, Length::ZERO, y);
                    words.items.push(item);
                }
                words.notes.extend(line.notes);
                y += line.height;
            }
            y += gap / 3;
            words.height = y;
        }
        words
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

impl Row {
    /// Puts words below what a row holds.
    pub(super) fn put_below(&mut self, mut words: Row) {
        words.items.iter_mut().for_each(|item| shift(item, Length::ZERO, self.height));
        self.items.append(&mut words.items);
        self.notes.append(&mut words.notes);
        self.height += words.height;
    }
}

/// Whether caption or credit call notes: as addresses of links do, where they are printed.
fn calls_notes(figure: &Figure) -> bool {
    fn any(inlines: &[Inline]) -> bool {
        let calls = |inline: &Inline| matches!(inline, Inline::Note(..)) || any(inline.children());
        inlines.iter().any(calls)
    }
    figure.caption.iter().chain(&figure.credit).any(|text| any(&text.inlines))
}
