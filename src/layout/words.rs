//! Words that may be broken: after which letters, and how wide their pieces are.
//!
//! The pieces are as wide as if they were shaped on their own, the first with its hyphen: kerning with
//! it, or a ligature that is taken apart, changes widths. In the faces of the binary a letter kerns
//! with its neighbour and does nothing else to letters that are not joined with it, so that the widths
//! of pieces add up from those of the letters in the whole word; only the last letters before a
//! hyphen are shaped with it, and there are few of these (a test compares them for every face). A
//! book uses the same words again and again, so what was found out about one is kept.

use std::ops::Range;

use crate::book::Language;
use crate::font::{FaceId, Features, Key, Known, ShapedGlyph, Shaper};
use crate::geom::Length;

use super::hyphenate::Hyphenator;

/// A place inside a word where it may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordBreak {
    /// First byte of the second piece, from the word's beginning.
    pub offset: usize,
    /// Width of the first piece with its hyphen.
    pub left: i64,
    /// Width of the second piece.
    pub right: i64,
}

/// All that the pieces of a word depend on, apart from the word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WordStyle {
    pub face: FaceId,
    pub size: Length,
    pub features: Features,
    /// ISO 15924.
    pub script: [u8; 4],
    pub right_to_left: bool,
    pub language: Language,
}

/// What is known of words.
#[derive(Default)]
pub(super) struct Words {
    /// By style; a book has a few.
    styles: Vec<(WordStyle, Known<Range<usize>>)>,
    /// Of each word all places.
    breaks: Vec<WordBreak>,
}

/// When so many words are known of a style, all are forgotten: no language has that many, but a text
/// may.
const MOST_WORDS: usize = 200_000;

impl Words {
    /// The places where a word may be broken.
    pub(super) fn breaks(
        &mut self,
        word: &str,
        style: &WordStyle,
        (hyphenator, shaper): (&Hyphenator<'_>, &mut Shaper<'_>),
    ) -> &[WordBreak] {
        if self.styles.iter().any(|(_, known)| known.len() >= MOST_WORDS) {
            *self = Self::default();
        }
        let at = self.of_style(style);
        let known = &mut self.styles[at].1;
        let key = Key::of(word);
        if let Some(range) = key.and_then(|key| known.get(key)) {
            return &self.breaks[range.clone()];
        }
        let from = self.breaks.len();
        let offsets = hyphenator.points(word, &style.language);
        measure_all(word, &offsets, (style, shaper), &mut self.breaks);
        if let Some(key) = key {
            known.insert(key, from..self.breaks.len());
        }
        &self.breaks[from..]
    }

    fn of_style(&mut self, style: &WordStyle) -> usize {
        let at = self.styles.iter().position(|(known, _)| known == style);
        at.unwrap_or_else(|| {
            self.styles.push((style.clone(), Known::default()));
            self.styles.len() - 1
        })
    }
}

