//! Reads `[theme]`, `[edition.NAME] theme` and the themes of the program: one table laid over a
//! theme that is already whole.

use std::ops::RangeInclusive;

use super::words::{ALIGNS, CUTS, FIGURES, FOLIOS, ROLES, STYLES, THEMES};
use super::{
    Cut, FaceName, FaceRole, FamilyName, Figures, FolioPlace, HeadConfig, Spacing, StyleConfig,
    StyleName, TextAlign, Theme, ThemeColors, ThemeName,
};
use crate::color::Color;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::fields::{self, Fields};
use crate::project::measure;
use crate::source::Sources;

/// The whole of the theme `source`.
const SOURCE: &str = include_str!("../../../themes/source.toml");
/// What is different in the theme `classic`.
const CLASSIC: &str = include_str!("../../../themes/classic.toml");

/// Sizes and leadings, in thousandths.
const RATIOS: RangeInclusive<i64> = 500..=5_000;
/// Distances, in thousandths: a page's depth is checked by the layout.
const DISTANCES: RangeInclusive<i64> = 0..=12_000;
/// Least contrast of text in tenths: WCAG 2.2, 1.4.3.
const CONTRAST: u32 = 45;

/// Reads `[theme]`; without it a book has the theme `source`.
pub(in crate::project) fn read_theme(
    fields: Option<Fields<'_>>,
    diagnostics: &mut Diagnostics,
) -> Theme {
    let usual = built_in(ThemeName::Source);
    match fields {
        Some(fields) => read_over(usual, fields, diagnostics),
        None => usual,
    }
}

/// Reads `[edition.NAME] theme`: the name of a theme of the program, or a table that is laid over
/// the book's theme.
pub(in crate::project) fn read_edition_theme(
    edition: &mut Fields<'_>,
    book: &Theme,
    diagnostics: &mut Diagnostics,
) -> Theme {
    let Some(value) = edition.get("theme") else { return book.clone() };
    if value.is_string() {
        let name = value.word("theme", &THEMES, diagnostics);
        return name.map_or_else(|| book.clone(), built_in);
    }
    match value.table("theme", diagnostics) {
        Some(table) => read_over(book.clone(), table, diagnostics),
        None => book.clone(),
    }
}

/// A theme of the program.
pub(super) fn built_in(name: ThemeName) -> Theme {
    match name {
        ThemeName::Source => own(SOURCE, blank()),
        ThemeName::Classic => own(CLASSIC, built_in(ThemeName::Source)),
    }
}

fn own(text: &str, base: Theme) -> Theme {
    let mut sources = Sources::default();
    let file = sources.add("theme.toml", text);
    let mut diagnostics = Diagnostics::default();
    let mut theme = fields::parse(&sources, file, &mut diagnostics, |mut fields, diagnostics| {
        read_keys(base, &mut fields, diagnostics)
    })
    .expect("a test reads the themes of the program");
    for family in &mut theme.faces {
        let names = match family {
            FamilyName::Whole(name) => std::slice::from_mut(name),
            FamilyName::Cuts(names) => names.as_mut_slice(),
        };
        names.iter_mut().for_each(|name| name.span = None);
    }
    theme
}

/// What `source.toml` is laid over. It gives every value anew; a test sees to that.
fn blank() -> Theme {
    let family = FamilyName::Whole(FaceName { name: String::new(), span: None });
    let style = StyleConfig {
        face: FaceRole::Text,
        cut: Cut::Regular,
        size: 1_000,
        leading: 1_000,
        figures: Figures::OldStyle,
        small_caps: false,
        align: TextAlign::Start,
        color: Color::BLACK,
    };
    let (ink, paper) = (Color::BLACK, Color::WHITE);
    Theme {
        name: ThemeName::Source,
        faces: std::array::from_fn(|_| family.clone()),
        styles: [style; StyleName::ALL.len()],
        code_size: 1_000,
        small_caps_abbreviations: false,
        colors: ThemeColors {
            listing: paper,
            comment: ink,
            types: ink,
            string: ink,
            number: ink,
            attribute: ink,
            highlight: paper,
            bar: ink,
        },
        spacing: Spacing {
            indent: 0,
            sink: 0,
            below_opening: 0,
            above_heading: 0,
            below_heading: 0,
        },
        head: HeadConfig { titles: true, folio: FolioPlace::Head },
    }
}

