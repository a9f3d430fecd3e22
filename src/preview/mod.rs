//! Pages for the screen: each as SVG with the outlines of its glyphs, for an author who writes.
//!
//! It shows what the PDF shows, from the same display list, and every item knows the line of the
//! manuscript it comes from (`data-at`). Nothing here is part of a book.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::book::Book;
use crate::color::Color;
use crate::font::{FaceId, Faces, PathElement};
use crate::geom::{Length, Point};
use crate::layout::pages::{Glyphs, Image, Item, Page, Path, Segment};
use crate::photo::Format;
use crate::source::Span;

/// A page as SVG. `place` says where a span is, for the attribute `data-at`.
pub fn svg(page: &Page, faces: &Faces, place: &dyn Fn(Span) -> Option<String>) -> String {
    let mut drawing = Drawing { faces, place, out: String::new(), outlines: BTreeSet::new() };
    for item in &page.items {
        drawing.item(item);
    }
    let (width, height) = (page.size.width.to_pt(), page.size.height.to_pt());
    let defs = drawing.definitions();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.3} {height:.3}\">\
         <defs>{defs}</defs>{}</svg>\n",
        drawing.out
    )
}

/// The media type and bytes of a picture of the book, by its number.
pub fn picture(book: &Book, number: usize) -> Option<(&'static str, &[u8])> {
    let photo = book.photos.get(number)?;
    let media_type = match photo.image.format {
        Format::Jpeg => "image/jpeg",
        Format::Png => "image/png",
        Format::WebP => "image/webp",
        Format::Gif => "image/gif",
        Format::Tiff => "image/tiff",
        Format::Svg => "image/svg+xml",
    };
    Some((media_type, &photo.image.bytes))
}

struct Drawing<'a> {
    faces: &'a Faces,
    place: &'a dyn Fn(Span) -> Option<String>,
    out: String,
    /// Glyphs that are drawn somewhere on the page.
    outlines: BTreeSet<(FaceId, u16)>,
}

