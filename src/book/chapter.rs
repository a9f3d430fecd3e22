//! One chapter: its title, the talk header, the opening photograph, its text and notes.

use super::meta;
use super::notes::Calls;
use super::plan::{PlannedChapter, TitleWords};
use super::resolve::Desk;
use super::terms::Terms;
use super::types::{
    AnchorId, Chapter, Inline, Language, Placement, Section, SectionId, SectionKind, Speaker, Talk,
    Target, Text,
};
use super::typography;
use super::walk::WrittenImage;
use crate::manuscript as m;
use crate::source::Span;

/// Resolves a chapter.
pub(super) fn resolve(
    desk: &mut Desk<'_>,
    id: SectionId,
    anchor: AnchorId,
    slug: &str,
    plan: &PlannedChapter<'_>,
) -> Section {
    let document = plan.document;
    let mut bench = Bench {
        terms: Terms::of(&plan.language),
        style: typography::Style::of(&plan.language),
        language: plan.language.clone(),
        document,
        section: id,
        anchor,
        slug,
        landmarks: plan.landmarks.clone().into_iter(),
        levels: Vec::new(),
        calls: Calls::new(desk.notes.len()),
        in_note: false,
        desk,
    };
    let title = match plan.title.words {
        TitleWords::Plain(words) => bench.plain(words, plan.title.span),
        TitleWords::Inlines(inlines) => bench.text(inlines, plan.title.span),
    };
    let chapter = Chapter {
        part: plan.part,
        subtitle: document.front.subtitle.as_ref().map(|(words, span)| bench.plain(words, *span)),
        talk: bench.talk(&document.front.talk),
        summary: bench.summary(document.front.summary.as_ref()),
        opening: plan.opening.and_then(|anchor| {
            let (path, span) = document.front.photo.as_ref()?;
            let image =
                WrittenImage { path, title: "", caption: &[], alt: &[], width: None, span: *span };
            bench.figure(&[image], Placement::Inset(None), *span, Some(anchor))
        }),
        blocks: bench.blocks(&document.blocks, plan.title.block),
        notes: bench.notes(),
        file: document.path.rsplit('/').next().unwrap_or(&document.path).to_owned(),
    };
    let running = document.front.running.as_ref();
    let running = running
        .map_or_else(|| title.plain(), |(words, _)| typography::set_str(words, &plan.language));
    Section {
        id,
        anchor,
        slug: slug.to_owned(),
        matter: plan.matter,
        number: plan.number.clone(),
        running: match &plan.number {
            Some(number) => format!("{number}\u{2002}{running}"),
            None => running,
        },
        title,
        kind: SectionKind::Chapter(Box::new(chapter)),
        language: Some(plan.language.clone()).filter(|language| *language != bench.desk.language),
        span: plan.title.span,
    }
}

/// Where one chapter is worked on.
pub(super) struct Bench<'d, 'a, 'p> {
    pub(super) desk: &'d mut Desk<'a>,
    pub(super) language: Language,
    /// The habits of that language.
    pub(super) style: &'static typography::Style,
    pub(super) terms: &'static Terms,
    pub(super) document: &'p m::Document,
    pub(super) section: SectionId,
    pub(super) anchor: AnchorId,
    pub(super) slug: &'p str,
    /// Anchors of headings, figures and captioned tables that are still to come.
    pub(super) landmarks: std::vec::IntoIter<AnchorId>,
    /// The written levels of the headings above the present place.
    pub(super) levels: Vec<u8>,
    pub(super) calls: Calls,
    /// Notes have neither figures nor headings.
    pub(super) in_note: bool,
}

