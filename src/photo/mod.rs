//! Pictures: decoded once, measured, checked; their credits; their derived sizes.
//!
//! [`read()`] takes a picture in only when the whole of it can be decoded. [`derive()`] makes the
//! form of it that an edition shows. [`register`] reads who made it and what may be done with it,
//! [`metadata`] what the file says of that itself.
//! Nothing here knows where a picture stands in the book.

mod colour;
mod decode;
mod derive;
mod drawing;
#[cfg(test)]
mod fixture;
mod gif;
#[cfg(test)]
mod inks;
mod jpeg;
mod kept;
mod licence;
mod load;
mod memory;
pub mod metadata;
mod origin;
mod palette;
mod png;
#[cfg(test)]
mod profiles;
pub mod register;
mod rights;
#[cfg(test)]
mod tests;
mod tiff;

pub use derive::{Derived, Limits, derive, drawn, without_alpha};
pub use drawing::{DRAWING_PPI, Drawing, Typefaces};
pub use kept::derive_once;
pub use licence::{KNOWN_LICENCES, KnownLicence, Licence, known_licence, licence_at, licence_of};
pub(crate) use load::check;
pub use load::{MASTER, PRINT_PPI, Read, Room, read};
pub use metadata::{Metadata, Private, Said, Standard};
pub use origin::{ORIGINS, Origin, OriginKind, origin};
pub use palette::Palette;
pub use register::{Linked, Record, Register, Taken};
pub use rights::{Rights, derive_inscribed, inscribed_drawing, inscribed_jpeg};

use crate::project::{Key, PhotoLimits};
use image::{DynamicImage, ImageDecoder, ImageReader};
use std::io::Cursor;
use std::sync::Arc;

/// A picture that was read and found whole.
#[derive(Clone)]
pub struct Image {
    /// The bytes of the file.
    pub bytes: Arc<[u8]>,
    /// What the bytes are.
    pub format: Format,
    /// Width in pixels, after the orientation was applied.
    pub width: u32,
    /// Height in pixels, after the orientation was applied.
    pub height: u32,
    /// EXIF orientation, 1 to 8; 1 needs no turning.
    pub orientation: u8,
    /// Colour channels without alpha: 1 (grey), 3 (RGB) or 4 (CMYK).
    pub channels: u8,
    /// Whether it has an alpha channel.
    pub has_alpha: bool,
    /// Embedded ICC profile.
    pub icc: Option<Arc<[u8]>>,
    /// The shapes, when it is a drawing; it then counts as [`DRAWING_PPI`] pixels an inch.
    pub drawing: Option<Arc<Drawing>>,
    /// What it was made from, where that is known: the cache names by it what is made of it.
    pub made_from: Option<Key>,
}

/// A drawing without words, for tests elsewhere.
#[cfg(test)]
pub(crate) fn drawn_from(svg: &str) -> Drawing {
    drawing::read(svg.as_bytes(), &Typefaces::default()).expect("the drawing is sound")
}

/// A picture that is within a drawing; drawings hold none but sound ones.
pub fn embedded(bytes: &[u8]) -> Option<Image> {
    let mut decoded = decode::decode(bytes, PhotoLimits::USUAL.pixels).ok()?;
    let pixels = std::mem::take(&mut decoded.pixels);
    Some(Image::new(bytes.into(), &pixels, decoded))
}

impl Image {
    /// Its pixels, not turned, in the file's own colours (those of CMYK in sRGB); `None` for a drawing.
    pub fn pixels(&self) -> Option<DynamicImage> {
        // It was found small enough when it was read.
        decode::decode(&self.bytes, u64::MAX).ok().map(|decoded| decoded.pixels)
    }

    /// A picture of pixels.
    fn new(bytes: Arc<[u8]>, pixels: &DynamicImage, decoded: decode::Decoded) -> Self {
        let (mut width, mut height) = (pixels.width(), pixels.height());
        let orientation = decoded.orientation.to_exif();
        // Orientations 5 to 8 lie on their side (EXIF 2.32 §4.6.4).
        if orientation >= 5 {
            std::mem::swap(&mut width, &mut height);
        }
        Self {
            bytes,
            format: decoded.format,
            width,
            height,
            orientation,
            channels: decoded.channels,
            has_alpha: pixels.color().has_alpha(),
            icc: decoded.icc.map(Arc::from),
            drawing: None,
            made_from: None,
        }
    }

    /// A picture that was made here: upright, in sRGB or grey.
    pub fn of_derived(derived: Derived) -> Self {
        let Derived { bytes, format, width, height } = derived;
        // What was made here can be read; the colour type stands in the header.
        let color = ImageReader::new(Cursor::new(&bytes[..]))
            .with_guessed_format()
            .ok()
            .and_then(|reader| reader.into_decoder().ok())
            .map_or(image::ColorType::Rgb8, |decoder| decoder.color_type());
        Self {
            bytes: bytes.into(),
            format,
            width,
            height,
            orientation: 1,
            channels: if color.has_color() { 3 } else { 1 },
            has_alpha: color.has_alpha(),
            icc: None,
            drawing: None,
            made_from: None,
        }
    }

    /// A picture of shapes.
    fn of_drawing(bytes: Arc<[u8]>, drawing: Drawing) -> Self {
        let (width, height) = drawing.pixels();
        Self {
            bytes,
            format: Format::Svg,
            width,
            height,
            orientation: 1,
            channels: 3,
            has_alpha: true,
            icc: None,
            drawing: Some(Arc::new(drawing)),
            made_from: None,
        }
    }
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}x{} ({} bytes)", self.format, self.width, self.height, self.bytes.len())
    }
}

/// File formats of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
    /// GIF, of which the first frame is shown.
    Gif,
    /// TIFF, of which the first page is shown.
    Tiff,
    /// SVG.
    Svg,
}
