//! What an edition means to look like: every size, face and distance, with no choice left open.
//!
//! The proportions follow the usual advice for book work (Bringhurst, *The Elements of Typographic
//! Style*, 2.1 to 2.4 and 8): a measure of 60 to 70 characters, leading of 130 to 140 %, headings
//! that differ by face before they differ by size, and everything on one baseline grid.

use crate::font::{FaceId, Faces, Features};
use crate::geom::{Length, Size};
use crate::project::{ContentsPlace, EditionConfig, Folio, Margins, Opening};

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
}

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
    /// The look of an edition.
    pub fn new(edition: &EditionConfig, faces: &Faces) -> Self {
        let size = edition.page;
        let Margins { top, inner, outer, bottom } = edition.margins;
        let leading = edition.leading;
        let lines = ((size.height - top - bottom).0 / leading.0.max(1)).max(1);
        Self {
            page: size,
            margins: edition.margins,
            mirrored: edition.mirrored,
            opening: edition.opening,
            contents: edition.contents,
            folio: edition.folio,
            measure: size.width - inner - outer,
            depth: leading * lines,
            leading,
            styles: Styles::new(edition.text_size, leading, faces),
        }
    }

    /// Left edge of the text block.
    pub fn left(&self, recto: bool) -> Length {
        if self.mirrored && !recto { self.margins.outer } else { self.margins.inner }
    }
}

impl Style {
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

impl Styles {
    fn new(size: Length, leading: Length, faces: &Faces) -> Self {
        let find = |name: &str| faces.find(name).unwrap_or(FaceId(0));
        let family = |regular, italic, bold, bold_italic| Family {
            regular: find(regular),
            italic: find(italic),
            bold: find(bold),
            bold_italic: find(bold_italic),
        };
        let text = family(
            "SourceSerif4-Regular",
            "SourceSerif4-It",
            "SourceSerif4-Bold",
            "SourceSerif4-BoldIt",
        );
        let small = family(
            "SourceSerif4SmText-Regular",
            "SourceSerif4SmText-It",
            "SourceSerif4SmText-Bold",
            "SourceSerif4SmText-BoldIt",
        );
        let subhead = family(
            "SourceSerif4Subhead-Regular",
            "SourceSerif4Subhead-It",
            "SourceSerif4Subhead-Semibold",
            "SourceSerif4Subhead-It",
        );
        let display = family(
            "SourceSerif4Display-Regular",
            "SourceSerif4Display-It",
            "SourceSerif4Display-Semibold",
            "SourceSerif4Display-It",
        );
        let sans = family(
            "SourceSans3-Regular",
            "SourceSans3-It",
            "SourceSans3-Semibold",
            "SourceSans3-SemiboldIt",
        );
        let semibold = family(
            "SourceSans3-Semibold",
            "SourceSans3-SemiboldIt",
            "SourceSans3-Bold",
            "SourceSans3-BoldIt",
        );
        let mono = family(
            "SourceCodePro-Regular",
            "SourceCodePro-It",
            "SourceCodePro-Semibold",
            "SourceCodePro-SemiboldIt",
        );
        // Percent of the text's size, percent of the grid's leading.
        let style = |family, percent: i64, lead: i64| Style {
            family,
            code: mono,
            size: size.scale(percent, 100),
            leading: leading.scale(lead, 100),
            features: Features::OLD_STYLE,
            align: Align::Start,
            hyphenate: false,
            color: Color::BLACK,
        };
        let justified = |s: Style| Style { align: Align::Justified, hyphenate: true, ..s };
        let lining = |s: Style| Style { features: Features::LINING, ..s };
        Self {
            body: justified(style(text, 100, 100)),
            note: justified(style(small, 82, 80)),
            caption: style(small, 84, 82),
            credit: Style { color: Color::Gray(70), ..lining(style(sans, 72, 72)) },
            table: Style { features: Features::TABULAR, ..style(sans, 86, 86) },
            listing: Style { features: Features::LITERAL, ..style(mono, 80, 84) },
            book_title: lining(style(display, 300, 250)),
            title: lining(style(display, 215, 185)),
            subtitle: style(subhead, 130, 120),
            label: Style { color: Color::Gray(70), ..lining(style(semibold, 82, 100)) },
            speaker: style(subhead, 115, 105),
            affiliation: Style { color: Color::Gray(60), ..lining(style(sans, 88, 92)) },
            headings: [
                lining(style(semibold, 112, 100)),
                lining(style(semibold, 98, 100)),
                Style { family: Family { regular: text.italic, ..text }, ..style(text, 100, 100) },
                Style { family: Family { regular: text.italic, ..text }, ..style(text, 100, 100) },
            ],
            alert_title: lining(style(semibold, 86, 100)),
            entry: style(text, 95, 90),
            entry_detail: Style { color: Color::Gray(60), ..lining(style(sans, 82, 74)) },
            index: lining(style(text, 94, 90)),
            head: lining(style(sans, 80, 100)),
        }
    }
}
