//! The table `[contents]` of `book.toml`: what is listed, and the files it names.

use super::fields::{Fields, Spanned, Value};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// What `[contents]` lists, as written: paths are not judged yet.
#[derive(Clone, Debug)]
pub(super) enum Listed {
    /// A part.
    Part { title: Spanned<String>, chapters: Vec<ListedChapter> },
    /// A chapter or a folder of chapters outside of any part.
    Chapter(ListedChapter),
}

/// A chapter or several.
#[derive(Clone, Debug)]
pub(super) enum ListedChapter {
    /// One file.
    File(Spanned<String>),
    /// All `*.md` of a folder, by name.
    Folder(Spanned<String>),
}

/// Reads `[contents]`.
pub(super) fn read_contents(
    fields: Option<Fields<'_>>,
    start: Span,
    diagnostics: &mut Diagnostics,
) -> Vec<Listed> {
    let Some(mut fields) = fields else {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, start, "the file has no table `[contents]`")
                .help("add `[contents]` and `chapters = [\"chapters/01.md\"]`"),
        );
        return Vec::new();
    };
    let listed = match fields.require("chapters", "[\"chapters/01.md\"]", diagnostics) {
        Some(value) if value.is_string() => {
            folder(value, diagnostics).into_iter().map(Listed::Chapter).collect()
        }
        Some(value) => items(value, diagnostics)
            .into_iter()
            .filter_map(|item| read_item(item, diagnostics))
            .collect(),
        None => Vec::new(),
    };
    fields.finish(diagnostics);
    listed
}

fn read_item(item: Value<'_>, diagnostics: &mut Diagnostics) -> Option<Listed> {
    if item.is_string() {
        return Some(Listed::Chapter(ListedChapter::File(item.string("chapters", diagnostics)?)));
    }
    if !item.is_table() {
        let wanted = "a list of paths and of `{ part = \"…\", chapters = […] }`";
        item.wrong_type("chapters", wanted, diagnostics);
        return None;
    }
    let mut part = item.table("contents.chapters", diagnostics)?;
    let title = part.require("part", "\"…\"", diagnostics);
    let title = title.and_then(|value| value.string("part", diagnostics));
    let chapters = match part.require("chapters", "[\"chapters/01.md\"]", diagnostics) {
        Some(value) if value.is_string() => folder(value, diagnostics).into_iter().collect(),
        Some(value) => items(value, diagnostics)
            .into_iter()
            .filter_map(|item| item.string("chapters", diagnostics))
            .map(ListedChapter::File)
            .collect(),
        None => Vec::new(),
    };
    part.finish(diagnostics);
    let title = title.unwrap_or_else(|| ("Part".to_owned(), item.span));
    if title.0.is_empty() {
        diagnostics.push(Diagnostic::new(Code::InvalidValue, title.1, "a part has no title"));
    }
    Some(Listed::Part { title, chapters })
}

fn folder(value: Value<'_>, diagnostics: &mut Diagnostics) -> Option<ListedChapter> {
    value.string("chapters", diagnostics).map(ListedChapter::Folder)
}

/// The items of a list that must not be empty.
fn items<'a>(value: Value<'a>, diagnostics: &mut Diagnostics) -> Vec<Value<'a>> {
    if !value.is_list() {
        value.wrong_type("chapters", "a list of paths, or a folder", diagnostics);
        return Vec::new();
    }
    let items = value.list("chapters", diagnostics).unwrap_or_default();
    if items.is_empty() {
        let message = "`chapters` names no chapter";
        diagnostics.push(Diagnostic::new(Code::InvalidValue, value.span, message));
    }
    items
}
