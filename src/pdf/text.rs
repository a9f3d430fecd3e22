//! Showing text (ISO 32000-1, 9.2 to 9.4): runs of glyphs as `TJ` operators.
//!
//! A line is justified by word spacing, one number for all its spaces. Between codes stand whole
//! thousandths of the em; what rounding leaves over is carried to the next, so that a line's last
//! glyph is as exact as its first. Glyphs that do not spell their text by themselves are put into
//! a `Span` with `ActualText`; a glyph the face does not have is drawn as an empty box, because
//! `.notdef` may not be shown in a tagged document.

use super::content::{Writer, milli};
use super::file::put_string_byte;
use super::fonts::Font;
use super::object::LONGEST_STRING;
use super::spelling::{Cluster, clusters, is_reversed};
use crate::geom::{Length, Point, Rect, Size};
use crate::layout::pages::{Glyph, Glyphs, Mark};

/// Nearer than this, in millionths of the em, the pen is moved as between two glyphs.
const NEAR: i64 = 500_000;

/// Text state that outlives a text object.
#[derive(Debug, Default)]
pub(super) struct TextState {
    /// Whether a text object is open.
    pub(super) in_object: bool,
    /// Whether the lines run up the page.
    turned: bool,
    /// Start of the current line, thousandths of a point from the lower left corner.
    line: (i64, i64),
    font: Option<(usize, i64)>,
    /// Horizontal scale in 1/10000; 0 is the initial state, which is 10000.
    stretch: i32,
    /// Word spacing in thousandths of a point.
    word: i64,
    /// Where the glyph shown last ended, and its height in thousandths of a point: what comes next on
    /// the same line need not be led there.
    pen: Option<(Length, i64)>,
    cids: Vec<u16>,
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
        if run.size.0 <= 0 || run.stretch <= 0 {
            return;
        }
        let is_text = matches!(run.mark, Mark::Content(_));
        let mut cids = std::mem::take(&mut self.text.cids);
        cids.clear();
        if is_text && is_reversed(run) {
            cids.extend(run.glyphs.iter().map(|g| font.any_cid(g.id).unwrap_or(0)));
            let piece = Piece { run, glyphs: &run.glyphs, start: Length::ZERO };
            self.span(&piece, &run.text, (number, font), &cids);
            self.text.cids = cids;
            return;
        }
        // Glyphs before `begun` are shown, those up to `at` are waiting with their CIDs.
        let (mut begun, mut at) = (0, 0);
        let (mut start, mut pen) = (Length::ZERO, Length::ZERO);
        for cluster in clusters(run) {
            let waiting = cids.len();
            let end = at + cluster.glyphs.len();
            let width: Length = cluster.glyphs.iter().map(|g| g.advance).sum();
            let is_spelled = spell(font, &cluster, is_text, &mut cids);
            if !is_spelled {
                let piece = Piece { run, glyphs: &run.glyphs[begun..at], start };
                self.piece(&piece, (number, font), &cids[..waiting]);
                let piece = Piece { run, glyphs: cluster.glyphs, start: pen };
                self.span(&piece, cluster.text, (number, font), &cids[waiting..]);
                cids.clear();
                (begun, start) = (end, pen + width);
            }
            (at, pen) = (end, pen + width);
        }
        let piece = Piece { run, glyphs: &run.glyphs[begun..at], start };
        self.piece(&piece, (number, font), &cids);
        self.text.cids = cids;
    }

    /// Shows a run in whatever sequence is open, which says what it means.
    pub(super) fn signs(&mut self, run: &Glyphs) {
        let Some((number, font)) = self.fonts.of(run.face) else { return };
        if run.size.0 <= 0 || run.stretch <= 0 {
            return;
        }
        let mut cids = Vec::with_capacity(run.glyphs.len());
        clusters(run).for_each(|cluster| {
            spell(font, &cluster, true, &mut cids);
        });
        let piece = Piece { run, glyphs: &run.glyphs, start: Length::ZERO };
        self.show_with_boxes(&piece, (number, font), &cids);
    }

    /// Shows glyphs in the sequence of their run's mark.
    fn piece(&mut self, piece: &Piece<'_>, font: (usize, &Font), cids: &[u16]) {
        if !piece.glyphs.is_empty() {
            self.begin_text(piece.run.mark, piece.run.origin.y);
            self.show(piece, font, cids);
        }
    }

    /// Shows glyphs in a sequence that says what they stand for.
    fn span(&mut self, piece: &Piece<'_>, text: &str, font: (usize, &Font), cids: &[u16]) {
        let is_drawn = cids.contains(&0);
        self.begin_span((piece.run.mark, piece.run.origin.y), text, is_drawn);
        self.show_with_boxes(piece, font, cids);
        self.end_span(cids.iter().all(|cid| *cid == 0));
    }

    fn show_with_boxes(&mut self, piece: &Piece<'_>, font: (usize, &Font), cids: &[u16]) {
        if !cids.contains(&0) {
            return self.show(piece, font, cids);
        }
        let mut start = piece.start;
        for (glyph, cid) in piece.glyphs.iter().zip(cids) {
            let piece = Piece { run: piece.run, glyphs: std::slice::from_ref(glyph), start };
            if *cid == 0 {
                self.missing_glyph(&piece);
            } else {
                self.show(&piece, font, &[*cid]);
            }
            start += glyph.advance;
        }
    }

    fn show(&mut self, piece: &Piece<'_>, (number, font): (usize, &Font), cids: &[u16]) {
        let em = Em::of(piece.run);
        let pen = self.text_object(piece, number, em);
        let word = self.word_spacing(piece.glyphs, font, cids, em);
        let mut line = Line { em, word, target: Length::ZERO, pen };
        let mut rest = cids;
        for glyphs in piece.glyphs.chunk_by(|a, b| a.dy == b.dy) {
            let (cids, after) = rest.split_at(glyphs.len().min(rest.len()));
            rest = after;
            let rise = glyphs.first().map_or(Length::ZERO, |glyph| glyph.dy);
            if rise != Length::ZERO {
                self.length(rise);
                self.out.extend(b"Ts\n");
            }
            self.string(&mut line, glyphs, font, cids);
            if rise != Length::ZERO {
                self.out.extend(b"0 Ts\n");
            }
        }
        let end = piece.run.origin.x + piece.start + em.length(line.pen);
        let height = milli(self.upwards(piece.run.origin.y));
        self.text.pen = Some((end, height)).filter(|_| !piece.run.turned);
    }

    /// What the spaces of a piece are wider than the font says: sets it, and returns it in
    /// millionths of the em. Most spaces are alike, some are moved by what stands beside them; the
    /// last glyph does not matter, nothing comes after it.
    fn word_spacing(&mut self, glyphs: &[Glyph], font: &Font, cids: &[u16], em: Em) -> i64 {
        let inner = glyphs.split_last().map_or(glyphs, |(_, inner)| inner);
        let spaces = inner.iter().zip(cids).filter_map(|(glyph, cid)| {
            let meaning = font.meaning(*cid).filter(|meaning| font.is_space(meaning))?;
            Some(em.millionths(glyph.advance) - meaning.width)
        });
        let mut spaces: Vec<i64> = spaces.collect();
        spaces.sort_unstable();
        // Without any, what was set goes on for the last glyph.
        let word = spaces
            .get(spaces.len() / 2)
            .map_or(self.text.word, |extra| (extra * em.size + 500_000).div_euclid(1_000_000));
        if word != self.text.word {
            self.text.word = word;
            self.milli(word);
            self.out.extend(b"Tw\n");
        }
        // Size is not zero: an empty run is not shown.
        (word * 1_000_000 + em.size / 2).div_euclid(em.size.max(1))
    }

    /// `Tj`, or `TJ` where glyphs do not follow each other as the font says.
    fn string(&mut self, line: &mut Line, glyphs: &[Glyph], font: &Font, cids: &[u16]) {
        let begin = self.out.len();
        let mut string = begin;
        let mut is_array = false;
        self.out.push(b'(');
        for (glyph, cid) in glyphs.iter().zip(cids) {
            let Some(meaning) = font.meaning(*cid) else { continue };
            let adjustment = line.adjustment(glyph);
            if adjustment != 0 || self.out.len() - string >= LONGEST_STRING - 4 {
                is_array = true;
                self.out.push(b')');
                if adjustment != 0 {
                    self.put(format_args!("{adjustment}"));
                }
                string = self.out.len();
                self.out.push(b'(');
            }
            for byte in font.code_length.bytes(meaning.code) {
                put_string_byte(&mut self.out, byte);
            }
            line.pen += meaning.width + if font.is_space(meaning) { line.word } else { 0 };
            line.target += glyph.advance;
        }
        if is_array {
            self.out.insert(begin, b'[');
            self.out.extend(b")]TJ\n");
        } else {
            self.out.extend(b")Tj\n");
        }
    }

    /// Sets font, size and colour, and moves to where the piece begins, unless that is where the last
    /// one ended. Returns how far behind its beginning the pen is, in millionths of the em.
    fn text_object(&mut self, piece: &Piece<'_>, number: usize, em: Em) -> i64 {
        let run = piece.run;
        self.begin_text_object();
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
        let was_turned = std::mem::replace(&mut self.text.turned, run.turned);
        if run.turned {
            self.out.extend(b"0 1 -1 0 ");
            self.length(run.origin.x);
            self.length(self.upwards(run.origin.y - piece.start));
            self.out.extend(b"Tm\n");
            return 0;
        }
        let to = (milli(run.origin.x + piece.start), milli(self.upwards(run.origin.y)));
        if was_turned {
            self.text.line = to;
            self.out.extend(b"1 0 0 1 ");
            self.milli(to.0);
            self.milli(to.1);
            self.out.extend(b"Tm\n");
            return 0;
        }
        if let Some((x, _)) = self.text.pen.filter(|(_, height)| *height == to.1) {
            let behind = em.millionths(x - run.origin.x - piece.start);
            if behind.abs() < NEAR {
                return behind;
            }
        }
        let from = std::mem::replace(&mut self.text.line, to);
        self.milli(to.0 - from.0);
        self.milli(to.1 - from.1);
        self.out.extend(b"Td\n");
        0
    }

    /// Opens a text object where none is open.
    pub(super) fn begin_text_object(&mut self) {
        if !std::mem::replace(&mut self.text.in_object, true) {
            self.out.extend(b"BT\n");
            self.text.line = (0, 0);
            self.text.turned = false;
            self.text.pen = None;
        }
    }

    /// Ends the text object, if one is open.
    pub(super) fn end_text_object(&mut self) {
        if std::mem::take(&mut self.text.in_object) {
            self.out.extend(b"ET\n");
        }
    }

    /// An empty box as high as capitals, as wide as its advance.
    fn missing_glyph(&mut self, piece: &Piece<'_>) {
        let run = piece.run;
        self.end_text_object();
        let width: Length = piece.glyphs.iter().map(|g| g.advance).sum();
        let inset = width.scale(1, 8);
        let place = |along: Length, up: Length| match run.turned {
            false => Point::new(run.origin.x + along, run.origin.y - up),
            true => Point::new(run.origin.x - up, run.origin.y - along),
        };
        let a = place(piece.start + inset, Length::ZERO);
        let b = place(piece.start + width - inset, run.size.scale(2, 3));
        let corner = Point::new(a.x.min(b.x), a.y.min(b.y));
        let size = Size::new(a.x.max(b.x) - corner.x, a.y.max(b.y) - corner.y);
        self.stroke(run.size.scale(1, 24), run.color);
        self.rectangle(Rect::new(corner, size));
        self.put(format_args!("S\n"));
    }
}

