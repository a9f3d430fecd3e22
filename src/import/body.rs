//! The Markdown of a chapter: the post's own, with headings raised, pictures and links renamed,
//! HTML translated, and the notes and definitions that the chapter needs from elsewhere.
//!
//! Everything that needs no change is taken over byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::html;
use super::pictures::{Pictures, Refused};
use super::rewritten::Rewritten;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::manuscript::options;
use crate::project::Store;
use crate::source::{FileId, Span};

/// A post on its way into chapters.
pub(super) struct Post<'a> {
    /// Which of the posts.
    pub(super) number: usize,
    pub(super) file: FileId,
    /// The folder it lies in.
    pub(super) store: &'a Store,
    /// Its Markdown.
    pub(super) text: &'a Rewritten,
    /// How many levels its headings are raised.
    pub(super) raise: u8,
    /// Where anchors of headings lead in the book.
    pub(super) anchors: &'a BTreeMap<String, String>,
    /// The address of the site, for links to its other pages.
    pub(super) site: Option<&'a str>,
}

/// What is to be changed in a post, and what its chapters may need.
pub(super) struct Edits {
    list: Vec<(Range<usize>, String)>,
    /// Definitions of notes and of links, by label: their bytes.
    notes: BTreeMap<String, Range<usize>>,
    links: BTreeMap<String, String>,
    /// Labels of links that lead nowhere.
    dead: BTreeSet<String>,
    /// Which labels are used where.
    uses: Vec<(usize, Use)>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Note(String),
    Link(String),
}

/// Finds what is to be changed.
pub(super) fn edits(
    post: &Post<'_>,
    pictures: &mut Pictures,
    diagnostics: &mut Diagnostics,
) -> Edits {
    let parser = Parser::new_ext(&post.text.text, options(None)).into_offset_iter();
    let mut definitions: Vec<(String, String, Range<usize>)> = Vec::new();
    for (label, definition) in parser.reference_definitions().iter() {
        let dest = definition.dest.to_string();
        definitions.push((label.to_owned(), dest, definition.span.clone()));
    }
    let edits = Edits {
        list: Vec::new(),
        notes: BTreeMap::new(),
        links: BTreeMap::new(),
        dead: BTreeSet::new(),
        uses: Vec::new(),
    };
    let mut reader =
        Reader { post, pictures, diagnostics, edits, links: Vec::new(), last_picture: None };
    for (label, dest, span) in definitions {
        reader.definition(&label, &dest, span);
    }
    let events: Vec<_> = parser.collect();
    let mut at = 0;
    while at < events.len() {
        at += reader.event(&events[at..]);
    }
    let mut edits = reader.edits;
    edits.list.sort_by_key(|(range, _)| (range.start, range.end));
    edits
}

impl Edits {
    /// The text of a chapter.
    pub(super) fn apply(&self, text: &str, body: Range<usize>) -> String {
        let mut out = self.piece(text, body.clone());
        let mut ranges = vec![body];
        let mut done = BTreeSet::new();
        // A note may call for another note.
        while let Some(range) = ranges.pop() {
            let used = self.uses.iter().filter(|(at, _)| range.contains(at)).map(|(_, what)| what);
            for what in used.cloned().collect::<BTreeSet<_>>() {
                if !done.insert(what.clone()) {
                    continue;
                }
                match what {
                    Use::Note(label) => {
                        if let Some(note) = self.notes.get(&label) {
                            let inner = self.inner(text, note.clone());
                            out = format!("{}\n\n{}", out.trim_end(), inner.trim_end());
                            ranges.push(note.clone());
                        }
                    }
                    Use::Link(label) => {
                        if let Some(definition) = self.links.get(&label) {
                            out = format!("{}\n\n{definition}", out.trim_end());
                        }
                    }
                }
            }
        }
        format!("{}\n", out.trim_matches(['\n', '\r', ' ']).trim_end())
    }

    fn piece(&self, text: &str, range: Range<usize>) -> String {
        let mut out = String::new();
        let mut at = range.start;
        for (place, words) in &self.list {
            if place.start >= at && place.end <= range.end && place.start >= range.start {
                out.push_str(&text[at..place.start]);
                out.push_str(words);
                at = place.end;
            }
        }
        out.push_str(&text[at..range.end]);
        out
    }

