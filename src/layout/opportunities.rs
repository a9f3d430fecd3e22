//! Where a paragraph's lines may end: UAX #14 with a book's manners, and hyphens inside words.

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::galley::Setter;
use super::inline::{Flat, Segment};
use super::linebreak::Kind;
use super::paragraph::Paragraph;

/// A byte at which a line may end, and why.
#[derive(Clone, Debug)]
pub(super) struct Opportunity {
    /// First byte of the next line.
    pub at: usize,
    pub kind: Kind,
    pub penalty: i64,
    /// For hyphens: the word and the run it stands in.
    pub word: Option<(Range<usize>, usize)>,
}

/// Cost of a hyphen, TeX's `\hyphenpenalty`.
const HYPHEN_PENALTY: i64 = 95;
/// More for pieces of words so short that the hyphen hardly pays.
const SHORT_WORD_PENALTY: i64 = 10;
/// Cost of breaking inside code or an address.
const CODE_PENALTY: i64 = 110;

static SEGMENTER: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_17_for_non_complex_scripts(LineBreakOptions::default()));

/// Words longer than this (in bytes) are data: every place to break one is shaped on its own.
const LONGEST_WORD: usize = 400;
/// Marks after which code and addresses may be broken.
const JOINTS: [char; 11] = ['/', '.', '_', ':', '(', ',', '?', '&', '=', '-', '#'];

/// The ranges of a text that are code or web addresses, ascending.
pub(super) fn verbatim_ranges(flat: &Flat) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let ends = flat.segments.iter().skip(1).map(|s| s.start).chain([flat.text.len()]);
    for (segment, end) in flat.segments.iter().zip(ends) {
        if segment.look.code {
            match ranges.last_mut() {
                Some(last) if last.end == segment.start => last.end = end,
                _ => ranges.push(segment.start..end),
            }
        }
    }
    let mut at = 0;
    for word in flat.text.split([' ', '\n']) {
        if word.contains("://") || word.starts_with("www.") {
            ranges.push(at..at + word.len());
        }
        at += word.len() + 1;
    }
    ranges.sort_by_key(|range| range.start);
    ranges
}

