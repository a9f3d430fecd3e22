//! What mdBook gives to a back end: its chapters after all preprocessors, as JSON.

use super::summary::{Entry, Item};
use crate::project::{ChapterPlace, path};
use crate::source::Span;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A render context: <https://rust-lang.github.io/mdBook/for_developers/backends.html>.
#[derive(Debug, Deserialize)]
pub struct RenderContext {
    /// The folder that holds `book.toml`.
    pub root: PathBuf,
    /// Where the back end shall write.
    pub destination: PathBuf,
    book: Book,
}

#[derive(Debug, Deserialize)]
struct Book {
    /// Called `items` since mdBook 0.5.
    #[serde(alias = "sections")]
    items: Vec<BookItem>,
}

#[derive(Debug, Deserialize)]
enum BookItem {
    Chapter(Box<Chapter>),
    Separator,
    PartTitle(String),
}

#[derive(Debug, Deserialize)]
struct Chapter {
    name: String,
    content: String,
    /// Only chapters in the list have one.
    number: Option<serde_json::Value>,
    #[serde(default)]
    sub_items: Vec<BookItem>,
    /// A draft has none.
    path: Option<String>,
    /// Where it was read, which is what links in other chapters name.
    source_path: Option<String>,
}

/// The chapters as a list, and their texts by path relative to the folder of chapters.
pub(super) struct Given {
    pub(super) items: Vec<Item>,
    pub(super) texts: BTreeMap<String, String>,
}

impl RenderContext {
    /// Reads the context.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(json: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(json).map_err(|error| error.to_string())
    }

    /// What it says about the book; `place` stands for the list, which it does not show.
    pub(super) fn given(&self, place: Span) -> Given {
        let mut given = Given { items: Vec::new(), texts: BTreeMap::new() };
        let mut has_list = false;
        for item in &self.book.items {
            given.add(item, 0, &mut has_list, place);
        }
        given
    }
}

impl Given {
    fn add(&mut self, item: &BookItem, depth: usize, has_list: &mut bool, place: Span) {
        match item {
            BookItem::Separator => {}
            BookItem::PartTitle(title) => self.items.push(Item::Part(title.clone(), place)),
            BookItem::Chapter(chapter) => {
                let is_listed = chapter.number.as_ref().is_some_and(|number| !number.is_null());
                *has_list |= is_listed || depth > 0;
                let stands = match (is_listed || depth > 0, *has_list) {
                    (true, _) => ChapterPlace::Body,
                    (false, true) => ChapterPlace::Back,
                    (false, false) => ChapterPlace::Front,
                };
                let written = chapter.source_path.as_ref().or(chapter.path.as_ref());
                // On Windows mdBook writes the paths of that system.
                let written = written.map(|path| path.replace('\\', "/"));
                let found = written.and_then(|written| path::normalise(&written).ok());
                if let Some(path) = &found {
                    self.texts.insert(path.clone(), chapter.content.clone());
                }
                let title = (chapter.name.clone(), place);
                self.items.push(Item::Chapter(Entry { title, path: found, depth, place: stands }));
                for below in &chapter.sub_items {
                    self.add(below, depth + 1, has_list, place);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn both_forms_of_the_context_are_read() {
        for key in ["sections", "items"] {
            let json = format!(
                r#"{{"version":"0.4.52","root":"/b","destination":"/b/book","config":{{}},
                "book":{{"{key}":[{{"PartTitle":"P"}},"Separator",{{"Chapter":{{"name":"A",
                "content":"x","number":[1],"path":"index.md","source_path":"README.md",
                "parent_names":[],"sub_items":[{{"Chapter":{{"name":"D","content":"",
                "number":[1,1],"path":null,"source_path":null,"sub_items":[],
                "parent_names":["A"]}}}}]}}}}]}}}}"#
            );
            let context = RenderContext::read(json.as_bytes()).expect("it is whole");
            let given = context.given(Span::new(FileId(0), 0..0));
            assert_eq!(given.items.len(), 3);
            assert_eq!(given.texts.get("README.md").map(String::as_str), Some("x"));
            let Item::Chapter(below) = &given.items[2] else { panic!("a chapter") };
            assert_eq!((below.depth, &below.path), (1, &None));
        }
        assert!(RenderContext::read(b"{}").is_err());
    }
}
