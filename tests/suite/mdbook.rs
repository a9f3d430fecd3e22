//! Books of mdBook, as they are and as mdBook gives them to a back end.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{Folder, Run};

const BOOK: &str = "[book]\ntitle = \"Real\"\nauthors = [\"A. Uthor\"]\n\n[output.html]\n\n\
                    [output.endpaper]\ncommand = \"endpaper mdbook\"\n";

/// A little book with an include, a chapter in another, links to pages and a dead one.
fn book(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("book.toml", BOOK);
    folder.write(
        "src/SUMMARY.md",
        "# Summary\n\n[Fore](README.md)\n\n# Part\n\n- [One](one.md)\n  - [Two](sub/two.md)\n",
    );
    folder.write("src/README.md", "# Fore\n");
    folder.write(
        "src/one.md",
        "# One\n\n```rust\n{{#include ../code.rs}}\n```\n\nTo [two](sub/two.html), [fore](README.md) \
         and [nothing](no.md).\n",
    );
    folder.write("src/sub/two.md", "## Two\n\n[Back](../one.md)\n");
    folder.write("code.rs", "let shown = 1;\n# let hidden = 2;\n");
    folder
}

#[test]
fn a_folder_of_mdbook_builds_as_it_is_but_not_strictly() {
    let folder = book("mdbook-folder");
    let stderr = folder.endpaper(&["build", ".", "--out", "dist"]).expect(0).stderr;
    assert!(stderr.contains("warning[broken-link]: link to `no.md` leads nowhere"), "{stderr}");
    assert!(stderr.contains("src/one.md:7:47"), "{stderr}");
    let names: Vec<String> = folder.files("dist").into_keys().collect();
    assert_eq!(names, ["SHA256SUMS", "real.epub", "real.pdf"]);
    let strict = folder.endpaper(&["build", ".", "--strict", "--out", "strict"]).expect(1);
    assert!(strict.stderr.contains("error[broken-link]"), "{}", strict.stderr);
    assert!(!folder.path().join("strict").exists());
}

#[test]
fn what_mdbook_gives_is_built_where_it_says() {
    let folder = book("mdbook-context");
    let root = folder.path().to_str().expect("the path is text");
    let chapter = |name: &str, number: &str, path: &str, content: &str, below: &str| {
        format!(
            r#"{{"Chapter":{{"name":"{name}","content":"{content}","number":{number},
            "path":"{path}","source_path":"{path}","parent_names":[],"sub_items":[{below}]}}}}"#
        )
    };
    // What a preprocessor did to a text is in the book, not what is on the disk.
    let two = chapter("Two", "[1,1]", "sub/two.md", "## Changed\\n\\n[Back](../one.html)\\n", "");
    let one = chapter("One", "[1]", "one.md", "# One\\n\\nTo [two](sub/two.md).\\n", &two);
    let context = format!(
        r#"{{"version":"0.5.4","root":"{root}","destination":"{root}/out","config":{{}},
        "book":{{"items":[{{"PartTitle":"Part"}},{one}]}}}}"#
    );
    folder.write("context.json", context);
    backend(&folder, "context.json").expect(0);
    let made = folder.files("out");
    assert_eq!(made.keys().collect::<Vec<_>>(), ["SHA256SUMS", "real.epub", "real.pdf"]);
    folder.write("none.json", "{}");
    let refused = backend(&folder, "none.json").expect(2);
    assert!(refused.stderr.contains("no book of mdBook"), "{}", refused.stderr);
}

fn backend(folder: &Folder, context: &str) -> Run {
    let mut bash = Command::new("bash");
    let line = format!("'{}' mdbook < {context}", env!("CARGO_BIN_EXE_endpaper"));
    folder.run(bash.args(["-c", &line]))
}

#[test]
#[ignore = "needs mdBook: run by tests/run"]
fn mdbook_itself_builds_with_the_back_end() {
    let judges = std::env::var_os("ENDPAPER_JUDGES").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let judges = judges.unwrap_or_else(|| home.join(".cache/endpaper-judges"));
    let folder = book("mdbook-itself");
    let program = Path::new(env!("CARGO_BIN_EXE_endpaper"));
    let own = program.parent().expect("it lies in a folder").to_str().expect("the path is text");
    let path = std::env::var("PATH").unwrap_or_default();
    let mut mdbook = Command::new(judges.join("bin/mdbook"));
    let run = folder.run(mdbook.arg("build").env("PATH", format!("{own}:{path}"))).expect(0);
    assert!(run.stderr.contains("link to `no.md` leads nowhere"), "{}", run.stderr);
    let made = folder.files("book/endpaper");
    assert_eq!(made.keys().collect::<Vec<_>>(), ["SHA256SUMS", "real.epub", "real.pdf"]);
}
