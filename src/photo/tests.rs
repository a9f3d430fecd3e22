//! Pictures made here, whole and broken.

use super::*;
use crate::diag::{Diagnostic, Diagnostics};
use crate::project::{self, Project, Store};
use crate::source::{FileId, Span};
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageEncoder};
use std::collections::BTreeMap;

const BOOK: &str = "[book]\ntitle = \"A\"\nlanguage = \"en\"\n[contents]\nchapters = [\"a.md\"]\n";

/// Where the picture is asked for.
const SPOT: Span = Span { file: FileId(0), start: 0, end: 1 };

/// Larger than anything here.
pub(super) const WIDE: Limits = Limits { max_side: 10_000, max_pixels: 100_000_000 };

fn project_with(files: &[(&str, &[u8])]) -> Project {
    let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    all.insert("book.toml".to_owned(), BOOK.as_bytes().to_vec());
    all.insert("a.md".to_owned(), Vec::new());
    all.extend(files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())));
    let mut diagnostics = Diagnostics::default();
    let project = project::load(Store::Memory(all), &mut diagnostics);
    assert_eq!(diagnostics.iter().count(), 0);
    project.expect("memory does not fail").expect("the book is sound")
}

fn load(project: &Project, path: &str, diagnostics: &mut Diagnostics) -> Option<Arc<Image>> {
    read(project, path, (&Typefaces::default(), &[]), &mut Vec::new()).tell(path, SPOT, diagnostics)
}

pub(super) fn load_bytes(bytes: &[u8]) -> Result<Arc<Image>, Diagnostic> {
    let project = project_with(&[("images/p", bytes)]);
    let mut diagnostics = Diagnostics::default();
    let image = load(&project, "p", &mut diagnostics);
    let first = diagnostics.iter().next().cloned();
    image.ok_or_else(|| first.expect("without a picture there is a complaint"))
}

/// A gradient, so that turning and cutting show.
fn pixels(width: u32, height: u32, channels: usize) -> Vec<u8> {
    let row = |y: u32| {
        (0..width).flat_map(move |x| {
            let sample = [x * 255 / width, y * 255 / height, 64, (x + y) * 255 / (width + height)];
            sample.into_iter().take(channels).map(|v| v as u8)
        })
    };
    (0..height).flat_map(row).collect()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 90)
        .write_image(&pixels(width, height, 3), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    out
}

fn png(width: u32, height: u32, channels: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let color = if channels == 4 { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    image::codecs::png::PngEncoder::new(&mut out)
        .write_image(&pixels(width, height, channels), width, height, color)
        .unwrap();
    out
}

fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut out)
        .write_image(&pixels(width, height, 3), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    out
}

/// The file with a segment after its start.
fn with_segment(jpeg: &[u8], marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, payload, &jpeg[2..]].concat()
}

/// EXIF with nothing but an orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut out = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    out.extend([orientation, 0, 0, 0, 0, 0, 0]);
    out
}

