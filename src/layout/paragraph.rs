//! A paragraph: from glyphs in logical order to set lines.
//!
//! Legal breaks come from UAX #14 (`icu_segmenter`), tailored for books; hyphens from
//! [`super::hyphenate`]. [`super::linebreak`] chooses among them. A set line holds items whose
//! origin is the line's own: x from the left edge of the measure, y from the baseline.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::book::{NoteId, Place};
use crate::font::{FaceId, Features, ShapedGlyph};
use crate::geom::Length;
use crate::source::Span;

use super::design::{Align, Style};
use super::galley::Setter;
use super::inline::Flat;
use super::itemize::{LogicalGlyph, Run, shape};
use super::linebreak::{Breakpoint, Kind, Shape, Totals, break_lines};
use super::opportunities::{Opportunity, verbatim_ranges};
use super::pages::Item;

/// A line ready to be placed.
#[derive(Clone, Debug)]
pub(super) struct SetLine {
    /// What is drawn, relative to the left end of the baseline.
    pub items: Vec<Item>,
    /// Width of what is drawn.
    pub width: Length,
    /// Notes called on it.
    pub notes: Vec<NoteId>,
    /// Where it begins in the book's text.
    pub place: Place,
    /// Whether it ends in a hyphen that was put in.
    pub hyphen: bool,
    /// Where it is written.
    pub span: Span,
}

/// How a paragraph is asked to be set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Width of the lines.
    pub measure: Length,
    /// Indent of the first line.
    pub indent: Length,
    /// Whether nothing is broken: listings, whose lines were divided before, and furniture.
    pub one_line: bool,
}

/// How far the gap after an East Asian character stretches at ratio 1, in percent of its width
/// (JLREQ 3.8.4 allows up to a quarter).
const IDEOGRAPH_STRETCH: i64 = 8;
/// Font expansion at ratio 1, in 1/10000 (Thành, "Micro-typographic extensions to the TeX
/// typesetting system", 2000: up to 2 % is not seen).
pub(super) const EXPANSION: i64 = 200;

/// Sets a flat text in lines; at least one unless the text is empty.
pub(super) fn set(
    setter: &mut Setter<'_>,
    flat: &Flat,
    style: &Style,
    setting: Setting,
) -> Vec<SetLine> {
    let (runs, glyphs) = shape(setter, flat);
    if glyphs.is_empty() {
        return Vec::new();
    }
    let mut paragraph = Paragraph::new(flat, runs, glyphs, style, setting);
    let plain = paragraph.places(None);
    let points = paragraph.points(&plain, setter);
    let shape = Shape {
        measure: setting.measure.0,
        justified: style.align == Align::Justified,
        shortest_last: if style.align == Align::Justified { 2 * style.size.0 } else { 0 },
        looseness: 0,
    };
    let mut places = plain;
    let (points, lines) = break_lines(points, shape, || {
        if !style.hyphenate {
            return None;
        }
        places = paragraph.places(Some(setter));
        Some(paragraph.points(&places, setter))
    });
    let count = lines.len();
    let mut ladder = 0;
    for line in &lines {
        ladder = if points[line.to].kind == Kind::Hyphen { ladder + 1 } else { 0 };
        setter.statistics.longest_ladder = setter.statistics.longest_ladder.max(ladder);
    }
    lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let last = i + 1 == count || points[line.to].kind == Kind::Forced;
            paragraph.commit(setter, (&places, &points), *line, (i == 0, last))
        })
        .collect()
}

/// Widths of a broken word's pieces: `(byte, with hyphen, rest)`.
type Pieces = BTreeMap<(FaceId, i64, Features, String, usize), (i64, i64)>;

pub(super) struct Paragraph<'p> {
    pub flat: &'p Flat,
    pub runs: Vec<Run>,
    pub glyphs: Vec<LogicalGlyph>,
    /// Totals before each glyph, and after the last.
    pub totals: Vec<Totals>,
    pub style: &'p Style,
    pub setting: Setting,
    /// Ranges of code and addresses.
    pub verbatim: Vec<Range<usize>>,
    pieces: Pieces,
}

impl<'p> Paragraph<'p> {
    pub(super) fn new(
        flat: &'p Flat,
        runs: Vec<Run>,
        glyphs: Vec<LogicalGlyph>,
        style: &'p Style,
        setting: Setting,
    ) -> Self {
        let mut totals = Vec::with_capacity(glyphs.len() + 1);
        let mut total = Totals::default();
        for glyph in &glyphs {
            totals.push(total);
            let advance = glyph.shaped.advance.0;
            total.width += advance;
            if glyph.space {
                total.stretch += advance / 2;
                total.shrink += advance * 2 / 7;
            } else if glyph.ideograph {
                total.stretch += advance * IDEOGRAPH_STRETCH / 100;
            } else if !runs[glyph.run as usize].look.code {
                total.stretch += advance * EXPANSION / 10_000;
                total.shrink += advance * EXPANSION / 10_000;
            }
        }
        totals.push(total);
        let verbatim = if setting.one_line { Vec::new() } else { verbatim_ranges(flat) };
        Self { flat, runs, glyphs, totals, style, setting, verbatim, pieces: BTreeMap::new() }
    }
    /// The numbers line breaking works on; point 0 is the paragraph's start.
    pub(super) fn points(
        &mut self,
        places: &[Opportunity],
        setter: &mut Setter<'_>,
    ) -> Vec<Breakpoint> {
        let mut points = Vec::with_capacity(places.len() + 1);
        points.push(Breakpoint {
            start_extra: self.setting.indent.0 - self.protrude_left(0),
            ..Breakpoint::default()
        });
        for place in places {
            let content_end = self.content_end(place.at);
            let (end, start) = (self.glyph_at(content_end), self.glyph_at(place.at));
            let (mut end_extra, mut start_extra) = (0, 0);
            if let Some((word, run)) = &place.word {
                let (left, right) = self.piece_widths(setter, word, *run, place.at);
                let (first, last) = (self.glyph_at(word.start), self.glyph_at(word.end));
                end_extra = left - (self.totals[end].width - self.totals[first].width);
                start_extra = right - (self.totals[last].width - self.totals[start].width);
                end_extra -= self.protrude_right_of('-', left / 8);
            } else {
                end_extra -= self.protrude_right(end);
            }
            start_extra -= self.protrude_left(start);
            points.push(Breakpoint {
                end: self.totals[end],
                start: self.totals[start],
                end_extra,
                start_extra,
                penalty: place.penalty,
                kind: place.kind,
            });
        }
        points
    }

