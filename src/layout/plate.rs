//! Pictures that run off the page: on a page of their own, or across two that face each other.
//!
//! A picture fills the sheet from its head to the caption at the foot of the text block, or to the
//! sheet's foot where there is none; what is too wide or too high for that is cut off on both
//! sides alike. It goes on beyond the edges ([`BLEED`]), so that no white is seen where the
//! sheet is cut a little askew. Its place is told from the corner of the page, since whether the
//! page is a left or a right one is known only when pages are put together.

use crate::book::{Figure, PhotoId};
use crate::geom::{Length, Point, Rect, Size};

use super::column::{Column, shift};
use super::galley::Row;
use super::pages::{BLEED, Image, Item, Mark, TagId};

/// Where a picture lies on one page or two, from the corner of the left one.
struct Plate {
    photo: PhotoId,
    /// All of it.
    area: Rect,
    /// What is seen of it.
    window: Rect,
}

impl Column<'_, '_> {
    /// A row that fills a page, with its picture off the edges.
    pub(super) fn full_bleed(&mut self, figure: &Figure, tag: TagId) -> Row {
        let mark = self.marks(figure, tag).first().copied().unwrap_or(Mark::Layout);
        let words = self.words(figure, tag);
        let plate = self.plate(figure, words.height, 1);
        self.page_of(&plate, mark, figure, words)
    }

    /// Two rows that fill two pages; the words stand below the first half.
    pub(super) fn spread(&mut self, figure: &Figure, tag: TagId) -> Vec<Row> {
        let mark = self.marks(figure, tag).first().copied().unwrap_or(Mark::Layout);
        // Both halves are one figure.
        let again = match mark {
            Mark::Content(content) => {
                let structure = &mut self.setter.structure;
                let element = structure.contents[content.0 as usize];
                Mark::Content(structure.content(element))
            }
            Mark::Pagination | Mark::Layout => mark,
        };
        let words = self.words(figure, tag);
        let plate = self.plate(figure, words.height, 2);
        let width = self.setter.design.page.width;
        // Bound at the right, the page that comes first is the right one.
        let right_to_left = self.setter.design.right_to_left;
        let (one, other) = (plate.left_half(width), plate.right_half(width));
        let (one, other) = if right_to_left { (other, one) } else { (one, other) };
        let mut first = self.page_of(&one, mark, figure, words);
        first.opens_spread = true;
        let mut second = Row::blank(self.setter.design.depth);
        second.items.push(other.item(again, figure));
        (second.float, second.joined) = (first.float, true);
        vec![first, second]
    }

    /// A picture over some pages side by side, with room for words of some height below it.
    fn plate(&self, figure: &Figure, words: Length, pages: i64) -> Plate {
        let design = self.setter.design;
        let photo = figure.photos.first().copied().unwrap_or(PhotoId(0));
        let foot = match words {
            Length::ZERO => design.page.height + BLEED,
            _ => design.margins.top + design.depth - words,
        };
        let shape = self.shape(photo);
        let width = design.page.width * pages + BLEED * 2;
        // A picture that is too wide for the page ends above its foot.
        let height = (foot + BLEED).min(width.scale(1000, shape));
        let corner = Point::new(-BLEED, -BLEED);
        let all = Size::new(width.max(height.scale(shape, 1000)), height);
        let all = Size::new(all.width, height.max(width.scale(1000, shape)));
        let middle =
            Point::new(corner.x + (width - all.width) / 2, corner.y + (height - all.height) / 2);
        let window = Rect::new(corner, Size::new(width, height));
        Plate { photo, area: Rect::new(middle, all), window }
    }

    /// A row that fills a page: a picture, and words directly below it.
    fn page_of(&mut self, plate: &Plate, mark: Mark, figure: &Figure, mut words: Row) -> Row {
        self.check_resolution(plate.photo, plate.area.size.width, figure);
        let design = self.setter.design;
        let mut row = Row::blank(design.depth);
        row.float = self.lateness(Length::ZERO);
        row.items.push(plate.item(mark, figure));
        let below = plate.window.bottom() - design.margins.top;
        words.items.iter_mut().for_each(|item| shift(item, Length::ZERO, below));
        row.items.append(&mut words.items);
        row.notes.append(&mut words.notes);
        row
    }
}

impl Plate {
    /// What a left page shows, up to the spine.
    fn left_half(&self, page: Length) -> Self {
        let Rect { origin, size } = self.window;
        let window = Rect::new(origin, Size::new(page - origin.x, size.height));
        Self { window, ..*self }
    }

    /// What a right page shows from the spine on, seen from its own corner.
    fn right_half(&self, page: Length) -> Self {
        let Rect { origin, size } = self.area;
        let area = Rect::new(Point::new(origin.x - page, origin.y), size);
        let width = self.window.right() - page;
        let corner = Point::new(Length::ZERO, self.window.origin.y);
        let window = Rect::new(corner, Size::new(width, self.window.size.height));
        Self { area, window, ..*self }
    }

    fn item(&self, mark: Mark, figure: &Figure) -> Item {
        let Self { photo, area, window } = *self;
        Item::Image(Image {
            photo,
            area,
            window: Some(window),
            turned: false,
            mark,
            span: figure.span,
        })
    }
}
