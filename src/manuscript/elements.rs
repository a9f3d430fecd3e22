//! What each element of HTML means in a book, and what is said of those that mean nothing there.

use super::build::Builder;
use super::frame::{Kind, Mark};
use super::tidy::clean;
use super::tree::{BlockKind, Image, Inline, InlineKind};
use crate::html::tokens::Tag;
use crate::source::Span;

/// Where HTML stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Block,
    Line,
}

/// What became of an opening tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is in the tree.
    Understood,
    /// It means nothing, which the author should know.
    Meaningless,
    /// It would be nested too deep, which was told.
    TooDeep,
    /// All it does is done, and nobody misses the tag.
    Done,
}

/// Does what an opening tag says.
pub(super) fn understand(
    b: &mut Builder<'_>,
    tag: &Tag,
    name: &str,
    span: Span,
    place: Place,
) -> Outcome {
    if place == Place::Block
        && let Some(kind) = container(name, tag)
    {
        return match b.open_container(name, kind, span) {
            true => Outcome::Understood,
            false => Outcome::Meaningless,
        };
    }
    match name {
        "br" => b.inline(InlineKind::HardBreak, span),
        "img" => return image(b, tag, span),
        "p" if place == Place::Block => {
            b.begin_block();
            b.loosen_list();
        }
        "hr" if place == Place::Block => b.block(BlockKind::Rule, span),
        "a" if b.in_link() => return Outcome::Meaningless,
        "a" if tag.value("href").is_none() && is_named(tag) => return Outcome::Done,
        "abbr" | "acronym" if tag.value("title").is_none() => return Outcome::Done,
        "figure" | "details" if place == Place::Block => return Outcome::Done,
        "figcaption" | "summary" if place == Place::Block => {
            b.begin_block();
            return open_mark(b, tag, name, span);
        }
        _ if is_plain(name) && b.is_mdbook() && tag.value("lang").is_none() && !is_caption(tag) => {
            return Outcome::Done;
        }
        _ => return open_mark(b, tag, name, span),
    }
    Outcome::Understood
}

/// The elements that are blocks or hold blocks.
fn container(name: &str, tag: &Tag) -> Option<Kind> {
    Some(match name {
        "ul" | "menu" => Kind::List(None, true, Vec::new()),
        "ol" => {
            let start = tag.value("start").and_then(|start| start.trim().parse().ok());
            Kind::List(Some(start.unwrap_or(1)), true, Vec::new())
        }
        "li" => Kind::Item(None),
        "dl" => Kind::Definitions(Vec::new()),
        "dt" => Kind::Term,
        "dd" => Kind::Description,
        "blockquote" => Kind::Quote,
        _ => {
            let level = name.strip_prefix('h')?.parse().ok()?;
            (1..=6).contains(&level).then(|| Kind::Heading(level, None, Vec::new(), Vec::new()))?
        }
    })
}

/// Whether an element says how its words look or what they are for, and a book loses nothing
/// without it.
fn is_plain(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "bdi"
            | "big"
            | "center"
            | "data"
            | "div"
            | "font"
            | "footer"
            | "header"
            | "hgroup"
            | "ins"
            | "label"
            | "main"
            | "nav"
            | "nobr"
            | "picture"
            | "section"
            | "small"
            | "source"
            | "span"
            | "time"
            | "wbr"
    )
}

/// An element within a line; with `lang` what is in it is in another language.
fn open_mark(b: &mut Builder<'_>, tag: &Tag, name: &str, span: Span) -> Outcome {
    let language = tag.value("lang").map(|language| Mark::Foreign(clean(language)));
    let mark = mark(name, tag);
    if mark.is_none() && (name != "span" || language.is_none()) {
        return Outcome::Meaningless;
    }
    // If only the second is too deep, the first is there to be closed.
    let mut outcome = Outcome::TooDeep;
    for mark in mark.into_iter().chain(language) {
        if b.open_html(name, mark, span) {
            outcome = Outcome::Understood;
        }
    }
    outcome
}

