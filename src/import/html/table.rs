//! `<table>` as a table in Markdown, which has no cells over several columns or rows: their words
//! stand in the first of these, and below and behind them cells are empty, so that others keep their
//! columns.

use super::Writer;
use crate::html::tree::Id;
use crate::manuscript::grid::{self, Asked, WrittenRow};

impl Writer<'_> {
    pub(super) fn table(&mut self, id: Id, margin: &str, depth: usize) {
        let (captions, own) = self.parts(id);
        for caption in captions {
            let words = self.one_line(caption, " ", depth);
            self.paragraph(&format!("Table: {words}"), margin, self.tree.get(caption).line);
        }
        let (mut words, mut written) = (Vec::new(), Vec::new());
        for (group, row) in own {
            let cells = self.tree.get(row).children.iter().copied();
            let cells = cells.filter(|cell| matches!(self.tree.name(*cell), "td" | "th"));
            let cells: Vec<Id> = cells.collect();
            words.push(cells.iter().map(|cell| self.cell(*cell, depth)).collect::<Vec<_>>());
            let cells = cells.into_iter().map(|cell| self.asked(cell)).collect();
            written.push(WrittenRow { group, cells });
        }
        let rows = match grid::place(&written) {
            Ok(grid) => placed(&words, &grid),
            // What has no grid has at least its words.
            Err(_) => words,
        };
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        let line = |cells: &[String]| {
            let cells = (0..columns).map(|at| cells.get(at).map_or("", String::as_str));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let rule = format!("|{}", " --- |".repeat(columns));
        let mut text = format!("{}\n{rule}", line(&rows[0]));
        for row in &rows[1..] {
            text.push('\n');
            text.push_str(&line(row));
        }
        self.write(&text, margin, self.tree.get(id).line);
    }

    /// The captions of a table, and its own rows with the number of their group; what is in a table
    /// within a cell is the cell's.
    fn parts(&self, table: Id) -> (Vec<Id>, Vec<(usize, Id)>) {
        let (mut captions, mut rows) = (Vec::new(), Vec::new());
        for (group, child) in self.tree.get(table).children.iter().copied().enumerate() {
            match self.tree.name(child) {
                "caption" => captions.push(child),
                "thead" | "tbody" | "tfoot" => {
                    let inner = self.tree.get(child).children.iter().copied();
                    let inner = inner.filter(|row| self.tree.name(*row) == "tr");
                    rows.extend(inner.map(|row| (group, row)));
                }
                _ => {}
            }
        }
        (captions, rows)
    }

    /// The words of a cell.
    fn cell(&mut self, cell: Id, depth: usize) -> String {
        self.one_line(cell, "<br>", depth).replace('|', "\\|")
    }

    fn asked(&self, cell: Id) -> Asked {
        let attribute = |name| self.tree.attribute(cell, name);
        Asked::read(attribute("colspan"), attribute("rowspan"))
    }
}

/// The words of each row's cells in their columns.
fn placed(words: &[Vec<String>], grid: &grid::Grid) -> Vec<Vec<String>> {
    let rows = words.iter().zip(&grid.rows).filter(|(_, placed)| !placed.is_empty());
    rows.map(|(words, placed)| {
        let mut row = vec![String::new(); grid.columns];
        for (cell, slots) in placed {
            if let Some(cell) = cell {
                row[slots.column].clone_from(&words[*cell]);
            }
        }
        row
    })
    .collect()
}
