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
    assert_eq!(files, [&["SHA256SUMS".to_owned()], &expected[..]].concat());
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
    for name in ["SHA256SUMS", ".epub", "day-3.pdf", "handout.pdf", "--verify-tag"] {
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
