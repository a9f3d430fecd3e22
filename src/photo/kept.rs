//! Pictures as the cache keeps them: their file, then what they are; and what was seen in the files
//! that they were made from, which need not be read while they do not change.

use super::{Derived, Format, Image, Limits, Metadata, Private, Room, derive};
use crate::project::{Cache, Key, PhotoLimits, Stamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Files of fewer bytes are read sooner than anybody asked whether they changed.
const SMALL_FILE: u64 = 1 << 18;

/// What was seen in a large picture's file, of which only a smaller form is used.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Seen {
    /// The smaller form's name.
    pub(super) master: Key,
    /// What the file says about itself.
    pub(super) metadata: Metadata,
    /// What is private in it.
    pub(super) private: BTreeSet<Private>,
    /// Whether more than its first frame was left out.
    pub(super) moves: bool,
}

/// The name of what was seen in a file, by its stamp; `None` when it is better read.
pub(super) fn sight(
    path: &str,
    stamp: Option<&Stamp>,
    (rooms, most): (&[Room], PhotoLimits),
) -> Option<Key> {
    let stamp = stamp.filter(|stamp| stamp.size() >= SMALL_FILE)?;
    let key = Key::new("seen").and(path.as_bytes()).and(&stamp.bytes());
    let key = key.and(&most.pixels.to_be_bytes()).and(&most.bytes.to_be_bytes());
    Some(rooms.iter().fold(key, |key, room| {
        let sides = [room.width, room.height, u32::from(room.is_filled)];
        key.and(sides.map(u32::to_be_bytes).as_flattened())
    }))
}

/// What was seen in a file, and the picture that was made of it.
pub(super) fn recall(key: &Key, cache: &Cache) -> Option<(Seen, Image)> {
    let seen: Seen = serde_json::from_slice(&cache.get(key)?).ok()?;
    let master = unpacked(cache.get(&seen.master)?)?;
    let image = Image { made_from: Some(seen.master), ..Image::of_derived(master) };
    Some((seen, image))
}

/// Keeps what was seen.
pub(super) fn note(key: &Key, seen: &Seen, cache: &Cache) {
    // Nothing in it cannot be written.
    if let Ok(entry) = serde_json::to_vec(seen) {
        cache.put(key, &entry);
    }
}

/// The form of a picture within limits, made once for all builds.
pub fn derive_once(image: &Image, limits: Limits, cache: Option<&Cache>) -> Derived {
    let Some(cache) = cache else { return derive(image, limits) };
    let key = match image.made_from {
        Some(key) => key.and(b"derived"),
        None => Key::new("derived").and(&image.bytes),
    };
    let key = key.and(&limits.max_side.to_be_bytes()).and(&limits.max_pixels.to_be_bytes());
    if let Some(known) = cache.get(&key).and_then(unpacked) {
        return known;
    }
    let derived = derive(image, limits);
    cache.put(&key, &packed(&derived));
    derived
}

/// File, format, width, height.
pub(super) fn packed(picture: &Derived) -> Vec<u8> {
    let format = match picture.format {
        Format::Jpeg => b'J',
        Format::Png => b'P',
        Format::WebP => b'W',
        Format::Gif => b'G',
        Format::Tiff => b'T',
        Format::Svg => b'S',
    };
    let (width, height) = (picture.width.to_be_bytes(), picture.height.to_be_bytes());
    [&picture.bytes, &[format][..], &width, &height].concat()
}

