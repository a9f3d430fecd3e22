//! Pictures: decoded once, measured, checked; their credits; their derived sizes.
//!
//! [`load()`] takes a picture in only when the whole of it can be decoded. [`derive()`] makes the
//! form of it that an edition shows. [`register`] reads who made it and what may be done with it,
//! [`metadata`] what the file says of that itself.
//! Nothing here knows where a picture stands in the book.

mod colour;
mod decode;
mod derive;
mod jpeg;
mod licence;
mod load;
pub mod metadata;
mod origin;
mod png;
pub mod register;
#[cfg(test)]
mod tests;

pub use decode::PIXEL_LIMIT;
pub use derive::{Derived, Limits, derive, drawn, without_alpha};
pub use licence::{KNOWN_LICENCES, KnownLicence, Licence, known_licence, licence_at, licence_of};
pub use load::load;
pub use metadata::{Metadata, Said, Standard};
pub use origin::{ORIGINS, Origin, OriginKind, origin};
pub use register::{Linked, Record, Register, Taken};

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
}
