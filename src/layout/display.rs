//! Displayed formulas: centred, with their number at the edge; too long ones on several lines, or
//! smaller.
//!
//! Long formulas are broken before their relations, else before their signs, and lines go on
//! below the first relation, as Knuth has it (*The TeXbook*, chapter 18).

use crate::book::{DisplayedFormula, Place, formula_without_css};
use crate::diag::{Code, Diagnostic};
use crate::geom::{Length, Point};

use super::column::{Column, plain_label, shift};
use super::design::{Align, Style};
use super::formula::{MathBox, MathLook, joined, lay};
use super::galley::Row;
use super::inline::flatten;
use super::pages::{Mark, TagKind};
use super::paragraph::{SetLine, Setting, set};
use super::terms::{Alignment, Term, alignment, at_edge, terms};

/// A formula that fits nowhere is set smaller, down to this share of its size.
const SMALLEST_PERCENT: i64 = 80;
/// Cost of a page break between two lines of a formula.
const BETWEEN_LINES: i64 = 20_000;
/// Lines begin below the first relation if it stands within this share of the measure.
const FARTHEST_RELATION_PERCENT: i64 = 40;

/// How far behind its relation a line begins that begins with a sign, in percent of the em: about
/// where the first operand stands.
const SIGN_PERCENT: i64 = 170;

/// Where formulas are parted, from the best places to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Behind wide space.
    Spaces,
    /// Before relations.
    Relations,
    /// Before signs of arithmetic.
    Signs,
}

/// A formula's lines in the making.
struct Filling<'l> {
    /// Terms and indent of each line.
    rows: Vec<(Vec<Term>, Length)>,
    /// Indent of lines that begin at each kind of [`Cut`].
    indents: [Length; 3],
    room: Length,
    look: &'l MathLook,
}

/// A line of a formula and how far it is set in.
struct FormulaLine {
    shown: MathBox,
    indent: Length,
}

impl Column<'_, '_> {
    /// A formula on lines of its own.
    pub(super) fn displayed(&mut self, displayed: &DisplayedFormula) {
        let formula = &displayed.formula;
        let outer = self.setter.structure.child(self.tag, TagKind::Paragraph);
        let tag = self.setter.structure.child(outer, TagKind::Formula);
        self.setter.structure.tag_mut(outer).anchor = displayed.anchor;
        self.setter.describe_formula(tag, formula, true);
        let mark = Mark::Content(self.setter.structure.content(tag));
        let number = displayed.number.as_ref().map(|number| self.number(number, displayed, outer));
        let room = match &number {
            Some(number) => self.measure - number.width - self.style.size,
            None => self.measure,
        };
        let look = MathLook {
            face: self.setter.design.math,
            size: self.style.size,
            color: self.style.color,
            is_displayed: true,
            mark,
            span: formula.span,
        };
        let (mut lines, look) = self.fitting(displayed, look, room);
        if let [line] = lines.as_mut_slice() {
            line.shown.text.clone_from(&formula.text);
        }
        self.hold_words();
        self.space(self.half_line());
        self.anchors.extend(displayed.anchor);
        self.push_lines(&lines, &look, number, displayed);
        self.space(self.half_line());
        self.indent_next = false;
    }

    /// The number as a line of text.
    fn number(
        &mut self,
        number: &str,
        displayed: &DisplayedFormula,
        tag: super::pages::TagId,
    ) -> SetLine {
        let style =
            Style { align: Align::Start, features: crate::font::Features::LINING, ..self.style };
        let text = plain_label(number, displayed.formula.span);
        let flat = flatten(self.setter, &text, &style, tag);
        let setting = Setting::one_line(self.measure);
        let lines = set(self.setter, &flat, &style, setting);
        lines.into_iter().next().expect("a number is never empty")
    }

