//! The title page and the imprint.

use super::meta;
use super::resolve::Desk;
use super::terms::Terms;
use super::types::{AnchorId, Block, Inline, SectionKind, Target, Text};
use super::typography;
use crate::photo::known_licence;
use crate::project::{BookConfig, Theme};
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
            let names = typography::set_str(&terms.join(&names), &desk.language);
            let line = terms.around(words, vec![Inline::Text(names, book.span)], book.span);
            lines.push(desk.text(line, book.span));
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
    lines.push(vec![terms.inline(edition(desk, book), book.span)]);
    if let Some((series, position)) = &book.series {
        let position = position.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
        lines.push_words(&said(&format!("{series}{position}")));
    }
    if let Some(publisher) = &book.publisher {
        let publisher = vec![lines.word(said(publisher))];
        lines.push(terms.around(terms.published_by, publisher, book.span));
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
        lines.push(terms.around(terms.licence_of_text, vec![linked], book.span));
    }
    lines.push(identifier(terms, &book.identifier, book.span));
    if let Some(repository) = book.edit_url.as_deref().and_then(repository) {
        let shown = lines.word(repository.to_owned());
        let linked = lines.link(Target::Url(repository.to_owned()), shown);
        lines.push(terms.around(terms.typo, vec![linked], book.span));
    }
    if let Some(credits) = credits {
        let shown = terms.inline(terms.credits.to_owned(), book.span);
        let linked = lines.link(Target::Anchor(credits), shown);
        lines.push(terms.around(terms.pictures, vec![linked], book.span));
    }
    lines.push(vec![terms.inline(colophon(desk), book.span)]);
    let span = lines.span;
    lines.list.into_iter().map(|line| Block::Paragraph(desk.text(line, span))).collect()
}

/// "Version 1.0.0, November 23, 2026"
fn edition(desk: &Desk<'_>, book: &BookConfig) -> String {
    let terms = desk.terms;
    let day = book.date.map(|date| format!("{}{}", terms.comma, terms.day(meta::date(date))));
    // A commit is called so in every language.
    let commit = book.commit.as_ref().map(|commit| format!(" (commit {commit})"));
    let (commit, day) = (commit.unwrap_or_default(), day.unwrap_or_default());
    terms.version.replace("{}", &format!("{}{commit}{day}", book.version))
}

/// "ISBN 9783161484100", "Identifier: urn:uuid:…"
fn identifier(terms: &Terms, urn: &str, span: Span) -> Vec<Inline> {
    match urn.strip_prefix("urn:isbn:") {
        Some(isbn) => vec![Inline::Text(format!("ISBN\u{A0}{isbn}"), span)],
        None => terms.around(terms.identifier, vec![Inline::Text(urn.to_owned(), span)], span),
    }
}

/// What print is set in, and what made the book. A book with its own faces does not say which of
/// them carry its text: that is known only once it is set.
fn colophon(desk: &Desk<'_>) -> String {
    let terms = desk.terms;
    let config = &desk.project.config;
    let has_own_faces = config.editions.iter().any(|edition| {
        let usual = Theme::built_in(config.theme.name);
        edition.theme.faces != usual.faces
    });
    if config.fonts.is_some() || has_own_faces {
        return terms.made_with.to_owned();
    }
    let families = config.theme.name.families().map(str::to_owned);
    let set_in = terms.set_in.replace("{}", &terms.join(&families));
    [set_in.as_str(), terms.made_with].join(if terms.comma.ends_with(' ') { " " } else { "" })
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
