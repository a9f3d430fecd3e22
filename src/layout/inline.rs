//! A [`Text`] becomes one string with attributes.
//!
//! Nested marks are flattened into segments, and the logical structure grows as they are walked.
//! [`super::itemize`] makes glyphs of it; line breaking ([`super::paragraph`]) works on the glyphs'
//! running totals and never shapes a whole line again.

use crate::book::{Inline, Language, NodeId, NoteId, PhotoId, Target, Text};
use crate::font::{FaceId, Features};
use crate::geom::Length;
use crate::source::Span;

use super::design::Style;
use super::galley::Setter;
use super::pages::{Color, ContentId, LinkTarget, TagId, TagKind};

/// A text with attributes, before shaping.
#[derive(Clone, Debug)]
pub(super) struct Flat {
    /// The node it was.
    pub node: NodeId,
    /// All characters as they are set; a forced line end is a line feed, a picture U+FFFC.
    pub text: String,
    /// Attributes of consecutive ranges that cover the text.
    pub segments: Vec<Segment>,
    /// Links, by [`Segment::link`].
    pub links: Vec<LinkPart>,
    /// Calls of notes and where they stand.
    pub notes: Vec<(usize, NoteId)>,
    /// Bytes at which the author allows a hyphen (U+00AD, which is not in `text`).
    pub soft_hyphens: Vec<usize>,
    /// `(byte in text, byte in the book's text)`, ascending: see [`crate::book::Place`].
    pub offsets: Vec<(usize, usize)>,
}

/// Attributes of a range of a [`Flat`].
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// First byte.
    pub start: usize,
    /// How its glyphs look.
    pub look: Look,
    /// The structure's slot.
    pub content: ContentId,
    /// Index into [`Flat::links`].
    pub link: Option<usize>,
    /// Index into the setter's languages; 0 is the text's own.
    pub language: Option<Language>,
    /// A picture in the line.
    pub photo: Option<PhotoId>,
    /// Where it is written.
    pub span: Span,
}

/// How glyphs look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// The face.
    pub face: FaceId,
    /// Size of the em.
    pub size: Length,
    /// Features.
    pub features: Features,
    /// Colour.
    pub color: Color,
    /// How far the baseline is raised.
    pub rise: Length,
    /// Code: never hyphenated, never expanded, breaks only after marks.
    pub code: bool,
    /// A line through the middle.
    pub struck: bool,
    /// A background.
    pub marked: bool,
}

/// A link in a text.
#[derive(Clone, Debug)]
pub(super) struct LinkPart {
    /// Where to.
    pub target: LinkTarget,
    /// Its element.
    pub tag: TagId,
    /// Its words.
    pub contents: String,
}

/// Inline code relative to its surroundings: brings Source Code's x-height (.486) to Source
/// Serif's (.475) and takes a little of its width.
const CODE_PERCENT: i64 = 92;

/// Bold, italic, … while walking down.
#[derive(Clone, Copy)]
struct State {
    bold: bool,
    italic: bool,
    code: bool,
    struck: bool,
    marked: bool,
    script: Script,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Normal,
    Superior,
    Inferior,
}

/// Flattens a text and puts its structure below `tag`.
pub(super) fn flatten(setter: &mut Setter<'_>, text: &Text, style: &Style, tag: TagId) -> Flat {
    let mut walk = Walk {
        setter,
        style,
        tag,
        content: None,
        link: None,
        language: None,
        source: 0,
        flat: Flat {
            node: text.id,
            text: String::new(),
            segments: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
            soft_hyphens: Vec::new(),
            offsets: vec![(0, 0)],
        },
    };
    let plain = State {
        bold: false,
        italic: false,
        code: false,
        struck: false,
        marked: false,
        script: Script::Normal,
    };
    walk.inlines(&text.inlines, plain);
    walk.flat
}

struct Walk<'w, 'a> {
    setter: &'w mut Setter<'a>,
    style: &'w Style,
    /// The element content goes to.
    tag: TagId,
    /// The slot that content goes to, until an element interrupts it.
    content: Option<ContentId>,
    link: Option<usize>,
    language: Option<Language>,
    /// Bytes of the book's text so far.
    source: usize,
    flat: Flat,
}

impl Walk<'_, '_> {
    fn inlines(&mut self, inlines: &[Inline], state: State) {
        for inline in inlines {
            self.inline(inline, state);
        }
    }

    fn inline(&mut self, inline: &Inline, state: State) {
        match inline {
            Inline::Text(text, span) => self.text(text, *span, state),
            Inline::Emphasis(c) => self.inlines(c, State { italic: !state.italic, ..state }),
            Inline::Strong(c) => self.inlines(c, State { bold: true, ..state }),
            Inline::Strikethrough(c) => self.inlines(c, State { struck: true, ..state }),
            Inline::Superscript(c) => self.inlines(c, State { script: Script::Superior, ..state }),
            Inline::Subscript(c) => self.inlines(c, State { script: Script::Inferior, ..state }),
            Inline::Keyboard(c) => self.inlines(c, State { code: true, ..state }),
            Inline::Highlight(c) => self.inlines(c, State { marked: true, ..state }),
            Inline::Foreign(language, c) => self.foreign(language, c, state),
            Inline::Code(code, span) => self.text(code, *span, State { code: true, ..state }),
            Inline::Link { target, content, span: _ } => self.link(target, content, state),
            Inline::Note(note, span) => self.note(*note, *span, state),
            Inline::PageNumber(anchor, span) => {
                let label = self.setter.page_label(*anchor);
                self.synthetic(&label, *span, state);
            }
            Inline::Image(photo, span) => self.image(*photo, *span, state),
            Inline::Break => {
                self.flat.text.push('\n');
                self.source += 1;
            }
        }
    }

