//! Whole sections: openings of chapters and parts, and the pages the book makes itself (title page,
//! imprint, contents, lists, credits, indexes).

use crate::book::{
    AnchorId, Chapter, ContentsEntry, Credit, Credits, Index, IndexEntry, Inline, NodeId, Section,
    SectionKind, Talk, Target, Text,
};
use crate::geom::{Length, Point, Rect, Size};
use crate::project::{ContentsPlace, Opening};

use super::column::{Column, shift};
use super::design::{Align, Style};
use super::galley::{Galley, Row, Setter};
use super::inline::flatten;
use super::numbers;
use super::pages::{Color, Item, Kid, ListNumbering, Path, TagId, TagKind};
use super::paragraph::{Setting, set};

/// A line of the contents or of a list.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t Text,
    number: Option<&'t str>,
    target: AnchorId,
    tag: TagId,
}

/// Sets a section; node 0 of the setter's structure becomes its element.
pub(super) fn set_section(setter: &mut Setter<'_>, section: &Section) -> Galley {
    setter.speak(section.language.as_ref());
    let kind = match &section.kind {
        SectionKind::Part { .. } => TagKind::Part,
        SectionKind::TitlePage { .. }
        | SectionKind::Imprint(_)
        | SectionKind::Contents
        | SectionKind::Photographs(_)
        | SectionKind::Tables(_)
        | SectionKind::Chapter(_)
        | SectionKind::Credits(_)
        | SectionKind::Index(_) => TagKind::Section,
    };
    let tag = setter.structure.add(kind);
    setter.structure.tag_mut(tag).anchor = Some(section.anchor);
    setter.structure.tag_mut(tag).language = section.language.clone();
    let mut column = Column::new(setter, tag);
    column.anchors.push(section.anchor);
    match &section.kind {
        SectionKind::TitlePage { subtitle, people, foot } => {
            column.title_page(section, subtitle.as_ref(), people, foot.as_ref());
        }
        SectionKind::Imprint(blocks) => column.imprint(blocks),
        SectionKind::Contents => column.contents(section),
        SectionKind::Photographs(entries) | SectionKind::Tables(entries) => {
            column.listed(section, entries);
        }
        SectionKind::Part { label } => column.part(section, label),
        SectionKind::Chapter(chapter) => column.chapter(section, chapter),
        SectionKind::Credits(credits) => column.credits(section, credits),
        SectionKind::Index(indexes) => column.indexes(section, indexes),
    }
    column.notes();
    let mut galley = column.galley;
    galley.settle_notes();
    if let Some(first) = galley.rows.first_mut() {
        first.running = Some(section.running.clone());
    }
    galley
}

impl Column<'_, '_> {
    fn chapter(&mut self, section: &Section, chapter: &Chapter) {
        self.sink();
        let facts = chapter.talk.as_ref().and_then(|t| t.facts.as_ref());
        // Seen above the title, but read after the speakers: the structure begins with its heading.
        let facts_tag = facts.map(|_| self.setter.structure.add(TagKind::Paragraph));
        if let (Some(facts), Some(tag)) = (facts, facts_tag) {
            let style = self.setter.design.styles.label;
            self.tagged_line(facts, &style, tag);
            self.space(self.setter.design.leading / 5);
        }
        self.title(section);
        if let Some(subtitle) = &chapter.subtitle {
            let style = self.setter.design.styles.subtitle;
            self.space(self.setter.design.leading / 4);
            self.opening_line(subtitle, &style, TagKind::Paragraph);
        }
        if let Some(talk) = &chapter.talk {
            self.speakers(talk, facts_tag);
        }
        self.space(self.below_opening());
        self.summary(&chapter.summary);
        if let Some(figure) = &chapter.opening {
            self.figure(figure);
            self.keep_with_next();
            if let Some(row) = self.galley.rows.last_mut() {
                row.float = None;
            }
            self.space(self.setter.design.leading);
        }
        self.indent_next = false;
        self.main_text(&chapter.blocks);
    }

