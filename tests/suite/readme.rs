//! The README does what it says: its files are written, its commands are run, its links lead
//! somewhere.

use std::process::Command;

use crate::program::{Folder, read, root, run};

/// The one command that is not run here, because it runs this.
const TESTS: &str = "tests/run";

/// A fenced block of the README.
#[derive(Debug, PartialEq, Eq)]
enum Block {
    /// A file that the reader is to write: `` File: `PATH` `` stands before it.
    File { path: String, text: String },
    /// Commands that the reader is to run.
    Commands(Vec<String>),
}

#[test]
#[ignore = "compiles the program as it is released: run by tests/run"]
fn every_file_and_every_command_of_the_readme_works() {
    let folder = Folder::new("readme");
    for line in
        run(Command::new("git").arg("ls-files").current_dir(root())).expect(0).stdout.lines()
    {
        folder.copy(line);
    }
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    // Shares what is compiled, so that only the program itself is compiled anew.
    let target = root().join(target);
    let mut commands = 0;
    for block in blocks(&read("README.md")) {
        match block {
            Block::File { path, text } => folder.write(&path, text),
            Block::Commands(lines) => {
                for line in lines.iter().filter(|line| *line != TESTS) {
                    let mut bash = Command::new("bash");
                    bash.args(["-euo", "pipefail", "-c", line]).env("CARGO_TARGET_DIR", &target);
                    folder.run(&mut bash).expect(0);
                    commands += 1;
                }
            }
        }
    }
    assert!(commands >= 3, "the README has commands");
    let first = folder.files("dist");
    assert_eq!(first.len(), 4, "the first command makes the first book: {:?}", first.keys());
    let own = folder.files("my-book/dist");
    assert!(own.contains_key("my-book.epub") && own.contains_key("my-book.pdf"));
}

#[test]
fn the_first_commands_make_the_book_and_run_the_tests() {
    let commands: Vec<_> = blocks(&read("README.md"))
        .into_iter()
        .filter_map(|block| match block {
            Block::Commands(lines) => Some(lines),
            Block::File { .. } => None,
        })
        .flatten()
        .collect();
    assert_eq!(commands[..2], ["cargo run --release -- build", TESTS]);
}

/// The own book of the README, without compiling anything.
#[test]
fn the_readmes_own_book_has_no_mistake() {
    let folder = Folder::new("readme-book");
    folder.copy("images/harbour.jpg");
    for block in blocks(&read("README.md")) {
        match block {
            Block::File { path, text } => folder.write(&path, text),
            Block::Commands(lines) => {
                for line in lines.iter().filter(|line| line.starts_with("cp ")) {
                    folder.run(Command::new("bash").args(["-euc", line])).expect(0);
                }
            }
        }
    }
    let run = folder.endpaper(&["check", "my-book"]).expect(0);
    assert_eq!(run.stderr, "no errors, no warnings\n");
}

#[test]
fn links_and_pictures_are_there() {
    for document in ["README.md", "CHANGELOG.md"] {
        // What stands between fences belongs to the reader's own book.
        let text: String = read(document).split("```").step_by(2).collect();
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', '#']).next().unwrap_or_default();
            let local = !target.is_empty() && !target.contains("://");
            let exists = root().join(target).exists();
            assert!(!local || exists, "{document}: there is no `{target}`");
        }
    }
}

/// Every key of `book.toml` that the first book uses is explained.
#[test]
fn the_reference_explains_the_keys() {
    let text = read("README.md");
    for line in read("book/book.toml").lines() {
        let key = line.split(" = ").next().unwrap_or_default().trim();
        let is_key = line.contains(" = ") && key.chars().all(|c| c.is_alphanumeric() || c == '-');
        assert!(!is_key || text.contains(&format!("`{key}`")), "`{key}` is not explained");
    }
    for (code, explained) in endpaper::diag::Code::ALL.iter().map(|code| {
        let name = code.name();
        (name, text.contains(&format!("`{name}`")))
    }) {
        assert!(explained, "the diagnostic `{code}` is not listed");
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut file = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(path) = line.strip_prefix("File: `") {
            file = Some(path.trim_end_matches('`').to_owned());
        } else if let Some(fence) = line.strip_prefix("```").map(|_| fence(line)) {
            let inner: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
            if let Some(path) = file.take() {
                found.push(Block::File { path, text: inner.join("\n") + "\n" });
            } else if line.ends_with("sh") {
                found.push(Block::Commands(inner.into_iter().map(str::to_owned).collect()));
            }
        }
    }
    found
}

/// The line that closes a fence: as many backticks as opened it.
fn fence(line: &str) -> String {
    line.chars().take_while(|c| *c == '`').collect()
}

#[test]
fn blocks_are_files_or_commands() {
    let text = "File: `a.md`\n\n````markdown\n```sh\nx\n```\n````\n\n```toml\nno = 1\n```\n```sh\nb\n```\n";
    let file = Block::File { path: "a.md".to_owned(), text: "```sh\nx\n```\n".to_owned() };
    assert_eq!(blocks(text), [file, Block::Commands(vec!["b".to_owned()])]);
}