    /// The formula on as few lines as it takes, as large as it can be.
    fn fitting(
        &mut self,
        displayed: &DisplayedFormula,
        look: MathLook,
        room: Length,
    ) -> (Vec<FormulaLine>, MathLook) {
        let mathml = formula_without_css(&displayed.formula.mathml);
        let lines = self.lines(&mathml, &look, room);
        let width = width(&lines);
        if width <= room {
            return (lines, look);
        }
        let size = look.size.scale(room.0, width.0.max(1));
        let size = size.max(look.size.scale(SMALLEST_PERCENT, 100));
        // A little less than would just fit: rules and gaps do not all shrink alike.
        let look = MathLook { size: size - Length::milli_pt(1), ..look };
        let lines = self.lines(&mathml, &look, room);
        let width = self::width(&lines);
        if width > room {
            self.setter.statistics.overfull += 1;
            let message = format!("a formula is {} pt wider than its measure", width - room);
            self.setter.diagnostics.push(
                Diagnostic::new(Code::OverfullLine, displayed.formula.span, message).help(
                    "divide it into lines with `\\\\` in `aligned`, or give parts of it names",
                ),
            );
        }
        (lines, look)
    }

    /// The formula on one line, or broken.
    fn lines(&mut self, mathml: &str, look: &MathLook, room: Length) -> Vec<FormulaLine> {
        if let Some(alignment) = alignment(mathml) {
            return self.aligned(&alignment, look);
        }
        let terms = terms(mathml);
        let whole = lay(self.setter, &joined(&terms), look);
        if whole.width <= room {
            return vec![FormulaLine { shown: whole, indent: Length::ZERO }];
        }
        let first = cut(&terms, Cut::Relations)[0];
        let first = lay(self.setter, &joined(first), look).width;
        let is_near = first <= room.scale(FARTHEST_RELATION_PERCENT, 100);
        let indents = if is_near {
            [look.size * 2, first, first + look.size.scale(SIGN_PERCENT, 100)]
        } else {
            [look.size * 2; 3]
        };
        let mut filling = Filling { rows: Vec::new(), indents, room, look };
        let cuts = [Cut::Spaces, Cut::Relations, Cut::Signs];
        self.fill(&mut filling, &terms, &cuts, Length::ZERO);
        let rows = filling.rows.into_iter();
        rows.map(|(row, indent)| FormulaLine { shown: lay(self.setter, &line(&row), look), indent })
            .collect()
    }

    /// Puts terms on the last row if they fit there, else on one of their own, which begins at
    /// `indent`, else parts them by the first of `cuts`.
    fn fill(&mut self, filling: &mut Filling<'_>, terms: &[Term], cuts: &[Cut], indent: Length) {
        let (room, look) = (filling.room, filling.look);
        if let Some((row, indent)) = filling.rows.last_mut()
            && self.fits(row, terms, look, room - *indent)
        {
            row.extend_from_slice(terms);
            return;
        }
        let indent = if filling.rows.is_empty() { Length::ZERO } else { indent };
        // Space at the beginning of a line means nothing.
        let blank = terms.iter().take_while(|term| term.is_space).count();
        let shown = &terms[blank..];
        let Some((next, cuts)) = cuts.split_first() else {
            return filling.rows.push((shown.to_vec(), indent));
        };
        if self.fits(&[], shown, look, room - indent) {
            return filling.rows.push((shown.to_vec(), indent));
        }
        for (at, piece) in cut(terms, *next).into_iter().enumerate() {
            let indent = if at == 0 { indent } else { filling.indents[*next as usize] };
            self.fill(filling, piece, cuts, indent);
        }
    }

    /// Rows of cells in columns: right and left ones touch, pairs of them stand apart.
    fn aligned(&mut self, alignment: &Alignment, look: &MathLook) -> Vec<FormulaLine> {
        let mut rows: Vec<Vec<MathBox>> = Vec::with_capacity(alignment.rows.len());
        let mut widths: Vec<Length> = Vec::new();
        for row in &alignment.rows {
            let cells: Vec<_> = row.iter().map(|cell| lay(self.setter, cell, look)).collect();
            widths.resize(widths.len().max(cells.len()), Length::ZERO);
            for (width, cell) in widths.iter_mut().zip(&cells) {
                *width = (*width).max(cell.width);
            }
            rows.push(cells);
        }
        let align = |column: usize| alignment.columns.get(column).copied().unwrap_or(Align::Center);
        let count = rows.len();
        let rows = rows.into_iter().zip(&alignment.texts).enumerate();
        let lines = rows.map(|(at, (cells, text))| {
            let mut shown = MathBox::default();
            let mut x = Length::ZERO;
            for (column, cell) in cells.into_iter().enumerate() {
                if column > 0 && (align(column - 1), align(column)) != (Align::End, Align::Start) {
                    x += look.size * 2;
                }
                let slack = widths[column] - cell.width;
                let before = match align(column) {
                    Align::End => slack,
                    Align::Center => slack / 2,
                    Align::Start | Align::Justified => Length::ZERO,
                };
                shown.append(cell, x + before);
                x += widths[column];
            }
            shown.width = shown.width.max(x);
            shown.text = if at + 1 < count { format!("{text};") } else { text.clone() };
            FormulaLine { shown, indent: Length::ZERO }
        });
        lines.collect()
    }

