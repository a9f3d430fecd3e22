//! What `book.toml` means: no optional value that has a default, no unchecked string.
//!
//! The file's own form is in `read`; this is what it means after defaults and checks.

use crate::geom::{Length, Size};
use crate::source::Span;
use std::collections::BTreeMap;

/// The whole of `book.toml`.
#[derive(Clone, Debug)]
pub struct Config {
    /// `[book]`
    pub book: BookConfig,
    /// `[photos]`
    pub photos: PhotosConfig,
    /// `[fonts] folder`: the folder of the book's own font files, with its place.
    pub fonts: Option<(String, Span)>,
    /// `[hyphenation]`: a word in lower case and its pieces, `kubernetes = "ku-ber-ne-tes"`.
    pub hyphenation: BTreeMap<String, Vec<String>>,
    /// `[edition.NAME]`, in the order of the file; never empty. The first is the one whose pages
    /// the EPUB's page list names.
    pub editions: Vec<EditionConfig>,
}

/// `[book]`
#[derive(Clone, Debug)]
pub struct BookConfig {
    /// File name stem of the artefacts; made from the title unless given.
    pub slug: String,
    /// The book's own version.
    pub version: String,
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
    pub subjects: Vec<String>,
    /// Address of a page where a chapter can be edited; `{file}` is its file name.
    pub edit_url: Option<String>,
}

/// Somebody in `authors`, `editors`, `translators`, `illustrators`.
#[derive(Clone, Debug)]
pub struct PersonConfig {
    /// As printed.
    pub name: String,
    /// As sorted; "Last, First" is made from the name unless given.
    pub sort: Option<String>,
    /// MARC relator code: `aut`, `edt`, `trl`, `ill`.
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
