//! Formulas in lines of text: MathML becomes boxes with glyphs and rules in them.
//!
//! `formulary` sets a formula with the measures of the face's `MATH` table; what it gives in
//! floating point (single operations of IEEE 754, the same on every machine) is rounded to whole
//! units here. A formula is one box, or several with space between them where a line may be
//! broken: behind its relations and signs, as TeX does it.

use crate::book::{Formula, formula_without_css, linear_formula};
use crate::font::FaceId;
use crate::geom::{Length, Point, Rect, Size};
use crate::source::Span;

use super::galley::Setter;
use super::pages::{self, Color, Glyph, Glyphs, Mark, Path, TagId, shift_segment};
use super::terms::{Term, at_edge, terms};

/// Cost of a line's end behind a relation. TeX's `\relpenalty` is five times its hyphen.
const RELATION_PENALTY: i64 = 350;
/// Cost of a line's end behind a sign of arithmetic: TeX's `\binoppenalty`.
const SIGN_PENALTY: i64 = 600;
/// What either costs more within parentheses.
const INSIDE_PENALTY: i64 = 400;
/// Formulas shorter than this many ems are not broken.
const SHORTEST_BROKEN: i64 = 5;

/// A formula, or a part of one, laid out: its origin is the left end of its baseline.
#[derive(Clone, Debug, Default)]
pub(super) struct MathBox {
    /// Its advance.
    pub width: Length,
    /// Height above the baseline.
    pub ascent: Length,
    /// Depth below the baseline.
    pub descent: Length,
    /// What it says in one line.
    pub text: String,
    glyphs: Vec<Glyphs>,
    rules: Vec<Path>,
}

/// A part of a formula in a line.
#[derive(Clone, Debug)]
pub(super) struct MathPart {
    /// What is drawn.
    pub shown: MathBox,
    /// The space behind it and what it costs to end a line there; `None` behind the last.
    pub gap: Option<(Length, i64)>,
}

/// How formulas look.
#[derive(Clone, Copy, Debug)]
pub(super) struct MathLook {
    /// The face, with a `MATH` table.
    pub face: FaceId,
    /// Size of the em.
    pub size: Length,
    /// Its colour.
    pub color: Color,
    /// Whether it stands on lines of its own.
    pub is_displayed: bool,
    /// What it is.
    pub mark: Mark,
    /// Where it is written.
    pub span: Span,
}

impl MathBox {
    /// As an item, with its origin at a point.
    pub(super) fn at(&self, origin: Point, look: &MathLook) -> pages::Item {
        let top = Point::new(origin.x, origin.y - self.ascent);
        let size = Size::new(self.width, self.ascent + self.descent);
        let mut item = pages::Formula {
            origin,
            area: Rect::new(top, size),
            glyphs: self.glyphs.clone(),
            rules: self.rules.clone(),
            text: self.text.clone(),
            mark: look.mark,
            span: look.span,
        };
        item.shift_drawing(origin.x, origin.y);
        pages::Item::Formula(item)
    }
}

impl MathBox {
    /// Draws another box beside, its origin at `x`; what it says is not added.
    pub(super) fn append(&mut self, mut other: Self, x: Length) {
        other.glyphs.iter_mut().for_each(|run| run.origin.x += x);
        let segments = other.rules.iter_mut().flat_map(|rule| &mut rule.segments);
        segments.for_each(|segment| shift_segment(segment, x, Length::ZERO));
        self.width = self.width.max(x + other.width);
        self.ascent = self.ascent.max(other.ascent);
        self.descent = self.descent.max(other.descent);
        self.glyphs.append(&mut other.glyphs);
        self.rules.append(&mut other.rules);
    }
}

/// The parts of a formula in a line of text.
pub(super) fn parts(setter: &mut Setter<'_>, formula: &Formula, look: &MathLook) -> Vec<MathPart> {
    let terms = terms(&formula_without_css(&formula.mathml));
    let whole = lay(setter, &joined(&terms), look);
    let breaks = terms.iter().any(|term| term.operator.is_some());
    // Parts would be put in order by the text's direction.
    if !breaks || setter.right_to_left || whole.width < look.size * SHORTEST_BROKEN {
        let shown = MathBox { text: formula.text.clone(), ..whole };
        return vec![MathPart { shown, gap: None }];
    }
    let mut parts = Vec::new();
    let mut mathml = String::new();
    let mut rest = terms.iter().peekable();
    while let Some(term) = rest.next() {
        let (Some(operator), Some(_)) = (term.operator, rest.peek()) else {
            mathml.push_str(&term.mathml);
            continue;
        };
        let closed = at_edge(&term.mathml, "rspace");
        let mut open = at_edge(&term.mathml, "");
        while let Some(space) = rest.next_if(|next| next.is_space) {
            open.push_str(&space.mathml);
        }
        let gap = lay(setter, &open, look).width - lay(setter, &closed, look).width;
        mathml.push_str(&closed);
        let penalty = if operator.is_relation { RELATION_PENALTY } else { SIGN_PENALTY }
            + if operator.is_inside { INSIDE_PENALTY } else { 0 };
        let mut shown = lay(setter, &std::mem::take(&mut mathml), look);
        shown.text.push(' ');
        parts.push(MathPart { shown, gap: Some((gap, penalty)) });
    }
    if !mathml.is_empty() {
        parts.push(MathPart { shown: lay(setter, &mathml, look), gap: None });
    }
    if let Some(last) = parts.last_mut() {
        last.gap = None;
        last.shown.text.truncate(last.shown.text.trim_end().len());
    }
    parts
}

