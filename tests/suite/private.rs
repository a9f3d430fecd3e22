//! What is left in pictures of what a camera and other programs wrote into them: rights, and
//! nothing private; and that the report says what was taken out. Read by `exiftool`, which knows
//! every tag there is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::exiftool::{self, Tag, as_from_a_camera, encoded};
use crate::fixture::{
    Made, Stored, jpeg_of_inks, profile_of_greys, profile_of_inks, tiff_of_inks, with_profile,
};
use crate::program::{Folder, jpeg};

/// What is written into every picture: where and with what it was taken, by whom, of whom, and what
/// was done to it since.
const PRIVATE: &[&str] = &[
    "-EXIF:GPSLatitude=55.6",
    "-EXIF:GPSLatitudeRef=N",
    "-EXIF:GPSLongitude=12.5",
    "-EXIF:GPSLongitudeRef=E",
    "-EXIF:OwnerName=SECRET",
    "-EXIF:SerialNumber=SECRET",
    "-EXIF:LensSerialNumber=SECRET",
    "-EXIF:Make=SECRET",
    "-EXIF:Model=SECRET",
    "-EXIF:Software=SECRET",
    "-EXIF:UserComment=SECRET",
    "-EXIF:DateTimeOriginal=2018:05:04 10:00:00",
    "-IPTC:City=SECRET",
    "-IPTC:OriginatingProgram=SECRET",
    "-XMP-exif:GPSLatitude=55.6",
    "-XMP-exif:GPSLongitude=12.5",
    "-XMP-aux:SerialNumber=SECRET",
    "-XMP-aux:OwnerName=SECRET",
    "-XMP-photoshop:City=SECRET",
    "-XMP-photoshop:History=SECRET",
    "-XMP-iptcExt:PersonInImage=SECRET",
    "-XMP-iptcExt:LocationCreatedCity=SECRET",
    "-XMP-mwg-rs:RegionName=SECRET",
    "-XMP-mwg-rs:RegionType=Face",
    "-XMP-MP:RegionPersonDisplayName=SECRET",
    "-XMP-xmpMM:HistoryAction=SECRET",
    "-XMP-xmpMM:DocumentID=SECRET",
    "-XMP-xmpMM:DerivedFromDocumentID=SECRET",
    "-XMP-crs:RawFileName=SECRET",
    "-Comment=SECRET",
];

/// Every tag that may be left, by group; a name that ends in `*` stands for all of the group.
const ALLOWED: &[(&str, &[&str])] = &[
    ("ExifTool", &["ExifToolVersion"]),
    (
        "File",
        &[
            "FileType",
            "FileTypeExtension",
            "MIMEType",
            "ImageWidth",
            "ImageHeight",
            "EncodingProcess",
            "BitsPerSample",
            "ColorComponents",
            "YCbCrSubSampling",
            "CurrentIPTCDigest",
        ],
    ),
    ("JFIF", &["JFIFVersion", "ResolutionUnit", "XResolution", "YResolution"]),
    ("Adobe", &["DCTEncodeVersion", "APP14Flags0", "APP14Flags1", "ColorTransform"]),
    (
        "PNG",
        &[
            "ImageWidth",
            "ImageHeight",
            "BitDepth",
            "ColorType",
            "Compression",
            "Filter",
            "Interlace",
            // Pixels, where there are few colours.
            "Palette",
            "Transparency",
        ],
    ),
    ("SVG", &["Xmlns", "ImageWidth", "ImageHeight", "ViewBox"]),
    ("ICC-header", &["*"]),
    ("ICC_Profile", &["*"]),
    ("Composite", &["ImageSize", "Megapixels"]),
    ("XMP-x", &["XMPToolkit"]),
    ("XMP-dc", &["Title", "Description", "Creator", "Rights", "Source"]),
    ("XMP-photoshop", &["Credit"]),
    ("XMP-xmpRights", &["UsageTerms", "WebStatement"]),
    ("XMP-iptcCore", &["AltTextAccessibility"]),
    ("XMP-iptcExt", &["DigitalSourceType"]),
    (
        "IPTC",
        &[
            "CodedCharacterSet",
            "ObjectName",
            "By-line",
            "Credit",
            "Source",
            "CopyrightNotice",
            "Caption-Abstract",
        ],
    ),
];

/// Pictures of the book: each format, each way that a picture takes into an edition.
const PICTURES: &[&str] = &[
    "cover.jpg",
    "opening.jpg",
    "small.jpg",
    "large.jpg",
    "turned.jpg",
    "grey.jpg",
    "inks.jpg",
    "plain-inks.jpg",
    "still.png",
    "clear.png",
    "photo.webp",
    "scan.tiff",
    "inks.tiff",
    "moving.gif",
    "drawing.svg",
];

