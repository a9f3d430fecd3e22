//! Builds a tree from openings, closings and leaves, without recursion and with a bound on depth.
//!
//! The parser's events and the tags of understood HTML both end up here. Two kinds of frames lie
//! on one stack: those the parser opened, which it also closes, and those an HTML tag opened,
//! which end at their closing tag or with the parser's frame around them, whichever comes first
//! (see `html`).
//!
//! Text that stands directly in a block (an item of a tight list) waits in its frame and becomes
//! a paragraph when the next block begins or the frame ends.

mod html;

use super::captions;
use super::formulas;
use super::frame::{Frame, Kind, Mark};
use super::grid::{MOST_EMPTY, Unruly};
use super::hidden;
use super::markdown::Read;
use super::scripts::{self, Delimiter};
use super::tidy::{clean, plain, tidy, union, whole_lines};
use super::tree::{Block, BlockKind, Cell, Image, Inline, InlineKind, Link, NoteDefinition, Slots};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::MdBookConfig;
use crate::source::{FileId, Span};
use std::ops::Range;

/// How many containers (quotes, lists, marks, …) may lie in each other. Nobody writes that deep;
/// a machine might, and every later stage walks the tree by recursion.
pub const MAX_DEPTH: usize = 64;

/// The tree being built.
pub(super) struct Builder<'a> {
    file: FileId,
    text: &'a str,
    frames: Vec<Frame>,
    tags: Vec<Tag>,
    depth: usize,
    too_deep: bool,
    /// Whether text may be joined with the text before it.
    joins: bool,
    notes: Vec<NoteDefinition>,
    places: Vec<(String, Span)>,
    has_images: bool,
    mdbook: Option<&'a MdBookConfig>,
    /// Where complaints go.
    pub(super) diagnostics: &'a mut Diagnostics,
}

/// What became of a tag of the parser.
enum Tag {
    /// A frame, with this many below it.
    Framed(usize),
    /// A block without a frame: nested too deep.
    FlatBlock,
    /// A mark without a frame: nested too deep.
    FlatMark,
}

impl<'a> Builder<'a> {
    /// An empty tree of `file`, whose whole text is `text`.
    pub(super) fn new(
        file: FileId,
        text: &'a str,
        mdbook: Option<&'a MdBookConfig>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let root = Frame::new(Kind::Root, Span::new(file, 0..text.len()));
        Self {
            file,
            text,
            frames: vec![root],
            tags: Vec::new(),
            depth: 0,
            too_deep: false,
            joins: true,
            notes: Vec::new(),
            places: Vec::new(),
            has_images: false,
            mdbook,
            diagnostics,
        }
    }

    /// What was built.
    pub(super) fn finish(mut self) -> Read {
        while self.frames.len() > 1 {
            self.close_top();
        }
        self.flush();
        let blocks = self.frames.pop().map(|root| root.blocks).unwrap_or_default();
        let Self { notes, places, has_images, .. } = self;
        Read { blocks, notes, places, has_images }
    }

    /// Names a place, which may be linked to.
    pub(super) fn name_place(&mut self, name: &str, span: Span) {
        self.places.push((clean(name), span));
    }

    /// Whether the text is a chapter of an mdBook.
    pub(super) fn is_mdbook(&self) -> bool {
        self.mdbook.is_some()
    }

    /// A place in the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    /// Opens a tag of the parser; [`Self::close`] must follow.
    pub(super) fn open(&mut self, kind: Kind, mut span: Span) {
        let flat = if matches!(kind, Kind::Mark(_)) {
            Tag::FlatMark
        } else {
            self.begin_block();
            if !matches!(kind, Kind::Note(_)) {
                self.enter_item(span);
            }
            Tag::FlatBlock
        };
        if matches!(kind, Kind::Paragraph) {
            self.loosen_list();
        }
        if !self.may_open(&kind, span) {
            self.tags.push(flat);
            return;
        }
        if matches!(kind, Kind::Cell(_)) && span.start >= self.top().span.end {
            // A cell that its row has not: the parser puts it behind the line's end.
            span = Span { start: self.top().span.end, end: self.top().span.end, ..span };
        }
        self.tags.push(Tag::Framed(self.frames.len()));
        self.push_frame(Frame::new(kind, self.trim(span)));
    }

