//! `endpaper serve` in a browser, and `endpaper watch` on a folder.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::{Folder, root, run};

/// A program that is stopped when the test ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &Folder, arguments: &[&str]) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_endpaper"));
    command.args(arguments).current_dir(folder.path()).stdin(Stdio::null());
    Running(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("can start"))
}

fn first_line(running: &mut Running) -> String {
    let mut line = String::new();
    let out = running.0.stdout.take().expect("is piped");
    BufReader::new(out).read_line(&mut line).expect("can be read");
    line.trim().to_owned()
}

/// Times of what is not optimised on a busy machine are not those of a release: the bound here is
/// for that; `tests/run` tells what it took.
#[test]
#[ignore = "needs Chromium: run by tests/run"]
fn a_change_shows_in_the_browser_and_a_page_leads_to_its_line() {
    let folder = Folder::new("serve");
    folder.endpaper(&["init", "book", "--quiet"]).expect(0);
    let mut serve = start(&folder, &["serve", "--port", "0", "--quiet"]);
    let address = first_line(&mut serve);
    let mut node = Command::new("node");
    let chapter = folder.path().join("book/chapters/01-harbour.md");
    node.arg(root().join("tests/judges/desk.mjs")).arg(&address).arg(chapter);
    let run = run(&mut node).expect(0);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).expect("is JSON");
    println!("{address}: {told}");
    assert!(told["milliseconds"].as_u64().is_some_and(|ms| ms < 1000), "{told}");
}

#[test]
fn a_changed_chapter_is_built_again() {
    let folder = Folder::with_little_book("watch");
    let _watch = start(&folder, &["watch", "--quiet", "--edition", "epub"]);
    let sums = folder.path().join("dist/SHA256SUMS");
    let read = || std::fs::read_to_string(&sums).unwrap_or_default();
    let wait = |before: &str| {
        let begun = Instant::now();
        while read() == before {
            assert!(begun.elapsed() < Duration::from_secs(60), "nothing was built");
            std::thread::sleep(Duration::from_millis(50));
        }
        read()
    };
    let first = wait("");
    folder.write("book/chapters/two.md", "# Two\n\nOther words.\n");
    assert_ne!(wait(&first), first);
}

#[test]
fn a_port_that_is_taken_is_a_clear_failure() {
    let folder = Folder::with_little_book("port");
    let mut serve = start(&folder, &["serve", "--port", "0", "--quiet"]);
    let address = first_line(&mut serve);
    let port = address.trim_end_matches('/').rsplit(':').next().expect("has a port").to_owned();
    let run = folder.endpaper(&["serve", "--port", &port]).expect(2);
    assert!(run.stderr.contains("cannot listen on port"), "{}", run.stderr);
}
