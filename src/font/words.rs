//! Words that were shaped before: most words of a text come again and again.
//!
//! In the faces of the binary a space does nothing to the letters beside it but kern: it changes
//! the advance of the letter before it, and its own before a letter. So a word is shaped between
//! two spaces. The one behind belongs to it; how wide the one before is then, is kept with it, and
//! takes the place of the space with which the word before ends. What comes out is, glyph for
//! glyph, what shaping the whole text gives (a test compares them for every face). Fonts of the
//! book's own may do more with spaces, so their texts are always shaped whole.

use std::collections::BTreeMap;
use std::ops::Range;

use super::FaceId;
use super::known::{Key, Known};
use super::shape::{Features, ShapedGlyph};
use crate::geom::Length;

/// When the words that are known have so many glyphs, they are forgotten: no language has that many,
/// but a text may.
const MOST_GLYPHS: usize = 1_000_000;

/// How words are shaped: in which face and size, script (ISO 15924) and features.
pub(super) type Setting = (FaceId, Length, [u8; 4], Features);

/// The words of some settings.
#[derive(Default)]
pub(super) struct Words {
    settings: BTreeMap<Setting, Known<Range<usize>>>,
    /// Of each word the space before it, then its own.
    glyphs: Vec<ShapedGlyph>,
}

/// Whether a text may be shaped by words: letters stand side by side, and spaces between words.
/// A mark that comes first would be added to the space that is put before it.
pub(super) fn is_of_words(script: [u8; 4], text: &str) -> bool {
    matches!(&script, b"Latn" | b"Grek" | b"Cyrl") && !text.starts_with(is_added)
}

/// Whether a character is added to the one before it, or may be.
fn is_added(character: char) -> bool {
    let is_punctuation = matches!(character, '\u{2010}'..='\u{201f}' | '\u{2026}');
    character >= '\u{300}' && !character.is_alphanumeric() && !is_punctuation
}

/// The words of a text, each with the space behind it. What a mark would be added to is no end of a
/// word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let ends = (1..).zip(rest.bytes()).filter(|(_, byte)| *byte == b' ').map(|(end, _)| end);
        let mut ends = ends.filter(|end| !rest[*end..].starts_with(is_added));
        let (word, after) = rest.split_at(ends.next().unwrap_or(rest.len()));
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

impl Words {
    /// Appends the glyphs of a text that runs from left to right. `shape` shapes a word with a space
    /// before it.
    pub(super) fn shape(
        &mut self,
        setting: Setting,
        text: &str,
        mut shape: impl FnMut(&str, &mut Vec<ShapedGlyph>),
        out: &mut Vec<ShapedGlyph>,
    ) {
        if self.glyphs.len() > MOST_GLYPHS {
            *self = Self::default();
        }
        let known = self.settings.entry(setting).or_default();
        let (mut start, mut long) = (0, Vec::new());
        for word in words(text) {
            let key = Key::of(word);
            let glyphs = if let Some(range) = key.and_then(|key| known.get(key)) {
                &self.glyphs[range.clone()]
            } else if let Some(key) = key {
                let from = self.glyphs.len();
                shape(&format!(" {word}"), &mut self.glyphs);
                known.insert(key, from..self.glyphs.len());
                &self.glyphs[from..]
            } else {
                long.clear();
                shape(&format!(" {word}"), &mut long);
                &long
            };
            let Some((space, own)) = glyphs.split_first() else { continue };
            if let Some(last) = out.last_mut().filter(|_| start > 0) {
                *last = ShapedGlyph { cluster: last.cluster, ..*space };
            }
            // Without the space before it, the word begins at 0.
            out.extend(
                own.iter()
                    .map(|g| ShapedGlyph { cluster: g.cluster.saturating_sub(1) + start, ..*g }),
            );
            start = start.saturating_add(u32::try_from(word.len()).unwrap_or(u32::MAX));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_behind_a_space_unless_a_mark_follows() {
        let found: Vec<&str> = words("Two  words — “and \u{301}a mark” ").collect();
        assert_eq!(found, ["Two ", " ", "words ", "— ", "“and \u{301}a ", "mark” "]);
        assert_eq!(words("").count(), 0);
    }
}
