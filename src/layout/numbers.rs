//! Numbers before titles and headings: they hang, so that further lines stand below the words.

use crate::book::Text;
use crate::geom::Length;

use super::column::{Column, plain_label};
use super::design::{Align, Style};
use super::inline::{flatten, flatten_behind};
use super::pages::{TagId, TagKind};
use super::paragraph::natural_width;

/// Between a number and the words: half an em, at which no line breaks off.
const GAP: char = '\u{2002}';

/// A number with the space behind it.
pub(super) fn label(number: &str) -> String {
    format!("{number}{GAP}")
}

impl Column<'_, '_> {
    /// A paragraph behind a number, if it has one.
    pub(super) fn numbered_paragraph(
        &mut self,
        number: Option<&str>,
        text: &Text,
        style: &Style,
        tag: TagId,
    ) {
        let Some(number) = number else {
            return self.paragraph(text, style, tag, Length::ZERO);
        };
        let label = label(number);
        let flat = flatten_behind(self.setter, &label, text, style, tag);
        let hang = match style.align {
            Align::Start | Align::Justified => self.label_width(&label, style),
            Align::Center | Align::End => Length::ZERO,
        };
        self.indented(hang, |column| column.flat_paragraph(&flat, style, -hang));
    }

    /// How wide a label is. Measuring leaves nothing in the structure.
    pub(super) fn label_width(&mut self, label: &str, style: &Style) -> Length {
        let structure = std::mem::take(&mut self.setter.structure);
        let unused = self.setter.structure.add(TagKind::Span);
        let text = plain_label(label, self.setter.span);
        let flat = flatten(self.setter, &text, style, unused);
        let width = natural_width(self.setter, &flat);
        self.setter.structure = structure;
        width
    }
}
