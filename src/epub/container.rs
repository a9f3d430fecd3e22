//! The container: epub-builder assembles, the finishing pass writes.
//!
//! epub-builder 0.8.3 collects the documents in reading order, stylesheet, pictures and fonts, takes
//! care that no two have one name, and writes the container. Its package document, navigation and NCX
//! come from fixed templates: no language on the package, no roles, no page list, one identifier, and
//! two equal ids as soon as a book has an author and a language. They cannot be replaced from outside
//! (a second `content.opf` is a duplicate file name, its traits are private), so the finishing pass
//! puts our three documents in their places and writes the archive. It also leaves out the display
//! options for Apple Books, which claim embedded fonts, where there are none.
//!
//! All files are announced to epub-builder, by their names alone. It would pack them one after the
//! other, each with new tables of half a megabyte, pictures too, and hold all of them in memory once
//! more (see `archive`).

use std::io::{self, Cursor, Read};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use zip::ZipArchive;

use crate::book::Meta;

/// The container file, which epub-builder writes.
pub(super) const CONTAINER: &str = "META-INF/container.xml";

/// What Apple Books reads before it lets a book have faces of its own; epub-builder writes it.
pub(super) const DISPLAY_OPTIONS: &str = "META-INF/com.apple.ibooks.display-options.xml";

/// What epub-builder made: an archive whose package, navigation and NCX are its own.
#[derive(Debug)]
pub(super) struct Assembled(Vec<u8>);

impl Assembled {
    /// The text of an entry.
    pub(super) fn read(&self, name: &str) -> String {
        let mut text = String::new();
        ZipArchive::new(Cursor::new(self.0.as_slice()))
            .expect("epub-builder writes sound archives")
            .by_name(name)
            .expect("epub-builder writes the container")
            .read_to_string(&mut text)
            .expect("its entries in memory are whole, and texts are UTF-8");
        text
    }
}

/// Lets epub-builder assemble documents in reading order, stylesheet, and whatever else has an
/// address and a media type.
pub(super) fn assemble(meta: &Meta, documents: &[&str], resources: &[(&str, &str)]) -> Assembled {
    let mut bytes = Vec::new();
    build(meta, documents, resources, &mut bytes)
        .expect("names are unique and nothing but memory is written");
    Assembled(bytes)
}

fn build(
    meta: &Meta,
    documents: &[&str],
    resources: &[(&str, &str)],
    bytes: &mut Vec<u8>,
) -> epub_builder::Result<()> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    // Its package document is replaced, but must not be made of the clock and of chance.
    builder.set_modified_date(Default::default());
    builder.set_uuid(uuid::Uuid::nil());
    builder.set_title(meta.title.as_str());
    builder.add_language(meta.language.0.as_str());
    builder.stylesheet(io::empty())?;
    for href in documents {
        builder.add_content(EpubContent::new(*href, io::empty()))?;
    }
    for (href, media_type) in resources {
        builder.add_resource(href, io::empty(), *media_type)?;
    }
    builder.generate(bytes)
}