    fn speakers(&mut self, talk: &Talk, facts: Option<TagId>) {
        let (name, affiliation, label) = {
            let styles = &self.setter.design.styles;
            (styles.speaker, styles.affiliation, styles.label)
        };
        self.space(self.setter.design.leading / 2);
        for speaker in &talk.speakers {
            self.opening_line(&speaker.name, &name, TagKind::Paragraph);
            if let Some(text) = &speaker.affiliation {
                self.opening_line(text, &affiliation, TagKind::Paragraph);
            }
            self.space(self.setter.design.leading / 5);
        }
        let outer = self.tag;
        self.setter.structure.tag_mut(outer).kids.extend(facts.map(Kid::Tag));
        if let Some(links) = &talk.links {
            self.opening_line(links, &label, TagKind::Paragraph);
        }
    }

    fn part(&mut self, section: &Section, label: &Text) {
        let lines = if self.setter.design.opening == Opening::RunOn { 1 } else { 9 };
        self.push_blank(self.setter.design.leading * lines);
        let style = self.setter.design.styles.label;
        self.opening_line(label, &style, TagKind::Paragraph);
        self.title(section);
        self.space(self.setter.design.leading * 2);
        if self.setter.design.opening != Opening::RunOn
            && let Some(last) = self.galley.rows.last_mut()
        {
            last.break_after = Some(0);
        }
    }

    /// The empty space above a title.
    fn sink(&mut self) {
        let design = self.setter.design;
        match design.opening {
            Opening::Recto | Opening::Page => {
                self.push_blank(design.leading.scale(design.spacing.sink, 1_000));
            }
            Opening::RunOn => self.space(design.leading * 3),
        }
    }

    fn below_opening(&self) -> Length {
        let design = self.setter.design;
        design.leading.scale(design.spacing.below_opening, 1_000)
    }

    fn push_blank(&mut self, height: Length) {
        let mut row = Row::blank(height);
        row.break_after = None;
        self.push(row);
    }

    fn title(&mut self, section: &Section) {
        let style = self.setter.design.styles.title;
        let tag = self.setter.structure.child(self.tag, TagKind::Heading(1));
        self.opening_rows(|column| {
            column.numbered_paragraph(section.number.as_deref(), &section.title, &style, tag);
        });
    }

    /// A paragraph of an opening: ragged, kept with what follows.
    fn opening_line(&mut self, text: &Text, style: &Style, kind: TagKind) {
        let tag = self.setter.structure.child(self.tag, kind);
        self.tagged_line(text, style, tag);
    }

    /// The same in an element that exists.
    fn tagged_line(&mut self, text: &Text, style: &Style, tag: TagId) {
        self.opening_rows(|column| column.paragraph(text, style, tag, Length::ZERO));
    }

    fn opening_rows(&mut self, inner: impl FnOnce(&mut Self)) {
        let grid = std::mem::replace(&mut self.grid, false);
        let from = self.galley.rows.len();
        inner(self);
        for row in &mut self.galley.rows[from..] {
            row.break_after = None;
        }
        self.grid = grid;
    }

    fn title_page(
        &mut self,
        section: &Section,
        subtitle: Option<&Text>,
        people: &[Text],
        foot: Option<&Text>,
    ) {
        let design = self.setter.design;
        let first_page = design.contents == ContentsPlace::FirstPage;
        let styles = design.styles.clone();
        self.push_blank(if first_page { design.leading } else { design.depth.scale(20, 100) });
        let title = if first_page { styles.title } else { styles.book_title };
        self.opening_line(&section.title, &title, TagKind::Heading(1));
        self.space(design.leading / 2);
        if let Some(subtitle) = subtitle {
            self.opening_line(subtitle, &styles.subtitle, TagKind::Paragraph);
        }
        self.space(if first_page { design.leading / 2 } else { design.leading * 2 });
        for person in people {
            self.opening_line(person, &styles.speaker, TagKind::Paragraph);
        }
        if let Some(foot) = foot {
            if first_page {
                self.opening_line(foot, &styles.affiliation, TagKind::Paragraph);
            } else {
                self.fill_to_last(1);
                self.opening_line(foot, &styles.affiliation, TagKind::Paragraph);
            }
        }
        self.space(design.leading * 2);
        if let Some(last) = self.galley.rows.last_mut() {
            last.break_after = Some(0);
        }
    }

