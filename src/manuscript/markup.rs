//! What HTML in Markdown means: a small set is understood, the rest is reported and its text kept.
//!
//! Nothing is passed through. The set is in `elements`. The tag of an element that HTML has but a
//! book has not (`<div>`) is dropped; a tag that HTML does not know (`<T>`, `<String>`) was not meant
//! as one and is set as it was written.

use super::build::Builder;
use super::elements::{Outcome, Place, advice, understand};
use super::frame::Kind;
use super::tidy::{clean, whole_lines};
use super::tree::{Block, BlockKind, InlineKind};
use super::{html_table, lines};
use crate::diag::{Code, Diagnostic};
use crate::html::elements::{is_element, is_inline, is_void};
use crate::html::tokens::{self, Tag, Token, TokenKind};
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// HTML as the parser gives it: lines without the marks of quotes and lists before them.
#[derive(Default)]
pub(super) struct Pieces {
    raw: String,
    /// Where each piece begins in `raw`, and where it stands in the file.
    places: Vec<(usize, Range<usize>)>,
    /// Markdown between the pieces of a table: the byte of `raw` before which it stands.
    blocks: Vec<(usize, Vec<Block>)>,
}

/// What is remembered from tag to tag of a file.
#[derive(Default)]
pub(super) struct Markup {
    /// How many opening tags were dropped or set as text, by name: their closing tags share their
    /// fate without another complaint.
    dropped: BTreeMap<String, usize>,
}

impl Pieces {
    /// Adds a piece that stands at `range` of the file.
    pub(super) fn push(&mut self, html: &str, range: Range<usize>) {
        self.places.push((self.raw.len(), range));
        self.raw.push_str(html);
    }

    /// Adds Markdown that stands between two pieces.
    pub(super) fn with_blocks(mut self, blocks: Vec<Block>) -> Self {
        if !blocks.is_empty() {
            self.blocks.push((self.raw.len(), blocks));
        }
        self
    }

    /// The Markdown within or right behind bytes of the raw text.
    fn blocks(&self, raw: &Range<usize>) -> impl Iterator<Item = &Vec<Block>> {
        let within = raw.start + 1..=raw.end;
        let found = self.blocks.iter().filter(move |(at, _)| within.contains(at));
        found.map(|(_, blocks)| blocks)
    }

    /// Bytes of the raw text as bytes of the file.
    fn range(&self, raw: Range<usize>) -> Range<usize> {
        let start = self.place(raw.start);
        // The end is found from the last byte within: behind it may lie the mark of a quote.
        let end = if raw.is_empty() { start } else { self.place(raw.end - 1) + 1 };
        start..end.max(start)
    }

    fn place(&self, at: usize) -> usize {
        let index = self.places.partition_point(|(begin, _)| *begin <= at);
        self.places[..index].last().map_or(0, |(begin, range)| {
            (range.start + (at - begin)).min(range.end.saturating_sub(1).max(range.start))
        })
    }
}

impl Markup {
    /// Reads the HTML within a line.
    pub(super) fn inline(&mut self, builder: &mut Builder<'_>, pieces: &Pieces) {
        for token in tokens::tokens(&pieces.raw) {
            self.token(builder, pieces, &token, Place::Line);
        }
    }

    /// Reads a block of HTML.
    pub(super) fn block(&mut self, builder: &mut Builder<'_>, pieces: &Pieces) {
        self.content(builder, pieces, &tokens::tokens(&pieces.raw));
        // What is drawn ends with its block, also without a closing tag.
        self.dropped.retain(|name, _| !DRAWINGS.contains(&name.as_str()));
        builder.begin_block();
    }