    /// A definition of a note: the edit that takes it out of its place does not count.
    fn inner(&self, text: &str, range: Range<usize>) -> String {
        let list = self.list.iter().filter(|(place, _)| *place != range).cloned().collect();
        let within = Self {
            list,
            notes: BTreeMap::new(),
            links: BTreeMap::new(),
            dead: BTreeSet::new(),
            uses: Vec::new(),
        };
        within.piece(text, range)
    }
}

struct Reader<'a, 'b> {
    post: &'a Post<'a>,
    pictures: &'b mut Pictures,
    diagnostics: &'b mut Diagnostics,
    edits: Edits,
    /// Open HTML links: whether a closing `</a>` ends a link that was written.
    links: Vec<Option<String>>,
    /// The picture of the last block, if it was one.
    last_picture: Option<usize>,
}

type Placed<'e> = (Event<'e>, Range<usize>);

impl Reader<'_, '_> {
    /// Reads an event; gives how many were read.
    fn event(&mut self, events: &[Placed<'_>]) -> usize {
        let (event, range) = &events[0];
        let range = range.clone();
        match event {
            Event::Start(Tag::Heading { level, .. }) => self.heading(*level as u8, range),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.edits.list.push((range.clone(), String::new()));
                self.edits.notes.insert(label.to_string(), range);
            }
            Event::FootnoteReference(label) => {
                self.edits.uses.push((range.start, Use::Note(label.to_string())));
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                return self.image(events, &dest_url.clone(), &title.clone());
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                self.link(*link_type, dest_url, title, id, range);
            }
            Event::Start(Tag::Paragraph) => return self.paragraph(events),
            Event::Start(Tag::HtmlBlock) => return self.html_block(events),
            Event::InlineHtml(tag) => self.inline_html(tag, range),
            _ => {}
        }
        1
    }

    fn span(&self, range: Range<usize>) -> Span {
        let (start, end) = (self.post.text.origin(range.start), self.post.text.origin(range.end));
        Span::new(self.post.file, start..end.max(start))
    }

    fn warn(&mut self, code: Code, range: Range<usize>, message: String, help: &str) {
        let complaint = Diagnostic::new(code, self.span(range), message);
        self.diagnostics.push(complaint.severity(Severity::Warning).help(help));
    }

    /// Headings below that of the chapter begin at the second level.
    fn heading(&mut self, level: u8, range: Range<usize>) {
        let text = &self.post.text.text[range.clone()];
        let marks = "#".repeat(usize::from(level.saturating_sub(self.post.raise).max(2)));
        let written = text.len() - text.trim_start_matches('#').len();
        if written > 0 {
            return self.edits.list.push((range.start..range.start + written, marks));
        }
        // Underlined: one line with a mark before it.
        let content = text.trim_end();
        let (words, _) = content.rsplit_once('\n').unwrap_or((content, ""));
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.edits.list.push((range, format!("{marks} {words}\n")));
    }

