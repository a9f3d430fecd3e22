//! Families: the cuts that belong together, found by the names that a theme gives.
//!
//! A name is a family's ("Libertinus Serif"), whose cuts are told apart by weight and slope, or one
//! face's PostScript name.

use super::fallback::{is_slanted, weight};
use super::{FaceId, Faces};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::fields::{nearest, one_of};
use crate::project::{FaceName, FaceRole, FamilyName, Theme};

/// Four cuts of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// Upright.
    pub regular: FaceId,
    /// Italic.
    pub italic: FaceId,
    /// Bold (or semibold, where that is enough).
    pub bold: FaceId,
    /// Bold italic.
    pub bold_italic: FaceId,
}

/// The families of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Families([Family; FaceRole::ALL.len()]);

impl Families {
    /// The family with a role.
    pub fn of(&self, role: FaceRole) -> Family {
        self.0[role as usize]
    }
}

impl Family {
    /// A family of one face.
    fn single(face: FaceId) -> Self {
        Self { regular: face, italic: face, bold: face, bold_italic: face }
    }
}

impl Faces {
    /// The families that a theme names. A name that no face has is a complaint, and the theme of
    /// the program that the theme began as has the place.
    pub fn families(&self, theme: &Theme, diagnostics: &mut Diagnostics) -> Families {
        Families(FaceRole::ALL.map(|role| {
            self.family(theme.family(role)).unwrap_or_else(|unknown| {
                diagnostics.push(self.unknown(unknown));
                let usual = Theme::built_in(theme.name);
                self.family(usual.family(role)).unwrap_or(Family::single(FaceId(0)))
            })
        }))
    }

    fn family<'n>(&self, name: &'n FamilyName) -> Result<Family, &'n FaceName> {
        match name {
            FamilyName::Whole(name) => self.named(name),
            FamilyName::Cuts(names) => {
                let [regular, italic, bold, bold_italic] = names.as_ref();
                Ok(Family {
                    regular: self.named(regular)?.regular,
                    italic: self.named(italic)?.italic,
                    bold: self.named(bold)?.bold,
                    bold_italic: self.named(bold_italic)?.bold_italic,
                })
            }
        }
    }

    /// The face with this PostScript name, or all cuts of the family with this name.
    fn named<'n>(&self, name: &'n FaceName) -> Result<Family, &'n FaceName> {
        if let Some(face) = self.find(&name.name) {
            return Ok(Family::single(face));
        }
        let cuts: Vec<Cut> = self.cuts().filter(|cut| cut.family == name.name).collect();
        let nearest = |is_italic: bool, weight: u16, least: u16| {
            let fit = cuts.iter().filter(|c| c.is_italic == is_italic && c.weight >= least);
            fit.min_by_key(|cut| cut.weight.abs_diff(weight)).map(|cut| cut.face)
        };
        let any = cuts.first().map(|cut| cut.face).ok_or(name)?;
        let regular = nearest(false, 400, 0).unwrap_or(any);
        let italic = nearest(true, 400, 0).unwrap_or(regular);
        let bold = nearest(false, 700, 600).unwrap_or(regular);
        let bold_italic = nearest(true, 700, 600).unwrap_or(italic);
        Ok(Family { regular, italic, bold, bold_italic })
    }

    fn cuts(&self) -> impl Iterator<Item = Cut> {
        self.iter().filter_map(|(face, data)| {
            let family = data.family()?;
            let attributes = data.font().default_attributes();
            let (weight, is_italic) = (weight(&attributes), is_slanted(&attributes));
            Some(Cut { face, family, weight, is_italic })
        })
    }

    fn unknown(&self, name: &FaceName) -> Diagnostic {
        let mut families: Vec<String> = self.cuts().map(|cut| cut.family).collect();
        families.dedup();
        let faces = self.iter().map(|(_, face)| face.name.as_str());
        let known = families.iter().map(String::as_str);
        let help = match nearest(&name.name, known.clone().chain(faces)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there is {}", one_of(known)),
        };
        let message = format!("there is no face `{}`", name.name);
        Diagnostic::new(Code::InvalidValue, name.span, message).help(help)
    }
}

/// A face as a member of its family.
struct Cut {
    face: FaceId,
    family: String,
    weight: u16,
    is_italic: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{FontFile, ThemeName};
    use crate::source::{FileId, Span};

    fn names(faces: &Faces, family: Family) -> [String; 4] {
        [family.regular, family.italic, family.bold, family.bold_italic]
            .map(|id| faces.get(id).name.clone())
    }

    #[test]
    fn a_family_has_its_cuts() {
        let faces = Faces::bundled();
        let find = |name: &str| {
            let name = FaceName { name: name.to_owned(), span: None };
            faces.named(&name).ok().map(|family| names(&faces, family))
        };
        let cuts = ["Regular", "Italic", "Bold", "BoldItalic"];
        let libertinus = cuts.map(|cut| format!("LibertinusSerif-{cut}"));
        assert_eq!(find("Libertinus Serif"), Some(libertinus));
        let display = ["Regular", "It", "Semibold", "It"];
        let display = display.map(|cut| format!("SourceSerif4Display-{cut}"));
        assert_eq!(find("Source Serif 4 Display"), Some(display));
        assert_eq!(find("STIX Two Math"), Some([(); 4].map(|()| "STIXTwoMath-Regular".to_owned())));
        assert_eq!(find("Source Serif"), None);
    }

    #[test]
    fn the_themes_of_the_program_name_faces_that_exist() {
        let faces = Faces::bundled();
        for name in [ThemeName::Source, ThemeName::Classic] {
            let mut diagnostics = Diagnostics::default();
            faces.families(&Theme::built_in(name), &mut diagnostics);
            assert_eq!(diagnostics.iter().count(), 0, "{name:?}");
        }
    }

    #[test]
    fn the_books_own_fonts_can_be_named() {
        let bytes: &[u8] =
            include_bytes!("../../tests/books/arabic/fonts/NotoSerifHebrew-Regular.ttf");
        let path = "fonts/NotoSerifHebrew-Regular.ttf".to_owned();
        let span = Span { file: FileId(0), start: 0, end: 0 };
        let file = FontFile { path, bytes: bytes.to_vec(), span };
        let mut diagnostics = Diagnostics::default();
        let faces = Faces::with_fonts(&[file], &mut diagnostics);
        let mut theme = Theme::built_in(ThemeName::Classic);
        let name = FaceName { name: "Noto Serif Hebrew".to_owned(), span: Some(span) };
        theme.faces[FaceRole::Text as usize] = FamilyName::Whole(name);
        let families = faces.families(&theme, &mut diagnostics);
        assert_eq!(diagnostics.iter().count(), 0);
        let face = faces.get(families.of(FaceRole::Text).bold);
        assert_eq!(face.name, "NotoSerifHebrew-Regular");
        // What it has takes the place of Libertinus; what it has not still comes from there.
        let fallback = |c| faces.fallback(c, FaceId(0)).map(|id| faces.get(id).name.as_str());
        assert_eq!(fallback('ש'), Some("NotoSerifHebrew-Regular"));
        assert!(fallback('ἄ').is_some_and(|name| name.starts_with("LibertinusSerif")));
    }
}
