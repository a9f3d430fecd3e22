//! The segments of a JPEG file (ITU-T T.81 Annex B): is it whole, and what of it is metadata.
//!
//! Pixels are not decoded here, so taking metadata out changes no pixel.

/// A marker with everything up to the next one; after a start of scan that includes the scan.
struct Segment<'a> {
    marker: u8,
    bytes: &'a [u8],
}

/// Start of image.
const SOI: u8 = 0xD8;
/// End of image.
const EOI: u8 = 0xD9;
/// Start of scan.
const SOS: u8 = 0xDA;
/// The application segments, `APP0` to `APP15`.
const APPLICATION: std::ops::RangeInclusive<u8> = 0xE0..=0xEF;
/// Comment.
const COM: u8 = 0xFE;

/// Whether the file has its end-of-image marker. Decoders do without it and fill the rest grey.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    segments(bytes).is_some()
}

/// The same picture without anything that is not needed to show it: only JFIF, ICC and Adobe's
/// colour transform remain of the application segments, no comment, and nothing after the end.
/// `None` when the file is not whole.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    for segment in segments(bytes)? {
        if is_needed(&segment) {
            out.extend_from_slice(segment.bytes);
        }
    }
    Some(out)
}

fn is_needed(segment: &Segment<'_>) -> bool {
    let payload = segment.bytes.get(4..).unwrap_or_default();
    match segment.marker {
        0xE0 => payload.starts_with(b"JFIF\0"),
        0xE2 => payload.starts_with(b"ICC_PROFILE\0"),
        0xEE => payload.starts_with(b"Adobe"),
        COM => false,
        marker => !APPLICATION.contains(&marker),
    }
}

/// All segments from the start to the end of the image; `None` when the end is not reached.
fn segments(bytes: &[u8]) -> Option<Vec<Segment<'_>>> {
    if !bytes.starts_with(&[0xFF, SOI]) {
        return None;
    }
    let mut found = vec![Segment { marker: SOI, bytes: &bytes[..2] }];
    let mut at = 2;
    loop {
        // Fill bytes may stand before a marker (B.1.1.2).
        while bytes.get(at..at + 2)? == [0xFF, 0xFF] {
            at += 1;
        }
        let [0xFF, marker] = *bytes.get(at..at + 2)? else { return None };
        let end = match marker {
            EOI => at + 2,
            // Markers without a length (B.1.1.3): TEM and RST.
            0x01 | 0xD0..=0xD7 => at + 2,
            _ => {
                let length = bytes.get(at + 2..at + 4)?;
                let end = at + 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
                if marker == SOS { end_of_scan(bytes, end)? } else { end }
            }
        };
        found.push(Segment { marker, bytes: bytes.get(at..end)? });
        if marker == EOI {
            return Some(found);
        }
        at = end;
    }
}

/// Where entropy-coded data end: at the first marker that is neither a stuffed zero nor a restart.
fn end_of_scan(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match bytes.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            _ => return Some(at),
        }
    }
}
