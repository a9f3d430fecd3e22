//! What is seen of pictures in the finished editions: upright however the camera was held, in the
//! colours that their profiles say. The PDF is drawn by poppler, exiftool says how to turn.

use std::collections::BTreeMap;
use std::process::Command;

use endpaper::geom::{Length, Rect};
use endpaper::layout::pages::Item;
use image::{DynamicImage, GenericImageView, Rgb, RgbImage};

use crate::exiftool::{self, encoded};
use crate::fixture::{
    Made, Stored, jpeg_of_inks, profile_of_greys, profile_of_inks, tiff_of_inks, with_profile,
};
use crate::pipeline::{load, paginate, resolve, with_room};
use crate::program::Folder;

/// Red, green, blue and yellow: what no turn or mirror leaves as it was.
const QUARTERS: [[u8; 3]; 4] = [[220, 30, 30], [30, 200, 30], [30, 30, 220], [230, 220, 30]];

/// Which of the stored quarters are seen at the left and right above, and at the left and right
/// below, for each of the orientations from 1 to 8 (EXIF 2.32, 4.6.4).
const SEEN: [[usize; 4]; 8] = [
    [0, 1, 2, 3],
    [1, 0, 3, 2],
    [3, 2, 1, 0],
    [2, 3, 0, 1],
    [0, 2, 1, 3],
    [2, 0, 3, 1],
    [3, 1, 2, 0],
    [1, 3, 0, 2],
];

/// The steps in which a colour may differ: JPEG takes some.
const TOLERANCE: u8 = 6;

#[test]
#[ignore = "needs exiftool and poppler: run by tests/run"]
fn pictures_stand_upright_in_both_editions() {
    let folder = Folder::new("seen-turned");
    let mut expected = BTreeMap::new();
    let endings = ["jpg", "png", "webp", "tiff"];
    for (orientation, seen) in (1..=8).zip(SEEN) {
        let mut names: Vec<String> =
            endings.iter().map(|ending| format!("{orientation}-{ending}.{ending}")).collect();
        for (name, ending) in names.iter().zip(endings) {
            folder.write(&format!("images/{name}"), encoded(&quarters(320, 160), ending));
        }
        // Larger than any edition shows: it is turned before it is made smaller.
        names.push(format!("{orientation}-large.jpg"));
        let large = encoded(&quarters(2600, 1300), "jpg");
        folder.write(&format!("images/{orientation}-large.jpg"), large);
        let paths: Vec<String> = names.iter().map(|name| format!("images/{name}")).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        exiftool::write(&folder, &paths, &["-n", &format!("-Orientation={orientation}")]);
        let colors = seen.map(|at| QUARTERS[at]);
        expected.extend(names.into_iter().map(|name| (name, (orientation >= 5, colors))));
    }
    let names: Vec<&str> = expected.keys().map(String::as_str).collect();
    for (name, editions) in shown(&folder, &names) {
        let (on_its_side, colors) = &expected[&name];
        for (edition, picture) in editions {
            let (width, height) = picture.dimensions();
            assert_eq!(height > width, *on_its_side, "{name}, {edition}: {width} x {height}");
            let (right, below) = (width * 3 / 4, height * 3 / 4);
            let places = [(width / 4, height / 4), (right, height / 4), (width / 4, below)];
            for ((x, y), color) in places.into_iter().chain([(right, below)]).zip(colors) {
                let found = picture.get_pixel(x, y).0;
                assert!(is_near(found, *color), "{name}, {edition}, {x} {y}: {found:?}, {color:?}");
            }
        }
    }
}

fn quarters(width: u32, height: u32) -> DynamicImage {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let at = usize::from(x >= width / 2) + 2 * usize::from(y >= height / 2);
        Rgb(QUARTERS[at])
    });
    picture.into()
}

