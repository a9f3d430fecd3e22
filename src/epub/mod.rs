//! The EPUB: XHTML documents, navigation, package, archive.
//!
//! [`package`] turns a [`Book`] into the entries of an EPUB 3.3 that also EPUB 2 systems read;
//! [`Package::to_bytes`] writes the archive. The page list and the page markers come from the
//! print pagination of the same run, handed over as a [`PageMap`]; this module knows nothing else
//! of paper.
//!
//! | file | what it decides |
//! |---|---|
//! | `names` | names of files and ids |
//! | `document`, `sections`, `blocks`, `table`, `inlines` | the XHTML |
//! | `markers` | where pages begin |
//! | `nav`, `ncx`, `opf` | navigation and package document |
//! | `accessibility` | what can be claimed |
//! | `wishes`, `stylesheet`, `claims` | what the author asks for, and whether it can be |
//! | `images`, `cover` | which pictures, how large; a cover where there is none |
//! | `typefaces` | faces that the author wants in it |
//! | `weight` | how large all of it is |
//! | `container`, `archive` | epub-builder's part, and the final archive |
//! | `words` | the few words that only an EPUB says |
//! | `xhtml` | well-formedness |
//!
//! It judges only what an EPUB alone must have: the author's [`Wishes`]. What is wrong with a
//! manuscript was said before there was a [`Book`].

mod accessibility;
mod archive;
mod blocks;
mod claims;
mod container;
mod cover;
mod document;
mod dress;
mod images;
mod inlines;
mod listing;
mod markers;
mod math;
mod names;
mod nav;
mod ncx;
mod opf;
mod sections;
mod stylesheet;
mod table;
mod typefaces;
mod weight;
mod wishes;
mod xhtml;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub(crate) use inlines::address;
pub use weight::{Weight, check_budget, weigh};
pub use wishes::Wishes;

use std::sync::Arc;

use crate::book::{Book, PageMap, PhotoId, SectionId, Terms};
use crate::diag::Diagnostics;
use crate::font::Faces;
use crate::source::Span;
use accessibility::Holds;
use document::{Shared, Written};
use images::{Images, Picture};
use markers::{Marker, Markers};
use math::Drawings;
use names::{COVER, FOLDER, NAV, NCX, Names, PACKAGE, STYLE};
use opf::SpineItem;
use typefaces::Typeface;

/// The stylesheet, for all documents.
const CSS: &str = include_str!("style.css");

/// What it says in a book with formulas. The condition in it makes some programs complain.
const FORMULAS: &str = include_str!("formulas.css");

/// An EPUB, ready to be written.
#[derive(Clone, Debug)]
pub struct Package {
    /// In the order of the archive: `mimetype`, container, package document, navigation, style,
    /// documents as they are read, pictures.
    entries: Vec<Entry>,
    /// The bytes of each photo.
    pictures: Vec<(PhotoId, usize)>,
    /// The most bytes the archive may have, and where that is said.
    budget: Option<(u64, Span)>,
}

/// A file of the archive.
#[derive(Clone, Debug)]
pub struct Entry {
    name: String,
    content: Content,
    packing: Packing,
}

#[derive(Clone, Debug)]
enum Content {
    Text(String),
    Binary(Arc<[u8]>),
}

/// How an entry comes into the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    /// As it is: pictures, and what must be readable without unpacking.
    Stored,
    /// Packed.
    Deflated,
}

/// A line of the manifest.
#[derive(Clone, Debug)]
struct Item {
    id: String,
    href: String,
    media_type: &'static str,
    properties: Option<&'static str>,
}

/// Makes the EPUB of a book whose author has no wishes; see [`package_for`].
pub fn package(book: &Book, map: Option<&PageMap>, diagnostics: &mut Diagnostics) -> Package {
    package_for(book, map, (&Wishes::default(), &Faces::bundled()), diagnostics)
}

