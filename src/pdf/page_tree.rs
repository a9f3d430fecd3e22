//! The page tree (ISO 32000-1, 7.7.3), balanced: a reader finds page 2,000 in three steps.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::object::{integer, reference};

/// Children of a node.
const FAN_OUT: usize = 32;

/// Hangs the pages into a new tree and returns its root.
pub(super) fn write(document: &mut Document, pages: &[ObjectId]) -> ObjectId {
    let mut level: Vec<(ObjectId, usize)> = pages.iter().map(|id| (*id, 1)).collect();
    loop {
        let nodes = level.chunks(FAN_OUT).map(|children| node(document, children));
        level = nodes.collect();
        match level.as_slice() {
            [] => return node(document, &[]).0,
            [(root, _)] => return *root,
            _ => {}
        }
    }
}

fn node(document: &mut Document, children: &[(ObjectId, usize)]) -> (ObjectId, usize) {
    let id = document.new_object_id();
    for (child, _) in children {
        if let Ok(dict) = document.get_object_mut(*child).and_then(Object::as_dict_mut) {
            dict.set("Parent", reference(id));
        }
    }
    let count = children.iter().map(|(_, pages)| pages).sum();
    let mut dict = Dictionary::new();
    dict.set("Type", "Pages");
    dict.set("Count", integer(count));
    dict.set("Kids", Object::Array(children.iter().map(|(id, _)| reference(*id)).collect()));
    document.set_object(id, dict);
    (id, count)
}
