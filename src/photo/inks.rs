//! Pictures in four inks, of one colour each: what is seen of them.

use super::colour::inks_to_srgb;
use super::decode::{Problem, decode};
use super::fixture::{MIXTURES, Made, Stored, jpeg_of_inks, profile_of_inks, tiff_of_inks};
use super::profiles::{is_near, srgb_of_lab};

/// The colour that is seen.
fn seen(bytes: &[u8]) -> [u8; 3] {
    let Ok(decoded) = decode(bytes, u64::MAX) else { panic!("it is whole") };
    assert_eq!(decoded.channels, 4);
    let pixels = decoded.pixels.to_rgb8();
    let middle = *pixels.get_pixel(4, 4);
    assert!(pixels.pixels().all(|pixel| *pixel == middle));
    middle.0
}

#[test]
fn inks_are_as_full_as_their_file_means() {
    let seen = |samples, made| seen(&jpeg_of_inks(samples, made, None, 2));
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
fn a_tiff_without_a_profile_has_ideal_inks_however_they_are_stored() {
    for (bits, in_planes) in [(8, false), (16, false), (8, true), (16, true)] {
        let tiff = |samples| tiff_of_inks(samples, Stored { bits, in_planes }, None, 9);
        assert_eq!(seen(&tiff([255, 0, 0, 0])), [0, 255, 255], "{bits} {in_planes}");
        assert_eq!(seen(&tiff([0, 51, 102, 0])), [255, 204, 153], "{bits} {in_planes}");
        assert_eq!(seen(&tiff([0, 255, 0, 127])), [128, 0, 128], "{bits} {in_planes}");
    }
}

#[test]
fn colours_that_are_not_known_are_no_damage() {
    let mut lab = tiff_of_inks([9; 4], Stored { bits: 8, in_planes: false }, None, 9);
    // The field 262 with one short, which says inks: CIE L*a*b* instead (TIFF 6.0, section 23).
    let field = [6, 1, 3, 0, 1, 0, 0, 0, 5];
    let at = lab.windows(field.len()).position(|bytes| bytes == field).expect("it is there");
    lab[at + 8] = 8;
    assert!(matches!(decode(&lab, u64::MAX), Err(Problem::Unsupported(Some(_)))));
}

#[test]
fn inks_look_as_their_profile_says() {
    let icc = profile_of_inks();
    for (mixture, lab) in (0u8..).zip(MIXTURES) {
        let full = |bit: u8| if mixture & bit == 0 { 0 } else { 255 };
        let inks = [full(8), full(4), full(2), full(1)];
        let expected = srgb_of_lab(lab.map(f64::from));
        let left = inks.map(|ink| 255 - ink);
        let files = [
            jpeg_of_inks(inks, Made::Plainly, Some(&icc), 2),
            jpeg_of_inks(left, Made::ByAdobe { transform: 0 }, Some(&icc), 2),
            tiff_of_inks(inks, Stored { bits: 8, in_planes: false }, Some(&icc), 9),
            tiff_of_inks(inks, Stored { bits: 16, in_planes: true }, Some(&icc), 9),
        ];
        for (number, file) in files.iter().enumerate() {
            let seen = seen(file);
            // Eight bits of L*a*b* are read a little differently here and there; of the darkest
            // channel of a full colour that makes some steps.
            assert!(is_near(seen, expected, 8), "{inks:?} {number}: {seen:?}, {expected:?}");
        }
    }
}

#[test]
fn a_profile_that_is_none_leaves_the_inks_ideal() {
    assert_eq!(inks_to_srgb(&[0, 0, 255, 0], Some(b"no profile")), [255, 255, 0]);
}
