//! Colour spaces (ISO 32000-1, 8.6 and 14.11.5): the sRGB profile of the output intent.
//!
//! The profile is written here, byte for byte, because a library that makes one stamps it with
//! the time of day, and the files that are commonly copied about come with licences of their own.
//! It is a display profile of version 4.2 with a matrix and the exact curve of IEC 61966-2-1;
//! numbers are those of the standard, adapted to D50 by the Bradford method (ICC.1:2004-10,
//! annex E).

/// The sRGB colour space as an ICC profile.
pub(super) fn srgb_profile() -> Vec<u8> {
    let curve = parametric_curve();
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", localized("sRGB IEC61966-2.1")),
        (b"cprt", localized("No copyright, use freely")),
        (b"wtpt", xyz([0xF6D6, 0x1_0000, 0xD32D])),
        (b"chad", adaptation()),
        (b"rXYZ", xyz([0x6FA2, 0x38F5, 0x0390])),
        (b"gXYZ", xyz([0x6299, 0xB785, 0x18DA])),
        (b"bXYZ", xyz([0x24A0, 0x0F84, 0xB6CF])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    assemble(&tags)
}

/// Header, tag table and data; equal data is stored once (7.2 and 7.3 of ICC.1).
fn assemble(tags: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut data: Vec<u8> = Vec::new();
    let mut table = be32(tags.len());
    let start = 128 + 4 + 12 * tags.len();
    let mut placed: Vec<(&[u8], usize)> = Vec::new();
    for (tag, body) in tags {
        let known = placed.iter().find(|(other, _)| other == body).map(|(_, at)| *at);
        let at = known.unwrap_or(start + data.len());
        if known.is_none() {
            placed.push((body, at));
            data.extend(body);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        table.extend(*tag);
        table.extend(be32(at));
        table.extend(be32(body.len()));
    }
    let mut out = header(start + data.len());
    out.extend(table);
    out.extend(data);
    out
}

fn header(size: usize) -> Vec<u8> {
    let mut out = be32(size);
    out.extend([0; 4]); // preferred CMM
    out.extend([0x04, 0x20, 0, 0]); // version 4.2
    out.extend(b"mntrRGB XYZ ");
    // The date of the standard's second edition stands for "no date": the field is required.
    [2000_u16, 1, 1, 0, 0, 0].iter().for_each(|n| out.extend(n.to_be_bytes()));
    out.extend(b"acsp");
    out.resize(68, 0); // platform, flags, manufacturer, model, attributes, perceptual intent
    [0xF6D6_u32, 0x1_0000, 0xD32D].iter().for_each(|n| out.extend(n.to_be_bytes())); // D50
    out.resize(128, 0); // creator, profile ID (not computed), reserved
    out
}

fn xyz(values: [u32; 3]) -> Vec<u8> {
    let mut out = b"XYZ \0\0\0\0".to_vec();
    values.iter().for_each(|n| out.extend(n.to_be_bytes()));
    out
}

/// Bradford adaptation from D65 to D50, in 1/65536.
fn adaptation() -> Vec<u8> {
    const MATRIX: [i32; 9] = [68_674, 1502, -3290, 1939, 64_912, -1118, -605, 988, 49_262];
    let mut out = b"sf32\0\0\0\0".to_vec();
    MATRIX.iter().for_each(|n| out.extend(n.to_be_bytes()));
    out
}

/// `((x + 0.055) / 1.055) ^ 2.4` from 0.04045 on, `x / 12.92` below (10.15 of ICC.1, type 3).
fn parametric_curve() -> Vec<u8> {
    let mut out = b"para\0\0\0\0\0\x03\0\0".to_vec();
    let parameters = [0x2_6666_u32, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B];
    parameters.iter().for_each(|n| out.extend(n.to_be_bytes()));
    out
}

/// One string in English (10.13 of ICC.1).
fn localized(text: &str) -> Vec<u8> {
    let mut out = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS".to_vec();
    out.extend(be32(2 * text.len()));
    out.extend(be32(28));
    text.encode_utf16().for_each(|unit| out.extend(unit.to_be_bytes()));
    out
}

fn be32(value: usize) -> Vec<u8> {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_srgb_to_another_reader() {
        let bytes = srgb_profile();
        assert!(bytes.len() < 600, "{} bytes", bytes.len());
        let profile = moxcms::ColorProfile::new_from_slice(&bytes).expect("it can be parsed");
        let srgb = moxcms::ColorProfile::new_srgb();
        let transform = profile
            .create_transform_8bit(
                moxcms::Layout::Rgb,
                &srgb,
                moxcms::Layout::Rgb,
                moxcms::TransformOptions::default(),
            )
            .expect("both are RGB");
        let colors: Vec<u8> = (0..=254).step_by(2).flat_map(|n| [n, 255 - n, n / 2]).collect();
        let mut mapped = vec![0; colors.len()];
        transform.transform(&colors, &mut mapped).expect("lengths agree");
        let far = colors.iter().zip(&mapped).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(far <= Some(1), "off by {far:?}");
    }
}
