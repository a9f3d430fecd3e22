//! What is said about each picture: at the picture, and once more on a page of its own.

use super::resolve::Desk;
use super::types::{Credit, Inline, PhotoId, Target, Text};
use super::typography;
use crate::photo::Linked;
use crate::source::Span;
use std::collections::BTreeSet;

/// "Drawing: The Endpaper authors · CC0 1.0", with links; pictures with the same credit share it.
pub(super) fn line(desk: &mut Desk<'_>, photos: &[PhotoId]) -> Option<Text> {
    let mut lines: Vec<(Vec<Inline>, String)> = Vec::new();
    let mut place = None;
    for id in photos {
        let Some(inlines) = credit_and_licence(desk, *id, " · ") else { continue };
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

/// One entry for each picture that anything is known of, the cover included, in the order of first
/// use.
pub(super) fn entries(desk: &mut Desk<'_>) -> Vec<Credit> {
    let credited = desk.photos.credited();
    let mut entries = Vec::with_capacity(credited.len());
    for photo in credited {
        let mut seen = BTreeSet::new();
        let shown = desk.uses.iter().filter(|(id, _)| *id == photo).map(|(_, anchor)| *anchor);
        let figures: Vec<_> = shown.filter(|anchor| seen.insert(*anchor)).collect();
        let span = desk.photos.list[photo.0 as usize].span;
        let mut inlines = Vec::new();
        let title = desk.photos.list[photo.0 as usize].title.as_deref().unwrap_or("");
        if desk.photos.cover == Some(photo) && title != desk.terms.cover.trim_end_matches('.') {
            sentence(&mut inlines, vec![Inline::Text(desk.terms.cover.to_owned(), span)], span);
        }
        for part in parts(desk, photo, span) {
            sentence(&mut inlines, part, span);
        }
        let text = desk.text(inlines, span);
        entries.push(Credit { photo, text, figures });
    }
    entries
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
    parts.extend(credit_and_licence(desk, id, ". "));
    if let Some(copyright) = &photo.copyright {
        parts.push(vec![word(copyright.clone())]);
    }
    if let Some((source, _)) = record.and_then(|r| r.source.as_ref()) {
        parts.push(vec![word(format!("{} ", desk.terms.source)), linked(source, &said, span)]);
    }
    if let Some((after, _)) = record.and_then(|r| r.after.as_ref()) {
        let after = Linked { text: within_sentence(&after.text), url: after.url.clone() };
        parts.push(vec![word(format!("{} ", desk.terms.after)), linked(&after, &said, span)]);
    }
    parts
}

/// The credit line (linked to its creator) and the licence (linked to its text), as far as known.
fn credit_and_licence(desk: &Desk<'_>, id: PhotoId, between: &str) -> Option<Vec<Inline>> {
    let photo = desk.photos.photo(id)?;
    let record = desk.photos.record(id);
    let span = photo.span;
    let mut inlines = Vec::new();
    if !photo.credit.is_empty() {
        let words = Inline::Text(photo.credit.clone(), span);
        let creator = record.and_then(|r| r.creator.as_ref());
        inlines.push(match creator.and_then(|(creator, _)| creator.url.clone()) {
            Some(url) => link(url, words, span),
            None => words,
        });
    }
    if !photo.licence.is_empty() {
        if !inlines.is_empty() {
            inlines.push(Inline::Text(between.to_owned(), span));
        }
        let name = record.and_then(|r| r.licence.as_ref()).map(|(l, _)| l.name().to_owned());
        let words = Inline::Text(name.unwrap_or_else(|| photo.licence.clone()), span);
        inlines.push(match photo.licence_url.clone() {
            Some(url) => link(url, words, span),
            None => words,
        });
    }
    (!inlines.is_empty()).then_some(inlines)
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
