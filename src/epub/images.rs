//! The pictures of the package: which there are, what they are called, how large they are.
//!
//! A picture appears once however often it is shown. The cover has a file of its own, because
//! shops want it in other measures than the pages do. How a picture is made smaller is the
//! business of `photo`.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::names::{Unique, ascii_stem};
use crate::book::{Block, Book, Figure, Inline, Photo, PhotoId, SectionKind, Text};
use crate::font::Faces;
use crate::photo::{Derived, Format, Limits, MASTER, derive_inscribed, inscribed_drawing};
use crate::project::Theme;

/// Drawings as pixels: what shows them is old, and its screen is small.
const STANDING_IN: Limits = Limits { max_side: 1200, max_pixels: 1_440_000 };

/// The cover: 1600 by 2400 pixels in the usual shape of a book.
const COVER: Limits = Limits { max_side: 2400, max_pixels: 1600 * 2400 };

/// A picture as it is in the package.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    /// Its address seen from the documents.
    pub(super) href: String,
    /// What it is.
    pub(super) media_type: &'static str,
    /// Width in pixels.
    pub(super) width: u32,
    /// Height in pixels.
    pub(super) height: u32,
    /// Its file.
    pub(super) bytes: Arc<[u8]>,
    /// Whether the page may be seen through it.
    pub(super) is_clear: bool,
    /// A drawing as pixels, for systems that do not show drawings.
    pub(super) fallback: Option<Box<Picture>>,
}

/// All pictures of the package.
#[derive(Debug)]
pub(super) struct Images {
    /// By [`PhotoId`]; `None` for those that only the cover shows.
    shown: Vec<Option<Picture>>,
    /// The cover.
    pub(super) cover: Option<Picture>,
}

impl Images {
    /// Makes the pictures of a book; the theme is for a drawn cover.
    pub(super) fn new(book: &Book, faces: &Faces, theme: &Theme) -> Self {
        let shown = Shown::of(book);
        let mut unique = Unique::default();
        unique.claim("cover");
        let names: Vec<_> =
            book.photos.iter().map(|photo| unique.claim(&stem(&photo.name))).collect();
        let derived: Vec<_> = (0..book.photos.len())
            .into_par_iter()
            .map(|at| shown.contains(at).then(|| picture(&names[at], &book.photos[at])))
            .collect();
        let cover = book
            .cover
            .and_then(|id| book.photos.get(id.0 as usize))
            .map(|photo| derive_inscribed(&photo.image, COVER, &photo.rights()))
            .or_else(|| super::cover::draw(book, faces, theme))
            .map(|image| file("cover", image));
        Self { shown: derived, cover }
    }

    /// The picture that the text shows for a photo.
    pub(super) fn get(&self, photo: PhotoId) -> Option<&Picture> {
        self.shown.get(photo.0 as usize)?.as_ref()
    }

    /// The bytes of each photo; the cover's are those of its photo as well.
    pub(super) fn bytes(&self, book: &Book) -> Vec<(PhotoId, usize)> {
        let shown = (0..).map(PhotoId).zip(&self.shown);
        let shown = shown.filter_map(|(id, picture)| {
            let bytes = picture.as_ref()?.files().map(|picture| picture.bytes.len()).sum();
            Some((id, bytes))
        });
        let cover = self.cover.as_ref().map(|cover| cover.bytes.len());
        book.cover.zip(cover).into_iter().chain(shown).collect()
    }

    /// All pictures in the order of the package.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Picture> {
        self.cover.iter().chain(self.shown.iter().flatten()).flat_map(Picture::files)
    }
}

impl Picture {
    /// The picture, and the one that stands in for it.
    fn files(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.fallback.as_deref())
    }
}

