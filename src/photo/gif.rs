//! The blocks of a GIF file (GIF89a, chapters 17 to 27): is it whole, how many frames has it, and what
//! do others say in it.

/// Label and data, with the lengths of the data's pieces.
pub(super) type Extension<'a> = (u8, &'a [u8]);

/// How many frames a file has; `None` when it ends before its trailer.
pub(super) fn frames(bytes: &[u8]) -> Option<usize> {
    blocks(bytes).map(|(frames, _)| frames)
}

/// The extensions; none of a file that ends before its trailer.
pub(super) fn extensions(bytes: &[u8]) -> Vec<Extension<'_>> {
    blocks(bytes).map(|(_, extensions)| extensions).unwrap_or_default()
}

/// The number of frames, and the extensions.
fn blocks(bytes: &[u8]) -> Option<(usize, Vec<Extension<'_>>)> {
    /// Signature and screen descriptor.
    const HEADER: usize = 13;
    let mut at = HEADER + table_bytes(*bytes.get(10)?);
    let (mut frames, mut extensions) = (0, Vec::new());
    loop {
        match *bytes.get(at)? {
            // Extension: its label, then its data.
            0x21 => {
                let end = end_of_data(bytes, at + 2)?;
                extensions.push((*bytes.get(at + 1)?, bytes.get(at + 2..end)?));
                at = end;
            }
            // Image: nine bytes of descriptor, perhaps a table, the size of codes, data.
            0x2C => {
                frames += 1;
                at = end_of_data(bytes, at + 11 + table_bytes(*bytes.get(at + 9)?))?;
            }
            // Trailer.
            0x3B => return Some((frames, extensions)),
            _ => return None,
        }
    }
}

/// Bytes of the colour table that these flags announce.
fn table_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where data end that come in pieces, each behind its length; the last one is empty.
fn end_of_data(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += length + 1;
        if length == 0 {
            return Some(at);
        }
    }
}
