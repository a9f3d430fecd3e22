//! Reads one picture of the photo folder and finds it whole, or says what is wrong with it.

use super::Image;
use super::decode::{self, PIXEL_LIMIT, Problem};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::{Project, ReadProblem};
use crate::source::Span;
use std::sync::Arc;

/// Reads the picture `path`, relative to the photo folder, and decodes all of it as a check;
/// `span` is the place that asks for it. `None` when there is a complaint.
pub fn load(
    project: &Project,
    path: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Image>> {
    match project.read_photo(path).map_err(|problem| unread(problem, path, span)) {
        Ok(bytes) => match decode::decode(&bytes) {
            Ok(decoded) => return Some(Arc::new(image_of(bytes, decoded))),
            Err(problem) => diagnostics.push(undecoded(problem, path, span)),
        },
        Err(diagnostic) => diagnostics.push(diagnostic),
    }
    None
}

/// Says why the bytes of a picture could not be taken in.
pub(crate) fn check(bytes: &[u8], path: &str, span: Span) -> Option<Diagnostic> {
    decode::decode(bytes).err().map(|problem| undecoded(problem, path, span))
}

fn image_of(bytes: Vec<u8>, decoded: decode::Decoded) -> Image {
    let (mut width, mut height) = (decoded.pixels.width(), decoded.pixels.height());
    let orientation = decoded.orientation.to_exif();
    // Orientations 5 to 8 lie on their side (EXIF 2.32 §4.6.4).
    if orientation >= 5 {
        std::mem::swap(&mut width, &mut height);
    }
    Image {
        bytes: bytes.into(),
        format: decoded.format,
        width,
        height,
        orientation,
        channels: decoded.channels,
        has_alpha: decoded.pixels.color().has_alpha(),
        icc: decoded.icc.map(Arc::from),
    }
}

fn unread(problem: ReadProblem, path: &str, span: Span) -> Diagnostic {
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
        ),
        ReadProblem::TooLarge(limit) => Diagnostic::new(
            Code::FileTooLarge,
            span,
            format!("`{path}` has more than {} MiB", limit >> 20),
        )
        .help("save it as a JPEG, or smaller"),
        ReadProblem::Io(error) => {
            Diagnostic::new(Code::MissingImage, span, format!("`{path}` cannot be read: {error}"))
        }
    }
}

fn undecoded(problem: Problem, path: &str, span: Span) -> Diagnostic {
    match problem {
        Problem::Unsupported(kind) => {
            let message = match kind {
                Some(kind) => format!("`{path}` is {kind}, which is not supported"),
                None => format!("`{path}` is of no known format"),
            };
            Diagnostic::new(Code::InvalidImage, span, message)
                .help("convert it to JPEG, PNG or WebP")
        }
        Problem::TooManyPixels(width, height) => Diagnostic::new(
            Code::ImageTooLarge,
            span,
            format!("`{path}` has {width} × {height} pixels"),
        )
        .help(format!("at most {} million are read: make it smaller", PIXEL_LIMIT / 1_000_000)),
        Problem::Broken(reason) => Diagnostic::new(
            Code::InvalidImage,
            span,
            format!("`{path}` cannot be decoded: {reason}"),
        )
        .help("the file is damaged or cut off: copy or export it again"),
    }
}
