//! For paper, which cannot be clicked: the addresses of links as notes.
//!
//! The copy keeps every [`NodeId`] and [`AnchorId`] of the book, so that its pages can be told in
//! terms of the book's own places; the notes that are added get new ones behind them. (They come
//! after the text like all notes, but their numbers are not in the order of the notes.) Notes are
//! renumbered: authors' notes and addresses are one sequence in each chapter.

use super::types::{
    Anchor, AnchorId, Block, Book, Chapter, Inline, NodeId, Note, NoteId, NoteKind, SectionId,
    SectionKind, Target, Text,
};
use super::typography::shows_address;
use crate::source::Span;
use std::collections::BTreeSet;

/// A copy in which each link out of the book is followed by a call of a note with its address.
///
/// Links in running text count (paragraphs, lists, quotations, tables, definitions), if they do
/// not show their address themselves; headings, captions, credits, notes and generated pages
/// stay as they are. An address that is linked twice in a chapter has one note.
pub fn with_address_notes(book: &Book) -> Book {
    let mut copy = book.clone();
    copy.notes = Vec::with_capacity(book.notes.len());
    let mut names: BTreeSet<String> = book.anchors.iter().map(|a| a.name.clone()).collect();
    let mut sections = std::mem::take(&mut copy.sections);
    for section in &mut sections {
        let SectionKind::Chapter(chapter) = &mut section.kind else { continue };
        let mut pass = Pass {
            old: &book.notes,
            copy: &mut copy,
            names: &mut names,
            section: section.id,
            slug: &section.slug,
            order: Vec::new(),
            base: 0,
        };
        pass.base = pass.copy.notes.len();
        pass.text(&mut section.title, false);
        pass.chapter(chapter);
    }
    copy.sections = sections;
    copy
}

/// A note of the copy: where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    Author(NoteId),
    Address(String),
}

/// One chapter's way through the copy.
struct Pass<'a> {
    old: &'a [Note],
    copy: &'a mut Book,
    /// Names of anchors that are taken.
    names: &'a mut BTreeSet<String>,
    section: SectionId,
    slug: &'a str,
    /// The chapter's notes in the order of their first calls, each with its first call's place.
    order: Vec<(Origin, Span)>,
    /// Notes of the chapters before.
    base: usize,
}

impl Pass<'_> {
    fn chapter(&mut self, chapter: &mut Chapter) {
        if let Some(talk) = &mut chapter.talk {
            for speaker in &mut talk.speakers {
                self.text(&mut speaker.name, false);
            }
        }
        self.blocks(&mut chapter.blocks);
        let mut at = 0;
        while let Some((origin, span)) = self.order.get(at).cloned() {
            let note = match origin {
                Origin::Author(old) => self.author(old, at),
                Origin::Address(url) => Some(self.address(&url, at, span)),
            };
            self.copy.notes.extend(note);
            at += 1;
        }
        chapter.notes = (0..at).map(|at| self.id(at)).collect();
    }

    fn id(&self, at: usize) -> NoteId {
        NoteId(u32::try_from(self.base + at).unwrap_or(u32::MAX))
    }

    /// The number of a note, which is called here.
    fn called(&mut self, origin: Origin, span: Span) -> NoteId {
        let known = self.order.iter().position(|(other, _)| *other == origin);
        let at = known.unwrap_or(self.order.len());
        if known.is_none() {
            self.order.push((origin, span));
        }
        self.id(at)
    }

    fn author(&mut self, old: NoteId, at: usize) -> Option<Note> {
        let mut note = self.old.get(old.0 as usize)?.clone();
        note.label = (at + 1).to_string();
        for block in &mut note.blocks {
            self.block(block, false);
        }
        Some(note)
    }

    fn address(&mut self, url: &str, at: usize, span: Span) -> Note {
        let words = vec![Inline::Text(url.to_owned(), span)];
        let link = Inline::Link { target: Target::Url(url.to_owned()), content: words, span };
        let id = NodeId(self.copy.node_count);
        self.copy.node_count += 1;
        Note {
            kind: NoteKind::Address,
            label: (at + 1).to_string(),
            anchor: self.anchor("address", at, span),
            call: self.anchor("address-call", at, span),
            section: self.section,
            blocks: vec![Block::Paragraph(Text { id, span, inlines: vec![link] })],
            span,
        }
    }

    /// The authors' notes keep their anchors, which both editions share; these are the copy's own.
    fn anchor(&mut self, what: &str, at: usize, span: Span) -> AnchorId {
        let anchors = &mut self.copy.anchors;
        let mut name = format!("{}-{what}-{}", self.slug, at + 1);
        while !self.names.insert(name.clone()) {
            name.push_str("-print");
        }
        let id = AnchorId(u32::try_from(anchors.len()).unwrap_or(u32::MAX));
        anchors.push(Anchor { name, section: self.section, span });
        id
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        blocks.iter_mut().for_each(|block| self.block(block, true));
    }

    /// `noted` says whether links get notes here.
    fn block(&mut self, block: &mut Block, noted: bool) {
        match block {
            Block::Paragraph(text) => self.text(text, noted),
            Block::Heading(heading) => self.text(&mut heading.text, false),
            Block::List(list) => {
                let blocks = list.items.iter_mut().flat_map(|item| &mut item.blocks);
                blocks.for_each(|block| self.block(block, noted));
            }
            Block::Definitions(list) => {
                for definition in list {
                    definition.terms.iter_mut().for_each(|text| self.text(text, noted));
                    let blocks = definition.bodies.iter_mut().flatten();
                    blocks.for_each(|block| self.block(block, noted));
                }
            }
            Block::Quote(inner) => inner.iter_mut().for_each(|block| self.block(block, noted)),
            Block::Alert(alert) => {
                alert.blocks.iter_mut().for_each(|block| self.block(block, noted));
            }
            Block::Table(table) => {
                table.caption.iter_mut().for_each(|text| self.text(text, false));
                let rows = table.head.iter_mut().chain(&mut table.body);
                rows.flat_map(|row| &mut row.cells)
                    .for_each(|cell| self.text(&mut cell.text, noted));
            }
            Block::Figure(_) | Block::Code(_) | Block::Formula(_) | Block::Rule(..) => {}
        }
    }

    fn text(&mut self, text: &mut Text, noted: bool) {
        self.inlines(&mut text.inlines, noted);
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>, noted: bool) {
        let mut out = Vec::with_capacity(inlines.len());
        for mut inline in inlines.drain(..) {
            let mut call = None;
            match &mut inline {
                Inline::Text(..)
                | Inline::Code(..)
                | Inline::PageNumber(..)
                | Inline::Image(..)
                | Inline::Math(_)
                | Inline::Break => {}
                Inline::Note(id, span) => *id = self.called(Origin::Author(*id), *span),
                Inline::Link { target, content, span } => {
                    self.inlines(content, false);
                    match &*target {
                        Target::Url(url) if noted && !shows_address(target, content) => {
                            let note = self.called(Origin::Address(url.clone()), *span);
                            call = Some(Inline::Note(note, *span));
                        }
                        Target::Url(_) | Target::Anchor(_) => {}
                    }
                }
                Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::Strikethrough(content)
                | Inline::Superscript(content)
                | Inline::Subscript(content)
                | Inline::Keyboard(content)
                | Inline::Highlight(content)
                | Inline::Abbreviation(_, content)
                | Inline::Foreign(_, content) => self.inlines(content, noted),
            }
            out.push(inline);
            out.extend(call);
        }
        *inlines = out;
    }
}
