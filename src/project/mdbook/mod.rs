//! Any mdBook is a book: its `book.toml` and `SUMMARY.md` say which chapters there are, and what
//! its chapters include is put in place.
//!
//! A `book.toml` without `[contents]` beside a folder with `SUMMARY.md` is mdBook's. What is
//! written nowhere in Endpaper's own words is what mdBook would do; `[output.endpaper]` holds the
//! rest. A chapter with those below it is one chapter here, each file a section of it. Texts are
//! put together in `assemble`, so that every place of them is still a place in the file where it
//! was written.

mod assemble;
mod config;
mod contents;
mod context;
mod directive;
mod include;
mod listing;
mod summary;
#[cfg(test)]
mod tests;

pub(super) use config::read_config;
pub(super) use contents::read_contents;
pub use context::RenderContext;

use super::store::{ReadProblem, Store};
use super::{Config, path};
use crate::source::{FileId, Sources};
use toml::de::{DeTable, DeValue};

/// The list of chapters.
const SUMMARY: &str = "SUMMARY.md";

/// The folder of the chapters, normalised, if `book.toml` is mdBook's.
pub(super) fn source_folder(store: &Store, sources: &Sources, file: FileId) -> Option<String> {
    let (table, _) = DeTable::parse_recoverable(&sources.get(file).text);
    let table = table.get_ref();
    if table.contains_key("contents") {
        return None;
    }
    let book = table.get("book").and_then(|book| book.get_ref().as_table());
    let written = match book.and_then(|book| book.get("src")).map(toml::Spanned::get_ref) {
        Some(DeValue::String(written)) => written.as_ref(),
        Some(_) => return None,
        None => "src",
    };
    let folder = path::normalise(written).ok()?;
    let summary = path::join(&folder, SUMMARY).ok()?;
    match store.find_within("", &summary) {
        // Whoever reads the list says that it leads out.
        Ok(()) | Err(ReadProblem::Outside) => Some(folder),
        Err(_) => None,
    }
}

/// The folder of the chapters of a book that is mdBook's.
fn folder(config: &Config) -> &str {
    &config.photos.folder
}
