//! The typographic report: how lines and pages came out, in numbers.
//!
//! Findings with a place are diagnostics; this is the summary beside them.

use super::linebreak::ONE;
use crate::source::Span;

/// What the report names with its place, though nothing is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// A table set smaller than the style says.
    TableShrunk,
    /// A table that stands on its side.
    TableTurned,
    /// A listing set smaller than the style says.
    ListingShrunk,
}

impl Remark {
    /// Its name in the report, that of the count in [`Statistics::rows`].
    pub fn name(self) -> &'static str {
        match self {
            Self::TableShrunk => "tables-shrunk",
            Self::TableTurned => "tables-turned",
            Self::ListingShrunk => "listings-shrunk",
        }
    }
}

/// A remark and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub remark: Remark,
    /// Where it is written.
    pub span: Span,
    /// Label of the page; empty while it is not known.
    pub page: String,
}

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
    /// Tables that stand on their sides.
    pub tables_turned: u64,
    /// Listings set smaller than the style says.
    pub listings_shrunk: u64,
    /// Lines of listings that were broken.
    pub code_wrapped: u64,
    /// Pictures under 200 pixels per inch.
    pub low_resolution: u64,
    /// Characters that no face has.
    pub missing_glyphs: u64,
    /// Figures that stand a page after their call.
    pub figures_moved: u64,
    /// Pages with more than three empty lines at their foot, but for the last of a chapter.
    pub short_pages: u64,
    /// Facing pages of different depth, but for the ends of chapters.
    pub uneven_spreads: u64,
    /// Notes that go on at the foot of the next page.
    pub notes_split: u64,
    /// Paragraphs set a line longer or shorter than is best, for the sake of the pages.
    pub paragraphs_adjusted: u64,
}

impl Statistics {
    /// Names and numbers in the order of the report; names are stable, scripts may rely on them.
    pub fn rows(&self) -> [(&'static str, u64); 20] {
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
            ("tables-turned", self.tables_turned),
            ("listings-shrunk", self.listings_shrunk),
            ("code-lines-wrapped", self.code_wrapped),
            ("low-resolution-images", self.low_resolution),
            ("missing-glyphs", self.missing_glyphs),
            ("figures-moved", self.figures_moved),
            ("short-pages", self.short_pages),
            ("uneven-spreads", self.uneven_spreads),
            ("notes-split", self.notes_split),
            ("paragraphs-adjusted", self.paragraphs_adjusted),
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
        self.tables_turned += other.tables_turned;
        self.listings_shrunk += other.listings_shrunk;
        self.code_wrapped += other.code_wrapped;
        self.low_resolution += other.low_resolution;
        self.missing_glyphs += other.missing_glyphs;
        self.figures_moved += other.figures_moved;
        self.short_pages += other.short_pages;
        self.uneven_spreads += other.uneven_spreads;
        self.notes_split += other.notes_split;
        self.paragraphs_adjusted += other.paragraphs_adjusted;
    }

    /// What was counted of lines since an earlier count.
    pub(super) fn lines_since(self, earlier: Self) -> Self {
        Self {
            lines: self.lines - earlier.lines,
            justified: self.justified - earlier.justified,
            hyphenated: self.hyphenated - earlier.hyphenated,
            loose: self.loose - earlier.loose,
            overfull: self.overfull - earlier.overfull,
            ..Self::default()
        }
    }

    /// Counts other lines instead of some that were counted.
    pub(super) fn replace_lines(&mut self, old: Self, new: Self) {
        self.lines = self.lines - old.lines + new.lines;
        self.justified = self.justified - old.justified + new.justified;
        self.hyphenated = self.hyphenated - old.hyphenated + new.hyphenated;
        self.loose = self.loose - old.loose + new.loose;
        self.overfull = self.overfull - old.overfull + new.overfull;
        self.longest_ladder = self.longest_ladder.max(new.longest_ladder);
    }
}
