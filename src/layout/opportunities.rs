//! Where a paragraph's lines may end: UAX #14 with a book's manners, and hyphens inside words.

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::galley::Setter;
use super::hyphenate;
use super::inline::{Flat, Segment};
use super::linebreak::Kind;
use super::paragraph::Paragraph;
use super::words::{self, WordBreak, WordStyle};

/// A byte at which a line may end, and why.
#[derive(Clone, Debug)]
pub(super) struct Opportunity {
    /// First byte of the next line.
    pub at: usize,
    pub kind: Kind,
    pub penalty: i64,
    /// For hyphens: the word that is broken.
    pub word: Option<BrokenWord>,
}

/// A word with a hyphen in it.
#[derive(Clone, Debug)]
pub(super) struct BrokenWord {
    /// Where it stands.
    pub range: Range<usize>,
    /// The run that holds all of it.
    pub run: usize,
    /// Width of its beginning with the hyphen.
    pub left: i64,
    /// Width of its rest.
    pub right: i64,
}

/// Cost of a hyphen, TeX's `\hyphenpenalty`: far more than that of a line of ratio 1, so that hyphens
/// come only where lines would be looser.
const HYPHEN_PENALTY: i64 = 250;
/// Cost of ending a line after a hyphen or a slash that was written.
const MARK_PENALTY: i64 = 150;
/// More for pieces of words so short that the hyphen hardly pays.
const SHORT_WORD_PENALTY: i64 = 10;
/// Cost of breaking inside code or an address.
const CODE_PENALTY: i64 = 110;

