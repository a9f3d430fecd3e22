//! Lists: bullets, numbers, tasks, and terms with their descriptions.

use crate::book::{Definition, List, ListItem, ListKind};
use crate::font::Family;
use crate::geom::Length;
use crate::source::Span;

use super::column::{Column, plain_label};
use super::design::{Align, Style};
use super::galley::Row;
use super::pages::{ListNumbering, TagId, TagKind};

/// Cost of a page break between the items of a list or after a term.
const IN_LIST: i64 = 60;

impl Column<'_, '_> {
    pub(super) fn list(&mut self, list: &List) {
        let numbering = match list.kind {
            ListKind::Bullet => ListNumbering::Disc,
            ListKind::Ordered(_) => ListNumbering::Decimal,
        };
        let tag = self.setter.structure.child(self.tag, TagKind::List(numbering));
        let indent = self.list_indent(list);
        let around = if self.depth == 0 { self.half_line() } else { Length::ZERO };
        self.space(around);
        for (at, item) in list.items.iter().enumerate() {
            if at > 0 && !list.tight {
                self.space(self.half_line() / 2);
            }
            let label = self.label(list.kind, at, item);
            self.list_item(tag, (&label, list.span), indent, item);
            // Two items of a list belong together, a little less than the lines of one.
            if at + 1 < list.items.len()
                && let Some(row) = self.galley.rows.last_mut()
            {
                row.break_after = row.break_after.map(|cost| cost + IN_LIST);
            }
        }
        self.space(around);
        self.indent_next = false;
    }

    fn label(&self, kind: ListKind, at: usize, item: &ListItem) -> String {
        match (item.task, kind) {
            (Some(true), _) => "☑".to_owned(),
            (Some(false), _) => "☐".to_owned(),
            (None, ListKind::Bullet) => ["•", "–", "·"][self.depth % 3].to_owned(),
            (None, ListKind::Ordered(start)) => format!("{}.", start.saturating_add(at as u64)),
        }
    }

    /// Room for the widest label.
    fn list_indent(&mut self, list: &List) -> Length {
        let em = self.style.size;
        match list.kind {
            ListKind::Bullet => em.scale(140, 100),
            ListKind::Ordered(start) => {
                let digits = start.saturating_add(list.items.len() as u64).to_string().len();
                em.scale(100 + 55 * i64::try_from(digits).unwrap_or(9), 100)
            }
        }
    }

    fn list_item(
        &mut self,
        list: TagId,
        (label, span): (&str, Span),
        indent: Length,
        item: &ListItem,
    ) {
        let tag = self.setter.structure.child(list, TagKind::ListItem);
        let label_tag = self.setter.structure.child(tag, TagKind::Label);
        let body = self.setter.structure.child(tag, TagKind::ListBody);
        self.nested(body, (indent, Length::ZERO), |column| {
            column.depth += 1;
            column.blocks(&item.blocks);
            if column.galley.rows.is_empty() {
                column.push(Row::blank(column.style.leading));
            }
            let gap = column.style.size.scale(45, 100);
            let room = indent - gap;
            column.hang(0, &plain_label(label, span), label_tag, (indent, room));
        });
    }

    pub(super) fn definitions(&mut self, list: &[Definition]) {
        let tag = self.setter.structure.child(self.tag, TagKind::List(ListNumbering::None));
        self.space(self.half_line());
        let indent = self.style.size.scale(160, 100);
        let grid = std::mem::replace(&mut self.grid, false);
        for definition in list {
            let item = self.setter.structure.child(tag, TagKind::ListItem);
            let label = self.setter.structure.child(item, TagKind::Label);
            let style = Style {
                family: Family { regular: self.style.family.bold, ..self.style.family },
                align: Align::Start,
                hyphenate: false,
                ..self.style
            };
            for term in &definition.terms {
                self.paragraph(term, &style, label, Length::ZERO);
                self.keep_with_next();
            }
            let body = self.setter.structure.child(item, TagKind::ListBody);
            for blocks in &definition.bodies {
                self.nested(body, (indent, Length::ZERO), |column| column.blocks(blocks));
            }
            self.space(self.half_line() / 2);
        }
        self.grid = grid;
        self.space(self.half_line());
        self.indent_next = false;
    }
}