/// Makes the EPUB of a book. With the map of its print pages it gets page markers and a page
/// list, unless the author wishes otherwise.
///
/// There is nothing to complain about yet: whatever a package could object to was settled when
/// the book was resolved and the wishes were checked.
pub fn package_for(
    book: &Book,
    map: Option<&PageMap>,
    (wishes, faces): (&Wishes, &Faces),
    _diagnostics: &mut Diagnostics,
) -> Package {
    let names = Names::new(book);
    let images = Images::new(book, faces, &wishes.theme);
    let typefaces = typefaces::typefaces(wishes, faces);
    let words = Terms::of(&book.meta.language);
    let map = map.filter(|_| wishes.page_list);
    let shared = Shared { book, map, names: &names, images: &images, wishes, words, faces };
    let documents = Documents::write(&shared);

    let lines = nav::lines(&shared);
    let has_pages = !documents.pages.is_empty();
    let files: Vec<_> = documents.read.iter().map(|written| written.file.clone()).collect();
    let ncx = ncx::write(&book.meta, &lines, &documents.pages, &files);
    let drawings = documents.drawings();
    let items = manifest(&documents, &images, &drawings, &typefaces);
    let has_math = documents.read.iter().any(|written| written.has_math);
    let descriptions = documents.read.iter().any(|written| written.has_descriptions);
    let holds = Holds { pages: has_pages, math: has_math, descriptions };
    let accessibility = accessibility::accessibility(&shared, holds);
    let opf = opf::write(&shared, &accessibility, &items, &documents.spine(), has_pages);
    let dress = dress::rules(&wishes.theme);
    let formulas = if has_math { FORMULAS } else { "" };
    let own_faces = typefaces::rules(&typefaces);
    let style = format!("{CSS}{formulas}{dress}{own_faces}\n{}", wishes.style);

    let resources: Vec<(&str, &str)> = images
        .iter()
        .map(|picture| (picture.href.as_str(), picture.media_type))
        .chain(typefaces.iter().map(|face| (face.href.as_str(), face.media_type)))
        .collect();
    let texts = documents.read.iter().map(|written| written.file.as_str());
    let texts: Vec<&str> = texts.filter(|file| *file != NAV).collect();
    let assembled = container::assemble(&book.meta, &texts, &resources);
    let meta_inf = |name: &str| Entry::text_of(name, assembled.read(name), Packing::Deflated);
    let media_type = "application/epub+zip".to_owned();
    let media_type = Entry::text_of("mimetype", media_type, Packing::Stored);
    let mut entries = vec![media_type, meta_inf(container::CONTAINER)];
    if !typefaces.is_empty() {
        entries.push(meta_inf(container::DISPLAY_OPTIONS));
    }
    entries.extend([
        Entry::text(PACKAGE, opf),
        Entry::text(NAV, documents.nav.xhtml),
        Entry::text(NCX, ncx),
        Entry::text(STYLE, style),
    ]);
    let texts = documents.read.into_iter().filter(|written| written.file != NAV);
    entries.extend(texts.map(|written| Entry::text(&written.file, written.xhtml)));
    entries.extend(images.iter().map(Entry::picture));
    entries.extend(drawings.into_iter().map(|(href, svg)| Entry::text(&href, svg)));
    entries.extend(typefaces.into_iter().map(Entry::typeface));
    Package { entries, pictures: images.bytes(book), budget: wishes.budget }
}

impl Package {
    /// The files in the order of the archive.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The archive. Equal packages give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        archive::write(&self.entries)
    }
}

impl Entry {
    fn new(name: &str, content: Content, packing: Packing) -> Self {
        Self { name: name.to_owned(), content, packing }
    }

    fn text_of(name: &str, text: String, packing: Packing) -> Self {
        Self::new(name, Content::Text(text), packing)
    }

    fn text(href: &str, text: String) -> Self {
        Self::text_of(&format!("{FOLDER}{href}"), text, Packing::Deflated)
    }

    fn picture(picture: &Picture) -> Self {
        let content = Content::Binary(Arc::clone(&picture.bytes));
        Self::new(&format!("{FOLDER}{}", picture.href), content, Packing::Stored)
    }

    fn typeface(face: Typeface) -> Self {
        let content = Content::Binary(face.bytes.into());
        Self::new(&format!("{FOLDER}{}", face.href), content, Packing::Deflated)
    }

    /// Its path in the archive.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Binary(bytes) => bytes,
        }
    }

    /// Its characters, if it is text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Binary(_) => None,
        }
    }
}

/// All texts of a package under their names, and the names of its pictures with their sizes.
pub fn dump(package: &Package) -> String {
    let mut out = String::new();
    for entry in &package.entries {
        out.push_str("== ");
        out.push_str(&entry.name);
        match entry.as_text() {
            Some(text) => {
                out.push('\n');
                out.push_str(text);
                if !text.ends_with('\n') {
                    out.push('\n');
                }
            }
            None => out.push_str(&format!(" ({} bytes)\n", entry.bytes().len())),
        }
    }
    out
}

/// The documents of a package.
struct Documents {
    /// As they are read. The navigation document is among them if it is a page of the book.
    read: Vec<Written>,
    /// The navigation document.
    nav: Written,
    /// The beginnings of pages in reading order, each with its file.
    pages: Vec<(String, Marker)>,
}

