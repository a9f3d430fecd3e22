//! What must hold for every package, checked on the fixture.

mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use super::fixture;
use super::{Package, Wishes, dump, package, package_for};
use crate::book::{Book, Language, PageMap, SectionId, SectionKind};
use crate::color::Color;
use crate::diag::Diagnostics;
use crate::font::Faces;

fn packed() -> Package {
    let book = fixture::book();
    let pages = fixture::pages(&book);
    package(&book, Some(&pages), &mut Diagnostics::default())
}

/// All XML of a package, by name.
fn texts(package: &Package) -> BTreeMap<&str, &str> {
    package
        .entries()
        .iter()
        .filter_map(|entry| Some((entry.name(), entry.as_text()?)))
        .filter(|(name, _)| *name != "mimetype" && !name.ends_with(".css"))
        .collect()
}

fn parsed<'a>(text: &'a str) -> roxmltree::Document<'a> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(text, options).expect("every text is well-formed")
}

fn ids(document: &roxmltree::Document<'_>) -> Vec<String> {
    document.descendants().filter_map(|n| n.attribute("id")).map(str::to_owned).collect()
}

#[test]
fn every_text_is_well_formed_and_its_ids_are_unique() {
    let package = packed();
    for (name, text) in texts(&package) {
        let document = parsed(text);
        let all = ids(&document);
        let unique: BTreeSet<_> = all.iter().collect();
        assert_eq!(all.len(), unique.len(), "{name}");
    }
}

#[test]
fn manifest_and_archive_agree() {
    let package = packed();
    let opf = texts(&package)["OEBPS/content.opf"];
    let document = parsed(opf);
    let mut listed: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.idpf.org/2007/opf", "item")))
        .filter_map(|item| item.attribute("href"))
        .map(|href| format!("OEBPS/{href}"))
        .collect();
    listed.extend(["mimetype", "META-INF/container.xml", "OEBPS/content.opf"].map(str::to_owned));
    listed.sort();
    let bytes = package.to_bytes();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("the archive is sound");
    let mut held: Vec<_> = archive.file_names().map(str::to_owned).collect();
    held.sort();
    assert_eq!(listed, held);
    for entry in package.entries() {
        let mut content = Vec::new();
        let mut file = archive.by_name(entry.name()).expect("it is there");
        file.read_to_end(&mut content).expect("it is whole");
        assert_eq!(content, entry.bytes(), "{}", entry.name());
    }
}

#[test]
fn the_archive_begins_with_the_stored_media_type() {
    let bytes = packed().to_bytes();
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    assert_eq!(&bytes[8..10], &[0, 0], "stored");
    assert_eq!(&bytes[26..30], &[8, 0, 0, 0], "no extra field");
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
}

#[test]
fn two_packages_of_one_book_are_the_same_bytes() {
    assert_eq!(packed().to_bytes(), packed().to_bytes());
}

#[test]
fn every_address_leads_somewhere() {
    let package = packed();
    let texts = texts(&package);
    let names: BTreeSet<_> = package.entries().iter().map(super::Entry::name).collect();
    let mut followed = 0;
    for (name, text) in &texts {
        let document = parsed(text);
        for node in document.descendants() {
            for address in ["href", "src"].iter().filter_map(|a| node.attribute(*a)) {
                if address.starts_with("https:") {
                    continue;
                }
                let (file, fragment) = address.split_once('#').unwrap_or((address, ""));
                let file =
                    if file.is_empty() { (*name).to_owned() } else { format!("OEBPS/{file}") };
                assert!(names.contains(file.as_str()), "{name}: {address}");
                if !fragment.is_empty() {
                    let target = parsed(texts[file.as_str()]);
                    assert!(ids(&target).contains(&fragment.to_owned()), "{name}: {address}");
                }
                followed += 1;
            }
        }
    }
    assert!(followed > 80, "{followed}");
}

