//! The outline (ISO 32000-1, 12.3.3): a tree of titles, closed below the first level, each with
//! the exact place it leads to.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::links::target;
use super::object::{integer, reference, shortened};
use crate::layout::pages::{OutlineEntry, Pages};

/// Writes the outline; `None` when there is none.
pub(super) fn write(
    document: &mut Document,
    pages: &Pages,
    page_ids: &[ObjectId],
) -> Option<ObjectId> {
    if pages.outline.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let mut outline = Outline { document, pages, page_ids };
    let (first, last) = outline.siblings(&pages.outline, root)?;
    let mut dict = Dictionary::new();
    dict.set("Type", "Outlines");
    dict.set("First", reference(first));
    dict.set("Last", reference(last));
    dict.set("Count", integer(pages.outline.len()));
    document.set_object(root, dict);
    Some(root)
}

struct Outline<'a> {
    document: &'a mut Document,
    pages: &'a Pages,
    page_ids: &'a [ObjectId],
}

impl Outline<'_> {
    fn siblings(
        &mut self,
        entries: &[OutlineEntry],
        parent: ObjectId,
    ) -> Option<(ObjectId, ObjectId)> {
        let ids: Vec<_> = entries.iter().map(|_| self.document.new_object_id()).collect();
        for (index, (entry, id)) in entries.iter().zip(&ids).enumerate() {
            let mut item = Dictionary::new();
            item.set("Title", shortened(&entry.title));
            item.set("Parent", reference(parent));
            let before = index.checked_sub(1).and_then(|before| ids.get(before));
            before.iter().for_each(|id| item.set("Prev", reference(**id)));
            ids.get(index + 1).iter().for_each(|id| item.set("Next", reference(**id)));
            self.target(entry).into_iter().for_each(|place| item.set("Dest", place));
            if let Some((first, last)) = self.siblings(&entry.children, *id) {
                item.set("First", reference(first));
                item.set("Last", reference(last));
                // Negative: closed (table 153). The children are closed too, so only they count.
                let count = i64::try_from(entry.children.len()).unwrap_or(i64::MAX);
                item.set("Count", -count);
            }
            self.document.set_object(*id, item);
        }
        Some((*ids.first()?, *ids.last()?))
    }

    /// Where an entry leads: if this edition does not show that, where its first child leads.
    fn target(&self, entry: &OutlineEntry) -> Option<Object> {
        target(self.pages, self.page_ids, entry.target.0)
            .or_else(|| entry.children.iter().find_map(|child| self.target(child)))
    }
}