fn icc_segment(profile: &moxcms::ColorProfile) -> Vec<u8> {
    [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile.encode().unwrap()].concat()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn formats_are_told_by_their_bytes() {
    let photo = load_bytes(&jpeg(40, 30)).unwrap();
    assert_eq!(format!("{photo:?}"), format!("Jpeg 40x30 ({} bytes)", photo.bytes.len()));
    assert_eq!((photo.orientation, photo.channels, photo.has_alpha), (1, 3, false));
    assert!(photo.icc.is_none());
    let drawing = load_bytes(&png(20, 10, 4)).unwrap();
    assert_eq!((drawing.format, drawing.has_alpha, drawing.channels), (Format::Png, true, 3));
    assert_eq!(load_bytes(&webp(20, 10)).unwrap().format, Format::WebP);
    let avif = load_bytes(b"\0\0\0\x1Cftypavif\0\0\0\0").unwrap_err();
    assert!(avif.code.name() == "invalid-image" && avif.message.contains("AVIF"), "{avif:?}");
    assert!(avif.help.is_some_and(|help| help.contains("convert it")));
    assert_eq!(load_bytes(b"").unwrap_err().code.name(), "invalid-image");
}

#[test]
fn a_picture_cut_anywhere_is_refused() {
    for whole in [jpeg(64, 64), png(64, 64, 3), webp(64, 64)] {
        assert!(load_bytes(&whole).is_ok());
        let step = whole.len() / 40 + 1;
        let ends = (1..whole.len()).step_by(step).chain([whole.len() - 2, whole.len() - 1]);
        for end in ends {
            let cut = load_bytes(&whole[..end]);
            assert_eq!(cut.unwrap_err().code.name(), "invalid-image", "{end} of {}", whole.len());
        }
    }
}

#[test]
fn missing_pictures_and_pictures_outside_are_told_apart() {
    let project = project_with(&[("secret.jpg", b"")]);
    for (path, code) in [("nope.jpg", "missing-image"), ("../secret.jpg", "path-outside")] {
        let mut diagnostics = Diagnostics::default();
        assert!(load(&project, path, &mut diagnostics).is_none());
        assert_eq!(diagnostics.iter().next().unwrap().code.name(), code);
    }
}

#[test]
fn the_book_says_how_large_a_picture_may_be() {
    let book = format!("{BOOK}[photos]\nmax-megapixels = 1\nmax-bytes = \"100 kB\"\n");
    let mut large = Cursor::new(Vec::new());
    let pixels = DynamicImage::new_luma8(1200, 1000);
    pixels.write_to(&mut large, image::ImageFormat::Png).expect("memory can be written");
    let long = [0; 100_001];
    let files =
        [("book.toml", book.as_bytes()), ("images/a", large.get_ref()), ("images/b", &long)];
    let project = project_with(&files);
    let mut diagnostics = Diagnostics::default();
    assert!(load(&project, "a", &mut diagnostics).is_none());
    assert!(load(&project, "b", &mut diagnostics).is_none());
    let told: Vec<_> = diagnostics.iter().map(|one| (one.code.name(), &*one.message)).collect();
    let wanted = [
        ("image-too-large", "`a` has 1200 × 1000 pixels"),
        ("file-too-large", "`b` has more than 100 kB"),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn too_many_pixels_are_refused_before_decoding() {
    let mut bomb = png(8, 8, 3);
    // Width and height of the header; the check sum would be wrong, so it is mended.
    bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let mut crc = flate2::Crc::new();
    crc.update(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    let complaint = load_bytes(&bomb).unwrap_err();
    assert_eq!(complaint.code.name(), "image-too-large", "{complaint:?}");
    assert!(complaint.message.contains("65536 × 65536"));
}

#[test]
fn orientation_six_is_turned() {
    let photo = load_bytes(&with_segment(&jpeg(64, 32), 0xE1, &exif(6))).unwrap();
    assert_eq!((photo.width, photo.height, photo.orientation), (32, 64, 6));
    let derived = derive(&photo, WIDE);
    assert_eq!((derived.width, derived.height, derived.format), (32, 64, Format::Jpeg));
    assert!(!contains(&derived.bytes, b"Exif"));
    let shown = load_bytes(&derived.bytes).unwrap();
    assert_eq!((shown.width, shown.height, shown.orientation), (32, 64, 1));
    // The stored left edge is dark red and is shown at the top.
    let rgb = image::load_from_memory(&derived.bytes).unwrap().into_rgb8();
    assert!(rgb.get_pixel(16, 2).0[0] < 40 && rgb.get_pixel(16, 61).0[0] > 200);
    // The stored top edge has little green and is shown on the right.
    assert!(rgb.get_pixel(30, 32).0[1] < 40 && rgb.get_pixel(1, 32).0[1] > 200);
    assert_eq!(Orientation::from_exif(6), Some(Orientation::Rotate90));
}

#[test]
fn a_fitting_jpeg_keeps_its_bytes_and_loses_what_is_private() {
    let plain = jpeg(64, 64);
    let icc = icc_segment(&moxcms::ColorProfile::new_srgb());
    let mut private = with_segment(&plain, 0xE2, &icc);
    private = with_segment(&private, 0xFE, b"a comment");
    private = with_segment(&private, 0xED, b"Photoshop 3.0\0caption");
    private = with_segment(&private, 0xE1, &exif(1));
    private = with_segment(&private, 0xE2, b"MPF\0more pictures");
    private.extend_from_slice(b"a film after the end");
    let photo = load_bytes(&private).unwrap();
    assert!(photo.icc.is_some());
    let derived = derive(&photo, WIDE);
    assert_eq!(derived.bytes, with_segment(&plain, 0xE2, &icc));
    assert_eq!(derive(&load_bytes(&plain).unwrap(), WIDE).bytes, plain);
}

#[test]
fn another_profile_is_converted_to_srgb() {
    let icc = icc_segment(&moxcms::ColorProfile::new_display_p3());
    let photo = load_bytes(&with_segment(&jpeg(64, 64), 0xE2, &icc)).unwrap();
    let derived = derive(&photo, WIDE);
    assert!(!contains(&derived.bytes, b"ICC_PROFILE"));
    let before = image::load_from_memory(&photo.bytes).unwrap().into_rgb8();
    let after = image::load_from_memory(&derived.bytes).unwrap().into_rgb8();
    // Red of Display P3 is redder: the same look needs a higher red and less of the others.
    let (before, after) = (before.get_pixel(50, 10).0, after.get_pixel(50, 10).0);
    assert!(after[0] > before[0] + 4, "{before:?} {after:?}");
    let broken = with_segment(&jpeg(64, 64), 0xE2, b"ICC_PROFILE\0\x01\x01no profile");
    assert_eq!(derive(&load_bytes(&broken).unwrap(), WIDE).format, Format::Jpeg);
}

#[test]
fn large_pictures_become_smaller_within_both_limits() {
    let photo = load_bytes(&jpeg(300, 200)).unwrap();
    let by_side = derive(&photo, Limits { max_side: 150, max_pixels: 1_000_000 });
    assert_eq!((by_side.width, by_side.height), (150, 100));
    let by_pixels = derive(&photo, Limits { max_side: 1000, max_pixels: 6000 });
    assert!(by_pixels.width * by_pixels.height <= 6000 && by_pixels.width > 90);
    let least = derive(&photo, Limits { max_side: 0, max_pixels: 0 });
    assert_eq!((least.width, least.height), (1, 1));
    assert_eq!(by_side, derive(&photo, Limits { max_side: 150, max_pixels: 1_000_000 }));
    assert!(load_bytes(&by_side.bytes).is_ok());
}

#[test]
fn alpha_stays_and_webp_becomes_what_readers_know() {
    let drawing = load_bytes(&png(100, 50, 4)).unwrap();
    let derived = derive(&drawing, Limits { max_side: 50, max_pixels: 10_000 });
    assert_eq!((derived.format, derived.width, derived.height), (Format::Png, 50, 25));
    assert!(load_bytes(&derived.bytes).unwrap().has_alpha);
    let from_webp = derive(&load_bytes(&webp(100, 50)).unwrap(), WIDE);
    assert_ne!(from_webp.format, Format::WebP);
    assert_eq!((from_webp.width, from_webp.height), (100, 50));
    let kept = png(100, 50, 3);
    let mut texts = kept[..33].to_vec();
    texts.extend(b"\0\0\0\x04tEXtGPS\0....");
    texts.extend(&kept[33..]);
    let image = Image { bytes: texts.into(), ..(*load_bytes(&kept).unwrap()).clone() };
    assert_eq!(derive(&image, WIDE).bytes, kept);
}

#[test]
fn hostile_bytes_do_no_harm() {
    let seeds = [
        with_segment(&jpeg(32, 32), 0xE1, &exif(6)),
        with_segment(&jpeg(32, 32), 0xE2, &icc_segment(&moxcms::ColorProfile::new_display_p3())),
        png(32, 32, 4),
        webp(32, 32),
    ];
    // A linear congruential generator (Knuth's MMIX constants): the same bytes in every run.
    let mut state: u64 = 7;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for round in 0..1200 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..1 + next() % 6 {
            // Mostly in the headers, where decisions are made.
            let at = next() % if next() % 2 == 0 { bytes.len().min(80) } else { bytes.len() };
            bytes[at] = (next() % 256) as u8;
        }
        if let Ok(image) = load_bytes(&bytes) {
            derive(&image, Limits { max_side: 16, max_pixels: 1000 });
        }
    }
}

fn read_register(text: &str) -> (Register, Vec<String>) {
    let project = project_with(&[("images/credits.toml", text.as_bytes())]);
    let mut diagnostics = Diagnostics::default();
    let register = register::read(&project, &mut diagnostics);
    let line = |d: &Diagnostic| {
        let place = project.sources.place(d.span.unwrap());
        let help = d.help.as_deref().map(|h| format!(" ({h})")).unwrap_or_default();
        format!("{} {}: {}{help}", place.trim_start_matches("images/"), d.code.name(), d.message)
    };
    let lines = diagnostics.iter().map(line).collect();
    (register, lines)
}

#[test]
fn a_record_holds_all_that_is_said() {
    let (register, lines) = read_register(
        r#"["harbour.jpg"]
title = "Nyhavn"
alt = "Gables"
caption = "The harbour."
long-description = "Along the quay…"
creator = { name = "Ada", url = "https://example.org/ada" }
credit = "Drawing: Ada"
copyright = "© 2026 Ada"
licence = "cc-by-sa-4.0"
source = "https://example.org/1"
date = "2018-05"
after = { text = "a photograph by Pascal Martin", url = "https://example.org/2" }

["./day 3/rule.png"]
decorative = true
creator = "Bo"
licence = { text = "All rights reserved" }
source = "drawn for this book"
date = 2018-05-04
"#,
    );
    assert_eq!(lines, [] as [&str; 0]);
    let harbour = register.get("harbour.jpg").unwrap();
    let text = |field: &Option<(String, Span)>| field.clone().unwrap().0;
    assert_eq!(text(&harbour.alt), "Gables");
    assert_eq!(text(&harbour.long_description), "Along the quay…");
    let creator = &harbour.creator.as_ref().unwrap().0;
    assert_eq!(creator.url.as_deref(), Some("https://example.org/ada"));
    let licence = &harbour.licence.as_ref().unwrap().0;
    assert_eq!(*licence, Licence::Spdx("CC-BY-SA-4.0"));
    assert_eq!(licence.name(), "CC BY-SA 4.0");
    assert_eq!(licence.url(), Some("https://creativecommons.org/licenses/by-sa/4.0/"));
    assert_eq!(harbour.source.as_ref().unwrap().0.url.as_deref(), Some("https://example.org/1"));
    assert_eq!(harbour.date.unwrap().0.iso(), "2018-05");
    assert_eq!(harbour.after.as_ref().unwrap().0.text, "a photograph by Pascal Martin");
    assert_eq!((harbour.span.start, harbour.span.end), (1, 14));
    let rule = register.get("day 3/rule.png").unwrap();
    assert!(rule.decorative && rule.alt.is_none());
    assert_eq!(rule.licence.as_ref().unwrap().0.name(), "All rights reserved");
    assert_eq!(rule.source.as_ref().unwrap().0.url, None);
    assert_eq!(rule.date.unwrap().0.iso(), "2018-05-04");
}

#[test]
fn mistakes_of_the_register_are_all_reported() {
    let (register, lines) = read_register(
        r#"["a.jpg"]
atl = "x"
creator = { nam = "x", url = "ftp://x" }
licence = "CC-BY-5.0"
date = "yesterday"
decorative = "yes"
source = 3
[harbour.jpg]
alt = "x"
["../secret.jpg"]
["./a.jpg"]
["b.jpg"]
licence = "mine"
title = "x"
title = "y"
"#,
    );
    let places: Vec<&str> = lines.iter().map(|line| line.split_once(':').unwrap().1).collect();
    assert_eq!(
        places,
        [
            "15:1 invalid-config: `title` is given twice (remove one of them)",
            "3:11 missing-key: `creator` has no `name` (add `name = \"…\"`)",
            "3:13 unknown-key: there is no key `creator.nam` (did you mean `name`?)",
            "3:30 invalid-value: `ftp://x` is no address of a page (write `https://…`)",
            "4:11 invalid-value: `CC-BY-5.0` is no licence that is known here (did you mean `CC-BY-1.0`?)",
            "7:10 invalid-config: `source` must be a string or `{ text = \"…\", url = \"…\" }`, but it is an integer",
            "5:8 invalid-value: `date` is no day (write year, month and day: `2018-05-04`)",
            "6:14 invalid-config: `decorative` must be `true` or `false`, but it is a string",
            "2:1 unknown-key: there is no key `a.jpg.atl` (did you mean `alt`?)",
            "8:2 invalid-config: `harbour.jpg` without quotes is a table within a table (quote the file name: `[\"harbour.jpg\"]`)",
            "10:2 path-outside: `../secret.jpg` leads out of the photo folder (name the file relative to the photo folder)",
            "11:2 invalid-value: `a.jpg` has two records",
            "13:11 invalid-value: `mine` is no licence that is known here (write an SPDX identifier such as `CC-BY-4.0`, or `{ text = \"…\", url = \"…\" }`)",
        ]
    );
    assert_eq!(register.records.len(), 2);
    let (register, lines) = read_register("[\"a.jpg\"]\nalt = \"x\nb = [1 2]\n");
    assert!(register.records.is_empty() && lines.len() == 2, "{lines:?}");
}

fn encoded(pixels: &DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    pixels.write_to(&mut out, format).unwrap();
    out.into_inner()
}

#[test]
fn gif_and_tiff_become_what_every_reader_shows() {
    let pixels = DynamicImage::ImageRgb8(image::RgbImage::from_fn(40, 30, |x, y| {
        image::Rgb([if x < 20 { 250 } else { 10 }, if y < 15 { 250 } else { 10 }, 0])
    }));
    for format in [image::ImageFormat::Gif, image::ImageFormat::Tiff] {
        let bytes = encoded(&pixels, format);
        let image = load_bytes(&bytes).unwrap();
        let derived = derive(&image, WIDE);
        assert_eq!((derived.format, derived.width, derived.height), (Format::Png, 40, 30));
        let again = image::load_from_memory(&derived.bytes).unwrap().into_rgb8();
        assert_eq!(again.get_pixel(3, 3).0, [250, 250, 0]);
        for end in [20, bytes.len() / 2] {
            let cut = load_bytes(&bytes[..end]).unwrap_err();
            assert_eq!(cut.code.name(), "invalid-image", "{format:?} cut at {end}");
        }
    }
}

#[test]
fn of_a_picture_that_moves_the_first_frame_is_shown_and_that_is_said() {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for shade in [255, 0] {
        let frame = image::RgbaImage::from_pixel(8, 8, image::Rgba([shade, shade, shade, 255]));
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    assert_eq!(gif::frames(&bytes), Some(2));
    let project = project_with(&[("images/p", &bytes)]);
    let mut diagnostics = Diagnostics::default();
    let image = load(&project, "p", &mut diagnostics).unwrap();
    assert_eq!(diagnostics.iter().next().unwrap().code.name(), "simplified-picture");
    let first = image::load_from_memory(&derive(&image, WIDE).bytes).unwrap().into_luma8();
    assert_eq!(first.get_pixel(0, 0).0, [255]);
}

#[test]
fn what_is_said_of_a_jpeg_changes_none_of_its_data() {
    let mut bytes = jpeg(32, 32);
    let exif = b"Exif\0\0MM\0*\0\0\0\x08 private";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    bytes.splice(2..2, [&[0xFF, 0xE1], &length[..], exif].concat());
    let rights = Rights { creator: "Åse".to_owned(), credit: "C".to_owned(), ..Rights::default() };
    let said = inscribed_jpeg(&bytes, &rights).unwrap();
    let text = String::from_utf8_lossy(&said);
    assert!(text.contains("Åse") && text.contains("8BIM") && !text.contains("private"));
    assert_eq!(inscribed_jpeg(&said, &Rights::default()), jpeg::stripped(&jpeg(32, 32)));
    assert!(image::load_from_memory(&said).is_ok());
}

#[test]
fn what_is_said_of_a_png_stands_behind_its_header() {
    let picture = Derived { bytes: png(8, 8, 3), format: Format::Png, width: 8, height: 8 };
    let rights =
        Rights { creator: "Åse".to_owned(), alt: "Dots.".to_owned(), ..Rights::default() };
    let said = rights::inscribed(picture, &rights);
    assert!(image::load_from_memory(&said.bytes).is_ok());
    let text = String::from_utf8_lossy(&said.bytes);
    assert!(text.contains("XML:com.adobe.xmp") && text.contains("Åse") && text.contains("Dots."));
    assert_eq!(png::stripped(&said.bytes), png::stripped(&png(8, 8, 3)));
}

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='96' height='48'>\
    <rect width='96' height='48' fill='#0f0'/></svg>";

#[test]
fn a_drawing_is_read_as_shapes() {
    let image = load_bytes(SVG.as_bytes()).unwrap();
    let drawing = image.drawing.clone().unwrap();
    assert_eq!((image.format, image.width, image.height), (Format::Svg, 384, 192));
    assert_eq!(drawing.units(), (96, 48));
    let derived = derive(&image, Limits { max_side: 192, max_pixels: 1_000_000 });
    assert_eq!((derived.format, derived.width, derived.height), (Format::Png, 192, 96));
    let pixels = image::load_from_memory(&derived.bytes).unwrap().into_rgb8();
    assert_eq!(pixels.get_pixel(150, 90).0, [0, 255, 0]);
}

#[test]
fn a_drawing_written_anew_holds_nothing_that_acts() {
    let inner = "<script>alert(1)</script><a href='http://a.example'><path d='M0 0h9v9z' \
                 onclick='alert(2)'/></a></svg>";
    let image = load_bytes(SVG.replace("</svg>", inner).as_bytes()).unwrap();
    let svg = image.drawing.clone().unwrap().to_svg();
    assert!(svg.contains("<path") && !svg.contains("alert") && !svg.contains("a.example"), "{svg}");
}