/// The em of a run: its size, and how lengths on the page are told in it.
#[derive(Clone, Copy)]
struct Em {
    /// Thousandths of a point.
    size: i64,
    factor: f64,
}

impl Em {
    fn of(run: &Glyphs) -> Self {
        // From 1/65536 pt to millionths of the em before scaling; exact on every machine, as
        // multiplication and rounding are (IEEE 754).
        Self { size: milli(run.size), factor: 1e10 / (run.size.0 as f64 * f64::from(run.stretch)) }
    }

    fn millionths(self, length: Length) -> i64 {
        (length.0 as f64 * self.factor).round() as i64
    }

    fn length(self, millionths: i64) -> Length {
        Length((millionths as f64 / self.factor).round() as i64)
    }
}

/// Where a line is as it is shown, and where it should be.
struct Line {
    em: Em,
    /// Word spacing in millionths of the em.
    word: i64,
    /// Origin of the next glyph, from the beginning of the piece.
    target: Length,
    /// Where it would be shown, in millionths of the em.
    pen: i64,
}

impl Line {
    /// Whole thousandths of the em that the next glyph has to be moved to the left.
    fn adjustment(&mut self, glyph: &Glyph) -> i64 {
        let behind = self.pen - self.em.millionths(self.target + glyph.dx);
        if behind.abs() < 1000 {
            return 0;
        }
        let adjustment = (behind + 500).div_euclid(1000);
        self.pen -= adjustment * 1000;
        adjustment
    }
}

/// Adds the CIDs of a cluster; false when they do not spell its text and the text matters.
fn spell(font: &Font, cluster: &Cluster<'_>, is_text: bool, cids: &mut Vec<u16>) -> bool {
    let mut is_spelled = true;
    for (index, glyph) in cluster.glyphs.iter().enumerate() {
        let exact = cluster.spelled(index).and_then(|text| font.cid(glyph.id, text));
        let cid = exact.or_else(|| font.any_cid(glyph.id)).unwrap_or(0);
        // Also where a text is not a character's business but the font maker's: PDF/A-2a wants
        // it said beside the glyph (ISO 19005-2, 6.2.11.7.3).
        is_spelled &= cid != 0 && (!is_text || exact.is_some());
        cids.push(cid);
    }
    // Readers that go by geometry do not find a mark that was moved back to its letter.
    let is_off = |glyph: &Glyph| (glyph.dx, glyph.dy) != (Length::ZERO, Length::ZERO);
    let is_moved = cluster.glyphs.len() > 1 && cluster.glyphs.iter().any(is_off);
    is_spelled && !(is_text && (is_moved || cluster.text.chars().any(is_private)))
}

fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}
