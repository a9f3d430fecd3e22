//! `endpaper build`: the artefacts, written together or not at all.

use std::path::{Path, PathBuf};

use super::arguments::{Build, Format};
use super::make::{Stated, make_as};
use super::report::report;
use super::{Failure, Outcome, dist, privacy, say, sizes, tell, typography};
use crate::Artefact;
use crate::project::{Cache, is_version};

/// Runs the command.
pub(super) fn run(build: &Build) -> Result<Outcome, Failure> {
    run_as(build, false)
}

/// The same; `goes_on` says whether the program does other work afterwards.
pub(super) fn run_as(build: &Build, goes_on: bool) -> Result<Outcome, Failure> {
    let stated = stated(build, goes_on)?;
    let mut made = make_as(&build.common, &build.editions, build.parity, stated)?;
    if let Some(manifest) = &made.manifest {
        crate::add_manifest(&mut made.artefacts, manifest);
    }
    report(build.common.format, &made.texts, &made.diagnostics)?;
    if build.common.report {
        typography::report(build.common.format, &made)?;
        sizes::report(build.common.format, made.weight.as_ref())?;
        privacy::report(build.common.format, &made.private)?;
    }
    let mut outcome = Outcome::of(&made.diagnostics);
    if let Some(parity) = &made.parity
        && !sizes::compare(build.common.format, build.common.quiet, parity)?
    {
        outcome = Outcome::Differences;
    }
    match outcome {
        Outcome::Errors if !build.common.quiet => say("nothing was written\n"),
        Outcome::Errors | Outcome::Unverified | Outcome::Differences => {}
        Outcome::Done => {
            dist::write(&build.out, &made.artefacts)?;
            if build.update_anchors {
                update(made.anchors)?;
            }
            if !build.common.quiet && build.common.format == Format::Human {
                tell(&list(&build.out, &made.artefacts))?;
            }
        }
    }
    Ok(outcome)
}

/// What the caller says of the release.
fn stated(build: &Build, goes_on: bool) -> Result<Stated, Failure> {
    let release = &build.release;
    // Tags are called `v1.2.0`, versions are not.
    let version = release.version_of_book.as_deref().map(|tag| match tag.strip_prefix('v') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        Some(_) | None => tag.to_owned(),
    });
    if let Some(wrong) = version.as_ref().filter(|version| !is_version(version)) {
        return Err(Failure::new(format!("`{wrong}` is no version"))
            .help("use ASCII letters, digits, `.`, `-`, `+` and `_`: `1.0.0`"));
    }
    let is_word = |text: &&String| {
        (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if let Some(wrong) = release.commit.as_ref().filter(|commit| !is_word(commit)) {
        return Err(Failure::new(format!("`{wrong}` is no commit"))
            .help("give the digits of one: `--commit \"$(git rev-parse HEAD)\"`"));
    }
    let commit = release.commit.clone();
    let cache = cache_beside(&build.out);
    Ok(Stated {
        version,
        commit,
        modified: None,
        measure: release.release,
        goes_on,
        updates_anchors: build.update_anchors,
        cache,
    })
}

/// Writes the lock of anchors.
fn update(anchors: Option<(PathBuf, String)>) -> Result<(), Failure> {
    let Some((place, text)) = anchors else {
        return Err(Failure::new("the book has no lock of anchors")
            .help("write `anchors = \"anchors.lock\"` below `[contents]` in `book.toml`"));
    };
    dist::replace(&place, text.as_bytes()).map_err(|error| Failure::unwritten(&place, &error))
}

/// Where pictures are kept for the next build: beside the folder of the release, because all that is
/// in it is released. Nothing is kept for a folder without a name (`.`, `/`).
pub(super) fn cache_beside(out: &Path) -> Option<Cache> {
    let name = out.file_name()?.to_string_lossy();
    Some(Cache::at(out.with_file_name(format!(".{name}.cache"))))
}

/// One line an artefact: path, size, pages.
fn list(out: &Path, artefacts: &[Artefact]) -> String {
    let paths: Vec<_> =
        artefacts.iter().map(|a| out.join(&a.name).to_string_lossy().into_owned()).collect();
    let width = paths.iter().map(|path| path.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (path, artefact) in paths.iter().zip(artefacts) {
        let size = size(artefact.bytes.len());
        let pages = match artefact.pages {
            None => String::new(),
            Some(1) => "  1 page".to_owned(),
            Some(n) => format!("  {n} pages"),
        };
        text.push_str(&format!("{path:width$}  {size:>8}{pages}\n"));
    }
    text
}

/// A number of bytes as people read it: `937 B`, `93.4 kB`, `1.2 MB` (powers of 1000).
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..=999_900 => tenths(bytes, 1_000, "kB"),
        _ => tenths(bytes, 1_000_000, "MB"),
    }
}

/// A number in units, rounded up to tenths: a file is never larger than it is said to be.
fn tenths(bytes: usize, unit: usize, name: &str) -> String {
    let tenths = bytes.div_ceil(unit / 10);
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn artefacts_are_listed_with_size_and_pages() {
        let artefact = |name: &str, bytes: usize, pages| Artefact {
            name: name.to_owned(),
            bytes: vec![0; bytes],
            pages,
        };
        let artefacts = [
            artefact("a.epub", 1_234_567, None),
            artefact("a.pdf", 93_400, Some(1)),
            artefact("a-handout.pdf", 999_999, Some(14)),
            artefact("SHA256SUMS", 937, None),
        ];
        let expected = "\
dist/a.epub           1.3 MB
dist/a.pdf           93.4 kB  1 page
dist/a-handout.pdf    1.0 MB  14 pages
dist/SHA256SUMS        937 B
";
        assert_eq!(list(Path::new("dist"), &artefacts), expected);
    }
}
