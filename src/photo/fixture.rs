//! Pictures of four inks and colour profiles, made here byte by byte, because no encoder of ours makes
//! them; and pictures with such profiles.
//! The tests of this module use them, and those of the whole program.

use image::codecs::{jpeg::JpegEncoder, png::PngEncoder, tiff::TiffEncoder, webp::WebPEncoder};
use image::{DynamicImage, ImageEncoder};

/// A picture with a profile, as a file in the format of an ending, without loss but for JPEG.
pub(crate) fn with_profile(picture: &DynamicImage, ending: &str, icc: &[u8]) -> Vec<u8> {
    fn written(mut encoder: impl ImageEncoder, picture: &DynamicImage, icc: &[u8]) {
        encoder.set_icc_profile(icc.to_vec()).expect("the format has a place for it");
        let (width, height, color) = (picture.width(), picture.height(), picture.color().into());
        encoder.write_image(picture.as_bytes(), width, height, color).expect("can be written");
    }
    let mut out = std::io::Cursor::new(Vec::new());
    match ending {
        "jpg" => written(JpegEncoder::new_with_quality(&mut out, 100), picture, icc),
        "png" => written(PngEncoder::new(&mut out), picture, icc),
        "webp" => written(WebPEncoder::new_lossless(&mut out), picture, icc),
        _ => written(TiffEncoder::new(&mut out), picture, icc),
    }
    out.into_inner()
}

/// How the samples of a JPEG in four inks are to be understood.
#[derive(Clone, Copy)]
pub(crate) enum Made {
    /// 255 is as much ink as there is.
    Plainly,
    /// With Adobe's marker, which says the contrary, and how three of the inks are coded.
    ByAdobe {
        /// 0 as they are, 2 as luminance and two colour differences.
        transform: u8,
    },
}

