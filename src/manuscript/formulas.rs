//! Formulas: which dollar signs mean mathematics, and where displayed formulas part a paragraph.
//!
//! The parser takes everything between two dollar signs that touch their content. Prose is full
//! of other ones (`$HOME/bin:$PATH`, $5 to $10), so what the parser found is judged here by what
//! stands inside and behind. TeX is not read here, only carried to `book`.

use super::tidy::{tidy, union};
use super::tree::{Block, BlockKind, Inline, InlineKind, Spanned};
use crate::source::Span;
use std::ops::Range;

/// Whether the parser's `$…$` or `$$…$$` at this place of the file is mathematics.
pub(super) fn is_formula(text: &str, range: &Range<usize>, tex: &str, display: bool) -> bool {
    if tex.trim().is_empty() {
        return false;
    }
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    if display {
        // The shell's `$$` stands in the middle of a line, and its content between blanks.
        let is_alone = || ends_line(&text[range.end..]) || starts_line(&text[..range.start]);
        return tex.contains('\n') || tex.trim() == tex || is_alone();
    }
    !before.is_some_and(char::is_alphanumeric)
        && !after.is_some_and(|after| continues(tex, after))
        && !is_prose(tex)
}

/// Whether what follows makes the second dollar sign the beginning of something else: a price, a
/// variable. `$n$th` and `$k$-means` are mathematics.
fn continues(tex: &str, after: char) -> bool {
    let is_closed = tex.ends_with(|c: char| c.is_alphanumeric() || "})]|!'".contains(c));
    after.is_numeric()
        || after == '_'
        || after == '{' && tex.starts_with('{')
        || (matches!(after, '{' | '(') || after.is_alphabetic()) && !is_closed
        || after.is_uppercase() && tex.starts_with(|c: char| c.is_uppercase() || c == '{')
}

/// Whether it reads like words: two of three letters or more, and nothing that TeX would need to
/// tell them from variables.
fn is_prose(tex: &str) -> bool {
    let words = tex.split(|c: char| !c.is_alphabetic());
    let words = words.filter(|word| word.chars().count() > 2).count();
    let spaced = tex.split_whitespace().count();
    words > 1 && spaced > 2 && !tex.contains(['\\', '^', '_', '=', '<', '>', '+', '{'])
}

fn starts_line(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or("");
    line.trim_start_matches(|c: char| c.is_whitespace() || ">*+-.)0123456789".contains(c))
        .is_empty()
}

fn ends_line(after: &str) -> bool {
    let line = after.lines().next().unwrap_or("").trim();
    line.is_empty() || line.starts_with("{#")
}

/// Adds a paragraph's blocks: displayed formulas are blocks of their own, what stands before, between
/// and behind them are paragraphs.
pub(super) fn part(inlines: Vec<Inline>, span: Span, source: &str, blocks: &mut Vec<Block>) {
    if !inlines.iter().any(is_displayed) {
        let inlines = tidy(inlines, source);
        if !inlines.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph(inlines), span });
        }
        return;
    }
    let mut words = Vec::new();
    let mut rest = inlines.into_iter().peekable();
    while let Some(inline) = rest.next() {
        let InlineKind::Math { tex, display: true } = inline.kind else {
            words.push(inline);
            continue;
        };
        push_words(blocks, std::mem::take(&mut words), source);
        let mut place = inline.span;
        let mut id = None;
        while let Some(next) = rest.peek_mut() {
            match &mut next.kind {
                InlineKind::SoftBreak | InlineKind::HardBreak => {}
                InlineKind::Text(text) => {
                    let found = attributes(text, next.span);
                    let blanks = text.len() - text.trim_start().len();
                    let taken = found.as_ref().map_or(blanks, |(_, length)| *length);
                    if let Some(((name, at), _)) = found {
                        place = union(place, at);
                        id = Some((name, Span { start: at.start + 2, end: at.end - 1, ..at }));
                    }
                    text.drain(..taken);
                    next.span.start =
                        next.span.start.saturating_add(length(taken)).min(next.span.end);
                    if !text.trim_start().is_empty() {
                        break;
                    }
                }
                _ => break,
            }
            rest.next();
        }
        let id = id.or_else(|| label(&tex, inline.span, source));
        blocks.push(Block { kind: BlockKind::Formula { tex, id }, span: place });
    }
    push_words(blocks, words, source);
}

fn is_displayed(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::Math { display: true, .. })
}

fn push_words(blocks: &mut Vec<Block>, words: Vec<Inline>, source: &str) {
    let words = tidy(words, source);
    if let Some(span) = words.iter().map(|inline| inline.span).reduce(union) {
        blocks.push(Block { kind: BlockKind::Paragraph(words), span });
    }
}

/// `{#id}` at the beginning of a text: the name, the place of the braces, and how many bytes of
/// the text they take with the blanks around them.
fn attributes(text: &str, span: Span) -> Option<(Spanned<String>, usize)> {
    let start = text.len() - text.trim_start().len();
    let name = text[start..].strip_prefix("{#")?.split_once('}')?.0;
    if name.is_empty() || name.contains(char::is_whitespace) {
        return None;
    }
    let end = start + name.len() + 3;
    let at = |offset: usize| span.start.saturating_add(length(offset)).min(span.end);
    let place = Span { start: at(start), end: at(end), ..span };
    let blanks = text[end..].len() - text[end..].trim_start().len();
    Some(((name.to_owned(), place), end + blanks))
}

/// LaTeX's own way to name a formula: `\label{…}` within it.
fn label(tex: &str, span: Span, source: &str) -> Option<Spanned<String>> {
    let name = tex.split_once("\\label{")?.1.split_once('}')?.0.trim();
    let written = source.get(span.range())?;
    let start = written.find("\\label{").map(|at| at + "\\label{".len())?;
    let start = span.start.saturating_add(length(start));
    let end = start.saturating_add(length(name.len())).min(span.end);
    (!name.is_empty()).then(|| (name.to_owned(), Span { start, end, ..span }))
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::is_formula;

    /// Judges the first `$…$` of a line by its outermost dollar signs.
    fn judged(line: &str) -> bool {
        let start = line.find('$').unwrap_or(0);
        let end = start + 1 + line[start + 1..].find('$').unwrap_or(0);
        is_formula(line, &(start..end + 1), &line[start + 1..end], false)
    }

    #[test]
    fn mathematics_is_told_from_prices_and_variables() {
        for formula in ["$x$", "the $n$th", "$k$-means", "($a + b$)", "$5$", "$2^n$,", "$A$s"] {
            assert!(judged(formula), "{formula}");
        }
        for text in [
            "$5/$10",
            "$HOME:$PATH",
            "$HOME/$USER",
            "$A$B",
            "${A}${B}",
            "US$5 a 6$",
            "$(pwd)/$file",
            "$20 for tea and cake 30$",
            "$HOME is your home, not a dir$",
        ] {
            assert!(!judged(text), "{text}");
        }
    }
}
