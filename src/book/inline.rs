//! Inlines of the manuscript become inlines of the book.

use super::chapter::Bench;
use super::types::{Formula, Inline, Language, Target, Text};
use super::{references, typography};
use crate::diag::{Code, Diagnostic, Severity};
use crate::manuscript::{self as m, InlineKind};
use crate::project::is_language_tag;
use crate::source::Span;
use std::borrow::Cow;

impl Bench<'_, '_, '_> {
    /// A text, with its quotes curled and its notes called.
    pub(super) fn text(&mut self, inlines: &[m::Inline], span: Span) -> Text {
        let id = self.desk.node();
        let inlines = self.inlines(inlines);
        Text { id, span, inlines: self.set(inlines) }
    }

    /// Curls quotes over the whole of a text.
    pub(super) fn set(&mut self, mut inlines: Vec<Inline>) -> Vec<Inline> {
        typography::set(&mut inlines, self.style, &self.desk.project.sources);
        inlines
    }

    /// The inlines, their characters as written.
    pub(super) fn inlines(&mut self, inlines: &[m::Inline]) -> Vec<Inline> {
        let mut row = Row { inlines: Vec::with_capacity(inlines.len()), new_line: false };
        for (at, inline) in inlines.iter().enumerate() {
            match &inline.kind {
                InlineKind::SoftBreak => row.soft_break(inline.span, inlines.get(at + 1)),
                _ => self.inline(inline, &mut row),
            }
        }
        row.inlines
    }

    fn inline(&mut self, inline: &m::Inline, row: &mut Row) {
        let span = inline.span;
        match &inline.kind {
            InlineKind::Text(text) => row.text(&cleaned(text), span),
            InlineKind::Code(text) => row.push(Inline::Code(clean(text), span)),
            InlineKind::Emphasis(inner) => self.marked(Inline::Emphasis, inner, row),
            InlineKind::Strong(inner) => self.marked(Inline::Strong, inner, row),
            InlineKind::Strikethrough(inner) => self.marked(Inline::Strikethrough, inner, row),
            InlineKind::Superscript(inner) => self.marked(Inline::Superscript, inner, row),
            InlineKind::Subscript(inner) => self.marked(Inline::Subscript, inner, row),
            InlineKind::Keyboard(inner) => self.marked(Inline::Keyboard, inner, row),
            InlineKind::Highlight(inner) => self.marked(Inline::Highlight, inner, row),
            InlineKind::Abbreviation(words, inner) => {
                let content = self.inlines(inner);
                if !content.is_empty() {
                    row.push(Inline::Abbreviation(clean(words), content));
                }
            }
            InlineKind::Foreign(tag, inner) => self.foreign(tag, inner, span, row),
            InlineKind::Link(link) => self.link(&link.destination, &link.content, span, row),
            InlineKind::Image(image) => match self.desk.photos.get(span.file, &image.path) {
                Some(photo) => {
                    self.desk.uses.push((photo, self.anchor));
                    row.push(Inline::Image(photo, span));
                }
                // What was to be seen there is still worth reading.
                None => self.marked(Inline::Emphasis, &image.alt, row),
            },
            InlineKind::Math { tex, display } => {
                let formula = self.formula(tex, *display, span);
                let code = || Inline::Code(clean(tex.trim()), span);
                row.push(formula.map_or_else(code, |formula| Inline::Math(Box::new(formula))));
            }
            InlineKind::NoteCall(label) => match self.call(label, span) {
                Some(note) => row.push(Inline::Note(note, span)),
                // `manuscript` reported it.
                None => row.text(&format!("[^{label}]"), span),
            },
            InlineKind::SoftBreak => row.soft_break(span, None),
            InlineKind::HardBreak => row.push(Inline::Break),
        }
    }

    /// A formula; `None` for one that cannot be read, which is reported.
    pub(super) fn formula(&mut self, tex: &str, display: bool, span: Span) -> Option<Formula> {
        let desk = &mut *self.desk;
        desk.math.read(tex, display, span, &desk.project.sources, desk.diagnostics)
    }

    fn marked(&mut self, mark: fn(Vec<Inline>) -> Inline, inner: &[m::Inline], row: &mut Row) {
        let content = self.inlines(inner);
        if !content.is_empty() {
            row.push(mark(content));
        }
    }

    fn foreign(&mut self, tag: &str, inner: &[m::Inline], span: Span, row: &mut Row) {
        let content = self.inlines(inner);
        if is_language_tag(tag) {
            if !content.is_empty() {
                row.push(Inline::Foreign(Language(tag.to_owned()), content));
            }
            return;
        }
        let message = format!("`{tag}` is no language tag");
        self.desk.diagnostics.push(
            Diagnostic::new(Code::InvalidValue, span, message)
                .severity(Severity::Warning)
                .help("write one as BCP 47 has it: `en`, `de-AT`, `pt-BR`"),
        );
        row.extend(content);
    }

    /// A link that leads nowhere leaves its words. One without words shows the number or the title
    /// of what it leads to, or the address.
    fn link(&mut self, destination: &str, inner: &[m::Inline], span: Span, row: &mut Row) {
        let target = self.target(destination, span);
        let mut content = self.inlines(inner);
        let Some(target) = target else {
            row.extend(content);
            return;
        };
        if content.is_empty() {
            content.push(match &target {
                Target::Url(url) => Inline::Text(url.clone(), span),
                Target::Anchor(anchor) => {
                    let words = self.desk.references.words(*anchor, self.terms, span);
                    words.unwrap_or_else(|| Inline::Text(destination.trim().to_owned(), span))
                }
            });
        }
        if let Target::Anchor(anchor) = &target {
            content = references::number_pages(content, *anchor);
        }
        row.push(Inline::Link { target, content, span });
    }
}

