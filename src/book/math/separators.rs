//! Column and line ends that stand where no column or line can end: `x_ & y`, `\sqrt & y`, `{a & b}`.
//!
//! `math-core` knows whether it is in an environment with columns, not how deep in one: it drops
//! them, and with them the author's column. TeX says that such a mark is misplaced, and so do we.
//! How TeX is read otherwise is not known here.

/// What is open around a place.
enum Open {
    /// `\begin{…}`: its columns are meant.
    Environment,
    /// `{` or `\left`: no column ends in it.
    Group,
    /// The braces of a command that has lines of its own or takes its argument as words.
    Free,
}

/// How many columns end in a formula, or the byte of a column's or a line's end that stands in the
/// wrong place.
pub(super) fn columns(tex: &str) -> Result<usize, usize> {
    let mut count = 0;
    let mut open: Vec<Open> = Vec::new();
    let (mut command, mut in_script) = ("", false);
    let mut at = 0;
    while let Some(character) = tex[at..].chars().next() {
        let begin = at;
        at += character.len_utf8();
        let mut next_command = "";
        match character {
            '\\' => {
                next_command = name(&tex[at..]);
                at += next_command.len();
                match next_command {
                    "begin" => open.push(Open::Environment),
                    "left" => open.push(Open::Group),
                    "end" | "right" => drop(open.pop()),
                    "\\" if in_script || is_waiting(command) => return Err(begin),
                    _ => {}
                }
            }
            '{' if is_free(command) => open.push(Open::Free),
            '{' => open.push(Open::Group),
            '}' => drop(open.pop()),
            '&' if open.iter().any(|open| matches!(open, Open::Environment))
                && (in_script
                    || is_waiting(command)
                    || matches!(open.last(), Some(Open::Group))) =>
            {
                return Err(begin);
            }
            '&' if matches!(open.last(), Some(Open::Environment)) => count += 1,
            character if character.is_whitespace() => continue,
            _ => {}
        }
        (command, in_script) = (next_command, matches!(character, '_' | '^'));
    }
    Ok(count)
}

/// How many columns end in the rows of MathML; fewer than in the TeX where the converter dropped
/// one, as behind a command that is about more than what follows it: `\frac{a} & b`.
pub(super) fn columns_of(mathml: &str) -> usize {
    let count = |tag: &str| mathml.matches(tag).count();
    count("<mtd").saturating_sub(count("<mtr"))
}

/// The name behind a backslash: letters, or one character of another kind.
fn name(rest: &str) -> &str {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let first = rest.chars().next().map_or(0, char::len_utf8);
    &rest[..letters.max(first)]
}

/// Whether what comes next must be what a command is about.
fn is_waiting(command: &str) -> bool {
    const ABOUT_NEXT: [&str; 24] = [
        "acute",
        "bar",
        "binom",
        "breve",
        "check",
        "ddot",
        "dfrac",
        "dot",
        "frac",
        "grave",
        "hat",
        "mathbb",
        "mathbf",
        "mathcal",
        "mathfrak",
        "mathring",
        "mathrm",
        "overline",
        "sqrt",
        "tfrac",
        "tilde",
        "underline",
        "vec",
        "widehat",
    ];
    ABOUT_NEXT.binary_search(&command).is_ok()
}

fn is_free(command: &str) -> bool {
    command.starts_with("text") || matches!(command, "mbox" | "hbox" | "substack" | "operatorname")
}