/// What [`packed`] made; only derived pictures are kept, which are JPEG or PNG.
pub(super) fn unpacked(mut entry: Vec<u8>) -> Option<Derived> {
    let said = entry.split_off(entry.len().checked_sub(1 + 4 + 4)?);
    let format = match said.first()? {
        b'J' => Format::Jpeg,
        b'P' => Format::Png,
        _ => return None,
    };
    let side = |at: usize| Some(u32::from_be_bytes(said.get(at..at + 4)?.try_into().ok()?));
    Some(Derived { format, width: side(1)?, height: side(5)?, bytes: entry })
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::photo::{self, Typefaces};
    use crate::project::{self, Project, Store};
    use std::fs::{self, File};
    use std::io::Write;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;
    use std::thread::sleep;
    use std::time::{Duration, UNIX_EPOCH};

    const BOOK: &str =
        "[book]\ntitle = \"A\"\nlanguage = \"en\"\n[contents]\nchapters = [\"a.md\"]\n";
    /// Longer than files must be left alone.
    const SETTLED: Duration = Duration::from_millis(2200);

    fn write(path: &Path, bytes: &[u8]) {
        let mut file = File::create(path).expect("can write");
        file.write_all(bytes).expect("can write");
        // As those do who hide a change.
        file.set_modified(UNIX_EPOCH + Duration::from_secs(1)).expect("can be set");
    }

    /// A large picture of one grey in a file that is not small, each of the same length.
    fn picture(shade: u8) -> Vec<u8> {
        let pixels = image::GrayImage::from_pixel(2500, 1000, image::Luma([shade]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        pixels.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("memory can be written");
        // With a comment behind its first marker.
        let mut bytes = bytes.into_inner();
        bytes.splice(2..2, *b"\xFF\xFE\0\x08SECRET");
        bytes.resize(usize::try_from(2 * SMALL_FILE).expect("is small"), 0);
        bytes
    }

    /// The project as the next build sees it.
    fn project(folder: &Path) -> Project {
        let store = Store::Disk(folder.to_owned());
        let project = project::load(store, &mut Diagnostics::default());
        let mut project = project.expect("can be read").expect("the book is sound");
        project.cache = Some(Arc::new(Cache::at(folder.join(".kept"))));
        project
    }

    /// What is known of the picture's file as it is now.
    fn recalled(project: &Project) -> Option<(Seen, Image)> {
        let key = sight("p", project.photo_stamp("p").as_ref(), (&[], PhotoLimits::USUAL))?;
        recall(&key, project.cache.as_deref()?)
    }

    fn shade(folder: &Path) -> u8 {
        let typefaces = Typefaces::default();
        let read = photo::read(&project(folder), "p", (&typefaces, &[]), &mut Vec::new());
        let span = project(folder).config.book.span;
        let image = read.tell("p", span, &mut Diagnostics::default()).expect("it is whole");
        assert_eq!(image.width, 2400);
        assert_eq!(read.private(), &BTreeSet::from([Private::Comments]));
        image::load_from_memory(&image.bytes).expect("it is whole").into_luma8().get_pixel(9, 9).0
            [0]
    }

    #[test]
    fn a_file_is_not_read_again_until_it_changes_in_whatever_way() {
        let folder: PathBuf =
            std::env::temp_dir().join(format!("endpaper-seen-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("images")).expect("can be made");
        write(&folder.join("book.toml"), BOOK.as_bytes());
        write(&folder.join("a.md"), b"");
        let path = folder.join("images/p");

        write(&path, &picture(40));
        assert_eq!(shade(&folder), 40);
        assert!(recalled(&project(&folder)).is_none(), "it was written a moment ago");
        sleep(SETTLED);
        assert_eq!(shade(&folder), 40);
        let (seen, image) = recalled(&project(&folder)).expect("it was left alone");
        assert_eq!(seen.private, BTreeSet::from([Private::Comments]));
        assert_eq!((seen.moves, image.width, image.made_from), (false, 2400, Some(seen.master)));
        assert_eq!(shade(&folder), 40);

        // As long as before, as old as before by its time of modification.
        write(&path, &picture(200));
        assert!(recalled(&project(&folder)).is_none());
        assert_eq!(shade(&folder), 200);
        // Another file in its place.
        let other = folder.join("images/other");
        write(&other, &picture(120));
        sleep(SETTLED);
        fs::rename(&other, &path).expect("can be moved");
        assert_eq!(shade(&folder), 120);
        fs::remove_dir_all(folder).expect("can be removed");
    }
}
