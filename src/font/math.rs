//! Faces for mathematics: those with a `MATH` table (OpenType 1.9), as `formulary` reads them.
//!
//! Glyphs of a laid out formula are told by their number alone; here is also what each of them
//! stands for, so that text can be taken out of the finished file.

use std::borrow::Cow;

use formulary::MathFont;

use super::Face;

impl Face {
    /// The face for setting formulas; `None` without a `MATH` table, and for a face that is not
    /// bundled.
    pub fn math(&self) -> Option<&MathFont<'static>> {
        let made = self.math.get_or_init(|| match self.bytes {
            Cow::Borrowed(bytes) => MathFont::new(bytes, self.index).ok(),
            Cow::Owned(_) => None,
        });
        made.as_ref()
    }

    /// The character that a glyph stands for, of variants that of the plain form: sizes and
    /// shapes of `uni2211` are called `uni2211.s1`.
    pub fn character(&self, glyph: u16) -> Option<char> {
        let characters = self.characters.get_or_init(|| self.read_characters());
        characters.get(usize::from(glyph)).copied().flatten()
    }

    fn read_characters(&self) -> Vec<Option<char>> {
        let font = self.font();
        let mut characters = vec![None; usize::from(u16::MAX) + 1];
        for (code, glyph) in font.charmap().unicodes() {
            let known = characters.get_mut(glyph.to_u32() as usize);
            let (Some(known), Some(character)) = (known, char::from_u32(code)) else { continue };
            // The first of several is the plain one: letters come before their lookalikes.
            known.get_or_insert(character);
        }
        for (glyph, name) in font.glyph_names() {
            let at = glyph.to_u32() as usize;
            let Some((plain, _)) = name.as_str().split_once('.') else { continue };
            if characters.get(at).is_some_and(Option::is_none)
                && let Some(plain) = font.glyph_by_name(plain)
            {
                characters[at] = characters.get(plain.to_u32() as usize).copied().flatten();
            }
        }
        characters
    }
}

#[cfg(test)]
mod tests {
    use crate::font::Faces;

    #[test]
    fn a_large_operator_stands_for_its_character() {
        let faces = Faces::bundled();
        let stix = faces.get(faces.find("STIXTwoMath-Regular").expect("it is bundled"));
        assert!(stix.math().is_some());
        let sum = stix.glyph('∑').expect("it has one");
        assert_eq!(stix.character(sum), Some('∑'));
        let variants = (0..=u16::MAX).filter(|glyph| stix.character(*glyph) == Some('∑'));
        assert!(variants.count() > 2);
        assert!((0..=u16::MAX).filter(|glyph| stix.character(*glyph) == Some('2')).count() > 1);
        let serif = faces.get(faces.find("SourceSerif4-Regular").expect("it is bundled"));
        assert!(serif.math().is_none());
    }
}
