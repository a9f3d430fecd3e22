//! Images (ISO 32000-1, 8.9): each picture once, as it came wherever PDF can hold it so.
//!
//! JPEG data goes in byte for byte; PNG data without alpha goes in as the file packs it, because
//! PDF knows PNG's predictors; all else is decoded and packed anew without loss. Turning a photo
//! upright is the page's matrix, not new pixels. Grey stays grey; colour profiles are kept, each
//! once. Photographs with far more pixels than print shows are made smaller. Drawings are forms
//! ([`super::drawing`]), or pixels where PDF does not know their effects.

mod jpeg;
mod pixels;
mod png;
mod samples;

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Document, ObjectId};
use rayon::prelude::*;

use super::drawing::{self, Form, Refusal};
use super::metadata;
use super::object::reference;
use crate::book::{Book, Photo, PhotoId};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::geom::Length;
use crate::layout::pages::{Item, Page};
use crate::photo::{self, Format, Limits, PRINT_PPI, Rights, derive_once};
use crate::project::Cache;
pub(super) use samples::Samples;
use samples::is_usable;

/// Pixels an inch up to which they are kept as they came: what is gained is less than what is lost
/// by packing them anew.
const ENOUGH_PPI: i64 = 450;
/// How large a drawing becomes whose effects only pixels can show.
const AS_PIXELS: Limits = Limits { max_side: 2400, max_pixels: 3_840_000 };

/// The pictures that pages show.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    list: Vec<Picture>,
    of_photo: BTreeMap<PhotoId, usize>,
    /// Whether all pictures that the pages show are here.
    pub(super) is_complete: bool,
}

/// A picture, as the pages show it.
#[derive(Debug)]
struct Picture {
    /// The first photo with these bytes: its credits go with the picture.
    photo: PhotoId,
    orientation: u8,
    shape: Shape,
}

/// What a picture consists of.
#[derive(Debug)]
enum Shape {
    Samples(Samples),
    Drawing(Form),
}

/// What streams hold that the document does not: it would be in memory once more.
pub(super) type Fillings = BTreeMap<ObjectId, Filling>;

/// A JPEG file, and whose it is.
pub(super) struct Filling {
    file: Arc<[u8]>,
    rights: Rights,
}

impl Filling {
    /// The file, which may be taken out as it is, with what is said of it and without all else that
    /// is not the picture.
    pub(super) fn bytes(&self) -> Vec<u8> {
        photo::inscribed_jpeg(&self.file, &self.rights).unwrap_or_else(|| self.file.to_vec())
    }
}

/// The color profiles of a document, each once.
pub(super) type Profiles = BTreeMap<Arc<[u8]>, ObjectId>;

impl Pictures {
    /// Packs all pictures that pages show. One that cannot be read becomes a complaint and is
    /// not drawn.
    pub(super) fn collect(
        pages: &[Page],
        book: &Book,
        cache: Option<&Cache>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut pictures = Self::default();
        let mut known: BTreeMap<&[u8], usize> = BTreeMap::new();
        let mut wanted = Vec::new();
        for (photo, length) in shown(pages) {
            let Some(record) = book.photos.get(photo.0 as usize) else { continue };
            let number = *known.entry(&record.image.bytes).or_insert_with(|| {
                wanted.push((photo, record, length));
                wanted.len() - 1
            });
            wanted[number].2 = wanted[number].2.max(length);
            pictures.of_photo.insert(photo, number);
        }
        let packed = wanted.par_iter();
        let packed: Vec<_> =
            packed.map(|(_, record, length)| pack(record, *length, cache)).collect();
        pictures.is_complete = packed.iter().all(Option::is_some);
        let mut numbers = Vec::new();
        for ((photo, record, _), packed) in wanted.iter().zip(packed) {
            numbers.push(packed.as_ref().map(|_| pictures.list.len()));
            let Some((shape, orientation, refusal)) = packed else {
                let message = format!("`{}` cannot be decoded", record.name);
                diagnostics.push(Diagnostic::new(Code::InvalidImage, record.span, message));
                continue;
            };
            refusal.iter().for_each(|reason| diagnostics.push(as_pixels(reason, record)));
            pictures.list.push(Picture { photo: *photo, orientation, shape });
        }
        pictures.of_photo = std::mem::take(&mut pictures.of_photo)
            .into_iter()
            .filter_map(|(photo, number)| Some((photo, (*numbers.get(number)?)?)))
            .collect();
        pictures
    }

    /// The number of a photo's picture, and the matrix that turns it upright within the unit
    /// square, or with its right side up.
    pub(super) fn of(&self, photo: PhotoId, to_the_left: bool) -> Option<(usize, [i64; 6])> {
        let number = *self.of_photo.get(&photo)?;
        Some((number, self.list.get(number)?.turn(to_the_left)))
    }

    /// How many pictures there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The name of a picture in the resources.
    pub(super) fn resource(number: usize) -> String {
        format!("I{number}")
    }

