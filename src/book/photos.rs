//! The pictures of the book: found, loaded once, and joined with their records.
//!
//! All pictures are looked up before anything else is resolved, in reading order, so that
//! numbers, credits and generated sections know from the start which ones exist. Each missing
//! file, record, field and alt text is reported where the chapter shows the picture.

use super::drawings::Drawings;
use super::rooms::Rooms;
use super::types::{Language, Photo, PhotoId};
use super::typography;
use super::walk::{self, Landmarks, WrittenImage};
use super::{gaps, gate};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::manuscript::{self as m, Document, Manuscript};
use crate::photo::{self, Licence, Record, Register, register};
use crate::project::fields::nearest;
use crate::project::{PathProblem, Project};
use crate::source::{FileId, Span};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The pictures by what the chapters wrote.
#[derive(Debug, Default)]
pub(super) struct Photos {
    /// By [`PhotoId`].
    pub(super) list: Vec<Photo>,
    /// The cover.
    pub(super) cover: Option<PhotoId>,
    by_name: BTreeMap<String, PhotoId>,
    by_path: BTreeMap<(FileId, String), Option<PhotoId>>,
    /// Where each picture got an alt text in Markdown first.
    alts: BTreeMap<PhotoId, Span>,
}

/// The words of a caption.
#[derive(Debug)]
pub(super) enum Words<'a> {
    /// A title, or what the register says.
    Plain(String),
    /// What HTML says, with marks and links.
    Marked(&'a [m::Inline]),
}

impl Words<'_> {
    pub(super) fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Plain(words) => Cow::Borrowed(words),
            Self::Marked(inlines) => Cow::Owned(walk::plain(inlines)),
        }
    }
}

impl Photos {
    /// The picture that a chapter names; `None` if it was reported.
    pub(super) fn get(&self, chapter: FileId, path: &str) -> Option<PhotoId> {
        self.by_path.get(&(chapter, path.to_owned())).copied().flatten()
    }

    /// Whether a picture is there.
    pub(super) fn shows(&self, image: &WrittenImage<'_>) -> bool {
        self.get(image.span.file, image.path).is_some()
    }

    /// A picture and its record.
    pub(super) fn record(&self, id: PhotoId) -> Option<&Record> {
        self.photo(id)?.record.as_deref()
    }

    /// The pictures that a page of credits has something to say of, in the order of first use.
    pub(super) fn credited(&self) -> Vec<PhotoId> {
        let says = |r: &Record| {
            let names = r.creator.is_some() || r.credit.is_some() || r.after.is_some();
            names || r.copyright.is_some() || r.licence.is_some() || r.source.is_some()
        };
        let photos = (0u32..).map(PhotoId).zip(&self.list);
        photos.filter(|(_, p)| p.record.as_deref().is_some_and(says)).map(|(id, _)| id).collect()
    }

    /// The words below a picture: the author's in the chapter, or those of the register.
    pub(super) fn caption_of<'a>(&self, image: &WrittenImage<'a>) -> Option<(Words<'a>, Span)> {
        let photo = self.get(image.span.file, image.path)?;
        if !image.caption.is_empty() {
            return Some((Words::Marked(image.caption), image.span));
        }
        if !image.title.trim().is_empty() {
            return Some((Words::Plain(image.title.trim().to_owned()), image.span));
        }
        let (caption, span) = self.record(photo)?.caption.as_ref()?;
        (!caption.trim().is_empty()).then(|| (Words::Plain(caption.trim().to_owned()), *span))
    }

    /// What a list of pictures says about one without a caption.
    pub(super) fn listed(&self, id: PhotoId) -> Option<String> {
        let photo = self.photo(id)?;
        let words = [photo.title.as_deref(), Some(photo.alt.as_str()), Some(photo.name.as_str())];
        words.into_iter().flatten().find(|words| !words.is_empty()).map(str::to_owned)
    }

    /// Notes that a figure cuts off a picture's edges in print.
    pub(super) fn crop(&mut self, id: PhotoId, figure: Span) {
        if let Some(photo) = self.list.get_mut(id.0 as usize) {
            photo.cropped.get_or_insert(figure);
        }
    }

    /// The picture itself.
    pub(super) fn photo(&self, id: PhotoId) -> Option<&Photo> {
        self.list.get(id.0 as usize)
    }
}

