//! The blocks of a GIF: comments, and XMP in an extension of its own (XMP specification, part 3,
//! 1.1.2), which is not cut into pieces as other data are.

use super::Private;
use super::packets::{LARGEST, Packets};
use crate::photo::gif::extensions;
use std::borrow::Cow;

/// Label of a comment (GIF89a, 24).
const COMMENT: u8 = 0xFE;
/// Label of an application's extension (GIF89a, 26).
const APPLICATION: u8 = 0xFF;
/// Its name, behind the name's length.
const XMP: &[u8] = b"\x0BXMP DataXMP";
/// Bytes behind the packet, which lead those who take it for pieces to its end.
const TRAILER: usize = 258;

pub(super) fn packets(bytes: &[u8]) -> Packets<'_> {
    let mut packets = Packets::default();
    for (label, data) in extensions(bytes) {
        if label == COMMENT {
            packets.private.insert(Private::Comments);
        }
        let Some(packet) = data.strip_prefix(XMP).filter(|_| label == APPLICATION) else {
            continue;
        };
        let length = packet.len().saturating_sub(TRAILER);
        if length <= LARGEST {
            packets.xmp.push(Cow::Borrowed(&packet[..length]));
        }
    }
    packets
}
