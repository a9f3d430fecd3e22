//! A paragraph: from glyphs in logical order to set lines.
//!
//! Legal breaks come from UAX #14 (`icu_segmenter`), tailored for books; hyphens from
//! [`super::hyphenate`]. [`super::linebreak`] chooses among them. A set line holds items whose
//! origin is the line's own: x from the left edge of the measure, y from the baseline.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::book::{NoteId, Place};
use crate::font::{FaceId, Features, ShapedGlyph};
use crate::geom::{Length, Point, Rect, Size};
use crate::source::Span;

use super::design::{Align, Style};
use super::galley::Setter;
use super::inline::{Flat, LogicalGlyph, Run, push_logical, shape};
use super::linebreak::{Breakpoint, Kind, Line, ONE, Shape, Totals, break_lines};
use super::pages::{self, Color, Glyph, Glyphs, Item, Link, Mark, Path};

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
}

/// Font expansion at ratio 1, in 1/10000 (Thành, "Micro-typographic extensions to the TeX
/// typesetting system", 2000: up to 2 % is not seen).
const EXPANSION: i64 = 200;
/// Cost of a hyphen, TeX's `\hyphenpenalty`.
const HYPHEN_PENALTY: i64 = 50;
/// More for pieces of words so short that the hyphen hardly pays.
const SHORT_WORD_PENALTY: i64 = 20;
/// Cost of breaking inside code or an address.
const CODE_PENALTY: i64 = 180;

static SEGMENTER: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_17_for_non_complex_scripts(LineBreakOptions::default()));

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
    lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let last = i + 1 == count || points[line.to].kind == Kind::Forced;
            paragraph.commit(setter, (&places, &points), *line, (i == 0, last))
        })
        .collect()
}

/// A byte at which a line may end, and why.
#[derive(Clone, Debug)]
struct Opportunity {
    /// First byte of the next line.
    at: usize,
    kind: Kind,
    penalty: i64,
    /// For hyphens: the word and the run it stands in.
    word: Option<(std::ops::Range<usize>, usize)>,
}

/// Widths of a broken word's pieces: `(byte, with hyphen, rest)`.
type Pieces = BTreeMap<(FaceId, i64, Features, String, usize), (i64, i64)>;

struct Paragraph<'p> {
    flat: &'p Flat,
    runs: Vec<Run>,
    glyphs: Vec<LogicalGlyph>,
    /// Totals before each glyph, and after the last.
    totals: Vec<Totals>,
    style: &'p Style,
    setting: Setting,
    pieces: Pieces,
}

