//! Small pictures in every format that is read, for inputs to begin as. They are encoded here, so
//! that no file of unknown origin is needed; EXIF, XMP and profiles are spliced in as they stand in
//! real files.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

/// An APP1 segment of EXIF: little endian, one directory with orientation 6 and an artist.
const EXIF: &[u8] = b"\xFF\xE1\x00\x3AExif\0\0II*\0\x08\0\0\0\x02\0\
    \x12\x01\x03\0\x01\0\0\0\x06\0\0\0\
    \x3B\x01\x02\0\x09\0\0\0\x26\0\0\0\0\0\0\0A. Uthor\0\0\0\0";

/// A packet of XMP with a creator and a usage statement.
const XMP: &str = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
    xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
    xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\" \
    xmpRights:WebStatement=\"https://example.org\"><dc:creator><rdf:Seq><rdf:li>A. \
    Uthor</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>";

/// A block of Photoshop resources with IPTC-IIM: a by-line and a copyright notice.
const IPTC: &[u8] = b"Photoshop 3.0\0" as &[u8];

/// All of them.
pub(crate) fn all() -> Vec<Vec<u8>> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(24, 16, |x, y| {
        image::Rgb([(x * 10) as u8, (y * 15) as u8, (x * y) as u8])
    }));
    let formats = [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
        ImageFormat::Tiff,
    ];
    let mut all: Vec<Vec<u8>> = formats.into_iter().map(|f| encoded(&picture, f)).collect();
    all.push(encoded(&picture.to_luma8().into(), ImageFormat::Jpeg));
    all.push(encoded(&picture.to_rgba16().into(), ImageFormat::Png));
    all.push(with_segments(&encoded(&picture, ImageFormat::Jpeg)));
    all.push(
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><defs><linearGradient \
          id=\"g\"><stop offset=\"0\" stop-color=\"red\"/><stop offset=\"1\"/></linearGradient><clipPath \
          id=\"c\"><circle cx=\"4\" cy=\"4\" r=\"3\"/></clipPath></defs><g clip-path=\"url(#c)\" \
          opacity=\".5\"><path d=\"M0 0L9 9H3Z\" fill=\"url(#g)\" stroke=\"#00f\"/><text x=\"1\" \
          y=\"5\">T</text></g><use href=\"#c\"/></svg>"
            .to_vec(),
    );
    all
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("memory takes all there is");
    bytes.into_inner()
}

/// A JPEG file with what cameras and picture desks put in front of its data.
fn with_segments(jpeg: &[u8]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend(EXIF);
    bytes.extend(segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", XMP.as_bytes()].concat()));
    let by_line = b"\x1C\x02\x50\0\x08A. Uthor\x1C\x02\x74\0\x04\xA9 A.";
    let length = (by_line.len() as u32).to_be_bytes();
    let resource = [IPTC, b"8BIM\x04\x04\0\0", &length, by_line, b"\0"].concat();
    bytes.extend(segment(0xED, &resource));
    bytes.extend(&jpeg[2..]);
    bytes
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("it is short").to_be_bytes();
    [&[0xFF, marker], length.as_slice(), content].concat()
}
