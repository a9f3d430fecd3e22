//! Room for formulas that are higher than their lines.
//!
//! A fraction in the text may use what is empty above and below its line, as long as it meets no
//! letter there, and no other formula. Only what it needs beyond that moves the lines apart.

use crate::geom::{Length, Rect};

use super::column::baseline;
use super::design::Style;
use super::pages::Item;
use super::paragraph::SetLine;

/// What letters take below their baseline, and capitals above it, in percent of the em.
const DESCENDER_PERCENT: i64 = 26;
const CAPITAL_PERCENT: i64 = 70;
/// Least distance of two formulas above each other, in percent of the em.
const APART_PERCENT: i64 = 10;

/// The areas of a line's formulas, from the left end of its baseline.
pub(super) fn areas(items: &[Item]) -> Vec<Rect> {
    let area = |item: &Item| match item {
        Item::Formula(formula) => Some(formula.area),
        Item::Glyphs(_) | Item::Image(_) | Item::Path(_) | Item::Link(_) => None,
    };
    items.iter().filter_map(area).collect()
}

/// How much higher and deeper than its leading a line between lines of text must be.
pub(super) fn spill(line: &SetLine, style: &Style) -> (Length, Length) {
    let room_above = style.leading - style.size.scale(DESCENDER_PERCENT, 100);
    let room_below = style.leading - style.size.scale(CAPITAL_PERCENT, 100);
    beyond(line, room_above, room_below)
}

/// The same for a line between rules: a cell's.
pub(super) fn spill_in_cell(line: &SetLine, style: &Style) -> (Length, Length) {
    let baseline = baseline(style);
    beyond(line, baseline, style.leading - baseline)
}

fn beyond(line: &SetLine, above: Length, below: Length) -> (Length, Length) {
    let areas = areas(&line.items);
    let ascent = areas.iter().map(|area| -area.origin.y).fold(Length::ZERO, Length::max);
    let descent = areas.iter().map(Rect::bottom).fold(Length::ZERO, Length::max);
    ((ascent - above).max(Length::ZERO), (descent - below).max(Length::ZERO))
}

/// How much farther apart than their leading two lines must be whose formulas stand above each
/// other.
pub(super) fn overlap(upper: &[Rect], lower: &[Rect], style: &Style) -> Length {
    let gap = style.size.scale(APART_PERCENT, 100);
    let pairs = upper.iter().flat_map(|up| lower.iter().map(move |low| (up, low)));
    let meeting = pairs.filter(|(up, low)| up.origin.x < low.right() && low.origin.x < up.right());
    let needs = meeting.map(|(up, low)| up.bottom() - low.origin.y + gap - style.leading);
    needs.fold(Length::ZERO, Length::max)
}