impl<'p> Paragraph<'p> {
    fn new(
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
            } else if !runs[glyph.run as usize].look.code {
                total.stretch += advance * EXPANSION / 10_000;
                total.shrink += advance * EXPANSION / 10_000;
            }
        }
        totals.push(total);
        Self { flat, runs, glyphs, totals, style, setting, pieces: BTreeMap::new() }
    }

    /// All legal places, ascending; with a setter also inside words.
    fn places(&self, hyphens: Option<&Setter<'_>>) -> Vec<Opportunity> {
        let text = &self.flat.text;
        let mut places: Vec<Opportunity> = SEGMENTER
            .segment_str(text)
            .filter(|at| *at > 0 && *at < text.len())
            .filter_map(|at| self.judge(at))
            .collect();
        if let Some(setter) = hyphens {
            places.extend(self.hyphen_places(setter));
            places.sort_by_key(|p| (p.at, p.kind == Kind::Hyphen));
            places.dedup_by_key(|p| p.at);
        }
        places.push(Opportunity { at: text.len(), kind: Kind::Forced, penalty: 0, word: None });
        places
    }

    /// UAX #14 with a book's manners: see the arms.
    fn judge(&self, at: usize) -> Option<Opportunity> {
        let text = &self.flat.text;
        let before = text[..at].chars().next_back()?;
        let after = text[at..].chars().next()?;
        let place = |penalty| Some(Opportunity { at, kind: Kind::Plain, penalty, word: None });
        if before == '\n' {
            return Some(Opportunity { at, kind: Kind::Forced, penalty: 0, word: None });
        }
        if before == ' ' {
            // A dash does not begin a line.
            return if matches!(after, '–' | '—') { None } else { place(0) };
        }
        if matches!(after, '–' | '—') {
            return None;
        }
        if self.is_code(at) || self.is_address(at) {
            return if matches!(
                before,
                '/' | '.' | '_' | ':' | '(' | ',' | '?' | '&' | '=' | '-' | '#'
            ) && after != before
                && !after.is_ascii_punctuation()
            {
                place(CODE_PENALTY)
            } else {
                None
            };
        }
        match before {
            // `C++`, `1+1`: a sign stays with its word.
            '+' | '#' | '%' => None,
            // `A/B` stays whole; a slash between words may end a line.
            '/' => {
                let left = text[..at - 1].chars().rev().take_while(|c| c.is_alphabetic()).count();
                let right = text[at..].chars().take_while(|c| c.is_alphabetic()).count();
                if left > 3 && right > 3 { place(HYPHEN_PENALTY) } else { None }
            }
            // A hyphen that was written: neither after one letter (`e-mail`) nor before a digit.
            '-' | '‐' => {
                let left = text[..at - before.len_utf8()]
                    .chars()
                    .rev()
                    .take_while(|c| c.is_alphanumeric())
                    .count();
                if left < 2 || after.is_ascii_digit() { None } else { place(HYPHEN_PENALTY) }
            }
            _ => place(0),
        }
    }

    fn is_code(&self, at: usize) -> bool {
        let inside = |byte: usize| self.segment_at(byte).look.code;
        at > 0 && inside(at - 1) && inside(at)
    }

    /// Whether the word around a byte is a web address.
    fn is_address(&self, at: usize) -> bool {
        let text = &self.flat.text;
        let start = text[..at].rfind(char::is_whitespace).map_or(0, |i| i + 1);
        let word = text[start..].split(char::is_whitespace).next().unwrap_or("");
        word.contains("://") || word.starts_with("www.")
    }

    fn segment_at(&self, byte: usize) -> &super::inline::Segment {
        let after = self.flat.segments.partition_point(|s| s.start <= byte);
        &self.flat.segments[after.saturating_sub(1)]
    }

    fn hyphen_places(&self, setter: &Setter<'_>) -> Vec<Opportunity> {
        let text = &self.flat.text;
        let mut places = Vec::new();
        for at in &self.flat.soft_hyphens {
            if let Some(word) = self.word_around(*at) {
                places.push(self.hyphen(*at, word, 0));
            }
        }
        let mut start = None;
        for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
            match (character.is_alphabetic(), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    start = None;
                    // A word with digits, an apostrophe or an underscore beside it is left whole,
                    // but a plain possessive is not.
                    let glued = |c: Option<char>| {
                        c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '@')
                    };
                    if glued(text[..from].chars().next_back()) || glued(text[at..].chars().next()) {
                        continue;
                    }
                    self.word_hyphens(setter, from..at, &mut places);
                }
                _ => {}
            }
        }
        places
    }

    fn word_hyphens(
        &self,
        setter: &Setter<'_>,
        word: std::ops::Range<usize>,
        places: &mut Vec<Opportunity>,
    ) {
        let segment = self.segment_at(word.start);
        if segment.look.code || self.run_of(&word).is_none() || self.is_address(word.end) {
            return;
        }
        let language = segment.language.as_ref().unwrap_or(&setter.language);
        let letters = self.flat.text[word.clone()].chars().count();
        let extra = if letters < 7 { SHORT_WORD_PENALTY } else { 0 };
        for offset in setter.hyphenator.points(&self.flat.text[word.clone()], language) {
            places.push(self.hyphen(word.start + offset, word.clone(), extra));
        }
    }

    fn hyphen(&self, at: usize, word: std::ops::Range<usize>, extra: i64) -> Opportunity {
        let run = self.run_of(&word).unwrap_or(0);
        let penalty = HYPHEN_PENALTY + extra;
        Opportunity { at, kind: Kind::Hyphen, penalty, word: Some((word, run)) }
    }

    fn word_around(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let text = &self.flat.text;
        let start = text[..at]
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
        let end = text[at..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |i| at + i);
        let word = start..end;
        (start < at && at < end && self.run_of(&word).is_some()).then_some(word)
    }

    /// The run that holds a whole word, if one does.
    fn run_of(&self, word: &std::ops::Range<usize>) -> Option<usize> {
        let first = self.glyphs.get(self.glyph_at(word.start))?;
        let last = self.glyphs.get(self.glyph_at(word.end).checked_sub(1)?)?;
        (first.run == last.run && first.shaped.cluster as usize == word.start)
            .then_some(first.run as usize)
    }

    /// Index of the first glyph at or after a byte.
    fn glyph_at(&self, byte: usize) -> usize {
        self.glyphs.partition_point(|g| (g.shaped.cluster as usize) < byte)
    }

    /// The numbers line breaking works on; point 0 is the paragraph's start.
    fn points(&mut self, places: &[Opportunity], setter: &mut Setter<'_>) -> Vec<Breakpoint> {
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
    fn content_end(&self, at: usize) -> usize {
        self.flat.text[..at].trim_end_matches([' ', '\n']).len()
    }

    /// Width of a word's beginning with a hyphen, and of its rest, each shaped on its own.
    fn piece_widths(
        &mut self,
        setter: &mut Setter<'_>,
        word: &std::ops::Range<usize>,
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

    fn shape_piece(&self, setter: &mut Setter<'_>, run: usize, text: &str) -> Vec<ShapedGlyph> {
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
    fn protrude_right(&self, end: usize) -> i64 {
        let Some(glyph) = end.checked_sub(1).and_then(|i| self.glyphs.get(i)) else { return 0 };
        let last = self.flat.text[..glyph.end as usize].chars().next_back().unwrap_or(' ');
        if self.runs[glyph.run as usize].look.code {
            return 0;
        }
        self.protrude_right_of(last, glyph.shaped.advance.0)
    }

    /// The share of its width by which a mark may hang out (reference: Microtype's defaults for
    /// serif text, Schlicht 2010), so that the edge looks straight.
    fn protrude_right_of(&self, character: char, advance: i64) -> i64 {
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

    fn protrude_left(&self, start: usize) -> i64 {
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

    /// The glyphs of a line, reshaped where a word is broken, with spaces at its end.
    fn line_glyphs(
        &self,
        setter: &mut Setter<'_>,
        from: Option<&Opportunity>,
        to: &Opportunity,
    ) -> Vec<LogicalGlyph> {
        let mut out = Vec::new();
        let start_byte = from.map_or(0, |f| f.at);
        let broken = |o: Option<&Opportunity>| o.and_then(|o| o.word.clone());
        let (head, tail) = (broken(from), broken(Some(to)));
        let mut first = self.glyph_at(start_byte);
        let mut last = self.glyph_at(self.content_end(to.at));
        let mut piece = |range: std::ops::Range<usize>,
                         run: usize,
                         hyphen: bool,
                         out: &mut Vec<LogicalGlyph>| {
            let mut text = self.flat.text[range.clone()].to_owned();
            if hyphen {
                text.push('-');
            }
            let shaped = self.shape_piece(setter, run, &text);
            push_logical(&text, &shaped, (run, range.start), out);
            if let (true, Some(last)) = (hyphen, out.last_mut()) {
                last.hyphen = true;
            }
        };
        if let Some((word, run)) = &head {
            let same = tail.as_ref().is_some_and(|(other, _)| other == word);
            piece(start_byte..if same { to.at } else { word.end.min(to.at) }, *run, same, &mut out);
            first = self.glyph_at(word.end.min(to.at));
            if same {
                return out;
            }
        }
        if let Some((word, _)) = &tail {
            last = self.glyph_at(word.start);
        }
        out.extend(self.glyphs.get(first..last.max(first)).unwrap_or(&[]).iter().copied());
        if let Some((word, run)) = &tail {
            piece(word.start..to.at, *run, true, &mut out);
        }
        out
    }

    fn commit(
        &self,
        setter: &mut Setter<'_>,
        (places, points): (&[Opportunity], &[Breakpoint]),
        line: Line,
        (is_first, is_last): (bool, bool),
    ) -> SetLine {
        let from = line.from.checked_sub(1).map(|i| &places[i]);
        let to = &places[line.to - 1];
        let glyphs = self.line_glyphs(setter, from, to);
        let start = from.map_or(0, |f| f.at);
        let indent = if is_first { self.setting.indent } else { Length::ZERO };
        let justified = self.style.align == Align::Justified;
        let (left, right) =
            if justified { self.hang(from.is_none(), &glyphs, to, start) } else { (0, 0) };
        let target = self.setting.measure.0 - indent.0 + left + right;
        let fill = justified && (!is_last || line.ratio < 0);
        let spread = Spread::new(&glyphs, &self.runs, target, fill.then_some(line.ratio));
        let width = spread.width;
        let slack = self.setting.measure.0 - indent.0 - width;
        let x = match self.style.align {
            Align::Justified if setter.right_to_left && !fill => slack - left,
            Align::Justified => -left,
            Align::Start => {
                if setter.right_to_left {
                    slack
                } else {
                    0
                }
            }
            Align::Center => slack / 2,
            Align::End => slack,
        };
        let x = if setter.right_to_left && justified { x } else { x + indent.0 };
        let trailing = self.trailing_space(to, is_last);
        let items = self.items(setter, glyphs, trailing, &spread, Length(x));
        if line.overfull > Length::pt(1).0 / 4 {
            setter.overfull(self.segment_at(start).span, Length(line.overfull));
        }
        setter.statistics.line(
            points[line.to].kind == Kind::Hyphen,
            justified && !is_last,
            line.ratio,
        );
        let end = self.content_end(to.at);
        SetLine {
            items,
            width: Length(width),
            notes: self
                .flat
                .notes
                .iter()
                .filter(|(at, _)| (start..end.max(start + 1)).contains(at))
                .map(|(_, n)| *n)
                .collect(),
            place: Place { node: self.flat.node, offset: self.source_offset(start) },
            hyphen: points[line.to].kind == Kind::Hyphen,
            span: self.segment_at(start).span,
        }
    }

    /// How far the first and last glyph hang out.
    fn hang(
        &self,
        is_first: bool,
        glyphs: &[LogicalGlyph],
        to: &Opportunity,
        start: usize,
    ) -> (i64, i64) {
        let left =
            if is_first { self.protrude_left(0) } else { self.protrude_left(self.glyph_at(start)) };
        let right = match (&to.word, glyphs.last()) {
            (Some(_), Some(hyphen)) => self.protrude_right_of('-', hyphen.shaped.advance.0),
            _ => self.protrude_right(self.glyph_at(self.content_end(to.at))),
        };
        (left, right)
    }

    /// The byte of the book's text that a byte of the flat text stands for.
    fn source_offset(&self, byte: usize) -> u32 {
        let after = self.flat.offsets.partition_point(|(flat, _)| *flat <= byte);
        let (flat, source) = self.flat.offsets[after.saturating_sub(1)];
        u32::try_from(source + (byte - flat.min(byte))).unwrap_or(u32::MAX)
    }

    /// The space that ends a line: drawn, so that copied text keeps its words apart.
    fn trailing_space(&self, to: &Opportunity, is_last: bool) -> Option<LogicalGlyph> {
        if is_last || to.kind == Kind::Hyphen {
            return None;
        }
        let space = self.glyphs.get(self.glyph_at(self.content_end(to.at)))?;
        (space.space && (space.shaped.cluster as usize) < to.at).then_some(*space)
    }

    fn items(
        &self,
        setter: &mut Setter<'_>,
        mut glyphs: Vec<LogicalGlyph>,
        trailing: Option<LogicalGlyph>,
        spread: &Spread,
        x: Length,
    ) -> Vec<Item> {
        if self.runs.iter().any(|r| r.level > 0) {
            reorder(&mut glyphs, &self.runs);
        }
        glyphs.extend(trailing);
        let mut line = LineItems { paragraph: self, items: Vec::new(), links: BTreeMap::new(), x };
        let mut spaces = 0;
        let mut at = 0;
        while at < glyphs.len() {
            let run = glyphs[at].run;
            let end =
                glyphs[at..].iter().position(|g| g.run != run).map_or(glyphs.len(), |n| at + n);
            line.group(setter, &glyphs[at..end], spread, &mut spaces);
            at = end;
        }
        line.finish(setter)
    }
}

/// Reverses what runs from right to left (UAX #9, rule L2).
fn reorder(glyphs: &mut [LogicalGlyph], runs: &[Run]) {
    let level = |g: &LogicalGlyph| runs[g.run as usize].level;
    let highest = glyphs.iter().map(level).max().unwrap_or(0);
    let lowest_odd = glyphs.iter().map(level).filter(|l| l % 2 == 1).min().unwrap_or(1);
    for current in (lowest_odd..=highest).rev() {
        let mut at = 0;
        while at < glyphs.len() {
            let end = glyphs[at..]
                .iter()
                .position(|g| level(g) < current)
                .map_or(glyphs.len(), |n| at + n);
            glyphs[at..end].reverse();
            at = end.max(at + 1);
        }
    }
}

/// How a line's slack is shared: glyphs are expanded, spaces take the rest, to the last unit.
struct Spread {
    /// Horizontal scale of glyphs in 1/10000.
    stretch: i64,
    /// What all spaces take together.
    spaces: i64,
    /// How many there are.
    count: i64,
    /// Width of the line as set.
    width: i64,
}

impl Spread {
    fn new(glyphs: &[LogicalGlyph], runs: &[Run], target: i64, ratio: Option<i64>) -> Self {
        let natural: i64 = glyphs.iter().map(|g| g.shaped.advance.0).sum();
        let Some(ratio) = ratio else {
            return Self { stretch: 10_000, spaces: 0, count: 0, width: natural };
        };
        let stretch = 10_000 + ratio.clamp(-ONE, ONE) * EXPANSION / ONE;
        let count = glyphs.iter().filter(|g| g.space).count() as i64;
        let scaled: i64 = glyphs.iter().map(|g| Self::scaled(g, runs, stretch)).sum();
        if count == 0 {
            return Self { stretch, spaces: 0, count, width: scaled };
        }
        // An overfull line keeps a little space between its words.
        let space: i64 = glyphs.iter().filter(|g| g.space).map(|g| g.shaped.advance.0).sum();
        let spaces = (target - scaled).max(-space * 2 / 5);
        Self { stretch, spaces, count, width: scaled + spaces }
    }

    fn scaled(glyph: &LogicalGlyph, runs: &[Run], stretch: i64) -> i64 {
        let advance = glyph.shaped.advance;
        if glyph.space || runs[glyph.run as usize].look.code {
            advance.0
        } else {
            advance.scale(stretch, 10_000).0
        }
    }

    /// The share of the `n`th space: all shares add up exactly.
    fn share(&self, n: i64) -> i64 {
        if self.count == 0 || n >= self.count {
            return 0;
        }
        self.spaces * (n + 1) / self.count - self.spaces * n / self.count
    }
}

/// Collects the items of one line from left to right.
struct LineItems<'l, 'p> {
    paragraph: &'l Paragraph<'p>,
    items: Vec<Item>,
    /// Left and right end of each link on the line.
    links: BTreeMap<usize, (Length, Length)>,
    x: Length,
}

impl LineItems<'_, '_> {
    /// Glyphs of one run.
    fn group(
        &mut self,
        setter: &Setter<'_>,
        glyphs: &[LogicalGlyph],
        spread: &Spread,
        spaces: &mut i64,
    ) {
        let run = &self.paragraph.runs[glyphs[0].run as usize];
        let segment = &self.paragraph.flat.segments[run.segment];
        let start = self.x;
        if let Some(photo) = segment.photo {
            let size = Size::new(glyphs[0].shaped.advance, run.look.size);
            let area =
                Rect::new(Point::new(self.x, Length::ZERO - run.look.size.scale(4, 5)), size);
            self.items.push(Item::Image(pages::Image {
                photo,
                area,
                mark: Mark::Content(segment.content),
                span: segment.span,
            }));
            self.x += size.width;
        } else {
            let set = self.glyphs(run, segment, glyphs, spread, spaces);
            let size = setter.shaper.faces().get(set.face).metrics();
            self.decorate(
                run,
                start,
                i64::from(size.x_height) * 1000 / i64::from(size.units_per_em),
            );
            self.items.push(Item::Glyphs(set));
        }
        if let Some(link) = segment.link {
            let ends = self.links.entry(link).or_insert((start, self.x));
            *ends = (ends.0.min(start), ends.1.max(self.x));
        }
    }

    fn glyphs(
        &mut self,
        run: &Run,
        segment: &super::inline::Segment,
        glyphs: &[LogicalGlyph],
        spread: &Spread,
        spaces: &mut i64,
    ) -> Glyphs {
        let mut text = String::new();
        let mut out = Vec::with_capacity(glyphs.len());
        let stretch = if run.look.code { 10_000 } else { spread.stretch };
        let origin = Point::new(self.x, -run.look.rise);
        for glyph in glyphs {
            let from = text.len();
            let cluster = glyph.shaped.cluster as usize..glyph.end as usize;
            match self.paragraph.flat.text.get(cluster) {
                _ if glyph.hyphen => text.push('\u{ad}'),
                Some(characters) => text.push_str(characters),
                None => {}
            }
            let mut advance = Spread::scaled(glyph, &self.paragraph.runs, stretch);
            if glyph.space {
                advance += spread.share(*spaces);
                *spaces += 1;
            }
            let range = (u32::try_from(from).unwrap_or(0), u32::try_from(text.len()).unwrap_or(0));
            out.push(Glyph {
                id: glyph.shaped.id,
                advance: Length(advance),
                dx: glyph.shaped.dx,
                dy: glyph.shaped.dy,
                text: range,
            });
            self.x += Length(advance);
        }
        Glyphs {
            face: run.look.face,
            size: run.look.size,
            stretch: i32::try_from(stretch).unwrap_or(10_000),
            origin,
            color: run.look.color,
            glyphs: out,
            text,
            mark: Mark::Content(segment.content),
            span: segment.span,
        }
    }

    /// Backgrounds and lines through the text.
    fn decorate(&mut self, run: &Run, start: Length, x_height: i64) {
        let width = self.x - start;
        let size = run.look.size;
        if run.look.marked {
            let area = Rect::new(
                Point::new(start, Length::ZERO - size.scale(80, 100)),
                Size::new(width, size),
            );
            self.items.push(Item::Path(Path::rectangle(area, Color::Gray(225))));
        }
        if run.look.struck {
            let y = Length::ZERO - size.scale(x_height, 2000);
            let area = Rect::new(Point::new(start, y), Size::new(width, size.scale(5, 100)));
            self.items.push(Item::Path(Path::rectangle(area, run.look.color)));
        }
    }

    fn finish(mut self, _setter: &Setter<'_>) -> Vec<Item> {
        let size = self.paragraph.style.size;
        for (index, (left, right)) in &self.links {
            let link = &self.paragraph.flat.links[*index];
            let top = Length::ZERO - size.scale(85, 100);
            self.items.push(Item::Link(Link {
                area: Rect::new(
                    Point::new(*left, top),
                    Size::new(*right - *left, size.scale(115, 100)),
                ),
                target: link.target.clone(),
                tag: Some(link.tag),
                contents: link.contents.clone(),
            }));
        }
        self.items
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
