//! Blocks become rows: the walk from the book's blocks to a galley.
//!
//! A [`Column`] knows where its rows begin and how wide they are; nested blocks get a narrower one.
//! Paragraphs of the main text sit on the baseline grid; everything else floats between grid rows
//! with half a line above and below.

use crate::book::{Alert, AnchorId, Block, Heading, Inline, NodeId, NoteId, Place, Target, Text};
use crate::font::Features;
use crate::geom::{Length, Point, Rect, Size};
use crate::source::Span;

use super::beside::Beside;
use super::design::{Align, Style};
use super::east_asian;
use super::galley::{Galley, Row, Setter};
use super::inline::{Flat, flatten};
use super::loosen::Elastic;
use super::pages::{Color, Item, Path, TagId, TagKind};
use super::paragraph::{SetLine, Setting, set};
use super::rows::{line_row, paragraph_rows};

/// Cost of leaving one line of a paragraph alone at the foot or at the top of a page.
pub(super) const WIDOW: i64 = 80_000;
/// Cost of a page break between headings, or within one: where nothing else helps, since a page
/// holds only so many.
const AMONG_HEADINGS: i64 = 500_000;

/// Where rows go.
pub(super) struct Column<'s, 'a> {
    /// The setter.
    pub setter: &'s mut Setter<'a>,
    /// The rows so far.
    pub galley: Galley,
    /// Left edge, from the left edge of the text block.
    pub left: Length,
    /// Width of the lines.
    pub measure: Length,
    /// Style of paragraphs.
    pub style: Style,
    /// Element that blocks go to.
    pub tag: TagId,
    /// Whether paragraphs sit on the grid.
    pub grid: bool,
    /// Space that the last block wants below it.
    pub after: Length,
    /// Whether the next paragraph continues text and so begins with an indent.
    pub indent_next: bool,
    /// Whether the paragraph before ends in a colon: what follows belongs to it.
    pub introduces: bool,
    /// A vertical bar beside each row, and a background below it.
    pub bars: Vec<Length>,
    /// Anchors that the next row carries.
    pub anchors: Vec<AnchorId>,
    /// Depth of nested lists.
    pub depth: usize,
    /// A picture that the next lines stand beside.
    pub beside: Option<Beside>,
}

impl<'s, 'a> Column<'s, 'a> {
    /// A column of the full measure for the main text.
    pub(super) fn new(setter: &'s mut Setter<'a>, tag: TagId) -> Self {
        let design = setter.design;
        Self {
            setter,
            galley: Galley::default(),
            left: Length::ZERO,
            measure: design.measure,
            style: design.styles.body,
            tag,
            grid: true,
            after: Length::ZERO,
            indent_next: false,
            introduces: false,
            bars: Vec::new(),
            anchors: Vec::new(),
            depth: 0,
            beside: None,
        }
    }