    /// Fills the image objects that `printpdf` registered, in order; what JPEG files they hold is
    /// given back, to be put in when the file is written.
    pub(super) fn complete(
        self,
        document: &mut Document,
        ids: &[ObjectId],
        book: &Book,
    ) -> Fillings {
        let mut profiles = Profiles::new();
        let mut fillings = Fillings::new();
        for (picture, id) in self.list.into_iter().zip(ids) {
            let rights = book.photos.get(picture.photo.0 as usize).map(Photo::rights);
            let metadata = rights.as_ref().and_then(Rights::packet).map(|xmp| {
                let stream = metadata::stream(xmp);
                reference(document.add_object(stream))
            });
            let mut stream = match picture.shape {
                Shape::Samples(mut samples) => {
                    if let (Some(file), Some(rights)) = (samples.take_jpeg(), rights) {
                        fillings.insert(*id, Filling { file, rights });
                    }
                    samples.into_stream(document, &mut profiles)
                }
                Shape::Drawing(form) => form.into_stream(document, &mut profiles),
            };
            metadata.into_iter().for_each(|id| stream.dict.set("Metadata", id));
            document.set_object(*id, stream);
        }
        fillings
    }
}

impl Picture {
    /// The matrix that turns the stored image upright within the unit square: EXIF's eight
    /// orientations, each as `a b c d e f` (8.3.3).
    fn turn(&self, to_the_left: bool) -> [i64; 6] {
        let upright = self.upright();
        let [a, b, c, d, e, f] = upright;
        // What was right is then up, and what was up is left.
        if to_the_left { [-b, a, -d, c, 1 - f, e] } else { upright }
    }

    fn upright(&self) -> [i64; 6] {
        match self.orientation {
            2 => [-1, 0, 0, 1, 1, 0],
            3 => [-1, 0, 0, -1, 1, 1],
            4 => [1, 0, 0, -1, 0, 1],
            5 => [0, -1, -1, 0, 1, 1],
            6 => [0, -1, 1, 0, 0, 1],
            7 => [0, 1, 1, 0, 0, 0],
            8 => [0, 1, -1, 0, 1, 0],
            _ => [1, 0, 0, 1, 0, 0],
        }
    }
}

fn as_pixels(reason: &str, photo: &Photo) -> Diagnostic {
    let message = format!("`{}` is drawn as pixels in the PDF because of {reason}", photo.name);
    Diagnostic::new(Code::SimplifiedPicture, photo.span, message)
        .help("draw it without, if its edges are to be sharp at every size")
}

/// Photos in the order in which pages show them first, each with the longer side of the largest
/// place where it is shown.
fn shown(pages: &[Page]) -> Vec<(PhotoId, Length)> {
    let mut seen: Vec<(PhotoId, Length)> = Vec::new();
    for item in pages.iter().flat_map(|page| &page.items) {
        let image = match item {
            Item::Image(image) => image,
            Item::Glyphs(_) | Item::Path(_) | Item::Formula(_) | Item::Link(_) => continue,
        };
        let length = image.area.size.width.max(image.area.size.height);
        match seen.iter_mut().find(|(photo, _)| *photo == image.photo) {
            Some((_, longest)) => *longest = length.max(*longest),
            None => seen.push((image.photo, length)),
        }
    }
    seen
}

/// The samples of a picture; `None` when it is broken.
pub(super) fn packed(image: &photo::Image) -> Option<Samples> {
    let untouched = match image.format {
        Format::Jpeg => jpeg::untouched(image),
        Format::Png => png::untouched(image),
        Format::WebP | Format::Gif | Format::Tiff | Format::Svg => None,
    };
    let mut samples = untouched.or_else(|| pixels::repacked(image))?;
    samples.icc = image.icc.clone().filter(|icc| is_usable(icc, &samples.space));
    Some(samples)
}

/// What a photo consists of, how it is turned, and why a drawing is drawn as pixels if it is.
fn pack(
    photo: &Photo,
    length: Length,
    cache: Option<&Cache>,
) -> Option<(Shape, u8, Option<Refusal>)> {
    let Some(shapes) = &photo.image.drawing else {
        let smaller = for_print(&photo.image, length, cache);
        let image = smaller.as_ref().unwrap_or(&photo.image);
        return Some((Shape::Samples(packed(image)?), image.orientation, None));
    };
    match drawing::form(shapes) {
        Ok(form) => Some((Shape::Drawing(form), 1, None)),
        Err(refusal) => {
            let pixels = shapes.raster(AS_PIXELS)?;
            Some((Shape::Samples(pixels::drawn(pixels)), 1, Some(refusal)))
        }
    }
}

/// A photograph with as many pixels as print can show at this length; `None` if it has not many
/// more. Few colours are few bytes, and their edges are sharp: they stay.
fn for_print(image: &photo::Image, length: Length, cache: Option<&Cache>) -> Option<photo::Image> {
    let pixels = |ppi: i64| length.scale(ppi, 72).0 / Length::PER_POINT;
    let (longer, has_few) = (i64::from(image.width.max(image.height)), png::has_few_colors(image));
    if has_few || longer <= pixels(ENOUGH_PPI) {
        return None;
    }
    let max_side = u32::try_from(pixels(PRINT_PPI)).ok()?.max(1);
    let limits = Limits { max_side, max_pixels: u64::MAX };
    Some(photo::Image::of_derived(derive_once(image, limits, cache)))
}
