//! Listings: code that never leaves the measure.
//!
//! A line that is too long is broken at a good place and goes on after a mark, as far in as it
//! began. Roles of tokens are told by weight and slope first, so that they survive a grey printer.

use crate::book::{CodeBlock, CodeRole, Inline, NodeId, Place, Text};
use crate::font::FaceId;
use crate::geom::{Length, Point, Rect, Size};

use super::column::Column;
use super::design::Style;
use super::galley::Row;
use super::inline::{Flat, Look, Segment};
use super::pages::{Color, ContentId, Item, Path, TagKind};
use super::paragraph::{Setting, set};

/// Background of a listing.
const PAPER: Color = Color::Gray(245);
/// What tells that a line goes on from the one above.
const CONTINUED: &str = "↪ ";
/// Lines of a listing that stay together at either end of a page.
const TOGETHER: usize = 3;
/// Cost of parting a listing from the words before it, which most often tell what it is: as much
/// as three empty lines.
const FROM_WORDS: i64 = 18_000;

impl Column<'_, '_> {
    /// A listing: one row for each printed line.
    pub(super) fn listing(&mut self, code: &CodeBlock) {
        let style = self.setter.design.styles.listing;
        let outer = self.setter.structure.child(self.tag, TagKind::Paragraph);
        let tag = self.setter.structure.child(outer, TagKind::Code);
        let content = self.setter.structure.content(tag);
        let padding = self.style.size.scale(60, 100);
        let room = self.measure - padding * 2;
        let advance = self.advance(&style);
        let columns = usize::try_from(room.0 / advance.0.max(1)).unwrap_or(0).max(8);
        self.hold_words();
        self.space(self.half_line());
        let mut rows = Vec::new();
        let mut offset = 0usize;
        for line in &code.lines {
            let indent = indent(line, columns);
            let printed = wrap(line, columns, indent);
            self.setter.statistics.code_wrapped += u64::from(printed.len() > 1);
            let length: usize = line.iter().map(|(_, text)| text.len()).sum();
            for (at, part) in printed.into_iter().enumerate() {
                let start = offset + part.iter().map(|t| t.2).min().unwrap_or(0);
                let place =
                    Place { node: code.id, offset: u32::try_from(start).unwrap_or(u32::MAX) };
                let continued = (at > 0).then(|| advance * indent as i64);
                let mut row = self.code_row((&part, continued), (code, content), &style, padding);
                row.place = Some(place);
                rows.push(row);
            }
            offset += length + 1;
        }
        self.push_listing(rows, padding);
        self.space(self.half_line());
        self.indent_next = false;
    }

    /// Width of every character.
    fn advance(&self, style: &Style) -> Length {
        let face = self.setter.shaper.faces().get(style.family.regular);
        face.scale(face.advance(face.glyph('0').unwrap_or(0)), style.size)
    }

    /// Makes it dear to break the page between the last line of text and what follows.
    fn hold_words(&mut self) {
        let last = self.galley.rows.last_mut().filter(|row| row.grid);
        if let Some(cost) = last.and_then(|row| row.break_after.as_mut()) {
            *cost = FROM_WORDS.max(*cost);
        }
    }

    fn code_row(
        &mut self,
        (part, continued): (&[(CodeRole, String, usize)], Option<Length>),
        (code, content): (&CodeBlock, ContentId),
        style: &Style,
        padding: Length,
    ) -> Row {
        let mut flat = Flat {
            node: code.id,
            text: String::new(),
            segments: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
            soft_hyphens: Vec::new(),
            offsets: vec![(0, 0)],
        };
        let mut push = |role: CodeRole, text: &str| {
            let (face, color) = ink(role, style);
            flat.segments.push(Segment {
                start: flat.text.len(),
                look: Look {
                    face,
                    size: style.size,
                    features: style.features,
                    color,
                    rise: Length::ZERO,
                    code: true,
                    struck: false,
                    marked: false,
                },
                content,
                link: None,
                language: None,
                photo: None,
                span: code.span,
            });
            // Spaces of code neither stretch nor break.
            flat.text.push_str(text);
        };
        for (role, text, _) in part {
            push(*role, text);
        }
        let mut row = Row::blank(style.leading);
        row.baseline = super::column::baseline(style);
        row.span = Some(code.span);
        let left = self.left + padding;
        let mut indent = Length::ZERO;
        if let Some(hanging) = continued {
            indent = hanging + self.continuation_mark(style, code, &mut row, left + hanging);
        }
        let setting = Setting { measure: self.measure * 4, indent: Length::ZERO, one_line: true };
        for line in set(self.setter, &flat, style, setting) {
            for mut item in line.items {
                super::column::shift(&mut item, left + indent, row.baseline);
                row.items.push(item);
            }
        }
        row
    }

    /// The mark before a continued line; it is furniture. Returns its width.
    fn continuation_mark(
        &mut self,
        style: &Style,
        code: &CodeBlock,
        row: &mut Row,
        left: Length,
    ) -> Length {
        let inlines = vec![Inline::Text(CONTINUED.to_owned(), code.span)];
        let text = Text { id: NodeId(u32::MAX), span: code.span, inlines };
        let (items, width) = self.setter.furniture(&text, style);
        for mut item in items {
            super::column::shift(&mut item, left, row.baseline);
            row.items.push(item);
        }
        width
    }

