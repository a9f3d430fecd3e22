//! Colours of pictures: is a profile sRGB in effect, and if not, what are the colours in sRGB.
//!
//! E-readers ignore profiles; what they show is right only if the numbers are sRGB. A profile
//! that cannot be read, or that is for another kind of picture, is ignored as browsers do.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The greatest difference in one of 256 steps that counts as none: profiles named sRGB differ
/// by that much among themselves.
const TOLERANCE: u8 = 3;

/// Whether grey or RGB under this profile looks the same when it is taken for sRGB.
pub(super) fn is_srgb(icc: &[u8], channels: u8) -> bool {
    let same = |samples: &[u8], converted: Option<Vec<u8>>| {
        converted
            .is_none_or(|out| samples.iter().zip(&out).all(|(a, b)| a.abs_diff(*b) <= TOLERANCE))
    };
    if channels == 1 {
        return same(&GREYS, grey_table(icc).map(Vec::from));
    }
    // Six steps in each of three channels.
    let samples: Vec<u8> =
        (0..216u8).flat_map(|i| [i / 36, i / 6 % 6, i % 6]).map(|step| step * 51).collect();
    let profile = profile(icc, DataColorSpace::Rgb);
    same(&samples, profile.and_then(|p| converted(&p, [Layout::Rgb; 2], &samples)))
}

/// The picture with its colours in sRGB, its greys as light as sRGB has them.
pub(super) fn to_srgb(mut pixels: DynamicImage, icc: &[u8]) -> DynamicImage {
    match &mut pixels {
        DynamicImage::ImageLuma8(buffer) => regrey(buffer, 1, icc),
        DynamicImage::ImageLumaA8(buffer) => regrey(buffer, 2, icc),
        DynamicImage::ImageRgb8(buffer) => recolour(buffer, Layout::Rgb, icc),
        DynamicImage::ImageRgba8(buffer) => recolour(buffer, Layout::Rgba, icc),
        _ => {}
    }
    pixels
}

/// Inks, four for each pixel and 255 for as much as there is, in sRGB; without a profile as if they
/// were ideal.
pub(super) fn inks_to_srgb(inks: &[u8], icc: Option<&[u8]>) -> Vec<u8> {
    let profile = icc.and_then(|icc| profile(icc, DataColorSpace::Cmyk));
    // The library has no name for four inks alone: they lie as RGBA does.
    let by_profile = profile.and_then(|p| converted(&p, [Layout::Rgba, Layout::Rgb], inks));
    by_profile.unwrap_or_else(|| {
        let left = |ink: u8, black: u8| {
            let light = u16::from(255 - ink) * u16::from(255 - black);
            u8::try_from((light + 127) / 255).unwrap_or(u8::MAX)
        };
        inks.chunks_exact(4)
            .flat_map(|p| [left(p[0], p[3]), left(p[1], p[3]), left(p[2], p[3])])
            .collect()
    })
}

/// All greys.
const GREYS: [u8; 256] = {
    let mut greys = [0; 256];
    let mut at = 0;
    while at < 256 {
        greys[at] = at as u8;
        at += 1;
    }
    greys
};

/// What each grey under a profile is in sRGB.
fn grey_table(icc: &[u8]) -> Option<[u8; 256]> {
    let profile = profile(icc, DataColorSpace::Gray)?;
    let rgb = converted(&profile, [Layout::Gray, Layout::Rgb], &GREYS)?;
    let mut table = GREYS;
    table.iter_mut().zip(rgb.chunks_exact(3)).for_each(|(grey, pixel)| *grey = pixel[1]);
    Some(table)
}

/// Looks up the first of so many samples of each pixel.
fn regrey(samples: &mut [u8], of: usize, icc: &[u8]) {
    if let Some(table) = grey_table(icc) {
        samples.iter_mut().step_by(of).for_each(|grey| *grey = table[usize::from(*grey)]);
    }
}

fn recolour(samples: &mut [u8], layout: Layout, icc: &[u8]) {
    let profile = profile(icc, DataColorSpace::Rgb);
    if let Some(out) = profile.and_then(|profile| converted(&profile, [layout; 2], samples)) {
        samples.copy_from_slice(&out);
    }
}

fn profile(icc: &[u8], space: DataColorSpace) -> Option<ColorProfile> {
    ColorProfile::new_from_slice(icc).ok().filter(|profile| profile.color_space == space)
}

/// Samples in sRGB, for as many pixels as were given; or none.
fn converted(profile: &ColorProfile, [from, to]: [Layout; 2], samples: &[u8]) -> Option<Vec<u8>> {
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(from, &srgb, to, options).ok()?;
    let mut out = vec![0; samples.len() / from.channels() * to.channels()];
    transform.transform(samples, &mut out).ok()?;
    Some(out)
}
