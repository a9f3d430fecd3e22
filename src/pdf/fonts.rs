//! Fonts (ISO 32000-1, 9): which glyphs the pages use, their subsets, and the codes that stand
//! for them.
//!
//! What is shown means a glyph *and* what it spells: where one glyph stands for different characters
//! (a hyphen typed and a hyphen put in to break a word, a space and a no-break space, a small
//! capital for a letter of either height), it has a meaning, with a code of its own, for each, and
//! readers extract the right one. A meaning's number is its CID as well; only in CFF programs, where
//! CIDs are bound to the glyphs, the meanings of one glyph share its CID. The codes of content
//! streams are given by [`super::encoding`].

use std::collections::BTreeMap;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::encoding::{self, CodeLength};
use super::spelling::clusters;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::font::Traits;
use crate::font::{Face, FaceId, Faces};
use crate::layout::pages::{Item, Page};

/// Pages that are searched for glyphs at a time.
const CHUNK: usize = 32;

/// The fonts of a document.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    list: Vec<Font>,
    of_face: BTreeMap<FaceId, usize>,
    /// Whether all faces that the pages use are here.
    pub(super) is_complete: bool,
}

/// One face as it is embedded.
#[derive(Debug)]
pub(super) struct Font {
    /// The face.
    pub(super) face: FaceId,
    /// PostScript name with subset tag: `ABCDEF+SourceSerif4-Regular`.
    pub(super) name: String,
    /// The subset as a font file.
    pub(super) program: Vec<u8>,
    /// What the whole file says about the face.
    pub(super) traits: Traits,
    /// What is shown means; the first meaning has the number 1.
    pub(super) meanings: Vec<Meaning>,
    /// How many bytes their codes have.
    pub(super) code_length: CodeLength,
    /// The numbers of each glyph of the face, in ascending order; the first one is the glyph's own.
    by_glyph: Vec<Vec<u16>>,
}

/// A glyph, and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The glyph's index in the subset.
    pub(super) glyph: u16,
    /// Advance width in millionths of the em.
    pub(super) width: i64,
    /// What it spells.
    pub(super) text: Box<str>,
    /// Its code in content streams; 0 for none.
    pub(super) code: u16,
}

impl Fonts {
    /// Subsets of all faces that the pages use. A face that cannot be subset or must not be
    /// embedded becomes a complaint; its text is then not drawn.
    pub(super) fn collect(pages: &[Page], faces: &Faces, diagnostics: &mut Diagnostics) -> Self {
        let made: Vec<_> = usage(pages)
            .into_par_iter()
            .map(|(id, usage)| Font::subset(id, faces.get(id), &usage))
            .collect();
        let mut fonts = Self { is_complete: made.iter().all(Result::is_ok), ..Self::default() };
        for font in made {
            match font {
                Ok(font) => {
                    fonts.of_face.insert(font.face, fonts.list.len());
                    fonts.list.push(font);
                }
                Err(complaint) => diagnostics.push(complaint),
            }
        }
        fonts
    }

    /// The font of a face, with its number.
    pub(super) fn of(&self, face: FaceId) -> Option<(usize, &Font)> {
        let number = *self.of_face.get(&face)?;
        Some((number, &self.list[number]))
    }

    /// All fonts in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Font> {
        self.list.iter()
    }

    /// The name of a font in the resources.
    pub(super) fn resource(number: usize) -> String {
        format!("F{number}")
    }
}

impl Font {
    /// The number of the meaning of a glyph that spells this text.
    pub(super) fn cid(&self, glyph: u16, text: &str) -> Option<u16> {
        let cids = self.by_glyph.get(usize::from(glyph))?;
        cids.iter().copied().find(|cid| self.meaning(*cid).is_some_and(|m| *m.text == *text))
    }

    /// The number of a glyph's own meaning, whatever it spells.
    pub(super) fn any_cid(&self, glyph: u16) -> Option<u16> {
        self.by_glyph.get(usize::from(glyph))?.first().copied()
    }

    /// The meaning with a number.
    pub(super) fn meaning(&self, cid: u16) -> Option<&Meaning> {
        self.meanings.get(usize::from(cid).checked_sub(1)?)
    }

    /// Whether word spacing widens what is shown.
    pub(super) fn is_space(&self, meaning: &Meaning) -> bool {
        self.code_length == CodeLength::One && meaning.code == encoding::SPACE
    }

    /// The CIDs of the meanings, in their order.
    pub(super) fn cids(&self) -> impl Iterator<Item = u16> {
        let is_truetype = self.traits.is_truetype;
        (1..).zip(&self.meanings).map(move |(number, m)| if is_truetype { number } else { m.glyph })
    }

    /// Whether CIDs are the glyphs' indices in the subset.
    pub(super) fn is_identity(&self) -> bool {
        (1..).zip(&self.meanings).all(|(cid, meaning)| meaning.glyph == cid)
    }

    fn subset(id: FaceId, face: &Face, usage: &Usage) -> Result<Self, Diagnostic> {
        let traits = Traits::read(&face.bytes, face.index);
        if !traits.may_embed {
            let message = format!("`{}` may not be embedded in a document", face.name);
            let help = "its licence flags (`fsType`) forbid it: choose another face";
            return Err(Diagnostic::new(Code::InvalidFont, None, message).help(help));
        }
        let glyphs = usage.in_order(face.glyph(' '));
        let mut remapper = GlyphRemapper::new();
        glyphs.iter().for_each(|(glyph, _)| {
            remapper.remap(*glyph);
        });
        let program = subsetter::subset(&face.bytes, face.index, &remapper).map_err(|error| {
            let message = format!("`{}` cannot be subset: {error}", face.name);
            Diagnostic::new(Code::InvalidFont, None, message)
        })?;
        // A name has at most 127 bytes (ISO 19005-2, 6.1.13).
        let short: String = face.name.chars().filter(char::is_ascii_graphic).take(100).collect();
        let name = format!("{}+{short}", tag(&face.name, &program));
        let mut font = Self {
            face: id,
            name,
            program,
            traits,
            meanings: Vec::new(),
            code_length: CodeLength::One,
            by_glyph: Vec::new(),
        };
        font.give_cids(face, &glyphs, &remapper);
        font.code_length = encoding::assign(&mut font.meanings);
        Ok(font)
    }

