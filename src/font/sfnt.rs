//! What an embedded font must say about itself and a subset no longer does: tables of the whole
//! font file (OpenType 1.9).
//!
//! `harfrust` reads what shaping needs; the few bytes here are about looks and licence. A missing
//! or short table gives the value that claims least.

/// Facts about a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// Outlines are in `glyf`, not in `CFF `.
    pub is_truetype: bool,
    /// All glyphs are equally wide.
    pub is_fixed_pitch: bool,
    /// Letters have serifs.
    pub is_serif: bool,
    /// Slant in degrees, negative to the right.
    pub italic_angle: i32,
    /// Letters are slanted or cursive.
    pub is_slanted: bool,
    /// 400 is regular, 700 bold.
    pub weight: u16,
    /// Whether the licence flags allow a subset to be embedded.
    pub may_embed: bool,
    /// Whether they allow the whole file to be embedded.
    pub may_embed_whole: bool,
}

impl Traits {
    /// Reads the face with this index of a font file.
    pub fn read(bytes: &[u8], index: u32) -> Self {
        let table = |tag| table(bytes, index, tag).unwrap_or(&[]);
        let (os2, post) = (table(b"OS/2"), table(b"post"));
        let family_class = os2.get(30).copied().unwrap_or(0);
        let panose = os2.get(32..34).unwrap_or(&[0, 0]);
        let fs_type = u16_at(os2, 8);
        Self {
            is_truetype: !table(b"glyf").is_empty(),
            is_fixed_pitch: u32_at(post, 12) != 0,
            // IBM's classes 1 to 5 and 7 are serif faces; PANOSE Latin text with serif style 2-10.
            is_serif: matches!(family_class, 1..=5 | 7) || matches!(panose, [2, 2..=10]),
            italic_angle: i32::from(u16_at(post, 4).cast_signed()),
            // `fsSelection`, bit 0: italic; bit 9: oblique.
            is_slanted: u16_at(os2, 62) & 0x0201 != 0,
            weight: match u16_at(os2, 4) {
                0 => 400,
                weight => weight,
            },
            may_embed: !is_restricted(fs_type) && fs_type & 0x0100 == 0,
            may_embed_whole: !is_restricted(fs_type),
        }
    }
}

/// `fsType`: restricted licence (and no milder right beside it), or bitmaps only.
fn is_restricted(fs_type: u16) -> bool {
    fs_type & 0xF == 2 || fs_type & 0x0200 != 0
}

fn table<'a>(bytes: &'a [u8], index: u32, tag: &[u8; 4]) -> Option<&'a [u8]> {
    let mut start = 0;
    if bytes.starts_with(b"ttcf") {
        start = u32_at(bytes, 12 + 4 * index as usize) as usize;
    }
    let count = usize::from(u16_at(bytes, start + 4));
    let records = bytes.get(start + 12..)?.chunks_exact(16).take(count);
    let record = records.into_iter().find(|r| r.starts_with(tag))?;
    let (offset, length) = (u32_at(record, 8) as usize, u32_at(record, 12) as usize);
    bytes.get(offset..offset.checked_add(length)?)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(|b| b.first_chunk()).map_or(0, |b| u16::from_be_bytes(*b))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from_be_bytes(*b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Faces;

    #[test]
    fn bundled_faces_tell_their_traits() {
        let faces = Faces::bundled();
        let traits = |name| {
            let face = faces.get(faces.find(name).expect("it is bundled"));
            Traits::read(&face.bytes, face.index)
        };
        let serif = traits("SourceSerif4-It");
        assert!(serif.is_serif && serif.italic_angle < 0 && !serif.is_fixed_pitch);
        let code = traits("SourceCodePro-Bold");
        assert!(code.is_fixed_pitch && !code.is_serif && code.weight == 700);
        assert!(faces.iter().all(|(_, f)| Traits::read(&f.bytes, f.index).may_embed));
    }

    #[test]
    fn rubbish_has_no_traits() {
        let traits = Traits::read(b"ttcf\0\0\0\0\0\0\0\x01\xFF\xFF\xFF\xFF", 7);
        assert!(!traits.is_truetype && traits.may_embed);
    }

    #[test]
    fn licence_flags_forbid_what_they_say() {
        let faces = Faces::bundled();
        let face = faces.get(faces.find("SourceCodePro-Regular").expect("it is bundled"));
        let os2 = table(&face.bytes, 0, b"OS/2").expect("it has one");
        let at = os2.as_ptr() as usize - face.bytes.as_ptr() as usize + 8;
        let may_embed = |flags: u16| {
            let mut bytes = face.bytes.to_vec();
            bytes[at..at + 2].copy_from_slice(&flags.to_be_bytes());
            Traits::read(&bytes, 0).may_embed
        };
        // Installable, preview and print, editable; restricted beside something milder.
        assert!([0, 4, 8, 6, 10].into_iter().all(may_embed));
        // Restricted, no subsetting, bitmaps only.
        assert!([2, 0x100, 0x104, 0x200, 0x208].into_iter().all(|flags| !may_embed(flags)));
    }
}
