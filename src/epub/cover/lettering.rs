//! The lines of a drawn cover: which size, where they break, and their outlines.
//!
//! A title is set as large as it can be without a broken word; its lines are about equally long.
//! One point is one pixel.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use resvg::tiny_skia::PathBuilder;
use unicode_bidi::{BidiInfo, Level};

use crate::font::{FaceId, Faces, Families, Features, PathElement, ShapedGlyph, Shaper};
use crate::geom::Length;
use crate::project::FaceRole;

/// Sizes of the title in pixels, and how many lines of each may be.
const TITLES: [(i64, usize); 7] =
    [(210, 3), (180, 4), (156, 5), (136, 6), (118, 7), (100, 8), (84, 12)];
/// Sizes of the subtitle.
const SUBTITLES: [(i64, usize); 2] = [(76, 3), (60, 8)];
/// Sizes of names.
const NAMES: [(i64, usize); 2] = [(68, 4), (52, 10)];
/// Size of the publisher's name.
const PUBLISHERS: [(i64, usize); 1] = [(46, 3)];

/// A line, shaped.
#[derive(Debug)]
pub(super) struct Line {
    glyphs: Vec<Glyph>,
    /// From the line before.
    pub(super) leading: Length,
    /// From the first origin to the end.
    pub(super) width: Length,
}

/// A glyph's outline and where it stands in the line.
#[derive(Debug)]
struct Glyph {
    path: Vec<PathElement>,
    x: Length,
    y: Length,
    /// Pixels for each unit of the font.
    scale: f32,
}

/// Sets lines to one measure.
pub(super) struct Lettering<'f> {
    faces: &'f Faces,
    families: Families,
    shaper: Shaper<'f>,
    is_turned: bool,
    measure: Length,
    segmenter: icu_segmenter::LineSegmenterBorrowed<'static>,
}

impl<'f> Lettering<'f> {
    pub(super) fn new(
        faces: &'f Faces,
        families: Families,
        (is_turned, measure): (bool, Length),
    ) -> Self {
        let segmenter = LineSegmenter::new_auto(LineBreakOptions::default());
        Self { faces, families, shaper: Shaper::new(faces), is_turned, measure, segmenter }
    }

    pub(super) fn title(&mut self, words: &str) -> Vec<Line> {
        self.set(words, self.families.of(FaceRole::Display).bold, &TITLES, 106)
    }

    pub(super) fn subtitle(&mut self, words: &str) -> Vec<Line> {
        self.set(words, self.families.of(FaceRole::Subhead).italic, &SUBTITLES, 128)
    }

    /// The names, each on a line of its own, and the publisher below.
    pub(super) fn makers(&mut self, names: &[String], publisher: Option<&str>) -> Vec<Line> {
        let family = self.families.of(FaceRole::Sans);
        let mut lines = Vec::new();
        for name in names {
            lines.append(&mut self.set(name, family.bold, &NAMES, 130));
        }
        if let Some(publisher) = publisher {
            let mut below = self.set(publisher, family.regular, &PUBLISHERS, 130);
            if let Some(first) = below.first_mut() {
                first.leading = Length::pt(104);
            }
            lines.append(&mut below);
        }
        lines
    }

    /// The largest of the sizes at which the words fit; the leading is in percent of the size.
    fn set(
        &mut self,
        words: &str,
        face: FaceId,
        sizes: &[(i64, usize)],
        leading: i64,
    ) -> Vec<Line> {
        let pieces = self.pieces(words);
        for (size, most) in sizes {
            let look = (face, Length::pt(*size));
            let widths: Vec<Length> =
                pieces.iter().map(|p| self.shape(p.trim_end(), look).1).collect();
            let fits = widths.iter().all(|width| *width <= self.measure);
            let lines = self.broken(&pieces, look, self.measure);
            let is_last = sizes.last().is_some_and(|(last, _)| last == size);
            if (fits && lines.len() <= *most) || is_last {
                let lines = if fits { self.balanced(&pieces, look, lines.len()) } else { lines };
                let leading = Length::pt(*size).scale(leading, 100);
                return lines
                    .iter()
                    .map(|line| self.line(line.trim_end(), look, leading))
                    .collect();
            }
        }
        Vec::new()
    }

