//! Text: what stands in a line, with page markers at the very byte where a page begins.
//!
//! Links are never nested, so a note's call inside a link is written behind it. A page that begins
//! inside of one is marked there: a marker is no link, and its place is where print breaks.

use std::collections::VecDeque;

use super::document::Document;
use super::markers::Marker;
use crate::book::{AnchorId, Inline, Language, NoteId, PhotoId, Target, Text};

/// What a run of text needs to know while it is written.
#[derive(Debug, Default)]
struct Run {
    /// Bytes of text before this point, as [`Inline::text_len`] counts.
    at: usize,
    /// Markers still to come, in order.
    markers: VecDeque<(usize, Marker)>,
    /// Inside a link.
    in_link: bool,
    /// Calls that wait for the end of the link.
    waiting: Vec<NoteId>,
    /// Where the last call stands.
    called_at: Option<usize>,
}

impl<'a> Document<'a> {
    /// Writes a text with the markers in it.
    pub(super) fn text(&mut self, text: &Text) {
        let markers = self.markers.take_within(text.id).into();
        let rest = self.inlines_at(&text.inlines, 0, markers);
        self.remaining_markers(rest);
    }

    /// Writes a text inside of a link: its own links are only their words.
    pub(super) fn linked(&mut self, text: &Text) {
        let markers = self.markers.take_within(text.id).into();
        let mut run = Run { in_link: true, markers, ..Run::default() };
        self.run(&text.inlines, &mut run);
        self.remaining_markers(run.markers);
    }

    /// Writes the markers of a text that is going to be a link, before it.
    pub(super) fn markers_in_line(&mut self, text: &Text) {
        let markers = self.markers.take_within(text.id).into();
        self.remaining_markers(markers);
    }

    /// Writes a piece of a text that begins at the offset `at`; gives the markers that are left.
    pub(super) fn inlines_at(
        &mut self,
        inlines: &[Inline],
        at: usize,
        markers: VecDeque<(usize, Marker)>,
    ) -> VecDeque<(usize, Marker)> {
        let mut run = Run { at, markers, ..Run::default() };
        self.run(inlines, &mut run);
        run.markers
    }

    /// Writes the markers that are left at the end of a text.
    pub(super) fn remaining_markers(&mut self, markers: VecDeque<(usize, Marker)>) {
        for (_, marker) in markers {
            self.marker(&marker);
        }
    }

    /// Writes a text as a block of its own.
    pub(super) fn text_block(&mut self, element: &'static str, class: Option<&str>, text: &Text) {
        self.xml.open(element).attr_if("class", class);
        self.text(text);
        self.xml.close().line();
    }

    /// Writes characters that begin at the offset `at` with the markers before and within them;
    /// gives the markers that are left. For listings, whose tokens are no inlines.
    pub(super) fn characters(
        &mut self,
        characters: &str,
        at: usize,
        markers: VecDeque<(usize, Marker)>,
    ) -> VecDeque<(usize, Marker)> {
        let mut run = Run { at, markers, ..Run::default() };
        self.due(&mut run, at);
        self.split(characters, &mut run);
        run.markers
    }

    fn run(&mut self, inlines: &[Inline], run: &mut Run) {
        for inline in inlines {
            match inline {
                Inline::Text(text, _) => self.split(text, run),
                Inline::Code(code, _) => {
                    let is_turned = self.language.is_right_to_left();
                    self.xml.open("code").attr_if("dir", is_turned.then_some("ltr"));
                    self.split(code, run);
                    self.xml.close();
                }
                Inline::Emphasis(content) => self.marked("em", content, run),
                Inline::Strong(content) => self.marked("strong", content, run),
                Inline::Strikethrough(content) => self.marked("s", content, run),
                Inline::Superscript(content) => self.marked("sup", content, run),
                Inline::Subscript(content) => self.marked("sub", content, run),
                Inline::Keyboard(content) => self.marked("kbd", content, run),
                Inline::Highlight(content) => self.marked("mark", content, run),
                Inline::Abbreviation(words, content) => {
                    self.xml.open("abbr").attr("title", words);
                    self.run(content, run);
                    self.xml.close();
                }
                Inline::Foreign(language, content) => self.foreign(language, content, run),
                Inline::Link { target, content, .. } => self.link(target, content, run),
                Inline::Note(note, _) if run.in_link => run.waiting.push(*note),
                Inline::Note(note, _) => self.note_call(*note, run),
                Inline::PageNumber(anchor, _) => self.page_number(*anchor, run.in_link),
                Inline::Image(photo, _) => self.inline_image(*photo),
                Inline::Math(formula) => {
                    self.due(run, run.at);
                    self.math(formula);
                }
                Inline::Break => {
                    self.due(run, run.at);
                    self.xml.open("br").close();
                    run.at += 1;
                }
            }
        }
    }

