//! The command line as a user meets it: exit codes, complaints, files that are all there or not
//! at all, and the same bytes from every machine.

use crate::program::{Folder, PIXELS, jpeg};

const ARTEFACTS: [&str; 4] = ["SHA256SUMS", "little-handout.pdf", "little.epub", "little.pdf"];

#[test]
fn a_build_writes_all_editions_and_lists_them() {
    let folder = Folder::with_little_book("build");
    let run = folder.endpaper(&["build"]).expect(0);
    let files = folder.files("dist");
    assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), ARTEFACTS);
    assert!(files["little.epub"].starts_with(b"PK"));
    assert!(files["little.pdf"].starts_with(b"%PDF-1.7"));
    assert_eq!(run.stderr, "");
    let lines: Vec<_> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 4, "{}", run.stdout);
    assert!(lines[0].starts_with("dist/little.epub "), "{}", run.stdout);
    assert!(lines[1].starts_with("dist/little.pdf ") && lines[1].ends_with(" pages"));
    assert!(lines[3].starts_with("dist/SHA256SUMS "));
}

#[test]
fn the_sums_are_those_of_the_files() {
    let folder = Folder::with_little_book("sums");
    folder.endpaper(&["build", "--quiet"]).expect(0);
    let mut command = std::process::Command::new("sha256sum");
    command.args(["--check", "--strict", "SHA256SUMS"]).current_dir(folder.path().join("dist"));
    let run = crate::program::run(&mut command).expect(0);
    assert_eq!(run.stdout, "little-handout.pdf: OK\nlittle.epub: OK\nlittle.pdf: OK\n");
}

#[test]
fn editions_can_be_chosen() {
    let folder = Folder::with_little_book("editions");
    let build = |arguments: &[&str], out: &str| {
        let mut all = vec!["build", "book/book.toml", "--out", out];
        all.extend(arguments);
        folder.endpaper(&all).expect(0);
        folder.files(out)
    };
    let all = build(&[], "all");
    for (arguments, names) in [
        (&["--edition", "handout"][..], &["SHA256SUMS", "little-handout.pdf"][..]),
        (&["--edition", "epub"], &["SHA256SUMS", "little.epub"]),
        (&["--edition", "book", "--edition", "epub"], &["SHA256SUMS", "little.epub", "little.pdf"]),
    ] {
        let chosen = build(arguments, names[1]);
        assert_eq!(chosen.keys().map(String::as_str).collect::<Vec<_>>(), names);
        for (name, bytes) in chosen.iter().filter(|(name, _)| *name != "SHA256SUMS") {
            assert!(all[name] == *bytes, "{name} differs when it is made alone");
        }
    }
    let run = folder.endpaper(&["build", "--edition", "hardback"]).expect(2);
    assert!(run.stderr.contains("no edition `hardback`"), "{}", run.stderr);
    assert!(run.stderr.contains("`epub`, `book`, `handout`"), "{}", run.stderr);
}

/// The lock is written on request, keeps the anchor of a heading that got new words, and is the
/// same when nothing changed.
#[test]
fn a_lock_keeps_anchors_when_headings_change() {
    let folder = Folder::new("anchors");
    let config = "[book]\ntitle = \"Locked\"\nlanguage = \"en\"\ndate = 2024-05-31\n\n\
                  [contents]\nchapters = [\"a.md\"]\n";
    folder.write("book/book.toml", config);
    folder.write("book/a.md", "# Title\n\n## \"Old\" words\n\nText.\n");
    let update = ["build", "--quiet", "--update-anchors"];
    let run = folder.endpaper(&update).expect(2);
    assert!(run.stderr.contains("anchors = \"anchors.lock\""), "{}", run.stderr);

    folder.write("book/book.toml", format!("{config}anchors = \"anchors.lock\"\n"));
    folder.endpaper(&update).expect(0);
    let lock = || String::from_utf8_lossy(&folder.files("book")["anchors.lock"]).into_owned();
    let first = lock();
    assert!(first.contains("anchor = \"title-old-words\""), "{first}");
    folder.endpaper(&update).expect(0);
    assert_eq!(lock(), first);

    folder.write("book/a.md", "# Another title\n\n## Quite \\ new\n\nText.\n");
    let run = folder.endpaper(&["build", "--quiet"]).expect(0);
    assert_eq!(run.stderr, "");
    assert_eq!(lock(), first);
    folder.endpaper(&update).expect(0);
    let second = lock();
    assert!(
        second.contains("Quite") && second.contains("anchor = \"title-old-words\""),
        "{second}"
    );
    assert!(second.contains("title = \"Another title\"\nanchor = \"title\""), "{second}");
}

