//! The parser's events become a tree.
//!
//! pulldown-cmark gives events with byte ranges; here they are given their names, their exact
//! places and their labels. What lies in what is `build`'s part, HTML is `markup`'s.
//!
//! Smart punctuation is not asked of the parser: quotes depend on the language, which `book`
//! knows. Superscript is not asked of it either, see `scripts`. What it takes for
//! mathematics is judged by `formulas`.

use super::build::Builder;
use super::dollars::{self, Signs};
use super::formulas;
use super::frame::{Kind, Mark};
use super::joins::{self, Seam};
use super::markup::{Markup, Pieces};
use super::notes;
use super::tidy::clean;
use super::tree::{AlertKind, Align, Block, BlockKind, InlineKind, NoteDefinition};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::MdBookConfig;
use crate::source::{FileId, Span};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a file says.
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<NoteDefinition>,
    /// Names that HTML gave to places.
    pub(super) places: Vec<(String, Span)>,
    /// Whether it shows pictures.
    pub(super) has_images: bool,
}

/// Reads the Markdown in a text from a byte on; in an mdBook as mdBook reads it.
pub(super) fn read(
    file: FileId,
    (text, body): (&str, usize),
    mdbook: Option<&MdBookConfig>,
    diagnostics: &mut Diagnostics,
) -> Read {
    let options = options(mdbook);
    let preamble = notes::preamble(&text[body..]);
    let source = match preamble.is_empty() {
        true => Cow::Borrowed(&text[body..]),
        false => Cow::Owned(format!("{preamble}{}", &text[body..])),
    };
    let mut reader = Reader {
        text,
        labels: BTreeMap::new(),
        markup: Markup::default(),
        html: None,
        cut: None,
        is_address: false,
        has_scripts: mdbook.is_none(),
        builder: Builder::new(file, text, mdbook, diagnostics),
    };
    let placed = |(event, range): (_, Range<usize>)| {
        let place = |at: usize| (at + body - preamble.len()).min(text.len());
        (event, place(range.start)..place(range.end.max(range.start)))
    };
    let is_own = |(_, range): &(Event<'_>, Range<usize>)| range.start >= preamble.len();
    // A file without notes and tables in HTML is read as it is parsed.
    let has_notes = memchr::memmem::find(source.as_bytes(), b"[^").is_some();
    let is_streamed = !has_notes && !joins::may_be_in(&source);
    let signs = match options.contains(Options::ENABLE_MATH) {
        true => dollars::hide(&source, options),
        false => Signs::None,
    };
    match signs {
        Signs::None => {
            let events = Parser::new_ext(&source, options).into_offset_iter();
            reader.all(events.filter(is_own).map(placed), is_streamed);
        }
        Signs::Right(events) => {
            reader.all(events.into_iter().filter(is_own).map(placed), is_streamed);
        }
        Signs::Hidden(hidden) => {
            let events = Parser::new_ext(&hidden, options).into_offset_iter();
            let events = events.map(|(event, range)| (dollars::shown(event), range));
            reader.all(events.filter(is_own).map(placed), is_streamed);
        }
    }
    reader.builder.finish()
}

/// mdBook knows neither formulas nor scripts, unless it is told that a program in the browser sets
/// formulas.
pub(crate) fn options(mdbook: Option<&MdBookConfig>) -> Options {
    let own = match mdbook {
        None => Options::ENABLE_SUBSCRIPT | Options::ENABLE_MATH,
        Some(config) if config.math => Options::ENABLE_MATH,
        Some(_) => Options::empty(),
    };
    own | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

struct Reader<'a> {
    text: &'a str,
    /// Labels that have a definition, by their folded form: the spelling and place of the first.
    labels: BTreeMap<String, (String, Span)>,
    markup: Markup,
    /// The HTML block that is open.
    html: Option<Pieces>,
    /// The table in HTML that goes on behind what is read now.
    cut: Option<Pieces>,
    /// Whether an address is open that stands for itself, `<https://…>`.
    is_address: bool,
    /// Whether `^` makes superiors.
    has_scripts: bool,
    builder: Builder<'a>,
}

impl Reader<'_> {
    /// Reads all events, one after the other or, where what comes later counts, when all are known.
    fn all<'t>(
        &mut self,
        events: impl Iterator<Item = (Event<'t>, Range<usize>)>,
        is_streamed: bool,
    ) {
        if is_streamed {
            return events.for_each(|(event, range)| self.event(event, range));
        }
        let events: Vec<_> = events.collect();
        self.define(&events);
        let seams = joins::find(&events);
        for (at, (event, range)) in events.into_iter().enumerate() {
            match seams.get(&at) {
                Some(Seam::Cut) => self.cut(range.end),
                Some(Seam::Resume) => self.resume(),
                None => self.event(event, range),
            }
        }
    }

    /// Calls may precede definitions, so all definitions are noted first.
    fn define(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        for (event, range) in events {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                let span = self.label_span(range);
                self.labels.entry(notes::fold(label)).or_insert_with(|| (clean(label), span));
            }
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = self.builder.span(range.clone());
        match event {
            Event::Start(Tag::HtmlBlock) => {
                self.builder.begin_block();
                self.html = Some(Pieces::default());
            }
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(pieces) = self.html.take() {
                    self.markup.block(&mut self.builder, &pieces);
                }
            }
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => {
                self.is_address &= end != TagEnd::Link;
                self.builder.close();
            }
            Event::Text(text) if self.is_address || !self.has_scripts => {
                self.builder.text(&text, span);
            }
            Event::Text(text) => self.builder.marked_text(&text, range),
            Event::Code(code) => self.builder.inline(InlineKind::Code(clean(&code)), span),
            Event::Html(html) => match &mut self.html {
                Some(pieces) => pieces.push(&html, range),
                None => self.inline_html(&html, range),
            },
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => self.call(&label, span),
            Event::SoftBreak => self.builder.inline(InlineKind::SoftBreak, span),
            Event::HardBreak => self.builder.inline(InlineKind::HardBreak, span),
            Event::Rule => self.builder.block(BlockKind::Rule, span),
            Event::TaskListMarker(done) => self.builder.task(done),
            Event::InlineMath(tex) => self.formula(&tex, range, false),
            Event::DisplayMath(tex) => self.formula(&tex, range, true),
        }
    }

    /// A blank line in a table of HTML: what follows is Markdown.
    fn cut(&mut self, end: usize) {
        self.cut = self.html.take();
        self.builder.begin_aside(self.builder.span(end..end));
    }

    /// The table goes on.
    fn resume(&mut self) {
        let blocks = self.builder.end_aside();
        self.html = self.cut.take().map(|table| table.with_blocks(blocks));
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let kind = match tag {
            Tag::Paragraph | Tag::HtmlBlock | Tag::MetadataBlock(_) => Kind::Paragraph,
            Tag::Heading { level, id, classes, attrs } => {
                let id = id.map(|id| (clean(&id), self.id_span(&id, &range)));
                let classes = classes.iter().map(|class| clean(class)).collect();
                let value = |v: Option<CowStr<'_>>| v.map_or(String::new(), |v| clean(&v));
                let attributes = attrs.into_iter().map(|(k, v)| (clean(&k), value(v))).collect();
                Kind::Heading(level as u8, id, classes, attributes)
            }
            Tag::BlockQuote(None) => Kind::Quote,
            Tag::BlockQuote(Some(kind)) => Kind::Alert(alert(kind)),
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Code(String::new(), String::new()),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Kind::Code(info.to_string(), String::new())
            }
            Tag::List(start) => Kind::List(start, true, Vec::new()),
            Tag::Item => Kind::Item(None),
            Tag::FootnoteDefinition(label) => self.definition(&label, &range),
            Tag::DefinitionList => Kind::Definitions(Vec::new()),
            Tag::DefinitionListTitle => Kind::Term,
            Tag::DefinitionListDefinition => Kind::Description,
            Tag::Table(columns) => {
                Kind::Table(columns.into_iter().map(align).collect(), Vec::new(), Vec::new())
            }
            Tag::TableHead => Kind::Head(Vec::new()),
            Tag::TableRow => Kind::Row(Vec::new()),
            Tag::TableCell => return self.builder.open(Kind::Cell(None), self.cell_span(range)),
            Tag::Emphasis => Kind::Mark(Mark::Emphasis),
            Tag::Strong => Kind::Mark(Mark::Strong),
            Tag::Strikethrough => Kind::Mark(Mark::Strikethrough),
            Tag::Superscript => Kind::Mark(Mark::Superscript),
            Tag::Subscript => Kind::Mark(Mark::Subscript),
            Tag::Link { link_type, dest_url, title, id: _ } => {
                self.is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                Kind::Mark(Mark::Link(format!("{scheme}{}", clean(&dest_url)), clean(&title)))
            }
            Tag::Image { dest_url, title, .. } => {
                Kind::Mark(Mark::Image(clean(&dest_url), clean(&title)))
            }
        };
        self.builder.open(kind, self.builder.span(range));
    }

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let mut pieces = Pieces::default();
        pieces.push(html, range);
        self.markup.inline(&mut self.builder, &pieces);
    }

    fn formula(&mut self, tex: &str, range: Range<usize>, display: bool) {
        let span = self.builder.span(range.clone());
        if formulas::is_formula(self.text, &range, tex, display) {
            self.builder.inline(InlineKind::Math { tex: clean(tex), display }, span);
        } else {
            self.builder.text(&self.text[range], span);
        }
    }

    fn call(&mut self, label: &str, span: Span) {
        if let Some((defined, _)) = self.labels.get(&notes::fold(label)) {
            return self.builder.inline(InlineKind::NoteCall(defined.clone()), span);
        }
        let label = clean(label);
        let message = format!("the note `[^{label}]` has no definition");
        let help = format!("add a line `[^{label}]: …`, or write `\\[^{label}]` if it is no note");
        self.builder.diagnostics.push(Diagnostic::new(Code::MissingNote, span, message).help(help));
        self.builder.text(&self.text[span.range()], span);
    }

    fn definition(&mut self, label: &str, range: &Range<usize>) -> Kind {
        let span = self.label_span(range);
        match self.labels.get(&notes::fold(label)) {
            Some((_, first)) if *first != span => {
                let message = format!("the note `[^{}]` is defined twice", clean(label));
                self.builder.diagnostics.push(
                    Diagnostic::new(Code::DuplicateNote, span, message)
                        .related(*first, "first defined here")
                        .help("give one of them another label; the first one holds"),
                );
                Kind::Note(None)
            }
            Some((label, _)) => Kind::Note(Some(label.clone())),
            None => Kind::Note(Some(clean(label))),
        }
    }

    /// `[^label]` at the start of a definition.
    fn label_span(&self, definition: &Range<usize>) -> Span {
        let length = self.text[definition.clone()].find("]:").map_or(0, |n| n + 1);
        self.builder.span(definition.start..definition.start + length)
    }

    /// The id in the attributes of a heading.
    fn id_span(&self, id: &str, heading: &Range<usize>) -> Span {
        let written = &self.text[heading.clone()];
        let start = written
            .rfind('{')
            .and_then(|brace| written[brace..].find(&format!("#{id}")).map(|n| brace + n + 1));
        self.builder.span(match start {
            Some(start) => heading.start + start..heading.start + start + id.len(),
            None => heading.clone(),
        })
    }

    /// A cell without the blanks around it.
    fn cell_span(&self, cell: Range<usize>) -> Span {
        let written = &self.text[cell.clone()];
        let start = cell.start + written.len() - written.trim_start().len();
        self.builder.span(start..start + written.trim().len())
    }
}

fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
