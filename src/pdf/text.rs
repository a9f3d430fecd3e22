//! Showing text (ISO 32000-1, 9.2 to 9.4): runs of glyphs as `TJ` operators.
//!
//! Between codes stand whole thousandths of the em; what rounding leaves over is carried to the
//! next, so that a line's last glyph is as exact as its first. Glyphs that do not spell their text
//! by themselves are put into a `Span` with `ActualText`; a glyph the face does not have is drawn as
//! an empty box, because `.notdef` may not be shown in a tagged document.

use super::content::{Writer, milli};
use super::file::put_string_byte;
use super::fonts::Font;
use super::spelling::{Cluster, clusters, is_reversed};
use crate::geom::{Length, Point};
use crate::layout::pages::{Glyph, Glyphs, Mark};

/// Text state that outlives a text object.
#[derive(Debug, Default)]
pub(super) struct TextState {
    /// Whether a `Span` with its own text is open.
    pub(super) is_span_open: bool,
    in_object: bool,
    /// Start of the current line, thousandths of a point from the lower left corner.
    line: (i64, i64),
    font: Option<(usize, i64)>,
    /// Horizontal scale in 1/10000; 0 is the initial state, which is 10000.
    stretch: i32,
    codes: Vec<u16>,
}

/// Glyphs of a run that are shown together, and where they begin.
struct Piece<'r> {
    run: &'r Glyphs,
    glyphs: &'r [Glyph],
    start: Length,
}

