//! Directions: which way each character of a text runs (UAX #9), and the order on a line.
//!
//! The base direction is that of the section's language, never guessed from the first letter. What is
//! of another direction by its meaning stands in an isolate: code and addresses run from left to
//! right, a phrase in another language as that language does. The EPUB says the same with `dir`.

use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use super::inline::Flat;
use super::opportunities::verbatim_ranges;

const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
const RIGHT_TO_LEFT_ISOLATE: char = '\u{2067}';
const POP_ISOLATE: char = '\u{2069}';

/// Levels of all bytes of a flat text; empty when all of it runs from left to right.
pub(super) fn levels(flat: &Flat, right_to_left: bool) -> Vec<u8> {
    let turned = |flat: &Flat| flat.segments.iter().any(|s| s.turns(right_to_left));
    if is_plain(&flat.text, right_to_left) && !turned(flat) {
        return Vec::new();
    }
    isolated_levels(&flat.text, right_to_left, isolates(flat, right_to_left))
}

/// The order of glyphs from left to right, given their levels in the order in which they are read
/// (UAX #9, rule L2).
pub(super) fn visual_order(levels: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let highest = levels.iter().copied().max().unwrap_or(0);
    let lowest_odd = levels.iter().copied().filter(|l| l % 2 == 1).min().unwrap_or(1);
    for current in (lowest_odd..=highest).rev() {
        let mut at = 0;
        while at < order.len() {
            let stretch = order[at..].iter().take_while(|i| levels[**i] >= current).count();
            order[at..at + stretch].reverse();
            at += stretch.max(1);
        }
    }
    order
}

/// Whether every character is of level 0.
fn is_plain(text: &str, right_to_left: bool) -> bool {
    !right_to_left
        && !text.chars().any(|c| c >= '\u{590}' && !is_punctuation(c) && changes_levels(c))
}

/// Whether it is one of the hyphens, dashes, quotes and dots that every text is full of: they have no
/// direction and stand on their own, so that no table need be asked.
pub(super) fn is_punctuation(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2027}')
}

fn changes_levels(character: char) -> bool {
    match bidi_class(character) {
        BidiClass::R
        | BidiClass::AL
        | BidiClass::AN
        | BidiClass::LRE
        | BidiClass::LRO
        | BidiClass::RLE
        | BidiClass::RLO
        | BidiClass::LRI
        | BidiClass::RLI
        | BidiClass::FSI => true,
        BidiClass::L
        | BidiClass::EN
        | BidiClass::ES
        | BidiClass::ET
        | BidiClass::CS
        | BidiClass::NSM
        | BidiClass::BN
        | BidiClass::B
        | BidiClass::S
        | BidiClass::WS
        | BidiClass::ON
        | BidiClass::PDF
        | BidiClass::PDI => false,
    }
}

/// An isolate that begins or ends: where, in which order among those at the same place, and the
/// character that says so.
type Event = (usize, u8, char);

/// Isolates never cross: code within a phrase ends before it.
fn isolates(flat: &Flat, right_to_left: bool) -> Vec<Event> {
    let mut events = Vec::new();
    let mut add = |range: Range<usize>, inner: u8, from_right: bool| {
        let begin = if from_right { RIGHT_TO_LEFT_ISOLATE } else { LEFT_TO_RIGHT_ISOLATE };
        events.push((range.start, 2 + inner, begin));
        events.push((range.end, 1 - inner, POP_ISOLATE));
    };
    let mut at = 0;
    for phrase in flat.segments.chunk_by(|a, b| a.language == b.language) {
        let start = at;
        at += phrase.len();
        let end = flat.segments.get(at).map_or(flat.text.len(), |s| s.start);
        if let Some(first) = flat.segments.get(start)
            && first.turns(right_to_left)
        {
            add(first.start..end, 0, !right_to_left);
        }
    }
    if right_to_left {
        verbatim_ranges(flat).into_iter().for_each(|range| add(range, 1, false));
    }
    events.sort_by_key(|(at, order, _)| (*at, *order));
    events
}

fn isolated_levels(text: &str, right_to_left: bool, events: Vec<Event>) -> Vec<u8> {
    let mut marked = String::with_capacity(text.len() + events.len() * 3);
    // Where each stretch of the text begins in the marked one.
    let mut stretches = Vec::with_capacity(events.len() + 1);
    let mut from = 0;
    for (at, _, mark) in events {
        stretches.push((marked.len(), from..at));
        marked.push_str(text.get(from..at).unwrap_or(""));
        marked.push(mark);
        from = at;
    }
    stretches.push((marked.len(), from..text.len()));
    marked.push_str(text.get(from..).unwrap_or(""));
    let found = byte_levels(&marked, right_to_left);
    let stretch = |(begin, range): (usize, Range<usize>)| {
        found.get(begin..begin + range.len()).unwrap_or(&[]).to_vec()
    };
    stretches.into_iter().flat_map(stretch).collect()
}

fn byte_levels(text: &str, right_to_left: bool) -> Vec<u8> {
    let base = if right_to_left { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(text, Some(base));
    let mut levels = Vec::with_capacity(text.len());
    for paragraph in &info.paragraphs {
        let own = info.reordered_levels(paragraph, paragraph.range.clone());
        levels.extend(own[paragraph.range.clone()].iter().map(Level::number));
    }
    levels
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// The conformance test of UAX #9. Our base direction is given and not found (rules P2 and P3):
    /// tests that ask to find it are run with the one that is to be found.
    #[test]
    fn the_bidi_character_test_of_unicode_passes() {
        let file = include_bytes!("../../tests/unicode/BidiCharacterTest.txt.gz");
        let mut text = String::new();
        let mut decoder = flate2::read::GzDecoder::new(file.as_slice());
        decoder.read_to_string(&mut text).expect("the file is sound");
        let mut run = 0;
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            check(line).unwrap_or_else(|found| panic!("line {}: {line}: {found}", number + 1));
            run += 1;
        }
        assert_eq!(run, 91_707, "tests in the file");
    }

    /// Fields: characters, wanted direction, base level, levels (`x` for what rule X9 removes),
    /// visual order of the others.
    fn check(line: &str) -> Result<(), String> {
        let fields: Vec<&str> = line.split(';').collect();
        let [characters, _, base, levels, order] = fields.as_slice() else {
            return Err("not five fields".to_owned());
        };
        let code = |hex: &str| u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
        let text: String = characters.split(' ').filter_map(code).collect();
        let right_to_left = *base == "1";
        let found = if is_plain(&text, right_to_left) {
            vec![0; text.len()]
        } else {
            isolated_levels(&text, right_to_left, Vec::new())
        };
        let of_characters: Vec<u8> = text.char_indices().map(|(at, _)| found[at]).collect();
        let kept: Vec<usize> = levels
            .split(' ')
            .enumerate()
            .filter(|(_, level)| *level != "x")
            .map(|(at, _)| at)
            .collect();
        for at in &kept {
            let expected = levels.split(' ').nth(*at).and_then(|l| l.parse().ok());
            if expected != Some(of_characters[*at]) {
                return Err(format!("levels {of_characters:?}"));
            }
        }
        let kept_levels: Vec<u8> = kept.iter().map(|at| of_characters[*at]).collect();
        let visual: Vec<String> =
            visual_order(&kept_levels).into_iter().map(|at| kept[at].to_string()).collect();
        if visual.join(" ") == *order { Ok(()) } else { Err(format!("order {visual:?}")) }
    }
}
