//! What is said about each picture: at the picture, and once more on a page of its own.

use super::chapter::capitalised;
use super::resolve::Desk;
use super::terms;
use super::types::{AnchorId, Credit, Credits, Inline, PhotoId, Target, Text};
use super::typography;
use crate::photo::{Linked, OriginKind};
use crate::source::Span;
use std::collections::BTreeSet;

/// "Drawing: The Endpaper authors · CC0 1.0", with links; pictures with the same credit share it.
/// A licence that wants attribution gets the title and the source as well.
pub(super) fn line(desk: &mut Desk<'_>, photos: &[PhotoId]) -> Option<Text> {
    let mut lines: Vec<(Vec<Inline>, String)> = Vec::new();
    let mut place = None;
    for id in photos {
        let Some(inlines) = below(desk, *id) else { continue };
        let mut words = String::new();
        inlines.iter().for_each(|inline| inline.push_plain(&mut words));
        place = place.or(desk.photos.photo(*id).map(|photo| photo.span));
        if !lines.iter().any(|(_, other)| *other == words) {
            lines.push((inlines, words));
        }
    }
    let span = place?;
    let mut inlines = Vec::new();
    for (line, _) in lines {
        if !inlines.is_empty() {
            inlines.push(Inline::Text("; ".into(), span));
        }
        inlines.extend(line);
    }
    Some(desk.text(inlines, span))
}

/// One entry for each picture that anything is known of: the cover, then the others in the order of
/// first use; and the licences they name, each once.
pub(super) fn page(desk: &mut Desk<'_>) -> Credits {
    let mut credited = desk.photos.credited();
    credited.sort_by_key(|id| !desk.photos.photo(*id).is_some_and(|photo| photo.is_only_cover));
    let mut entries = Vec::with_capacity(credited.len());
    let mut named: Vec<(String, String, Span)> = Vec::new();
    for photo in credited {
        let span = desk.photos.list[photo.0 as usize].span;
        let inlines = entry(desk, photo, span);
        let text = desk.text(inlines, span);
        let figures = figures(desk, photo);
        entries.push(Credit { photo, text, figures });
        let licence = desk.photos.record(photo).and_then(|r| r.licence.as_ref());
        if let Some((name, url)) = licence.and_then(|(l, _)| Some((l.name(), l.url()?)))
            && !named.iter().any(|(_, known, _)| known == url)
        {
            named.push((name.to_owned(), url.to_owned(), span));
        }
    }
    let licences = named.into_iter().map(|(name, url, span)| {
        let shown = Inline::Text(url.clone(), span);
        let words = Inline::Text(format!("{name}: "), span);
        // Words that are the address already are not said twice.
        let inlines = if name == url { Vec::new() } else { vec![words] };
        let inlines = inlines.into_iter().chain([link(url, shown, span)]).collect();
        desk.text(inlines, span)
    });
    let licences = licences.collect();
    Credits { entries, licences }
}

fn entry(desk: &Desk<'_>, photo: PhotoId, span: Span) -> Vec<Inline> {
    let mut inlines = Vec::new();
    let title = desk.photos.list[photo.0 as usize].title.as_deref().unwrap_or("");
    if desk.photos.cover == Some(photo) && title != desk.terms.cover {
        sentence(&mut inlines, vec![desk.terms.inline(desk.terms.cover.to_owned(), span)], span);
    }
    for part in parts(desk, photo, span) {
        sentence(&mut inlines, part, span);
    }
    inlines
}

/// The figures that show a picture, each once.
fn figures(desk: &Desk<'_>, photo: PhotoId) -> Vec<(AnchorId, Option<String>)> {
    let mut seen = BTreeSet::new();
    let shown = desk.uses.iter().filter(|(id, _)| *id == photo).map(|(_, anchor)| *anchor);
    let numbered = |anchor| {
        let number = desk.references.number(anchor);
        number.map(|number| match desk.terms.spoken {
            None => capitalised(&terms::numbered(desk.terms.references.figure, &number)),
            Some(_) => number,
        })
    };
    shown.filter(|a| seen.insert(*a)).map(|anchor| (anchor, numbered(anchor))).collect()
}

/// What stands below a picture: credit line and licence; for a licence that wants attribution the
/// title, the creator, the source and the licence, which is what Creative Commons recommends.
fn below(desk: &Desk<'_>, id: PhotoId) -> Option<Vec<Inline>> {
    let (credit, licence) = (credit(desk, id), licence(desk, id));
    if credit.is_none() && licence.is_none() {
        return None;
    }
    let (photo, record) = (desk.photos.photo(id)?, desk.photos.record(id)?);
    let span = photo.span;
    let mut parts = vec![credit, licence];
    if record.licence.as_ref().is_some_and(|(licence, _)| licence.wants_attribution()) {
        let said = |words: &str| typography::set_str(words.trim(), &desk.language);
        let source = record.source.as_ref().map(|(source, _)| source);
        let page = source.and_then(|source| source.url.clone());
        // The title leads to the source, as on the web.
        let title = photo.title.as_deref().map(|title| {
            let words = Inline::Text(said(title), span);
            match &page {
                Some(url) => link(url.clone(), words, span),
                None => Inline::Emphasis(vec![words]),
            }
        });
        let source = source.filter(|_| title.is_none() || page.is_none());
        let source = source.map(|source| linked(source, &said, span));
        let changes = record.changes.as_ref().map(|(words, _)| Inline::Text(said(words), span));
        parts.insert(0, title);
        parts.insert(2, source);
        parts.push(changes);
    }
    Some(joined(parts.into_iter().flatten(), " · ", span))
}

