//! What the resolved book says, in the order in which it is to be read.

use super::{Link, Note, Words, push_listing};
use crate::book::{
    AnchorId, Block, Book, Chapter, ContentsEntry, Figure, Inline, Note as NoteText, Section,
    SectionKind, Target, Text,
};

/// Reads a book. `labels` are those of the pages on which the anchors stand; without pages their
/// sections' titles stand for them.
pub(super) fn read(book: &Book, labels: Option<&[String]>) -> Words {
    let (out, words) = (String::new(), Words::default());
    let mut reader = Reader { book, labels, out, words, in_list: false };
    book.sections.iter().for_each(|section| reader.section(section));
    let text = std::mem::take(&mut reader.out);
    reader.in_list = false;
    reader.notes(&book.notes);
    Words { text, ..reader.words }
}

/// Reads one section, with the notes that it calls.
pub(super) fn read_section(book: &Book, section: &Section) -> Words {
    let (out, words) = (String::new(), Words::default());
    let mut reader = Reader { book, labels: None, out, words, in_list: false };
    reader.section(section);
    let text = std::mem::take(&mut reader.out);
    reader.in_list = false;
    reader.notes(book.notes.iter().filter(|note| note.section == section.id));
    Words { text, ..reader.words }
}

struct Reader<'a> {
    book: &'a Book,
    labels: Option<&'a [String]>,
    out: String,
    words: Words,
    /// Lists repeat the words of titles and captions, without their links.
    in_list: bool,
}

impl Reader<'_> {
    fn notes<'n>(&mut self, notes: impl IntoIterator<Item = &'n NoteText>) {
        for note in notes {
            self.blocks(&note.blocks);
            let text = std::mem::take(&mut self.out);
            self.words.notes.push(Note { label: note.label.clone(), text });
        }
    }

    fn section(&mut self, section: &Section) {
        self.in_list = matches!(
            section.kind,
            SectionKind::Contents
                | SectionKind::Photographs(_)
                | SectionKind::Tables(_)
                | SectionKind::Index(_)
        );
        match &section.kind {
            SectionKind::TitlePage { subtitle, people, foot } => {
                self.text(&section.title);
                self.texts(subtitle);
                self.texts(people);
                self.texts(foot);
            }
            SectionKind::Imprint(blocks) => self.blocks(blocks),
            SectionKind::Contents => {
                self.text(&section.title);
                self.contents(&self.book.contents);
            }
            SectionKind::Photographs(entries) | SectionKind::Tables(entries) => {
                self.text(&section.title);
                self.texts(entries.iter().map(|entry| &entry.text));
            }
            SectionKind::Part { label } => {
                self.text(label);
                self.text(&section.title);
            }
            SectionKind::Chapter(chapter) => {
                self.number(section.number.as_ref());
                self.text(&section.title);
                self.chapter(chapter);
            }
            SectionKind::Credits(credits) => {
                self.text(&section.title);
                self.texts(credits.entries.iter().map(|credit| &credit.text));
                self.texts(&credits.licences);
            }
            SectionKind::Index(indexes) => {
                self.text(&section.title);
                for index in indexes {
                    self.text(&index.title);
                    self.texts(index.entries.iter().map(|entry| &entry.text));
                }
            }
        }
    }

    fn contents(&mut self, entries: &[ContentsEntry]) {
        for entry in entries {
            self.number(entry.number.as_ref());
            self.text(&entry.text);
            self.out.push_str(entry.speakers.as_deref().unwrap_or_default());
            self.out.push(' ');
            self.contents(&entry.children);
        }
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.texts(&chapter.subtitle);
        if let Some(talk) = &chapter.talk {
            for speaker in &talk.speakers {
                self.text(&speaker.name);
                self.texts(&speaker.affiliation);
            }
            self.texts(&talk.facts);
            self.texts(&talk.links);
        }
        self.texts(&chapter.summary);
        if let Some(figure) = &chapter.opening {
            self.figure(figure);
        }
        self.blocks(&chapter.blocks);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.text(text),
            Block::Heading(heading) => {
                self.number(heading.number.as_ref());
                self.text(&heading.text);
            }
            Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    self.texts(&definition.terms);
                    definition.bodies.iter().for_each(|body| self.blocks(body));
                }
            }
            Block::Quote(blocks) => self.blocks(blocks),
            Block::Alert(alert) => {
                self.text(&alert.title);
                self.blocks(&alert.blocks);
            }
            Block::Code(code) => {
                self.texts(&code.caption);
                let lines = code.lines.iter().map(|line| line.text.as_str());
                push_listing(&lines.collect::<String>(), &mut self.out);
            }
            Block::Table(table) => {
                self.words.tables += 1;
                self.texts(&table.caption);
                let rows = table.head.iter().chain(&table.body);
                self.texts(rows.flat_map(|row| &row.cells).map(|cell| &cell.text));
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Formula(displayed) => {
                self.out.push_str(&displayed.formula.text);
                self.out.push(' ');
                self.out.push_str(displayed.number.as_deref().unwrap_or(""));
                self.out.push(' ');
            }
            Block::Rule(..) => {}
        }
    }

    fn figure(&mut self, figure: &Figure) {
        self.words.figures += 1;
        self.words.pictures += figure.photos.len();
        self.texts(&figure.caption);
        self.texts(&figure.credit);
    }

    fn number(&mut self, number: Option<&String>) {
        self.out.push_str(number.map_or("", String::as_str));
        self.out.push(' ');
    }

    fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t Text>) {
        texts.into_iter().for_each(|text| self.text(text));
    }

    fn text(&mut self, text: &Text) {
        self.inlines(&text.inlines);
        self.out.push(' ');
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            if let Inline::Note(note, _) = inline {
                let note = self.book.notes.get(note.0 as usize);
                self.out.push_str(note.map_or("", |note| &note.label));
            }
            if let Inline::Link { target, .. } = inline
                && !self.in_list
            {
                self.words.links.extend(self.link(target));
            }
            if let Some(title) = self.title_for_page(inline) {
                self.out.push_str(&title);
                continue;
            }
            if let Inline::PageNumber(anchor, _) = inline {
                let page = self.page(*anchor);
                self.out.push_str(&page);
            }
            if let Inline::Math(formula) = inline {
                self.out.push_str(&formula.text);
            }
            self.out.push_str(inline.characters());
            self.inlines(inline.children());
        }
    }

    /// Where there are no pages, a link with a page's number has the title of what it leads to for
    /// all of its words.
    fn title_for_page(&self, inline: &Inline) -> Option<String> {
        let Inline::Link { target: Target::Anchor(anchor), content, .. } = inline else {
            return None;
        };
        let names_page = content.iter().any(|inline| matches!(inline, Inline::PageNumber(..)));
        (self.labels.is_none() && names_page).then(|| self.page(*anchor))
    }

    fn page(&self, anchor: AnchorId) -> String {
        let at = anchor.0 as usize;
        if let Some(labels) = self.labels {
            return labels.get(at).cloned().unwrap_or_default();
        }
        let anchor = self.book.anchors.get(at);
        let section = anchor.and_then(|a| self.book.sections.get(a.section.0 as usize));
        section.map(|section| section.title.plain()).unwrap_or_default()
    }

    fn link(&self, target: &Target) -> Option<Link> {
        match target {
            Target::Url(url) => Some(Link::Page(crate::epub::address(url))),
            Target::Anchor(anchor) => {
                Some(Link::Place(self.book.anchors.get(anchor.0 as usize)?.name.clone()))
            }
        }
    }
}
