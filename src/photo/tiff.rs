//! What the decoder of all formats does not give of a TIFF: inks as they are stored (it makes colours
//! of them without asking the profile), and a profile that is large beside its picture.

use ::tiff::decoder::{Decoder, DecodingResult, Limits};
use ::tiff::tags::{Tag, Type, ValueBuffer};
use ::tiff::{TiffError, TiffResult, TiffUnsupportedError};
use std::io::Cursor;

/// The largest profile that is read, in bytes: those of presses have one or two million.
const LARGEST_PROFILE: usize = 16 << 20;

/// The embedded profile.
pub(super) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = LARGEST_PROFILE;
    limits.ifd_value_size = LARGEST_PROFILE;
    let mut decoder = Decoder::new(Cursor::new(bytes)).ok()?.with_limits(limits);
    let mut profile = ValueBuffer::empty(Type::UNDEFINED);
    decoder.image_ifd().find_tag_buf(Tag::IccProfile, &mut profile).ok()??;
    Some(profile.as_bytes().to_vec())
}

/// Inks, four for each pixel and 255 for as much as there is; no buffer has more bytes than `most`.
pub(super) fn inks(bytes: &[u8], most: u64) -> TiffResult<Vec<u8>> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut limits = Limits::default();
    limits.decoding_buffer_size = most;
    limits.intermediate_buffer_size = most;
    let mut decoder = Decoder::new(Cursor::new(bytes))?.with_limits(limits);
    let mut samples = DecodingResult::U8(Vec::new());
    let layout = decoder.read_image_to_buffer(&mut samples)?;
    let samples = match samples {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(high_byte).collect(),
        _ => return Err(TiffError::UnsupportedError(TiffUnsupportedError::UnknownInterpretation)),
    };
    Ok(if layout.planes > 1 { interleaved(&samples, layout.planes) } else { samples })
}

/// The nearest of 256 steps.
fn high_byte(sample: u16) -> u8 {
    u8::try_from((u32::from(sample) * 255 + 32_767) / 65_535).unwrap_or(u8::MAX)
}

/// One sample of each plane for each pixel.
fn interleaved(samples: &[u8], planes: usize) -> Vec<u8> {
    let length = samples.len() / planes;
    let pixel = |at: usize| (0..planes).map(move |plane| samples[plane * length + at]);
    (0..length).flat_map(pixel).collect()
}
