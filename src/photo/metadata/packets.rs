//! Where the containers keep their blocks of metadata: EXIF, XMP, IPTC-IIM, texts.

use super::{Private, exif, gif, jpeg, png, webp};
use crate::photo::png::SIGNATURE;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The largest block that is read, in bytes. Writers pad XMP with a few kilobytes; whoever keeps
/// megabytes of edit history there keeps the rights at its front all the same, but not in a
/// smaller tree.
pub(super) const LARGEST: usize = 8 << 20;

/// The blocks of a file as they are stored, each kind in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Packets<'a> {
    /// A TIFF structure: byte order, 42, directories.
    pub(super) exif: Option<Cow<'a, [u8]>>,
    /// XML.
    pub(super) xmp: Vec<Cow<'a, [u8]>>,
    /// Datasets, or Photoshop's image resources that hold them.
    pub(super) iptc: Vec<Cow<'a, [u8]>>,
    /// Keywords and texts of a PNG.
    pub(super) texts: Vec<(String, String)>,
    /// XMP that a JPEG continues elsewhere: no rights are looked for there.
    pub(super) continued: Vec<u8>,
    /// What is seen of private data without reading the blocks.
    pub(super) private: BTreeSet<Private>,
}

/// Finds them; nothing in a file of another kind or in what follows a break in its structure.
pub(super) fn find(bytes: &[u8]) -> Packets<'_> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        jpeg::packets(bytes)
    } else if bytes.starts_with(&SIGNATURE) {
        png::packets(bytes)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp::packets(bytes)
    } else if bytes.starts_with(b"GIF8") {
        gif::packets(bytes)
    } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        exif::packets_of_tiff(bytes)
    } else {
        Packets::default()
    }
}

/// EXIF with or without the six bytes that a JPEG has before it.
pub(super) fn without_prefix(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes)
}
