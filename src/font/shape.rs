//! Shaping: characters of one face, size and direction become positioned glyphs.
//!
//! A [`Shaper`] keeps one plan for each (face, script, direction, features): building a plan costs
//! more than shaping a paragraph with it. It does no itemisation: the caller splits text by
//! face, script and direction.

use std::collections::BTreeMap;

use harfrust::{
    Buffer, Direction, Feature, Script, ShapeOptions, ShapePlan, ShaperFont, Tag, shape,
};

use super::words::{Setting, Words, is_of_words};
use super::{FaceId, Faces};
use crate::geom::Length;

/// OpenType features on top of the default ones (kerning, standard ligatures), as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Features(pub u8);

impl Features {
    /// Nothing but the defaults.
    pub const NONE: Self = Self(0);
    /// Old-style figures.
    pub const OLD_STYLE: Self = Self(1);
    /// Lining figures of one width, for tables.
    pub const TABULAR: Self = Self(2);
    /// True superiors.
    pub const SUPERIOR: Self = Self(4);
    /// Small capitals for lower case letters.
    pub const SMALL_CAPS: Self = Self(8);
    /// True inferiors.
    pub const INFERIOR: Self = Self(16);
    /// Lining figures, proportional.
    pub const LINING: Self = Self(32);
    /// No ligatures and no kerning: code.
    pub const LITERAL: Self = Self(64);
    /// Small capitals for capitals: abbreviations.
    pub const SMALL_FROM_CAPITALS: Self = Self(128);

    /// Both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These without others.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether all of the others are among these.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    fn list(self) -> Vec<Feature> {
        let mut list = Vec::new();
        let mut on = |set: Self, tags: &[(&[u8; 4], u32)]| {
            if self.contains(set) {
                list.extend(
                    tags.iter().map(|(tag, value)| Feature::new(Tag::new(tag), *value, ..)),
                );
            }
        };
        on(Self::OLD_STYLE, &[(b"onum", 1), (b"pnum", 1)]);
        on(Self::TABULAR, &[(b"lnum", 1), (b"tnum", 1)]);
        on(Self::LINING, &[(b"lnum", 1), (b"pnum", 1)]);
        on(Self::SUPERIOR, &[(b"sups", 1)]);
        on(Self::INFERIOR, &[(b"subs", 1)]);
        on(Self::SMALL_CAPS, &[(b"smcp", 1)]);
        on(Self::SMALL_FROM_CAPITALS, &[(b"c2sc", 1)]);
        on(Self::LITERAL, &[(b"liga", 0), (b"clig", 0), (b"calt", 0), (b"kern", 0)]);
        list
    }
}

/// What is set between small capitals, in thousandths of the em: capitals of either height look
/// crowded in a row (Bringhurst 3.2.2 asks for 5 to 10 %; these faces have some of it built in).
const SMALL_CAPS_TRACKING: i64 = 30;

/// One glyph as the font gives it, at a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShapedGlyph {
    /// Index in the face; 0 is "missing".
    pub id: u16,
    /// Byte in the shaped text at which its cluster begins.
    pub cluster: u32,
    /// Distance to the next origin.
    pub advance: Length,
    /// Offset to the right.
    pub dx: Length,
    /// Offset upwards.
    pub dy: Length,
}

/// What a shaper knows of plans and words, for the next shaper over the same faces.
#[derive(Default)]
pub struct Memory {
    plans: Plans,
    words: Words,
}

type Plans = BTreeMap<PlanKey, (ShapePlan, Vec<Feature>)>;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct PlanKey {
    face: FaceId,
    script: [u8; 4],
    right_to_left: bool,
    features: Features,
}

/// Shapes text, remembering plans and words. One for each thread.
pub struct Shaper<'f> {
    press: Press<'f>,
    words: Words,
}

/// Shapes text, remembering plans.
struct Press<'f> {
    faces: &'f Faces,
    fonts: BTreeMap<FaceId, ShaperFont<'f, 'f>>,
    plans: Plans,
    buffer: Buffer,
}

