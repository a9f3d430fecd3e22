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

/// The best ways to a state, when an even or an odd number of pages comes before it: the first of
/// them stands on the side of the first page.
pub(super) type Ways = [Option<Best>; 2];

/// The best ways to all states.
pub(super) struct Table {
    /// By row, where nothing waits.
    plain: Vec<Ways>,
    /// Those that something waits in, which are few.
    waiting: BTreeMap<State, Ways>,
}

impl Table {
    pub(super) fn new(rows: usize) -> Self {
        Self { plain: vec![[None; 2]; rows + 1], waiting: BTreeMap::new() }
    }

    pub(super) fn get(&self, state: State) -> Ways {
        if state.waits() {
            return self.waiting.get(&state).copied().unwrap_or_default();
        }
        self.plain[state.row]
    }

    pub(super) fn offer(&mut self, state: State, parity: usize, best: Best) {
        let ways = if state.waits() {
            self.waiting.entry(state).or_default()
        } else {
            &mut self.plain[state.row]
        };
        if ways[parity].is_none_or(|old| best.cost < old.cost) {
            ways[parity] = Some(best);
        }
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
