//! What is left in pictures of what a camera and other programs wrote into them: rights, and
//! nothing private. Read by `exiftool`, which knows every tag there is.

use std::path::Path;
use std::process::Command;

use crate::program::{Folder, jpeg, run};

/// What is written into every picture: where and with what it was taken, by whom, of whom.
const PRIVATE: &[&str] = &[
    "-EXIF:GPSLatitude=55.6",
    "-EXIF:GPSLongitude=12.5",
    "-EXIF:OwnerName=SECRET",
    "-EXIF:SerialNumber=SECRET",
    "-EXIF:LensSerialNumber=SECRET",
    "-EXIF:Model=SECRET",
    "-IPTC:City=SECRET",
    "-XMP-exif:GPSLatitude=55.6",
    "-XMP-aux:SerialNumber=SECRET",
    "-XMP-mwg-rs:RegionName=SECRET",
    "-XMP-mwg-rs:RegionType=Face",
    "-XMP-xmpMM:HistoryAction=SECRET",
    "-XMP-xmpMM:DocumentID=SECRET",
    "-Comment=SECRET",
];

/// Parts of names of tags that nobody else is to read.
const TELLTALE: &[&str] = &[
    "GPS",
    "Serial",
    "Owner",
    "Region",
    "History",
    "DocumentID",
    "Thumbnail",
    "Maker",
    "Model",
    "City",
    "Comment",
    "SECRET",
];

/// What every picture says in the end.
const RIGHTS: &[&str] =
    &["Åse Fotograf", "© 2018 Åse", "CC-BY-4.0", "Photo: Åse & Co.", "A gradient in two colours."];

#[test]
#[ignore = "needs exiftool: run by tests/run"]
fn pictures_of_both_editions_say_whose_they_are_and_nothing_private() {
    let folder = Folder::new("private");
    folder.write("images/small.jpg", jpeg(900));
    // Larger than any edition shows, so that it is made anew.
    folder.write("images/large.jpg", jpeg(2700));
    folder.write("images/still.png", png());
    let mut register = String::new();
    let mut chapter = String::from("# Pictures\n");
    for name in ["small.jpg", "large.jpg", "still.png"] {
        let mut exiftool = Command::new("exiftool");
        exiftool.args(["-overwrite_original", "-q", "-m"]).args(PRIVATE);
        folder.run(exiftool.arg(format!("images/{name}"))).expect(0);
        chapter.push_str(&format!("\n![A gradient in two colours.]({name})\n"));
        register.push_str(&format!("[\"{name}\"]\n{RECORD}\n"));
    }
    folder.write("images/credits.toml", register);
    folder.write("a.md", chapter);
    folder.write("book.toml", BOOK);
    folder.endpaper(&["build", ".", "--out", "dist", "--quiet"]).expect(0);

    folder.run(Command::new("unzip").args(["-q", "dist/private.epub", "-d", "epub"])).expect(0);
    folder.write("pdf/.keep", "");
    let pdfimages = ["-all", "dist/private.pdf", "pdf/p"];
    folder.run(Command::new("pdfimages").args(pdfimages)).expect(0);
    let of_epub = said(&folder.path().join("epub/OEBPS/images"));
    let of_pdf = said(&folder.path().join("pdf"));
    // Samples that were unpacked from a PDF have nowhere to say it; the PDF says it beside them.
    let files = of_epub.iter().chain(of_pdf.iter().filter(|(name, _)| name.ends_with(".jpg")));
    let mut count = 0;
    for (name, tags) in files.filter(|(name, _)| !name.contains("cover")) {
        count += 1;
        RIGHTS.iter().for_each(|right| assert!(tags.contains(right), "{name}: {right}\n{tags}"));
        for telltale in TELLTALE {
            assert!(!tags.contains(telltale), "{name}: {telltale}\n{tags}");
        }
    }
    assert_eq!(count, 5, "three pictures of the EPUB and two of the PDF");
    let pdf = &folder.files("dist")["private.pdf"];
    assert!(!String::from_utf8_lossy(pdf).contains("SECRET"));
}

/// All that exiftool reads in the pictures of a folder, by their names.
fn said(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).expect("the pictures were taken out");
    let paths = entries.map(|entry| entry.expect("is readable").path());
    let mut all: Vec<_> = paths
        .filter(|path| path.file_name().is_some_and(|name| name != ".keep"))
        .map(|path| {
            let mut exiftool = Command::new("exiftool");
            // Without what is told of the file itself: its folder, its age.
            exiftool.args(["-a", "-G1", "-u", "--System:all"]).arg(&path);
            (path.to_string_lossy().into_owned(), run(&mut exiftool).expect(0).stdout)
        })
        .collect();
    all.sort();
    all
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::load_from_memory(&jpeg(700)).expect("it was made here");
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("memory can be written");
    bytes.into_inner()
}

const RECORD: &str = r#"alt = "A gradient in two colours."
creator = { name = "Åse Fotograf" }
credit = "Photo: Åse & Co."
copyright = "© 2018 Åse"
licence = "CC-BY-4.0"
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

[edition.book]
page = "A5"
"#;
