//! The disk as a user meets it: where a file cannot be written the old ones stay whole, and a
//! symbolic link out of the book is not followed.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests prepare folders and look at what is in them")]

use std::os::unix::fs::symlink;
use std::process::Command;

use crate::program::{Folder, Run, jpeg};

/// Runs the program where no file can have more than so many blocks of 1024 bytes: like a disk that
/// is full in the middle of a file.
fn on_a_full_disk(folder: &Folder, blocks: u32, arguments: &str) -> Run {
    let program = env!("CARGO_BIN_EXE_endpaper");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' {arguments}");
    folder.run(Command::new("bash").args(["-c", &script]))
}

#[test]
fn a_full_disk_leaves_the_old_edition_whole() {
    let folder = Folder::with_little_book("full-disk");
    folder.endpaper(&["build", "--quiet"]).expect(0);
    let old = folder.files("dist");
    folder.write("book/chapters/two.md", "# Another two\n\nWords.\n");
    let run = on_a_full_disk(&folder, 8, "build --quiet").expect(2);
    assert!(run.stderr.contains("error: cannot write `dist/little.epub`: "), "{}", run.stderr);
    assert!(run.stderr.contains("help: make room there"), "{}", run.stderr);
    assert!(run.stderr.contains("the files that were there are whole"), "{}", run.stderr);
    assert_eq!(folder.files("dist"), old);
    let names = std::fs::read_dir(folder.path()).expect("is readable").map(|entry| {
        let name = entry.expect("is readable").file_name();
        name.to_string_lossy().into_owned()
    });
    let left: Vec<String> = names.filter(|name| name.contains("staging")).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn a_new_folder_that_was_not_finished_is_removed() {
    let folder = Folder::with_little_book("full-new");
    let import = "import book/chapters/one.md book/chapters/two.md --into deep/notes --quiet";
    for arguments in ["init deep/new --quiet", import] {
        let run = on_a_full_disk(&folder, 0, arguments).expect(2);
        assert!(run.stderr.contains("error: cannot write `deep/"), "{}", run.stderr);
        assert!(run.stderr.contains("help: make room there"), "{}", run.stderr);
        let made = std::fs::read_dir(folder.path().join("deep")).expect("is readable");
        assert_eq!(made.count(), 0, "{arguments}");
    }
    folder.endpaper(&["init", "deep/new", "--quiet"]).expect(0);
}

#[test]
fn a_file_in_the_place_of_a_folder_is_named() {
    let folder = Folder::with_little_book("no-folder");
    folder.write("file", "mine");
    for out in ["file", "file/dist"] {
        let run = folder.endpaper(&["build", "--quiet", "--out", out]).expect(2);
        assert!(run.stderr.contains("help: `file` is a file: name another"), "{}", run.stderr);
    }
    for arguments in [["init", "file"].as_slice(), &["import", "file", "--into", "file"]] {
        let run = folder.endpaper(arguments).expect(2);
        assert!(run.stderr.contains("`file` is not a folder"), "{}", run.stderr);
    }
    assert_eq!(folder.files("")["file"], b"mine");
}

/// Only Linux has a device that is always full.
#[test]
fn a_full_standard_output_is_a_failure() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let folder = Folder::with_little_book("full-output");
    for arguments in ["stats", "credits", "schema book", "build", "build --format sarif"] {
        let program = env!("CARGO_BIN_EXE_endpaper");
        let script = format!("'{program}' {arguments} > /dev/full");
        let run = folder.run(Command::new("bash").args(["-c", &script])).expect(2);
        assert!(run.stderr.contains("cannot write to the standard output"), "{}", run.stderr);
    }
}

