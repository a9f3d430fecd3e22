//! The typographic report: how lines and pages came out, in numbers.
//!
//! Findings with a place are diagnostics; this is the summary beside them.

use super::linebreak::ONE;

/// How lines and pages of an edition came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Pages.
    pub pages: u64,
    /// All lines.
    pub lines: u64,
    /// Lines set justified, without last lines of paragraphs.
    pub justified: u64,
    /// Lines that end in a hyphen that was put in.
    pub hyphenated: u64,
    /// Justified lines looser than ratio 1.
    pub loose: u64,
    /// Most hyphens on consecutive lines.
    pub longest_ladder: u64,
    /// Lines wider than their measure.
    pub overfull: u64,
    /// Last lines of paragraphs alone at the top of a page.
    pub widows: u64,
    /// First lines of paragraphs alone at the foot of a page.
    pub orphans: u64,
    /// Tables set smaller than the style says.
    pub tables_shrunk: u64,
    /// Lines of listings that were broken.
    pub code_wrapped: u64,
    /// Pictures under 200 pixels per inch.
    pub low_resolution: u64,
    /// Characters that no face has.
    pub missing_glyphs: u64,
    /// Figures that stand a page after their call.
    pub figures_moved: u64,
}

impl Statistics {
    /// Names and numbers in the order of the report; names are stable, scripts may rely on them.
    pub fn rows(&self) -> [(&'static str, u64); 14] {
        [
            ("pages", self.pages),
            ("lines", self.lines),
            ("justified-lines", self.justified),
            ("hyphenated-lines", self.hyphenated),
            ("loose-lines", self.loose),
            ("longest-ladder", self.longest_ladder),
            ("overfull-lines", self.overfull),
            ("widows", self.widows),
            ("orphans", self.orphans),
            ("tables-shrunk", self.tables_shrunk),
            ("code-lines-wrapped", self.code_wrapped),
            ("low-resolution-images", self.low_resolution),
            ("missing-glyphs", self.missing_glyphs),
            ("figures-moved", self.figures_moved),
        ]
    }

    /// Counts a line; `ratio` in 1/1024.
    pub(super) fn line(&mut self, hyphen: bool, justified: bool, ratio: i64) {
        self.lines += 1;
        self.hyphenated += u64::from(hyphen);
        self.justified += u64::from(justified);
        self.loose += u64::from(justified && ratio > ONE);
    }

    /// Adds another section's counts.
    pub(super) fn add(&mut self, other: Self) {
        self.pages += other.pages;
        self.lines += other.lines;
        self.justified += other.justified;
        self.hyphenated += other.hyphenated;
        self.loose += other.loose;
        self.longest_ladder = self.longest_ladder.max(other.longest_ladder);
        self.overfull += other.overfull;
        self.widows += other.widows;
        self.orphans += other.orphans;
        self.tables_shrunk += other.tables_shrunk;
        self.code_wrapped += other.code_wrapped;
        self.low_resolution += other.low_resolution;
        self.missing_glyphs += other.missing_glyphs;
        self.figures_moved += other.figures_moved;
    }
}
