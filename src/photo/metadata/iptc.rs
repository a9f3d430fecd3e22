//! IPTC-IIM 4.2: datasets of two numbers and some bytes, alone or among Photoshop's resources.

use super::text::{date, decode, words};
use super::{Metadata, Standard, creator_of, said};

/// The resource that holds the datasets (Photoshop File Formats, "IPTC-NAA record").
const IPTC_NAA: u16 = 0x0404;
/// A dataset's first byte (IIM §1.5).
const TAG_MARKER: u8 = 0x1C;
/// So many datasets are read.
const MOST_DATASETS: usize = 10_000;

/// Reads datasets, or the resources that hold them.
pub(super) fn read(bytes: &[u8]) -> Metadata {
    let datasets = match bytes.starts_with(b"8BIM") {
        true => datasets(resource(bytes, IPTC_NAA).unwrap_or_default()),
        false => datasets(bytes),
    };
    // All fields that are read stand in record 2.
    let all = |number: u8| {
        let found = datasets.iter().filter(move |(at, _)| *at == (2, number));
        found.filter_map(|(_, value)| words(&decode(value)))
    };
    let first = |number: u8| all(number).next();
    let by = Standard::Iptc;
    Metadata {
        title: said(first(5), by),
        caption: said(first(120), by),
        creator: said(creator_of(&all(80).collect::<Vec<_>>()), by),
        credit: said(first(110), by),
        copyright: said(first(116), by),
        source: said(first(115), by),
        date: said(first(55).and_then(|text| date(&text)), by),
        ..Metadata::default()
    }
}

/// Record, number and value of each dataset up to the first break.
fn datasets(bytes: &[u8]) -> Vec<((u8, u8), &[u8])> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let [TAG_MARKER, record, number, high, low, tail @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // The highest bit says that a longer length follows (§1.5 c); no text needs one.
        if length >= 0x8000 || found.len() >= MOST_DATASETS {
            break;
        }
        let Some(value) = tail.get(..length) else { break };
        found.push(((*record, *number), value));
        rest = &tail[length..];
    }
    found
}

/// The data of an image resource: signature, number, Pascal string, length, data, each padded to
/// an even length.
fn resource(bytes: &[u8], wanted: u16) -> Option<&[u8]> {
    let mut rest = bytes;
    while rest.starts_with(b"8BIM") {
        let number = u16::from_be_bytes(rest.get(4..6)?.try_into().ok()?);
        let name = usize::from(*rest.get(6)?) + 1;
        let at = 6 + name + (name & 1);
        let length = u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?);
        let length = usize::try_from(length).ok()?;
        let data = rest.get(at + 4..)?.get(..length)?;
        if number == wanted {
            return Some(data);
        }
        rest = rest.get(at + 4 + length + (length & 1)..)?;
    }
    None
}
