//! Paragraphs that could be set a line longer or shorter, and what that makes of a page's height.

use std::ops::Range;

use crate::geom::Length;

use super::Block;

/// A paragraph that can be set with another number of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::layout) struct Offer {
    /// The paragraph's rows.
    pub rows: Range<usize>,
    /// Lines more or less.
    pub lines: i64,
    /// What its looks cost.
    pub cost: i64,
}

/// A page is made this many lines longer or shorter at most.
const MOST: usize = 2;

/// The least costs of making the rows of a page longer or shorter, by the number of lines: from
/// `-MOST` to `MOST`.
#[derive(Clone, Copy)]
pub(super) struct Reach([Option<i64>; 2 * MOST + 1]);

impl Reach {
    /// The rows as they are.
    pub(super) fn new() -> Self {
        let mut costs = [None; 2 * MOST + 1];
        costs[MOST] = Some(0);
        Self(costs)
    }

    /// Lines and costs.
    pub(super) fn ways(&self) -> impl Iterator<Item = (i64, i64)> {
        (-(MOST as i64)..).zip(self.0).filter_map(|(lines, cost)| Some((lines, cost?)))
    }

    /// A paragraph joins the page, with what it offers.
    fn join(&mut self, offers: &[Offer]) {
        let before = *self;
        for offer in offers {
            for (lines, cost) in before.ways() {
                let Some(to) = slot(lines + offer.lines) else { continue };
                let cost = cost + offer.cost;
                self.0[to] = Some(self.0[to].map_or(cost, |known| known.min(cost)));
            }
        }
    }
}

fn slot(lines: i64) -> Option<usize> {
    usize::try_from(lines + MOST as i64).ok().filter(|slot| *slot <= 2 * MOST)
}

/// What is offered by the paragraphs of a galley, in the order of their ends.
#[derive(Clone, Copy)]
pub(super) struct Offers<'o>(&'o [Offer]);

impl<'o> Offers<'o> {
    pub(super) fn new(offers: &'o [Offer]) -> Self {
        debug_assert!(offers.is_sorted_by_key(|offer| offer.rows.end), "in the order of rows");
        Self(offers)
    }

    /// How much shorter or longer a page may become.
    pub(super) fn most(self, block: Block) -> Length {
        if self.0.is_empty() { Length::ZERO } else { block.leading * MOST as i64 }
    }

    /// Those of paragraphs that end behind a row.
    pub(super) fn behind(self, row: usize) -> Self {
        Self(&self.0[self.0.partition_point(|offer| offer.rows.end <= row)..])
    }

    /// Adds what the paragraph that ends at `to` offers, if it lies on a page that begins at
    /// `from`. Rows must be asked for in ascending order.
    pub(super) fn add(&mut self, (from, to): (usize, usize), reach: &mut Reach) {
        let count = self.0.iter().take_while(|offer| offer.rows.end == to).count();
        let (own, rest) = self.0.split_at(count);
        self.0 = rest;
        if own.first().is_some_and(|offer| offer.rows.start >= from) {
            reach.join(own);
        }
    }

    /// The cheapest of them that make the rows of a page so many lines longer, by their numbers.
    pub(super) fn choose(self, page: Range<usize>, lines: i64) -> Vec<usize> {
        let mut ways: Vec<(i64, i64, Vec<usize>)> = vec![(0, 0, Vec::new())];
        let mut at = 0;
        while at < self.0.len() {
            let rows = &self.0[at].rows;
            let group = self.0[at..].iter().take_while(|offer| offer.rows == *rows).count();
            if rows.start >= page.start && rows.end <= page.end {
                let mut more = ways.clone();
                for (number, offer) in self.0.iter().enumerate().skip(at).take(group) {
                    more.extend(ways.iter().map(|(lines, cost, chosen)| {
                        let chosen = chosen.iter().copied().chain([number]).collect();
                        (lines + offer.lines, cost + offer.cost, chosen)
                    }));
                }
                ways = cheapest(more);
            }
            at += group;
        }
        ways.into_iter().find(|way| way.0 == lines).map(|way| way.2).unwrap_or_default()
    }
}

/// The cheapest way to each number of lines; of equal ones the first.
fn cheapest(mut ways: Vec<(i64, i64, Vec<usize>)>) -> Vec<(i64, i64, Vec<usize>)> {
    ways.retain(|way| slot(way.0).is_some());
    ways.sort_by_key(|way| (way.0, way.1));
    ways.dedup_by_key(|way| way.0);
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(rows: Range<usize>, lines: i64, cost: i64) -> Offer {
        Offer { rows, lines, cost }
    }

    #[test]
    fn the_cheapest_paragraphs_make_a_page_longer_and_each_only_once() {
        let list =
            [offer(0..4, -1, 50), offer(0..4, 1, 40), offer(4..9, 1, 10), offer(12..14, 1, 1)];
        let offers = Offers::new(&list);
        assert_eq!(offers.choose(0..10, 1), [2]);
        assert_eq!(offers.choose(0..10, 2), [1, 2]);
        assert_eq!(offers.choose(0..10, -1), [0]);
        assert_eq!(offers.choose(2..10, -1), [] as [usize; 0]);
        let (mut reach, mut walk) = (Reach::new(), offers.behind(0));
        (1..=10).for_each(|to| walk.add((0, to), &mut reach));
        assert_eq!(reach.ways().collect::<Vec<_>>(), [(-1, 50), (0, 0), (1, 10), (2, 50)]);
    }
}
