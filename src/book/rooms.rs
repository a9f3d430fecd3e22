//! How much room print has for each picture: more on a page of its own than in the text.

use super::types::{BLEED, Placement};
use super::walk::{Landmark, Landmarks};
use crate::diag::Diagnostics;
use crate::geom::Length;
use crate::manuscript::Manuscript;
use crate::photo::{PRINT_PPI, Room};
use crate::project::{EditionConfig, Project};
use std::collections::BTreeMap;

/// The rooms that the editions have.
pub(super) struct Rooms {
    /// For pictures in the text.
    text: Vec<Room>,
    /// For those that have more, by name.
    larger: BTreeMap<String, Vec<Room>>,
}

impl Rooms {
    /// Looks at where figures stand; what is wrong with that is told later.
    pub(super) fn of(
        project: &Project,
        manuscript: &Manuscript,
        landmarks: &Landmarks<'_>,
    ) -> Self {
        let editions = &project.config.editions;
        let mut larger: BTreeMap<String, Vec<Room>> = BTreeMap::new();
        for document in &manuscript.documents {
            for landmark in landmarks.get(&document.file).into_iter().flatten() {
                let Landmark::Figure { images, attributes, .. } = landmark else { continue };
                let placement = attributes.placement(images.len(), &mut Diagnostics::default());
                if matches!(placement, Placement::FullPage { .. } | Placement::Spread) {
                    for image in images {
                        let name =
                            project.resolve_photo_path(document.path_of(image.span), image.path);
                        let Ok(name) = name else { continue };
                        let rooms = editions.iter().map(|edition| on_pages(edition, placement));
                        larger.entry(name).or_default().extend(rooms);
                    }
                }
            }
        }
        Self { text: editions.iter().map(in_text).collect(), larger }
    }

    /// Those for a picture.
    pub(super) fn of_picture(&self, name: &str) -> &[Room] {
        self.larger.get(name).unwrap_or(&self.text)
    }
}

fn in_text(edition: &EditionConfig) -> Room {
    let margins = edition.margins;
    room(
        edition.page.width - margins.inner - margins.outer,
        edition.page.height - margins.top - margins.bottom,
        false,
    )
}

fn on_pages(edition: &EditionConfig, placement: Placement) -> Room {
    let pages = if placement == Placement::Spread { 2 } else { 1 };
    let (width, height) = (edition.page.width, edition.page.height);
    if placement.crops() && edition.mirrored {
        room(width * pages + BLEED * 2, height + BLEED * 2, true)
    } else {
        room(width, height, false)
    }
}

fn room(width: Length, height: Length, is_filled: bool) -> Room {
    let pixels = |length: Length| {
        u32::try_from(length.scale(PRINT_PPI, 72).0 / Length::PER_POINT).unwrap_or(0)
    };
    Room { width: pixels(width), height: pixels(height), is_filled }
}
