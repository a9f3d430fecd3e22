//! Pictures that cases ask for: made when they are needed, so that no case carries bytes.

use std::io::Cursor;

/// A picture of this size, in the format its name says. `how` makes it a bad one: `cut` ends in
/// the middle of its data; `hollow` (JPEG only) is small, but its header says this size.
pub(super) fn image(name: &str, size: &str, how: &[&str]) -> Result<Vec<u8>, String> {
    let (width, height) = parse_size(size)?;
    match how {
        [] => encode(name, width, height),
        ["cut"] => {
            let mut bytes = encode(name, width, height)?;
            bytes.truncate(bytes.len() / 2);
            Ok(bytes)
        }
        ["hollow"] => hollow(name, width, height),
        _ => Err(format!("`{}`: a picture is whole, `cut` or `hollow`", how.join(" "))),
    }
}

fn parse_size(size: &str) -> Result<(u32, u32), String> {
    let wrong = || format!("`{size}` is not a size: write it as 600x400");
    let (width, height) = size.split_once('x').ok_or_else(wrong)?;
    let number = |s: &str| s.parse::<u32>().ok().filter(|n| *n > 0).ok_or_else(wrong);
    Ok((number(width)?, number(height)?))
}

/// Red grows to the right and green downwards.
fn encode(name: &str, width: u32, height: u32) -> Result<Vec<u8>, String> {
    let ramp = |n: u32, of: u32| u8::try_from(n * 255 / of).unwrap_or(u8::MAX);
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([ramp(x, width), ramp(y, height), 128])
    });
    let format = image::ImageFormat::from_path(name).map_err(|e| e.to_string())?;
    let mut out = Cursor::new(Vec::new());
    pixels.write_to(&mut out, format).map_err(|e| e.to_string())?;
    Ok(out.into_inner())
}

/// Overwrites the size in the frame header (ITU T.81, B.2.2): marker, length, precision, height,
/// width.
fn hollow(name: &str, width: u32, height: u32) -> Result<Vec<u8>, String> {
    let mut bytes = encode(name, 8, 8)?;
    let at = bytes.windows(2).position(|two| two == [0xFF, 0xC0]);
    let at = at.ok_or("only a JPEG can be hollow")? + 5;
    let side = |n: u32| u16::try_from(n).map_err(|_| "a JPEG has at most 65535 pixels a side");
    bytes[at..at + 2].copy_from_slice(&side(height)?.to_be_bytes());
    bytes[at + 2..at + 4].copy_from_slice(&side(width)?.to_be_bytes());
    Ok(bytes)
}