impl Bench<'_, '_, '_> {
    /// A text of words that have no marks yet.
    pub(super) fn plain(&mut self, words: &str, span: Span) -> Text {
        self.desk.plain(words, &self.language, span)
    }

    /// The paragraphs of an abstract, which blank lines part.
    fn summary(&mut self, written: Option<&(String, Span)>) -> Vec<Text> {
        let Some((words, span)) = written else { return Vec::new() };
        let mut paragraphs = vec![String::new()];
        for line in words.lines().map(str::trim) {
            let last = paragraphs.last_mut().expect("it begins with one, and none is taken away");
            match (line.is_empty(), last.is_empty()) {
                (true, true) => {}
                (true, false) => paragraphs.push(String::new()),
                (false, true) => last.push_str(line),
                (false, false) => *last += &format!(" {line}"),
            }
        }
        paragraphs.iter().map(|words| self.plain(words, *span)).collect()
    }

    fn talk(&mut self, talk: &m::Talk) -> Option<Talk> {
        let m::Talk { speakers, session, day, time, room, slides, video } = talk;
        let facts = [session, time, room];
        let links = [(slides, self.terms.slides), (video, self.terms.video)];
        let has_facts = day.is_some() || facts.iter().any(|fact| fact.is_some());
        if speakers.is_empty() && !has_facts && links.iter().all(|(link, _)| link.is_none()) {
            return None;
        }
        Some(Talk {
            speakers: speakers.iter().map(|speaker| self.speaker(speaker)).collect(),
            facts: self.facts(talk),
            day: day.as_ref().map(|(day, _)| meta::date(*day)),
            links: self.talk_links(&links),
        })
    }

    fn speaker(&mut self, speaker: &m::SpeakerFields) -> Speaker {
        let (name, span) = &speaker.name;
        let words = Inline::Text(typography::set_str(name, &self.language), *span);
        let target = speaker.url.as_ref().and_then(|(url, span)| self.address(url, *span));
        let inline = match target {
            Some(target) => Inline::Link { target, content: vec![words], span: *span },
            None => words,
        };
        let name_text = self.desk.text(vec![inline], *span);
        let place = speaker.role.as_ref().or(speaker.organisation.as_ref());
        let affiliation = place.map(|(_, span)| {
            let parts = [&speaker.role, &speaker.organisation];
            let parts: Vec<_> = parts.into_iter().flatten().map(|(s, _)| s.as_str()).collect();
            let words = parts.join(", ");
            self.plain(&words, *span)
        });
        let sort = speaker.sort.as_ref().map(|(sort, _)| sort.clone());
        let sort = sort.unwrap_or_else(|| meta::sorting_name(name));
        Speaker { sort: typography::set_str(&sort, &self.language), name: name_text, affiliation }
    }

    /// "Keynote · Friday, May 4, 2018 · 14:00–14:35 · Room B"
    fn facts(&mut self, talk: &m::Talk) -> Option<Text> {
        let mut facts: Vec<(String, Span)> = Vec::new();
        let said = |words: &str| typography::set_str(words, &self.language);
        facts.extend(talk.session.iter().map(|(words, span)| (said(words), *span)));
        let day = talk.day.iter();
        facts.extend(day.map(|(day, at)| (self.terms.weekday_and_day(meta::date(*day)), *at)));
        // A hyphen between two times is a range.
        facts.extend(talk.time.iter().map(|(time, span)| (time.replace('-', "–"), *span)));
        facts.extend(talk.room.iter().map(|(room, span)| (said(room), *span)));
        let span = facts.first()?.1;
        let words: Vec<String> = facts.into_iter().map(|(words, _)| words).collect();
        let line = capitalised(&words.join(" · "));
        Some(self.desk.text(vec![Inline::Text(line, span)], span))
    }

    fn talk_links(&mut self, links: &[(&Option<(String, Span)>, &'static str); 2]) -> Option<Text> {
        let mut inlines = Vec::new();
        let mut place = None;
        for (link, word) in links {
            let Some((url, span)) = link else { continue };
            let Some(target) = self.address(url, *span) else { continue };
            if !inlines.is_empty() {
                inlines.push(Inline::Text(" · ".into(), *span));
            }
            place.get_or_insert(*span);
            let content = vec![self.terms.inline((*word).to_owned(), *span)];
            inlines.push(Inline::Link { target, content, span: *span });
        }
        place.map(|span| self.desk.text(inlines, span))
    }

    /// An address outside of the book; anything else is reported.
    fn address(&mut self, url: &str, span: Span) -> Option<Target> {
        self.target(url, span).filter(|target| matches!(target, Target::Url(_)))
    }
}

/// The first letter as a capital.
pub(super) fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
