//! The form of a picture that an edition shows: within limits, upright, in sRGB, without anything
//! private. Bytes that need no change are kept, so a photograph loses nothing on its way.

use super::{Format, Image, Palette, colour, decode, jpeg, memory, png};
use fast_image_resize::{PixelType, ResizeOptions, Resizer, images::Image as Raster};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{
    ColorType, DynamicImage, ExtendedColorType, GenericImageView, ImageEncoder, RgbImage, RgbaImage,
};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// JPEG quality of derived photographs, of 100: above it files grow faster than anyone can see.
const JPEG_QUALITY: u8 = 85;

/// A drawing stays a PNG unless that takes this many times the bytes of a JPEG; then it is a
/// photograph.
const PHOTOGRAPH_FACTOR: usize = 3;

/// How hard deflate tries, of 9: 6 takes a quarter longer to make screens 0.1 % smaller and drawings
/// 4 %, and 4 a fifth less to make them 1 % and 12 % larger.
const PNG_LEVEL: u8 = 5;
/// The same where only the better of two filters is to be found.
const SAMPLE_LEVEL: u8 = 2;

/// Filters are tried on one of this many bands of rows, each of so many, in a picture that has no
/// fewer rows than make it worth while.
const BANDS: usize = 8;
const BAND: usize = 24;
const SMALL: usize = 400;

/// A PNG with fewer bits for each pixel than this is a drawing without asking JPEG, which cannot do
/// with a third of that.
const DRAWING_BITS: usize = 2;

/// How large a derived picture may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longer side in pixels, at least 1.
    pub max_side: u32,
    /// All pixels, at least 1.
    pub max_pixels: u64,
}

/// A derived picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The file.
    pub bytes: Vec<u8>,
    /// JPEG or PNG, never WebP, which many e-readers do not know.
    pub format: Format,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Makes the form of a picture that fits the limits.
///
/// A JPEG that fits, stands upright and is in sRGB or grey keeps its pixels' bytes and loses its
/// metadata; so does a PNG of 8 bits. Everything else is decoded, turned, converted to sRGB,
/// made smaller if need be, and written anew.
pub fn derive(image: &Image, limits: Limits) -> Derived {
    let derived = keep(image, limits).or_else(|| {
        let _held = memory::hold(decode::memory(image.width, image.height));
        // What could be decoded once can be again; if a library disagrees, the picture is shown
        // as it came, but for what is private, rather than not at all.
        catch_unwind(AssertUnwindSafe(|| remake(image, limits))).ok().flatten()
    });
    let bare = || match image.format {
        Format::Jpeg => jpeg::stripped(&image.bytes),
        Format::Png => png::stripped(&image.bytes),
        Format::WebP | Format::Gif | Format::Tiff | Format::Svg => None,
    };
    derived.unwrap_or_else(|| Derived {
        bytes: bare().unwrap_or_else(|| image.bytes.to_vec()),
        format: image.format,
        width: image.width,
        height: image.height,
    })
}

/// A picture without holes that was drawn here, as a PNG: four bytes for each pixel, row by row.
/// `None` if there are not as many as its sides say.
pub fn drawn(width: u32, height: u32, rgba: Vec<u8>) -> Option<Derived> {
    let bytes = match Palette::<4>::of(&rgba) {
        Some(palette) => palette.png((width, height), PNG_LEVEL)?,
        None => {
            let pixels = without_alpha(RgbaImage::from_raw(width, height, rgba)?);
            png_of_drawing(&DynamicImage::ImageRgb8(pixels))?
        }
    };
    Some(Derived { bytes, format: Format::Png, width, height })
}

/// Whether it may be shown with its pixels as they are.
pub(super) fn keeps_its_pixels(image: &Image, limits: Limits) -> bool {
    let Image { width, height, .. } = *image;
    let fits = fitted(width, height, limits) == (width, height);
    let upright = image.orientation == 1 && image.channels != 4;
    let is_srgb = |icc: &[u8]| colour::is_srgb(icc, image.channels);
    fits && upright && image.icc.as_deref().is_none_or(is_srgb)
}

/// The picture without its metadata, when nothing else need change.
fn keep(image: &Image, limits: Limits) -> Option<Derived> {
    let Image { width, height, .. } = *image;
    if !keeps_its_pixels(image, limits) {
        return None;
    }
    let bytes = match image.format {
        Format::Jpeg => jpeg::stripped(&image.bytes)?,
        // The ninth byte of the header, after signature, length and kind, is the bit depth.
        Format::Png if image.bytes.get(24).is_some_and(|depth| *depth <= 8) => {
            png::stripped(&image.bytes)?
        }
        Format::Png | Format::WebP | Format::Gif | Format::Tiff | Format::Svg => return None,
    };
    Some(Derived { bytes, format: image.format, width, height })
}

