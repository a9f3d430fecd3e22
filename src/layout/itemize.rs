//! A flat text becomes glyphs in logical order.
//!
//! Segments are split where the face, the script or the direction changes; every run is shaped
//! once.

use crate::book::PhotoId;
use crate::diag::{Code, Diagnostic};
use crate::font::{FaceId, Features, ShapedGlyph};
use crate::geom::Length;
use crate::source::Span;

use super::bidi::{is_punctuation, levels};
use super::east_asian::{self, is_ideograph};
use super::galley::Setter;
use super::inline::{FORMULA, Flat, Look, Segment};

/// So many marks on one letter are shaped with it; the next ones are shaped apart, for shaping takes
/// time that grows with the square of their number. Words of any language have fewer than 30 (UAX
/// #15, section 13).
const MOST_MARKS: usize = 64;
/// Superiors and inferiors that the face does not have.
const SCRIPT_PERCENT: i64 = 64;

/// A run of one look, script and direction, shaped.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Index into [`Flat::segments`].
    pub segment: usize,
    /// How its glyphs look; the face may be a fallback.
    pub look: Look,
    /// ISO 15924.
    pub script: [u8; 4],
    /// Bidi level.
    pub level: u8,
}

/// A glyph in logical order.
#[derive(Clone, Copy, Debug)]
pub(super) struct LogicalGlyph {
    /// As the font gives it; `cluster` is a byte of [`Flat::text`].
    pub shaped: ShapedGlyph,
    /// One past the last byte of its cluster; equal to `cluster` for a second glyph.
    pub end: u32,
    /// Index into the runs.
    pub run: u32,
    /// A space.
    pub space: bool,
    /// In code, where a space is as wide as every other character.
    pub code: bool,
    /// A Chinese or Japanese character, after which justification may add space.
    pub ideograph: bool,
    /// A hyphen that was put in.
    pub hyphen: bool,
    /// How much of the advance is air before the glyph, which hangs out at the beginning of a line.
    pub lead: Length,
    /// How much of it is air behind the glyph, which hangs out at the end of a line.
    pub gap: Length,
}

/// Splits a flat text into runs and shapes them.
pub(super) fn shape(setter: &mut Setter<'_>, flat: &Flat) -> (Vec<Run>, Vec<LogicalGlyph>) {
    let levels = levels(flat, setter.right_to_left);
    let mut runs: Vec<Run> = Vec::new();
    let mut glyphs = Vec::with_capacity(flat.text.len());
    for (index, segment) in flat.segments.iter().enumerate() {
        let end = flat.segments.get(index + 1).map_or(flat.text.len(), |next| next.start);
        if let Some(photo) = segment.photo {
            push_photo(setter, segment, (index, photo), &mut runs, &mut glyphs);
            continue;
        }
        if let Some(formula) = segment.formula {
            push_formula(flat, segment, (index, formula), &mut runs, &mut glyphs);
            continue;
        }
        for piece in pieces(setter, flat, (segment, segment.start..end), &levels) {
            let look = scripted(setter, &flat.text[piece.range.clone()], segment.look, &piece);
            let run = Run { segment: index, look, script: piece.script, level: piece.level };
            shape_run(setter, flat, &run, (runs.len(), piece.range), &mut glyphs);
            runs.push(run);
        }
    }
    east_asian::space(flat, &runs, &mut glyphs);
    (runs, glyphs)
}

/// A stretch of one segment with one face, script and level.
struct Piece {
    range: std::ops::Range<usize>,
    face: FaceId,
    script: [u8; 4],
    level: u8,
}

fn pieces(
    setter: &mut Setter<'_>,
    flat: &Flat,
    (segment, range): (&Segment, std::ops::Range<usize>),
    levels: &[u8],
) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut script = *b"Latn";
    let mut marks = 0;
    for (offset, character) in flat.text[range.clone()].char_indices() {
        let at = range.start + offset;
        let end = at + character.len_utf8();
        if character == '\n' {
            continue;
        }
        script = script_of(character).unwrap_or(script);
        let follows =
            pieces.last().filter(|last| last.range.end == at && is_arabic_or_hebrew(script));
        let face = match follows.map(|last| last.face) {
            // Spaces, marks and figures look like the letters they stand among.
            Some(face)
                if script_of(character).is_none()
                    && setter.shaper.faces().get(face).covers(character) =>
            {
                face
            }
            _ => setter.face_for(character, segment.look.face, segment.span),
        };
        let level = levels.get(at).copied().unwrap_or(setter.right_to_left.into());
        marks = if is_mark(character) { marks + 1 } else { 0 };
        match pieces.last_mut() {
            Some(last)
                if marks % MOST_MARKS != MOST_MARKS - 1
                    && last.face == face
                    && last.script == script
                    && last.level == level
                    && last.range.end == at =>
            {
                last.range.end = end;
            }
            _ => pieces.push(Piece { range: at..end, face, script, level }),
        }
    }
    pieces
}

