//! The chunks of a PNG file (W3C PNG, third edition, §5): is it whole, and what of it is metadata.

/// What every PNG file begins with.
pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Chunks that are needed to show the still picture as it is meant.
const NEEDED: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"bKGD", b"pHYs",
];

/// Whether the file has its last chunk.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    chunks(bytes).is_some()
}

/// Whether its palette, if it has one, is whole colours, and no more than 256 of them (11.2.2).
pub(super) fn has_sound_palette(bytes: &[u8]) -> bool {
    let palettes = chunks(bytes).into_iter().flatten().filter(|(kind, _)| *kind == b"PLTE");
    let mut lengths = palettes.map(|(_, chunk)| chunk.len() - 12);
    lengths.all(|length| length.is_multiple_of(3) && length <= 3 * 256)
}

/// What stands behind the end of the picture: nothing, as a rule.
pub(super) fn rest(bytes: &[u8]) -> &[u8] {
    let length = |found: Vec<(&[u8], &[u8])>| found.iter().map(|(_, chunk)| chunk.len()).sum();
    let end =
        chunks(bytes).map(length).and_then(|length: usize| bytes.get(SIGNATURE.len() + length..));
    end.unwrap_or_default()
}

/// The same picture without text, times, EXIF, further frames, and without anything after its
/// end. `None` when the file is not whole.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = SIGNATURE.to_vec();
    for (kind, chunk) in chunks(bytes)? {
        if NEEDED.iter().any(|needed| *needed == kind) {
            out.extend_from_slice(chunk);
        }
    }
    Some(out)
}

/// The same picture with an XMP packet behind its header (XMP, part 3, 1.1.5); `None` when the
/// file is not whole or the packet too long.
pub(super) fn with_packet(bytes: &[u8], packet: &str) -> Option<Vec<u8>> {
    // Not compressed, in no language, under its own name.
    let body = [b"iTXtXML:com.adobe.xmp\0\0\0\0\0", packet.as_bytes()].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&body);
    let mut out = SIGNATURE.to_vec();
    for (kind, chunk) in chunks(bytes)? {
        out.extend_from_slice(chunk);
        if kind == b"IHDR" {
            out.extend(u32::try_from(body.len() - 4).ok()?.to_be_bytes());
            out.extend(&body);
            out.extend(sum.sum().to_be_bytes());
        }
    }
    Some(out)
}

/// Kind and bytes of every chunk up to `IEND`; `None` when that is not reached.
fn chunks(bytes: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
    let mut rest = bytes.strip_prefix(&SIGNATURE)?;
    let mut found = Vec::new();
    loop {
        let (length, kind) = (rest.get(..4)?, rest.get(4..8)?);
        let length = u32::from_be_bytes(length.try_into().ok()?);
        // Length, kind and check sum are twelve bytes.
        let end = usize::try_from(length).ok()?.checked_add(12)?;
        found.push((kind, rest.get(..end)?));
        if kind == b"IEND" {
            return Some(found);
        }
        rest = &rest[end..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_palette(length: usize) -> Vec<u8> {
        let chunk = |kind: &[u8; 4], body: &[u8]| {
            let length = u32::try_from(body.len()).expect("it is short").to_be_bytes();
            [&length[..], kind, body, &[0; 4]].concat()
        };
        [&SIGNATURE[..], &chunk(b"PLTE", &vec![0; length]), &chunk(b"IEND", b"")].concat()
    }

    #[test]
    fn a_palette_has_whole_colours_and_no_more_than_a_byte_tells_apart() {
        assert!([0, 3, 768].iter().all(|length| has_sound_palette(&with_palette(*length))));
        assert!(![1, 304, 771].iter().any(|length| has_sound_palette(&with_palette(*length))));
        assert!(has_sound_palette(&SIGNATURE));
    }
}