/// Measures a word that is broken before each of some bytes.
fn measure_all(
    word: &str,
    offsets: &[usize],
    (style, shaper): (&WordStyle, &mut Shaper<'_>),
    out: &mut Vec<WordBreak>,
) {
    if offsets.is_empty() {
        return;
    }
    let whole = if adds_up(style, shaper) { glyphs(word, style, shaper) } else { Vec::new() };
    out.extend(offsets.iter().map(|offset| {
        add_up(word, *offset, &whole, (style, shaper))
            .unwrap_or_else(|| measure(word, *offset, style, shaper))
    }));
}

/// Whether the widths of pieces add up: small capitals of Libertinus kern by more than one neighbour.
fn adds_up(style: &WordStyle, shaper: &Shaper<'_>) -> bool {
    let is_plain = Features::OLD_STYLE.with(Features::LITERAL).contains(style.features);
    is_plain && !style.right_to_left && shaper.faces().is_bundled(style.face)
}

/// Adds up the pieces of a word from its glyphs; `None` where a ligature stands over the place.
fn add_up(
    word: &str,
    offset: usize,
    glyphs: &[ShapedGlyph],
    (style, shaper): (&WordStyle, &mut Shaper<'_>),
) -> Option<WordBreak> {
    let first = |byte: usize| glyphs.partition_point(|glyph| (glyph.cluster as usize) < byte);
    let break_at = first(offset);
    let begins = glyphs.get(break_at).is_some_and(|glyph| glyph.cluster as usize == offset);
    let last = glyphs.get(break_at.checked_sub(1)?).filter(|_| begins)?.cluster as usize;
    let left = width(&glyphs[..first(last)]);
    let end = width(&self::glyphs(&hyphenated(&word[last..offset]), style, shaper));
    Some(WordBreak { offset, left: left + end, right: width(&glyphs[break_at..]) })
}

/// Measures a word that is broken before the byte `offset`.
pub(super) fn measure(
    word: &str,
    offset: usize,
    style: &WordStyle,
    shaper: &mut Shaper<'_>,
) -> WordBreak {
    let (left, right) = word.split_at(offset);
    let left = width(&glyphs(&hyphenated(left), style, shaper));
    WordBreak { offset, left, right: width(&glyphs(right, style, shaper)) }
}

fn hyphenated(piece: &str) -> String {
    format!("{piece}-")
}

fn glyphs(text: &str, style: &WordStyle, shaper: &mut Shaper<'_>) -> Vec<ShapedGlyph> {
    let mut glyphs = Vec::with_capacity(text.len());
    let (font, script) = ((style.face, style.size), (style.script, style.right_to_left));
    shaper.shape(text, font, script, style.features, &mut glyphs);
    glyphs
}

fn width(glyphs: &[ShapedGlyph]) -> i64 {
    glyphs.iter().map(|glyph| glyph.advance.0).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Faces;

    const FEATURES: [Features; 2] = [Features::NONE, Features::OLD_STYLE];

    /// Letters of one script, whose pairs are tried.
    const ALPHABETS: [([u8; 4], &str); 3] = [
        (*b"Latn", "abcdefghijklmnopqrstuvwxyzßéøüçžąőñđAFTVWYLÉ"),
        (*b"Cyrl", "абгджклртуфьяАГТУ"),
        (*b"Grek", "αβγιλρτυώΑΓΤΥ"),
    ];

    /// Words with all pairs of letters around a place, words with ligatures before it, behind it and
    /// over it, and those of some texts.
    fn words() -> Vec<([u8; 4], String, usize)> {
        let mut words = Vec::new();
        for (script, letters) in ALPHABETS {
            for left in letters.chars() {
                let word =
                    |right| (script, format!("{left}{left}{right}{right}"), 2 * left.len_utf8());
                words.extend(letters.chars().map(word));
            }
        }
        let lists = [include_str!("exceptions-en-us.txt"), include_str!("../../README.md")];
        let pieces = lists.into_iter().flat_map(|list| list.split(|c: char| !c.is_alphabetic()));
        let pieces = pieces.filter(|word| word.len() > 3).step_by(23);
        for word in pieces.chain(["affinity", "baffled", "fjord", "Office", "nofto", "Wolfbit"]) {
            let offsets = word.char_indices().map(|(at, _)| at).skip(1);
            words.extend(offsets.map(|offset| (*b"Latn", word.to_owned(), offset)));
        }
        words
    }

    #[test]
    fn pieces_that_are_added_up_are_as_wide_as_if_they_were_shaped() {
        let faces = Faces::bundled();
        let mut shaper = Shaper::new(&faces);
        let (words, mut added) = (words(), 0);
        for (face, features) in faces.iter().flat_map(|(face, _)| FEATURES.map(|f| (face, f))) {
            let mut style = WordStyle {
                face,
                size: Length::pt(10),
                features,
                script: *b"Latn",
                right_to_left: false,
                language: Language("en".to_owned()),
            };
            for (script, word, offset) in &words {
                style.script = *script;
                assert!(adds_up(&style, &shaper));
                let whole = glyphs(word, &style, &mut shaper);
                let Some(sum) = add_up(word, *offset, &whole, (&style, &mut shaper)) else {
                    continue;
                };
                let name = &faces.get(face).name;
                let shaped = measure(word, *offset, &style, &mut shaper);
                assert_eq!(sum, shaped, "{name} {features:?} {word} {offset}");
                added += 1;
            }
        }
        assert!(added > words.len(), "most pieces are added up");
    }
}