    /// Blocks of the main text: the notes they call follow them in the structure.
    pub(super) fn main_text(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            if !self.begin_beside(block, blocks.get(at + 1)) {
                self.block(block);
            }
            self.notes();
        }
        self.end_beside();
    }

    /// Sets the notes that were called since the last time.
    pub(super) fn notes(&mut self) {
        while !self.setter.note_calls.is_empty() {
            for (note, _) in std::mem::take(&mut self.setter.note_calls) {
                if !self.galley.notes.contains_key(&note) {
                    let rows = self.note(note);
                    self.galley.notes.insert(note, rows);
                }
            }
        }
    }

    /// Blocks, one after the other.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        if !matches!(block, Block::Figure(_) | Block::Table(_)) {
            self.introduces = false;
        }
        if !matches!(block, Block::Paragraph(_)) {
            self.end_beside();
        }
        match block {
            Block::Paragraph(text) => self.text_paragraph(text),
            Block::Heading(heading) => self.heading(heading),
            Block::List(list) => self.list(list),
            Block::Definitions(list) => self.definitions(list),
            Block::Quote(blocks) => self.quote(blocks),
            Block::Alert(alert) => self.alert(alert),
            Block::Code(code) => self.listing(code),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Formula(displayed) => self.displayed(displayed),
            Block::Rule(id, span) => self.rule(*id, *span),
        }
    }

    /// Code runs from left to right in every book.
    pub(super) fn set_from_left(&mut self, inner: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.setter.right_to_left, false);
        inner(self);
        self.setter.right_to_left = outer;
    }

    /// Half a line of this column's text.
    pub(super) fn half_line(&self) -> Length {
        self.style.leading / 2
    }

    fn text_paragraph(&mut self, text: &Text) {
        let usual = || self.style.size.scale(self.setter.design.spacing.indent, 1_000);
        let own = east_asian::indent(&self.setter.language, self.style.size);
        let indent = if self.indent_next { own.unwrap_or_else(usual) } else { Length::ZERO };
        let tag = self.setter.structure.child(self.tag, TagKind::Paragraph);
        let style = self.style;
        let flat = flatten(self.setter, text, &style, tag);
        self.introduces = flat.text.ends_with([':', '：']);
        let (from, counted) = (self.galley.rows.len(), self.setter.statistics);
        let last = self.flat_paragraph(&flat, &style, indent);
        let rows = from..self.galley.rows.len();
        let is_beside = self.beside.is_some();
        self.stand_beside(from);
        // Only the main text stands on the grid.
        if self.grid && !is_beside && style.align == Align::Justified && rows.len() > 1 {
            let counted = self.setter.statistics.lines_since(counted);
            let setting = Setting::new(self.measure, indent);
            let (left, style) = (self.left, style);
            self.setter.elastic.push(Elastic { flat, style, setting, left, rows, last, counted });
        }
        self.indent_next = true;
    }

    /// A paragraph in some style; its rows can be parted, with care for widows and orphans.
    pub(super) fn paragraph(&mut self, text: &Text, style: &Style, tag: TagId, indent: Length) {
        let flat = flatten(self.setter, text, style, tag);
        self.flat_paragraph(&flat, style, indent);
    }

    /// The same from a text that was flattened before. The width of its last line.
    pub(super) fn flat_paragraph(&mut self, flat: &Flat, style: &Style, indent: Length) -> Length {
        let setting = self.setting(indent);
        let lines = set(self.setter, flat, style, setting);
        let last = lines.last().map_or(Length::ZERO, |line| line.width);
        for row in paragraph_rows(lines, style, (self.left, self.grid)) {
            self.push(row);
        }
        last
    }

    /// One set line as a row.
    pub(super) fn line(&mut self, line: SetLine, style: &Style) -> Row {
        line_row(line, style, (self.left, self.grid))
    }

    /// Adds a row: below the space that is due, with the bars and anchors that are due.
    pub(super) fn push(&mut self, mut row: Row) {
        row.space = row.space.max(std::mem::take(&mut self.after));
        row.anchors.append(&mut self.anchors);
        let above = if self.galley.rows.is_empty() { Length::ZERO } else { row.space };
        self.bar(above, &mut row);
        self.galley.rows.push(row);
    }

    /// Draws the vertical bars beside a row and beside so much of the space above it.
    fn bar(&self, above: Length, row: &mut Row) {
        let color = self.setter.design.colors.bar;
        for bar in &self.bars {
            let strip = |top: Length, height: Length| {
                let area = Size::new(Length::milli_pt(1200), height);
                Item::Path(Path::rectangle(Rect::new(Point::new(*bar, top), area), color))
            };
            row.items.insert(0, strip(Length::ZERO, row.height));
            if above > Length::ZERO {
                row.above.push(strip(-above, above));
            }
        }
    }

    /// Keeps rows to be repeated on top of pages; see [`Row::repeat`].
    pub(super) fn add_head(&mut self, mut rows: Vec<Row>) -> usize {
        rows.iter_mut().for_each(|row| self.bar(row.space, row));
        self.galley.heads.push(rows);
        self.galley.heads.len() - 1
    }

    /// Asks for space above the next row.
    pub(super) fn space(&mut self, space: Length) {
        self.after = self.after.max(space);
    }

    /// Forbids a page break after the last row.
    pub(super) fn keep_with_next(&mut self) {
        if let Some(row) = self.galley.rows.last_mut() {
            row.break_after = None;
        }
    }

    /// A narrower column for nested blocks; give its rows back with [`Self::absorb`].
    pub(super) fn nested<T>(
        &mut self,
        tag: TagId,
        (left, right): (Length, Length),
        inner: impl FnOnce(&mut Column<'_, 'a>) -> T,
    ) -> T {
        let (left, right) = if self.setter.right_to_left { (right, left) } else { (left, right) };
        let heads = self.galley.heads.len();
        let mut column = Column {
            galley: Galley {
                rows: Vec::new(),
                heads: std::mem::take(&mut self.galley.heads),
                notes: std::mem::take(&mut self.galley.notes),
            },
            left: self.left + left,
            measure: (self.measure - left - right).max(self.style.size * 4),
            style: self.style,
            tag,
            grid: false,
            after: Length::ZERO,
            indent_next: false,
            introduces: false,
            bars: Vec::new(),
            anchors: Vec::new(),
            depth: self.depth,
            beside: None,
            setter: self.setter,
        };
        let result = inner(&mut column);
        let after = column.after;
        let galley = column.galley;
        self.absorb(galley, after, heads);
        result
    }

    /// Takes the rows of a nested column, whose own heads begin at a number.
    fn absorb(&mut self, galley: Galley, after: Length, own_heads: usize) {
        // The nested column held our tables' heads and notes; rows before it are ours still.
        let rows = galley.rows;
        self.galley.heads = galley.heads;
        self.galley.notes = galley.notes;
        let mut heads = self.galley.heads.split_off(own_heads);
        heads.iter_mut().flatten().for_each(|row| self.bar(row.space, row));
        self.galley.heads.append(&mut heads);
        for row in rows {
            self.push(row);
        }
        self.after = self.after.max(after);
    }

    fn heading(&mut self, heading: &Heading) {
        let index = usize::from(heading.level.saturating_sub(2)).min(3);
        let style = self.setter.design.styles.headings[index];
        let line = self.setter.design.leading;
        let (before, after) = match index {
            0 => {
                let spacing = self.setter.design.spacing;
                (line.scale(spacing.above_heading, 1_000), line.scale(spacing.below_heading, 1_000))
            }
            _ => (line / 2, Length::ZERO),
        };
        let tag = self.setter.structure.child(self.tag, TagKind::Heading(heading.level.min(6)));
        self.setter.structure.tag_mut(tag).anchor = Some(heading.anchor);
        self.space(before);
        self.anchors.push(heading.anchor);
        let grid = std::mem::replace(&mut self.grid, false);
        let from = self.galley.rows.len();
        if let Some(above) = self.galley.rows.last_mut().filter(|row| row.heading) {
            above.break_after = Some(AMONG_HEADINGS);
        }
        self.numbered_paragraph(heading.number.as_deref(), &heading.text, &style, tag);
        for row in &mut self.galley.rows[from..] {
            row.break_after = Some(AMONG_HEADINGS);
            row.alone = None;
            row.heading = true;
        }
        self.keep_with_next();
        self.grid = grid;
        self.space(after);
        self.indent_next = false;
    }

    /// Puts a label before a row, at its baseline, in the indent beside the text: as near to the
    /// text as the room allows.
    pub(super) fn hang(
        &mut self,
        row: usize,
        label: &Text,
        tag: TagId,
        (indent, room): (Length, Length),
    ) {
        let left = if self.setter.right_to_left {
            self.left + self.measure + indent - room
        } else {
            self.left - indent
        };
        let style = Style { align: Align::End, ..self.style };
        let flat = flatten(self.setter, label, &style, tag);
        let setting = Setting::new(room, Length::ZERO);
        let lines = set(self.setter, &flat, &style, setting);
        if let (Some(line), Some(row)) = (lines.into_iter().next(), self.galley.rows.get_mut(row)) {
            let baseline = if row.baseline == Length::ZERO { style.size } else { row.baseline };
            let mut items = line.items;
            items.iter_mut().for_each(|item| shift(item, left, baseline));
            items.append(&mut row.items);
            row.items = items;
        }
    }

    fn quote(&mut self, blocks: &[Block]) {
        let tag = self.setter.structure.child(self.tag, TagKind::BlockQuote);
        let indent = self.style.size.scale(160, 100);
        self.space(self.half_line());
        self.nested(tag, (indent, indent), |column| column.blocks(blocks));
        self.space(self.half_line());
        self.indent_next = false;
    }

    fn alert(&mut self, alert: &Alert) {
        let tag = self.setter.structure.child(self.tag, TagKind::Division);
        let indent = self.style.size.scale(130, 100);
        let title = self.setter.design.styles.alert_title;
        self.space(self.half_line());
        self.nested(tag, (indent, Length::ZERO), |column| {
            column.bars.push(if column.setter.right_to_left {
                column.left + column.measure + indent - Length::pt(2)
            } else {
                column.left - indent + Length::pt(1)
            });
            let paragraph = column.setter.structure.child(tag, TagKind::Paragraph);
            column.paragraph(&alert.title, &title, paragraph, Length::ZERO);
            column.keep_with_next();
            column.blocks(&alert.blocks);
        });
        self.space(self.half_line());
        self.indent_next = false;
    }

    fn rule(&mut self, id: NodeId, span: Span) {
        let width = self.style.size * 4;
        let mut row = Row::blank(self.style.leading);
        let corner = Point::new(self.left + (self.measure - width) / 2, self.style.leading / 2);
        let area = Rect::new(corner, Size::new(width, Length::milli_pt(500)));
        row.items.push(Item::Path(Path::rectangle(area, Color::BLACK)));
        row.place = Some(Place { node: id, offset: 0 });
        row.span = Some(span);
        row.grid = self.grid;
        self.space(self.half_line());
        self.push(row);
        self.space(self.half_line());
        self.indent_next = false;
    }

    /// A note at the foot: its number hangs before its text.
    fn note(&mut self, note: NoteId) -> Vec<Row> {
        let style = self.setter.design.styles.note;
        let (label, anchor) = self.setter.note_label(note);
        let tag = self.setter.structure.child(self.tag, TagKind::Note);
        self.setter.structure.tag_mut(tag).anchor = Some(anchor);
        let label_tag = self.setter.structure.child(tag, TagKind::Label);
        let entry = &self.setter.book.notes[note.0 as usize];
        let indent = style.size.scale(note_indent(&label), 100);
        let mut column = Column {
            galley: Galley::default(),
            left: if self.setter.right_to_left { Length::ZERO } else { indent },
            measure: self.setter.design.measure - indent,
            style,
            tag,
            grid: false,
            after: Length::ZERO,
            indent_next: false,
            introduces: false,
            bars: Vec::new(),
            anchors: vec![anchor],
            depth: 0,
            beside: None,
            setter: self.setter,
        };
        column.blocks(&entry.blocks);
        let room = indent - style.size.scale(40, 100);
        let mut number = plain_label(&label, entry.span);
        number.inlines = vec![Inline::Link {
            target: Target::Anchor(entry.call),
            content: number.inlines,
            span: entry.span,
        }];
        // A number that stands alone: old-style figures want others, or words, around them.
        column.style.features = Features::LINING;
        column.hang(0, &number, label_tag, (indent, room));
        column.galley.rows
    }
}

