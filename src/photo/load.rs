//! Reads one picture of the photo folder and finds it whole, or says what is wrong with it.

use super::decode::{self, Problem};
use super::kept::Seen;
use super::{Format, Image, Limits, Metadata, Private, Typefaces};
use super::{derive, drawing, gif, kept, memory, metadata};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::{Cache, Key, PhotoLimits, Project, ReadProblem};
use crate::source::Span;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The largest form of a photograph that a screen shows: whatever is larger is made so at once,
/// unless print has room for more, and the original is forgotten. Apple's pages name 4 and 5.6 megapixels, Kobo and Kindle
/// less: 3.8 is safe with all of them.
pub const MASTER: Limits = Limits { max_side: 2400, max_pixels: 3_840_000 };

/// Pixels an inch that photographs are printed with: no press shows more.
pub const PRINT_PPI: i64 = 300;

/// Room for a picture in print, in pixels at [`PRINT_PPI`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Whether the picture fills all of it; else it is within.
    pub is_filled: bool,
}

/// What a picture of this size is made smaller to, if it is larger: [`MASTER`], or what print
/// shows of it in the largest of these rooms.
fn limits((width, height): (u32, u32), rooms: &[Room]) -> Limits {
    let longer = u64::from(width.max(height));
    // The longer side, where one of the sides is as long as the room's.
    let along = |side: u32, room: u32| (longer * u64::from(room)).div_ceil(u64::from(side.max(1)));
    let wanted = rooms.iter().map(|room| {
        let (a, b) = (along(width, room.width), along(height, room.height));
        if room.is_filled { a.max(b) } else { a.min(b) }
    });
    let wanted = u32::try_from(wanted.max().unwrap_or(0)).unwrap_or(u32::MAX);
    let (w, h) = derive::fitted(width.max(1), height.max(1), MASTER);
    if wanted <= w.max(h) { MASTER } else { Limits { max_side: wanted, max_pixels: u64::MAX } }
}

/// A picture that was read, whole or not.
#[derive(Debug)]
pub struct Read {
    image: Result<Arc<Image>, Failure>,
    /// What the file says about itself, which the picture may have lost by now.
    metadata: Metadata,
    /// What is private in it, and not in the picture any more.
    private: BTreeSet<Private>,
    /// Whether more than its first frame was left out.
    moves: bool,
}

/// Says why the bytes of a picture could not be taken in. Drawings are judged when they are shown.
pub(crate) fn check(bytes: &[u8], path: &str, span: Span) -> Option<Diagnostic> {
    if drawing::is_drawing(bytes) {
        return None;
    }
    decode::check(bytes, PhotoLimits::USUAL.pixels)
        .err()
        .map(|problem| undecoded(&problem, path, span))
}

/// Why there is no picture.
#[derive(Debug)]
enum Failure {
    Unread(ReadProblem),
    Undecoded(Problem),
}

