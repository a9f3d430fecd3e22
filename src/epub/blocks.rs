//! Blocks: paragraphs, lists, figures, notes.

use super::document::Document;
use crate::book::{
    Alert, Block, Book, Definition, Figure, Heading, List, ListItem, ListKind, NodeId, Note,
    NoteId, PhotoId, Placement, Text,
};

/// The sign that leads back from a note. U+FE0E keeps it a letter: without it some systems draw
/// a coloured picture.
const BACK: &str = "\u{21a9}\u{fe0e}";

/// What the stylesheet takes from the width of what stands in a list or a description, in em.
const LIST: f32 = 1.6;
/// The same of a quotation.
const QUOTE: f32 = 3.2;
/// The same of an alert, with its rule.
const ALERT: f32 = 1.2;

/// What is said at length of a picture that is not decorative.
pub(super) fn long_description(book: &Book, photo: PhotoId) -> Option<&str> {
    let photo = book.photos.get(photo.0 as usize).filter(|photo| !photo.decorative)?;
    photo.long_description.as_deref()
}

impl<'a> Document<'a> {
    /// Writes blocks from top to bottom.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.text_block("p", None, text),
                Block::Heading(heading) => self.heading(heading),
                Block::List(list) => self.list(list),
                Block::Definitions(definitions) => self.definitions(definitions),
                Block::Quote(blocks) => self.nested("blockquote", QUOTE, blocks),
                Block::Alert(alert) => self.alert(alert),
                Block::Code(code) => self.code(code),
                Block::Table(table) => self.table(table),
                Block::Figure(figure) => self.figure(figure),
                Block::Formula(displayed) => self.displayed(displayed),
                Block::Rule(node, _) => {
                    self.markers_before(*node);
                    self.xml.open("hr").close().line();
                }
            }
        }
    }

    /// Writes the notes of a chapter.
    pub(super) fn notes(&mut self, notes: &[NoteId]) {
        let book = self.shared.book;
        let notes: Vec<_> =
            notes.iter().filter_map(|id| Some((*id, book.notes.get(id.0 as usize)?))).collect();
        if notes.is_empty() {
            return;
        }
        self.xml.open("div").attr("class", "notes").line();
        for (id, note) in notes {
            self.note(id, note);
        }
        self.xml.close().line();
    }

    /// Writes the markers of a node before it.
    pub(super) fn markers_before(&mut self, node: NodeId) {
        let markers = self.markers.take_before(node);
        self.block_markers(&markers);
    }

    /// Writes the markers at the beginning of a text before its block, so that they do not become
    /// part of a heading's name.
    pub(super) fn markers_leading(&mut self, text: &Text) {
        let markers = self.markers.take_leading(text.id);
        self.block_markers(&markers);
    }

    fn nested(&mut self, element: &'static str, indent: f32, blocks: &[Block]) {
        self.xml.open(element).line();
        self.indented(indent, blocks);
        self.xml.close().line();
    }

    /// Writes blocks that have so much less room, in em.
    fn indented(&mut self, by: f32, blocks: &[Block]) {
        let before = self.indent;
        self.indent += by;
        self.blocks(blocks);
        self.indent = before;
    }

    fn heading(&mut self, heading: &Heading) {
        self.markers_leading(&heading.text);
        let element = match heading.level {
            0..=2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            6..=u8::MAX => "h6",
        };
        let id = self.id(heading.anchor);
        self.xml.open(element).attr_if("id", id);
        self.number(heading.number.as_deref());
        self.text(&heading.text);
        self.xml.close().line();
    }

    fn list(&mut self, list: &List) {
        let is_tasks = list.items.iter().all(|item| item.task.is_some());
        let class = match (is_tasks, list.tight) {
            (true, _) => Some("tasks"),
            (false, true) => None,
            (false, false) => Some("loose"),
        };
        match list.kind {
            ListKind::Bullet => {
                self.xml.open("ul").attr_if("class", class).line();
            }
            ListKind::Ordered(first) => {
                let start = first.to_string();
                let start = (first != 1).then_some(start.as_str());
                self.xml.open("ol").attr_if("class", class).attr_if("start", start).line();
            }
        }
        for item in &list.items {
            self.list_item(item, list.tight);
        }
        self.xml.close().line();
    }

    /// An item. In a tight list its paragraphs are plain text, as HTML has it.
    fn list_item(&mut self, item: &ListItem, tight: bool) {
        self.xml.open("li");
        let first = match item.blocks.split_first() {
            Some((Block::Paragraph(text), rest)) => Some((text, rest)),
            Some(_) | None => None,
        };
        let Some((text, rest)) = first else {
            self.task(item.task);
            self.indented(LIST, &item.blocks);
            self.xml.close().line();
            return;
        };
        if !tight {
            self.xml.line().open("p");
        }
        self.task(item.task);
        self.text(text);
        if !tight {
            self.xml.close();
        }
        if !tight || !rest.is_empty() {
            self.xml.line();
        }
        self.indented(LIST, rest);
        self.xml.close().line();
    }

    fn task(&mut self, task: Option<bool>) {
        let Some(is_done) = task else { return };
        let words = self.shared.words;
        let screen = &words.screen;
        let (sign, name) = if is_done { ("☑", screen.done) } else { ("☐", screen.open) };
        self.xml
            .open("span")
            .attr("class", "task")
            .attr("role", "img")
            .attr("aria-label", name)
            .attr_if("lang", words.spoken)
            .attr_if("xml:lang", words.spoken)
            .text(sign)
            .close()
            .text(" ");
    }

    fn definitions(&mut self, definitions: &[Definition]) {
        self.xml.open("dl").line();
        for definition in definitions {
            for term in &definition.terms {
                self.text_block("dt", None, term);
            }
            for body in &definition.bodies {
                match body.as_slice() {
                    [Block::Paragraph(text)] => self.text_block("dd", None, text),
                    blocks => self.nested("dd", LIST, blocks),
                }
            }
        }
        self.xml.close().line();
    }

    fn alert(&mut self, alert: &Alert) {
        let class = format!("alert {}", alert.class);
        self.xml.open("aside").attr("class", &class).attr("role", "note").line();
        self.text_block("p", Some("alert-title"), &alert.title);
        self.indented(ALERT, &alert.blocks);
        self.xml.close().line();
    }

    /// Pictures with what is said below them.
    pub(super) fn figure(&mut self, figure: &Figure) {
        self.markers_before(figure.id);
        let id = self.id(figure.anchor);
        let (class, share) = match figure.placement {
            Placement::Inset(share) => (None, share),
            Placement::FullWidth => (Some("full-width"), None),
            Placement::FullPage { .. } | Placement::Spread => (Some("full-page"), None),
            Placement::Beside(share) => (Some("beside"), Some(share)),
        };
        let width = share.map(|share| format!("width: {share}%"));
        self.xml.open("figure").attr_if("id", id).attr_if("class", class);
        self.xml.attr_if("style", width.as_deref()).line();
        let descriptions = self.descriptions(figure);
        let description = |photo: &PhotoId| {
            let found = descriptions.iter().find(|(described, ..)| described == photo);
            found.map(|(_, id, _)| id.as_str())
        };
        if let [photo] = figure.photos.as_slice() {
            self.image(*photo, None, description(photo));
            self.xml.line();
        } else {
            let class = format!("pictures pictures-{}", figure.photos.len().min(4));
            self.xml.open("div").attr("class", &class);
            for photo in &figure.photos {
                self.image(*photo, None, description(photo));
            }
            self.xml.close().line();
        }
        if figure.caption.is_some() || figure.credit.is_some() || !descriptions.is_empty() {
            self.xml.open("figcaption").line();
            if let Some(caption) = &figure.caption {
                self.text_block("p", None, caption);
            }
            if let Some(credit) = &figure.credit {
                self.text_block("p", Some("credit"), credit);
            }
            for (_, id, words) in &descriptions {
                self.description(id, words);
            }
            self.xml.close().line();
        }
        self.xml.close().line();
    }

    /// The pictures of a figure that have a long description, with its id and its words.
    fn descriptions(&self, figure: &Figure) -> Vec<(PhotoId, String, &'a str)> {
        let shared = self.shared;
        let name = self.id(figure.anchor).unwrap_or("figure");
        let mut found: Vec<(PhotoId, String, &str)> = Vec::new();
        for id in &figure.photos {
            let words = long_description(shared.book, *id);
            if let Some(words) = words.filter(|_| found.iter().all(|(other, ..)| other != id)) {
                let number = found.len() + 1;
                let free = shared.names.free_id(&format!("{name}-description-{number}"));
                found.push((*id, free, words));
            }
        }
        found
    }

    /// What is to be seen in a picture, folded away below its caption: in the book's language.
    fn description(&mut self, id: &str, words: &str) {
        self.has_descriptions = true;
        let shared = self.shared;
        let own = &shared.book.meta.language;
        let foreign = (own != self.language).then_some(own.0.as_str());
        self.xml
            .open("details")
            .attr("id", id)
            .attr_if("lang", foreign)
            .attr_if("xml:lang", foreign)
            .line()
            .open("summary")
            .attr_if("lang", shared.words.spoken)
            .attr_if("xml:lang", shared.words.spoken)
            .text(shared.words.screen.description)
            .close()
            .line();
        for paragraph in words.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
            self.xml.open("p").text(paragraph).close().line();
        }
        self.xml.close().line();
    }

    /// A note, with the way back first in its first paragraph.
    fn note(&mut self, number: NoteId, note: &Note) {
        let id = self.id(note.anchor);
        self.xml
            .open("aside")
            .attr("epub:type", "footnote")
            .attr("role", "doc-footnote")
            .attr_if("id", id)
            .line();
        match note.blocks.split_first() {
            Some((Block::Paragraph(text), rest)) => {
                self.xml.open("p");
                self.back_link(number, note);
                self.text(text);
                self.xml.close().line();
                self.blocks(rest);
            }
            Some(_) | None => {
                self.xml.open("p");
                self.back_link(number, note);
                self.xml.close().line();
                self.blocks(&note.blocks);
            }
        }
        self.xml.close().line();
    }

    /// A note that nothing in the document calls has no way back, and says only its number.
    fn back_link(&mut self, number: NoteId, note: &Note) {
        if self.called.contains(&number) {
            let href = self.href(note.call);
            let words = self.shared.words;
            let name = format!("{}{}{}", note.label, words.comma, words.screen.back);
            self.xml
                .open("a")
                .attr("epub:type", "backlink")
                .attr("role", "doc-backlink")
                .attr("href", &href)
                .attr("aria-label", &name)
                .attr_if("lang", words.spoken)
                .attr_if("xml:lang", words.spoken)
                .text(&note.label)
                .text("\u{a0}")
                .text(BACK)
                .close();
        } else {
            self.xml.text(&note.label);
        }
        self.xml.text(" ");
    }
}
