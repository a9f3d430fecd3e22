//! Optimum line breaking: Knuth and Plass, "Breaking Paragraphs into Lines" (1981), with character
//! protrusion and font expansion inside the widths, and a limit on ladders of hyphens.
//!
//! This module knows no fonts and no text: it chooses among [`Breakpoint`]s. All arithmetic is on
//! integers (widths in 1/65536 pt), so every machine breaks every paragraph alike.

/// A place where a line may end, with running totals over the paragraph up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Breakpoint {
    /// Total before a line that ends here: spaces at its end are not counted.
    pub end: Totals,
    /// Total before a line that begins here: spaces at its beginning are counted as gone.
    pub start: Totals,
    /// Width that ending here adds: the hyphen, changed kerning; protrusion is subtracted.
    pub end_extra: i64,
    /// Width that beginning here adds: changed kerning, an indent; protrusion is subtracted.
    pub start_extra: i64,
    /// Cost of ending here, in TeX's units: 0 is a space, 50 a hyphen.
    pub penalty: i64,
    /// What kind of place it is.
    pub kind: Kind,
}

/// Running totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    /// Natural width.
    pub width: i64,
    /// How far it can stretch at ratio 1.
    pub stretch: i64,
    /// How far it can shrink at ratio -1.
    pub shrink: i64,
}

/// What kind of place a breakpoint is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Between words, or after a mark.
    #[default]
    Plain,
    /// A hyphen is put in.
    Hyphen,
    /// The line must end here.
    Forced,
}

/// What kind of paragraph it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Width of every line.
    pub measure: i64,
    /// Whether lines fill the measure.
    pub justified: bool,
    /// Width under which a last line is a runt: the next paragraph's indent would stick out.
    pub shortest_last: i64,
    /// How many lines it must have, whatever is best; only as a page may ask for it.
    pub lines: Option<usize>,
    /// How many lines, from the first one on, have another width, and which.
    pub beside: (usize, i64),
}

impl Shape {
    /// The shape as one line has it.
    fn of_line(self, line: usize) -> Self {
        let measure = if line < self.beside.0 { self.beside.1 } else { self.measure };
        Self { measure, ..self }
    }

    /// What is told apart of a line's number: two ways to one place are alike if the same lies
    /// before them.
    fn number(&self, line: usize) -> usize {
        if self.lines.is_some() { line } else { line.min(self.beside.0) }
    }
}

/// A chosen line: from one breakpoint to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Index of the breakpoint it begins at.
    pub from: usize,
    /// Index of the breakpoint it ends at.
    pub to: usize,
    /// Adjustment ratio in 1/1024: 1024 uses all stretch, -1024 all shrink.
    pub ratio: i64,
    /// How far it sticks out of the measure, if it does.
    pub overfull: i64,
}

/// Which breakpoints a pass may use and how loose its lines may be.
#[derive(Clone, Copy)]
struct Pass {
    tolerance: i64,
    hyphens: bool,
    emergency: i64,
    accept_overfull: bool,
}

/// One ratio unit.
pub(super) const ONE: i64 = 1024;
/// No line is looser than this, so that the cube of a ratio fits.
const FURTHEST: i64 = 100 * ONE;
/// Badness of a line that cannot be set.
const INFINITE: i64 = 10_000;
/// TeX's `\linepenalty`.
const LINE_PENALTY: i64 = 10;
/// TeX's `\adjdemerits`: neighbouring lines of visibly different colour.
const ADJACENT_DEMERITS: i64 = 10_000;
/// TeX's `\doublehyphendemerits`.
const DOUBLE_HYPHEN_DEMERITS: i64 = 10_000;
/// TeX's `\finalhyphendemerits`: the last line but one ends in a hyphen.
const FINAL_HYPHEN_DEMERITS: i64 = 5_000;
/// The last line is nothing but the end of a divided word: as bad as three hyphens.
const DIVIDED_END_DEMERITS: i64 = 200_000;
/// A line looser than ratio 1: with the hyphen's penalty this says how many hyphens it is worth to be
/// rid of such a line. `bench/README.md` has what others do to the lines of a book.
const LOOSE_DEMERITS: i64 = 50_000;
/// A last line shorter than the next paragraph's indent.
const RUNT_DEMERITS: i64 = 60_000;
/// Nodes this much worse than the best of their breakpoint are dropped.
const PRUNE_ABOVE: i64 = 40_000_000;
/// Hyphens on consecutive lines: two are dear, three are forbidden.
const MOST_HYPHENS: u8 = 2;

