//! The table `[contents]` of `book.toml`: what is listed, and the files it names.

use super::book::{normalise, outside};
use super::config::{ContentsConfig, ListOf};
use super::fields::{Fields, Spanned, Value};
use super::{ChapterPlace, path};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// What `[contents]` lists, as written: paths are not judged yet.
#[derive(Clone, Debug)]
pub(super) enum Listed {
    /// A part.
    Part { title: Spanned<String>, chapters: Vec<ListedChapter> },
    /// A chapter or a folder of chapters outside of any part.
    Chapter(ListedChapter, ChapterPlace),
}

/// A chapter or several.
#[derive(Clone, Debug)]
pub(super) enum ListedChapter {
    /// One file.
    File(Spanned<String>),
    /// All `*.md` of a folder, by name.
    Folder(Spanned<String>),
}

/// As many levels of headings as there are.
const MOST_LEVELS: i64 = 6;

/// Reads `[contents]`.
pub(super) fn read_contents(
    fields: Option<Fields<'_>>,
    start: Span,
    diagnostics: &mut Diagnostics,
) -> (Vec<Listed>, ContentsConfig) {
    let Some(mut fields) = fields else {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, start, "the file has no table `[contents]`")
                .help("add `[contents]` and `chapters = [\"chapters/01.md\"]`"),
        );
        return (Vec::new(), ContentsConfig::default());
    };
    let mut listed = read_outer("front", ChapterPlace::Front, &mut fields, diagnostics);
    let in_body = |chapter| Listed::Chapter(chapter, ChapterPlace::Body);
    match fields.require("chapters", "[\"chapters/01.md\"]", diagnostics) {
        Some(value) if value.is_string() => {
            listed.extend(folder(value, diagnostics).into_iter().map(in_body));
        }
        Some(value) => {
            let items = items(value, diagnostics).into_iter();
            listed.extend(items.filter_map(|item| read_item(item, diagnostics)));
        }
        None => {}
    }
    listed.extend(read_outer("back", ChapterPlace::Back, &mut fields, diagnostics));
    let config = read_config(&mut fields, diagnostics);
    fields.finish(diagnostics);
    (listed, config)
}

/// The chapters of the front or of the back matter.
fn read_outer(
    key: &'static str,
    place: ChapterPlace,
    fields: &mut Fields<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Listed> {
    let Some(value) = fields.get(key) else { return Vec::new() };
    let items = value.list(key, diagnostics).unwrap_or_default().into_iter();
    let paths = items.filter_map(|item| item.string(key, diagnostics));
    paths.map(|path| Listed::Chapter(ListedChapter::File(path), place)).collect()
}

/// What `[contents]` says besides the chapters.
pub(super) fn read_config(
    fields: &mut Fields<'_>,
    diagnostics: &mut Diagnostics,
) -> ContentsConfig {
    let numbering = fields.integer("numbering", 0..=MOST_LEVELS, diagnostics).unwrap_or(0);
    let depth = fields.integer("depth", 1..=MOST_LEVELS, diagnostics).unwrap_or(1);
    ContentsConfig {
        numbering: u8::try_from(numbering).unwrap_or(0),
        depth: u8::try_from(depth).unwrap_or(1),
        number_figures: fields.boolean("number-figures", diagnostics).unwrap_or(numbering > 0),
        lists: read_lists(fields, diagnostics),
        anchors: read_anchors(fields, diagnostics),
    }
}

fn read_anchors(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    let (written, span) = fields.string("anchors", diagnostics)?;
    let path = normalise(&written, span, diagnostics)?;
    if path.is_empty() || path::inside("", &path).is_none() {
        diagnostics.push(outside(&path, span));
        return None;
    }
    Some((path, span))
}

fn read_lists(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<ListOf>> {
    let words = [("figures", ListOf::Figures), ("tables", ListOf::Tables)];
    let items = fields.get("lists")?.list("lists", diagnostics)?;
    let mut lists = Vec::new();
    for item in items {
        let list = item.word("lists", &words, diagnostics);
        lists.extend(list.filter(|list| !lists.contains(list)));
    }
    Some(lists)
}

fn read_item(item: Value<'_>, diagnostics: &mut Diagnostics) -> Option<Listed> {
    if item.is_string() {
        let file = ListedChapter::File(item.string("chapters", diagnostics)?);
        return Some(Listed::Chapter(file, ChapterPlace::Body));
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
