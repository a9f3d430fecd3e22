//! Themes: what a book looks like, as data. Faces by role, styles of paragraphs, colours, spacing,
//! running heads.
//!
//! A theme is written in the form of `[theme]` of `book.toml`. The two that come with the program
//! are such tables too, in `themes/`: `source` says everything, `classic` what differs from it,
//! and a book's `[theme]` what differs from either. So every key has one reader, and a theme has
//! no value left open. What faces there are is known later: [`crate::font::Faces::families`].

mod read;
mod words;

use crate::color::Color;
use crate::source::Span;

pub(super) use read::{read_edition_theme, read_theme};

/// How a book looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The theme of the program that it began as.
    pub name: ThemeName,
    /// The faces, by [`FaceRole`].
    pub faces: [FamilyName; FaceRole::ALL.len()],
    /// The styles of paragraphs, by [`StyleName`].
    pub styles: [StyleConfig; StyleName::ALL.len()],
    /// Size of code within a line of text, in thousandths of that text's size.
    pub code_size: i64,
    /// Whether three capitals and more in running text are set as small capitals.
    pub small_caps_abbreviations: bool,
    /// Colours of what is not a paragraph.
    pub colors: ThemeColors,
    /// Distances.
    pub spacing: Spacing,
    /// What stands above or below the text block.
    pub head: HeadConfig,
}

/// `name`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeName {
    /// Source Serif 4 with sans headings: a book of our time.
    Source,
    /// Libertinus Serif, centred openings, small capitals: a book as it was always made.
    Classic,
}

impl ThemeName {
    /// The families of text, of tables and of code, as their makers call them.
    pub fn families(self) -> [&'static str; 3] {
        let text = match self {
            Self::Source => "Source Serif 4",
            Self::Classic => "Libertinus Serif",
        };
        [text, "Source Sans 3", "Source Code Pro"]
    }
}

/// What a family of faces is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceRole {
    /// Running text.
    Text,
    /// Notes and captions.
    SmallText,
    /// Subtitles and names of speakers.
    Subhead,
    /// Titles.
    Display,
    /// Tables, credits, small print.
    Sans,
    /// Headings and labels.
    Heading,
    /// Code.
    Mono,
    /// Formulas.
    Math,
}

/// A family as it is named, before anybody knows whether there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FamilyName {
    /// A family's name, `Libertinus Serif`, whose cuts are found by weight and slope; or one
    /// face's PostScript name, which then stands for all cuts.
    Whole(FaceName),
    /// PostScript or family names of regular, italic, bold and bold italic.
    Cuts(Box<[FaceName; 4]>),
}

/// The name of a face or a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceName {
    /// As it is written.
    pub name: String,
    /// Where `book.toml` says it; `None` in a theme of the program.
    pub span: Option<Span>,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleName {
    /// Running text.
    Text,
    /// Notes at the foot.
    Note,
    /// Captions.
    Caption,
    /// Credits below captions.
    Credit,
    /// Cells of tables.
    Table,
    /// Listings.
    Listing,
    /// The book's title on the title page.
    BookTitle,
    /// Titles of chapters and parts.
    Title,
    /// Subtitles.
    Subtitle,
    /// Small lines above titles: "Part I", facts of a talk.
    Label,
    /// Names of speakers.
    Speaker,
    /// What speakers do, and where.
    Affiliation,
    /// Headings of level 2.
    Heading2,
    /// Headings of level 3.
    Heading3,
    /// Headings of level 4.
    Heading4,
    /// Headings of level 5 and 6.
    Heading5,
    /// Title of an alert.
    AlertTitle,
    /// Lines of contents and lists.
    Entry,
    /// Second lines below them.
    EntryDetail,
    /// Entries of indexes.
    Index,
    /// Running heads and folios.
    Head,
}

/// How paragraphs of one kind are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StyleConfig {
    /// The family.
    pub face: FaceRole,
    /// Which of its cuts is the plain one.
    pub cut: Cut,
    /// Size in thousandths of the edition's text size.
    pub size: i64,
    /// Distance of baselines in thousandths of the edition's leading.
    pub leading: i64,
    /// Figures.
    pub figures: Figures,
    /// Whether all letters are small capitals.
    pub small_caps: bool,
    /// How lines sit.
    pub align: TextAlign,
    /// Colour of the text.
    pub color: Color,
}

/// `cut`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Upright.
    Regular,
    /// Italic.
    Italic,
    /// Bold, or what stands for it.
    Bold,
}

/// `figures`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {
    /// With ascenders and descenders, like small letters.
    OldStyle,
    /// As high as capitals.
    Lining,
    /// As high as capitals and all of one width.
    Tabular,
}

/// `align`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextAlign {
    /// Both edges straight, with hyphens.
    Justified,
    /// The left edge straight.
    Start,
    /// Centred.
    Center,
}

/// `[theme.colours]`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThemeColors {
    /// Background of listings.
    pub listing: Color,
    /// Comments in listings.
    pub comment: Color,
    /// Types.
    pub types: Color,
    /// Strings.
    pub string: Color,
    /// Numbers.
    pub number: Color,
    /// Attributes and macros.
    pub attribute: Color,
    /// Background of what the author marked.
    pub highlight: Color,
    /// The bar beside an alert.
    pub bar: Color,
}

/// `[theme.spacing]`: thousandths of the em (`indent`) or of the leading (all others).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spacing {
    /// Indent of a paragraph that follows another.
    pub indent: i64,
    /// Empty lines above the opening of a chapter.
    pub sink: i64,
    /// Between the opening of a chapter and its text.
    pub below_opening: i64,
    /// Above a heading of level 2.
    pub above_heading: i64,
    /// Below it.
    pub below_heading: i64,
}

/// `[theme.head]`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadConfig {
    /// Whether pages have running heads.
    pub titles: bool,
    /// Where the folio stands.
    pub folio: FolioPlace,
}

/// `[theme.head] folio`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolioPlace {
    /// At the fore edge, in the line of the running head.
    Head,
    /// At the fore edge, below the text.
    Foot,
    /// In the middle, below the text.
    FootCenter,
}

impl Theme {
    /// A theme of the program.
    pub fn built_in(name: ThemeName) -> Self {
        read::built_in(name)
    }

    /// The family with a role.
    pub fn family(&self, role: FaceRole) -> &FamilyName {
        &self.faces[role as usize]
    }

    /// The style of a kind of paragraph.
    pub fn style(&self, name: StyleName) -> StyleConfig {
        self.styles[name as usize]
    }
}

impl FaceRole {
    /// All roles, in the order of their discriminants.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::SmallText,
        Self::Subhead,
        Self::Display,
        Self::Sans,
        Self::Heading,
        Self::Mono,
        Self::Math,
    ];
}

impl StyleName {
    /// All names, in the order of their discriminants.
    pub const ALL: [Self; 21] = [
        Self::Text,
        Self::Note,
        Self::Caption,
        Self::Credit,
        Self::Table,
        Self::Listing,
        Self::BookTitle,
        Self::Title,
        Self::Subtitle,
        Self::Label,
        Self::Speaker,
        Self::Affiliation,
        Self::Heading2,
        Self::Heading3,
        Self::Heading4,
        Self::Heading5,
        Self::AlertTitle,
        Self::Entry,
        Self::EntryDetail,
        Self::Index,
        Self::Head,
    ];
}
