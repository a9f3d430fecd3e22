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
    let datasets = all_datasets(bytes);
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

/// The numbers of the datasets in record 2, and of Photoshop's resources.
pub(super) fn numbers(bytes: &[u8]) -> (Vec<u8>, Vec<u16>) {
    let datasets = all_datasets(bytes).into_iter();
    let datasets = datasets.filter(|((record, _), value)| *record == 2 && !value.is_empty());
    let resources = resources(bytes).into_iter().map(|(number, _)| number);
    (datasets.map(|((_, number), _)| number).collect(), resources.collect())
}

/// The datasets, alone or within a resource.
fn all_datasets(bytes: &[u8]) -> Vec<((u8, u8), &[u8])> {
    if !bytes.starts_with(b"8BIM") {
        return datasets(bytes);
    }
    let resource = resources(bytes).into_iter().find(|(number, _)| *number == IPTC_NAA);
    resource.map(|(_, data)| datasets(data)).unwrap_or_default()
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

/// Number and data of each image resource up to the first break.
fn resources(bytes: &[u8]) -> Vec<(u16, &[u8])> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some((number, data, behind)) = resource(rest) {
        found.push((number, data));
        rest = behind;
    }
    found
}

/// The first image resource: signature, number, Pascal string, length, data, each padded to an even
/// length; and what is behind it.
fn resource(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let rest = bytes.strip_prefix(b"8BIM")?;
    let number = u16::from_be_bytes(rest.get(..2)?.try_into().ok()?);
    let name = usize::from(*rest.get(2)?) + 1;
    let at = 2 + name + (name & 1);
    let length = u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?);
    let length = usize::try_from(length).ok()?;
    let data = rest.get(at + 4..)?.get(..length)?;
    let behind = rest.get(at + 4 + length + (length & 1)..).unwrap_or_default();
    Some((number, data, behind))
}
