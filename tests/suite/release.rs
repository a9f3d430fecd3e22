//! The scripts that workflows call, and the workflows themselves.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{Folder, files_below, read, root, run};

const TAG: &str = concat!("v", env!("CARGO_PKG_VERSION"));

fn release(tag: &str, folder: &Path) -> Command {
    let mut command = Command::new(root().join("tests/release"));
    command.arg(tag).arg(folder).env("ENDPAPER_PROGRAM", env!("CARGO_BIN_EXE_endpaper"));
    command
}

#[test]
fn a_release_is_refused_when_tag_and_version_differ() {
    let folder = Folder::new("release-tag");
    let run = run(&mut release("v0.0.0", &folder.path().join("dist"))).expect(1);
    assert!(run.stderr.contains("the tag is v0.0.0"), "{}", run.stderr);
    assert!(!folder.path().join("dist").exists());
}

#[test]
fn a_release_never_mixes_with_other_files() {
    let folder = Folder::new("release-full");
    folder.write("dist/old.pdf", "");
    let run = run(&mut release(TAG, &folder.path().join("dist"))).expect(1);
    assert!(run.stderr.contains("is not empty"), "{}", run.stderr);
}

/// What a release says of itself, and that anybody can make it again.
#[test]
fn a_release_has_a_manifest_and_can_be_verified() {
    let folder = Folder::with_little_book("manifest");
    let build =
        ["build", "--quiet", "--release", "--version-of-book", "v2.1.0", "--commit", "0123abc"];
    let epoch = [("SOURCE_DATE_EPOCH", "1525392000")];
    folder.endpaper_with(&build, &epoch).expect(0);
    let dist = folder.files("dist");
    let names = ["SHA256SUMS", "little-handout.pdf", "little.epub", "little.pdf", "manifest.json"];
    assert_eq!(dist.keys().map(String::as_str).collect::<Vec<_>>(), names);
    let manifest: serde_json::Value =
        serde_json::from_slice(&dist["manifest.json"]).expect("is JSON");
    assert_eq!(manifest["book"]["version"], "2.1.0");
    assert_eq!(
        (&manifest["book"]["commit"], &manifest["book"]["modified"]),
        (&"0123abc".into(), &1_525_392_000.into())
    );
    let files = manifest["artefacts"].as_array().expect("is a list");
    let sums = String::from_utf8_lossy(&dist["SHA256SUMS"]).into_owned();
    for file in files {
        let (name, digest) = (file["name"].as_str(), file["sha256"].as_str());
        let (name, digest) = (name.expect("is a text"), digest.expect("is a text"));
        assert_eq!(file["bytes"], dist[name].len());
        assert!(sums.contains(&format!("{digest} *{name}")), "{name}: {sums}");
        assert!(file["words"].as_u64() > Some(20), "{file}");
    }
    assert_eq!(files[0]["standards"], serde_json::json!(["EPUB 3.3"]));
    assert_eq!(files[1]["standards"], serde_json::json!(["PDF/UA-1", "PDF/A-2a"]));
    assert_eq!(manifest["credits"][0]["creator"], "Ada Author");
    assert!(sums.contains(" *manifest.json"), "{sums}");

    // Without the environment of the release, from its manifest alone.
    let run = folder.endpaper(&["verify", "dist"]).expect(0);
    assert_eq!(
        run.stdout.lines().filter(|line| line.starts_with("same ")).count(),
        5,
        "{}",
        run.stdout
    );
    folder.write("dist/little.pdf", "other");
    let run = folder.endpaper(&["verify", "dist"]).expect(1);
    assert!(run.stdout.contains("differs  dist/little.pdf"), "{}", run.stdout);
    let run = folder.endpaper(&["verify", "book"]).expect(2);
    assert!(run.stderr.contains("build --release"), "{}", run.stderr);
    let run = folder.endpaper(&["build", "--release", "--commit", "a b"]).expect(2);
    assert!(run.stderr.contains("no commit"), "{}", run.stderr);
}