/// The lock of anchors lies among the author's files: no folder of theirs is touched for it.
#[test]
fn the_lock_of_anchors_replaces_one_file() {
    use std::os::unix::fs::MetadataExt;
    let folder = Folder::with_little_book("lock-alone");
    let config = String::from_utf8(folder.files("book")["book.toml"].clone()).expect("is UTF-8");
    let config = config.replace("[contents]", "[contents]\nanchors = \"anchors.lock\"");
    folder.write("book/book.toml", config);
    let number = || std::fs::metadata(folder.path().join("book")).expect("is there").ino();
    let before = number();
    folder.endpaper(&["build", "--quiet", "--update-anchors"]).expect(0);
    assert_eq!(number(), before);
    assert!(folder.files("book").contains_key("anchors.lock"));
}

/// What is read for a book, and the line of `book.toml` that names it.
const READ: [(&str, &str); 11] = [
    ("book/chapters/one.md", ""),
    ("book/images/square.jpg", ""),
    ("book/images/credits.toml", ""),
    ("book/images/square.jpg.license", ""),
    ("book/images/cover.jpg", "photos = { cover = \"cover.jpg\" }"),
    ("book/more.css", "epub = { css = \"more.css\" }"),
    ("book/fonts/a.ttf", "fonts = { folder = \"fonts\" }"),
    ("book/fonts", "fonts = { folder = \"fonts\" }"),
    ("book/chapters", ""),
    ("book/images", ""),
    ("book/book.toml", ""),
];

#[test]
fn a_symbolic_link_out_of_the_book_is_refused() {
    for (number, (place, line)) in READ.iter().enumerate() {
        let folder = Folder::with_little_book(&format!("link-{number}"));
        let config = folder.files("book")["book.toml"].clone();
        folder.write("book/book.toml", [line.as_bytes(), b"\n", &config].concat());
        folder.write("book/fonts/README", "none");
        folder.write("book/images/cover.jpg", jpeg(2));
        let there = folder.path().join(place);
        let elsewhere = folder.path().join("elsewhere");
        if there.exists() {
            std::fs::rename(&there, &elsewhere).expect("can be moved");
        } else {
            folder.write("elsewhere", "SPDX-License-Identifier: CC0-1.0\n");
        }
        symlink(&elsewhere, &there).expect("can be made");
        let run = folder.endpaper(&["build"]).expect(1);
        assert!(run.stderr.contains("[path-outside]"), "{place}: {}", run.stderr);
        assert!(run.stderr.contains("symbolic link"), "{place}: {}", run.stderr);
        assert!(!folder.path().join("dist").exists(), "{place}");
    }
}

#[test]
fn a_book_of_mdbook_follows_no_link_out_of_it() {
    for place in ["src/SUMMARY.md", "src/a.md", "src/x.rs", "y.rs", "src/p.jpg", "src"] {
        let folder = Folder::new(&format!("link-{}", place.replace('/', "-")));
        folder.write("book/book.toml", "[book]\ntitle = \"T\"\n");
        folder.write("book/src/SUMMARY.md", "- [A](a.md)\n- [B](b.md)\n");
        folder.write("book/src/a.md", "# A\n\n![P](p.jpg)\n\n{{#include x.rs}}\n");
        folder.write("book/src/b.md", "# B\n\n{{#include ../y.rs}}\n");
        folder.write("book/src/x.rs", "secret x\n");
        folder.write("book/y.rs", "secret y\n");
        folder.write("book/src/p.jpg", jpeg(2));
        let there = folder.path().join("book").join(place);
        let elsewhere = folder.path().join("elsewhere");
        std::fs::rename(&there, &elsewhere).expect("can be moved");
        symlink(&elsewhere, &there).expect("can be made");
        let run = folder.endpaper(&["build", "book"]);
        assert!(run.stderr.contains("warning[path-outside]"), "{place}: {}", run.stderr);
        // Without its list it is no book.
        assert_eq!(run.code, Some(i32::from(place.ends_with("SUMMARY.md") || place == "src")));
        let run = folder.endpaper(&["build", "book", "--strict"]).expect(1);
        assert!(run.stderr.contains("error[path-outside]"), "{place}: {}", run.stderr);
    }
}