    fn fits(&mut self, row: &[Term], piece: &[Term], look: &MathLook, room: Length) -> bool {
        let whole = [row, piece].concat();
        lay(self.setter, &line(&whole), look).width <= room
    }

    /// The lines as rows: the block is centred, the number at the edge of the last line.
    fn push_lines(
        &mut self,
        lines: &[FormulaLine],
        look: &MathLook,
        mut number: Option<SetLine>,
        displayed: &DisplayedFormula,
    ) {
        let block = width(lines);
        let reserved =
            number.as_ref().map_or(Length::ZERO, |number| number.width + self.style.size);
        let centred = (self.measure - block) / 2;
        let farthest = (self.measure - reserved - block).max(Length::ZERO);
        let right_to_left = self.setter.right_to_left;
        let left = match (centred <= farthest, right_to_left) {
            (true, _) => centred.max(Length::ZERO),
            (false, false) => farthest,
            (false, true) => self.measure - block - farthest,
        };
        let count = lines.len();
        for (at, line) in lines.iter().enumerate() {
            // At least the height of a line of text: the number stands beside it.
            let ascent = line.shown.ascent.max(self.style.size.scale(70, 100));
            let descent = line.shown.descent.max(self.style.size.scale(25, 100));
            let mut row = Row::blank(ascent + descent);
            row.baseline = ascent;
            if at > 0 {
                row.space = self.style.size.scale(40, 100);
            }
            let x = self.left + left + line.indent;
            let mut shown = line.shown.clone();
            if at + 1 < count || number.is_some() {
                shown.text.push(' ');
            }
            row.items.push(shown.at(Point::new(x, ascent), look));
            if at + 1 == count
                && let Some(number) = number.take()
            {
                let edge = if right_to_left { Length::ZERO } else { self.measure - number.width };
                for mut item in number.items {
                    shift(&mut item, self.left + edge, ascent);
                    row.items.push(item);
                }
            }
            row.place = Some(Place { node: displayed.id, offset: 0 });
            row.span = Some(displayed.formula.span);
            row.break_after = Some(if at + 1 == count { 0 } else { BETWEEN_LINES });
            self.push(row);
        }
    }
}

/// Terms parted before each one that begins a line in this way; never empty unless they are.
fn cut(terms: &[Term], cut: Cut) -> Vec<&[Term]> {
    let is_first = |at: usize| {
        let outside = terms[at].operator.filter(|operator| !operator.is_inside);
        match cut {
            Cut::Spaces => terms[at - 1].is_wide && !terms[at].is_space,
            Cut::Relations => outside.is_some_and(|operator| operator.is_relation),
            Cut::Signs => outside.is_some(),
        }
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for at in (1..terms.len()).filter(|at| is_first(*at)) {
        parts.push(&terms[start..at]);
        start = at;
    }
    parts.push(&terms[start..]);
    parts
}

/// The markup of a line: an operator that begins it stands between operands all the same.
fn line(terms: &[Term]) -> String {
    match terms.split_first() {
        Some((first, rest)) if first.operator.is_some() => {
            format!("{}{}", at_edge(&first.mathml, "lspace"), joined(rest))
        }
        Some(_) | None => joined(terms),
    }
}

fn width(lines: &[FormulaLine]) -> Length {
    lines.iter().map(|line| line.indent + line.shown.width).fold(Length::ZERO, Length::max)
}
