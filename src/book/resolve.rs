//! From names to meaning: a `Project` and its `Manuscript` become a [`Book`].
//!
//! The order of work: pictures are found ([`photos`]), everything that can be linked to gets its
//! name ([`names`]), then the sections are built in reading order, each text taking the next
//! [`NodeId`]. The contents and the lists of photographs and tables say what titles and captions
//! turned out to be, so their words are made last; so are the colours of listings.

use super::anchors::Anchors;
use super::chapter;
use super::math;
use super::names;
use super::numbers::References;
use super::photos::{self, Photos};
use super::plan::{FileNames, Names, Planned, PlannedKind};
use super::site::Pages;
use super::terms::Terms;
use super::types::{
    AnchorId, Book, Inline, Language, NodeId, Note, PhotoId, Section, SectionId, SectionKind, Text,
};
use super::{contents, credits, highlight, index, meta, pages, terms, typography, walk};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::Manuscript;
use crate::project::{Project, is_language_tag};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// Resolves a book. `modified` is in seconds since 1970-01-01T00:00:00Z.
///
/// What cannot be resolved is reported and left out, or left as text.
pub fn resolve(
    project: &Project,
    manuscript: &Manuscript,
    modified: u64,
    diagnostics: &mut Diagnostics,
) -> Book {
    let language = book_language(project, diagnostics);
    terms::check(project, manuscript, &language, diagnostics);
    let landmarks = walk::survey(manuscript, &language);
    let photos = photos::collect(project, (manuscript, &landmarks), &language, diagnostics);
    let names = names::collect(project, (manuscript, landmarks), &photos, &language, diagnostics);
    let Names { sections: planned, anchors, files, references } = names;
    // Where two files have the same path, the first one is meant.
    let by_path = files.iter().rev().map(|(id, names)| (names.path, *id)).collect();
    let math = math::Reader::new(&project.config.macros, diagnostics);
    let mut desk = Desk {
        project,
        pages: Pages::of(project),
        terms: Terms::of(&language),
        language,
        photos,
        anchors,
        files,
        by_path,
        references,
        math,
        notes: Vec::new(),
        uses: Vec::new(),
        captions: Vec::new(),
        table_captions: Vec::new(),
        nodes: 0,
        diagnostics,
    };
    let mut sections: Vec<Section> = Vec::with_capacity(planned.len());
    for (number, plan) in planned.iter().enumerate() {
        let id = SectionId(u32::try_from(number).unwrap_or(u32::MAX));
        let section = desk.section(id, plan, &planned, &sections, manuscript);
        sections.push(section);
    }
    let contents = contents::entries(&mut desk, &sections);
    contents::fill_lists(&mut desk, &mut sections);
    highlight::colour(&mut sections, &mut desk.notes);
    Book {
        meta: meta::of(&project.config.book, &desk.language, modified),
        sections,
        contents,
        anchors: desk.anchors.into_list(),
        notes: desk.notes,
        photos: desk.photos.list,
        cover: desk.photos.cover,
        node_count: desk.nodes,
    }
}

fn book_language(project: &Project, diagnostics: &mut Diagnostics) -> Language {
    let tag = &project.config.book.language;
    if is_language_tag(tag) {
        return Language(tag.clone());
    }
    let message = format!("`{tag}` is no language tag");
    diagnostics.push(
        Diagnostic::new(Code::InvalidValue, project.config.book.span, message)
            .help("write one as BCP 47 has it: `en`, `de-AT`, `pt-BR`"),
    );
    Language("en".to_owned())
}

/// What all sections share while they are resolved.
pub(super) struct Desk<'a> {
    pub(super) project: &'a Project,
    /// The site that links may name pages of.
    pub(super) pages: Option<Pages<'a>>,
    pub(super) language: Language,
    pub(super) terms: &'static Terms,
    pub(super) photos: Photos,
    pub(super) anchors: Anchors,
    pub(super) files: BTreeMap<FileId, FileNames<'a>>,
    /// The same by their paths.
    pub(super) by_path: BTreeMap<&'a str, FileId>,
    pub(super) references: References,
    pub(super) math: math::Reader,
    pub(super) notes: Vec<Note>,
    /// Where pictures are shown, in reading order.
    pub(super) uses: Vec<(PhotoId, AnchorId)>,
    /// The figures in reading order, each with the words that a list of them shows.
    pub(super) captions: Vec<(AnchorId, Vec<Inline>)>,
    /// The same of the captioned tables.
    pub(super) table_captions: Vec<(AnchorId, Vec<Inline>)>,
    nodes: u32,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Desk<'_> {
    /// The next number.
    pub(super) fn node(&mut self) -> NodeId {
        let id = NodeId(self.nodes);
        self.nodes += 1;
        id
    }

    /// A text of ready inlines.
    pub(super) fn text(&mut self, inlines: Vec<Inline>, span: Span) -> Text {
        Text { id: self.node(), span, inlines }
    }

    /// A text of words that have no marks yet.
    pub(super) fn plain(&mut self, words: &str, language: &Language, span: Span) -> Text {
        let words = typography::set_str(words, language);
        self.text(vec![Inline::Text(words, span)], span)
    }

    /// A text of the book's own words.
    pub(super) fn term(&mut self, words: &str, span: Span) -> Text {
        let words = self.terms.inline(words.to_owned(), span);
        self.text(vec![words], span)
    }

    fn section(
        &mut self,
        id: SectionId,
        plan: &Planned<'_>,
        plans: &[Planned<'_>],
        before: &[Section],
        manuscript: &Manuscript,
    ) -> Section {
        let span = plan.span;
        let language = self.language.clone();
        let (title, kind) = match &plan.kind {
            PlannedKind::TitlePage => {
                let title = self.plain(&self.project.config.book.title, &language, span);
                (title, pages::title_page(self))
            }
            PlannedKind::Imprint => {
                let title = self.term(self.terms.imprint, span);
                let credits = plans.iter().find(|p| matches!(p.kind, PlannedKind::Credits));
                (title, SectionKind::Imprint(pages::imprint(self, credits.map(|p| p.anchor))))
            }
            PlannedKind::Contents => (self.term(self.terms.contents, span), SectionKind::Contents),
            PlannedKind::Photographs(title) => {
                (self.term(title, span), SectionKind::Photographs(Vec::new()))
            }
            PlannedKind::Tables => {
                let title = self.term(self.terms.tables, span);
                (title, SectionKind::Tables(Vec::new()))
            }
            PlannedKind::Part { title, number } => {
                let label = self.term(&self.terms.part(*number), span);
                (self.plain(title, &language, span), SectionKind::Part { label })
            }
            PlannedKind::Chapter(chapter) => {
                return chapter::resolve(self, id, plan.anchor, &plan.slug, chapter);
            }
            PlannedKind::Credits => {
                let title = self.term(self.terms.credits, span);
                (title, SectionKind::Credits(credits::page(self)))
            }
            PlannedKind::Index { speakers, organisations } => {
                let title = self.term(self.terms.index, span);
                let anchors = (*speakers, *organisations);
                let index = index::of(self, anchors, before, manuscript, span);
                (title, SectionKind::Index(index))
            }
        };
        Section {
            id,
            anchor: plan.anchor,
            slug: plan.slug.clone(),
            matter: plan.matter,
            number: None,
            running: title.plain(),
            title,
            kind,
            language: None,
            span,
        }
    }
}
