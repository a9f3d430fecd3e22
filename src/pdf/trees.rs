//! Name trees and number trees (ISO 32000-1, 7.9.6 and 7.9.7): sorted maps that a reader can
//! search without reading them whole.
//!
//! Two levels are enough: 64 entries a leaf make a root of 64 leaves hold four thousand, and a
//! longer root is still valid.

use lopdf::{Dictionary, Document, Object};

use super::object::{bytes, reference};

/// Entries of a leaf: large enough to share an object's overhead, small enough to be read alone.
const LEAF: usize = 64;

/// A number tree from entries in ascending order; the root is a direct dictionary.
pub(super) fn number_tree(document: &mut Document, entries: Vec<(i64, Object)>) -> Dictionary {
    let entries = entries.into_iter().map(|(key, value)| (Object::Integer(key), value)).collect();
    tree(document, "Nums", entries)
}

/// A name tree from entries in the order of their keys' bytes; the root is a direct dictionary.
pub(super) fn name_tree(document: &mut Document, entries: Vec<(String, Object)>) -> Dictionary {
    let entries = entries.into_iter().map(|(key, value)| (bytes(&key), value)).collect();
    tree(document, "Names", entries)
}

fn tree(document: &mut Document, key: &str, entries: Vec<(Object, Object)>) -> Dictionary {
    let mut root = Dictionary::new();
    if entries.len() <= LEAF {
        root.set(key, flat(entries));
        return root;
    }
    let mut kids = Vec::with_capacity(entries.len() / LEAF + 1);
    let mut rest = entries.into_iter().peekable();
    while rest.peek().is_some() {
        let leaf: Vec<_> = rest.by_ref().take(LEAF).collect();
        let limits = [leaf.first(), leaf.last()];
        let limits = limits.into_iter().flatten().map(|(key, _)| key.clone()).collect();
        let mut node = Dictionary::new();
        node.set("Limits", Object::Array(limits));
        node.set(key, flat(leaf));
        kids.push(reference(document.add_object(node)));
    }
    root.set("Kids", Object::Array(kids));
    root
}

fn flat(entries: Vec<(Object, Object)>) -> Object {
    Object::Array(entries.into_iter().flat_map(|(key, value)| [key, value]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_tree_has_leaves_with_limits() {
        let mut document = Document::with_version("1.7");
        let tree = number_tree(&mut document, (0..100).map(|n| (n, Object::Null)).collect());
        let kids = tree.get(b"Kids").and_then(Object::as_array).expect("it has leaves");
        assert_eq!(kids.len(), 2);
        let last = document.objects.values().last().and_then(|o| o.as_dict().ok());
        let limits = last.and_then(|d| d.get(b"Limits").ok()).expect("leaves have limits");
        assert_eq!(limits, &Object::Array(vec![64.into(), 99.into()]));
    }
}
