//! Faces: their bytes, metrics and coverage, and the shaping of text with them.
//!
//! Fonts come from the binary and from folders that the book declares, never from the system, so
//! that a page looks the same on every machine.

mod bundled;
mod fallback;
mod family;
mod known;
mod math;
mod sfnt;
mod shape;
mod words;

pub use family::{Families, Family};
pub use known::{Key, Known};
pub use sfnt::Traits;
pub use shape::{Features, Memory, ShapedGlyph, Shaper};

use std::borrow::Cow;
use std::sync::OnceLock;

pub use harfrust::font::glyph::outline::PathElement;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions};
use harfrust::font::name::NameId;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::geom::Length;
use crate::project::FontFile;

/// Index into the list of faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// All faces a book may be set in.
#[derive(Debug)]
pub struct Faces {
    faces: Vec<Face>,
}

/// One font file's face.
pub struct Face {
    /// PostScript name: `SourceSerif4-Regular`.
    pub name: String,
    /// The whole font file.
    pub bytes: Cow<'static, [u8]>,
    /// Index of the face in a collection; 0 otherwise.
    pub index: u32,
    /// Parsed on first use: a book rarely needs all faces.
    parsed: OnceLock<Parsed>,
    /// The same for setting formulas.
    math: OnceLock<Option<formulary::MathFont<'static>>>,
    /// What each glyph stands for; only asked for formulas.
    characters: OnceLock<Vec<Option<char>>>,
}

struct Parsed {
    font: harfrust::Font,
    metrics: Metrics,
    /// One bit for each character of the Basic Multilingual Plane that the face can show.
    coverage: Vec<u64>,
}

/// Measures of a face in font units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metrics {
    /// Units of the em.
    pub units_per_em: u16,
    /// Height above the baseline that a line reserves.
    pub ascent: i32,
    /// Depth below the baseline, negative.
    pub descent: i32,
    /// Height of `H`.
    pub cap_height: i32,
    /// Height of `x`.
    pub x_height: i32,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({})", self.name)
    }
}

impl Faces {
    /// The faces in the binary.
    pub fn bundled() -> Self {
        let faces = bundled::FILES
            .iter()
            .map(|(name, bytes)| Face::new((*name).to_owned(), Cow::Borrowed(bytes)))
            .collect();
        Self { faces }
    }

    /// The faces in the binary, and those of the book's own fonts; a file that is no font is a
    /// complaint.
    pub fn with_fonts(fonts: &[FontFile], diagnostics: &mut Diagnostics) -> Self {
        let mut faces = Self::bundled();
        for file in fonts {
            match harfrust::Font::new(file.bytes.clone(), 0) {
                Some(font) => faces.add(file, &font),
                None => diagnostics.push(
                    Diagnostic::new(
                        Code::InvalidFont,
                        file.span,
                        format!("`{}` is not a font", file.path),
                    )
                    .help("use TrueType or OpenType files"),
                ),
            }
        }
        faces
    }

    fn add(&mut self, file: &FontFile, font: &harfrust::Font) {
        let name = post_script_name(font).unwrap_or_else(|| stem(&file.path));
        if self.find(&name).is_none() && self.faces.len() < usize::from(u16::MAX) {
            let bytes = Cow::Owned(file.bytes.clone());
            self.faces.push(Face::new(name, bytes));
        }
    }

    /// The face with this number.
    pub fn get(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// The face with this PostScript name.
    pub fn find(&self, name: &str) -> Option<FaceId> {
        let at = self.faces.iter().position(|f| f.name == name)?;
        Some(FaceId(u16::try_from(at).ok()?))
    }

    /// Whether a face is one of those in the binary.
    pub fn is_bundled(&self, id: FaceId) -> bool {
        usize::from(id.0) < bundled::FILES.len()
    }

    /// The faces that are not in the binary.
    fn declared(&self) -> impl Iterator<Item = FaceId> {
        self.iter().skip(bundled::FILES.len()).map(|(id, _)| id)
    }

    /// All faces in order.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        (0u16..).map(FaceId).zip(&self.faces)
    }
}

impl Face {
    fn new(name: String, bytes: Cow<'static, [u8]>) -> Self {
        let (parsed, math, characters) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { name, bytes, index: 0, parsed, math, characters }
    }

