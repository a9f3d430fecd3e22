//! What the printed pages say in reading order, as the logical structure tells it: the very data
//! that the PDF is written from.

use std::collections::{BTreeMap, BTreeSet};

use super::{Link, Note, Words, push_listing};
use crate::book::{Book, is_place_on_page};
use crate::layout::Pages;
use crate::layout::pages::{
    ContentId, Item, Kid, LinkTarget, ListNumbering, Mark, Page, TagId, TagKind,
};

/// Everything there is to read, with the tables and links of `book`, whose pages they are.
pub(super) fn read(pages: &Pages, book: &Book, numbers: &PageNumbers) -> Words {
    let mut words = walk(pages, &slots(&pages.pages), numbers);
    words.links = links(pages, book, numbers);
    words
}

/// The text of one page.
pub fn read_page(pages: &Pages, at: usize, numbers: &PageNumbers) -> Words {
    walk(pages, &slots(&pages.pages[at..=at]), numbers)
}

/// The titles of the printed contents.
pub fn contents(pages: &Pages) -> Vec<String> {
    let slots = slots(&pages.pages);
    let items = pages.structure.tags.iter().filter(|tag| tag.kind == TagKind::TocItem);
    let titles = items.map(|item| {
        let mut out = String::new();
        if let Some(Kid::Tag(first)) = item.kids.first() {
            text_below(pages, &slots, *first, &mut out);
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    titles.collect()
}

/// The characters of each slot of the structure.
type Slots = BTreeMap<ContentId, String>;

fn slots(pages: &[Page]) -> Slots {
    let mut slots = Slots::new();
    for item in pages.iter().flat_map(|page| &page.items) {
        let (mark, text) = match item {
            Item::Glyphs(glyphs) => (glyphs.mark, glyphs.text.clone()),
            Item::Formula(formula) => (formula.mark, formula.text.clone()),
            Item::Image(_) | Item::Path(_) | Item::Link(_) => continue,
        };
        if let Mark::Content(content) = mark {
            slots.entry(content).or_default().push_str(&text);
        }
    }
    slots
}

/// The links that are page numbers: they show the label of the page that they lead to.
#[derive(Debug)]
pub struct PageNumbers(BTreeSet<TagId>);

impl PageNumbers {
    /// Finds them.
    pub fn of(pages: &Pages) -> Self {
        let slots = slots(&pages.pages);
        let numbers = tagged(pages).filter_map(|(tag, target)| {
            let LinkTarget::Anchor(anchor) = target else { return None };
            let mut shown = String::new();
            text_below(pages, &slots, tag, &mut shown);
            let label = pages.map.anchors.get(anchor.0 as usize)?;
            (shown == *label || is_place_on_page(&shown, label)).then_some(tag)
        });
        Self(numbers.collect())
    }
}

/// The links of all pages with their tags; one that goes on on the next line comes again.
fn tagged(pages: &Pages) -> impl Iterator<Item = (TagId, &LinkTarget)> {
    pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Link(link) => Some((link.tag?, &link.target)),
        Item::Glyphs(_) | Item::Image(_) | Item::Path(_) | Item::Formula(_) => None,
    })
}

/// Where the links lead that are neither page numbers behind the entries of lists nor calls of
/// notes.
fn links(pages: &Pages, book: &Book, numbers: &PageNumbers) -> Vec<Link> {
    let tags = &pages.structure.tags;
    let mut generated: BTreeSet<TagId> = BTreeSet::new();
    for tag in tags {
        for kid in &tag.kids {
            let Kid::Tag(kid) = kid else { continue };
            let is_number = numbers.0.contains(kid) && is_entry(tag.kind);
            if is_number || tag.kind == TagKind::Reference {
                generated.insert(*kid);
            }
        }
    }
    let targets: BTreeMap<TagId, &LinkTarget> = tagged(pages).collect();
    let own = targets.into_iter().filter(|(tag, _)| !generated.contains(tag));
    own.filter_map(|(_, target)| match target {
        LinkTarget::Url(url) => Some(Link::Page(crate::epub::address(url))),
        LinkTarget::Anchor(anchor) => {
            Some(Link::Place(book.anchors.get(anchor.0 as usize)?.name.clone()))
        }
    })
    .collect()
}

/// Whether page numbers in it stand behind an entry; in the text a page's number is one of its
/// words.
fn is_entry(kind: TagKind) -> bool {
    matches!(kind, TagKind::TocItem | TagKind::ListBody)
}

fn text_below(pages: &Pages, slots: &Slots, tag: TagId, out: &mut String) {
    for kid in &pages.structure.tag(tag).kids {
        match kid {
            Kid::Tag(tag) => text_below(pages, slots, *tag, out),
            Kid::Content(content) => {
                out.push_str(slots.get(content).map_or("", String::as_str));
            }
        }
    }
}

fn walk(pages: &Pages, slots: &Slots, numbers: &PageNumbers) -> Words {
    let mut walk = Walk { pages, slots, numbers, words: Words::default() };
    walk.children(TagId(0));
    walk.words
}

struct Walk<'a> {
    pages: &'a Pages,
    slots: &'a Slots,
    numbers: &'a PageNumbers,
    words: Words,
}

