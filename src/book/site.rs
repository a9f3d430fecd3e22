//! The pages of the site that mdBook would make of the book: links name them, and what lies beside
//! them.

use super::paths;
use crate::project::{MdBookConfig, Project};

/// A book's site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pages<'a> {
    config: &'a MdBookConfig,
    /// The folder of the chapters.
    folder: &'a str,
}

impl<'a> Pages<'a> {
    /// The site of a project, if it is an mdBook.
    pub(super) fn of(project: &'a Project) -> Option<Self> {
        let config = project.config.mdbook.as_ref()?;
        Some(Self { config, folder: &project.config.photos.folder })
    }

    /// The files that may have become a page, given as a path relative to the book's folder.
    pub(super) fn files(&self, page: &str) -> Vec<String> {
        let inside = self.inside(page);
        let moved = [inside.to_owned(), format!("/{inside}")];
        let moved = moved.iter().find_map(|page| self.config.redirects.get(page));
        let page = match moved {
            Some(to) => {
                let to = to.split('#').next().unwrap_or("");
                let folder = if to.starts_with('/') { "" } else { paths::parent(inside) };
                let joined = paths::join(folder, to.trim_start_matches('/'));
                joined.map_or_else(|| page.to_owned(), |to| self.file(&to))
            }
            None => page.to_owned(),
        };
        let Some(stem) = page.strip_suffix(".html") else {
            let folder = page.trim_end_matches('/');
            return ["README.md", "index.md"].map(|name| format!("{folder}/{name}")).to_vec();
        };
        let folder = paths::parent(stem);
        let own = format!("{stem}.md");
        match stem.strip_suffix("index") {
            Some(rest) if rest.is_empty() || rest.ends_with('/') => {
                let slash = if folder.is_empty() { "" } else { "/" };
                vec![own, format!("{folder}{slash}README.md")]
            }
            _ => vec![own],
        }
    }

    /// The address of something beside a page.
    pub(super) fn address(&self, from: &str, destination: &str) -> Option<String> {
        let base = self.config.base.as_deref()?;
        let is_path = !destination.contains("://") && !destination.starts_with('/');
        let colon = destination.find(':').unwrap_or(destination.len());
        if !is_path || colon < destination.find(['/', '#', '?']).unwrap_or(destination.len()) {
            return None;
        }
        let (start, host) = base.split_once("://")?;
        let (host, path) = host.split_once('/').unwrap_or((host, ""));
        let mut folders: Vec<&str> = path.split('/').filter(|piece| !piece.is_empty()).collect();
        let own = paths::parent(self.inside(from));
        folders.extend(own.split('/').filter(|piece| !piece.is_empty()));
        let cut = destination.find(['#', '?']).unwrap_or(destination.len());
        let (path, rest) = destination.split_at(cut);
        for piece in path.split('/') {
            match piece {
                "" | "." => {}
                ".." => {
                    folders.pop();
                }
                piece => folders.push(piece),
            }
        }
        let slash = if path.ends_with('/') && !folders.is_empty() { "/" } else { "" };
        Some(format!("{start}://{host}/{}{slash}{rest}", folders.join("/")))
    }

    fn inside<'p>(&self, path: &'p str) -> &'p str {
        let rest = path.strip_prefix(self.folder).unwrap_or(path);
        rest.strip_prefix('/').unwrap_or(rest)
    }

    fn file(&self, inside: &str) -> String {
        if self.folder.is_empty() { inside.to_owned() } else { format!("{}/{inside}", self.folder) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_files_and_what_is_beside_them_has_an_address() {
        let mut config = MdBookConfig {
            base: Some("https://x.org/book/".to_owned()),
            ..MdBookConfig::default()
        };
        config.redirects.insert("/old.html".to_owned(), "new/page.html".to_owned());
        let pages = Pages { config: &config, folder: "src" };
        assert_eq!(pages.files("src/a/b.html"), ["src/a/b.md"]);
        assert_eq!(pages.files("src/a/index.html"), ["src/a/index.md", "src/a/README.md"]);
        assert_eq!(pages.files("src/a/"), ["src/a/README.md", "src/a/index.md"]);
        assert_eq!(pages.files("src/old.html"), ["src/new/page.md"]);
        let address = |to: &str| pages.address("src/a/b.md", to).unwrap_or_default();
        assert_eq!(address("../../std/vec.html#x"), "https://x.org/std/vec.html#x");
        assert_eq!(address("c/"), "https://x.org/book/a/c/");
        assert_eq!(address("../../../.."), "https://x.org/");
        assert_eq!((address("/x"), address("ftp:x")), (String::new(), String::new()));
    }
}
