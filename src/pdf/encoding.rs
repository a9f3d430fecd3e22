//! Character codes and the CMap that gives them their CIDs (ISO 32000-1, 9.7.5).
//!
//! The usual encoding of composite fonts, `Identity-H`, takes two bytes a glyph. Hardly any face of
//! a book shows more than two hundred different glyphs, so most fonts have codes of one byte here: a
//! meaning that is an ASCII character has that character's code, and 32 is a space or nothing, so
//! that word spacing (`Tw`), which stretches the one-byte code 32, justifies a line with one number.
//! A face that shows more has two bytes for all its codes. CMaps may mix both lengths, but readers
//! that take the length of the first range for that of all are too many.

use std::fmt::Write as _;

use lopdf::{Dictionary, Object, Stream};

use super::fonts::{Font, Meaning};
use super::object::{bytes, name};

/// The code of the space, which word spacing stretches. It is its CID as well, if a font has so
/// many: poppler looks at the CID when it extracts text.
pub(super) const SPACE: u16 = 32;

/// Mappings in one section of a CMap (9.10.3 refers to Adobe's note 5411).
pub(super) const SECTION: usize = 100;

/// Meanings for which one byte is enough: 0 and 32 may stay without.
const MOST_OF_ONE_BYTE: usize = 254;

/// How many bytes the codes of a font have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CodeLength {
    /// Each is a byte, and 32 is the space.
    #[default]
    One,
    /// Each is two, and is the meaning's number.
    Two,
}

/// Gives every meaning its code.
pub(super) fn assign(meanings: &mut [Meaning]) -> CodeLength {
    if meanings.len() > MOST_OF_ONE_BYTE {
        meanings.iter_mut().zip(1..).for_each(|(meaning, number)| meaning.code = number);
        return CodeLength::Two;
    }
    let mut is_taken = [false; 256];
    for meaning in meanings.iter_mut() {
        if let [byte @ b' '..=b'~'] = *meaning.text.as_bytes()
            && !std::mem::replace(&mut is_taken[usize::from(byte)], true)
        {
            meaning.code = u16::from(byte);
        }
    }
    // Bytes that a literal string has to escape come last.
    let is_plain = |byte: &u16| !matches!(*byte, 0x0A | 0x0D | 0x28 | 0x29 | 0x5C);
    let all = || (0x80..256).chain(0x21..0x80).chain(0x01..0x20);
    let escaped = all().filter(|byte| !is_plain(byte));
    let mut free = all().filter(is_plain).chain(escaped).filter(|b| !is_taken[usize::from(*b)]);
    for meaning in meanings.iter_mut().filter(|meaning| meaning.code == 0) {
        meaning.code = free.next().unwrap_or(0);
    }
    CodeLength::One
}

impl CodeLength {
    /// The bytes of a code.
    pub(super) fn bytes(self, code: u16) -> impl Iterator<Item = u8> {
        code.to_be_bytes().into_iter().skip(usize::from(self == Self::One))
    }

    /// A code as CMaps write it.
    pub(super) fn hexadecimal(self, code: u16) -> String {
        match self {
            Self::One => format!("<{code:02X}>"),
            Self::Two => format!("<{code:04X}>"),
        }
    }

    /// The range of codes, as a section of a CMap.
    pub(super) fn codespace(self) -> &'static str {
        match self {
            Self::One => "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n",
            Self::Two => "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        }
    }
}

/// The CMap of a font: from codes to CIDs, which are given in the order of the meanings.
pub(super) fn cmap(font: &Font) -> Stream {
    let length = font.code_length;
    let codes = font.meanings.iter().map(|meaning| meaning.code).zip(font.cids());
    let mut codes: Vec<(u16, u16)> = codes.filter(|(code, _)| *code != 0).collect();
    codes.sort_unstable();
    let ranges: Vec<_> = codes
        .chunk_by(|a, b| a.0 + 1 == b.0 && a.1 + 1 == b.1 && b.0 & 0xFF != 0)
        .filter_map(|range| Some((range.first()?, range.last()?)))
        .collect();
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo 3 dict dup begin\n/Registry (Adobe) def\n/Ordering (Identity) def\n\
         /Supplement 0 def\nend def\n/CMapName /Endpaper def\n/CMapType 1 def\n/WMode 0 def\n",
    );
    out.push_str(length.codespace());
    for section in ranges.chunks(SECTION) {
        let _ = writeln!(out, "{} begincidrange", section.len());
        for ((first, cid), (last, _)) in section {
            let _ =
                writeln!(out, "{} {} {cid}", length.hexadecimal(*first), length.hexadecimal(*last));
        }
        out.push_str("endcidrange\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    let mut system = Dictionary::new();
    system.set("Registry", bytes("Adobe"));
    system.set("Ordering", bytes("Identity"));
    system.set("Supplement", 0);
    let mut dict = Dictionary::new();
    dict.set("Type", "CMap");
    dict.set("CMapName", name("Endpaper"));
    dict.set("CIDSystemInfo", Object::Dictionary(system));
    Stream::new(dict, out.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meanings(texts: impl IntoIterator<Item = String>) -> Vec<Meaning> {
        let meaning = |text: String| Meaning { glyph: 1, width: 0, text: text.into(), code: 0 };
        let mut meanings: Vec<_> = texts.into_iter().map(meaning).collect();
        assign(&mut meanings);
        meanings
    }

    #[test]
    fn ascii_keeps_its_codes_and_32_is_the_space() {
        let texts = ["é", "e", " ", "\u{a0}", "(", "e"].map(str::to_owned);
        let codes: Vec<_> = meanings(texts).iter().map(|m| m.code).collect();
        assert_eq!(codes, [0x80, 0x65, 0x20, 0x81, 0x28, 0x82]);
    }

    #[test]
    fn every_meaning_has_a_code_of_its_own() {
        for (count, length) in [(254, CodeLength::One), (255, CodeLength::Two)] {
            let all = meanings((0..count).map(|n| format!("x{n}")));
            let mut codes: Vec<_> = all.iter().map(|m| m.code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), count);
            assert!(!codes.contains(&0));
            assert_eq!(length == CodeLength::Two, codes.contains(&SPACE));
            assert!(length == CodeLength::Two || codes.iter().all(|code| *code < 256));
        }
    }
}
