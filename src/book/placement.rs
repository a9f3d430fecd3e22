//! What is written behind a picture in braces: `{#id .full-page width=60%}`, as pandoc has it.
//!
//! Here it becomes an id and a [`Placement`]; what print and EPUB make of that is theirs.

use super::captions::Id;
use super::types::Placement;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// The least and the greatest share of the measure, in percent.
const SHARES: std::ops::RangeInclusive<u8> = 10..=100;
/// What stands beside text takes this share of the measure unless it says another one.
const BESIDE: u8 = 42;
/// Text needs room beside it.
const MOST_BESIDE: u8 = 60;
/// What can be said.
const HELP: &str = "a figure knows `width=60%`, `.full-width`, `.full-page`, `.full-page .bleed`, \
                    `.spread` and `.beside`";

/// What stands behind the pictures of a figure.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    /// `#id`
    pub(super) id: Option<Id>,
    /// `.full-page`, `width=60%`
    words: Vec<(String, Span)>,
}

/// What stands before the braces at the end of a text, and what is in them; `None` where nothing
/// but words is.
pub(super) fn trailing(text: &str, span: Span) -> Option<(&str, Attributes)> {
    let (before, braces) = text.trim_end().strip_suffix('}')?.rsplit_once('{')?;
    // Bytes of the text are bytes of the file unless something was escaped.
    let exact = text.len() == (span.end - span.start) as usize;
    let mut attributes = Attributes::default();
    for word in braces.split_whitespace() {
        let at = before.len() + 1 + offset(braces, word);
        let place = |at: usize| span.start.saturating_add(u32::try_from(at).unwrap_or(0));
        let own = |from: usize| match exact {
            true => Span { start: place(at + from), end: place(at + word.len()), ..span },
            false => span,
        };
        match word.strip_prefix('#') {
            Some(id) if !id.is_empty() && !id.contains('#') && attributes.id.is_none() => {
                attributes.id = Some((id.to_owned(), own(1)));
            }
            Some(_) => return None,
            None if is_class(word) || is_pair(word) => {
                attributes.words.push((word.to_owned(), own(0)));
            }
            None => return None,
        }
    }
    (attributes.id.is_some() || !attributes.words.is_empty()).then_some((before, attributes))
}

/// Where a piece of a text begins in it.
fn offset(text: &str, piece: &str) -> usize {
    piece.as_ptr() as usize - text.as_ptr() as usize
}

fn is_class(word: &str) -> bool {
    word.strip_prefix('.').is_some_and(|name| name.starts_with(char::is_alphabetic))
}

fn is_pair(word: &str) -> bool {
    word.split_once('=').is_some_and(|(key, value)| {
        key.starts_with(char::is_alphabetic) && !key.contains(['\\', '^']) && !value.is_empty()
    })
}

impl Attributes {
    /// The width that HTML gives, unless the author said in braces where the figure stands.
    pub(super) fn share(&mut self, percent: u8, span: Span) {
        if self.words.is_empty() {
            self.words.push((format!("width={percent}%"), span));
        }
    }

    /// Where the figure is to stand; what is not understood is told and left out.
    pub(super) fn placement(&self, pictures: usize, diagnostics: &mut Diagnostics) -> Placement {
        let (mut place, mut share, mut bleeds) = (None, None, None);
        for (word, span) in &self.words {
            let known = match word.as_str() {
                ".bleed" => {
                    bleeds = Some(*span);
                    true
                }
                ".full-width" | ".full-page" | ".spread" | ".beside" => {
                    let is_first = place.is_none();
                    place = place.or(Some((word.as_str(), *span)));
                    is_first
                }
                _ => match share_of(word) {
                    Some(percent) => share.replace(percent).is_none(),
                    None => false,
                },
            };
            if !known {
                let message = format!("`{word}` says nothing of a picture here");
                diagnostics
                    .push(Diagnostic::new(Code::UnsupportedMarkup, *span, message).help(HELP));
            }
        }
        let mut alone = |word: &str, span: Span| {
            if pictures > 1 {
                let message = format!("`{word}` is for one picture, and here are {pictures}");
                diagnostics.push(
                    Diagnostic::new(Code::UnsupportedMarkup, span, message)
                        .help("put each into a paragraph of its own"),
                );
            }
            pictures == 1
        };
        match place {
            Some((".full-width", _)) => Placement::FullWidth,
            Some((".full-page", _)) => {
                let bleeds = bleeds.is_some_and(|span| alone(".bleed", span));
                Placement::FullPage { bleeds }
            }
            Some((".spread", span)) if alone(".spread", span) => Placement::Spread,
            Some((".spread", _)) => Placement::FullPage { bleeds: false },
            Some((_, _)) => Placement::Beside(share.unwrap_or(BESIDE).min(MOST_BESIDE)),
            None => {
                if let Some(span) = bleeds {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::UnsupportedMarkup,
                            span,
                            "`.bleed` is for a picture on a page of its own",
                        )
                        .help("write `.full-page .bleed`"),
                    );
                }
                Placement::Inset(share)
            }
        }
    }
}

/// The share of `width=60%`, with or without quotes around it.
fn share_of(word: &str) -> Option<u8> {
    let value = word.strip_prefix("width=")?;
    let value = value.trim_matches(['"', '\'', '“', '”']).strip_suffix('%')?;
    value.parse().ok().filter(|percent| SHARES.contains(percent))
}
