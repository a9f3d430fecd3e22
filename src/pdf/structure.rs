//! The logical structure (ISO 32000-1, 14.7 and 14.8): the tree of elements, and the way back
//! from what is marked on a page to its element.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::attachments;
use super::content::Content;
use super::elements::Elements;
use super::figures::{Figure, alternative};
use super::links::Annotation;
use super::object::{bytes, integer, name, points, reference, shortened, text};
use super::trees::{name_tree, number_tree};
use crate::book::Book;
use crate::layout::pages::{CellSpan, Kid, ListNumbering, Pages, Scope, Tag, TagId, TagKind};

/// What the structure is made from.
pub(super) struct Parts<'a> {
    pub(super) pages: &'a Pages,
    pub(super) book: &'a Book,
    pub(super) figures: &'a BTreeMap<TagId, Figure>,
    pub(super) contents: &'a [Content],
    pub(super) page_ids: &'a [ObjectId],
    pub(super) annotations: &'a [Annotation],
    /// Whether files may go with elements: the MathML of formulas (ISO 19005-3, 6.8).
    pub(super) may_attach: bool,
}

/// The name of a structure type (14.8.4).
pub(super) fn kind_name(kind: TagKind) -> &'static str {
    match kind {
        TagKind::Document => "Document",
        TagKind::Part => "Part",
        TagKind::Section => "Sect",
        TagKind::Heading(0 | 1) => "H1",
        TagKind::Heading(2) => "H2",
        TagKind::Heading(3) => "H3",
        TagKind::Heading(4) => "H4",
        TagKind::Heading(5) => "H5",
        TagKind::Heading(_) => "H6",
        TagKind::Paragraph => "P",
        TagKind::List(_) => "L",
        TagKind::ListItem => "LI",
        TagKind::Label => "Lbl",
        TagKind::ListBody => "LBody",
        TagKind::BlockQuote => "BlockQuote",
        TagKind::Code => "Code",
        TagKind::Table => "Table",
        TagKind::TableHead => "THead",
        TagKind::TableBody => "TBody",
        TagKind::TableRow => "TR",
        TagKind::TableHeader(..) => "TH",
        TagKind::TableData(_) => "TD",
        TagKind::Figure => "Figure",
        TagKind::Formula => "Formula",
        TagKind::Caption => "Caption",
        TagKind::Note => "Note",
        TagKind::Reference => "Reference",
        TagKind::Link => "Link",
        TagKind::Span => "Span",
        TagKind::Toc => "TOC",
        TagKind::TocItem => "TOCI",
        TagKind::Index => "Index",
        TagKind::Division => "Div",
    }
}

/// Writes the tree and returns its root; pages and annotations get their keys in it.
pub(super) fn write(document: &mut Document, parts: &Parts<'_>) -> ObjectId {
    let mut by_tag: BTreeMap<TagId, Vec<&Annotation>> = BTreeMap::new();
    parts.annotations.iter().for_each(|a| by_tag.entry(a.tag).or_default().push(a));
    let linked: BTreeSet<_> = by_tag.keys().copied().collect();
    let elements = Elements::new(&parts.pages.structure, parts.contents, &linked);
    let root = document.new_object_id();
    let mut tree = Tree {
        document,
        parts,
        elements,
        by_tag,
        root,
        nodes: BTreeMap::new(),
        names: BTreeMap::new(),
        formulas: 0,
    };
    tree.number_elements();
    tree.write_elements();
    tree.write_root();
    root
}

/// The objects of an element.
#[derive(Clone, Copy)]
struct Node {
    /// The element itself.
    id: ObjectId,
    /// The one that holds its children: itself, or a `Link` within it.
    holder: ObjectId,
}

struct Tree<'a> {
    document: &'a mut Document,
    parts: &'a Parts<'a>,
    elements: Elements,
    by_tag: BTreeMap<TagId, Vec<&'a Annotation>>,
    root: ObjectId,
    nodes: BTreeMap<TagId, Node>,
    /// The names that elements have, and their objects.
    names: BTreeMap<String, ObjectId>,
    /// Formulas so far that have a file.
    formulas: usize,
}

