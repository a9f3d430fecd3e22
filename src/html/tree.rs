//! HTML as a tree, read by an HTML5 parser: as a browser would understand it.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, ns, parse_document, parse_fragment};

/// A node, by its index in [`Tree`].
pub(crate) type Id = usize;

/// Elements and texts, the document first.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

/// A node.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) children: Vec<Id>,
    /// Line of its tag, from 1.
    pub(crate) line: usize,
    parent: Option<Id>,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Kind {
    /// The document, a comment: nothing that is read.
    Nothing,
    Text(String),
    Element {
        name: String,
        attributes: Vec<(String, String)>,
    },
}

/// Reads a whole page.
pub(crate) fn document(text: &str) -> Tree {
    parse_document(Sink::new(), ParseOpts::default()).one(text)
}

/// Reads a piece of a page.
pub(crate) fn fragment(text: &str) -> Tree {
    let context = QualName::new(None, ns!(html), LocalName::from("body"));
    parse_fragment(Sink::new(), ParseOpts::default(), context, Vec::new(), false).one(text)
}

/// Elements may be nested as deep as this: what finds their ends looks through all that are open.
const MAX_OPEN: usize = 2_000;

/// Elements that end by themselves, or have no end.
const SELF_ENDING: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "br", "hr",
    "img", "input", "meta", "link", "source", "wbr", "col", "embed", "area", "base", "param",
    "track",
];

/// The byte at which a text is nested too deep, if it ever is.
pub(crate) fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0usize;
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '/').unwrap_or(0);
        let name = rest[..end].to_ascii_lowercase();
        if let Some(name) = name.strip_prefix('/') {
            open = open.saturating_sub(usize::from(!SELF_ENDING.contains(&name)));
        } else if !name.is_empty() && !SELF_ENDING.contains(&name.as_str()) {
            open += 1;
        }
        if open > MAX_OPEN {
            return Some(at);
        }
    }
    None
}

impl Tree {
    pub(crate) fn get(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    /// The name of an element; empty for everything else.
    pub(crate) fn name(&self, id: Id) -> &str {
        match &self.nodes[id].kind {
            Kind::Element { name, .. } => name,
            Kind::Nothing | Kind::Text(_) => "",
        }
    }

    /// The value of an attribute, if it says something.
    pub(crate) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        match &self.nodes[id].kind {
            Kind::Element { attributes, .. } => {
                let found = attributes.iter().find(|(key, _)| key == name);
                found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
            }
            Kind::Nothing | Kind::Text(_) => None,
        }
    }

    /// All elements of a name, in the order of the page.
    pub(crate) fn all(&self, root: Id, name: &str) -> Vec<Id> {
        let mut found = Vec::new();
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            if self.name(id) == name {
                found.push(id);
            }
            open.extend(self.nodes[id].children.iter().rev());
        }
        found
    }

    /// All text below a node.
    pub(crate) fn text(&self, root: Id) -> String {
        let mut text = String::new();
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            match &self.nodes[id].kind {
                Kind::Text(words) => text.push_str(words),
                Kind::Element { name, .. } if name == "br" => text.push('\n'),
                Kind::Element { .. } | Kind::Nothing => {}
            }
            open.extend(self.nodes[id].children.iter().rev());
        }
        text
    }
}

/// What the parser builds the tree with.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    names: RefCell<Vec<QualName>>,
    line: Cell<usize>,
}

impl Sink {
    fn new() -> Self {
        let sink = Self {
            nodes: RefCell::new(Vec::new()),
            names: RefCell::new(Vec::new()),
            line: Cell::new(1),
        };
        sink.add(Kind::Nothing, nothing());
        sink
    }

    fn add(&self, kind: Kind, name: QualName) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { kind, children: Vec::new(), line: self.line.get(), parent: None });
        self.names.borrow_mut().push(name);
        nodes.len() - 1
    }

    /// Puts a node or a text into a parent, at a place among its children.
    fn insert(&self, parent: Id, at: usize, child: NodeOrText<Id>) {
        let id = match child {
            NodeOrText::AppendNode(id) => {
                self.remove_from_parent(&id);
                id
            }
            NodeOrText::AppendText(text) => {
                let before = at.checked_sub(1).map(|at| self.nodes.borrow()[parent].children[at]);
                if let Some(before) = before
                    && let Kind::Text(words) = &mut self.nodes.borrow_mut()[before].kind
                {
                    return words.push_str(&text);
                }
                self.add(Kind::Text(text.to_string()), nothing())
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[id].parent = Some(parent);
        let at = at.min(nodes[parent].children.len());
        nodes[parent].children.insert(at, id);
    }
}

fn nothing() -> QualName {
    QualName::new(None, ns!(), LocalName::from(""))
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        Ref::map(self.names.borrow(), |names| &names[*target])
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        let attributes = attributes.iter();
        let attributes = attributes.map(|a| (a.name.local.to_string(), a.value.to_string()));
        let kind = Kind::Element { name: name.local.to_string(), attributes: attributes.collect() };
        self.add(kind, name)
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.add(Kind::Nothing, nothing())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.add(Kind::Nothing, nothing())
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        let end = self.nodes.borrow()[*parent].children.len();
        self.insert(*parent, end, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        match has_parent {
            true => self.append_before_sibling(element, child),
            false => self.append(previous, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What is in a template is in it as in any element.
    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let Some(parent) = self.nodes.borrow()[*sibling].parent else { return };
        let at = self.nodes.borrow()[parent].children.iter().position(|id| id == sibling);
        self.insert(parent, at.unwrap_or(0), child);
    }

    fn add_attrs_if_missing(&self, target: &Id, missing: Vec<Attribute>) {
        if let Kind::Element { attributes, .. } = &mut self.nodes.borrow_mut()[*target].kind {
            for attribute in missing {
                let name = attribute.name.local.to_string();
                if attributes.iter().all(|(known, _)| *known != name) {
                    attributes.push((name, attribute.value.to_string()));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[*target].parent.take() {
            nodes[parent].children.retain(|id| id != target);
        }
    }

    fn reparent_children(&self, node: &Id, parent: &Id) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        let mut nodes = self.nodes.borrow_mut();
        for child in children {
            nodes[child].parent = Some(*parent);
            nodes[*parent].children.push(child);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(usize::try_from(line).unwrap_or(usize::MAX).max(1));
    }
}
