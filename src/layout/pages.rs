//! The display list: what stands where on every page, and what it means.
//!
//! This is the seam between `layout` and `pdf`. Positions are absolute, from the top left corner
//! of the page; nothing is left to be measured. Logical structure is told separately, as a tree
//! in reading order ([`Structure`]): an item on a page belongs to one [`ContentId`] of that tree or
//! is an artifact, so a paragraph over two pages is still one element.

use crate::book::{AnchorId, Language, PageMap, PhotoId};
use crate::font::FaceId;
use crate::geom::{Length, Point, Rect, Size};
use crate::source::Span;

pub use crate::book::BLEED;
pub use crate::color::Color;

/// A whole edition, ready to be written.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The logical structure.
    pub structure: Structure,
    /// Where each anchor stands, by [`AnchorId`]; `None` when the edition does not show it.
    pub destinations: Vec<Option<Destination>>,
    /// The outline ("bookmarks"), nested.
    pub outline: Vec<OutlineEntry>,
    /// Where each page begins in the text, for the EPUB.
    pub map: PageMap,
    /// How the lines came out.
    pub statistics: super::Statistics,
    /// What the typographic report names with its place.
    pub findings: Vec<super::Finding>,
}

/// One side of a leaf.
#[derive(Clone, Debug)]
pub struct Page {
    /// Trimmed size.
    pub size: Size,
    /// What its folio shows, or would show: `iv`, `12`.
    pub label: String,
    /// What is drawn, in painting order.
    pub items: Vec<Item>,
}

/// Something drawn.
#[derive(Clone, Debug)]
pub enum Item {
    /// A run of glyphs.
    Glyphs(Glyphs),
    /// A picture.
    Image(Image),
    /// A filled or stroked shape.
    Path(Path),
    /// A formula.
    Formula(Formula),
    /// An area that leads somewhere; draws nothing.
    Link(Link),
}

/// What an item is to a reader who does not see the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Part of the text.
    Content(ContentId),
    /// Running head, folio: `/Artifact <</Type /Pagination>>`.
    Pagination,
    /// Rules, backgrounds, leaders: `/Artifact <</Type /Layout>>`.
    Layout,
}

/// Glyphs of one face, size and colour on one baseline.
#[derive(Clone, Debug)]
pub struct Glyphs {
    /// The face.
    pub face: FaceId,
    /// Size of the em.
    pub size: Length,
    /// Horizontal scale in 1/10000: 10000 is none, 10150 is 1.5 % wider.
    pub stretch: i32,
    /// Origin of the first glyph on the baseline.
    pub origin: Point,
    /// Fill.
    pub color: Color,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The characters they stand for. A hyphen that was put in to break a word is U+00AD.
    pub text: String,
    /// Whether the line runs up the page, a quarter turn to the left of others.
    pub turned: bool,
    /// What it is.
    pub mark: Mark,
    /// Where it is written.
    pub span: Span,
}

/// One glyph of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Index in the face.
    pub id: u16,
    /// Distance to the next glyph's origin: final, scale and justification included.
    pub advance: Length,
    /// Offset of the drawn glyph from its origin, to the right.
    pub dx: Length,
    /// Offset of the drawn glyph from its origin, upwards.
    pub dy: Length,
    /// The bytes of the run's text it stands for; empty for the other glyphs of a cluster, which
    /// stand at the right of its first.
    pub text: (u32, u32),
}

/// A picture on the page.
#[derive(Clone, Debug)]
pub struct Image {
    /// Which one.
    pub photo: PhotoId,
    /// The area that all of it would fill.
    pub area: Rect,
    /// The part of that area which is seen, where it runs off the page; with what is cut off the
    /// sheet ([`BLEED`]).
    pub window: Option<Rect>,
    /// Whether it lies a quarter turn to the left.
    pub turned: bool,
    /// What it is.
    pub mark: Mark,
    /// Where it is called.
    pub span: Span,
}

impl Image {
    /// What is seen of it.
    pub fn seen(&self) -> Rect {
        self.window.unwrap_or(self.area)
    }
}

impl Page {
    /// Whether something runs off it.
    pub fn bleeds(&self) -> bool {
        let runs_off = |item: &Item| match item {
            Item::Image(image) => image.window.is_some(),
            Item::Glyphs(_) | Item::Path(_) | Item::Formula(_) | Item::Link(_) => false,
        };
        self.items.iter().any(runs_off)
    }
}