/// The badness of a line of ratio 1: what needs no hyphen to stay below it gets none. Paragraphs that
/// must have a number of lines stay below it in any case, since what a page gains must not be lost in
/// its lines.
const TOLERANCE: i64 = 100;

/// The passes in order: each is tried when the one before found no way. The second one weighs hyphens
/// and loose lines against each other, as far as lines can be loose.
fn passes(shape: Shape) -> Vec<Pass> {
    let pass = |tolerance, hyphens, emergency, accept_overfull| Pass {
        tolerance,
        hyphens,
        emergency: shape.measure * emergency / 100,
        accept_overfull,
    };
    if shape.lines.is_some() {
        return vec![pass(TOLERANCE, false, 0, false), pass(TOLERANCE, true, 0, false)];
    }
    vec![
        pass(TOLERANCE, false, 0, false),
        pass(800, true, 0, false),
        pass(800, true, 3, false),
        pass(3000, true, 8, false),
        pass(INFINITE, true, 20, true),
    ]
}

/// Chooses the lines of a paragraph. `points` begins with the paragraph's start and ends with a
/// forced break; `with_hyphens` is asked for the same list with hyphenation points only when
/// there is no good way without.
pub(super) fn break_lines(
    points: Vec<Breakpoint>,
    shape: Shape,
    with_hyphens: impl FnOnce(&[Breakpoint]) -> Option<Vec<Breakpoint>>,
) -> (Vec<Breakpoint>, Vec<Line>) {
    let (points, lines) = try_passes(points, shape, with_hyphens);
    let lines = lines.unwrap_or_else(|| first_fit(&points, shape));
    (points, lines)
}

/// The same for a paragraph that must have a number of lines ([`Shape::lines`]); `None` when it
/// cannot have it and look well.
pub(super) fn break_into(
    points: Vec<Breakpoint>,
    shape: Shape,
    with_hyphens: impl FnOnce(&[Breakpoint]) -> Option<Vec<Breakpoint>>,
) -> Option<(Vec<Breakpoint>, Vec<Line>)> {
    let (points, lines) = try_passes(points, shape, with_hyphens);
    Some((points, lines?))
}

fn try_passes(
    mut points: Vec<Breakpoint>,
    shape: Shape,
    with_hyphens: impl FnOnce(&[Breakpoint]) -> Option<Vec<Breakpoint>>,
) -> (Vec<Breakpoint>, Option<Vec<Line>>) {
    let mut with_hyphens = Some(with_hyphens);
    for pass in passes(shape) {
        if pass.hyphens
            && let Some(more) = with_hyphens.take().and_then(|more| more(&points))
        {
            points = more;
        }
        if let Some(lines) = attempt(&points, shape, pass) {
            return (points, Some(lines));
        }
    }
    (points, None)
}

/// A way to reach a breakpoint.
#[derive(Clone, Copy)]
struct Node {
    point: usize,
    line: usize,
    fitness: u8,
    ladder: u8,
    demerits: i64,
    previous: usize,
    ratio: i64,
    overfull: i64,
}

/// What is to be said of a line's end.
#[derive(Clone, Copy)]
struct End {
    /// It is the paragraph's.
    last: bool,
    /// And the line holds nothing but the end of a divided word.
    is_word_end: bool,
}

