//! A paragraph: from glyphs in logical order to set lines.
//!
//! Legal breaks come from UAX #14 (`icu_segmenter`), tailored for books; hyphens from
//! [`super::hyphenate`]. [`super::linebreak`] chooses among them. A set line holds items whose
//! origin is the line's own: x from the left edge of the measure, y from the baseline.

use std::ops::Range;

use crate::book::{NoteId, Place};
use crate::font::ShapedGlyph;
use crate::geom::Length;
use crate::source::Span;

use super::design::{Align, Style};
use super::galley::Setter;
use super::inline::Flat;
use super::itemize::{LogicalGlyph, Run, shape};
use super::linebreak::{Breakpoint, Kind, Line, Shape, Totals, break_into, break_lines};
use super::opportunities::{BrokenWord, Opportunity, verbatim_ranges};
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
    /// How many lines, from the first one on, leave room for what stands beside them, and how wide
    /// they are.
    pub beside: (usize, Length),
}

impl Setting {
    /// Lines of one width.
    pub(super) fn new(measure: Length, indent: Length) -> Self {
        Self { measure, indent, one_line: false, beside: (0, Length::ZERO) }
    }

    /// A line that is not broken.
    pub(super) fn one_line(measure: Length) -> Self {
        Self { one_line: true, ..Self::new(measure, Length::ZERO) }
    }

    /// Width of a line.
    pub(super) fn measure_of(&self, line: usize) -> Length {
        if line < self.beside.0 { self.beside.1 } else { self.measure }
    }
}

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
    set_lines(setter, flat, style, (setting, None)).unwrap_or_default()
}

/// The same in a given number of lines; `None` when that does not look well.
pub(super) fn set_in(
    setter: &mut Setter<'_>,
    flat: &Flat,
    style: &Style,
    (setting, lines): (Setting, usize),
) -> Option<Vec<SetLine>> {
    set_lines(setter, flat, style, (setting, Some(lines)))
}

fn set_lines(
    setter: &mut Setter<'_>,
    flat: &Flat,
    style: &Style,
    (setting, wanted): (Setting, Option<usize>),
) -> Option<Vec<SetLine>> {
    let (runs, glyphs) = shape(setter, flat);
    if glyphs.is_empty() {
        return None;
    }
    let paragraph = Paragraph::new(flat, (runs, glyphs), style, setting, setter.right_to_left);
    let mut places = paragraph.places();
    let points = paragraph.points(&places);
    let shape = Shape {
        measure: setting.measure.0,
        justified: style.align == Align::Justified,
        shortest_last: if style.align == Align::Justified { 2 * style.size.0 } else { 0 },
        lines: wanted,
        beside: (setting.beside.0, setting.beside.1.0),
    };
    let with_hyphens = |plain: &[Breakpoint]| {
        let hyphens = if style.hyphenate { paragraph.hyphen_places(setter) } else { Vec::new() };
        let (merged, points) = paragraph.merge((&places, plain), hyphens)?;
        places = merged;
        Some(points)
    };
    let (points, lines) = match wanted {
        Some(_) => break_into(points, shape, with_hyphens)?,
        None => break_lines(points, shape, with_hyphens),
    };
    Some(paragraph.set_all(setter, (&places, &points), &lines))
}

pub(super) struct Paragraph<'p> {
    pub flat: &'p Flat,
    pub runs: Vec<Run>,
    pub glyphs: Vec<LogicalGlyph>,
    /// Index of the first glyph at or after each byte.
    pub glyph_of_byte: Vec<u32>,
    /// Totals before each glyph, and after the last.
    pub totals: Vec<Totals>,
    pub style: &'p Style,
    pub setting: Setting,
    /// Whether its lines begin at the right.
    pub right_to_left: bool,
    /// Ranges of code and addresses.
    pub verbatim: Vec<Range<usize>>,
}

