//! How far page breaking can be, and the best way found to each such state.

use std::collections::BTreeMap;

/// How far we are: rows before `row` are on pages, but for what waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    pub row: usize,
    /// How many of the figures before `row` wait for a later page: the last ones, as figures stand
    /// in the order in which they are called.
    pub waiting: usize,
    /// How many rows of notes that were called before `row` wait for the next page; none when a
    /// figure does.
    pub carried: usize,
}

impl State {
    /// Nothing waits.
    pub(super) fn plain(row: usize) -> Self {
        Self { row, waiting: 0, carried: 0 }
    }

    /// Whether something does.
    pub(super) fn waits(self) -> bool {
        self.waiting > 0 || self.carried > 0
    }
}

/// The best way to a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best {
    pub cost: i64,
    pub from: State,
    /// Empty lines at the foot of the page before; see [`Cut::empty`].
    pub empty: Option<i64>,
    /// Lines that offers have made its rows longer.
    pub longer: i64,
    pub overfull: bool,
    /// Whether a page is left blank before what waits.
    pub blank: bool,
}

/// The best ways to a state: for each side of the first page, when an even or an odd number of pages
/// comes before it. See [`start`] and [`parity`].
pub(super) type Ways = [Option<Best>; 4];

/// On which side the first page of a way stands: 0 on the block's ([`super::Block::recto`]), 1 on the
/// other.
pub(super) fn start(way: usize) -> usize {
    way / 2
}

/// Whether the page behind a way stands on the side of its first page: 0, or not: 1.
pub(super) fn parity(way: usize) -> usize {
    way % 2
}

/// The ways from a start.
pub(super) fn ways_from(start: usize) -> [usize; 2] {
    [2 * start, 2 * start + 1]
}

/// What the ways to a state cost; [`i64::MAX`] where there is none.
pub(super) type Costs = [i64; 4];

/// The costs of ways.
pub(super) fn costs(ways: Ways) -> Costs {
    ways.map(|way| way.map_or(i64::MAX, |best| best.cost))
}

/// The best ways to all states.
pub(super) struct Table {
    /// By row, where nothing waits.
    plain: Vec<Ways>,
    /// What they cost: most of what is offered is dearer, and nothing else need be looked at then.
    costs: Vec<Costs>,
    /// Those that something waits in, which are few.
    waiting: BTreeMap<State, Ways>,
}

impl Table {
    pub(super) fn new(rows: usize) -> Self {
        Self {
            plain: vec![[None; 4]; rows + 1],
            costs: vec![[i64::MAX; 4]; rows + 1],
            waiting: BTreeMap::new(),
        }
    }

    pub(super) fn get(&self, state: State) -> Ways {
        if state.waits() {
            return self.waiting.get(&state).copied().unwrap_or_default();
        }
        self.plain[state.row]
    }

    pub(super) fn offer(&mut self, state: State, way: usize, best: Best) {
        let ways = if state.waits() {
            self.waiting.entry(state).or_default()
        } else {
            &mut self.plain[state.row]
        };
        let known = &mut ways[way];
        if known.as_ref().is_none_or(|old| best.cost < old.cost) {
            *known = Some(best);
            if !state.waits() {
                self.costs[state.row][way] = best.cost;
            }
        }
    }

    /// Whether one page behind some ways that ends before a row, costs so much and leaves nothing
    /// waiting, may be better than what is known.
    pub(super) fn wants(&self, row: usize, before: &Costs, cost: i64) -> bool {
        let known = &self.costs[row];
        // A page later the other side follows.
        (0..4).any(|way| before[way].saturating_add(cost) < known[way ^ 1])
    }

    /// The states at a row in an order in which each is reached from earlier ones only: what waits
    /// may have a page to itself, which ends where it began. Gives the one after `state`, or the
    /// first.
    pub(super) fn after(&self, row: usize, state: Option<State>) -> Option<State> {
        let least = State::plain(row);
        let before = match state {
            Some(state) if state == least => return None,
            Some(state) => self.waiting.range(least..state).next_back(),
            None => self.waiting.range(least..State::plain(row + 1)).next_back(),
        };
        Some(before.map_or(least, |(state, _)| *state))
    }
}
