//! EXIF, and TIFF, which has the same form and holds the other blocks in tags of its own.

use super::packets::{LARGEST, Packets};
use super::text::{date, decode, words};
use super::{Metadata, Standard, creator_of, said};
use ::exif::{Context, Exif, In, Reader, Tag, Value};
use std::borrow::Cow;

/// XMP in a TIFF (XMP specification, part 3, §3.2.1).
const XMP: Tag = Tag(Context::Tiff, 700);
/// IPTC-IIM in a TIFF.
const IPTC: Tag = Tag(Context::Tiff, 33723);
/// Photoshop's image resources in a TIFF.
const PHOTOSHOP: Tag = Tag(Context::Tiff, 34377);

/// What cameras write as a description of every picture.
const PLACEHOLDERS: &[&str] =
    &["digital camera", "sony dsc", "dcim", "dav", "mde", "default", "camera pictures", "hdrpl"];

/// Reads an EXIF block.
pub(super) fn read(bytes: &[u8]) -> Metadata {
    let Some(exif) = parse(bytes) else { return Metadata::default() };
    let text = |tag| texts(&exif, tag).into_iter().next();
    let names: Vec<String> = texts(&exif, Tag::Artist)
        .iter()
        .flat_map(|names| names.split(';'))
        .filter_map(words)
        .collect();
    // The photographer's notice, then the editor's.
    let notices = texts(&exif, Tag::Copyright);
    let taken = text(Tag::DateTimeOriginal).and_then(|text| date(&text));
    let by = Standard::Exif;
    Metadata {
        caption: said(text(Tag::ImageDescription).filter(|words| !is_placeholder(words)), by),
        creator: said(creator_of(&names), by),
        copyright: said((!notices.is_empty()).then(|| notices.join("; ")), by),
        date: said(taken, by),
        ..Metadata::default()
    }
}

/// Every field that says something, and of which of the pictures.
pub(super) fn fields(bytes: &[u8]) -> Vec<(Tag, In)> {
    /// A comment says in which characters it is written, even when it is blank.
    const CHARACTERS: usize = 8;
    let says = |tag: Tag, value: &Value| {
        let skipped = if tag == Tag::UserComment { CHARACTERS } else { 0 };
        let is_blank = |bytes: &[u8]| bytes.iter().skip(skipped).all(|b| matches!(b, 0 | b' '));
        match value {
            Value::Ascii(strings) => !strings.iter().all(|string| is_blank(string)),
            Value::Undefined(bytes, _) | Value::Byte(bytes) => !is_blank(bytes),
            _ => true,
        }
    };
    let exif = parse(bytes);
    let fields = exif.iter().flat_map(Exif::fields);
    fields.filter(|f| says(f.tag, &f.value)).map(|f| (f.tag, f.ifd_num)).collect()
}

/// The blocks of a TIFF; the whole of it is EXIF.
pub(super) fn packets_of_tiff(bytes: &[u8]) -> Packets<'_> {
    let mut packets = Packets { exif: Some(Cow::Borrowed(bytes)), ..Packets::default() };
    let Some(exif) = parse(bytes) else { return packets };
    packets.xmp.extend(block(&exif, XMP));
    packets.iptc.extend([IPTC, PHOTOSHOP].into_iter().filter_map(|tag| block(&exif, tag)));
    packets
}

/// What can be read of it: a directory that is cut off has good entries before the cut.
fn parse(bytes: &[u8]) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let read = reader.read_raw(bytes.to_vec());
    read.or_else(|error| error.distill_partial_result(|_| {})).ok()
}

/// The strings of a field of the first picture.
fn texts(exif: &Exif, tag: Tag) -> Vec<String> {
    let Some(field) = exif.get_field(tag, In::PRIMARY) else { return Vec::new() };
    match &field.value {
        Value::Ascii(strings) => strings.iter().filter_map(|s| words(&decode(s))).collect(),
        _ => Vec::new(),
    }
}

/// The bytes of a field that holds another block. Some writers declare words of four bytes.
fn block(exif: &Exif, tag: Tag) -> Option<Cow<'static, [u8]>> {
    let field = exif.get_field(tag, In::PRIMARY)?;
    let bytes = match &field.value {
        Value::Byte(bytes) | Value::Undefined(bytes, _) => bytes.clone(),
        Value::Long(words) if exif.little_endian() => {
            words.iter().flat_map(|word| word.to_le_bytes()).collect()
        }
        Value::Long(words) => words.iter().flat_map(|word| word.to_be_bytes()).collect(),
        _ => return None,
    };
    (bytes.len() <= LARGEST).then_some(Cow::Owned(bytes))
}

fn is_placeholder(words: &str) -> bool {
    let words = words.to_lowercase();
    PLACEHOLDERS.iter().any(|placeholder| words == *placeholder)
        || words.len() < 40
            && (words.ends_with("digital camera") || words.ends_with("camera pictures"))
}
