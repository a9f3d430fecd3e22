//! Lines are chosen well among few numbers.

use super::*;

/// Words of the given widths with spaces 4 ± 2 between them.
fn words(widths: &[i64]) -> Vec<Breakpoint> {
    let mut points = vec![Breakpoint::default()];
    let mut total = Totals::default();
    for (i, w) in widths.iter().enumerate() {
        total.width += w;
        let end = total;
        total =
            Totals { width: total.width + 4, stretch: total.stretch + 2, shrink: total.shrink + 1 };
        let kind = if i + 1 == widths.len() { Kind::Forced } else { Kind::Plain };
        points.push(Breakpoint { end, start: total, kind, ..Breakpoint::default() });
    }
    points
}

/// The same with spaces that stretch far.
fn elastic(widths: &[i64]) -> Vec<Breakpoint> {
    let mut points = words(widths);
    for point in &mut points {
        point.end.stretch *= 6;
        point.start.stretch *= 6;
    }
    points
}

fn shape(measure: i64) -> Shape {
    Shape { measure, justified: true, shortest_last: 0, lines: None, beside: (0, 0) }
}

#[test]
fn a_short_paragraph_is_one_line() {
    let (_, lines) = break_lines(words(&[10, 10]), shape(100), |_| None);
    assert_eq!(lines, [Line { from: 0, to: 2, ratio: 0, overfull: 0 }]);
}

#[test]
fn the_optimum_is_not_the_first_fit() {
    // First fit sets 20+4+20 | 50 alone …; the optimum evens the lines out.
    let points = words(&[20, 20, 20, 24, 20, 20, 24]);
    let (_, lines) = break_lines(points, shape(70), |_| None);
    assert!(lines.iter().all(|l| l.ratio.abs() <= 3 * ONE), "{lines:?}");
    assert_eq!(lines.last().map(|l| l.to), Some(7));
}

#[test]
fn a_paragraph_has_as_many_lines_as_it_must_or_none() {
    // Twelve words of 10: four or three on a line.
    let lines = |lines| {
        let shape = Shape { lines, ..shape(60) };
        break_into(elastic(&[10; 12]), shape, |_| None).map(|(_, lines)| lines.len())
    };
    assert_eq!((lines(None), lines(Some(3)), lines(Some(4))), (Some(3), Some(3), Some(4)));
    assert_eq!(lines(Some(9)), None);
}

#[test]
fn a_last_line_is_longer_than_an_indent_where_it_can_be() {
    let last = |shortest_last| {
        let points = elastic(&[20, 20, 20, 20, 20, 4]);
        let shape = Shape { shortest_last, ..shape(118) };
        let (points, lines) = break_lines(points, shape, |_| None);
        let last = lines.last().expect("there is a line");
        points[last.to].end.width - points[last.from].start.width
    };
    assert_eq!(last(0), 4);
    assert!(last(20) > 20);
}

#[test]
fn a_last_line_is_no_end_of_a_word_if_the_line_before_can_be_loose() {
    let ends = |widths: &[i64]| {
        let mut points = words(widths);
        for point in &mut points {
            point.end.stretch *= 3;
            point.start.stretch *= 3;
        }
        let mut divided = points.clone();
        // The fourth word can be divided where the first line is full.
        let before = points[3].start;
        let end = Totals { width: before.width + 12, ..before };
        let kind = Kind::Hyphen;
        divided.insert(4, Breakpoint { end, start: end, penalty: 250, kind, ..points[3] });
        let (points, lines) = break_lines(points, shape(84), |_| Some(divided));
        lines.iter().map(|line| points[line.to].end.width).collect::<Vec<_>>()
    };
    assert_eq!(ends(&[20, 20, 20, 24]), [68, 96]);
    // With a word behind it, it may be.
    assert_eq!(ends(&[20, 20, 20, 24, 30]), [84, 130]);
}

#[test]
fn a_word_wider_than_the_measure_is_told() {
    let (_, lines) = break_lines(words(&[10, 200, 10]), shape(50), |_| None);
    assert!(lines.iter().any(|l| l.overfull > 0));
    assert_eq!(lines.last().map(|l| l.to), Some(3));
}

#[test]
fn three_hyphens_in_a_row_are_never_chosen() {
    // Every third place is a space, the others are hyphens that fit better.
    let mut points = vec![Breakpoint::default()];
    for i in 1..=60 {
        let total = Totals { width: i * 10, stretch: i * 4, shrink: i };
        let kind = if i % 3 == 0 { Kind::Plain } else { Kind::Hyphen };
        let penalty = if i % 3 == 0 { 0 } else { 50 };
        points.push(Breakpoint {
            end: total,
            start: total,
            kind,
            penalty,
            ..Breakpoint::default()
        });
    }
    if let Some(last) = points.last_mut() {
        last.kind = Kind::Forced;
    }
    let (points, lines) = break_lines(points.clone(), shape(50), |_| Some(points));
    let hyphens: Vec<bool> = lines.iter().map(|l| points[l.to].kind == Kind::Hyphen).collect();
    assert!(lines.len() > 5, "{lines:?}");
    assert!(!hyphens.windows(3).any(|w| w == [true; 3]), "{hyphens:?}");
}

#[test]
fn the_first_lines_have_another_width() {
    // Words of 10 with spaces of 4: three fill 38, five fill 66.
    let shape = Shape { beside: (2, 38), ..shape(66) };
    let ends = |lines: Vec<Line>| lines.iter().map(|line| line.to).collect::<Vec<_>>();
    let (points, lines) = break_lines(words(&[10; 16]), shape, |_| None);
    assert_eq!(ends(lines), [3, 6, 11, 16]);
    assert_eq!(ends(first_fit(&points, shape)), [3, 6, 11, 16]);
}
