//! Content streams (ISO 32000-1, 7.8.2, 8 and 14.6): what is drawn on a page, and which marked
//! sequence it belongs to.
//!
//! One stream a page, written directly: one operator for a run of glyphs, whole numbers between
//! them. Text itself is in [`super::text`], the order of items in [`super::painting`]. The structure
//! tree is not known here: the stream numbers its sequences, and tells which slot of the structure
//! each of them fills.

use std::fmt::Write as _;

use rayon::prelude::*;

use super::fonts::Fonts;
use super::images::Pictures;
use super::object::text_bytes;
use super::painting::{self, Artifact};
use super::structure::kind_name;
use super::text::TextState;
use crate::deflate::Deflater;
use crate::geom::{Length, Point, Rect, Size};
use crate::layout::pages::{
    Color, ContentId, Formula, Image, Item, Mark, Page, Pages, Path, Segment, Structure,
};

/// A page's content.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The compressed stream.
    pub(super) stream: Vec<u8>,
    /// The slot that each marked sequence fills, by its number.
    pub(super) sequences: Vec<ContentId>,
    /// Those that only show boxes in place of characters.
    pub(super) boxes: Vec<usize>,
}

/// The content of all pages, in order.
pub(super) fn write(pages: &Pages, fonts: &Fonts, pictures: &Pictures) -> Vec<Content> {
    let ranks = painting::ranks(&pages.structure);
    let page = |deflater: &mut Deflater, page| {
        write_page(page, (&pages.structure, &ranks), (fonts, pictures), deflater)
    };
    pages.pages.par_iter().map_init(Deflater::zlib, page).collect()
}

fn write_page(
    page: &Page,
    (tags, ranks): (&Structure, &[u32]),
    (fonts, pictures): (&Fonts, &Pictures),
    deflater: &mut Deflater,
) -> Content {
    let mut writer = Writer::new(page.size.height, tags, fonts);
    for item in painting::order(&page.items, ranks).iter().map(std::ops::Deref::deref) {
        match item {
            Item::Glyphs(run) => writer.run(run),
            Item::Image(image) => writer.image(image, pictures),
            Item::Path(path) => writer.path(path),
            Item::Formula(formula) => writer.formula(formula),
            // Links are annotations, not content.
            Item::Link(_) => {}
        }
    }
    writer.end();
    Content {
        stream: deflater.deflate(&writer.out),
        sequences: writer.sequences,
        boxes: writer.boxes,
    }
}

/// A marked sequence (14.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sequence {
    /// Of a slot of the structure, with its element's type.
    Content(ContentId, &'static str),
    Artifact(Artifact),
}

/// The tag of a sequence whose text is told beside it.
const SPAN: &str = "Span";

/// The sequence that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    sequence: Sequence,
    /// Whether it was begun within a text object.
    is_in_text: bool,
}

