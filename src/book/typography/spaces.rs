//! Spaces that hold: before units, behind "p." and "Fig.", and at French punctuation.

use super::style::{Spacing, Style};
use super::{Cell, Kind, NBSP, NNBSP};

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

/// Makes spaces hold; `styles` is indexed by the cells' leaves.
pub(super) fn set(mut cells: Vec<Cell>, styles: &[&'static Style]) -> Vec<Cell> {
    if styles.iter().any(|style| space_of(style.spacing).is_some()) {
        cells = french(&cells, styles);
    }
    for at in 0..cells.len() {
        if !cells[at].is(' ') {
            continue;
        }
        let Some(leaf) = cells[at].leaf else { continue };
        if holds(&cells, at, styles[leaf]) {
            cells[at].c = NBSP;
        }
    }
    cells
}

fn holds(cells: &[Cell], at: usize, style: &Style) -> bool {
    // Nearly all spaces stand between two words, which the characters beside them tell.
    let beside = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or(' ', |cell| cell.c);
    let (before, behind) = (beside(at.checked_sub(1)), beside(at.checked_add(1)));
    if !(before.is_ascii_digit() || before == '.' || behind.is_ascii_digit()) {
        return false;
    }
    let left = token_before(cells, at);
    let right = token_after(cells, at);
    if right.starts_with(|c: char| c.is_ascii_digit()) {
        let word = left.trim_start_matches(['(', '[', '“', '„', '«']).to_lowercase();
        return style.before_numbers.contains(&word.as_str());
    }
    let unit = right.trim_end_matches([',', ';', ':', '!', '?', ')', ']', '”', '“', '»']);
    let unit_alone =
        right.trim_end_matches(|c: char| !c.is_alphanumeric() && !"%‰°€£$".contains(c));
    if is_number(&left) && (UNITS.contains(&unit) || UNITS.contains(&unit_alone)) {
        return true;
    }
    style.spacing == Spacing::German && is_letter_and_stop(&left) && is_letter_and_stop(unit)
}

fn token_before(cells: &[Cell], at: usize) -> String {
    let from = cells[..at].iter().rposition(Cell::is_space).map_or(0, |i| i + 1);
    cells[from..at].iter().map(|c| c.c).collect()
}

fn token_after(cells: &[Cell], at: usize) -> String {
    cells[at + 1..].iter().take_while(|c| !c.is_space()).map(|c| c.c).collect()
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
fn french(cells: &[Cell], styles: &[&'static Style]) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut skip = false;
    for (at, cell) in cells.iter().enumerate() {
        if std::mem::take(&mut skip) {
            continue;
        }
        let spacing = cell.leaf.map_or(Spacing::Close, |leaf| styles[leaf].spacing);
        let Some(space) = space_of(spacing) else {
            out.push(*cell);
            continue;
        };
        let next = cells.get(at + 1);
        if wants_space_before(cell, out.last(), next, spacing) {
            if out.last().is_some_and(|c| c.is(' ') || c.is(NBSP)) {
                out.pop();
            }
            out.push(Cell { c: space, kind: Kind::Char, ..*cell });
        }
        out.push(*cell);
        if cell.c == '«' && cell.kind != Kind::Literal && next.is_some() {
            skip = next.is_some_and(|c| c.is(' ') || c.is(NBSP) || c.is(NNBSP));
            out.push(Cell { c: space, kind: Kind::Open, ..*cell });
        }
    }
    out
}

/// The space that punctuation has before it, where it has one.
pub(super) fn space_of(spacing: Spacing) -> Option<char> {
    match spacing {
        Spacing::French => Some(NNBSP),
        Spacing::Canadian => Some(NBSP),
        Spacing::Close | Spacing::German => None,
    }
}

fn wants_space_before(
    cell: &Cell,
    before: Option<&Cell>,
    next: Option<&Cell>,
    spacing: Spacing,
) -> bool {
    let Some(before) = before.filter(|_| cell.kind != Kind::Literal) else { return false };
    if matches!(before.c, NNBSP | '\n') {
        return false;
    }
    if cell.c == '»' {
        return before.c != '«';
    }
    let listed = match spacing {
        Spacing::French => matches!(cell.c, ';' | ':' | '!' | '?'),
        Spacing::Canadian => cell.c == ':',
        Spacing::Close | Spacing::German => false,
    };
    // `14:00` and `https://` have no gap behind the colon, `:-)` is a face; `?!` stays together.
    let spaced = before.is_space();
    let gap = next.is_none_or(|c| {
        c.is_space()
            || c.kind == Kind::Close
            || matches!(c.c, '»' | ';' | ':' | '!' | '?' | '.' | '…')
            || (!spaced && matches!(c.c, ')' | ']' | ',' | '*'))
    });
    listed && gap && !matches!(before.c, ';' | ':' | '!' | '?' | '(' | '[' | '…' | '.')
}