    /// The byte after the last character that is not a space, before `at`.
    pub(super) fn content_end(&self, at: usize) -> usize {
        self.flat.text[..at].trim_end_matches([' ', '\n']).len()
    }

    /// Width of a word's beginning with a hyphen, and of its rest, each shaped on its own.
    pub(super) fn piece_widths(
        &mut self,
        setter: &mut Setter<'_>,
        word: &Range<usize>,
        run: usize,
        at: usize,
    ) -> (i64, i64) {
        let look = self.runs[run].look;
        let text = &self.flat.text[word.clone()];
        let key = (look.face, look.size.0, look.features, text.to_owned(), at - word.start);
        if let Some(widths) = self.pieces.get(&key) {
            return *widths;
        }
        let width = |glyphs: Vec<ShapedGlyph>| glyphs.iter().map(|g| g.advance.0).sum::<i64>();
        let left =
            width(self.shape_piece(setter, run, &format!("{}-", &self.flat.text[word.start..at])));
        let right = width(self.shape_piece(setter, run, &self.flat.text[at..word.end]));
        self.pieces.insert(key, (left, right));
        (left, right)
    }

    pub(super) fn shape_piece(
        &self,
        setter: &mut Setter<'_>,
        run: usize,
        text: &str,
    ) -> Vec<ShapedGlyph> {
        let run = &self.runs[run];
        let mut out = Vec::new();
        let right_to_left = run.level % 2 == 1;
        let font = (run.look.face, run.look.size);
        setter.shaper.shape(text, font, (run.script, right_to_left), run.look.features, &mut out);
        if right_to_left {
            out.reverse();
        }
        out
    }

    /// How far the glyph before index `end` may hang out at the right.
    pub(super) fn protrude_right(&self, end: usize) -> i64 {
        let Some(glyph) = end.checked_sub(1).and_then(|i| self.glyphs.get(i)) else { return 0 };
        let last = self.flat.text[..glyph.end as usize].chars().next_back().unwrap_or(' ');
        if self.runs[glyph.run as usize].look.code {
            return 0;
        }
        self.protrude_right_of(last, glyph.shaped.advance.0)
    }

    /// The share of its width by which a mark may hang out (reference: Microtype's defaults for
    /// serif text, Schlicht 2010), so that the edge looks straight.
    pub(super) fn protrude_right_of(&self, character: char, advance: i64) -> i64 {
        if self.style.align != Align::Justified {
            return 0;
        }
        let percent = match character {
            '.' | ',' | '-' | '‐' => 70,
            ':' | ';' => 40,
            '’' | '”' => 60,
            '–' | '—' => 30,
            '!' | '?' => 15,
            ')' | 'r' | 'f' | 'k' | 'v' | 'w' | 'y' | 't' => 5,
            _ => 0,
        };
        advance * percent / 100
    }

    pub(super) fn protrude_left(&self, start: usize) -> i64 {
        if self.style.align != Align::Justified
            || (start == 0 && self.setting.indent != Length::ZERO)
        {
            return 0;
        }
        let Some(glyph) = self.glyphs.get(start) else { return 0 };
        if self.runs[glyph.run as usize].look.code {
            return 0;
        }
        let first = self.flat.text[glyph.shaped.cluster as usize..].chars().next().unwrap_or(' ');
        let percent = match first {
            '“' | '‘' => 60,
            '(' => 10,
            'A' | 'T' | 'V' | 'W' | 'Y' | 'J' => 5,
            _ => 0,
        };
        glyph.shaped.advance.0 * percent / 100
    }
}

/// The measure of the longest line when nothing is broken: for tables.
pub(super) fn natural_widths(setter: &mut Setter<'_>, flat: &Flat) -> (Length, Length) {
    let (_, glyphs) = shape(setter, flat);
    let total: Length = glyphs.iter().map(|g| g.shaped.advance).sum();
    let mut widest = Length::ZERO;
    let mut word = Length::ZERO;
    for glyph in &glyphs {
        if glyph.space {
            word = Length::ZERO;
        } else {
            word += glyph.shaped.advance;
            widest = widest.max(word);
        }
    }
    (widest, total)
}