/// A formula, or as much of it as stands on one line.
#[derive(Clone, Debug)]
pub struct Formula {
    /// The left end of its baseline.
    pub origin: Point,
    /// The area it fills.
    pub area: Rect,
    /// Its signs. The characters of a run are those its glyphs are drawn for; what is read is
    /// `text`.
    pub glyphs: Vec<Glyphs>,
    /// Its bars, and backgrounds, drawn first.
    pub rules: Vec<Path>,
    /// What it says, in one line.
    pub text: String,
    /// What it is; the runs and bars have the same mark.
    pub mark: Mark,
    /// Where it is written.
    pub span: Span,
}

impl Formula {
    /// Moves everything.
    pub(super) fn shift(&mut self, x: Length, y: Length) {
        self.origin = Point::new(self.origin.x + x, self.origin.y + y);
        self.area.origin = Point::new(self.area.origin.x + x, self.area.origin.y + y);
        self.shift_drawing(x, y);
    }

    /// Moves what is drawn.
    pub(super) fn shift_drawing(&mut self, x: Length, y: Length) {
        for run in &mut self.glyphs {
            run.origin = Point::new(run.origin.x + x, run.origin.y + y);
        }
        let segments = self.rules.iter_mut().flat_map(|rule| &mut rule.segments);
        segments.for_each(|segment| shift_segment(segment, x, y));
    }

    /// Gives it, and all it is made of, another mark.
    pub(super) fn set_mark(&mut self, mark: Mark) {
        self.mark = mark;
        self.glyphs.iter_mut().for_each(|run| run.mark = mark);
        self.rules.iter_mut().for_each(|rule| rule.mark = mark);
    }
}

/// A shape.
#[derive(Clone, Debug)]
pub struct Path {
    /// Its segments.
    pub segments: Vec<Segment>,
    /// Interior colour.
    pub fill: Option<Color>,
    /// Line width and colour.
    pub stroke: Option<(Length, Color)>,
    /// What it is.
    pub mark: Mark,
}

/// A piece of a path's outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Starts a new contour.
    Move(Point),
    /// Straight line.
    Line(Point),
    /// Cubic Bézier curve: two control points and the end.
    Curve(Point, Point, Point),
    /// Closes the contour.
    Close,
}

/// Moves a segment.
pub(super) fn shift_segment(segment: &mut Segment, x: Length, y: Length) {
    map_segment(segment, |p| Point::new(p.x + x, p.y + y));
}

/// Gives the points of a segment other places.
pub(super) fn map_segment(segment: &mut Segment, to: impl Fn(Point) -> Point) {
    let by = |p: &mut Point| *p = to(*p);
    match segment {
        Segment::Move(p) | Segment::Line(p) => by(p),
        Segment::Curve(a, b, c) => [a, b, c].into_iter().for_each(by),
        Segment::Close => {}
    }
}

impl Path {
    /// A filled rectangle that is not part of the text.
    pub fn rectangle(area: Rect, fill: Color) -> Self {
        let Point { x, y } = area.origin;
        Self {
            segments: vec![
                Segment::Move(Point::new(x, y)),
                Segment::Line(Point::new(area.right(), y)),
                Segment::Line(Point::new(area.right(), area.bottom())),
                Segment::Line(Point::new(x, area.bottom())),
                Segment::Close,
            ],
            fill: Some(fill),
            stroke: None,
            mark: Mark::Layout,
        }
    }
}

/// An area that leads somewhere.
#[derive(Clone, Debug)]
pub struct Link {
    /// The active area: one rectangle on one line; a link over two lines is two items with the
    /// same `tag`.
    pub area: Rect,
    /// Where to.
    pub target: LinkTarget,
    /// The `Link` (or `Reference`) element it belongs to; `None` for furniture.
    pub tag: Option<TagId>,
    /// What a screen reader says: the linked words.
    pub contents: String,
}

/// Where a link of a page leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An anchor of the book.
    Anchor(AnchorId),
    /// An absolute address.
    Url(String),
}

/// Where an anchor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Index of the page, from 0.
    pub page: usize,
    /// The height at which to open it.
    pub y: Length,
}

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub target: AnchorId,
    /// The entries below it.
    pub children: Vec<OutlineEntry>,
}

