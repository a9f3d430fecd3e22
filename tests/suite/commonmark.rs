//! The examples of CommonMark and of GitHub's tables, task lists and strikethrough, read by the
//! manuscript's stage: what it makes of each is written as HTML and compared.
//!
//! The specification's text has a licence that this repository does not take in. The examples are
//! those that pulldown-cmark carries for its own tests, where cargo put its source.
//! `tests/commonmark.txt` names every example that does not hold, with the reason.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use endpaper::diag::Diagnostics;
use endpaper::manuscript;
use endpaper::project::{Store, load};

use crate::program::{read, root};

mod html;

/// The files of examples, each with the word that names it in the list of deviations.
const FILES: &[(&str, &str)] = &[
    ("commonmark", "spec.rs"),
    ("table", "gfm_table.rs"),
    ("task", "gfm_tasklist.rs"),
    ("strikethrough", "gfm_strikethrough.rs"),
];

#[test]
fn examples_hold_or_have_a_reason() {
    let folder = examples();
    let deviations = deviations();
    let (mut held, mut all) = (0, 0);
    let mut wrong = Vec::new();
    for (name, file) in FILES {
        let text = std::fs::read_to_string(folder.join(file)).expect("the examples can be read");
        for (number, (original, expected)) in pairs(&text).into_iter().enumerate() {
            let key = format!("{name} {}", number + 1);
            let found = html::plain(&rendered(&original));
            let wanted = html::plain(&expected);
            all += 1;
            match (found == wanted, deviations.contains_key(&key)) {
                (true, false) => held += 1,
                (true, true) => wrong.push(format!("{key} holds: it is no deviation")),
                (false, true) => {}
                (false, false) => {
                    wrong.push(format!("{key}\n{original}\n  wanted {wanted}\n  found  {found}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n\n{} of {all}", wrong.join("\n\n"), wrong.len());
    assert_eq!(all - held, deviations.len(), "every deviation is an example");
    println!("{held} of {all} examples hold");
}

/// The examples and reasons of `tests/commonmark.txt`: paragraphs of a reason and the examples
/// below it.
fn deviations() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut reason = String::new();
    for line in read("tests/commonmark.txt").lines() {
        let mut words = line.split_whitespace();
        match (line.starts_with("  "), words.next()) {
            (true, Some(name)) => {
                assert!(!reason.is_empty(), "{line}: no reason");
                for number in words {
                    found.insert(format!("{name} {number}"), reason.clone());
                }
            }
            (false, Some(_)) => line.clone_into(&mut reason),
            (_, None) => {}
        }
    }
    found
}

/// Where pulldown-cmark's own tests are.
fn examples() -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--locked", "--offline", "--format-version", "1"]);
    // What only other systems need was not fetched here.
    cargo.args(["--filter-platform", &host()]);
    let output = cargo.current_dir(root()).output().expect("cargo runs");
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let found = packages.iter().find(|package| package["name"] == "pulldown-cmark");
    let manifest = found.and_then(|package| package["manifest_path"].as_str());
    let manifest = PathBuf::from(manifest.expect("pulldown-cmark is one of them"));
    manifest.with_file_name("tests").join("suite")
}

/// The platform this is compiled for, as rustc names it.
fn host() -> String {
    let rustc = Command::new("rustc").arg("-vV").current_dir(root()).output().expect("rustc runs");
    let text = String::from_utf8(rustc.stdout).expect("rustc writes text");
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}

/// The Markdown and the HTML of each example.
fn pairs(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = text;
    while let Some((original, after)) = literal(rest, "let original = ") {
        let (expected, after) = literal(after, "let expected = ").expect("each has both");
        pairs.push((original, expected));
        rest = after;
    }
    pairs
}

fn literal<'t>(text: &'t str, before: &str) -> Option<(String, &'t str)> {
    let start = text.find(before)? + before.len();
    let inner = text[start..].strip_prefix("r##\"")?;
    let end = inner.find("\"##;")?;
    Some((inner[..end].to_owned(), &inner[end..]))
}

/// What the manuscript's stage makes of a text, as HTML.
fn rendered(markdown: &str) -> String {
    let book = "[book]\ntitle = \"T\"\nlanguage = \"en\"\n[contents]\nchapters = [\"a.md\"]\n";
    // Front matter, so that three hyphens do not begin one.
    let chapter = format!("+++\ntitle = \"T\"\n+++\n{markdown}");
    let files = [("book.toml", book.to_owned()), ("a.md", chapter)];
    let files = files.map(|(path, text)| (path.to_owned(), text.into_bytes()));
    let mut diagnostics = Diagnostics::default();
    let project = load(Store::Memory(files.into()), &mut diagnostics)
        .expect("memory does not fail")
        .expect("the book is whole");
    let manuscript = manuscript::read(&project, &mut diagnostics);
    html::blocks(&manuscript.documents[0].blocks)
}
