//! The faces that words in drawings are set in: the book's own, by the names that drawings ask
//! for or, where those are not here, by what they are like.

use crate::photo::{Format, Limits, derive, embedded};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use usvg::fontdb::{Database, Family, ID, Query, Source, Stretch, Style, Weight};
use usvg::{FontFamily, FontResolver, FontStyle, ImageHrefResolver, ImageKind};

/// What stands for `serif`, and for what is not asked for.
const SERIF: &str = "Source Serif 4";
/// What stands for Times and its kin, which are narrower.
const TIMES: &str = "Libertinus Serif";
/// What stands for `sans-serif`.
const SANS: &str = "Source Sans 3";
/// What stands for `monospace`.
const MONOSPACE: &str = "Source Code Pro";

/// Parts of the names of families without serifs that are asked for by name.
const LIKE_SANS: &[&str] = &[
    "sans",
    "arial",
    "helvetica",
    "verdana",
    "tahoma",
    "segoe",
    "roboto",
    "inter",
    "calibri",
    "ubuntu",
    "trebuchet",
    "lato",
    "montserrat",
    "noto",
    "myriad",
    "futura",
];
/// Parts of the names of families that are as narrow as Times.
const LIKE_TIMES: &[&str] = &["times", "liberation serif", "nimbus roman", "libertine"];
/// Parts of the names of families of one width.
const LIKE_MONOSPACE: &[&str] = &["mono", "courier", "consolas", "menlo", "monaco", "code"];

/// Pictures within drawings: no larger than the largest page shows.
const WITHIN: Limits = Limits { max_side: 4000, max_pixels: 12_000_000 };

/// The faces that words in drawings may be set in. Most books have no such words, so that the
/// faces are read when one has.
#[derive(Debug, Default)]
pub struct Typefaces<'a> {
    bundled: Vec<&'static [u8]>,
    own: Vec<&'a [u8]>,
    database: OnceLock<Arc<Database>>,
}

impl<'a> Typefaces<'a> {
    /// Of the font files in the binary and those of the book.
    pub fn new(bundled: Vec<&'static [u8]>, own: Vec<&'a [u8]>) -> Self {
        Self { bundled, own, database: OnceLock::new() }
    }

    /// How drawings are read: with these faces, and with no file from anywhere.
    /// `is_lost` becomes true when a picture within cannot be read.
    pub(super) fn options<'o>(&'o self, is_lost: &'o AtomicBool) -> usvg::Options<'o> {
        usvg::Options {
            font_family: SERIF.to_owned(),
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, data, options| {
                    let picture = picture(&data, options);
                    is_lost.fetch_or(picture.is_none(), Ordering::Relaxed);
                    picture
                }),
                resolve_string: Box::new(|_, _| None),
            },
            font_resolver: FontResolver {
                select_font: Box::new(|font, database| {
                    *database = Arc::clone(self.database());
                    select(font, database)
                }),
                select_fallback: FontResolver::default_fallback_selector(),
            },
            ..usvg::Options::default()
        }
    }

    fn database(&self) -> &Arc<Database> {
        self.database.get_or_init(|| {
            let mut database = Database::new();
            for file in &self.bundled {
                database.load_font_source(Source::Binary(Arc::new(*file)));
            }
            self.own.iter().for_each(|file| database.load_font_data(file.to_vec()));
            Arc::new(database)
        })
    }
}

/// The face for what a drawing asks for; the last resort is the book's own text face.
fn select(font: &usvg::Font, database: &Database) -> Option<ID> {
    let mut names: Vec<&str> = Vec::new();
    for family in font.families() {
        match family {
            FontFamily::Serif | FontFamily::Cursive => names.push(SERIF),
            FontFamily::SansSerif | FontFamily::Fantasy => names.push(SANS),
            FontFamily::Monospace => names.push(MONOSPACE),
            FontFamily::Named(name) => names.extend([name.as_str()].into_iter().chain(like(name))),
        }
    }
    names.push(SERIF);
    let families: Vec<Family<'_>> = names.into_iter().map(Family::Name).collect();
    database.query(&Query {
        families: &families,
        weight: Weight(font.weight()),
        stretch: Stretch::Normal,
        style: match font.style() {
            FontStyle::Normal => Style::Normal,
            FontStyle::Italic => Style::Italic,
            FontStyle::Oblique => Style::Oblique,
        },
    })
}

/// The family of ours that is like the one of this name.
fn like(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let is = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if is(LIKE_MONOSPACE) {
        Some(MONOSPACE)
    } else if is(LIKE_TIMES) {
        Some(TIMES)
    } else if is(LIKE_SANS) {
        Some(SANS)
    } else {
        None
    }
}

/// A picture within a drawing, without anything private, in sRGB.
fn picture(data: &[u8], options: &usvg::Options<'_>) -> Option<ImageKind> {
    if super::is_drawing(data) {
        let (tree, _, _) = super::shapes(data, options).ok()?;
        return Some(ImageKind::SVG(tree));
    }
    let derived = derive(&embedded(data)?, WITHIN);
    let bytes = Arc::new(derived.bytes);
    match derived.format {
        Format::Jpeg => Some(ImageKind::JPEG(bytes)),
        Format::Png => Some(ImageKind::PNG(bytes)),
        Format::WebP | Format::Gif | Format::Tiff | Format::Svg => None,
    }
}
