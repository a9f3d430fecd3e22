//! Formulas.

use super::{AnchorId, NodeId};
use crate::source::Span;

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// As it is written.
    pub tex: String,
    /// In one line of plain characters, never empty: `x = (−b ± √(b² − 4ac))/(2a)`.
    pub text: String,
    /// The content of its `math` element: one `semantics`, well-formed, without prefixes, with
    /// the TeX as annotation. Columns are aligned by `columnalign`, and by CSS besides.
    pub mathml: String,
    /// Where it is written, dollar signs included.
    pub span: Span,
}

/// A formula on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayedFormula {
    /// Its number as a node.
    pub id: NodeId,
    /// The formula.
    pub formula: Formula,
    /// Where links arrive, if it has a name.
    pub anchor: Option<AnchorId>,
    /// Its number within the book, as it is shown: `(3.1)`.
    pub number: Option<String>,
}
