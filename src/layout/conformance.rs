//! The conformance test of UAX #14, against the places where our lines may end.
//!
//! Where we depart from the standard, we do so on purpose: every difference is listed, with its
//! reason, in `tests/unicode/line-breaks.txt`; one without a reason fails the test.

use std::collections::BTreeMap;
use std::io::Read;

use super::design::{Design, Style};
use super::fixture;
use super::inline::Flat;
use super::paragraph::{Paragraph, Setting};
use crate::book::NodeId;
use crate::diag::Diagnostics;
use crate::font::Faces;
use crate::geom::Length;

const LIST: &str = "tests/unicode/line-breaks.txt";

#[test]
fn the_line_break_test_of_unicode_passes_but_for_our_manners() {
    let faces = Faces::bundled();
    let mut complaints = Diagnostics::default();
    let style = Design::new(&fixture::edition(), &faces, false, &mut complaints).styles.body;
    let (mut run, mut list) = (0, BTreeMap::new());
    for (number, line) in official().lines().enumerate() {
        let line = line.split('#').next().unwrap_or("").trim();
        if line.is_empty() {
            continue;
        }
        run += 1;
        for (at, reason) in departures(line, &style) {
            let reason = reason.unwrap_or_else(|| panic!("line {}: {line}: byte {at}", number + 1));
            list.entry(reason).or_insert_with(Vec::new).push(format!("{}:{at}", number + 1));
        }
    }
    assert_eq!(run, 19_338, "tests in the file");
    compare(&render(&list));
}

fn official() -> String {
    let file = include_bytes!("../../tests/unicode/LineBreakTest.txt.gz");
    let mut text = String::new();
    let mut decoder = flate2::read::GzDecoder::new(file.as_slice());
    decoder.read_to_string(&mut text).expect("the file is sound");
    text
}

/// The bytes at which we differ from a line of the file, each with the reason.
fn departures(line: &str, style: &Style) -> Vec<(usize, Option<&'static str>)> {
    let (mut text, mut wanted) = (String::new(), Vec::new());
    for word in line.split(' ') {
        match word {
            "÷" => wanted.push(text.len()),
            "×" => {}
            hex => text.extend(u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)),
        }
    }
    let flat = flat(text.clone());
    let setting = Setting::new(Length::pt(100), Length::ZERO);
    let paragraph = Paragraph::new(&flat, (Vec::new(), Vec::new()), style, setting, false);
    let found: Vec<usize> = paragraph.places().iter().map(|place| place.at).collect();
    text.char_indices()
        .map(|(at, _)| at)
        .skip(1)
        .filter(|at| wanted.contains(at) != found.contains(at))
        .map(|at| (at, reason(&text, at, found.contains(&at))))
        .collect()
}

/// Why a line may end here, or may not, against the standard.
fn reason(text: &str, at: usize, found: bool) -> Option<&'static str> {
    let before = text[..at].chars().next_back()?;
    let after = text[at..].chars().next()?;
    let asian = |c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1980}'..='\u{1aaf}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}');
    let is_mark = |c: &char| unicode_bidi::bidi_class(*c) == unicode_bidi::BidiClass::NSM;
    let letter = text[..at].chars().rev().find(|c| asian(*c) || !is_mark(c)).unwrap_or(before);
    if asian(letter) && asian(after) {
        return Some("Thai, Lao, Khmer and Burmese words are known to dictionaries only");
    }
    if text.split([' ', '\n']).any(|word| word.contains("://")) {
        return Some("addresses are broken after the marks that join their parts, dear");
    }
    match (before, after) {
        _ if found => None,
        (_, '–' | '—') => Some("a dash does not begin a line"),
        ('+' | '#' | '%', _) => Some("a sign stays with what follows it: C++, 1+1"),
        ('/', _) => Some("a slash does not part short words: A/B"),
        ('-' | '‐', _) => Some("a hyphen stays with a single letter before it: e-mail"),
        _ => None,
    }
}

fn flat(text: String) -> Flat {
    Flat {
        node: NodeId(0),
        text,
        segments: Vec::new(),
        links: Vec::new(),
        notes: Vec::new(),
        formulas: Vec::new(),
        soft_hyphens: Vec::new(),
        offsets: vec![(0, 0)],
    }
}

/// Each reason, then `line:byte` of each place in the official file.
fn render(list: &BTreeMap<&str, Vec<String>>) -> String {
    let mut out = String::new();
    for (reason, places) in list {
        out.push_str(&format!("{reason} ({})\n", places.len()));
        for row in places.chunks(10) {
            out.push_str(&format!("  {}\n", row.join(" ")));
        }
    }
    out
}

#[allow(
    clippy::disallowed_methods,
    reason = "a golden file is read, and written when it is blessed"
)]
fn compare(found: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, found).expect("the list can be written");
    }
    let expected = std::fs::read_to_string(&path).expect("the list is there");
    assert!(expected == found, "{LIST} differs: `BLESS=1` writes it; then read the difference");
}
