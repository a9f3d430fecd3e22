//! What drawings need of the book: the faces for their words, and somebody who says when a
//! character has no glyph in any of them.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::font::Faces;
use crate::photo::{Drawing, Typefaces};
use crate::project::Project;
use crate::source::Span;

/// The faces for the words of drawings.
pub(super) struct Drawings<'a> {
    project: &'a Project,
    /// For reading drawings.
    pub(super) typefaces: Typefaces<'a>,
    /// For asking what they cover; most books never ask.
    faces: OnceCell<Faces>,
}

impl<'a> Drawings<'a> {
    /// The faces of the binary, and the book's own.
    pub(super) fn new(project: &'a Project) -> Self {
        let bundled = Faces::bundled();
        let files = bundled.iter().filter_map(|(_, face)| match face.bytes {
            Cow::Borrowed(bytes) => Some(bytes),
            Cow::Owned(_) => None,
        });
        let own = project.fonts.iter().map(|file| file.bytes.as_slice()).collect();
        Self { project, typefaces: Typefaces::new(files.collect(), own), faces: OnceCell::new() }
    }

    /// Complains about characters that no face can show.
    pub(super) fn check(
        &self,
        drawing: &Drawing,
        name: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) {
        for character in drawing.characters() {
            if is_invisible(character) || self.covers(character) {
                continue;
            }
            let message = format!(
                "no face has a glyph for `{character}` (U+{:04X}), which is in `{name}`",
                u32::from(character)
            );
            diagnostics.push(
                Diagnostic::new(Code::MissingGlyph, span, message)
                    .help("put a font that has it into the folder of `[fonts]`"),
            );
        }
    }

    fn covers(&self, character: char) -> bool {
        let faces = self.faces.get_or_init(|| {
            // Fonts that cannot be read are told elsewhere.
            Faces::with_fonts(&self.project.fonts, &mut Diagnostics::default())
        });
        faces.iter().any(|(_, face)| face.covers(character))
    }
}

/// Characters that need no glyph: blanks, joiners, marks of direction, variation selectors.
fn is_invisible(character: char) -> bool {
    let is_joiner = matches!(
        character,
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    );
    is_joiner || character.is_whitespace() || character.is_control()
}
