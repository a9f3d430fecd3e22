//! Tables.

use super::{AnchorId, Text};
use crate::manuscript::Slots;
use crate::source::Span;

/// A table. Head and body are grids: every slot of a row belongs to exactly one cell, and every
/// row has a cell of its own.
#[derive(Clone, Debug)]
pub struct Table {
    /// Where links arrive, if it is numbered.
    pub anchor: Option<AnchorId>,
    /// "Table 1" with its words.
    pub caption: Option<Text>,
    /// How many columns it has.
    pub columns: usize,
    /// Head rows.
    pub head: Vec<TableRow>,
    /// Body rows.
    pub body: Vec<TableRow>,
    /// Where it is written.
    pub span: Span,
}

/// Alignment of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// As the language begins.
    Start,
    /// Centred.
    Center,
    /// As the language ends.
    End,
}

/// A row of cells.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// The cells that begin in it, from column to column.
    pub cells: Vec<TableCell>,
}

/// A cell.
#[derive(Clone, Debug)]
pub struct TableCell {
    /// Whether it names others; an empty one does not.
    pub role: CellRole,
    /// Where it stands.
    pub slots: Slots,
    /// How it is aligned.
    pub align: Alignment,
    /// What it says; may be empty.
    pub text: Text,
}

/// What a cell of a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellRole {
    /// It says something.
    Data,
    /// It names what stands below it.
    ColumnHead,
    /// It names what stands beside it.
    RowHead,
}
