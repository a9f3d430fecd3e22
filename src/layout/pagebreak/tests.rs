//! Galleys of plain rows, cut into pages of a few lines.

use super::*;
use crate::book::NoteId;
use crate::layout::column::WIDOW;

const LINE: Length = Length::pt(10);

fn block(lines: i64) -> Block {
    Block { depth: LINE * lines, leading: LINE, note_gap: LINE, recto: true }
}

fn paragraph(lines: usize) -> Vec<Row> {
    (1..=lines)
        .map(|at| {
            let mut row = Row::blank(LINE);
            row.grid = true;
            let edge = lines > 1 && (at == 1 || at + 1 == lines);
            row.break_after = Some(if edge { WIDOW } else { 0 });
            row
        })
        .collect()
}

fn cuts(rows: Vec<Row>, lines: i64) -> Vec<(usize, usize)> {
    let galley = Galley { rows, ..Galley::default() };
    cut(&galley, block(lines)).iter().map(|c| (c.from, c.to)).collect()
}

#[test]
fn a_widow_is_avoided_by_a_short_page() {
    assert_eq!(cuts([paragraph(6), paragraph(5)].concat(), 10), [(0, 9), (9, 11)]);
}

#[test]
fn a_row_taller_than_the_page_has_a_page_of_its_own() {
    let mut rows = paragraph(2);
    rows.push(Row::blank(LINE * 30));
    rows.extend(paragraph(2));
    let galley = Galley { rows, ..Galley::default() };
    let cuts = cut(&galley, block(10));
    assert_eq!(cuts.iter().filter(|c| c.overfull).count(), 1);
    assert_eq!(cuts.last().map(|c| c.to), Some(5));
}

#[test]
fn a_figure_that_does_not_fit_moves_on_and_text_fills_the_page() {
    let mut rows: Vec<Row> = (0..7).flat_map(|_| paragraph(1)).collect();
    // Five lines with the space below it.
    let mut figure = Row::blank(LINE * 9 / 2);
    figure.float = Some(DEFERRED);
    rows.push(figure);
    rows.extend((0..8).flat_map(|_| paragraph(1)));
    let galley = Galley { rows, ..Galley::default() };
    let pages = cut(&galley, block(10));
    assert_eq!((pages[0].to, pages[0].deferred.clone()), (11, vec![7]));
    assert_eq!((pages[1].from, pages[1].top.clone()), (11, vec![7]));
}

/// Single lines, and figures that float where a height is given.
fn with_figures(parts: &[(usize, i64)]) -> Galley {
    let mut rows: Vec<Row> = Vec::new();
    for (lines, height) in parts {
        rows.extend((0..*lines).flat_map(|_| paragraph(1)));
        let mut figure = Row::blank(LINE * *height - LINE / 2);
        figure.float = Some(DEFERRED);
        rows.extend((*height > 0).then_some(figure));
    }
    Galley { rows, ..Galley::default() }
}

#[test]
fn any_figure_of_a_page_may_be_the_first_that_waits() {
    let galley = with_figures(&[(2, 3), (2, 5), (12, 0)]);
    let pages = cut(&galley, block(10));
    assert_eq!((pages[0].to, pages[0].deferred.clone()), (9, vec![5]));
    assert_eq!((pages[1].from, pages[1].top.clone()), (9, vec![5]));
}

#[test]
fn figures_wait_together_in_their_order() {
    let galley = with_figures(&[(7, 5), (0, 5), (0, 5), (22, 0)]);
    let pages = cut(&galley, block(10));
    assert_eq!((pages[0].to, pages[0].deferred.clone()), (13, vec![7, 8, 9]));
    assert_eq!((pages[1].top.clone(), pages[1].to), (vec![7, 8], 13));
    assert_eq!((pages[2].top.clone(), pages[2].to), (vec![9], 18));
}