    /// The words, or whatever else may not be parted, with the spaces behind them.
    fn pieces<'w>(&self, words: &'w str) -> Vec<&'w str> {
        let ends: Vec<usize> = self.segmenter.segment_str(words).collect();
        ends.windows(2).filter_map(|pair| words.get(pair[0]..pair[1])).collect()
    }

    /// The pieces in lines, each as full as can be.
    fn broken(&mut self, pieces: &[&str], look: (FaceId, Length), measure: Length) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for piece in pieces {
            if let Some(line) = lines.last_mut() {
                let longer = format!("{line}{piece}");
                if self.shape(longer.trim_end(), look).1 <= measure {
                    *line = longer;
                    continue;
                }
            }
            lines.push((*piece).to_owned());
        }
        lines
    }

    /// As many lines as there must be, with the longest of them as short as can be.
    fn balanced(&mut self, pieces: &[&str], look: (FaceId, Length), count: usize) -> Vec<String> {
        let (mut low, mut high) = (Length::ZERO, self.measure);
        while high - low > Length::pt(4) {
            let middle = Length((low.0 + high.0) / 2);
            let longest =
                pieces.iter().map(|p| self.shape(p.trim_end(), look).1).max().unwrap_or(low);
            match middle >= longest && self.broken(pieces, look, middle).len() <= count {
                true => high = middle,
                false => low = middle,
            }
        }
        self.broken(pieces, look, high)
    }

    fn line(&mut self, words: &str, look: (FaceId, Length), leading: Length) -> Line {
        let (runs, width) = self.shape(words, look);
        let mut glyphs = Vec::new();
        let mut x = Length::ZERO;
        for (id, shaped) in runs {
            let face = self.faces.get(id);
            let scale = look.1.to_pt() as f32 / f32::from(face.metrics().units_per_em.max(1));
            for glyph in shaped {
                let path = face.outline(glyph.id);
                glyphs.push(Glyph { path, x: x + glyph.dx, y: glyph.dy, scale });
                x += glyph.advance;
            }
        }
        // What is wider than the sheet is set narrower rather than cut.
        if width > self.measure {
            let share = (self.measure.to_pt() / width.to_pt()) as f32;
            for glyph in &mut glyphs {
                glyph.x = glyph.x.scale(self.measure.0, width.0);
                glyph.scale *= share;
            }
        }
        Line { glyphs, leading, width: width.min(self.measure) }
    }

    /// Glyphs from left to right, run by run, and how wide they are.
    fn shape(
        &mut self,
        words: &str,
        (face, size): (FaceId, Length),
    ) -> (Vec<(FaceId, Vec<ShapedGlyph>)>, Length) {
        let base = if self.is_turned { Level::rtl() } else { Level::ltr() };
        let bidi = BidiInfo::new(words, Some(base));
        let mut runs: Vec<(FaceId, Vec<ShapedGlyph>)> = Vec::new();
        for paragraph in &bidi.paragraphs {
            let (levels, stretches) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for stretch in stretches {
                let is_turned = levels.get(stretch.start).is_some_and(Level::is_rtl);
                let mut pieces = self.faced(&words[stretch], face);
                if is_turned {
                    pieces.reverse();
                }
                for (face, text) in pieces {
                    let mut glyphs = Vec::new();
                    let script = self.shaper.script(text);
                    let features = Features::LINING;
                    let way = (script, is_turned);
                    self.shaper.shape(text, (face, size), way, features, &mut glyphs);
                    runs.push((face, glyphs));
                }
            }
        }
        let width = runs.iter().flat_map(|(_, glyphs)| glyphs).map(|g| g.advance.0).sum();
        (runs, Length(width))
    }

    /// The text in pieces of one face each.
    fn faced<'w>(&self, text: &'w str, wanted: FaceId) -> Vec<(FaceId, &'w str)> {
        let mut pieces: Vec<(FaceId, usize)> = Vec::new();
        for (at, c) in text.char_indices() {
            let has = self.faces.get(wanted).covers(c);
            let face = if has { wanted } else { self.faces.fallback(c, wanted).unwrap_or(wanted) };
            if pieces.last().is_none_or(|(last, _)| *last != face) {
                pieces.push((face, at));
            }
        }
        let ends = pieces.iter().skip(1).map(|(_, at)| *at).chain([text.len()]);
        pieces.iter().zip(ends).map(|((face, from), to)| (*face, &text[*from..to])).collect()
    }
}

impl Line {
    /// Appends the outlines, with the origin at the beginning of the baseline, y downwards.
    pub(super) fn outline(&self, path: &mut PathBuilder) {
        for glyph in &self.glyphs {
            let (x, y) = (glyph.x.to_pt() as f32, glyph.y.to_pt() as f32);
            let h = |value: f32| x + value * glyph.scale;
            let v = |value: f32| -(y + value * glyph.scale);
            for element in &glyph.path {
                match *element {
                    PathElement::MoveTo { x, y } => path.move_to(h(x), v(y)),
                    PathElement::LineTo { x, y } => path.line_to(h(x), v(y)),
                    PathElement::QuadTo { cx0, cy0, x, y } => {
                        path.quad_to(h(cx0), v(cy0), h(x), v(y));
                    }
                    PathElement::CurveTo { cx0, cy0, cx1, cy1, x, y } => {
                        path.cubic_to(h(cx0), v(cy0), h(cx1), v(cy1), h(x), v(y));
                    }
                    PathElement::Close => path.close(),
                }
            }
        }
    }
}
