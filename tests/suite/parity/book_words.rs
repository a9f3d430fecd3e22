//! The words of the resolved book, in the order in which they are to be read.

use endpaper::book::{
    Block, Book, Chapter, ContentsEntry, Figure, Inline, Section, SectionKind, Text,
};

use super::{Words, push_listing};

pub(super) fn read(book: &Book) -> Words {
    let mut reader = Reader { book, out: String::new() };
    book.sections.iter().for_each(|section| reader.section(section));
    let text = std::mem::take(&mut reader.out);
    let notes = book.notes.iter().map(|note| {
        reader.blocks(&note.blocks);
        std::mem::take(&mut reader.out)
    });
    Words { text, notes: notes.collect() }
}

struct Reader<'a> {
    book: &'a Book,
    out: String,
}

impl Reader<'_> {
    fn section(&mut self, section: &Section) {
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
            SectionKind::Photographs(entries) => {
                self.text(&section.title);
                self.texts(entries.iter().map(|entry| &entry.text));
            }
            SectionKind::Part { label } => {
                self.text(label);
                self.text(&section.title);
            }
            SectionKind::Chapter(chapter) => {
                self.text(&section.title);
                self.chapter(chapter);
            }
            SectionKind::Credits(credits) => {
                self.text(&section.title);
                self.texts(credits.iter().map(|credit| &credit.text));
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
            Block::Heading(heading) => self.text(&heading.text),
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
                let tokens = code.lines.iter().flatten().map(|(_, token)| token.as_str());
                push_listing(&tokens.collect::<String>(), &mut self.out);
            }
            Block::Table(table) => {
                self.texts(&table.caption);
                let rows = table.head.iter().chain(&table.body);
                self.texts(rows.flat_map(|row| &row.cells).map(|cell| &cell.text));
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Rule(..) => {}
        }
    }

    fn figure(&mut self, figure: &Figure) {
        self.texts(&figure.caption);
        self.texts(&figure.credit);
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
            match inline {
                Inline::Text(text, _) | Inline::Code(text, _) => self.out.push_str(text),
                Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::Strikethrough(content)
                | Inline::Superscript(content)
                | Inline::Subscript(content)
                | Inline::Keyboard(content)
                | Inline::Highlight(content)
                | Inline::Foreign(_, content)
                | Inline::Link { content, .. } => self.inlines(content),
                Inline::Note(note, _) => {
                    self.out.push_str(&self.book.notes[note.0 as usize].label);
                }
                Inline::PageNumber(..) | Inline::Image(..) => {}
                Inline::Break => self.out.push(' '),
            }
        }
    }
}
