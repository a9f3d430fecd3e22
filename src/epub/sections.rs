//! The kinds of sections, each as one document: cover, title page, parts, chapters, lists.

use super::document::{Document, Frame, Shared, Written, body_type};
use super::markers::Markers;
use super::names::COVER;
use crate::book::{
    AnchorId, Block, Book, Chapter, Credits, Date, Index, IndexEntry, Inline, Matter, Photo,
    Section, SectionKind, Talk, Terms, Text,
};

/// The cover page: the picture and nothing else (Kobo shows such a file on the whole screen).
pub(super) fn cover(shared: &Shared<'_>) -> Option<Written> {
    let picture = shared.images.cover.as_ref()?;
    let frame = Frame {
        file: COVER.to_owned(),
        title: shared.words.cover.to_owned(),
        title_language: shared.words.spoken,
        language: &shared.book.meta.language,
        body: "cover",
        section: None,
    };
    let mut document = Document::begin(shared, frame, Markers::default());
    document
        .xml
        .open("img")
        .attr("class", "cover")
        .attr("role", "doc-cover")
        .attr("src", &picture.href)
        .attr("alt", &cover_alt(shared.book, shared.words))
        .attr("width", &picture.width.to_string())
        .attr("height", &picture.height.to_string())
        .close()
        .line();
    Some(document.finish())
}

/// A section's document. The contents are written by `nav`, which alone can hold them.
pub(super) fn section(shared: &Shared<'_>, section: &Section, markers: Markers) -> Written {
    let mut document = begin(shared, section, markers);
    match &section.kind {
        SectionKind::TitlePage { subtitle, people, foot } => {
            document.title_page(section, subtitle.as_ref(), people, foot.as_ref());
        }
        SectionKind::Imprint(blocks) => {
            document.open_section(section, Some("copyright-page"), None, "imprint");
            // Its title is not on the printed page, which begins with the first line.
            if let Some(Block::Paragraph(first)) = blocks.first() {
                document.markers_leading(first);
            }
            document.title(section);
            document.blocks(blocks);
        }
        SectionKind::Contents => {
            document.open_section(section, None, None, "contents");
            document.title(section);
        }
        SectionKind::Photographs(entries) => {
            document.open_section(section, Some("loi"), None, "photographs");
            document.title(section);
            document.listed(entries);
        }
        SectionKind::Tables(entries) => {
            document.open_section(section, Some("lot"), None, "tables");
            document.title(section);
            document.listed(entries);
        }
        SectionKind::Part { label } => document.part(section, label),
        SectionKind::Chapter(chapter) => document.chapter(section, chapter),
        SectionKind::Credits(credits) => {
            document.open_section(section, None, Some("doc-credits"), "credits");
            document.title(section);
            document.credits(credits);
        }
        SectionKind::Index(indexes) => {
            document.open_section(section, Some("index"), Some("doc-index"), "index");
            document.title(section);
            document.indexes(indexes);
        }
    }
    document.close_section();
    document.finish()
}

/// The frame of a section's document.
pub(super) fn begin<'a>(
    shared: &'a Shared<'a>,
    section: &'a Section,
    markers: Markers,
) -> Document<'a> {
    let title = section.numbered_title();
    let title_language = section.title.language().map(|language| language.0.as_str());
    let frame = Frame {
        file: shared.names.file(section.id).to_owned(),
        title: if title.trim().is_empty() { shared.book.meta.title.clone() } else { title },
        title_language,
        language: section.language.as_ref().unwrap_or(&shared.book.meta.language),
        body: body_type(section.matter),
        section: Some(section.id),
    };
    Document::begin(shared, frame, markers)
}

/// What the cover shows, for those who do not see it.
fn cover_alt(book: &Book, terms: &Terms) -> String {
    let alt = book
        .cover
        .and_then(|id| book.photos.get(id.0 as usize))
        .map(|photo: &Photo| photo.alt.trim())
        .filter(|alt| !alt.is_empty());
    let words = || match terms.spoken {
        None => format!("{}: {}", terms.cover, super::cover::words(&book.meta)),
        // A word of another language cannot be marked here.
        Some(_) => super::cover::words(&book.meta),
    };
    alt.map_or_else(words, str::to_owned)
}

