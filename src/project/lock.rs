//! The lock of anchors: which names headings had when it was written.
//!
//! A table for each chapter, by its path, with the chapter's own anchor and those of its headings
//! in their order. It is read here and written from the finished book (`book::lock_anchors`).

use super::fields::{Fields, Value};
use crate::diag::Diagnostics;
use crate::source::Span;

/// The lock as it was read; empty when there is none yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnchorLock {
    /// The chapters in the order of the file.
    pub chapters: Vec<LockedChapter>,
}

/// A chapter of the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedChapter {
    /// The chapter's path relative to the book's folder.
    pub path: String,
    /// Its title and its anchor.
    pub title: LockedPlace,
    /// Its headings in their order.
    pub headings: Vec<LockedPlace>,
}

/// A title or heading of the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedPlace {
    /// What it said.
    pub words: String,
    /// The name by which links know it.
    pub anchor: String,
    /// Where the lock says so.
    pub span: Span,
}

/// Reads the lock's tables.
pub(super) fn read_lock(mut top: Fields<'_>, diagnostics: &mut Diagnostics) -> AnchorLock {
    let tables = top.rest().into_iter();
    let chapters = tables.filter_map(|(path, value)| read_chapter(path, value, diagnostics));
    AnchorLock { chapters: chapters.collect() }
}

fn read_chapter(
    path: &str,
    value: Value<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<LockedChapter> {
    let mut fields = value.table(path, diagnostics)?;
    let headings = fields.get("headings").and_then(|value| value.list("headings", diagnostics));
    let title = read_place("title", value.key_span, &mut fields, diagnostics);
    fields.finish(diagnostics);
    let headings = headings.unwrap_or_default().into_iter();
    let headings = headings.filter_map(|item| {
        let mut fields = item.table("headings", diagnostics)?;
        let place = read_place("heading", item.span, &mut fields, diagnostics);
        fields.finish(diagnostics);
        place
    });
    let headings = headings.collect();
    Some(LockedChapter { path: path.to_owned(), title: title?, headings })
}

fn read_place(
    key: &'static str,
    span: Span,
    fields: &mut Fields<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<LockedPlace> {
    let words = fields.require(key, "\"…\"", diagnostics);
    let words = words.and_then(|value| value.string(key, diagnostics));
    let anchor = fields.require("anchor", "\"…\"", diagnostics);
    let anchor = anchor.and_then(|value| value.string("anchor", diagnostics));
    Some(LockedPlace { words: words?.0, anchor: anchor?.0, span })
}
