//! A manuscript as text: one node a line, for tests and for people who wonder what was read.

use super::Manuscript;
use super::tree::{
    AlertKind, Align, Block, BlockKind, Cell, Document, FrontMatter, Image, Inline, InlineKind,
    Link, Spanned, SpeakerFields,
};
use crate::source::{LineColumn, Sources, Span};

/// Every document: kind, attributes, `"text"` and `@line:column` of each node.
pub fn dump(manuscript: &Manuscript, sources: &Sources) -> String {
    let mut dumper = Dumper { sources, out: String::new(), depth: 0 };
    for document in &manuscript.documents {
        dumper.document(document);
    }
    dumper.out
}

struct Dumper<'a> {
    sources: &'a Sources,
    out: String,
    depth: usize,
}

impl Dumper<'_> {
    fn document(&mut self, document: &Document) {
        self.node(&format!("document {}", document.path), None);
        self.within(|d| {
            d.front(&document.front);
            d.blocks(&document.blocks);
            for note in &document.notes {
                d.node(&format!("note ^{}", note.label), Some(note.span));
                d.within(|d| d.blocks(&note.blocks));
            }
        });
    }

    fn front(&mut self, front: &FrontMatter) {
        self.node("front", front.span);
        let talk = &front.talk;
        self.within(|d| {
            d.field("title", &front.title);
            d.field("subtitle", &front.subtitle);
            d.field("abstract", &front.summary);
            d.field("running", &front.running);
            d.field("id", &front.id);
            d.field("language", &front.language);
            d.field("photo", &front.photo);
            if let Some(numbered) = front.numbered {
                d.line(&format!("numbered {numbered}"), None, &[]);
            }
            talk.speakers.iter().for_each(|speaker| d.speaker(speaker));
            d.field("session", &talk.session);
            if let Some(((year, month, day), span)) = talk.day {
                d.node(&format!("day {year:04}-{month:02}-{day:02}"), Some(span));
            }
            d.field("time", &talk.time);
            d.field("room", &talk.room);
            d.field("slides", &talk.slides);
            d.field("video", &talk.video);
        });
    }

    fn speaker(&mut self, speaker: &SpeakerFields) {
        self.node("speaker", None);
        self.within(|d| {
            let (name, span) = &speaker.name;
            d.node(&format!("name {name:?}"), Some(*span));
            d.field("sort", &speaker.sort);
            d.field("role", &speaker.role);
            d.field("organisation", &speaker.organisation);
            d.field("url", &speaker.url);
        });
    }

    fn field(&mut self, key: &str, value: &Option<Spanned<String>>) {
        if let Some((value, span)) = value {
            self.node(&format!("{key} {value:?}"), Some(*span));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        let at = Some(block.span);
        match &block.kind {
            BlockKind::Paragraph(inlines) => self.line("paragraph", at, inlines),
            BlockKind::Heading { level, id, classes, attributes, inlines } => {
                let mut label = format!("heading {level}");
                if let Some((id, span)) = id {
                    label += &format!(" #{id}@{}", self.place(*span));
                }
                classes.iter().for_each(|class| label += &format!(" .{class}"));
                attributes.iter().for_each(|(key, value)| label += &format!(" {key}={value:?}"));
                self.line(&label, at, inlines);
            }
            BlockKind::List { start, tight, items } => {
                let kind = start.map_or("bullets".to_owned(), |start| format!("from {start}"));
                let tight = if *tight { "tight" } else { "loose" };
                self.node(&format!("list {kind} {tight}"), at);
                self.within(|d| items.iter().for_each(|(task, blocks)| d.item(*task, blocks)));
            }
            BlockKind::Definitions(groups) => {
                self.node("definitions", at);
                self.within(|d| {
                    for (terms, bodies) in groups {
                        terms.iter().for_each(|(term, span)| d.line("term", Some(*span), term));
                        bodies.iter().for_each(|body| d.part("description", body));
                    }
                });
            }
            BlockKind::Quote(blocks) => self.container("quote", at, blocks),
            BlockKind::Alert(kind, blocks) => {
                self.container(&format!("alert {}", alert(*kind)), at, blocks);
            }
            BlockKind::Code { info, text } => {
                self.node(&format!("code {info:?}"), at);
                self.within(|d| text.lines().for_each(|line| d.node(&format!("{line:?}"), None)));
            }
            BlockKind::Table { columns, head, rows } => {
                let columns: Vec<&str> = columns.iter().map(|c| align(*c)).collect();
                self.node(&format!("table {}", columns.join(" ")), at);
                self.within(|d| {
                    head.iter().for_each(|row| d.row("head", row, "cell"));
                    rows.iter().for_each(|row| d.row("row", row, "names"));
                });
            }
            BlockKind::Formula { tex, id } => {
                let id = id.as_ref().map_or(String::new(), |(id, _)| format!(" #{id}"));
                self.node(&format!("formula{id} {tex:?}"), at);
            }
            BlockKind::Rule => self.node("rule", at),
        }
    }

    fn item(&mut self, task: Option<bool>, blocks: &[Block]) {
        let label = match task {
            None => "item",
            Some(true) => "item [x]",
            Some(false) => "item [ ]",
        };
        self.part(label, blocks);
    }

    fn part(&mut self, label: &str, blocks: &[Block]) {
        self.container(label, None, blocks);
    }

    fn container(&mut self, label: &str, at: Option<Span>, blocks: &[Block]) {
        self.node(label, at);
        self.within(|d| d.blocks(blocks));
    }

    /// A row; in the body a cell that names it is told from the others.
    fn row(&mut self, label: &str, cells: &[Cell], names: &str) {
        self.node(label, None);
        self.within(|d| cells.iter().for_each(|cell| d.cell(cell, names)));
    }

    fn cell(&mut self, cell: &Cell, names: &str) {
        let kind = if cell.is_head { names } else { "cell" };
        let label = match (cell.slots.columns, cell.slots.rows) {
            (1, 1) => kind.to_owned(),
            (columns, rows) => format!("{kind} {columns}x{rows}"),
        };
        self.line(&label, Some(cell.span), &cell.inlines);
    }

    fn line(&mut self, label: &str, at: Option<Span>, inlines: &[Inline]) {
        self.node(label, at);
        self.within(|d| inlines.iter().for_each(|inline| d.inline(inline)));
    }

    fn inline(&mut self, inline: &Inline) {
        let at = Some(inline.span);
        match &inline.kind {
            InlineKind::Text(text) => self.node(&format!("text {text:?}"), at),
            InlineKind::Code(text) => self.node(&format!("code {text:?}"), at),
            InlineKind::Emphasis(content) => self.line("emphasis", at, content),
            InlineKind::Strong(content) => self.line("strong", at, content),
            InlineKind::Strikethrough(content) => self.line("strikethrough", at, content),
            InlineKind::Superscript(content) => self.line("superscript", at, content),
            InlineKind::Subscript(content) => self.line("subscript", at, content),
            InlineKind::Keyboard(content) => self.line("keyboard", at, content),
            InlineKind::Highlight(content) => self.line("highlight", at, content),
            InlineKind::Abbreviation(words, content) => {
                self.line(&format!("abbreviation {words:?}"), at, content);
            }
            InlineKind::Foreign(language, content) => {
                self.line(&format!("foreign {language}"), at, content);
            }
            InlineKind::Link(link) => {
                let Link { destination, title, content } = &**link;
                self.line(&format!("link {destination:?}{}", titled(title)), at, content);
            }
            InlineKind::Image(image) => {
                let Image { path, title, alt, caption, width } = &**image;
                let width = width.map_or(String::new(), |percent| format!(" {percent}%"));
                self.line(&format!("image {path:?}{}{width}", titled(title)), at, alt);
                if !caption.is_empty() {
                    self.within(|dump| dump.line("caption", None, caption));
                }
            }
            InlineKind::Math { tex, .. } => self.node(&format!("math {tex:?}"), at),
            InlineKind::NoteCall(label) => self.node(&format!("note-call ^{label}"), at),
            InlineKind::SoftBreak => self.node("soft-break", at),
            InlineKind::HardBreak => self.node("hard-break", at),
        }
    }

    fn node(&mut self, label: &str, at: Option<Span>) {
        self.out.push_str(&"  ".repeat(self.depth));
        self.out.push_str(label);
        if let Some(span) = at {
            self.out.push_str(&format!(" @{}", self.place(span)));
        }
        self.out.push('\n');
    }

    fn within(&mut self, inner: impl FnOnce(&mut Self)) {
        self.depth += 1;
        inner(self);
        self.depth -= 1;
    }

    fn place(&self, span: Span) -> String {
        let LineColumn { line, column } = self.sources.line_column(span);
        format!("{line}:{column}")
    }
}

fn titled(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title={title:?}") }
}

fn alert(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Note => "note",
        AlertKind::Tip => "tip",
        AlertKind::Important => "important",
        AlertKind::Warning => "warning",
        AlertKind::Caution => "caution",
    }
}

fn align(align: Align) -> &'static str {
    match align {
        Align::None => "none",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}
