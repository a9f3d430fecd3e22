//! Which sections there are, what each is called in files and links, and where every name that
//! a chapter may link to leads.
//!
//! Made before any text is resolved: a link in the first chapter can then name a heading of the
//! last. Anchors come from content: a chapter's from its title, a heading's from the chapter and
//! the heading, a figure's from the file. A collision is settled by the names above it (part,
//! chapter, heading), so that a new chapter never moves another one's anchors. Numbers are given
//! out on the same way (`numbers`), so that a link can say them. A lock keeps anchors as they were
//! (`lock`). What is within a chapter is in `landmarks`.

use super::anchors::{self, Anchors};
use super::lock::Locked;
use super::numbers::{Kind, Numbers, References};
use super::photos::Photos;
use super::plan::{FileNames, Names, Planned, PlannedChapter, PlannedKind, Title};
use super::slugs::{slug, xml_name};
use super::terms::Terms;
use super::types::{AnchorId, Language, Matter, SectionId};
use super::walk::{Landmark, Landmarks};
use super::{meta, paths};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::manuscript::{Document, Manuscript};
use crate::project::{ChapterFile, ChapterPlace, ContentsItem, ListOf, Project};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// A list of photographs helps nobody who sees them all by leafing once.
const FEWEST_LISTED_FIGURES: usize = 4;

/// File names that the EPUB's own documents have.
const TAKEN_FILES: [&str; 6] = ["cover", "nav", "toc", "package", "style", "content"];

/// Names everything.
pub(super) fn collect<'a>(
    project: &'a Project,
    (manuscript, landmarks): (&'a Manuscript, Landmarks<'a>),
    photos: &Photos,
    language: &Language,
    diagnostics: &mut Diagnostics,
) -> Names<'a> {
    let documents = manuscript.documents.iter().map(|d| (d.file, d)).collect();
    let names = Names {
        sections: Vec::new(),
        anchors: Anchors::default(),
        files: BTreeMap::new(),
        references: References::default(),
    };
    let numbers = Numbers::new(&project.config.contents);
    let mut slugs = anchors::Names::default();
    TAKEN_FILES.iter().for_each(|name| slugs.take(name));
    let mut namer = Namer {
        project,
        photos,
        language,
        documents,
        landmarks,
        slugs,
        names,
        numbers,
        locked: BTreeMap::new(),
        figures: 0,
        tables: 0,
        diagnostics,
    };
    namer.reserve_ids(manuscript);
    namer.reserve_locked(manuscript);
    namer.front(manuscript);
    namer.chapters(ChapterPlace::Front);
    namer.chapters(ChapterPlace::Body);
    namer.chapters(ChapterPlace::Back);
    namer.back(manuscript);
    namer.names
}

/// What names are given out from.
pub(super) struct Namer<'a, 'b> {
    pub(super) project: &'a Project,
    pub(super) photos: &'b Photos,
    language: &'b Language,
    /// The documents that no section has yet.
    documents: BTreeMap<FileId, &'a Document>,
    /// The landmarks that no section has yet.
    pub(super) landmarks: Landmarks<'a>,
    slugs: anchors::Names,
    pub(super) names: Names<'a>,
    pub(super) numbers: Numbers,
    /// Names that the lock keeps for places.
    pub(super) locked: BTreeMap<FileId, Locked>,
    figures: usize,
    tables: usize,
    pub(super) diagnostics: &'b mut Diagnostics,
}

