//! What is ugly about a page, in numbers. The costs of parting two rows are the rows' own
//! ([`Row::break_after`](crate::layout::galley::Row::break_after)).

/// Cost of `n` empty lines at the foot of a page, times `n` squared.
const EMPTY_LINE: i64 = 1_800;
/// From this cost on, emptiness is a hole; it grows more slowly then, because what cannot be parted is
/// no fault of the page, but it grows: else any hole would be worth a small gain elsewhere.
const HOLE: i64 = 36_000;
/// Cost of each further empty line: a hole of a third of a page is as bad as a line left alone.
const HOLE_LINE: i64 = 5_000;
/// Cost of facing pages that differ by `n` lines, times `n` squared.
const UNEVEN_FACING: i64 = 900;
/// The part of its cost that emptiness has before the opening of a section that runs on: there a
/// reader expects some, though paper is not to be wasted.
pub(super) const BEFORE_OPENING: i64 = 4;
/// Cost of a last page with fewer lines than this, for each line that is missing.
pub(in crate::layout) const SHORT_LAST: (i64, i64) = (4, 3_000);
/// A recto ends in a hyphen, and the reader has to turn: worse than a hole of four lines, so that
/// it does not happen where there is any other line to end on.
pub(super) const HYPHEN_ON_RECTO: i64 = 40_000;
/// A page whose rows do not fit: only when there is no other way.
pub(super) const OVERFULL: i64 = 1_000_000_000;
/// Cost of a figure that stands a page after its call.
pub(in crate::layout) const DEFERRED: i64 = 2_500;
/// Cost of one that the words before it introduce with a colon: a hole of four lines is better.
pub(in crate::layout) const INTRODUCED: i64 = 40_000;
/// Cost of a page left blank before a picture across two pages: as bad as a hole of half a page, so
/// that none is torn into the text before to save it.
pub(super) const BLANK: i64 = 90_000;
/// Cost of a note that goes on at the foot of the next page: a hole of eight lines is better.
pub(super) const SPLIT_NOTE: i64 = 60_000;

/// Cost of empty lines at the foot of a page.
pub(super) fn emptiness(lines: i64) -> i64 {
    // Four lines reach the cost of a hole, nearly.
    let square = EMPTY_LINE * lines * lines;
    if square <= HOLE { square } else { HOLE + HOLE_LINE * (lines - 4) }
}

/// Cost of facing pages whose empty lines differ.
pub(super) fn unevenness(lines: i64) -> i64 {
    (UNEVEN_FACING * lines * lines).min(HOLE / 12)
}

/// Cost of a last page with so many lines.
pub(super) fn shortness(lines: i64) -> i64 {
    (SHORT_LAST.0 - lines).max(0) * SHORT_LAST.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::column::WIDOW;

    #[test]
    fn a_hole_is_worse_than_a_line_left_alone_and_a_few_lines_are_not() {
        assert!((1..40).all(|n| emptiness(n) > emptiness(n - 1)));
        assert!(emptiness(8) < WIDOW && emptiness(16) > WIDOW);
    }

    #[test]
    fn a_note_is_split_before_a_third_of_a_page_is_left_empty() {
        assert!(emptiness(8) < SPLIT_NOTE && emptiness(12) > SPLIT_NOTE);
    }
}
