//! Complaints for people: the line of the manuscript with a caret under what is wrong.
//!
//! Each place is shown by its first line alone: a paragraph is often one long line, and an arrow
//! around thirty lines helps nobody. What the manuscript says is data: the renderer shows
//! control characters as signs, so a text cannot steer the terminal.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle,
};

use super::report::{Position, Texts};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};

/// Columns that a message may take; longer lines of the manuscript are cut around the caret.
const WIDTH: usize = 100;

/// So many complaints of one kind are shown: nobody reads more, and each costs as much as the line
/// that it is about is long.
const MOST_OF_A_KIND: usize = 400;

/// All complaints, each followed by an empty line.
pub(super) fn all(texts: &Texts, diagnostics: &Diagnostics, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled().decor_style(DecorStyle::Unicode)
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(WIDTH);
    let mut out = String::new();
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= MOST_OF_A_KIND {
            out.push_str(&renderer.render(&[group(texts, diagnostic)]));
            out.push_str("\n\n");
        }
    }
    for (code, count) in counts.into_iter().filter(|(_, count)| *count > MOST_OF_A_KIND) {
        let (more, name) = (count - MOST_OF_A_KIND, code.name());
        out.push_str(&format!("and {more} more of `{name}`: `--format json` names them all\n\n"));
    }
    out
}

fn group<'a>(texts: &'a Texts, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    let own = diagnostic.span.iter().map(|span| (*span, None));
    let related = diagnostic.related.iter().map(|(span, label)| (*span, Some(label.as_str())));
    for (span, label) in own.chain(related) {
        if let Some(position) = texts.position(span) {
            group = group.element(place(&position, label));
        }
    }
    if let Some(page) = &diagnostic.page {
        group = group.element(Level::NOTE.message(format!("on page {page}")));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    group
}

/// A line of the manuscript with a mark.
fn place<'a>(position: &Position<'a>, label: Option<&'a str>) -> Snippet<'a, Annotation<'a>> {
    let (line, marked) = first_line(position.text, position.range.clone());
    Snippet::source(line)
        .path(position.path)
        .line_start(position.line)
        .annotation(AnnotationKind::Primary.span(marked).label(label))
}

/// The line in which a range of a text begins, and the part of it that the range covers: at
/// least one character, where the line has one.
fn first_line(text: &str, range: Range<usize>) -> (&str, Range<usize>) {
    let start = boundary(text, range.start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let next = text[start..line_end].chars().next().map_or(start, |c| start + c.len_utf8());
    let end = boundary(text, range.end).clamp(next, line_end);
    (&text[line_start..line_end], start - line_start..end - line_start)
}

/// The nearest boundary of characters at or before a place.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::{Sources, Span};

    fn plain(text: &str, ranges: Vec<Range<usize>>) -> String {
        let mut sources = Sources::default();
        let file = sources.add("a.md", text);
        let mut diagnostics = Diagnostics::default();
        for range in ranges {
            let span = Span::new(file, range);
            let diagnostic = Diagnostic::new(Code::BrokenLink, span, "there is no `b.md`");
            diagnostics.push(diagnostic);
        }
        all(&Texts::new(Path::new("book"), &sources), &diagnostics, false)
    }

    #[test]
    fn a_complaint_shows_line_caret_related_places_page_and_help() {
        let mut sources = Sources::default();
        let chapter = sources.add("chapters/a.md", "One.\n\nSee [two](b.md).\n");
        let config = sources.add("book.toml", "chapters = [\"a.md\"]\n");
        let mut diagnostics = Diagnostics::default();
        let found = Diagnostic::new(Code::BrokenLink, Span::new(chapter, 10..21), "no `b.md`");
        let related = Span::new(config, 12..18);
        diagnostics.push(found.related(related, "chapters are listed here").page("iv").help("x"));
        let shown = all(&Texts::new(Path::new("book"), &sources), &diagnostics, false);
        let expected = "\
error[broken-link]: no `b.md`
 --> book/chapters/a.md:3:5
  |
3 | See [two](b.md).
  |     ^^^^^^^^^^^
  |
 ::: book/book.toml:1:13
  |
1 | chapters = [\"a.md\"]
  |             ^^^^^^ chapters are listed here
  |
  = note: on page iv
  = help: x

";
        assert_eq!(shown, expected);
        assert!(all(&Texts::new(Path::new("."), &sources), &diagnostics, true).contains('\u{1b}'));
    }

    #[test]
    fn of_very_many_of_a_kind_it_is_said_how_many_they_are() {
        let shown = plain("word ".repeat(500).as_str(), (0..500).map(|at| at..at + 1).collect());
        assert_eq!(shown.matches("error[broken-link]").count(), MOST_OF_A_KIND);
        assert!(
            shown.ends_with("and 100 more of `broken-link`: `--format json` names them all\n\n")
        );
    }

    #[test]
    fn no_place_breaks_the_renderer() {
        let text = "å\r\n\r\nbø\u{1b}[31m \u{202e}!\n\tlast";
        let ends: Vec<usize> = (0..text.len() + 3).collect();
        for start in &ends {
            let shown = plain(text, ends.iter().map(|end| *start..*end).collect());
            assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'));
        }
        assert!(plain("", vec![Range::default()]).contains("book/a.md:1:1"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let text = format!("{} wrong {}", "before ".repeat(400), "after ".repeat(400));
        let at = text.find("wrong").expect("the word is there");
        let shown = plain(&text, Vec::from([Range { start: at, end: at + 5 }]));
        assert!(shown.contains("wrong"));
        assert!(shown.lines().all(|line| line.chars().count() <= WIDTH + 20), "{shown}");
    }
}
