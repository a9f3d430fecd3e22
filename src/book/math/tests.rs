//! What TeX comes out as.

use super::*;

fn read(tex: &str) -> Result<String, String> {
    let reader = Reader::new(&[], &mut Diagnostics::default());
    reader
        .convert(tex, true)
        .map(|(_, text)| text)
        .map_err(|(range, message)| format!("{}..{}: {message}", range.start, range.end))
}

#[test]
fn formulas_are_said_in_one_line() {
    for (tex, line) in [
        ("x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}", "x = (−b ± √(b² − 4ac))/(2a)"),
        ("\\sum_{i=0}^N x_i", "∑_(i=0)^N x_i"),
        ("e^{i\\pi} + 1 = 0", "e^(iπ) + 1 = 0"),
        ("\\tfrac12 n(n+1)", "(1/2)n(n + 1)"),
        ("\\lim_{n\\to\\infty} a_n", "lim_(n→∞) a_n"),
        ("\\overline{ab}", "a̅b̅"),
        ("\\sin x + \\log_2 n", "sin x + log₂ n"),
        ("\\hat{x} + \\vec v", "x̂ + v⃗"),
        ("f'(x)", "f′(x)"),
        ("\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "(1, 2; 3, 4)"),
        ("\\begin{align} a &= b \\\\ c &= d \\label{x} \\end{align}", "a = b; c = d"),
        ("\\binom{n}{k}", "(n ¦ k)"),
        ("\\underbrace{a+b}_{n}", "(a + b)_n"),
        ("A \\xrightarrow{f} B", "A →^f B"),
        ("a \\le b \\text{ if } c", "a ≤ b if c"),
        ("f(a,b)", "f(a, b)"),
        ("\\int_0^1 x\\,dx = 1", "∫₀¹ x dx = 1"),
        ("\\begin{align} a &= b \\\\ &= -c & d &= e \\end{align}", "a = b; = −c d = e"),
    ] {
        assert_eq!(read(tex).as_deref(), Ok(line), "{tex}");
    }
}

#[test]
fn what_cannot_be_read_is_said_with_its_bytes() {
    assert_eq!(read("1 + \\foo"), Err("4..8: unknown command `\\foo`".to_owned()));
    assert_eq!(read("\\quad"), Err("0..5: a formula that shows nothing".to_owned()));
    for deep in ["{", "\\sqrt ", "\\hat", "\\left(", "\\begin{matrix}"] {
        let tex = format!("{}x", deep.repeat(20_000));
        assert!(read(&tex).is_err_and(|e| e.contains("nested deeper")), "{deep}");
    }
    assert!(read(&format!("{}x{}", "\\sqrt{".repeat(59), "}".repeat(59))).is_ok());
}

#[test]
fn numbers_are_the_books() {
    assert_eq!(tag("a = b \\tag{7}"), Some("(7)".to_owned()));
    assert_eq!(tag("a = b \\tag*{A}"), Some("A".to_owned()));
    assert_eq!(tag("a = b"), None);
    let mut blank = without_names("a \\tag{7} \\label{x} \\nonumber");
    assert_eq!(blank.len(), "a \\tag{7} \\label{x} \\nonumber".len());
    blank.retain(|c| c != ' ');
    assert_eq!(blank, "a");
}

#[test]
fn a_wrong_macro_is_reported_and_the_others_hold() {
    let span = Span::new(crate::source::FileId(0), 0..1);
    let macros = [("RR", "\\mathbb{R}"), ("bad", "\\nosuch"), ("two", "#1_{#2}")]
        .map(|(name, tex)| (name.to_owned(), tex.to_owned(), span));
    let mut diagnostics = Diagnostics::default();
    let reader = Reader::new(&macros, &mut diagnostics);
    assert_eq!(diagnostics.iter().count(), 1);
    let text = reader.convert("\\two{\\RR}{1}", false).map(|(_, text)| text);
    assert_eq!(text, Ok("ℝ₁".to_owned()));
}

#[test]
fn columns_end_only_where_there_are_columns() {
    for (formula, at) in [
        ("a_ & b", 3),
        ("a^\\\\ b", 2),
        ("\\sqrt & 2", 6),
        ("1 & \\hat \\\\ 2", 9),
        ("{1 & 2} & 3", 3),
        ("\\left( a & b \\right)", 9),
    ] {
        let tex = format!("\\begin{{cases}} {formula} \\end{{cases}}");
        let at = "\\begin{cases} ".len() + at;
        let message = format!("{at}..{}: no column and no line can end here", at + 1);
        assert_eq!(read(&tex), Err(message), "{tex}");
    }
    for (formula, line) in [
        ("a & \\text{R\\&D}", "{a, R&D"),
        ("\\sqrt 2 & \\hat{a}", "{√2, a\u{302}"),
        ("\\left\\{ \\begin{matrix} 1 & 2 \\end{matrix} \\right.", "{{1, 2"),
    ] {
        let tex = format!("\\begin{{cases}} {formula} \\end{{cases}}");
        assert_eq!(read(&tex).as_deref(), Ok(line), "{tex}");
    }
}

/// The commands of letters that `math-core` 0.7.0 knows, from `commands.rs` of its source.
const COMMANDS: &str = include_str!("commands.txt");

/// A column's end behind a command is an error or ends a column; it is never dropped.
#[test]
fn no_command_swallows_a_column() {
    let reader = Reader::new(&[], &mut Diagnostics::default());
    let mut wrong = Vec::new();
    for command in COMMANDS.split_whitespace() {
        for form in ["", "{a}", " a", "{a}{b}", "[a]", "(", "_a", "^"] {
            let rows = format!("\\{command}{form} & y \\\\ z & w");
            let tex = format!("\\begin{{aligned}} {rows} \\end{{aligned}}");
            if let Ok((mathml, _)) = reader.convert(&tex, true)
                && (separators::columns_of(&mathml) < 2 || mathml.matches("<mtr").count() < 2)
            {
                wrong.push(tex);
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}