    fn marked(&mut self, element: &'static str, content: &[Inline], run: &mut Run) {
        self.xml.open(element);
        self.run(content, run);
        self.xml.close();
    }

    fn foreign(&mut self, language: &Language, content: &[Inline], run: &mut Run) {
        let is_turned = language.is_right_to_left() != self.language.is_right_to_left();
        let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
        self.xml
            .open("span")
            .attr("lang", &language.0)
            .attr("xml:lang", &language.0)
            .attr_if("dir", is_turned.then_some(direction));
        self.run(content, run);
        self.xml.close();
    }

    fn link(&mut self, target: &Target, content: &[Inline], run: &mut Run) {
        if run.in_link {
            return self.run(content, run);
        }
        self.due(run, run.at);
        let href = match target {
            Target::Anchor(anchor) => self.href(*anchor),
            Target::Url(url) => address(url),
        };
        self.xml.open("a").attr("href", &href);
        self.xml.attr_if("dir", self.is_turned_address(target, content).then_some("ltr"));
        run.in_link = true;
        match self.words_without_pages(target, content) {
            Some(title) => {
                self.xml.text(&title);
                run.at += content.iter().map(Inline::text_len).sum::<usize>();
            }
            None => self.run(content, run),
        }
        run.in_link = false;
        self.xml.close();
        for note in std::mem::take(&mut run.waiting) {
            self.note_call(note, run);
        }
    }

    /// Whether a link shows an address in text from right to left: it is read from left to right, and
    /// its last sign is a part of it.
    fn is_turned_address(&self, target: &Target, content: &[Inline]) -> bool {
        let Target::Url(url) = target else { return false };
        let shows = |text: &str| !text.is_empty() && url.ends_with(text);
        self.language.is_right_to_left()
            && matches!(content, [Inline::Text(text, _)] if shows(text))
    }

    /// What a link with a page's number says in a book without pages: the title of what it leads
    /// to, alone.
    fn words_without_pages(&self, target: &Target, content: &[Inline]) -> Option<String> {
        let Target::Anchor(anchor) = target else { return None };
        let names_page = content.iter().any(|inline| matches!(inline, Inline::PageNumber(..)));
        (names_page && self.page_label(*anchor).is_none())
            .then(|| self.shared.book.section_of(*anchor))
            .flatten()
            .map(|section| section.title.plain())
    }

    /// The superior number, with a comma where it stands behind another one: else two would be read as
    /// one. Only the first call can be led back to.
    fn note_call(&mut self, id: NoteId, run: &mut Run) {
        let Some(note) = self.shared.book.notes.get(id.0 as usize) else { return };
        let call = self.id(note.call).filter(|_| self.called.insert(id));
        let href = self.href(note.anchor);
        self.xml.open("sup").attr("class", "noteref");
        if run.called_at.replace(run.at) == Some(run.at) {
            self.xml.open("span").attr("class", "between-calls").text(",").close();
        }
        self.xml
            .open("a")
            .attr("epub:type", "noteref")
            .attr("role", "doc-noteref")
            .attr_if("id", call)
            .attr("href", &href)
            .text(&note.label)
            .close()
            .close();
    }

    /// The label of the page an anchor stands on; without pages, the title of its section.
    fn page_number(&mut self, target: AnchorId, in_link: bool) {
        let (label, section) = (self.page_label(target), self.shared.book.section_of(target));
        let words = match (label, section) {
            (Some(label), _) => label.to_owned(),
            (None, Some(section)) => section.title.plain(),
            (None, None) => return,
        };
        if in_link {
            self.xml.text(&words);
        } else {
            let href = self.href(target);
            self.xml.open("a").attr("href", &href).text(&words).close();
        }
    }

