//! The blocks of a WebP: the chunks `EXIF` and `XMP ` of its RIFF container (RFC 9649 §2.7).

use super::packets::{LARGEST, Packets, without_prefix};
use std::borrow::Cow;

pub(super) fn packets(bytes: &[u8]) -> Packets<'_> {
    let mut packets = Packets::default();
    let mut at = 12_usize;
    while let Some((kind, size)) = bytes.get(at..at + 8).map(|head| head.split_at(4)) {
        let size = size.try_into().map_or(0, u32::from_le_bytes);
        let Ok(size) = usize::try_from(size) else { break };
        let Some(end) = (at + 8).checked_add(size) else { break };
        let Some(payload) = bytes.get(at + 8..end) else { break };
        match kind {
            b"EXIF" => {
                packets.exif.get_or_insert(Cow::Borrowed(without_prefix(payload)));
            }
            b"XMP " if size <= LARGEST => packets.xmp.push(Cow::Borrowed(payload)),
            _ => {}
        }
        // Chunks begin at even places.
        at = end + (size & 1);
    }
    packets
}
