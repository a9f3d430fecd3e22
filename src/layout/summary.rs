//! The abstract of a chapter: below its opening, before its text.
//!
//! It is set smaller, as notes are, and indented at both sides, so that nobody takes it for the beginning
//! of the text. It has no heading: its place and its size say what it is.

use super::column::Column;
use super::pages::TagKind;
use crate::book::Text;
use crate::geom::Length;

impl Column<'_, '_> {
    /// The paragraphs of an abstract, if there is one.
    pub(super) fn summary(&mut self, paragraphs: &[Text]) {
        if paragraphs.is_empty() {
            return;
        }
        let style = self.setter.design.styles.note;
        let tag = self.setter.structure.child(self.tag, TagKind::Division);
        let indent = self.style.size.scale(160, 100);
        let grid = std::mem::replace(&mut self.grid, false);
        self.nested(tag, (indent, indent), |column| {
            for (number, text) in paragraphs.iter().enumerate() {
                let tag = column.setter.structure.child(tag, TagKind::Paragraph);
                let indent = if number == 0 { Length::ZERO } else { style.size };
                column.paragraph(text, &style, tag, indent);
            }
        });
        self.grid = grid;
        self.space(self.setter.design.leading);
    }
}
