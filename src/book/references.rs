//! Page numbers in the words of links: in `[page #](#harbour)` the sign stands for the page.
//!
//! Other programs show the link as it is written, so nothing is lost where there are no pages.

use super::types::{AnchorId, Inline};

/// What stands for the page's number.
const SIGN: char = '#';

/// Puts the number of the page that `target` stands on in the place of each sign that stands
/// alone; the space before it does not break.
pub(super) fn number_pages(content: Vec<Inline>, target: AnchorId) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    for inline in content {
        match inline {
            Inline::Text(text, span) => {
                let pieces = pieces(&text);
                let last = pieces.len() - 1;
                for (at, piece) in pieces.into_iter().enumerate() {
                    let words = match piece.strip_suffix(' ') {
                        Some(words) if at < last => format!("{words}\u{A0}"),
                        Some(_) | None => piece.to_owned(),
                    };
                    out.extend((!words.is_empty()).then_some(Inline::Text(words, span)));
                    out.extend((at < last).then_some(Inline::PageNumber(target, span)));
                }
            }
            Inline::Emphasis(inner) => out.push(Inline::Emphasis(number_pages(inner, target))),
            Inline::Strong(inner) => out.push(Inline::Strong(number_pages(inner, target))),
            other => out.push(other),
        }
    }
    out
}

/// What stands between the signs; at least one piece. "C#", "#1" and "##" are words.
fn pieces(text: &str) -> Vec<&str> {
    let is_alone = |at: usize| {
        let before = text[..at].chars().next_back();
        let behind = text[at + SIGN.len_utf8()..].chars().next();
        let is_word = |c: char| c.is_alphanumeric() || c == SIGN;
        !before.is_some_and(is_word) && !behind.is_some_and(is_word)
    };
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(SIGN).filter(|(at, _)| is_alone(*at)) {
        pieces.push(&text[from..at]);
        from = at + SIGN.len_utf8();
    }
    pieces.push(&text[from..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn signs_that_stand_alone_are_pages() {
        assert_eq!(pieces("page #"), ["page ", ""]);
        assert_eq!(pieces("(#, see #)"), ["(", ", see ", ")"]);
        assert_eq!(pieces("C# and #1 and ##"), ["C# and #1 and ##"]);
        assert_eq!(pieces(""), [""]);
    }
}
