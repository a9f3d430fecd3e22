//! A line of Markdown that stands within something else, such as the caption of a listing behind its
//! fence: marks, code and links.
//!
//! HTML stays as it is written, for in a caption `Vec<T>` is meant. So does a line that Markdown would
//! take for another block than a paragraph: `1. The beginning`.

use super::tree::{Inline, InlineKind, Link};
use crate::source::Span;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What is made of the content of a mark.
type Mark = Box<dyn FnOnce(Vec<Inline>) -> InlineKind>;

/// The inlines of a line; all of them have its place.
pub(crate) fn line(words: &str, span: Span) -> Vec<Inline> {
    let mut events = Parser::new_ext(words, Options::ENABLE_STRIKETHROUGH);
    if !matches!(events.next(), Some(Event::Start(Tag::Paragraph))) {
        return vec![Inline { kind: InlineKind::Text(words.to_owned()), span }];
    }
    let mut row: Vec<Inline> = Vec::new();
    // What stands before each mark that is open.
    let mut open: Vec<(Mark, Vec<Inline>)> = Vec::new();
    for event in events {
        let kind = match event {
            Event::Text(text) | Event::InlineHtml(text) => InlineKind::Text(text.into_string()),
            Event::Code(code) => InlineKind::Code(code.into_string()),
            Event::SoftBreak | Event::HardBreak => InlineKind::Text(" ".to_owned()),
            Event::Start(tag) => {
                open.extend(mark(tag).map(|mark| (mark, std::mem::take(&mut row))));
                continue;
            }
            Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
            ) => {
                let Some((mark, before)) = open.pop() else { continue };
                mark(std::mem::replace(&mut row, before))
            }
            _ => continue,
        };
        match (row.last_mut().map(|last| &mut last.kind), kind) {
            (Some(InlineKind::Text(before)), InlineKind::Text(text)) => before.push_str(&text),
            (_, kind) => row.push(Inline { kind, span }),
        }
    }
    row
}

/// The mark that a tag opens.
fn mark(tag: Tag<'_>) -> Option<Mark> {
    Some(match tag {
        Tag::Emphasis => Box::new(InlineKind::Emphasis),
        Tag::Strong => Box::new(InlineKind::Strong),
        Tag::Strikethrough => Box::new(InlineKind::Strikethrough),
        Tag::Link { dest_url, .. } => {
            let (destination, title) = (dest_url.into_string(), String::new());
            Box::new(|content| InlineKind::Link(Box::new(Link { destination, title, content })))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn read(words: &str) -> String {
        fn say(inlines: &[Inline]) -> String {
            let said = inlines.iter().map(|inline| {
                let inner = format!("{}{}", inline.characters(), say(inline.children()));
                match &inline.kind {
                    InlineKind::Emphasis(_) => format!("e({inner})"),
                    InlineKind::Strong(_) => format!("s({inner})"),
                    InlineKind::Code(_) => format!("c({inner})"),
                    InlineKind::Link(link) => format!("l({inner})({})", link.destination),
                    _ => inner,
                }
            });
            said.collect()
        }
        say(&line(words, Span::new(FileId(0), 0..0)))
    }

    #[test]
    fn marks_code_and_links_are_read() {
        assert_eq!(read("Of *a **b** c* and `*d*`"), "Of e(a s(b) c) and c(*d*)");
        assert_eq!(read("[*a* b](c.md) d"), "l(e(a) b)(c.md) d");
        assert_eq!(read("![a](b.png) 2 * 3"), "a 2 * 3");
    }

    #[test]
    fn html_and_other_blocks_are_words() {
        assert_eq!(read("A Vec<T> of <b>"), "A Vec<T> of <b>");
        assert_eq!(read("1. The *beginning*"), "1. The *beginning*");
        assert_eq!(read("[a]: b"), "[a]: b");
        assert_eq!(read(""), "");
    }
}
