//! Small pictures in every format that is read, for inputs to begin as. They are encoded here, so
//! that no file of unknown origin is needed; EXIF, XMP and profiles are spliced in as they stand in
//! real files.

use std::io::Cursor;
use std::path::Path;

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

/// What is read.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Jpeg,
    Png,
    WebP,
    Gif,
    Tiff,
    Svg,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: &[Self] =
        &[Self::Jpeg, Self::Png, Self::WebP, Self::Gif, Self::Tiff, Self::Svg];

    /// As targets and files are called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Tiff => "tiff",
            Self::Svg => "svg",
        }
    }
}

/// Pictures in one format: made here, and those in `seeds`, which nothing here can write.
pub(crate) fn of(kind: Kind) -> Vec<Vec<u8>> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(24, 16, |x, y| {
        image::Rgb([(x * 10) as u8, (y * 15) as u8, (x * y) as u8])
    }));
    let grey = DynamicImage::from(picture.to_luma8());
    let mut all = match kind {
        Kind::Jpeg => {
            let plain = encoded(&picture, ImageFormat::Jpeg);
            vec![with_segments(&plain), encoded(&grey, ImageFormat::Jpeg), plain]
        }
        Kind::Png => {
            let deep = DynamicImage::from(picture.to_rgba16());
            let plain = encoded(&picture, ImageFormat::Png);
            let deep = encoded(&deep, ImageFormat::Png);
            vec![with_chunks(&plain), plain, deep, encoded(&grey, ImageFormat::Png)]
        }
        Kind::WebP => {
            let plain = encoded(&picture, ImageFormat::WebP);
            vec![extended(&plain), plain]
        }
        Kind::Gif => vec![encoded(&picture, ImageFormat::Gif)],
        Kind::Tiff => vec![encoded(&picture, ImageFormat::Tiff), directory()],
        Kind::Svg => DRAWINGS.iter().map(|svg| svg.as_bytes().to_vec()).collect(),
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds");
    let mut kept: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == kind.name()))
        .collect();
    kept.sort();
    all.extend(kept.iter().filter_map(|path| std::fs::read(path).ok()));
    all
}

const DRAWINGS: &[&str] = &[
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><defs><linearGradient \
     id=\"g\"><stop offset=\"0\" stop-color=\"red\"/><stop offset=\"1\"/></linearGradient><clipPath \
     id=\"c\"><circle cx=\"4\" cy=\"4\" r=\"3\"/></clipPath></defs><g clip-path=\"url(#c)\" \
     opacity=\".5\"><path d=\"M0 0L9 9H3Z\" fill=\"url(#g)\" stroke=\"#00f\"/><text x=\"1\" \
     y=\"5\">T</text></g><use href=\"#c\"/></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40mm\" height=\"30\"><style>.a{fill:red}\
     </style><pattern id=\"p\" width=\"3\" height=\"3\"><rect class=\"a\" width=\"2\" height=\"2\"/>\
     </pattern><mask id=\"m\"><rect width=\"9\" height=\"9\" fill=\"#fff\"/></mask><filter id=\"f\">\
     <feGaussianBlur stdDeviation=\"2\"/><feOffset dx=\"1\"/></filter><g mask=\"url(#m)\" \
     filter=\"url(#f)\"><path d=\"M1 1C2 2 3 3 4 4S5 5 6 6Q7 7 8 8T9 9A1 2 30 0 1 3 4z\" \
     fill=\"url(#p)\" stroke=\"#0f0\" stroke-dasharray=\"1 2\" transform=\"rotate(10) \
     skewX(3)\"/></g><switch><foreignObject/><g/></switch><image width=\"4\" height=\"4\" \
     href=\"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==\"/></svg>",
];

/// A PNG with blocks of metadata behind its header: XMP, EXIF, a text, a packed text.
fn with_chunks(png: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let length = (data.len() as u32).to_be_bytes();
        // The sums are mended with those of the rest.
        [&length, kind.as_slice(), data, &[0; 4]].concat()
    };
    let xmp = [b"XML:com.adobe.xmp\0\0\0\0\0", XMP.as_bytes()].concat();
    let iptc = b"Raw profile type iptc\0\niptc\n      13\n1c025000084120205574686f72\n";
    [
        &png[..33],
        &chunk(b"iTXt", &xmp),
        &chunk(b"eXIf", &EXIF[10..]),
        &chunk(b"tEXt", iptc),
        &chunk(b"tEXt", b"Author\0A. Uthor"),
        &chunk(b"zTXt", b"Title\0\0\x78\x9C\x4B\x04\0\0\x62\0\x62"),
        &png[33..],
    ]
    .concat()
}

/// A WebP whose container has EXIF and XMP (RFC 9649 §2.7).
fn extended(webp: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let length = (data.len() as u32).to_le_bytes();
        [kind.as_slice(), &length, data, &[0][..data.len() % 2]].concat()
    };
    // Flags: EXIF and XMP; three reserved bytes; the sides less one.
    let head = chunk(b"VP8X", &[0x0C, 0, 0, 0, 23, 0, 0, 15, 0, 0]);
    let (exif, xmp) = (chunk(b"EXIF", &EXIF[10..]), chunk(b"XMP ", XMP.as_bytes()));
    let body = [b"WEBP".as_slice(), &head, &webp[12..], &exif, &xmp].concat();
    [b"RIFF".as_slice(), &(body.len() as u32).to_le_bytes(), &body].concat()
}

/// A TIFF's directory of metadata, without a picture: an artist, XMP, IPTC-IIM and a place.
fn directory() -> Vec<u8> {
    let iptc = b"\x1C\x02\x50\0\x08A. Uthor\x1C\x02\x74\0\x04\xA9 A.";
    let values: [(u16, u16, &[u8]); 4] = [
        (0x013B, 2, b"A. Uthor\0"),
        (700, 1, XMP.as_bytes()),
        (33723, 7, iptc),
        (0x8825, 1, b"\x01\0\0\0\x02\0\0\0"),
    ];
    let (mut bytes, mut data) = (b"MM\0*\0\0\0\x08\0\x04".to_vec(), Vec::new());
    for (tag, kind, value) in values {
        let at = 8 + 2 + 4 * 12 + 4 + data.len() as u32;
        bytes.extend([tag.to_be_bytes(), kind.to_be_bytes()].concat());
        bytes.extend([(value.len() as u32).to_be_bytes(), at.to_be_bytes()].concat());
        data.extend(value);
    }
    [&bytes, [0; 4].as_slice(), &data].concat()
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
