//! What a picture's file says that is nobody's business but its owner's, by kinds. None of it is in
//! what is made of the picture; here it is only found, so that it can be told.

use super::packets::Packets;
use super::{exif, iptc, xmp};
use ::exif::{Context, In, Tag};
use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A kind of private data.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Private {
    /// Where it was taken, by satellites.
    Position,
    /// Where it was taken, in words.
    Place,
    /// Serial numbers of camera and lens, and numbers that only this picture has.
    SerialNumbers,
    /// Whose camera it was.
    Owner,
    /// Camera, lens, settings and time.
    Camera,
    /// What only the camera's maker can read.
    MakerNotes,
    /// A small form of the picture, perhaps from before it was edited.
    Thumbnail,
    /// Where on it there are faces, and whose.
    FaceRegions,
    /// The names of people.
    People,
    /// Where its maker lives and can be reached.
    Contact,
    /// What was done to it, with which programs, and from what it was made.
    EditHistory,
    /// Comments and keywords.
    Comments,
    /// More than the picture: others, films, layers, and blocks that cannot be read.
    FurtherData,
}

impl Private {
    /// As it is named in a report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Place => "place",
            Self::SerialNumbers => "serial-numbers",
            Self::Owner => "owner",
            Self::Camera => "camera",
            Self::MakerNotes => "maker-notes",
            Self::Thumbnail => "thumbnail",
            Self::FaceRegions => "face-regions",
            Self::People => "people",
            Self::Contact => "contact",
            Self::EditHistory => "edit-history",
            Self::Comments => "comments",
            Self::FurtherData => "further-data",
        }
    }
}

/// What there is in the blocks of a file.
pub(super) fn of(packets: &Packets<'_>) -> BTreeSet<Private> {
    let mut found = packets.private.clone();
    if let Some(packet) = &packets.exif {
        found.extend(exif::fields(packet).into_iter().filter_map(of_field));
    }
    let continued = (!packets.continued.is_empty()).then_some(packets.continued.as_slice());
    for packet in packets.xmp.iter().map(AsRef::as_ref).chain(continued) {
        match xmp::names(packet) {
            Some(names) => found.extend(names.iter().filter_map(|(s, n)| of_property(s, n))),
            None => found.extend([Private::FurtherData]),
        }
    }
    for packet in &packets.iptc {
        let (datasets, resources) = iptc::numbers(packet);
        found.extend(datasets.into_iter().filter_map(of_dataset));
        // Thumbnails of Photoshop 4 and 5 (Photoshop File Formats, image resources).
        let is_thumbnail = |number: &u16| matches!(number, 0x0409 | 0x040C);
        found.extend(resources.iter().filter(|n| is_thumbnail(n)).map(|_| Private::Thumbnail));
    }
    found.extend(packets.texts.iter().filter_map(|(keyword, _)| of_text(keyword)));
    found
}

/// What there is in a drawing, as far as its words tell: editors put their notes into vocabularies of
/// their own, which must be declared.
pub(super) fn of_drawing(bytes: &[u8]) -> BTreeSet<Private> {
    const EDITORS: [&str; 6] = [
        "inkscape.org/namespaces",
        "sodipodi.sourceforge.net",
        "ns.adobe.com/AdobeIllustrator",
        "ns.adobe.com/xap",
        "bohemiancoding.com/sketch",
        "serif.com",
    ];
    let has = |words: &str| memmem::find(bytes, words.as_bytes()).is_some();
    let edited = EDITORS.into_iter().any(has).then_some(Private::EditHistory);
    let comments = has("<!--").then_some(Private::Comments);
    edited.into_iter().chain(comments).collect()
}

/// Fields of EXIF and TIFF (CIPA DC-008, 4.6).
fn of_field((tag, picture): (Tag, In)) -> Option<Private> {
    let Tag(context, number) = tag;
    if picture != In::PRIMARY {
        return match number {
            0x0201 => Some(Private::Thumbnail),
            0x0111 | 0x0144 => Some(Private::FurtherData),
            _ => None,
        };
    }
    match (context, number) {
        // Of which version the others are, says nothing.
        (Context::Gps, 0) => None,
        (Context::Gps, _) => Some(Private::Position),
        (Context::Exif, 0xA431 | 0xA435 | 0xA420) | (Context::Tiff, 0xC62F) => {
            Some(Private::SerialNumbers)
        }
        (Context::Exif, 0xA430) => Some(Private::Owner),
        (Context::Exif, 0x927C) => Some(Private::MakerNotes),
        (Context::Exif, 0x9286) | (Context::Tiff, 0x9C9C | 0x9C9E) => Some(Private::Comments),
        // Make, model, time, computer.
        (Context::Tiff, 0x010F | 0x0110 | 0x0132 | 0x013C) => Some(Private::Camera),
        // Exposure, sensitivity, times, lens, flash, model of the lens.
        (Context::Exif, 0x829A | 0x829D | 0x8827 | 0x9003 | 0x9004 | 0x9201..=0x920A) => {
            Some(Private::Camera)
        }
        (Context::Exif, 0xA432..=0xA434) => Some(Private::Camera),
        (Context::Tiff, 0x0131) => Some(Private::EditHistory),
        // Photoshop's layers, pictures in directories of their own.
        (Context::Tiff, 0x935C | 0x014A) => Some(Private::FurtherData),
        _ => None,
    }
}