/// Reads the picture `path`, relative to the photo folder, and decodes all of it as a check. Words
/// in drawings are set in the typefaces, and print has these rooms for it. Many may be read at the
/// same time, each with a buffer that the next one may have.
pub fn read(
    project: &Project,
    path: &str,
    (typefaces, rooms): (&Typefaces<'_>, &[Room]),
    buffer: &mut Vec<u8>,
) -> Read {
    let (cache, most) = (project.cache.as_deref(), project.config.photos.limits);
    let stamp = cache.and_then(|_| project.photo_stamp(path));
    let sight = cache.zip(kept::sight(path, stamp.as_ref(), (rooms, most)));
    if let Some((seen, image)) = sight.and_then(|(cache, key)| kept::recall(&key, cache)) {
        let Seen { metadata, private, moves, .. } = seen;
        return Read { image: Ok(Arc::new(image)), metadata, private, moves };
    }
    // To be asked before it is read.
    let sight = sight.filter(|(cache, _)| stamp.is_some_and(|stamp| cache.vouches(&stamp)));
    if let Err(problem) = project.read_next_photo(path, buffer) {
        let (image, metadata) = (Err(Failure::Unread(problem)), Metadata::default());
        return Read { image, metadata, private: BTreeSet::new(), moves: false };
    }
    let bytes = buffer.as_slice();
    let (metadata, private) = (metadata::read(bytes), metadata::private(bytes));
    let moves = gif::frames(bytes).is_some_and(|frames| frames > 1);
    let image = if drawing::is_drawing(bytes) {
        drawing::read(bytes, typefaces).map(|drawing| Image::of_drawing(bytes.into(), drawing))
    } else {
        master(bytes, (rooms, most), cache)
    };
    if let (Some((cache, key)), Ok(Image { made_from: Some(master), .. })) = (sight, &image) {
        let (metadata, private) = (metadata.clone(), private.clone());
        let seen = Seen { master: *master, metadata, private, moves };
        kept::note(&key, &seen, cache);
    }
    let image = image.map(Arc::new).map_err(Failure::Undecoded);
    Read { image, metadata, private, moves }
}

impl Read {
    /// What the file says about itself.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// What is private in the file, and in nothing that is made of the picture.
    pub fn private(&self) -> &BTreeSet<Private> {
        &self.private
    }

    /// The picture, with what is to be said about it; `span` is the place that asks for it.
    pub fn tell(
        &self,
        path: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<Image>> {
        let image = match &self.image {
            Ok(image) => image,
            Err(Failure::Unread(problem)) => {
                diagnostics.push(unread(problem, path, span));
                return None;
            }
            Err(Failure::Undecoded(problem)) => {
                diagnostics.push(undecoded(problem, path, span));
                return None;
            }
        };
        let losses = image.drawing.iter().flat_map(|drawing| drawing.losses());
        losses.for_each(|loss| diagnostics.push(lost(loss, path, span)));
        if self.moves && image.format != Format::Svg {
            diagnostics.push(still(path, span));
        }
        Some(Arc::clone(image))
    }
}

/// The picture, no larger than any edition shows it; it is decoded once.
fn master(
    bytes: &[u8],
    (rooms, most): (&[Room], PhotoLimits),
    cache: Option<&Cache>,
) -> Result<Image, Problem> {
    let size = decode::size(bytes);
    let (width, height) = size.unwrap_or_default();
    // What is kept was perhaps allowed then.
    size.map_or(Ok(()), |size| decode::check_pixels(size, most.pixels))?;
    let limits = limits((width, height), rooms);
    let is_large = derive::fitted(width.max(1), height.max(1), limits) != (width, height);
    let key = || Key::new("master").and(&limits.max_side.to_be_bytes()).and(bytes);
    let cache = cache.filter(|_| is_large).map(|cache| (cache, key()));
    let kept = cache.and_then(|(cache, key)| cache.get(&key));
    let made_from = cache.map(|(_, key)| key);
    if let Some(known) = kept.and_then(kept::unpacked) {
        return Ok(Image { made_from, ..Image::of_derived(known) });
    }
    let _held = memory::hold(decode::memory(width, height));
    if !is_large {
        // It stays as it is, once it is found whole.
        let mut decoded = decode::check(bytes, most.pixels)?;
        let pixels = std::mem::take(&mut decoded.pixels);
        return Ok(Image::new(bytes.into(), &pixels, decoded));
    }
    let mut decoded = decode::decode(bytes, most.pixels)?;
    let pixels = std::mem::take(&mut decoded.pixels);
    let image = Image::new(bytes.into(), &pixels, decoded);
    if derive::fitted(image.width, image.height, limits) == (image.width, image.height) {
        return Ok(image);
    }
    let made = catch_unwind(AssertUnwindSafe(|| derive::from_pixels(&image, pixels, limits)));
    let made = made.ok().flatten();
    let made = made.ok_or_else(|| Problem::Broken("it cannot be made smaller".to_owned()))?;
    if let Some((cache, key)) = cache {
        cache.put(&key, &kept::packed(&made));
    }
    Ok(Image { made_from, ..Image::of_derived(made) })
}

fn still(path: &str, span: Span) -> Diagnostic {
    let message = format!("of `{path}`, which moves, the first frame is shown");
    Diagnostic::new(Code::SimplifiedPicture, span, message)
        .help("save the frame that says most as a PNG")
}

fn lost(loss: &str, path: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::SimplifiedPicture, span, format!("`{path}` is shown without {loss}"))
        .help("what a drawing says must be in its shapes and words: export it as plain SVG")
}

/// The complaint about a file of the photo folder that cannot be read.
pub(super) fn unread(problem: &ReadProblem, path: &str, span: Span) -> Diagnostic {
    match problem {
        ReadProblem::Missing => {
            Diagnostic::new(Code::MissingImage, span, format!("there is no picture `{path}`"))
        }
        ReadProblem::NotAFile => {
            Diagnostic::new(Code::MissingImage, span, format!("`{path}` is not a file"))
        }
        ReadProblem::Outside => Diagnostic::new(
            Code::PathOutside,
            span,
            format!("`{path}` leads out of the photo folder"),
        )
        .help("it is or goes through a symbolic link: put the file itself there"),
        ReadProblem::TooLarge(limit) => Diagnostic::new(
            Code::FileTooLarge,
            span,
            format!("`{path}` has more than {}", bytes(*limit)),
        )
        .help("save it as a JPEG, or smaller, or allow more by `[photos] max-bytes`"),
        ReadProblem::Io(error) => {
            Diagnostic::new(Code::MissingImage, span, format!("`{path}` cannot be read: {error}"))
        }
    }
}

/// A number of bytes as one writes it in `book.toml`.
fn bytes(number: u64) -> String {
    match number % 1_000_000 {
        0 => format!("{} MB", number / 1_000_000),
        _ => format!("{} kB", number / 1000),
    }
}

fn undecoded(problem: &Problem, path: &str, span: Span) -> Diagnostic {
    match problem {
        Problem::Unsupported(kind) => {
            let message = match kind {
                Some(kind) => format!("`{path}` is {kind}, which is not supported"),
                None => format!("`{path}` is of no known format"),
            };
            Diagnostic::new(Code::InvalidImage, span, message)
                .help("convert it to JPEG, PNG, WebP, TIFF or SVG")
        }
        Problem::TooManyPixels(width, height, most) => Diagnostic::new(
            Code::ImageTooLarge,
            span,
            format!("`{path}` has {width} × {height} pixels"),
        )
        .help(format!(
            "at most {} million are read: make it smaller, or allow more by `[photos] max-megapixels`",
            most / 1_000_000
        )),
        Problem::Refused(reason) => {
            Diagnostic::new(Code::InvalidImage, span, format!("`{path}` is not drawn: {reason}"))
                .help("export it as plain SVG, with fewer copies and levels")
        }
        Problem::Elsewhere(target) => Diagnostic::new(
            Code::InvalidImage,
            span,
            format!("`{path}` refers to `{target}`, which is not in the file"),
        )
        .help("nothing is read from elsewhere: embed it when you export the drawing"),
        Problem::Broken(reason) => Diagnostic::new(
            Code::InvalidImage,
            span,
            format!("`{path}` cannot be decoded: {reason}"),
        )
        .help("the file is damaged or cut off: copy or export it again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_stays_as_large_as_its_largest_room() {
        // 24 megapixels; a page of 170 by 240 mm with bleed.
        let page = Room { width: 2078, height: 2905, is_filled: true };
        let text = Room { width: 1500, height: 2000, is_filled: false };
        let side = |size: (u32, u32), rooms: &[Room]| limits(size, rooms).max_side;
        assert_eq!(limits((6000, 4000), &[text]), MASTER);
        assert_eq!(side((4000, 6000), &[text, page]), 3117);
        // It fills the height, and its sides are cut off.
        assert_eq!(side((6000, 4000), &[page]), 4358);
        assert_eq!(limits((0, 0), &[page]), MASTER);
    }
}
