//! Pictures under other profiles than sRGB, in every format: the colours in what is made of them,
//! reckoned here by the definitions of the spaces, not by the library that converts.

use super::derive;
use super::fixture::{profile_of_greys, with_profile};
use super::tests::{WIDE, load_bytes};
use image::DynamicImage;
use moxcms::ColorProfile;

/// Light of a sample in sRGB and in Display P3 (IEC 61966-2-1).
fn light(sample: u8) -> f64 {
    let value = f64::from(sample) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// The sample for some light, the nearest that there is.
fn sample(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let value =
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (value * 255.0).round() as u8
}

fn through(matrix: [[f64; 3]; 3], light: [f64; 3]) -> [u8; 3] {
    matrix.map(|row| sample(row.iter().zip(light).map(|(a, b)| a * b).sum()))
}

/// From Display P3 (SMPTE EG 432-1 primaries, D65, as sRGB has it): the product of its matrix to XYZ
/// with that from XYZ to sRGB.
fn srgb_of_p3(p3: [u8; 3]) -> [u8; 3] {
    let matrix = [
        [1.224_940_2, -0.224_940_2, 0.0],
        [-0.042_056_9, 1.042_056_9, 0.0],
        [-0.019_637_6, -0.078_636_0, 1.098_273_6],
    ];
    through(matrix, p3.map(light))
}

/// From CIE L*a*b* under D50, adapted to D65 by Bradford's matrix.
pub(super) fn srgb_of_lab([lightness, a, b]: [f64; 3]) -> [u8; 3] {
    let y = (lightness + 16.0) / 116.0;
    let cube = |f: f64| {
        if f > 6.0 / 29.0 { f.powi(3) } else { 3.0 * (6.0f64 / 29.0).powi(2) * (f - 4.0 / 29.0) }
    };
    let xyz = [0.9642 * cube(y + a / 500.0), cube(y), 0.8249 * cube(y - b / 200.0)];
    let matrix = [
        [3.133_856_1, -1.616_866_7, -0.490_614_6],
        [-0.978_768_4, 1.916_141_5, 0.033_454_0],
        [0.071_945_3, -0.228_991_4, 1.405_242_7],
    ];
    through(matrix, xyz)
}

/// Whether no channel differs by more.
pub(super) fn is_near(a: [u8; 3], b: [u8; 3], tolerance: u8) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= tolerance)
}

/// The colour in the file that is made of another one, which has no profile any more.
fn converted(bytes: &[u8]) -> [u8; 3] {
    let derived = derive(&load_bytes(bytes).expect("it is whole"), WIDE);
    let again = load_bytes(&derived.bytes).expect("it is whole");
    assert!(again.icc.is_none());
    again.pixels().expect("it has pixels").to_rgb8().get_pixel(8, 8).0
}

#[test]
fn display_p3_is_shown_as_srgb_has_it() {
    let icc = ColorProfile::new_display_p3().encode().expect("it can be written");
    for color in [[255, 0, 0], [0, 255, 0], [200, 100, 50], [40, 90, 160], [128, 128, 128]] {
        let expected = srgb_of_p3(color);
        let pixels = image::RgbImage::from_pixel(16, 16, image::Rgb(color));
        for ending in ["jpg", "png", "webp", "tiff"] {
            let seen = converted(&with_profile(&pixels.clone().into(), ending, &icc));
            // What is lost by packing as JPEG twice is more than by converting.
            let tolerance = if ending == "jpg" { 4 } else { 2 };
            assert!(is_near(seen, expected, tolerance), "{ending}: {seen:?}, {expected:?}");
        }
        let deep = DynamicImage::ImageRgb8(pixels).into_rgb16().into();
        let seen = converted(&with_profile(&deep, "png", &icc));
        assert!(is_near(seen, expected, 2), "16 bits: {seen:?}, {expected:?}");
    }
    assert_eq!(srgb_of_p3([255, 0, 0]), [255, 0, 0], "the reddest of sRGB");
    assert_ne!(srgb_of_p3([200, 100, 50]), [200, 100, 50]);
}

#[test]
fn greys_of_another_gamma_are_as_light_as_before() {
    let gamma: Vec<u16> =
        (0..=255u8).map(|grey| (65535.0 * (f64::from(grey) / 255.0).powf(1.6)) as u16).collect();
    let icc = profile_of_greys(&gamma);
    for grey in [0, 20, 64, 128, 200, 255] {
        let expected = sample((f64::from(grey) / 255.0).powf(1.6));
        let pixels = image::GrayImage::from_pixel(16, 16, image::Luma([grey]));
        for ending in ["jpg", "png", "tiff"] {
            let bytes = with_profile(&pixels.clone().into(), ending, &icc);
            assert_eq!(load_bytes(&bytes).expect("it is whole").channels, 1);
            let seen = converted(&bytes);
            assert!(is_near(seen, [expected; 3], 2), "{ending} {grey}: {seen:?}, {expected}");
        }
    }
}

#[test]
fn greys_that_are_those_of_srgb_stay_as_they_are() {
    let light: Vec<u16> = (0..=255).map(|grey| (65535.0 * light(grey)).round() as u16).collect();
    let pixels = image::GrayImage::from_fn(16, 16, |x, y| image::Luma([(x * 16 + y) as u8]));
    let bytes = with_profile(&pixels.into(), "jpg", &profile_of_greys(&light));
    let image = load_bytes(&bytes).expect("it is whole");
    let derived = derive(&image, WIDE);
    assert_eq!(derived.bytes, bytes);
    assert!(load_bytes(&derived.bytes).expect("it is whole").icc.is_some());
}