fn read_over(base: Theme, mut fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Theme {
    let name = fields.word("name", &THEMES, diagnostics);
    let theme = read_keys(name.map_or(base, built_in), &mut fields, diagnostics);
    fields.finish(diagnostics);
    theme
}

/// Every key but `name`.
fn read_keys(mut theme: Theme, fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Theme {
    if let Some(size) = ratio(fields, "code-size", &RATIOS, diagnostics) {
        theme.code_size = size;
    }
    if let Some(small) = fields.boolean("small-caps-abbreviations", diagnostics) {
        theme.small_caps_abbreviations = small;
    }
    if let Some(table) = fields.table("faces", diagnostics) {
        read_faces(&mut theme, table, diagnostics);
    }
    if let Some(table) = fields.table("styles", diagnostics) {
        read_styles(&mut theme, table, diagnostics);
    }
    if let Some(table) = fields.table("colours", diagnostics) {
        read_colors(&mut theme.colors, table, diagnostics);
    }
    if let Some(table) = fields.table("spacing", diagnostics) {
        read_spacing(&mut theme.spacing, table, diagnostics);
    }
    if let Some(mut table) = fields.table("head", diagnostics) {
        if let Some(titles) = table.boolean("titles", diagnostics) {
            theme.head.titles = titles;
        }
        if let Some(folio) = table.word("folio", &FOLIOS, diagnostics) {
            theme.head.folio = folio;
        }
        table.finish(diagnostics);
    }
    theme
}

fn read_faces(theme: &mut Theme, mut table: Fields<'_>, diagnostics: &mut Diagnostics) {
    for (key, role) in ROLES {
        let Some(value) = table.get(key) else { continue };
        let family = if value.is_string() {
            value.string(key, diagnostics).map(|name| FamilyName::Whole(face_name(name)))
        } else {
            value.table(key, diagnostics).and_then(|cuts| read_cuts(cuts, diagnostics))
        };
        if let Some(family) = family {
            theme.faces[role as usize] = family;
        }
    }
    table.finish(diagnostics);
}

/// Cuts by name; where one is not named, the nearest that is stands in.
fn read_cuts(mut table: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FamilyName> {
    let regular = table.require("regular", "\"…\"", diagnostics);
    let regular = regular.and_then(|value| value.string("regular", diagnostics)).map(face_name);
    let mut cut = |key| table.string(key, diagnostics).map(face_name);
    let (italic, bold, bold_italic) = (cut("italic"), cut("bold"), cut("bold-italic"));
    table.finish(diagnostics);
    let regular = regular?;
    let italic = italic.unwrap_or_else(|| regular.clone());
    let bold = bold.unwrap_or_else(|| regular.clone());
    let bold_italic = bold_italic.unwrap_or_else(|| bold.clone());
    Some(FamilyName::Cuts(Box::new([regular, italic, bold, bold_italic])))
}

fn face_name((name, span): fields::Spanned<String>) -> FaceName {
    FaceName { name, span: Some(span) }
}

fn read_styles(theme: &mut Theme, mut table: Fields<'_>, diagnostics: &mut Diagnostics) {
    for (key, name) in STYLES {
        if let Some(fields) = table.table(key, diagnostics) {
            read_style(&mut theme.styles[name as usize], fields, diagnostics);
        }
    }
    table.finish(diagnostics);
}

fn read_style(style: &mut StyleConfig, mut fields: Fields<'_>, diagnostics: &mut Diagnostics) {
    if let Some(face) = fields.word("face", &ROLES, diagnostics) {
        style.face = face;
    }
    if let Some(cut) = fields.word("cut", &CUTS, diagnostics) {
        style.cut = cut;
    }
    if let Some(size) = ratio(&mut fields, "size", &RATIOS, diagnostics) {
        style.size = size;
    }
    if let Some(leading) = ratio(&mut fields, "leading", &RATIOS, diagnostics) {
        style.leading = leading;
    }
    if let Some(figures) = fields.word("figures", &FIGURES, diagnostics) {
        style.figures = figures;
    }
    if let Some(small_caps) = fields.boolean("small-caps", diagnostics) {
        style.small_caps = small_caps;
    }
    if let Some(align) = fields.word("align", &ALIGNS, diagnostics) {
        style.align = align;
    }
    if let Some(color) = color(&mut fields, "colour", (Color::WHITE, true), diagnostics) {
        style.color = color;
    }
    fields.finish(diagnostics);
}

fn read_colors(colors: &mut ThemeColors, mut table: Fields<'_>, diagnostics: &mut Diagnostics) {
    let black = (Color::BLACK, true);
    let mut read = |key, target: &mut Color, against| {
        if let Some(color) = color(&mut table, key, against, diagnostics) {
            *target = color;
        }
    };
    read("listing", &mut colors.listing, black);
    read("highlight", &mut colors.highlight, black);
    read("bar", &mut colors.bar, (Color::WHITE, false));
    // Lines of a listing may be pointed out: inks have to be read on the darker background.
    let darker = [colors.listing, colors.highlight]
        .into_iter()
        .min_by_key(|color| color.contrast(Color::BLACK))
        .unwrap_or(Color::WHITE);
    let paper = (darker, true);
    read("comment", &mut colors.comment, paper);
    read("type", &mut colors.types, paper);
    read("string", &mut colors.string, paper);
    read("number", &mut colors.number, paper);
    read("attribute", &mut colors.attribute, paper);
    table.finish(diagnostics);
}

fn read_spacing(spacing: &mut Spacing, mut table: Fields<'_>, diagnostics: &mut Diagnostics) {
    let mut read = |key, target: &mut i64| {
        if let Some(distance) = ratio(&mut table, key, &DISTANCES, diagnostics) {
            *target = distance;
        }
    };
    read("indent", &mut spacing.indent);
    read("sink", &mut spacing.sink);
    read("below-opening", &mut spacing.below_opening);
    read("above-heading", &mut spacing.above_heading);
    read("below-heading", &mut spacing.below_heading);
    table.finish(diagnostics);
}

/// A number in thousandths, within its range.
fn ratio(
    fields: &mut Fields<'_>,
    key: &'static str,
    range: &RangeInclusive<i64>,
    diagnostics: &mut Diagnostics,
) -> Option<i64> {
    let value = fields.get(key)?;
    let (written, span) = value.number(key, diagnostics)?;
    let thousandths = measure::thousandths(written).filter(|number| range.contains(number));
    if thousandths.is_none() {
        let bound = |n: &i64| measure::decimal_of_thousandths(*n);
        diagnostics.push(
            Diagnostic::new(Code::InvalidValue, span, format!("`{key}` is out of its range"))
                .help(format!("it is from {} to {}", bound(range.start()), bound(range.end()))),
        );
    }
    thousandths
}

/// A colour; with the flag, one that can be read on (or below) the other.
fn color(
    fields: &mut Fields<'_>,
    key: &'static str,
    (against, is_read): (Color, bool),
    diagnostics: &mut Diagnostics,
) -> Option<Color> {
    let (written, span) = fields.string(key, diagnostics)?;
    let Some(color) = Color::parse(&written) else {
        diagnostics.push(
            Diagnostic::new(Code::InvalidValue, span, format!("`{written}` is no colour"))
                .help("write red, green and blue as in CSS: `#143c6e`"),
        );
        return None;
    };
    let contrast = color.contrast(against);
    if is_read && contrast < CONTRAST {
        let message = format!(
            "the contrast of `{key}` is {}.{}:1, which is hard to read",
            contrast / 10,
            contrast % 10
        );
        diagnostics.push(
            Diagnostic::new(Code::InvalidValue, span, message)
                .help("text and its background need 4.5:1, on a grey printer too"),
        );
        return None;
    }
    Some(color)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A theme's text must read without a complaint.
    fn read_strictly(text: &str, base: Theme) -> Theme {
        let mut sources = Sources::default();
        let file = sources.add("theme.toml", text);
        let mut diagnostics = Diagnostics::default();
        let theme = fields::parse(&sources, file, &mut diagnostics, |mut fields, diagnostics| {
            let theme = read_keys(base, &mut fields, diagnostics);
            fields.finish(diagnostics);
            theme
        });
        assert_eq!(diagnostics.iter().map(|d| d.message.as_str()).collect::<Vec<_>>(), [""; 0]);
        theme.expect("it parses")
    }

    #[test]
    fn the_themes_of_the_program_are_sound() {
        let source = read_strictly(SOURCE, blank());
        read_strictly(CLASSIC, source);
        assert_ne!(built_in(ThemeName::Source), built_in(ThemeName::Classic));
    }

    #[test]
    fn source_gives_every_value() {
        // Over two bases that share nothing, the same theme.
        let mut other = built_in(ThemeName::Classic);
        for style in &mut other.styles {
            *style = StyleConfig {
                face: FaceRole::Math,
                cut: Cut::Bold,
                size: 1,
                leading: 1,
                figures: Figures::Tabular,
                small_caps: true,
                align: TextAlign::Center,
                color: Color::WHITE,
            };
        }
        other.small_caps_abbreviations = true;
        other.code_size = 1;
        other.spacing =
            Spacing { indent: 1, sink: 1, below_opening: 1, above_heading: 1, below_heading: 1 };
        other.head = HeadConfig { titles: false, folio: FolioPlace::FootCenter };
        other.name = ThemeName::Source;
        let over = |base| {
            let mut theme = read_strictly(SOURCE, base);
            theme.faces = blank().faces;
            theme
        };
        assert_eq!(over(other), over(blank()));
    }
}
