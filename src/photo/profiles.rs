//! Pictures under other profiles than sRGB, in every format: the colours in what is made of them,
//! reckoned here by the definitions of the spaces, not by the library that converts.

use super::fixture::profile_of_greys;
use super::tests::{WIDE, load_bytes};
use super::{Format, derive};
use image::codecs::{jpeg::JpegEncoder, png::PngEncoder, tiff::TiffEncoder, webp::WebPEncoder};
use image::{DynamicImage, ImageEncoder};
use moxcms::ColorProfile;
use std::io::Cursor;

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

/// A file of some pixels with a profile.
fn file(format: Format, pixels: &DynamicImage, icc: Vec<u8>) -> Vec<u8> {
    fn written(mut encoder: impl ImageEncoder, pixels: &DynamicImage, icc: Vec<u8>) {
        encoder.set_icc_profile(icc).expect("the format has a place for it");
        let (width, height, color) = (pixels.width(), pixels.height(), pixels.color().into());
        encoder.write_image(pixels.as_bytes(), width, height, color).expect("can be written");
    }
    let mut out = Cursor::new(Vec::new());
    match format {
        Format::Jpeg => written(JpegEncoder::new_with_quality(&mut out, 100), pixels, icc),
        Format::Png => written(PngEncoder::new(&mut out), pixels, icc),
        Format::WebP => written(WebPEncoder::new_lossless(&mut out), pixels, icc),
        Format::Tiff => written(TiffEncoder::new(&mut out), pixels, icc),
        Format::Gif | Format::Svg => panic!("it has no place for a profile"),
    }
    out.into_inner()
}

/// The colour in the file that is made of another one, which has no profile any more.
fn converted(bytes: &[u8]) -> [u8; 3] {
    let derived = derive(&load_bytes(bytes).expect("it is whole"), WIDE);
    let again = load_bytes(&derived.bytes).expect("it is whole");
    assert!(again.icc.is_none());
    again.pixels().expect("it has pixels").to_rgb8().get_pixel(8, 8).0
}

const FORMATS: [Format; 4] = [Format::Jpeg, Format::Png, Format::WebP, Format::Tiff];

#[test]
fn display_p3_is_shown_as_srgb_has_it() {
    let icc = ColorProfile::new_display_p3().encode().expect("it can be written");
    for color in [[255, 0, 0], [0, 255, 0], [200, 100, 50], [40, 90, 160], [128, 128, 128]] {
        let expected = srgb_of_p3(color);
        let pixels = image::RgbImage::from_pixel(16, 16, image::Rgb(color));
        for format in FORMATS {
            let seen = converted(&file(format, &pixels.clone().into(), icc.clone()));
            // What is lost by packing as JPEG twice is more than by converting.
            let tolerance = if format == Format::Jpeg { 4 } else { 2 };
            assert!(is_near(seen, expected, tolerance), "{format:?}: {seen:?}, {expected:?}");
        }
        let deep = DynamicImage::ImageRgb8(pixels).into_rgb16().into();
        let seen = converted(&file(Format::Png, &deep, icc.clone()));
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
        for format in [Format::Jpeg, Format::Png, Format::Tiff] {
            let bytes = file(format, &pixels.clone().into(), icc.clone());
            assert_eq!(load_bytes(&bytes).expect("it is whole").channels, 1);
            let seen = converted(&bytes);
            assert!(is_near(seen, [expected; 3], 2), "{format:?} {grey}: {seen:?}, {expected}");
        }
    }
}

#[test]
fn greys_that_are_those_of_srgb_stay_as_they_are() {
    let light: Vec<u16> = (0..=255).map(|grey| (65535.0 * light(grey)).round() as u16).collect();
    let pixels = image::GrayImage::from_fn(16, 16, |x, y| image::Luma([(x * 16 + y) as u8]));
    let bytes = file(Format::Jpeg, &pixels.into(), profile_of_greys(&light));
    let image = load_bytes(&bytes).expect("it is whole");
    let derived = derive(&image, WIDE);
    assert_eq!(derived.bytes, bytes);
    assert!(load_bytes(&derived.bytes).expect("it is whole").icc.is_some());
}
