//! Where links lead.

use super::chapter::Bench;
use super::paths;
use super::plan::FileNames;
use super::types::{AnchorId, Target};
use crate::diag::{Code, Diagnostic};
use crate::project::address::host_problem;
use crate::project::fields::nearest;
use crate::project::percent_decoded;
use crate::source::Span;

/// Schemes of addresses that both editions can carry.
const SCHEMES: [&str; 3] = ["https:", "http:", "mailto:"];

impl Bench<'_, '_, '_> {
    /// Where a destination leads; `None` if that was reported.
    pub(super) fn target(&mut self, destination: &str, span: Span) -> Option<Target> {
        let destination = destination.trim();
        let found = match address(destination) {
            Some(Ok(url)) => Ok(Target::Url(url)),
            Some(Err(help)) => Err(help.to_owned()),
            None => match self.anchor_of(destination, span).map(Target::Anchor) {
                Err(help) => self.outside(destination, span).map(Target::Url).ok_or(help),
                found => found,
            },
        };
        match found {
            Ok(target) => Some(target),
            Err(help) => {
                let message = match destination {
                    "" => "a link has no address".to_owned(),
                    _ => format!("link to `{destination}` leads nowhere"),
                };
                self.desk
                    .diagnostics
                    .push(Diagnostic::new(Code::BrokenLink, span, message).help(help));
                None
            }
        }
    }

    /// Where a destination leads on the site that an mdBook says it is read at, if that is not in
    /// the book.
    fn outside(&self, destination: &str, span: Span) -> Option<String> {
        let pages = self.desk.pages.as_ref()?;
        let path = destination.split(['#', '?']).next()?;
        let is_dead = path.is_empty() || self.file(path, span).is_ok();
        let url = pages.address(self.document.path_of(span), destination).filter(|_| !is_dead)?;
        address(&url)?.ok()
    }

    /// The anchor of `#id`, `file.md`, `file.md#id`, or what to do about it.
    fn anchor_of(&self, destination: &str, span: Span) -> Result<AnchorId, String> {
        if let Some(help) = foreign(destination) {
            return Err(help);
        }
        let (path, id) = match destination.split_once('#') {
            Some((path, id)) => (path, Some(id)),
            None => (destination, None),
        };
        let file = self.file(path, span)?;
        match id {
            None | Some("") => Ok(file.anchor),
            Some(id) => self.id(file, id, (path, span)),
        }
    }

    /// Whether a path leads out of an mdBook, and nobody said where it is read.
    fn leaves_mdbook(&self, path: &str) -> bool {
        let mdbook = self.desk.project.config.mdbook.as_ref();
        path.starts_with("../") && mdbook.is_some_and(|mdbook| mdbook.base.is_none())
    }

    fn file(&self, path: &str, span: Span) -> Result<&FileNames<'_>, String> {
        let files = &self.desk.files;
        if path.is_empty() {
            return files.get(&span.file).ok_or_else(|| "name a chapter".to_owned());
        }
        let folder = paths::parent(self.document.path_of(span));
        let decoded = percent_decoded(path);
        let known = |path: &str| files.get(self.desk.by_path.get(path)?);
        let wanted = [path, decoded.as_str()].into_iter().find_map(|path| {
            let wanted = paths::join(folder, path)?;
            known(&wanted).or_else(|| {
                self.desk.pages.as_ref()?.files(&wanted).iter().find_map(|path| known(path))
            })
        });
        wanted.ok_or_else(|| {
            let known: Vec<String> =
                files.values().map(|file| paths::relative(folder, file.path)).collect();
            match nearest(path, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None if self.leaves_mdbook(path) => {
                    "name the address where the book is read, `base-url` in `[output.endpaper]`: \
                     links that lead out of the book then lead there"
                        .to_owned()
                }
                None => "links lead to chapters of this book or begin with `https:`, `http:` \
                         or `mailto:`"
                    .to_owned(),
            }
        })
    }

    fn id(
        &self,
        file: &FileNames<'_>,
        id: &str,
        (path, span): (&str, Span),
    ) -> Result<AnchorId, String> {
        let decoded = percent_decoded(id);
        let lower = decoded.to_lowercase();
        if let Some(anchor) =
            [id, decoded.as_str(), lower.as_str()].iter().find_map(|id| file.ids.get(*id))
        {
            return Ok(*anchor);
        }
        if let Some(near) = nearest(id, file.ids.keys().map(String::as_str)) {
            return Err(format!("did you mean `{path}#{near}`?"));
        }
        let folder = paths::parent(self.document.path_of(span));
        let elsewhere = self.desk.files.values().find(|file| file.ids.contains_key(id));
        Err(match elsewhere {
            Some(other) => format!(
                "`{id}` is in another chapter: write `{}#{id}`",
                paths::relative(folder, other.path)
            ),
            None => format!("no heading of `{}` has this anchor", file.path),
        })
    }
}

/// An absolute address, with the characters encoded that no address may have (RFC 3986 §2), or
/// what is wrong with it; `None` for what does not begin as one.
fn address(destination: &str) -> Option<Result<String, &'static str>> {
    let scheme = SCHEMES.iter().find(|scheme| {
        destination.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let rest = &destination[scheme.len()..];
    let problem = match (*scheme, rest.strip_prefix("//")) {
        ("mailto:", _) => {
            let ends = rest.split_once('@');
            let whole = ends.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
            (!whole).then_some("it is no address for mail: write `mailto:name@example.org`")
        }
        (_, Some(rest)) => host_problem(rest),
        (_, None) => Some("two slashes are missing behind the colon"),
    };
    if let Some(problem) = problem {
        return Some(Err(problem));
    }
    let mut url = String::with_capacity(destination.len());
    url.push_str(scheme);
    for (at, c) in rest.char_indices() {
        let is_percent = c == '%' && !is_encoded(&rest[at..]);
        if is_percent || c.is_ascii_control() || " \"<>\\^`{|}".contains(c) {
            url.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            url.push(c);
        }
    }
    Some(Ok(url))
}

/// Whether `%` begins an encoded byte.
fn is_encoded(rest: &str) -> bool {
    rest.get(1..3).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// What to do about a destination that was meant to lead out of the book and does not.
fn foreign(destination: &str) -> Option<String> {
    if destination.is_empty() {
        return Some("write an address or a chapter's file between the brackets".to_owned());
    }
    let scheme = destination.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    if is_scheme {
        return Some("addresses begin with `https://`, `http://` or `mailto:`".to_owned());
    }
    if destination.starts_with("//") || destination.starts_with("www.") {
        return Some(format!("write `https://{}`", destination.trim_start_matches('/')));
    }
    if destination.starts_with('/') {
        return Some("write the path as seen from this chapter's folder".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_are_absolute_and_encoded() {
        let url = |s| address(s).and_then(Result::ok).unwrap_or_default();
        assert_eq!(url("HTTPS://x.org/a b?c={d}%20%"), "https://x.org/a%20b?c=%7Bd%7D%20%25");
        assert_eq!(url("mailto:a@b.org"), "mailto:a@b.org");
        for wrong in ["https:", "https://", "https:///x", "https://a:65536", "mailto:x"] {
            assert!(address(wrong).is_some_and(|found| found.is_err()), "{wrong}");
        }
        for other in ["ftp://x", "a.md", "é:"] {
            assert_eq!(address(other), None, "{other}");
        }
    }
}