impl Tree<'_> {
    fn tag(&self, tag: TagId) -> &Tag {
        self.parts.pages.structure.tag(tag)
    }

    fn number_elements(&mut self) {
        for tag in self.elements.order.clone() {
            if !self.elements.is_kept(tag) {
                continue;
            }
            let id = self.document.new_object_id();
            // An annotation belongs to a `Link` (PDF/UA-1, 7.18.5), whatever else the words are.
            let needs_link = self.by_tag.contains_key(&tag) && self.tag(tag).kind != TagKind::Link;
            let holder = if needs_link { self.document.new_object_id() } else { id };
            self.nodes.insert(tag, Node { id, holder });
        }
    }

    fn write_elements(&mut self) {
        for (tag, node) in self.nodes.clone() {
            let parent = self.elements.parent(tag).and_then(|parent| self.nodes.get(&parent));
            let parent = parent.map_or(self.root, |node| node.holder);
            let mut element = Dictionary::new();
            element.set("S", kind_name(self.shown_kind(tag)));
            element.set("P", reference(parent));
            self.attributes(tag, node.id, &mut element);
            if node.holder == node.id {
                self.children(tag, &mut element);
                self.voice(tag, &mut element);
            } else {
                element.set("K", reference(node.holder));
                let mut link = Dictionary::new();
                link.set("S", "Link");
                link.set("P", reference(node.id));
                self.children(tag, &mut link);
                self.voice(tag, &mut link);
                self.document.set_object(node.holder, link);
            }
            self.document.set_object(node.id, element);
        }
    }

    /// A link that leads nowhere in this edition is only words.
    fn shown_kind(&self, tag: TagId) -> TagKind {
        match self.tag(tag).kind {
            TagKind::Link if !self.by_tag.contains_key(&tag) => TagKind::Span,
            kind => kind,
        }
    }

    fn attributes(&mut self, tag: TagId, id: ObjectId, element: &mut Dictionary) {
        let Tag { kind, language, expansion, alt, summary, mathml, anchor, .. } =
            self.tag(tag).clone();
        let anchor = anchor.and_then(|a| self.parts.book.anchors.get(a.0 as usize));
        let mut own_name = anchor.map(|anchor| anchor.name.clone());
        if kind == TagKind::Note && own_name.as_ref().is_none_or(|n| self.names.contains_key(n)) {
            // PDF/UA-1, 7.9: every note has a name of its own. A blank is in no anchor's name.
            own_name = Some(format!("note {}", tag.0));
        }
        if let Some(own_name) = own_name.filter(|n| !self.names.contains_key(n)) {
            element.set("ID", bytes(&own_name));
            self.names.insert(own_name, id);
        }
        language.iter().for_each(|language| element.set("Lang", text(&language.0)));
        expansion.iter().for_each(|words| element.set("E", text(words)));
        let figure = self.parts.figures.get(&tag);
        let alt = match figure {
            Some(figure) => alternative(alt.as_deref(), figure, self.parts.book),
            None => alt,
        };
        alt.iter().for_each(|words| element.set("Alt", text(words)));
        if let Some(mathml) = mathml.filter(|_| self.parts.may_attach) {
            self.formulas += 1;
            let modified = self.parts.book.meta.modified;
            let file = attachments::mathml(self.document, (self.formulas, &mathml), modified);
            element.set("AF", Object::Array(vec![file]));
        }
        let attributes = match kind {
            TagKind::List(numbering) => Some(list(numbering)),
            TagKind::Table => summary.map(|words| table(&words)),
            TagKind::TableHeader(scope, span) => cell(Some(scope), span),
            TagKind::TableData(span) => cell(None, span),
            TagKind::Figure => figure.and_then(|figure| self.bounding_box(figure)).map(|mut a| {
                a.set("Placement", "Block");
                a
            }),
            TagKind::Formula => figure.and_then(|figure| self.bounding_box(figure)),
            _ => None,
        };
        attributes.into_iter().for_each(|attributes| element.set("A", attributes));
    }

    fn bounding_box(&self, figure: &Figure) -> Option<Dictionary> {
        let height = self.parts.pages.pages.get(figure.page)?.size.height;
        let (area, mut attributes) = (figure.area, owner("Layout"));
        let corners = [area.origin.x, height - area.bottom(), area.right(), height - area.origin.y];
        attributes.set("BBox", Object::Array(corners.map(points).to_vec()));
        Some(attributes)
    }

    /// `/K` and `/Pg` (14.7.4).
    fn children(&self, tag: TagId, element: &mut Dictionary) {
        let structure = &self.parts.pages.structure;
        let sequences = |kid: &Kid| match kid {
            Kid::Tag(_) => &[][..],
            Kid::Content(slot) => {
                self.elements.filled.get(slot.0 as usize).map_or(&[][..], Vec::as_slice)
            }
        };
        let kids = &structure.tag(tag).kids;
        let home = kids.iter().flat_map(sequences).map(|(page, _)| *page).next();
        let mut children = Vec::with_capacity(kids.len());
        for kid in kids {
            if let Kid::Tag(child) = kid {
                children.extend(self.nodes.get(child).map(|node| reference(node.id)));
            }
            for (page, number) in sequences(kid) {
                children.push(if Some(*page) == home {
                    integer(*number)
                } else {
                    self.marked_content(*page, *number)
                });
            }
        }
        let annotations = self.by_tag.get(&tag).into_iter().flatten();
        children.extend(annotations.map(|annotation| self.annotation(annotation)));
        home.iter().for_each(|page| element.set("Pg", reference(self.parts.page_ids[*page])));
        match children.len() {
            0 => {}
            1 => children.into_iter().for_each(|child| element.set("K", child)),
            _ => element.set("K", Object::Array(children)),
        }
    }

    /// A link that shows no character of any face is told in the words of its annotation.
    fn voice(&self, tag: TagId, link: &mut Dictionary) {
        let Some([annotation, ..]) = self.by_tag.get(&tag).map(Vec::as_slice) else { return };
        if link.has(b"Alt") || !self.elements.is_silent(&self.parts.pages.structure, tag) {
            return;
        }
        let annotation = self.document.get_dictionary(annotation.id);
        let words = annotation.and_then(|annotation| annotation.get(b"Contents"));
        words.into_iter().for_each(|words| link.set("Alt", words.clone()));
    }

    /// A marked sequence on another page than the element's own.
    fn marked_content(&self, page: usize, number: usize) -> Object {
        let mut child = Dictionary::new();
        child.set("Type", "MCR");
        child.set("Pg", reference(self.parts.page_ids[page]));
        child.set("MCID", integer(number));
        Object::Dictionary(child)
    }

    fn annotation(&self, annotation: &Annotation) -> Object {
        let mut child = Dictionary::new();
        child.set("Type", "OBJR");
        child.set("Pg", reference(self.parts.page_ids[annotation.page]));
        child.set("Obj", reference(annotation.id));
        Object::Dictionary(child)
    }

    fn write_root(&mut self) {
        let parents = self.parent_tree();
        let next_key = parents.last().map_or(0, |(key, _)| key + 1);
        let names = std::mem::take(&mut self.names);
        let names: Vec<_> = names.into_iter().map(|(n, id)| (n, reference(id))).collect();
        let mut root = Dictionary::new();
        root.set("Type", "StructTreeRoot");
        self.nodes.get(&TagId(0)).iter().for_each(|node| root.set("K", reference(node.id)));
        root.set("ParentTree", number_tree(self.document, parents));
        root.set("ParentTreeNextKey", next_key);
        if !names.is_empty() {
            root.set("IDTree", name_tree(self.document, names));
        }
        self.document.set_object(self.root, root);
    }

    /// The element of every sequence and annotation (14.7.4.4): pages by their index, then
    /// annotations.
    fn parent_tree(&mut self) -> Vec<(i64, Object)> {
        let mut entries = Vec::new();
        for (index, content) in self.parts.contents.iter().enumerate() {
            if content.sequences.is_empty() {
                continue;
            }
            let owners = content.sequences.iter().map(|slot| {
                let tag = self.parts.pages.structure.contents.get(slot.0 as usize);
                let node = tag.and_then(|tag| self.nodes.get(tag));
                node.map_or(Object::Null, |node| reference(node.holder))
            });
            entries.push((key(index), Object::Array(owners.collect())));
            set(self.document, self.parts.page_ids[index], "StructParents", integer(index));
        }
        for (index, annotation) in self.parts.annotations.iter().enumerate() {
            let index = self.parts.page_ids.len() + index;
            let node = self.nodes.get(&annotation.tag);
            let owner = node.map_or(Object::Null, |node| reference(node.holder));
            entries.push((key(index), owner));
            set(self.document, annotation.id, "StructParent", integer(index));
        }
        entries
    }
}

