//! Lines beside those of others: first fit, as browsers set them, and Knuth and Plass as TeX does,
//! with its parameters and neither protrusion nor expansion. The same words, measure, face, places
//! to hyphenate and code that counts.
//!
//! ```sh
//! cargo test --lib lines_of_others -- --nocapture
//! ENDPAPER_PROSE=/tmp/rust/book cargo test --lib lines_of_others -- --nocapture
//! ```

use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;

use super::design::{Align, Design, Style};
use super::fixture;
use super::galley::Setter;
use super::hyphenate::Hyphenator;
use super::inline::flatten;
use super::itemize::shape;
use super::linebreak::{Breakpoint, Kind, Line, ONE, Shape, break_lines, fit};
use super::pages::TagKind;
use super::paragraph::{Paragraph, Setting};
use super::words::Words;
use crate::book::{self, Block, Inline, SectionKind, Text};
use crate::diag::Diagnostics;
use crate::font::{Faces, Shaper};
use crate::geom::Length;
use crate::manuscript;
use crate::project::{self, Store};

/// How the lines of all paragraphs came out; last lines do not count.
#[derive(Debug, Default)]
struct Figures {
    lines: u64,
    hyphenated: u64,
    loose: u64,
    longest_ladder: u64,
    overfull: u64,
}

impl Figures {
    fn count(&mut self, points: &[Breakpoint], lines: &[Line]) {
        let mut ladder = 0;
        for (at, line) in lines.iter().enumerate() {
            self.overfull += u64::from(line.overfull > Length::pt(1).0 / 4);
            if at + 1 == lines.len() {
                break;
            }
            let hyphen = points[line.to].kind == Kind::Hyphen;
            ladder = if hyphen { ladder + 1 } else { 0 };
            self.lines += 1;
            self.hyphenated += u64::from(hyphen);
            self.loose += u64::from(line.ratio > ONE);
            self.longest_ladder = self.longest_ladder.max(ladder);
        }
    }

    fn hundredths(&self) -> (u64, u64) {
        (self.hyphenated * 10_000 / self.lines, self.loose * 10_000 / self.lines)
    }

    fn tell(&self, name: &str) {
        let (hyphenated, loose) = self.hundredths();
        println!(
            "{name:20} {:6} lines  {:2}.{:02} % hyphenated  {:2}.{:02} % loose  \
             ladder {:2}  {} overfull",
            self.lines,
            hyphenated / 100,
            hyphenated % 100,
            loose / 100,
            loose % 100,
            self.longest_ladder,
            self.overfull
        );
    }
}

#[test]
fn lines_of_others_are_worse() {
    let faces = Faces::bundled();
    let (design, words) = (
        Design::new(&fixture::edition(), &faces, false, &mut Diagnostics::default()),
        BTreeMap::new(),
    );
    let book = fixture::book(Vec::new());
    let hyphenator = Hyphenator::new(&words);
    let known = (Shaper::new(&faces), Words::default());
    let mut setter = Setter::new(&book, &design, known, hyphenator, &[], fixture::SPAN);
    let (mut ours, mut first, mut plain) =
        (Figures::default(), Figures::default(), Figures::default());
    for text in prose() {
        let body = design.styles.body;
        let (points, shape) = points(&mut setter, &text, &body, false);
        let (points, lines) = break_lines(points.0, shape, |_| Some(points.1));
        ours.count(&points, &lines);
        let (points, shape) = self::points(&mut setter, &text, &body, true);
        first.count(&points.1, &first_fit(&points.1, shape));
        let (points, lines) = as_tex(&points, shape);
        plain.count(points, &lines);
    }
    ours.tell("Endpaper");
    first.tell("first fit");
    plain.tell("plain Knuth-Plass");
    let ((hyphenated, loose), (others, others_loose)) = (ours.hundredths(), plain.hundredths());
    assert!(hyphenated <= 900 && loose <= 150, "{ours:?}");
    assert!(ours.longest_ladder < 3 && ours.overfull == 0, "{ours:?}");
    assert!(hyphenated < others && loose < others_loose, "{plain:?}");
    assert!(hyphenated < first.hundredths().0 && loose < first.hundredths().1, "{first:?}");
}

/// The paragraphs of the first book, or those of the book that the environment names.
fn prose() -> Vec<Text> {
    let Some(folder) = env::var_os("ENDPAPER_PROSE") else {
        return fixture::prose().into_iter().filter_map(paragraph).collect();
    };
    let mut said = Diagnostics::default();
    let project = project::load(Store::Disk(PathBuf::from(folder)), &mut said);
    let project = project.expect("the folder can be read").expect("it has a `book.toml`");
    let manuscript = manuscript::read(&project, &mut said);
    let book = book::resolve(&project, &manuscript, 0, &mut said);
    let chapters = book.sections.into_iter().filter_map(|section| match section.kind {
        SectionKind::Chapter(chapter) => Some(chapter.blocks),
        _ => None,
    });
    chapters.flatten().filter_map(paragraph).collect()
}

/// A paragraph's words without their marks.
fn paragraph(block: Block) -> Option<Text> {
    let Block::Paragraph(text) = block else { return None };
    let words = text.plain();
    let inlines = vec![Inline::Text(words, text.span)];
    Some(Text { inlines, ..text })
}

