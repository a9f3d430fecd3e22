//! Runs programs in folders of a test's own: what the other subjects stand on.

#![allow(clippy::disallowed_methods, reason = "tests prepare folders and look at what is in them")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder that vanishes with this value.
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// An empty folder; `name` is unique among the tests.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("endpaper-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("temporary folders can be made");
        Self { path }
    }

    /// A folder with a small, sound book in `book/`.
    pub(crate) fn with_little_book(name: &str) -> Self {
        let folder = Self::new(name);
        folder.write("book/book.toml", LITTLE_CONFIG);
        folder.write("book/chapters/one.md", LITTLE_ONE);
        folder.write("book/chapters/two.md", LITTLE_TWO);
        folder.write("book/images/credits.toml", LITTLE_REGISTER);
        folder.write("book/images/square.jpg", jpeg(PIXELS));
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path.join(path);
        fs::create_dir_all(path.parent().expect("is below the folder")).expect("can be made");
        fs::write(path, bytes).expect("can be written");
    }

    /// Copies a file or a folder of the repository to the same place here.
    pub(crate) fn copy(&self, path: &str) {
        let from = root().join(path);
        if from.is_dir() {
            for entry in fs::read_dir(&from).expect("is readable") {
                let name = entry.expect("is readable").file_name();
                self.copy(&format!("{path}/{}", name.to_string_lossy()));
            }
        } else {
            let to = self.path.join(path);
            fs::create_dir_all(to.parent().expect("is below the folder")).expect("can be made");
            // Copies permissions too: scripts stay executable.
            fs::copy(from, to).expect("can be copied");
        }
    }

    /// The names and bytes of the files in a folder here.
    pub(crate) fn files(&self, path: &str) -> BTreeMap<String, Vec<u8>> {
        read_folder(&self.path.join(path))
    }

    /// Runs the built `endpaper` here, with nothing in its environment.
    pub(crate) fn endpaper(&self, arguments: &[&str]) -> Run {
        self.endpaper_with(arguments, &[])
    }

    /// The same with an environment.
    pub(crate) fn endpaper_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_endpaper"));
        command.args(arguments).env_clear().envs(environment.iter().copied());
        self.run(&mut command)
    }

    /// Runs a program here.
    pub(crate) fn run(&self, command: &mut Command) -> Run {
        run(command.current_dir(&self.path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// How a program ended and what it said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Fails the test unless the program ended with this code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        let Self { stdout, stderr, .. } = &self;
        assert_eq!(self.code, Some(code), "stdout:\n{stdout}\nstderr:\n{stderr}");
        self
    }
}

/// Runs a program and waits for it; it has no standard input.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.stdin(std::process::Stdio::null()).output();
    let Output { status, stdout, stderr } =
        output.unwrap_or_else(|error| panic!("{command:?} cannot be run: {error}"));
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Run { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

/// The text of a file of the repository.
#[track_caller]
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The first line of a file, if it is a text.
pub(crate) fn first_line(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()?.lines().next().map(str::to_owned)
}

/// The names and bytes of the files in a folder.
#[track_caller]
pub(crate) fn read_folder(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let paths = entries.map(|entry| entry.expect("is readable").path());
    paths
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().expect("entries have names").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("is readable"))
        })
        .collect()
}

/// The bytes of a file of the repository.
pub(crate) fn read_bytes(path: &str) -> Vec<u8> {
    fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files below a folder of the repository, sorted, as paths from its root.
pub(crate) fn files_below(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).expect("the folder is there") {
        let entry = entry.expect("is readable");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Enough for a picture as wide as an A4 page.
pub(crate) const PIXELS: u32 = 1400;

/// A square picture with a gradient, `side` pixels wide.
pub(crate) fn jpeg(side: u32) -> Vec<u8> {
    let shade = |n: u32| u8::try_from(n * 255 / side).expect("at most 255");
    let picture =
        image::RgbImage::from_fn(side, side, |x, y| image::Rgb([shade(x), shade(y), 128]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("memory can be written");
    bytes.into_inner()
}

const LITTLE_CONFIG: &str = r#"[book]
slug = "little"
title = "A Little Book"
language = "en"
authors = [{ name = "Ada Author" }]
date = 2024-02-29

[contents]
chapters = ["chapters/one.md", "chapters/two.md"]

[edition.book]
page = "A5"

[edition.handout]
page = "A4"
open = "run-on"
links = "notes"
contents = "first-page"
folio = "of-total"
"#;

const LITTLE_ONE: &str = "\
+++
title = \"One\"
+++

The first chapter has a note[^first] and a [link](https://example.org/) and points to the
[second](two.md).

[^first]: The note.

![](square.jpg)
";

const LITTLE_TWO: &str = "\
+++
title = \"Two\"
speakers = [{ name = \"Sam Speaker\", organisation = \"Example\" }]
+++

The second chapter is about a talk.

## A heading

And its end.
";

const LITTLE_REGISTER: &str = r#"["square.jpg"]
title = "A square"
alt = "Red grows to the right and green downwards, on a ground of middling blue."
caption = "A square of colours."
creator = { name = "Ada Author" }
credit = "Picture: Ada Author"
licence = "CC0-1.0"
source = "Made by a test"
"#;
