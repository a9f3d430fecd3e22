//! Listings: code that never leaves the measure.
//!
//! A line that is too long is broken at a good place and goes on after a mark, as far in as it
//! began; where many lines are a little too long the whole listing is set smaller, down to
//! [`SMALLEST_PERCENT`] of its size. Roles of tokens are told by weight and slope first, so that they
//! survive a grey printer. Numbers of lines and marks are furniture: nobody copies them.

use crate::book::{CodeBlock, CodeLine, CodeRole, Inline, NodeId, Place, Text};
use crate::font::FaceId;
use crate::geom::{Length, Point, Rect, Size};
use crate::project::ThemeColors;

use super::column::{Column, shift};
use super::design::{Align, Style};
use super::galley::Row;
use super::inline::{Flat, Look, Segment};
use super::pages::{Color, ContentId, Glyph, Item, Mark, Path, TagId, TagKind};
use super::paragraph::{Setting, set};
use super::statistics::Remark;
use super::wrap::{Character, Token, indent, width, wrap};

/// What tells that a line goes on from the one above.
const CONTINUED: &str = "↪";
/// Columns of the mark.
const CONTINUED_COLUMNS: i64 = 2;
/// Lines of a listing that stay together at either end of a page.
const TOGETHER: usize = 3;
/// Cost of parting lines of a listing.
const IN_LISTING: i64 = 200;
/// Cost of parting a line from what it goes on with.
const IN_LINE: i64 = 6_000;
/// Cost of parting a listing from the words before it, which most often tell what it is: as much
/// as three empty lines.
const FROM_WORDS: i64 = 18_000;
/// Sizes that are tried in turn, in percent, where many lines are too long.
const PERCENTS: [i64; 3] = [95, 90, SMALLEST_PERCENT];
/// A listing is never set smaller than this share of its size, in percent.
const SMALLEST_PERCENT: i64 = 85;

/// How one listing is set.
struct Form<'c> {
    code: &'c CodeBlock,
    content: ContentId,
    style: Style,
    /// Width of a character.
    advance: Length,
    /// Between the edge of the background and what stands on it.
    padding: Length,
    /// Room for numbers.
    gutter: Length,
    /// Room for code.
    room: Length,
}

impl Column<'_, '_> {
    /// A listing: one row for each printed line.
    pub(super) fn listing(&mut self, code: &CodeBlock) {
        let mut parent = self.tag;
        self.hold_words();
        self.space(self.half_line());
        if let Some(caption) = &code.caption {
            parent = self.setter.structure.child(self.tag, TagKind::Division);
            let element = self.setter.structure.child(parent, TagKind::Caption);
            self.caption_above(caption, element);
        }
        let outer = self.setter.structure.child(parent, TagKind::Paragraph);
        let tag = self.setter.structure.child(outer, TagKind::Code);
        self.set_from_left(|column| column.code(code, tag));
        self.space(self.half_line());
        self.indent_next = false;
    }

    /// The lines of a listing.
    fn code(&mut self, code: &CodeBlock, tag: TagId) {
        let lines: Vec<Vec<Character>> =
            code.lines.iter().map(|line| self.characters(line)).collect();
        let form = self.form(code, &lines, tag);
        let (mut rows, mut offset) = (Vec::new(), 0);
        for (number, line) in lines.iter().enumerate() {
            rows.extend(self.code_line(&form, (number, line), offset));
            offset += line.iter().map(|(_, c, _)| c.len_utf8()).sum::<usize>() + 1;
        }
        self.push_listing(rows, form.padding);
    }

    /// Words above a table or a listing; what they are about follows them.
    pub(super) fn caption_above(&mut self, caption: &Text, element: TagId) {
        let style = self.setter.design.styles.caption;
        let grid = std::mem::replace(&mut self.grid, false);
        self.paragraph(caption, &style, element, Length::ZERO);
        self.keep_with_next();
        self.grid = grid;
        self.space(self.style.leading.scale(25, 100));
    }

    /// A line's characters with their widths at the size that the style says.
    fn characters(&self, line: &CodeLine) -> Vec<Character> {
        let style = &self.setter.design.styles.listing;
        let characters =
            line.tokens().flat_map(|(role, text)| text.chars().map(move |c| (role, c)));
        characters.map(|(role, c)| (role, c, self.advance(c, style))).collect()
    }

