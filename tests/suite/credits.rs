//! The page of credits in both editions of the first book, `endpaper credits`, and what exiftool
//! writes into pictures.

use std::path::Path;

use endpaper::book::{AnchorId, Book, Credits, SectionKind};
use endpaper::epub;
use endpaper::geom::Length;
use endpaper::layout::Pages;
use endpaper::layout::pages::{Item, LinkTarget};
use endpaper::photo::metadata;
use endpaper::project::Project;

use crate::exiftool::{self, encoded};
use crate::pipeline::{load, package, paginate, resolve, with_room};
use crate::program::{Folder, PIXELS, jpeg};

#[test]
fn the_credits_of_the_first_book_list_every_picture_once_with_page_and_link() {
    let project = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("book"));
    with_room(|| {
        let book = resolve(&project);
        let credits = credits(&book);
        let mut listed: Vec<u32> = credits.entries.iter().map(|credit| credit.photo.0).collect();
        listed.sort_unstable();
        let all: Vec<u32> = (0..).take(book.photos.len()).collect();
        assert_eq!(listed, all, "each picture has one entry, the cover too");
        assert!(book.cover.is_some() && book.photos.len() >= 4);
        for edition in 0..project.config.editions.len() {
            check_pages(&project, &book, edition);
        }
        check_epub(&project, &book, credits);
    });
}

fn credits(book: &Book) -> &Credits {
    let found = book.sections.iter().find_map(|section| match &section.kind {
        SectionKind::Credits(credits) => Some(credits),
        _ => None,
    });
    found.expect("the first book has credits")
}

/// On paper: each entry says the page and the part of it on which its picture is drawn, and leads
/// there; the entries stand in the order of the pages.
fn check_pages(project: &Project, book: &Book, edition: usize) {
    let (pages, book) = paginate(project, book, edition);
    let credits = credits(&book);
    let text = words_of(&pages);
    let mut last = 0;
    for credit in &credits.entries {
        let name = &book.photos[credit.photo.0 as usize].name;
        for figure in credit.places() {
            let index = pages.destinations[figure.0 as usize].as_ref().expect("it is set").page;
            let label = &pages.pages[index].label;
            assert!(index >= last, "{name}: the entries are in the order of the pages");
            last = index;
            let parts = parts_of(&pages, figure, index, (project, edition));
            let place = |part: &str| format!("p.\u{A0}{label},\u{A0}{part}");
            let links =
                pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
                    Item::Link(link) if link.target == LinkTarget::Anchor(figure) => {
                        Some(link.contents.as_str())
                    }
                    _ => None,
                });
            let leads = |part: &&str| links.clone().any(|words| words == place(part));
            assert!(
                parts.iter().any(leads),
                "{name}: on page {label}, {parts:?}; {:?}\n{text}",
                links.clone().collect::<Vec<_>>()
            );
        }
    }
    let url = "https://creativecommons.org/publicdomain/zero/1.0/";
    assert_eq!(text.matches(url).count(), 1, "the licence's address is printed once\n{text}");
}

/// All words on the pages, one line after the other.
fn words_of(pages: &Pages) -> String {
    let mut text = String::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Glyphs(glyphs) = item {
            text.push_str(&glyphs.text);
        }
    }
    text
}

/// Which third of the text block the middle of a figure is in, by its picture alone: near a border
/// the caption below decides, and two are possible.
fn parts_of(
    pages: &Pages,
    figure: AnchorId,
    index: usize,
    (project, edition): (&Project, usize),
) -> &'static [&'static str] {
    let edition = &project.config.editions[edition];
    let top = edition.margins.top;
    let depth = edition.page.height - top - edition.margins.bottom;
    let from = pages.destinations[figure.0 as usize].as_ref().expect("it is set").y;
    let images = pages.pages[index].items.iter().filter_map(|item| match item {
        Item::Image(image) => Some(image.area),
        _ => None,
    });
    let below = images.filter(|area| area.origin.y >= from - Length::pt(1));
    let area = below.min_by_key(|area| area.origin.y).expect("a picture stands at the anchor");
    let middle = area.origin.y + area.size.height / 2 - top;
    match middle.0 * 100 / depth.0 {
        ..23 => &["top"],
        23..34 => &["top", "middle"],
        34..57 => &["middle", "full page"],
        57..67 => &["middle", "bottom", "full page"],
        _ => &["bottom"],
    }
}