/// Inlines with words between them.
fn joined(parts: impl Iterator<Item = Inline>, between: &str, span: Span) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for part in parts {
        if !inlines.is_empty() {
            inlines.push(Inline::Text(between.to_owned(), span));
        }
        inlines.push(part);
    }
    inlines
}

/// Title, creator, credit line and licence, source, and whose work it was made after: the order
/// that Creative Commons recommends (title, author, source, licence) with the credit line first.
fn parts(desk: &Desk<'_>, id: PhotoId, span: Span) -> Vec<Vec<Inline>> {
    let Some(photo) = desk.photos.photo(id) else { return Vec::new() };
    let record = desk.photos.record(id);
    let said = |words: &str| typography::set_str(words.trim(), &desk.language);
    let word = |words: String| Inline::Text(words, span);
    let mut parts = Vec::new();
    let title = photo
        .title
        .clone()
        .or_else(|| record.and_then(|r| r.caption.as_ref().map(|(words, _)| words.clone())));
    let title = title.unwrap_or_else(|| photo.name.clone());
    let title = said(title.trim_end_matches('.'));
    parts.push(vec![Inline::Emphasis(vec![word(title)])]);
    if !photo.creator.is_empty() && !photo.credit.contains(photo.creator.as_str()) {
        parts.push(vec![word(said(&photo.creator))]);
    }
    parts.extend(credit(desk, id).map(|credit| vec![credit]));
    parts.extend(licence(desk, id).map(|licence| vec![licence]));
    if let Some(copyright) = &photo.copyright {
        parts.push(vec![word(copyright.clone())]);
    }
    if let Some((source, _)) = record.and_then(|r| r.source.as_ref()) {
        let source = vec![linked(source, &said, span)];
        parts.push(desk.terms.around(desk.terms.source, source, span));
    }
    if let Some((after, _)) = record.and_then(|r| r.after.as_ref()) {
        let after = Linked { text: within_sentence(&after.text), url: after.url.clone() };
        let after = vec![linked(&after, &said, span)];
        parts.push(desk.terms.around(desk.terms.after, after, span));
    }
    if let Some((changes, _)) = record.and_then(|r| r.changes.as_ref()) {
        parts.push(vec![word(capitalised(&said(changes)))]);
    }
    parts.extend(record.and_then(|r| r.origin).and_then(|(origin, _)| {
        let [generated, partly, composite] = desk.terms.origins;
        let words = match origin.kind {
            OriginKind::Plain => return None,
            OriginKind::Composite => composite,
            OriginKind::PartlyGenerated => partly,
            OriginKind::Generated => generated,
        };
        Some(vec![desk.terms.inline(words.to_owned(), span)])
    }));
    parts
}

/// The credit line, linked to its creator.
fn credit(desk: &Desk<'_>, id: PhotoId) -> Option<Inline> {
    let photo = desk.photos.photo(id).filter(|photo| !photo.credit.is_empty())?;
    let words = Inline::Text(photo.credit.clone(), photo.span);
    let creator = desk.photos.record(id).and_then(|r| r.creator.as_ref());
    Some(match creator.and_then(|(creator, _)| creator.url.clone()) {
        Some(url) => link(url, words, photo.span),
        None => words,
    })
}

/// The licence, linked to its text.
fn licence(desk: &Desk<'_>, id: PhotoId) -> Option<Inline> {
    let photo = desk.photos.photo(id)?;
    let (licence, _) = desk.photos.record(id)?.licence.as_ref()?;
    let words = Inline::Text(licence.name().to_owned(), photo.span);
    Some(match licence.url() {
        Some(url) => link(url.to_owned(), words, photo.span),
        None => words,
    })
}

/// Adds a sentence: a space before it, a full stop behind it unless it has a stop.
fn sentence(inlines: &mut Vec<Inline>, part: Vec<Inline>, span: Span) {
    let mut words = String::new();
    part.iter().for_each(|inline| inline.push_plain(&mut words));
    if words.is_empty() {
        return;
    }
    if !inlines.is_empty() {
        inlines.push(Inline::Text(" ".into(), span));
    }
    inlines.extend(part);
    if !words.ends_with(['.', '!', '?', '…']) {
        inlines.push(Inline::Text(".".into(), span));
    }
}

/// "A photograph by …" with a small first letter: English articles may stand within a sentence.
fn within_sentence(words: &str) -> String {
    let article = ["A ", "An ", "The "].iter().find(|article| words.starts_with(**article));
    match article {
        Some(article) => article.to_lowercase() + &words[article.len()..],
        None => words.to_owned(),
    }
}

/// Words, linked if they lead somewhere; an address is not set as words are.
fn linked(words: &Linked, said: &dyn Fn(&str) -> String, span: Span) -> Inline {
    match &words.url {
        Some(url) if *url == words.text => link(url.clone(), Inline::Text(url.clone(), span), span),
        Some(url) => link(url.clone(), Inline::Text(said(&words.text), span), span),
        None => Inline::Text(said(&words.text), span),
    }
}

fn link(url: String, words: Inline, span: Span) -> Inline {
    Inline::Link { target: Target::Url(url), content: vec![words], span }
}
