//! A [`Text`] becomes one string with attributes.
//!
//! Nested marks are flattened into segments, and the logical structure grows as they are walked.
//! [`super::itemize`] makes glyphs of it; line breaking ([`super::paragraph`]) works on the glyphs'
//! running totals and never shapes a whole line again.

use crate::book::{Formula, Inline, Language, NodeId, NoteId, PhotoId, Target, Text};
use crate::font::{FaceId, Features};
use crate::geom::Length;
use crate::source::Span;

use super::abbreviations;
use super::design::Style;
use super::east_asian::figures;
use super::formula::{self, MathLook, MathPart};
use super::galley::Setter;
use super::pages::{Color, ContentId, LinkTarget, Mark, Tag, TagId, TagKind};

/// A text with attributes, before shaping.
#[derive(Clone, Debug)]
pub(super) struct Flat {
    /// The node it was.
    pub node: NodeId,
    /// All characters as they are set; a forced line end is a line feed, a picture U+FFFC,
    /// a part of a formula [`FORMULA`], with a space behind it where a line may end.
    pub text: String,
    /// Attributes of consecutive ranges that cover the text.
    pub segments: Vec<Segment>,
    /// Links, by [`Segment::link`].
    pub links: Vec<LinkPart>,
    /// Parts of formulas, by [`Segment::formula`].
    pub formulas: Vec<(MathPart, MathLook)>,
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
    /// Index into [`Flat::formulas`].
    pub formula: Option<usize>,
    /// Where it is written.
    pub span: Span,
}

