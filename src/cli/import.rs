//! `endpaper import`: posts become the folder of a book.

use std::path::{Path, PathBuf};

use super::arguments::{Format, Import};
use super::report::{Texts, report};
use super::{Failure, Outcome, new_folder, tell};
use crate::diag::Diagnostics;
use crate::import::{Post, Wishes, import};
use crate::project::{Store, TEXT_LIMIT, is_language_tag};
use crate::source::Sources;

/// Runs the command.
pub(super) fn run(wanted: &Import) -> Result<Outcome, Failure> {
    if let Some(tag) = wanted.language.as_deref().filter(|tag| !is_language_tag(tag)) {
        return Err(Failure::new(format!("`{tag}` is no language tag"))
            .help("write a BCP 47 tag such as `en`, `de` or `fr-CA`"));
    }
    new_folder::check(&wanted.into)?;
    let mut sources = Sources::default();
    let mut posts = Vec::new();
    for file in &wanted.files {
        posts.push(read(file, &mut sources)?);
    }
    let wishes = Wishes {
        title: wanted.title.clone(),
        language: wanted.language.clone(),
        level: wanted.level,
        site: wanted.site.clone(),
    };
    let mut diagnostics = Diagnostics::default();
    let imported = import(&sources, &posts, &wishes, &mut diagnostics);
    if imported.chapters == 0 {
        return Err(Failure::new("there is no text in the files").help("nothing was written"));
    }
    new_folder::write(&wanted.into, &imported.files)?;
    diagnostics.sort();
    report(wanted.format, &Texts::new(Path::new(""), &sources), &diagnostics)?;
    let into = wanted.into.display();
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    if !wanted.quiet && wanted.format == Format::Human {
        tell(&format!(
            "{into}: {}, {} of them of talks, {}\nnext: endpaper build {into}\n",
            count(imported.chapters, "chapter"),
            imported.talks,
            count(imported.pictures, "picture"),
        ))?;
    }
    Ok(Outcome::Done)
}

/// Reads a post. A byte order mark is none of its characters; Windows line ends become plain.
fn read(file: &Path, sources: &mut Sources) -> Result<Post, Failure> {
    let folder = match file.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let name = file.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| Failure::new(format!("`{}` is no file", file.display())))?;
    let store = Store::Disk(folder);
    let bytes = store.read(name).map_err(|error| Failure::io("read", file, &error))?;
    if bytes.len() as u64 > TEXT_LIMIT {
        let message = format!("`{}` has more than {} MiB", file.display(), TEXT_LIMIT >> 20);
        return Err(Failure::new(message));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes()[..error.utf8_error().valid_up_to()].split(|b| *b == b'\n').count();
        Failure::new(format!("`{}` is not UTF-8 in line {line}", file.display()))
            .help("save it as UTF-8")
    })?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\0', "\u{FFFD}");
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let start = text.trim_start().get(..9).unwrap_or("").to_ascii_lowercase();
    let is_html = matches!(ending.as_str(), "html" | "htm" | "xhtml")
        || start.starts_with("<!doctype")
        || start.starts_with("<html");
    let file = sources.add(file.to_string_lossy(), text);
    Ok(Post { file, store, is_html })
}