/// Cost of parting a word and its number (`Chapter 18`, `Listing 1-1`).
const COUNTED_PENALTY: i64 = 100;

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
    /// All legal places that need no hyphen, ascending.
    pub(super) fn places(&self) -> Vec<Opportunity> {
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
        if !self.verbatim.is_empty() {
            let inside = self.verbatim.iter().flat_map(|range| self.verbatim_places(range.clone()));
            places.extend(inside);
            places.sort_by_key(|p| p.at);
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
            return if matches!(after, '–' | '—') {
                None
            } else {
                place(self.gap_penalty(at - 1))
            };
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
                if left > 3 && right > 3 { place(MARK_PENALTY) } else { None }
            }
            // A hyphen that was written: neither after one letter (`e-mail`) nor before a digit.
            '-' | '‐' => {
                let left = text[..at - before.len_utf8()]
                    .chars()
                    .rev()
                    .take_while(|c| c.is_alphanumeric())
                    .count();
                if left < 2 || after.is_ascii_digit() { None } else { place(MARK_PENALTY) }
            }
            _ => place(0),
        }
    }

    /// What it costs to end a line at a space: something only within a formula, and before a number
    /// that belongs to the word before it.
    fn gap_penalty(&self, space: usize) -> i64 {
        if is_counted(&self.flat.text, space) {
            return COUNTED_PENALTY;
        }
        if self.flat.formulas.is_empty() {
            return 0;
        }
        let part = self.segment_at(space).formula.and_then(|at| self.flat.formulas.get(at));
        part.and_then(|(part, _)| part.gap).map_or(0, |(_, penalty)| penalty)
    }

    /// Places inside code and addresses: after a mark that joins parts, dear, and never before
    /// another mark. UAX #14 knows none of them.
    fn verbatim_places(&self, range: Range<usize>) -> Vec<Opportunity> {
        let text = &self.flat.text[range.clone()];
        // A mark that begins a name (`.git`, `/usr`, `--all`) stays with it.
        let name = text.find(char::is_alphanumeric).unwrap_or(text.len());
        let pairs = text.char_indices().zip(text.char_indices().skip(1));
        pairs
            .filter(|((at, before), (_, after))| {
                *at > name
                    && JOINTS.contains(before)
                    && !after.is_ascii_punctuation()
                    && *after != ' '
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

    /// The places inside words, ascending.
    pub(super) fn hyphen_places(&self, setter: &mut Setter<'_>) -> Vec<Opportunity> {
        let text = &self.flat.text;
        let mut search = Search { places: self.soft_hyphens(setter), ..Search::default() };
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
                    self.word_hyphens(setter, from..at, &mut search);
                }
                _ => {}
            }
        }
        let mut places = search.places;
        if !self.flat.soft_hyphens.is_empty() {
            places.sort_by_key(|place| place.at);
            places.dedup_by_key(|place| place.at);
        }
        places
    }

    /// What the author allows comes before what the patterns find.
    fn soft_hyphens(&self, setter: &mut Setter<'_>) -> Vec<Opportunity> {
        let mut places = Vec::new();
        for at in &self.flat.soft_hyphens {
            let Some(word) = self.word_around(*at) else { continue };
            let Some(run) = self.run_of(&word) else { continue };
            let style = self.word_style(setter, run);
            let offset = at - word.start;
            let found =
                words::measure(&self.flat.text[word.clone()], offset, &style, &mut setter.shaper);
            places.push(hyphen((word, run), found, 0));
        }
        places
    }

    /// The places in one word.
    fn word_hyphens(&self, setter: &mut Setter<'_>, word: Range<usize>, search: &mut Search) {
        if word.len() > LONGEST_WORD || word.len() < hyphenate::SHORTEST_WORD {
            return;
        }
        let segment = self.segment_at(word.start);
        if segment.look.code || self.is_verbatim(word.end) {
            return;
        }
        let Some(run) = self.run_of(&word) else { return };
        let text = &self.flat.text[word.clone()];
        let extra = if text.chars().count() < 7 { SHORT_WORD_PENALTY } else { 0 };
        let (_, style) = match search.style.take().filter(|(of, _)| *of == run) {
            Some(known) => search.style.insert(known),
            None => search.style.insert((run, self.word_style(setter, run))),
        };
        let Setter { words, hyphenator, shaper, .. } = setter;
        let found = words.breaks(text, style, (hyphenator, shaper)).iter();
        search.places.extend(found.map(|found| hyphen((word.clone(), run), *found, extra)));
    }

    fn word_style(&self, setter: &Setter<'_>, run: usize) -> WordStyle {
        let run = &self.runs[run];
        let language = self.flat.segments[run.segment].language.as_ref();
        WordStyle {
            face: run.look.face,
            size: run.look.size,
            features: run.look.features,
            script: run.script,
            right_to_left: run.level % 2 == 1,
            language: language.unwrap_or(&setter.language).clone(),
        }
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
        self.glyph_of_byte.get(byte).map_or(self.glyphs.len(), |at| *at as usize)
    }
}

/// Whether a number follows a space, and before it stands a word with a capital that it counts.
fn is_counted(text: &str, space: usize) -> bool {
    if !text[space + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let word = text[..space].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    word.starts_with(char::is_uppercase) && word.chars().nth(2).is_some_and(char::is_lowercase)
}

/// The search for places inside words.
#[derive(Default)]
struct Search {
    places: Vec<Opportunity>,
    /// The style of words in the last run: most words stand in the same one.
    style: Option<(usize, WordStyle)>,
}

/// A hyphen in a word.
fn hyphen((range, run): (Range<usize>, usize), found: WordBreak, extra: i64) -> Opportunity {
    let WordBreak { offset, left, right } = found;
    Opportunity {
        at: range.start + offset,
        kind: Kind::Hyphen,
        penalty: HYPHEN_PENALTY + extra,
        word: Some(BrokenWord { range, run, left, right }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_belongs_to_a_word_with_a_capital() {
        let is_counted = |text: &str| is_counted(text, text.find(' ').expect("there is a space"));
        assert!(is_counted("Chapter 18.") && is_counted("Кадр 3") && is_counted("(Listing 1-1)"));
        assert!(!is_counted("page 12") && !is_counted("In 1984") && !is_counted("Chapter the"));
        assert!(!is_counted("UTF 8") && !is_counted(" 8"));
    }
}
