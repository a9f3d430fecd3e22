//! The archive (PKWARE APPNOTE 6.3.10): files in their order, the same bytes on every machine.
//!
//! All times are 1980-01-01 (the first that the format can say), all modes 0644, and no entry has an
//! extra field unless it begins behind the fourth gibibyte (EPUB 3.3, OCF §4.2.6, demands that of the
//! first). Sizes and checksums stand before the data, where readers that do not begin at the end of
//! an archive find them too.

use super::{Entry, Packing};
use crate::deflate::Deflater;
use flate2::Crc;
use rayon::prelude::*;

/// Days of month, months and years since 1980 (4.4.6): the first day that can be said.
const DAY: u16 = 1 << 5 | 1;
/// A regular file (POSIX), readable for all, writable for the owner; the upper half of what systems
/// other than MS-DOS say of a file (4.4.15).
const MODE: u32 = 0o100_644 << 16;
/// Version 4.5 of the specification, which knows archives of any size (4.4.3.2).
const LARGE: u16 = 45;
/// Made on Unix, by somebody who knows that version (4.4.2).
const MADE_BY: u16 = 3 << 8 | LARGE;
/// Names are UTF-8 (4.4.4).
const UTF_8: u16 = 1 << 11;
/// What stands in a field of 32 bits whose value needs 64 (4.4.1.4).
const ELSEWHERE: u32 = u32::MAX;

/// The archive of some files.
pub(super) fn write(entries: &[Entry]) -> Vec<u8> {
    let packed: Vec<_> = entries.par_iter().map_init(Deflater::raw, Packed::of).collect();
    let names: usize = entries.iter().map(|entry| 2 * entry.name().len()).sum();
    let data: usize = entries.iter().zip(&packed).map(|(e, p)| p.bytes(e).len()).sum();
    let mut archive = Archive::default();
    archive.out.reserve(data + names + 100 * entries.len() + 100);
    for (entry, packed) in entries.iter().zip(&packed) {
        archive.file(entry, packed);
    }
    archive.finish(entries, &packed)
}

/// How an entry is stored.
struct Packed {
    checksum: u32,
    /// Deflated bytes, unless it is stored as it is.
    deflated: Option<Vec<u8>>,
}

impl Packed {
    fn of(deflater: &mut Deflater, entry: &Entry) -> Self {
        let mut checksum = Crc::new();
        checksum.update(entry.bytes());
        let deflated = match entry.packing {
            Packing::Stored => None,
            Packing::Deflated => Some(deflater.deflate(entry.bytes())),
        };
        Self { checksum: checksum.sum(), deflated }
    }

    fn bytes<'a>(&'a self, entry: &'a Entry) -> &'a [u8] {
        self.deflated.as_deref().unwrap_or(entry.bytes())
    }

    /// What local headers and the directory say alike: from the version that is needed to the length
    /// of the name.
    fn header(&self, entry: &Entry) -> Vec<u8> {
        let (needed, method): (u16, u16) = if self.deflated.is_some() { (20, 8) } else { (10, 0) };
        let flags = if entry.name().is_ascii() { 0 } else { UTF_8 };
        let midnight = 0;
        let mut out = Vec::with_capacity(24);
        for field in [needed, flags, method, midnight, DAY] {
            out.extend(field.to_le_bytes());
        }
        let sizes = [self.bytes(entry).len(), entry.bytes().len()].map(size);
        for field in [self.checksum, sizes[0], sizes[1]] {
            out.extend(field.to_le_bytes());
        }
        let name = u16::try_from(entry.name().len()).expect("names are far shorter than 64 KiB");
        out.extend(name.to_le_bytes());
        out
    }
}

/// A document or a picture is in memory, and made from files with bounds far below 4 GiB.
fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("no file of a book has 4 GiB")
}

/// An archive being written.
#[derive(Default)]
struct Archive {
    /// What stands before `out`, in bytes.
    start: u64,
    out: Vec<u8>,
    /// Where each file begins.
    offsets: Vec<u64>,
}

impl Archive {
    fn at(&self) -> u64 {
        self.start + self.out.len() as u64
    }

    /// Writes a file with its header (4.3.7).
    fn file(&mut self, entry: &Entry, packed: &Packed) {
        self.offsets.push(self.at());
        self.out.extend(b"PK\x03\x04");
        self.out.extend(packed.header(entry));
        let no_extra_field = 0u16;
        self.out.extend(no_extra_field.to_le_bytes());
        self.out.extend(entry.name().as_bytes());
        self.out.extend(packed.bytes(entry));
    }

    /// Writes the directory and ends the archive.
    fn finish(mut self, entries: &[Entry], packed: &[Packed]) -> Vec<u8> {
        let directory = self.at();
        let files = entries.iter().zip(packed).zip(std::mem::take(&mut self.offsets));
        for ((entry, packed), offset) in files {
            self.line(entry, packed, offset);
        }
        let (length, end) = (self.at() - directory, self.at());
        let count = entries.len() as u64;
        let is_large = count >= u64::from(u16::MAX) || end >= u64::from(ELSEWHERE);
        if is_large {
            self.large_end(count, length, directory);
            self.locator(end);
        }
        let short = |value: u64| u16::try_from(value).unwrap_or(u16::MAX).to_le_bytes();
        let long = |value: u64| u32::try_from(value).unwrap_or(ELSEWHERE).to_le_bytes();
        // The end (4.3.16): this disk and that of the directory, files here and in all, no comment.
        self.out.extend(b"PK\x05\x06");
        self.out.extend([short(0), short(0), short(count), short(count)].as_flattened());
        self.out.extend([long(length), long(directory)].as_flattened());
        self.out.extend(short(0));
        self.out
    }