    /// Closes the parser's tag that was opened last.
    pub(super) fn close(&mut self) {
        match self.tags.pop() {
            Some(Tag::Framed(height)) => {
                while self.frames.len() > height {
                    self.close_top();
                }
            }
            Some(Tag::FlatBlock) => self.begin_block(),
            Some(Tag::FlatMark) | None => {}
        }
    }

    /// Adds characters in which `^` and `~` may make scripts.
    pub(super) fn marked_text(&mut self, text: &str, range: Range<usize>) {
        self.text(text, self.span(range.clone()));
        let has_marks = memchr::memchr2(b'^', b'~', text.as_bytes()).is_some();
        if !has_marks || self.text.get(range.clone()) != Some(text) || text.contains('\0') {
            return;
        }
        let whole: &'a str = self.text;
        let top = self.top();
        let index = top.inlines.len().saturating_sub(1);
        let Some(Inline { kind: InlineKind::Text(joined), .. }) = top.inlines.last() else {
            return;
        };
        let offset = joined.len() - text.len();
        for (at, mark) in scripts::find(text, &whole[..range.start]) {
            let source = u32::try_from(range.start + at).unwrap_or(u32::MAX);
            top.delimiters.push(Delimiter { index, at: offset + at, source, mark });
        }
    }

    /// Adds characters, joined with those before them.
    pub(super) fn text(&mut self, text: &str, span: Span) {
        let joins = std::mem::replace(&mut self.joins, true);
        let top = self.top();
        if let Kind::Code(_, so_far) = &mut top.kind {
            so_far.push_str(text);
            return;
        }
        if text.is_empty() {
            return;
        }
        let text = clean(text);
        if let Some(Inline { kind: InlineKind::Text(before), span: place }) = top.inlines.last_mut()
            && joins
        {
            before.push_str(&text);
            *place = union(*place, span);
            return;
        }
        self.inline(InlineKind::Text(text), span);
    }

    /// Adds an inline without content.
    pub(super) fn inline(&mut self, kind: InlineKind, span: Span) {
        self.enter_item(span);
        self.has_images |= matches!(kind, InlineKind::Image(_));
        self.top().inlines.push(Inline { kind, span });
    }

    /// Text that follows is a piece of its own: something between was left out.
    pub(super) fn part(&mut self) {
        self.joins = false;
    }

    /// Puts a space between the word before a place and the one behind it.
    pub(super) fn keep_apart(&mut self, place: Span) {
        let is_apart = match self.top().inlines.last().map(|inline| &inline.kind) {
            None | Some(InlineKind::SoftBreak | InlineKind::HardBreak) => true,
            Some(InlineKind::Text(text)) => text.ends_with(char::is_whitespace),
            Some(_) => false,
        };
        let behind = self.text.get(place.range().end..).unwrap_or("");
        if !is_apart && !behind.starts_with(char::is_whitespace) {
            self.text(" ", place);
        }
    }

    /// Adds a block without content.
    pub(super) fn block(&mut self, kind: BlockKind, span: Span) {
        self.begin_block();
        self.enter_item(span);
        let span = self.trim(span);
        self.push_block(Block { kind, span });
    }

    /// Sets the task state of the item that is open.
    pub(super) fn task(&mut self, done: bool) {
        for frame in self.frames.iter_mut().rev() {
            if let Kind::Item(task) = &mut frame.kind {
                *task = Some(done);
                return;
            }
        }
    }

    /// Ends HTML elements that are open within the line, and the paragraph of text that stands
    /// directly in a block.
    pub(super) fn begin_block(&mut self) {
        while self.top().html.is_some() && !self.top().kind.has_blocks() {
            self.close_top();
        }
        self.flush();
    }

