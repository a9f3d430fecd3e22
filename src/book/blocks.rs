//! Blocks of the manuscript become blocks of the book.

use super::captions::{self, Caption, Captions};
use super::chapter::Bench;
use super::types::{
    Alert, Alignment, AnchorId, Block, CellRole, CodeBlock, Definition, DisplayedFormula, Heading,
    Inline, List, ListItem, ListKind, Table, TableCell, TableRow, Text,
};
use super::{figures, listing, math, walk};
use crate::diag::{Code, Diagnostic};
use crate::manuscript::{self as m, AlertKind, Align, BlockKind};
use crate::source::Span;

impl Bench<'_, '_, '_> {
    /// The blocks in order; `skip` is the one that became the chapter's title.
    pub(super) fn blocks(&mut self, blocks: &[m::Block], skip: Option<usize>) -> Vec<Block> {
        let mut out = Vec::with_capacity(blocks.len());
        let mut captions = match self.in_note {
            true => Captions::default(),
            false => captions::of_tables(blocks, self.terms),
        };
        for (at, block) in blocks.iter().enumerate().filter(|(at, _)| Some(*at) != skip) {
            if !captions.holds(at) {
                out.extend(self.block(block, captions.take(at)));
            }
        }
        out
    }

    fn block(&mut self, block: &m::Block, caption: Option<Caption>) -> Option<Block> {
        let span = block.span;
        Some(match &block.kind {
            BlockKind::Paragraph(inlines) => return self.paragraph(inlines, span),
            BlockKind::Heading { level, inlines, classes, .. } => {
                match self.heading(*level, inlines, span) {
                    Block::Heading(heading) => {
                        let has = |name: &str| classes.iter().any(|class| class == name);
                        let (opens_questions, is_listed) = (has("qna"), !has("unlisted"));
                        Block::Heading(Heading { opens_questions, is_listed, ..heading })
                    }
                    paragraph => paragraph,
                }
            }
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
            BlockKind::Formula { tex, id } => self.displayed(tex, id.is_some(), span),
            BlockKind::Rule => Block::Rule(self.desk.node(), span),
        })
    }

    fn paragraph(&mut self, inlines: &[m::Inline], span: Span) -> Option<Block> {
        let may_show = self.document.has_images && !self.in_note;
        if let Some((images, attributes)) = may_show.then(|| walk::only_images(inlines)).flatten() {
            let found = images.iter().filter(|i| self.desk.photos.shows(i)).count();
            if found > 0 {
                let anchor = self.landmarks.next();
                let placement = attributes.placement(found, self.desk.diagnostics);
                return self.figure(&images, placement, span, anchor).map(Block::Figure);
            }
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
        let number = self.desk.references.number(anchor);
        let text = self.text(inlines, span);
        Block::Heading(Heading {
            level,
            anchor,
            number,
            text,
            is_listed: true,
            opens_questions: false,
        })
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
        let title = self.desk.text(vec![self.terms.inline(title.to_owned(), span)], span);
        Block::Alert(Alert { title, class, blocks: self.blocks(inner, None) })
    }

    /// A formula; one that cannot be read is shown as it is written.
    fn displayed(&mut self, tex: &str, is_named: bool, span: Span) -> Block {
        let named = is_named && !self.in_note;
        let anchor = if named { self.landmarks.next() } else { None };
        let id = self.desk.node();
        let number = anchor.and_then(|anchor| self.desk.references.number(anchor));
        match self.formula(tex, true, span) {
            Some(formula) => {
                let number = number.or_else(|| math::tag(tex));
                Block::Formula(DisplayedFormula { id, formula, anchor, number })
            }
            None => {
                let lines = listing::lines(tex.trim_matches('\n'));
                Block::Code(CodeBlock {
                    id,
                    language: None,
                    lines,
                    caption: None,
                    numbered: None,
                    pointed: Vec::new(),
                    span,
                })
            }
        }
    }

    fn table(
        &mut self,
        columns: &[Align],
        head: &[Vec<m::Cell>],
        rows: &[Vec<m::Cell>],
        caption: Option<Caption>,
        span: Span,
    ) -> Option<Block> {
        if columns.is_empty() {
            return None;
        }
        let says = |cell: &m::Cell| !walk::plain(&cell.inlines).trim().is_empty();
        let has_head = head.iter().flatten().any(says);
        if !has_head && !rows.iter().flatten().any(|cell| cell.is_head && says(cell)) {
            let message = match head.is_empty() {
                true => "a table without head cells",
                false => "a table whose head cells are empty",
            };
            self.desk.diagnostics.push(
                Diagnostic::new(Code::TableWithoutHead, span, message)
                    .help("name the columns: a screen reader says the name before each cell"),
            );
        }
        let anchor = caption.as_ref().map(|caption| self.landmark("table", caption.span));
        let caption = caption.zip(anchor).map(|(words, anchor)| self.caption(&words, anchor));
        // An empty cell in the corner says that the first column names the rows.
        let corner = head.first().and_then(|row| row.first()).is_some_and(|cell| !says(cell));
        let names_rows = has_head && corner && columns.len() > 1;
        let head = if has_head { head } else { &[] };
        let head =
            head.iter().map(|row| self.row(row, columns, |_| CellRole::ColumnHead)).collect();
        let role = |cell: &m::Cell| match cell.slots.range() {
            // What stands alone in its row is said of the rows below.
            all if cell.is_head && all.len() == columns.len() => CellRole::ColumnHead,
            own if cell.is_head || names_rows && own.start == 0 => CellRole::RowHead,
            _ => CellRole::Data,
        };
        let body = rows.iter().map(|row| self.row(row, columns, role)).collect();
        Some(Block::Table(Table { anchor, caption, columns: columns.len(), head, body, span }))
    }

    fn row(
        &mut self,
        cells: &[m::Cell],
        columns: &[Align],
        role: impl Fn(&m::Cell) -> CellRole,
    ) -> TableRow {
        let cells = cells.iter().map(|cell| {
            let text = self.text(&cell.inlines, cell.span);
            let role = if text.inlines.is_empty() { CellRole::Data } else { role(cell) };
            let align = alignment(&columns[cell.slots.range()], role);
            TableCell { role, slots: cell.slots, align, text }
        });
        TableRow { cells: cells.collect() }
    }

    /// "Table 1." and the words.
    fn caption(&mut self, caption: &Caption, anchor: AnchorId) -> Text {
        let span = caption.span;
        let id = self.desk.node();
        let number = self.desk.references.number(anchor).unwrap_or_default();
        let mut inlines = vec![figures::label(self.terms, self.terms.table, &number, span)];
        let words = self.inlines(&caption.words);
        let words = self.set(words);
        if !words.is_empty() {
            inlines.push(Inline::Text(" ".into(), span));
            inlines.extend(words);
        }
        let text = Text { id, span, inlines };
        let listed = self.listed(&text);
        self.desk.table_captions.push((anchor, listed));
        text
    }
}

/// The alignment of a cell in its columns: theirs if it is the same. A head over several columns
/// stands in their middle.
fn alignment(columns: &[Align], role: CellRole) -> Alignment {
    let (first, others) = columns.split_first().unwrap_or((&Align::None, &[]));
    match first {
        _ if role == CellRole::ColumnHead && !others.is_empty() => Alignment::Center,
        _ if others.iter().any(|other| other != first) => Alignment::Start,
        Align::None | Align::Left => Alignment::Start,
        Align::Center => Alignment::Center,
        Align::Right => Alignment::End,
    }
}