/// Finds and loads every picture of the book.
pub(super) fn collect(
    project: &Project,
    (manuscript, landmarks): (&Manuscript, &Landmarks<'_>),
    language: &Language,
    diagnostics: &mut Diagnostics,
) -> Photos {
    let register = register::read(project, diagnostics);
    let photos = Photos::default();
    let drawings = Drawings::new(project);
    let written: Vec<_> = manuscript.documents.iter().map(|d| (d, written(d))).collect();
    let rooms = Rooms::of(project, manuscript, landmarks);
    let read = read_all(project, &written, &rooms, &drawings);
    let shown = BTreeSet::new();
    let mut search =
        Search { project, register, language, drawings, read, photos, shown, diagnostics };
    for (document, images) in written {
        images.into_iter().for_each(|image| search.take(document, image));
    }
    search.cover();
    let Search { register, photos, shown, diagnostics, .. } = search;
    if project.config.lenient {
        gaps::sum_up(project, &photos.list, diagnostics);
    } else {
        photos.list.iter().for_each(|photo| gate::check_alt(project, photo, diagnostics));
    }
    gate::check_unused(project, &register, &shown, diagnostics);
    photos
}

/// The pictures that a chapter shows, in reading order; its opening photograph is the first.
fn written(document: &Document) -> Vec<WrittenImage<'_>> {
    let mut written = Vec::new();
    if let Some((path, span)) = &document.front.photo {
        let image =
            WrittenImage { path, title: "", caption: &[], alt: &[], width: None, span: *span };
        written.push(image);
    }
    if document.has_images {
        let bodies = std::iter::once(&document.blocks);
        for blocks in bodies.chain(document.notes.iter().map(|note| &note.blocks)) {
            walk::images(blocks, &mut |image| written.push(image));
        }
    }
    written
}