fn key(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

fn set(document: &mut Document, id: ObjectId, key: &str, value: Object) {
    if let Ok(dict) = document.get_object_mut(id).and_then(Object::as_dict_mut) {
        dict.set(key, value);
    }
}

fn owner(owner: &str) -> Dictionary {
    let mut attributes = Dictionary::new();
    attributes.set("O", name(owner));
    attributes
}

fn list(numbering: ListNumbering) -> Dictionary {
    let mut attributes = owner("List");
    let numbering = match numbering {
        ListNumbering::None => "None",
        ListNumbering::Disc => "Disc",
        ListNumbering::Decimal => "Decimal",
    };
    attributes.set("ListNumbering", numbering);
    attributes
}

fn table(summary: &str) -> Dictionary {
    let mut attributes = owner("Table");
    attributes.set("Summary", shortened(summary));
    attributes
}

/// What is to be said of a cell (table 349): of which cells it is the head, and how many rows and
/// columns it takes if these are several.
fn cell(scope: Option<Scope>, span: CellSpan) -> Option<Dictionary> {
    let mut attributes = owner("Table");
    if let Some(scope) = scope {
        let scope = match scope {
            Scope::Row => "Row",
            Scope::Column => "Column",
        };
        attributes.set("Scope", scope);
    }
    for (key, count) in [("RowSpan", span.rows), ("ColSpan", span.columns)] {
        if count > 1 {
            attributes.set(key, i64::from(count));
        }
    }
    (attributes.len() > 1).then_some(attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_only_what_is_not_usual() {
        let said = |scope, rows, columns| {
            let cell = cell(scope, CellSpan { rows, columns })?;
            Some(["Scope", "RowSpan", "ColSpan"].map(|key| cell.get(key.as_bytes()).ok().cloned()))
        };
        assert_eq!(said(None, 1, 1), None);
        let head = said(Some(Scope::Row), 2, 1);
        assert_eq!(head, Some([Some(Object::from("Row")), Some(Object::Integer(2)), None]));
        assert_eq!(said(None, 1, 3), Some([None, None, Some(Object::Integer(3))]));
    }
}
