//! Which sections there are, what each is called in files and links, and where every name that
//! a chapter may link to leads.
//!
//! Made before any text is resolved: a link in the first chapter can then name a heading of the
//! last. Anchors come from content: a chapter's from its title, a heading's from the chapter and
//! the heading, a figure's from the file. A collision is settled by the names above it (part,
//! chapter, heading), so that a new chapter never moves another one's anchors.

use super::anchors::{Anchors, first_free};
use super::photos::Photos;
use super::plan::{FileNames, Names, Planned, PlannedChapter, PlannedKind, Title, TitleWords};
use super::slugs::{GithubSlugs, slug, xml_name};
use super::terms::Terms;
use super::types::{AnchorId, Language, Matter, SectionId};
use super::walk::{self, Landmark};
use super::{meta, paths};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::manuscript::{BlockKind, Document, Manuscript};
use crate::project::{ChapterFile, ContentsItem, Project};
use crate::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A list of photographs helps nobody who sees them all by leafing once.
const FEWEST_LISTED_FIGURES: usize = 4;

/// File names that the EPUB's own documents have.
const TAKEN_FILES: [&str; 6] = ["cover", "nav", "toc", "package", "style", "content"];

/// Names everything.
pub(super) fn collect<'a>(
    project: &'a Project,
    manuscript: &'a Manuscript,
    photos: &Photos,
    language: &Language,
    diagnostics: &mut Diagnostics,
) -> Names<'a> {
    let documents = manuscript.documents.iter().map(|d| (d.file, d)).collect();
    let names = Names { sections: Vec::new(), anchors: Anchors::default(), files: BTreeMap::new() };
    let slugs = TAKEN_FILES.iter().map(|name| (*name).to_owned()).collect();
    let mut namer =
        Namer { project, photos, language, documents, slugs, names, figures: 0, diagnostics };
    namer.reserve_ids(manuscript);
    namer.front(manuscript);
    namer.body();
    namer.back(manuscript);
    namer.names
}

struct Namer<'a, 'b> {
    project: &'a Project,
    photos: &'b Photos,
    language: &'b Language,
    /// The documents that no section has yet.
    documents: BTreeMap<FileId, &'a Document>,
    slugs: BTreeSet<String>,
    names: Names<'a>,
    figures: usize,
    diagnostics: &'b mut Diagnostics,
}