/// Reads every picture that is there, several at the same time: that is most of the work.
fn read_all(
    project: &Project,
    written: &[(&Document, Vec<WrittenImage<'_>>)],
    rooms: &Rooms,
    drawings: &Drawings<'_>,
) -> BTreeMap<String, photo::Read> {
    let mut names = BTreeSet::new();
    let mut take = |from: &str, path: &str| names.extend(project.resolve_photo_path(from, path));
    for (document, images) in written {
        images.iter().for_each(|image| take(document.path_of(image.span), image.path));
    }
    let photos = &project.config.photos;
    photos.cover.iter().for_each(|(name, _)| take(&format!("{}/book.toml", photos.folder), name));
    let typefaces = &drawings.typefaces;
    let read = names.into_par_iter().map_init(Vec::new, |buffer, name| {
        let read = photo::read(project, &name, (typefaces, rooms.of_picture(&name)), buffer);
        (name, read)
    });
    read.collect()
}

struct Search<'a> {
    project: &'a Project,
    register: Register,
    language: &'a Language,
    drawings: Drawings<'a>,
    /// What was read, by name.
    read: BTreeMap<String, photo::Read>,
    photos: Photos,
    /// Files that are shown, whole or damaged.
    shown: BTreeSet<String>,
    diagnostics: &'a mut Diagnostics,
}

impl Search<'_> {
    fn take(&mut self, document: &Document, image: WrittenImage<'_>) {
        let key = (image.span.file, image.path.to_owned());
        let known = self.photos.by_path.get(&key).copied();
        let id = known.unwrap_or_else(|| self.find(document, image));
        self.photos.by_path.insert(key, id);
        let alt = walk::plain(image.alt);
        if let (Some(id), false) = (id, alt.trim().is_empty()) {
            self.alt(id, typography::set_str(alt.trim(), self.language), image.span);
        }
    }

    fn find(&mut self, document: &Document, image: WrittenImage<'_>) -> Option<PhotoId> {
        match self.project.resolve_photo_path(document.path_of(image.span), image.path) {
            Ok(name) => self.load(&name, image.span),
            Err(problem) => {
                self.unfound(problem, image);
                None
            }
        }
    }

    fn unfound(&mut self, problem: PathProblem, image: WrittenImage<'_>) {
        let WrittenImage { path, span, .. } = image;
        let folder = &self.project.config.photos.folder;
        let is_address = path.contains("://");
        let diagnostic = match problem {
            PathProblem::Missing | PathProblem::Outside if is_address => {
                let message = format!("image `{path}` is not on this machine");
                Diagnostic::new(Code::MissingImage, span, message).help(format!(
                    "nothing is fetched: save the picture in `{folder}` and give it a record"
                ))
            }
            PathProblem::Missing => {
                let message = format!("image `{path}` does not exist");
                let names = self.register.records.keys().map(String::as_str);
                let wanted = path.rsplit('/').next().unwrap_or(path);
                let help = nearest(wanted, names)
                    .map(|name| format!("did you mean `{name}`?"))
                    .unwrap_or_else(|| format!("put it in `{folder}`"));
                Diagnostic::new(Code::MissingImage, span, message).help(help)
            }
            PathProblem::Linked => {
                let message = format!("image `{path}` leads out of the photo folder");
                Diagnostic::new(Code::PathOutside, span, message)
                    .help("it is or goes through a symbolic link: put the file itself there")
            }
            PathProblem::Outside => {
                let message = format!("image `{path}` lies outside of the photo folder");
                Diagnostic::new(Code::PathOutside, span, message)
                    .help(format!("move it into `{folder}`, or change `[photos] folder`"))
            }
        };
        self.diagnostics.push(diagnostic);
    }

    fn load(&mut self, name: &str, span: Span) -> Option<PhotoId> {
        if let Some(known) = self.photos.by_name.get(name) {
            return Some(*known);
        }
        self.shown.insert(name.to_owned());
        let read = self.read.get(name)?;
        let image = read.tell(name, span, self.diagnostics)?;
        if let Some(drawing) = &image.drawing {
            self.drawings.check(drawing, name, span, self.diagnostics);
        }
        let picture = (name, read.metadata());
        let record =
            register::record_of(self.project, &self.register, picture, span, self.diagnostics);
        if !self.project.config.lenient {
            gate::check_record(self.project, name, record.as_ref(), span, self.diagnostics);
        }
        let id = PhotoId(u32::try_from(self.photos.list.len()).unwrap_or(u32::MAX));
        let private = read.private().clone();
        self.photos.list.push(Photo { private, ..self.photo(name, image, record, span) });
        self.photos.by_name.insert(name.to_owned(), id);
        Some(id)
    }

    fn photo(
        &self,
        name: &str,
        image: Arc<photo::Image>,
        record: Option<Record>,
        span: Span,
    ) -> Photo {
        let known = record.map(Arc::new);
        let record = known.as_deref();
        let said = |text: &Option<(String, Span)>| {
            text.as_ref().map(|(text, _)| typography::set_str(text, self.language))
        };
        let creator = record.and_then(|r| r.creator.as_ref());
        let creator = creator.map(|(creator, _)| creator.text.clone()).unwrap_or_default();
        let licence = record.and_then(|r| r.licence.as_ref()).map(|(licence, _)| licence);
        Photo {
            name: name.to_owned(),
            image,
            alt: record.and_then(|r| said(&r.alt)).unwrap_or_default(),
            long_description: record.and_then(|r| said(&r.long_description)),
            decorative: record.is_some_and(|r| r.decorative),
            title: record.and_then(|r| said(&r.title)),
            credit: record.and_then(|r| said(&r.credit)).unwrap_or_else(|| creator.clone()),
            creator,
            copyright: record.and_then(|r| said(&r.copyright)),
            licence: licence.map(licence_words).unwrap_or_default(),
            licence_url: licence.and_then(|l| l.url().map(str::to_owned)),
            source: record.and_then(|r| r.source.as_ref().map(|(source, _)| source.text.clone())),
            span: record.map_or(span, |r| r.span),
            record: known.clone(),
            private: BTreeSet::new(),
            is_only_cover: false,
            cropped: None,
        }
    }

    /// The author's words in the chapter win over the register's; the first place that has any
    /// speaks for all, because a picture is one file with one description.
    fn alt(&mut self, id: PhotoId, alt: String, span: Span) {
        let photo = &mut self.photos.list[id.0 as usize];
        let Some(first) = self.photos.alts.get(&id) else {
            photo.alt = alt;
            photo.decorative = false;
            self.photos.alts.insert(id, span);
            return;
        };
        if photo.alt != alt {
            let message = format!("image `{}` has another alt text elsewhere", photo.name);
            self.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, span, message)
                    .severity(Severity::Warning)
                    .related(*first, "the text that is used")
                    .help("write the same text, or none here"),
            );
        }
    }

    fn cover(&mut self) {
        let Some((name, span)) = &self.project.config.photos.cover else { return };
        let (name, span) = (name.clone(), *span);
        let image =
            WrittenImage { path: &name, title: "", caption: &[], alt: &[], width: None, span };
        // The cover is named from the photo folder only: the book's own folder is no chapter.
        let folder = &self.project.config.photos.folder;
        let from = format!("{folder}/book.toml");
        match self.project.resolve_photo_path(&from, &name) {
            Ok(name) => {
                let shown = self.photos.list.len();
                let cover = self.load(&name, span);
                self.photos.list.iter_mut().skip(shown).for_each(|p| p.is_only_cover = true);
                self.photos.cover = cover;
            }
            Err(problem) => self.unfound(problem, image),
        }
    }
}

/// The SPDX identifier, or the licence's own words.
fn licence_words(licence: &Licence) -> String {
    match licence {
        Licence::Spdx(id) => (*id).to_owned(),
        Licence::Text(words) => words.text.clone(),
    }
}