    /// Reads what stands in a block of HTML, or in a cell.
    fn content(&mut self, builder: &mut Builder<'_>, pieces: &Pieces, tokens: &[Token]) {
        let mut at = 0;
        // A closing tag that was looked for once and is not there is not looked for again.
        let mut is_open_ended = false;
        while let Some(token) = tokens.get(at) {
            let name = match &token.kind {
                TokenKind::Open(tag) => tag.name.to_ascii_lowercase(),
                _ => String::new(),
            };
            let rest = &tokens[at..];
            let length = match name.as_str() {
                "table" => html_table::length(rest),
                "pre" if !is_open_ended => {
                    let length = length_of(rest, "pre");
                    is_open_ended = length.is_none();
                    length
                }
                _ => None,
            };
            match (name.as_str(), length) {
                ("table", Some(length)) => self.table(builder, pieces, &rest[..length]),
                ("pre", Some(length)) => listing(builder, pieces, &rest[..length]),
                _ => self.token(builder, pieces, token, Place::Block),
            }
            at += length.unwrap_or(1);
        }
    }

    fn table(&mut self, b: &mut Builder<'_>, pieces: &Pieces, tokens: &[Token]) {
        let whole = tokens.first().map_or(0, |token| token.range.start)
            ..tokens.last().map_or(0, |token| token.range.end);
        let span = b.span(pieces.range(whole));
        let table = match html_table::read(tokens) {
            Ok(table) => table,
            Err(unruly) => return b.diagnostics.push(unruly.complaint(span)),
        };
        b.begin_block();
        self.stray(b, pieces, tokens, &table.stray);
        self.caption(b, pieces, &tokens[table.caption.clone()]);
        b.open(Kind::Table(table.columns, Vec::new(), Vec::new()), span);
        let rows = table.head.iter().map(|row| (Kind::Head(Vec::new()), row));
        let rows = rows.chain(table.rows.iter().map(|row| (Kind::Row(Vec::new()), row)));
        for (kind, row) in rows {
            b.open(kind, b.span(pieces.range(row.bytes.clone())));
            for cell in &row.cells {
                let span = b.span(pieces.range(cell.bytes.clone()));
                b.begin_aside(span);
                self.content(b, pieces, &tokens[cell.tokens.clone()]);
                let inlines = lines::of(b.end_aside());
                b.open(Kind::Cell(Some((cell.slots, cell.is_head))), span);
                inlines.into_iter().for_each(|inline| b.inline(inline.kind, inline.span));
                b.close();
            }
            b.close();
        }
        b.close();
    }

    /// A caption, as Markdown says it.
    fn caption(&mut self, b: &mut Builder<'_>, pieces: &Pieces, tokens: &[Token]) {
        let text = tokens.iter().find(|token| token.kind == TokenKind::Text);
        if let Some(text) = text.filter(|text| !pieces.raw[text.range.clone()].trim().is_empty()) {
            let start = b.span(pieces.range(text.range.start..text.range.start));
            b.text("Table: ", start);
        }
        for token in tokens {
            self.token(b, pieces, token, Place::Block);
        }
        b.begin_block();
    }

    /// What stands in a table but in no cell is set before it (HTML, 13.2.6.4.9).
    fn stray(&mut self, b: &mut Builder<'_>, pieces: &Pieces, tokens: &[Token], stray: &[usize]) {
        let is_seen = |token: &Token| match token.kind {
            TokenKind::Text => {
                let is_blank = pieces.raw[token.range.clone()].trim().is_empty();
                !is_blank || pieces.blocks(&token.range).next().is_some()
            }
            TokenKind::Open(_) | TokenKind::Declaration | TokenKind::OpenComment => true,
            TokenKind::Close(_) | TokenKind::Comment | TokenKind::Program => false,
        };
        let Some(first) = stray.iter().find(|at| is_seen(&tokens[**at])) else { return };
        let span = b.span(pieces.range(tokens[*first].range.clone()));
        let message = "something of this table stands outside of its cells";
        complain(b, span, message, "it is set before the table: put it into a cell");
        for at in stray {
            self.token(b, pieces, &tokens[*at], Place::Block);
        }
        b.begin_block();
    }