impl Documents {
    fn write(shared: &Shared<'_>) -> Self {
        let (book, names) = (shared.book, shared.names);
        let spine: Vec<SectionId> = book
            .sections
            .iter()
            .filter(|section| names.file(section.id) != NAV || names.contents() == Some(section.id))
            .map(|section| section.id)
            .collect();
        let mut markers = match shared.map {
            Some(map) => markers::distribute(map, book, names, &spine),
            None => vec![Markers::default(); book.sections.len()],
        };
        let contents = names.contents().and_then(|id| book.sections.get(id.0 as usize));
        let at = spine.iter().position(|id| names.contents() == Some(*id)).unwrap_or(spine.len());
        let mut write = |ids: &[SectionId]| -> Vec<Written> {
            ids.iter()
                .map(|id| id.0 as usize)
                .map(|at| (at, std::mem::take(&mut markers[at])))
                .map(|(at, mine)| sections::section(shared, &book.sections[at], mine))
                .collect()
        };
        let mut read = Vec::from_iter(sections::cover(shared));
        read.extend(write(&spine[..at]));
        let rest = write(spine.get(at + 1..).unwrap_or_default());
        let own = contents.map(|section| std::mem::take(&mut markers[section.id.0 as usize]));
        // The contents come last: their page list needs everybody's pages.
        let mut pages = Vec::new();
        let nav = nav::write(shared, contents, own.unwrap_or_default(), |own| {
            pages = all_pages(&read, own, &rest);
            pages.clone()
        });
        if contents.is_some() || read.iter().all(|written| written.file == COVER) {
            read.push(nav.clone());
        }
        read.extend(rest);
        Self { read, nav, pages }
    }

    /// The drawings of all formulas.
    fn drawings(&self) -> Drawings {
        let written = self.read.iter().chain([&self.nav]);
        written.flat_map(|written| written.drawings.clone()).collect()
    }

    fn spine(&self) -> Vec<SpineItem> {
        let item = |written: &Written| SpineItem {
            id: document_id(&written.file),
            is_linear: written.file != COVER,
        };
        self.read.iter().map(item).collect()
    }
}

fn all_pages(before: &[Written], own: &[Marker], after: &[Written]) -> Vec<(String, Marker)> {
    let of = |written: &Written| -> Vec<(String, Marker)> {
        written.pages.iter().map(|page| (written.file.clone(), page.clone())).collect()
    };
    let own = own.iter().map(|page| (NAV.to_owned(), page.clone()));
    before.iter().flat_map(of).chain(own).chain(after.iter().flat_map(of)).collect()
}

/// Everything in the package's folder but the package document itself. Ids are made from file
/// names, with a prefix for each kind, so that no two are equal.
fn manifest(
    documents: &Documents,
    images: &Images,
    drawings: &Drawings,
    typefaces: &[Typeface],
) -> Vec<Item> {
    let item = |id: &str, href: &str, media_type, properties| Item {
        id: id.to_owned(),
        href: href.to_owned(),
        media_type,
        properties,
    };
    let xhtml = "application/xhtml+xml";
    let mut items = vec![
        item("nav", NAV, xhtml, Some(if documents.nav.has_math { "nav mathml" } else { "nav" })),
        item("ncx", NCX, "application/x-dtbncx+xml", None),
        item("style", STYLE, "text/css", None),
    ];
    for written in documents.read.iter().filter(|written| written.file != NAV) {
        let properties = written.has_math.then_some("mathml");
        items.push(item(&document_id(&written.file), &written.file, xhtml, properties));
    }
    for picture in images.iter() {
        let is_cover = images.cover.as_ref().is_some_and(|cover| cover.href == picture.href);
        let id = if is_cover { "cover-image".to_owned() } else { image_id(&picture.href) };
        let properties = is_cover.then_some("cover-image");
        items.push(item(&id, &picture.href, picture.media_type, properties));
    }
    for href in drawings.keys() {
        items.push(item(&format!("formula-{}", last_name(href)), href, "image/svg+xml", None));
    }
    for face in typefaces {
        let id = format!("font-{}", last_name(&face.href));
        items.push(item(&id, &face.href, face.media_type, None));
    }
    items
}

fn document_id(file: &str) -> String {
    if file == NAV { "nav".to_owned() } else { format!("text-{file}") }
}

fn image_id(href: &str) -> String {
    format!("image-{}", last_name(href))
}

fn last_name(href: &str) -> &str {
    href.rsplit('/').next().unwrap_or(href)
}
