//! Bytes become pixels, or a reason why not: strictly, within bounds, and without trusting the
//! decoders not to panic.

use super::{Format, colour, gif, jpeg, png, tiff};
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader,
    RgbImage,
};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// The most memory a decoder may take for each pixel that is allowed, in bytes: RGBA at 16 bits.
const PIXEL_BYTES: u64 = 8;

/// A decoded picture.
pub(super) struct Decoded {
    /// The pixels as they are stored: not turned, in the file's own colours. CMYK is
    /// sRGB here.
    pub(super) pixels: DynamicImage,
    pub(super) format: Format,
    pub(super) orientation: Orientation,
    /// Colour channels in the file, without alpha.
    pub(super) channels: u8,
    pub(super) icc: Option<Vec<u8>>,
}

/// Why a picture was not decoded.
#[derive(Debug)]
pub(super) enum Problem {
    /// It is something else; what, if known.
    Unsupported(Option<&'static str>),
    /// Width and height of more pixels than are allowed, and how many those are.
    TooManyPixels(u32, u32, u64),
    /// It is broken.
    Broken(String),
    /// It would become too much, or is more than a drawing: why.
    Refused(&'static str),
    /// It wants something that is not in the file: what.
    Elsewhere(String),
}

/// Decodes the whole picture, if it has not more than so many pixels. Drawings have no pixels to be decoded: `drawing` reads them.
pub(super) fn decode(bytes: &[u8], most: u64) -> Result<Decoded, Problem> {
    let format = format_of(bytes).ok_or_else(|| Problem::Unsupported(known_other(bytes)))?;
    let decoded = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Jpeg => decode_jpeg(bytes, most, false),
        Format::Png | Format::WebP | Format::Gif | Format::Tiff => {
            decode_other(bytes, format, most)
        }
        Format::Svg => Err(Problem::Unsupported(Some("SVG"))),
    }));
    decoded.unwrap_or_else(|_| Err(Problem::Broken("the decoder gave up".to_owned())))
}

/// As [`decode`], for those who ask whether it is whole and not what is seen: of a JPEG in colour
/// all is read, and the brightness alone worked out, which is most quickly done.
pub(super) fn check(bytes: &[u8], most: u64) -> Result<Decoded, Problem> {
    let grey = || catch_unwind(AssertUnwindSafe(|| decode_jpeg(bytes, most, true))).ok()?.ok();
    let is_jpeg = format_of(bytes) == Some(Format::Jpeg);
    // Some samplings are read in colour only, and what is broken says there why.
    is_jpeg.then(grey).flatten().map_or_else(|| decode(bytes, most), Ok)
}

/// Bytes that a picture of this size takes while it is decoded and worked on, at most but for the
/// rarest: two forms of it at a time, each with three or four bytes for a pixel.
pub(super) fn memory(width: u32, height: u32) -> u64 {
    (u64::from(width) * u64::from(height)).saturating_mul(7)
}

/// Width and height of the upright picture as the header says, before anything is decoded.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let read = || {
        let mut decoder = reader.into_decoder().ok()?;
        let (width, height) = decoder.dimensions();
        let orientation = decoder.orientation().map_or(1, Orientation::to_exif);
        Some(if orientation >= 5 { (height, width) } else { (width, height) })
    };
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

fn decode_jpeg(bytes: &[u8], most: u64, is_check: bool) -> Result<Decoded, Problem> {
    let broken = |error: zune_jpeg::errors::DecodeErrors| Problem::Broken(error.to_string());
    let sides = usize::from(u16::MAX);
    let options =
        DecoderOptions::default().set_strict_mode(true).set_max_width(sides).set_max_height(sides);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let info = decoder.info().ok_or_else(|| Problem::Broken("it has no header".to_owned()))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check_pixels((width, height), most)?;
    if !jpeg::is_whole(bytes) {
        return Err(Problem::Broken("it ends before its end".to_owned()));
    }
    let (channels, out) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (1, ColorSpace::Luma),
        // As they are stored: the decoder knows no profile.
        Some(inks @ (ColorSpace::CMYK | ColorSpace::YCCK)) => (4, inks),
        Some(ColorSpace::YCbCr) if is_check => (3, ColorSpace::Luma),
        Some(_) => (3, ColorSpace::RGB),
        None => return Err(Problem::Broken("it has no colours".to_owned())),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(out));
    let data = decoder.decode().map_err(broken)?;
    let icc = decoder.icc_profile();
    let pixels = match out.num_components() {
        1 => GrayImage::from_raw(width, height, data).map(DynamicImage::ImageLuma8),
        4 => {
            let inks = jpeg::inks(data, out == ColorSpace::YCCK, jpeg::is_adobe(bytes));
            of_inks(&inks, (width, height), icc.as_deref())
        }
        _ => RgbImage::from_raw(width, height, data).map(DynamicImage::ImageRgb8),
    };
    let orientation = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    Ok(Decoded {
        pixels: pixels.ok_or_else(|| Problem::Broken("pixels are missing".to_owned()))?,
        format: Format::Jpeg,
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        channels,
        icc,
    })
}

