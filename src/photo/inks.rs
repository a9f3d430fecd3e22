//! JPEGs in four inks, made here of one colour each: what is seen of them.

use super::colour::inks_to_srgb;
use super::decode::decode;

/// How the samples of a JPEG in four inks are to be understood.
#[derive(Clone, Copy)]
enum Made {
    /// 255 is as much ink as there is.
    Plainly,
    /// With Adobe's marker, which says the contrary, and how three of the inks are coded.
    ByAdobe { transform: u8 },
}

/// A picture of 8 by 8 equal pixels (ITU-T T.81: baseline, one block for each component, and of each
/// only what all its pixels share).
fn jpeg(samples: [u8; 4], made: Made) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    if let Made::ByAdobe { transform } = made {
        bytes.extend([0xFF, 0xEE, 0, 14]);
        bytes.extend(b"Adobe\0\x64\0\0\0\0");
        bytes.push(transform);
    }
    // Steps of 8 of the sum of 64 samples over 8: one step is one grey.
    bytes.extend([0xFF, 0xDB, 0, 67, 0]);
    bytes.extend([8; 64]);
    bytes.extend([0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4]);
    (1..=4).for_each(|component| bytes.extend([component, 0x11, 0]));
    // Nine categories of four bits each; one bit for the end of a block.
    bytes.extend([0xFF, 0xC4, 0, 28, 0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(0..9);
    bytes.extend([0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend([0xFF, 0xDA, 0, 14, 4]);
    (1..=4).for_each(|component| bytes.extend([component, 0x00]));
    bytes.extend([0, 63, 0]);
    let bits: String = samples.map(block).concat();
    let bits = format!("{bits:1<width$}", width = bits.len().next_multiple_of(8));
    for byte in bits.as_bytes().chunks(8) {
        let byte = byte.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0'));
        bytes.push(byte);
        bytes.extend((byte == 0xFF).then_some(0));
    }
    bytes.extend([0xFF, 0xD9]);
    bytes
}

/// A block of equal samples, in bits.
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

/// The colour that is seen.
fn seen(samples: [u8; 4], made: Made) -> [u8; 3] {
    let Ok(decoded) = decode(&jpeg(samples, made)) else { panic!("it is whole") };
    assert_eq!(decoded.channels, 4);
    decoded.pixels.to_rgb8().get_pixel(4, 4).0
}

#[test]
fn inks_are_as_full_as_their_file_means() {
    assert_eq!(seen([255, 0, 0, 0], Made::Plainly), [0, 255, 255]);
    assert_eq!(seen([0, 255, 0, 127], Made::Plainly), [128, 0, 128]);
    let adobe = Made::ByAdobe { transform: 0 };
    assert_eq!(seen([0, 255, 255, 255], adobe), [0, 255, 255]);
    assert_eq!(seen([255, 255, 255, 0], adobe), [0, 0, 0]);
    let luminance = Made::ByAdobe { transform: 2 };
    assert_eq!(seen([0, 128, 128, 255], luminance), [255, 255, 255]);
    assert_eq!(seen([255, 128, 128, 255], luminance), [0, 0, 0]);
    assert_eq!(seen([0, 128, 128, 55], luminance), [55, 55, 55]);
}

#[test]
fn a_profile_that_is_none_leaves_the_inks_ideal() {
    assert_eq!(inks_to_srgb(&[0, 0, 255, 0], Some(b"no profile")), [255, 255, 0]);
}