impl Drawing<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Glyphs(run) => self.run(run),
            Item::Image(image) => self.image(image),
            Item::Path(path) => self.path(path),
            Item::Formula(formula) => {
                let at = self.at(formula.span);
                self.push(&format!("<g{at}>"));
                formula.rules.iter().for_each(|rule| self.path(rule));
                formula.glyphs.iter().for_each(|run| self.run(run));
                self.push("</g>");
            }
            Item::Link(_) => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn at(&self, span: Span) -> String {
        match (self.place)(span) {
            Some(place) => format!(" data-at=\"{}\"", escaped(&place)),
            None => String::new(),
        }
    }

    /// A run; the words themselves go with it, so that they can be found.
    fn run(&mut self, run: &Glyphs) {
        let face = self.faces.get(run.face);
        let scale = run.size.to_pt() / f64::from(face.metrics().units_per_em.max(1));
        let across = scale * f64::from(run.stretch) / 10_000.0;
        let turn = if run.turned { " rotate(-90)" } else { "" };
        let (x, y) = (run.origin.x.to_pt(), run.origin.y.to_pt());
        let (at, fill) = (self.at(run.span), colour(run.color));
        let words = escaped(&run.text);
        self.push(&format!(
            "<g{at} fill=\"{fill}\" aria-label=\"{words}\" transform=\"translate({x:.3} {y:.3}){turn}\">"
        ));
        // A mouse finds the line between its letters too.
        let width: Length = run.glyphs.iter().fold(Length::ZERO, |sum, glyph| sum + glyph.advance);
        let (size, width) = (run.size.to_pt(), width.to_pt());
        self.push(&format!(
            "<rect y=\"{:.3}\" width=\"{width:.3}\" height=\"{size:.3}\" fill=\"none\" \
             pointer-events=\"all\"/>",
            -size * 0.8
        ));
        let mut pen = 0.0;
        for glyph in &run.glyphs {
            let (dx, dy) = (pen + glyph.dx.to_pt(), -glyph.dy.to_pt());
            self.outlines.insert((run.face, glyph.id));
            let _ = write!(
                self.out,
                "<use href=\"#f{}g{}\" transform=\"translate({dx:.3} {dy:.3}) scale({across:.6} -{scale:.6})\"/>",
                run.face.0, glyph.id
            );
            pen += glyph.advance.to_pt();
        }
        self.push("</g>");
    }

    fn image(&mut self, image: &Image) {
        let at = self.at(image.span);
        let area = image.area;
        let (x, y) = (area.origin.x.to_pt(), area.origin.y.to_pt());
        let (width, height) = (area.size.width.to_pt(), area.size.height.to_pt());
        let number = image.photo.0;
        let (place, width, height) = match image.turned {
            true => (format!("translate({x:.3} {:.3}) rotate(-90)", y + height), height, width),
            false => (format!("translate({x:.3} {y:.3})"), width, height),
        };
        let window = image.window.map(|window| {
            let (x, y) = (window.origin.x.to_pt(), window.origin.y.to_pt());
            let (width, height) = (window.size.width.to_pt(), window.size.height.to_pt());
            format!(
                "<svg x=\"{x:.3}\" y=\"{y:.3}\" width=\"{width:.3}\" height=\"{height:.3}\" \
                 viewBox=\"{x:.3} {y:.3} {width:.3} {height:.3}\">"
            )
        });
        let end = if window.is_some() { "</svg>" } else { "" };
        self.push(&window.unwrap_or_default());
        self.push(&format!(
            "<image{at} href=\"/picture/{number}\" width=\"{width:.3}\" height=\"{height:.3}\" \
             preserveAspectRatio=\"none\" transform=\"{place}\"/>{end}"
        ));
    }

    fn path(&mut self, path: &Path) {
        let point = |p: Point| format!("{:.3} {:.3}", p.x.to_pt(), p.y.to_pt());
        let mut outline = String::new();
        for segment in &path.segments {
            match segment {
                Segment::Move(to) => outline.push_str(&format!("M{}", point(*to))),
                Segment::Line(to) => outline.push_str(&format!("L{}", point(*to))),
                Segment::Curve(a, b, to) => {
                    outline.push_str(&format!("C{} {} {}", point(*a), point(*b), point(*to)));
                }
                Segment::Close => outline.push('Z'),
            }
        }
        let fill = path.fill.map_or("none".to_owned(), colour);
        let stroke = path.stroke.map_or(String::new(), |(width, color)| {
            format!(" stroke=\"{}\" stroke-width=\"{:.3}\"", colour(color), width.to_pt())
        });
        self.push(&format!("<path d=\"{outline}\" fill=\"{fill}\"{stroke}/>"));
    }

    /// The outlines of all glyphs, once each, in units of their faces.
    fn definitions(&self) -> String {
        let mut out = String::new();
        for (face, glyph) in &self.outlines {
            let _ = write!(out, "<path id=\"f{}g{glyph}\" d=\"", face.0);
            for element in self.faces.get(*face).outline(*glyph) {
                let _ = match element {
                    PathElement::MoveTo { x, y } => write!(out, "M{x} {y}"),
                    PathElement::LineTo { x, y } => write!(out, "L{x} {y}"),
                    PathElement::QuadTo { cx0, cy0, x, y } => write!(out, "Q{cx0} {cy0} {x} {y}"),
                    PathElement::CurveTo { cx0, cy0, cx1, cy1, x, y } => {
                        write!(out, "C{cx0} {cy0} {cx1} {cy1} {x} {y}")
                    }
                    PathElement::Close => write!(out, "Z"),
                };
            }
            out.push_str("\"/>");
        }
        out
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\u{AD}', "-")
}

fn colour(color: Color) -> String {
    match color {
        Color::Gray(level) => format!("rgb({level} {level} {level})"),
        Color::Rgb(red, green, blue) => format!("rgb({red} {green} {blue})"),
    }
}