fn decode_other(bytes: &[u8], format: Format, most: u64) -> Result<Decoded, Problem> {
    let broken = |error: ImageError| match error {
        ImageError::Unsupported(_) => Problem::Unsupported(Some("a rare kind of its format")),
        error => Problem::Broken(error.to_string()),
    };
    let (kind, is_whole) = match format {
        Format::Jpeg => (ImageFormat::Jpeg, jpeg::is_whole(bytes)),
        Format::Png => (ImageFormat::Png, png::is_whole(bytes)),
        Format::WebP => (ImageFormat::WebP, is_whole_webp(bytes)),
        Format::Gif => (ImageFormat::Gif, gif::frames(bytes).is_some_and(|frames| frames > 0)),
        // It has no end that could be missed: what is cut off is missed when it is read.
        Format::Tiff => (ImageFormat::Tiff, true),
        Format::Svg => return Err(Problem::Unsupported(Some("SVG"))),
    };
    if !is_whole {
        return Err(Problem::Broken("it ends before its end".to_owned()));
    }
    if format == Format::Png && !png::has_sound_palette(bytes) {
        return Err(Problem::Broken(
            "its palette ends within a colour, or has too many".to_owned(),
        ));
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind);
    reader.no_limits();
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    check_pixels((width, height), most)?;
    let mut limits = image::Limits::no_limits();
    let room = most.saturating_mul(PIXEL_BYTES);
    limits.max_alloc = Some(room);
    decoder.set_limits(limits).map_err(broken)?;
    let icc = match format {
        Format::Tiff => tiff::profile(bytes),
        Format::Jpeg | Format::Png | Format::WebP | Format::Gif | Format::Svg => {
            decoder.icc_profile().map_err(broken)?
        }
    };
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    if matches!(decoder.original_color_type(), ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16)
    {
        let inks = tiff::inks(bytes, room);
        let inks = inks.map_err(|error| Problem::Broken(error.to_string()))?;
        let pixels = of_inks(&inks, (width, height), icc.as_deref());
        let pixels = pixels.ok_or_else(|| Problem::Broken("pixels are missing".to_owned()))?;
        return Ok(Decoded { pixels, format, orientation, channels: 4, icc });
    }
    let pixels = DynamicImage::from_decoder(decoder).map_err(broken)?;
    let channels = if pixels.color().has_color() { 3 } else { 1 };
    Ok(Decoded { pixels, format, orientation, channels, icc })
}

/// Inks as they are seen, if there are as many as pixels need.
fn of_inks(inks: &[u8], (width, height): (u32, u32), icc: Option<&[u8]>) -> Option<DynamicImage> {
    let rgb = colour::inks_to_srgb(inks, icc);
    RgbImage::from_raw(width, height, rgb).map(DynamicImage::ImageRgb8)
}

/// Whether a WebP has as many bytes as its container says (RIFF header: size without the first
/// eight bytes).
fn is_whole_webp(bytes: &[u8]) -> bool {
    let size = bytes.get(4..8).and_then(|field| field.try_into().ok()).map(u32::from_le_bytes);
    size.is_some_and(|size| bytes.len() as u64 >= u64::from(size) + 8)
}

/// Refuses pictures without pixels, and with more than so many.
pub(super) fn check_pixels((width, height): (u32, u32), most: u64) -> Result<(), Problem> {
    if width == 0 || height == 0 {
        return Err(Problem::Broken("it has no pixels".to_owned()));
    }
    if u64::from(width) * u64::from(height) > most {
        return Err(Problem::TooManyPixels(width, height, most));
    }
    Ok(())
}

/// What the first bytes say; names of files are not asked, they lie.
fn format_of(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(Format::Jpeg)
    } else if bytes.starts_with(&png::SIGNATURE) {
        Some(Format::Png)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice()) {
        Some(Format::WebP)
    } else if bytes.starts_with(b"GIF8") {
        Some(Format::Gif)
    } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        Some(Format::Tiff)
    } else {
        None
    }
}

/// Formats that are recognised only to be named in a complaint.
fn known_other(bytes: &[u8]) -> Option<&'static str> {
    let has = |magic: &[u8]| bytes.starts_with(magic);
    if has(&[0x1F, 0x8B]) {
        Some("compressed SVG")
    } else if has(b"BM") {
        Some("BMP")
    } else if bytes.get(4..8) == Some(b"ftyp".as_slice()) {
        match bytes.get(8..12) {
            Some(b"avif" | b"avis") => Some("AVIF"),
            _ => Some("HEIF"),
        }
    } else {
        None
    }
}