impl Paragraph<'_> {
    /// All legal places, ascending; with a setter also inside words.
    pub(super) fn places(&self, hyphens: Option<&Setter<'_>>) -> Vec<Opportunity> {
        let text = &self.flat.text;
        let end = Opportunity { at: text.len(), kind: Kind::Forced, penalty: 0, word: None };
        if self.setting.one_line {
            return vec![end];
        }
        let mut places: Vec<Opportunity> = SEGMENTER
            .segment_str(text)
            .filter(|at| *at > 0 && *at < text.len())
            .filter_map(|at| self.judge(at))
            .collect();
        places.extend(self.verbatim.iter().flat_map(|range| self.verbatim_places(range.clone())));
        places.sort_by_key(|p| p.at);
        places.dedup_by_key(|p| p.at);
        if let Some(setter) = hyphens {
            places.extend(self.hyphen_places(setter));
            places.sort_by_key(|p| (p.at, p.kind == Kind::Hyphen));
            places.dedup_by_key(|p| p.at);
        }
        places.push(end);
        places
    }

    /// UAX #14 with a book's manners: see the arms.
    pub(super) fn judge(&self, at: usize) -> Option<Opportunity> {
        let text = &self.flat.text;
        let before = text[..at].chars().next_back()?;
        let after = text[at..].chars().next()?;
        let place = |penalty| Some(Opportunity { at, kind: Kind::Plain, penalty, word: None });
        if before == '\n' {
            return Some(Opportunity { at, kind: Kind::Forced, penalty: 0, word: None });
        }
        if before == ' ' {
            // A dash does not begin a line.
            return if matches!(after, '–' | '—') { None } else { place(0) };
        }
        if matches!(after, '–' | '—') {
            return None;
        }
        if self.is_verbatim(at) {
            return None;
        }
        match before {
            // `C++`, `1+1`: a sign stays with its word.
            '+' | '#' | '%' => None,
            // `A/B` stays whole; a slash between words may end a line.
            '/' => {
                let left = text[..at - 1].chars().rev().take_while(|c| c.is_alphabetic()).count();
                let right = text[at..].chars().take_while(|c| c.is_alphabetic()).count();
                if left > 3 && right > 3 { place(HYPHEN_PENALTY) } else { None }
            }
            // A hyphen that was written: neither after one letter (`e-mail`) nor before a digit.
            '-' | '‐' => {
                let left = text[..at - before.len_utf8()]
                    .chars()
                    .rev()
                    .take_while(|c| c.is_alphanumeric())
                    .count();
                if left < 2 || after.is_ascii_digit() { None } else { place(HYPHEN_PENALTY) }
            }
            _ => place(0),
        }
    }

    /// Places inside code and addresses: after a mark that joins parts, dear, and never before
    /// another mark. UAX #14 knows none of them.
    fn verbatim_places(&self, range: Range<usize>) -> Vec<Opportunity> {
        let text = &self.flat.text[range.clone()];
        let pairs = text.char_indices().zip(text.char_indices().skip(1));
        pairs
            .filter(|((_, before), (_, after))| {
                JOINTS.contains(before) && !after.is_ascii_punctuation() && *after != ' '
            })
            .map(|(_, (at, _))| Opportunity {
                at: range.start + at,
                kind: Kind::Plain,
                penalty: CODE_PENALTY,
                word: None,
            })
            .collect()
    }

    /// Whether a byte lies inside code or an address.
    fn is_verbatim(&self, at: usize) -> bool {
        let after = self.verbatim.partition_point(|range| range.start < at);
        after > 0 && at < self.verbatim[after - 1].end
    }

    pub(super) fn segment_at(&self, byte: usize) -> &Segment {
        let after = self.flat.segments.partition_point(|s| s.start <= byte);
        &self.flat.segments[after.saturating_sub(1)]
    }

    pub(super) fn hyphen_places(&self, setter: &Setter<'_>) -> Vec<Opportunity> {
        let text = &self.flat.text;
        let mut places = Vec::new();
        for at in &self.flat.soft_hyphens {
            if let Some(word) = self.word_around(*at) {
                places.push(self.hyphen(*at, word, 0));
            }
        }
        let mut start = None;
        for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
            match (character.is_alphabetic(), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    start = None;
                    // A word with digits, an apostrophe or an underscore beside it is left whole,
                    // but a plain possessive is not.
                    let glued = |c: Option<char>| {
                        c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '@')
                    };
                    if glued(text[..from].chars().next_back()) || glued(text[at..].chars().next()) {
                        continue;
                    }
                    self.word_hyphens(setter, from..at, &mut places);
                }
                _ => {}
            }
        }
        places
    }

    pub(super) fn word_hyphens(
        &self,
        setter: &Setter<'_>,
        word: Range<usize>,
        places: &mut Vec<Opportunity>,
    ) {
        let segment = self.segment_at(word.start);
        let too_long = word.len() > LONGEST_WORD;
        if too_long
            || segment.look.code
            || self.run_of(&word).is_none()
            || self.is_verbatim(word.end)
        {
            return;
        }
        let language = segment.language.as_ref().unwrap_or(&setter.language);
        let letters = self.flat.text[word.clone()].chars().count();
        let extra = if letters < 7 { SHORT_WORD_PENALTY } else { 0 };
        for offset in setter.hyphenator.points(&self.flat.text[word.clone()], language) {
            places.push(self.hyphen(word.start + offset, word.clone(), extra));
        }
    }

    pub(super) fn hyphen(&self, at: usize, word: Range<usize>, extra: i64) -> Opportunity {
        let run = self.run_of(&word).unwrap_or(0);
        let penalty = HYPHEN_PENALTY + extra;
        Opportunity { at, kind: Kind::Hyphen, penalty, word: Some((word, run)) }
    }

    pub(super) fn word_around(&self, at: usize) -> Option<Range<usize>> {
        let text = &self.flat.text;
        let start = text[..at]
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
        let end = text[at..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |i| at + i);
        let word = start..end;
        (word.len() <= LONGEST_WORD && start < at && at < end && self.run_of(&word).is_some())
            .then_some(word)
    }

    /// The run that holds a whole word, if one does.
    pub(super) fn run_of(&self, word: &Range<usize>) -> Option<usize> {
        let first = self.glyphs.get(self.glyph_at(word.start))?;
        let last = self.glyphs.get(self.glyph_at(word.end).checked_sub(1)?)?;
        (first.run == last.run && first.shaped.cluster as usize == word.start)
            .then_some(first.run as usize)
    }

    /// Index of the first glyph at or after a byte.
    pub(super) fn glyph_at(&self, byte: usize) -> usize {
        self.glyphs.partition_point(|g| (g.shaped.cluster as usize) < byte)
    }
}
