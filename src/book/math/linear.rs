//! A formula in one line of plain characters: `x = (−b ± √(b² − 4ac))/(2a)`.
//!
//! It is what a screen reader says where it knows no MathML, what is copied out of the PDF, and
//! what stands in bookmarks. It follows the linear format of Unicode Technical Note 28 as far as a
//! listener is helped by it: scripts are raised characters where there are such, else behind `^`
//! and `_`; what belongs together is in parentheses. It is read, never parsed again.

use roxmltree::{Document, Node};

/// Writes the content of a `math` element in one line; nothing for what is no MathML.
pub fn linear(mathml: &str) -> String {
    // A fragment of several elements needs one around them.
    let whole = format!("<math>{mathml}</math>");
    let Ok(document) = Document::parse(&whole) else { return String::new() };
    let line = row(document.root_element(), false);
    // Variants of a letter are the letter.
    let line = line.replace(['\u{FE00}', '\u{FE01}'], "");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn children<'a, 'd>(node: Node<'a, 'd>) -> Vec<Node<'a, 'd>> {
    node.children().filter(Node::is_element).collect()
}

/// Elements one after the other, with the spaces that make them readable; none in scripts.
fn row(node: Node<'_, '_>, in_script: bool) -> String {
    let mut line = Line { in_script, ..Line::default() };
    line.elements(&children(node));
    line.out
}

/// A row being written.
#[derive(Default)]
struct Line {
    out: String,
    in_script: bool,
    /// Whether an operand stands before, so that an operator stands between two.
    after_operand: bool,
    /// Whether a name of several letters stands before.
    after_name: bool,
}

impl Line {
    fn elements(&mut self, elements: &[Node<'_, '_>]) {
        for (at, element) in elements.iter().enumerate() {
            match operator(*element) {
                Some(operator) => {
                    let between = self.after_operand || element.attribute("form") == Some("infix");
                    self.operator(operator, between, at + 1 == elements.len());
                }
                None => self.operand(*element, &elements[at + 1..]),
            }
        }
    }

    fn operand(&mut self, element: Node<'_, '_>, rest: &[Node<'_, '_>]) {
        let mut piece = term(element, self.in_script);
        // `1/2n` would be read as one fraction.
        let beside = self.after_operand && !self.out.ends_with(' ') || follows(rest);
        if unstyled(element).has_tag_name("mfrac") && beside && !piece.contains('¦') {
            piece = format!("({piece})");
        }
        let is_name = element.has_tag_name("mi") && is_long(&piece);
        self.join(&piece, is_name);
        if carries_operator(element) && !rest.is_empty() && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
        self.after_operand |= !piece.trim().is_empty();
    }

    fn operator(&mut self, operator: &str, is_between: bool, is_last: bool) {
        self.after_operand = match class(operator) {
            Class::Invisible => return,
            Class::Opening => {
                self.join(operator, false);
                false
            }
            Class::Closing | Class::Tight => {
                self.join(operator, false);
                true
            }
            Class::Mark => {
                self.join(operator, false);
                if !self.in_script && !is_last {
                    self.out.push(' ');
                }
                false
            }
            Class::Word => {
                self.join(operator, true);
                false
            }
            Class::Infix => {
                let spaced = is_between && !self.in_script;
                let operator = if spaced { format!(" {operator} ") } else { operator.to_owned() };
                self.join(&operator, false);
                false
            }
        };
    }

    /// Appends, with a space between a name and a letter.
    fn join(&mut self, piece: &str, is_name: bool) {
        let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || is_large(Some(c)));
        let apart = is_name || self.after_name;
        if apart && word(self.out.chars().next_back()) && word(piece.chars().next()) {
            self.out.push(' ');
        }
        self.out.push_str(piece);
        self.after_name = is_name;
    }
}

/// Whether it is a word, not a letter.
fn is_long(text: &str) -> bool {
    text.chars().count() > 1 && text.chars().all(char::is_alphabetic)
}

/// What an element is apart from its style.
fn unstyled<'a, 'd>(element: Node<'a, 'd>) -> Node<'a, 'd> {
    let inner = element.first_element_child().filter(|_| element.has_tag_name("mstyle"));
    inner.map_or(element, unstyled)
}

/// Whether an operand follows at once.
fn follows(rest: &[Node<'_, '_>]) -> bool {
    rest.first().is_some_and(|next| match operator(*next) {
        Some(operator) => matches!(class(operator), Class::Opening | Class::Word),
        None => !next.has_tag_name("mspace") && !next.has_tag_name("mtext"),
    })
}