    fn token(&mut self, b: &mut Builder<'_>, pieces: &Pieces, token: &Token, place: Place) {
        let written = &pieces.raw[token.range.clone()];
        let span = b.span(pieces.range(token.range.clone()));
        match &token.kind {
            TokenKind::Text if place == Place::Block => {
                block_text(b, pieces, token.range.clone());
                pieces.blocks(&token.range).for_each(|blocks| b.blocks(blocks.clone()));
            }
            TokenKind::Text => b.text(&tokens::decode(written), span),
            TokenKind::Comment | TokenKind::Program => b.part(),
            TokenKind::OpenComment => {
                complain(
                    b,
                    span,
                    "a comment has no end",
                    "close it with `-->`: what stands behind it was left out",
                );
                b.part();
            }
            TokenKind::Declaration => {
                complain(b, span, "this markup has no meaning in a book", AS_TEXT);
                b.text(&one_line(written), span);
            }
            TokenKind::Open(tag) => self.open(b, tag, written, span, place),
            TokenKind::Close(name) => self.close(b, name, written, span, place),
        }
    }

    fn open(&mut self, b: &mut Builder<'_>, tag: &Tag, written: &str, span: Span, place: Place) {
        let name = tag.name.to_ascii_lowercase();
        let is_type = tag.name.len() == 1 && tag.name != name && tag.attributes.is_empty();
        if self.is_drawn() && !is_element(&name) {
            return;
        }
        if is_type || !is_element(&name) {
            *self.dropped.entry(name).or_default() += 1;
            let written = one_line(written);
            complain(b, span, &format!("`{written}` is not an element of HTML"), AS_TEXT);
            return b.text(&written, span);
        }
        let named = tag.value("id").or_else(|| tag.value("name").filter(|_| name == "a"));
        if let Some(id) = named {
            b.name_place(id, span);
        }
        match understand(b, tag, &name, span, place) {
            Outcome::Understood => return,
            Outcome::TooDeep | Outcome::Done => {}
            Outcome::Meaningless if self.is_part(&name) => {}
            Outcome::Meaningless => {
                let message = format!("`{}` has no meaning in a book", one_line(written));
                complain(b, span, &message, advice(b, &name, place));
            }
        }
        if !is_void(&name) {
            *self.dropped.entry(name.clone()).or_default() += 1;
        }
        drop_tag(b, &name, span, place);
    }

    /// Whether it belongs to an element that was dropped, and so needs no word of its own.
    fn is_part(&self, name: &str) -> bool {
        let wholes: &[&str] = match name {
            "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => {
                &["table"]
            }
            "li" => &["ol", "ul", "menu"],
            "dd" | "dt" => &["dl"],
            "summary" => &["details"],
            "figcaption" => &["figure"],
            "option" => &["select"],
            _ => return false,
        };
        wholes.iter().any(|whole| self.dropped.get(*whole).is_some_and(|count| *count > 0))
    }

    /// Whether a drawing or a formula is open: its elements are not HTML's.
    fn is_drawn(&self) -> bool {
        DRAWINGS.iter().any(|name| self.dropped.get(*name).is_some_and(|count| *count > 0))
    }

    fn close(&mut self, b: &mut Builder<'_>, name: &str, written: &str, span: Span, place: Place) {
        let name = name.to_ascii_lowercase();
        let known = is_element(&name);
        if self.is_drawn() && !known {
            return;
        }
        match self.dropped.get_mut(&name) {
            Some(count) if *count > 0 => *count -= 1,
            _ if b.close_html(&name, span) => return,
            _ if b.will_end(&name) => {}
            _ if name == "p" && place == Place::Block => return b.begin_block(),
            _ => {
                let help = if known { "remove it; it was left out" } else { AS_TEXT };
                complain(b, span, &format!("`{}` closes nothing here", one_line(written)), help);
            }
        }
        if !known || (name.len() == 1 && written.contains(|c: char| c.is_ascii_uppercase())) {
            return b.text(&one_line(written), span);
        }
        drop_tag(b, &name, span, place);
    }
}

