//! The table of contents and the lists of photographs and tables: all say what is elsewhere.

use super::resolve::Desk;
use super::types::{Block, ContentsEntry, IndexEntry, Inline, Section, SectionKind, Text};
use crate::source::Span;

/// The contents: parts with their chapters, chapters with as many levels of headings as `depth` asks
/// for, and what the back matter holds. The title page, the imprint and the contents themselves are
/// not listed.
pub(super) fn entries(desk: &mut Desk<'_>, sections: &[Section]) -> Vec<ContentsEntry> {
    let mut out: Vec<ContentsEntry> = Vec::new();
    for section in sections {
        let in_part = match &section.kind {
            SectionKind::TitlePage { .. } | SectionKind::Imprint(_) | SectionKind::Contents => {
                continue;
            }
            SectionKind::Chapter(chapter) => chapter.part.is_some(),
            SectionKind::Part { .. }
            | SectionKind::Photographs(_)
            | SectionKind::Tables(_)
            | SectionKind::Credits(_)
            | SectionKind::Index(_) => false,
        };
        let entry = entry(desk, section);
        match out.last_mut().filter(|_| in_part) {
            Some(part) => part.children.push(entry),
            None => out.push(entry),
        }
    }
    out
}

fn entry(desk: &mut Desk<'_>, section: &Section) -> ContentsEntry {
    let inlines = bare(&section.title.inlines, section.title.span);
    let text = desk.text(inlines, section.title.span);
    ContentsEntry {
        number: section.number.clone(),
        text,
        speakers: speakers(section),
        target: section.anchor,
        children: headings(desk, section),
    }
}

/// The headings of a chapter that the contents name.
fn headings(desk: &mut Desk<'_>, section: &Section) -> Vec<ContentsEntry> {
    let SectionKind::Chapter(chapter) = &section.kind else { return Vec::new() };
    let depth = desk.project.config.contents.depth;
    let mut out = Vec::new();
    for block in &chapter.blocks {
        let Block::Heading(heading) = block else { continue };
        if !heading.is_listed || heading.level > depth {
            continue;
        }
        let entry = ContentsEntry {
            number: heading.number.clone(),
            text: desk.text(bare(&heading.text.inlines, heading.text.span), heading.text.span),
            speakers: None,
            target: heading.anchor,
            children: Vec::new(),
        };
        nest(&mut out, heading.level, entry, |entry| &mut entry.children);
    }
    out
}

/// Adds what stands for a heading of a level, 2 to 6, below the last one of the level above, if there is
/// one.
pub(crate) fn nest<T>(list: &mut Vec<T>, level: u8, item: T, children: fn(&mut T) -> &mut Vec<T>) {
    match list.last_mut() {
        Some(last) if level > 2 => nest(children(last), level - 1, item, children),
        _ => list.push(item),
    }
}

/// "A, B" for a talk.
fn speakers(section: &Section) -> Option<String> {
    let SectionKind::Chapter(chapter) = &section.kind else { return None };
    let names: Vec<String> =
        chapter.talk.iter().flat_map(|talk| &talk.speakers).map(|s| s.name.plain()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Inlines of a text that can be part of a link: no links, notes, pictures or breaks.
fn bare(inlines: &[Inline], span: Span) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(..) | Inline::Code(..) | Inline::Math(_) => out.push(inline.clone()),
            Inline::Break => match out.last_mut() {
                Some(Inline::Text(text, _)) => text.push(' '),
                Some(_) => out.push(Inline::Text(" ".to_owned(), span)),
                None => {}
            },
            Inline::Note(..) | Inline::PageNumber(..) | Inline::Image(..) => {}
            Inline::Link { content, .. } => out.extend(bare(content, span)),
            Inline::Emphasis(inner) => out.push(Inline::Emphasis(bare(inner, span))),
            Inline::Strong(inner) => out.push(Inline::Strong(bare(inner, span))),
            Inline::Strikethrough(inner) => out.push(Inline::Strikethrough(bare(inner, span))),
            Inline::Superscript(inner) => out.push(Inline::Superscript(bare(inner, span))),
            Inline::Subscript(inner) => out.push(Inline::Subscript(bare(inner, span))),
            Inline::Keyboard(inner) => out.push(Inline::Keyboard(bare(inner, span))),
            Inline::Highlight(inner) => out.push(Inline::Highlight(bare(inner, span))),
            Inline::Abbreviation(words, inner) => {
                out.push(Inline::Abbreviation(words.clone(), bare(inner, span)));
            }
            Inline::Foreign(language, inner) => {
                out.push(Inline::Foreign(language.clone(), bare(inner, span)));
            }
        }
    }
    out
}

/// What a list of figures or tables says of a caption: what it begins with in bold, its label as a
/// rule, is not bold there.
pub(super) fn listed(caption: &Text) -> Vec<Inline> {
    let mut inlines = bare(&caption.inlines, caption.span);
    if let Some(Inline::Strong(label)) = inlines.first_mut() {
        let label = std::mem::take(label);
        inlines.splice(0..1, label);
    }
    let mut joined: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match (joined.last_mut(), inline) {
            (Some(Inline::Text(before, _)), Inline::Text(text, _)) => before.push_str(&text),
            (_, inline) => joined.push(inline),
        }
    }
    joined
}

/// Fills the lists of photographs and of tables, if the book has them, with the captions that were
/// resolved.
pub(super) fn fill_lists(desk: &mut Desk<'_>, sections: &mut [Section]) {
    for section in sections {
        let (list, captions) = match &mut section.kind {
            SectionKind::Photographs(list) => (list, &mut desk.captions),
            SectionKind::Tables(list) => (list, &mut desk.table_captions),
            SectionKind::TitlePage { .. }
            | SectionKind::Imprint(_)
            | SectionKind::Contents
            | SectionKind::Part { .. }
            | SectionKind::Chapter(_)
            | SectionKind::Credits(_)
            | SectionKind::Index(_) => continue,
        };
        for (anchor, inlines) in std::mem::take(captions) {
            let span = desk.anchors.get(anchor).map_or(section.span, |anchor| anchor.span);
            let text = desk.text(inlines, span);
            let words = text.plain();
            list.push(IndexEntry { text, targets: vec![(anchor, words)] });
        }
    }
}