    /// Pushes empty space so that `lines` more lines end the page.
    fn fill_to_last(&mut self, lines: i64) {
        let design = self.setter.design;
        let used: Length = self.galley.rows.iter().map(|r| r.space + r.height).sum();
        let rest = design.depth - used - std::mem::take(&mut self.after) - design.leading * lines;
        if rest > Length::ZERO {
            self.push_blank(rest);
        }
    }

    fn imprint(&mut self, blocks: &[crate::book::Block]) {
        let design = self.setter.design;
        let note = design.styles.note;
        let features = crate::font::Features::LINING;
        self.style = Style { align: Align::Start, hyphenate: false, features, ..note };
        self.grid = false;
        let rows = self.aside(|column| {
            for block in blocks {
                column.indent_next = false;
                column.blocks(std::slice::from_ref(block));
                column.space(note.leading / 2);
            }
        });
        let used: Length = rows.iter().map(|r| r.space + r.height).sum();
        if design.contents == ContentsPlace::FirstPage {
            self.space(design.leading * 3);
        } else if used < design.depth {
            self.push_blank(design.depth - used);
        }
        for row in rows {
            self.push(row);
        }
    }

    fn page_heading(&mut self, section: &Section) {
        if self.setter.design.opening == Opening::RunOn {
            self.space(self.setter.design.leading * 3);
        } else {
            self.push_blank(self.setter.design.leading);
        }
        self.title(section);
        self.space(self.below_opening());
    }

    fn contents(&mut self, section: &Section) {
        if self.setter.design.contents == ContentsPlace::FirstPage {
            let style = self.setter.design.styles.headings[0];
            self.space(self.setter.design.leading);
            self.opening_line(&section.title, &style, TagKind::Heading(1));
            self.space(self.setter.design.leading / 2);
        } else {
            self.page_heading(section);
        }
        self.grid = false;
        let tag = self.setter.structure.child(self.tag, TagKind::Toc);
        let entries = self.setter.book.contents.clone();
        self.contents_entries(&entries, tag, Length::ZERO);
    }

    fn contents_entries(&mut self, entries: &[ContentsEntry], tag: TagId, indent: Length) {
        let styles = self.setter.design.styles.clone();
        let leading = self.setter.design.leading;
        let numbers = entries.iter().filter_map(|entry| entry.number.as_deref());
        let widths = numbers.map(|n| self.label_width(&numbers::label(n), &styles.entry));
        let widest = widths.max().unwrap_or(Length::ZERO);
        for entry in entries {
            let item = self.setter.structure.child(tag, TagKind::TocItem);
            let has_more = !entry.children.is_empty();
            // Chapters may have their headings below them.
            let section = self.setter.book.section_of(entry.target);
            let is_part = section.is_some_and(|s| matches!(s.kind, SectionKind::Part { .. }));
            let is_heading = section.is_some_and(|s| s.anchor != entry.target);
            if is_part || has_more && !is_heading {
                self.space(leading / 3);
            }
            let style = if is_part { styles.headings[1] } else { styles.entry };
            let (number, target) = (entry.number.as_deref(), entry.target);
            let hang = if number.is_some() { widest } else { Length::ZERO };
            let line = Line { text: &entry.text, number, target, tag: item };
            self.entry_line(&line, &style, (indent, hang));
            if let Some(speakers) = &entry.speakers {
                self.keep_with_next();
                let text = self.label_text(speakers, entry.text.span);
                let line = self.setter.structure.child(item, TagKind::Paragraph);
                self.indented(indent + hang, |column| {
                    column.paragraph(&text, &styles.entry_detail, line, Length::ZERO);
                });
                self.space(leading / 6);
            }
            if has_more {
                self.keep_with_next();
                let inner = self.setter.structure.child(item, TagKind::Toc);
                // Below a number, as its words are.
                let below = if is_part { styles.entry.size } else { hang.max(styles.entry.size) };
                self.contents_entries(&entry.children, inner, indent + below);
                self.space(leading / 3);
            }
        }
    }