/// The commands of the action and of the recipe for GitLab, as their machines would run them.
#[test]
fn the_action_and_the_recipe_for_gitlab_make_the_book() {
    let commands = |path: &str| -> Vec<String> {
        let text = read(path);
        let lines = text.lines().map(str::trim);
        let runs = lines.filter_map(|line| {
            let item = line.strip_prefix("- ").filter(|item| item.starts_with(['.', 'g']));
            item.or_else(|| line.strip_prefix("run: "))
        });
        runs.map(|command| command.trim_matches('\'').to_owned()).collect()
    };
    let folder = Folder::with_little_book("action");
    // `git clone` of this repository is this folder.
    let git = format!("#!/bin/sh\nfor last; do :; done\nln -s '{}' \"$last\"\n", root().display());
    folder.write("bin/git", git);
    run(Command::new("chmod").arg("+x").arg(folder.path().join("bin/git"))).expect(0);
    let path = std::env::var("PATH").expect("there is a search path");
    let path = format!("{}:{path}", folder.path().join("bin").display());
    let run_all = |commands: Vec<String>, environment: &[(&str, &str)]| {
        assert!(!commands.is_empty());
        for command in commands {
            let mut bash = Command::new("bash");
            bash.args(["-euo", "pipefail", "-c", &command]).env_clear().env("PATH", &path);
            bash.env("ENDPAPER_PROGRAM", env!("CARGO_BIN_EXE_endpaper"));
            bash.envs(environment.iter().copied());
            folder.run(&mut bash).expect(0);
        }
    };
    let of = |dist: &str| -> serde_json::Value {
        serde_json::from_slice(&folder.files(dist)["manifest.json"]).expect("is JSON")
    };

    let here = root().to_string_lossy().into_owned();
    let action = [
        ("GITHUB_ACTION_PATH", here.as_str()),
        ("GITHUB_OUTPUT", "output"),
        ("BOOK", "book"),
        ("EDITIONS", "epub handout"),
        ("VERSION", ""),
        ("OUT", "files"),
        ("GITHUB_REF_TYPE", "tag"),
        ("GITHUB_REF_NAME", "v3.0.0"),
        ("GITHUB_SHA", "abc"),
    ];
    run_all(commands("action.yml"), &action);
    let manifest = of("files");
    assert_eq!(
        (&manifest["book"]["version"], &manifest["book"]["commit"]),
        (&"3.0.0".into(), &"abc".into())
    );
    assert_eq!(manifest["artefacts"].as_array().map(Vec::len), Some(2));
    assert_eq!(folder.files("")["output"], b"out=files\n");

    let gitlab = [
        ("ENDPAPER_REF", "main"),
        ("BOOK", "book"),
        ("EDITIONS", ""),
        ("OUT", "dist"),
        ("CI_COMMIT_TAG", "v3.0.1"),
        ("CI_COMMIT_SHA", "def"),
    ];
    run_all(commands(".ci/gitlab.yml"), &gitlab);
    assert_eq!(of("dist")["book"]["version"], "3.0.1");
}

