//! The segments of a JPEG file (ITU-T T.81 Annex B): is it whole, and what of it is metadata.
//!
//! Pixels are not decoded here, so taking metadata out changes no pixel.

/// A marker with everything up to the next one; after a start of scan that includes the scan.
struct Segment<'a> {
    marker: u8,
    bytes: &'a [u8],
    /// Where the next one begins.
    end: usize,
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

/// What stands behind the end of the picture: nothing, as a rule.
pub(super) fn rest(bytes: &[u8]) -> &[u8] {
    let end = segments(bytes).and_then(|segments| Some(segments.last()?.end));
    end.and_then(|end| bytes.get(end..)).unwrap_or_default()
}

/// Whether Adobe's marker says how colours are stored (Adobe Technical Note 5116, §18).
pub(super) fn is_adobe(bytes: &[u8]) -> bool {
    let mut segments = segments(bytes).into_iter().flatten();
    segments.any(|segment| segment.marker == 0xEE && segment.payload().starts_with(b"Adobe"))
}

/// Inks from four samples for each pixel as they are stored, 255 for as much as there is: Adobe's
/// programs store what is left of the paper's light, and the first three perhaps as luminance and
/// two colour differences.
pub(super) fn inks(mut samples: Vec<u8>, has_luminance: bool, is_adobe: bool) -> Vec<u8> {
    for pixel in samples.chunks_exact_mut(4) {
        if has_luminance {
            let [red, green, blue] = rgb(pixel[0], pixel[1], pixel[2]);
            // The same inks as those of the complement.
            (pixel[0], pixel[1], pixel[2]) = (255 - red, 255 - green, 255 - blue);
        }
        if is_adobe {
            pixel.iter_mut().for_each(|sample| *sample = 255 - *sample);
        }
    }
    samples
}

/// Red, green and blue of a luminance and two colour differences (JFIF 1.02, page 3).
fn rgb(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    // The conversion keeps to the bounds of a sample.
    [y + 1.402 * cr, y - 0.344_14 * cb - 0.714_14 * cr, y + 1.772 * cb].map(|v| v.round() as u8)
}

/// The same picture without anything that is not needed to show it: only JFIF, ICC and Adobe's
/// colour transform remain of the application segments, no comment, and nothing after the end.
/// `None` when the file is not whole.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    for segment in segments(bytes)? {
        if is_needed(&segment) {
            put(&mut out, &segment);
        }
    }
    Some(out)
}

/// The same picture without its metadata, and with these: an XMP packet, and data sets of
/// IPTC-IIM. `None` when the file is not whole.
pub(super) fn with_metadata(bytes: &[u8], packet: Option<&str>, iim: &[u8]) -> Option<Vec<u8>> {
    let mut metadata = Vec::new();
    if let Some(packet) = packet {
        let body = [XMP, packet.as_bytes()].concat();
        metadata.extend(application(0xE1, &body)?);
    }
    if !iim.is_empty() {
        // A resource without a name (Adobe Photoshop File Formats, image resources), its data
        // padded to an even length.
        let mut body = [PHOTOSHOP, b"8BIM\x04\x04\0\0"].concat();
        body.extend(u32::try_from(iim.len()).ok()?.to_be_bytes());
        body.extend(iim);
        body.extend(vec![0; iim.len() % 2]);
        metadata.extend(application(0xED, &body)?);
    }
    let mut out = Vec::with_capacity(bytes.len() + metadata.len());
    let mut is_due = true;
    for segment in segments(bytes)? {
        // JFIF demands to be first; Exif, which does too, is gone.
        let is_first = segment.marker == SOI || segment.marker == 0xE0;
        if is_due && !is_first {
            out.append(&mut metadata);
            is_due = false;
        }
        if is_needed(&segment) {
            put(&mut out, &segment);
        }
    }
    Some(out)
}

/// What an XMP packet's segment begins with.
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// What a segment of Photoshop's image resources begins with.
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

/// An application segment; `None` when it would be too long.
fn application(marker: u8, body: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(body.len() + 2).ok()?.to_be_bytes();
    Some([&[0xFF, marker], &length[..], body].concat())
}

/// Writes a segment as it is; JFIF's may hold a thumbnail, which goes.
fn put(out: &mut Vec<u8>, segment: &Segment<'_>) {
    /// Marker, length, identifier, version, units, densities.
    const WITHOUT_THUMBNAIL: usize = 16;
    if segment.marker == 0xE0 && segment.bytes.len() > WITHOUT_THUMBNAIL + 2 {
        out.extend([0xFF, 0xE0, 0, 16]);
        out.extend(&segment.bytes[4..WITHOUT_THUMBNAIL]);
        out.extend([0, 0]);
    } else {
        out.extend_from_slice(segment.bytes);
    }
}

impl Segment<'_> {
    /// What stands behind marker and length.
    fn payload(&self) -> &[u8] {
        self.bytes.get(4..).unwrap_or_default()
    }
}

fn is_needed(segment: &Segment<'_>) -> bool {
    let payload = segment.payload();
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
    let mut found = vec![Segment { marker: SOI, bytes: &bytes[..2], end: 2 }];
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
        found.push(Segment { marker, bytes: bytes.get(at..end)?, end });
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
        at += memchr::memchr(0xFF, bytes.get(at..)?)?;
        match bytes.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            _ => return Some(at),
        }
    }
}
