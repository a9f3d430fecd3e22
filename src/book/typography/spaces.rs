//! Spaces that hold: before units, behind "p." and "Fig.", and at French punctuation.

use super::row::{Edit, Row};
use super::style::Spacing;

/// No-break space.
const NBSP: char = '\u{A0}';
/// Narrow no-break space.
const NNBSP: char = '\u{202F}';

/// Units that are written with a space behind the number (SI brochure 9, §5.4.3), those of
/// computing, and signs of money.
const UNITS: &[&str] = &[
    "%", "‰", "°", "°C", "°F", "K", "m", "km", "cm", "mm", "µm", "μm", "nm", "ha", "l", "ml", "g",
    "kg", "mg", "t", "s", "ms", "µs", "μs", "ns", "min", "h", "Hz", "kHz", "MHz", "GHz", "W", "kW",
    "MW", "Wh", "kWh", "V", "mV", "A", "mA", "Ω", "J", "kJ", "N", "Pa", "hPa", "bar", "dB", "B",
    "kB", "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "bit", "Kbit", "Mbit", "Gbit",
    "kbit/s", "Mbit/s", "Gbit/s", "MB/s", "GB/s", "km/h", "m/s", "px", "pt", "em", "ppi", "dpi",
    "fps", "€", "£", "$", "EUR", "USD", "CHF", "DKK", "GBP", "a.m.", "p.m.",
];

/// Makes spaces hold.
pub(super) fn set(row: &mut Row) {
    if row.styles().any(|style| space_of(style.spacing).is_some()) {
        french(row);
    }
    let spaces = memchr::memchr_iter(b' ', row.text.as_bytes());
    let held: Vec<Edit> =
        spaces.filter(|at| holds(row, *at)).map(|at| Edit::one(at, 1, NBSP)).collect();
    row.apply(&held);
}

fn holds(row: &Row, at: usize) -> bool {
    // Nearly all spaces stand between two words, which the characters beside them tell.
    let bytes = row.text.as_bytes();
    let beside = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
    let (before, behind) = (beside(at.checked_sub(1)), beside(at.checked_add(1)));
    if !(before.is_ascii_digit() || before == b'.' || behind.is_ascii_digit()) {
        return false;
    }
    let Some(style) = row.style_at(at) else { return false };
    let is_german = style.spacing == Spacing::German;
    if before == b'.' && !behind.is_ascii_digit() && !is_german {
        return false;
    }
    let (left, right) = (token_before(&row.text[..at]), token_behind(&row.text[at + 1..]));
    if behind.is_ascii_digit() {
        let word = left.trim_start_matches(['(', '[', '“', '„', '«']);
        let is_word = |known: &&str| word.chars().flat_map(char::to_lowercase).eq(known.chars());
        return style.before_numbers.iter().any(is_word);
    }
    let unit = right.trim_end_matches([',', ';', ':', '!', '?', ')', ']', '”', '“', '»']);
    let unit_alone =
        right.trim_end_matches(|c: char| !c.is_alphanumeric() && !"%‰°€£$".contains(c));
    if is_number(left) {
        return UNITS.contains(&unit) || UNITS.contains(&unit_alone);
    }
    is_german && is_letter_and_stop(left) && is_letter_and_stop(unit)
}

fn token_before(text: &str) -> &str {
    let from = text.char_indices().rev().find(|(_, c)| c.is_whitespace());
    &text[from.map_or(0, |(at, c)| at + c.len_utf8())..]
}

fn token_behind(text: &str) -> &str {
    &text[..text.find(char::is_whitespace).unwrap_or(text.len())]
}

/// Digits with separators, signs and ranges: `1,024`, `−3.5`, `10–20`.
fn is_number(token: &str) -> bool {
    let token = token.trim_start_matches(['(', '[', '“', '„', '«', '~', '≈', '<', '>', '≤', '≥']);
    token.ends_with(|c: char| c.is_ascii_digit())
        && token
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '–' | '-' | '−' | '+' | '±'))
}

/// `z.`: one letter and a full stop.
fn is_letter_and_stop(token: &str) -> bool {
    let mut chars = token.trim_start_matches(['(', '[', '„', '«']).chars();
    chars.next().is_some_and(char::is_alphabetic)
        && chars.next() == Some('.')
        && chars.next().is_none()
}

/// Narrow no-break spaces before `; : ! ?` and within guillemets (Lexique, "Ponctuation"): one
/// that the author typed as a plain space is replaced, a missing one is put in.
fn french(row: &mut Row) {
    let mut edits: Vec<Edit> = Vec::new();
    let gone = |at, length| Edit { at, length, with: [None; 2], closes: false };
    for (at, c) in row.text.char_indices().filter(|(_, c)| ";:!?»«".contains(*c)) {
        let style = row.style_at(at).filter(|_| !row.is_fixed(at));
        let Some((spacing, space)) = style.and_then(|s| Some((s.spacing, space_of(s.spacing)?)))
        else {
            continue;
        };
        let end = at + c.len_utf8();
        let before = match edits.last() {
            // Behind an opening guillemet there is a space already.
            Some(edit) if edit.at + edit.length == at => {
                edit.with.into_iter().flatten().last().filter(|last| *last != space)
            }
            Some(_) | None => row.before(at),
        };
        let mut with = [Some(c), None];
        if wants_space_before(row, (c, end), before, spacing) {
            if let Some(blank @ (' ' | NBSP)) = before {
                edits.push(gone(at - blank.len_utf8(), blank.len_utf8()));
            }
            with = [Some(space), Some(c)];
        }
        let is_opening = c == '«' && end < row.text.len();
        if is_opening {
            with = [Some(c), Some(space)];
        }
        if with[1].is_some() {
            edits.push(Edit { at, length: c.len_utf8(), with, closes: false });
        }
        if is_opening && let Some(blank @ (' ' | NBSP | NNBSP)) = row.at(end) {
            edits.push(gone(end, blank.len_utf8()));
        }
    }
    row.apply(&edits);
}

/// The space that punctuation has before it, where it has one.
pub(super) fn space_of(spacing: Spacing) -> Option<char> {
    match spacing {
        Spacing::French => Some(NNBSP),
        Spacing::Canadian => Some(NBSP),
        Spacing::Close | Spacing::German => None,
    }
}

/// Whether the mark `c`, which ends at a byte, wants a space between itself and what stands before.
fn wants_space_before(
    row: &Row,
    (c, end): (char, usize),
    before: Option<char>,
    spacing: Spacing,
) -> bool {
    let Some(before) = before.filter(|before| !matches!(before, &NNBSP | '\n')) else {
        return false;
    };
    if c == '»' {
        return before != '«';
    }
    let listed = match spacing {
        Spacing::French => matches!(c, ';' | ':' | '!' | '?'),
        Spacing::Canadian => c == ':',
        Spacing::Close | Spacing::German => false,
    };
    // `14:00` and `https://` have no gap behind the colon, `:-)` is a face; `?!` stays together.
    let spaced = before.is_whitespace();
    let gap = row.at(end).is_none_or(|next| {
        next.is_whitespace()
            || row.is_closing(end)
            || matches!(next, '»' | ';' | ':' | '!' | '?' | '.' | '…')
            || (!spaced && matches!(next, ')' | ']' | ',' | '*'))
    });
    listed && gap && !matches!(before, ';' | ':' | '!' | '?' | '(' | '[' | '…' | '.')
}
