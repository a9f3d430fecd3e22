//! JPEG files, passed through byte for byte (ISO 32000-1, 7.4.8).
//!
//! Only the frame header is read: how large, how many channels, whether Adobe's marker is there.
//! Files that PDF or PDF/A cannot hold as they are (twelve bits, arithmetic coding, CMYK without
//! a profile) are left to be decoded.

use super::samples::{Data, Samples, Space};
use crate::photo::Image;

/// The file as an image, if it may stay as it is.
pub(super) fn untouched(image: &Image) -> Option<Samples> {
    let frame = Frame::read(&image.bytes)?;
    let space = match frame.channels {
        1 => Space::Gray,
        3 => Space::Rgb,
        // Four channels mean nothing under an RGB output intent, unless a profile says it.
        4 if image
            .icc
            .as_deref()
            .is_some_and(|icc| super::samples::is_usable(icc, &Space::Cmyk)) =>
        {
            Space::Cmyk
        }
        _ => return None,
    };
    Some(Samples {
        width: u32::from(frame.width),
        height: u32::from(frame.height),
        is_inverted: space == Space::Cmyk && frame.is_adobe,
        space,
        bits: 8,
        data: Data::Jpeg(image.bytes.clone()),
        mask: None,
        icc: None,
    })
}

#[derive(Debug, PartialEq, Eq)]
struct Frame {
    width: u16,
    height: u16,
    channels: u8,
    is_adobe: bool,
}

impl Frame {
    /// Goes through the markers up to the frame header (ITU-T T.81, B.2).
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
        let mut is_adobe = false;
        loop {
            let (marker, after) = match *rest {
                [0xFF, 0xFF, ..] => {
                    rest = &rest[1..];
                    continue;
                }
                [0xFF, marker, ref after @ ..] => (marker, after),
                _ => return None,
            };
            if matches!(marker, 0x01 | 0xD0..=0xD7) {
                rest = after;
                continue;
            }
            let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
            let body = after.get(2..length)?;
            match marker {
                // Baseline, extended, progressive; with Huffman coding and eight bits.
                0xC0..=0xC2 => {
                    let [8, h1, h0, w1, w0, channels, ..] = *body else { return None };
                    let (width, height) =
                        (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
                    // A height of 0 is told after the scan; readers of PDF do not look there.
                    return (width > 0 && height > 0).then_some(Self {
                        width,
                        height,
                        channels,
                        is_adobe,
                    });
                }
                // Other frames, the end, or a scan without a frame.
                0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xD9 | 0xDA => return None,
                0xEE => is_adobe |= body.starts_with(b"Adobe"),
                _ => {}
            }
            rest = after.get(length..)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_found_behind_other_markers() {
        let bytes = b"\xFF\xD8\xFF\xEE\0\x08Adobe\0\xFF\xFF\xC2\0\x0B\x08\0\x02\0\x03\x04\0\0\0";
        let frame = Frame { width: 3, height: 2, channels: 4, is_adobe: true };
        assert_eq!(Frame::read(bytes), Some(frame));
    }

    #[test]
    fn rubbish_is_no_frame() {
        for bytes in [&b"\xFF\xD8\xFF"[..], b"\xFF\xD8\xFF\xC0\0\x01", b"\xFF\xD8\xFF\xE0\xFF\xFF"]
        {
            assert_eq!(Frame::read(bytes), None);
        }
    }
}
