//! A little book set by hand: every kind of item, mark and element that the writer knows.
//!
//! The setting is as plain as can be (`harfrust` shapes, lines are broken where the text says so),
//! because nothing here is about layout.

use std::sync::Arc;

use harfrust::{Buffer, ShapeOptions, ShaperFont};

use super::pictures::{alpha_png, deep_png, few_colours_webp, gray_jpeg, jpeg, plain_png};
use crate::book::{
    Anchor, AnchorId, Book, Date, Language, Meta, Person, Photo, PhotoId, Role, SectionId, Subject,
};
use crate::font::{FaceId, Faces};
use crate::geom::{Length, Point, Rect, Size};
use crate::layout::pages::{
    CellSpan, Color, ContentId, Destination, Glyph, Glyphs, Image, Item, Link, LinkTarget,
    ListNumbering, Mark, OutlineEntry, Page, Pages, Path, Scope, Segment, TagId, TagKind,
};
use crate::photo::{self, Format};
use crate::source::{FileId, Span};

pub(super) const SPAN: Span = Span { file: FileId(0), start: 0, end: 1 };

/// Names of the anchors, by their number.
pub(super) const ANCHORS: [&str; 6] =
    ["chapter-one", "second-part", "fig-1", "note-1", "call-1", "not-shown"];

/// A book without text: what the writer asks it for.
pub(super) fn book() -> Book {
    let anchor = |name: &str| Anchor { name: name.to_owned(), section: SectionId(0), span: SPAN };
    Book {
        meta: meta(),
        sections: Vec::new(),
        contents: Vec::new(),
        anchors: ANCHORS.iter().map(|name| anchor(name)).collect(),
        notes: Vec::new(),
        photos: vec![
            photo("colour.jpg", jpeg(), Format::Jpeg, 1),
            photo("turned.jpg", gray_jpeg(), Format::Jpeg, 6),
            photo("alpha.png", alpha_png(), Format::Png, 1),
            photo("plain.png", plain_png(), Format::Png, 1),
            photo("deep.png", deep_png(), Format::Png, 1),
            photo("few.webp", few_colours_webp(), Format::WebP, 1),
            photo("same.jpg", jpeg(), Format::Jpeg, 1),
        ],
        cover: None,
        node_count: 0,
    }
}

fn meta() -> Meta {
    let person = |name: &str, role| Person { name: name.to_owned(), sort: name.to_owned(), role };
    Meta {
        slug: "fixture".to_owned(),
        version: "1".to_owned(),
        title: "Smørrebrød & <Containers>".to_owned(),
        subtitle: None,
        people: vec![person("Liz Rice", Role::Author), person("Ånd Øst", Role::Editor)],
        language: Language("en-GB".to_owned()),
        identifier: "urn:uuid:1b671a64-40d5-491e-99b0-da01ff1f3341".to_owned(),
        date: Some(Date { year: 2018, month: 5, day: 4 }),
        modified: 1_525_435_200,
        publisher: Some("Endpaper".to_owned()),
        rights: Some("© 2018 the authors".to_owned()),
        licence: Some("CC-BY-4.0".to_owned()),
        series: None,
        description: Some("A book for the tests.".to_owned()),
        subjects: ["cloud", "Copenhagen"]
            .map(|term| Subject { term: term.to_owned(), code: None })
            .into(),
    }
}

fn photo(name: &str, bytes: Vec<u8>, format: Format, orientation: u8) -> Photo {
    let gray = name == "turned.jpg";
    Photo {
        name: name.to_owned(),
        image: Arc::new(photo::Image {
            bytes: bytes.into(),
            format,
            width: if gray { 40 } else { 60 },
            height: if gray { 60 } else { 40 },
            orientation,
            channels: if gray { 1 } else { 3 },
            has_alpha: name == "alpha.png",
            icc: None,
            drawing: None,
            made_from: None,
        }),
        alt: format!("What is seen on {name}."),
        long_description: None,
        decorative: false,
        title: Some(name.to_owned()),
        creator: "A. Photographer".to_owned(),
        credit: "Photo: A. Photographer & friends".to_owned(),
        record: None,
        private: std::collections::BTreeSet::new(),
        is_only_cover: false,
        cropped: None,
        copyright: Some("© 2018 A. Photographer".to_owned()),
        licence: "CC-BY-4.0".to_owned(),
        licence_url: Some("https://creativecommons.org/licenses/by/4.0/".to_owned()),
        source: None,
        span: SPAN,
    }
}