/// The picture written anew.
fn remake(image: &Image, limits: Limits) -> Option<Derived> {
    if let Some(drawing) = &image.drawing {
        let pixmap = drawing.pixmap(limits)?;
        let (width, height) = (pixmap.width(), pixmap.height());
        let bytes = match Palette::<4>::of(pixmap.data()) {
            Some(palette) => palette.demultiplied().png((width, height), PNG_LEVEL)?,
            None => {
                let pixels = RgbaImage::from_raw(width, height, pixmap.take_demultiplied())?;
                png_of_drawing(&opaque(pixels))?
            }
        };
        return Some(Derived { bytes, format: Format::Png, width, height });
    }
    let decoded = decode::decode(&image.bytes, u64::MAX).ok()?;
    from_pixels(image, decoded.pixels, limits)
}

/// The picture written anew from its pixels as they were decoded.
pub(super) fn from_pixels(image: &Image, pixels: DynamicImage, limits: Limits) -> Option<Derived> {
    let mut pixels = eight_bits(pixels);
    if let Some(icc) = image.icc.as_deref().filter(|icc| !colour::is_srgb(icc, image.channels)) {
        pixels = colour::to_srgb(pixels, icc);
    }
    pixels.apply_orientation(
        Orientation::from_exif(image.orientation).unwrap_or(Orientation::NoTransforms),
    );
    let pixels = resized(pixels, limits)?;
    let (bytes, format) = encoded(&pixels, image.format)?;
    Some(Derived { bytes, format, width: pixels.width(), height: pixels.height() })
}

/// Grey or RGB, with or without alpha, with eight bits for each.
fn eight_bits(pixels: DynamicImage) -> DynamicImage {
    let color = pixels.color();
    match (color.has_color(), color.has_alpha()) {
        (false, false) => DynamicImage::ImageLuma8(pixels.into_luma8()),
        (false, true) => DynamicImage::ImageLumaA8(pixels.into_luma_alpha8()),
        (true, false) => DynamicImage::ImageRgb8(pixels.into_rgb8()),
        (true, true) => opaque(pixels.into_rgba8()),
    }
}

/// Without an alpha channel that says nothing: screenshots have one.
fn opaque(pixels: RgbaImage) -> DynamicImage {
    if pixels.chunks_exact(4).any(|pixel| pixel[3] != 255) {
        return DynamicImage::ImageRgba8(pixels);
    }
    DynamicImage::ImageRgb8(without_alpha(pixels))
}

/// The colours of a picture with alpha, in the memory that it had.
pub fn without_alpha(pixels: RgbaImage) -> RgbImage {
    let ((width, height), mut samples) = (pixels.dimensions(), pixels.into_raw());
    let count = samples.len() / 4;
    for at in 0..count {
        samples[3 * at] = samples[4 * at];
        samples[3 * at + 1] = samples[4 * at + 1];
        samples[3 * at + 2] = samples[4 * at + 2];
    }
    samples.truncate(3 * count);
    RgbImage::from_raw(width, height, samples).expect("three samples for each pixel")
}

/// The largest size of the same proportions within the limits.
pub(super) fn fitted(width: u32, height: u32, limits: Limits) -> (u32, u32) {
    let (w, h) = (f64::from(width), f64::from(height));
    let by_side = f64::from(limits.max_side.max(1)) / w.max(h);
    let by_pixels = (limits.max_pixels.max(1) as f64 / (w * h)).sqrt();
    let scale = by_side.min(by_pixels);
    if scale >= 1.0 {
        return (width, height);
    }
    // Rounding down keeps both limits; a side never vanishes.
    let side = |length: f64| ((length * scale) as u32).max(1);
    (side(w), side(h))
}

fn resized(pixels: DynamicImage, limits: Limits) -> Option<DynamicImage> {
    let (width, height) = fitted(pixels.width(), pixels.height(), limits);
    if (width, height) == (pixels.width(), pixels.height()) {
        return Some(pixels);
    }
    let kind = match pixels.color() {
        ColorType::L8 => PixelType::U8,
        ColorType::La8 => PixelType::U8x2,
        ColorType::Rgb8 => PixelType::U8x3,
        _ => PixelType::U8x4,
    };
    let (from_width, from_height) = (pixels.width(), pixels.height());
    let source = Raster::from_vec_u8(from_width, from_height, pixels.into_bytes(), kind).ok()?;
    let mut target = Raster::new(width, height, kind);
    // The usual options are Lanczos with three lobes, alpha taken into account.
    Resizer::new().resize(&source, &mut target, &ResizeOptions::new()).ok()?;
    let data = target.into_vec();
    match kind {
        PixelType::U8 => {
            image::GrayImage::from_raw(width, height, data).map(DynamicImage::ImageLuma8)
        }
        PixelType::U8x2 => {
            image::GrayAlphaImage::from_raw(width, height, data).map(DynamicImage::ImageLumaA8)
        }
        PixelType::U8x3 => RgbImage::from_raw(width, height, data).map(DynamicImage::ImageRgb8),
        _ => RgbaImage::from_raw(width, height, data).map(DynamicImage::ImageRgba8),
    }
}

