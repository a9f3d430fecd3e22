//! The words of the printed pages in reading order, as the logical structure tells it.

use std::collections::{BTreeMap, BTreeSet};

use endpaper::layout::Pages;
use endpaper::layout::pages::{
    ContentId, Item, Kid, LinkTarget, ListNumbering, Mark, Page, TagId, TagKind,
};

use super::{Words, push_listing};

/// Everything there is to read.
pub(super) fn read(pages: &Pages, numbers: &PageNumbers) -> Words {
    walk(pages, &slots(&pages.pages), numbers)
}

/// What there is to read on one page.
pub(super) fn read_page(pages: &Pages, at: usize, numbers: &PageNumbers) -> Words {
    walk(pages, &slots(&pages.pages[at..=at]), numbers)
}

/// The titles of the printed contents.
pub(super) fn contents(pages: &Pages) -> Vec<String> {
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
        if let Item::Glyphs(glyphs) = item
            && let Mark::Content(content) = glyphs.mark
        {
            slots.entry(content).or_default().push_str(&glyphs.text);
        }
    }
    slots
}

/// The links that are page numbers: they show the label of the page that they lead to.
pub(super) struct PageNumbers(BTreeSet<TagId>);

impl PageNumbers {
    pub(super) fn of(pages: &Pages) -> Self {
        let slots = slots(&pages.pages);
        let links = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
            Item::Link(link) => Some(link),
            Item::Glyphs(_) | Item::Image(_) | Item::Path(_) => None,
        });
        let numbers = links.filter_map(|link| {
            let (Some(tag), LinkTarget::Anchor(anchor)) = (link.tag, &link.target) else {
                return None;
            };
            let mut shown = String::new();
            text_below(pages, &slots, tag, &mut shown);
            (shown == pages.map.anchors[anchor.0 as usize]).then_some(tag)
        });
        Self(numbers.collect())
    }
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
                    if !after_number || text.trim() != "," {
                        self.words.text.push_str(text);
                    }
                }
            }
        }
    }

    fn tag(&mut self, tag: TagId, parent: TagId) {
        let kind = self.pages.structure.tag(tag).kind;
        match kind {
            TagKind::Span | TagKind::Figure | TagKind::Reference => self.children(tag),
            TagKind::Link => {
                let is_call = self.pages.structure.tag(parent).kind == TagKind::Reference;
                if is_call || !self.numbers.0.contains(&tag) {
                    self.children(tag);
                }
            }
            TagKind::Note => {
                let text = std::mem::take(&mut self.words.text);
                self.children(tag);
                self.words.notes.push(std::mem::replace(&mut self.words.text, text));
            }
            TagKind::Code => {
                let text = std::mem::take(&mut self.words.text);
                self.children(tag);
                let listing = std::mem::replace(&mut self.words.text, text);
                push_listing(&listing, &mut self.words.text);
            }
            TagKind::Label if self.is_drawn(tag, parent) => {}
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
            | TagKind::Table
            | TagKind::TableHead
            | TagKind::TableBody
            | TagKind::TableRow
            | TagKind::TableHeader(_)
            | TagKind::TableData
            | TagKind::Caption
            | TagKind::Toc
            | TagKind::TocItem
            | TagKind::Index
            | TagKind::Division => {
                self.words.text.push(' ');
                self.children(tag);
                self.words.text.push(' ');
            }
        }
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