/// Whether it is a large operator or a function with limits or scripts.
fn carries_operator(node: Node<'_, '_>) -> bool {
    let scripted = node.tag_name().name().starts_with(['m']) && node.tag_name().name() != "mrow";
    let base = node.first_element_child().filter(|_| scripted);
    base.and_then(operator).is_some_and(|operator| matches!(class(operator), Class::Word))
}

fn is_large(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, '∑' | '∏' | '∫' | '∬' | '∭' | '∮' | '⋃' | '⋂' | '⨁' | '⨂'))
}

/// What an operator is to its neighbours.
enum Class {
    Invisible,
    Opening,
    Closing,
    /// Commas and semicolons.
    Mark,
    /// Nothing is spaced around it.
    Tight,
    /// `sin`, `lim`, and large operators.
    Word,
    Infix,
}

fn class(operator: &str) -> Class {
    let mut chars = operator.chars();
    match (chars.next(), chars.next()) {
        (None, _) => Class::Invisible,
        (Some(c), None) => match c {
            '\u{2061}'..='\u{2064}' => Class::Invisible,
            '(' | '[' | '{' | '⟨' | '⌈' | '⌊' => Class::Opening,
            ')' | ']' | '}' | '⟩' | '⌉' | '⌋' | '!' => Class::Closing,
            ',' | ';' => Class::Mark,
            '.' | '…' | '′' | '″' | '‴' | '/' | '|' | '‖' | '¬' | '∇' | '∂' => {
                Class::Tight
            }
            c if is_large(Some(c)) || c.is_alphabetic() => Class::Word,
            _ => Class::Infix,
        },
        _ if operator.chars().all(|c| c.is_alphabetic() || c == ' ') => Class::Word,
        _ => Class::Infix,
    }
}

/// The operator that an element is.
fn operator<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    (node.tag_name().name() == "mo").then(|| node.text().unwrap_or("").trim())
}

fn term(node: Node<'_, '_>, in_script: bool) -> String {
    let parts = children(node);
    let part = |at: usize, in_script| parts.get(at).map_or(String::new(), |n| one(*n, in_script));
    match node.tag_name().name() {
        "mi" | "mn" | "mo" | "ms" => node.text().unwrap_or("").trim().to_owned(),
        "mtext" => node.text().unwrap_or("").to_owned(),
        "mspace" => space(node),
        "mphantom" | "annotation" | "annotation-xml" => String::new(),
        "semantics" => part(0, in_script),
        "mfrac" => fraction(node, in_script),
        "msqrt" => format!("√{}", group(&row(node, in_script))),
        "mroot" => match part(1, true).as_str() {
            "3" => format!("∛{}", group(&part(0, in_script))),
            "4" => format!("∜{}", group(&part(0, in_script))),
            index => format!("{}√{}", script(index, '^'), group(&part(0, in_script))),
        },
        "msup" => format!("{}{}", base(&parts, in_script), script(&part(1, true), '^')),
        "msub" => format!("{}{}", base(&parts, in_script), script(&part(1, true), '_')),
        "msubsup" | "munderover" => format!(
            "{}{}{}",
            base(&parts, in_script),
            script(&part(1, true), '_'),
            script(&part(2, true), '^')
        ),
        "munder" => over_under(&base(&parts, in_script), &part(1, true), '_'),
        "mover" => over_under(&base(&parts, in_script), &part(1, true), '^'),
        "mtable" => table(node, in_script),
        _ => row(node, in_script),
    }
}

/// One element, whatever it is.
fn one(node: Node<'_, '_>, in_script: bool) -> String {
    match operator(node) {
        Some(operator) if matches!(class(operator), Class::Invisible) => String::new(),
        Some(operator) => operator.to_owned(),
        None => term(node, in_script),
    }
}

/// What carries scripts; more than one thing is in parentheses, unless a fence ends it.
fn base(parts: &[Node<'_, '_>], in_script: bool) -> String {
    let base = parts.first().map_or(String::new(), |node| one(*node, in_script));
    let is_word = base.chars().all(char::is_alphanumeric);
    if is_word || base.ends_with([')', ']', '}', '|']) { base } else { group(&base) }
}

/// A thin space, in em: what is less parts nothing.
const THIN: f32 = 0.1;

fn space(node: Node<'_, '_>) -> String {
    let width = node.attribute("width").and_then(|w| w.strip_suffix("em"));
    let wide = width.and_then(|w| w.parse::<f32>().ok()).is_some_and(|w| w >= THIN);
    if wide { " ".to_owned() } else { String::new() }
}