#[test]
fn a_figure_does_not_wait_until_the_next_section() {
    let mut galley = with_figures(&[(7, 5), (2, 0), (20, 0)]);
    galley.rows[10].running = Some("B".to_owned());
    let pages = cut(&galley, block(10));
    assert_eq!((pages[0].to, pages[0].deferred.clone()), (10, vec![7]), "{pages:?}");
    assert_eq!((pages[1].from, pages[1].top.clone()), (10, vec![7]));
}

#[test]
fn a_figure_that_is_introduced_waits_only_before_a_large_hole() {
    let waits = |lines: usize, cost: i64| {
        let mut galley = with_figures(&[(lines, 5), (9, 0)]);
        galley.rows[lines].float = Some(cost);
        !cut(&galley, block(10))[0].deferred.is_empty()
    };
    assert!(waits(7, DEFERRED) && !waits(7, INTRODUCED));
    let mut galley = with_figures(&[(11, 14), (29, 0)]);
    galley.rows[11].float = Some(INTRODUCED);
    assert_eq!(cut(&galley, block(20))[0].deferred, [11]);
}

#[test]
fn sheets_wait_together_and_have_pages_of_their_own() {
    let mut rows: Vec<Row> = (0..5).flat_map(|_| paragraph(1)).collect();
    for joined in [false, true, true] {
        let mut sheet = Row::blank(LINE * 10);
        (sheet.float, sheet.joined) = (Some(DEFERRED), joined);
        rows.push(sheet);
    }
    rows.extend((0..9).flat_map(|_| paragraph(1)));
    let galley = Galley { rows, ..Galley::default() };
    let pages = cut(&galley, block(10));
    assert_eq!((pages[0].to, pages[0].deferred.clone()), (13, vec![5, 6, 7]));
    let tops: Vec<_> = pages.iter().map(|page| page.top.first().copied()).collect();
    assert_eq!(tops, [None, Some(5), Some(6), Some(7), None]);
    assert_eq!((pages[4].from, pages[4].to), (13, 17));
}

#[test]
fn a_figure_at_the_very_end_is_not_lost() {
    let mut rows: Vec<Row> = (0..9).flat_map(|_| paragraph(1)).collect();
    let mut figure = Row::blank(LINE * 5);
    figure.float = Some(DEFERRED);
    rows.push(figure);
    rows.extend(paragraph(1));
    let galley = Galley { rows, ..Galley::default() };
    let pages = cut(&galley, block(10));
    let shown = pages.iter().filter(|c| c.top == [9]).count()
        + pages.iter().filter(|c| (c.from..c.to).contains(&9) && c.deferred.is_empty()).count();
    assert_eq!(shown, 1, "{pages:?}");
}

#[test]
fn a_note_longer_than_the_page_is_split_and_nothing_is_lost() {
    let mut rows: Vec<Row> = (0..4).flat_map(|_| paragraph(1)).collect();
    rows[2].notes.push(NoteId(0));
    let mut galley = Galley { rows, ..Galley::default() };
    galley.notes.insert(NoteId(0), paragraph(25));
    let pages = cut(&galley, block(10));
    let shown: Vec<usize> = pages.iter().flat_map(|c| c.notes.clone()).collect();
    assert_eq!(shown, (0..25).collect::<Vec<_>>(), "{pages:?}");
    assert!(pages.iter().all(|c| !c.overfull && c.notes.len() <= 9), "{pages:?}");
}

#[test]
fn notes_take_their_room_from_the_page_that_calls_them() {
    let mut rows: Vec<Row> = (0..12).flat_map(|_| paragraph(1)).collect();
    rows[8].notes.push(NoteId(0));
    let mut galley = Galley { rows, ..Galley::default() };
    galley.notes.insert(NoteId(0), paragraph(3));
    let pages = cut(&galley, block(10));
    assert_eq!(pages.iter().map(|c| (c.from, c.to)).collect::<Vec<_>>(), [(0, 8), (8, 12)]);
    assert_eq!((pages[0].notes.clone(), pages[1].notes.clone()), (0..0, 0..3));
}