/// What the features mean in the face at hand. Superiors and inferiors are the face's own where it
/// has them for every character, else smaller and raised; abbreviations are small capitals where
/// the face has them, else they stay as they are.
fn scripted(setter: &mut Setter<'_>, text: &str, look: Look, piece: &Piece) -> Look {
    let look = Look { face: piece.face, ..look };
    let font = (piece.face, piece.script);
    let mut has = |wanted| setter.shaper.substitutes(text, font, (Features::NONE, wanted));
    let small = Features::SMALL_FROM_CAPITALS;
    if look.features.contains(small) && !has(small) {
        return Look { features: look.features.without(small), ..look };
    }
    let raise = match look.features {
        Features::SUPERIOR => 34,
        Features::INFERIOR => -14,
        _ => return look,
    };
    if has(look.features) {
        return look;
    }
    Look {
        features: Features::LINING,
        size: look.size.scale(SCRIPT_PERCENT, 100),
        rise: look.size.scale(raise, 100),
        ..look
    }
}

fn shape_run(
    setter: &mut Setter<'_>,
    flat: &Flat,
    run: &Run,
    (index, range): (usize, std::ops::Range<usize>),
    out: &mut Vec<LogicalGlyph>,
) {
    let text = &flat.text[range.clone()];
    let mut shaped = Vec::with_capacity(text.len());
    let look = &run.look;
    let right_to_left = run.level % 2 == 1;
    setter.shaper.shape(
        text,
        (look.face, look.size),
        (run.script, right_to_left),
        look.features,
        &mut shaped,
    );
    if right_to_left {
        shaped.reverse();
    }
    push_logical(text, &shaped, (index, range.start, look.code), out);
}

/// Appends glyphs in logical order with the ends of their clusters, shifted by `base`.
pub(super) fn push_logical(
    text: &str,
    shaped: &[ShapedGlyph],
    (run, base, code): (usize, usize, bool),
    out: &mut Vec<LogicalGlyph>,
) {
    let mut previous = None;
    for (i, glyph) in shaped.iter().enumerate() {
        let first = previous != Some(glyph.cluster);
        previous = Some(glyph.cluster);
        let begin = glyph.cluster as usize;
        let behind = || shaped[i..].iter().map(|g| g.cluster).find(|c| *c != glyph.cluster);
        // Looked for once for each cluster.
        let end = if first { behind().map_or(text.len(), |c| c as usize) } else { begin };
        let cluster = text.get(begin..end.max(begin)).unwrap_or("");
        let absolute = |n: usize| u32::try_from(base + n).unwrap_or(u32::MAX);
        out.push(LogicalGlyph {
            shaped: ShapedGlyph { cluster: absolute(begin), ..*glyph },
            end: absolute(end.max(begin)),
            run: u32::try_from(run).unwrap_or(u32::MAX),
            space: first && matches!(cluster, " " | "\u{a0}"),
            code,
            ideograph: first && cluster.chars().next().is_some_and(is_ideograph),
            hyphen: false,
            lead: Length::ZERO,
            gap: Length::ZERO,
        });
    }
}

/// A picture in the line: one glyph of no face, as wide as the picture at the height of a capital.
fn push_photo(
    setter: &mut Setter<'_>,
    segment: &Segment,
    (index, photo): (usize, PhotoId),
    runs: &mut Vec<Run>,
    glyphs: &mut Vec<LogicalGlyph>,
) {
    let image = &setter.book.photos[photo.0 as usize].image;
    let height = segment.look.size;
    let advance = height.scale(i64::from(image.width.max(1)), i64::from(image.height.max(1)));
    let start = u32::try_from(segment.start).unwrap_or(u32::MAX);
    let shaped = ShapedGlyph { id: 0, cluster: start, advance, dx: Length::ZERO, dy: Length::ZERO };
    let run = u32::try_from(runs.len()).unwrap_or(u32::MAX);
    glyphs.push(LogicalGlyph {
        shaped,
        end: start + 3,
        run,
        space: false,
        code: false,
        ideograph: false,
        hyphen: false,
        lead: Length::ZERO,
        gap: Length::ZERO,
    });
    let level = u8::from(setter.right_to_left);
    runs.push(Run { segment: index, look: segment.look, script: *b"Zyyy", level });
}