fn fraction(node: Node<'_, '_>, in_script: bool) -> String {
    let parts = children(node);
    let part = |at: usize| parts.get(at).map_or(String::new(), |n| one(*n, in_script));
    if node.attribute("linethickness").is_some_and(|t| t.starts_with('0')) {
        return format!("{} ¦ {}", part(0), part(1));
    }
    format!("{}/{}", group(&part(0)), group(&part(1)))
}

/// In parentheses, unless it is one thing.
fn group(text: &str) -> String {
    let text = text.trim();
    let is_one = text.chars().all(char::is_numeric)
        || text.chars().count() == 1
        || (text.starts_with('(') && closes_at_end(text));
    if is_one { text.to_owned() } else { format!("({text})") }
}

/// Whether the parenthesis that opens a text is closed by its last character.
fn closes_at_end(text: &str) -> bool {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + c.len_utf8() == text.len();
        }
    }
    false
}

/// A superscript or subscript: raised characters where there are such for all.
fn script(text: &str, mark: char) -> String {
    let text = text.trim();
    if text.is_empty() || text.chars().all(|c| matches!(c, '′' | '″' | '‴')) {
        return text.to_owned();
    }
    let (plain, raised) = if mark == '^' { SUPERSCRIPTS } else { SUBSCRIPTS };
    let raise = |c: char| plain.chars().position(|p| p == c).and_then(|at| raised.chars().nth(at));
    let all: Option<String> = text.chars().map(raise).collect();
    all.unwrap_or_else(|| format!("{mark}{}", group(text)))
}

const SUPERSCRIPTS: (&str, &str) = ("0123456789+−()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ");
const SUBSCRIPTS: (&str, &str) = ("0123456789+−()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎");

/// What stands above or below: accents become part of a letter, braces only hold together, all
/// else is a script.
fn over_under(base: &str, other: &str, mark: char) -> String {
    let combining = match other {
        "^" | "ˆ" => '\u{302}',
        "~" | "˜" => '\u{303}',
        "¯" | "‾" | "\u{305}" | "\u{332}" | "_" if mark == '^' => '\u{305}',
        "_" | "\u{332}" | "‾" => '\u{332}',
        "˙" => '\u{307}',
        "¨" => '\u{308}',
        "ˇ" => '\u{30c}',
        "´" => '\u{301}',
        "`" => '\u{300}',
        "˘" => '\u{306}',
        "→" | "\u{20d7}" => '\u{20d7}',
        "⏞" | "⏟" | "⎴" | "⎵" => return group(base),
        "" => return base.to_owned(),
        _ => return format!("{base}{}", script(other, mark)),
    };
    let mut letters = base.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_alphanumeric() => format!("{letter}{combining}"),
        _ if matches!(other, "→" | "\u{20d7}") => format!("{base}{}", script(other, mark)),
        _ => base.chars().flat_map(|c| [c, combining]).collect(),
    }
}

/// What a cell holds, apart from its style.
fn content<'a, 'd>(cell: Node<'a, 'd>) -> Vec<Node<'a, 'd>> {
    match children(cell).as_slice() {
        [style] if style.has_tag_name("mstyle") => children(*style),
        all => all.to_vec(),
    }
}

/// Rows with semicolons, cells with commas; what stands on both sides of an alignment is read on.
fn table(node: Node<'_, '_>, in_script: bool) -> String {
    let aligned = node.attribute("columnalign").is_some_and(|columns| {
        let mut columns = columns.split(' ');
        columns.next() == Some("right") && columns.next() == Some("left")
    });
    let cells = |row: Node<'_, '_>| {
        if !aligned {
            let words = children(row).into_iter().map(|cell| self::row(cell, in_script));
            return words.map(|w| w.trim().to_owned()).collect::<Vec<_>>().join(", ");
        }
        let pairs = children(row);
        let pairs = pairs.chunks(2).map(|pair| {
            let elements: Vec<_> = pair.iter().flat_map(|cell| content(*cell)).collect();
            // A row that begins with a relation goes on from the one above.
            let mut line = Line { in_script, after_operand: true, ..Line::default() };
            line.elements(&elements);
            line.out
        });
        pairs.map(|pair| pair.trim().to_owned()).collect::<Vec<_>>().join(" ")
    };
    children(node).into_iter().map(cells).collect::<Vec<_>>().join("; ")
}
