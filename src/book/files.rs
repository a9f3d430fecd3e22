//! What links may call the places of a chapter, for each of the files it was read from.

use super::plan::FileNames;
use super::slugs::GithubSlugs;
use super::types::AnchorId;
use crate::manuscript::Document;
use crate::project::Project;
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// The files of one chapter.
pub(super) struct Files<'a> {
    document: &'a Document,
    /// The first is the chapter's own; a section's begins with its title.
    files: Vec<(FileId, FileNames<'a>, GithubSlugs)>,
    /// The headings below the chapter's title.
    headings: Vec<(Span, AnchorId)>,
}

impl<'a> Files<'a> {
    /// The chapter's own file.
    pub(super) fn new(document: &'a Document, own: FileNames<'a>) -> Self {
        let files = vec![(document.file, own, GithubSlugs::default())];
        Self { document, files, headings: Vec::new() }
    }

    /// The names of the file that a place lies in.
    pub(super) fn at(&mut self, place: Span) -> &mut FileNames<'a> {
        &mut self.entry(place).1
    }

    /// The chapter's title.
    pub(super) fn title(&mut self, words: &str) {
        let (_, names, slugs) = &mut self.files[0];
        names.ids.entry(slugs.next(words)).or_insert(names.anchor);
    }

    /// A heading, and the names that were made for it.
    pub(super) fn heading(
        &mut self,
        words: &str,
        made: [String; 2],
        anchor: AnchorId,
        place: Span,
    ) {
        let is_known = self.files.iter().any(|(file, ..)| *file == place.file);
        if !is_known {
            let path = self.document.path_of(place);
            let names = FileNames { path, anchor, ids: BTreeMap::new() };
            self.files.push((place.file, names, GithubSlugs::default()));
        }
        let (_, names, slugs) = self.entry(place);
        let own = slugs.next(words);
        for name in std::iter::once(own).chain(made) {
            names.ids.entry(name).or_insert(anchor);
        }
        self.headings.push((place, anchor));
    }

    /// All names, those that HTML gave to places too: these lead to the heading that they stand
    /// in or right before, or to the one above them.
    pub(super) fn finish(mut self, project: &Project) -> BTreeMap<FileId, FileNames<'a>> {
        // From the last to the first: places in a row lead where the last of them does, and what
        // stands between them is looked at once.
        let mut next: Option<(Span, AnchorId)> = None;
        let mut led = Vec::with_capacity(self.document.places.len());
        for (name, place) in self.document.places.iter().rev() {
            let beside = next.filter(|(span, _)| {
                let between = Span { start: place.end, end: span.start, ..*place };
                span.file == place.file && says_nothing(project.sources.slice(between))
            });
            let anchor = match beside {
                Some((_, anchor)) => anchor,
                None => self.near(*place, project),
            };
            next = Some((*place, anchor));
            led.push((name, *place, anchor));
        }
        for (name, place, anchor) in led.into_iter().rev() {
            self.at(place).ids.entry(name.clone()).or_insert(anchor);
        }
        self.files.into_iter().map(|(file, names, _)| (file, names)).collect()
    }

    fn near(&mut self, place: Span, project: &Project) -> AnchorId {
        let begins_behind = |(span, _): &&(Span, AnchorId)| span.start >= place.end;
        let mut own = self.headings.iter().filter(|(span, _)| span.file == place.file);
        let next = own.clone().find(begins_behind).filter(|(span, _)| {
            let between = Span { start: place.end, end: span.start, ..place };
            says_nothing(project.sources.slice(between))
        });
        let above = own.rfind(|(span, _)| span.start < place.end);
        match next.or(above) {
            Some((_, anchor)) => *anchor,
            None => self.at(place).anchor,
        }
    }

    fn entry(&mut self, place: Span) -> &mut (FileId, FileNames<'a>, GithubSlugs) {
        let at = self.files.iter().position(|(file, ..)| *file == place.file);
        &mut self.files[at.unwrap_or(0)]
    }
}

/// Whether there is nothing but tags, comments and blanks.
fn says_nothing(mut text: &str) -> bool {
    loop {
        text = text.trim_start();
        let end = if text.starts_with("<!--") { "-->" } else { ">" };
        match text.strip_prefix('<').and_then(|rest| rest.find(end)) {
            Some(at) => text = &text[1 + at + end.len()..],
            None => return text.is_empty(),
        }
    }
}

#[test]
fn tags_and_comments_say_nothing() {
    assert!(says_nothing(" <a id=\"x\"></a>\n<!-- old -->\n\n"));
    assert!(!says_nothing("</a> words") && !says_nothing("<"));
}
