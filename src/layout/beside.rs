//! Pictures beside text: the paragraphs behind one leave room for it at the end of their first lines.
//!
//! The lines beside a picture are held together, since it cannot be parted; what is no paragraph
//! begins below it.

use crate::book::{Block, Figure, Place, Placement};
use crate::geom::Length;

use super::column::{Column, baseline, shift};
use super::galley::Row;
use super::paragraph::Setting;

/// Text beside a picture is at least as wide as this, in percent of its size: two words of the
/// longest kind, or lines become loose.
const LEAST_TEXT_PERCENT: i64 = 1_500;
/// Between picture and text, in percent of the text's size.
const GUTTER_PERCENT: i64 = 130;
/// No picture beside text is taller than this share of the text block, in percent: the lines beside
/// it move to the next page with it.
const TALLEST_PERCENT: i64 = 45;

/// A picture while the lines beside it are set.
pub(super) struct Beside {
    /// The picture with its words, until there is a line that it can begin with.
    picture: Option<Row>,
    /// How far down it reaches from where the next line begins.
    reaches: Length,
    /// Room that is taken from a line.
    room: Length,
}

impl Column<'_, '_> {
    /// Sets a picture that is to have text beside it, if there is text behind it and room for both.
    pub(super) fn begin_beside(&mut self, block: &Block, next: Option<&Block>) -> bool {
        let (Block::Figure(figure), Some(Block::Paragraph(_))) = (block, next) else {
            return false;
        };
        let Placement::Beside(share) = figure.placement else { return false };
        let width = self.measure.scale(share.into(), 100);
        let room = width + self.style.size.scale(GUTTER_PERCENT, 100);
        if self.measure - room < self.style.size.scale(LEAST_TEXT_PERCENT, 100) {
            return false;
        }
        self.end_beside();
        let row = self.picture_beside(figure, width);
        let reaches = row.height + self.half_line();
        self.beside = Some(Beside { picture: Some(row), reaches, room });
        true
    }

    fn picture_beside(&mut self, figure: &Figure, width: Length) -> Row {
        let tag = self.figure_tag(figure);
        let marks = self.marks(figure, tag);
        let tallest = self.setter.design.depth.scale(TALLEST_PERCENT, 100);
        let column = (self.left, self.measure);
        if !self.setter.right_to_left {
            self.left += self.measure - width;
        }
        self.measure = width;
        let mut row = self.pictures(figure, &marks, tallest);
        let words = self.words(figure, tag);
        (self.left, self.measure) = column;
        row.put_below(words);
        row.place = Some(Place { node: figure.id, offset: 0 });
        row.span = Some(figure.span);
        row
    }

    /// How a paragraph is set here: its first lines are shorter beside a picture.
    pub(super) fn setting(&self, indent: Length) -> Setting {
        let mut setting = Setting::new(self.measure, indent);
        if let Some(beside) = &self.beside {
            let lines = beside
                .reaches
                .0
                .max(0)
                .unsigned_abs()
                .div_ceil(self.style.leading.0.max(1).unsigned_abs());
            let lines = usize::try_from(lines).unwrap_or(usize::MAX);
            setting.beside = (lines, self.measure - beside.room);
        }
        setting
    }

    /// Puts the picture beside the rows from a number on, and holds those that it reaches together.
    pub(super) fn stand_beside(&mut self, from: usize) {
        let Some(mut beside) = self.beside.take() else { return };
        if let Some(first) = self.galley.rows.get_mut(from)
            && let Some(picture) = beside.picture.take()
        {
            // The picture's top is level with the capitals.
            let capitals = self.style.size.scale(CAPITALS_PERCENT, 100);
            let top = first.baseline.max(baseline(&self.style)) - capitals;
            let mut items = picture.items;
            items.iter_mut().for_each(|item| shift(item, Length::ZERO, top));
            items.append(&mut first.items);
            let notes = std::mem::take(&mut first.notes);
            first.items = items;
            first.notes = picture.notes.into_iter().chain(notes).collect();
            (first.place, first.span) = (picture.place, picture.span);
            beside.reaches += first.baseline - baseline(&self.style);
        }
        for row in &mut self.galley.rows[from..] {
            beside.reaches -= row.height;
            if beside.reaches > Length::ZERO {
                (row.break_after, row.alone) = (None, None);
            }
        }
        self.beside = (beside.reaches > Length::ZERO).then_some(beside);
    }

    /// Goes on below the picture: what comes next is no paragraph, or nothing comes.
    pub(super) fn end_beside(&mut self) {
        let Some(beside) = self.beside.take() else { return };
        let rest = beside.reaches - self.half_line();
        if rest > Length::ZERO {
            self.push(Row::blank(rest));
        } else if let Some(last) = self.galley.rows.last_mut() {
            last.break_after = Some(0);
        }
        self.space(self.half_line());
    }
}

/// Height of capitals in percent of the size.
const CAPITALS_PERCENT: i64 = 67;
