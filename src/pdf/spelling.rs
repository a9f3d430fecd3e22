//! Which characters each glyph stands for (ISO 32000-1, 14.8.2.4).
//!
//! Shaping makes clusters: some characters become some glyphs. Where a cluster is one glyph, or
//! has as many characters as glyphs, each glyph can be said to spell something by itself; a
//! reader finds that in the font. Where not, the text has to be told beside the glyphs
//! (`ActualText`).

use unicode_bidi::{BidiClass, bidi_class};

use crate::layout::pages::{Glyph, Glyphs};

/// Glyphs that stand for some characters together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster<'a> {
    /// The glyphs from left to right; never empty.
    pub(super) glyphs: &'a [Glyph],
    /// What they stand for together.
    pub(super) text: &'a str,
}

/// The clusters of a run from left to right.
pub(super) fn clusters(run: &Glyphs) -> impl Iterator<Item = Cluster<'_>> {
    let mut rest = run.glyphs.as_slice();
    std::iter::from_fn(move || {
        let (first, others) = rest.split_first()?;
        let follow = others.iter().take_while(|g| g.text.0 >= g.text.1).count();
        let (glyphs, after) = rest.split_at(1 + follow);
        rest = after;
        Some(Cluster { glyphs, text: slice(run, first.text) })
    })
}

/// Whether the run's characters were turned round: its glyphs then do not show them in the order in
/// which they are read. Characters that run from right to left by themselves are not meant: that
/// their glyphs stand from the last to the first is what every reader of PDF expects, and undoes.
pub(super) fn is_reversed(run: &Glyphs) -> bool {
    // In UTF-8 each of them begins with 0xD6 (that of U+0590) or more.
    let may_be = run.text.bytes().fold(false, |may_be, byte| may_be | (byte >= 0xD6));
    if may_be && run.text.chars().any(is_right_to_left) {
        return false;
    }
    let mut last = 0;
    run.glyphs.iter().filter(|g| g.text.0 < g.text.1).any(|g| {
        let back = g.text.0 < last;
        last = g.text.0;
        back
    })
}

impl<'a> Cluster<'a> {
    /// What a glyph of the cluster spells by itself.
    pub(super) fn spelled(&self, index: usize) -> Option<&'a str> {
        if self.glyphs.len() == 1 {
            return Some(self.text).filter(|text| !text.is_empty());
        }
        let mut characters = self.text.char_indices();
        if self.text.chars().count() != self.glyphs.len() {
            return None;
        }
        let (at, character) = match self.text.chars().any(is_right_to_left) {
            true => characters.nth_back(index)?,
            false => characters.nth(index)?,
        };
        self.text.get(at..at + character.len_utf8())
    }
}

fn is_right_to_left(character: char) -> bool {
    // The first one is U+0590: most characters are not looked up.
    character >= '\u{590}' && matches!(bidi_class(character), BidiClass::R | BidiClass::AL)
}

fn slice(run: &Glyphs, (start, end): (u32, u32)) -> &str {
    run.text.get(start as usize..end as usize).unwrap_or("")
}
