//! The writer from pages to bytes, read back with `lopdf`.

mod fixture;
mod pictures;
mod text;

use lopdf::{Dictionary, Document, Object};

use super::{Attachment, Options, write};
use crate::diag::{Code, Diagnostics};
use crate::font::Faces;
use crate::layout::pages::{Item, LinkTarget};
use crate::project::{Archival, Standards};

const USUAL: Options<'_> = Options { standards: Standards::USUAL, sources: &[], cache: None };

fn written() -> (Vec<u8>, Diagnostics) {
    let (faces, mut diagnostics) = (Faces::bundled(), Diagnostics::default());
    let bytes = write(&fixture::pages(&faces), &fixture::book(), &faces, &USUAL, &mut diagnostics);
    (bytes, diagnostics)
}

fn read() -> Document {
    Document::load_mem(&written().0).expect("the file is sound")
}

fn dict<'d>(document: &'d Document, holder: &'d Dictionary, key: &str) -> &'d Dictionary {
    let object = holder.get_deref(key.as_bytes(), document).expect("the key is there");
    object.as_dict().expect("it is a dictionary")
}

/// All structure elements of a type.
fn elements<'d>(document: &'d Document, kind: &str) -> Vec<&'d Dictionary> {
    let dicts = document.objects.values().filter_map(|object| object.as_dict().ok());
    let is_element = |d: &&Dictionary| {
        d.has(b"P") && d.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == kind.as_bytes())
    };
    dicts.filter(is_element).collect()
}

/// Keeps a file for the judges that run outside of `cargo test`.
#[allow(clippy::disallowed_methods, reason = "for the judges that run outside of `cargo test`")]
fn keep(name: &str, bytes: &[u8]) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tmp");
    std::fs::create_dir_all(folder).expect("there is a target folder");
    std::fs::write(format!("{folder}/{name}"), bytes).expect("it can be written");
}

#[test]
fn the_same_pages_give_the_same_bytes_without_complaint() {
    let (bytes, diagnostics) = written();
    assert_eq!(diagnostics.iter().next(), None);
    assert!(bytes == written().0, "two runs differ");
    keep("fixture.pdf", &bytes);
}

#[test]
fn pages_outline_and_destinations_can_be_read_back() {
    let document = read();
    assert_eq!(document.version, "1.7");
    let pages = document.get_pages();
    assert_eq!(pages.len(), 3);
    let catalog = document.catalog().expect("it has a root");
    assert_eq!(catalog.get(b"PageMode").and_then(Object::as_name).ok(), Some(&b"UseOutlines"[..]));

    let outline = dict(&document, catalog, "Outlines");
    let first = dict(&document, outline, "First");
    assert_eq!(first.get(b"Title").and_then(Object::as_str).ok(), Some(&b"Chapter One"[..]));
    assert_eq!(first.get(b"Count").and_then(Object::as_i64).ok(), Some(-2));
    let place = first.get(b"Dest").and_then(Object::as_array).expect("a place");
    assert_eq!(place[0].as_reference().ok(), pages.get(&2).copied());
    assert_eq!(place[3], Object::Integer(648 - 72));
    // An entry whose own place is not shown leads where its child leads.
    let second = dict(&document, first, "Next");
    assert!(second.has(b"Dest"));

    let names = dict(&document, dict(&document, catalog, "Names"), "Dests");
    let names = names.get(b"Names").and_then(Object::as_array).expect("few names need no leaves");
    let names: Vec<_> = names.iter().filter_map(|name| name.as_str().ok()).collect();
    assert_eq!(names, [&b"call-1"[..], b"chapter-one", b"fig-1", b"note-1", b"second-part"]);
}

#[test]
fn elements_are_what_the_pages_show() {
    let document = read();
    let count = |kind| elements(&document, kind).len();
    // One paragraph is over two pages, one is the note's, one is not filled.
    assert_eq!((count("H1"), count("H2"), count("P")), (1, 1, 4));
    assert_eq!((count("TR"), count("TH"), count("TD")), (5, 7, 8));
    assert_eq!((count("Figure"), count("Note"), count("L"), count("LI")), (8, 1, 1, 2));
    // The address; the contents' entry, the call and the note's label hold one each.
    assert_eq!(count("Link"), 4);
    for figure in elements(&document, "Figure") {
        assert!(figure.has(b"Alt") && figure.has(b"A"));
    }
    let danish = elements(&document, "P").into_iter().find(|p| p.has(b"Lang"));
    let kids = danish.and_then(|p| p.get(b"K").and_then(Object::as_array).ok());
    assert_eq!(kids.map(Vec::len), Some(2), "a paragraph over two pages is one element");
}

#[test]
fn jpeg_files_are_passed_through_once() {
    let document = read();
    let images = document.objects.values().filter_map(|object| object.as_stream().ok());
    let images: Vec<_> = images.filter(|s| s.dict.has_type(b"XObject")).collect();
    // But for what is said about them, which is in the file now.
    let bare = |bytes: &[u8]| crate::photo::inscribed_jpeg(bytes, &crate::photo::Rights::default());
    let same: Vec<_> =
        images.iter().filter(|s| bare(&s.content) == bare(&pictures::jpeg())).collect();
    assert_eq!(same.len(), 1);
    assert!(String::from_utf8_lossy(&same[0].content).contains("A. Photographer &amp; friends"));
    // Six different pictures and one mask.
    assert_eq!(images.len(), 7);
}

