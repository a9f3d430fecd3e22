//! Listings: lines of tokens. What the tokens are is found out last, see [`super::highlight`].

use super::types::CodeRole;

/// Columns between tab stops.
const TAB: usize = 4;

/// The lines of a listing, each one plain token; an empty line has none.
pub(super) fn lines(text: &str) -> Vec<Vec<(CodeRole, String)>> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.split('\n')
        .map(|line| expand(line.strip_suffix('\r').unwrap_or(line)))
        .map(|line| if line.is_empty() { Vec::new() } else { vec![(CodeRole::Plain, line)] })
        .collect()
}

/// Tabs as spaces up to the next stop, without characters that XML 1.0 §2.2 forbids.
fn expand(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut column = 0;
    for c in line.chars() {
        match c {
            '\t' => {
                let width = TAB - column % TAB;
                out.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c < ' ' => {}
            c => {
                out.push(c);
                column += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_spaces_and_no_ends() {
        let lines = lines("a:\n\tb\tc\r\n\n\u{1}d\n");
        let texts: Vec<String> =
            lines.iter().map(|line| line.iter().map(|(_, text)| text.as_str()).collect()).collect();
        assert_eq!(texts, ["a:", "    b   c", "", "d"]);
    }
}
