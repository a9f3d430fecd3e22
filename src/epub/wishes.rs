//! What the author wishes of the EPUB (`[epub]`), checked against the book: whatever stands in
//! [`Wishes`] can be fulfilled.

use super::claims;
use super::stylesheet;
use crate::book::Book;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::font::{FaceId, Faces};
use crate::project::fields::{nearest, one_of};
use crate::project::{EpubConfig, Project, Theme, ThemeName};
use crate::source::Span;

/// The author's wishes. Without any, the EPUB has a page list, our style and no fonts.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// Whether the pages of the print edition are marked and listed.
    pub(super) page_list: bool,
    /// The book's theme: what the style hints at, and what a drawn cover looks like.
    pub(super) theme: Theme,
    /// The author's styles; they come behind ours.
    pub(super) style: String,
    /// Faces to embed, family by family.
    pub(super) faces: Vec<FaceId>,
    /// Who certifies the book's accessibility; there is nothing in it that would belie that.
    pub(super) certified_by: Option<String>,
    /// The most bytes of the archive, and where that is said.
    pub(super) budget: Option<(u64, Span)>,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            page_list: true,
            theme: Theme::built_in(ThemeName::Source),
            style: String::new(),
            faces: Vec::new(),
            certified_by: None,
            budget: None,
        }
    }
}

impl Wishes {
    /// Whether the pages of the print edition are marked and listed.
    pub fn has_pages(&self) -> bool {
        self.page_list
    }

    /// The wishes of a project; those that cannot be fulfilled are reported.
    pub fn of(
        project: &Project,
        book: &Book,
        faces: &Faces,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let EpubConfig { page_list, budget, fonts, certified_by, css: _, release: _ } =
            &project.config.epub;
        let style = project.style.map(|file| (file, project.sources.get(file).text.as_str()));
        if let Some((file, text)) = style {
            stylesheet::check(text, file, diagnostics);
        }
        let mut chosen = Vec::new();
        for (family, span) in fonts {
            chosen.extend(family_faces(faces, family, *span, diagnostics));
        }
        let certified_by =
            certified_by.as_ref().filter(|(_, span)| claims::hold(book, *span, diagnostics));
        Self {
            page_list: *page_list,
            theme: project.config.theme.clone(),
            style: style.map(|(_, text)| text.to_owned()).unwrap_or_default(),
            faces: chosen,
            certified_by: certified_by.map(|(name, _)| name.clone()),
            budget: *budget,
        }
    }
}

/// The faces of a family that an EPUB needs: regular and bold, upright and slanted; all of them if
/// it has neither.
fn family_faces(
    faces: &Faces,
    family: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Vec<FaceId> {
    let named = |id: FaceId| faces.get(id).family().unwrap_or_default();
    let all: Vec<FaceId> =
        faces.iter().map(|(id, _)| id).filter(|id| named(*id) == family).collect();
    if all.is_empty() {
        let mut known: Vec<String> = faces.iter().map(|(id, _)| named(id)).collect();
        known.sort();
        known.dedup();
        let known = || known.iter().map(String::as_str);
        let help = match nearest(family, known()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("there are {}, and those of `[fonts] folder`", one_of(known())),
        };
        let message = format!("there is no family of faces `{family}`");
        diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message).help(help));
    }
    let (sound, bad): (Vec<FaceId>, Vec<FaceId>) = all.into_iter().partition(|id| {
        let face = faces.get(*id);
        face.traits().may_embed_whole && !face.bytes.starts_with(b"ttcf")
    });
    if let Some(first) = bad.first() {
        let name = &faces.get(*first).name;
        let message = format!("`{name}` may not be embedded as a whole file");
        let help = "its licence flags (`fsType`) forbid it, or it is a collection: choose another";
        diagnostics.push(Diagnostic::new(Code::InvalidFont, span, message).help(help));
    }
    let usual = |id: &FaceId| matches!(faces.get(*id).traits().weight, 400 | 700);
    match sound.iter().any(usual) {
        true => sound.into_iter().filter(usual).collect(),
        false => sound,
    }
}