    /// Width of a character; one that no face has is a box as wide as the em.
    fn advance(&self, character: char, style: &Style) -> Length {
        let faces = self.setter.shaper.faces();
        let own = faces.get(style.family.regular);
        let face = if own.covers(character) {
            Some(own)
        } else {
            faces.fallback(character, style.family.regular).map(|face| faces.get(face))
        };
        let glyph = face.and_then(|face| Some((face, face.glyph(character)?)));
        glyph.map_or(style.size, |(face, glyph)| face.scale(face.advance(glyph), style.size))
    }

    /// Chooses the size and shares the measure.
    fn form<'c>(&mut self, code: &'c CodeBlock, lines: &[Vec<Character>], tag: TagId) -> Form<'c> {
        let mut style = self.setter.design.styles.listing;
        let mut advance = self.advance('0', &style);
        let padding = self.style.size.scale(60, 100);
        let gutter = code.numbered.map_or(Length::ZERO, |first| {
            let digits = first.saturating_add(lines.len() as u64).to_string().len();
            advance * i64::try_from(digits).unwrap_or(i64::MAX).min(20) + advance * 3 / 2
        });
        let room = (self.measure - padding * 2).max(advance * 8);
        let widths: Vec<Length> = lines.iter().map(|line| width(line) + gutter).collect();
        let percent = percent(&widths, room);
        if percent < 100 {
            self.setter.remark(Remark::ListingShrunk, code.span);
            style.size = style.size.scale(percent, 100);
            style.leading = style.leading.scale(percent, 100);
            advance = self.advance('0', &style);
        }
        let gutter = gutter.scale(percent, 100);
        // Characters were measured at the full size.
        let room = (room - gutter).scale(100, percent);
        let content = self.setter.structure.content(tag);
        Form { code, content, style, advance, padding, gutter, room }
    }

    /// Makes it dear to break the page between the last line of text and what follows.
    pub(super) fn hold_words(&mut self) {
        let last = self.galley.rows.last_mut().filter(|row| row.grid);
        if let Some(cost) = last.and_then(|row| row.break_after.as_mut()) {
            *cost = FROM_WORDS.max(*cost);
        }
    }

    /// The printed lines of a line that begins at a byte of the listing.
    fn code_line(
        &mut self,
        form: &Form<'_>,
        (number, line): (usize, &[Character]),
        offset: usize,
    ) -> Vec<Row> {
        let indent = indent(line, form.room);
        let full = self.advance('0', &self.setter.design.styles.listing);
        let printed = wrap(line, form.room, indent + full * CONTINUED_COLUMNS);
        self.setter.statistics.code_wrapped += u64::from(printed.len() > 1);
        let hanging = form.advance.scale(indent.0, full.0.max(1));
        let count = printed.len();
        let mut rows = Vec::with_capacity(count);
        for (at, part) in printed.into_iter().enumerate() {
            let start = offset + part.iter().map(|token| token.2).min().unwrap_or(0);
            let place =
                Place { node: form.code.id, offset: u32::try_from(start).unwrap_or(u32::MAX) };
            let mut row = self.code_row(form, &part, (at > 0).then_some(hanging));
            let at_space = part.last().is_some_and(|(_, text, _)| text.ends_with(' '));
            if at + 1 == count || at_space {
                self.end_of_line(form, &mut row);
            }
            if at == 0
                && let Some(first) = form.code.numbered
            {
                self.line_number(form, first.saturating_add(number as u64), &mut row);
            }
            if form.code.pointed.binary_search(&number).is_ok() {
                self.point_out(&mut row);
            }
            row.place = Some(place);
            row.break_after = Some(if at + 1 < count { IN_LINE } else { IN_LISTING });
            rows.push(row);
        }
        rows
    }

    fn code_row(&mut self, form: &Form<'_>, part: &[Token], continued: Option<Length>) -> Row {
        let mut flat = Flat {
            node: form.code.id,
            text: String::new(),
            segments: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
            formulas: Vec::new(),
            soft_hyphens: Vec::new(),
            offsets: vec![(0, 0)],
        };
        let colors = self.setter.design.colors;
        for (role, text, _) in part {
            let (face, color) = ink(*role, &form.style, colors);
            flat.segments.push(Segment {
                start: flat.text.len(),
                look: Look {
                    face,
                    size: form.style.size,
                    features: form.style.features,
                    color,
                    rise: Length::ZERO,
                    code: true,
                    struck: false,
                    marked: false,
                },
                content: form.content,
                link: None,
                language: None,
                photo: None,
                formula: None,
                span: form.code.span,
            });
            // Spaces of code neither stretch nor break.
            flat.text.push_str(text);
        }
        let mut row = Row::blank(form.style.leading);
        row.baseline = super::column::baseline(&form.style);
        row.span = Some(form.code.span);
        let left = self.left + form.padding + form.gutter;
        let mut indent = Length::ZERO;
        if let Some(hanging) = continued {
            let mark = (CONTINUED, &form.style, left + hanging);
            self.beside(mark, form.code, &mut row);
            indent = hanging + form.advance * CONTINUED_COLUMNS;
        }
        let setting = Setting::one_line(self.measure * 4);
        for line in set(self.setter, &flat, &form.style, setting) {
            for mut item in line.items {
                shift(&mut item, left + indent, row.baseline);
                row.items.push(item);
            }
        }
        row
    }

    /// A space that nobody sees parts the line from the next one for those who read the structure
    /// alone.
    fn end_of_line(&self, form: &Form<'_>, row: &mut Row) {
        let Some(Item::Glyphs(last)) = row.items.last_mut() else { return };
        let face = self.setter.shaper.faces().get(last.face);
        let Some(id) = face.glyph(' ') else { return };
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let start = length(&last.text);
        last.text.push(' ');
        let text = (start, length(&last.text));
        let (dx, dy) = (Length::ZERO, Length::ZERO);
        last.glyphs.push(Glyph { id, advance: form.advance, dx, dy, text });
    }

    /// Puts the number of a line into the gutter, flush right.
    fn line_number(&mut self, form: &Form<'_>, number: u64, row: &mut Row) {
        let number = number.to_string();
        let columns = i64::try_from(number.len()).unwrap_or(0);
        let left =
            self.left + form.padding + form.gutter - form.advance * columns - form.advance * 3 / 2;
        let style = Style { color: Color::Gray(95), ..form.style };
        self.beside((&number, &style, left), form.code, row);
    }

    /// Sets furniture on a row's baseline.
    fn beside(
        &mut self,
        (words, style, left): (&str, &Style, Length),
        code: &CodeBlock,
        row: &mut Row,
    ) {
        let inlines = vec![Inline::Text(words.to_owned(), code.span)];
        let text = Text { id: NodeId(u32::MAX), span: code.span, inlines };
        let style = Style { align: Align::Start, ..*style };
        let (items, _) = self.setter.furniture(&text, &style);
        for mut item in items {
            shift(&mut item, left, row.baseline);
            row.items.push(item);
        }
    }

    /// A darker background, and a bar at its edge for printers without greys.
    fn point_out(&self, row: &mut Row) {
        let strip = |width: Length, color: Color| {
            let area = Rect::new(Point::new(self.left, Length::ZERO), Size::new(width, row.height));
            Item::Path(Path::rectangle(area, color))
        };
        let strips = [
            strip(self.measure, self.setter.design.colors.highlight),
            strip(Length::milli_pt(1200), Color::Gray(90)),
        ];
        row.items.splice(0..0, strips);
    }

    fn push_listing(&mut self, rows: Vec<Row>, padding: Length) {
        let rows = without_blank_rows(rows);
        let count = rows.len();
        let closing = closing(&rows);
        let background = |column: &Self, above: Length, below: Length| {
            let corner = Point::new(column.left, -above);
            let area = Rect::new(corner, Size::new(column.measure, above + below));
            Item::Path(Path::rectangle(area, column.setter.design.colors.listing))
        };
        // What is carried over the page has the same edge above it.
        let mut edge = Row::blank(padding);
        edge.items.push(background(self, Length::ZERO, padding));
        let repeat = Some(self.add_head(vec![edge]));
        for (at, mut row) in rows.into_iter().enumerate() {
            if at == 0 {
                row.height += padding;
                row.baseline += padding;
                row.items.iter_mut().for_each(|i| shift(i, Length::ZERO, padding));
            }
            // The next row covers what sticks out below, unless it stands on the next page.
            row.items.insert(0, background(self, Length::ZERO, row.height + padding));
            if row.space > Length::ZERO {
                row.above.insert(0, background(self, row.space, padding));
            }
            let left = count - at - 1;
            if left == 0 {
                row.height += padding;
                row.break_after = Some(0);
            } else {
                row.repeat = repeat;
                if at + 1 < TOGETHER || left < TOGETHER || closing[at + 1] {
                    row.break_after = Some(super::column::WIDOW);
                }
            }
            self.push(row);
        }
    }
}

