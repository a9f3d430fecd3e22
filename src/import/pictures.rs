//! The pictures of a post: found beside it or in the folders of its site, copied under names of
//! their own, and given a stub in the photo register.

use std::collections::BTreeMap;

use crate::photo;
use crate::project::Store;
use crate::source::Span;

/// A picture that is taken over.
#[derive(Clone, Debug, Default)]
pub(super) struct Picture {
    /// Its name in the folder of pictures.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) alt: String,
    pub(super) caption: String,
    /// Who made it, where the post says so.
    pub(super) creator: Option<String>,
}

/// All pictures, by the order in which they were found.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    pub(super) list: Vec<Picture>,
    /// Which picture a path is, as it was found in the folders of a post.
    known: BTreeMap<(usize, String), usize>,
}

/// Why a picture is not taken over.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is on another machine.
    Remote,
    /// It is nowhere.
    Missing,
    /// It cannot be read, and why.
    Unreadable(String),
}

/// How far above the post its site may begin.
const MOST_FOLDERS: usize = 4;

/// Folders that sites are made from, besides their root.
const ROOTS: &[&str] = &["", "static/", "assets/", "public/"];

impl Pictures {
    /// Takes a picture over, once; gives its index.
    pub(super) fn take(
        &mut self,
        post: usize,
        store: &Store,
        written: &str,
        span: Span,
    ) -> Result<usize, Refused> {
        if written.contains("://") || written.starts_with("//") || written.starts_with("data:") {
            return Err(Refused::Remote);
        }
        let path = written.split(['?', '#']).next().unwrap_or(written).replace("%20", " ");
        if let Some(known) = self.known.get(&(post, path.clone())) {
            return Ok(*known);
        }
        let bytes = find(store, &path).ok_or(Refused::Missing)?;
        if let Some(complaint) = photo::check(&bytes, &path, span) {
            return Err(Refused::Unreadable(complaint.message));
        }
        let same = self.list.iter().position(|picture| picture.bytes == bytes);
        let at = same.unwrap_or_else(|| {
            let name = self.name(&path);
            self.list.push(Picture { name, bytes, ..Picture::default() });
            self.list.len() - 1
        });
        self.known.insert((post, path), at);
        Ok(at)
    }

    /// A file name that no other picture has.
    fn name(&self, path: &str) -> String {
        let file = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        let (stem, end) = file.rsplit_once('.').unwrap_or((&file, "jpg"));
        let stem = crate::project::slug_of(stem);
        let names = (1..).map(|n| match n {
            1 => format!("{stem}.{end}"),
            n => format!("{stem}-{n}.{end}"),
        });
        let mut free = names.filter(|name| self.list.iter().all(|picture| picture.name != *name));
        free.next().expect("there are more numbers than pictures")
    }
}

/// Looks beside the post; for a path from the root of the site, in the folders above.
fn find(store: &Store, path: &str) -> Option<Vec<u8>> {
    let rooted = path.trim_start_matches('/');
    if rooted.len() == path.len()
        && let Ok(bytes) = store.read(path)
    {
        return Some(bytes);
    }
    let above = (0..=MOST_FOLDERS).map(|n| "../".repeat(n));
    let mut places = above.flat_map(|up| ROOTS.iter().map(move |root| format!("{up}{root}")));
    places.find_map(|place| store.read(&format!("{place}{rooted}")).ok())
}