impl<'a> Namer<'a, '_> {
    /// The authors' own anchors come first: they are kept whatever else there is.
    fn reserve_ids(&mut self, manuscript: &'a Manuscript) {
        for document in &manuscript.documents {
            if let Some(id) = &document.front.id {
                self.reserve(id);
            }
            let found = self.landmarks.remove(&document.file).unwrap_or_default();
            found.iter().for_each(|landmark| match landmark {
                Landmark::Heading { id, .. } => id.iter().for_each(|id| self.reserve(id)),
                Landmark::Formula { id, .. } => self.reserve(id),
                Landmark::Table(caption) => {
                    caption.id.iter().for_each(|id| self.reserve(id));
                    self.tables += 1;
                }
                Landmark::Figure { attributes, .. } => {
                    attributes.id.iter().for_each(|id| self.reserve(id));
                    self.figures += 1;
                }
            });
            self.landmarks.insert(document.file, found);
            self.figures += usize::from(document.front.photo.is_some());
        }
    }

    fn reserve(&mut self, (written, span): &(String, Span)) {
        let (name, changed) = xml_name(written);
        // Other tools mark figures and tables with a colon, `fig:harbour`, which no XML name has.
        if changed && name != written.replace(':', "-") {
            let message = format!("`{written}` cannot be an anchor; `{name}` is used");
            self.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, *span, message)
                    .severity(Severity::Warning)
                    .help("begin with a letter and go on with letters, digits, `-`, `_` and `.`"),
            );
        }
        // In an mdBook each file has its own anchors: the first one keeps the name.
        let is_own = self.project.config.mdbook.is_some();
        if let Err(first) = self.names.anchors.reserve(&name, *span)
            && !is_own
        {
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateAnchor, *span, format!("anchor `{name}` is taken"))
                    .related(first, "it is given here first")
                    .help("anchors are unique in the whole book: choose another name"),
            );
        }
    }

    fn front(&mut self, manuscript: &Manuscript) {
        let span = self.project.config.book.span;
        self.generated("title-page", Matter::Front, span, PlannedKind::TitlePage);
        self.generated("imprint", Matter::Front, span, PlannedKind::Imprint);
        if !manuscript.documents.is_empty() {
            self.generated("contents", Matter::Front, span, PlannedKind::Contents);
        }
        let config = &self.project.config.contents;
        let terms = Terms::of(self.language);
        let photographs = match config.number_figures {
            true => PlannedKind::Photographs(terms.figures),
            false => PlannedKind::Photographs(terms.photographs),
        };
        let has_figures = self.figures > 0 && !self.photos.list.is_empty();
        match &config.lists {
            None if has_figures && self.figures >= FEWEST_LISTED_FIGURES => {
                self.generated("photographs", Matter::Front, span, photographs);
            }
            None => {}
            Some(lists) => {
                for list in lists {
                    match list {
                        ListOf::Figures if has_figures => {
                            let kind = photographs.clone();
                            self.generated("photographs", Matter::Front, span, kind);
                        }
                        ListOf::Tables if self.tables > 0 => {
                            self.generated("tables", Matter::Front, span, PlannedKind::Tables);
                        }
                        ListOf::Figures | ListOf::Tables => {}
                    }
                }
            }
        }
    }

    fn chapters(&mut self, place: ChapterPlace) {
        let project = self.project;
        let mut number = 0;
        for item in &project.contents {
            match item {
                ContentsItem::Part { title, span, chapters } if place == ChapterPlace::Body => {
                    number += 1;
                    let name = slug(title);
                    let own = self.own_slug(&[name.clone(), format!("part-{name}")]);
                    let section = self.next_section();
                    let anchors = [own.clone(), format!("part-{own}")];
                    let anchor = self.names.anchors.made(&anchors, section, *span);
                    let kind = PlannedKind::Part { title, number };
                    self.push(anchor, own.clone(), Matter::Body, *span, kind);
                    for chapter in chapters {
                        self.chapter(chapter, Some((section, &own)));
                    }
                }
                ContentsItem::Chapter(chapter) if chapter.place == place => {
                    self.chapter(chapter, None);
                }
                ContentsItem::Part { .. } | ContentsItem::Chapter(_) => {}
            }
        }
    }

    fn back(&mut self, manuscript: &Manuscript) {
        let span = self.project.config.book.span;
        if !self.photos.credited().is_empty() {
            self.generated("photo-credits", Matter::Back, span, PlannedKind::Credits);
        }
        let mut speakers = manuscript.documents.iter().flat_map(|d| &d.front.talk.speakers);
        if speakers.clone().next().is_none() {
            return;
        }
        let section = self.next_section();
        let mut made = |name: &str| self.names.anchors.made(&[name.to_owned()], section, span);
        let list = made("index-of-speakers");
        let with = speakers.any(|speaker| speaker.organisation.is_some());
        let organisations = with.then(|| made("index-of-organisations"));
        let kind = PlannedKind::Index { speakers: list, organisations };
        self.generated("index", Matter::Back, span, kind);
    }

    fn generated(&mut self, name: &str, matter: Matter, span: Span, kind: PlannedKind<'a>) {
        let slug = self.own_slug(&[name.to_owned()]);
        let section = self.next_section();
        let anchor = self.names.anchors.made(std::slice::from_ref(&slug), section, span);
        self.push(anchor, slug, matter, span, kind);
    }

    fn push(
        &mut self,
        anchor: AnchorId,
        slug: String,
        matter: Matter,
        span: Span,
        kind: PlannedKind<'a>,
    ) {
        self.names.sections.push(Planned { anchor, slug, matter, span, kind });
    }

    fn next_section(&self) -> SectionId {
        SectionId(u32::try_from(self.names.sections.len()).unwrap_or(u32::MAX))
    }

    fn own_slug(&mut self, names: &[String]) -> String {
        self.slugs.claim(names)
    }

    fn chapter(&mut self, file: &'a ChapterFile, part: Option<(SectionId, &str)>) {
        // A file that could not be read has no document; one that is listed twice was reported.
        let Some(document) = self.documents.remove(&file.file) else { return };
        let title = self.title(document);
        let id = document.front.id.as_ref().or(title.id);
        let locked = self.locked.get_mut(&file.file).and_then(|names| names.chapter.take());
        let chosen = id.map(|(id, _)| id).or(locked.as_ref());
        let own = self.chapter_slug(document, &title, chosen, part.map(|(_, slug)| slug));
        let section = self.next_section();
        let names = [own.clone(), format!("chapter-{own}")];
        let anchor = self.anchor((id, locked), &names, section, title.span);
        let language = meta::language(&document.front.language, self.diagnostics)
            .unwrap_or_else(|| self.language.clone());
        let mut ids = BTreeMap::new();
        for name in [&own, &slug(&title.words.plain())] {
            ids.entry(name.clone()).or_insert(anchor);
        }
        for (written, _) in [&document.front.id, &title.id.cloned()].into_iter().flatten() {
            ids.insert(written.clone(), anchor);
        }
        let matter = match file.place {
            ChapterPlace::Front => Matter::Front,
            ChapterPlace::Body => Matter::Body,
            ChapterPlace::Back => Matter::Back,
        };
        let wants_number = document.front.numbered.unwrap_or(matter == Matter::Body);
        let number = self.numbers.chapter(wants_number && title.is_numbered);
        let said = title.words.plain();
        self.names.references.note(anchor, Kind::Chapter, number.clone(), (&said, &language));
        let opening = self.opening(document, &own, section, &language);
        let file_names = FileNames { path: &document.path, anchor, ids };
        let landmarks = self.landmarks(document, &title, &language, &own, section, file_names);
        let chapter = PlannedChapter {
            document,
            part: part.map(|(id, _)| id),
            matter,
            number,
            title,
            language,
            opening,
            landmarks,
        };
        let kind = PlannedKind::Chapter(Box::new(chapter));
        self.push(anchor, own, matter, title.span, kind);
    }

    fn chapter_slug(
        &mut self,
        document: &Document,
        title: &Title<'_>,
        chosen: Option<&String>,
        part: Option<&str>,
    ) -> String {
        let name = chosen.map_or_else(|| slug(&title.words.plain()), |chosen| slug(chosen));
        let file = slug(paths::stem(&document.path));
        let parent = part.map_or_else(|| format!("{name}-{file}"), |part| format!("{name}-{part}"));
        self.own_slug(&[name.clone(), parent, format!("{name}-{file}")])
    }

    /// The anchor that the author chose, unless another place has it; otherwise the one that is
    /// locked, or one that is made.
    pub(super) fn anchor(
        &mut self,
        (id, locked): (Option<&(String, Span)>, Option<String>),
        names: &[String],
        section: SectionId,
        span: Span,
    ) -> AnchorId {
        let anchors = &mut self.names.anchors;
        if let Some((written, place)) = id {
            let (name, _) = xml_name(written);
            if anchors.is_reserved_by(&name, *place) {
                return anchors.reserved(name, section, span);
            }
        }
        match locked {
            Some(name) => anchors.reserved(name, section, span),
            None => anchors.made(names, section, span),
        }
    }
}