/// Blank lines become the space above the line behind them, which vanishes beside a page break; those
/// at either end of a listing stay. What is drawn in them, a number, stands in that space.
fn without_blank_rows(rows: Vec<Row>) -> Vec<Row> {
    let mut lines: Vec<Row> = Vec::with_capacity(rows.len());
    let mut blank: Vec<Row> = Vec::new();
    for mut row in rows {
        if words(&row).next().is_none() && !lines.is_empty() {
            blank.push(row);
            continue;
        }
        for mut above in blank.drain(..).rev() {
            row.space += above.height;
            above.items.iter_mut().for_each(|item| shift(item, Length::ZERO, -row.space));
            row.above.append(&mut above.items);
        }
        lines.push(row);
    }
    lines.append(&mut blank);
    lines
}

/// Of each row whether nothing but closing brackets stands from it on to a blank line or to the end: a
/// page is not to begin with them.
fn closing(rows: &[Row]) -> Vec<bool> {
    let mut closing = vec![true; rows.len() + 1];
    for (at, row) in rows.iter().enumerate().rev() {
        let closes = words(row).all(|c| matches!(c, ')' | ']' | '}' | '>' | ';' | ','));
        let ends = rows.get(at + 1).is_none_or(|next| next.space > Length::ZERO);
        closing[at] = closes && (ends || closing[at + 1]);
    }
    closing
}