/// A part of a formula: one glyph of no face, and the space behind it.
fn push_formula(
    flat: &Flat,
    segment: &Segment,
    (index, formula): (usize, usize),
    runs: &mut Vec<Run>,
    glyphs: &mut Vec<LogicalGlyph>,
) {
    let Some((part, _)) = flat.formulas.get(formula) else { return };
    let start = u32::try_from(segment.start).unwrap_or(u32::MAX);
    let behind = start.saturating_add(FORMULA.len_utf8() as u32);
    let run = u32::try_from(runs.len()).unwrap_or(u32::MAX);
    let glyph = |cluster, end, advance, space| LogicalGlyph {
        shaped: ShapedGlyph { id: 0, cluster, advance, dx: Length::ZERO, dy: Length::ZERO },
        end,
        run,
        space,
        code: false,
        ideograph: false,
        hyphen: false,
        lead: Length::ZERO,
        gap: Length::ZERO,
    };
    glyphs.push(glyph(start, behind, part.shown.width, false));
    glyphs.extend(part.gap.map(|(width, _)| glyph(behind, behind + 1, width, true)));
    runs.push(Run { segment: index, look: segment.look, script: *b"Zyyy", level: 0 });
}

/// The script of a character, for those scripts whose shaping differs; `None` for characters that
/// go with their neighbours (marks, digits, punctuation).
fn script_of(character: char) -> Option<[u8; 4]> {
    let script = match character {
        'A'..='Z'
        | 'a'..='z'
        | '\u{aa}'
        | '\u{ba}'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{24f}' => b"Latn",
        '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' => b"Latn",
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => b"Grek",
        '\u{400}'..='\u{52f}' => b"Cyrl",
        '\u{531}'..='\u{58f}' => b"Armn",
        '\u{5d0}'..='\u{5f4}' => b"Hebr",
        '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{750}'..='\u{77f}' => b"Arab",
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => b"Arab",
        '\u{900}'..='\u{963}' | '\u{966}'..='\u{97f}' => b"Deva",
        '\u{e01}'..='\u{e5b}' => b"Thai",
        '\u{3041}'..='\u{309f}' => b"Hira",
        '\u{30a1}'..='\u{30ff}' => b"Kana",
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => b"Hani",
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => b"Hang",
        _ => return None,
    };
    Some(*script)
}

fn is_arabic_or_hebrew(script: [u8; 4]) -> bool {
    matches!(&script, b"Arab" | b"Hebr")
}

impl Setter<'_> {
    /// The face that shows a character: the wanted one, or the first fallback that has it.
    fn face_for(&mut self, character: char, wanted: FaceId, span: Span) -> FaceId {
        let faces = self.shaper.faces();
        if faces.get(wanted).covers(character) || is_invisible(character) {
            return wanted;
        }
        let found = self.fallbacks.entry((character, wanted));
        if let Some(face) = *found.or_insert_with(|| faces.fallback(character, wanted)) {
            return face;
        }
        self.missing.entry(character).or_insert(span);
        wanted
    }
}

/// How many missing characters a complaint names.
const NAMED: usize = 6;

impl Setter<'_> {
    /// Complains of the characters that no face has: one complaint for a section, at the first.
    pub(super) fn report_missing(&mut self) {
        let Some(span) = self.missing.values().min().copied() else { return };
        self.statistics.missing_glyphs = self.missing.len() as u64;
        let name = |c: &char| format!("`{c}` (U+{:04X})", *c as u32);
        let mut named = self.missing.keys().take(NAMED).map(name).collect::<Vec<_>>().join(", ");
        if let more @ 1.. = self.missing.len().saturating_sub(NAMED) {
            named.push_str(&format!(" and {more} more"));
        }
        let message = match self.missing.len() {
            1 => format!("no face has a glyph for {named}"),
            count => format!("no face has glyphs for {count} characters: {named}"),
        };
        self.diagnostics.push(Diagnostic::new(Code::MissingGlyph, span, message).help(
            "put a font that has them into the folder of `[fonts]`, or write it differently",
        ));
    }
}

/// Characters that a shaper adds to the letter before them, roughly: combining marks of all scripts,
/// variation selectors, joiners and tags.
fn is_mark(character: char) -> bool {
    // The first combining mark is U+0300: most characters are not looked up.
    (character >= '\u{300}'
        && !is_punctuation(character)
        && unicode_bidi::bidi_class(character) == unicode_bidi::BidiClass::NSM)
        || matches!(character, '\u{200c}' | '\u{200d}' | '\u{e0000}'..='\u{e0fff}')
        || is_invisible(character)
}

/// Characters that need no glyph: joiners, variation selectors, marks of direction.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\n')
}
