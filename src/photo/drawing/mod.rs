//! Drawings: SVG files, read into plain shapes.
//!
//! `usvg` does the reading: no style sheets, no units, no references and no scripts are left when
//! it is done, and words have become outlines of our own faces ([`Typefaces`]); never the
//! system's. What a file may not ask for (files from elsewhere, more memory than it is worth) is
//! found before that, in `check`, and how much work its pixels are, in `budget`. Nothing is drawn here except as pixels, for those who can do
//! nothing with shapes.

mod budget;
mod check;
mod typefaces;

pub use typefaces::Typefaces;

use super::decode::Problem;
use super::{Limits, derive};
use image::RgbaImage;
use resvg::tiny_skia::{Pixmap, Transform};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;
use usvg::roxmltree::{Document, ParsingOptions};
use usvg::{Group, Indent, Node, Tree, WriteOptions};

/// Pixels an inch that a drawing counts as when something wants pixels of it: four for each of its
/// units, so that a page that is held near the eye shows none.
pub const DRAWING_PPI: u32 = 384;
/// Units of a drawing in an inch (CSS Values 4, 6.2).
const UNITS_PER_INCH: u32 = 96;
/// The longer side, in pixels, of a drawing that does not say how large it is: it is as large as
/// there is room.
const UNSIZED_SIDE: f32 = 8000.0;
/// The longest side that a drawing may say, in pixels.
const LONGEST_SIDE: f32 = 60_000.0;
/// The most pixels that all layers of a drawing have together: 400 MB. With many layers it is drawn smaller.
const LIVE_PIXELS: f64 = 100_000_000.0;
/// Decimals of coordinates in a file that is written anew.
const DECIMALS: u8 = 4;

/// A drawing as shapes.
#[derive(Clone, Debug)]
pub struct Drawing {
    tree: Tree,
    is_sized: bool,
    losses: Vec<&'static str>,
    /// Pixels of layers and tiles at one time when it is drawn, in areas of the drawing.
    live: f64,
}

impl Drawing {
    /// The shapes: groups, paths, pictures and words, which have their outlines with them.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// What of the file is not shown, each in a few words.
    pub fn losses(&self) -> &[&'static str] {
        &self.losses
    }

    /// Width and height in units, each at least 1.
    pub fn units(&self) -> (u32, u32) {
        let size = self.tree.size();
        let side = |length: f32| length.round().clamp(1.0, LONGEST_SIDE) as u32;
        (side(size.width()), side(size.height()))
    }

    /// Width and height in pixels: [`DRAWING_PPI`] to the inch, or as many as there may be.
    pub(super) fn pixels(&self) -> (u32, u32) {
        let (width, height) = (self.tree.size().width(), self.tree.size().height());
        let scale = match self.is_sized {
            true => (DRAWING_PPI / UNITS_PER_INCH) as f32,
            false => UNSIZED_SIDE / width.max(height),
        };
        let side = |length: f32| (length * scale).round().clamp(1.0, LONGEST_SIDE) as u32;
        (side(width), side(height))
    }

    /// The characters of its words.
    pub fn characters(&self) -> BTreeSet<char> {
        let mut found = BTreeSet::new();
        characters(self.tree.root(), &mut found);
        found
    }

    /// The file written anew: nothing but shapes, nothing from elsewhere, nothing that moves.
    pub fn to_svg(&self) -> String {
        let options = WriteOptions {
            coordinates_precision: DECIMALS,
            transforms_precision: 6,
            indent: Indent::None,
            ..WriteOptions::default()
        };
        self.tree.to_string(&options)
    }

    /// The drawing as pixels, as many as the limits allow and it has.
    pub fn raster(&self, limits: Limits) -> Option<RgbaImage> {
        let pixmap = self.pixmap(limits)?;
        RgbaImage::from_raw(pixmap.width(), pixmap.height(), pixmap.take_demultiplied())
    }

    /// The same with colours that were multiplied by how far they cover what is behind them.
    pub(super) fn pixmap(&self, limits: Limits) -> Option<Pixmap> {
        let most = (LIVE_PIXELS / (1.0 + self.live)) as u64;
        let limits = Limits { max_pixels: limits.max_pixels.min(most), ..limits };
        let (width, height) = self.pixels();
        let (width, height) = derive::fitted(width, height, limits);
        let mut pixmap = Pixmap::new(width, height)?;
        let size = self.tree.size();
        let scale =
            Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
        resvg::render(&self.tree, scale, &mut pixmap.as_mut());
        Some(pixmap)
    }
}

/// Reads a drawing.
pub(super) fn read(bytes: &[u8], typefaces: &Typefaces<'_>) -> Result<Drawing, Problem> {
    let is_lost = AtomicBool::new(false);
    let options = typefaces.options(&is_lost);
    // What is not foreseen here is a fault of this file, not of the whole book.
    let shapes = catch_unwind(AssertUnwindSafe(|| {
        let shapes = shapes(bytes, &options)?;
        let live = budget::of(&shapes.0)?;
        Ok((shapes, live))
    }));
    let shapes = shapes.unwrap_or_else(|_| Err(Problem::Broken("the reader gave up".to_owned())));
    let ((tree, is_sized, mut losses), live) = shapes?;
    drop(options);
    if is_lost.into_inner() {
        losses.push("a picture within it that cannot be read");
    }
    Ok(Drawing { tree, is_sized, losses, live })
}

/// The shapes of a file, whether it says how large it is, and what of it is not shown.
fn shapes(
    bytes: &[u8],
    options: &usvg::Options<'_>,
) -> Result<(Tree, bool, Vec<&'static str>), Problem> {
    let text = std::str::from_utf8(bytes);
    let text = text.map_err(|_| Problem::Broken("it is not UTF-8".to_owned()))?;
    let text = text.trim_start_matches('\u{feff}');
    check::entities(text)?;
    let parsing = ParsingOptions {
        allow_dtd: true,
        nodes_limit: check::NODE_LIMIT,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, parsing)
        .map_err(|error| Problem::Broken(error.to_string()))?;
    let losses = check::elements(&document)?;
    let tree = Tree::from_xmltree(&document, options)
        .map_err(|error| Problem::Broken(error.to_string()))?;
    let root = document.root_element();
    let says = |name: &str| root.attribute(name).is_some_and(|value| !value.trim().ends_with('%'));
    Ok((tree, says("width") || says("height"), losses))
}

/// Whether bytes are those of a drawing: XML with this element near its beginning.
pub(super) fn is_drawing(bytes: &[u8]) -> bool {
    /// Comments and declarations of those who made it may stand before it.
    const BEGINNING: usize = 16 * 1024;
    let head = &bytes[..bytes.len().min(BEGINNING)];
    let first = head.iter().find(|b| !b.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(b));
    first == Some(&b'<') && head.windows(4).any(|four| four == b"<svg")
}

fn characters(group: &Group, found: &mut BTreeSet<char>) {
    for node in group.children() {
        match node {
            Node::Group(group) => characters(group, found),
            Node::Text(text) => {
                found.extend(text.chunks().iter().flat_map(|chunk| chunk.text().chars()));
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}