    /// Whether what comes next begins a line.
    pub(super) fn is_line_start(&mut self) -> bool {
        let last = self.top().inlines.last();
        last.is_none_or(|i| matches!(i.kind, InlineKind::SoftBreak | InlineKind::HardBreak))
    }

    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the root frame stays until `finish`")
    }

    fn may_open(&mut self, kind: &Kind, span: Span) -> bool {
        if !kind.fits(&self.top().kind) {
            return false;
        }
        if !kind.nests() || self.depth < MAX_DEPTH {
            return true;
        }
        if !std::mem::replace(&mut self.too_deep, true) {
            let message = format!("markup is nested deeper than {MAX_DEPTH} levels");
            self.diagnostics.push(
                Diagnostic::new(Code::NestingTooDeep, self.trim(span), message)
                    .help("write it flatter: what lies deeper is set as if it stood here"),
            );
        }
        false
    }

    fn push_frame(&mut self, frame: Frame) {
        self.depth += usize::from(frame.kind.nests());
        self.frames.push(frame);
    }

    /// Text that stands directly in a block becomes a paragraph.
    fn flush(&mut self) {
        let top = self.top();
        if !top.kind.holds_blocks() {
            return;
        }
        let inlines = self.take_inlines();
        if let Some(span) = inlines.iter().map(|inline| inline.span).reduce(union) {
            let text = self.text;
            let blocks = &mut self.top().blocks;
            let from = blocks.len();
            formulas::part(inlines, span, text, blocks);
            let place = blocks[from..].iter().map(|block| block.span).reduce(union);
            place.into_iter().for_each(|place| self.cover(place));
        }
    }

    fn push_block(&mut self, block: Block) {
        self.cover(block.span);
        self.top().blocks.push(block);
    }

    /// Grows the open frame so that it covers a place.
    fn cover(&mut self, span: Span) {
        let own = &mut self.top().span;
        *own = union(*own, span);
    }

    /// The inlines of what is open, with their scripts.
    fn take_inlines(&mut self) -> Vec<Inline> {
        let deep = self.depth >= MAX_DEPTH;
        let top = self.top();
        let inlines = std::mem::take(&mut top.inlines);
        let delimiters = std::mem::take(&mut top.delimiters);
        if deep { inlines } else { scripts::pair(inlines, &delimiters) }
    }

    fn close_top(&mut self) {
        self.flush();
        let inlines = self.take_inlines();
        self.top().inlines = inlines;
        let Some(mut frame) = self.frames.pop() else { return };
        self.depth -= usize::from(frame.kind.nests());
        frame.span = frame.inlines.iter().map(|inline| inline.span).fold(frame.span, union);
        self.cover(frame.span);
        self.attach(frame);
    }

    fn attach(&mut self, frame: Frame) {
        let Frame { kind, span, inlines, blocks, html: _, delimiters: _ } = frame;
        match kind {
            Kind::Root | Kind::Aside => {}
            Kind::Paragraph => {
                let text = self.text;
                formulas::part(inlines, span, text, &mut self.top().blocks);
            }
            Kind::Heading(level, id, classes, attributes) => {
                let kind = BlockKind::Heading { level, id, classes, attributes, inlines };
                self.attach_block(kind, span);
            }
            Kind::List(start, tight, items) => {
                self.attach_block(BlockKind::List { start, tight, items }, span);
            }
            Kind::Definitions(groups) => self.attach_block(BlockKind::Definitions(groups), span),
            Kind::Quote => self.attach_block(BlockKind::Quote(blocks), span),
            Kind::Alert(kind) => self.attach_block(BlockKind::Alert(kind, blocks), span),
            Kind::Code(info, text) => {
                let text = whole_lines(&text);
                let text = match self.mdbook {
                    Some(config) => hidden::shown(config, &info, text),
                    None => text,
                };
                let kind = BlockKind::Code { info: clean(&info), text };
                self.attach_block(kind, span);
            }
            Kind::Table(columns, head, rows) => {
                let empty = rows.iter().flatten().filter(|cell| cell.inlines.is_empty()).count();
                if empty > MOST_EMPTY {
                    return self.diagnostics.push(Unruly::TooEmpty.complaint(span));
                }
                self.attach_block(BlockKind::Table { columns, head, rows }, span);
            }
            Kind::Note(Some(label)) => self.notes.push(NoteDefinition { label, blocks, span }),
            Kind::Note(None) => {}
            Kind::Mark(mark) => self.attach_mark(mark, inlines, span),
            kind @ (Kind::Item(_)
            | Kind::Term
            | Kind::Description
            | Kind::Head(_)
            | Kind::Row(_)
            | Kind::Cell(_)) => {
                let inlines = tidy(inlines, self.text);
                self.attach_part(kind, inlines, blocks, span);
            }
        }
    }

    fn attach_block(&mut self, kind: BlockKind, span: Span) {
        self.top().blocks.push(Block { kind, span });
    }

    /// Parts go into what their parent has gathered so far.
    fn attach_part(&mut self, part: Kind, inlines: Vec<Inline>, blocks: Vec<Block>, span: Span) {
        match (part, &mut self.top().kind) {
            (Kind::Item(task), Kind::List(_, _, items)) => items.push((task, blocks)),
            (Kind::Term, Kind::Definitions(groups)) => match groups.last_mut() {
                Some((terms, bodies)) if bodies.is_empty() => terms.push((inlines, span)),
                _ => groups.push((vec![(inlines, span)], Vec::new())),
            },
            (Kind::Description, Kind::Definitions(groups)) => match groups.last_mut() {
                Some((_, bodies)) => bodies.push(blocks),
                None => groups.push((Vec::new(), vec![blocks])),
            },
            (Kind::Head(cells), Kind::Table(_, head, _)) => head.push(cells),
            (Kind::Row(cells), Kind::Table(_, _, rows)) => rows.push(cells),
            (Kind::Cell(place), Kind::Head(cells)) => {
                let (slots, is_head) = place.unwrap_or((Slots::one(cells.len()), true));
                cells.push(Cell { inlines, span, slots, is_head });
            }
            (Kind::Cell(place), Kind::Row(cells)) => {
                let (slots, is_head) = place.unwrap_or((Slots::one(cells.len()), false));
                cells.push(Cell { inlines, span, slots, is_head });
            }
            // `fits` and the parser's grammar leave no other pair.
            (_, _) => {}
        }
    }

    fn attach_mark(&mut self, mark: Mark, content: Vec<Inline>, span: Span) {
        if content.is_empty() && !matches!(mark, Mark::Image(..) | Mark::Link(..)) {
            // A mark around nothing means nothing.
            return self.part();
        }
        let kind = match mark {
            Mark::Image(path, title) => {
                let (alt, caption, width) = (content, Vec::new(), None);
                InlineKind::Image(Box::new(Image { path, title, alt, caption, width }))
            }
            Mark::Link(destination, title) => {
                InlineKind::Link(Box::new(Link { destination, title, content }))
            }
            Mark::Emphasis => InlineKind::Emphasis(content),
            Mark::Strong => InlineKind::Strong(content),
            Mark::Strikethrough => InlineKind::Strikethrough(content),
            Mark::Superscript => InlineKind::Superscript(content),
            Mark::Subscript => InlineKind::Subscript(content),
            Mark::Keyboard => InlineKind::Keyboard(content),
            Mark::Highlight => InlineKind::Highlight(content),
            Mark::Foreign(language) => InlineKind::Foreign(language, content),
            Mark::Abbreviation(words) => InlineKind::Abbreviation(words, content),
            Mark::Code => InlineKind::Code(plain(&content)),
            Mark::Caption => return self.attach_caption(content),
        };
        self.inline(kind, span);
    }

    /// A caption belongs to the picture right before it; without one it is text.
    fn attach_caption(&mut self, mut content: Vec<Inline>) {
        for frame in self.frames.iter_mut().rev() {
            let inlines = match frame.inlines.iter().any(captions::is_seen) {
                true => Some(&mut frame.inlines),
                false => match frame.blocks.last_mut().map(|block| &mut block.kind) {
                    Some(BlockKind::Paragraph(inlines)) => Some(inlines),
                    Some(_) | None => None,
                },
            };
            if let Some(inlines) = inlines
                && captions::attach(inlines, &mut content)
            {
                return self.part();
            }
            if frame.kind.holds_blocks() {
                break;
            }
        }
        self.top().inlines.extend(content);
    }

    /// A block's place without the white space and line ends behind it.
    fn trim(&self, span: Span) -> Span {
        let Some(slice) = self.text.get(span.range()) else { return span };
        let end = span.range().start + slice.trim_end().len();
        self.span(span.range().start..end)
    }
}
