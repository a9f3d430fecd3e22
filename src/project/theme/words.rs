//! What the words in a theme's table mean.

use super::{Cut, FaceRole, Figures, FolioPlace, StyleName, TextAlign, ThemeName};

pub(super) const THEMES: [(&str, ThemeName); 2] =
    [("source", ThemeName::Source), ("classic", ThemeName::Classic)];

pub(super) const CUTS: [(&str, Cut); 3] =
    [("regular", Cut::Regular), ("italic", Cut::Italic), ("bold", Cut::Bold)];

pub(super) const FIGURES: [(&str, Figures); 3] =
    [("old-style", Figures::OldStyle), ("lining", Figures::Lining), ("tabular", Figures::Tabular)];

pub(super) const ALIGNS: [(&str, TextAlign); 3] = [
    ("justified", TextAlign::Justified),
    ("start", TextAlign::Start),
    ("center", TextAlign::Center),
];

pub(super) const FOLIOS: [(&str, FolioPlace); 3] = [
    ("head", FolioPlace::Head),
    ("foot", FolioPlace::Foot),
    ("foot-center", FolioPlace::FootCenter),
];

/// The roles of faces by their keys.
pub(super) const ROLES: [(&str, FaceRole); FaceRole::ALL.len()] = [
    ("text", FaceRole::Text),
    ("small-text", FaceRole::SmallText),
    ("subhead", FaceRole::Subhead),
    ("display", FaceRole::Display),
    ("sans", FaceRole::Sans),
    ("heading", FaceRole::Heading),
    ("mono", FaceRole::Mono),
    ("math", FaceRole::Math),
];

/// The styles by their keys.
pub(super) const STYLES: [(&str, StyleName); StyleName::ALL.len()] = [
    ("text", StyleName::Text),
    ("note", StyleName::Note),
    ("caption", StyleName::Caption),
    ("credit", StyleName::Credit),
    ("table", StyleName::Table),
    ("listing", StyleName::Listing),
    ("book-title", StyleName::BookTitle),
    ("title", StyleName::Title),
    ("subtitle", StyleName::Subtitle),
    ("label", StyleName::Label),
    ("speaker", StyleName::Speaker),
    ("affiliation", StyleName::Affiliation),
    ("heading-2", StyleName::Heading2),
    ("heading-3", StyleName::Heading3),
    ("heading-4", StyleName::Heading4),
    ("heading-5", StyleName::Heading5),
    ("alert-title", StyleName::AlertTitle),
    ("entry", StyleName::Entry),
    ("entry-detail", StyleName::EntryDetail),
    ("index", StyleName::Index),
    ("head", StyleName::Head),
];