#[test]
fn a_figure_without_words_is_a_complaint_and_no_claim_is_made() {
    let (faces, mut diagnostics) = (Faces::bundled(), Diagnostics::default());
    let mut book = fixture::book();
    book.photos[3].alt.clear();
    let bytes = write(&fixture::pages(&faces), &book, &faces, &USUAL, &mut diagnostics);
    let complaint = diagnostics.iter().next().expect("there is a complaint");
    assert_eq!(complaint.message, "`plain.png` has no alternative text");
    assert_eq!(complaint.page.as_deref(), Some("2"));
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("pdf:Producer") && !text.contains("pdfuaid:part"));
}

#[test]
fn a_link_that_shows_only_boxes_is_told_in_words() {
    let faces = Faces::bundled();
    let mut pages = fixture::pages(&faces);
    for item in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
        if let Item::Glyphs(run) = item
            && run.text == "an address"
        {
            run.glyphs.iter_mut().for_each(|glyph| glyph.id = 0);
        }
    }
    let alt = |pages| {
        let bytes = write(pages, &fixture::book(), &faces, &USUAL, &mut Diagnostics::default());
        let document = Document::load_mem(&bytes).expect("the file is sound");
        let links = elements(&document, "Link");
        let told = links.iter().filter_map(|link| link.get(b"Alt").and_then(Object::as_str).ok());
        told.map(|words| String::from_utf8_lossy(words).into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(alt(&pages), ["the linked words"]);
    assert_eq!(alt(&fixture::pages(&faces)), [""; 0]);
}

#[test]
fn a_book_without_pages_is_a_file_all_the_same() {
    let (faces, mut diagnostics) = (Faces::bundled(), Diagnostics::default());
    let pages = crate::layout::pages::Pages::default();
    let bytes = write(&pages, &fixture::book(), &faces, &USUAL, &mut diagnostics);
    assert_eq!(Document::load_mem(&bytes).expect("it is sound").get_pages().len(), 0);
}

#[test]
fn codes_say_what_their_glyphs_spell() {
    let text = text::of_page(&read(), 2);
    let line = "The first office affords efficient fjord ships: a well-known har\u{AD}";
    assert!(text.contains(line), "{text}");
    // One glyph, two spellings: composed or not, a blank that breaks or not.
    assert!(text.contains("bour café and cafe\u{301}, AVATAR, 5\u{A0}km, "), "{text}");
    assert!(text.contains("Outlines of the other kind: 5\u{A0}km, mi-temps, har\u{AD}"), "{text}");
    assert!(text.contains("Emphatic (parentheses) \\ backslash “quotes” — dash. "), "{text}");
}

#[test]
fn a_file_for_the_archive_holds_its_manuscript() {
    let (faces, mut diagnostics) = (Faces::bundled(), Diagnostics::default());
    let source = Attachment {
        path: "chapters/én.md".to_owned(),
        media_type: "text/markdown",
        text: "# One\n",
    };
    let standards = Standards { accessible: true, archival: Some(Archival::A3a) };
    let options = Options { standards, sources: &[source], cache: None };
    let pages = fixture::pages(&faces);
    let bytes = write(&pages, &fixture::book(), &faces, &options, &mut diagnostics);
    keep("archive.pdf", &bytes);
    let document = Document::load_mem(&bytes).expect("the file is sound");
    let catalog = document.catalog().expect("it has a root");
    let files = catalog.get(b"AF").and_then(Object::as_array).expect("it has associated files");
    let file = document.dereference(&files[0]).expect("it is there").1.as_dict();
    let file = file.expect("a specification");
    let name = file.get(b"UF").and_then(lopdf::decode_text_string);
    assert_eq!(name.as_deref().ok(), Some("chapters/én.md"));
    let stream = dict(&document, file, "EF").get_deref(b"F", &document).and_then(Object::as_stream);
    let text = stream.and_then(lopdf::Stream::decompressed_content);
    assert_eq!(text.ok().as_deref(), Some(&b"# One\n"[..]));
    assert!(String::from_utf8_lossy(&bytes).contains("<pdfaid:part>3</pdfaid:part>"));
}

#[test]
fn what_is_not_promised_is_not_checked_and_not_claimed() {
    let (faces, mut diagnostics) = (Faces::bundled(), Diagnostics::default());
    let mut book = fixture::book();
    book.photos[3].alt.clear();
    let options = Options { standards: Standards::NONE, sources: &[], cache: None };
    let bytes = write(&fixture::pages(&faces), &book, &faces, &options, &mut diagnostics);
    assert_eq!(diagnostics.iter().next(), None);
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("pdfaid:part") && !text.contains("pdfuaid:part"));
}

#[test]
fn text_too_long_for_the_archive_is_a_complaint_with_its_place() {
    let (faces, mut diagnostics) = (Faces::bundled(), Diagnostics::default());
    let mut book = fixture::book();
    book.photos[3].alt = "é".repeat(17_000);
    let mut pages = fixture::pages(&faces);
    for item in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
        if let Item::Link(link) = item
            && let LinkTarget::Url(url) = &mut link.target
        {
            url.push_str(&"å".repeat(6_000));
        }
    }
    write(&pages, &book, &faces, &USUAL, &mut diagnostics);
    let said: Vec<_> = diagnostics.iter().map(|d| (d.code, d.span, d.message.as_str())).collect();
    let picture = "the alternative text of a picture takes more than 32767 bytes";
    let address = "the address of a link takes more than 32767 bytes";
    let span = Some(fixture::SPAN);
    assert_eq!(said, [(Code::TooLong, span, picture), (Code::TooLong, span, address)]);
}
