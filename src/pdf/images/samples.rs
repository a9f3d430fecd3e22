//! Pictures of samples as image objects (ISO 32000-1, 8.9.5): their dictionaries.

use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, Stream};

use super::Profiles;
use crate::pdf::object::{name, reference};

/// A picture as an image object, upright or not.
#[derive(Debug)]
pub(in crate::pdf) struct Samples {
    /// Width in stored samples.
    pub(super) width: u32,
    /// Height in stored rows.
    pub(super) height: u32,
    pub(super) space: Space,
    pub(super) bits: u8,
    /// Adobe's JPEG files hold CMYK upside down.
    pub(super) is_inverted: bool,
    pub(super) data: Data,
    pub(super) mask: Option<Vec<u8>>,
    pub(super) icc: Option<Arc<[u8]>>,
}

/// Colour space of the samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// Index into RGB triples.
    Palette(Vec<u8>),
}

/// How samples are packed.
#[derive(Debug)]
pub(super) enum Data {
    /// A JPEG file.
    Jpeg(Arc<[u8]>),
    /// zlib over rows with PNG's predictors.
    Predicted(Vec<u8>),
    /// zlib over plain rows.
    Plain(Vec<u8>),
}

impl Samples {
    /// Takes out the JPEG file that they are packed as, if they are; nothing is left in its place.
    pub(super) fn take_jpeg(&mut self) -> Option<Arc<[u8]>> {
        match &mut self.data {
            Data::Jpeg(bytes) => Some(std::mem::take(bytes)),
            Data::Predicted(_) | Data::Plain(_) => None,
        }
    }

    /// The stream, whose profile and mask are now objects of the document.
    pub(in crate::pdf) fn into_stream(
        self,
        document: &mut Document,
        profiles: &mut Profiles,
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

/// Whether a profile fits the samples and is one that PDF 1.7 knows (8.6.5.5): version 4 at most,
/// of an input, display, output or colour space class, with as many channels.
pub(super) fn is_usable(icc: &[u8], space: &Space) -> bool {
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
