//! What `book.toml` means: no optional value that has a default, no unchecked string.
//!
//! The file's own form is in `read`; this is what it means after defaults and checks.

use super::release::Release;
use super::theme::Theme;
use crate::geom::{Length, Size};
use crate::source::Span;
use std::collections::BTreeMap;

/// The whole of `book.toml`.
#[derive(Clone, Debug)]
pub struct Config {
    /// `[book]`
    pub book: BookConfig,
    /// `[contents]`, besides the chapters themselves
    pub contents: ContentsConfig,
    /// `[photos]`
    pub photos: PhotosConfig,
    /// `[fonts] folder`: the folder of the book's own font files, with its place.
    pub fonts: Option<(String, Span)>,
    /// `[theme]`: how the book looks.
    pub theme: Theme,
    /// `[hyphenation]`: a word in lower case and its pieces, `kubernetes = "ku-ber-ne-tes"`.
    pub hyphenation: BTreeMap<String, Vec<String>>,
    /// `[math.macros]`: names without backslash, definitions, places.
    pub macros: Vec<(String, String, Span)>,
    /// `[epub]`
    pub epub: EpubConfig,
    /// `[edition.NAME]`, in the order of the file; never empty. The first is the one whose pages
    /// the EPUB's page list names.
    pub editions: Vec<EditionConfig>,
    /// What only an mdBook has; `None` for a book of our own kind.
    pub mdbook: Option<MdBookConfig>,
    /// Whether the gaps of a manuscript that was not written for this program are warnings:
    /// dead links, pictures without credits. So it is with an mdBook, unless it is built strictly.
    pub lenient: bool,
}

/// What mdBook's `book.toml` says about the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MdBookConfig {
    /// `[output.endpaper] base-url`: where links lead that lead out of the book's folder.
    pub base: Option<String>,
    /// `[output.html] mathjax-support`: whether dollar signs may mean formulas.
    pub math: bool,
    /// `[output.html.redirect]`: pages that moved, and where they are now.
    pub redirects: BTreeMap<String, String>,
    /// `[output.html.code.hidelines]`: by language what lines begin with that are not shown.
    pub hidden: BTreeMap<String, String>,
}

/// `[book]`
#[derive(Clone, Debug)]
pub struct BookConfig {
    /// File name stem of the artefacts; made from the title unless given.
    pub slug: String,
    /// The book's own version.
    pub version: String,
    /// The commit it is made from; `book.toml` cannot know it, the caller may.
    pub commit: Option<String>,
    /// Main title.
    pub title: String,
    /// Where the title is written: the place of last resort for complaints.
    pub span: Span,
    /// Second title.
    pub subtitle: Option<String>,
    /// Authors, editors, …
    pub people: Vec<PersonConfig>,
    /// BCP 47 language tag.
    pub language: String,
    /// ISBN (13 digits, check digit verified) or UUID as `urn:…`; UUIDv5 of a stable name
    /// unless given.
    pub identifier: String,
    /// `(year, month, day)` of first publication.
    pub date: Option<(u16, u8, u8)>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Rights in one sentence.
    pub rights: Option<String>,
    /// SPDX identifier of the text's licence.
    pub licence: Option<String>,
    /// Series and position.
    pub series: Option<(String, Option<String>)>,
    /// What it is about.
    pub description: Option<String>,
    /// Subjects.
    pub subjects: Vec<SubjectConfig>,
    /// Address of a page where a chapter can be edited; `{file}` is its file name.
    pub edit_url: Option<String>,
    /// How it reaches its readers, unless an edition says otherwise.
    pub release: Release,
}

/// `[contents]`, besides the chapters themselves
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentsConfig {
    /// How many levels have numbers: 0 none, 1 chapters, 2 also the headings below their titles,
    /// … up to 6.
    pub numbering: u8,
    /// How many levels the contents name: 1 parts and chapters, 2 also the headings below their titles,
    /// … up to 6.
    pub depth: u8,
    /// Whether figures with a caption have numbers; they have them where chapters have, unless
    /// given.
    pub number_figures: bool,
    /// The lists in the front matter, in this order; `None` for a list of the photographs where
    /// there are enough of them.
    pub lists: Option<Vec<ListOf>>,
    /// The lock of anchors, relative to the book's folder, and where it is named.
    pub anchors: Option<(String, Span)>,
}

impl Default for ContentsConfig {
    fn default() -> Self {
        Self { numbering: 0, depth: 1, number_figures: false, lists: None, anchors: None }
    }
}

/// `lists`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOf {
    /// Figures: photographs, drawings.
    Figures,
    /// Tables with captions.
    Tables,
}

/// An item of `subjects`: words, or `{ term = "…", authority = "…", code = "…" }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectConfig {
    /// In words.
    pub term: String,
    /// The scheme and the code in it.
    pub code: Option<(String, String)>,
}

/// Somebody in `authors`, `editors`, `translators`, `illustrators`, `photographers`, `organisers`,
/// `describers`.
#[derive(Clone, Debug)]
pub struct PersonConfig {
    /// As printed.
    pub name: String,
    /// As sorted; "Last, First" is made from the name unless given.
    pub sort: Option<String>,
    /// MARC relator code: `aut`, `edt`, `trl`, `ill`, `pht`, `orm`, `wat`.
    pub role: &'static str,
}

