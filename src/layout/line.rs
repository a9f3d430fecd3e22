//! A chosen line becomes items: its glyphs in visual order, spread to the measure.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::book::Place;
use crate::geom::{Length, Point, Rect, Size};

use super::design::Align;
use super::galley::Setter;
use super::inline::Segment;
use super::itemize::{LogicalGlyph, Run, push_logical};
use super::linebreak::{Breakpoint, Kind, Line, ONE};
use super::opportunities::Opportunity;
use super::pages::{self, Color, Glyph, Glyphs, Item, Link, Mark, Path};
use super::paragraph::{EXPANSION, Paragraph, SetLine};

impl Paragraph<'_> {
    /// The glyphs of a line, reshaped where a word is broken, with spaces at its end.
    pub(super) fn line_glyphs(
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
        let mut piece =
            |range: Range<usize>, run: usize, hyphen: bool, out: &mut Vec<LogicalGlyph>| {
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

    pub(super) fn commit(
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
            Align::End => {
                if setter.right_to_left {
                    0
                } else {
                    slack
                }
            }
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
    pub(super) fn hang(
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
    pub(super) fn source_offset(&self, byte: usize) -> u32 {
        let after = self.flat.offsets.partition_point(|(flat, _)| *flat <= byte);
        let (flat, source) = self.flat.offsets[after.saturating_sub(1)];
        u32::try_from(source + (byte - flat.min(byte))).unwrap_or(u32::MAX)
    }

    /// The space that ends a line: drawn, so that copied text keeps its words apart.
    pub(super) fn trailing_space(&self, to: &Opportunity, is_last: bool) -> Option<LogicalGlyph> {
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
        let inner = glyphs.split_last().map_or(glyphs, |(_, inner)| inner);
        let count = inner.iter().filter(|g| g.space || g.ideograph).count() as i64;
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
        if glyph.space || glyph.ideograph || runs[glyph.run as usize].look.code {
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
        segment: &Segment,
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
            if glyph.space || glyph.ideograph {
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