/// Makes the book of all these pictures and builds it.
fn built(name: &str) -> Folder {
    let folder = Folder::new(name);
    let whole = image::load_from_memory(&jpeg(700)).expect("it was made here");
    let profile = profile_of_inks();
    let greys: Vec<u16> = (0..=255).map(|grey| grey * grey).collect();
    let grey = whole.clone().into_luma8().into();
    let grey = with_profile(&grey, "jpg", &profile_of_greys(&greys));
    let preview = encoded(&whole.thumbnail(16, 16), "jpg");
    for name in PICTURES.iter().filter(|name| **name != "drawing.svg") {
        let bytes = match *name {
            // Larger than any edition shows, so that it is made anew.
            "large.jpg" => jpeg(2700),
            "grey.jpg" => grey.clone(),
            "inks.jpg" => {
                jpeg_of_inks([90, 8, 9, 255], Made::ByAdobe { transform: 0 }, Some(&profile), 80)
            }
            "plain-inks.jpg" => jpeg_of_inks([9, 90, 8, 1], Made::Plainly, None, 80),
            "inks.tiff" => {
                let stored = Stored { bits: 8, in_planes: false };
                tiff_of_inks([0, 255, 255, 0], stored, Some(&profile), 640)
            }
            "clear.png" => {
                let mut clear = whole.clone().into_rgba8();
                clear.put_pixel(0, 0, image::Rgba([0, 0, 0, 0]));
                encoded(&clear.into(), "png")
            }
            _ if name.ends_with(".jpg") => jpeg(900),
            _ => encoded(&whole, name.rsplit('.').next().expect("it has an ending")),
        };
        let bytes = match name.ends_with(".jpg") {
            true => as_from_a_camera(&bytes, &preview),
            false => bytes,
        };
        folder.write(&format!("images/{name}"), bytes);
    }
    let paths: Vec<String> = PICTURES.iter().map(|name| format!("images/{name}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let (drawing, others) = paths.split_last().expect("there are pictures");
    exiftool::write(&folder, others, PRIVATE);
    exiftool::write(&folder, &["images/turned.jpg"], &["-n", "-Orientation=6"]);
    // So long that it is continued in segments of its own.
    let history = format!("-XMP-photoshop:History=SECRET {}", "and ".repeat(20_000));
    exiftool::write(&folder, &["images/large.jpg", "images/small.jpg"], &[&history]);
    folder.write(drawing, drawing_with(&folder.files("images")["small.jpg"]));
    write_book(&folder);
    folder.endpaper(&["build", ".", "--out", "dist", "--quiet"]).expect(0);
    folder
}

/// A drawing that says things, with a photograph within it that says more.
fn drawing_with(photograph: &[u8]) -> String {
    let data = base64(photograph);
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:i='http://www.inkscape.org/namespaces/inkscape' \
         width='400' height='200' i:export-filename='/home/SECRET/a.png'>\
         <!-- SECRET --><title>SECRET</title><metadata><SECRET/></metadata>\
         <image href='data:image/jpeg;base64,{data}' width='100' height='100'/>\
         <rect x='150' width='96' height='48' fill='#0f0'/></svg>"
    )
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letters = |three: &[u8]| {
        let bits = three.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        let letter = |at: usize| char::from(LETTERS[bits >> (18 - 6 * at) & 63]);
        (0..4).map(|at| if at <= three.len() { letter(at) } else { '=' }).collect::<String>()
    };
    bytes.chunks(3).map(letters).collect()
}

/// Chapters that show the pictures, and their records.
fn write_book(folder: &Folder) {
    let mut chapter = String::from("+++\nphoto = \"opening.jpg\"\n+++\n\n# Pictures\n");
    let mut register = String::new();
    for name in PICTURES {
        if !["cover.jpg", "opening.jpg"].contains(name) {
            chapter.push_str(&format!("\n![]({name})\n"));
        }
        register.push_str(&format!("[\"{name}\"]\n{}\n", RECORD.replace("NAME", name)));
    }
    folder.write("images/credits.toml", register);
    folder.write("a.md", chapter);
    folder.write("book.toml", BOOK);
}

/// What the file of a picture says in the end: group, tag, value.
fn rights(name: &str, groups: &[&str]) -> Vec<(String, String, String)> {
    let all = [
        ("XMP-dc", "Creator", format!("Åse {name}")),
        ("XMP-dc", "Rights", format!("© 2018 {name}")),
        ("XMP-dc", "Description", format!("A gradient in {name}, seen.")),
        ("XMP-photoshop", "Credit", format!("Photo: Åse & {name}")),
        ("XMP-xmpRights", "UsageTerms", "CC-BY-4.0".to_owned()),
        (
            "XMP-xmpRights",
            "WebStatement",
            "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        ),
        ("XMP-iptcCore", "AltTextAccessibility", format!("A gradient in {name}, seen.")),
        ("XMP-iptcExt", "DigitalSourceType", format!("{ORIGINS}digitalCapture")),
        ("IPTC", "By-line", format!("Åse {name}")),
        ("IPTC", "CopyrightNotice", format!("© 2018 {name}")),
        ("IPTC", "Credit", format!("Photo: Åse & {name}")),
        ("IPTC", "Caption-Abstract", format!("A gradient in {name}, seen.")),
    ];
    let wanted = all.into_iter().filter(|(group, _, _)| groups.contains(group));
    wanted.map(|(group, tag, value)| (group.to_owned(), tag.to_owned(), value)).collect()
}

/// Of all files, those that XMP's packets in a PDF have too.
const PACKET: &[&str] = &["XMP-dc", "XMP-photoshop", "XMP-xmpRights"];
/// And what files have besides.
const FILE: &[&str] = &["XMP-dc", "XMP-photoshop", "XMP-xmpRights", "XMP-iptcCore", "XMP-iptcExt"];
/// And JPEG files.
const JPEG: &[&str] =
    &["XMP-dc", "XMP-photoshop", "XMP-xmpRights", "XMP-iptcCore", "XMP-iptcExt", "IPTC"];
/// The vocabulary of how pictures came to be.
const ORIGINS: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/";

/// Whose picture some tags are of.
fn owner(tags: &[Tag]) -> Option<&str> {
    let creator = tags.iter().find(|tag| tag.group == "XMP-dc" && tag.name == "Creator")?;
    creator.value.strip_prefix("Åse ")
}

/// Whether a file says all that it should, and nothing else.
#[track_caller]
fn check(file: &Path, tags: &[Tag], rights: &[(String, String, String)]) {
    let file = file.display();
    for (group, name, value) in rights {
        let is_said =
            tags.iter().any(|tag| (&tag.group, &tag.name, &tag.value) == (group, name, value));
        assert!(is_said, "{file}: {group}:{name} is not `{value}`\n{tags:#?}");
    }
    for tag in tags {
        let allowed = ALLOWED.iter().find(|(group, _)| *group == tag.group);
        let is_allowed = allowed
            .is_some_and(|(_, names)| names.iter().any(|name| *name == "*" || *name == tag.name));
        assert!(is_allowed && !tag.value.contains("SECRET"), "{file}: {tag:?}");
    }
}

#[test]
#[ignore = "needs exiftool: run by tests/run"]
fn every_picture_says_whose_it_is_and_nothing_private() {
    let folder = built("private");
    let before = exiftool::read(&folder.path().join("images/small.jpg"));
    for private in ["GPS", "ThumbnailImage", "MakerNote", "Serial", "Region", "History", "Owner"] {
        assert!(before.iter().any(|tag| tag.name.contains(private)), "{private}: {before:#?}");
    }
    check_epub(&folder);
    check_pdf(&folder);
    check_report(&folder);
}

/// What was taken out is told of each file by its kinds; and again, when the files are not read.
fn check_report(folder: &Folder) {
    let report = |format: &str| {
        let arguments = ["build", ".", "--out", "dist", "--quiet", "--report", "--format", format];
        folder.endpaper(&arguments).expect(0).stdout
    };
    let lines = report("json");
    let removed: BTreeMap<String, Vec<String>> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("it is an object"))
        .filter_map(|object: serde_json::Value| {
            let kinds = object["removed"].as_array()?.iter().filter_map(|kind| kind.as_str());
            let kinds = kinds.map(str::to_owned).collect();
            Some((object["picture"].as_str()?.to_owned(), kinds))
        })
        .collect();
    assert_eq!(removed.len(), PICTURES.len());
    for (name, kinds) in &removed {
        let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
        assert_eq!(kinds, expected(name), "{name}");
    }
    let words = report("human");
    let large = expected("large.jpg").join(", ").replace('-', " ");
    assert!(words.contains(&format!("  large.jpg       {large}\n")), "{words}");
    // From now on the files were left alone for long enough.
    std::thread::sleep(std::time::Duration::from_millis(2200));
    for _ in 0..2 {
        assert_eq!(report("json"), lines);
    }
}

/// What is told of a file: all that its format has room for.
fn expected(name: &str) -> Vec<&'static str> {
    let ending = name.rsplit('.').next();
    let all = [
        ("position", "jpg png webp tiff gif"),
        ("place", "jpg png webp tiff gif"),
        ("serial-numbers", "jpg png webp tiff gif"),
        ("owner", "jpg png webp tiff gif"),
        ("camera", "jpg png webp tiff"),
        ("maker-notes", "jpg"),
        ("thumbnail", "jpg"),
        ("face-regions", "jpg png webp tiff gif"),
        ("people", "jpg png webp tiff gif"),
        ("edit-history", "jpg png webp tiff gif svg"),
        ("comments", "jpg png webp tiff gif svg"),
        ("further-data", "jpg"),
    ];
    let has = |endings: &str| endings.split(' ').any(|other| Some(other) == ending);
    all.into_iter().filter(|(_, endings)| has(endings)).map(|(kind, _)| kind).collect()
}

