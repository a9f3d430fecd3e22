//! Spaces between ideographs, kana, their punctuation and Latin letters, after *Requirements for
//! Japanese Text Layout* (JLREQ, <https://www.w3.org/TR/jlreq/>).
//!
//! A full-width bracket or stop is half as wide as it stands, with half an em of air at one side:
//! before an opening bracket, behind a closing one, a comma or a full stop. The air goes where two
//! such marks meet (JLREQ 3.1.4), and hangs out where a line begins (3.1.5) or ends (3.1.9); for line
//! breaking it is like the protrusion of a comma in Latin text, only that all of it goes. Between
//! ideographs and Latin letters or figures a quarter of an em is put in (3.2.6). Which characters may
//! not begin or end a line is UAX #14's business, in its strict form (3.1.7, 3.1.8).
//!
//! No kashida, no ruby, no vertical text.

use crate::book::Language;
use crate::font::Features;
use crate::geom::Length;

use super::inline::Flat;
use super::itemize::{LogicalGlyph, Run};

/// What a character is among ideographs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// A bracket with air before it (JLREQ cl-01).
    Opening,
    /// A bracket, comma or full stop with air behind it (cl-02, cl-06, cl-07).
    Closing,
    /// The ideographic space (cl-14).
    Space,
    /// An ideograph, kana (cl-09, cl-10, cl-11, cl-15, cl-16, cl-19).
    Ideograph,
    /// Another mark of a full square.
    Mark,
    /// A letter or a figure of another script (cl-24, cl-27).
    Letter,
    /// Everything else.
    Other,
}

/// Puts the spaces of East Asian text into shaped glyphs, in logical order.
pub(super) fn space(flat: &Flat, runs: &[Run], glyphs: &mut [LogicalGlyph]) {
    if !glyphs.iter().any(|glyph| glyph.ideograph) {
        return;
    }
    let classes: Vec<Class> = glyphs
        .iter()
        .map(|glyph| match is_raised(&runs[glyph.run as usize]) {
            // The call of a note stands close.
            true => Class::Other,
            false => class_of(flat, glyph),
        })
        .collect();
    for at in 0..glyphs.len() {
        let next = classes.get(at + 1).copied();
        let em = runs[glyphs[at].run as usize].look.size;
        let before = at.checked_sub(1).map(|before| classes[before]);
        air(&mut glyphs[at], em, (before, classes[at], next));
    }
}

/// Whether figures of a language stand among letters that have no lower case: then they line up
/// with capitals.
pub(super) fn figures(language: &Language, features: Features) -> Features {
    let caseless = matches!(
        language.primary().as_str(),
        "ja" | "zh" | "ko" | "ar" | "fa" | "ur" | "he" | "yi" | "hi" | "th" | "ka"
    );
    if caseless && features == Features::OLD_STYLE { Features::LINING } else { features }
}

/// First indent of a paragraph: one square in Japanese (JLREQ 3.3.1), two in Chinese.
pub(super) fn indent(language: &Language, em: Length) -> Option<Length> {
    match language.primary().as_str() {
        "ja" => Some(em),
        "zh" => Some(em * 2),
        _ => None,
    }
}

/// Characters of East Asian text that stand in a square of their own.
pub(super) fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{312f}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

fn is_raised(run: &Run) -> bool {
    run.look.rise != Length::ZERO
        || matches!(run.look.features, Features::SUPERIOR | Features::INFERIOR)
}

fn class_of(flat: &Flat, glyph: &LogicalGlyph) -> Class {
    let cluster = flat.text.get(glyph.shaped.cluster as usize..glyph.end as usize);
    let Some(character) = cluster.and_then(|cluster| cluster.chars().next()) else {
        return Class::Other;
    };
    match character {
        '「' | '『' | '（' | '［' | '｛' | '〈' | '《' | '【' | '〔' | '〖' | '〘' | '〝'
        | '｟' => Class::Opening,
        '」' | '』' | '）' | '］' | '｝' | '〉' | '》' | '】' | '〕' | '〗' | '〙' | '〟'
        | '｠' | '、' | '。' | '，' | '．' => Class::Closing,
        '\u{3000}' => Class::Space,
        '々' | '〆' | '〇' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' => {
            Class::Ideograph
        }
        '\u{30a1}'..='\u{30fa}' | 'ー'..='ヿ' | '\u{31f0}'..='\u{31ff}' => Class::Ideograph,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
            Class::Ideograph
        }
        c if is_ideograph(c) => Class::Mark,
        c if c.is_alphanumeric() => Class::Letter,
        _ => Class::Other,
    }
}

