//! The title page and the imprint.

use super::meta;
use super::resolve::Desk;
use super::types::{AnchorId, Block, Inline, SectionKind, Target, Text};
use super::typography;
use crate::photo::known_licence;
use crate::project::BookConfig;
use crate::source::Span;

/// Subtitle, people, publisher and year.
pub(super) fn title_page(desk: &mut Desk<'_>) -> SectionKind {
    let book = &desk.project.config.book;
    let language = desk.language.clone();
    let span = book.span;
    let subtitle = book.subtitle.as_ref().map(|words| desk.plain(words, &language, span));
    let people = people(desk, book);
    let mut foot: Vec<String> = book.publisher.iter().cloned().collect();
    foot.extend(book.date.map(|(year, ..)| year.to_string()));
    let foot = (!foot.is_empty()).then(|| desk.plain(&foot.join(", "), &language, span));
    SectionKind::TitlePage { subtitle, people, foot }
}

/// "by A and B", "edited by C".
fn people(desk: &mut Desk<'_>, book: &BookConfig) -> Vec<Text> {
    let terms = desk.terms;
    let roles = [
        ("aut", terms.by),
        ("edt", terms.edited_by),
        ("trl", terms.translated_by),
        ("ill", terms.illustrated_by),
    ];
    let mut lines = Vec::new();
    for (role, words) in roles {
        let names: Vec<String> =
            book.people.iter().filter(|p| p.role == role).map(|p| p.name.clone()).collect();
        if !names.is_empty() {
            let line = format!("{words} {}", terms.join(&names));
            let language = desk.language.clone();
            lines.push(desk.plain(&line, &language, book.span));
        }
    }
    lines
}

/// What the book is, who answers for it, what may be done with it, and how to mend it.
pub(super) fn imprint(desk: &mut Desk<'_>, credits: Option<AnchorId>) -> Vec<Block> {
    let book = &desk.project.config.book;
    let mut lines = Lines { span: book.span, list: Vec::new() };
    let said = |words: &str| typography::set_str(words, &desk.language);
    let terms = desk.terms;
    let mut title = vec![lines.emphasis(said(&book.title))];
    title.extend(book.subtitle.as_ref().map(|words| lines.word(format!(". {}", said(words)))));
    lines.push(title);
    lines.push_words(&edition(desk, book));
    if let Some((series, position)) = &book.series {
        let position = position.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
        lines.push_words(&said(&format!("{series}{position}")));
    }
    if let Some(publisher) = &book.publisher {
        lines.push_words(&said(&format!("{} {publisher}", terms.published_by)));
    }
    if let Some(rights) = &book.rights {
        lines.push_words(&said(rights));
    }
    if let Some(licence) = &book.licence {
        let linked = match known_licence(licence) {
            Some(known) => {
                lines.link(Target::Url(known.url.to_owned()), lines.word(known.name.to_owned()))
            }
            None => lines.word(licence.clone()),
        };
        let line = vec![lines.word(format!("{} ", terms.licence_of_text)), linked];
        lines.push(line);
    }
    lines.push_words(&identifier(desk, &book.identifier));
    if let Some(repository) = book.edit_url.as_deref().and_then(repository) {
        let shown = lines.word(repository.to_owned());
        let linked = lines.link(Target::Url(repository.to_owned()), shown);
        let line = vec![lines.word(format!("{} ", terms.typo)), linked];
        lines.push(line);
    }
    if let Some(credits) = credits {
        let shown = lines.word(terms.credits.to_owned());
        let linked = lines.link(Target::Anchor(credits), shown);
        let line = vec![lines.word(format!("{} ", terms.pictures)), linked, lines.word(".".into())];
        lines.push(line);
    }
    lines.push_words(&format!("{} {}", terms.set_in, terms.made_with));
    let span = lines.span;
    lines.list.into_iter().map(|line| Block::Paragraph(desk.text(line, span))).collect()
}

/// "Version 1.0.0, November 23, 2026"
fn edition(desk: &Desk<'_>, book: &BookConfig) -> String {
    let day = book.date.map(|date| format!(", {}", desk.terms.day(meta::date(date))));
    // A commit is called so in every language.
    let commit = book.commit.as_ref().map(|commit| format!(" (commit {commit})"));
    let (commit, day) = (commit.unwrap_or_default(), day.unwrap_or_default());
    format!("{} {}{commit}{day}", desk.terms.version, book.version)
}

/// "ISBN 9783161484100", "Identifier: urn:uuid:…"
fn identifier(desk: &Desk<'_>, urn: &str) -> String {
    match urn.strip_prefix("urn:isbn:") {
        Some(isbn) => format!("ISBN\u{A0}{isbn}"),
        None => format!("{} {urn}", desk.terms.identifier),
    }
}

/// The page of the project behind an address where a chapter can be edited: what stands before
/// the path of forges' editors, or the folder of the file.
fn repository(edit_url: &str) -> Option<&str> {
    let before = edit_url.split("{file}").next().unwrap_or(edit_url);
    let marks = ["/-/edit/", "/edit/", "/_edit/", "/blob/", "/src/", "/-/blob/"];
    let cut = marks.iter().filter_map(|mark| before.find(mark)).min();
    let page = cut.map_or(before, |at| &before[..at]).trim_end_matches('/');
    let host = page.strip_prefix("https://").or_else(|| page.strip_prefix("http://"))?;
    (!host.is_empty()).then_some(page)
}

/// Paragraphs in the making.
struct Lines {
    span: Span,
    list: Vec<Vec<Inline>>,
}

impl Lines {
    fn word(&self, words: String) -> Inline {
        Inline::Text(words, self.span)
    }

    fn emphasis(&self, words: String) -> Inline {
        Inline::Emphasis(vec![self.word(words)])
    }

    fn link(&self, target: Target, words: Inline) -> Inline {
        Inline::Link { target, content: vec![words], span: self.span }
    }

    fn push(&mut self, line: Vec<Inline>) {
        self.list.push(line);
    }

    fn push_words(&mut self, words: &str) {
        self.list.push(vec![self.word(words.to_owned())]);
    }
}

#[cfg(test)]
mod tests {
    use super::repository;

    #[test]
    fn the_repository_stands_before_the_editor() {
        let page = Some("https://github.com/a/b");
        assert_eq!(repository("https://github.com/a/b/edit/main/book/{file}"), page);
        let page = Some("https://gitlab.com/a/b");
        assert_eq!(repository("https://gitlab.com/a/b/-/edit/main/{file}"), page);
        assert_eq!(repository("https://x.org/{file}"), Some("https://x.org"));
        assert_eq!(repository("{file}"), None);
    }
}