    fn label_text(&self, text: &str, span: crate::source::Span) -> Text {
        Text { id: NodeId(u32::MAX), span, inlines: vec![Inline::Text(text.to_owned(), span)] }
    }

    pub(super) fn indented<T>(&mut self, indent: Length, inner: impl FnOnce(&mut Self) -> T) -> T {
        let shift = if self.setter.right_to_left { Length::ZERO } else { indent };
        self.left += shift;
        self.measure -= indent;
        let result = inner(self);
        self.left -= shift;
        self.measure += indent;
        result
    }

    /// A line that ends in a leader and a page number, which is the link. Its number stands against
    /// the words, which begin at `indent` and `hang`.
    fn entry_line(&mut self, line: &Line<'_>, style: &Style, (indent, hang): (Length, Length)) {
        let Line { text, target, tag, .. } = *line;
        let number = Style { align: Align::End, ..*style };
        let room = self.setter.design.styles.entry.size.scale(280, 100);
        let label = line.number.map(numbers::label).unwrap_or_default();
        let width = self.label_width(&label, style);
        let before = Inline::Text(label, text.span);
        let content = std::iter::once(before).chain(text.inlines.iter().cloned()).collect();
        let linked = Text {
            inlines: vec![Inline::Link {
                target: Target::Anchor(target),
                content,
                span: text.span,
            }],
            ..text.clone()
        };
        let page = Text {
            id: NodeId(u32::MAX),
            span: text.span,
            inlines: vec![Inline::Link {
                target: Target::Anchor(target),
                content: vec![Inline::PageNumber(target, text.span)],
                span: text.span,
            }],
        };
        let from = self.galley.rows.len();
        let right_to_left = self.setter.right_to_left;
        let outer = self.left;
        self.left += if right_to_left { room } else { indent + hang };
        self.measure -= indent + hang + room;
        let ragged = Style { align: Align::Start, hyphenate: false, ..*style };
        let flat = flatten(self.setter, &linked, &ragged, tag);
        let setting = Setting::new(self.measure, -width);
        let lines = set(self.setter, &flat, &ragged, setting);
        let last_width = match lines.as_slice() {
            [] => Length::ZERO,
            // The number stands left of where the words begin.
            [only] => only.width - width,
            [.., last] => last.width,
        };
        for line in lines {
            let mut row = self.line(line, &ragged);
            row.break_after = None;
            self.push(row);
        }
        self.measure += room;
        if right_to_left {
            self.left = outer;
        }
        let page_flat = flatten(self.setter, &page, &number, tag);
        let set_page =
            set(self.setter, &page_flat, &number, Setting::new(self.measure, Length::ZERO));
        if let (Some(line), Some(row)) = (set_page.into_iter().next(), self.galley.rows.last_mut())
        {
            let gap = style.size / 2;
            let (start, end) = if right_to_left {
                (self.left + line.width + gap, self.left + self.measure - last_width - gap)
            } else {
                (self.left + last_width + gap, self.left + self.measure - line.width - gap)
            };
            row.items.extend(leader(start, end, row.baseline, style.size));
            for mut item in line.items {
                shift(&mut item, self.left, row.baseline);
                row.items.push(item);
            }
            row.break_after = Some(100);
        }
        self.left = outer;
        self.measure += indent + hang;
        debug_assert!(self.galley.rows.len() >= from, "rows are only added");
    }

