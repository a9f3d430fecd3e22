//! What an edition means to look like: every size, face and distance, with no choice left open.
//!
//! A theme says it in shares of the text's size and leading; here it becomes lengths and faces.
//! The proportions of the themes follow the usual advice for book work (Bringhurst, *The Elements of Typographic
//! Style*, 2.1 to 2.4 and 8): a measure of 60 to 70 characters, leading of 130 to 140 %, headings
//! that differ by face before they differ by size, and everything on one baseline grid.

use crate::diag::Diagnostics;
use crate::font::{FaceId, Faces, Families, Family, Features};
use crate::geom::{Length, Size};
use crate::project::{
    ContentsPlace, Cut, EditionConfig, FaceRole, Figures, Folio, HeadConfig, Margins, Opening,
    Spacing, StyleConfig, StyleName, TextAlign, ThemeColors,
};

use super::pages::Color;

/// An edition's look.
#[derive(Clone, Debug)]
pub struct Design {
    /// Trimmed page.
    pub page: Size,
    /// Margins of a recto page.
    pub margins: Margins,
    /// Whether verso pages mirror recto pages.
    pub mirrored: bool,
    /// Whether the book is bound at the right: recto pages are the left ones.
    pub right_to_left: bool,
    /// Where parts and chapters open.
    pub opening: Opening,
    /// Where the contents stand.
    pub contents: ContentsPlace,
    /// How pages are numbered.
    pub folio: Folio,
    /// Width of a line of text.
    pub measure: Length,
    /// Height of the text block: a whole number of lines.
    pub depth: Length,
    /// Distance of the baselines of text.
    pub leading: Length,
    /// The paragraph styles.
    pub styles: Styles,
    /// The face of formulas.
    pub math: FaceId,
    /// Colours of what is not a paragraph.
    pub colors: ThemeColors,
    /// Distances, as the theme means them.
    pub spacing: Spacing,
    /// What stands above or below the text block.
    pub head: HeadConfig,
}

/// How lines sit in their measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Both edges straight.
    Justified,
    /// Left edge straight (the start of the line in the text's direction).
    Start,
    /// Centred.
    Center,
    /// Right edge straight.
    End,
}

/// How a paragraph of some kind is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Its family.
    pub family: Family,
    /// The family of code within it.
    pub code: Family,
    /// Size of the em.
    pub size: Length,
    /// Size of the em of code within it.
    pub code_size: Length,
    /// Distance of baselines.
    pub leading: Length,
    /// Features of all its text.
    pub features: Features,
    /// How its lines sit.
    pub align: Align,
    /// Whether words may be broken.
    pub hyphenate: bool,
    /// Its colour.
    pub color: Color,
    /// Whether abbreviations are set as small capitals.
    pub small_caps_abbreviations: bool,
}

/// All paragraph styles.
#[derive(Clone, Debug)]
pub struct Styles {
    /// Running text.
    pub body: Style,
    /// Notes at the foot.
    pub note: Style,
    /// Captions.
    pub caption: Style,
    /// Credits below captions.
    pub credit: Style,
    /// Cells of tables.
    pub table: Style,
    /// Listings.
    pub listing: Style,
    /// The book's title on the title page.
    pub book_title: Style,
    /// Titles of chapters and parts.
    pub title: Style,
    /// Subtitles.
    pub subtitle: Style,
    /// Small label above a title: "Part I", facts of a talk.
    pub label: Style,
    /// Names of speakers.
    pub speaker: Style,
    /// What speakers do, and where.
    pub affiliation: Style,
    /// Headings of level 2 to 6 (the last two share one).
    pub headings: [Style; 4],
    /// Title of an alert.
    pub alert_title: Style,
    /// Lines of contents and lists.
    pub entry: Style,
    /// Second lines below them: speakers.
    pub entry_detail: Style,
    /// Entries of indexes.
    pub index: Style,
    /// Running heads and folios.
    pub head: Style,
}

impl Design {
    /// The look of an edition. A face that its theme names and nobody has is a complaint.
    pub fn new(
        edition: &EditionConfig,
        faces: &Faces,
        right_to_left: bool,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let families = faces.families(&edition.theme, diagnostics);
        let size = edition.page;
        let Margins { top, inner, outer, bottom } = edition.margins;
        let leading = edition.leading;
        let lines = ((size.height - top - bottom).0 / leading.0.max(1)).max(1);
        Self {
            page: size,
            margins: edition.margins,
            mirrored: edition.mirrored,
            right_to_left,
            opening: edition.opening,
            contents: edition.contents,
            folio: edition.folio,
            measure: size.width - inner - outer,
            depth: leading * lines,
            leading,
            styles: Styles::new(edition, &families, faces),
            math: families.of(FaceRole::Math).regular,
            colors: edition.theme.colors,
            spacing: edition.theme.spacing,
            head: edition.theme.head,
        }
    }

