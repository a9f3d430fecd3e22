//! The stages one after the other, for tests that look between them.
//!
//! The program itself goes through `endpaper::build`; this is the same line with its intermediate
//! products kept. Nothing is judged here.

use std::path::Path;

use endpaper::book::{self, Book};
use endpaper::diag::Diagnostics;
use endpaper::epub::{self, Package};
use endpaper::font::Faces;
use endpaper::layout::{self, Pages};
use endpaper::manuscript::{self, Manuscript};
use endpaper::project::{self, LinkPolicy, Project, Store};

/// Runs some work with as much room on the stack as the program has, on every thread.
pub(crate) fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().stack_size(32 << 20).build();
    pool.expect("threads can be started").install(work)
}

/// The book in a folder of the repository.
#[track_caller]
pub(crate) fn load(folder: &Path) -> Project {
    let store = Store::Disk(folder.to_owned());
    let project = project::load(store, &mut Diagnostics::default());
    project.expect("the folder can be read").expect("it has a `book.toml`")
}

/// The manuscript, whatever is to be said about it.
pub(crate) fn read(project: &Project) -> Manuscript {
    manuscript::read(project, &mut Diagnostics::default())
}

/// The resolved book, last changed in 1970.
pub(crate) fn resolve(project: &Project) -> Book {
    book::resolve(project, &read(project), 0, &mut Diagnostics::default())
}

/// The pages of an edition, with the book they show.
pub(crate) fn paginate(project: &Project, book: &Book, edition: usize) -> (Pages, Book) {
    let edition = &project.config.editions[edition];
    let book = match edition.links {
        LinkPolicy::Live => book.clone(),
        LinkPolicy::Notes => book::with_address_notes(book),
    };
    let (words, mut said) = (&project.config.hyphenation, Diagnostics::default());
    let pages = layout::paginate(&book, edition, words, &Faces::bundled(), &mut said);
    (pages, book)
}

/// The EPUB, with the pages of the first edition.
pub(crate) fn package(project: &Project, book: &Book) -> Package {
    let (pages, _) = paginate(project, book, 0);
    epub::package(book, Some(&pages.map), &mut Diagnostics::default())
}
