//! Pictures: decoded once, measured, checked; their credits; their derived sizes.

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