/// Labels and addresses of the lists called `kind` in the navigation document.
fn nav_list(package: &Package, kind: &str) -> Vec<(String, String)> {
    let texts = texts(package);
    let document = parsed(texts["OEBPS/nav.xhtml"]);
    let list = document
        .descendants()
        .find(|node| node.attribute(("http://www.idpf.org/2007/ops", "type")) == Some(kind));
    list.into_iter()
        .flat_map(|list| list.descendants().filter(|node| node.tag_name().name() == "a"))
        .map(|a| {
            let label = a.first_child().and_then(|c| c.text()).or(a.text()).unwrap_or_default();
            let label = match label.is_empty() {
                true => a.descendants().filter_map(|n| n.text()).collect(),
                false => label.to_owned(),
            };
            (label, a.attribute("href").unwrap_or_default().to_owned())
        })
        .collect()
}

fn ncx_list(package: &Package, kind: &str) -> Vec<(String, String)> {
    let texts = texts(package);
    let document = parsed(texts["OEBPS/toc.ncx"]);
    document
        .descendants()
        .filter(|node| node.tag_name().name() == kind)
        .map(|point| {
            let child = |name: &str| {
                point.descendants().find(|n| n.tag_name().name() == name).expect("it is there")
            };
            let label = child("text").text().unwrap_or_default().to_owned();
            (label, child("content").attribute("src").unwrap_or_default().to_owned())
        })
        .collect()
}

#[test]
fn both_navigations_list_the_same_in_the_same_order() {
    let package = packed();
    assert_eq!(nav_list(&package, "page-list"), ncx_list(&package, "pageTarget"));
    let hrefs = |list: Vec<(String, String)>| list.into_iter().map(|l| l.1).collect::<Vec<_>>();
    let toc = hrefs(nav_list(&package, "toc"));
    assert_eq!(toc, hrefs(ncx_list(&package, "navPoint")));
    assert_eq!(toc.len(), 6);
}

#[test]
fn a_picture_without_words_withdraws_what_is_claimed() {
    let opf = |book: &Book| {
        let package = package(book, None, &mut Diagnostics::default());
        texts(&package)["OEBPS/content.opf"].to_owned()
    };
    let mut book = fixture::book();
    let full = opf(&book);
    assert!(full.contains(">alternativeText<") && full.contains(">textual</meta>"));
    book.photos[0].alt = "  ".to_owned();
    let poor = opf(&book);
    assert!(!poor.contains("alternativeText"));
    assert!(!poor.contains("accessModeSufficient\">textual</meta>"));
}

#[test]
fn an_empty_book_is_a_package_all_the_same() {
    let mut book = fixture::book();
    book.sections.clear();
    book.contents.clear();
    book.anchors.clear();
    book.notes.clear();
    book.photos.clear();
    let package = package(&book, Some(&PageMap::default()), &mut Diagnostics::default());
    for (_, text) in texts(&package) {
        parsed(text);
    }
    assert!(texts(&package)["OEBPS/content.opf"].contains("<itemref idref=\"nav\"/>"));
    assert!(!package.to_bytes().is_empty());
}

/// A book from right to left with a chapter in another direction.
fn turned() -> Package {
    let mut book = fixture::book();
    book.meta.language = Language("ar".to_owned());
    book.sections[6].language = Some(Language("da".to_owned()));
    let pages = fixture::pages(&book);
    package(&book, Some(&pages), &mut Diagnostics::default())
}

/// A book with nothing but its chapters.
fn bare() -> Package {
    let mut book = fixture::book();
    book.cover = None;
    book.contents.clear();
    book.sections.retain(|section| matches!(section.kind, SectionKind::Chapter(_)));
    for (at, section) in (0..).zip(&mut book.sections) {
        let old = std::mem::replace(&mut section.id, SectionId(at));
        book.anchors.iter_mut().filter(|a| a.section == old).for_each(|a| a.section.0 = at);
    }
    package(&book, None, &mut Diagnostics::default())
}