fn check_epub(folder: &Folder) {
    folder.run(Command::new("unzip").args(["-q", "dist/private.epub", "-d", "epub"])).expect(0);
    let images = folder.path().join("epub/OEBPS/images");
    let mut found = BTreeMap::new();
    for (name, bytes) in folder.files("epub/OEBPS/images") {
        let path = images.join(&name);
        let tags = exiftool::read(&path);
        let whose = owner(&tags).unwrap_or_else(|| panic!("{name} says nothing\n{tags:#?}"));
        *found.entry(whose.to_owned()).or_insert(0) += 1;
        check(&path, &tags, &rights(whose, if name.ends_with(".jpg") { JPEG } else { FILE }));
        // In a photograph within a drawing it would be coded, in one of three ways.
        for part in ["SECRET", "Exif\0\0", "U0VDUkVU", "Q1JFV", "RUNSRV"] {
            assert!(!contains(&bytes, part.as_bytes()), "{name}: {part}");
        }
    }
    // A drawing is there as pixels, too.
    let expected = PICTURES.iter().map(|name| (*name).to_owned());
    let expected = expected.map(|name| (name.clone(), if name == "drawing.svg" { 2 } else { 1 }));
    assert_eq!(found, expected.collect());
}

/// Each picture has a packet beside it, those that are JPEG files say it within them, too, and no
/// other stream of the file says anything.
fn check_pdf(folder: &Folder) {
    let bytes = &folder.files("dist")["private.pdf"];
    let document = lopdf::Document::load_mem(bytes).expect("it is whole");
    let mut found = BTreeMap::new();
    for (id, object) in &document.objects {
        let Ok(stream) = object.as_stream() else { continue };
        let plain = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        assert!(!contains(&plain, b"SECRET"), "{id:?}: {:?}", stream.dict);
        let subtype = stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).unwrap_or(b"");
        let is_jpeg =
            stream.dict.get(b"Filter").is_ok_and(|f| *f == lopdf::Object::from("DCTDecode"));
        if is_jpeg {
            let path = extracted(folder, &format!("{}.jpg", id.0), &stream.content);
            let tags = exiftool::read(&path);
            // What is within a drawing belongs to it.
            let rights = owner(&tags).map(|name| rights(name, JPEG));
            check(&path, &tags, &rights.unwrap_or_default());
        }
        let Ok(packet) = stream.dict.get(b"Metadata").and_then(lopdf::Object::as_reference) else {
            continue;
        };
        assert!(subtype == b"Image" || subtype == b"Form");
        let packet = document.get_object(packet).and_then(lopdf::Object::as_stream);
        let packet = packet.expect("there is a packet").decompressed_content();
        let packet = packet.expect("it is packed well");
        let path = extracted(folder, &format!("{}.xmp", id.0), &packet);
        let tags = exiftool::read(&path);
        let whose = owner(&tags).expect("it says whose the picture is").to_owned();
        check(&path, &tags, &rights(&whose, PACKET));
        *found.entry(whose).or_insert(0) += 1;
    }
    let shown = PICTURES.iter().filter(|name| **name != "cover.jpg");
    assert_eq!(found, shown.map(|name| ((*name).to_owned(), 1)).collect());
}

/// A file of a stream.
fn extracted(folder: &Folder, name: &str, bytes: &[u8]) -> PathBuf {
    folder.write(&format!("pdf/{name}"), bytes);
    folder.path().join("pdf").join(name)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

const RECORD: &str = r#"alt = "A gradient in NAME, seen."
creator = { name = "Åse NAME" }
credit = "Photo: Åse & NAME"
copyright = "© 2018 NAME"
licence = "CC-BY-4.0"
source-type = "digitalCapture"
consent = "public"
"#;

const BOOK: &str = r#"[book]
slug = "private"
title = "Private"
language = "en"
authors = ["A. Uthor"]
date = 2018-05-04

[contents]
chapters = ["a.md"]

[photos]
folder = "images"
cover = "cover.jpg"

[edition.book]
page = "A5"
"#;
