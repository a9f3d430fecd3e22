//! A [`Text`] becomes one string with attributes, and then glyphs in logical order.
//!
//! Nested marks are flattened into segments; segments are split where the face, the script or the
//! direction changes; every run is shaped once. Line breaking ([`super::paragraph`]) works on the
//! glyphs' running totals and never shapes a whole line again.

use crate::book::{Inline, Language, NodeId, NoteId, PhotoId, Target, Text};
use crate::diag::{Code, Diagnostic};
use crate::font::{FaceId, Features, ShapedGlyph};
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
/// Superiors and inferiors that the face does not have.
const SCRIPT_PERCENT: i64 = 64;

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

/// A run of one look, script and direction, shaped.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Index into [`Flat::segments`].
    pub segment: usize,
    /// How its glyphs look; the face may be a fallback.
    pub look: Look,
    /// ISO 15924.
    pub script: [u8; 4],
    /// Bidi level.
    pub level: u8,
}

/// A glyph in logical order.
#[derive(Clone, Copy, Debug)]
pub(super) struct LogicalGlyph {
    /// As the font gives it; `cluster` is a byte of [`Flat::text`].
    pub shaped: ShapedGlyph,
    /// One past the last byte of its cluster; equal to `cluster` for a second glyph.
    pub end: u32,
    /// Index into the runs.
    pub run: u32,
    /// A space that justification may widen.
    pub space: bool,
    /// A hyphen that was put in.
    pub hyphen: bool,
}

/// Splits a flat text into runs and shapes them.
pub(super) fn shape(setter: &mut Setter<'_>, flat: &Flat) -> (Vec<Run>, Vec<LogicalGlyph>) {
    let levels = levels(&flat.text, setter.right_to_left);
    let mut runs: Vec<Run> = Vec::new();
    let mut glyphs = Vec::with_capacity(flat.text.len());
    for (index, segment) in flat.segments.iter().enumerate() {
        let end = flat.segments.get(index + 1).map_or(flat.text.len(), |next| next.start);
        if let Some(photo) = segment.photo {
            push_photo(setter, segment, (index, photo), &mut runs, &mut glyphs);
            continue;
        }
        for piece in pieces(setter, flat, (segment, segment.start..end), &levels) {
            let look = scripted(setter, &flat.text[piece.range.clone()], segment.look, piece.face);
            let run = Run { segment: index, look, script: piece.script, level: piece.level };
            shape_run(setter, flat, &run, (runs.len(), piece.range), &mut glyphs);
            runs.push(run);
        }
    }
    (runs, glyphs)
}

/// A stretch of one segment with one face, script and level.
struct Piece {
    range: std::ops::Range<usize>,
    face: FaceId,
    script: [u8; 4],
    level: u8,
}

fn pieces(
    setter: &mut Setter<'_>,
    flat: &Flat,
    (segment, range): (&Segment, std::ops::Range<usize>),
    levels: &[u8],
) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut script = *b"Latn";
    for (offset, character) in flat.text[range.clone()].char_indices() {
        let at = range.start + offset;
        let end = at + character.len_utf8();
        if character == '\n' {
            continue;
        }
        script = script_of(character).unwrap_or(script);
        let face = setter.face_for(character, segment.look.face, segment.span);
        let level = levels.get(at).copied().unwrap_or(setter.right_to_left.into());
        match pieces.last_mut() {
            Some(last)
                if last.face == face
                    && last.script == script
                    && last.level == level
                    && last.range.end == at =>
            {
                last.range.end = end;
            }
            _ => pieces.push(Piece { range: at..end, face, script, level }),
        }
    }
    pieces
}

/// Superiors and inferiors: the face's own where it has them for every character, else smaller
/// and raised.
fn scripted(setter: &mut Setter<'_>, text: &str, look: Look, face: FaceId) -> Look {
    let look = Look { face, ..look };
    let raise = match look.features {
        Features::SUPERIOR => 34,
        Features::INFERIOR => -14,
        _ => return look,
    };
    if face == setter.face_for('0', look.face, setter.span)
        && text.chars().all(|c| c.is_ascii_digit())
    {
        return look;
    }
    Look {
        features: Features::LINING,
        size: look.size.scale(SCRIPT_PERCENT, 100),
        rise: look.size.scale(raise, 100),
        ..look
    }
}

fn shape_run(
    setter: &mut Setter<'_>,
    flat: &Flat,
    run: &Run,
    (index, range): (usize, std::ops::Range<usize>),
    out: &mut Vec<LogicalGlyph>,
) {
    let text = &flat.text[range.clone()];
    let mut shaped = Vec::with_capacity(text.len());
    let look = &run.look;
    let right_to_left = run.level % 2 == 1;
    setter.shaper.shape(
        text,
        (look.face, look.size),
        (run.script, right_to_left),
        look.features,
        &mut shaped,
    );
    if right_to_left {
        shaped.reverse();
    }
    push_logical(text, &shaped, (index, range.start), out);
}

