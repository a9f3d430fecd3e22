//! Which face shows a character that the wanted one lacks.
//!
//! The family is the first one that has the character: the text face of the binary, those that the
//! book declares in the order of their names, then the other ones of the binary in a fixed order. What
//! a book brings comes before them, because they have single signs of scripts that they are not made
//! for. Of a family's cuts the one is taken that is most like the wanted face, so that bold text stays
//! bold in every script.

use harfrust::font::attribute::{Attributes, Style};

use super::{FaceId, Faces};

/// The face of the binary that is asked first.
const TEXT: &str = "SourceSerif4-Regular";

/// Faces of the binary that are asked in turn behind what the book declares. Libertinus has polytonic
/// Greek, Hebrew, phonetic letters.
const FALLBACK: [&str; 6] = [
    "LibertinusSerif-Regular",
    "SourceSans3-Regular",
    "SourceCodePro-Regular",
    "STIXTwoMath-Regular",
    "NotoSansSymbols2-Regular",
    "NotoEmoji-Regular",
];

/// How much heavier emphasis is in a family without italics: regular becomes bold.
const EMPHASIS: u16 = 300;

impl Faces {
    /// The face for a character that `wanted` does not have.
    pub fn fallback(&self, character: char, wanted: FaceId) -> Option<FaceId> {
        let first = self
            .find(TEXT)
            .into_iter()
            .chain(self.declared())
            .chain(FALLBACK.iter().filter_map(|name| self.find(name)))
            .find(|face| self.get(*face).covers(character))?;
        let family = self.stem(first).to_owned();
        let cuts = self.iter().map(|(id, _)| id);
        let cuts: Vec<FaceId> =
            cuts.filter(|id| self.stem(*id) == family && self.get(*id).covers(character)).collect();
        let attributes = |id: FaceId| self.get(id).font().default_attributes();
        let (slanted, mut heavy) = (is_slanted(&attributes(wanted)), weight(&attributes(wanted)));
        // Where a family is never slanted, emphasis is seen by its weight.
        if slanted && !cuts.iter().any(|id| is_slanted(&attributes(*id))) {
            heavy += EMPHASIS;
        }
        cuts.into_iter().min_by_key(|id| {
            let own = attributes(*id);
            (is_slanted(&own) != slanted, weight(&own).abs_diff(heavy))
        })
    }

    /// The part of the PostScript name that the cuts of a family share.
    fn stem(&self, id: FaceId) -> &str {
        let name = &self.get(id).name;
        name.split('-').next().unwrap_or(name)
    }
}

pub(super) fn is_slanted(attributes: &Attributes) -> bool {
    match attributes.style {
        Style::Normal => false,
        Style::Italic | Style::Oblique(_) => true,
    }
}

/// From 1 to 1000; 400 is regular.
pub(super) fn weight(attributes: &Attributes) -> u16 {
    attributes.weight.value().round().clamp(1.0, 1000.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fallback_has_the_weight_and_the_slant_of_the_wanted_face() {
        let faces = Faces::bundled();
        let find = |name: &str| faces.find(name).expect("is in the binary");
        let name = |wanted: &str| {
            // Polytonic Greek, which Source Serif does not have.
            let face = faces.fallback('ἄ', find(wanted)).expect("is covered");
            faces.get(face).name.clone()
        };
        assert_eq!(name("SourceSerif4-Regular"), "LibertinusSerif-Regular");
        assert_eq!(name("SourceSerif4-Bold"), "LibertinusSerif-Bold");
        assert_eq!(name("SourceSerif4-It"), "LibertinusSerif-Italic");
        assert!(faces.fallback('港', find("SourceSerif4-Regular")).is_none());
    }
}