/// How a run looks.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) face: FaceId,
    pub(super) size: Length,
    pub(super) stretch: i32,
    pub(super) color: Color,
}

/// Sets lines one below the other.
pub(super) struct Setter<'f> {
    pub(super) faces: &'f Faces,
    pub(super) pages: Pages,
    pub(super) y: Length,
}

pub(super) const LEFT: Length = Length::pt(54);
const SHEET: Size = Size::new(Length::pt(432), Length::pt(648));

impl<'f> Setter<'f> {
    pub(super) fn new(faces: &'f Faces) -> Self {
        let mut pages = Pages { destinations: vec![None; ANCHORS.len()], ..Pages::default() };
        pages.structure.add(TagKind::Document);
        Self { faces, pages, y: Length::ZERO }
    }

    pub(super) fn style(&self, name: &str, size: i64) -> Style {
        let face = self.faces.find(name).expect("the face is bundled");
        Style { face, size: Length::pt(size), stretch: 10_000, color: Color::BLACK }
    }

    pub(super) fn page(&mut self, label: &str) {
        self.pages.pages.push(Page { size: SHEET, label: label.to_owned(), items: Vec::new() });
        self.y = Length::pt(72);
        let head = Style { size: Length::pt(8), ..self.style("SourceSans3-Regular", 8) };
        let head_line =
            self.shaped(head, Point::new(LEFT, Length::pt(40)), "Running head", Mark::Pagination);
        let folio = self.shaped(head, Point::new(LEFT, Length::pt(620)), label, Mark::Pagination);
        let rule = Rect::new(
            Point::new(LEFT, Length::pt(44)),
            Size::new(Length::pt(324), Length::milli_pt(500)),
        );
        let rule = Path::rectangle(rule, Color::Rgb(200, 30, 30));
        self.push(Item::Glyphs(head_line));
        self.push(Item::Glyphs(folio));
        self.push(Item::Path(rule));
    }

    pub(super) fn push(&mut self, item: Item) {
        self.pages.pages.last_mut().expect("a page was begun").items.push(item);
    }

    /// A line at the left margin; the next one is below it.
    pub(super) fn line(&mut self, style: Style, text: &str, slot: ContentId) -> Rect {
        let at = Point::new(LEFT, self.y);
        let area = self.set(style, at, text, slot);
        self.y += Length::pt(16);
        area
    }

    pub(super) fn set(&mut self, style: Style, at: Point, text: &str, slot: ContentId) -> Rect {
        let run = self.shaped(style, at, text, Mark::Content(slot));
        let width = run.glyphs.iter().map(|glyph| glyph.advance).sum();
        self.push(Item::Glyphs(run));
        let corner = Point::new(at.x, at.y - style.size);
        Rect::new(corner, Size::new(width, style.size + Length::pt(3)))
    }

    pub(super) fn element(&mut self, parent: TagId, kind: TagKind) -> (TagId, ContentId) {
        let tag = self.pages.structure.child(parent, kind);
        let slot = self.pages.structure.content(tag);
        (tag, slot)
    }

    pub(super) fn arrive(&mut self, anchor: u32) {
        let page = self.pages.pages.len() - 1;
        self.pages.destinations[anchor as usize] =
            Some(Destination { page, y: self.y - Length::pt(14) });
    }

