//! Pictures that have to be decoded, packed anew without loss: rows with the predictor that
//! suits each, or indices into a palette; the alpha channel as a mask of its own.

use std::io::Write;

use image::{DynamicImage, GrayImage, RgbaImage};

use super::samples::{Data, Samples, Space};
use crate::pdf::file::{deflate, deflater};
use crate::photo::{Image, Palette, without_alpha};

/// Decodes and packs; `None` when the file is broken.
pub(super) fn repacked(image: &Image) -> Option<Samples> {
    image.pixels().map(packed)
}

/// A picture that was drawn here.
pub(super) fn drawn(pixels: RgbaImage) -> Samples {
    packed(DynamicImage::ImageRgba8(pixels))
}

fn packed(decoded: DynamicImage) -> Samples {
    let (width, height) = (decoded.width(), decoded.height());
    let (decoded, alpha) = split(decoded);
    let mask = alpha.map(|alpha| predicted(&alpha, width as usize, 1));
    let (space, data) = samples(decoded, width as usize);
    Samples { width, height, space, bits: 8, is_inverted: false, data, mask, icc: None }
}

/// Grey or RGB of eight bits, and the alpha channel where not all is opaque.
fn split(decoded: DynamicImage) -> (DynamicImage, Option<Vec<u8>>) {
    let color = decoded.color();
    let (colors, alpha) = match (color.has_color(), color.has_alpha()) {
        (false, false) => return (DynamicImage::ImageLuma8(decoded.into_luma8()), None),
        (true, false) => return (DynamicImage::ImageRgb8(decoded.into_rgb8()), None),
        (false, true) => {
            let both = decoded.into_luma_alpha8();
            let alpha: Vec<u8> = both.chunks_exact(2).map(|pixel| pixel[1]).collect();
            let gray = both.chunks_exact(2).map(|pixel| pixel[0]).collect();
            let gray = GrayImage::from_raw(both.width(), both.height(), gray);
            (DynamicImage::ImageLuma8(gray.expect("one sample for each pixel")), alpha)
        }
        (true, true) => {
            let both = decoded.into_rgba8();
            let alpha: Vec<u8> = both.chunks_exact(4).map(|pixel| pixel[3]).collect();
            (DynamicImage::ImageRgb8(without_alpha(both)), alpha)
        }
    };
    (colors, Some(alpha).filter(|alpha| alpha.iter().any(|a| *a != 255)))
}

fn samples(decoded: DynamicImage, width: usize) -> (Space, Data) {
    if !decoded.color().has_color() {
        let gray = decoded.into_bytes();
        return (Space::Gray, Data::Predicted(predicted(&gray, width, 1)));
    }
    let rgb = decoded.into_bytes();
    if let Some(Palette { colors, indices }) = Palette::<3>::of(&rgb) {
        return (Space::Palette(colors.concat()), Data::Plain(deflate(&indices)));
    }
    (Space::Rgb, Data::Predicted(predicted(&rgb, 3 * width, 3)))
}

/// Packed rows with PNG's predictors.
fn predicted(samples: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut encoder = deflater(samples.len() / 4);
    predict(samples, (row, pixel), |row| {
        encoder.write_all(row).expect("a vector takes all bytes");
    });
    encoder.finish().expect("a vector takes all bytes")
}

/// Rows with PNG's predictors (PNG 3rd edition, 9.2), each the one whose differences are smallest
/// together, which is the heuristic that specification recommends.
fn predict(samples: &[u8], (row, pixel): (usize, usize), mut take: impl FnMut(&[u8])) {
    let row = row.max(1);
    let first = vec![0; row];
    let mut above: &[u8] = &first;
    let (mut best, mut other) = (vec![0; row + 1], vec![0; row + 1]);
    for current in samples.chunks_exact(row) {
        let mut least = u64::MAX;
        for kind in 0..=4 {
            other[0] = kind;
            filter(kind, (current, above), pixel.min(row), &mut other[1..]);
            let cost = cost(&other[1..]);
            if cost < least {
                least = cost;
                std::mem::swap(&mut best, &mut other);
            }
        }
        take(&best);
        above = current;
    }
}

