//! The blocks of a JPEG: application segments before the first scan (ITU-T T.81 Annex B).
//!
//! In XMP that is continued in further segments ("extended XMP") no rights are looked for: writers
//! put what is large into it.

use super::Private;
use super::packets::{LARGEST, Packets, without_prefix};
use crate::photo::jpeg::rest;
use std::borrow::Cow;

/// Before XMP in `APP1` (XMP specification, part 3, §1.1.3).
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// Before XMP that is continued (§1.1.3.1).
const CONTINUED: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
/// Behind that, a name, the whole's length and the part's place in it.
const PLACE: usize = 32 + 4 + 4;
/// Before Photoshop's image resources in `APP13`.
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

pub(super) fn packets(bytes: &[u8]) -> Packets<'_> {
    let mut packets = Packets::default();
    // A block of image resources larger than a segment goes on in the next one.
    let mut resources: Cow<'_, [u8]> = Cow::Borrowed(&[]);
    for (marker, payload) in segments(bytes) {
        match marker {
            0xE1 if payload.starts_with(b"Exif\0\0") => {
                packets.exif.get_or_insert(Cow::Borrowed(without_prefix(payload)));
            }
            0xE1 => {
                packets.xmp.extend(payload.strip_prefix(XMP).map(Cow::Borrowed));
                let part = payload.strip_prefix(CONTINUED).and_then(|part| part.get(PLACE..));
                let part = part.filter(|part| packets.continued.len() + part.len() <= LARGEST);
                packets.continued.extend_from_slice(part.unwrap_or_default());
            }
            0xED => {
                let Some(part) = payload.strip_prefix(PHOTOSHOP) else { continue };
                if resources.is_empty() {
                    resources = Cow::Borrowed(part);
                } else if resources.len() + part.len() <= LARGEST {
                    resources.to_mut().extend_from_slice(part);
                }
            }
            _ => packets.private.extend(private(marker, payload)),
        }
    }
    if rest(bytes).iter().any(|byte| *byte != 0) {
        packets.private.insert(Private::FurtherData);
    }
    if !resources.is_empty() {
        packets.iptc.push(resources);
    }
    packets
}

/// What a segment is that is private as a whole.
fn private(marker: u8, payload: &[u8]) -> Option<Private> {
    /// Identifier, version, units, densities, and no pixels of a thumbnail (JFIF 1.02).
    const JFIF: usize = 14;
    match marker {
        0xE0 if payload.starts_with(b"JFXX\0") => Some(Private::Thumbnail),
        0xE0 if payload.starts_with(b"JFIF\0") && payload.len() > JFIF => Some(Private::Thumbnail),
        // Further pictures (CIPA DC-007).
        0xE2 if payload.starts_with(b"MPF\0") => Some(Private::FurtherData),
        0xFE if !payload.is_empty() => Some(Private::Comments),
        _ => None,
    }
}

/// Marker and payload of the segments before the first scan.
fn segments(bytes: &[u8]) -> Vec<(u8, &[u8])> {
    let mut found = Vec::new();
    let mut at = 2;
    while let Some([0xFF, marker]) = bytes.get(at..at + 2) {
        at += match marker {
            // Fill bytes (B.1.1.2).
            0xFF => 1,
            // Markers without a length (B.1.1.3).
            0x01 | 0xD0..=0xD7 => 2,
            // End of image, start of scan.
            0xD9 | 0xDA => break,
            _ => {
                let Some([high, low]) = bytes.get(at + 2..at + 4) else { break };
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                let Some(payload) = bytes.get(at + 4..at + 2 + length) else { break };
                found.push((*marker, payload));
                2 + length
            }
        };
    }
    found
}