    fn listed(&mut self, section: &Section, entries: &[IndexEntry]) {
        self.page_heading(section);
        self.grid = false;
        let tag = self.setter.structure.child(self.tag, TagKind::Toc);
        let style = self.setter.design.styles.entry;
        for entry in entries {
            let item = self.setter.structure.child(tag, TagKind::TocItem);
            if let Some((target, _)) = entry.targets.first() {
                let line = Line { text: &entry.text, number: None, target: *target, tag: item };
                self.entry_line(&line, &style, (Length::ZERO, Length::ZERO));
                self.space(style.leading / 5);
            }
        }
    }

    /// The pictures by page, then where the licences can be read, each once.
    fn credits(&mut self, section: &Section, credits: &Credits) {
        self.page_heading(section);
        self.grid = false;
        let list = self.setter.structure.child(self.tag, TagKind::List(ListNumbering::None));
        let features = crate::font::Features::LINING;
        let body = self.setter.design.styles.body;
        let style = Style { align: Align::Start, hyphenate: false, features, ..body };
        let mut entries: Vec<&Credit> = credits.entries.iter().collect();
        entries.sort_by_key(|credit| self.first_page(&credit.places()));
        for credit in entries {
            let mut text = credit.text.clone();
            self.append_places(&mut text, &credit.places());
            self.hanging_entry(&text, &style, list);
            self.space(style.leading / 2);
        }
        if credits.licences.is_empty() {
            return;
        }
        self.space(style.leading / 2);
        let list = self.setter.structure.child(self.tag, TagKind::List(ListNumbering::None));
        for licence in &credits.licences {
            self.hanging_entry(licence, &style, list);
        }
    }

    /// An entry whose further lines are indented.
    fn hanging_entry(&mut self, text: &Text, style: &Style, list: TagId) {
        let item = self.setter.structure.child(list, TagKind::ListItem);
        let body = self.setter.structure.child(item, TagKind::ListBody);
        let hang = style.size.scale(160, 100);
        self.indented(hang, |column| column.paragraph(text, style, body, -hang));
    }

    fn indexes(&mut self, section: &Section, indexes: &[Index]) {
        self.page_heading(section);
        self.grid = false;
        let style = self.setter.design.styles.index;
        let tag = self.setter.structure.child(self.tag, TagKind::Index);
        let outer = std::mem::replace(&mut self.tag, tag);
        for index in indexes {
            let heading = self.setter.design.styles.headings[0];
            self.anchors.push(index.anchor);
            self.space(style.leading);
            self.opening_line(&index.title, &heading, TagKind::Heading(2));
            self.space(style.leading / 4);
            let list = self.setter.structure.child(self.tag, TagKind::List(ListNumbering::None));
            for entry in &index.entries {
                let mut text = entry.text.clone();
                self.append_pages(&mut text, entry.targets.iter().map(|(a, _)| *a));
                self.hanging_entry(&text, &style, list);
            }
        }
        self.tag = outer;
    }
}

/// Dots from `start` to `end` on a common grid, so that the leaders of all lines stand in columns.
fn leader(start: Length, end: Length, baseline: Length, size: Length) -> Option<Item> {
    let step = size.scale(55, 100);
    let dot = size.scale(7, 100);
    let mut segments = Vec::new();
    let mut x = Length(end.0.div_euclid(step.0.max(1)) * step.0);
    while x > start {
        let area = Rect::new(Point::new(x, baseline - dot), Size::new(dot, dot));
        segments.extend(Path::rectangle(area, Color::BLACK).segments);
        x -= step;
    }
    if segments.is_empty() {
        return None;
    }
    let mark = super::pages::Mark::Layout;
    Some(Item::Path(Path { segments, fill: Some(Color::Gray(90)), stroke: None, mark }))
}
