//! Pictures that have to be decoded, packed anew without loss: rows with the predictor that
//! suits each, or indices into a palette; the alpha channel as a mask of its own.

use std::collections::BTreeMap;
use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader};

use super::{Data, Picture, Space};
use crate::book::PhotoId;
use crate::pdf::file::deflate;
use crate::photo::{Format, Image};

/// The most colours a palette holds.
const PALETTE: usize = 256;

/// Decodes and packs; `None` when the file is broken.
pub(super) fn repacked(image: &Image) -> Option<Picture> {
    let format = match image.format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::WebP => ImageFormat::WebP,
    };
    // `photo` bounded it already; the library's own bound is lower than that one.
    let mut reader = ImageReader::with_format(Cursor::new(&image.bytes[..]), format);
    reader.no_limits();
    let decoded = reader.decode().ok()?;
    let (width, height) = (decoded.width(), decoded.height());
    let alpha = decoded.color().has_alpha().then(|| alpha(&decoded)).filter(|a| !is_opaque(a));
    let mask = alpha.map(|alpha| deflate(&predict(&alpha, width as usize, 1)));
    let (space, data) = samples(&decoded, width as usize);
    let (photo, orientation) = (PhotoId(0), 1);
    Some(Picture {
        photo,
        orientation,
        width,
        height,
        space,
        bits: 8,
        is_inverted: false,
        data,
        mask,
        icc: None,
    })
}

fn alpha(decoded: &DynamicImage) -> Vec<u8> {
    decoded.to_luma_alpha8().into_raw().chunks_exact(2).map(|pixel| pixel[1]).collect()
}

fn is_opaque(alpha: &[u8]) -> bool {
    alpha.iter().all(|a| *a == 255)
}

fn samples(decoded: &DynamicImage, width: usize) -> (Space, Data) {
    if !decoded.color().has_color() {
        let gray = decoded.to_luma8().into_raw();
        return (Space::Gray, Data::Predicted(deflate(&predict(&gray, width, 1))));
    }
    let rgb = decoded.to_rgb8().into_raw();
    if let Some((palette, indices)) = palette(&rgb) {
        return (Space::Palette(palette), Data::Plain(deflate(&indices)));
    }
    (Space::Rgb, Data::Predicted(deflate(&predict(&rgb, 3 * width, 3))))
}

/// The colours in ascending order and the index of each pixel, if there are few colours.
fn palette(rgb: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut colors: BTreeMap<&[u8], u8> = BTreeMap::new();
    for pixel in rgb.chunks_exact(3) {
        colors.insert(pixel, 0);
        if colors.len() > PALETTE {
            return None;
        }
    }
    colors.values_mut().zip(0..=u8::MAX).for_each(|(index, n)| *index = n);
    let indices = rgb.chunks_exact(3).map(|p| colors.get(p).copied().unwrap_or(0)).collect();
    Some((colors.keys().flat_map(|color| color.iter().copied()).collect(), indices))
}

/// Rows with PNG's predictors (PNG 3rd edition, 9.2), each the one whose differences are smallest
/// together, which is the heuristic that specification recommends.
fn predict(samples: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let row = row.max(1);
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row + 1);
    let first = vec![0; row];
    let mut above: &[u8] = &first;
    for current in samples.chunks_exact(row) {
        let best = (0..=4).map(|kind| filtered(kind, current, above, pixel)).min_by_key(|row| {
            row[1..].iter().map(|d| u64::from(d.cast_signed().unsigned_abs())).sum::<u64>()
        });
        out.extend(best.into_iter().flatten());
        above = current;
    }
    out
}

fn filtered(kind: u8, current: &[u8], above: &[u8], pixel: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(current.len() + 1);
    out.push(kind);
    for (at, value) in current.iter().enumerate() {
        let left = at.checked_sub(pixel).map_or(0, |at| current[at]);
        let corner = at.checked_sub(pixel).map_or(0, |at| above[at]);
        let guess = match kind {
            0 => 0,
            1 => left,
            2 => above[at],
            3 => left.midpoint(above[at]),
            _ => paeth(left, above[at], corner),
        };
        out.push(value.wrapping_sub(guess));
    }
    out
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(above) - i16::from(corner);
    let distance = |value: u8| (estimate - i16::from(value)).abs();
    if distance(left) <= distance(above) && distance(left) <= distance(corner) {
        left
    } else if distance(above) <= distance(corner) {
        above
    } else {
        corner
    }
}