    /// Glyphs of a text; a soft hyphen is shown as a hyphen.
    pub(super) fn shaped(&self, style: Style, origin: Point, text: &str, mark: Mark) -> Glyphs {
        let face = self.faces.get(style.face);
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let font = ShaperFont::new(face.font());
        harfrust::shape(&font, &mut buffer, ShapeOptions::new()).expect("text can be shaped");
        let infos = buffer.glyph_infos();
        let mut glyphs = Vec::new();
        for (index, (info, position)) in infos.iter().zip(buffer.glyph_positions()).enumerate() {
            let start = info.cluster as usize;
            let is_first = index == 0 || infos[index - 1].cluster != info.cluster;
            let end = infos[index..].iter().map(|i| i.cluster as usize).find(|c| *c != start);
            let end = if is_first { end.unwrap_or(text.len()) } else { start };
            let scale = |units| face.scale(units, style.size);
            // Shaping hides a soft hyphen; here a line was broken at it.
            let is_hyphen = text.get(start..).is_some_and(|rest| rest.starts_with('\u{AD}'));
            let hyphen = face.glyph('-').filter(|_| is_hyphen);
            let units = hyphen.map_or(position.x_advance, |id| face.advance(id));
            glyphs.push(Glyph {
                id: hyphen.or(u16::try_from(info.glyph_id).ok()).unwrap_or(0),
                advance: scale(units).scale(i64::from(style.stretch), 10_000),
                dx: scale(position.x_offset),
                dy: scale(position.y_offset),
                text: (start as u32, end as u32),
            });
        }
        let Style { face, size, stretch, color } = style;
        Glyphs {
            face,
            size,
            stretch,
            origin,
            color,
            glyphs,
            text: text.to_owned(),
            turned: false,
            mark,
            span: SPAN,
        }
    }

    pub(super) fn link(&mut self, area: Rect, target: LinkTarget, tag: Option<TagId>) {
        let contents = "the linked words".to_owned();
        self.push(Item::Link(Link { area, target, tag, contents }));
    }

    pub(super) fn picture(&mut self, photo: u32, at: Point, size: Size, slot: ContentId) {
        let area = Rect::new(at, size);
        let mark = Mark::Content(slot);
        self.push(Item::Image(Image {
            photo: PhotoId(photo),
            area,
            window: None,
            turned: false,
            mark,
            span: SPAN,
        }));
    }
}

/// Three pages with everything.
pub(super) fn pages(faces: &Faces) -> Pages {
    let mut setter = Setter::new(faces);
    let section = setter.pages.structure.child(TagId(0), TagKind::Section);
    setter.page("i");
    contents_page(&mut setter, section);
    setter.page("1");
    text_page(&mut setter, section);
    second_page(&mut setter, section);
    let entry = |title: &str, target, children| OutlineEntry {
        title: title.to_owned(),
        target: AnchorId(target),
        children,
    };
    setter.pages.outline = vec![
        entry(
            "Chapter One",
            0,
            vec![entry("Zweiter Teil – Ø", 1, Vec::new()), entry("Figure", 2, Vec::new())],
        ),
        entry("Not shown", 5, vec![entry("Note", 3, Vec::new())]),
    ];
    setter.pages
}

fn contents_page(s: &mut Setter<'_>, section: TagId) {
    let roman = s.style("SourceSerif4-Regular", 11);
    let toc = s.pages.structure.child(section, TagKind::Toc);
    let item = s.pages.structure.child(toc, TagKind::TocItem);
    let reference = s.pages.structure.child(item, TagKind::Reference);
    let slot = s.pages.structure.content(reference);
    let area = s.line(roman, "Chapter One 1", slot);
    s.link(area, LinkTarget::Anchor(AnchorId(0)), Some(reference));
    // An element that nothing fills.
    s.element(section, TagKind::Paragraph);
}

