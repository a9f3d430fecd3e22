//! The blocks in a cell of a table become lines: a cell holds no blocks.

use super::tree::{Block, BlockKind, Inline, InlineKind};
use crate::source::Span;

/// What stands between the cells of a row, where a table is in a cell.
const BETWEEN_CELLS: &str = "; ";

/// The words of blocks, a hard break between one block and the next.
pub(super) fn of(blocks: Vec<Block>) -> Vec<Inline> {
    let mut lines = Lines::default();
    blocks.into_iter().for_each(|block| lines.block(block));
    lines.inlines
}

#[derive(Default)]
struct Lines {
    inlines: Vec<Inline>,
}

impl Lines {
    fn block(&mut self, block: Block) {
        let Block { kind, span } = block;
        match kind {
            BlockKind::Paragraph(inlines) => self.line(inlines, span),
            BlockKind::Heading { inlines, .. } => {
                self.line(vec![Inline { kind: InlineKind::Strong(inlines), span }], span);
            }
            BlockKind::List { start, items, .. } => {
                for (number, (_, blocks)) in (start.unwrap_or(1)..).zip(items) {
                    let mark = start.map_or("• ".to_owned(), |_| format!("{number}. "));
                    self.item(&mark, blocks, span);
                }
            }
            BlockKind::Definitions(groups) => {
                for (terms, bodies) in groups {
                    for (inlines, span) in terms {
                        self.line(vec![Inline { kind: InlineKind::Strong(inlines), span }], span);
                    }
                    bodies.into_iter().flatten().for_each(|block| self.block(block));
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Alert(_, blocks) => {
                blocks.into_iter().for_each(|block| self.block(block));
            }
            BlockKind::Code { text, .. } => self.code(&text, span),
            BlockKind::Table { head, rows, .. } => {
                for row in head.into_iter().chain(rows) {
                    let cells: Vec<_> = row.into_iter().map(|cell| cell.inlines).collect();
                    self.line(cells.join(&text(BETWEEN_CELLS, span)), span);
                }
            }
            BlockKind::Formula { tex, .. } => {
                let kind = InlineKind::Math { tex, display: true };
                self.line(vec![Inline { kind, span }], span);
            }
            BlockKind::Rule => {}
        }
    }

    fn line(&mut self, inlines: Vec<Inline>, span: Span) {
        let Some(start) = inlines.first().map(|inline| inline.span.start) else { return };
        if !self.inlines.is_empty() {
            let span = Span { start, end: start, ..span };
            self.inlines.push(Inline { kind: InlineKind::HardBreak, span });
        }
        self.inlines.extend(inlines);
    }

    /// An item's first line begins with its mark.
    fn item(&mut self, mark: &str, blocks: Vec<Block>, list: Span) {
        let mut inlines = of(blocks);
        let start = inlines.first().map_or(list.start, |inline| inline.span.start);
        inlines.insert(0, text(mark, Span { start, end: start, ..list }));
        self.line(inlines, list);
    }

    /// The lines of a listing, with their indentation.
    fn code(&mut self, listing: &str, span: Span) {
        for line in listing.lines().filter(|line| !line.trim().is_empty()) {
            let words = line.trim_start();
            let indent = "\u{A0}".repeat(line.chars().count() - words.chars().count());
            let kind = InlineKind::Code(format!("{indent}{words}"));
            self.line(vec![Inline { kind, span }], span);
        }
    }
}

fn text(words: &str, span: Span) -> Inline {
    Inline { kind: InlineKind::Text(words.to_owned()), span }
}
