//! What figures and formulas show and where: their bounding boxes (ISO 32000-1, 14.8.5.4.3) and the words
//! that stand for them.

use std::collections::BTreeMap;

use super::elements::reading_order;
use super::painting::{extent, union};
use crate::book::{Book, PhotoId};
use crate::geom::Rect;
use crate::layout::pages::{Item, Mark, Pages, Structure, TagId, TagKind};
use crate::source::Span;

/// A figure, or a formula, as the pages show it.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// Index of the page on which it begins.
    pub(super) page: usize,
    /// What it covers there.
    pub(super) area: Rect,
    /// Its pictures.
    pub(super) photos: Vec<PhotoId>,
    /// Where it is called; `None` for one that is only drawn.
    pub(super) span: Option<Span>,
}

/// All figures and formulas, by their element.
pub(super) fn find(pages: &Pages) -> BTreeMap<TagId, Figure> {
    let (_, parents) = reading_order(&pages.structure);
    let mut figures: BTreeMap<TagId, Figure> = BTreeMap::new();
    for (page, item) in
        pages.pages.iter().enumerate().flat_map(|(n, page)| page.items.iter().map(move |i| (n, i)))
    {
        let (mark, area, photo) = match item {
            Item::Image(image) => (image.mark, Some(image.seen()), Some((image.photo, image.span))),
            Item::Path(path) => (path.mark, extent(&path.segments), None),
            Item::Formula(formula) => (formula.mark, Some(formula.area), None),
            Item::Glyphs(_) | Item::Link(_) => continue,
        };
        let (Some(tag), Some(area)) = (owner(&pages.structure, &parents, mark), area) else {
            continue;
        };
        let figure = figures.entry(tag).or_insert_with(|| Figure {
            page,
            area,
            photos: Vec::new(),
            span: photo.map(|(_, span)| span),
        });
        if figure.page == page {
            figure.area = union(figure.area, area);
        }
        figure.span = figure.span.or(photo.map(|(_, span)| span));
        figure.photos.extend(photo.map(|(photo, _)| photo));
    }
    figures
}

/// The words for a figure: those the layout gave, else those of its pictures.
pub(super) fn alternative(own: Option<&str>, figure: &Figure, book: &Book) -> Option<String> {
    let of_photos = || {
        let photos = figure.photos.iter().filter_map(|id| book.photos.get(id.0 as usize));
        let words: Vec<_> =
            photos.map(|photo| photo.alt.trim()).filter(|a| !a.is_empty()).collect();
        words.join(" ")
    };
    let words = own.map_or_else(of_photos, str::to_owned);
    (!words.trim().is_empty()).then_some(words)
}

fn owner(tags: &Structure, parents: &[Option<TagId>], mark: Mark) -> Option<TagId> {
    let Mark::Content(slot) = mark else { return None };
    let mut tag = *tags.contents.get(slot.0 as usize)?;
    loop {
        if matches!(tags.tags.get(tag.0 as usize)?.kind, TagKind::Figure | TagKind::Formula) {
            return Some(tag);
        }
        tag = parents.get(tag.0 as usize).copied().flatten()?;
    }
}
