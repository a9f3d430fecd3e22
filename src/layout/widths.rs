//! Widths of a table's columns: those that make the table least high.
//!
//! Where everything fits on one line, every column has the width of its longest cell. Where it does
//! not, a cell of natural width `a` in a column of width `w` takes about `a/w` lines, and a row is as
//! high as its highest cell; what is to be least is the sum over all rows of the greatest `a/w`,
//! with a little for every other cell. That sum is convex in the widths (each `a/w` is, and so are
//! maxima and sums of convex functions), so that exchanging room between two columns, in ever
//! smaller portions, as long as it helps, comes close to the optimum. No column gets less than its
//! longest word or more than its longest cell.

use std::ops::Range;

use crate::book::Slots;
use crate::geom::Length;

use super::paragraph::Extent;

/// A little more than measured, so that rounding never wraps a cell.
const SLACK: Length = Length::pt(1);
/// One line, in the units of a height.
const LINE: i64 = 1 << 12;
/// What a cell counts that is not the highest of its row: one part in so many.
const OTHERS: i64 = 16;
/// Room is exchanged in portions of an eighth of the table down to this: less than the slack, so that
/// no cell wraps for what was too little to exchange.
const SMALLEST: Length = Length::milli_pt(500);
/// So many cells are looked at; of longer tables every second row, or third, …
const MOST_CELLS: usize = 2_048;

/// What a table's columns ask for.
pub(super) struct Columns {
    /// Of each column the greatest of all cells.
    needs: Vec<Extent>,
    /// Between columns.
    gap: Length,
    /// Natural widths of cells, row by row; not of every row of a long table.
    rows: Vec<Vec<(Range<usize>, Length)>>,
}

impl Columns {
    /// Columns of rows of cells, so far apart.
    pub(super) fn new(count: usize, gap: Length, cells: &[Vec<(Slots, Extent)>]) -> Self {
        let mut needs = vec![Extent::default(); count];
        let (one, mut several): (Vec<_>, Vec<_>) =
            cells.iter().flatten().partition(|(slots, _)| slots.columns == 1);
        several.sort_by_key(|(slots, _)| slots.columns);
        for (slots, cell) in one.into_iter().chain(several) {
            let needs = &mut needs[slots.range()];
            let gaps = gap * count_of(needs.len() - 1);
            claim(needs, cell.word + SLACK - gaps, |need| &mut need.word);
            claim(needs, cell.piece + SLACK - gaps, |need| &mut need.piece);
            claim(needs, cell.natural + SLACK - gaps, |need| &mut need.natural);
        }
        let step = cells.len() * count / MOST_CELLS + 1;
        // A cell over several rows is as high in each of them as its share.
        let share =
            |(slots, cell): &(Slots, Extent)| (slots.range(), cell.natural / i64::from(slots.rows));
        let rows = cells.iter().step_by(step).map(|row| row.iter().map(share).collect()).collect();
        Self { needs, gap, rows }
    }

    /// Between columns.
    pub(super) fn gap(&self) -> Length {
        self.gap
    }

    /// Room that stands between all columns.
    pub(super) fn gaps(&self) -> Length {
        self.gap * count_of(self.needs.len().saturating_sub(1))
    }

    /// The size in percent, 100 at most, at which columns and the gaps between them fit into a
    /// measure and no word is broken; where that is below `least`, at which only code and addresses
    /// are. Of these, what takes more than its share is broken anyway.
    pub(super) fn percent(&self, measure: Length, least: i64) -> i64 {
        let words = self.fits(measure, |need| self.whole(need, measure));
        let pieces = self.fits(measure, |need| need.piece);
        let percent = if words >= least { words } else { pieces };
        percent.min(100)
    }

    /// What is not to be broken of a column in some room.
    fn whole(&self, need: &Extent, room: Length) -> Length {
        let fair = room / count_of(self.needs.len().max(1));
        if need.word <= fair { need.word } else { need.piece }
    }

    /// The size in percent at which columns and gaps fit with their needs.
    fn fits(&self, measure: Length, need: impl Fn(&Extent) -> Length) -> i64 {
        let slack = SLACK * count_of(self.needs.len());
        let needed = self.needs.iter().map(need).sum::<Length>() - slack + self.gaps();
        (measure - slack).max(Length::ZERO).0.saturating_mul(100) / needed.0.max(1)
    }

    /// The same columns when everything is set smaller.
    pub(super) fn shrink(&mut self, percent: i64) {
        let smaller = |width: Length| (width - SLACK).scale(percent, 100) + SLACK;
        for need in &mut self.needs {
            need.word = smaller(need.word);
            need.piece = smaller(need.piece);
            need.natural = smaller(need.natural);
        }
        self.gap = self.gap.scale(percent, 100);
        let widths = self.rows.iter_mut().flatten().map(|(_, width)| width);
        widths.for_each(|width| *width = width.scale(percent, 100));
    }