/// JPEG for photographs, PNG for drawings and for everything with alpha.
fn encoded(pixels: &DynamicImage, origin: Format) -> Option<(Vec<u8>, Format)> {
    if pixels.color().has_alpha() {
        return Some((png_of(pixels)?, Format::Png));
    }
    match origin {
        Format::Jpeg => Some((jpeg_of(pixels)?, Format::Jpeg)),
        Format::Png | Format::WebP | Format::Gif | Format::Tiff | Format::Svg => {
            let png = png_of(pixels)?;
            let area = pixels.width() as usize * pixels.height() as usize;
            if png.len() * 8 < area * DRAWING_BITS {
                return Some((png, Format::Png));
            }
            let jpeg = jpeg_of(pixels)?;
            if png.len() / PHOTOGRAPH_FACTOR > jpeg.len() {
                Some((jpeg, Format::Jpeg))
            } else {
                Some((png, Format::Png))
            }
        }
    }
}

fn jpeg_of(pixels: &DynamicImage) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let color = ExtendedColorType::from(pixels.color());
    JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)
        .write_image(pixels.as_bytes(), pixels.width(), pixels.height(), color)
        .ok()?;
    Some(out)
}

/// As a PNG: with a palette where there are few colours, else with the filter that makes some of its
/// rows smaller: screens are small without one, whatever has shades is so with one.
fn png_of(pixels: &DynamicImage) -> Option<Vec<u8>> {
    let (bytes, size, color) = (pixels.as_bytes(), pixels.dimensions(), pixels.color());
    let few = match color {
        ColorType::Rgb8 => Palette::<3>::of(bytes).and_then(|few| few.png(size, PNG_LEVEL)),
        ColorType::Rgba8 => Palette::<4>::of(bytes).and_then(|few| few.png(size, PNG_LEVEL)),
        _ => None,
    };
    let filtered = || {
        let (some, rows) = some_rows(bytes, size.0 as usize * usize::from(color.bytes_per_pixel()));
        let length = |filter: &FilterType| {
            let packed = png_with(&some, (size.0, rows), color, (*filter, SAMPLE_LEVEL));
            packed.map_or(usize::MAX, |png| png.len())
        };
        let filter = [FilterType::NoFilter, FilterType::Paeth].into_iter().min_by_key(length)?;
        png_with(bytes, size, color, (filter, PNG_LEVEL))
    };
    few.or_else(filtered)
}

/// A sample of a picture's rows of as many bytes: bands, so that each row has those beside it that
/// filters and deflate refer to. All rows of a small picture. How many rows there are.
fn some_rows(bytes: &[u8], row: usize) -> (Cow<'_, [u8]>, u32) {
    let rows = bytes.len() / row.max(1);
    if rows < SMALL {
        return (Cow::Borrowed(bytes), rows as u32);
    }
    let bands = bytes.chunks(row * BAND).step_by(BANDS);
    let bands: Vec<u8> = bands.flatten().copied().collect();
    let rows = bands.len() / row;
    (Cow::Owned(bands), rows as u32)
}

/// Of what was drawn here, rows mostly repeat each other.
fn png_of_drawing(pixels: &DynamicImage) -> Option<Vec<u8>> {
    png_with(pixels.as_bytes(), pixels.dimensions(), pixels.color(), (FilterType::Up, PNG_LEVEL))
}

fn png_with(
    bytes: &[u8],
    (width, height): (u32, u32),
    color: ColorType,
    (filter, level): (FilterType, u8),
) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    PngEncoder::new_with_quality(&mut out, CompressionType::Level(level), filter)
        .write_image(bytes, width, height, color.into())
        .ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_rows_tell_which_filter_makes_a_picture_smaller() {
        let (width, height) = (300, 900);
        // Six rows that follow each other in no order, as lines of text do.
        let mixed = |n: u32| n.wrapping_mul(2_654_435_769);
        let flat = move |x: u32, y: u32| {
            let n = mixed(x * 6 + (mixed(y) >> 16) % 6 + 1);
            [(n >> 24) as u8, (n >> 16) as u8, (n >> 8) as u8]
        };
        let shaded = |x: u32, y: u32| [(x / 2 + y / 5) as u8, (x + y) as u8, (x / 3 + y / 4) as u8];
        let filters = [&flat as &dyn Fn(u32, u32) -> [u8; 3], &shaded].map(|pixel| {
            let pixels = RgbImage::from_fn(width, height, |x, y| image::Rgb(pixel(x, y)));
            let found = png_of(&DynamicImage::ImageRgb8(pixels.clone())).expect("it can be packed");
            let [plain, paeth] = [FilterType::NoFilter, FilterType::Paeth].map(|filter| {
                let packed =
                    png_with(&pixels, (width, height), ColorType::Rgb8, (filter, PNG_LEVEL));
                packed.expect("it can be packed").len()
            });
            assert_eq!(found.len(), plain.min(paeth));
            paeth < plain
        });
        assert_eq!(filters, [false, true], "both are the better one of some picture");
    }
}
