//! Page numbers behind an entry: each page once, in order, neighbours as a range.

use std::cmp::Ordering;

use crate::book::{AnchorId, Inline, Target, Text, place_on_page};
use crate::source::Span;

use super::column::Column;

/// A page that an entry names, or the first and the last one of several without a gap.
type Range = (AnchorId, Option<AnchorId>);

impl Column<'_, '_> {
    /// " 3, 12–14": page numbers that are links.
    pub(super) fn append_pages(&self, text: &mut Text, targets: impl Iterator<Item = AnchorId>) {
        let pages = targets.map(|target| (self.setter.page_label(target), target)).collect();
        let span = text.span;
        for (at, (first, last)) in ranges(pages).into_iter().enumerate() {
            let separator = if at == 0 { "\u{2003}" } else { ", " };
            text.inlines.push(Inline::Text(separator.to_owned(), span));
            text.inlines.push(number(first, span));
            if let Some(last) = last {
                text.inlines.push(Inline::Text("–".to_owned(), span));
                text.inlines.push(number(last, span));
            }
        }
    }
}

impl Column<'_, '_> {
    /// " p. 14, top; p. 30, bottom": where pictures stand, for those who look for them on paper.
    pub(super) fn append_places(&self, text: &mut Text, targets: &[AnchorId]) {
        let language = &self.setter.book.meta.language;
        let span = text.span;
        for (at, target) in targets.iter().enumerate() {
            let separator = if at == 0 { "\u{2003}" } else { "; " };
            text.inlines.push(Inline::Text(separator.to_owned(), span));
            let part = self.setter.whereabouts(*target).map(|known| known.part).unwrap_or_default();
            let page = Inline::PageNumber(*target, span);
            let content = place_on_page(language, page, part, span);
            let target = Target::Anchor(*target);
            text.inlines.push(Inline::Link { target, content, span });
        }
    }

    /// The first page that shows something; what is shown nowhere comes first.
    pub(super) fn first_page(&self, targets: &[AnchorId]) -> Option<usize> {
        targets.iter().filter_map(|t| self.setter.whereabouts(*t)).map(|known| known.page).min()
    }
}

fn number(target: AnchorId, span: Span) -> Inline {
    let content = vec![Inline::PageNumber(target, span)];
    Inline::Link { target: Target::Anchor(target), content, span }
}

/// Puts pages in order and joins neighbours. Two targets on one page are one page.
fn ranges(mut pages: Vec<(String, AnchorId)>) -> Vec<Range> {
    // The sort is stable: of two targets on one page the one that is read first is the link's.
    pages.sort_by(|(one, _), (other, _)| order(one, other));
    pages.dedup_by(|(one, _), (other, _)| one == other);
    let mut ranges: Vec<Range> = Vec::new();
    let mut before: Option<&str> = None;
    for (label, target) in &pages {
        match ranges.last_mut() {
            Some((_, last)) if before.is_some_and(|before| follows(before, label)) => {
                *last = Some(*target);
            }
            _ => ranges.push((*target, None)),
        }
        before = Some(label);
    }
    ranges
}

/// Roman numbers come first, what is no number last.
fn order(one: &str, other: &str) -> Ordering {
    value(one).cmp(&value(other)).then_with(|| one.cmp(other))
}

fn follows(before: &str, after: &str) -> bool {
    let ((kind, number), (other, next)) = (value(before), value(after));
    kind == other && kind < 2 && number + 1 == next
}

/// Which sequence a label belongs to (0 roman, 1 arabic, 2 neither), and its number in it.
fn value(label: &str) -> (u8, u64) {
    if let Ok(number) = label.parse() {
        return (1, number);
    }
    roman(label).map_or((2, 0), |number| (0, number))
}

/// The value of a roman number in small letters.
fn roman(label: &str) -> Option<u64> {
    let digit = |letter: char| -> Option<u64> {
        let digits =
            [('i', 1), ('v', 5), ('x', 10), ('l', 50), ('c', 100), ('d', 500), ('m', 1000)];
        digits.iter().find(|(known, _)| *known == letter).map(|(_, value)| *value)
    };
    let digits: Vec<u64> = label.chars().map(digit).collect::<Option<_>>()?;
    let (mut plus, mut minus) = (0, 0);
    for (at, value) in digits.iter().enumerate() {
        match digits.get(at + 1) {
            Some(next) if next > value => minus += value,
            _ => plus += value,
        }
    }
    (!digits.is_empty()).then(|| u64::saturating_sub(plus, minus))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(labels: &[&str]) -> String {
        let pages = labels.iter().zip(0..).map(|(label, at)| ((*label).to_owned(), AnchorId(at)));
        let label = |anchor: AnchorId| labels[anchor.0 as usize];
        let ranges = ranges(pages.collect()).into_iter().map(|(first, last)| match last {
            Some(last) => format!("{}–{}", label(first), label(last)),
            None => label(first).to_owned(),
        });
        ranges.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn neighbours_are_a_range_and_a_page_is_named_once() {
        assert_eq!(shown(&["12", "13", "13", "14", "18", "15"]), "12–15, 18");
        assert_eq!(shown(&["9", "10", "12"]), "9–10, 12");
        assert_eq!(shown(&["4", "4", "4"]), "4");
        assert_eq!(shown(&[]), "");
    }

    #[test]
    fn roman_pages_come_first_and_join_no_arabic_ones() {
        assert_eq!(shown(&["1", "ix", "x", "2"]), "ix–x, 1–2");
        assert_eq!(shown(&["xiv", "xiii", "A-1", "00", "00"]), "xiii–xiv, 00, A-1");
    }
}