/// The elements that become marks.
fn mark(name: &str, tag: &Tag) -> Option<Mark> {
    Some(match name {
        "em" | "i" | "cite" | "dfn" | "u" | "var" => Mark::Emphasis,
        "strong" | "b" => Mark::Strong,
        "s" | "del" | "strike" => Mark::Strikethrough,
        "sup" => Mark::Superscript,
        "sub" => Mark::Subscript,
        "kbd" => Mark::Keyboard,
        "mark" => Mark::Highlight,
        "code" | "samp" | "tt" => Mark::Code,
        "abbr" | "acronym" => Mark::Abbreviation(clean(tag.value("title")?)),
        "figcaption" => Mark::Caption,
        "span" if is_caption(tag) => Mark::Caption,
        "summary" => Mark::Strong,
        "a" => Mark::Link(clean(tag.value("href")?), clean(tag.value("title").unwrap_or(""))),
        _ => return None,
    })
}

/// `<img>`, if it has a path.
fn image(b: &mut Builder<'_>, tag: &Tag, span: Span) -> Outcome {
    let Some(path) = tag.value("src") else { return Outcome::Meaningless };
    let alt = tag.value("alt").map(|words| {
        // A tag may run over several lines.
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Inline { kind: InlineKind::Text(clean(&words)), span }
    });
    let image = Image {
        path: clean(path),
        title: clean(tag.value("title").unwrap_or("")),
        alt: alt.into_iter().collect(),
        caption: Vec::new(),
        width: width(tag),
    };
    b.inline(InlineKind::Image(Box::new(image)), span);
    Outcome::Understood
}

/// The width of a picture in percent; other units are those of a screen.
fn width(tag: &Tag) -> Option<u8> {
    let style = tag.value("style").unwrap_or("").to_ascii_lowercase();
    let mut rules = style.split(';').rev().filter_map(|rule| rule.split_once(':'));
    let said = rules.find(|(name, _)| name.trim() == "width").map(|(_, value)| value);
    let percent = said.or(tag.value("width"))?.trim().strip_suffix('%')?;
    percent.trim().parse().ok().filter(|percent| (10..=100).contains(percent))
}

fn is_named(tag: &Tag) -> bool {
    tag.value("id").or(tag.value("name")).is_some()
}

/// `<span class="caption">`, as books of mdBook write below their pictures.
fn is_caption(tag: &Tag) -> bool {
    tag.value("class").is_some_and(|class| class.split_whitespace().any(|name| name == "caption"))
}

/// What to do about an element that means nothing.
pub(super) fn advice(b: &Builder<'_>, name: &str, place: Place) -> &'static str {
    match name {
        "a" if b.in_link() => "a link cannot lie in a link",
        "a" => "without `href` it leads nowhere; give a heading an id with `{#id}`",
        "img" => "it needs `src`; or write `![words](path)`",
        "audio" | "embed" | "iframe" | "object" | "video" => {
            "its text is kept, but a book shows no film: write a link to where it is seen"
        }
        "script" | "style" | "template" if place == Place::Block => "it was left out: remove it",
        "svg" => {
            "the words in it are kept: save the drawing as a file, and show it with `![words](path.svg)`"
        }
        "math" => "its text is kept: write the formula in TeX, between dollar signs",
        "table" => {
            "its text is kept: no table can lie in another one, and each needs its `</table>`"
        }
        "caption" | "dd" | "dt" | "li" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => {
            "its text is kept: it belongs into a list or a table"
        }
        _ if place == Place::Line && !crate::html::elements::is_inline(name) => {
            "its text is kept: it cannot stand within a line; put it on a line of its own, with a blank line before it"
        }
        _ => {
            "its text is kept: remove it, or use Markdown; the README lists the HTML that is understood"
        }
    }
}