    /// A line of the directory (4.3.12).
    fn line(&mut self, entry: &Entry, packed: &Packed, offset: u64) {
        let short = u32::try_from(offset).ok().filter(|offset| *offset != ELSEWHERE);
        let mut extra = Vec::new();
        if short.is_none() {
            // Zip64 (4.5.3): of the fields that are elsewhere only this one.
            extra.extend([1u16.to_le_bytes(), 8u16.to_le_bytes()].as_flattened());
            extra.extend(offset.to_le_bytes());
        }
        let mut header = packed.header(entry);
        if short.is_none() {
            // The version that is needed then (4.4.3.2).
            header[..2].copy_from_slice(&LARGE.to_le_bytes());
        }
        self.out.extend(b"PK\x01\x02");
        self.out.extend(MADE_BY.to_le_bytes());
        self.out.extend(header);
        // Extra field, comment, disk, internal attributes.
        for field in [extra.len() as u16, 0, 0, 0] {
            self.out.extend(field.to_le_bytes());
        }
        self.out.extend(MODE.to_le_bytes());
        self.out.extend(short.unwrap_or(ELSEWHERE).to_le_bytes());
        self.out.extend(entry.name().as_bytes());
        self.out.extend(extra);
    }

    /// The end of a large archive (4.3.14).
    fn large_end(&mut self, count: u64, length: u64, directory: u64) {
        self.out.extend(b"PK\x06\x06");
        let rest: u64 = 44;
        self.out.extend(rest.to_le_bytes());
        self.out.extend([MADE_BY.to_le_bytes(), LARGE.to_le_bytes()].as_flattened());
        // This disk, and that of the directory.
        self.out.extend([0u32.to_le_bytes(); 2].as_flattened());
        for field in [count, count, length, directory] {
            self.out.extend(field.to_le_bytes());
        }
    }

    /// Where that end stands (4.3.15).
    fn locator(&mut self, end: u64) {
        self.out.extend(b"PK\x06\x07");
        self.out.extend(0u32.to_le_bytes());
        self.out.extend(end.to_le_bytes());
        let disks: u32 = 1;
        self.out.extend(disks.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    fn entry(name: &str, text: &str, packing: Packing) -> Entry {
        Entry::text_of(name, text.to_owned(), packing)
    }

    #[test]
    fn others_read_what_is_written() {
        let long = "word ".repeat(5000);
        let entries = [
            entry("mimetype", "application/epub+zip", Packing::Stored),
            entry("a/ø.txt", &long, Packing::Deflated),
            entry("empty", "", Packing::Deflated),
        ];
        let bytes = write(&entries);
        assert!(bytes.len() < 1000, "{}", bytes.len());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is sound");
        assert_eq!(archive.len(), 3);
        for (at, entry) in entries.iter().enumerate() {
            let mut file = archive.by_index(at).expect("it is there");
            assert_eq!(file.name(), entry.name());
            assert_eq!(file.unix_mode(), Some(0o100_644));
            let day = file.last_modified().map(|time| (time.year(), time.month(), time.day()));
            assert_eq!(day, Some((1980, 1, 1)));
            let mut text = String::new();
            file.read_to_string(&mut text).expect("it is whole");
            assert_eq!(Some(text.as_str()), entry.as_text());
        }
    }

    #[test]
    fn an_archive_may_have_more_files_than_16_bits_can_count() {
        let names = (0..66_000).map(|at| entry(&at.to_string(), "", Packing::Stored));
        let bytes = write(&names.collect::<Vec<_>>());
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is sound");
        assert_eq!(archive.len(), 66_000);
        assert_eq!(archive.name_for_index(65_999), Some("65999"));
    }

    #[test]
    fn a_file_may_begin_behind_the_fourth_gibibyte() {
        let far = 1 << 33;
        let mut archive = Archive { start: far, ..Archive::default() };
        let file = entry("x", "y", Packing::Stored);
        let packed = [Packed::of(&mut Deflater::raw(), &file)];
        archive.file(&file, &packed[0]);
        let bytes = archive.finish(&[file], &packed);
        let line = bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("it has a line");
        let line = &bytes[line..];
        assert_eq!(line[6..8], LARGE.to_le_bytes(), "version that is needed");
        assert_eq!(line[30..32], 12u16.to_le_bytes(), "extra field");
        assert_eq!(line[42..46], ELSEWHERE.to_le_bytes());
        assert_eq!(line[47..51], [1, 0, 8, 0]);
        assert_eq!(line[51..59], far.to_le_bytes());
        let end = &line[59..];
        assert_eq!(end[..4], *b"PK\x06\x06");
        assert_eq!(end[48..56], (far + 32).to_le_bytes(), "directory");
        assert_eq!(end[56..60], *b"PK\x06\x07");
        assert_eq!(end[64..72], (far + 32 + 59).to_le_bytes(), "large end");
    }
}