/// The sum of the differences' sizes.
fn cost(differences: &[u8]) -> u64 {
    // So many bytes at once that their sum has 16 bits.
    let size = |d: &u8| u16::from(d.cast_signed().unsigned_abs());
    differences.chunks(256).map(|some| u64::from(some.iter().map(size).sum::<u16>())).sum()
}

/// The differences of a row to what a predictor makes of it; the first pixel has none to its left.
fn filter(kind: u8, (current, above): (&[u8], &[u8]), pixel: usize, out: &mut [u8]) {
    let rest = current.len() - pixel;
    let (left, corner) = (&current[..rest], &above[..rest]);
    for at in 0..pixel {
        let guess = match kind {
            0 | 1 => 0,
            3 => above[at] / 2,
            _ => above[at],
        };
        out[at] = current[at].wrapping_sub(guess);
    }
    // Each loop by itself over slices of one length: so the compiler makes vectors of them.
    let (current, above, out) = (&current[pixel..], &above[pixel..], &mut out[pixel..]);
    match kind {
        0 => out.copy_from_slice(current),
        1 => {
            for ((out, value), left) in out.iter_mut().zip(current).zip(left) {
                *out = value.wrapping_sub(*left);
            }
        }
        2 => {
            for ((out, value), above) in out.iter_mut().zip(current).zip(above) {
                *out = value.wrapping_sub(*above);
            }
        }
        3 => {
            for (((out, value), left), above) in out.iter_mut().zip(current).zip(left).zip(above) {
                *out = value.wrapping_sub(left.midpoint(*above));
            }
        }
        _ => {
            let around = left.iter().zip(above).zip(corner);
            for ((out, value), ((left, above), corner)) in out.iter_mut().zip(current).zip(around) {
                *out = value.wrapping_sub(paeth(*left, *above, *corner));
            }
        }
    }
}

/// The neighbour that is nearest to left + above - corner; without a branch on the way.
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (l, a, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let (to_left, to_above, to_corner) = ((a - c).abs(), (l - c).abs(), (l + a - c - c).abs());
    let near = if to_above <= to_corner { above } else { corner };
    if to_left <= to_above && to_left <= to_corner { left } else { near }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader of PNG makes of rows with predictors.
    fn undone(rows: &[u8], row: usize, pixel: usize) -> Vec<u8> {
        let mut out: Vec<u8> = Vec::new();
        for (number, filtered) in rows.chunks_exact(row + 1).enumerate() {
            for (at, difference) in filtered[1..].iter().enumerate() {
                let here = number * row;
                let left = if at < pixel { 0 } else { out[here + at - pixel] };
                let above = if number == 0 { 0 } else { out[here - row + at] };
                let corner =
                    if number == 0 || at < pixel { 0 } else { out[here - row + at - pixel] };
                let guess = match filtered[0] {
                    0 => 0,
                    1 => left,
                    2 => above,
                    3 => left.midpoint(above),
                    _ => paeth(left, above, corner),
                };
                out.push(difference.wrapping_add(guess));
            }
        }
        out
    }

    #[test]
    fn predicted_rows_can_be_undone() {
        let mut state = 1u32;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8 / 3
        });
        let mut samples: Vec<u8> = noise.take(60 * 20).collect();
        samples.extend((0..600u16).map(|n| (n / 3 + n / 60) as u8));
        for (row, pixel) in [(60, 3), (20, 1), (1, 3), (600, 1)] {
            let mut rows = Vec::new();
            predict(&samples, (row, pixel), |row| rows.extend_from_slice(row));
            assert_eq!(undone(&rows, row, pixel.min(row)), samples, "{row} {pixel}");
        }
    }

    #[test]
    fn the_predictors_are_those_of_the_specification() {
        let (current, above) = ([10, 20, 30, 40], [1, 2, 3, 200]);
        let mut out = [0; 4];
        let expected: [[u8; 4]; 5] = [
            [10, 20, 30, 40],
            [10, 10, 10, 10],
            [9, 18, 27, 96],
            [10, 14, 19, 181],
            [9, 10, 10, 96],
        ];
        for (kind, expected) in (0..).zip(expected) {
            filter(kind, (&current, &above), 1, &mut out);
            assert_eq!(out, expected, "{kind}");
        }
    }
}
