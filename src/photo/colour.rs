//! Colours of pictures: is a profile sRGB in effect, and if not, what are the colours in sRGB.
//!
//! E-readers ignore profiles; what they show is right only if the numbers are sRGB. A profile
//! that cannot be read, or that is for another kind of picture, is ignored as browsers do.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The greatest difference in one of 256 steps that counts as none: profiles named sRGB differ
/// by that much among themselves.
const TOLERANCE: u8 = 3;

/// Whether colours under this profile look the same when it is taken for sRGB.
pub(super) fn is_srgb(icc: &[u8]) -> bool {
    let Some(profile) = rgb_profile(icc) else { return true };
    // Six steps in each of three channels.
    let samples: Vec<u8> =
        (0..216u8).flat_map(|i| [i / 36, i / 6 % 6, i % 6]).map(|step| step * 51).collect();
    let converted = converted(&profile, Layout::Rgb, &samples);
    converted.is_none_or(|out| samples.iter().zip(&out).all(|(a, b)| a.abs_diff(*b) <= TOLERANCE))
}

/// The picture with its colours in sRGB. Grey stays as it is: the curves of grey profiles are so
/// near to that of sRGB that nobody would tell.
pub(super) fn to_srgb(pixels: DynamicImage, icc: &[u8]) -> DynamicImage {
    let Some(profile) = rgb_profile(icc) else { return pixels };
    match pixels {
        DynamicImage::ImageRgb8(mut buffer) => {
            if let Some(out) = converted(&profile, Layout::Rgb, &buffer) {
                buffer.copy_from_slice(&out);
            }
            DynamicImage::ImageRgb8(buffer)
        }
        DynamicImage::ImageRgba8(mut buffer) => {
            if let Some(out) = converted(&profile, Layout::Rgba, &buffer) {
                buffer.copy_from_slice(&out);
            }
            DynamicImage::ImageRgba8(buffer)
        }
        other => other,
    }
}

fn rgb_profile(icc: &[u8]) -> Option<ColorProfile> {
    ColorProfile::new_from_slice(icc).ok().filter(|p| p.color_space == DataColorSpace::Rgb)
}

/// Samples in sRGB; as many as were given, or none.
fn converted(profile: &ColorProfile, layout: Layout, samples: &[u8]) -> Option<Vec<u8>> {
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile.create_transform_8bit(layout, &srgb, layout, options).ok()?;
    let mut out = vec![0; samples.len()];
    transform.transform(samples, &mut out).ok()?;
    Some(out)
}
