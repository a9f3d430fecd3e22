//! A book as text: every word in reading order, every number, target and anchor.
//!
//! One line for each thing, indented by depth; a [`Text`]'s words stand behind a bar. Tests
//! compare it, and the words of both editions with it. It is stable: nothing in it depends on
//! addresses, clocks or the order of hashing.

use super::types::{
    AnchorId, Block, Book, CellRole, Chapter, CodeBlock, ContentsEntry, Figure, Index, IndexEntry,
    Inline, ListKind, Matter, NoteId, PhotoId, Placement, Section, SectionKind, Table, Target,
    Text,
};

/// The whole book.
pub fn dump(book: &Book) -> String {
    let mut dump = Dump { book, out: String::new(), depth: 0 };
    dump.meta();
    for section in &book.sections {
        dump.section(section);
    }
    dump.photos();
    dump.out
}

struct Dump<'a> {
    book: &'a Book,
    out: String,
    depth: usize,
}

impl Dump<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(&"  ".repeat(self.depth));
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn text(&mut self, kind: &str, text: &Text) {
        let words = self.inlines(&text.inlines);
        self.line(&format!("{kind} @{} | {words}", text.id.0));
    }

    fn within(&mut self, inner: impl FnOnce(&mut Self)) {
        self.depth += 1;
        inner(self);
        self.depth -= 1;
    }

    fn meta(&mut self) {
        let meta = &self.book.meta;
        self.line(&format!("book {} {} ({})", meta.slug, meta.version, meta.language.0));
        self.within(|dump| {
            dump.line(&format!("title {}", meta.title));
            let date = meta.date.map(super::Date::iso);
            for (name, value) in [
                ("subtitle", &meta.subtitle),
                ("identifier", &Some(meta.identifier.clone())),
                ("date", &date),
                ("publisher", &meta.publisher),
                ("rights", &meta.rights),
                ("licence", &meta.licence),
                ("description", &meta.description),
            ] {
                if let Some(value) = value {
                    dump.line(&format!("{name} {value}"));
                }
            }
            for person in &meta.people {
                dump.line(&format!("{} {} [{}]", person.role.marc(), person.name, person.sort));
            }
            for subject in &meta.subjects {
                let code =
                    subject.code.as_ref().map(|(scheme, code)| format!(" [{scheme} {code}]"));
                dump.line(&format!("subject {}{}", subject.term, code.unwrap_or_default()));
            }
            dump.line(&format!("nodes {}", dump.book.node_count));
        });
    }

    fn section(&mut self, section: &Section) {
        let matter = match section.matter {
            Matter::Front => "front",
            Matter::Body => "body",
            Matter::Back => "back",
        };
        let anchor = self.anchor(section.anchor);
        let language = section.language.as_ref().map(|l| format!(" ({})", l.0));
        let language = language.unwrap_or_default();
        self.line(&format!("{matter} {} {}{language} {anchor}", section.id.0, section.slug));
        self.within(|dump| {
            section.number.iter().for_each(|number| dump.line(&format!("number {number}")));
            dump.text("title", &section.title);
            if section.running.replace('\u{2002}', " ") != section.numbered_title() {
                dump.line(&format!("running {}", section.running));
            }
            dump.kind(&section.kind);
        });
    }

    fn kind(&mut self, kind: &SectionKind) {
        match kind {
            SectionKind::TitlePage { subtitle, people, foot } => {
                subtitle.iter().for_each(|text| self.text("subtitle", text));
                people.iter().for_each(|text| self.text("people", text));
                foot.iter().for_each(|text| self.text("foot", text));
            }
            SectionKind::Imprint(blocks) => self.blocks(blocks),
            SectionKind::Contents => self.contents(&self.book.contents),
            SectionKind::Photographs(entries) | SectionKind::Tables(entries) => {
                self.entries(entries);
            }
            SectionKind::Part { label } => self.text("label", label),
            SectionKind::Chapter(chapter) => self.chapter(chapter),
            SectionKind::Credits(credits) => {
                for credit in &credits.entries {
                    let photo = self.photo(credit.photo);
                    let at: Vec<_> = credit.places().into_iter().map(|a| self.anchor(a)).collect();
                    self.text(&format!("credit {photo} {}", at.join(" ")), &credit.text);
                }
                credits.licences.iter().for_each(|text| self.text("licence", text));
            }
            SectionKind::Index(indexes) => indexes.iter().for_each(|index| self.index(index)),
        }
    }

    fn contents(&mut self, entries: &[ContentsEntry]) {
        for entry in entries {
            let target = self.anchor(entry.target);
            let number = entry.number.as_ref().map(|number| format!(" {number}"));
            self.text(&format!("entry {target}{}", number.unwrap_or_default()), &entry.text);
            self.within(|dump| {
                entry.speakers.iter().for_each(|names| dump.line(&format!("speakers {names}")));
                dump.contents(&entry.children);
            });
        }
    }

    fn entries(&mut self, entries: &[IndexEntry]) {
        for entry in entries {
            self.text("entry", &entry.text);
            self.within(|dump| {
                for (anchor, words) in &entry.targets {
                    let anchor = dump.anchor(*anchor);
                    dump.line(&format!("to {anchor} {words}"));
                }
            });
        }
    }

    fn index(&mut self, index: &Index) {
        let anchor = self.anchor(index.anchor);
        self.text(&format!("index {anchor}"), &index.title);
        self.within(|dump| dump.entries(&index.entries));
    }

    fn chapter(&mut self, chapter: &Chapter) {
        chapter.subtitle.iter().for_each(|text| self.text("subtitle", text));
        if let Some(talk) = &chapter.talk {
            for speaker in &talk.speakers {
                self.text(&format!("speaker [{}]", speaker.sort), &speaker.name);
                speaker.affiliation.iter().for_each(|text| self.text("affiliation", text));
            }
            talk.facts.iter().for_each(|text| self.text("facts", text));
            talk.links.iter().for_each(|text| self.text("links", text));
        }
        chapter.summary.iter().for_each(|text| self.text("abstract", text));
        chapter.opening.iter().for_each(|figure| self.figure(figure));
        self.blocks(&chapter.blocks);
        for id in &chapter.notes {
            self.note(*id);
        }
    }

    fn note(&mut self, id: NoteId) {
        let Some(note) = self.book.notes.get(id.0 as usize) else { return };
        let (anchor, call) = (self.anchor(note.anchor), self.anchor(note.call));
        self.line(&format!("note {} {anchor} from {call}", note.label));
        self.within(|dump| dump.blocks(&note.blocks));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.text("p", text),
            Block::Heading(heading) => {
                let anchor = self.anchor(heading.anchor);
                let number = heading.number.as_ref().map(|number| format!(" {number}"));
                let number = number.unwrap_or_default();
                self.text(&format!("h{} {anchor}{number}", heading.level), &heading.text);
            }
            Block::List(list) => {
                let kind = match list.kind {
                    ListKind::Bullet => "bullets".to_owned(),
                    ListKind::Ordered(start) => format!("numbers from {start}"),
                };
                self.line(&format!("{kind}{}", if list.tight { ", tight" } else { "" }));
                for item in &list.items {
                    let task = item.task.map(|done| if done { " [x]" } else { " [ ]" });
                    self.within(|dump| {
                        dump.line(&format!("item{}", task.unwrap_or("")));
                        dump.within(|dump| dump.blocks(&item.blocks));
                    });
                }
            }
            Block::Definitions(list) => {
                self.line("definitions");
                for definition in list {
                    self.within(|dump| {
                        definition.terms.iter().for_each(|text| dump.text("term", text));
                        for body in &definition.bodies {
                            dump.line("body");
                            dump.within(|dump| dump.blocks(body));
                        }
                    });
                }
            }
            Block::Quote(inner) => {
                self.line("quote");
                self.within(|dump| dump.blocks(inner));
            }
            Block::Alert(alert) => {
                self.text(&format!("alert {}", alert.class), &alert.title);
                self.within(|dump| dump.blocks(&alert.blocks));
            }
            Block::Code(code) => self.code(code),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Formula(displayed) => {
                let anchor = displayed.anchor.map(|anchor| format!(" {}", self.anchor(anchor)));
                let number = displayed.number.as_ref().map(|number| format!(" {number}"));
                let (anchor, number) = (anchor.unwrap_or_default(), number.unwrap_or_default());
                let text = &displayed.formula.text;
                self.line(&format!("formula @{}{anchor}{number} {text}", displayed.id.0));
                self.within(|dump| dump.line(&displayed.formula.mathml));
            }
            Block::Rule(id, _) => self.line(&format!("rule @{}", id.0)),
        }
    }

    fn code(&mut self, code: &CodeBlock) {
        let language = code.language.as_deref().unwrap_or("");
        let numbered = code.numbered.map(|first| format!(" from {first}")).unwrap_or_default();
        self.line(&format!("code @{} {language}{numbered}", code.id.0));
        code.caption.iter().for_each(|text| self.within(|dump| dump.text("caption", text)));
        for (at, line) in code.lines.iter().enumerate() {
            let mark = if code.pointed.contains(&at) { '>' } else { '|' };
            self.within(|dump| dump.line(&format!("{mark} {}", line.text)));
        }
    }

    fn table(&mut self, table: &Table) {
        let anchor = table.anchor.map(|anchor| self.anchor(anchor)).unwrap_or_default();
        self.line(&format!("table {} columns {anchor}", table.columns));
        self.within(|dump| {
            table.caption.iter().for_each(|text| dump.text("caption", text));
            for row in table.head.iter().chain(&table.body) {
                dump.line("row");
                for cell in &row.cells {
                    let kind = if cell.role == CellRole::Data { "td" } else { "th" };
                    let kind = match (cell.slots.columns, cell.slots.rows) {
                        (1, 1) => kind.to_owned(),
                        (columns, rows) => format!("{kind} {columns}x{rows}"),
                    };
                    dump.within(|dump| dump.text(&kind, &cell.text));
                }
            }
        });
    }

    fn figure(&mut self, figure: &Figure) {
        let photos: Vec<_> = figure.photos.iter().map(|photo| self.photo(*photo)).collect();
        let anchor = self.anchor(figure.anchor);
        let place = match figure.placement {
            Placement::Inset(None) => String::new(),
            Placement::Inset(Some(share)) => format!(" width {share}%"),
            Placement::FullWidth => " full-width".to_owned(),
            Placement::FullPage { bleeds: false } => " full-page".to_owned(),
            Placement::FullPage { bleeds: true } => " full-page bleed".to_owned(),
            Placement::Spread => " spread".to_owned(),
            Placement::Beside(share) => format!(" beside {share}%"),
        };
        self.line(&format!("figure @{} {anchor}{place} {}", figure.id.0, photos.join(" ")));
        self.within(|dump| {
            figure.caption.iter().for_each(|text| dump.text("caption", text));
            figure.credit.iter().for_each(|text| dump.text("credit", text));
        });
    }

    fn photos(&mut self) {
        for (number, photo) in self.book.photos.iter().enumerate() {
            let is_cover = self.book.cover.is_some_and(|cover| cover.0 as usize == number);
            let cover = if is_cover { " (cover)" } else { "" };
            let shape = (photo.image.width, photo.image.height);
            self.line(&format!("photo {}{cover} {}x{}", photo.name, shape.0, shape.1));
            self.within(|dump| {
                dump.line(&format!("alt {}", if photo.decorative { "-" } else { &photo.alt }));
                if let Some(description) = &photo.long_description {
                    dump.line(&format!("long {}", description.replace('\n', " ")));
                }
                dump.line(&format!("creator {}", photo.creator));
                dump.line(&format!("credit {}", photo.credit));
                dump.line(&format!("licence {}", photo.licence));
            });
        }
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline) -> String {
        let inner = |content: &[Inline]| self.inlines(content);
        match inline {
            Inline::Text(text, _) => text.clone(),
            Inline::Emphasis(content) => format!("*{}*", inner(content)),
            Inline::Strong(content) => format!("**{}**", inner(content)),
            Inline::Strikethrough(content) => format!("~~{}~~", inner(content)),
            Inline::Superscript(content) => format!("^{}^", inner(content)),
            Inline::Subscript(content) => format!("~{}~", inner(content)),
            Inline::Keyboard(content) => format!("<kbd>{}</kbd>", inner(content)),
            Inline::Highlight(content) => format!("=={}==", inner(content)),
            Inline::Abbreviation(words, content) => format!("{}({words})", inner(content)),
            Inline::Foreign(language, content) => format!("{{{}: {}}}", language.0, inner(content)),
            Inline::Code(text, _) => format!("`{text}`"),
            Inline::Link { target, content, .. } => {
                let target = match target {
                    Target::Anchor(anchor) => self.anchor(*anchor),
                    Target::Url(url) => url.clone(),
                };
                format!("[{}]({target})", inner(content))
            }
            Inline::Note(note, _) => {
                let label = self.book.notes.get(note.0 as usize).map(|note| note.label.as_str());
                format!("[^{}]", label.unwrap_or("?"))
            }
            Inline::PageNumber(anchor, _) => format!("<page {}>", self.anchor(*anchor)),
            Inline::Image(photo, _) => format!("<image {}>", self.photo(*photo)),
            Inline::Math(formula) => format!("<math {}>", formula.text),
            Inline::Break => "\\ ".to_owned(),
        }
    }

    fn anchor(&self, id: AnchorId) -> String {
        let name = self.book.anchors.get(id.0 as usize).map(|anchor| anchor.name.as_str());
        format!("#{}", name.unwrap_or("?"))
    }

    fn photo(&self, id: PhotoId) -> String {
        let name = self.book.photos.get(id.0 as usize).map(|photo| photo.name.clone());
        name.unwrap_or_else(|| "?".to_owned())
    }
}
