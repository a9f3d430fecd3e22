//! Words that may be broken: after which letters, and how wide their pieces are.
//!
//! The pieces are shaped on their own, the first with its hyphen: kerning with it, or a ligature
//! that is taken apart, changes widths. A book uses the same words again and again, so what was
//! found out about one is kept.

use std::collections::BTreeMap;

use crate::book::Language;
use crate::font::{FaceId, Features, Shaper};
use crate::geom::Length;

use super::hyphenate::Hyphenator;

/// A place inside a word where it may be broken.
#[derive(Clone, Copy, Debug)]
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

/// What is known of words, by style; a book has a few styles.
#[derive(Default)]
pub(super) struct Words(Vec<(WordStyle, BTreeMap<String, Vec<WordBreak>>)>);

/// When so many words are known of a style, they are forgotten: no language has that many, but a
/// text may.
const MOST_WORDS: usize = 200_000;

impl Words {
    /// Appends the places where a word may be broken.
    pub(super) fn breaks(
        &mut self,
        word: &str,
        style: &WordStyle,
        (hyphenator, shaper): (&Hyphenator<'_>, &mut Shaper<'_>),
        out: &mut Vec<WordBreak>,
    ) {
        let known = self.of_style(style);
        if let Some(breaks) = known.get(word) {
            out.extend_from_slice(breaks);
            return;
        }
        let offsets = hyphenator.points(word, &style.language);
        let breaks: Vec<WordBreak> =
            offsets.into_iter().map(|offset| measure(word, offset, style, shaper)).collect();
        out.extend_from_slice(&breaks);
        if known.len() >= MOST_WORDS {
            known.clear();
        }
        known.insert(word.to_owned(), breaks);
    }

    fn of_style(&mut self, style: &WordStyle) -> &mut BTreeMap<String, Vec<WordBreak>> {
        let at = self.0.iter().position(|(known, _)| known == style).unwrap_or(self.0.len());
        if at == self.0.len() {
            self.0.push((style.clone(), BTreeMap::new()));
        }
        &mut self.0[at].1
    }
}

/// Measures a word that is broken before the byte `offset`.
pub(super) fn measure(
    word: &str,
    offset: usize,
    style: &WordStyle,
    shaper: &mut Shaper<'_>,
) -> WordBreak {
    let (left, right) = word.split_at(offset);
    let mut glyphs = Vec::new();
    let mut width = |text: &str| {
        let (font, script) = ((style.face, style.size), (style.script, style.right_to_left));
        glyphs.clear();
        shaper.shape(text, font, script, style.features, &mut glyphs);
        glyphs.iter().map(|glyph| glyph.advance.0).sum()
    };
    WordBreak { offset, left: width(&format!("{left}-")), right: width(right) }
}
