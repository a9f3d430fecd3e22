//! The indexes of speakers and of organisations.

use super::collation::Collation;
use super::resolve::Desk;
use super::types::{AnchorId, Index, IndexEntry, Inline, Section, SectionKind};
use super::typography;
use crate::manuscript::{Document, Manuscript};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// Lines by their words, each with its targets.
type Lines = BTreeMap<String, (Span, Vec<(AnchorId, String)>)>;

/// Both indexes, or that of speakers alone if no organisation is named.
pub(super) fn of(
    desk: &mut Desk<'_>,
    (speakers, organisations): (AnchorId, Option<AnchorId>),
    sections: &[Section],
    manuscript: &Manuscript,
    span: Span,
) -> Vec<Index> {
    let mut people = Lines::new();
    let mut houses = Lines::new();
    for (section, document) in talks(desk, sections, manuscript) {
        let target = (section.anchor, section.title.plain());
        let SectionKind::Chapter(chapter) = &section.kind else { continue };
        let on_stage = chapter.talk.iter().flat_map(|talk| &talk.speakers);
        for (speaker, fields) in on_stage.zip(&document.front.talk.speakers) {
            add(&mut people, &speaker.sort, fields.name.1, &target);
            if let Some((house, span)) = &fields.organisation {
                let house = typography::set_str(house.trim(), &desk.language);
                add(&mut houses, &house, *span, &target);
            }
        }
    }
    let words = desk.terms;
    let mut out = vec![index(desk, words.speakers, speakers, people, span)];
    out.extend(organisations.map(|at| index(desk, words.organisations, at, houses, span)));
    out
}

/// The chapters with the files they come from.
fn talks<'s, 'm>(
    desk: &Desk<'_>,
    sections: &'s [Section],
    manuscript: &'m Manuscript,
) -> Vec<(&'s Section, &'m Document)> {
    let chapters = sections.iter().filter(|s| matches!(s.kind, SectionKind::Chapter(_)));
    // A chapter's own file is the first of those with its anchor.
    let files = desk.files.iter().rev();
    let files: BTreeMap<AnchorId, FileId> = files.map(|(file, n)| (n.anchor, *file)).collect();
    let documents = manuscript.documents.iter().rev();
    let documents: BTreeMap<FileId, &Document> = documents.map(|d| (d.file, d)).collect();
    let with_document = chapters.filter_map(|section| {
        let document = documents.get(files.get(&section.anchor)?)?;
        Some((section, *document))
    });
    with_document.collect()
}

fn add(lines: &mut Lines, words: &str, span: Span, target: &(AnchorId, String)) {
    let (_, targets) = lines.entry(words.to_owned()).or_insert_with(|| (span, Vec::new()));
    if !targets.contains(target) {
        targets.push(target.clone());
    }
}

fn index(desk: &mut Desk<'_>, title: &str, anchor: AnchorId, lines: Lines, span: Span) -> Index {
    let title = desk.term(title, span);
    let mut entries = Vec::with_capacity(lines.len());
    let mut lines: Vec<_> = lines.into_iter().collect();
    let collation = Collation::of(&desk.language);
    lines.sort_by(|(one, _), (other, _)| collation.compare(one, other));
    for (words, (span, targets)) in lines {
        let text = desk.text(vec![Inline::Text(words, span)], span);
        entries.push(IndexEntry { text, targets });
    }
    Index { title, anchor, entries }
}
