//! The books in `tests/books`: little real books that hold what the first book does not. They build
//! without a complaint, and twice to the same bytes; their editions say the same (see `parity`). The
//! judges see their files too: `tests/run`.

use std::path::PathBuf;

use endpaper::diag::Diagnostics;
use endpaper::project::{self, Project, Store};
use endpaper::{Built, Choice, Options};

use crate::pipeline;
use crate::program::{files_below, root};

/// The folders of all test books.
fn all() -> Vec<PathBuf> {
    let files = files_below("tests/books").into_iter();
    let books: Vec<PathBuf> =
        files.filter_map(|file| Some(root().join(file.strip_suffix("/book.toml")?))).collect();
    assert!(books.len() >= 3, "{books:?}");
    books
}

#[test]
fn every_book_builds_without_a_complaint_and_twice_to_the_same_bytes() {
    for folder in all() {
        let name = folder.display();
        let (project, said) = load(folder.clone());
        assert_eq!(said.iter().count(), 0, "{name}: {said:?}");
        let first = pipeline::with_room(|| build(&project));
        let said: Vec<_> =
            first.diagnostics.iter().map(|d| (&d.message, d.page.as_deref())).collect();
        assert!(said.is_empty(), "{name}: {said:#?}");
        // On one thread.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(32 << 20).build();
        let second =
            pool.expect("a thread can be started").install(|| build(&load(folder.clone()).0));
        assert_eq!(first.artefacts.len(), 4, "{name}: EPUB, two PDFs and their sums");
        for (one, two) in first.artefacts.iter().zip(&second.artefacts) {
            assert_eq!((&one.name, one.pages), (&two.name, two.pages), "{name}");
            assert!(one.bytes == two.bytes, "{} differs from build to build", one.name);
        }
    }
}

fn build(project: &Project) -> Built {
    let options = Options {
        modified: 0,
        choice: &Choice::All,
        progress: &|_| {},
        measure: false,
        goes_on: true,
    };
    endpaper::build(project, &options)
}

fn load(folder: PathBuf) -> (Project, Diagnostics) {
    let mut said = Diagnostics::default();
    let project = project::load(Store::Disk(folder), &mut said);
    (project.expect("the folder can be read").expect("it has a `book.toml`"), said)
}
