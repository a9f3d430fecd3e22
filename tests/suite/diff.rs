//! The difference of two texts, line by line, as a person wants to see it in a failed test.

/// Lines that differ with two lines of context, `-` expected and `+` found.
pub(crate) fn lines(expected: &str, found: &str) -> String {
    let steps = steps(&expected.lines().collect::<Vec<_>>(), &found.lines().collect::<Vec<_>>());
    let near = |at: usize| {
        let from = at.saturating_sub(2);
        steps[from..(at + 3).min(steps.len())].iter().any(|(mark, _)| *mark != ' ')
    };
    let mut out = String::new();
    let mut gap = false;
    for (at, (mark, line)) in steps.iter().enumerate() {
        if near(at) {
            out.push_str(if std::mem::take(&mut gap) { "    …\n" } else { "" });
            out.push_str(&format!("    {mark} {line}\n"));
        } else {
            gap = !out.is_empty();
        }
    }
    out
}

/// The longest common subsequence, kept; the rest removed or added.
fn steps<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(char, &'a str)> {
    let mut longest = vec![vec![0u32; new.len() + 1]; old.len() + 1];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            longest[i][j] = if a == b {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            out.push((' ', old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && longest[i + 1][j] >= longest[i][j + 1] {
            out.push(('-', old[i]));
            i += 1;
        } else {
            out.push(('+', new[j]));
            j += 1;
        }
    }
    out
}

#[test]
fn a_changed_line_is_shown_once_removed_and_once_added() {
    assert_eq!(lines("a\nb\nc\n", "a\nx\nc\n"), "      a\n    - b\n    + x\n      c\n");
    assert_eq!(lines("a\n", "a\n"), "");
}
