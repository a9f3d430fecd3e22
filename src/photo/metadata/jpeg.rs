//! The blocks of a JPEG: application segments before the first scan (ITU-T T.81 Annex B).
//!
//! XMP that is continued in further segments ("extended XMP") is left there: writers put what is
//! large into it, not the rights.

use super::packets::{LARGEST, Packets, without_prefix};
use std::borrow::Cow;

/// Before XMP in `APP1` (XMP specification, part 3, §1.1.3).
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
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
            0xE1 => packets.xmp.extend(payload.strip_prefix(XMP).map(Cow::Borrowed)),
            0xED => {
                let Some(part) = payload.strip_prefix(PHOTOSHOP) else { continue };
                if resources.is_empty() {
                    resources = Cow::Borrowed(part);
                } else if resources.len() + part.len() <= LARGEST {
                    resources.to_mut().extend_from_slice(part);
                }
            }
            _ => {}
        }
    }
    if !resources.is_empty() {
        packets.iptc.push(resources);
    }
    packets
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
