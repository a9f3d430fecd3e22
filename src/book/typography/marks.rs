//! `--` is an en dash, `---` an em dash, `...` an ellipsis.

use super::row::{Edit, Row};

/// Replaces runs of hyphens and full stops.
///
/// Longer runs are rules and leaders that somebody drew: they stay. So do `--flag` (a word
/// behind two hyphens with nothing before them is an option of a program) and the arrows `-->`
/// and `<--`.
pub(super) fn set(row: &mut Row) {
    let bytes = row.text.as_bytes();
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'-', b'.', &bytes[at..]) {
        at += found;
        let run = run(row, at);
        let with = match (bytes[at], run) {
            (b'-', 3) if !is_arrow(row, at, run) => [Some('—'), None],
            (b'-', 2) if !is_arrow(row, at, run) && !is_option(row, at) => [Some('–'), None],
            (b'.', 3) => [Some('…'), None],
            // A sentence's full stop and an ellipsis (Chicago 13.53).
            (b'.', 4) => [Some('.'), Some('…')],
            _ => [None, None],
        };
        if with[0].is_some() {
            edits.push(Edit { at, length: run, with, closes: false });
        }
        at += run;
    }
    row.apply(&edits);
}

/// How many equal hyphens or full stops of one text follow each other, none of them escaped; 1 for
/// one that stands alone.
fn run(row: &Row, at: usize) -> usize {
    let bytes = row.text.as_bytes();
    if bytes.get(at + 1) != Some(&bytes[at]) || row.is_fixed(at) {
        return 1;
    }
    let goes_on = |end: usize| {
        bytes.get(end) == Some(&bytes[at]) && !row.is_fixed(end) && row.are_together(at, end + 1)
    };
    (at + 1..).take_while(|end| goes_on(*end)).count() + 1
}

fn is_arrow(row: &Row, at: usize, run: usize) -> bool {
    row.before(at) == Some('<') || row.at(at + run) == Some('>')
}

fn is_option(row: &Row, at: usize) -> bool {
    let is_free = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\'' | '/');
    row.before(at).is_none_or(is_free) && row.at(at + 2).is_some_and(char::is_alphabetic)
}