impl<'a> Namer<'a, '_> {
    /// The authors' own anchors come first: they are kept whatever else there is.
    fn reserve_ids(&mut self, manuscript: &'a Manuscript) {
        for document in &manuscript.documents {
            if let Some(id) = &document.front.id {
                self.reserve(id);
            }
            let terms = Terms::of(self.language);
            walk::landmarks(&document.blocks, None, terms, &mut |landmark| match landmark {
                Landmark::Heading { id: Some(id), .. } => self.reserve(id),
                Landmark::Heading { id: None, .. } | Landmark::Table { .. } => {}
                Landmark::Figure { .. } => self.figures += 1,
            });
            self.figures += usize::from(document.front.photo.is_some());
        }
    }

    fn reserve(&mut self, (written, span): &(String, Span)) {
        let (name, changed) = xml_name(written);
        if changed {
            let message = format!("`{written}` cannot be an anchor; `{name}` is used");
            self.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, *span, message)
                    .severity(Severity::Warning)
                    .help("begin with a letter and go on with letters, digits, `-`, `_` and `.`"),
            );
        }
        if let Err(first) = self.names.anchors.reserve(&name, *span) {
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
        if self.figures >= FEWEST_LISTED_FIGURES && !self.photos.list.is_empty() {
            self.generated("photographs", Matter::Front, span, PlannedKind::Photographs);
        }
    }

    fn body(&mut self) {
        let project = self.project;
        let mut number = 0;
        for item in &project.contents {
            match item {
                ContentsItem::Part { title, span, chapters } => {
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
                ContentsItem::Chapter(chapter) => self.chapter(chapter, None),
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
        let slug = first_free(names, |name| self.slugs.contains(name));
        self.slugs.insert(slug.clone());
        slug
    }

    fn chapter(&mut self, file: &'a ChapterFile, part: Option<(SectionId, &str)>) {
        // A file that could not be read has no document; one that is listed twice was reported.
        let Some(document) = self.documents.remove(&file.file) else { return };
        let title = self.title(document);
        let id = document.front.id.as_ref().or(title.id);
        let own = self.chapter_slug(document, &title, id, part.map(|(_, slug)| slug));
        let section = self.next_section();
        let anchor = self.anchor(id, &[own.clone(), format!("chapter-{own}")], section, title.span);
        let language = meta::language(&document.front.language, self.diagnostics)
            .unwrap_or_else(|| self.language.clone());
        let mut ids = BTreeMap::new();
        for name in [&own, &slug(&title.words.plain())] {
            ids.entry(name.clone()).or_insert(anchor);
        }
        for (written, _) in [&document.front.id, &title.id.cloned()].into_iter().flatten() {
            ids.insert(written.clone(), anchor);
        }
        let opening = self.opening(document, &own, section);
        let file_names = FileNames { path: &document.path, anchor, ids };
        let landmarks = self.landmarks(document, &title, &language, &own, section, file_names);
        let chapter = PlannedChapter {
            document,
            part: part.map(|(id, _)| id),
            title,
            language,
            opening,
            landmarks,
        };
        let kind = PlannedKind::Chapter(Box::new(chapter));
        self.push(anchor, own, Matter::Body, title.span, kind);
    }

    fn chapter_slug(
        &mut self,
        document: &Document,
        title: &Title<'_>,
        id: Option<&(String, Span)>,
        part: Option<&str>,
    ) -> String {
        let name = id.map_or_else(|| slug(&title.words.plain()), |(id, _)| slug(id));
        let file = slug(paths::stem(&document.path));
        let parent = part.map_or_else(|| format!("{name}-{file}"), |part| format!("{name}-{part}"));
        self.own_slug(&[name.clone(), parent, format!("{name}-{file}")])
    }

    /// The anchor that the author chose, unless another place has it; otherwise one that is made.
    fn anchor(
        &mut self,
        id: Option<&(String, Span)>,
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
        anchors.made(names, section, span)
    }

    fn title(&mut self, document: &'a Document) -> Title<'a> {
        let heading = first_heading(document);
        if let Some((words, span)) = &document.front.title {
            // Some tools want the title twice; a book shows it once.
            let again = heading.filter(|h| h.words.plain().trim() == words.trim());
            return Title {
                words: TitleWords::Plain(words),
                span: *span,
                block: again.and_then(|h| h.block),
                id: again.and_then(|h| h.id),
            };
        }
        // A heading of notes alone names nothing.
        if let Some(heading) = heading.filter(|h| !h.words.plain().trim().is_empty()) {
            return heading;
        }
        let span = document.front.span.unwrap_or(Span::new(document.file, 0..0));
        let message = format!("chapter `{}` has no title", document.path);
        self.diagnostics.push(
            Diagnostic::new(Code::MissingTitle, span, message)
                .help("begin with `# Title`, or set `title` in the front matter"),
        );
        let words = TitleWords::Plain(paths::stem(&document.path));
        Title { words, span, block: None, id: None }
    }

    fn opening(
        &mut self,
        document: &Document,
        chapter: &str,
        section: SectionId,
    ) -> Option<AnchorId> {
        let (path, span) = document.front.photo.as_ref()?;
        self.photos.get(document.file, path)?;
        Some(self.names.anchors.made(&figure_names(path, chapter), section, *span))
    }

    /// Gives every landmark its anchor and notes the names under which it can be linked to.
    fn landmarks(
        &mut self,
        document: &'a Document,
        title: &Title<'a>,
        language: &Language,
        chapter: &str,
        section: SectionId,
        mut file: FileNames<'a>,
    ) -> Vec<AnchorId> {
        let mut github = GithubSlugs::default();
        file.ids.entry(github.next(&title.words.plain())).or_insert(file.anchor);
        let mut out = Vec::new();
        // The headings above, to tell equal ones apart.
        let mut above: Vec<(u8, String)> = Vec::new();
        let terms = Terms::of(language);
        walk::landmarks(&document.blocks, title.block, terms, &mut |landmark| match landmark {
            Landmark::Heading { level, id, inlines, span } => {
                let words = walk::plain(inlines);
                let name = slug(&words);
                above.retain(|(higher, _)| *higher < level);
                let mut names = vec![format!("{chapter}-{name}")];
                names.extend(above.last().map(|(_, up)| format!("{chapter}-{up}-{name}")));
                let anchor = self.anchor(id, &names, section, span);
                above.push((level, name.clone()));
                if let Some((written, _)) = id {
                    file.ids.insert(written.clone(), anchor);
                }
                for name in [github.next(&words), name, names.remove(0)] {
                    file.ids.entry(name).or_insert(anchor);
                }
                out.push(anchor);
            }
            Landmark::Figure { images, span } => {
                let found =
                    images.iter().find(|i| self.photos.get(document.file, i.path).is_some());
                let Some(image) = found else { return };
                let names = figure_names(image.path, chapter);
                let anchor = self.names.anchors.made(&names, section, span);
                file.ids.entry(names[0].clone()).or_insert(anchor);
                out.push(anchor);
            }
            Landmark::Table { caption, span } => {
                let name = format!("{chapter}-table-{}", slug(&walk::plain(&caption)));
                let anchor = self.names.anchors.made(std::slice::from_ref(&name), section, span);
                file.ids.entry(name).or_insert(anchor);
                out.push(anchor);
            }
        });
        self.names.files.insert(document.file, file);
        out
    }
}

fn figure_names(path: &str, chapter: &str) -> [String; 2] {
    let stem = slug(paths::stem(path));
    [format!("figure-{stem}"), format!("{chapter}-figure-{stem}")]
}

/// The first heading of level 1 that no other block holds.
fn first_heading(document: &Document) -> Option<Title<'_>> {
    document.blocks.iter().enumerate().find_map(|(at, block)| match &block.kind {
        BlockKind::Heading { level: 1, id, inlines, .. } => Some(Title {
            words: TitleWords::Inlines(inlines),
            span: block.span,
            block: Some(at),
            id: id.as_ref(),
        }),
        BlockKind::Heading { .. }
        | BlockKind::Paragraph(_)
        | BlockKind::List { .. }
        | BlockKind::Definitions(_)
        | BlockKind::Quote(_)
        | BlockKind::Alert(..)
        | BlockKind::Code { .. }
        | BlockKind::Table { .. }
        | BlockKind::Rule => None,
    })
}