impl Walk<'_> {
    fn children(&mut self, tag: TagId) {
        let mut after_number = false;
        for kid in &self.pages.structure.tag(tag).kids {
            match kid {
                Kid::Tag(kid) => {
                    after_number = self.numbers.0.contains(kid);
                    self.tag(*kid, tag);
                }
                Kid::Content(content) => {
                    let text = self.slots.get(content).map_or("", String::as_str);
                    // Between two page numbers.
                    if !after_number || !matches!(text.trim(), "," | ";" | "–") {
                        self.words.text.push_str(text);
                    }
                }
            }
        }
    }

    fn tag(&mut self, tag: TagId, parent: TagId) {
        let kind = self.pages.structure.tag(tag).kind;
        match kind {
            TagKind::Span | TagKind::Figure | TagKind::Formula => self.children(tag),
            // Beside the link stands what parts two calls.
            TagKind::Reference => {
                let kids = self.pages.structure.tag(tag).kids.iter();
                let links = kids.filter_map(|kid| match kid {
                    Kid::Tag(link) => Some(*link),
                    Kid::Content(_) => None,
                });
                links.for_each(|link| self.tag(link, tag));
            }
            TagKind::Link => {
                let parent = self.pages.structure.tag(parent).kind;
                if !is_entry(parent) || !self.numbers.0.contains(&tag) {
                    self.children(tag);
                }
            }
            TagKind::Note => {
                let text = std::mem::take(&mut self.words.text);
                self.children(tag);
                let text = std::mem::replace(&mut self.words.text, text);
                self.words.notes.push(Note { label: self.label(tag), text });
            }
            TagKind::Code => {
                let text = std::mem::take(&mut self.words.text);
                self.children(tag);
                let listing = std::mem::replace(&mut self.words.text, text);
                push_listing(&listing, &mut self.words.text);
            }
            TagKind::Label if self.is_drawn(tag, parent) => {}
            TagKind::Table => {
                self.words.tables += 1;
                self.apart(tag);
            }
            TagKind::Document
            | TagKind::Part
            | TagKind::Section
            | TagKind::Heading(_)
            | TagKind::Paragraph
            | TagKind::List(_)
            | TagKind::ListItem
            | TagKind::Label
            | TagKind::ListBody
            | TagKind::BlockQuote
            | TagKind::TableHead
            | TagKind::TableBody
            | TagKind::TableRow
            | TagKind::TableHeader(..)
            | TagKind::TableData(_)
            | TagKind::Caption
            | TagKind::Toc
            | TagKind::TocItem
            | TagKind::Index
            | TagKind::Division => self.apart(tag),
        }
    }

    fn apart(&mut self, tag: TagId) {
        self.words.text.push(' ');
        self.children(tag);
        self.words.text.push(' ');
    }

    /// The number that stands before a note.
    fn label(&self, note: TagId) -> String {
        let mut out = String::new();
        for kid in &self.pages.structure.tag(note).kids {
            if let Kid::Tag(tag) = kid
                && self.pages.structure.tag(*tag).kind == TagKind::Label
            {
                text_below(self.pages, self.slots, *tag, &mut out);
            }
        }
        out.split_whitespace().next().unwrap_or_default().trim_end_matches('.').to_owned()
    }

    /// Whether a label is a bullet or a number, and no term of a list of definitions.
    fn is_drawn(&self, label: TagId, parent: TagId) -> bool {
        let tags = &self.pages.structure.tags;
        let holds = |kids: &[Kid], tag: TagId| kids.contains(&Kid::Tag(tag));
        match self.pages.structure.tag(parent).kind {
            TagKind::Note => true,
            _ => !tags.iter().any(|list| {
                list.kind == TagKind::List(ListNumbering::None)
                    && holds(&list.kids, parent)
                    && holds(&self.pages.structure.tag(parent).kids, label)
            }),
        }
    }
}