    /// One width for each column, with the gaps no more than the measure.
    pub(super) fn widths(&self, measure: Length) -> Vec<Length> {
        let room = measure - self.gaps();
        let natural: Vec<Length> = self.needs.iter().map(|need| need.natural).collect();
        if natural.iter().copied().sum::<Length>() <= room {
            return natural;
        }
        let least = self.least(room);
        let left = room - least.iter().copied().sum::<Length>();
        if left <= Length::ZERO {
            // Not even the pieces fit: the widest columns give, the others stay whole.
            return capped(&least, room);
        }
        let mut widths = fill(&least, &natural, left);
        self.exchange(&mut widths, &least, &natural, room);
        widths
    }

    /// Pieces that cannot be parted; whole words as far as there is room, the smallest claims
    /// first.
    fn least(&self, room: Length) -> Vec<Length> {
        let mut least: Vec<Length> = self.needs.iter().map(|need| need.piece).collect();
        let mut left = room - least.iter().copied().sum::<Length>();
        let mut claims: Vec<(Length, usize)> = (0..)
            .zip(&self.needs)
            .map(|(at, need)| (self.whole(need, room) - need.piece, at))
            .collect();
        claims.sort();
        for (claim, at) in claims {
            if claim <= left {
                least[at] += claim;
                left -= claim;
            }
        }
        least
    }

    fn exchange(&self, widths: &mut [Length], least: &[Length], natural: &[Length], room: Length) {
        let mut portion = room / 8;
        let mut height = self.height(widths);
        while portion >= SMALLEST {
            for _ in 0..widths.len() * 4 {
                let may_grow = |at: usize, width: Length| width + portion <= natural[at];
                let may_give = |at: usize, width: Length| width - portion >= least[at];
                let Some(to) = self.best(widths, portion, None, may_grow) else { break };
                let Some(from) = self.best(widths, -portion, Some(to), may_give) else { break };
                widths[to] += portion;
                widths[from] -= portion;
                let reached = self.height(widths);
                if reached >= height {
                    widths[to] -= portion;
                    widths[from] += portion;
                    break;
                }
                height = reached;
            }
            portion = portion / 2;
        }
    }

