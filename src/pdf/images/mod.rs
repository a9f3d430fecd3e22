//! Images (ISO 32000-1, 8.9): each picture once, as it came wherever PDF can hold it so.
//!
//! JPEG data goes in byte for byte; PNG data without alpha goes in as the file packs it, because
//! PDF knows PNG's predictors; all else is decoded and packed anew without loss. Turning a photo
//! upright is the page's matrix, not new pixels. Grey stays grey; colour profiles are kept, each
//! once. Nothing is scaled here.

mod jpeg;
mod pixels;
mod png;

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::metadata;
use super::object::{name, reference};
use crate::book::{Book, PhotoId};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::layout::pages::{Item, Page};
use crate::photo::{self, Format};

/// The pictures that pages show.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    list: Vec<Picture>,
    of_photo: BTreeMap<PhotoId, usize>,
    /// Whether all pictures that the pages show are here.
    pub(super) is_complete: bool,
}

/// A picture as an image object.
#[derive(Debug)]
pub(super) struct Picture {
    /// The first photo with these pixels: its credits go with the image.
    photo: PhotoId,
    orientation: u8,
    /// Width in stored samples.
    pub(super) width: u32,
    /// Height in stored rows.
    pub(super) height: u32,
    space: Space,
    bits: u8,
    /// Adobe's JPEG files hold CMYK upside down.
    is_inverted: bool,
    data: Data,
    mask: Option<Vec<u8>>,
    icc: Option<Arc<[u8]>>,
}

/// Colour space of the samples.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// Index into RGB triples.
    Palette(Vec<u8>),
}

/// How samples are packed.
#[derive(Debug)]
enum Data {
    /// A JPEG file.
    Jpeg(Arc<[u8]>),
    /// zlib over rows with PNG's predictors.
    Predicted(Vec<u8>),
    /// zlib over plain rows.
    Plain(Vec<u8>),
}

impl Pictures {
    /// Packs all pictures that pages show. One that cannot be read becomes a complaint and is
    /// not drawn.
    pub(super) fn collect(pages: &[Page], book: &Book, diagnostics: &mut Diagnostics) -> Self {
        let mut pictures = Self::default();
        let mut known: BTreeMap<[u8; 32], usize> = BTreeMap::new();
        let mut wanted = Vec::new();
        for photo in shown(pages) {
            let Some(record) = book.photos.get(photo.0 as usize) else { continue };
            let hash = Sha256::digest(&record.image.bytes).into();
            let number = *known.entry(hash).or_insert_with(|| {
                wanted.push((photo, record));
                wanted.len() - 1
            });
            pictures.of_photo.insert(photo, number);
        }
        let packed: Vec<_> =
            wanted.par_iter().map(|(photo, record)| pack(*photo, &record.image)).collect();
        pictures.is_complete = packed.iter().all(Option::is_some);
        let mut numbers = Vec::new();
        for ((_, record), picture) in wanted.iter().zip(packed) {
            numbers.push(picture.as_ref().map(|_| pictures.list.len()));
            pictures.list.extend(picture);
            if numbers.last() == Some(&None) {
                let message = format!("`{}` cannot be decoded", record.name);
                diagnostics.push(Diagnostic::new(Code::InvalidImage, record.span, message));
            }
        }
        pictures.of_photo = std::mem::take(&mut pictures.of_photo)
            .into_iter()
            .filter_map(|(photo, number)| Some((photo, (*numbers.get(number)?)?)))
            .collect();
        pictures
    }

    /// The picture of a photo, with its number.
    pub(super) fn of(&self, photo: PhotoId) -> Option<(usize, &Picture)> {
        let number = *self.of_photo.get(&photo)?;
        Some((number, self.list.get(number)?))
    }

    /// All pictures in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Picture> {
        self.list.iter()
    }

    /// The name of a picture in the resources.
    pub(super) fn resource(number: usize) -> String {
        format!("I{number}")
    }

    /// Fills the image objects that `printpdf` registered, in order.
    pub(super) fn complete(self, document: &mut Document, ids: &[ObjectId], book: &Book) {
        let mut profiles: BTreeMap<Arc<[u8]>, ObjectId> = BTreeMap::new();
        for (picture, id) in self.list.into_iter().zip(ids) {
            let metadata =
                book.photos.get(picture.photo.0 as usize).and_then(metadata::of_photo).map(|xmp| {
                    let stream = metadata::stream(xmp);
                    reference(document.add_object(stream))
                });
            let mut stream = picture.into_stream(document, &mut profiles);
            metadata.into_iter().for_each(|id| stream.dict.set("Metadata", id));
            document.set_object(*id, stream);
        }
    }
}