/// The places of a paragraph, without and with hyphens; `bare` as TeX has them.
fn points(
    setter: &mut Setter<'_>,
    text: &Text,
    style: &Style,
    bare: bool,
) -> ((Vec<Breakpoint>, Vec<Breakpoint>), Shape) {
    let tag = setter.structure.add(TagKind::Paragraph);
    let flat = flatten(setter, text, style, tag);
    let measure = Length::pt(340);
    let setting = Setting::new(measure, Length::ZERO);
    // Ragged text has no protrusion.
    let align = if bare { Align::Start } else { Align::Justified };
    let style = Style { align, ..*style };
    let (runs, glyphs) = shape(setter, &flat);
    let mut paragraph = Paragraph::new(&flat, (runs, glyphs), &style, setting, false);
    if bare {
        forget_expansion(&mut paragraph);
    }
    let places = paragraph.places();
    let mut plain = paragraph.points(&places);
    let hyphens = paragraph.hyphen_places(setter);
    let merged = paragraph.merge((&places, &plain), hyphens);
    let mut all = merged.map_or_else(|| plain.clone(), |(_, points)| points);
    if bare {
        // TeX's `\hyphenpenalty` and `\exhyphenpenalty`.
        plain.iter_mut().chain(&mut all).for_each(|point| point.penalty = point.penalty.min(50));
    }
    let shortest_last = if bare { 0 } else { 2 * style.size.0 };
    let shape =
        Shape { measure: measure.0, justified: true, shortest_last, lines: None, beside: (0, 0) };
    ((plain, all), shape)
}

/// Only spaces stretch and shrink.
fn forget_expansion(paragraph: &mut Paragraph<'_>) {
    let (mut stretch, mut shrink) = (0, 0);
    for (at, total) in paragraph.totals.iter_mut().enumerate() {
        (total.stretch, total.shrink) = (stretch, shrink);
        if let Some(space) = paragraph.glyphs.get(at).filter(|glyph| glyph.space) {
            stretch += space.shaped.advance.0 / 2;
            shrink += space.shaped.advance.0 / 3;
        }
    }
}

/// Each line takes what fits at its natural width.
fn first_fit(points: &[Breakpoint], shape: Shape) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut from = 0;
    while from + 1 < points.len() {
        let fits =
            |to: &usize| fit(&points[from], &points[*to], shape, 0, false).natural <= shape.measure;
        let to = (from + 1..points.len()).take_while(fits).last().unwrap_or(from + 1);
        let it = fit(&points[from], &points[to], shape, 0, to + 1 == points.len());
        lines.push(Line { from, to, ratio: it.ratio, overfull: it.overfull });
        from = to;
    }
    lines
}

/// A way to a breakpoint, as TeX keeps it.
#[derive(Clone, Copy)]
struct Node {
    line: Line,
    previous: Option<usize>,
    demerits: i64,
    class: u8,
    hyphen: bool,
}

/// TeX's two passes, `\pretolerance=100` and `\tolerance=200`, without emergency stretch.
fn as_tex(
    (plain, all): &(Vec<Breakpoint>, Vec<Breakpoint>),
    shape: Shape,
) -> (&Vec<Breakpoint>, Vec<Line>) {
    match tex_pass(plain, shape, (100, false)) {
        Some(lines) => (plain, lines),
        None => (all, tex_pass(all, shape, (200, true)).expect("the last pass finds lines")),
    }
}

fn tex_pass(
    points: &[Breakpoint],
    shape: Shape,
    (tolerance, is_final): (i64, bool),
) -> Option<Vec<Line>> {
    let start = Line { from: 0, to: 0, ratio: 0, overfull: 0 };
    let mut nodes =
        vec![Node { line: start, previous: None, demerits: 0, class: 1, hyphen: false }];
    let mut active = vec![0];
    for to in 1..points.len() {
        let is_last = to + 1 == points.len();
        let mut found: Vec<Node> = Vec::new();
        let mut kept = Vec::new();
        for (left, &at) in (1..=active.len()).rev().zip(&active) {
            let from = nodes[at].line.to;
            let it = fit(&points[from], &points[to], shape, 0, is_last);
            let line = Line { from, to, ratio: it.ratio.max(-ONE), overfull: it.overfull };
            if it.ratio >= -ONE {
                kept.push(at);
            } else if !(is_final && left == 1 && kept.is_empty() && found.is_empty()) {
                continue;
            }
            if it.ratio >= -ONE && it.badness > tolerance && !is_last {
                continue;
            }
            let badness = if it.ratio < -ONE { 0 } else { it.badness };
            let node = tex_node(&nodes[at], (line, at), (points[to], badness), is_last);
            match found.iter_mut().find(|known| known.class == node.class) {
                Some(known) if known.demerits > node.demerits => *known = node,
                Some(_) => {}
                None => found.push(node),
            }
        }
        active = if points[to].kind == Kind::Forced { Vec::new() } else { kept };
        for node in found {
            active.push(nodes.len());
            nodes.push(node);
        }
        if active.is_empty() {
            return None;
        }
    }
    let mut at = active.into_iter().min_by_key(|at| nodes[*at].demerits);
    let mut lines = Vec::new();
    while let Some(node) = at.map(|at| nodes[at]).filter(|node| node.previous.is_some()) {
        lines.push(node.line);
        at = node.previous;
    }
    lines.reverse();
    Some(lines)
}

fn tex_node(
    before: &Node,
    (line, previous): (Line, usize),
    (point, badness): (Breakpoint, i64),
    is_last: bool,
) -> Node {
    let class: u8 = match line.ratio {
        r if r < -ONE / 2 => 0,
        r if r <= ONE / 2 => 1,
        r if r <= ONE => 2,
        _ => 3,
    };
    let hyphen = point.kind == Kind::Hyphen;
    let mut demerits = (10 + badness) * (10 + badness) + point.penalty * point.penalty;
    demerits += if class.abs_diff(before.class) > 1 { 10_000 } else { 0 };
    demerits += if before.hyphen && hyphen { 10_000 } else { 0 };
    demerits += if before.hyphen && is_last { 5_000 } else { 0 };
    let demerits = before.demerits + demerits;
    Node { line, previous: Some(previous), demerits, class, hyphen }
}