/// Index of a node of the [`Structure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TagId(pub u32);

/// A slot in the structure that items on pages fill; several items on several pages may fill one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContentId(pub u32);

/// The logical structure: a tree in reading order. Node 0 is the document.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// The nodes.
    pub tags: Vec<Tag>,
    /// The node each content slot belongs to.
    pub contents: Vec<TagId>,
}

/// An element of the logical structure.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its type.
    pub kind: TagKind,
    /// What it holds, in reading order. A slot that no item fills is left out by the writer, and
    /// so is an element without content.
    pub kids: Vec<Kid>,
    /// Its language, where it differs.
    pub language: Option<Language>,
    /// What an abbreviation stands for.
    pub expansion: Option<String>,
    /// What is read out in its place.
    pub alt: Option<String>,
    /// What a table is about.
    pub summary: Option<String>,
    /// A formula as a `math` element, for files that may hold it.
    pub mathml: Option<Box<str>>,
    /// The anchor it carries (becomes the element's `/ID`).
    pub anchor: Option<AnchorId>,
}

/// A child in the logical structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kid {
    /// An element.
    Tag(TagId),
    /// Marked content.
    Content(ContentId),
}

/// Standard structure types (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// `Document`
    Document,
    /// `Part`
    Part,
    /// `Sect`
    Section,
    /// `H1` to `H6`
    Heading(u8),
    /// `P`
    Paragraph,
    /// `L` with `ListNumbering`
    List(ListNumbering),
    /// `LI`
    ListItem,
    /// `Lbl`
    Label,
    /// `LBody`
    ListBody,
    /// `BlockQuote`
    BlockQuote,
    /// `Code`
    Code,
    /// `Table`
    Table,
    /// `THead`
    TableHead,
    /// `TBody`
    TableBody,
    /// `TR`
    TableRow,
    /// `TH` with its scope
    TableHeader(Scope, CellSpan),
    /// `TD`
    TableData(CellSpan),
    /// `Figure`; its bounding box is that of its image items
    Figure,
    /// `Formula`; its bounding box is that of its items
    Formula,
    /// `Caption`
    Caption,
    /// `Note`
    Note,
    /// `Reference`
    Reference,
    /// `Link`
    Link,
    /// `Span`
    Span,
    /// `TOC`
    Toc,
    /// `TOCI`
    TocItem,
    /// `Index`
    Index,
    /// `Div`
    Division,
}

/// `ListNumbering` (ISO 32000-1, table 347).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListNumbering {
    /// No marks.
    None,
    /// Bullets.
    Disc,
    /// Arabic numbers.
    Decimal,
}

/// What a header cell speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Its row.
    Row,
    /// Its column.
    Column,
}

/// How many rows and columns of its table a cell takes (ISO 32000-1, table 349).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellSpan {
    /// `RowSpan`
    pub rows: u16,
    /// `ColSpan`
    pub columns: u16,
}

impl Structure {
    /// Adds an element without a parent.
    pub fn add(&mut self, kind: TagKind) -> TagId {
        let id = TagId(u32::try_from(self.tags.len()).expect("fewer elements than 2^32"));
        self.tags.push(Tag {
            kind,
            kids: Vec::new(),
            language: None,
            expansion: None,
            alt: None,
            summary: None,
            mathml: None,
            anchor: None,
        });
        id
    }

    /// Adds an element as the last child of another.
    pub fn child(&mut self, parent: TagId, kind: TagKind) -> TagId {
        let id = self.add(kind);
        self.tag_mut(parent).kids.push(Kid::Tag(id));
        id
    }

    /// Adds a content slot as the last child of an element.
    pub fn content(&mut self, parent: TagId) -> ContentId {
        let id = ContentId(u32::try_from(self.contents.len()).expect("fewer slots than 2^32"));
        self.contents.push(parent);
        self.tag_mut(parent).kids.push(Kid::Content(id));
        id
    }

    /// The element with this number.
    pub fn tag(&self, id: TagId) -> &Tag {
        &self.tags[id.0 as usize]
    }

    /// The element with this number, to be filled in.
    pub fn tag_mut(&mut self, id: TagId) -> &mut Tag {
        &mut self.tags[id.0 as usize]
    }
}
