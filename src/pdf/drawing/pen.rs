//! The graphics state of a drawing's content (ISO 32000-1, 8.4): set only where it changes.

use super::painter::Painter;
use super::path::put;
use super::{Refusal, dictionary};
use lopdf::Object;
use usvg::{LineCap, LineJoin, Stroke};

/// How deep states may be saved within each other; PDF/A allows 28 (ISO 19005-2, 6.1.13), and the
/// page has saved its own.
const DEEPEST: usize = 24;

/// What is known of the graphics state: a form begins with that of whoever shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pen {
    fill: Option<[u8; 3]>,
    stroke: Option<[u8; 3]>,
    /// Width, ends, corners and dashes as they were written.
    line: Option<String>,
    /// How opaque interiors and lines are, in thousandths.
    alpha: Option<(u16, u16)>,
}

impl Painter {
    pub(super) fn save(&mut self) -> Result<(), Refusal> {
        if self.around + self.saved.len() >= DEEPEST {
            return Err("groups that are nested too deep");
        }
        self.saved.push(self.pen.clone());
        self.out.push_str("q\n");
        Ok(())
    }

    pub(super) fn restore(&mut self) {
        self.pen = self.saved.pop().unwrap_or_default();
        self.out.push_str("Q\n");
    }

    pub(super) fn alpha(&mut self, fill: f32, stroke: f32) {
        let thousandths = |value: f32| (value.clamp(0.0, 1.0) * 1000.0).round() as u16;
        let alpha = (thousandths(fill), thousandths(stroke));
        // A content begins opaque: it is shown by a page or begins a group.
        if self.pen.alpha.unwrap_or((1000, 1000)) != alpha {
            let share = |value: u16| Object::Real(f32::from(value) / 1000.0);
            let state = dictionary([("ca", share(alpha.0)), ("CA", share(alpha.1))]);
            let number = self.resources.state(state, None);
            self.out.push_str(&format!("/G{number} gs\n"));
            self.pen.alpha = Some(alpha);
        }
    }

    pub(super) fn fill_color(&mut self, color: usvg::Color) {
        let color = [color.red, color.green, color.blue];
        if self.pen.fill.replace(color) != Some(color) {
            self.color(color, "g\n", "rg\n");
        }
    }

    pub(super) fn stroke_color(&mut self, color: usvg::Color) {
        let color = [color.red, color.green, color.blue];
        if self.pen.stroke.replace(color) != Some(color) {
            self.color(color, "G\n", "RG\n");
        }
    }

    fn color(&mut self, [red, green, blue]: [u8; 3], gray: &str, rgb: &str) {
        let is_gray = red == green && green == blue;
        let values = if is_gray { vec![red] } else { vec![red, green, blue] };
        values.into_iter().for_each(|value| put(&mut self.out, f32::from(value) / 255.0, 3));
        self.out.push_str(if is_gray { gray } else { rgb });
    }

    /// Width, ends, corners and dashes of lines.
    pub(super) fn line(&mut self, stroke: &Stroke, scale: f32, decimals: usize) {
        let mut line = String::new();
        put(&mut line, stroke.width().get() * scale, decimals);
        line.push_str("w ");
        line.push_str(match stroke.linecap() {
            LineCap::Butt => "0 J ",
            LineCap::Round => "1 J ",
            LineCap::Square => "2 J ",
        });
        match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => {
                line.push_str("0 j ");
                put(&mut line, stroke.miterlimit().get(), 3);
                line.push('M');
            }
            LineJoin::Round => line.push_str("1 j"),
            LineJoin::Bevel => line.push_str("2 j"),
        }
        line.push_str(" [");
        for dash in stroke.dasharray().unwrap_or_default() {
            put(&mut line, dash * scale, decimals);
        }
        line.push(']');
        // A phase below zero is not allowed; a whole round changes nothing.
        let round: f32 = stroke.dasharray().unwrap_or_default().iter().sum::<f32>() * 2.0;
        let phase = if round > 0.0 { stroke.dashoffset().rem_euclid(round) } else { 0.0 };
        put(&mut line, phase * scale, decimals);
        line.push_str("d\n");
        if self.pen.line.as_ref() != Some(&line) {
            self.out.push_str(&line);
            self.pen.line = Some(line);
        }
    }
}
