//! Small pictures in every form that the writer treats in its own way, encoded here.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Luma, Rgb, Rgba};

fn encode(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).expect("a small image can be packed");
    out.into_inner()
}

fn shade(x: u32, y: u32) -> (u8, u8) {
    ((x * 4) as u8, (y * 6) as u8)
}

pub(super) fn jpeg() -> Vec<u8> {
    let image = image::RgbImage::from_fn(60, 40, |x, y| Rgb([shade(x, y).0, shade(x, y).1, 128]));
    encode(&image.into(), ImageFormat::Jpeg)
}

pub(super) fn gray_jpeg() -> Vec<u8> {
    let image =
        image::GrayImage::from_fn(60, 40, |x, y| Luma([if x < 20 { 0 } else { shade(x, y).0 }]));
    encode(&image.into(), ImageFormat::Jpeg)
}

pub(super) fn alpha_png() -> Vec<u8> {
    let image = image::RgbaImage::from_fn(60, 40, |x, y| {
        Rgba([200, shade(x, y).0, shade(x, y).1, shade(x, y).0])
    });
    encode(&image.into(), ImageFormat::Png)
}

pub(super) fn plain_png() -> Vec<u8> {
    let image = image::RgbImage::from_fn(60, 40, |x, y| Rgb([shade(x, y).0, 0, shade(x, y).1]));
    encode(&image.into(), ImageFormat::Png)
}

pub(super) fn deep_png() -> Vec<u8> {
    let image = image::ImageBuffer::<Luma<u16>, _>::from_fn(60, 40, |x, y| {
        Luma([(x * 1000 + y * 100) as u16])
    });
    encode(&DynamicImage::ImageLuma16(image), ImageFormat::Png)
}

pub(super) fn few_colours_webp() -> Vec<u8> {
    let image =
        image::RgbImage::from_fn(
            60,
            40,
            |x, _| if x < 30 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) },
        );
    encode(&image.into(), ImageFormat::WebP)
}