/// A JPEG of equal pixels, `blocks` times eight wide and high (ITU-T T.81: baseline, one block for
/// each component at a time, and of each only what all its pixels share).
pub(crate) fn jpeg_of_inks(
    samples: [u8; 4],
    made: Made,
    icc: Option<&[u8]>,
    blocks: u8,
) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    if let Made::ByAdobe { transform } = made {
        bytes.extend([0xFF, 0xEE, 0, 14]);
        bytes.extend(b"Adobe\0\x64\0\0\0\0");
        bytes.push(transform);
    }
    if let Some(icc) = icc {
        let length = u16::try_from(icc.len() + 16).expect("profiles of tests are small");
        bytes.extend([0xFF, 0xE2]);
        bytes.extend(length.to_be_bytes());
        bytes.extend(b"ICC_PROFILE\0\x01\x01");
        bytes.extend(icc);
    }
    // Steps of 8 of the sum of 64 samples over 8: one step is one grey.
    bytes.extend([0xFF, 0xDB, 0, 67, 0]);
    bytes.extend([8; 64]);
    let side = (u16::from(blocks) * 8).to_be_bytes();
    bytes.extend([0xFF, 0xC0, 0, 20, 8, side[0], side[1], side[0], side[1], 4]);
    (1..=4).for_each(|component| bytes.extend([component, 0x11, 0]));
    // Nine categories of four bits each; one bit for the end of a block.
    bytes.extend([0xFF, 0xC4, 0, 28, 0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(0..9);
    bytes.extend([0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend([0xFF, 0xDA, 0, 14, 4]);
    (1..=4).for_each(|component| bytes.extend([component, 0x00]));
    bytes.extend([0, 63, 0]);
    // The others differ from the first in nothing.
    let others = usize::from(blocks) * usize::from(blocks) - 1;
    let mut bits = samples.map(block).concat() + &"00000".repeat(4 * others);
    bits.push_str(&"1".repeat(bits.len().next_multiple_of(8) - bits.len()));
    for byte in bits.as_bytes().chunks(8) {
        let byte = byte.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0'));
        bytes.push(byte);
        bytes.extend((byte == 0xFF).then_some(0));
    }
    bytes.extend([0xFF, 0xD9]);
    bytes
}

/// The first block of equal samples, in bits.
fn block(sample: u8) -> String {
    let level = i32::from(sample) - 128;
    let category = 32 - level.unsigned_abs().leading_zeros() as usize;
    let coded = if level < 0 { level - 1 + (1 << category) } else { level };
    let magnitude = match category {
        0 => String::new(),
        _ => format!("{coded:0category$b}"),
    };
    format!("{category:04b}{magnitude}0")
}

/// How a TIFF in four inks holds its samples.
#[derive(Clone, Copy)]
pub(crate) struct Stored {
    /// 8 or 16 bits each; of those of 16 both bytes are equal.
    pub(crate) bits: u16,
    /// All of one ink, then all of the next, instead of the four of each pixel.
    pub(crate) in_planes: bool,
}

/// A TIFF of equal pixels, not packed (TIFF 6.0, sections 2 and 16).
pub(crate) fn tiff_of_inks(
    samples: [u8; 4],
    stored: Stored,
    icc: Option<&[u8]>,
    side: u16,
) -> Vec<u8> {
    let area = usize::from(side) * usize::from(side);
    let wide = samples.map(|sample| vec![sample; usize::from(stored.bits / 8)]);
    let data = match stored.in_planes {
        true => wide.map(|sample| sample.repeat(area)).concat(),
        false => wide.concat().repeat(area),
    };
    let plane = u32::try_from(data.len() / 4).expect("tests are small");
    let strips = if stored.in_planes { vec![plane; 4] } else { vec![plane * 4] };
    let starts = (0u32..).zip(&strips).map(|(at, length)| 8 + at * length).collect::<Vec<_>>();
    let shorts = |values: &[u16]| (3, values.iter().flat_map(|v| v.to_le_bytes()).collect());
    let longs = |values: &[u32]| (4, values.iter().flat_map(|v| v.to_le_bytes()).collect());
    let mut fields: Vec<(u16, (u16, Vec<u8>))> = vec![
        (256, shorts(&[side])),
        (257, shorts(&[side])),
        (258, shorts(&[stored.bits; 4])),
        (259, shorts(&[1])),
        (262, shorts(&[5])),
        (273, longs(&starts)),
        (277, shorts(&[4])),
        (278, shorts(&[side])),
        (279, longs(&strips)),
        (284, shorts(&[if stored.in_planes { 2 } else { 1 }])),
    ];
    fields.extend(icc.map(|icc| (34675, (7, icc.to_vec()))));
    let directory = 8 + data.len();
    let mut at = directory + 2 + fields.len() * 12 + 4;
    let mut bytes = b"II*\0".to_vec();
    let long = |number: usize| u32::try_from(number).expect("tests are small").to_le_bytes();
    bytes.extend(long(directory));
    bytes.extend(data);
    bytes.extend(u16::try_from(fields.len()).expect("there are few").to_le_bytes());
    let mut beyond = Vec::new();
    for (tag, (kind, mut value)) in fields {
        let size = [1, 1, 1, 2, 4, 8, 1, 1][usize::from(kind)];
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(long(value.len() / size));
        if value.len() <= 4 {
            value.resize(4, 0);
            bytes.extend(value);
        } else {
            bytes.extend(long(at));
            at += value.len();
            beyond.extend(value);
        }
    }
    bytes.extend([0; 4]);
    bytes.extend(beyond);
    bytes
}

/// What is seen, as CIE L*a*b* under D50, of paper with each mixture of full inks, by the bits
/// cyan, magenta, yellow, black: roughly those of a press.
pub(crate) const MIXTURES: [[i16; 3]; 16] = [
    [100, 0, 0],
    [16, 0, 0],
    [89, -5, 93],
    [14, 0, 8],
    [48, 74, -3],
    [12, 8, 0],
    [47, 68, 48],
    [10, 8, 5],
    [55, -37, -50],
    [12, -6, -8],
    [50, -65, 27],
    [11, -8, 3],
    [24, 22, -46],
    [8, 2, -6],
    [23, 0, 0],
    [5, 0, 0],
];

/// A profile of four inks under which the mixtures look as in [`MIXTURES`] (ICC.1:2001-04, 6.5.8).
pub(crate) fn profile_of_inks() -> Vec<u8> {
    let mut table = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
    let one = 0x1_0000u32;
    [one, 0, 0, 0, one, 0, 0, 0, one].iter().for_each(|cell| table.extend(cell.to_be_bytes()));
    (0..4).for_each(|_| table.extend(0..=255));
    for [lightness, a, b] in MIXTURES {
        let byte = |value: i16| u8::try_from(value).expect("it is in bounds");
        table.extend([byte((lightness * 255 + 50) / 100), byte(a + 128), byte(b + 128)]);
    }
    (0..3).for_each(|_| table.extend(0..=255));
    profile(b"prtr", b"CMYK", b"Lab ", (b"A2B0", table))
}

/// A profile of greys whose light is that of the table, of 65535, from black to white.
pub(crate) fn profile_of_greys(light: &[u16]) -> Vec<u8> {
    let mut curve = b"curv\0\0\0\0".to_vec();
    curve.extend(u32::try_from(light.len()).expect("tests are small").to_be_bytes());
    light.iter().for_each(|value| curve.extend(value.to_be_bytes()));
    profile(b"mntr", b"GRAY", b"XYZ ", (b"kTRC", curve))
}

/// A profile of one table and the white of paper under D50 (ICC.1:2001-04, 6.1).
fn profile(class: &[u8], space: &[u8], seen: &[u8], (name, table): (&[u8], Vec<u8>)) -> Vec<u8> {
    let white = [0xF6D6u32, 0x1_0000, 0xD32D].map(u32::to_be_bytes).concat();
    let long = |number: usize| u32::try_from(number).expect("tests are small").to_be_bytes();
    let (start, padded) = (128 + 4 + 2 * 12, table.len().next_multiple_of(4));
    let mut bytes = vec![0; 128];
    bytes[..4].copy_from_slice(&long(start + padded + 20));
    bytes[8] = 2;
    bytes[9] = 0x40;
    bytes[12..16].copy_from_slice(class);
    bytes[16..20].copy_from_slice(space);
    bytes[20..24].copy_from_slice(seen);
    bytes[36..40].copy_from_slice(b"acsp");
    bytes[68..80].copy_from_slice(&white);
    bytes.extend(long(2));
    for (name, at, length) in [(name, start, table.len()), (b"wtpt", start + padded, 20)] {
        bytes.extend(name);
        bytes.extend([long(at), long(length)].concat());
    }
    bytes.extend(table);
    bytes.resize(start + padded, 0);
    bytes.extend(b"XYZ \0\0\0\0");
    bytes.extend(white);
    bytes
}
