//! The archive: epub-builder assembles, the finishing pass writes.
//!
//! epub-builder 0.8.3 collects the documents in reading order, packs them and writes the
//! container. Its package document, navigation and NCX come from fixed templates: no language on
//! the package, no roles, no page list, one identifier, and two equal ids as soon as a book has
//! an author and a language. They cannot be replaced from outside (a second `content.opf` is a
//! duplicate file name, its traits are private), so [`finish`] takes what it packed, without
//! packing it again, and puts our three documents in their places. It also leaves out the
//! display options for Apple Books, which claim embedded fonts, where there are none.
//!
//! Pictures and fonts are only announced to epub-builder, by their names: it would deflate them, which
//! helps no JPEG, and hold them all in memory once more.
//!
//! The archive is the same on every machine: entries in the package's order, all times
//! 1980-01-01 (the first that the format can say), all modes 0644, `mimetype` first, stored and
//! without extra fields (EPUB 3.3, OCF §4.2.6).

use std::io::{self, Cursor, Read, Write};

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ZipLibrary};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::document::Written;
use super::{Entry, Packing};
use crate::book::Meta;

/// The container file, which epub-builder writes.
pub(super) const CONTAINER: &str = "META-INF/container.xml";

/// What Apple Books reads before it lets a book have faces of its own; epub-builder writes it.
pub(super) const DISPLAY_OPTIONS: &str = "META-INF/com.apple.ibooks.display-options.xml";

/// What epub-builder made: an archive whose package, navigation and NCX are still its own.
#[derive(Clone, Debug)]
pub(super) struct Assembled(Vec<u8>);

impl Assembled {
    /// The text of an entry.
    pub(super) fn read(&self, name: &str) -> String {
        let mut text = String::new();
        let mut archive = self.archive();
        archive
            .by_name(name)
            .expect("epub-builder writes the container and everything it was given")
            .read_to_string(&mut text)
            .expect("its entries in memory are whole, and texts are UTF-8");
        text
    }

    fn archive(&self) -> ZipArchive<Cursor<&[u8]>> {
        ZipArchive::new(Cursor::new(self.0.as_slice())).expect("epub-builder writes sound archives")
    }
}

/// Lets epub-builder assemble documents in reading order, stylesheet, and whatever else has an
/// address and a media type.
pub(super) fn assemble(
    meta: &Meta,
    style: &str,
    documents: &[Written],
    resources: &[(&str, &str)],
) -> Assembled {
    let mut bytes = Vec::new();
    build(meta, style, documents, resources, &mut bytes)
        .expect("names are unique and nothing but memory is written");
    Assembled(bytes)
}

fn build(
    meta: &Meta,
    style: &str,
    documents: &[Written],
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
    builder.stylesheet(style.as_bytes())?;
    for document in documents {
        let content = EpubContent::new(document.file.as_str(), document.xhtml.as_bytes());
        builder.add_content(content.title(document.title.as_str()))?;
    }
    for (href, media_type) in resources {
        builder.add_resource(href, io::empty(), *media_type)?;
    }
    builder.generate(bytes)
}

/// Writes the final archive.
pub(super) fn finish(entries: &[Entry], assembled: &Assembled) -> Vec<u8> {
    let mut source = assembled.archive();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        write(&mut writer, entry, &mut source)
            .expect("names are unique and shorter than 64 KiB, and nothing but memory is written");
    }
    let bytes = writer.finish().expect("nothing but memory is written").into_inner();
    debug_assert_eq!(
        entry_names(&bytes),
        entries.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>(),
        "the archive holds exactly the package's entries"
    );
    bytes
}

fn write(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    entry: &Entry,
    source: &mut ZipArchive<Cursor<&[u8]>>,
) -> zip::result::ZipResult<()> {
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(MODE)
        .large_file(entry.bytes().len() > u32::MAX as usize);
    match entry.packing {
        Packing::Stored => {
            writer
                .start_file(&*entry.name, options.compression_method(CompressionMethod::Stored))?;
            writer.write_all(entry.bytes())?;
        }
        Packing::Deflated => {
            let options = options.compression_method(CompressionMethod::Deflated);
            writer.start_file(&*entry.name, options)?;
            writer.write_all(entry.bytes())?;
        }
        Packing::Assembled => {
            let file = source.by_name(&entry.name)?;
            writer.raw_copy_file_touch(file, DateTime::default(), Some(MODE))?;
        }
    }
    Ok(())
}

/// Readable for all, writable for the owner.
const MODE: u32 = 0o644;

/// The names of an archive's entries in their order.
fn entry_names(bytes: &[u8]) -> Vec<String> {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    (0..archive.len()).filter_map(|at| Some(archive.name_for_index(at)?.to_owned())).collect()
}