    /// The parsed font.
    pub fn font(&self) -> &harfrust::Font {
        &self.parsed().font
    }

    /// How heavy it is, from 1 to 1000; 400 is regular.
    pub fn weight(&self) -> u16 {
        fallback::weight(&self.font().default_attributes())
    }

    /// Measures in font units.
    pub fn metrics(&self) -> Metrics {
        self.parsed().metrics
    }

    /// The family as the font names it, all weights together: "Source Serif 4".
    pub fn family(&self) -> Option<String> {
        let font = self.font();
        name_of(font, NameId::TYPOGRAPHIC_FAMILY_NAME)
            .or_else(|| name_of(font, NameId::FAMILY_NAME))
    }

    /// A glyph's outline in font units, y upwards; empty for a glyph without one.
    pub fn outline(&self, glyph: u16) -> Vec<PathElement> {
        let mut path = Vec::new();
        let glyph = harfrust::GlyphId::new(u32::from(glyph));
        if let Some(outline) = self.font().outline_glyphs().get(glyph) {
            // A broken outline stays as far as it could be drawn, as with other rasterisers.
            let _ = outline.draw(&DrawOptions::new(), DrawMemory::default(), &mut path);
        }
        path
    }

    /// What the font file says about looks and licence.
    pub fn traits(&self) -> Traits {
        Traits::read(&self.bytes, self.index)
    }

    /// The glyph for a character, if the face has one.
    pub fn glyph(&self, character: char) -> Option<u16> {
        let glyph = self.font().charmap().map_unicode(character)?;
        u16::try_from(glyph.to_u32()).ok().filter(|g| *g != 0)
    }

    /// Whether the face can show a character.
    pub fn covers(&self, character: char) -> bool {
        let code = character as usize;
        match self.parsed().coverage.get(code / 64) {
            Some(bits) => bits >> (code % 64) & 1 == 1,
            None => self.glyph(character).is_some(),
        }
    }

    /// Advance width of a glyph in font units.
    pub fn advance(&self, glyph: u16) -> i32 {
        let exact = self.font().glyph_metrics().h_advance(harfrust::GlyphId::new(u32::from(glyph)));
        exact.round() as i32
    }

    /// A measure in font units at a size of the em.
    pub fn scale(&self, units: i32, size: Length) -> Length {
        size.scale(i64::from(units), i64::from(self.metrics().units_per_em))
    }

    fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| {
            let font = match &self.bytes {
                Cow::Borrowed(bytes) => harfrust::Font::new(*bytes, self.index),
                Cow::Owned(bytes) => harfrust::Font::new(bytes.clone(), self.index),
            }
            .expect("bundled faces are sound and declared ones were checked when they were read");
            let metrics = Metrics::read(&font);
            let coverage = coverage(&font);
            Parsed { font, metrics, coverage }
        })
    }
}

/// The name that PDF wants: letters, digits and hyphens.
fn post_script_name(font: &harfrust::Font) -> Option<String> {
    let name = name_of(font, NameId::POSTSCRIPT_NAME)?;
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    (!name.is_empty()).then_some(name)
}

/// One of the names of a font, in English where there is more than one.
fn name_of(font: &harfrust::Font, id: NameId) -> Option<String> {
    Some(font.names().get(id)?.english_or_first()?.name().to_string())
}

fn stem(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn coverage(font: &harfrust::Font) -> Vec<u64> {
    let mut bits = vec![0u64; 0x10000 / 64];
    for (code, glyph) in font.charmap().unicodes() {
        let code = code as usize;
        if glyph.to_u32() != 0 && code < 0x10000 {
            bits[code / 64] |= 1 << (code % 64);
        }
    }
    bits
}

impl Metrics {
    fn read(font: &harfrust::Font) -> Self {
        let metrics = font.metrics();
        let line = metrics.h_line();
        Self {
            units_per_em: font.units_per_em(),
            ascent: line.map_or(800, |l| l.ascender.round().to_i32()),
            descent: line.map_or(-200, |l| l.descender.round().to_i32()),
            cap_height: metrics.cap_height.map_or(700, |h| h.round().to_i32()),
            x_height: metrics.x_height.map_or(500, |h| h.round().to_i32()),
        }
    }
}