fn text_page(s: &mut Setter<'_>, section: TagId) {
    let title = s.style("SourceSerif4-Bold", 20);
    let roman = s.style("SourceSerif4-Regular", 11);
    let italic = s.style("SourceSerif4-It", 11);
    let (tag, slot) = s.element(section, TagKind::Heading(1));
    s.pages.structure.tag_mut(tag).anchor = Some(AnchorId(0));
    s.y += Length::pt(14);
    s.arrive(0);
    s.line(title, "Chapter One", slot);

    let (_, slot) = s.element(section, TagKind::Paragraph);
    s.line(roman, "The first office affords efficient fjord ships: a well-known har\u{AD}", slot);
    let wide = Style { stretch: 10_150, ..roman };
    s.line(wide, "bour café and cafe\u{301}, AVATAR, 5\u{A0}km, x\u{302}q\u{307}. 漢! ", slot);
    s.line(italic, "Emphatic (parentheses) \\ backslash “quotes” — dash. ", slot);
    let cff = s.style("LibertinusSerif-Regular", 11);
    s.line(cff, "Outlines of the other kind: 5\u{A0}km, mi-temps, har\u{AD}", slot);

    let (_, slot) = s.element(section, TagKind::Paragraph);
    let mut reversed = s.shaped(roman, Point::new(LEFT, s.y), "desrever", Mark::Content(slot));
    let width: Length = reversed.glyphs.iter().map(|g| g.advance).sum();
    reversed.glyphs.reverse();
    s.push(Item::Glyphs(reversed));
    let red = Style { color: Color::Rgb(160, 0, 0), ..roman };
    let (link, words) = {
        let parent = s.pages.structure.contents[slot.0 as usize];
        s.element(parent, TagKind::Link)
    };
    let at = Point::new(LEFT + width + Length::pt(4), s.y);
    let area = s.set(red, at, "an address", words);
    s.link(area, LinkTarget::Url("https://example.org/å b".to_owned()), Some(link));
    let call =
        s.pages.structure.child(s.pages.structure.contents[slot.0 as usize], TagKind::Reference);
    s.pages.structure.tag_mut(call).anchor = Some(AnchorId(4));
    let number = s.pages.structure.content(call);
    s.arrive(4);
    let small = Style { size: Length::pt(7), ..roman };
    let at = Point::new(area.right() + Length::pt(1), s.y - Length::pt(4));
    let area = s.set(small, at, "1", number);
    s.link(area, LinkTarget::Anchor(AnchorId(3)), Some(call));
    s.y += Length::pt(24);
    list(s, section);
    table(s, section);
    note(s, section);
    // A link of the furniture, and one to a place that is not shown.
    s.link(area, LinkTarget::Anchor(AnchorId(0)), None);
    s.link(area, LinkTarget::Anchor(AnchorId(5)), Some(link));

    let (paragraph, slot) = s.element(section, TagKind::Paragraph);
    s.pages.structure.tag_mut(paragraph).language = Some(Language("da".to_owned()));
    s.line(roman, "En sætning, der begynder her og ", slot);
    s.page("2");
    s.line(roman, "slutter på den næste side.", slot);
}

fn list(s: &mut Setter<'_>, section: TagId) {
    let roman = s.style("SourceSerif4-Regular", 11);
    let list = s.pages.structure.child(section, TagKind::List(ListNumbering::Disc));
    for text in ["First item", "Second item"] {
        let item = s.pages.structure.child(list, TagKind::ListItem);
        let (_, label) = s.element(item, TagKind::Label);
        let (_, body) = s.element(item, TagKind::ListBody);
        s.set(roman, Point::new(LEFT, s.y), "•", label);
        s.set(roman, Point::new(LEFT + Length::pt(12), s.y), text, body);
        s.y += Length::pt(16);
    }
}

fn table(s: &mut Setter<'_>, section: TagId) {
    let sans = s.style("SourceSans3-Regular", 10);
    let bold = s.style("SourceSans3-Semibold", 10);
    let table = s.pages.structure.child(section, TagKind::Table);
    s.pages.structure.tag_mut(table).summary = Some("Columns: Speaker, Room, Day".to_owned());
    let head = s.pages.structure.child(table, TagKind::TableHead);
    let body = s.pages.structure.child(table, TagKind::TableBody);
    let shaded = Rect::new(
        Point::new(LEFT, s.y - Length::pt(11)),
        Size::new(Length::pt(200), Length::pt(14)),
    );
    s.push(Item::Path(Path::rectangle(shaded, Color::Gray(230))));
    // One cell is empty, and yet it is there.
    let rows = [
        ["Speaker", "Room", "Day"],
        ["Liz Rice", "B", "3"],
        ["Nobody", "", "2"],
        ["Somebody", "A", "1"],
        ["Everybody", "C", "3"],
    ];
    for (row, cells) in rows.iter().enumerate() {
        let parent = if row == 0 { head } else { body };
        let tr = s.pages.structure.child(parent, TagKind::TableRow);
        const ONE: CellSpan = CellSpan { rows: 1, columns: 1 };
        for (column, text) in cells.iter().enumerate() {
            let kind = match (row, column) {
                (0, _) => TagKind::TableHeader(Scope::Column, ONE),
                (_, 0) => TagKind::TableHeader(Scope::Row, ONE),
                _ => TagKind::TableData(ONE),
            };
            let (_, slot) = s.element(tr, kind);
            if !text.is_empty() {
                let x = LEFT + Length::pt(100) * column as i64;
                s.set(if row == 0 { bold } else { sans }, Point::new(x, s.y), text, slot);
            }
        }
        s.y += Length::pt(14);
    }
    s.y += Length::pt(10);
}