impl Segment {
    /// Whether it is of a language that runs against the text around it.
    pub(super) fn turns(&self, right_to_left: bool) -> bool {
        self.language.as_ref().is_some_and(|l| l.is_right_to_left() != right_to_left)
    }
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

impl Look {
    /// Black text without marks.
    pub(super) fn plain(face: FaceId, size: Length) -> Self {
        Self {
            face,
            size,
            features: Features::NONE,
            color: Color::BLACK,
            rise: Length::ZERO,
            code: false,
            struck: false,
            marked: false,
        }
    }
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

/// What is said of a link has at most so many bytes: it is said again on every line of the link.
const LONGEST_CONTENTS: usize = 1_000;

/// What stands for a part of a formula: a sign to which lines are broken as to a letter.
pub(super) const FORMULA: char = '∑';

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
    flatten_behind(setter, "", text, style, tag)
}

/// The same behind a label that is not in the book's text: the number of a heading.
pub(super) fn flatten_behind(
    setter: &mut Setter<'_>,
    label: &str,
    text: &Text,
    style: &Style,
    tag: TagId,
) -> Flat {
    let mut walk = Walk {
        setter,
        style,
        tag,
        content: None,
        link: None,
        language: None,
        source: 0,
        call_end: None,
        flat: Flat {
            node: text.id,
            text: String::new(),
            segments: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
            formulas: Vec::new(),
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
    if !label.is_empty() {
        walk.synthetic(label, text.span, plain);
    }
    walk.inlines(&text.inlines, plain);
    walk.flat
}

fn shortened(mut contents: String) -> String {
    if contents.len() > LONGEST_CONTENTS {
        contents.truncate(contents.floor_char_boundary(LONGEST_CONTENTS));
        contents.push('…');
    }
    contents
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
    /// Where the last call of a note ends.
    call_end: Option<usize>,
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
            Inline::Abbreviation(words, c) => self.abbreviation(words, c, state),
            Inline::Foreign(language, c) => self.foreign(language, c, state),
            Inline::Code(code, span) => self.text(code, *span, State { code: true, ..state }),
            Inline::Link { target, content, span: _ } => self.link(target, content, state),
            Inline::Note(note, span) => self.note(*note, *span, state),
            Inline::PageNumber(anchor, span) => {
                let label = self.setter.page_label(*anchor);
                self.synthetic(&label, *span, state);
            }
            Inline::Image(photo, span) => self.image(*photo, *span, state),
            Inline::Math(formula) => self.math(formula, state),
            Inline::Break => {
                // With a space, like any other end of a line: copied words stay apart.
                self.flat.text.push_str(" \n");
                self.source += 1;
                self.flat.offsets.push((self.flat.text.len(), self.source));
            }
        }
    }

    fn foreign(&mut self, language: &Language, content: &[Inline], state: State) {
        let outer = self.language.replace(language.clone());
        let set = |tag: &mut Tag| tag.language = Some(language.clone());
        self.span(set, content, state);
        self.language = outer;
    }

    fn abbreviation(&mut self, words: &str, content: &[Inline], state: State) {
        self.span(|tag| tag.expansion = Some(words.to_owned()), content, state);
    }

    /// Content in an element of its own.
    fn span(&mut self, set: impl FnOnce(&mut Tag), content: &[Inline], state: State) {
        let outer = self.tag;
        self.tag = self.setter.structure.child(outer, TagKind::Span);
        set(self.setter.structure.tag_mut(self.tag));
        self.content = None;
        self.inlines(content, state);
        (self.tag, self.content) = (outer, None);
    }

    fn link(&mut self, target: &Target, content: &[Inline], state: State) {
        let target = match target {
            Target::Anchor(anchor) => LinkTarget::Anchor(*anchor),
            Target::Url(url) => LinkTarget::Url(url.clone()),
        };
        let mut contents = String::new();
        content.iter().for_each(|c| self.push_spoken(c, &mut contents));
        self.linked(target, contents, TagKind::Link, |walk| walk.inlines(content, state));
    }

    /// What a screen reader says for a link: its words, with the numbers of pages.
    fn push_spoken(&self, inline: &Inline, out: &mut String) {
        if let Inline::PageNumber(anchor, _) = inline {
            out.push_str(&self.setter.page_label(*anchor));
        }
        out.push_str(inline.characters());
        inline.children().iter().for_each(|child| self.push_spoken(child, out));
    }

    fn note(&mut self, note: NoteId, span: Span, state: State) {
        let (label, anchor) = self.setter.note_label(note);
        let outer = self.tag;
        self.tag = self.setter.structure.child(outer, TagKind::Reference);
        let state = State { script: Script::Superior, ..state };
        if self.call_end == Some(self.flat.text.len()) {
            // Else two calls would be read as one number.
            self.content = None;
            self.synthetic(",", span, state);
        }
        self.flat.notes.push((self.flat.text.len(), note));
        self.setter.note_calls.push((note, self.flat.node));
        let contents = self.setter.note_contents(&label);
        self.linked(LinkTarget::Anchor(anchor), contents, TagKind::Link, |walk| {
            walk.synthetic(&label, span, state);
        });
        self.call_end = Some(self.flat.text.len());
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
        let contents = shortened(contents);
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
            formula: None,
            span,
        });
        self.flat.text.push('\u{fffc}');
        self.flat.offsets.push((self.flat.text.len(), self.source));
        self.content = None;
    }

    /// A formula: an element, and a box for each of its parts.
    fn math(&mut self, formula: &Formula, state: State) {
        let tag = self.setter.structure.child(self.tag, TagKind::Formula);
        self.setter.describe_formula(tag, formula, false);
        let content = self.setter.structure.content(tag);
        // Like code, formulas are neither hyphenated nor expanded.
        let look = Look { code: true, ..self.look(State { code: false, ..state }) };
        let math = MathLook {
            face: self.setter.design.math,
            size: look.size,
            color: look.color,
            is_displayed: false,
            mark: Mark::Content(content),
            span: formula.span,
        };
        for part in formula::parts(self.setter, formula, &math) {
            self.flat.segments.push(Segment {
                start: self.flat.text.len(),
                look,
                content,
                link: self.link,
                language: None,
                photo: None,
                formula: Some(self.flat.formulas.len()),
                span: formula.span,
            });
            self.flat.text.push(FORMULA);
            if part.gap.is_some() {
                self.flat.text.push(' ');
            }
            self.flat.offsets.push((self.flat.text.len(), self.source));
            self.flat.formulas.push((part, math));
        }
        self.content = None;
    }

    /// Characters that are in the book's text.
    fn text(&mut self, text: &str, span: Span, state: State) {
        let is_plain = !state.code && state.script == Script::Normal;
        let wants_small = self.style.small_caps_abbreviations && is_plain;
        let abbreviations = if wants_small { abbreviations::find(text) } else { Vec::new() };
        let mut at = 0;
        for range in abbreviations {
            if at < range.start {
                self.characters(&text[at..range.start], span, state, Features::NONE);
            }
            self.characters(&text[range.clone()], span, state, Features::SMALL_FROM_CAPITALS);
            at = range.end;
        }
        self.characters(&text[at..], span, state, Features::NONE);
    }

    fn characters(&mut self, text: &str, span: Span, state: State, more: Features) {
        self.flat.offsets.push((self.flat.text.len(), self.source));
        self.begin(span, state);
        if let Some(segment) = self.flat.segments.last_mut() {
            segment.look.features = segment.look.features.with(more);
        }
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
            formula: None,
            span,
        });
    }

    fn look(&self, state: State) -> Look {
        let style = self.style;
        let mut look = Look {
            features: figures(&self.setter.language, style.features),
            color: style.color,
            code: state.code,
            struck: state.struck,
            marked: state.marked,
            ..Look::plain(style.face(state.code, state.bold, state.italic), style.size)
        };
        if state.code {
            look.features = Features::LITERAL;
            look.size = style.code_size;
        }
        match state.script {
            Script::Normal => {}
            Script::Superior => look.features = Features::SUPERIOR,
            Script::Inferior => look.features = Features::INFERIOR,
        }
        look
    }
}