/// How far the text of a note is from the measure's start, in hundredths of an em: room for two
/// figures, or for as many as there are, each a little more than half an em, and 0.4 em between.
fn note_indent(label: &str) -> i64 {
    match i64::try_from(label.chars().count()).unwrap_or(2) {
        ..=2 => 150,
        figures => 40 + figures * 58,
    }
}

/// A text that is not in the book: a label, a number.
pub(super) fn plain_label(label: &str, span: Span) -> Text {
    let inlines = vec![Inline::Text(label.to_owned(), span)];
    Text { id: NodeId(u32::MAX), span, inlines }
}

/// Distance from the top of a line to its baseline: the middle of the small letters stands a
/// little above the middle of the line.
pub(super) fn baseline(style: &Style) -> Length {
    style.leading / 2 + style.size.scale(27, 100)
}

/// Moves an item.
pub(super) fn shift(item: &mut Item, x: Length, y: Length) {
    let by = |point: &mut Point| {
        point.x += x;
        point.y += y;
    };
    match item {
        Item::Glyphs(glyphs) => by(&mut glyphs.origin),
        // What runs off the page has its place on the page, not in the text.
        Item::Image(image) if image.window.is_some() => {}
        Item::Image(image) => by(&mut image.area.origin),
        Item::Link(link) => by(&mut link.area.origin),
        Item::Formula(formula) => formula.shift(x, y),
        Item::Path(path) => {
            for segment in &mut path.segments {
                super::pages::shift_segment(segment, x, y);
            }
        }
    }
}