impl Writer<'_> {
    /// Shows a run.
    pub(super) fn run(&mut self, run: &Glyphs) {
        let Some((number, font)) = self.fonts.of(run.face) else { return };
        let is_text = matches!(run.mark, Mark::Content(_));
        let mut codes = std::mem::take(&mut self.text.codes);
        codes.clear();
        if is_text && is_reversed(run) {
            codes.extend(run.glyphs.iter().map(|g| font.any_code(g.id).unwrap_or(0)));
            let piece = Piece { run, glyphs: &run.glyphs, start: Length::ZERO };
            self.span(&piece, &run.text, (number, font), &codes);
            self.text.codes = codes;
            return;
        }
        // Glyphs before `begun` are shown, those up to `at` are waiting with their codes.
        let (mut begun, mut at) = (0, 0);
        let (mut start, mut pen) = (Length::ZERO, Length::ZERO);
        for cluster in clusters(run) {
            let waiting = codes.len();
            let end = at + cluster.glyphs.len();
            let width: Length = cluster.glyphs.iter().map(|g| g.advance).sum();
            let is_spelled = spell(font, &cluster, is_text, &mut codes);
            if !is_spelled {
                let piece = Piece { run, glyphs: &run.glyphs[begun..at], start };
                self.piece(&piece, (number, font), &codes[..waiting]);
                let piece = Piece { run, glyphs: cluster.glyphs, start: pen };
                self.span(&piece, cluster.text, (number, font), &codes[waiting..]);
                codes.clear();
                (begun, start) = (end, pen + width);
            }
            (at, pen) = (end, pen + width);
        }
        let piece = Piece { run, glyphs: &run.glyphs[begun..at], start };
        self.piece(&piece, (number, font), &codes);
        self.text.codes = codes;
    }

    /// Shows glyphs in the sequence of their run's mark.
    fn piece(&mut self, piece: &Piece<'_>, font: (usize, &Font), codes: &[u16]) {
        if !piece.glyphs.is_empty() {
            self.begin(piece.run.mark);
            self.show(piece, font, codes);
        }
    }

    /// Shows glyphs in a sequence that says what they stand for.
    fn span(&mut self, piece: &Piece<'_>, text: &str, font: (usize, &Font), codes: &[u16]) {
        self.begin_span(piece.run.mark, text);
        if codes.iter().all(|code| *code != 0) {
            self.show(piece, font, codes);
        } else {
            self.show_with_boxes(piece, font, codes);
        }
        if self.text.is_span_open {
            self.close();
        }
    }

    fn show_with_boxes(&mut self, piece: &Piece<'_>, font: (usize, &Font), codes: &[u16]) {
        let mut start = piece.start;
        for (glyph, code) in piece.glyphs.iter().zip(codes) {
            let piece = Piece { run: piece.run, glyphs: std::slice::from_ref(glyph), start };
            if *code == 0 {
                self.missing_glyph(&piece);
            } else {
                self.show(&piece, font, &[*code]);
            }
            start += glyph.advance;
        }
    }

    fn show(&mut self, piece: &Piece<'_>, (number, font): (usize, &Font), codes: &[u16]) {
        let run = piece.run;
        if run.size.0 <= 0 || run.stretch <= 0 {
            return;
        }
        self.text_object(piece, number);
        // From 1/65536 pt to millionths of the em before scaling; exact on every machine, as
        // multiplication and rounding are (IEEE 754).
        let factor = 1e10 / (run.size.0 as f64 * f64::from(run.stretch));
        let to_em = |length: Length| (length.0 as f64 * factor).round() as i64;
        let mut target = Length::ZERO;
        let mut pen = 0;
        let mut rise = Length::ZERO;
        self.out.extend(b"[(");
        for (glyph, code) in piece.glyphs.iter().zip(codes) {
            if glyph.dy != rise {
                rise = glyph.dy;
                self.out.extend(b")]TJ ");
                self.length(rise);
                self.out.extend(b"Ts[(");
            }
            let behind = pen - to_em(target + glyph.dx);
            if behind.abs() >= 1000 {
                let adjustment = (behind + 500).div_euclid(1000);
                pen -= adjustment * 1000;
                self.put(format_args!("){adjustment}("));
            }
            code.to_be_bytes().into_iter().for_each(|byte| put_string_byte(&mut self.out, byte));
            pen += font.meaning(*code).map_or(0, |meaning| meaning.width);
            target += glyph.advance;
        }
        self.out.extend(b")]TJ\n");
        if rise != Length::ZERO {
            self.out.extend(b"0 Ts\n");
        }
    }

    /// Opens a text object where none is open, and moves to where the piece begins.
    fn text_object(&mut self, piece: &Piece<'_>, number: usize) {
        let run = piece.run;
        if !self.text.in_object {
            self.out.extend(b"BT\n");
            self.text.in_object = true;
            self.text.line = (0, 0);
        }
        self.fill(run.color);
        let size = milli(run.size);
        if self.text.font != Some((number, size)) {
            self.text.font = Some((number, size));
            self.put(format_args!("/{} ", super::fonts::Fonts::resource(number)));
            self.milli(size);
            self.out.extend(b"Tf\n");
        }
        if self.text.stretch != run.stretch && (self.text.stretch, run.stretch) != (0, 10_000) {
            self.milli(i64::from(run.stretch) * 10);
            self.out.extend(b"Tz\n");
        }
        self.text.stretch = run.stretch;
        let to = (milli(run.origin.x + piece.start), milli(self.upwards(run.origin.y)));
        let from = std::mem::replace(&mut self.text.line, to);
        self.milli(to.0 - from.0);
        self.milli(to.1 - from.1);
        self.out.extend(b"Td\n");
    }

    pub(super) fn end_text(&mut self) {
        if std::mem::take(&mut self.text.in_object) {
            self.out.extend(b"ET\n");
        }
    }

    /// An empty box as high as capitals, as wide as its advance.
    fn missing_glyph(&mut self, piece: &Piece<'_>) {
        let run = piece.run;
        self.end_text();
        let width: Length = piece.glyphs.iter().map(|g| g.advance).sum();
        let left = run.origin.x + piece.start;
        let inset = width.scale(1, 8);
        let corner = Point::new(left + inset, run.origin.y);
        let across = Point::new(left + width - inset, run.origin.y - run.size.scale(2, 3));
        self.stroke(run.size.scale(1, 24), run.color);
        self.rectangle(corner, across);
        self.put(format_args!("S\n"));
    }
}

/// Adds the codes of a cluster; false when they do not spell its text and the text matters.
fn spell(font: &Font, cluster: &Cluster<'_>, is_text: bool, codes: &mut Vec<u16>) -> bool {
    let mut is_spelled = true;
    for (index, glyph) in cluster.glyphs.iter().enumerate() {
        let exact = cluster.spelled(index).and_then(|text| font.code(glyph.id, text));
        let code = exact.or_else(|| font.any_code(glyph.id)).unwrap_or(0);
        // Also where a text is not a character's business but the font maker's: PDF/A-2a wants
        // it said beside the glyph (ISO 19005-2, 6.2.11.7.3).
        is_spelled &= code != 0 && (!is_text || exact.is_some());
        codes.push(code);
    }
    // Readers that go by geometry do not find a mark that was moved back to its letter.
    let is_off = |glyph: &Glyph| (glyph.dx, glyph.dy) != (Length::ZERO, Length::ZERO);
    let is_moved = cluster.glyphs.len() > 1 && cluster.glyphs.iter().any(is_off);
    is_spelled && !(is_text && (is_moved || cluster.text.chars().any(is_private)))
}

fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}
