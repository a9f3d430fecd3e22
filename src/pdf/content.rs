//! Content streams (ISO 32000-1, 7.8.2, 8 and 14.6): what is drawn on a page, and which marked
//! sequence it belongs to.
//!
//! One stream a page, written directly: one operator for a run of glyphs, whole numbers between
//! them. Text itself is in [`super::text`]. The structure tree is not known here: the stream numbers
//! its sequences, and tells which slot of the structure each of them fills.

use std::fmt::Write as _;

use rayon::prelude::*;

use super::file::deflate;
use super::fonts::Fonts;
use super::images::Pictures;
use super::object::text_bytes;
use super::structure::kind_name;
use super::text::TextState;
use crate::geom::{Length, Point};
use crate::layout::pages::{
    Color, ContentId, Image, Item, Mark, Page, Pages, Path, Segment, Structure,
};

/// A page's content.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The compressed stream.
    pub(super) stream: Vec<u8>,
    /// The slot that each marked sequence fills, by its number.
    pub(super) sequences: Vec<ContentId>,
}

/// The content of all pages, in order.
pub(super) fn write(pages: &Pages, fonts: &Fonts, pictures: &Pictures) -> Vec<Content> {
    let page = |page| write_page(page, &pages.structure, fonts, pictures);
    pages.pages.par_iter().map(page).collect()
}

fn write_page(page: &Page, tags: &Structure, fonts: &Fonts, pictures: &Pictures) -> Content {
    let mut writer = Writer::new(page.size.height, tags, fonts);
    for item in &page.items {
        match item {
            Item::Glyphs(run) => writer.run(run),
            Item::Image(image) => writer.image(image, pictures),
            Item::Path(path) => writer.path(path),
            // Links are annotations, not content.
            Item::Link(_) => {}
        }
    }
    writer.close();
    Content { stream: deflate(&writer.out), sequences: writer.sequences }
}

/// A stream under way.
pub(super) struct Writer<'a> {
    pub(super) out: Vec<u8>,
    pub(super) fonts: &'a Fonts,
    pub(super) text: TextState,
    height: Length,
    tags: &'a Structure,
    sequences: Vec<ContentId>,
    open: Option<Mark>,
    fill: Color,
    stroke: Color,
    line_width: Length,
}

impl<'a> Writer<'a> {
    fn new(height: Length, tags: &'a Structure, fonts: &'a Fonts) -> Self {
        Self {
            out: Vec::with_capacity(8192),
            fonts,
            text: TextState::default(),
            height,
            tags,
            sequences: Vec::new(),
            open: None,
            // What every page begins with (8.4.1).
            fill: Color::BLACK,
            stroke: Color::BLACK,
            line_width: Length::pt(1),
        }
    }

    /// Lets what follows belong to a mark: goes on with the open sequence, or begins one.
    pub(super) fn begin(&mut self, mark: Mark) {
        if self.open == Some(mark) {
            return;
        }
        self.close();
        self.open = Some(mark);
        match self.element(mark) {
            Some((slot, kind)) => {
                let number = self.next_sequence(slot);
                self.put(format_args!("/{kind}<</MCID {number}>>BDC\n"));
            }
            None if mark == Mark::Pagination => {
                self.put(format_args!("/Artifact<</Type/Pagination>>BDC\n"));
            }
            None => self.put(format_args!("/Artifact<</Type/Layout>>BDC\n")),
        }
    }

    /// Begins a sequence of its own whose text is told beside it; only content has such.
    /// Readers lose their way in sequences within sequences, so it has its own number.
    pub(super) fn begin_span(&mut self, mark: Mark, text: &str) {
        let Some((slot, _)) = self.element(mark) else { return self.begin(mark) };
        self.close();
        let number = self.next_sequence(slot);
        self.put(format_args!("/Span<</MCID {number}/ActualText"));
        super::file::put_string(&mut self.out, &text_bytes(text));
        self.put(format_args!(">>BDC\n"));
        // No other item may join it.
        self.open = None;
        self.text.is_span_open = true;
    }

    /// Ends the open sequence, if any.
    pub(super) fn close(&mut self) {
        self.end_text();
        if self.open.take().is_some() || std::mem::take(&mut self.text.is_span_open) {
            self.put(format_args!("EMC\n"));
        }
    }

    /// The slot of a mark and its element's type; `None` for artifacts.
    fn element(&self, mark: Mark) -> Option<(ContentId, &'static str)> {
        match mark {
            Mark::Content(slot) => {
                let tag = self.tags.contents.get(slot.0 as usize)?;
                Some((slot, kind_name(self.tags.tags.get(tag.0 as usize)?.kind)))
            }
            Mark::Pagination | Mark::Layout => None,
        }
    }

    fn next_sequence(&mut self, slot: ContentId) -> usize {
        self.sequences.push(slot);
        self.sequences.len() - 1
    }