#[test]
fn direction_and_language_are_said_where_they_change() {
    let package = turned();
    let texts = texts(&package);
    let opf = texts["OEBPS/content.opf"];
    assert!(opf.contains("page-progression-direction=\"rtl\"") && opf.contains("dir=\"rtl\""));
    let talk = texts["OEBPS/first-keynote.xhtml"];
    assert!(talk.contains("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\""));
    assert!(talk.contains("<pre translate=\"no\" dir=\"ltr\">"));
    assert!(texts["OEBPS/closing.xhtml"].contains("lang=\"da\" xml:lang=\"da\">"));
    assert!(texts["OEBPS/nav.xhtml"].contains("<a href=\"closing.xhtml\" lang=\"da\""));
    assert!(texts["OEBPS/toc.ncx"].contains("<navLabel xml:lang=\"da\"><text>Closing words"));
}

#[test]
fn subjects_and_people_are_told_with_their_codes() {
    let package = packed();
    let opf = texts(&package)["OEBPS/content.opf"];
    for line in [
        "<dc:subject>Kubernetes</dc:subject>",
        "<dc:subject id=\"subject-2\">Conferences</dc:subject>\n\
         <meta refines=\"#subject-2\" property=\"authority\">Thema</meta>\n\
         <meta refines=\"#subject-2\" property=\"term\">UYZ</meta>",
        "<dc:contributor id=\"contributor-2\">The Harbour Club</dc:contributor>\n\
         <meta refines=\"#contributor-2\" property=\"role\" scheme=\"marc:relators\">orm</meta>",
        "scheme=\"marc:relators\">wat</meta>",
    ] {
        assert!(opf.contains(line), "{line}: {opf}");
    }
}

#[test]
fn long_descriptions_are_claimed_where_they_are_written() {
    let claims = |book: &Book| {
        let package = package(book, None, &mut Diagnostics::default());
        texts(&package)["OEBPS/content.opf"].contains(">longDescription<")
    };
    let mut book = fixture::book();
    assert!(claims(&book));
    book.photos.iter_mut().for_each(|photo| photo.long_description = None);
    assert!(!claims(&book));
}

#[test]
fn a_book_without_contents_lists_its_sections() {
    let package = bare();
    let labels: Vec<_> = nav_list(&package, "toc").into_iter().map(|line| line.0).collect();
    assert_eq!(labels, ["The first keynote", "Closing words"]);
    let opf = texts(&package)["OEBPS/content.opf"];
    assert!(!opf.contains("<itemref idref=\"nav\"/>"));
}

#[test]
fn a_book_without_a_cover_gets_one_with_its_title() {
    let package = bare();
    let entry = |name: &str| package.entries().iter().find(|entry| entry.name() == name);
    let cover = entry("OEBPS/images/cover.png").expect("it is drawn");
    let pixels = image::load_from_memory(cover.bytes()).expect("it is a PNG").into_rgb8();
    assert_eq!(pixels.dimensions(), (1600, 2400));
    let ground = *pixels.get_pixel(1500, 100);
    let letters = pixels.pixels().filter(|pixel| **pixel != ground).count();
    assert!((100_000..1_500_000).contains(&letters), "{letters}");
    // Nothing runs out of the margins.
    for y in 0..2400 {
        assert!([150, 1450].iter().all(|x| *pixels.get_pixel(*x, y) == ground), "{y}");
    }
    let page = texts(&package)["OEBPS/cover.xhtml"];
    assert!(page.contains("alt=\"Cover: Day Three"), "{page}");
    assert_eq!(cover.bytes(), {
        let again = bare();
        let entry = again.entries().iter().find(|e| e.name() == cover.name());
        entry.expect("it is drawn again").bytes().to_vec()
    });
}

/// A book whose author wishes something.
fn wished(wishes: &Wishes) -> Package {
    let book = fixture::book();
    let pages = fixture::pages(&book);
    let mut complaints = Diagnostics::default();
    package_for(&book, Some(&pages), (wishes, &Faces::bundled()), &mut complaints)
}