/// Takes air from a glyph, or gives it some, by what stands before and behind it.
fn air(
    glyph: &mut LogicalGlyph,
    em: Length,
    (before, class, next): (Option<Class>, Class, Option<Class>),
) {
    let half = em / 2;
    // A face may have narrow ones.
    let is_full = glyph.shaped.advance.0 * 10 >= em.0 * 9;
    match (class, next) {
        (Class::Opening, _) if is_full => {
            glyph.ideograph = false;
            if before == Some(Class::Opening) {
                glyph.shaped.advance -= half;
                glyph.shaped.dx -= half;
            } else {
                glyph.lead = half;
            }
        }
        (Class::Closing, Some(Class::Opening | Class::Closing)) if is_full => {
            glyph.shaped.advance -= half;
            glyph.ideograph = next == Some(Class::Opening);
        }
        (Class::Closing, _) if is_full => glyph.gap = half,
        (Class::Space, _) => glyph.gap = glyph.shaped.advance,
        (Class::Ideograph, Some(Class::Letter)) | (Class::Letter, Some(Class::Ideograph)) => {
            glyph.gap = em / 4;
            glyph.shaped.advance += glyph.gap;
        }
        // Nothing is put between a character and the mark that closes behind it (JLREQ 3.8.4).
        (_, Some(Class::Closing)) => glyph.ideograph = false,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::NodeId;
    use crate::font::ShapedGlyph;
    use crate::layout::inline::{Look, Segment};

    const EM: Length = Length::pt(10);

    /// `(lead, advance, gap)` of each character in tenths of a point; squares are 10 pt wide,
    /// everything else 5 pt.
    fn spaced(text: &str) -> Vec<(i64, i64, i64)> {
        let flat = Flat {
            node: NodeId(0),
            text: text.to_owned(),
            segments: Vec::<Segment>::new(),
            links: Vec::new(),
            notes: Vec::new(),
            formulas: Vec::new(),
            soft_hyphens: Vec::new(),
            offsets: vec![(0, 0)],
        };
        let look = Look::plain(crate::font::FaceId(0), EM);
        let runs = [Run { segment: 0, look, script: *b"Hani", level: 0 }];
        let mut glyphs: Vec<LogicalGlyph> =
            text.char_indices().map(|(at, c)| glyph(at, c)).collect();
        space(&flat, &runs, &mut glyphs);
        let tenths = |length: Length| length.0 * 10 / Length::pt(1).0;
        let all = glyphs.iter();
        all.map(|g| (tenths(g.lead), tenths(g.shaped.advance), tenths(g.gap))).collect()
    }

    fn glyph(at: usize, c: char) -> LogicalGlyph {
        let cluster = u32::try_from(at).expect("short");
        let advance = if is_ideograph(c) { EM } else { EM / 2 };
        let shaped = ShapedGlyph { id: 1, cluster, advance, dx: Length::ZERO, dy: Length::ZERO };
        LogicalGlyph {
            shaped,
            end: cluster + u32::try_from(c.len_utf8()).expect("at most four"),
            run: 0,
            code: false,
            space: c == ' ',
            ideograph: is_ideograph(c),
            hyphen: false,
            lead: Length::ZERO,
            gap: Length::ZERO,
        }
    }

    #[test]
    fn air_goes_where_marks_meet() {
        // 。」「『 : the stop and the bracket lose theirs, the second opening one too.
        let found = spaced("港。」「『本");
        let widths: Vec<i64> = found.iter().map(|(_, width, _)| *width).collect();
        assert_eq!(widths, [100, 50, 50, 100, 50, 100]);
        assert_eq!(found[3].0, 50, "the first opening bracket has air before it");
    }

    #[test]
    fn the_last_mark_has_air_that_can_hang_out() {
        assert_eq!(spaced("本。")[1], (0, 100, 50));
        assert_eq!(spaced("「本")[0], (50, 100, 0));
    }

    #[test]
    fn a_quarter_stands_between_ideographs_and_letters_but_not_at_a_space() {
        let widths = |text| spaced(text).into_iter().map(|(_, width, _)| width).collect::<Vec<_>>();
        assert_eq!(widths("本a本"), [125, 75, 100]);
        assert_eq!(widths("本 a"), [100, 50, 50]);
        assert_eq!(widths("本、a"), [100, 100, 50]);
    }
}