    /// The column whose change leaves the table least high.
    fn best(
        &self,
        widths: &mut [Length],
        change: Length,
        but: Option<usize>,
        may: impl Fn(usize, Length) -> bool,
    ) -> Option<usize> {
        let mut best: Option<(i64, usize)> = None;
        for at in (0..widths.len()).filter(|at| Some(*at) != but) {
            if !may(at, widths[at]) {
                continue;
            }
            widths[at] += change;
            let height = self.height(widths);
            widths[at] -= change;
            if best.is_none_or(|(least, _)| height < least) {
                best = Some((height, at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// About how high the table is, in parts of a line.
    fn height(&self, widths: &[Length]) -> i64 {
        // Where the columns begin, and the table ends.
        let mut begins = Vec::with_capacity(widths.len() + 1);
        begins.push(Length::ZERO);
        let mut x = Length::ZERO;
        begins.extend(widths.iter().map(|width| {
            x += *width + self.gap;
            x
        }));
        let lines = |(columns, natural): &(Range<usize>, Length)| {
            let width = begins[columns.end] - begins[columns.start] - self.gap;
            (natural.0.saturating_mul(LINE) / width.0.max(1)).max(LINE)
        };
        let rows = self.rows.iter().map(|row| {
            let cells = row.iter().map(lines);
            let (highest, all) = cells.fold((0, 0), |(most, sum), l| (l.max(most), sum + l));
            highest + all / OTHERS
        });
        rows.sum()
    }
}

fn count_of(columns: usize) -> i64 {
    i64::try_from(columns).unwrap_or(i64::MAX)
}

/// Gives columns together at least some room: what they lack, in proportion to what they have.
fn claim(needs: &mut [Extent], least: Length, part: impl Fn(&mut Extent) -> &mut Length) {
    let all: Length = needs.iter_mut().map(|need| *part(need)).sum();
    let lack = least - all;
    if lack <= Length::ZERO {
        return;
    }
    let count = count_of(needs.len());
    for need in needs {
        let own = part(need);
        *own += if all > Length::ZERO { lack.scale(own.0, all.0) } else { lack / count };
    }
}

/// What is left over goes to the columns in proportion to what they lack: where to begin.
fn fill(least: &[Length], natural: &[Length], left: Length) -> Vec<Length> {
    let lacks: Vec<Length> =
        natural.iter().zip(least).map(|(n, l)| (*n - *l).max(Length::ZERO)).collect();
    let all = lacks.iter().copied().sum::<Length>();
    least
        .iter()
        .zip(&lacks)
        .map(|(least, lack)| *least + left.scale(lack.0, all.0.max(1)))
        .collect()
}

/// Widths cut at one height so that together they fill the room.
fn capped(widths: &[Length], room: Length) -> Vec<Length> {
    let mut sorted = widths.to_vec();
    sorted.sort();
    let mut rest = room.max(Length::ZERO);
    let mut cap = Length::ZERO;
    for (at, width) in sorted.iter().enumerate() {
        let share = rest / count_of(sorted.len() - at);
        cap = share;
        if *width > share {
            break;
        }
        rest -= *width;
        cap = *width;
    }
    widths.iter().map(|width| (*width).min(cap)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(word: i64, natural: i64) -> Extent {
        let word = Length::pt(word);
        Extent { word, piece: word, natural: Length::pt(natural) }
    }

    /// Columns without gaps, of rows whose cells take one slot each.
    fn columns(rows: &[Vec<Extent>]) -> Columns {
        let row = |cells: &Vec<Extent>| (0..).map(Slots::one).zip(cells.iter().copied()).collect();
        let rows: Vec<Vec<(Slots, Extent)>> = rows.iter().map(row).collect();
        Columns::new(rows[0].len(), Length::ZERO, &rows)
    }

    fn points(widths: &[Length]) -> Vec<i64> {
        widths.iter().map(|w| w.0 / Length::PER_POINT).collect()
    }

    #[test]
    fn columns_that_fit_have_the_widths_of_their_cells() {
        let columns = columns(&[vec![cell(10, 30), cell(20, 90)], vec![cell(15, 40); 2]]);
        assert_eq!(points(&columns.widths(Length::pt(200))), [41, 91]);
    }

    #[test]
    fn room_goes_where_it_saves_lines() {
        // The second column is all that is ever high; the first one's long cells are beside it.
        let columns = columns(&vec![vec![cell(20, 100), cell(20, 900)]; 4]);
        let widths = columns.widths(Length::pt(200));
        let sum: Length = widths.iter().copied().sum();
        assert!(sum <= Length::pt(200) && sum > Length::pt(197), "{widths:?}");
        let even = Length::pt(900).0 / widths[1].0;
        let other = Length::pt(100).0 / widths[0].0;
        assert!(other <= even && points(&widths)[1] >= 170, "{:?}", points(&widths));
    }

    #[test]
    fn the_exchange_reaches_the_optimum_of_two_columns() {
        let cells = [vec![cell(10, 400), cell(10, 50)], vec![cell(10, 30), cell(10, 700)]];
        let columns = columns(&cells);
        let room = Length::pt(240);
        let reached = columns.height(&columns.widths(room));
        let best = (11..229)
            .map(|at| columns.height(&[Length::pt(at), room - Length::pt(at)]))
            .min()
            .expect("there are widths");
        assert!(reached * 100 <= best * 101, "{reached} against {best}");
    }

    #[test]
    fn no_column_is_narrower_than_its_longest_word_while_there_is_room() {
        let columns = columns(&[vec![cell(60, 60), cell(40, 400), cell(50, 800)]]);
        let widths = columns.widths(Length::pt(180));
        assert!(widths[0] >= Length::pt(60) && widths[1] >= Length::pt(40), "{widths:?}");
        assert_eq!(columns.percent(Length::pt(180), 75), 100);
        assert_eq!(columns.percent(Length::pt(123), 75), 80);
    }

    #[test]
    fn code_is_broken_before_words_are() {
        let mut code = cell(300, 300);
        code.piece = Length::pt(40);
        let columns = columns(&[vec![cell(60, 200), code]]);
        assert_eq!(columns.percent(Length::pt(150), 75), 100);
        assert!(columns.widths(Length::pt(150))[0] >= Length::pt(60));
    }

    #[test]
    fn a_cell_over_columns_widens_them_as_they_are() {
        let over = Slots { column: 0, columns: 2, rows: 1 };
        let rows = [
            vec![(over, cell(40, 200))],
            vec![(Slots::one(0), cell(10, 30)), (Slots::one(1), cell(20, 60))],
        ];
        let columns = Columns::new(2, Length::pt(10), &rows);
        // 201 points less the gap, divided as 31 and 61.
        assert_eq!(points(&columns.widths(Length::pt(300))), [64, 126]);
        assert_eq!(points(&columns.widths(Length::pt(110))).iter().sum::<i64>(), 99);
    }
}