impl Document<'_> {
    fn open_section(
        &mut self,
        section: &Section,
        kind: Option<&str>,
        role: Option<&str>,
        class: &str,
    ) {
        let label = self.id(section.anchor);
        self.xml
            .open("section")
            .attr_if("epub:type", kind)
            .attr_if("role", role)
            .attr("class", class)
            .attr_if("aria-labelledby", label)
            .line();
        let start = self.markers.take_start();
        self.block_markers(&start);
    }

    /// Markers that found no place go to the end of the section, not behind it.
    fn close_section(&mut self) {
        let rest = self.markers.take_rest();
        self.block_markers(&rest);
        self.xml.close().line();
    }

    /// The section's title, which carries its anchor.
    pub(super) fn title(&mut self, section: &Section) {
        self.markers_leading(&section.title);
        let id = self.id(section.anchor);
        self.xml.open("h1").attr_if("id", id);
        self.number(section.number.as_deref());
        self.text(&section.title);
        self.xml.close().line();
    }

    /// The number before a title or a heading.
    pub(super) fn number(&mut self, number: Option<&str>) {
        if let Some(number) = number {
            self.xml.open("span").attr("class", "number").text(number).close().text(" ");
        }
    }

    fn subtitle(&mut self, subtitle: Option<&Text>) {
        let Some(subtitle) = subtitle else { return };
        self.xml
            .open("p")
            .attr("class", "subtitle")
            .attr("epub:type", "subtitle")
            .attr("role", "doc-subtitle");
        self.text(subtitle);
        self.xml.close().line();
    }

    fn title_page(
        &mut self,
        section: &Section,
        subtitle: Option<&Text>,
        people: &[Text],
        foot: Option<&Text>,
    ) {
        self.open_section(section, Some("titlepage"), None, "titlepage");
        self.title(section);
        self.subtitle(subtitle);
        for person in people {
            self.text_block("p", Some("people"), person);
        }
        if let Some(foot) = foot {
            self.text_block("p", Some("foot"), foot);
        }
    }

    fn part(&mut self, section: &Section, label: &Text) {
        self.open_section(section, Some("part"), Some("doc-part"), "part");
        if !label.inlines.is_empty() {
            self.markers_leading(label);
            self.text_block("p", Some("label"), label);
        }
        self.title(section);
    }

    fn chapter(&mut self, section: &Section, chapter: &Chapter) {
        let (kind, role) = match section.matter {
            Matter::Body => (Some("chapter"), Some("doc-chapter")),
            Matter::Front | Matter::Back => (None, None),
        };
        let class = if chapter.talk.is_some() { "talk" } else { "chapter" };
        self.open_section(section, kind, role, class);
        self.markers_leading(&section.title);
        self.xml.open("header").line();
        self.title(section);
        self.subtitle(chapter.subtitle.as_ref());
        if let Some(talk) = &chapter.talk {
            self.talk(talk);
        }
        self.xml.close().line();
        self.summary(&chapter.summary);
        if let Some(figure) = &chapter.opening {
            self.figure(figure);
        }
        self.text_of_chapter(&chapter.blocks);
        self.notes(&chapter.notes);
    }

    fn summary(&mut self, paragraphs: &[Text]) {
        if paragraphs.is_empty() {
            return;
        }
        self.xml.open("section").attr("epub:type", "abstract").attr("role", "doc-abstract");
        self.xml.attr("class", "abstract").line();
        for text in paragraphs {
            self.text_block("p", None, text);
        }
        self.xml.close().line();
    }

    /// The blocks of a chapter; questions and answers are a section, up to the next heading that
    /// does not stand below theirs.
    fn text_of_chapter(&mut self, blocks: &[Block]) {
        let mut open: Option<u8> = None;
        for block in blocks {
            if let Block::Heading(heading) = block {
                if open.is_some_and(|level| heading.level <= level) {
                    self.xml.close().line();
                    open = None;
                }
                if heading.opens_questions && open.is_none() {
                    let label = self.id(heading.anchor);
                    self.xml.open("section").attr("epub:type", "qna").attr("role", "doc-qna");
                    self.xml.attr_if("aria-labelledby", label).line();
                    open = Some(heading.level);
                }
            }
            self.blocks(std::slice::from_ref(block));
        }
        if open.is_some() {
            self.xml.close().line();
        }
    }

    /// Who spoke, when and where.
    fn talk(&mut self, talk: &Talk) {
        for speaker in &talk.speakers {
            self.xml.open("p").attr("class", "speaker").open("span").attr("class", "name");
            self.text(&speaker.name);
            self.xml.close();
            if let Some(affiliation) = &speaker.affiliation {
                self.xml.text(" ").open("span").attr("class", "affiliation");
                self.text(affiliation);
                self.xml.close();
            }
            self.xml.close().line();
        }
        if let Some(facts) = &talk.facts {
            self.facts(talk, facts);
        }
        if let Some(links) = &talk.links {
            self.text_block("p", Some("links"), links);
        }
    }

    /// The facts, with the day readable for machines: the piece between the middle dots that
    /// names the day and the year, or all of them.
    fn facts(&mut self, talk: &Talk, facts: &Text) {
        self.xml.open("p").attr("class", "facts");
        let (before, day, after) = match (talk.day, facts.inlines.as_slice()) {
            (None, _) => (facts.inlines.clone(), Vec::new(), Vec::new()),
            (Some(day), [Inline::Text(text, span)]) => {
                let (start, end) = day_piece(text, day.year, day.day);
                let piece = |part: &str| vec![Inline::Text(part.to_owned(), *span)];
                (piece(&text[..start]), piece(&text[start..end]), piece(&text[end..]))
            }
            (Some(_), all) => (Vec::new(), all.to_vec(), Vec::new()),
        };
        let mut markers = self.markers.take_within(facts.id).into();
        let mut at = 0;
        for (inlines, is_day) in [(before, false), (day, true), (after, false)] {
            let iso = talk.day.map(Date::iso).filter(|_| is_day && !inlines.is_empty());
            if let Some(iso) = &iso {
                self.xml.open("time").attr("datetime", iso);
            }
            markers = self.inlines_at(&inlines, at, markers);
            at += inlines.iter().map(Inline::text_len).sum::<usize>();
            if iso.is_some() {
                self.xml.close();
            }
        }
        self.remaining_markers(markers);
        self.xml.close().line();
    }

    fn listed(&mut self, entries: &[IndexEntry]) {
        self.xml.open("ol").attr("class", "plain").line();
        for entry in entries {
            self.xml.open("li");
            match entry.targets.as_slice() {
                [(target, _)] => self.linked_text(&entry.text, *target),
                targets => {
                    self.text(&entry.text);
                    self.targets(targets);
                }
            }
            self.xml.close().line();
        }
        self.xml.close().line();
    }

    fn linked_text(&mut self, text: &Text, target: AnchorId) {
        self.markers_in_line(text);
        let href = self.href(target);
        self.xml.open("a").attr("href", &href);
        self.linked(text);
        self.xml.close();
    }

    fn credits(&mut self, credits: &Credits) {
        self.xml.open("ul").attr("class", "plain").line();
        for credit in &credits.entries {
            self.xml.open("li").line();
            self.text_block("p", None, &credit.text);
            let words = self.shared.words;
            if self.shared.book.cover == Some(credit.photo) {
                self.place(COVER, words.cover, words.spoken);
            }
            for figure in &credit.figures {
                let (href, title) = (self.href(figure.0), self.figure_title(figure));
                self.place(&href, &title, None);
            }
            self.xml.close().line();
        }
        self.xml.close().line();
        if credits.licences.is_empty() {
            return;
        }
        self.xml.open("ul").attr("class", "plain licences").line();
        for licence in &credits.licences {
            self.xml.open("li").line();
            self.text_block("p", None, licence);
            self.xml.close().line();
        }
        self.xml.close().line();
    }

    /// Where a picture is shown, in a language of its own if the book's has no words for it.
    fn place(&mut self, href: &str, title: &str, language: Option<&str>) {
        self.xml.open("p").open("a").attr("href", href);
        self.xml.attr_if("lang", language).attr_if("xml:lang", language).text(title).close();
        self.xml.close().line();
    }

    fn indexes(&mut self, indexes: &[Index]) {
        for index in indexes {
            self.markers_leading(&index.title);
            let id = self.id(index.anchor);
            self.xml.open("h2").attr_if("id", id);
            self.text(&index.title);
            self.xml.close().line().open("ul").attr("class", "plain").line();
            for entry in &index.entries {
                self.xml.open("li").attr("epub:type", "index-entry");
                self.xml.open("span").attr("epub:type", "index-term");
                self.text(&entry.text);
                self.xml.close().line();
                self.targets(&entry.targets);
                self.xml.close().line();
            }
            self.xml.close().line();
        }
    }

    /// Where an entry leads, as a list of its own.
    fn targets(&mut self, targets: &[(AnchorId, String)]) {
        if targets.is_empty() {
            return;
        }
        self.xml.open("ul").line();
        for (target, words) in targets {
            let href = self.href(*target);
            self.xml.open("li").open("a").attr("href", &href).text(words).close().close().line();
        }
        self.xml.close().line();
    }

    /// "Figure 3, The harbour": the number of a figure that has one, and the section it stands in.
    fn figure_title(&self, (figure, number): &(AnchorId, Option<String>)) -> String {
        let title = self.section_title(*figure);
        match number {
            Some(number) => format!("{number}, {title}"),
            None => title,
        }
    }

    /// The title of the section that holds an anchor.
    fn section_title(&self, target: AnchorId) -> String {
        let section = self.shared.book.section_of(target);
        section.map_or_else(String::new, |section| section.title.plain())
    }
}

/// The bytes of the piece between middle dots that names a day: the one with the year and the
/// day's number in it.
fn day_piece(facts: &str, year: u16, day: u8) -> (usize, usize) {
    let (year, day) = (year.to_string(), day.to_string());
    let mut start = 0;
    for piece in facts.split('·') {
        let end = start + piece.len();
        let has = |number: &str| piece.split(|c: char| !c.is_ascii_digit()).any(|w| w == number);
        if has(&year) && has(&day) {
            let lead = piece.len() - piece.trim_start().len();
            return (start + lead, start + piece.trim_end().len());
        }
        start = end + '·'.len_utf8();
    }
    (0, facts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_found_between_the_dots() {
        let facts = "Keynote · Friday, May 4, 2018 · Room 4";
        let (start, end) = day_piece(facts, 2018, 4);
        assert_eq!(&facts[start..end], "Friday, May 4, 2018");
        assert_eq!(day_piece("Friday", 2018, 4), (0, 6));
    }
}