/// A picture of the text. A drawing is there twice: as it is, and as pixels.
fn picture(stem: &str, photo: &Photo) -> Picture {
    let rights = photo.rights();
    let derived = |limits| file(stem, derive_inscribed(&photo.image, limits, &rights));
    let Some(drawing) = &photo.image.drawing else {
        return Picture { is_clear: photo.image.has_alpha, ..derived(MASTER) };
    };
    let (width, height) = drawing.units();
    Picture {
        href: format!("images/{stem}.{}", extension(Format::Svg)),
        media_type: media_type(Format::Svg),
        width,
        height,
        bytes: inscribed_drawing(&drawing.to_svg(), &rights).into_bytes().into(),
        is_clear: true,
        fallback: Some(Box::new(derived(STANDING_IN))),
    }
}

fn file(stem: &str, image: Derived) -> Picture {
    Picture {
        href: format!("images/{stem}.{}", extension(image.format)),
        media_type: media_type(image.format),
        width: image.width,
        height: image.height,
        bytes: image.bytes.into(),
        is_clear: false,
        fallback: None,
    }
}

/// The file name, without extension, that a picture's own name gives: folders become part of it.
fn stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    ascii_stem(&stem.replace('.', "-"), "picture").to_ascii_lowercase()
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Jpeg => "jpg",
        Format::Png => "png",
        Format::WebP => "webp",
        Format::Gif => "gif",
        Format::Tiff => "tif",
        Format::Svg => "svg",
    }
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Jpeg => "image/jpeg",
        Format::Png => "image/png",
        Format::WebP => "image/webp",
        Format::Gif => "image/gif",
        Format::Tiff => "image/tiff",
        Format::Svg => "image/svg+xml",
    }
}

/// Which photos the text shows.
#[derive(Default)]
struct Shown(BTreeSet<PhotoId>);

impl Shown {
    fn of(book: &Book) -> Self {
        let mut shown = Self::default();
        for section in &book.sections {
            shown.text(&section.title);
            match &section.kind {
                SectionKind::Imprint(blocks) => shown.blocks(blocks),
                SectionKind::Chapter(chapter) => {
                    chapter.subtitle.iter().for_each(|text| shown.text(text));
                    chapter.opening.iter().for_each(|figure| shown.figure(figure));
                    shown.blocks(&chapter.blocks);
                }
                SectionKind::Part { label } => shown.text(label),
                SectionKind::Photographs(entries) | SectionKind::Tables(entries) => {
                    entries.iter().for_each(|entry| shown.text(&entry.text));
                }
                SectionKind::Credits(credits) => {
                    credits.entries.iter().for_each(|credit| shown.text(&credit.text));
                    credits.licences.iter().for_each(|text| shown.text(text));
                }
                SectionKind::TitlePage { .. } | SectionKind::Contents | SectionKind::Index(_) => {}
            }
        }
        book.notes.iter().for_each(|note| shown.blocks(&note.blocks));
        shown
    }

    fn contains(&self, at: usize) -> bool {
        u32::try_from(at).is_ok_and(|at| self.0.contains(&PhotoId(at)))
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.text(text),
                Block::Heading(heading) => self.text(&heading.text),
                Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
                Block::Definitions(list) => {
                    for definition in list {
                        definition.terms.iter().for_each(|term| self.text(term));
                        definition.bodies.iter().for_each(|body| self.blocks(body));
                    }
                }
                Block::Quote(blocks) => self.blocks(blocks),
                Block::Alert(alert) => self.blocks(&alert.blocks),
                Block::Table(table) => {
                    table.caption.iter().for_each(|caption| self.text(caption));
                    let cells = table.head.iter().chain(&table.body).flat_map(|row| &row.cells);
                    cells.for_each(|cell| self.text(&cell.text));
                }
                Block::Figure(figure) => self.figure(figure),
                Block::Code(_) | Block::Formula(_) | Block::Rule(..) => {}
            }
        }
    }

    fn figure(&mut self, figure: &Figure) {
        self.0.extend(&figure.photos);
        figure.caption.iter().chain(&figure.credit).for_each(|text| self.text(text));
    }

    fn text(&mut self, text: &Text) {
        self.inlines(&text.inlines);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            if let Inline::Image(photo, _) = inline {
                self.0.insert(*photo);
            }
            self.inlines(inline.children());
        }
    }
}
