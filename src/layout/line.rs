//! A chosen line becomes items: its glyphs in visual order, spread to the measure.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::book::Place;
use crate::geom::{Length, Point, Rect, Size};

use super::bidi::visual_order;
use super::design::Align;
use super::galley::Setter;
use super::inline::Segment;
use super::itemize::{LogicalGlyph, Run, push_logical};
use super::linebreak::{Breakpoint, Kind, Line};
use super::opportunities::Opportunity;
use super::pages::{self, Glyph, Glyphs, Item, Link, Mark, Path};
use super::paragraph::{Paragraph, SetLine};
use super::spread::Spread;

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
        let broken = |o: Option<&Opportunity>| {
            let word = o.and_then(|o| o.word.as_ref())?;
            Some((word.range.clone(), word.run))
        };
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
                push_logical(&text, &shaped, (run, range.start, false), out);
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
        let whole = self.glyphs.get(first..last.max(first)).unwrap_or(&[]);
        // A space may follow.
        out.reserve(whole.len() + 1);
        out.extend_from_slice(whole);
        if let Some((word, run)) = &tail {
            piece(word.start..to.at, *run, true, &mut out);
        }
        out
    }

    pub(super) fn commit(
        &self,
        setter: &mut Setter<'_>,
        (places, points): (&[Opportunity], &[Breakpoint]),
        (at, line): (usize, Line),
        is_last: bool,
    ) -> SetLine {
        let from = line.from.checked_sub(1).map(|i| &places[i]);
        let to = &places[line.to - 1];
        let glyphs = self.line_glyphs(setter, from, to);
        let start = from.map_or(0, |f| f.at);
        let indent = if at == 0 { self.setting.indent } else { Length::ZERO };
        let measure = self.setting.measure_of(at);
        let justified = self.style.align == Align::Justified;
        let (left, right) = self.hang(from.is_none(), &glyphs, to, start);
        let target = measure.0 - indent.0 + left + right;
        let fill = justified && (!is_last || line.ratio < 0);
        let spread = Spread::new(&glyphs, &self.runs, target, fill.then_some(line.ratio));
        let width = spread.width;
        let slack = measure.0 - indent.0 - width;
        // What stands beside lines that run from right to left stands at the left.
        let room = if self.right_to_left { self.setting.measure - measure } else { Length::ZERO };
        let x = room.0 + self.left_edge((slack, indent.0), (left, right), fill);
        let trailing = self.trailing_space(to);
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

    /// Where a line begins at the left; what hangs out at its beginning and end does so at the right
    /// and left of text that runs from right to left.
    fn left_edge(&self, (slack, indent): (i64, i64), (begin, end): (i64, i64), fill: bool) -> i64 {
        match (self.style.align, self.right_to_left) {
            (Align::Justified | Align::Start, false) => indent - begin,
            (Align::Justified, true) if fill => -end,
            (Align::Justified | Align::Start, true) => slack + begin,
            (Align::Center, false) => indent + slack / 2,
            (Align::Center, true) => slack / 2,
            (Align::End, false) => indent + slack + end,
            (Align::End, true) => -end,
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
    pub(super) fn trailing_space(&self, to: &Opportunity) -> Option<LogicalGlyph> {
        if to.at == self.flat.text.len() || to.kind == Kind::Hyphen {
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
            let levels: Vec<u8> = glyphs.iter().map(|g| self.runs[g.run as usize].level).collect();
            glyphs = visual_order(&levels).into_iter().map(|at| glyphs[at]).collect();
        }
        let mut line = LineItems { paragraph: self, items: Vec::new(), links: BTreeMap::new(), x };
        // The trailing space hangs out at the end of the line, wherever that is, and is not widened.
        let mut spaces = 0;
        if let (Some(space), true) = (trailing, setter.right_to_left) {
            line.x -= space.shaped.advance;
            spaces -= Spread::weight(&space, spread.spaces);
            glyphs.insert(0, space);
        } else {
            glyphs.extend(trailing);
        }
        let mut begins: Vec<(u32, usize)> = Vec::new();
        for group in glyphs.chunk_by(|a, b| a.run == b.run && self.is_in_order(a, b)) {
            let first = group.iter().map(|g| g.shaped.cluster).min().unwrap_or(0);
            begins.push((first, line.items.len()));
            line.group(setter, group, spread, &mut spaces);
        }
        // Drawn in the order in which they are read, wherever they stand.
        if !begins.is_sorted_by_key(|(first, _)| *first) {
            let from_last = begins.into_iter().rev();
            let mut read: Vec<(u32, Vec<Item>)> =
                from_last.map(|(first, at)| (first, line.items.split_off(at))).collect();
            read.reverse();
            read.sort_by_key(|(first, _)| *first);
            line.items = read.into_iter().flat_map(|(_, items)| items).collect();
        }
        line.finish(setter)
    }
}

impl Paragraph<'_> {
    /// Whether two neighbouring glyphs of one run are read in the run's direction: a trailing space
    /// may stand at the other end.
    fn is_in_order(&self, left: &LogicalGlyph, right: &LogicalGlyph) -> bool {
        let (left, right, run) = (left.shaped.cluster, right.shaped.cluster, left.run as usize);
        if self.runs[run].level % 2 == 1 { left >= right } else { left <= right }
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
                window: None,
                turned: false,
                mark: Mark::Content(segment.content),
                span: segment.span,
            }));
            self.x += size.width;
        } else if let Some(formula) = segment.formula {
            self.formula(formula, glyphs, spread, spaces);
        } else {
            let set = self.glyphs(run, segment, glyphs, spread, spaces);
            let size = setter.shaper.faces().get(set.face).metrics();
            let x_height = i64::from(size.x_height) * 1000 / i64::from(size.units_per_em);
            self.decorate(setter, run, start, x_height);
            self.items.push(Item::Glyphs(set));
        }
        if let Some(link) = segment.link {
            let ends = self.links.entry(link).or_insert((start, self.x));
            *ends = (ends.0.min(start), ends.1.max(self.x));
        }
    }

    /// A part of a formula, and the space behind it.
    fn formula(&mut self, part: usize, glyphs: &[LogicalGlyph], spread: &Spread, spaces: &mut i64) {
        for glyph in glyphs {
            if glyph.space {
                self.x += Length(spread.share(*spaces, glyph));
                *spaces += Spread::weight(glyph, spread.spaces);
            } else if let Some((part, look)) = self.paragraph.flat.formulas.get(part) {
                self.items.push(part.shown.at(Point::new(self.x, Length::ZERO), look));
            }
            self.x += glyph.shaped.advance;
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
        let (text, ranges) = self.text(glyphs);
        let mut out = Vec::with_capacity(glyphs.len());
        let stretch = if run.look.code { 10_000 } else { spread.stretch };
        let origin = Point::new(self.x, -run.look.rise);
        for (glyph, range) in glyphs.iter().zip(ranges) {
            let mut advance = Spread::scaled(glyph, &self.paragraph.runs, stretch);
            advance += spread.share(*spaces, glyph);
            *spaces += Spread::weight(glyph, spread.spaces);
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
            turned: false,
            mark: Mark::Content(segment.content),
            span: segment.span,
        }
    }

    /// What glyphs of one run stand for, in the order in which it is read, and the range of each.
    fn text(&self, glyphs: &[LogicalGlyph]) -> (String, Vec<(u32, u32)>) {
        let from_right =
            glyphs.first().is_some_and(|g| self.paragraph.runs[g.run as usize].level % 2 == 1);
        let mut text = String::with_capacity(glyphs.len() + 2);
        let mut ranges = vec![(0, 0); glyphs.len()];
        let position = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        for read in 0..glyphs.len() {
            let at = if from_right { glyphs.len() - 1 - read } else { read };
            let glyph = &glyphs[at];
            let from = position(&text);
            let cluster = glyph.shaped.cluster as usize..glyph.end as usize;
            match self.paragraph.flat.text.get(cluster) {
                _ if glyph.hyphen => text.push('\u{ad}'),
                Some(characters) => text.push_str(characters),
                None => {}
            }
            ranges[at] = (from, position(&text));
        }
        if from_right {
            to_the_left(&mut ranges);
        }
        (text, ranges)
    }

    /// Backgrounds and lines through the text.
    fn decorate(&mut self, setter: &Setter<'_>, run: &Run, start: Length, x_height: i64) {
        let width = self.x - start;
        let size = run.look.size;
        if run.look.marked {
            let area = Rect::new(
                Point::new(start, Length::ZERO - size.scale(80, 100)),
                Size::new(width, size),
            );
            let color = setter.design.colors.highlight;
            self.items.push(Item::Path(Path::rectangle(area, color)));
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

/// Gives the range of each cluster to its leftmost glyph: read from the right, it is the last one.
fn to_the_left(ranges: &mut [(u32, u32)]) {
    let mut leftmost = 0;
    for at in 0..ranges.len() {
        if ranges[at].0 < ranges[at].1 {
            ranges.swap(leftmost, at);
            leftmost = at + 1;
        }
    }
}