impl<'p> Paragraph<'p> {
    pub(super) fn new(
        flat: &'p Flat,
        (runs, glyphs): (Vec<Run>, Vec<LogicalGlyph>),
        style: &'p Style,
        setting: Setting,
        right_to_left: bool,
    ) -> Self {
        let mut totals = Vec::with_capacity(glyphs.len() + 1);
        let mut total = Totals::default();
        for glyph in &glyphs {
            totals.push(total);
            let advance = glyph.shaped.advance.0;
            total.width += advance;
            if glyph.is_flexible() {
                total.stretch += glyph.stretch();
                total.shrink += glyph.shrink();
            } else if !runs[glyph.run as usize].look.code {
                total.stretch += advance * EXPANSION / 10_000;
                total.shrink += advance * EXPANSION / 10_000;
            }
        }
        totals.push(total);
        let verbatim = if setting.one_line { Vec::new() } else { verbatim_ranges(flat) };
        let glyph_of_byte = glyph_of_byte(&glyphs, flat.text.len());
        Self { flat, runs, glyphs, glyph_of_byte, totals, style, setting, right_to_left, verbatim }
    }

    /// All lines, with what the report says of them.
    fn set_all(
        &self,
        setter: &mut Setter<'_>,
        (places, points): (&[Opportunity], &[Breakpoint]),
        lines: &[Line],
    ) -> Vec<SetLine> {
        let mut ladder = 0;
        let ends = lines.iter().enumerate();
        ends.map(|(at, line)| {
            let end = &points[line.to];
            ladder = if end.kind == Kind::Hyphen { ladder + 1 } else { 0 };
            setter.statistics.longest_ladder = setter.statistics.longest_ladder.max(ladder);
            let is_last = at + 1 == lines.len() || end.kind == Kind::Forced;
            self.commit(setter, (places, points), (at, *line), is_last)
        })
        .collect()
    }

    /// The numbers line breaking works on; point 0 is the paragraph's start.
    pub(super) fn points(&self, places: &[Opportunity]) -> Vec<Breakpoint> {
        let mut points = Vec::with_capacity(places.len() + 1);
        points.push(Breakpoint {
            start_extra: self.setting.indent.0 - self.protrude_left(0),
            ..Breakpoint::default()
        });
        points.extend(places.iter().map(|place| self.point(place)));
        points
    }

    fn point(&self, place: &Opportunity) -> Breakpoint {
        let start = self.glyph_at(place.at);
        let (end, end_extra, start_extra) = match &place.word {
            Some(BrokenWord { range, left, right, .. }) => {
                let (first, last) = (self.glyph_at(range.start), self.glyph_at(range.end));
                let width =
                    |from: usize, to: usize| self.totals[to].width - self.totals[from].width;
                let hyphen = self.protrude_right_of('-', left / 8);
                (start, left - width(first, start) - hyphen, right - width(start, last))
            }
            None => {
                let end = self.glyph_at(self.content_end(place.at));
                (end, -self.protrude_right(end), 0)
            }
        };
        Breakpoint {
            end: self.totals[end],
            start: self.totals[start],
            end_extra,
            start_extra: start_extra - self.protrude_left(start),
            penalty: place.penalty,
            kind: place.kind,
        }
    }

    /// Plain places and hyphens in one list, with their points; of two at one byte the plain one.
    /// `None` when there is no hyphen.
    pub(super) fn merge(
        &self,
        (places, points): (&[Opportunity], &[Breakpoint]),
        hyphens: Vec<Opportunity>,
    ) -> Option<(Vec<Opportunity>, Vec<Breakpoint>)> {
        if hyphens.is_empty() {
            return None;
        }
        let count = places.len() + hyphens.len();
        let mut merged = (Vec::with_capacity(count), Vec::with_capacity(count + 1));
        merged.1.extend(points.first());
        let mut plain = places.iter().zip(points.iter().skip(1)).peekable();
        for hyphen in hyphens {
            while let Some((place, point)) = plain.next_if(|(place, _)| place.at <= hyphen.at) {
                merged.0.push(place.clone());
                merged.1.push(*point);
            }
            if merged.0.last().is_none_or(|last: &Opportunity| last.at < hyphen.at) {
                merged.1.push(self.point(&hyphen));
                merged.0.push(hyphen);
            }
        }
        merged.0.extend(plain.clone().map(|(place, _)| place.clone()));
        merged.1.extend(plain.map(|(_, point)| *point));
        Some(merged)
    }

    /// The byte after the last character that is not a space, before `at`.
    pub(super) fn content_end(&self, at: usize) -> usize {
        self.flat.text[..at].trim_end_matches([' ', '\n']).len()
    }

    /// Glyphs of a piece of a word, in logical order.
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