#[test]
fn quiet_says_nothing_about_a_sound_book() {
    let folder = Folder::with_little_book("quiet");
    for arguments in [&["build", "--quiet"][..], &["check", "-q"], &["check", "--format", "json"]] {
        let run = folder.endpaper(arguments).expect(0);
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""), "{arguments:?}");
    }
    let run = folder.endpaper(&["check"]).expect(0);
    assert_eq!(run.stderr, "no errors, no warnings\n");
}

#[test]
fn the_same_manuscript_gives_the_same_bytes_everywhere() {
    let one = Folder::with_little_book("same-one");
    let two = Folder::new("same-two");
    // Another depth, another order of creation.
    for (name, bytes) in one.files("book/images").into_iter().rev() {
        two.write(&format!("deep/down/book/images/{name}"), bytes);
    }
    for (name, bytes) in one.files("book/chapters").into_iter().rev() {
        two.write(&format!("deep/down/book/chapters/{name}"), bytes);
    }
    two.write("deep/down/book/book.toml", &one.files("book")["book.toml"]);

    one.endpaper_with(
        &["build", "--threads", "1"],
        &[("TZ", "Pacific/Kiritimati"), ("LANG", "C"), ("HOME", "/nowhere")],
    )
    .expect(0);
    two.endpaper_with(
        &["build", "deep/down/book", "--threads", "7"],
        &[("TZ", "America/Anchorage"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
    )
    .expect(0);
    assert!(one.files("dist") == two.files("dist"));
}

/// The first book itself; the little one has not all that a book can have.
#[test]
fn the_first_book_is_the_same_from_every_folder() {
    let folder = Folder::new("same-first");
    folder.copy("book");
    folder.copy("images");
    let root = crate::program::root().join("book");
    let root = root.to_str().expect("the repository's path is UTF-8");
    folder
        .endpaper_with(&["build", "--threads", "1", "--out", "a"], &[("TZ", "Asia/Tokyo")])
        .expect(0);
    folder
        .endpaper_with(&["build", root, "--threads", "4", "--out", "b"], &[("LANG", "C")])
        .expect(0);
    assert!(folder.files("a") == folder.files("b"));
}

#[test]
fn source_date_epoch_is_the_time_of_the_last_change() {
    let folder = Folder::with_little_book("epoch");
    let build = |out: &str, epoch: &[(&str, &str)]| {
        folder.endpaper_with(&["build", "--out", out], epoch).expect(0);
        folder.files(out)
    };
    let by_date = build("date", &[]);
    // 2024-02-29, the date of the little book.
    assert!(by_date == build("same", &[("SOURCE_DATE_EPOCH", "1709164800")]));
    assert!(by_date["little.pdf"] != build("other", &[("SOURCE_DATE_EPOCH", "1")])["little.pdf"]);
    let run = folder.endpaper_with(&["build"], &[("SOURCE_DATE_EPOCH", "yesterday")]).expect(2);
    assert!(run.stderr.contains("SOURCE_DATE_EPOCH is `yesterday`"), "{}", run.stderr);
}

#[test]
fn a_machine_that_fails_is_told_apart_from_a_manuscript_that_is_wrong() {
    let folder = Folder::with_little_book("machine");
    let run = folder.endpaper(&["build", "nowhere"]).expect(2);
    assert!(
        run.stderr.starts_with("error: there is no book at `nowhere`\nhelp: "),
        "{}",
        run.stderr
    );
    folder.write("occupied", "a file");
    let run = folder.endpaper(&["build", "--out", "occupied"]).expect(2);
    assert!(run.stderr.contains("occupied"), "{}", run.stderr);
    folder.endpaper(&["build", "--threads", "0"]).expect(2);
    folder.endpaper(&["bind"]).expect(2);
    let run = folder.endpaper(&["--version"]).expect(0);
    assert_eq!(run.stdout, format!("endpaper {}\n", env!("CARGO_PKG_VERSION")));
    let run = folder.endpaper(&["build", "--help"]).expect(0);
    assert!(run.stdout.contains("endpaper build --edition epub"), "{}", run.stdout);
}

/// A `book.toml` that is no TOML at all is shown as well.
#[test]
fn a_broken_config_is_shown_with_its_line() {
    let folder = Folder::with_little_book("broken");
    folder.write("book/book.toml", "[book]\ntitle = \"A Little\nBook\"\n");
    let run = folder.endpaper(&["check"]).expect(1);
    assert!(run.stderr.starts_with("error[invalid-config]: "), "{}", run.stderr);
    assert!(run.stderr.contains("book/book.toml:2:"), "{}", run.stderr);
    assert!(run.stderr.ends_with(" errors\n"), "{}", run.stderr);
}

/// A complaint looks like a compiler's, without colours when nobody watches.
#[test]
fn a_complaint_shows_the_line_and_a_caret() {
    let folder = Folder::with_little_book("caret");
    folder.write("book/chapters/two.md", "+++\ntitle = \"Two\"\n+++\n\nSee [three](three.md).\n");
    let run = folder.endpaper_with(&["build"], &[("CLICOLOR_FORCE", "1")]).expect(1);
    assert!(run.stderr.starts_with("error[broken-link]: "), "{}", run.stderr);
    assert!(run.stderr.contains("--> book/chapters/two.md:5:"), "{}", run.stderr);
    assert!(run.stderr.contains("\n5 | See [three](three.md).\n  | "), "{}", run.stderr);
    assert!(run.stderr.contains("^^^"), "{}", run.stderr);
    assert!(run.stderr.ends_with("\n1 error\nnothing was written\n"), "{}", run.stderr);
    assert!(!run.stderr.contains('\u{1b}'), "{}", run.stderr);
}

/// Twelve mistakes: one run tells them all, each at its place, and leaves the old files alone.
#[test]
fn twelve_mistakes_are_told_in_one_run_and_nothing_is_written() {
    let folder = Folder::with_little_book("twelve");
    folder.endpaper(&["build"]).expect(0);
    let old = folder.files("dist");

    let good = folder.files("book");
    let good = String::from_utf8(good["book.toml"].clone()).expect("is text");
    let config = good
        .replace("slug =", "colour = \"red\"\nslug =")
        .replace("\"chapters/two.md\"]", "\"chapters/two.md\", \"chapters/absent.md\"]");
    folder.write("book/book.toml", config);
    folder.write("book/chapters/one.md", MISTAKES_ONE);
    folder.write("book/chapters/two.md", MISTAKES_TWO);
    folder.write("book/images/credits.toml", MISTAKES_REGISTER);
    folder.write("book/images/uncredited.jpg", jpeg(PIXELS));
    folder.write("book/images/silent.jpg", jpeg(PIXELS + 1));
    let whole = jpeg(PIXELS + 2);
    folder.write("book/images/cut.jpg", &whole[..whole.len() / 2]);
    folder.write("secret.jpg", jpeg(PIXELS + 3));

    let run = folder.endpaper(&["build", "--format", "json"]).expect(1);
    let mut told: Vec<String> = run.stdout.lines().map(code_and_place).collect();
    told.sort();
    assert_eq!(told, TWELVE, "{}", run.stdout);
    assert!(folder.files("dist") == old, "old artefacts were touched");

    let run = folder.endpaper(&["build"]).expect(1);
    assert!(run.stderr.contains("\n12 errors\n"), "{}", run.stderr);
    assert!(folder.files("dist") == old, "old artefacts were touched");
}

/// `code path:line` of a complaint in JSON.
fn code_and_place(line: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
    let text = |key: &str| value[key].as_str().unwrap_or("-").to_owned();
    format!("{} {}:{}", text("code"), text("path"), value["line"])
}

const MISTAKES_ONE: &str = "\
+++
title = \"One\"
flavour = \"sweet\"
+++

A call without a definition[^nobody] and a [broken link](three.md).

[^uncalled]: A definition without a call.

![](missing.jpg)

![A square of colours from a test.](uncredited.jpg)

![](silent.jpg)

![](../../secret.jpg)

![](cut.jpg)
";

const MISTAKES_TWO: &str = "\
+++
title = \"Two\"
+++

## Here {#same}

## There {#same}
";

const MISTAKES_REGISTER: &str = r#"["silent.jpg"]
title = "A picture"
creator = { name = "Ada Author" }
credit = "Picture: Ada Author"
licence = "CC0-1.0"
source = "Made by a test"

["cut.jpg"]
title = "A picture"
alt = "Half of a square with a gradient."
creator = { name = "Ada Author" }
credit = "Picture: Ada Author"
licence = "CC0-1.0"
source = "Made by a test"
"#;

const TWELVE: [&str; 12] = [
    "broken-link book/chapters/one.md:6",
    "duplicate-anchor book/chapters/two.md:7",
    "invalid-image book/chapters/one.md:18",
    "missing-alt book/images/credits.toml:1",
    "missing-chapter book/book.toml:10",
    "missing-credit book/chapters/one.md:12",
    "missing-image book/chapters/one.md:10",
    "missing-note book/chapters/one.md:6",
    "path-outside book/chapters/one.md:16",
    "unknown-front-matter-key book/chapters/one.md:3",
    "unknown-key book/book.toml:2",
    "unused-note book/chapters/one.md:8",
];