    /// "Photo credit: Ann Lee" below a picture belongs to its record.
    fn paragraph(&mut self, events: &[Placed<'_>]) -> usize {
        let is_end = |event: &Placed<'_>| matches!(event.0, Event::End(TagEnd::Paragraph));
        let end = events.iter().position(is_end).unwrap_or(events.len() - 1);
        let words: String = events[..end]
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Text(text) => Some(text.as_ref()),
                Event::SoftBreak => Some(" "),
                _ => None,
            })
            .collect();
        if let Some(picture) = self.last_picture.take()
            && let Some(name) = credit(&words)
        {
            self.pictures.list[picture].creator.get_or_insert(name);
            let Range { start, end: last } = events[0].1.clone();
            let rest = &self.post.text.text[last..];
            let blank = rest.len() - rest.trim_start_matches('\n').len();
            self.edits.list.push((start..last + blank, String::new()));
            return end + 1;
        }
        1
    }

    fn image(&mut self, events: &[Placed<'_>], path: &str, title: &str) -> usize {
        let mut alt = String::new();
        let mut depth = 0;
        let mut length = events.len();
        for (at, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(text) | Event::Code(text) => alt.push_str(text),
                Event::SoftBreak => alt.push(' '),
                _ => {}
            }
            if depth == 0 {
                length = at + 1;
                break;
            }
        }
        let words = self.picture(path, &alt, title, events[0].1.clone());
        self.edits.list.push((events[0].1.clone(), words));
        length
    }

    /// The Markdown of a picture; of one that is not taken over, what can be said of it.
    fn picture(&mut self, path: &str, alt: &str, caption: &str, range: Range<usize>) -> String {
        let plain = html::escaped(alt);
        let span = self.span(range.clone());
        match self.pictures.take(self.post.number, self.post.store, path, span) {
            Ok(at) => {
                let picture = &mut self.pictures.list[at];
                for (field, words) in [(&mut picture.alt, alt), (&mut picture.caption, caption)] {
                    if field.is_empty() {
                        words.trim().clone_into(field);
                    }
                }
                self.last_picture = Some(at);
                format!("![{plain}]({})", picture.name)
            }
            Err(Refused::Remote) => {
                let help = "nothing is fetched: save it beside the post, or keep the link";
                let message =
                    format!("the picture `{path}` is on another machine: it became a link");
                self.warn(Code::MissingImage, range, message, help);
                let words = if plain.is_empty() { "picture" } else { &plain };
                format!("[{words}](<{}>)", absolute(path))
            }
            Err(Refused::Missing) => {
                let help = "give the file of the post where it lies on its site, pictures and all";
                self.warn(Code::MissingImage, range, format!("there is no picture `{path}`"), help);
                plain
            }
            Err(Refused::Unreadable(why)) => {
                self.warn(Code::InvalidImage, range, why, "its words are kept");
                plain
            }
        }
    }

    fn link(&mut self, kind: LinkType, dest: &str, title: &str, id: &str, range: Range<usize>) {
        match kind {
            LinkType::Inline => {}
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let label = id.to_lowercase();
                if self.edits.dead.contains(&label) {
                    return self.bare(range);
                }
                return self.edits.uses.push((range.start, Use::Link(label)));
            }
            _ => return,
        }
        let text = &self.post.text.text[range.clone()];
        // The last `](` begins the address: an address has no brackets of its own here.
        let Some(close) = text.rfind("](").map(|n| range.start + n) else { return };
        match self.target(dest, range.clone()) {
            Some(same) if same == dest => {}
            Some(target) => {
                let title = match title {
                    "" => String::new(),
                    title => format!(" \"{}\"", title.replace('"', "\\\"")),
                };
                self.edits.list.push((close..range.end, format!("](<{target}>{title})")));
            }
            None => {
                self.edits.list.push((range.start..range.start + 1, String::new()));
                self.edits.list.push((close..range.end, String::new()));
            }
        }
    }

    /// A link by label whose label leads nowhere becomes its words.
    fn bare(&mut self, range: Range<usize>) {
        let text = &self.post.text.text[range.clone()];
        let close = text.rfind("][").or_else(|| text.rfind(']'));
        if let Some(close) = close {
            self.edits.list.push((range.start..range.start + 1, String::new()));
            self.edits.list.push((range.start + close..range.end, String::new()));
        }
    }

    /// Where a link leads in the book; `None` when it leads nowhere.
    fn target(&mut self, dest: &str, range: Range<usize>) -> Option<String> {
        if let Some(anchor) = dest.strip_prefix('#') {
            if let Some(place) = self.post.anchors.get(&anchor.to_lowercase()) {
                return Some(place.clone());
            }
            let message = format!("the link to `{dest}` leads nowhere: it became text");
            self.warn(Code::BrokenLink, range, message, "no heading of the post has this anchor");
            return None;
        }
        let scheme = dest.split_once(':').map(|(scheme, _)| scheme.to_lowercase());
        if scheme.is_some_and(|s| matches!(s.as_str(), "http" | "https" | "mailto")) {
            return Some(dest.to_owned());
        }
        if dest.starts_with("//") {
            return Some(absolute(dest));
        }
        match self.post.site {
            Some(site) if !dest.contains(':') => {
                let rest = dest.trim_start_matches("./").trim_start_matches('/');
                Some(format!("{}/{rest}", site.trim_end_matches('/')))
            }
            _ => {
                let message = format!("the link to `{dest}` leaves the post: it became text");
                let help =
                    "give the address of the site with `--site https://…` to keep such links";
                self.warn(Code::BrokenLink, range, message, help);
                None
            }
        }
    }

    fn definition(&mut self, label: &str, dest: &str, span: Range<usize>) {
        let target = self.target(dest, span.clone());
        let text = self.post.text.text[span.clone()].trim().to_owned();
        let definition = match target {
            Some(same) if same == dest => text,
            Some(target) => format!("[{label}]: <{target}>"),
            None => {
                self.edits.dead.insert(label.to_lowercase());
                String::new()
            }
        };
        self.edits.links.insert(label.to_lowercase(), definition);
        self.edits.list.push((span, String::new()));
    }

    fn html_block(&mut self, events: &[Placed<'_>]) -> usize {
        let is_end = |event: &Placed<'_>| matches!(event.0, Event::End(TagEnd::HtmlBlock));
        let end = events.iter().position(is_end).unwrap_or(events.len() - 1);
        let range = events[0].1.clone();
        let text = &self.post.text.text[range.clone()];
        let converted = html::convert(
            text,
            self.post.file,
            &|at| self.post.text.origin(range.start + at),
            self.diagnostics,
        );
        let markdown = converted.text.clone();
        let words = self.nested(&markdown, range.clone());
        let words = match words.trim() {
            "" => String::new(),
            words => format!("{words}\n\n"),
        };
        self.edits.list.push((range, words));
        end + 1
    }

    /// Pictures and links in Markdown that was made from HTML.
    fn nested(&mut self, markdown: &str, range: Range<usize>) -> String {
        let mut text = Rewritten::default();
        text.push(markdown, 0);
        let start = self.post.text.origin(range.start);
        let mut placed = Rewritten::default();
        placed.push(markdown, start);
        let post = Post { text: &placed, ..*self.post };
        let edits = edits(&post, self.pictures, self.diagnostics);
        let last = edits.apply(markdown, 0..markdown.len());
        if last.trim_start().starts_with("![") {
            self.last_picture = self.pictures.list.len().checked_sub(1);
        }
        last
    }

    /// A tag within a line.
    fn inline_html(&mut self, tag: &str, range: Range<usize>) {
        let name = html::tag_name(tag);
        let is_end = tag.starts_with("</");
        let words = match name.as_str() {
            "" => String::new(),
            "b" | "strong" => "**".to_owned(),
            "i" | "em" | "cite" | "var" | "dfn" => "*".to_owned(),
            "s" | "del" | "strike" => "~~".to_owned(),
            "code" | "tt" | "samp" => "`".to_owned(),
            "br" | "sub" | "sup" | "kbd" | "mark" | "abbr" => return,
            "a" if is_end => match self.links.pop().flatten() {
                Some(target) => format!("](<{target}>)"),
                None => String::new(),
            },
            "a" => {
                let href = html::attribute(tag, "href");
                let target = href.and_then(|href| self.target(&href, range.clone()));
                let words = if target.is_some() { "[" } else { "" };
                self.links.push(target);
                words.to_owned()
            }
            "img" => {
                let get = |name| html::attribute(tag, name).unwrap_or_default();
                let (path, alt, title) = (get("src"), get("alt"), get("title"));
                self.picture(&path, &alt, &title, range.clone())
            }
            "span" | "u" | "font" | "small" | "big" | "ins" | "q" | "p" | "center" => String::new(),
            _ if is_end => String::new(),
            _ => {
                let message = format!("`{}` has no meaning in a book", tag.trim());
                let help = "the tag was left out, its words are kept";
                self.warn(Code::UnsupportedMarkup, range.clone(), message, help);
                String::new()
            }
        };
        self.edits.list.push((range, words));
    }
}

/// Says that the picture above a post is nowhere.
pub(super) fn missing(file: FileId, path: &str, diagnostics: &mut Diagnostics) {
    let message = format!("there is no picture `{path}`, which the front matter names");
    let complaint = Diagnostic::new(Code::MissingImage, Span::new(file, 0..0), message);
    diagnostics.push(complaint.severity(Severity::Warning).help("the chapter opens without it"));
}

/// `//host/path` has the scheme of its page.
fn absolute(path: &str) -> String {
    if path.starts_with("//") { format!("https:{path}") } else { path.replace(['<', '>'], "") }
}

/// The name in "Photo credit: Ann Lee".
fn credit(words: &str) -> Option<String> {
    let (label, name) = words.trim().split_once(':')?;
    let label = label.trim().to_lowercase();
    let is_label = [
        "photo",
        "photo credit",
        "photo credits",
        "image credit",
        "credit",
        "credits",
        "photo by",
        "picture",
    ];
    let name = name.trim().trim_end_matches('.');
    (is_label.contains(&label.as_str()) && (1..=80).contains(&name.len())).then(|| name.to_owned())
}