/// The markup of terms, one behind the other.
pub(super) fn joined(terms: &[Term]) -> String {
    terms.iter().map(|term| term.mathml.as_str()).collect()
}

/// Lays out MathML; nothing for what cannot be read.
pub(super) fn lay(setter: &mut Setter<'_>, mathml: &str, look: &MathLook) -> MathBox {
    let face = setter.shaper.faces().get(look.face);
    let display = if look.is_displayed { "block" } else { "inline" };
    let whole = format!("<math display=\"{display}\">{mathml}</math>");
    let (Some(font), Ok(root)) = (face.math(), formulary::parse(&whole)) else {
        return MathBox::default();
    };
    let text = linear_formula(mathml);
    setter.note_missing(&text, look);
    let options = formulary::LayoutOptions { font_size: look.size.to_pt() as f32 };
    let laid = formulary::layout(&root, font, &options);
    let mut shown = MathBox {
        width: length(laid.width),
        ascent: length(laid.ascent),
        descent: length(laid.descent),
        text,
        ..MathBox::default()
    };
    for item in &laid.items {
        shown.draw(item, look, |glyph| face.character(glyph));
    }
    shown
}

impl MathBox {
    fn draw(
        &mut self,
        item: &formulary::Item,
        look: &MathLook,
        character: impl Fn(u16) -> Option<char>,
    ) {
        match *item {
            formulary::Item::Glyph { id, x, y, size, advance, color, .. } => {
                let origin = Point::new(length(x), length(y));
                let color = ink(color, look);
                let text = character(id.0).map(String::from).unwrap_or_default();
                self.glyph((id.0, length(advance), text), origin, length(size), color, look);
            }
            formulary::Item::Rule { x, y, w, h, color } => {
                self.rule([x, y, w, h], ink(color, look), look);
            }
            formulary::Item::Background { x, y, w, h, color } => {
                self.rule([x, y, w, h], ink(Some(color), look), look);
            }
            // The type may grow.
            _ => {}
        }
    }

    /// Adds a glyph, to the run before it where it goes on with that one's line.
    fn glyph(
        &mut self,
        (id, advance, text): (u16, Length, String),
        origin: Point,
        size: Length,
        color: Color,
        look: &MathLook,
    ) {
        let place = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let glyph = |from| Glyph {
            id,
            advance,
            dx: Length::ZERO,
            dy: Length::ZERO,
            text: (from, from + place(&text)),
        };
        if let Some(run) = self.glyphs.last_mut()
            && (run.size, run.color, run.origin.y) == (size, color, origin.y)
            && let Some((last, before)) = run.glyphs.split_last_mut()
        {
            let start = run.origin.x + before.iter().map(|g| g.advance).sum();
            if origin.x >= start {
                last.advance = origin.x - start;
                run.glyphs.push(glyph(place(&run.text)));
                run.text.push_str(&text);
                return;
            }
        }
        self.glyphs.push(Glyphs {
            face: look.face,
            size,
            stretch: 10_000,
            origin,
            color,
            glyphs: vec![glyph(0)],
            text,
            turned: false,
            mark: look.mark,
            span: look.span,
        });
    }

    fn rule(&mut self, [x, y, w, h]: [f32; 4], color: Color, look: &MathLook) {
        let area = Rect::new(Point::new(length(x), length(y)), Size::new(length(w), length(h)));
        self.rules.push(Path { mark: look.mark, ..Path::rectangle(area, color) });
    }
}

fn ink(color: Option<formulary::Color>, look: &MathLook) -> Color {
    color.map_or(look.color, |color| Color::Rgb(color.r, color.g, color.b))
}

/// Points to whole units, rounded to the nearest.
fn length(points: f32) -> Length {
    Length((f64::from(points) * Length::PER_POINT as f64).round() as i64)
}

impl Setter<'_> {
    /// Gives a formula's element its description and its MathML.
    pub(super) fn describe_formula(&mut self, tag: TagId, formula: &Formula, displayed: bool) {
        let element = self.structure.tag_mut(tag);
        element.alt = Some(formula.text.clone());
        let display = if displayed { " display=\"block\"" } else { "" };
        let namespace = "http://www.w3.org/1998/Math/MathML";
        let mathml = &formula.mathml;
        element.mathml =
            Some(format!("<math xmlns=\"{namespace}\"{display}>{mathml}</math>").into_boxed_str());
    }

    /// Notes the characters of a formula that its face does not have.
    fn note_missing(&mut self, text: &str, look: &MathLook) {
        let face = self.shaper.faces().get(look.face);
        let missing = text.chars().filter(|c| !c.is_whitespace() && !face.covers(*c));
        for character in missing {
            self.missing.entry(character).or_insert(look.span);
        }
    }
}