/// What is asked of the action may come from a stranger's branch: it is never more than a word.
#[test]
fn what_the_action_is_given_is_a_word_or_a_path() {
    let folder = Folder::with_little_book("action-words");
    folder.write("epub", "a pattern would find this");
    let book = |environment: &[(&str, &str)]| {
        let mut bash = Command::new("bash");
        bash.arg(root().join(".ci/book")).env_clear();
        bash.env("PATH", std::env::var("PATH").expect("there is a search path"));
        bash.env("ENDPAPER_PROGRAM", env!("CARGO_BIN_EXE_endpaper"));
        bash.env("GITHUB_OUTPUT", "output").envs(environment.iter().copied());
        folder.run(&mut bash)
    };
    let run = book(&[("EDITIONS", "e*")]).expect(2);
    assert!(run.stderr.contains("no edition `e*`"), "{}", run.stderr);
    let run = book(&[("BOOK", "--help")]).expect(2);
    assert!(run.stderr.contains("there is no book at `--help`"), "{}", run.stderr);
    let run = book(&[("EDITIONS", "--help")]).expect(2);
    assert!(run.stderr.contains("no edition `--help`"), "{}", run.stderr);
    let run = book(&[("VERSION", "$(touch harm)")]).expect(2);
    assert!(run.stderr.contains("is no version"), "{}", run.stderr);
    book(&[("OUT", "dist\nother=harm")]).expect(2);
    let files = folder.files("");
    assert!(!files.contains_key("output") && !files.contains_key("harm"), "{:?}", files.keys());
    book(&[("OUT", "-a folder"), ("EDITIONS", "epub\n handout\n"), ("BOOK", "book/book.toml")])
        .expect(0);
    assert_eq!(folder.files("-a folder").len(), 4);
    assert_eq!(folder.files("")["output"], b"out=-a folder\n");
}

/// Every input of the action reaches its script, and the README shows how it is used.
#[test]
fn the_action_passes_its_inputs_on() {
    let action = read("action.yml");
    for input in ["book", "editions", "version", "out"] {
        let name = input.to_uppercase();
        assert!(action.contains(&format!("{name}: ${{{{ inputs.{input} }}}}")), "{input}");
        assert!(read(".ci/book").contains(&format!("${{{name}:-")), "{name}");
    }
    assert!(read("README.md").contains("uses: endpaper-books/endpaper@"));
}

#[test]
fn chapters_are_counted() {
    let folder = Folder::with_little_book("stats");
    let run = folder.endpaper(&["stats"]).expect(0);
    let head = run.stdout.lines().next().unwrap_or_default();
    assert!(
        head.contains("words  pictures  notes  pages: book  pages: handout  minutes"),
        "{head}"
    );
    let run = folder.endpaper(&["stats", "--format", "json"]).expect(0);
    let first: serde_json::Value =
        serde_json::from_str(run.stdout.lines().next().unwrap_or_default()).expect("is JSON");
    assert_eq!(first["chapter"], "one.md");
    assert_eq!((&first["pictures"], &first["notes"]), (&1.into(), &1.into()));
    assert!(run.stdout.lines().last().is_some_and(|line| line.contains("\"chapters\":2")));
}

#[test]
fn the_changelog_speaks_of_this_version() {
    let changelog = read("CHANGELOG.md");
    let head = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    assert!(changelog.lines().any(|line| line.starts_with(&head)), "no section `{head}`");
}

#[test]
fn workflows_run_nothing_but_scripts_of_this_repository() {
    for path in files_below(".github/workflows") {
        for line in read(&path).lines() {
            let step = line.trim().trim_start_matches("- ");
            if let Some(command) = step.strip_prefix("run:") {
                let script = command.split_whitespace().next().unwrap_or_default();
                assert!(is_script(&root().join(script)), "{path}: `{}`", command.trim());
            }
            if let Some(action) = step.strip_prefix("uses:") {
                let version = action.split(['@', '#']).nth(1).unwrap_or_default().trim();
                let pinned = version.len() == 40 && version.chars().all(|c| c.is_ascii_hexdigit());
                assert!(pinned, "{path}: {action} is not pinned to a commit");
            }
        }
    }
}

#[test]
#[ignore = "needs the judges: run by tests/run"]
fn a_release_builds_judges_and_says_what_is_new() {
    let folder = Folder::new("release");
    let dist = folder.path().join("dist");
    let run = run(&mut release(TAG, &dist)).expect(0);
    let files: Vec<_> = folder.files("dist").into_keys().collect();
    let slug = "kubecon-2018-day-3";
    let expected = [format!("{slug}-handout.pdf"), format!("{slug}.epub"), format!("{slug}.pdf")];
    let others = ["SHA256SUMS".to_owned()];
    assert_eq!(files, [&others[..], &expected[..], &["manifest.json".to_owned()]].concat());
    assert!(run.stderr.contains("same "), "{}", run.stderr);
    assert!(run.stdout.contains("### Added"), "{}", run.stdout);
    assert!(run.stderr.contains("judges: ") && run.stderr.contains(", 0 failed"));
}

