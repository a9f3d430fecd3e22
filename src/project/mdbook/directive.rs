//! What mdBook's own preprocessor understands between `{{#` and `}}`.

use std::ops::Range;

/// Something between double braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directive<'a> {
    /// From the first brace (or the backslash before it) to the last.
    pub(super) range: Range<usize>,
    /// What it asks for.
    pub(super) kind: DirectiveKind<'a>,
}

/// What a directive asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DirectiveKind<'a> {
    /// A backslash before it: it is shown as it is written.
    Escaped,
    /// `{{#include file:lines}}`, `{{#rustdoc_include file:lines}}`. What the second one adds
    /// around the lines is for a compiler and hidden from readers.
    Include(&'a str, Lines<'a>),
    /// `{{#playground file attributes}}`: a Rust listing.
    Playground(&'a str, Vec<&'a str>),
    /// `{{#title …}}`: the words in the title bar of a browser, which a book has not.
    Title,
}

/// Which lines of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lines<'a> {
    /// A range from 0; `usize::MAX` is the end.
    Range(Range<usize>),
    /// Those between `ANCHOR: name` and `ANCHOR_END: name`.
    Anchor(&'a str),
}

/// The directives of a text in order. What is not one of them stays as it is written.
pub(super) fn find(text: &str) -> Vec<Directive<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").map(|n| at + n) {
        // mdBook looks for the first brace that closes, on the same line or not.
        let Some(close) = text[open..].find('}').map(|n| open + n) else { break };
        let inner = text[open + 2..close].trim_start();
        let kind = if text[close..].starts_with("}}") { kind(inner) } else { None };
        let Some(kind) = kind else {
            at = open + 1;
            continue;
        };
        let end = close + 2;
        found.push(if text[..open].ends_with('\\') {
            Directive { range: open - 1..end, kind: DirectiveKind::Escaped }
        } else {
            Directive { range: open..end, kind }
        });
        at = end;
    }
    found
}

fn kind(inner: &str) -> Option<DirectiveKind<'_>> {
    let inner = inner.strip_prefix('#')?;
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    let mut words = rest.split_whitespace();
    match name {
        "title" => Some(DirectiveKind::Title),
        "include" | "rustdoc_include" => {
            let (path, lines) = wanted(rest.trim());
            (!path.is_empty()).then_some(DirectiveKind::Include(path, lines))
        }
        "playground" | "playpen" => {
            let path = words.next()?;
            Some(DirectiveKind::Playground(path, words.collect()))
        }
        _ => None,
    }
}

/// `path`, `path:anchor`, `path:3`, `path:3:`, `path::8`, `path:3:8`; lines count from 1.
fn wanted(written: &str) -> (&str, Lines<'_>) {
    let mut parts = written.splitn(4, ':');
    let path = parts.next().unwrap_or("").trim();
    let (first, last) = (parts.next(), parts.next());
    let whole = Lines::Range(0..usize::MAX);
    let Some(first) = first else { return (path, whole) };
    let start = match first.parse::<usize>() {
        Ok(line) => line.saturating_sub(1),
        Err(_) if first.is_empty() => 0,
        Err(_) => return (path, Lines::Anchor(first)),
    };
    let end = match last {
        None if first.is_empty() => usize::MAX,
        None => start + 1,
        Some(last) => last.parse().unwrap_or(usize::MAX),
    };
    (path, Lines::Range(start..end.max(start)))
}

/// The bytes of the lines that are asked for, without the last line's end; `None` for an anchor
/// that is not there.
pub(super) fn chosen(text: &str, lines: &Lines<'_>) -> Option<Vec<Range<usize>>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut take = |range: Range<usize>| match out.last_mut() {
        Some(last) if last.end == range.start => last.end = range.end,
        _ => out.push(range),
    };
    let mut inside = false;
    let mut seen = false;
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let range = start..start + line.len();
        start = range.end;
        match lines {
            Lines::Range(wanted) if wanted.contains(&number) => take(range),
            Lines::Range(_) => {}
            Lines::Anchor(name) => match anchor(line) {
                Some((found, begins)) => {
                    inside = if found == *name { begins } else { inside };
                    seen |= found == *name && begins;
                }
                None if inside => take(range),
                None => {}
            },
        }
    }
    if let Some(last) = out.last_mut() {
        let line = &text[last.clone()];
        let end = line.strip_suffix('\n').unwrap_or(line);
        last.end = last.start + end.strip_suffix('\r').unwrap_or(end).len();
    }
    (seen || matches!(lines, Lines::Range(_))).then_some(out)
}

/// The name of an anchor that a line begins or ends.
fn anchor(line: &str) -> Option<(&str, bool)> {
    let (at, begins) = match (line.find("ANCHOR_END:"), line.find("ANCHOR:")) {
        (Some(end), _) => (end + "ANCHOR_END:".len(), false),
        (None, Some(start)) => (start + "ANCHOR:".len(), true),
        (None, None) => return None,
    };
    let rest = line[at..].trim_start();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
    (!name.is_empty()).then_some((name, begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> DirectiveKind<'_> {
        find(text).pop().expect("there is one").kind
    }

    #[test]
    fn directives_are_found_where_they_stand() {
        let text = "a {{#include b.rs:x}} {{ #title T }} {{x}} \\{{#include c}} {{#if}} {{";
        let found: Vec<&str> = find(text).into_iter().map(|d| &text[d.range]).collect();
        assert_eq!(found, ["{{#include b.rs:x}}", "{{ #title T }}", "\\{{#include c}}"]);
        assert_eq!(only("\\{{#include c}}"), DirectiveKind::Escaped);
        assert_eq!(
            only("{{#playground a.rs editable}}"),
            DirectiveKind::Playground("a.rs", vec!["editable"])
        );
        assert_eq!(find("{{#include }} {{#playground}}"), []);
    }

    #[test]
    fn lines_are_ranges_or_anchors() {
        for (written, lines) in [
            ("f", Lines::Range(0..usize::MAX)),
            ("f:2", Lines::Range(1..2)),
            ("f::3", Lines::Range(0..3)),
            ("f:2:", Lines::Range(1..usize::MAX)),
            ("f:2:3", Lines::Range(1..3)),
            ("f:0:1", Lines::Range(0..1)),
            ("f:9:3", Lines::Range(8..8)),
            ("f:here", Lines::Anchor("here")),
        ] {
            assert_eq!(wanted(written), ("f", lines), "{written}");
        }
    }

    #[test]
    fn chosen_lines_have_no_marks_of_anchors() {
        let text =
            "a\n// ANCHOR: x\nb\n// ANCHOR: y\nc\n// ANCHOR_END: y\r\nd\r\n// ANCHOR_END: x\n";
        let pick = |lines: Lines<'_>| -> Option<String> {
            chosen(text, &lines).map(|found| found.into_iter().map(|r| &text[r]).collect())
        };
        assert_eq!(pick(Lines::Anchor("x")).as_deref(), Some("b\nc\nd"));
        assert_eq!(pick(Lines::Anchor("y")).as_deref(), Some("c"));
        assert_eq!(pick(Lines::Anchor("z")), None);
        assert_eq!(pick(Lines::Range(0..1)).as_deref(), Some("a"));
        assert_eq!(pick(Lines::Range(90..91)).as_deref(), Some(""));
    }
}