/// A stream under way.
pub(super) struct Writer<'a> {
    pub(super) out: Vec<u8>,
    pub(super) fonts: &'a Fonts,
    pub(super) text: TextState,
    height: Length,
    tags: &'a Structure,
    sequences: Vec<ContentId>,
    boxes: Vec<usize>,
    open: Option<Open>,
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
            boxes: Vec::new(),
            open: None,
            // What every page begins with (8.4.1).
            fill: Color::BLACK,
            stroke: Color::BLACK,
            line_width: Length::pt(1),
        }
    }

    /// Lets text at this height belong to a mark: goes on with the open sequence, or begins one.
    pub(super) fn begin_text(&mut self, mark: Mark, y: Length) {
        let sequence = self.sequence(mark, Artifact::of_text(mark, y < self.height / 2));
        if self.open.is_none_or(|open| open.sequence != sequence) {
            self.close();
            self.begin_text_object();
            self.begin(sequence);
        }
    }

    /// Lets what is drawn belong to a mark; no text object is open then.
    fn begin_drawing(&mut self, mark: Mark, artifact: Artifact) {
        let sequence = self.sequence(mark, artifact);
        if self.open.is_none_or(|open| open.sequence != sequence || open.is_in_text) {
            self.close();
            self.end_text_object();
            self.begin(sequence);
        } else {
            self.end_text_object();
        }
    }

    fn begin(&mut self, sequence: Sequence) {
        self.open = Some(Open { sequence, is_in_text: self.text.in_object });
        match sequence {
            Sequence::Content(slot, kind) => {
                let number = self.next_sequence(slot);
                self.put(format_args!("/{kind}<</MCID {number}>>BDC\n"));
            }
            Sequence::Artifact(Artifact::Background(area)) => {
                self.put(format_args!("/Artifact<</Type/Background/BBox["));
                self.point(Point::new(area.origin.x, area.bottom()));
                self.point(Point::new(area.right(), area.origin.y));
                self.out.pop();
                self.put(format_args!("]>>BDC\n"));
            }
            Sequence::Artifact(artifact) => {
                self.put(format_args!("/Artifact<<{}>>BDC\n", artifact.properties()));
            }
        }
    }

    /// Begins a sequence of its own whose text is told beside it; only content has such.
    /// Readers lose their way in sequences within sequences, so it has its own number. It may hold
    /// a drawing if it is begun outside of a text object.
    pub(super) fn begin_span(&mut self, (mark, y): (Mark, Length), text: &str, is_drawn: bool) {
        let Some((slot, _)) = self.element(mark) else {
            return if is_drawn {
                self.begin_drawing(mark, Artifact::of_text(mark, y < self.height / 2));
            } else {
                self.begin_text(mark, y);
            };
        };
        self.close();
        if is_drawn {
            self.end_text_object();
        } else {
            self.begin_text_object();
        }
        let number = self.next_sequence(slot);
        self.put(format_args!("/Span<</MCID {number}/ActualText"));
        super::file::put_string(&mut self.out, &text_bytes(text));
        self.put(format_args!(">>BDC\n"));
        let sequence = Sequence::Content(slot, SPAN);
        self.open = Some(Open { sequence, is_in_text: self.text.in_object });
    }

    /// Ends such a sequence: no other item may join it. It may have shown boxes only.
    pub(super) fn end_span(&mut self, only_boxes: bool) {
        if self.open.is_some_and(|open| matches!(open.sequence, Sequence::Content(_, SPAN))) {
            let number = self.sequences.len().checked_sub(1).filter(|_| only_boxes);
            self.boxes.extend(number);
            self.close();
        }
    }

    /// Ends the open sequence, if any. Sequences and text objects are properly nested (14.6.1).
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if !open.is_in_text {
            self.end_text_object();
        }
        self.put(format_args!("EMC\n"));
    }

    fn end(&mut self) {
        self.close();
        self.end_text_object();
    }

    fn sequence(&self, mark: Mark, artifact: Artifact) -> Sequence {
        match self.element(mark) {
            Some((slot, kind)) => Sequence::Content(slot, kind),
            None => Sequence::Artifact(artifact),
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
        let Some((number, turn)) = pictures.of(image.photo, image.turned) else { return };
        self.begin_drawing(image.mark, Artifact::Layout);
        let area = image.area;
        let (width, height) = (area.size.width, area.size.height);
        let (x, y) = (area.origin.x, self.height - area.bottom());
        let [a, b, c, d, e, f] = turn;
        let matrix = [width * a, height * b, width * c, height * d, x + width * e, y + height * f];
        self.put(format_args!("q "));
        if let Some(window) = image.window {
            let bottom = self.height - window.bottom();
            let Size { width, height } = window.size;
            [window.origin.x, bottom, width, height].iter().for_each(|edge| self.length(*edge));
            self.put(format_args!("re W n "));
        }
        matrix.iter().for_each(|length| self.length(*length));
        self.put(format_args!("cm/{} Do Q\n", Pictures::resource(number)));
    }

    /// All of a formula is one sequence that says what it means; its signs are drawn as they are.
    fn formula(&mut self, formula: &Formula) {
        self.begin_span((formula.mark, formula.origin.y), &formula.text, true);
        formula.rules.iter().for_each(|rule| self.draw(rule));
        formula.glyphs.iter().for_each(|run| self.signs(run));
        self.end_span(false);
    }

    fn path(&mut self, path: &Path) {
        self.begin_drawing(path.mark, Artifact::of_path(path));
        self.draw(path);
    }

    /// Draws a shape in whatever sequence is open.
    fn draw(&mut self, path: &Path) {
        let operator = match (path.fill, path.stroke) {
            (None, None) => return,
            (Some(_), None) => "f\n",
            (None, Some(_)) => "S\n",
            (Some(_), Some(_)) => "B\n",
        };
        self.end_text_object();
        path.fill.iter().for_each(|color| self.fill(*color));
        path.stroke.iter().for_each(|(width, color)| self.stroke(*width, *color));
        match painting::rectangle(&path.segments) {
            Some(area) => self.rectangle(area),
            None => path.segments.iter().for_each(|segment| self.segment(*segment)),
        }
        self.put(format_args!("{operator}"));
    }

    /// `re` from the lower left corner.
    pub(super) fn rectangle(&mut self, area: Rect) {
        self.point(Point::new(area.origin.x, area.bottom()));
        self.length(area.size.width);
        self.length(area.size.height);
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
