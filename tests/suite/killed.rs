//! Builds that are killed at every moment: `dist/` holds the whole old set or the whole new one.

#![allow(clippy::disallowed_methods, reason = "tests prepare folders and look at what is in them")]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::{Folder, run};

/// Builds to kill here; the environment can ask for more.
const USUAL: u32 = 12;

/// Two editions of one book follow each other; each kill comes a little later than the last one,
/// from the program's start to beyond its end.
#[test]
fn a_killed_build_leaves_a_whole_set() {
    let count = match std::env::var("ENDPAPER_KILLS") {
        Ok(text) => text.parse().expect("ENDPAPER_KILLS is a number"),
        Err(_) => USUAL,
    };
    let folder = Folder::with_little_book("killed");
    let config = String::from_utf8(folder.files("book")["book.toml"].clone()).expect("is UTF-8");
    folder.write("dist/mine/notes.txt", "kept");
    folder.write("dist/mine.txt", "kept");
    let begun = Instant::now();
    folder.endpaper(&["build", "--quiet"]).expect(0);
    let whole = begun.elapsed();
    let mut sets = vec![sums(&folder)];
    // On a busy machine builds take longer than the first one did: go on until one ends.
    for turn in 0..count * 10 {
        if turn >= count && sets.iter().any(|set| *set != sets[0]) {
            break;
        }
        folder.write("book/book.toml", renamed(&config, turn));
        kill_after(&folder, whole * (turn + 1) * 5 / (count * 4));
        verify(&folder);
        sets.push(sums(&folder));
    }
    folder.endpaper(&["build", "--quiet"]).expect(0);
    verify(&folder);
    sets.dedup();
    assert!(sets.len() > 1, "no build came to its end");
    assert_eq!(folder.files("dist/mine")["notes.txt"], b"kept");
    assert!(!folder.path().join(".dist.endpaper-staging").exists());
}

/// The same book with another title and so with other bytes in every artefact.
fn renamed(config: &str, turn: u32) -> String {
    config.replacen("title = \"", &format!("title = \"No. {turn} "), 1)
}

fn kill_after(folder: &Folder, delay: Duration) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_endpaper"))
        .args(["build", "--quiet"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("endpaper can be run");
    std::thread::sleep(delay);
    // It may have ended by itself.
    let _ = child.kill();
    child.wait().expect("it was started here");
}

/// Every file is the one that `SHA256SUMS` was made for, and nothing of the user's is lost.
#[track_caller]
fn verify(folder: &Folder) {
    let mut command = Command::new("sha256sum");
    command.args(["--check", "--strict", "--quiet", "SHA256SUMS"]);
    run(command.current_dir(folder.path().join("dist"))).expect(0);
    let files = folder.files("dist");
    assert_eq!(files["mine.txt"], b"kept");
    let shown = files.keys().filter(|name| !name.starts_with('.'));
    assert_eq!(shown.count(), 5, "{:?}", files.keys());
}

fn sums(folder: &Folder) -> Vec<u8> {
    folder.files("dist")["SHA256SUMS"].clone()
}
