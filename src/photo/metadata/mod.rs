//! What a picture's file says of itself: who made it, what it shows, what may be done with it.
//!
//! [`read()`] looks at XMP, IPTC-IIM, EXIF and the texts of a PNG, in this order: XMP is what
//! editors and agencies write today, IPTC-IIM its predecessor, and in EXIF cameras put their own
//! words. The guidance of the Metadata Working Group (version 2.0, §5) agrees on XMP before IIM but
//! asks EXIF first for the three fields that all have; here it comes last, because the
//! `ImageDescription` of many cameras is "OLYMPUS DIGITAL CAMERA". The checksum with which that
//! guidance notices an IIM block that was edited after the XMP is not looked at.
//!
//! Bytes may be anything: a block that cannot be read is passed over, no value is longer than
//! [`LONGEST`], nothing panics. Orientation and colour are not read here, and nothing is written.

mod exif;
mod gif;
mod iptc;
mod jpeg;
mod packets;
mod png;
mod private;
#[cfg(test)]
mod tests;
mod text;
mod webp;
mod xmp;

pub use private::Private;
pub use text::LONGEST;

use super::drawing::is_drawing;
use super::licence::Licence;
use super::origin::Origin;
use super::register::{Linked, Taken};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a file says. A field is absent when no standard has it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// The picture's title: `dc:title`, IIM 2:05.
    pub title: Option<Said<String>>,
    /// What is seen: `Iptc4xmpCore:AltTextAccessibility`.
    pub alt: Option<Said<String>>,
    /// More of what is seen: `Iptc4xmpCore:ExtDescrAccessibility`.
    pub long_description: Option<Said<String>>,
    /// What it is about: `dc:description`, IIM 2:120, EXIF `ImageDescription`.
    pub caption: Option<Said<String>>,
    /// Who made it, several joined by commas: `dc:creator`, `cc:attributionName`, IIM 2:80, EXIF
    /// `Artist`; the address from `Iptc4xmpCore:CreatorContactInfo` or `cc:attributionURL`.
    pub creator: Option<Said<Linked>>,
    /// The line to credit it with: `photoshop:Credit`, IIM 2:110.
    pub credit: Option<Said<String>>,
    /// The notice: `dc:rights`, IIM 2:116, EXIF `Copyright`.
    pub copyright: Option<Said<String>>,
    /// `cc:license`, `plus:TermsAndConditions…`, `xmpRights:WebStatement` and `UsageTerms`.
    pub licence: Option<Said<Licence>>,
    /// Where it comes from: `photoshop:Source`, `dc:source`, IIM 2:115.
    pub source: Option<Said<String>>,
    /// When it was taken: `photoshop:DateCreated`, IIM 2:55, EXIF `DateTimeOriginal`.
    pub date: Option<Said<Taken>>,
    /// How it came to be: `Iptc4xmpExt:DigitalSourceType`.
    pub origin: Option<Said<Origin>>,
    /// Who is shown: `Iptc4xmpExt:PersonInImage`.
    pub people: Option<Said<Vec<String>>>,
}

/// A value, and which standard has it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Said<T> {
    /// What is said.
    pub value: T,
    /// Where in the file.
    pub by: Standard,
}

/// The standards that have a word on a picture.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub enum Standard {
    /// A `.license` file beside the picture (REUSE).
    Reuse,
    /// ISO 16684-1.
    Xmp,
    /// The IPTC's Information Interchange Model, version 4.2.
    Iptc,
    /// CIPA DC-008.
    Exif,
    /// The `tEXt` and `iTXt` chunks of a PNG.
    Png,
}

impl Standard {
    /// As it is named in a complaint.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reuse => "REUSE",
            Self::Xmp => "XMP",
            Self::Iptc => "IPTC",
            Self::Exif => "EXIF",
            Self::Png => "PNG",
        }
    }
}

/// Which kinds of private data are in the bytes of a picture. A file that is not whole may have more.
pub fn private(bytes: &[u8]) -> BTreeSet<Private> {
    match is_drawing(bytes) {
        true => private::of_drawing(bytes),
        false => private::of(&packets::find(bytes)),
    }
}

/// Reads what the bytes of a JPEG, PNG, WebP, GIF or TIFF say; nothing of any other file.
pub fn read(bytes: &[u8]) -> Metadata {
    let packets = packets::find(bytes);
    let mut metadata = Metadata::default();
    for packet in &packets.xmp {
        metadata = metadata.or(xmp::read(packet));
    }
    for packet in &packets.iptc {
        metadata = metadata.or(iptc::read(packet));
    }
    if let Some(packet) = &packets.exif {
        metadata = metadata.or(exif::read(packet));
    }
    metadata.or(png::of_texts(&packets.texts))
}

impl Metadata {
    /// Each field from here, or else from there.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            alt: self.alt.or(other.alt),
            long_description: self.long_description.or(other.long_description),
            caption: self.caption.or(other.caption),
            creator: self.creator.or(other.creator),
            credit: self.credit.or(other.credit),
            copyright: self.copyright.or(other.copyright),
            licence: self.licence.or(other.licence),
            source: self.source.or(other.source),
            date: self.date.or(other.date),
            origin: self.origin.or(other.origin),
            people: self.people.or(other.people),
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A value with its standard.
fn said<T>(value: Option<T>, by: Standard) -> Option<Said<T>> {
    value.map(|value| Said { value, by })
}

/// Names joined by commas, without address.
fn creator_of(names: &[String]) -> Option<Linked> {
    (!names.is_empty()).then(|| Linked { text: names.join(", "), url: None })
}