    /// `cm` and `Do`: the unit square becomes the area, turned as the picture wants it.
    fn image(&mut self, image: &Image, pictures: &Pictures) {
        let Some((number, picture)) = pictures.of(image.photo) else { return };
        self.begin(image.mark);
        self.end_text();
        let area = image.area;
        let (width, height) = (area.size.width, area.size.height);
        let (x, y) = (area.origin.x, self.height - area.bottom());
        let [a, b, c, d, e, f] = picture.turn();
        let matrix = [width * a, height * b, width * c, height * d, x + width * e, y + height * f];
        self.put(format_args!("q "));
        matrix.iter().for_each(|length| self.length(*length));
        self.put(format_args!("cm/{} Do Q\n", Pictures::resource(number)));
    }

    fn path(&mut self, path: &Path) {
        let operator = match (path.fill, path.stroke) {
            (None, None) => return,
            (Some(_), None) => "f\n",
            (None, Some(_)) => "S\n",
            (Some(_), Some(_)) => "B\n",
        };
        self.begin(path.mark);
        self.end_text();
        path.fill.iter().for_each(|color| self.fill(*color));
        path.stroke.iter().for_each(|(width, color)| self.stroke(*width, *color));
        match rectangle(&path.segments) {
            Some((corner, across)) => self.rectangle(corner, across),
            None => path.segments.iter().for_each(|segment| self.segment(*segment)),
        }
        self.put(format_args!("{operator}"));
    }

    /// `re` from one corner to the other.
    pub(super) fn rectangle(&mut self, corner: Point, across: Point) {
        self.point(corner);
        self.length(across.x - corner.x);
        self.length(corner.y - across.y);
        self.put(format_args!("re\n"));
    }

    fn segment(&mut self, segment: Segment) {
        match segment {
            Segment::Move(to) => {
                self.point(to);
                self.put(format_args!("m\n"));
            }
            Segment::Line(to) => {
                self.point(to);
                self.put(format_args!("l\n"));
            }
            Segment::Curve(first, second, to) => {
                [first, second, to].into_iter().for_each(|point| self.point(point));
                self.put(format_args!("c\n"));
            }
            Segment::Close => self.put(format_args!("h\n")),
        }
    }

    /// Sets the colour of text and interiors.
    pub(super) fn fill(&mut self, color: Color) {
        if self.fill != color {
            self.fill = color;
            self.color(color, "g\n", "rg\n");
        }
    }

    /// Sets the colour and width of lines.
    pub(super) fn stroke(&mut self, width: Length, color: Color) {
        if self.stroke != color {
            self.stroke = color;
            self.color(color, "G\n", "RG\n");
        }
        if self.line_width != width {
            self.line_width = width;
            self.length(width);
            self.put(format_args!("w\n"));
        }
    }

    fn color(&mut self, color: Color, gray: &str, rgb: &str) {
        let channel = |writer: &mut Self, value: u8| {
            writer.milli((i64::from(value) * 1000 + 127) / 255);
        };
        match color {
            Color::Gray(value) => {
                channel(self, value);
                self.put(format_args!("{gray}"));
            }
            Color::Rgb(r, g, b) => {
                [r, g, b].into_iter().for_each(|value| channel(self, value));
                self.put(format_args!("{rgb}"));
            }
        }
    }

    /// The height of a place above the lower edge of the page.
    pub(super) fn upwards(&self, y: Length) -> Length {
        self.height - y
    }

    fn point(&mut self, point: Point) {
        self.length(point.x);
        self.length(self.upwards(point.y));
    }

    /// A length in points and a blank.
    pub(super) fn length(&mut self, length: Length) {
        self.milli(milli(length));
    }

    /// A number given in thousandths and a blank.
    pub(super) fn milli(&mut self, value: i64) {
        let sign = if value < 0 { "-" } else { "" };
        let (whole, part) = (value.unsigned_abs() / 1000, value.unsigned_abs() % 1000);
        match part {
            0 => self.put(format_args!("{sign}{whole} ")),
            p if p % 100 == 0 => self.put(format_args!("{sign}{whole}.{} ", p / 100)),
            p if p % 10 == 0 => self.put(format_args!("{sign}{whole}.{:02} ", p / 10)),
            p => self.put(format_args!("{sign}{whole}.{p:03} ")),
        }
    }

    pub(super) fn put(&mut self, arguments: std::fmt::Arguments<'_>) {
        let _ = Bytes(&mut self.out).write_fmt(arguments);
    }
}

/// Thousandths of a point, rounded to the nearest: 0.001 pt is a third of a micrometre.
pub(super) fn milli(length: Length) -> i64 {
    (length.0 * 1000 + Length::PER_POINT / 2).div_euclid(Length::PER_POINT)
}

struct Bytes<'o>(&'o mut Vec<u8>);

impl std::fmt::Write for Bytes<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.extend(text.bytes());
        Ok(())
    }
}

/// Two opposite corners, if the segments are an upright rectangle.
fn rectangle(segments: &[Segment]) -> Option<(Point, Point)> {
    let [Segment::Move(a), Segment::Line(b), Segment::Line(c), Segment::Line(d), Segment::Close] =
        segments
    else {
        return None;
    };
    let first_across = a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x;
    let first_down = a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y;
    (first_across || first_down).then_some((*a, *c))
}