/// Appends glyphs in logical order with the ends of their clusters, shifted by `base`.
pub(super) fn push_logical(
    text: &str,
    shaped: &[ShapedGlyph],
    (run, base): (usize, usize),
    out: &mut Vec<LogicalGlyph>,
) {
    let mut previous = None;
    for (i, glyph) in shaped.iter().enumerate() {
        let first = previous != Some(glyph.cluster);
        previous = Some(glyph.cluster);
        let end = shaped[i..]
            .iter()
            .map(|g| g.cluster)
            .find(|c| *c != glyph.cluster)
            .map_or(text.len(), |c| c as usize);
        let begin = glyph.cluster as usize;
        let cluster = text.get(begin..end.max(begin)).unwrap_or("");
        let absolute = |n: usize| u32::try_from(base + n).unwrap_or(u32::MAX);
        out.push(LogicalGlyph {
            shaped: ShapedGlyph { cluster: absolute(begin), ..*glyph },
            end: if first { absolute(end.max(begin)) } else { absolute(begin) },
            run: u32::try_from(run).unwrap_or(u32::MAX),
            space: first && matches!(cluster, " " | "\u{a0}"),
            hyphen: false,
        });
    }
}

/// A picture in the line: one glyph of no face, as wide as the picture at the height of a capital.
fn push_photo(
    setter: &mut Setter<'_>,
    segment: &Segment,
    (index, photo): (usize, PhotoId),
    runs: &mut Vec<Run>,
    glyphs: &mut Vec<LogicalGlyph>,
) {
    let image = &setter.book.photos[photo.0 as usize].image;
    let height = segment.look.size;
    let advance = height.scale(i64::from(image.width.max(1)), i64::from(image.height.max(1)));
    let start = u32::try_from(segment.start).unwrap_or(u32::MAX);
    let shaped = ShapedGlyph {
        id: 0,
        cluster: start,
        advance,
        dx: Length::ZERO,
        dy: Length::ZERO,
        unsafe_to_break: false,
    };
    let run = u32::try_from(runs.len()).unwrap_or(u32::MAX);
    glyphs.push(LogicalGlyph { shaped, end: start + 3, run, space: false, hyphen: false });
    let level = u8::from(setter.right_to_left);
    runs.push(Run { segment: index, look: segment.look, script: *b"Zyyy", level });
}

/// Bidi levels of all bytes (UAX #9); empty when the text has nothing from right to left.
fn levels(text: &str, right_to_left: bool) -> Vec<u8> {
    let plain = !right_to_left && !text.chars().any(|c| c >= '\u{590}' && is_right_to_left(c));
    if plain {
        return Vec::new();
    }
    let base = if right_to_left { unicode_bidi::Level::rtl() } else { unicode_bidi::Level::ltr() };
    let info = unicode_bidi::BidiInfo::new(text, Some(base));
    info.levels.iter().map(unicode_bidi::Level::number).collect()
}

fn is_right_to_left(character: char) -> bool {
    use unicode_bidi::BidiClass;
    matches!(
        unicode_bidi::bidi_class(character),
        BidiClass::R
            | BidiClass::AL
            | BidiClass::AN
            | BidiClass::RLE
            | BidiClass::RLO
            | BidiClass::RLI
            | BidiClass::FSI
    )
}

/// The script of a character, for those scripts whose shaping differs; `None` for characters that
/// go with their neighbours (marks, digits, punctuation).
fn script_of(character: char) -> Option<[u8; 4]> {
    let script = match character {
        'A'..='Z'
        | 'a'..='z'
        | '\u{aa}'
        | '\u{ba}'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{24f}' => b"Latn",
        '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' => b"Latn",
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => b"Grek",
        '\u{400}'..='\u{52f}' => b"Cyrl",
        '\u{531}'..='\u{58f}' => b"Armn",
        '\u{5d0}'..='\u{5f4}' => b"Hebr",
        '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' | '\u{750}'..='\u{77f}' => b"Arab",
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => b"Arab",
        '\u{900}'..='\u{963}' | '\u{966}'..='\u{97f}' => b"Deva",
        '\u{e01}'..='\u{e5b}' => b"Thai",
        '\u{3041}'..='\u{309f}' => b"Hira",
        '\u{30a1}'..='\u{30ff}' => b"Kana",
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => b"Hani",
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => b"Hang",
        _ => return None,
    };
    Some(*script)
}

impl Setter<'_> {
    /// The face that shows a character: the wanted one, or the first fallback that has it.
    fn face_for(&mut self, character: char, wanted: FaceId, span: Span) -> FaceId {
        let faces = self.shaper.faces();
        if faces.get(wanted).covers(character) || is_invisible(character) {
            return wanted;
        }
        if let Some(face) = faces.fallback(character) {
            return face;
        }
        if self.missing.insert(character) {
            let message =
                format!("no face has a glyph for `{character}` (U+{:04X})", character as u32);
            self.diagnostics.push(
                Diagnostic::new(Code::MissingGlyph, span, message)
                    .help("declare a font that has it under `[fonts]`, or write it differently"),
            );
        }
        wanted
    }
}

/// Characters that need no glyph: joiners, variation selectors, marks of direction.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\n')
}