fn attempt(points: &[Breakpoint], shape: Shape, pass: Pass) -> Option<Vec<Line>> {
    let mut nodes = vec![Node {
        point: 0,
        line: 0,
        fitness: 1,
        ladder: 0,
        demerits: 0,
        previous: usize::MAX,
        ratio: 0,
        overfull: 0,
    }];
    let mut active = vec![0usize];
    let mut kept: Vec<usize> = Vec::new();
    let mut found: Vec<Node> = Vec::new();
    let loosest = loosest(pass.tolerance);
    for (at, point) in points.iter().enumerate().skip(1) {
        if point.kind == Kind::Hyphen && !pass.hyphens {
            continue;
        }
        let last = at + 1 == points.len();
        let may_be_short = last || point.kind == Kind::Forced;
        kept.clear();
        let mut least_bad: Option<Node> = None;
        for &from in &active {
            let node = &nodes[from];
            let (start, shape) = (&points[node.point], shape.of_line(node.line));
            if !may_be_short && is_looser(start, point, shape, (pass.emergency, loosest)) {
                kept.push(from);
                continue;
            }
            let fit = fit(start, point, shape, pass.emergency, last);
            if fit.ratio >= -ONE {
                if point.kind != Kind::Forced {
                    kept.push(from);
                }
                if fit.badness <= pass.tolerance || (last && fit.badness < INFINITE) {
                    let is_word_end = last && node.ladder > 0 && {
                        let mut inner = points[node.point + 1..at].iter();
                        inner.all(|point| point.kind == Kind::Hyphen)
                    };
                    let end = End { last, is_word_end };
                    consider(&mut found, (node, from), (at, point), &fit, shape, end);
                }
            } else if pass.accept_overfull {
                let candidate = Node {
                    point: at,
                    line: node.line + 1,
                    fitness: 0,
                    ladder: 0,
                    demerits: node.demerits + 1_000_000_000 + fit.overfull / 1024,
                    previous: from,
                    ratio: -ONE,
                    overfull: fit.overfull,
                };
                if least_bad.is_none_or(|best| candidate.demerits < best.demerits) {
                    least_bad = Some(candidate);
                }
            }
        }
        if found.is_empty()
            && (kept.is_empty() || point.kind == Kind::Forced)
            && let Some(node) = least_bad
        {
            found.push(node);
        }
        std::mem::swap(&mut active, &mut kept);
        push_found(&mut nodes, &mut active, &mut found, shape);
        if active.is_empty() {
            return None;
        }
    }
    best_end(&nodes, &active, shape).map(|end| trace(&nodes, end))
}

/// A line as it would be.
pub(super) struct Fit {
    pub natural: i64,
    pub ratio: i64,
    pub badness: i64,
    pub overfull: i64,
}

/// How a line between two breakpoints would sit in the measure.
pub(super) fn fit(
    from: &Breakpoint,
    to: &Breakpoint,
    shape: Shape,
    emergency: i64,
    last: bool,
) -> Fit {
    let natural = to.end.width - from.start.width + from.start_extra + to.end_extra;
    let slack = shape.measure - natural;
    let loose = Fit { natural, ratio: 0, badness: 0, overfull: 0 };
    if slack >= 0 {
        if last || to.kind == Kind::Forced {
            return loose;
        }
        let stretch = stretch(from, to, shape, emergency);
        let ratio = if stretch <= 0 { FURTHEST } else { (slack * ONE / stretch).min(FURTHEST) };
        return Fit { natural, ratio, badness: badness(ratio), overfull: 0 };
    }
    let shrink = if shape.justified { to.end.shrink - from.start.shrink } else { 0 };
    if -slack > shrink {
        return Fit { natural, ratio: -2 * ONE, badness: INFINITE, overfull: -slack - shrink };
    }
    let ratio = slack * ONE / shrink.max(1);
    Fit { natural, ratio, badness: badness(ratio), overfull: 0 }
}

/// Whether a line that has to fill the measure is looser than a ratio: what [`fit`] would say, without
/// a division, since most lines that are looked at are far too short.
fn is_looser(
    from: &Breakpoint,
    to: &Breakpoint,
    shape: Shape,
    (emergency, ratio): (i64, i64),
) -> bool {
    let natural = to.end.width - from.start.width + from.start_extra + to.end_extra;
    let slack = shape.measure - natural;
    let stretch = stretch(from, to, shape, emergency);
    slack >= 0 && ratio < FURTHEST && slack * ONE >= (ratio + 1) * stretch.max(0)
}

/// How far a line can stretch at ratio 1. Ragged text: the right edge takes the slack; a fifth of the
/// measure counts as one unit.
fn stretch(from: &Breakpoint, to: &Breakpoint, shape: Shape, emergency: i64) -> i64 {
    if shape.justified {
        to.end.stretch - from.start.stretch + emergency
    } else {
        shape.measure / 5
    }
}

/// The greatest ratio of lines that a tolerance allows.
fn loosest(tolerance: i64) -> i64 {
    let (mut allowed, mut beyond) = (0, FURTHEST);
    if badness(beyond) <= tolerance {
        return beyond;
    }
    while beyond - allowed > 1 {
        let middle = (allowed + beyond) / 2;
        *if badness(middle) <= tolerance { &mut allowed } else { &mut beyond } = middle;
    }
    allowed
}

/// TeX's badness, `100 |r|^3`, at most 10000.
fn badness(ratio: i64) -> i64 {
    let r = ratio.abs().min(FURTHEST);
    (100 * r * r * r / (ONE * ONE * ONE)).min(INFINITE)
}

