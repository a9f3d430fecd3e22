//! What is in a release: the manifest that stands beside the files.
//!
//! It says what every file is, its size and digest, what it promises to conform to, and who made
//! the pictures; and what somebody needs to make the very same files again. It is JSON, written
//! from the same types that read it back.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::book::Book;
use crate::project::{Archival, Standards};

/// The name of the manifest among the files.
pub const MANIFEST: &str = "manifest.json";

/// What is in a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Manifest {
    /// Version of the program that made it.
    pub endpaper: String,
    /// The book.
    pub book: BookRecord,
    /// The files, in the order in which they are made.
    pub artefacts: Vec<ArtefactRecord>,
    /// Who made the pictures.
    pub credits: Vec<CreditRecord>,
}

/// What a manifest says of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BookRecord {
    /// Its title.
    pub title: String,
    /// How its files are called.
    pub slug: String,
    /// Its own version.
    pub version: String,
    /// The commit that it was made from, as the caller said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// ISBN or UUID.
    pub identifier: String,
    /// BCP 47 tag.
    pub language: String,
    /// Licence of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Last change, seconds since 1970-01-01T00:00:00Z.
    pub modified: u64,
    /// Words of the whole book.
    pub words: usize,
}

/// What a manifest says of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ArtefactRecord {
    /// Its name.
    pub name: String,
    /// `epub`, or the name of the printed edition.
    pub edition: String,
    /// What it is.
    pub media_type: String,
    /// How large it is.
    pub bytes: usize,
    /// Its SHA-256 digest, in hexadecimal digits.
    pub sha256: String,
    /// How many pages it has, when it has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// How many words it has: all editions have those of the book.
    pub words: usize,
    /// What it promises to conform to.
    pub standards: Vec<String>,
}

/// Who made a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CreditRecord {
    /// File name in the photo folder.
    pub picture: String,
    /// Who made it.
    pub creator: String,
    /// The line they are credited with.
    pub credit: String,
    /// Under which licence.
    pub licence: String,
    /// Where the licence can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence_url: Option<String>,
}

/// The record of the book.
pub fn book(book: &Book, commit: Option<&str>, words: usize) -> BookRecord {
    let meta = &book.meta;
    BookRecord {
        title: meta.title.clone(),
        slug: meta.slug.clone(),
        version: meta.version.clone(),
        commit: commit.map(str::to_owned),
        identifier: meta.identifier.clone(),
        language: meta.language.0.clone(),
        licence: meta.licence.clone(),
        modified: meta.modified,
        words,
    }
}

/// The records of the pictures.
pub fn credits(book: &Book) -> Vec<CreditRecord> {
    let photos = book.photos.iter();
    let records = photos.map(|photo| CreditRecord {
        picture: photo.name.clone(),
        creator: photo.creator.clone(),
        credit: photo.credit.clone(),
        licence: photo.licence.clone(),
        licence_url: photo.licence_url.clone(),
    });
    records.collect()
}

/// What a PDF promises, in the words of the standards.
pub fn of_pdf(standards: Standards) -> Vec<String> {
    let archival = standards.archival.map(|archival| match archival {
        Archival::A2u => "PDF/A-2u",
        Archival::A2a => "PDF/A-2a",
        Archival::A3a => "PDF/A-3a",
    });
    let accessible = standards.accessible.then_some("PDF/UA-1");
    accessible.into_iter().chain(archival).map(str::to_owned).collect()
}

/// What an EPUB promises.
pub fn of_epub(is_certified: bool) -> Vec<String> {
    let claims = ["EPUB Accessibility 1.1", "WCAG 2.2 Level AA"];
    let claims = claims.into_iter().filter(|_| is_certified);
    std::iter::once("EPUB 3.3").chain(claims).map(str::to_owned).collect()
}

/// A digest as it is written in manifests and sums.
pub fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

impl Manifest {
    /// As a file, with a line feed at its end.
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("texts and numbers are JSON");
        format!("{text}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_have_the_names_of_the_standards() {
        assert_eq!(of_pdf(Standards::USUAL), ["PDF/UA-1", "PDF/A-2a"]);
        assert!(of_pdf(Standards::NONE).is_empty());
        assert_eq!(of_epub(false), ["EPUB 3.3"]);
        assert_eq!(of_epub(true).len(), 3);
    }
}
