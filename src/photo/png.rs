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