/// `[photos]`
#[derive(Clone, Debug)]
pub struct PhotosConfig {
    /// Folder of the pictures, relative to the book's folder.
    pub folder: String,
    /// The register, relative to the book's folder.
    pub register: String,
    /// The cover's file name in the folder.
    pub cover: Option<(String, Span)>,
    /// Whether gaps in the register stop the build.
    pub policy: Policy,
    /// How large a picture may be.
    pub limits: PhotoLimits,
}

/// `[photos] max-megapixels`, `max-bytes`: what a picture may be before it is decoded. Of pictures that
/// move the first frame alone is decoded, so that their number needs no bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoLimits {
    /// The most pixels.
    pub pixels: u64,
    /// The most bytes of its file.
    pub bytes: u64,
}

impl PhotoLimits {
    /// What is enough for every camera: 160 million pixels (the largest sensors one can buy have 151;
    /// as RGB that is 480 MB of memory) in 256 MB (an uncompressed photograph of 85 megapixels).
    pub const USUAL: Self = Self { pixels: 160_000_000, bytes: 256_000_000 };
}

/// `[epub]`
#[derive(Clone, Debug)]
pub struct EpubConfig {
    /// Whether the pages of the print edition are marked and listed.
    pub page_list: bool,
    /// The author's stylesheet, relative to the book's folder.
    pub css: Option<(String, Span)>,
    /// The most bytes the EPUB may have.
    pub budget: Option<(u64, Span)>,
    /// Families of the faces that are embedded: "Source Serif 4".
    pub fonts: Vec<(String, Span)>,
    /// Who certifies that the book conforms to EPUB Accessibility.
    pub certified_by: Option<(String, Span)>,
    /// `commercial`, `audience`, `territory`: the book's, unless the EPUB has its own.
    pub release: Release,
}

impl Default for EpubConfig {
    fn default() -> Self {
        Self {
            page_list: true,
            css: None,
            budget: None,
            fonts: Vec::new(),
            certified_by: None,
            release: Release::default(),
        }
    }
}

/// `[photos] policy`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Gaps are errors.
    Strict,
    /// Gaps are warnings.
    Warn,
}

/// `[edition.NAME]`
#[derive(Clone, Debug)]
pub struct EditionConfig {
    /// NAME. `book` gives `SLUG.pdf`, any other `SLUG-NAME.pdf`.
    pub name: String,
    /// Trimmed page.
    pub page: Size,
    /// Margins.
    pub margins: Margins,
    /// Whether verso pages mirror recto pages.
    pub mirrored: bool,
    /// Where parts and chapters open.
    pub opening: Opening,
    /// What happens to addresses of links.
    pub links: LinkPolicy,
    /// Where the contents stand.
    pub contents: ContentsPlace,
    /// How pages are numbered.
    pub folio: Folio,
    /// Size of the text.
    pub text_size: Length,
    /// Distance of baselines.
    pub leading: Length,
    /// What the file promises to conform to.
    pub standards: Standards,
    /// `theme`: the book's, unless the edition has its own.
    pub theme: Theme,
    /// `commercial`, `audience`, `territory`: the book's, unless the edition has its own.
    pub release: Release,
}

/// Margins of a recto page; on a verso page of a mirrored edition `inner` is on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margins {
    /// Above the text block.
    pub top: Length,
    /// At the spine.
    pub inner: Length,
    /// At the fore edge.
    pub outer: Length,
    /// Below the text block.
    pub bottom: Length,
}

/// `open`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// On a right-hand page.
    Recto,
    /// On a new page.
    Page,
    /// Where the last one ended.
    RunOn,
}

/// `links`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPolicy {
    /// Links are live and nothing is printed.
    Live,
    /// Addresses are printed as notes (links are live too).
    Notes,
}

/// `contents`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentsPlace {
    /// On pages of their own in the front matter.
    FrontMatter,
    /// On page one, below the title; there is no other front matter, and the imprint closes the
    /// edition.
    FirstPage,
}

/// `folio`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folio {
    /// Roman in the front matter, arabic from 1 in the body.
    Book,
    /// "3 of 14", through all pages.
    OfTotal,
}

/// `standard`: what a PDF promises to conform to. It is tagged whatever it promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standards {
    /// PDF/UA-1 (ISO 14289-1).
    pub accessible: bool,
    /// A part of PDF/A and its level.
    pub archival: Option<Archival>,
}

/// A part of PDF/A and its level of conformance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archival {
    /// PDF/A-2u (ISO 19005-2): text can be extracted.
    A2u,
    /// PDF/A-2a: text has its logical structure.
    A2a,
    /// PDF/A-3a (ISO 19005-3): the same, and the manuscript is attached.
    A3a,
}

impl Standards {
    /// Unless `book.toml` says otherwise: PDF/UA-1 and PDF/A-2a.
    pub const USUAL: Self = Self { accessible: true, archival: Some(Archival::A2a) };
    /// Nothing is promised.
    pub const NONE: Self = Self { accessible: false, archival: None };

    /// Whether something about the logical structure is promised.
    pub fn needs_structure(self) -> bool {
        self.accessible || matches!(self.archival, Some(Archival::A2a | Archival::A3a))
    }
}