/// Inlines in the making. Pieces of text on one source line are put together, so that nothing
/// downstream meets a word in pieces; a new line begins a new piece, so that a complaint about
/// its characters names the line.
struct Row {
    inlines: Vec<Inline>,
    /// The next text begins a new source line.
    new_line: bool,
}

impl Row {
    fn push(&mut self, inline: Inline) {
        self.inlines.push(inline);
        self.new_line = false;
    }

    fn extend(&mut self, inlines: Vec<Inline>) {
        self.inlines.extend(inlines);
        self.new_line = false;
    }

    fn text(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        if let (Some(Inline::Text(before, place)), false) = (self.inlines.last_mut(), self.new_line)
            && place.file == span.file
            && place.end <= span.start
        {
            before.push_str(text);
            place.end = span.end;
            return;
        }
        // Most lines end in a space, which comes soon.
        let mut own = String::with_capacity(text.len() + 1);
        own.push_str(text);
        self.push(Inline::Text(own, span));
    }

    /// A space; nothing between two characters of scripts that have none between words.
    fn soft_break(&mut self, span: Span, next: Option<&m::Inline>) {
        let next = next.and_then(|inline| match &inline.kind {
            InlineKind::Text(text) => text.chars().next(),
            _ => None,
        });
        let before = self.inlines.last().and_then(|inline| match inline {
            Inline::Text(text, _) => text.chars().next_back(),
            _ => None,
        });
        let joins = before.is_some_and(is_cjk) && next.is_some_and(is_cjk);
        if !joins && !self.inlines.is_empty() {
            self.text(" ", span);
        }
        self.new_line = true;
    }
}

/// Han, kana and their punctuation, as far as a line end between two of them is no space.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Without characters that XML 1.0 §2.2 forbids; tabs and line ends are spaces.
pub(super) fn clean(text: &str) -> String {
    cleaned(text).into_owned()
}

/// Whether a text may have characters that XML forbids, tabs or line ends.
pub(super) fn is_foul(text: &str) -> bool {
    // 0xEF begins the last characters of the Basic Multilingual Plane. Without a branch within a
    // stride, so that a processor asks of many bytes at once.
    let has_some =
        |bytes: &[u8]| bytes.iter().fold(false, |any, b| any | (*b < b' ') | (*b == 0xEF));
    text.as_bytes().chunks(64).any(has_some)
}

/// As [`clean`], where nearly always nothing needs to be done.
fn cleaned(text: &str) -> Cow<'_, str> {
    if !is_foul(text) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' => Some(' '),
            '\u{FFFE}' | '\u{FFFF}' => None,
            c if c < ' ' => None,
            c => Some(c),
        })
        .collect()
}