impl Picture {
    /// The matrix that turns the stored image upright within the unit square: EXIF's eight
    /// orientations, each as `a b c d e f` (8.3.3).
    pub(super) fn turn(&self, to_the_left: bool) -> [i64; 6] {
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

    fn into_stream(
        self,
        document: &mut Document,
        profiles: &mut BTreeMap<Arc<[u8]>, ObjectId>,
    ) -> Stream {
        let mut dict = image_dict(self.width, self.height, self.bits);
        let (device, components) = match &self.space {
            Space::Gray => ("DeviceGray", 1),
            Space::Rgb | Space::Palette(_) => ("DeviceRGB", 3),
            Space::Cmyk => ("DeviceCMYK", 4),
        };
        let base = match self.icc {
            None => name(device),
            Some(icc) => {
                let id = *profiles.entry(icc.clone()).or_insert_with(|| {
                    let mut dict = Dictionary::new();
                    dict.set("N", components);
                    dict.set("Alternate", device);
                    document.add_object(Stream::new(dict, icc.to_vec()))
                });
                Object::Array(vec![name("ICCBased"), reference(id)])
            }
        };
        let space = match self.space {
            Space::Gray | Space::Rgb | Space::Cmyk => base,
            Space::Palette(table) => {
                let last = i64::try_from(table.len() / 3).unwrap_or(256) - 1;
                let table = Object::String(table, lopdf::StringFormat::Literal);
                Object::Array(vec![name("Indexed"), base, Object::Integer(last), table])
            }
        };
        dict.set("ColorSpace", space);
        if self.is_inverted {
            dict.set(
                "Decode",
                Object::Array([1, 0].repeat(4).into_iter().map(Object::from).collect()),
            );
        }
        if let Some(mask) = self.mask {
            let mut alpha = image_dict(self.width, self.height, 8);
            alpha.set("ColorSpace", "DeviceGray");
            predicted(&mut alpha, 1, 8, self.width);
            dict.set("SMask", reference(document.add_object(Stream::new(alpha, mask))));
        }
        let colors = if dict.get(b"ColorSpace").is_ok_and(is_indexed) { 1 } else { components };
        let content = match self.data {
            Data::Jpeg(bytes) => {
                dict.set("Filter", "DCTDecode");
                bytes.to_vec()
            }
            Data::Predicted(bytes) => {
                predicted(&mut dict, colors, self.bits, self.width);
                bytes
            }
            Data::Plain(bytes) => {
                dict.set("Filter", "FlateDecode");
                bytes
            }
        };
        Stream::new(dict, content)
    }
}

fn is_indexed(space: &Object) -> bool {
    space.as_array().is_ok_and(|items| items.first() == Some(&name("Indexed")))
}

fn image_dict(width: u32, height: u32, bits: u8) -> Dictionary {
    let mut dict = Dictionary::new();
    dict.set("Type", "XObject");
    dict.set("Subtype", "Image");
    dict.set("Width", width);
    dict.set("Height", height);
    dict.set("BitsPerComponent", bits);
    dict
}

/// Filter and parameters of rows with PNG's predictors (7.4.4.4).
fn predicted(dict: &mut Dictionary, colors: i64, bits: u8, width: u32) {
    let mut parameters = Dictionary::new();
    parameters.set("Predictor", 15);
    parameters.set("Colors", colors);
    parameters.set("BitsPerComponent", bits);
    parameters.set("Columns", width);
    dict.set("Filter", "FlateDecode");
    dict.set("DecodeParms", parameters);
}

/// Photos in the order in which pages show them first.
fn shown(pages: &[Page]) -> Vec<PhotoId> {
    let mut seen = Vec::new();
    for item in pages.iter().flat_map(|page| &page.items) {
        match item {
            Item::Image(image) if !seen.contains(&image.photo) => seen.push(image.photo),
            Item::Image(_) | Item::Glyphs(_) | Item::Path(_) | Item::Formula(_) | Item::Link(_) => {
            }
        }
    }
    seen
}

fn pack(photo: PhotoId, image: &photo::Image) -> Option<Picture> {
    let untouched = match image.format {
        Format::Jpeg => jpeg::untouched(image),
        Format::Png => png::untouched(image),
        Format::WebP => None,
    };
    let mut picture = untouched.or_else(|| pixels::repacked(image))?;
    picture.photo = photo;
    picture.orientation = image.orientation;
    picture.icc = image.icc.clone().filter(|icc| is_usable(icc, &picture.space));
    Some(picture)
}

/// Whether a profile fits the samples and is one that PDF 1.7 knows (8.6.5.5): version 4 at most,
/// of an input, display, output or colour space class, with as many channels.
fn is_usable(icc: &[u8], space: &Space) -> bool {
    let wanted: &[u8] = match space {
        Space::Gray => b"GRAY",
        Space::Rgb | Space::Palette(_) => b"RGB ",
        Space::Cmyk => b"CMYK",
    };
    let Some(header) = icc.get(..128) else { return false };
    let class: &[u8] = &header[12..16];
    let classes: [&[u8]; 4] = [b"scnr", b"mntr", b"prtr", b"spac"];
    let size = u32::from_be_bytes([header[0], header[1], header[2], header[3]]);
    header[8] <= 4
        && &header[16..20] == wanted
        && &header[36..40] == b"acsp"
        && classes.contains(&class)
        && u64::from(size) == icc.len() as u64
}