impl<'f> Shaper<'f> {
    /// A shaper over these faces.
    pub fn new(faces: &'f Faces) -> Self {
        Self::remembering(faces, Memory::default())
    }

    /// A shaper that knows what another one over the same faces found out.
    pub fn remembering(faces: &'f Faces, Memory { plans, words }: Memory) -> Self {
        let press = Press { faces, fonts: BTreeMap::new(), plans, buffer: Buffer::new() };
        Self { press, words }
    }

    /// What it found out.
    pub fn into_memory(self) -> Memory {
        Memory { plans: self.press.plans, words: self.words }
    }

    /// The faces it shapes with.
    pub fn faces(&self) -> &'f Faces {
        self.press.faces
    }

    /// The script of the first character that has one (ISO 15924); Latin without any.
    pub fn script(&self, text: &str) -> [u8; 4] {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.script().map_or(*b"Latn", |script| script.tag().to_be_bytes())
    }

    /// Shapes `text`, which must be of one script (ISO 15924) and direction, and appends the
    /// glyphs in visual order to `out`.
    pub fn shape(
        &mut self,
        text: &str,
        (face, size): (FaceId, Length),
        (script, right_to_left): ([u8; 4], bool),
        features: Features,
        out: &mut Vec<ShapedGlyph>,
    ) {
        let Self { press, words } = self;
        let setting = (face, size, script, features);
        if right_to_left || !is_of_words(script, text) || !press.faces.is_bundled(face) {
            return press.shape(text, setting, right_to_left, out);
        }
        let whole = |text: &str, out: &mut Vec<_>| press.shape(text, setting, false, out);
        words.shape(setting, text, whole, out);
    }

    /// Whether a face has, for every character of a text that is no space, another glyph with
    /// some features than with others.
    pub fn substitutes(
        &mut self,
        text: &str,
        (face, script): (FaceId, [u8; 4]),
        (plain, wanted): (Features, Features),
    ) -> bool {
        let mut shaped = [Vec::new(), Vec::new()];
        for (features, out) in [plain, wanted].into_iter().zip(&mut shaped) {
            self.shape(text, (face, Length::pt(10)), (script, false), features, out);
        }
        let [before, after] = shaped;
        let spaces = |glyph: &ShapedGlyph| {
            text.get(glyph.cluster as usize..).is_some_and(|rest| rest.starts_with(' '))
        };
        before.len() == after.len()
            && before.iter().zip(&after).all(|(a, b)| a.id != b.id || spaces(a))
    }
}

