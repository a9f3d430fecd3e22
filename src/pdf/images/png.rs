//! PNG files whose packed rows PDF can hold as they are: `IDAT` is zlib with the predictors of
//! ISO 32000-1, 7.4.4.4.
//!
//! So a file that somebody has packed well stays packed well, and nothing has to be decoded.
//! Interlaced files, sixteen bits and transparency are left to be packed anew.

use super::samples::{Data, Samples, Space};
use crate::photo::Image;

/// The file as an image, if its rows may stay as they are.
pub(super) fn untouched(image: &Image) -> Option<Samples> {
    let mut chunks = Chunks::new(&image.bytes)?;
    let (b"IHDR", header) = chunks.next()? else { return None };
    let [w3, w2, w1, w0, h3, h2, h1, h0, bits, kind, 0, 0, 0] = *header else { return None };
    let (mut palette, mut data) = (Vec::new(), Vec::new());
    for (name, body) in chunks {
        match name {
            b"PLTE" => palette = body.to_vec(),
            b"tRNS" => return None,
            b"IDAT" => data.extend(body),
            _ => {}
        }
    }
    let space = match (kind, bits) {
        (0, 1 | 2 | 4 | 8) => Space::Gray,
        (2, 8) => Space::Rgb,
        (3, 1 | 2 | 4 | 8) if palette.len() >= 3 && palette.len() % 3 == 0 => {
            Space::Palette(palette)
        }
        _ => return None,
    };
    Some(Samples {
        width: u32::from_be_bytes([w3, w2, w1, w0]),
        height: u32::from_be_bytes([h3, h2, h1, h0]),
        space,
        bits,
        is_inverted: false,
        data: Data::Predicted(data),
        mask: None,
        icc: None,
    })
}

/// Whether a file has a palette, or less than eight bits for a sample.
pub(super) fn has_few_colors(image: &Image) -> bool {
    let header = Chunks::new(&image.bytes).and_then(|mut chunks| chunks.next());
    // Behind width and height: bits, and 3 for a palette.
    header.is_some_and(|(_, header)| {
        header.get(8).is_some_and(|bits| *bits < 8) || header.get(9) == Some(&3)
    })
}

/// Names and bodies of a file's chunks; ends at `IEND` or where the file is cut off.
struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Chunks<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        Some(Self { rest: bytes.strip_prefix(b"\x89PNG\r\n\x1A\n")? })
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = (&'a [u8; 4], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (length, after) = self.rest.split_first_chunk()?;
        let (name, after) = after.split_first_chunk()?;
        let body = after.get(..u32::from_be_bytes(*length) as usize)?;
        // Four bytes of checksum follow.
        self.rest = after.get(body.len() + 4..)?;
        (name != b"IEND").then_some((name, body))
    }
}