    /// Left edge of the text block.
    pub fn left(&self, recto: bool) -> Length {
        let bound_at_left = (recto || !self.mirrored) != self.right_to_left;
        if bound_at_left { self.margins.inner } else { self.margins.outer }
    }

    /// Whether the fore edge of a page is at its right.
    pub fn opens_at_right(&self, recto: bool) -> bool {
        recto != self.right_to_left
    }
}

impl Style {
    /// What a theme means at the sizes of an edition. Lines never overlap.
    fn new(
        meant: StyleConfig,
        edition: &EditionConfig,
        (families, faces): (&Families, &Faces),
    ) -> Self {
        let size = edition.text_size.scale(meant.size, 1_000);
        let family = cut(families.of(meant.face), meant.cut);
        let code = families.of(FaceRole::Mono);
        let is_code = family == code;
        // Among bold words, code is bold.
        let is_bold = faces.get(family.regular).weight() >= LEAST_BOLD;
        let code = if is_bold { cut(code, Cut::Bold) } else { code };
        let figures = match meant.figures {
            Figures::OldStyle => Features::OLD_STYLE,
            Figures::Lining => Features::LINING,
            Figures::Tabular => Features::TABULAR,
        };
        let caps = if meant.small_caps { Features::SMALL_CAPS } else { Features::NONE };
        Self {
            family,
            code,
            size,
            code_size: if is_code { size } else { size.scale(edition.theme.code_size, 1_000) },
            leading: edition.leading.scale(meant.leading, 1_000).max(size),
            features: figures.with(caps),
            align: match meant.align {
                TextAlign::Justified => Align::Justified,
                TextAlign::Start => Align::Start,
                TextAlign::Center => Align::Center,
            },
            hyphenate: meant.align == TextAlign::Justified,
            color: meant.color,
            // Beside lining figures, capitals are as high as they.
            small_caps_abbreviations: edition.theme.small_caps_abbreviations
                && meant.figures == Figures::OldStyle
                && !meant.small_caps,
        }
    }

    /// The face for a cut of its family, or of its code family.
    pub fn face(&self, code: bool, bold: bool, italic: bool) -> FaceId {
        let family = if code { &self.code } else { &self.family };
        match (bold, italic) {
            (false, false) => family.regular,
            (false, true) => family.italic,
            (true, false) => family.bold,
            (true, true) => family.bold_italic,
        }
    }
}

/// A face this heavy looks bold beside a regular one: a semibold.
const LEAST_BOLD: u16 = 600;

/// A family whose plain cut is another one. What is stressed in italics stands upright.
fn cut(family: Family, cut: Cut) -> Family {
    let Family { regular, italic, bold, bold_italic } = family;
    match cut {
        Cut::Regular => family,
        Cut::Italic => {
            Family { regular: italic, italic: regular, bold: bold_italic, bold_italic: bold }
        }
        Cut::Bold => Family { regular: bold, italic: bold_italic, bold, bold_italic },
    }
}

impl Styles {
    fn new(edition: &EditionConfig, families: &Families, faces: &Faces) -> Self {
        let theme = &edition.theme;
        let style = |name| Style::new(theme.style(name), edition, (families, faces));
        Self {
            body: style(StyleName::Text),
            note: style(StyleName::Note),
            caption: style(StyleName::Caption),
            credit: style(StyleName::Credit),
            table: style(StyleName::Table),
            listing: Style { features: Features::LITERAL, ..style(StyleName::Listing) },
            book_title: style(StyleName::BookTitle),
            title: style(StyleName::Title),
            subtitle: style(StyleName::Subtitle),
            label: style(StyleName::Label),
            speaker: style(StyleName::Speaker),
            affiliation: style(StyleName::Affiliation),
            headings: [
                style(StyleName::Heading2),
                style(StyleName::Heading3),
                style(StyleName::Heading4),
                style(StyleName::Heading5),
            ],
            alert_title: style(StyleName::AlertTitle),
            entry: style(StyleName::Entry),
            entry_detail: style(StyleName::EntryDetail),
            index: style(StyleName::Index),
            head: style(StyleName::Head),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::fixture;
    use crate::project::{Theme, ThemeName};

    #[test]
    fn code_is_bold_among_bold_words_alone() {
        let faces = Faces::bundled();
        let mut edition = fixture::edition();
        let mut name = |theme: ThemeName, style: fn(&Styles) -> Style| {
            edition.theme = Theme::built_in(theme);
            let design = Design::new(&edition, &faces, false, &mut Diagnostics::default());
            faces.get(style(&design.styles).face(true, false, false)).name.clone()
        };
        let heading = |styles: &Styles| styles.headings[0];
        assert_eq!(name(ThemeName::Source, heading), "SourceCodePro-Semibold");
        assert_eq!(name(ThemeName::Source, |styles| styles.title), "SourceCodePro-Regular");
        assert_eq!(name(ThemeName::Classic, heading), "SourceCodePro-Regular");
    }
}