/// The characters of a printed line but for spaces.
fn words(row: &Row) -> impl Iterator<Item = char> {
    let text = row.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) if matches!(run.mark, Mark::Content(_)) => Some(run.text.as_str()),
        Item::Glyphs(_) | Item::Image(_) | Item::Path(_) | Item::Formula(_) | Item::Link(_) => None,
    });
    text.flat_map(str::chars).filter(|character| !character.is_whitespace())
}

/// The size at which a listing is set, in percent: where an eighth of its lines or more, and more
/// than one, are too long, the largest one at which a quarter of them at most still is.
fn percent(widths: &[Length], room: Length) -> i64 {
    let long = |percent: i64| widths.iter().filter(|w| w.scale(percent, 100) > room).count();
    let full = long(100);
    if full < 2 || full * 8 < widths.len() {
        return 100;
    }
    PERCENTS.into_iter().find(|percent| long(*percent) * 4 <= full).unwrap_or(100)
}

/// Face and colour of a token.
fn ink(role: CodeRole, style: &Style, colors: ThemeColors) -> (FaceId, Color) {
    let family = style.family;
    match role {
        CodeRole::Plain | CodeRole::Function => (family.regular, style.color),
        CodeRole::Keyword => (family.bold, style.color),
        CodeRole::Type => (family.regular, colors.types),
        CodeRole::Comment => (family.italic, colors.comment),
        CodeRole::String => (family.regular, colors.string),
        CodeRole::Number => (family.regular, colors.number),
        CodeRole::Attribute => (family.bold, colors.attribute),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_lines_that_are_a_little_too_long_make_a_listing_smaller() {
        let lines = |long: usize, width: i64| {
            let line = |at| if at < long { Length::pt(width) } else { Length::pt(100) };
            (0..16).map(line).collect::<Vec<_>>()
        };
        let room = Length::pt(300);
        assert_eq!(percent(&lines(1, 310), room), 100, "one long line is wrapped");
        assert_eq!(percent(&lines(2, 310), room), 95);
        assert_eq!(percent(&lines(16, 350), room), 85);
        assert_eq!(percent(&lines(16, 400), room), 100, "it would not help");
    }
}
