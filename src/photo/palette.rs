//! Pictures of few colours, as drawings and screens are: the colours once, and a byte for each pixel.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use png::{BitDepth, ColorType, DeflateCompression, Filter};
use resvg::tiny_skia::PremultipliedColorU8;

/// The most colours that a byte tells apart.
const MOST: usize = 256;

/// So many pixels are compared at once.
const RUN: usize = 16;

/// Colours of N samples, and which of them each pixel has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette<const N: usize> {
    /// The colours in ascending order.
    pub colors: Vec<[u8; N]>,
    /// The number of each pixel's colour.
    pub indices: Vec<u8>,
}

impl<const N: usize> Palette<N> {
    /// The palette of a picture's samples of eight bits; `None` where there are more than 256 colours.
    pub fn of(samples: &[u8]) -> Option<Self> {
        let (pixels, _) = samples.as_chunks::<N>();
        let mut numbers: BTreeMap<[u8; N], u8> = BTreeMap::new();
        let mut indices = Vec::with_capacity(pixels.len());
        let mut last: ([u8; N], u8) = ([0; N], 0);
        for some in pixels.chunks(RUN) {
            // Drawings are flat: most pixels have their neighbour's colour.
            // All of them, without a branch: so the compiler makes vectors of it.
            let is_flat = some.iter().fold(true, |same, pixel| same & (*pixel == last.0));
            if is_flat && !indices.is_empty() {
                indices.resize(indices.len() + some.len(), last.1);
                continue;
            }
            for pixel in some {
                if indices.is_empty() || *pixel != last.0 {
                    let next = numbers.len();
                    let number = match numbers.entry(*pixel) {
                        Entry::Occupied(known) => *known.get(),
                        Entry::Vacant(_) if next == MOST => return None,
                        Entry::Vacant(new) => *new.insert(next as u8),
                    };
                    last = (*pixel, number);
                }
                indices.push(last.1);
            }
        }
        let mut ranks = [0; MOST];
        for (rank, number) in numbers.values().enumerate() {
            ranks[usize::from(*number)] = rank as u8;
        }
        indices.iter_mut().for_each(|index| *index = ranks[usize::from(*index)]);
        Some(Self { colors: numbers.into_keys().collect(), indices })
    }
}

impl Palette<4> {
    /// Makes the colours those that they were before they were multiplied by their alpha.
    pub(super) fn demultiplied(mut self) -> Self {
        for color in &mut self.colors {
            let [red, green, blue, alpha] = *color;
            if let Some(multiplied) = PremultipliedColorU8::from_rgba(red, green, blue, alpha) {
                let plain = multiplied.demultiply();
                *color = [plain.red(), plain.green(), plain.blue(), alpha];
            }
        }
        self
    }
}

impl<const N: usize> Palette<N> {
    /// RGB or RGBA as a PNG with a palette (W3C PNG, third edition, 11.2.2 and 11.3.1.1), with as much
    /// effort as `level` says, of 9. Rows of indices are small without a filter (12.7). `None` if there
    /// are not as many pixels as the sides say.
    pub(super) fn png(&self, (width, height): (u32, u32), level: u8) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_deflate_compression(DeflateCompression::Level(level));
        encoder.set_filter(Filter::NoFilter);
        let rgb = self.colors.iter().flat_map(|color| color.iter().take(3).copied());
        encoder.set_palette(rgb.collect::<Vec<_>>());
        let alpha: Vec<u8> = self.colors.iter().filter_map(|color| color.get(3).copied()).collect();
        if alpha.iter().any(|alpha| *alpha != 255) {
            encoder.set_trns(alpha);
        }
        encoder.write_header().ok()?.write_image_data(&self.indices).ok()?;
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_has_its_colour() {
        let samples = [9, 9, 9, 1, 2, 3, 1, 2, 3, 9, 9, 9, 4, 5, 6];
        let palette = Palette::<3>::of(&samples).unwrap();
        assert_eq!(palette.colors, [[1, 2, 3], [4, 5, 6], [9, 9, 9]]);
        assert_eq!(palette.indices, [2, 0, 0, 2, 1]);
    }

    #[test]
    fn more_colours_than_a_byte_tells_apart_are_no_palette() {
        let samples = |count: u32| -> Vec<u8> {
            (0..count).flat_map(|n| [n as u8, (n >> 8) as u8, 0, 255]).collect()
        };
        assert_eq!(Palette::<4>::of(&samples(256)).unwrap().colors.len(), 256);
        assert_eq!(Palette::<4>::of(&samples(257)), None);
    }

    #[test]
    fn a_png_with_a_palette_has_the_pixels_and_what_shines_through() {
        let samples = [255, 0, 0, 255, 0, 0, 255, 128, 0, 0, 0, 0, 255, 0, 0, 255];
        let png = Palette::<4>::of(&samples).unwrap().png((2, 2), 6).unwrap();
        let read = image::load_from_memory(&png).unwrap();
        assert_eq!(read.into_rgba8().into_raw(), samples);
        assert!(Palette::<4>::of(&samples).unwrap().png((3, 2), 6).is_none());
    }
}