/// In the EPUB: each entry has a link to each of its figures, and the licence is there once more.
fn check_epub(project: &Project, book: &Book, credits: &Credits) {
    let dump = epub::dump(&package(project, book));
    let mut documents = dump.split("\n== ");
    let page = documents.find(|text| text.contains("doc-credits\"") && text.contains("<h1"));
    let page = page.expect("there is a page of credits");
    let (list, licences) = page.split_once("licences\"").expect("the licences follow");
    let listed: Vec<&str> = list.split("<li>").skip(1).collect();
    assert_eq!(listed.len(), credits.entries.len(), "{page}");
    for (credit, words) in credits.entries.iter().zip(listed) {
        let photo = &book.photos[credit.photo.0 as usize];
        let title = photo.title.as_deref().unwrap_or(&photo.name);
        assert!(words.contains(&format!("<em>{title}</em>")), "{title}: {words}");
        let links = words.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let links: Vec<&str> = links.filter(|href| !href.contains("://")).collect();
        assert!(!links.is_empty(), "{title}: {words}");
        for href in &links {
            let (document, figure) = href.split_once('#').unwrap_or((href, ""));
            let document = dump.split("\n== ").find(|text| {
                text.lines().next().is_some_and(|name| name.trim().ends_with(document))
            });
            let document = document.unwrap_or_else(|| panic!("{title}: there is no {href}"));
            let shown = match figure {
                "" => document.split_once("role=\"doc-cover\""),
                id => document.split_once(&format!("<figure id=\"{id}\"")),
            };
            let shown = shown.unwrap_or_else(|| panic!("{href} leads to no picture")).1;
            let shown = shown.split("</figure>").next().expect("there is a first part");
            assert!(shown.contains(&format!("alt=\"{}\"", photo.alt)), "{href}: {shown}");
        }
        let is_cover = usize::from(book.cover == Some(credit.photo));
        assert_eq!(links.len(), credit.places().len() + is_cover, "{title}: {words}");
    }
    assert_eq!(licences.matches("publicdomain/zero").count(), 2, "as words and as address");
}

#[test]
fn the_register_is_shown_as_a_table_as_csv_and_as_json() {
    let folder = Folder::with_little_book("credits-table");
    folder.write("book/images/spare.jpg", jpeg(20));
    let run = folder.endpaper(&["credits"]).expect(0);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(
        lines[0].split_whitespace().collect::<Vec<_>>().join(" "),
        "file creator licence shown missing"
    );
    assert!(lines[1].starts_with("spare.jpg") && lines[1].contains("no"), "{}", run.stdout);
    assert!(lines[1].ends_with("record, creator, licence, alt"), "{}", run.stdout);
    assert!(lines[2].starts_with("square.jpg  Ada Author  CC0-1.0  yes"), "{}", run.stdout);

    let csv = folder.endpaper(&["credits", "--format", "csv"]).expect(0).stdout;
    let rows: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 3, "{csv}");
    assert!(rows[0].starts_with("file,exists,shown,registered,missing,title,alt,"));
    let alt = "\"Red grows to the right and green downwards, on a ground of middling blue.\"";
    assert!(rows[2].contains(alt), "{csv}");

    let json = folder.endpaper(&["credits", "--format", "json"]).expect(0).stdout;
    let pictures: serde_json::Value = serde_json::from_str(&json).expect("is JSON");
    assert_eq!(pictures[0]["file"], "spare.jpg");
    assert_eq!(pictures[0]["licence"], serde_json::Value::Null);
    assert_eq!(pictures[1]["creator"], "Ada Author");
    assert_eq!(pictures[1]["decorative"], false);
}