/// Properties of XMP, by vocabulary.
fn of_property(space: &str, name: &str) -> Option<Private> {
    let space = space.strip_prefix("http://").unwrap_or(space);
    let camera = |name: &str| match name {
        "SerialNumber" | "BodySerialNumber" | "LensSerialNumber" | "ImageUniqueID" => {
            Private::SerialNumbers
        }
        "OwnerName" | "CameraOwnerName" => Private::Owner,
        "UserComment" => Private::Comments,
        name if name.starts_with("GPS") => Private::Position,
        _ => Private::Camera,
    };
    match (space, name) {
        (
            "ns.adobe.com/exif/1.0/",
            "ColorSpace" | "ExifVersion" | "FlashpixVersion" | "PixelXDimension"
            | "PixelYDimension",
        ) => None,
        ("ns.adobe.com/exif/1.0/" | "ns.adobe.com/exif/1.0/aux/" | "cipa.jp/exif/1.0/", name) => {
            Some(camera(name))
        }
        ("ns.adobe.com/tiff/1.0/", "Make" | "Model" | "DateTime") => Some(Private::Camera),
        ("ns.adobe.com/tiff/1.0/", "Software") => Some(Private::EditHistory),
        ("ns.adobe.com/photoshop/1.0/", "City" | "State" | "Country") => Some(Private::Place),
        ("ns.adobe.com/photoshop/1.0/", "History" | "DocumentAncestors" | "TextLayers") => {
            Some(Private::EditHistory)
        }
        ("ns.adobe.com/xap/1.0/", "CreatorTool") => Some(Private::EditHistory),
        ("ns.adobe.com/xap/1.0/", "Thumbnails") => Some(Private::Thumbnail),
        ("ns.adobe.com/xap/1.0/mm/" | "ns.adobe.com/camera-raw-settings/1.0/", _) => {
            Some(Private::EditHistory)
        }
        ("iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Location" | "CountryCode") => {
            Some(Private::Place)
        }
        ("iptc.org/std/Iptc4xmpCore/1.0/xmlns/", name)
            if name.starts_with("CiAdr")
                || name.starts_with("CiEmail")
                || name.starts_with("CiTel") =>
        {
            Some(Private::Contact)
        }
        ("iptc.org/std/Iptc4xmpExt/2008-02-29/", name) if name.starts_with("Location") => {
            Some(Private::Place)
        }
        ("iptc.org/std/Iptc4xmpExt/2008-02-29/", name) if name.starts_with("PersonInImage") => {
            Some(Private::People)
        }
        ("iptc.org/std/Iptc4xmpExt/2008-02-29/", "ImageRegion") => Some(Private::FaceRegions),
        ("www.metadataworkinggroup.com/schemas/regions/", _) => Some(Private::FaceRegions),
        ("purl.org/dc/elements/1.1/", "subject") => Some(Private::Comments),
        (space, _) if space.starts_with("ns.microsoft.com/photo/1.2/") => {
            Some(Private::FaceRegions)
        }
        (space, _) if space.starts_with("ns.apple.com/faceinfo/") => Some(Private::FaceRegions),
        _ => None,
    }
}

/// Datasets of record 2 (IIM 4.2, chapter 6).
fn of_dataset(number: u8) -> Option<Private> {
    match number {
        25 => Some(Private::Comments),
        26 | 27 | 90 | 92 | 95 | 100 | 101 => Some(Private::Place),
        65 | 70 => Some(Private::EditHistory),
        118 => Some(Private::Contact),
        202 => Some(Private::Thumbnail),
        _ => None,
    }
}

/// Texts of a PNG (W3C PNG, third edition, 11.3.3.1).
fn of_text(keyword: &str) -> Option<Private> {
    match keyword {
        "Comment" => Some(Private::Comments),
        "Software" => Some(Private::EditHistory),
        "Source" => Some(Private::Camera),
        _ => None,
    }
}