#[test]
fn text_goes_on_above_the_rest_of_a_long_note() {
    let mut rows: Vec<Row> = (0..21).flat_map(|_| paragraph(1)).collect();
    rows[1].notes.push(NoteId(0));
    let mut galley = Galley { rows, ..Galley::default() };
    galley.notes.insert(NoteId(0), paragraph(11));
    let pages = cut(&galley, block(10));
    assert_eq!((pages[0].to, pages[0].notes.clone()), (2, 0..7), "{pages:?}");
    assert_eq!((pages[1].from, pages[1].to, pages[1].notes.clone()), (2, 7, 7..11), "{pages:?}");
    assert!(pages.iter().rev().skip(1).all(|page| page.empty == Some(0)), "{pages:?}");
}

#[test]
fn a_note_that_fits_on_the_page_of_its_call_is_whole() {
    let mut rows: Vec<Row> = (0..20).flat_map(|_| paragraph(1)).collect();
    rows[6].notes.push(NoteId(0));
    let mut galley = Galley { rows, ..Galley::default() };
    galley.notes.insert(NoteId(0), paragraph(5));
    let pages = cut(&galley, block(10));
    assert_eq!((pages[0].to, pages[0].notes.clone()), (6, 0..0), "{pages:?}");
    assert_eq!(pages[1].notes, 0..5, "{pages:?}");
}

#[test]
fn a_note_follows_a_row_that_leaves_it_no_room() {
    let mut rows = vec![Row::blank(LINE * 9)];
    rows[0].notes.push(NoteId(0));
    rows.extend(paragraph(3));
    let mut galley = Galley { rows, ..Galley::default() };
    galley.notes.insert(NoteId(0), paragraph(2));
    let pages = cut(&galley, block(10));
    assert_eq!((pages[0].to, pages[0].notes.clone(), pages[0].overfull), (1, 0..0, false));
    assert_eq!((pages[1].to, pages[1].notes.clone()), (4, 0..2), "{pages:?}");
}

#[test]
fn a_recto_does_not_end_in_a_hyphen() {
    let mut rows: Vec<Row> = (0..20).flat_map(|_| paragraph(1)).collect();
    rows[9].hyphen = true;
    rows[8].hyphen = true;
    assert_eq!(cuts(rows, 10)[0], (0, 8));
}

#[test]
fn a_shorter_paragraph_cures_a_widow() {
    let rows = [paragraph(4), paragraph(7)].concat();
    let galley = Galley { rows, ..Galley::default() };
    let offers = [Offer { rows: 0..4, lines: -1, cost: 700 }];
    let pages = cut_with(&galley, block(10), &offers);
    assert_eq!(pages.taken, [0]);
    assert_eq!(pages.cuts.len(), 1, "{pages:?}");
}

#[test]
fn a_page_may_be_short_before_the_opening_of_a_section() {
    // Seven lines of a page of twenty, then a title of twelve and a paragraph of three lines.
    let mut rows: Vec<Row> = (0..7).flat_map(|_| paragraph(1)).collect();
    let mut title = Row::blank(LINE * 12);
    title.break_after = None;
    rows.push(title);
    rows.extend(paragraph(3));
    rows.extend((0..10).flat_map(|_| paragraph(1)));
    assert_eq!(cuts(rows.clone(), 20)[0], (0, 9));
    rows[7].running = Some("B".to_owned());
    assert_eq!(cuts(rows, 20)[0], (0, 7));
}

#[test]
fn a_page_may_be_short_where_nothing_but_a_picture_follows() {
    // Rows that may be parted anywhere fill their pages, and the last one is short: no hole is torn
    // between them in its place.
    let mut rows: Vec<Row> = (0..70).flat_map(|_| paragraph(1)).collect();
    let mut picture = Row::blank(LINE * 25);
    picture.float = Some(DEFERRED);
    rows.push(picture);
    let galley = Galley { rows, ..Galley::default() };
    let pages = cut(&galley, block(30));
    let lengths: Vec<usize> = pages.iter().map(|page| page.own().count()).collect();
    assert_eq!(lengths, [30, 30, 10, 1]);
}

