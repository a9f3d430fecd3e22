//! How large the EPUB is, what makes it so, and whether the author allows that.

use super::{Entry, Package};
use crate::book::{Book, PhotoId};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// How many of the heaviest files are named.
const NAMED: usize = 5;

/// A document with more bytes than this is slow to open on small readers.
const LARGE_DOCUMENT: usize = 300_000;

/// The size of an EPUB and of what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    /// Bytes of the archive.
    pub archive: usize,
    /// How many documents there are.
    pub documents: usize,
    /// Bytes of the largest document, before packing.
    pub largest_document: usize,
    /// How many documents have more than 300 kB.
    pub large_documents: usize,
    /// How many pictures there are.
    pub pictures: usize,
    /// Bytes of all pictures.
    pub picture_bytes: usize,
    /// The heaviest pictures, by name, the heaviest first.
    pub heaviest: Vec<(String, usize)>,
}

/// Weighs a package whose archive has so many bytes.
pub fn weigh(package: &Package, archive: usize) -> Weight {
    let of = |end: fn(&&Entry) -> bool| -> Vec<(String, usize)> {
        let entries = package.entries().iter().filter(end);
        entries.map(|e| (e.name().to_owned(), e.bytes().len())).collect()
    };
    let documents = of(|entry| entry.name().ends_with(".xhtml"));
    let mut pictures = of(|entry| entry.name().contains("/images/"));
    pictures.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Weight {
        archive,
        documents: documents.len(),
        largest_document: documents.iter().map(|(_, bytes)| *bytes).max().unwrap_or(0),
        large_documents: documents.iter().filter(|(_, bytes)| *bytes > LARGE_DOCUMENT).count(),
        pictures: pictures.len(),
        picture_bytes: pictures.iter().map(|(_, bytes)| bytes).sum(),
        heaviest: pictures.into_iter().take(NAMED).collect(),
    }
}

/// Complains of an archive that has more bytes than the author allows, with the records of the
/// heaviest pictures.
pub fn check_budget(package: &Package, archive: usize, book: &Book, diagnostics: &mut Diagnostics) {
    let Some((budget, span)) = package.budget else { return };
    if u64::try_from(archive).is_ok_and(|archive| archive <= budget) {
        return;
    }
    let archive = u64::try_from(archive).unwrap_or(u64::MAX);
    let (has, more) = (size(archive), size(archive - budget));
    let message = format!("the EPUB has {has}, {more} more than its budget of {}", size(budget));
    let mut complaint = Diagnostic::new(Code::OverBudget, span, message)
        .help("make the heaviest pictures smaller, or the budget larger");
    for (place, name, bytes) in heaviest(package, book) {
        let label = format!("`{name}`: {} in the EPUB", size(bytes as u64));
        complaint = complaint.related(place, label);
    }
    diagnostics.push(complaint);
}

/// The heaviest pictures with their records' places.
fn heaviest(package: &Package, book: &Book) -> Vec<(Span, String, usize)> {
    let mut found: Vec<(Span, String, usize)> = Vec::new();
    for (id, bytes) in &package.pictures {
        let PhotoId(at) = *id;
        if let Some(photo) = book.photos.get(at as usize) {
            found.push((photo.span, photo.name.clone(), *bytes));
        }
    }
    found.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
    found.truncate(NAMED);
    found
}

/// `1.3 MB`, `13 kB`, rounded up: a file is never larger than it is said to be.
fn size(bytes: u64) -> String {
    let (tenths, thousands) = (bytes.div_ceil(100_000), bytes.div_ceil(1000));
    if thousands < 1000 {
        return format!("{thousands} kB");
    }
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_rounded_up() {
        let sizes = [1, 999_000, 999_001, 12_345_678].map(size);
        assert_eq!(sizes, ["1 kB", "999 kB", "1.0 MB", "12.4 MB"]);
    }
}
