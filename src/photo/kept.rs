//! Pictures as the cache keeps them: what they are, then their file.

use super::{Derived, Format, Image, Limits, derive};
use crate::project::{Cache, Key};

/// The form of a picture within limits, made once for all builds.
pub fn derive_once(image: &Image, limits: Limits, cache: Option<&Cache>) -> Derived {
    let Some(cache) = cache else { return derive(image, limits) };
    let key = Key::new("derived")
        .and(&limits.max_side.to_be_bytes())
        .and(&limits.max_pixels.to_be_bytes())
        .and(&image.bytes);
    if let Some(known) = cache.get(&key).and_then(|entry| unpacked(&entry)) {
        return known;
    }
    let derived = derive(image, limits);
    cache.put(&key, &packed(&derived));
    derived
}

/// Format, width, height, file.
pub(super) fn packed(picture: &Derived) -> Vec<u8> {
    let format = match picture.format {
        Format::Jpeg => b'J',
        Format::Png => b'P',
        Format::WebP => b'W',
        Format::Gif => b'G',
        Format::Tiff => b'T',
        Format::Svg => b'S',
    };
    let (width, height) = (picture.width.to_be_bytes(), picture.height.to_be_bytes());
    [&[format], &width[..], &height[..], &picture.bytes].concat()
}

/// What [`packed`] made; only derived pictures are kept, which are JPEG or PNG.
pub(super) fn unpacked(entry: &[u8]) -> Option<Derived> {
    let format = match entry.first()? {
        b'J' => Format::Jpeg,
        b'P' => Format::Png,
        _ => return None,
    };
    let side = |at: usize| Some(u32::from_be_bytes(entry.get(at..at + 4)?.try_into().ok()?));
    Some(Derived { format, width: side(1)?, height: side(5)?, bytes: entry.get(9..)?.to_vec() })
}
