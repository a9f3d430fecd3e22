//! The blocks of a PNG (W3C PNG, third edition, §11.3): `eXIf`, texts, and what programs hide in
//! texts: XMP by its specification, IPTC and EXIF as ImageMagick's hexadecimal "raw profiles".

use super::packets::{LARGEST, Packets, without_prefix};
use super::text::{self, LONGEST};
use super::{Metadata, Private, Standard, creator_of, said};
use crate::photo::png::{SIGNATURE, rest};
use flate2::read::ZlibDecoder;
use std::borrow::Cow;
use std::io::Read;

/// So many chunks of text are read: a file of nothing else is no picture.
const MOST_TEXTS: usize = 256;

pub(super) fn packets(bytes: &[u8]) -> Packets<'_> {
    let mut packets = Packets::default();
    let mut texts = 0;
    for (kind, data) in chunks(bytes) {
        match kind {
            b"eXIf" => {
                packets.exif.get_or_insert(Cow::Borrowed(without_prefix(data)));
            }
            b"tEXt" | b"zTXt" | b"iTXt" if texts < MOST_TEXTS => {
                texts += 1;
                if let Some((keyword, text)) = text_of(kind, data) {
                    take_text(&mut packets, &keyword, text);
                }
            }
            // Frames of a picture that moves.
            b"fdAT" => {
                packets.private.insert(Private::FurtherData);
            }
            _ => {}
        }
    }
    if rest(bytes).iter().any(|byte| *byte != 0) {
        packets.private.insert(Private::FurtherData);
    }
    packets
}

/// What the keywords of the specification (§11.3.3.1) say. Its `Source` is a device.
pub(super) fn of_texts(texts: &[(String, String)]) -> Metadata {
    let find = |keyword: &str| {
        let found = texts.iter().find(|(word, _)| word == keyword);
        found.and_then(|(_, text)| text::words(text))
    };
    let by = Standard::Png;
    Metadata {
        title: said(find("Title"), by),
        caption: said(find("Description"), by),
        creator: said(find("Author").and_then(|name| creator_of(&[name])), by),
        copyright: said(find("Copyright"), by),
        date: said(find("Creation Time").and_then(|words| text::date(&words)), by),
        ..Metadata::default()
    }
}

/// Kind and data of every whole chunk.
fn chunks(bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut found = Vec::new();
    let mut rest = bytes.strip_prefix(&SIGNATURE).unwrap_or_default();
    while let (Some(length), Some(kind)) = (rest.get(..4), rest.get(4..8)) {
        let length = length.try_into().map_or(0, u32::from_be_bytes);
        let Ok(length) = usize::try_from(length) else { break };
        // Length and kind before the data, a check sum behind them.
        let Some(data) = length.checked_add(8).and_then(|end| rest.get(8..end)) else { break };
        if kind == b"IEND" {
            break;
        }
        found.push((kind, data));
        rest = rest.get(length + 12..).unwrap_or_default();
    }
    found
}

/// Keyword and text of a chunk, unpacked.
fn text_of<'a>(kind: &[u8], data: &'a [u8]) -> Option<(String, Cow<'a, [u8]>)> {
    let (keyword, rest) = split_at_zero(data)?;
    let keyword = text::words(&text::decode(keyword))?;
    let text = match kind {
        b"tEXt" => Cow::Borrowed(rest),
        // One byte for the method; only zlib is defined.
        b"zTXt" => Cow::Owned(inflate(rest.get(1..)?)),
        _ => {
            let (packed, rest) = (*rest.first()?, rest.get(2..)?);
            let (_language, rest) = split_at_zero(rest)?;
            let (_translated, rest) = split_at_zero(rest)?;
            if packed == 1 { Cow::Owned(inflate(rest)) } else { Cow::Borrowed(rest) }
        }
    };
    Some((keyword, text))
}

fn take_text<'a>(packets: &mut Packets<'a>, keyword: &str, text: Cow<'a, [u8]>) {
    match keyword {
        "XML:com.adobe.xmp" if text.len() <= LARGEST => packets.xmp.push(text),
        "Raw profile type iptc" => packets.iptc.extend(raw_profile(&text).map(Cow::Owned)),
        "Raw profile type exif" | "Raw profile type APP1" => {
            let profile = raw_profile(&text).map(|p| without_prefix(&p).to_vec());
            packets.exif = packets.exif.take().or(profile.map(Cow::Owned));
        }
        "Raw profile type xmp" => packets.xmp.extend(raw_profile(&text).map(Cow::Owned)),
        _ if text.len() <= LONGEST => {
            packets.texts.push((keyword.to_owned(), text::decode(&text)));
        }
        _ => {}
    }
}

/// Line feed, name, line feed, number of bytes, line feed, hexadecimal digits in lines.
fn raw_profile(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text.get(..text.len().min(LARGEST))?).ok()?;
    let mut lines = text.trim_start().lines();
    let (_name, length) = (lines.next()?, lines.next()?);
    let length: usize = length.trim().parse().ok()?;
    let digits: Vec<u32> = lines.flat_map(str::chars).filter_map(|c| c.to_digit(16)).collect();
    let pairs = digits.chunks_exact(2).take(length);
    Some(pairs.filter_map(|two| u8::try_from(two[0] * 16 + two[1]).ok()).collect())
}

/// Unpacks as much as a block may hold.
fn inflate(packed: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX);
    // What was unpacked before a break is used.
    let _ = ZlibDecoder::new(packed).take(limit).read_to_end(&mut out);
    out
}

fn split_at_zero(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|byte| *byte == 0)?;
    Some((&bytes[..at], &bytes[at + 1..]))
}