    /// How far the glyph before index `end` may hang out at the end of a line.
    pub(super) fn protrude_right(&self, end: usize) -> i64 {
        let Some(glyph) = end.checked_sub(1).and_then(|i| self.glyphs.get(i)) else { return 0 };
        let last = self.flat.text[..glyph.end as usize].chars().next_back().unwrap_or(' ');
        if !self.may_hang(glyph) {
            return glyph.gap.0;
        }
        glyph.gap.0 + self.protrude_right_of(last, glyph.shaped.advance.0)
    }

    /// Not code, and not what runs against the line: its end is not the line's.
    fn may_hang(&self, glyph: &LogicalGlyph) -> bool {
        let run = &self.runs[glyph.run as usize];
        !run.look.code && (run.level % 2 == 1) == self.right_to_left
    }

    /// The share of its width by which a mark may hang out (reference: Microtype's defaults for
    /// serif text, Schlicht 2010), so that the edge looks straight.
    pub(super) fn protrude_right_of(&self, character: char, advance: i64) -> i64 {
        if self.style.align != Align::Justified {
            return 0;
        }
        let percent = match character {
            '.' | ',' | '-' | '‐' | '،' => 70,
            ':' | ';' | '؛' => 40,
            '’' | '”' => 60,
            '–' | '—' => 30,
            '!' | '?' | '؟' => 15,
            ')' | 'r' | 'f' | 'k' | 'v' | 'w' | 'y' | 't' => 5,
            _ => 0,
        };
        advance * percent / 100
    }

    /// How far the glyph at index `start` may hang out at the beginning of a line.
    pub(super) fn protrude_left(&self, start: usize) -> i64 {
        let Some(glyph) = self.glyphs.get(start) else { return 0 };
        if start == 0 && self.setting.indent != Length::ZERO {
            return 0;
        }
        if self.style.align != Align::Justified || !self.may_hang(glyph) {
            return glyph.lead.0;
        }
        let first = self.flat.text[glyph.shaped.cluster as usize..].chars().next().unwrap_or(' ');
        let percent = match first {
            '“' | '‘' => 60,
            '(' => 10,
            'A' | 'T' | 'V' | 'W' | 'Y' | 'J' => 5,
            _ => 0,
        };
        glyph.lead.0 + glyph.shaped.advance.0 * percent / 100
    }
}

fn glyph_of_byte(glyphs: &[LogicalGlyph], bytes: usize) -> Vec<u32> {
    let mut table = Vec::with_capacity(bytes + 1);
    for (glyph, at) in glyphs.iter().zip(0u32..) {
        let after = glyph.shaped.cluster as usize + 1;
        table.resize(after.max(table.len()), at);
    }
    table.resize(bytes + 1, u32::try_from(glyphs.len()).unwrap_or(u32::MAX));
    table
}

/// How much room a text asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// Its longest word: what stands between two places where a line may end at no cost.
    pub word: Length,
    /// Its longest piece that cannot be parted at all, but by a hyphen.
    pub piece: Length,
    /// Its longest line when nothing is broken that need not be.
    pub natural: Length,
}

/// Measures a text for the column of a table.
pub(super) fn extent(setter: &mut Setter<'_>, flat: &Flat, style: &Style) -> Extent {
    let (runs, glyphs) = shape(setter, flat);
    let setting = Setting::new(setter.design.measure, Length::ZERO);
    let paragraph = Paragraph::new(flat, (runs, glyphs), style, setting, setter.right_to_left);
    let mut extent = Extent::default();
    let (mut word, mut piece, mut line) = (0, 0, 0);
    for place in paragraph.places() {
        let end = paragraph.totals[paragraph.glyph_at(paragraph.content_end(place.at))].width;
        let next = paragraph.totals[paragraph.glyph_at(place.at)].width;
        extent.piece = extent.piece.max(Length(end - piece));
        piece = next;
        if place.penalty <= 0 {
            extent.word = extent.word.max(Length(end - word));
            word = next;
        }
        if place.kind == Kind::Forced {
            extent.natural = extent.natural.max(Length(end - line));
            line = next;
        }
    }
    extent
}

/// How wide a text is on one line, with the space at its end.
pub(super) fn natural_width(setter: &mut Setter<'_>, flat: &Flat) -> Length {
    shape(setter, flat).1.iter().map(|glyph| glyph.shaped.advance).sum()
}