impl Press<'_> {
    /// See [`Shaper::shape`].
    fn shape(
        &mut self,
        text: &str,
        (face, size, script, features): Setting,
        right_to_left: bool,
        out: &mut Vec<ShapedGlyph>,
    ) {
        let data = self.faces.get(face);
        let font = self.fonts.entry(face).or_insert_with(|| ShaperFont::new(data.font()));
        let direction = if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        let tag = Script::from_iso15924_tag(Tag::new(&script));
        let key = PlanKey { face, script, right_to_left, features };
        let (plan, list) = self.plans.entry(key).or_insert_with(|| {
            let list = features.list();
            (ShapePlan::new(data.font(), direction, tag, None, &list), list)
        });
        self.buffer.clear();
        self.buffer.push_str(text);
        self.buffer.set_direction(direction);
        self.buffer.set_script(tag);
        let options = ShapeOptions::new().plan(Some(plan)).features(list);
        shape(font, &mut self.buffer, options)
            .expect("the buffer has the plan's script and direction and holds characters");
        let units = i64::from(data.metrics().units_per_em);
        let length = |value: i32| match value {
            0 => Length::ZERO,
            value => size.scale(i64::from(value), units),
        };
        let is_tracked = features.contains(Features::SMALL_CAPS)
            || features.contains(Features::SMALL_FROM_CAPITALS);
        let tracking =
            if is_tracked { size.scale(SMALL_CAPS_TRACKING, 1_000) } else { Length::ZERO };
        let glyphs = self.buffer.glyph_infos().iter().zip(self.buffer.glyph_positions());
        out.extend(glyphs.map(|(info, at)| ShapedGlyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            cluster: info.cluster,
            advance: length(at.x_advance) + tracking,
            dx: length(at.x_offset),
            dy: length(at.y_offset),
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATIN: [u8; 4] = *b"Latn";

    fn has(face: &str, text: &str, features: Features) -> bool {
        let faces = Faces::bundled();
        let face = faces.find(face).expect("it is bundled");
        Shaper::new(&faces).substitutes(text, (face, LATIN), (Features::NONE, features))
    }

    #[test]
    fn faces_have_true_superiors_and_small_capitals_or_say_so() {
        for face in ["SourceSerif4-Regular", "SourceSerif4-It", "LibertinusSerif-Regular"] {
            assert!(has(face, "0123456789", Features::SUPERIOR), "{face}");
        }
        let small = Features::SMALL_FROM_CAPITALS;
        for face in ["SourceSerif4-Regular", "SourceSerif4-Bold", "LibertinusSerif-Italic"] {
            assert!(has(face, "CNCF", small), "{face}");
        }
        assert!(!has("SourceSerif4-It", "CNCF", small));
        assert!(!has("SourceCodePro-Regular", "12§", Features::SUPERIOR));
    }

    /// Sentences with all pairs of letters and marks around a space, and the first book.
    fn prose() -> Vec<String> {
        let set = "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz019.,:;!?'\"()[]{}-/*&%$#@+=_\
                   “”‘’–—…éÉőßæŁñçøffifflЖжТАГуαΩΤΑΥẾặ\u{a0}";
        let pairs =
            |left: char| set.chars().map(move |right| format!("x{left} {right}f")).collect();
        let mut texts: Vec<String> = set.chars().map(pairs).map(|p: Vec<_>| p.join(" ")).collect();
        texts.extend(
            ["fi  ff  V\u{301} \u{301}A \u{200d} T", " ", "", "T ", " T", "\u{301}a \u{301}"]
                .map(str::to_owned),
        );
        texts.extend(include_str!("../../README.md").lines().map(str::to_owned));
        texts
    }

    #[test]
    fn texts_shaped_by_words_are_as_if_they_were_shaped_whole() {
        let faces = Faces::bundled();
        let mut shaper = Shaper::new(&faces);
        let (mut words, mut whole) = (Vec::new(), Vec::new());
        let texts = prose();
        for (face, _) in faces.iter() {
            let sets = [
                Features::NONE,
                Features::OLD_STYLE,
                Features::TABULAR,
                Features::LITERAL,
                Features::SMALL_CAPS,
                Features::SMALL_FROM_CAPITALS,
                Features::SUPERIOR,
            ];
            for (text, features) in texts.iter().flat_map(|text| sets.map(|set| (text, set))) {
                let (font, script) = ((face, Length::pt(10)), (LATIN, false));
                words.clear();
                whole.clear();
                shaper.shape(text, font, script, features, &mut words);
                shaper.press.shape(text, (face, font.1, LATIN, features), false, &mut whole);
                let name = &faces.get(face).name;
                assert!(words == whole, "{name} {features:?} {text:?}: {words:?} {whole:?}");
            }
        }
    }

    #[test]
    fn small_capitals_are_set_a_little_apart() {
        let faces = Faces::bundled();
        let face = faces.find("LibertinusSerif-Regular").expect("it is bundled");
        let font = (face, Length::pt(10));
        let mut out = Vec::new();
        let mut shaper = Shaper::new(&faces);
        shaper.shape("a", font, (LATIN, false), Features::SMALL_CAPS, &mut out);
        let face = faces.get(face);
        let own = face.scale(face.advance(out[0].id), Length::pt(10));
        assert_eq!(out[0].advance, own + Length::pt(10).scale(SMALL_CAPS_TRACKING, 1_000));
    }
}
