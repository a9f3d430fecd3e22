//! Blocks of the manuscript become blocks of the book.

use super::chapter::Bench;
use super::inline::clean;
use super::types::{
    Alert, Alignment, AnchorId, Block, CodeBlock, Definition, Heading, Inline, List, ListItem,
    ListKind, Table, TableCell, TableRow, Text,
};
use super::{listing, walk};
use crate::diag::{Code, Diagnostic};
use crate::manuscript::{self as m, AlertKind, Align, BlockKind};
use crate::source::Span;

/// What stands before a table, `Table: …`, and the anchor it got.
type Caption = (Vec<m::Inline>, Span, Option<AnchorId>);

impl Bench<'_, '_, '_> {
    /// The blocks in order; `skip` is the one that became the chapter's title.
    pub(super) fn blocks(&mut self, blocks: &[m::Block], skip: Option<usize>) -> Vec<Block> {
        let mut out = Vec::with_capacity(blocks.len());
        let mut caption: Option<Caption> = None;
        for (at, block) in blocks.iter().enumerate().filter(|(at, _)| Some(*at) != skip) {
            if !self.in_note
                && let Some(words) = walk::table_caption(blocks, at, self.terms)
            {
                caption = Some((words, block.span, self.landmarks.next()));
                continue;
            }
            out.extend(self.block(block, caption.take()));
        }
        out
    }

    fn block(&mut self, block: &m::Block, caption: Option<Caption>) -> Option<Block> {
        let span = block.span;
        Some(match &block.kind {
            BlockKind::Paragraph(inlines) => return self.paragraph(inlines, span),
            BlockKind::Heading { level, inlines, .. } => self.heading(*level, inlines, span),
            BlockKind::List { start, tight, items } => {
                return self.list(*start, *tight, items, span);
            }
            BlockKind::Definitions(groups) => self.definitions(groups),
            BlockKind::Quote(inner) => Block::Quote(self.filled(inner, span)),
            BlockKind::Alert(kind, inner) => self.alert(*kind, inner, span),
            BlockKind::Code { info, text } => Block::Code(self.listing(info, text, span)),
            BlockKind::Table { columns, head, rows } => {
                return self.table(columns, head, rows, caption, span);
            }
            BlockKind::Rule => Block::Rule(self.desk.node(), span),
        })
    }

    fn paragraph(&mut self, inlines: &[m::Inline], span: Span) -> Option<Block> {
        if let (Some(images), false) = (walk::only_images(inlines), self.in_note) {
            let file = self.document.file;
            let found = images.iter().any(|i| self.desk.photos.get(file, i.path).is_some());
            let anchor = if found { self.landmarks.next() } else { None };
            return self.figure(&images, span, anchor).map(Block::Figure);
        }
        let text = self.text(inlines, span);
        // A note's first paragraph carries its label, even if nothing is left of its words.
        (self.in_note || !text.inlines.is_empty()).then_some(Block::Paragraph(text))
    }

    /// Levels that are skipped are closed up: a heading is one deeper than the nearest one above
    /// it that was written with a smaller number.
    fn heading(&mut self, written: u8, inlines: &[m::Inline], span: Span) -> Block {
        if self.in_note {
            let message = "a heading within a note";
            self.desk.diagnostics.push(
                Diagnostic::new(Code::UnsupportedMarkup, span, message)
                    .help("it is set as a paragraph: write one"),
            );
            let text = self.text(inlines, span);
            return Block::Paragraph(Text { inlines: vec![Inline::Strong(text.inlines)], ..text });
        }
        let above = self.levels.last().copied();
        self.levels.retain(|level| *level < written);
        let parent = self.levels.last().copied();
        // The chapter's title is level 1; chapters that begin at level 1 again are well known.
        let next_to_sibling = above.is_some_and(|above| above >= written);
        if written > parent.unwrap_or(1) + 1 && !next_to_sibling {
            let message = match parent {
                Some(parent) => format!("heading of level {written} below one of level {parent}"),
                None => format!("the first heading has level {written}"),
            };
            let expected = "#".repeat(usize::from(parent.unwrap_or(1) + 1));
            self.desk.diagnostics.push(
                Diagnostic::new(Code::SkippedHeading, span, message)
                    .help(format!("write `{expected}`; the level is closed up")),
            );
        }
        self.levels.push(written);
        let level = u8::try_from(self.levels.len() + 1).unwrap_or(6).min(6);
        let anchor = self.landmark("section", span);
        Block::Heading(Heading { level, anchor, text: self.text(inlines, span) })
    }

    /// The anchor that `names` made for this place.
    pub(super) fn landmark(&mut self, kind: &str, span: Span) -> AnchorId {
        self.landmarks.next().unwrap_or_else(|| {
            let name = format!("{}-{kind}", self.slug);
            self.desk.anchors.made(&[name], self.section, span)
        })
    }

    fn list(
        &mut self,
        start: Option<u64>,
        tight: bool,
        items: &[(Option<bool>, Vec<m::Block>)],
        span: Span,
    ) -> Option<Block> {
        let items: Vec<ListItem> = items
            .iter()
            .map(|(task, inner)| ListItem { task: *task, blocks: self.filled(inner, span) })
            .collect();
        let kind = start.map_or(ListKind::Bullet, ListKind::Ordered);
        (!items.is_empty()).then_some(Block::List(List { kind, tight, items, span }))
    }

    /// Blocks of which there is at least one: an empty paragraph if nothing else.
    fn filled(&mut self, blocks: &[m::Block], span: Span) -> Vec<Block> {
        let mut out = self.blocks(blocks, None);
        if out.is_empty() {
            let text = self.desk.text(Vec::new(), span);
            out.push(Block::Paragraph(text));
        }
        out
    }

    fn definitions(&mut self, groups: &[m::DefinitionGroup]) -> Block {
        let mut out = Vec::with_capacity(groups.len());
        for (terms, bodies) in groups {
            let terms = terms.iter().map(|(inlines, span)| self.text(inlines, *span)).collect();
            let bodies = bodies.iter().map(|inner| self.blocks(inner, None)).collect();
            out.push(Definition { terms, bodies });
        }
        Block::Definitions(out)
    }

    fn alert(&mut self, kind: AlertKind, inner: &[m::Block], span: Span) -> Block {
        let [note, tip, important, warning, caution] = self.terms.alerts;
        let (class, title) = match kind {
            AlertKind::Note => ("note", note),
            AlertKind::Tip => ("tip", tip),
            AlertKind::Important => ("important", important),
            AlertKind::Warning => ("warning", warning),
            AlertKind::Caution => ("caution", caution),
        };
        let title = self.plain(title, span);
        Block::Alert(Alert { title, class, blocks: self.blocks(inner, None) })
    }

    fn listing(&mut self, info: &str, text: &str, span: Span) -> CodeBlock {
        let language = info.split([' ', ',', '\t', '{']).next().filter(|word| !word.is_empty());
        CodeBlock {
            id: self.desk.node(),
            language: language.map(clean),
            lines: listing::lines(text),
            span,
        }
    }

    fn table(
        &mut self,
        columns: &[Align],
        head: &[m::Cell],
        rows: &[Vec<m::Cell>],
        caption: Option<Caption>,
        span: Span,
    ) -> Option<Block> {
        if columns.is_empty() {
            return None;
        }
        let has_head = head.iter().any(|(inlines, _)| !walk::plain(inlines).trim().is_empty());
        if !has_head {
            let message = "a table whose head cells are empty";
            self.desk.diagnostics.push(
                Diagnostic::new(Code::TableWithoutHead, span, message)
                    .help("name the columns: a screen reader says the name before each cell"),
            );
        }
        let anchor = caption.as_ref().and_then(|(.., anchor)| *anchor);
        let caption = caption.map(|(words, span, _)| self.caption(&words, span));
        // An empty cell in the corner says that the first column names the rows.
        let corner =
            head.first().is_some_and(|(inlines, _)| walk::plain(inlines).trim().is_empty());
        let names_rows = has_head && corner && columns.len() > 1;
        let head =
            if has_head { vec![self.row(head, columns.len(), |_| true, span)] } else { Vec::new() };
        let body = rows
            .iter()
            .map(|row| self.row(row, columns.len(), |column| names_rows && column == 0, span))
            .collect();
        let columns = columns.iter().map(|align| match align {
            Align::None | Align::Left => Alignment::Start,
            Align::Center => Alignment::Center,
            Align::Right => Alignment::End,
        });
        let columns = columns.collect();
        Some(Block::Table(Table { anchor, caption, columns, head, body, span }))
    }

    fn row(
        &mut self,
        cells: &[m::Cell],
        columns: usize,
        is_header: impl Fn(usize) -> bool,
        span: Span,
    ) -> TableRow {
        let cells = (0..columns).map(|column| {
            let text = match cells.get(column) {
                Some((inlines, span)) => self.text(inlines, *span),
                None => self.desk.text(Vec::new(), span),
            };
            let is_header = is_header(column) && !text.inlines.is_empty();
            TableCell { is_header, text }
        });
        TableRow { cells: cells.collect() }
    }

    /// "Table 1." and the words.
    fn caption(&mut self, words: &[m::Inline], span: Span) -> Text {
        self.desk.tables += 1;
        let id = self.desk.node();
        let label = format!("{}\u{A0}{}.", self.terms.table, self.desk.tables);
        let mut inlines = vec![Inline::Strong(vec![Inline::Text(label, span)])];
        let words = self.inlines(words);
        let words = self.set(words);
        if !words.is_empty() {
            inlines.push(Inline::Text(" ".into(), span));
            inlines.extend(words);
        }
        Text { id, span, inlines }
    }
}
