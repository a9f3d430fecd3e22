//! Character codes and the CMap that gives them their CIDs (ISO 32000-1, 9.7.5).
//!
//! The usual encoding of composite fonts, `Identity-H`, takes two bytes a glyph. Hardly any face of
//! a book shows more than two hundred different glyphs, so most codes are one byte here; what does
//! not fit begins with one of the last bytes and takes two. A meaning that is an ASCII character
//! has that character's code, and 32 is a space or nothing: so word spacing (`Tw`), which stretches
//! the one-byte code 32, justifies a line with one number.

use std::fmt::Write as _;

use lopdf::{Dictionary, Object, Stream};

use super::fonts::Meaning;
use super::object::{bytes, name};

/// The code of the space, which word spacing stretches. It is its CID as well, if a font has so
/// many: poppler looks at the CID when it extracts text.
pub(super) const SPACE: u16 = 32;

/// Mappings in one section of a CMap (9.10.3 refers to Adobe's note 5411).
pub(super) const SECTION: usize = 100;

/// The most meanings for which there are codes: one byte that is no code, the others beginning two.
pub(super) const MOST: u16 = 255 * 256 - 1;

/// Gives every meaning its code.
pub(super) fn assign(meanings: &mut [Meaning]) {
    let first_lead = first_lead(meanings.len());
    let mut is_taken = [false; 256];
    for meaning in meanings.iter_mut() {
        if let [byte @ b' '..=b'~'] = *meaning.text.as_bytes()
            && u16::from(byte) < first_lead
            && !std::mem::replace(&mut is_taken[usize::from(byte)], true)
        {
            meaning.code = u16::from(byte);
        }
    }
    // Bytes that a literal string has to escape come last.
    let is_plain = |byte: &u16| !matches!(*byte, 0x0A | 0x0D | 0x28 | 0x29 | 0x5C);
    let single = || (0x80..256).chain(0x21..0x80).chain(0x01..0x20).filter(|b| *b < first_lead);
    let plain = single().filter(is_plain);
    let escaped = single().filter(|byte| !is_plain(byte));
    let double = (first_lead..256).flat_map(|lead| (0..256).map(move |low| lead << 8 | low));
    let mut free = plain.chain(escaped).filter(|b| !is_taken[usize::from(*b)]).chain(double);
    for meaning in meanings.iter_mut().filter(|meaning| meaning.code == 0) {
        meaning.code = free.next().unwrap_or(0);
    }
}

/// The first of the bytes that begin a code of two bytes; 256 where one byte is enough for all.
/// Of the others, 0 and 32 may stay without a meaning.
fn first_lead(count: usize) -> u16 {
    let leads = count.saturating_sub(254).div_ceil(255).min(255);
    256 - u16::try_from(leads).unwrap_or(255)
}

/// The bytes of a code.
pub(super) fn code_bytes(code: u16) -> impl Iterator<Item = u8> {
    let [high, low] = code.to_be_bytes();
    [high, low].into_iter().skip(usize::from(high == 0))
}

/// A code as CMaps write it.
pub(super) fn hexadecimal(code: u16) -> String {
    if code < 256 { format!("<{code:02X}>") } else { format!("<{code:04X}>") }
}

/// The ranges of codes, as a section of a CMap.
pub(super) fn codespace(meanings: &[Meaning]) -> String {
    match first_lead(meanings.len()) {
        256 => "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n".to_owned(),
        lead => format!(
            "2 begincodespacerange\n<00> <{:02X}>\n<{lead:02X}00> <FFFF>\nendcodespacerange\n",
            lead - 1
        ),
    }
}

/// The CMap of a font: from codes to CIDs, which are given in the order of the meanings.
pub(super) fn cmap(meanings: &[Meaning], cids: impl Iterator<Item = u16>) -> Stream {
    let codes = meanings.iter().map(|meaning| meaning.code).zip(cids);
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
    out.push_str(&codespace(meanings));
    for section in ranges.chunks(SECTION) {
        let _ = writeln!(out, "{} begincidrange", section.len());
        for ((first, cid), (last, _)) in section {
            let _ = writeln!(out, "{} {} {cid}", hexadecimal(*first), hexadecimal(*last));
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
    fn many_meanings_take_two_bytes_each_once() {
        for count in [253, 254, 255, 256, 600, 30_000, 65_000] {
            let all = meanings((0..count).map(|n| format!("x{n}")));
            let mut codes: Vec<_> = all.iter().map(|m| m.code).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), count);
            assert!(!codes.contains(&0) && !codes.contains(&SPACE));
            let lead = first_lead(count);
            assert!(codes.iter().all(|code| *code < lead || *code >> 8 >= lead));
        }
    }
}
