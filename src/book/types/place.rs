//! Places in the text, and which pages begin there.

use super::{NodeId, SectionId};

/// Where something stands in the text: a node, and how many bytes of its text (see
/// [`Inline::text_len`](super::Inline::text_len); for listings the lines joined with line feeds) come before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The node.
    pub node: NodeId,
    /// Bytes before the place.
    pub offset: u32,
}

/// Where one page of the print edition begins in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// The label that the page shows or would show: `iv`, `12`.
    pub label: String,
    /// The section the page begins in.
    pub section: SectionId,
    /// Where it begins; `None` for a blank page or one without text of the book (it is then
    /// marked where the next page of its section begins, or else the next section).
    pub place: Option<Place>,
}

/// The pagination of the print edition, as plain data for the EPUB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageMap {
    /// Every page, in order.
    pub pages: Vec<PageStart>,
    /// Label of the page on which each anchor stands, by [`AnchorId`](super::AnchorId).
    pub anchors: Vec<String>,
}