/// `gh` is replaced by a program that notes how it is called.
#[test]
#[ignore = "needs the judges: run by tests/run"]
fn publishing_attaches_all_files_to_the_tag() {
    let folder = Folder::new("publish");
    // There is no release yet: `gh release view` fails.
    let gh = "#!/bin/sh\nprintf '%s\\n' \"$@\" >> \"$NOTED\"\n[ \"$2\" != view ]\n";
    folder.write("bin/gh", gh);
    run(Command::new("chmod").arg("+x").arg(folder.path().join("bin/gh"))).expect(0);
    let path = std::env::var_os("PATH").expect("there is a search path");
    let folders = std::iter::once(folder.path().join("bin")).chain(std::env::split_paths(&path));
    let mut publish = Command::new(root().join(".ci/publish"));
    publish
        .arg(TAG)
        .env("PATH", std::env::join_paths(folders).expect("can be joined"))
        .env("NOTED", folder.path().join("noted"))
        .env("ENDPAPER_PROGRAM", env!("CARGO_BIN_EXE_endpaper"));
    run(&mut publish).expect(0);
    let noted = folder.files("");
    let noted = String::from_utf8(noted["noted"].clone()).expect("is text");
    let (view, create) = noted.split_once("\ncreate\n").expect("a release is made");
    assert_eq!(view, format!("release\nview\n{TAG}\nrelease"));
    for name in ["SHA256SUMS", "manifest.json", ".epub", "day-3.pdf", "handout.pdf", "--verify-tag"]
    {
        assert!(create.lines().any(|line| line.ends_with(name)), "{name}: {create}");
    }
}

#[test]
#[ignore = "needs actionlint: run by tests/run"]
fn workflows_pass_actionlint() {
    let judges = std::env::var_os("ENDPAPER_JUDGES").map(PathBuf::from);
    let judges = judges.expect("tests/run sets ENDPAPER_JUDGES");
    let mut actionlint = Command::new(judges.join("bin/actionlint"));
    actionlint.args(files_below(".github/workflows")).current_dir(root());
    // Of an action actionlint checks what a workflow gives it, and that it is well made.
    let folder = Folder::new("actionlint");
    let workflow = "on: push\njobs:\n  book:\n    runs-on: ubuntu-latest\n    steps:\n      - \
                    uses: ./action\n        with:\n          book: notes\n          version: v1\n";
    folder.write(".github/workflows/book.yml", workflow);
    folder.write("action/action.yml", read("action.yml"));
    run(Command::new("git").args(["init", "--quiet"]).current_dir(folder.path())).expect(0);
    let mut with_action = Command::new(judges.join("bin/actionlint"));
    folder.run(&mut with_action).expect(0);
    run(&mut actionlint).expect(0);
}

#[test]
#[ignore = "needs shellcheck: run by tests/run"]
fn scripts_pass_shellcheck() {
    let scripts = [files_below(".ci"), files_below("tests")].concat();
    let scripts: Vec<_> = scripts.into_iter().filter(|p| is_script(&root().join(p))).collect();
    assert!(scripts.len() >= 6, "{scripts:?}");
    run(Command::new("shellcheck").args(scripts).current_dir(root())).expect(0);
}

/// Whether a file is a script that can be started.
fn is_script(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    let is_executable = path.metadata().is_ok_and(|data| data.permissions().mode() & 0o100 != 0);
    let first = crate::program::first_line(path);
    is_executable && first.is_some_and(|line| line.starts_with("#!/usr/bin/env bash"))
}