fn note(s: &mut Setter<'_>, section: TagId) {
    let small = Style { size: Length::pt(8), ..s.style("SourceSerif4-Regular", 8) };
    let note = s.pages.structure.child(section, TagKind::Note);
    s.pages.structure.tag_mut(note).anchor = Some(AnchorId(3));
    let (label, number) = s.element(note, TagKind::Label);
    let (_, text) = s.element(note, TagKind::Paragraph);
    s.arrive(3);
    let area = s.set(small, Point::new(LEFT, s.y), "1", number);
    s.set(small, Point::new(LEFT + Length::pt(10), s.y), "A note at the foot.", text);
    s.link(area, LinkTarget::Anchor(AnchorId(4)), Some(label));
    s.y += Length::pt(20);
}

fn second_page(s: &mut Setter<'_>, section: TagId) {
    let heading = s.style("SourceSans3-Bold", 14);
    let caption = s.style("SourceSerif4Caption-Regular", 8);
    let code = s.style("SourceCodePro-Regular", 9);
    let (tag, slot) = s.element(section, TagKind::Heading(2));
    s.pages.structure.tag_mut(tag).anchor = Some(AnchorId(1));
    s.y += Length::pt(14);
    s.arrive(1);
    s.line(heading, "A second part", slot);
    let (_, slot) = s.element(section, TagKind::Code);
    s.line(code, "fn main() { println!(\"fi\"); }", slot);

    s.arrive(2);
    for (photo, row) in (0..7).zip([0, 0, 0, 1, 1, 1, 2]) {
        let (figure, slot) = s.element(section, TagKind::Figure);
        if photo == 0 {
            s.pages.structure.tag_mut(figure).anchor = Some(AnchorId(2));
            s.pages.structure.tag_mut(figure).alt = Some("Shades of blue.".to_owned());
        }
        let at = Point::new(LEFT + Length::pt(110) * (photo % 3), s.y + Length::pt(90) * row);
        let size = if photo == 1 { (50, 75) } else { (100, 67) };
        s.picture(photo as u32, at, Size::new(Length::pt(size.0), Length::pt(size.1)), slot);
    }
    s.y += Length::pt(275);
    let (_, slot) = s.element(section, TagKind::Caption);
    s.line(caption, "Figure 1. Pictures of all kinds.", slot);
    drawing(s, section);
}

/// A figure that is drawn: a filled and stroked curve.
fn drawing(s: &mut Setter<'_>, section: TagId) {
    let (figure, slot) = s.element(section, TagKind::Figure);
    s.pages.structure.tag_mut(figure).alt = Some("A leaf.".to_owned());
    let at = |x, y| Point::new(LEFT + Length::pt(x), s.y + Length::pt(y));
    let path = Path {
        segments: vec![
            Segment::Move(at(0, 20)),
            Segment::Curve(at(20, -20), at(60, -20), at(80, 20)),
            Segment::Curve(at(60, 60), at(20, 60), at(0, 20)),
            Segment::Close,
        ],
        fill: Some(Color::Rgb(120, 180, 90)),
        stroke: Some((Length::milli_pt(1500), Color::Gray(64))),
        mark: Mark::Content(slot),
    };
    s.push(Item::Path(path));
}
