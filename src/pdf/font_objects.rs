//! Font dictionaries (ISO 32000-1, 9.7 to 9.10): what `printpdf` wrote about a font, made exact.
//!
//! `printpdf` embeds the subset and links the dictionaries. Widths it cuts to whole thousandths,
//! the character map knows one text a glyph, and the descriptor guesses from tables that a subset
//! no longer has: all that is written again here.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::encoding::{self, SECTION};
use super::fonts::{Font, Meaning};
use super::object::{name, reference, thousandths};
use crate::font::{Face, Faces};

/// Completes the dictionary of a font.
pub(super) fn complete(document: &mut Document, font_id: ObjectId, font: &Font, faces: &Faces) {
    let to_unicode =
        document.add_object(Stream::new(Dictionary::new(), to_unicode(font).into_bytes()));
    let map = cid_to_gid(font).map(|stream| reference(document.add_object(stream)));
    let encoding = document.add_object(encoding::cmap(font));
    let Some(dict) = dictionary(document, font_id) else { return };
    dict.set("ToUnicode", reference(to_unicode));
    dict.set("Encoding", reference(encoding));
    let Some(descendant) = dict.get(b"DescendantFonts").ok().cloned() else { return };

    let mut descendant = resolve_descendant(document, &descendant);
    let descriptor = descendant.get(b"FontDescriptor").ok().cloned();
    descendant.set("W", widths(font));
    descendant.remove(b"DW");
    if font.traits.is_truetype {
        descendant.set("CIDToGIDMap", map.unwrap_or_else(|| name("Identity")));
    }
    if let Some(descriptor) = descriptor {
        let mut descriptor = resolve(document, &descriptor);
        describe(&mut descriptor, font, faces.get(font.face));
        descendant.set("FontDescriptor", reference(document.add_object(descriptor)));
    }
    let descendant = document.add_object(descendant);
    if let Some(dict) = dictionary(document, font_id) {
        dict.set("DescendantFonts", Object::Array(vec![reference(descendant)]));
    }
}

fn dictionary(document: &mut Document, id: ObjectId) -> Option<&mut Dictionary> {
    document.get_object_mut(id).and_then(Object::as_dict_mut).ok()
}

fn resolve_descendant(document: &Document, object: &Object) -> Dictionary {
    match object {
        Object::Array(items) => {
            items.first().map_or_else(Dictionary::new, |o| resolve(document, o))
        }
        other => resolve(document, other),
    }
}

fn resolve(document: &Document, object: &Object) -> Dictionary {
    let (_, object) = document.dereference(object).unwrap_or((None, &Object::Null));
    object.as_dict().cloned().unwrap_or_default()
}

/// Flags and measures (9.8.1), from the whole face.
fn describe(descriptor: &mut Dictionary, font: &Font, face: &Face) {
    // Table 123. "Symbolic", because a subset's characters need not be those of the standard
    // Latin set, and exactly one of the two has to be said.
    const FIXED_PITCH: i64 = 1;
    const SERIF: i64 = 1 << 1;
    const SYMBOLIC: i64 = 1 << 2;
    const ITALIC: i64 = 1 << 6;
    let traits = font.traits;
    let flag = |set: bool, bit| if set { bit } else { 0 };
    let flags = SYMBOLIC
        | flag(traits.is_fixed_pitch, FIXED_PITCH)
        | flag(traits.is_serif, SERIF)
        | flag(traits.italic_angle != 0, ITALIC);
    let metrics = face.metrics();
    let per_mille = |units: i32| {
        thousandths(i64::from(units) * 1_000_000 / i64::from(metrics.units_per_em.max(1)))
    };
    // The stem's thickness is in no table; this is how producers commonly guess it from the
    // weight: 88 at 400, 166 at 700.
    let weight = i64::from(traits.weight);
    descriptor.set("Flags", flags);
    descriptor.set("ItalicAngle", i64::from(traits.italic_angle));
    descriptor.set("Ascent", per_mille(metrics.ascent));
    descriptor.set("Descent", per_mille(metrics.descent));
    descriptor.set("CapHeight", per_mille(metrics.cap_height));
    descriptor.set("XHeight", per_mille(metrics.x_height));
    descriptor.set("StemV", 50 + weight * weight / 4225);
}

/// `/W` (9.7.4.3): one run, because CIDs follow each other; where several meanings share one, they
/// come after all others.
fn widths(font: &Font) -> Object {
    let own = (1..).zip(font.cids()).take_while(|(number, cid)| number == cid);
    let widths = own.zip(&font.meanings).map(|(_, m)| thousandths(m.width)).collect();
    Object::Array(vec![Object::Integer(1), Object::Array(widths)])
}

/// `/CIDToGIDMap`, where CIDs are not glyph indices.
fn cid_to_gid(font: &Font) -> Option<Stream> {
    if !font.traits.is_truetype || font.is_identity() {
        return None;
    }
    let glyphs = font.meanings.iter().map(|meaning| meaning.glyph);
    let map = std::iter::once(0).chain(glyphs).flat_map(u16::to_be_bytes).collect();
    Some(Stream::new(Dictionary::new(), map))
}

/// The character map from codes to what they spell (9.10.3).
fn to_unicode(font: &Font) -> String {
    // Spaced as in every other file: some readers look for the words, not the syntax.
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo\n<< /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n",
    );
    out.push_str(font.code_length.codespace());
    let mut meanings: Vec<&Meaning> = font.meanings.iter().filter(|m| m.code != 0).collect();
    meanings.sort_unstable_by_key(|meaning| meaning.code);
    for section in meanings.chunks(SECTION) {
        let _ = writeln!(out, "{} beginbfchar", section.len());
        for meaning in section {
            // The blank between the two is needed: strict readers do not see the entry otherwise.
            let _ = write!(out, "{} <", font.code_length.hexadecimal(meaning.code));
            for unit in meaning.text.encode_utf16().map(mappable) {
                let _ = write!(out, "{unit:04X}");
            }
            out.push_str(">\n");
        }
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}

/// PDF/UA-1, 7.21.7 forbids three values; a word joiner says what U+FEFF said within a text.
fn mappable(unit: u16) -> u16 {
    match unit {
        0 | 0xFFFE => 0xFFFD,
        0xFEFF => 0x2060,
        unit => unit,
    }
}
