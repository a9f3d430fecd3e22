//! The headings of a post, and which of them begin a chapter.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::talk::{self, Talk};
use crate::manuscript::options;

/// A heading outside of lists and quotes.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// 1 to 6.
    pub(super) level: u8,
    /// Its bytes, underline included.
    pub(super) range: Range<usize>,
    /// Its words.
    pub(super) text: String,
    /// Its anchor: `{#id}`, or as GitHub and Jekyll make it.
    pub(super) anchor: String,
    /// Where its words lead, if they are a link.
    pub(super) link: Option<String>,
}

/// A piece of a post that becomes a chapter.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// The heading above it in the order of the book.
    pub(super) part: Option<String>,
    /// What it is called and who spoke; an introduction has no title of its own.
    pub(super) talk: Talk,
    /// Its heading; an introduction has none.
    pub(super) heading: Option<usize>,
    /// The bytes below the heading.
    pub(super) body: Range<usize>,
}

/// The headings of a text.
pub(super) fn headings(text: &str) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut anchors = BTreeMap::new();
    let mut depth = 0usize;
    let mut open = None;
    for (event, range) in Parser::new_ext(text, options(None)).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) if depth == 0 => {
                let anchor = id.map(|id| id.to_string()).unwrap_or_default();
                let text = String::new();
                open = Some(Heading { level: level as u8, range, text, anchor, link: None });
                depth += 1;
            }
            Event::End(TagEnd::Heading(_)) => {
                depth = depth.saturating_sub(1);
                if let Some(mut heading) = open.take() {
                    if heading.anchor.is_empty() {
                        heading.anchor = anchor(&heading.text, &mut anchors);
                    }
                    found.push(heading);
                }
            }
            Event::Start(tag) => {
                if let (Some(heading), Tag::Link { dest_url, .. }) = (&mut open, &tag) {
                    heading.link = Some(dest_url.to_string());
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut open {
                    heading.text.push_str(&words);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(heading) = &mut open {
                    heading.text.push(' ');
                }
            }
            _ => {}
        }
    }
    found
}

/// The anchor that GitHub and Jekyll would make; repeats are counted.
fn anchor(text: &str, seen: &mut BTreeMap<String, usize>) -> String {
    let lower = text.trim().to_lowercase();
    let kept = lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    let name: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
    let count = seen.entry(name.clone()).or_default();
    *count += 1;
    if *count == 1 { name } else { format!("{name}-{}", *count - 1) }
}

/// The level whose headings begin chapters: the one with the most talks; without any the highest
/// that more than one heading has.
pub(super) fn level(headings: &[Heading]) -> Option<u8> {
    let count = |level: u8, counts: &dyn Fn(&Heading) -> bool| {
        headings.iter().filter(|h| h.level == level && counts(h)).count()
    };
    let is_talk = |heading: &Heading| !talk::read(&heading.text).speakers.is_empty();
    let talks = (1..=6).map(|level| (count(level, &is_talk), level)).filter(|(n, _)| *n > 0);
    // Of levels with as many, the highest.
    let best = talks.max_by_key(|(n, level)| (*n, 6 - level)).map(|(_, level)| level);
    best.or_else(|| (1..=6).find(|level| count(*level, &|_| true) > 1))
}

/// Splits a text at the headings of a level. The first heading of level 1 is the title of the
/// post where it is the only one of its kind above the chapters: it is given back.
pub(super) fn split(text: &str, headings: &[Heading], level: u8) -> (Option<usize>, Vec<Section>) {
    let tops: Vec<usize> = (0..headings.len()).filter(|at| headings[*at].level <= level).collect();
    let is_title = |at: &usize| {
        let same = headings.iter().filter(|h| h.level == headings[*at].level).count();
        *at == 0 && headings[*at].level < level && same == 1
    };
    let title = tops.first().copied().filter(is_title);
    let mut sections = Vec::new();
    let first = tops.iter().find(|at| Some(**at) != title);
    let start = title.map_or(0, |at| headings[at].range.end);
    let end = first.map_or(text.len(), |at| headings[*at].range.start);
    if !text[start..end].trim().is_empty() {
        let talk = Talk::default();
        sections.push(Section { part: None, talk, heading: None, body: start..end });
    }
    let mut part = None;
    for (nth, at) in tops.iter().enumerate().filter(|(_, at)| Some(**at) != title) {
        let heading = &headings[*at];
        let end = tops.get(nth + 1).map_or(text.len(), |next| headings[*next].range.start);
        let body = heading.range.end..end;
        let is_empty = text[body.clone()].trim().is_empty();
        let next = tops.get(nth + 1).map(|next| &headings[*next]);
        let talk = talk::read(&heading.text);
        let is_above = next.is_some_and(|next| next.level == level && heading.level < level);
        // "Keynotes" on the level of the talks themselves, with nothing below it.
        let is_flat_part = is_empty
            && talk.speakers.is_empty()
            && next.is_some_and(|next| !talk::read(&next.text).speakers.is_empty());
        if heading.level < level {
            part = is_above.then(|| heading.text.trim().to_owned());
        } else if is_flat_part {
            part = Some(heading.text.trim().to_owned());
        }
        if (is_above && is_empty) || is_flat_part {
            continue;
        }
        sections.push(Section { part: part.clone(), talk, heading: Some(*at), body });
    }
    (title, sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: &str = "# Day\n\nIntro.\n\n## Keynotes\n\n### A - Ann Lee, X\n\na\n\n#### Sub\n\n\
                        ### B - Bo Dyk, Y\n\n```\n### no\n```\n\n## Final words\n\nBye.\n";

    #[test]
    fn a_post_is_split_where_most_talks_are() {
        let headings = headings(POST);
        assert_eq!(level(&headings), Some(3));
        let (title, sections) = split(POST, &headings, 3);
        assert_eq!(title, Some(0));
        let told: Vec<_> = sections
            .iter()
            .map(|s| (s.part.as_deref(), s.talk.title.as_str(), POST[s.body.clone()].trim()))
            .collect();
        let keynotes = Some("Keynotes");
        assert_eq!(
            told,
            [
                (None, "", "Intro."),
                (keynotes, "A", "a\n\n#### Sub"),
                (keynotes, "B", "```\n### no\n```"),
                (None, "Final words", "Bye."),
            ]
        );
    }

    #[test]
    fn parts_may_stand_on_the_level_of_the_talks_and_posts_may_have_no_talks() {
        let text = "## Keynotes\n\n## A - Ann Lee, X\n\na\n\n## Next\n\nb\n";
        let headings = headings(text);
        let (title, sections) = split(text, &headings, 2);
        assert_eq!(title, None);
        let parts: Vec<_> = sections.iter().map(|s| s.part.as_deref()).collect();
        assert_eq!(parts, [Some("Keynotes"), Some("Keynotes")]);
        assert_eq!(level(&super::headings("# T\n\n## A\n\n## B\n")), Some(2));
        assert_eq!(level(&super::headings("# T\n")), None);
    }

    #[test]
    fn anchors_are_those_of_github() {
        let headings = headings("## What's *new*? {#n}\n\n## A & B\n\n## A & B\n");
        let anchors: Vec<_> = headings.iter().map(|h| h.anchor.as_str()).collect();
        assert_eq!(anchors, ["n", "a--b", "a--b-1"]);
    }
}