    fn foreign(&mut self, language: &Language, content: &[Inline], state: State) {
        let (outer_tag, outer) = (self.tag, self.language.replace(language.clone()));
        self.tag = self.setter.structure.child(self.tag, TagKind::Span);
        self.setter.structure.tag_mut(self.tag).language = Some(language.clone());
        self.content = None;
        self.inlines(content, state);
        (self.tag, self.language, self.content) = (outer_tag, outer, None);
    }

    fn link(&mut self, target: &Target, content: &[Inline], state: State) {
        let target = match target {
            Target::Anchor(anchor) => LinkTarget::Anchor(*anchor),
            Target::Url(url) => LinkTarget::Url(url.clone()),
        };
        let mut contents = String::new();
        content.iter().for_each(|c| c.push_plain(&mut contents));
        self.linked(target, contents, TagKind::Link, |walk| walk.inlines(content, state));
    }

    fn note(&mut self, note: NoteId, span: Span, state: State) {
        let (label, anchor) = self.setter.note_label(note);
        let outer = self.tag;
        self.tag = self.setter.structure.child(outer, TagKind::Reference);
        self.flat.notes.push((self.flat.text.len(), note));
        self.setter.note_calls.push((note, self.flat.node));
        let contents = self.setter.note_contents(&label);
        self.linked(LinkTarget::Anchor(anchor), contents, TagKind::Link, |walk| {
            walk.synthetic(&label, span, State { script: Script::Superior, ..state });
        });
        self.tag = outer;
        self.content = None;
    }

    fn linked(
        &mut self,
        target: LinkTarget,
        contents: String,
        kind: TagKind,
        inner: impl FnOnce(&mut Self),
    ) {
        let (outer_tag, outer_link) = (self.tag, self.link);
        self.tag = self.setter.structure.child(self.tag, kind);
        self.content = None;
        self.link = Some(self.flat.links.len());
        self.flat.links.push(LinkPart { target, tag: self.tag, contents });
        inner(self);
        (self.tag, self.link, self.content) = (outer_tag, outer_link, None);
    }

    fn image(&mut self, photo: PhotoId, span: Span, state: State) {
        let tag = self.setter.structure.child(self.tag, TagKind::Figure);
        self.setter.describe_photo(tag, photo);
        let content = self.setter.structure.content(tag);
        let look = self.look(state);
        self.flat.segments.push(Segment {
            start: self.flat.text.len(),
            look,
            content,
            link: self.link,
            language: None,
            photo: Some(photo),
            span,
        });
        self.flat.text.push('\u{fffc}');
        self.flat.offsets.push((self.flat.text.len(), self.source));
        self.content = None;
    }

    /// Characters that are in the book's text.
    fn text(&mut self, text: &str, span: Span, state: State) {
        self.flat.offsets.push((self.flat.text.len(), self.source));
        self.begin(span, state);
        for character in text.chars() {
            if character == '\u{ad}' {
                self.flat.soft_hyphens.push(self.flat.text.len());
                self.source += character.len_utf8();
                self.flat.offsets.push((self.flat.text.len(), self.source));
            } else {
                let shown = if matches!(character, '\n' | '\r' | '\t') { ' ' } else { character };
                self.flat.text.push(shown);
                self.source += character.len_utf8();
            }
        }
    }

    /// Characters that are not: numbers of notes and pages.
    fn synthetic(&mut self, text: &str, span: Span, state: State) {
        self.begin(span, state);
        self.flat.text.push_str(text);
        self.flat.offsets.push((self.flat.text.len(), self.source));
    }

    fn begin(&mut self, span: Span, state: State) {
        let content = match self.content {
            Some(content) => content,
            None => {
                let content = self.setter.structure.content(self.tag);
                self.content = Some(content);
                content
            }
        };
        let look = self.look(state);
        self.flat.segments.push(Segment {
            start: self.flat.text.len(),
            look,
            content,
            link: self.link,
            language: self.language.clone(),
            photo: None,
            span,
        });
    }

    fn look(&self, state: State) -> Look {
        let style = self.style;
        let mut look = Look {
            face: style.face(state.code, state.bold, state.italic),
            size: style.size,
            features: style.features,
            color: style.color,
            rise: Length::ZERO,
            code: state.code,
            struck: state.struck,
            marked: state.marked,
        };
        if state.code {
            look.features = Features::LITERAL;
            if style.family != style.code {
                look.size = style.size.scale(CODE_PERCENT, 100);
            }
        }
        match state.script {
            Script::Normal => {}
            Script::Superior => look.features = Features::SUPERIOR,
            Script::Inferior => look.features = Features::INFERIOR,
        }
        look
    }
}