/// The colours are reckoned by the definitions of the spaces; `photo` has that reckoning.
#[test]
#[ignore = "needs poppler: run by tests/run"]
fn pictures_have_the_colours_of_their_profiles_in_both_editions() {
    let folder = Folder::new("seen-colours");
    let p3 = moxcms::ColorProfile::new_display_p3().encode().expect("it can be written");
    let light = |grey: u8| (65535.0 * (f64::from(grey) / 255.0).powf(1.6)) as u16;
    let greys = profile_of_greys(&(0..=255).map(light).collect::<Vec<_>>());
    let inks = profile_of_inks();
    let of = |color: [u8; 3]| DynamicImage::from(RgbImage::from_pixel(400, 300, Rgb(color)));
    let grey = || DynamicImage::from(image::GrayImage::from_pixel(400, 300, image::Luma([128])));
    let plain = Stored { bits: 8, in_planes: false };
    let planes = Stored { bits: 16, in_planes: true };
    let pictures: [(&str, Vec<u8>, [u8; 3]); 12] = [
        ("p3-jpg.jpg", with_profile(&of([200, 100, 50]), "jpg", &p3), [215, 93, 31]),
        ("p3-png.png", with_profile(&of([200, 100, 50]), "png", &p3), [215, 93, 31]),
        ("p3-webp.webp", with_profile(&of([200, 100, 50]), "webp", &p3), [215, 93, 31]),
        ("p3-tiff.tiff", with_profile(&of([200, 100, 50]), "tiff", &p3), [215, 93, 31]),
        ("red-jpg.jpg", with_profile(&of([255, 0, 0]), "jpg", &p3), [255, 0, 0]),
        ("grey-jpg.jpg", with_profile(&grey(), "jpg", &greys), [156; 3]),
        ("grey-png.png", with_profile(&grey(), "png", &greys), [156; 3]),
        ("grey-tiff.tiff", with_profile(&grey(), "tiff", &greys), [156; 3]),
        // Magenta and yellow, L*a*b* 47, 68, 48; the three colours, 23, 0, 0.
        (
            "adobe-jpg.jpg",
            jpeg_of_inks([255, 0, 0, 255], Made::ByAdobe { transform: 0 }, Some(&inks), 50),
            [215, 29, 36],
        ),
        (
            "plain-jpg.jpg",
            jpeg_of_inks([255, 255, 255, 0], Made::Plainly, Some(&inks), 50),
            [55, 55, 55],
        ),
        ("inks-tiff.tiff", tiff_of_inks([0, 255, 255, 0], plain, Some(&inks), 400), [215, 29, 36]),
        (
            "planes-tiff.tiff",
            tiff_of_inks([255, 255, 255, 0], planes, Some(&inks), 400),
            [55, 55, 55],
        ),
    ];
    let mut expected = BTreeMap::new();
    for (name, bytes, color) in pictures {
        folder.write(&format!("images/{name}"), bytes);
        expected.insert(name, color);
    }
    let names: Vec<&str> = expected.keys().copied().collect();
    for (name, editions) in shown(&folder, &names) {
        for (edition, picture) in editions {
            let found = picture.get_pixel(picture.width() / 2, picture.height() / 2).0;
            let color = expected[name.as_str()];
            assert!(is_near(found, color), "{name}, {edition}: {found:?}, {color:?}");
        }
    }
}

fn is_near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= TOLERANCE)
}

/// Builds a book of these pictures, and gives what is seen of each in each edition.
fn shown(folder: &Folder, names: &[&str]) -> Vec<(String, [(&'static str, RgbImage); 2])> {
    let record = |name: &&str| {
        format!(
            "[\"{name}\"]\nalt = \"Colours of {name}.\"\ncreator = \"A\"\nlicence = \"CC0-1.0\"\n"
        )
    };
    folder.write("images/credits.toml", names.iter().map(record).collect::<String>());
    let figures: String = names.iter().map(|name| format!("![]({name})\n\n")).collect();
    folder.write("a.md", format!("# Pictures\n\n{figures}"));
    folder.write("book.toml", BOOK);
    folder.endpaper(&["build", ".", "--out", "dist", "--quiet"]).expect(0);
    folder.run(Command::new("unzip").args(["-q", "dist/seen.epub", "-d", "epub"])).expect(0);
    folder.write("pdf/.keep", "");
    folder
        .run(Command::new("pdftoppm").args(["-r", "72", "-png", "dist/seen.pdf", "pdf/p"]))
        .expect(0);
    let mut of_pdf = on_pages(folder);
    let of_epub = folder.files("epub/OEBPS/images").into_iter().map(|(file, bytes)| {
        let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
        let picture = image::load_from_memory(&bytes).expect("it is whole").into_rgb8();
        (stem.to_owned(), picture)
    });
    let mut of_epub: BTreeMap<String, RgbImage> = of_epub.collect();
    let both = names.iter().map(|name| {
        let stem = name.rsplit_once('.').expect("it has an ending").0;
        let epub = of_epub.remove(stem).unwrap_or_else(|| panic!("{name} is not in the EPUB"));
        let pdf = of_pdf.remove(*name).unwrap_or_else(|| panic!("{name} is on no page"));
        ((*name).to_owned(), [("epub", epub), ("pdf", pdf)])
    });
    both.collect()
}

/// What is drawn on the pages where the layout says that each picture stands.
fn on_pages(folder: &Folder) -> BTreeMap<String, RgbImage> {
    let drawn: Vec<RgbImage> = folder
        .files("pdf")
        .into_iter()
        .filter(|(name, _)| name.ends_with(".png"))
        .map(|(_, bytes)| image::load_from_memory(&bytes).expect("it is whole").into_rgb8())
        .collect();
    let project = load(folder.path());
    with_room(|| {
        let book = resolve(&project);
        let (pages, book) = paginate(&project, &book, 0);
        assert_eq!(pages.pages.len(), drawn.len());
        let items = pages
            .pages
            .iter()
            .zip(&drawn)
            .flat_map(|(page, drawn)| page.items.iter().map(move |item| (item, drawn)));
        let pictures = items.filter_map(|(item, drawn)| match item {
            Item::Image(image) => {
                let name = book.photos[image.photo.0 as usize].name.clone();
                Some((name, cut(drawn, image.area)))
            }
            _ => None,
        });
        pictures.collect()
    })
}

/// A part of a page that is drawn with a pixel for each point.
fn cut(page: &RgbImage, area: Rect) -> RgbImage {
    let pixels = |length: Length| u32::try_from(length.0 / Length::PER_POINT).expect("on the page");
    let (x, y) = (pixels(area.origin.x), pixels(area.origin.y));
    page.view(x, y, pixels(area.size.width), pixels(area.size.height)).to_image()
}

const BOOK: &str = r#"[book]
slug = "seen"
title = "Seen"
language = "en"
authors = ["A. Uthor"]
date = 2018-05-04

[contents]
chapters = ["a.md"]

[edition.book]
page = "A5"
"#;
