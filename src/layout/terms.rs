//! The row at the top of a formula taken apart into terms, between which lines may be broken.

use roxmltree::{Document, Node};

use crate::book::linear_formula;

use super::design::Align;

/// Space between two formulas on a line, in em.
const QUAD: f32 = 1.0;

/// An element of the row at the top of a formula.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// Its markup.
    pub mathml: String,
    /// The operator, if it is one that stands between operands where a line may be broken.
    pub operator: Option<Operator>,
    /// Nothing but space.
    pub is_space: bool,
    /// Space that parts two formulas: `\\quad` or more, outside of parentheses.
    pub is_wide: bool,
}

/// An operator at which a line may be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operator {
    /// Relations are better places than signs of arithmetic.
    pub is_relation: bool,
    /// Whether it stands within parentheses.
    pub is_inside: bool,
}

const RELATIONS: &str = "=≠<>≤≥≦≧≡≢≈∼≃≅∝∈∉∋⊂⊃⊆⊇⊊⊋→←↔⇒⇐⇔⟹⟸⟺⟶⟵⟷↦⟼⊢⊨⊩≪≫≺≻⪯⪰≔≕≟≜∥⊥";
const SIGNS: &str = "+−±∓×⋅∘∧∨∩∪⊎⊕⊖⊗⊙∖∗⋆÷";

/// The terms of a formula's row; one if it is no row. `mathml` is one element.
pub(super) fn terms(mathml: &str) -> Vec<Term> {
    let Ok(document) = Document::parse(mathml) else { return Vec::new() };
    let mut top = document.root_element();
    while top.has_tag_name("mrow") {
        let mut children = top.children().filter(Node::is_element);
        match (children.next(), children.next()) {
            (Some(only), None) => top = only,
            (_, Some(_)) => return row(top, mathml),
            (None, None) => break,
        }
    }
    vec![Term {
        mathml: mathml[top.range()].to_owned(),
        operator: None,
        is_space: false,
        is_wide: false,
    }]
}

fn row(row: Node<'_, '_>, mathml: &str) -> Vec<Term> {
    let mut depth = 0usize;
    let mut after_operand = false;
    let mut terms = Vec::new();
    for child in row.children().filter(Node::is_element) {
        let mathml = mathml[child.range()].to_owned();
        let is_space = child.has_tag_name("mspace");
        let is_wide = is_space && depth == 0 && em(child.attribute("width")) >= QUAD;
        let mut term = Term { mathml, operator: None, is_space, is_wide };
        // A parenthesis that carries a script closes all the same.
        let scripted = matches!(child.tag_name().name(), "msup" | "msub" | "msubsup");
        let sign = if scripted { child.first_element_child().unwrap_or(child) } else { child };
        match (sign.tag_name().name(), sign.text().unwrap_or("").trim()) {
            ("mspace", _) => {}
            ("mo", "(" | "[" | "{" | "⟨") => (depth, after_operand) = (depth + 1, false),
            ("mo", ")" | "]" | "}" | "⟩") => {
                (depth, after_operand) = (depth.saturating_sub(1), true);
            }
            ("mo", "!" | "′" | "|" | "‖") => after_operand = true,
            ("mo", sign) if !scripted => {
                let is_relation = is_one_of(sign, RELATIONS);
                if after_operand && (is_relation || is_one_of(sign, SIGNS)) {
                    term.operator = Some(Operator { is_relation, is_inside: depth > 0 });
                }
                after_operand = false;
            }
            _ => after_operand = true,
        }
        terms.push(term);
    }
    terms
}

/// A length in em; zero for any other.
fn em(length: Option<&str>) -> f32 {
    length.and_then(|l| l.strip_suffix("em")?.parse().ok()).unwrap_or(0.0)
}

/// An alignment of equations: rows of cells, and how their columns sit. Every column is the markup
/// of what its cell holds.
pub(super) struct Alignment {
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// What each row says in one line.
    pub texts: Vec<String>,
    /// How each column is aligned.
    pub columns: Vec<Align>,
}