/// Lines, a picture across two pages, and lines again.
fn spread(before: usize, behind: usize) -> Galley {
    let mut rows: Vec<Row> = (0..before).flat_map(|_| paragraph(1)).collect();
    for joined in [false, true] {
        let mut half = Row::blank(LINE * 10);
        (half.float, half.joined, half.opens_spread) = (Some(DEFERRED), joined, !joined);
        rows.push(half);
    }
    rows.extend((0..behind).flat_map(|_| paragraph(1)));
    Galley { rows, ..Galley::default() }
}

#[test]
fn a_picture_across_two_pages_waits_for_a_left_hand_page() {
    let tops = |galley: &Galley, recto: bool| -> Vec<(usize, Option<usize>)> {
        let pages = cut(galley, Block { recto, ..block(10) });
        pages.iter().map(|page| (page.to - page.from, page.top.first().copied())).collect()
    };
    let galley = spread(5, 30);
    // The two halves are among the rows of the first page, and stand on the next ones.
    let at_once = [(12, None), (0, Some(5)), (0, Some(6)), (10, None), (10, None), (5, None)];
    assert_eq!(tops(&galley, true), at_once);
    let later = [(12, None), (10, None), (0, Some(5)), (0, Some(6)), (10, None), (5, None)];
    assert_eq!(tops(&galley, false), later);
    // Where no text is left, a page stays blank.
    let end = spread(5, 0);
    assert_eq!(tops(&end, true), [(5, None), (1, None), (1, None)]);
    let end = spread(1, 0);
    assert_eq!(tops(&end, false), [(1, None), (2, None), (0, Some(1)), (0, Some(2))]);
}

/// What the best pages of five lines cost when every end of every page is tried: of the ways to a row the
/// cheaper one for each side is kept. Rows are lines; those that offer to be a line longer cost 700.
fn least(rows: &[Row], offers: &[Offer]) -> Option<i64> {
    let (lines, count) = (5, rows.len());
    let mut best = vec![[None::<(i64, Option<i64>)>; 2]; count + 1];
    best[0][0] = Some((0, None));
    for from in 0..count {
        for side in 0..2 {
            let Some((before, facing)) = best[from][side] else { continue };
            for to in from + 1..=count.min(from + 5) {
                let Some(place) = rows[to - 1].break_after else { continue };
                let room = lines - (to - from) as i64;
                let own = offers.iter().filter(|offer| (from..to).contains(&offer.rows.start));
                for longer in 0..=(own.count().min(2) as i64).min(room) {
                    let empty = room - longer;
                    let facing = facing.filter(|_| side == 0);
                    let uneven = facing.map_or(0, |facing| unevenness(empty - facing));
                    let foot = match to == count {
                        true if from > 0 => shortness(lines - empty),
                        true => 0,
                        false => emptiness(empty) + uneven,
                    };
                    let cost = before + place + longer * 700 + foot;
                    let known = &mut best[to][1 - side];
                    if known.is_none_or(|(least, _)| cost < least) {
                        *known = Some((cost, (to < count).then_some(empty)));
                    }
                }
            }
        }
    }
    best[count].iter().flatten().map(|(cost, _)| *cost).min()
}

#[test]
fn nothing_is_passed_over_that_is_better() {
    let mut state = 7u32;
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    for _ in 0..60 {
        let mut rows: Vec<Row> = (0..14).flat_map(|_| paragraph(1)).collect();
        for row in &mut rows {
            row.break_after = Some([0, 0, 300, 5_000, WIDOW][next(5) as usize]);
        }
        let mut offers = Vec::new();
        for at in 0..rows.len() {
            if next(4) == 0 {
                offers.push(Offer { rows: at..at + 1, lines: 1, cost: 700 });
            }
        }
        let galley = Galley { rows, ..Galley::default() };
        let breaker = break_all(&galley, block(5), &offers, &[0]);
        let end = breaker.best_end(0).expect("it has an end");
        let found = breaker.table.get(State::plain(galley.rows.len()))[end].map(|best| best.cost);
        assert_eq!(found, least(&galley.rows, &offers));
    }
}