/// TeX's fitness classes: tight, decent, loose, very loose.
fn fitness(ratio: i64) -> u8 {
    match ratio {
        r if r < -ONE / 2 => 0,
        r if r <= ONE / 2 => 1,
        r if r <= ONE => 2,
        _ => VERY_LOOSE,
    }
}

/// The class of lines looser than ratio 1.
const VERY_LOOSE: u8 = 3;

fn consider(
    found: &mut Vec<Node>,
    (node, from): (&Node, usize),
    (at, point): (usize, &Breakpoint),
    fit: &Fit,
    shape: Shape,
    end: End,
) {
    let hyphen = point.kind == Kind::Hyphen;
    let ladder = if hyphen { node.ladder + 1 } else { 0 };
    if ladder > MOST_HYPHENS {
        return;
    }
    let class = if shape.justified { fitness(fit.ratio) } else { 1 };
    let base = LINE_PENALTY + fit.badness;
    let mut demerits = if point.penalty >= 0 {
        (base + point.penalty) * (base + point.penalty)
    } else {
        base * base - point.penalty * point.penalty
    };
    if class.abs_diff(node.fitness) > 1 {
        demerits += ADJACENT_DEMERITS;
    }
    if class == VERY_LOOSE {
        demerits += LOOSE_DEMERITS;
    }
    if ladder > 1 {
        demerits += DOUBLE_HYPHEN_DEMERITS;
    }
    if end.last {
        demerits += if end.is_word_end { DIVIDED_END_DEMERITS } else { 0 };
        demerits += if node.ladder > 0 { FINAL_HYPHEN_DEMERITS } else { 0 };
        demerits += if fit.natural < shape.shortest_last { RUNT_DEMERITS } else { 0 };
    }
    let candidate = Node {
        point: at,
        line: node.line + 1,
        fitness: class,
        ladder,
        demerits: node.demerits + demerits,
        previous: from,
        ratio: fit.ratio,
        overfull: 0,
    };
    keep_best(found, candidate, shape);
}

/// Keeps the best node for each (fitness, ladder) and, where the number of lines matters, number.
fn keep_best(found: &mut Vec<Node>, candidate: Node, shape: Shape) {
    let same = found.iter_mut().find(|n| {
        n.fitness == candidate.fitness
            && n.ladder == candidate.ladder
            && shape.number(n.line) == shape.number(candidate.line)
    });
    match same {
        Some(node) if candidate.demerits < node.demerits => *node = candidate,
        Some(_) => {}
        None => found.push(candidate),
    }
}

/// Moves what was found to the nodes.
fn push_found(nodes: &mut Vec<Node>, active: &mut Vec<usize>, found: &mut Vec<Node>, shape: Shape) {
    let best = found.iter().map(|n| n.demerits).min().unwrap_or(0);
    for node in found.drain(..) {
        if shape.lines.is_some() || node.demerits <= best + PRUNE_ABOVE {
            active.push(nodes.len());
            nodes.push(node);
        }
    }
}

/// The best way to the end with the right number of lines.
fn best_end(nodes: &[Node], active: &[usize], shape: Shape) -> Option<usize> {
    let ends = active.iter().copied();
    let ends = ends.filter(|end| shape.lines.is_none_or(|lines| nodes[*end].line == lines));
    ends.min_by_key(|end| nodes[*end].demerits)
}

fn trace(nodes: &[Node], end: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = end;
    while nodes[at].previous != usize::MAX {
        let node = nodes[at];
        let from = nodes[node.previous].point;
        lines.push(Line { from, to: node.point, ratio: node.ratio, overfull: node.overfull });
        at = node.previous;
    }
    lines.reverse();
    lines
}

/// The last resort, which always finds lines: each takes as much as fits.
fn first_fit(points: &[Breakpoint], shape: Shape) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut from = 0;
    while from + 1 < points.len() {
        let shape = shape.of_line(lines.len());
        let mut to = from + 1;
        while to + 1 < points.len() && points[to].kind != Kind::Forced {
            let next = fit(&points[from], &points[to + 1], shape, 0, to + 2 == points.len());
            if next.ratio < -ONE {
                break;
            }
            to += 1;
        }
        let it = fit(&points[from], &points[to], shape, 0, to + 1 == points.len());
        let ratio = it.ratio.clamp(-ONE, FURTHEST);
        lines.push(Line { from, to, ratio, overfull: it.overfull });
        from = to;
    }
    lines
}

#[cfg(test)]
mod tests;
