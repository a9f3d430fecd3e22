//! How a line's slack is shared among its glyphs.
//!
//! What line breaking counted on is what is done: every space, and every gap after an ideograph, takes
//! of the slack in proportion to what it can stretch or shrink; other glyphs are expanded.

use super::itemize::{LogicalGlyph, Run};
use super::linebreak::ONE;
use super::paragraph::EXPANSION;

/// How far the gap after an East Asian character stretches at ratio 1, in percent of its width
/// (JLREQ 3.8.4 allows up to a quarter).
const IDEOGRAPH_STRETCH: i64 = 8;

impl LogicalGlyph {
    /// Whether it takes a share of a line's slack: other glyphs are expanded, code is left as it is.
    pub(super) fn is_flexible(&self) -> bool {
        self.space && !self.code || self.ideograph
    }

    /// How far it stretches at ratio 1.
    pub(super) fn stretch(&self) -> i64 {
        let advance = self.shaped.advance.0;
        if self.space { advance / 2 } else { advance * IDEOGRAPH_STRETCH / 100 }
    }

    /// How far it shrinks at ratio -1: a space by five sixteenths (to 0.16 em in Source Serif), the
    /// air behind a mark by half (JLREQ 3.8.3), an ideograph not at all.
    pub(super) fn shrink(&self) -> i64 {
        if self.space { self.shaped.advance.0 * 5 / 16 } else { self.gap.0 / 2 }
    }
}

/// The slack of one line: glyphs are expanded, spaces take the rest, to the last unit.
pub(super) struct Spread {
    /// Horizontal scale of glyphs in 1/10000.
    pub stretch: i64,
    /// What all spaces take together.
    pub spaces: i64,
    /// The sum of their weights.
    weight: i64,
    /// Width of the line as set.
    pub width: i64,
}

impl Spread {
    /// Shares what lies between a line's natural width and `target`; a line without a ratio keeps its
    /// natural width.
    pub(super) fn new(
        glyphs: &[LogicalGlyph],
        runs: &[Run],
        target: i64,
        ratio: Option<i64>,
    ) -> Self {
        let natural: i64 = glyphs.iter().map(|g| g.shaped.advance.0).sum();
        let Some(ratio) = ratio else {
            return Self { stretch: 10_000, spaces: 0, weight: 0, width: natural };
        };
        let stretch = 10_000 + ratio.clamp(-ONE, ONE) * EXPANSION / ONE;
        let inner = glyphs.split_last().map_or(glyphs, |(_, inner)| inner);
        let scaled: i64 = glyphs.iter().map(|g| Self::scaled(g, runs, stretch)).sum();
        let mut spaces = target - scaled;
        let weight: i64 = inner.iter().map(|g| Self::weight(g, spaces)).sum();
        if weight == 0 {
            return Self { stretch, spaces: 0, weight, width: scaled };
        }
        // An overfull line keeps a little space between its words.
        let least = |g: &LogicalGlyph| if g.space { g.shaped.advance.0 * 2 / 5 } else { g.gap.0 };
        spaces = spaces.max(-inner.iter().map(least).sum::<i64>());
        Self { stretch, spaces, weight, width: scaled + spaces }
    }

    /// What share a glyph takes of slack.
    pub(super) fn weight(glyph: &LogicalGlyph, slack: i64) -> i64 {
        match (glyph.is_flexible(), slack < 0) {
            (false, _) => 0,
            (true, true) => glyph.shrink(),
            (true, false) => glyph.stretch(),
        }
    }

    /// The advance of an expanded glyph, before its share.
    pub(super) fn scaled(glyph: &LogicalGlyph, runs: &[Run], stretch: i64) -> i64 {
        let advance = glyph.shaped.advance;
        if glyph.is_flexible() || runs[glyph.run as usize].look.code {
            advance.0
        } else {
            advance.scale(stretch, 10_000).0
        }
    }

    /// The share of a glyph behind others of this weight together: all shares add up exactly.
    pub(super) fn share(&self, before: i64, glyph: &LogicalGlyph) -> i64 {
        let own = Self::weight(glyph, self.spaces);
        if own == 0 || before < 0 || before + own > self.weight {
            return 0;
        }
        self.up_to(before + own) - self.up_to(before)
    }

    /// The share of all glyphs of this weight together.
    fn up_to(&self, weight: i64) -> i64 {
        if let Some(product) = self.spaces.checked_mul(weight) {
            return product / self.weight;
        }
        // A line of a hundred thousand spaces that hold together is too wide for 64 bits here.
        let share = i128::from(self.spaces) * i128::from(weight) / i128::from(self.weight);
        i64::try_from(share).unwrap_or(0)
    }
}
