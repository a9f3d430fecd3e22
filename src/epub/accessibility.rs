//! What can truthfully be said about the book's accessibility: computed from what it contains.
//!
//! Nothing is claimed by default. A picture without words withdraws `alternativeText` and the
//! sufficiency of text alone; page navigation is claimed when there are pages. Conformance is
//! not claimed here at all: that is for somebody to certify.

use super::document::Shared;
use super::images::Images;
use crate::book::{Book, SectionKind, is_silent};

/// The schema.org accessibility metadata of EPUB Accessibility 1.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Accessibility {
    /// `schema:accessMode`
    pub(super) modes: Vec<&'static str>,
    /// `schema:accessModeSufficient`
    pub(super) sufficient: Vec<&'static str>,
    /// `schema:accessibilityFeature`
    pub(super) features: Vec<&'static str>,
    /// `schema:accessibilityHazard`: nothing moves, flashes or sounds, since there are only text
    /// and still pictures.
    pub(super) hazards: [&'static str; 3],
    /// `schema:accessibilitySummary`, in English.
    pub(super) summary: String,
}

/// What the documents hold, as they were written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holds {
    /// Beginnings of pages.
    pub(super) pages: bool,
    /// Formulas.
    pub(super) math: bool,
    /// Long descriptions of pictures.
    pub(super) descriptions: bool,
}

/// Computes the metadata.
pub(super) fn accessibility(shared: &Shared<'_>, written: Holds) -> Accessibility {
    let pictures = Pictures::of(shared.book, shared.images);
    let mut modes = vec!["textual"];
    if pictures.count > 0 {
        modes.push("visual");
    }
    let mut sufficient = Vec::new();
    if pictures.all_have_words {
        sufficient.push("textual");
    }
    if pictures.count > 0 {
        sufficient.push("textual,visual");
    }
    let mut features = vec![
        "ARIA",
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
        "unlocked",
    ];
    if pictures.count > 0 && pictures.all_have_words {
        features.push("alternativeText");
    }
    if written.descriptions {
        features.push("longDescription");
    }
    let is_index = |kind: &SectionKind| matches!(kind, SectionKind::Index(_));
    if shared.book.sections.iter().any(|section| is_index(&section.kind)) {
        features.push("index");
    }
    if written.math {
        // Every formula says what it is: `Formula::text` is never empty.
        features.extend(["MathML", "describedMath"]);
    }
    if written.pages {
        features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    features.sort_unstable_by_key(|feature| feature.to_ascii_lowercase());
    Accessibility {
        modes,
        sufficient,
        features,
        hazards: ["noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"],
        summary: summary(&pictures, written),
    }
}

fn summary(pictures: &Pictures, written: Holds) -> String {
    let mut sentences = vec![
        "The text can be set in any size, typeface and colour and read aloud from beginning to end.",
        "Headings, notes, tables and lists are marked as such, and every chapter can be reached from the contents.",
    ];
    if pictures.count > 0 {
        sentences.push(if pictures.all_have_words {
            "Every picture that carries meaning is described in words."
        } else {
            "Not every picture is described in words."
        });
    }
    if written.descriptions {
        sentences.push("Pictures that say more than fits a sentence have long descriptions.");
    }
    if written.math {
        sentences.push("Formulas are MathML, each also written in one line of characters.");
    }
    if written.pages {
        sentences.push("The beginnings of the pages of the PDF edition are marked and listed.");
    }
    sentences.join(" ")
}

/// What the pictures of the package amount to.
struct Pictures {
    /// Pictures that carry meaning.
    count: usize,
    /// Each of them has words.
    all_have_words: bool,
}

impl Pictures {
    fn of(book: &Book, images: &Images) -> Self {
        let shown = (0u32..).zip(&book.photos).filter(|(at, photo)| {
            !photo.decorative && images.get(crate::book::PhotoId(*at)).is_some()
        });
        let mut pictures =
            Self { count: usize::from(images.cover.is_some()), all_have_words: true };
        for (_, photo) in shown {
            pictures.count += 1;
            pictures.all_have_words &= !is_silent(photo);
        }
        pictures
    }
}