#[test]
fn without_a_wish_for_pages_there_are_none() {
    let all = dump(&wished(&Wishes { page_list: false, ..Wishes::default() }));
    assert!(!all.contains("pagebreak") && !all.contains("page-list") && !all.contains("pageList"));
    assert!(!all.contains("pageBreakSource") && !all.contains("pageNavigation"));
}

#[test]
fn conformance_is_claimed_when_somebody_certifies_it() {
    let certified = Wishes { certified_by: Some("A. & B.".to_owned()), ..Wishes::default() };
    let all = dump(&wished(&certified));
    let claim = "<meta property=\"dcterms:conformsTo\" id=\"conformance\">\
                 EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>";
    let name = "<meta refines=\"#conformance\" property=\"a11y:certifiedBy\">A. &amp; B.</meta>";
    assert!(all.contains(claim) && all.contains(name), "{all}");
    assert!(!dump(&wished(&Wishes::default())).contains("conformsTo"));
}

#[test]
fn faces_are_embedded_whole_and_declared_under_their_names() {
    let faces = Faces::bundled();
    let wish = ["SourceSerif4-It", "SourceCodePro-Regular"];
    let wish: Vec<_> = wish.iter().filter_map(|name| faces.find(name)).collect();
    let package = wished(&Wishes { faces: wish.clone(), ..Wishes::default() });
    for id in wish {
        let face = faces.get(id);
        let name = format!("OEBPS/fonts/{}.ttf", face.name);
        let entry = package.entries().iter().find(|entry| entry.name() == name);
        assert_eq!(entry.expect("it is there").bytes(), &*face.bytes);
    }
    let all = dump(&package);
    for line in [
        "src: url(\"fonts/SourceSerif4-It.ttf\");",
        "font-family: \"Source Serif 4\", serif;",
        "font-family: \"Source Code Pro\", monospace;",
        "font-style: italic;",
        "<option name=\"specified-fonts\">true</option>",
    ] {
        assert!(all.contains(line), "{line}");
    }
    assert!(all.contains("media-type=\"font/ttf\""));
}

/// Our own style passes our own check; where it has a colour, text in the reader's colours can be
/// read on it, on white paper and on black.
#[test]
fn the_stylesheet_is_sound_and_hides_nothing() {
    let tint = "rgba(128, 128, 128, 0.25)";
    let plain = format!("{}{}", super::CSS, super::FORMULAS).replace(tint, "transparent");
    // Pictures bring their paper with them; there is no text on it.
    let paper = "background: white;";
    assert_eq!(plain.matches(paper).count(), 2);
    let plain = plain.replace(paper, "");
    let mut complaints = Diagnostics::default();
    super::stylesheet::check(&plain, fixture::SPAN.file, &mut complaints);
    assert_eq!(complaints.iter().map(|d| &d.message).collect::<Vec<_>>(), [""; 0]);
    for colour in ["#", "rgb", "hsl", "light-dark", "prefers-color-scheme"] {
        assert!(!plain.contains(colour), "no colour but the tint of lines pointed out: {colour}");
    }
    for (page, ink) in [(0.0, Color::WHITE), (255.0, Color::BLACK)] {
        let ground = Color::Gray((page * 0.75 + 128.0 * 0.25) as u8);
        assert!(ground.contrast(ink) >= 45);
    }
}

/// For judges outside of Rust.
#[test]
#[ignore = "writes files for EPUBCheck, Ace and the eye"]
#[allow(clippy::disallowed_methods, reason = "a test's own files, in the folder for such")]
fn fixture_files() {
    for (name, package) in [("whole", packed()), ("turned", turned()), ("bare", bare())] {
        let path = std::env::temp_dir().join(format!("endpaper-fixture-{name}.epub"));
        std::fs::write(path, package.to_bytes()).expect("the folder can be written");
    }
}