/// The number of tokens up to the closing tag of this name, with it.
fn length_of(tokens: &[Token], name: &str) -> Option<usize> {
    let is_end = |t: &Token| matches!(&t.kind, TokenKind::Close(n) if n.eq_ignore_ascii_case(name));
    tokens.iter().position(is_end).map(|at| at + 1)
}

/// `<pre>`: its lines as they are, without the tags in it.
fn listing(b: &mut Builder<'_>, pieces: &Pieces, tokens: &[Token]) {
    let [first, inner @ .., last] = tokens else { return };
    let span = b.span(pieces.range(first.range.start..last.range.end));
    let mut text = String::new();
    let mut info = String::new();
    for token in inner {
        match &token.kind {
            TokenKind::Text => text.push_str(&tokens::decode(&pieces.raw[token.range.clone()])),
            TokenKind::Open(tag) if text.trim().is_empty() => {
                let class = tag.value("class").unwrap_or("");
                let mut names = class.split_whitespace();
                let language = names.find_map(|name| name.strip_prefix("language-"));
                info = language.map_or(info, clean);
            }
            TokenKind::Open(_)
            | TokenKind::Close(_)
            | TokenKind::Comment
            | TokenKind::OpenComment
            | TokenKind::Program
            | TokenKind::Declaration => {}
        }
    }
    // The line end behind the tag is none (HTML, 13.2.6.4.7).
    let text = text.strip_prefix("\r\n").or(text.strip_prefix('\n')).unwrap_or(&text);
    b.begin_block();
    b.block(BlockKind::Code { info, text: whole_lines(text) }, span);
}

/// A tag that is left out may still end a paragraph.
fn drop_tag(b: &mut Builder<'_>, name: &str, span: Span, place: Place) {
    match (is_inline(name), place) {
        (true, _) => {}
        (false, Place::Block) => b.begin_block(),
        // It cannot; but the words on both sides of it are not one.
        (false, Place::Line) => b.keep_apart(span),
    }
    b.part();
}

/// Text of an HTML block: line ends are spaces, blanks at the ends of lines are nothing.
fn block_text(b: &mut Builder<'_>, pieces: &Pieces, range: Range<usize>) {
    let mut start = range.start;
    for line in pieces.raw[range].split_inclusive('\n') {
        let words = line.trim_ascii();
        if !words.is_empty() {
            let indent = line.len() - line.trim_ascii_start().len();
            let end = indent + words.len();
            let before = usize::from(!b.is_line_start() && line[..indent].ends_with(' '));
            let after = usize::from(line[end..].starts_with(' '));
            let piece = indent - before..end + after;
            let span = b.span(pieces.range(start + piece.start..start + piece.end));
            b.text(&tokens::decode(&line[piece]), span);
        } else if !line.contains('\n') && !b.is_line_start() {
            b.text(" ", b.span(pieces.range(start..start + line.len())));
        }
        if line.ends_with('\n') && !b.is_line_start() {
            let end = start + line.len();
            b.inline(InlineKind::SoftBreak, b.span(pieces.range(end - 1..end)));
        }
        start += line.len();
    }
}

fn complain(b: &mut Builder<'_>, span: Span, message: &str, help: &str) {
    b.diagnostics.push(Diagnostic::new(Code::UnsupportedMarkup, span, message).help(help));
}

/// A tag may run over several lines, a message may not.
fn one_line(written: &str) -> String {
    clean(&written.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Elements whose inner elements are others than HTML's.
const DRAWINGS: [&str; 2] = ["svg", "math"];

const AS_TEXT: &str = "it is set as it is written; say so with a backslash before `<` or with \
                       backticks around it";
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_lines_are_places_in_the_file() {
        let mut pieces = Pieces::default();
        pieces.push("<b\n", 2..5);
        pieces.push(">x\n", 7..10);
        assert_eq!(pieces.range(0..4), 2..8);
        assert_eq!(pieces.range(4..5), 8..9);
    }
}