/// The alignment that a formula is, if it is one and nothing else: `align`, `gather`, `split`.
pub(super) fn alignment(mathml: &str) -> Option<Alignment> {
    let document = Document::parse(mathml).ok()?;
    let mut table = document.root_element();
    while table.has_tag_name("mrow") && table.children().filter(Node::is_element).count() == 1 {
        table = table.first_element_child()?;
    }
    if !table.has_tag_name("mtable") || table.attribute("displaystyle") != Some("true") {
        return None;
    }
    let aligned = table.attribute("columnalign").unwrap_or("");
    let columns = aligned.split(' ').map(|c| match c {
        "left" => Align::Start,
        "right" => Align::End,
        _ => Align::Center,
    });
    let cell = |cell: Node<'_, '_>| {
        let inner = cell.first_element_child().filter(|only| only.has_tag_name("mstyle"));
        let parts = inner.unwrap_or(cell).children().filter(Node::is_element);
        let mut parts = parts.map(|part| mathml[part.range()].to_owned());
        // As TeX has it, what begins a cell stands behind an empty operand.
        let first = parts.next().map(|first| at_edge(&first, "")).unwrap_or_default();
        format!("{first}{}", parts.collect::<String>())
    };
    let text = |row: Node<'_, '_>| {
        let row = &mathml[row.range()];
        linear_formula(&format!("<mtable columnalign=\"{aligned}\">{row}</mtable>"))
    };
    let rows: Vec<_> = table.children().filter(Node::is_element).collect();
    Some(Alignment {
        texts: rows.iter().map(|row| text(*row)).collect(),
        rows: rows
            .iter()
            .map(|row| row.children().filter(Node::is_element).map(cell).collect())
            .collect(),
        columns: columns.collect(),
    })
}

fn is_one_of(sign: &str, all: &str) -> bool {
    !sign.is_empty() && sign.chars().all(|c| all.contains(c))
}

/// An operator's markup as it stands between operands even where a line begins or ends with it:
/// without the space before or behind it.
pub(super) fn at_edge(operator: &str, without: &str) -> String {
    let Some(rest) = operator.strip_prefix("<mo") else { return operator.to_owned() };
    let has_form = rest.split('>').next().is_some_and(|attributes| attributes.contains(" form="));
    let form = if has_form { "" } else { " form=\"infix\"" };
    if without.is_empty() {
        return format!("<mo{form}{rest}");
    }
    let given = format!(" {without}=\"");
    let rest = match rest.split_once(&given) {
        Some((before, after)) => {
            format!("{before}{}", after.split_once('"').map_or("", |(_, behind)| behind))
        }
        None => rest.to_owned(),
    };
    format!("<mo{form} {without}=\"0\"{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_taken_apart_at_what_stands_between_operands() {
        let row = "<mrow><mo>−</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>=</mo><mo>(</mo><mi>c</mi>\
                   <mo>−</mo><mi>d</mi><mo>)</mo></mrow>";
        let found: Vec<_> = terms(row).into_iter().map(|term| term.operator).collect();
        let sign = |is_relation, is_inside| Some(Operator { is_relation, is_inside });
        let expected = [None, None, sign(false, false), None, sign(true, false), None, None];
        assert_eq!(found[..7], expected);
        assert_eq!(found[7], sign(false, true));
        let power = "<mrow><mo>(</mo><mi>a</mi><msup><mo>)</mo><mn>2</mn></msup><mo>=</mo>\
                     <mi>b</mi></mrow>";
        assert_eq!(terms(power)[3].operator, sign(true, false));
    }

    #[test]
    fn an_operator_at_an_edge_stays_between_operands() {
        assert_eq!(at_edge("<mo>=</mo>", "rspace"), "<mo form=\"infix\" rspace=\"0\">=</mo>");
        assert_eq!(
            at_edge("<mo lspace=\"0.2em\" rspace=\"0.2em\">⋅</mo>", "rspace"),
            "<mo form=\"infix\" rspace=\"0\" lspace=\"0.2em\">⋅</mo>"
        );
        assert_eq!(at_edge("<mo>=</mo>", ""), "<mo form=\"infix\">=</mo>");
    }
}
