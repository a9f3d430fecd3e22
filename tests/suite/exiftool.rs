//! What `exiftool` writes into pictures and reads in them; pictures to write into. It knows every tag
//! there is, so it is asked what is left, not a list of ours.

use std::path::Path;
use std::process::Command;

use image::{DynamicImage, ImageFormat};

use crate::program::{Folder, run};

/// Writes fields into files of a folder.
#[track_caller]
pub(crate) fn write(folder: &Folder, names: &[&str], fields: &[&str]) {
    let mut command = Command::new("exiftool");
    command
        .args(["-m", "-q", "-q", "-overwrite_original", "-charset", "UTF8"])
        .args(fields)
        .args(names);
    let done = folder.run(&mut command).expect(0);
    assert_eq!(done.stderr, "", "{names:?}");
}

/// A tag of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Where it stands, by exiftool's name: `XMP-dc`.
    pub(crate) group: String,
    pub(crate) name: String,
    pub(crate) value: String,
}

/// All tags of a file, but for what the system says of it: its folder, its age.
#[track_caller]
pub(crate) fn read(file: &Path) -> Vec<Tag> {
    let mut command = Command::new("exiftool");
    command.args(["-a", "-G1", "-s", "-u", "--System:all", "-charset", "UTF8"]).arg(file);
    let lines = run(&mut command).expect(0).stdout;
    // "[XMP-dc]        Creator                         : Åse"
    let tag = |line: &str| {
        let (group, rest) = line.strip_prefix('[')?.split_once(']')?;
        let (name, value) = rest.split_once(':')?;
        let text = |words: &str| words.trim().to_owned();
        Some(Tag { group: text(group), name: text(name), value: text(value) })
    };
    lines.lines().map(|line| tag(line).unwrap_or_else(|| panic!("no tag: {line}"))).collect()
}

/// A picture as a file in the format of an ending.
pub(crate) fn encoded(picture: &DynamicImage, ending: &str) -> Vec<u8> {
    let format = ImageFormat::from_extension(ending).expect("is known");
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("memory can be written");
    bytes.into_inner()
}

/// A JPEG with what no program writes anew: the notes of a camera's maker, which only cameras write,
/// and a preview; behind the picture, a film.
pub(crate) fn as_from_a_camera(jpeg: &[u8], preview: &[u8]) -> Vec<u8> {
    let notes = b"SECRET notes of a maker, in no known form";
    let long = |number: usize| u32::try_from(number).expect("tests are small").to_le_bytes();
    // Three directories with one, one and two entries, then what they point to (TIFF 6.0, section 2).
    let [inner, next] = [8 + 2 + 12 + 4, 8 + 2 * (2 + 12 + 4)];
    let [notes_at, preview_at] = [next + 2 + 24 + 4, next + 2 + 24 + 4 + notes.len()];
    let entry = |tag: u16, kind: u16, count: usize, value: usize| {
        let head = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
        [head, long(count).to_vec(), long(value).to_vec()].concat()
    };
    let exif = [
        b"Exif\0\0II*\0\x08\0\0\0".to_vec(),
        [vec![1, 0], entry(0x8769, 4, 1, inner), long(next).to_vec()].concat(),
        [vec![1, 0], entry(0x927C, 7, notes.len(), notes_at), long(0).to_vec()].concat(),
        [vec![2, 0], entry(0x0201, 4, 1, preview_at), entry(0x0202, 4, 1, preview.len())].concat(),
        [&long(0), &notes[..], preview].concat(),
    ]
    .concat();
    let length = u16::try_from(exif.len() + 2).expect("tests are small").to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..], b"ftyp SECRET film"].concat()
}
