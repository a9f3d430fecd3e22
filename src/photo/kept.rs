//! Pictures as the cache keeps them: what they are, then their file.

use super::{Derived, Format, Image, Limits, derive};
use crate::project::{Cache, Key};

/// The form of a picture within limits, made once for all builds.
pub fn derive_once(image: &Image, limits: Limits, cache: Option<&Cache>) -> Derived {
    let Some(cache) = cache else { return derive(image, limits) };
    let key = match &image.made_from {
        Some(key) => key.clone().and(b"derived"),
        None => Key::new("derived").and(&image.bytes),
    };
    let key = key.and(&limits.max_side.to_be_bytes()).and(&limits.max_pixels.to_be_bytes());
    if let Some(known) = cache.get(&key).and_then(unpacked) {
        return known;
    }
    let derived = derive(image, limits);
    cache.put(&key, &packed(&derived));
    derived
}

/// File, format, width, height.
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
    [&picture.bytes, &[format][..], &width, &height].concat()
}

/// What [`packed`] made; only derived pictures are kept, which are JPEG or PNG.
pub(super) fn unpacked(mut entry: Vec<u8>) -> Option<Derived> {
    let said = entry.split_off(entry.len().checked_sub(1 + 4 + 4)?);
    let format = match said.first()? {
        b'J' => Format::Jpeg,
        b'P' => Format::Png,
        _ => return None,
    };
    let side = |at: usize| Some(u32::from_be_bytes(said.get(at..at + 4)?.try_into().ok()?));
    Some(Derived { format, width: side(1)?, height: side(5)?, bytes: entry })
}