    /// First each glyph's own meaning, whose CID is the glyph's index in the subset; then one for
    /// all else it spells.
    fn give_cids(
        &mut self,
        face: &Face,
        glyphs: &[(u16, Vec<Box<str>>)],
        remapper: &GlyphRemapper,
    ) {
        let upem = i64::from(face.metrics().units_per_em.max(1));
        let width = |glyph| (i64::from(face.advance(glyph)) * 2_000_000 + upem) / (2 * upem);
        let mut others = Vec::new();
        for (glyph, texts) in glyphs {
            let glyph = *glyph;
            let mut texts = texts.iter();
            let text = texts.next().cloned().unwrap_or_else(|| "\u{FFFD}".into());
            let new = remapper.get(glyph).unwrap_or(0);
            self.add_cid(glyph, Meaning { glyph: new, width: width(glyph), text, code: 0 });
            others.extend(texts.map(|text| (glyph, text.clone())));
        }
        for (glyph, text) in others {
            let new = remapper.get(glyph).unwrap_or(0);
            self.add_cid(glyph, Meaning { glyph: new, width: width(glyph), text, code: 0 });
        }
    }

    fn add_cid(&mut self, glyph: u16, meaning: Meaning) {
        let Ok(cid) = u16::try_from(self.meanings.len() + 1) else { return };
        self.meanings.push(meaning);
        let at = usize::from(glyph);
        if self.by_glyph.len() <= at {
            self.by_glyph.resize(at + 1, Vec::new());
        }
        self.by_glyph[at].push(cid);
    }
}

/// Six letters from the subset's bytes (9.6.4): different subsets of a face have different names.
fn tag(name: &str, program: &[u8]) -> String {
    let hash = Sha256::new().chain_update(name).chain_update(program).finalize();
    hash.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// The glyphs of a face that are used, each with what it spells, in the order of first use.
#[derive(Debug, Default)]
struct Usage {
    by_glyph: Vec<Option<Vec<Box<str>>>>,
}

impl Usage {
    /// Every used glyph but `.notdef`, which is drawn as a path.
    fn glyphs(&self) -> impl Iterator<Item = (u16, &[Box<str>])> {
        let used = (0..).zip(&self.by_glyph).skip(1);
        used.filter_map(|(glyph, texts)| Some((glyph, texts.as_deref()?)))
    }

    /// The glyphs in the order of the subset: by their index, but the space is the 32nd, if there
    /// are so many, and spells a space in the first place (see [`encoding::SPACE`]).
    fn in_order(&self, space: Option<u16>) -> Vec<(u16, Vec<Box<str>>)> {
        let others = self.glyphs().filter(|(glyph, _)| Some(*glyph) != space);
        let mut all: Vec<_> = others.map(|(glyph, texts)| (glyph, texts.to_vec())).collect();
        let place = usize::from(encoding::SPACE) - 1;
        let used = space.and_then(|space| self.by_glyph.get(usize::from(space))?.as_ref());
        if let Some(space) = space.filter(|_| used.is_some() || all.len() >= place) {
            let texts = used.into_iter().flatten().filter(|text| ***text != *" ").cloned();
            let texts = std::iter::once(" ".into()).chain(texts).collect();
            all.insert(place.min(all.len()), (space, texts));
        }
        all
    }

    fn note(&mut self, glyph: u16, text: Option<&str>) {
        let at = usize::from(glyph);
        if self.by_glyph.len() <= at {
            self.by_glyph.resize(at + 1, None);
        }
        let texts = self.by_glyph[at].get_or_insert_with(Vec::new);
        if let Some(text) = text.filter(|text| !texts.iter().any(|known| **known == **text)) {
            texts.push(text.into());
        }
    }

    fn append(&mut self, later: &Self) {
        for (glyph, texts) in (0..).zip(&later.by_glyph) {
            let Some(texts) = texts else { continue };
            self.note(glyph, None);
            texts.iter().for_each(|text| self.note(glyph, Some(text)));
        }
    }
}

fn usage(pages: &[Page]) -> BTreeMap<FaceId, Usage> {
    let parts: Vec<_> = pages.par_chunks(CHUNK).map(usage_of_chunk).collect();
    let mut all: BTreeMap<FaceId, Usage> = BTreeMap::new();
    for (face, part) in parts.into_iter().flatten() {
        all.entry(face).or_default().append(&part);
    }
    all
}

fn usage_of_chunk(pages: &[Page]) -> BTreeMap<FaceId, Usage> {
    let mut all: BTreeMap<FaceId, Usage> = BTreeMap::new();
    for item in pages.iter().flat_map(|page| &page.items) {
        let runs = match item {
            Item::Glyphs(run) => std::slice::from_ref(run),
            Item::Formula(formula) => formula.glyphs.as_slice(),
            Item::Image(_) | Item::Path(_) | Item::Link(_) => continue,
        };
        for run in runs {
            let usage = all.entry(run.face).or_default();
            for cluster in clusters(run) {
                for (index, glyph) in cluster.glyphs.iter().enumerate() {
                    usage.note(glyph.id, cluster.spelled(index));
                }
            }
        }
    }
    all.retain(|_, usage| usage.glyphs().next().is_some());
    all
}