    fn push_listing(&mut self, rows: Vec<Row>, padding: Length) {
        let count = rows.len();
        for (at, mut row) in rows.into_iter().enumerate() {
            if at == 0 {
                row.height += padding;
                row.baseline += padding;
                row.items.iter_mut().for_each(|i| super::column::shift(i, Length::ZERO, padding));
            }
            if at + 1 == count {
                row.height += padding;
            }
            let corner = Point::new(self.left, Length::ZERO);
            let area = Rect::new(corner, Size::new(self.measure, row.height));
            row.items.insert(0, Item::Path(Path::rectangle(area, PAPER)));
            let near_end =
                at + 1 < TOGETHER.min(count) || count - at - 1 < TOGETHER && at + 1 < count;
            row.break_after = if near_end { Some(super::column::WIDOW / 2) } else { Some(200) };
            if at + 1 == count {
                row.break_after = Some(0);
            }
            self.push(row);
        }
    }
}

/// Face and colour of a token: readable in grey, 4.5:1 at least on the listing's background.
fn ink(role: CodeRole, style: &Style) -> (FaceId, Color) {
    let family = style.family;
    match role {
        CodeRole::Plain | CodeRole::Function => (family.regular, Color::BLACK),
        CodeRole::Keyword => (family.bold, Color::BLACK),
        CodeRole::Type => (family.regular, Color::Rgb(20, 60, 110)),
        CodeRole::Comment => (family.italic, Color::Gray(95)),
        CodeRole::String => (family.regular, Color::Rgb(120, 50, 20)),
        CodeRole::Number => (family.regular, Color::Rgb(90, 30, 100)),
        CodeRole::Attribute => (family.bold, Color::Rgb(20, 60, 110)),
    }
}

/// A token with the byte of its line at which it begins.
type Token = (CodeRole, String, usize);

/// How far in a line goes on: as far as it begins, if that leaves room.
fn indent(line: &[(CodeRole, String)], columns: usize) -> usize {
    let spaces = line.iter().flat_map(|(_, text)| text.chars()).take_while(|c| *c == ' ').count();
    spaces.min(columns / 2)
}

/// Divides a line into printed lines of at most `columns` characters, at spaces or after marks
/// where there are any; continued lines have less by their indent and two columns for their mark.
fn wrap(line: &[(CodeRole, String)], columns: usize, indent: usize) -> Vec<Vec<Token>> {
    let characters: Vec<(CodeRole, char)> =
        line.iter().flat_map(|(role, text)| text.chars().map(|c| (*role, c))).collect();
    let mut parts = Vec::new();
    let (mut at, mut byte) = (0, 0);
    loop {
        let room = if at == 0 { columns } else { columns.saturating_sub(indent + 2).max(4) };
        let end = if characters.len() - at <= room {
            characters.len()
        } else {
            at + best_end(&characters[at..at + room])
        };
        let part = tokens(&characters[at..end], &mut byte);
        parts.push(part);
        at = end;
        if at >= characters.len() {
            return parts;
        }
    }
}

/// How many characters to keep on a line that is full: up to the last space, else after the last
/// mark, else all.
fn best_end(full: &[(CodeRole, char)]) -> usize {
    let last = |test: fn(char) -> bool| full.iter().rposition(|(_, c)| test(*c)).map(|i| i + 1);
    let least = full.len() / 3;
    last(|c| c == ' ')
        .filter(|end| *end > least)
        .or_else(|| last(|c| matches!(c, ',' | ';' | '(' | '/' | '.' | ':' | '=' | '&' | '|')))
        .filter(|end| *end > least)
        .unwrap_or(full.len())
}

/// Characters with roles as tokens; `byte` counts on.
fn tokens(characters: &[(CodeRole, char)], byte: &mut usize) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (role, character) in characters {
        match tokens.last_mut() {
            Some((last, text, _)) if last == role => text.push(*character),
            _ => tokens.push((*role, character.to_string(), *byte)),
        }
        *byte += character.len_utf8();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(line: &str, columns: usize) -> Vec<String> {
        let line = [(CodeRole::Plain, line.to_owned())];
        wrap(&line, columns, indent(&line, columns))
            .into_iter()
            .map(|part| part.into_iter().map(|t| t.1).collect())
            .collect()
    }

    #[test]
    fn short_and_empty_lines_stay_whole() {
        assert_eq!(wrapped("let x = 1;", 10), ["let x = 1;"]);
        assert_eq!(wrapped("", 10), [""]);
    }

    #[test]
    fn long_lines_break_after_spaces_or_marks_and_lose_nothing() {
        assert_eq!(wrapped("alpha beta gamma", 11), ["alpha beta ", "gamma"]);
        let long = "https://example.org/a/very/long/address";
        assert_eq!(wrapped(long, 12).concat(), long);
        assert!(wrapped(long, 12).iter().all(|p| p.chars().count() <= 12));
    }

    #[test]
    fn a_line_goes_on_as_far_in_as_it_began() {
        assert_eq!(wrapped("    alpha beta gamma", 14), ["    alpha ", "beta ", "gamma"]);
        assert_eq!(indent(&[(CodeRole::Plain, "         a".to_owned())], 12), 6);
    }
}