#[test]
fn what_is_missing_is_told_and_stops() {
    let folder = Folder::with_little_book("credits-missing");
    let run = folder.endpaper(&["credits", "--missing"]).expect(0);
    assert_eq!(run.stdout, "nothing is missing\n");
    folder.write(
        "book/images/credits.toml",
        "[\"square.jpg\"]\ncreator = \"Ada\"\nalt = \"Image of x\"\n",
    );
    let run = folder.endpaper(&["credits", "--missing"]).expect(1);
    for part in ["incomplete-credit", "no `licence`", "poor-alt", "credits.toml:1", "2 errors"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let csv = folder.endpaper(&["credits", "--missing", "--format", "csv"]).expect(1).stdout;
    assert!(csv.contains("error,incomplete-credit,book/images/credits.toml,1,2,"), "{csv}");
    let json = folder.endpaper(&["credits", "--missing", "--format", "json"]).expect(1).stdout;
    assert!(json.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    folder.endpaper(&["credits", "nowhere"]).expect(2);
}

#[test]
fn records_are_added_without_touching_what_is_there() {
    let folder = Folder::with_little_book("credits-write");
    let register =
        || String::from_utf8_lossy(&folder.files("book/images")["credits.toml"]).into_owned();
    let before = format!("# Mine, and it stays.\n{}", register());
    folder.write("book/images/credits.toml", &before);
    let run = folder.endpaper(&["credits", "--write"]).expect(0);
    assert_eq!(run.stdout, "every picture has a record\n");
    assert_eq!(register(), before);

    folder.write("book/images/spare.jpg", jpeg(20));
    folder.write(
        "book/images/spare.jpg.license",
        "SPDX-FileCopyrightText: 2020 Bo Example\nSPDX-License-Identifier: CC-BY-4.0\n",
    );
    let run = folder.endpaper(&["credits", "--write"]).expect(0);
    assert_eq!(run.stdout, "added `spare.jpg`: write its alt\n");
    let added = "\n[\"spare.jpg\"]\nalt = \"\"\ncreator = \"Bo Example\"\n\
                 copyright = \"2020 Bo Example\"\nlicence = \"CC-BY-4.0\"\n";
    assert_eq!(register(), format!("{before}{added}"));

    folder.write("book/images/credits.toml", "[\"square.jpg\"\n");
    let run = folder.endpaper(&["credits", "--write"]).expect(2);
    assert!(run.stderr.contains("credits --missing"), "{}", run.stderr);
    assert_eq!(register(), "[\"square.jpg\"\n");
    folder.endpaper(&["credits", "--write", "--missing"]).expect(2);
}

/// What photographers' programs write, by way of the one that all others are measured by.
#[test]
#[ignore = "needs exiftool: run by tests/run"]
fn fields_that_exiftool_writes_land_in_the_right_places() {
    let folder = Folder::new("exiftool");
    for ending in ["jpg", "png", "webp", "tiff"] {
        let name = format!("all.{ending}");
        folder.write(&name, picture(ending));
        let all = [XMP, IPTC, EXIF].concat();
        exiftool::write(&folder, &[&name], &all);
        let said = metadata::read(&folder.files(".")[&name]);
        let text = |field: &Option<metadata::Said<String>>| {
            field.as_ref().map(|said| format!("{} ({})", said.value, said.by.name()))
        };
        let found = |words: &str| Some(words.to_owned());
        assert_eq!(text(&said.title), found("Harbour (XMP)"), "{name}");
        assert_eq!(text(&said.alt), found("Gables along a canal (XMP)"), "{name}");
        assert_eq!(text(&said.long_description), found("Twelve gables. (XMP)"), "{name}");
        assert_eq!(text(&said.caption), found("Nyhavn, früh (XMP)"), "{name}");
        assert_eq!(text(&said.credit), found("Ada / Agency (XMP)"), "{name}");
        assert_eq!(text(&said.copyright), found("© 2018 Ada (XMP)"), "{name}");
        let creator = said.creator.as_ref().expect("there is a creator");
        assert_eq!(creator.value.text, "Ada Example, Bo", "{name}");
        assert_eq!(creator.value.url.as_deref(), Some("https://example.org/ada"), "{name}");
        let licence = said.licence.as_ref().expect("there is a licence");
        assert_eq!(licence.value.name(), "CC BY-SA 4.0", "{name}");
        assert_eq!(said.date.as_ref().expect("there is a day").value.iso(), "2018-05-04", "{name}");
        let origin = said.origin.as_ref().expect("there is an origin").value.term;
        assert_eq!(origin, "compositeCapture", "{name}");
        assert_eq!(said.people.as_ref().expect("there are people").value, ["Liz", "Janet"]);
    }
}

/// Each older standard alone, where the container has it: a WebP has no place for IPTC-IIM.
#[test]
#[ignore = "needs exiftool: run by tests/run"]
fn iptc_and_exif_are_read_where_there_is_no_xmp() {
    let folder = Folder::new("exiftool-alone");
    for ending in ["jpg", "tiff", "png"] {
        let name = format!("iptc.{ending}");
        folder.write(&name, picture(ending));
        exiftool::write(&folder, &[&name], IPTC);
        let said = metadata::read(&folder.files(".")[&name]);
        let title = said.title.expect("there is a title");
        assert_eq!((title.value.as_str(), title.by.name()), ("IIM title", "IPTC"), "{name}");
        assert_eq!(said.caption.expect("there is a caption").value, "größer", "{name}");
        assert_eq!(said.creator.expect("there is a creator").value.text, "I. Ptc", "{name}");
        assert_eq!(said.date.expect("there is a day").value.iso(), "2017-06-01", "{name}");
    }
    for ending in ["jpg", "png", "webp", "tiff"] {
        let name = format!("exif.{ending}");
        folder.write(&name, picture(ending));
        exiftool::write(&folder, &[&name], EXIF);
        let said = metadata::read(&folder.files(".")[&name]);
        let creator = said.creator.expect("there is a creator");
        assert_eq!((creator.value.text.as_str(), creator.by.name()), ("E. Xif", "EXIF"), "{name}");
        assert_eq!(said.caption.expect("there is a caption").value, "exif words", "{name}");
        assert_eq!(said.copyright.expect("there is a notice").value, "(c) exif", "{name}");
        assert_eq!(said.date.expect("there is a day").value.iso(), "2016-03-02", "{name}");
    }
}

const XMP: &[&str] = &[
    "-XMP-dc:Title=Harbour",
    "-XMP-dc:Title-de=Hafen",
    "-XMP-dc:Description=Nyhavn, früh",
    "-XMP-dc:Creator=Ada Example",
    "-XMP-dc:Creator=Bo",
    "-XMP-dc:Rights=© 2018 Ada",
    "-XMP-iptcCore:AltTextAccessibility=Gables along a canal",
    "-XMP-iptcCore:ExtDescrAccessibility=Twelve gables.",
    "-XMP-iptcCore:CreatorWorkURL=https://example.org/ada",
    "-XMP-iptcExt:DigitalSourceType=http://cv.iptc.org/newscodes/digitalsourcetype/compositeCapture",
    "-XMP-iptcExt:PersonInImage=Liz",
    "-XMP-iptcExt:PersonInImage=Janet",
    "-XMP-photoshop:Credit=Ada / Agency",
    "-XMP-photoshop:DateCreated=2018:05:04 12:00:00",
    "-XMP-xmpRights:WebStatement=https://creativecommons.org/licenses/by-sa/4.0/",
];

const IPTC: &[&str] = &[
    "-codedcharacterset=utf8",
    "-IPTC:ObjectName=IIM title",
    "-IPTC:Caption-Abstract=größer",
    "-IPTC:By-line=I. Ptc",
    "-IPTC:DateCreated=2017:06:01",
];

const EXIF: &[&str] = &[
    "-EXIF:Artist=E. Xif",
    "-EXIF:Copyright=(c) exif",
    "-EXIF:ImageDescription=exif words",
    "-EXIF:DateTimeOriginal=2016:03:02 10:00:00",
    "-GPSLatitude=55.68",
    "-GPSLatitudeRef=N",
];

/// A small picture in the format of an ending.
fn picture(ending: &str) -> Vec<u8> {
    encoded(&image::RgbImage::from_pixel(16, 12, image::Rgb([90, 120, 150])).into(), ending)
}

#[test]
#[ignore = "needs exiftool: run by tests/run"]
fn a_record_is_written_from_what_the_file_says_and_contradictions_are_told() {
    let folder = Folder::with_little_book("exiftool-write");
    folder.write("book/images/new.jpg", jpeg(PIXELS));
    exiftool::write(&folder, &["book/images/new.jpg"], XMP);
    folder.endpaper(&["credits", "--write"]).expect(0);
    let files = folder.files("book/images");
    let register = String::from_utf8_lossy(&files["credits.toml"]).into_owned();
    let at = register.find("[\"new.jpg\"]").expect("it was added");
    assert_eq!(
        &register[at..],
        "[\"new.jpg\"]\ntitle = \"Harbour\"\nalt = \"Gables along a canal\"\n\
         long-description = \"Twelve gables.\"\ncaption = \"Nyhavn, früh\"\n\
         creator = { name = \"Ada Example, Bo\", url = \"https://example.org/ada\" }\n\
         credit = \"Ada / Agency\"\ncopyright = \"© 2018 Ada\"\nlicence = \"CC-BY-SA-4.0\"\n\
         date = 2018-05-04\nsource-type = \"compositeCapture\"\npeople = [\"Liz\", \"Janet\"]\n"
    );
    exiftool::write(&folder, &["book/images/square.jpg"], XMP);
    let told = folder.endpaper(&["check"]).expect(1).stderr;
    for part in [
        "`title` of `square.jpg` is `A square` here, but the file (XMP) says `Harbour`",
        "`licence` of `square.jpg` is `CC0 1.0` here, but the file (XMP) says `CC BY-SA 4.0`",
        "does not say whether `Liz` consents",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}
