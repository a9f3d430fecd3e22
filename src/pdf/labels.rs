//! Page labels (ISO 32000-1, 12.4.2): what a reader shows as a page's number.
//!
//! Labels are told as ranges that count by themselves: `i, ii, iii` and `1, 2, 3` and `A-1, A-2`
//! each take one entry. A label that does not count (`3 of 14`, or none at all) is a prefix.

use lopdf::{Dictionary, Object};

use super::object::text;
use crate::layout::pages::Page;

/// Entries of the number tree: the index of a range's first page, and how it counts.
pub(super) fn page_labels(pages: &[Page]) -> Vec<(i64, Object)> {
    let mut entries = Vec::new();
    let mut last: Option<Label> = None;
    for (index, page) in (0..).zip(pages) {
        let label = Label::parse(&page.label);
        if !last.as_ref().is_some_and(|last| last.precedes(&label)) {
            entries.push((index, label.object()));
        }
        last = Some(label);
    }
    entries
}

/// A label as a prefix and, if it ends in a number, how that number is written.
#[derive(Debug, PartialEq, Eq)]
struct Label {
    prefix: String,
    number: Option<(Style, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Decimal,
    RomanLower,
    RomanUpper,
}

impl Label {
    fn parse(label: &str) -> Self {
        let roman = |text: &str, style| roman_value(text).map(|n| (style, n));
        if let Some(number) = roman(label, Style::RomanLower)
            .or_else(|| roman(&label.to_lowercase(), Style::RomanUpper).filter(|_| is_upper(label)))
        {
            return Self { prefix: String::new(), number: Some(number) };
        }
        let digits = label.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (mut prefix, mut number) = label.split_at(label.len() - digits);
        // A leading zero is not counted, it belongs to what is before.
        let zeros = number.bytes().take_while(|b| *b == b'0').count();
        prefix = &label[..prefix.len() + zeros];
        number = &number[zeros..];
        match number.parse() {
            // "3 of 14" does not count on to "3 of 15".
            Ok(n) if !prefix.contains(' ') => {
                Self { prefix: prefix.to_owned(), number: Some((Style::Decimal, n)) }
            }
            Ok(_) | Err(_) => Self { prefix: label.to_owned(), number: None },
        }
    }

    fn precedes(&self, next: &Self) -> bool {
        match (self.number, next.number) {
            (Some((style, n)), Some((next_style, m))) => {
                self.prefix == next.prefix && style == next_style && n.checked_add(1) == Some(m)
            }
            (None, Some(_)) | (Some(_), None) => false,
            // A prefix alone holds for all pages that follow.
            (None, None) => self.prefix == next.prefix,
        }
    }

    fn object(&self) -> Object {
        let mut entry = Dictionary::new();
        if let Some((style, first)) = self.number {
            let style = match style {
                Style::Decimal => "D",
                Style::RomanLower => "r",
                Style::RomanUpper => "R",
            };
            entry.set("S", style);
            if first != 1 {
                entry.set("St", first);
            }
        }
        if !self.prefix.is_empty() || self.number.is_none() {
            entry.set("P", text(&self.prefix));
        }
        Object::Dictionary(entry)
    }
}

fn is_upper(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_uppercase())
}

/// The value of a roman number in lower case, if it is written as everybody writes it.
fn roman_value(text: &str) -> Option<u32> {
    let mut rest = text;
    let mut value = 0;
    for (sign, worth) in ROMAN {
        while let Some(after) = rest.strip_prefix(sign) {
            value += worth;
            rest = after;
        }
    }
    (rest.is_empty() && value > 0 && value < 4000 && roman(value) == text).then_some(value)
}

fn roman(mut value: u32) -> String {
    let mut out = String::new();
    for (sign, worth) in ROMAN {
        while value >= worth {
            out.push_str(sign);
            value -= worth;
        }
    }
    out
}

const ROMAN: [(&str, u32); 13] = [
    ("m", 1000),
    ("cm", 900),
    ("d", 500),
    ("cd", 400),
    ("c", 100),
    ("xc", 90),
    ("l", 50),
    ("xl", 40),
    ("x", 10),
    ("ix", 9),
    ("v", 5),
    ("iv", 4),
    ("i", 1),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Size;

    fn ranges(labels: &[&str]) -> Vec<String> {
        let pages: Vec<_> = labels
            .iter()
            .map(|l| Page { size: Size::default(), label: (*l).to_owned(), items: Vec::new() })
            .collect();
        page_labels(&pages).into_iter().map(|(at, range)| format!("{at} {range:?}")).collect()
    }

    #[test]
    fn numbers_that_count_on_share_a_range() {
        assert_eq!(
            ranges(&["i", "ii", "iii", "iv", "1", "2", "5", "A-1", "A-2"]),
            ["0 <</S /r>>", "4 <</S /D>>", "6 <</S /D/St 5>>", "7 <</S /D/P (A-)>>"]
        );
    }

    #[test]
    fn labels_that_do_not_count_are_prefixes() {
        assert_eq!(
            ranges(&["1 of 2", "2 of 2", "", "", "iiii", "XIV", "007"]),
            [
                "0 <</P (1 of 2)>>",
                "1 <</P (2 of 2)>>",
                "2 <</P ()>>",
                "4 <</P (iiii)>>",
                "5 <</S /R/St 14>>",
                "6 <</S /D/St 7/P (00)>>"
            ]
        );
    }
}