    /// The label of the page on which an anchor stands in print.
    fn page_label(&self, target: AnchorId) -> Option<&'a str> {
        let label = self.shared.map?.anchors.get(target.0 as usize)?;
        (!label.is_empty()).then_some(label.as_str())
    }

    fn inline_image(&mut self, photo: PhotoId) {
        self.image(photo, Some("inline"), None);
    }

    /// An `img` with its measures and its words, and the id of its long description. Around a drawing
    /// stands a `picture`: whoever does not know that, or does not show drawings, sees the pixels that
    /// stand in for it.
    pub(super) fn image(&mut self, id: PhotoId, class: Option<&str>, details: Option<&str>) {
        let Some(picture) = self.shared.images.get(id) else { return };
        let Some(photo) = self.shared.book.photos.get(id.0 as usize) else { return };
        let alt = if photo.decorative { "" } else { &photo.alt };
        let classes: Vec<&str> =
            class.into_iter().chain(picture.is_clear.then_some("clear")).collect();
        let class = (!classes.is_empty()).then(|| classes.join(" "));
        if picture.fallback.is_some() {
            self.xml.open("picture").open("source");
            self.xml.attr("srcset", &picture.href).attr("type", picture.media_type).close();
        }
        let file = picture.fallback.as_deref().unwrap_or(picture);
        self.xml
            .open("img")
            .attr_if("class", class.as_deref())
            .attr("src", &file.href)
            .attr("alt", alt)
            .attr_if("role", photo.decorative.then_some("presentation"))
            .attr_if("aria-details", details)
            .attr("width", &picture.width.to_string())
            .attr("height", &picture.height.to_string())
            .close();
        if picture.fallback.is_some() {
            self.xml.close();
        }
    }

    /// Writes characters, interrupted by the markers that are due within them.
    fn split(&mut self, text: &str, run: &mut Run) {
        let mut rest = text;
        while let Some((offset, _)) = run.markers.front() {
            let mut ahead = offset.saturating_sub(run.at);
            if ahead >= rest.len() {
                break;
            }
            while !rest.is_char_boundary(ahead) {
                ahead -= 1;
            }
            let (before, after) = rest.split_at(ahead);
            if !before.is_empty() {
                self.xml.text(before);
            }
            run.at += before.len();
            rest = after;
            if let Some((_, marker)) = run.markers.pop_front() {
                self.marker(&marker);
            }
        }
        if !rest.is_empty() {
            self.xml.text(rest);
        }
        run.at += rest.len();
    }

    /// Writes the markers up to and at an offset.
    fn due(&mut self, run: &mut Run, offset: usize) {
        while run.markers.front().is_some_and(|(at, _)| *at <= offset) {
            if let Some((_, marker)) = run.markers.pop_front() {
                self.marker(&marker);
            }
        }
    }

    fn marker(&mut self, marker: &Marker) {
        self.inline_marker(marker);
        self.markers.wrote(std::slice::from_ref(marker));
    }
}

/// An address as attributes can hold it: characters that no URL has are percent-encoded; those of
/// other scripts may stay (EPUB 3.3 §6.1.1 takes URL strings, which include them).
pub(crate) fn address(url: &str) -> String {
    // Square brackets belong into addresses of machines, before the path, and nowhere else.
    let host = url.find("://").map_or(0, |at| at + 3);
    let path = url[host..].find(['/', '?', '#']).map_or(url.len(), |at| host + at);
    let mut out = String::with_capacity(url.len());
    let mut fragments = 0;
    for (at, c) in url.char_indices() {
        fragments += usize::from(c == '#');
        let is_forbidden = match c {
            '%' => !is_escape(&url.as_bytes()[at + 1..]),
            '#' => fragments > 1,
            '[' | ']' => at >= path,
            c => c.is_control() || " \"<>\\^`{|}".contains(c),
        };
        if is_forbidden {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether what follows a percent sign makes it an escape.
fn is_escape(after: &[u8]) -> bool {
    after.len() >= 2 && after[..2].iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_no_forbidden_characters() {
        assert_eq!(address("https://a.org/x?y=1&z#f"), "https://a.org/x?y=1&z#f");
        assert_eq!(
            address("https://a.org/a b{c}|%zz%20#x#y"),
            "https://a.org/a%20b%7Bc%7D%7C%25zz%20#x%23y"
        );
        assert_eq!(address("https://a.org/%"), "https://a.org/%25");
        assert_eq!(address("https://[::1]/?q=[x]"), "https://[::1]/?q=%5Bx%5D");
        assert_eq!(address("https://a.org?[x]"), "https://a.org?%5Bx%5D");
        assert_eq!(address("https://a.org/ø"), "https://a.org/ø");
    }
}
