//! The places of one chapter that can be linked to: its title, headings, figures and captioned
//! tables, each with its anchor, its number and the names under which links may know it.

use super::captions::Id;
use super::files::Files;
use super::math;
use super::names::Namer;
use super::numbers::Kind;
use super::paths;
use super::plan::{FileNames, Title, TitleWords};
use super::slugs::slug;
use super::types::{AnchorId, Language, SectionId};
use super::walk::{self, Landmark, WrittenImage};
use crate::diag::{Code, Diagnostic};
use crate::manuscript::{BlockKind, Document};
use crate::source::Span;

impl<'a> Namer<'a, '_> {
    /// The chapter's title, from the front matter or from its first heading.
    pub(super) fn title(&mut self, document: &'a Document) -> Title<'a> {
        let heading = first_heading(document);
        if let Some((words, span)) = &document.front.title {
            // Some tools want the title twice; a book shows it once.
            let again = heading.filter(|h| h.words.plain().trim() == words.trim());
            return Title {
                words: TitleWords::Plain(words),
                span: *span,
                block: again.and_then(|h| h.block),
                id: again.and_then(|h| h.id),
                is_numbered: again.is_none_or(|h| h.is_numbered),
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
        Title { words, span, block: None, id: None, is_numbered: true }
    }

    /// The anchor of the opening photograph.
    pub(super) fn opening(
        &mut self,
        document: &Document,
        chapter: &str,
        section: SectionId,
        language: &Language,
    ) -> Option<AnchorId> {
        let (path, span) = document.front.photo.as_ref()?;
        self.photos.get(document.file, path)?;
        let anchor = self.names.anchors.made(&figure_names(path, chapter), section, *span);
        let image =
            WrittenImage { path, title: "", caption: &[], alt: &[], width: None, span: *span };
        self.note_figure(anchor, &[image], language);
        Some(anchor)
    }

    /// Numbers a figure, if it has a caption, and notes what it is called.
    fn note_figure(&mut self, anchor: AnchorId, images: &[WrittenImage<'_>], language: &Language) {
        let captions = images.iter().filter_map(|i| self.photos.caption_of(i));
        let captions: Vec<String> = captions.map(|(words, _)| words.plain().into_owned()).collect();
        let number = if captions.is_empty() { None } else { self.numbers.figure() };
        let photo = images.iter().find_map(|i| self.photos.get(i.span.file, i.path));
        let listed = photo.and_then(|photo| self.photos.listed(photo)).unwrap_or_default();
        let title = if captions.is_empty() { listed } else { captions.join(" ") };
        self.names.references.note(anchor, Kind::Figure, number, (&title, language));
    }

    /// Gives every landmark its anchor and notes the names under which it can be linked to.
    pub(super) fn landmarks(
        &mut self,
        document: &'a Document,
        title: &Title<'a>,
        language: &Language,
        chapter: &str,
        section: SectionId,
        file: FileNames<'a>,
    ) -> Vec<AnchorId> {
        let mut files = Files::new(document, file);
        files.title(&title.words.plain());
        let mut out = Vec::new();
        // The headings above, to tell equal ones apart.
        let mut above: Vec<(u8, String)> = Vec::new();
        let mut locked = self.locked.remove(&document.file).unwrap_or_default();
        let found = self.landmarks.remove(&document.file).unwrap_or_default();
        let found = found.into_iter().filter(|landmark| !title.is_of(landmark, document));
        found.for_each(|landmark| match landmark {
            Landmark::Heading { level, id, is_numbered, inlines, span } => {
                let words = walk::plain(inlines);
                let name = slug(&words);
                above.retain(|(higher, _)| *higher < level);
                let mut names = vec![format!("{chapter}-{name}")];
                names.extend(above.last().map(|(_, up)| format!("{chapter}-{up}-{name}")));
                let locked = locked.headings.pop_front().flatten();
                let anchor = self.anchor((id, locked), &names, section, span);
                let number = self.numbers.heading(level, is_numbered);
                self.names.references.note(anchor, Kind::Heading, number, (&words, language));
                above.push((level, name.clone()));
                files.heading(&words, [name, names.remove(0)], anchor, span);
                if let Some((written, _)) = id {
                    files.at(span).ids.insert(written.clone(), anchor);
                }
                out.push(anchor);
            }
            Landmark::Figure { images, attributes, span } => {
                let id = attributes.id;
                let found = images.iter().find(|i| self.photos.shows(i));
                let Some(image) = found else { return };
                let names = figure_names(image.path, chapter);
                let anchor = self.anchor((id.as_ref(), None), &names, section, span);
                self.note_figure(anchor, &images, language);
                files.at(span).add(id, &names[0], anchor);
                out.push(anchor);
            }
            Landmark::Table(caption) => {
                let words = walk::plain(&caption.words);
                let name = format!("{chapter}-table-{}", slug(&words));
                let names = std::slice::from_ref(&name);
                let id = caption.id.as_ref();
                let anchor = self.anchor((id, None), names, section, caption.span);
                let number = caption.number.unwrap_or_else(|| self.numbers.table());
                let named = (words.as_str(), language);
                self.names.references.note(anchor, Kind::Table, Some(number), named);
                files.at(caption.span).add(caption.id, &name, anchor);
                out.push(anchor);
            }
            Landmark::Formula { id, tex, span } => {
                let names = [format!("{chapter}-{}", slug(&id.0))];
                let anchor = self.anchor((Some(id), None), &names, section, span);
                let number = math::tag(tex).unwrap_or_else(|| self.numbers.formula());
                self.names.references.note(anchor, Kind::Formula, Some(number), ("", language));
                files.at(span).ids.insert(id.0.clone(), anchor);
                out.push(anchor);
            }
        });
        self.names.files.extend(files.finish(self.project));
        out
    }
}

impl FileNames<'_> {
    /// Notes the names of a figure or table: the author's, and the one that was made.
    fn add(&mut self, id: Option<Id>, made: &str, anchor: AnchorId) {
        if let Some((written, _)) = id {
            self.ids.insert(written, anchor);
        }
        self.ids.entry(made.to_owned()).or_insert(anchor);
    }
}

fn figure_names(path: &str, chapter: &str) -> [String; 2] {
    let stem = slug(paths::stem(path));
    [format!("figure-{stem}"), format!("{chapter}-figure-{stem}")]
}

/// The first heading of level 1 that no other block holds.
fn first_heading(document: &Document) -> Option<Title<'_>> {
    document.blocks.iter().enumerate().find_map(|(at, block)| match &block.kind {
        BlockKind::Heading { level: 1, id, inlines, classes, attributes } => Some(Title {
            words: TitleWords::Inlines(inlines),
            span: block.span,
            block: Some(at),
            id: id.as_ref(),
            is_numbered: walk::is_numbered(classes, attributes),
        }),
        BlockKind::Heading { .. }
        | BlockKind::Paragraph(_)
        | BlockKind::List { .. }
        | BlockKind::Definitions(_)
        | BlockKind::Quote(_)
        | BlockKind::Alert(..)
        | BlockKind::Code { .. }
        | BlockKind::Table { .. }
        | BlockKind::Formula { .. }
        | BlockKind::Rule => None,
    })
}
