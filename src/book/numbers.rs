//! Numbers of chapters, headings, figures, tables and formulas, and what a reference to each of them says.
//!
//! Given out while names are (a reference may stand before what it refers to), in reading order.
//! Chapters of the body count through the book, headings within what is above them. Figures,
//! tables and formulas count within a chapter that has a number, "3.1", and through all others together. What
//! is marked as unnumbered, and everything below it, has no number and does not count.

use super::terms::{self, Terms};
use super::types::{AnchorId, Inline, Language};
use super::typography;
use crate::project::ContentsConfig;
use crate::source::Span;
use std::collections::BTreeMap;

/// What can be referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Chapter,
    Heading,
    Figure,
    Table,
    Formula,
}

/// What is known of a target before its text is resolved.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    kind: Kind,
    /// "3", "1.2"
    pub(super) number: Option<String>,
    /// Its title or caption, ready to be shown.
    title: String,
}

/// All targets that a reference can name.
#[derive(Debug, Default)]
pub(super) struct References(BTreeMap<AnchorId, Reference>);

impl References {
    /// Notes a target; `title` is set as its language wants it.
    pub(super) fn note(
        &mut self,
        anchor: AnchorId,
        kind: Kind,
        number: Option<String>,
        (title, language): (&str, &Language),
    ) {
        // A caption is a sentence; in another one it has no stop of its own.
        let title = match kind {
            Kind::Figure | Kind::Table | Kind::Formula => title.trim().trim_end_matches('.'),
            Kind::Chapter | Kind::Heading => title.trim(),
        };
        let title = typography::set_str(title, language);
        self.0.insert(anchor, Reference { kind, number, title });
    }

    /// The number of a target.
    pub(super) fn number(&self, anchor: AnchorId) -> Option<String> {
        self.0.get(&anchor)?.number.clone()
    }

    /// What a reference without words of its own says: "Figure 3", "Section 1.2"; the title of
    /// what has no number. `None` if there is neither.
    pub(super) fn words(&self, anchor: AnchorId, terms: &Terms, span: Span) -> Option<Inline> {
        let target = self.0.get(&anchor)?;
        let title = || (!target.title.is_empty()).then(|| target.title.clone());
        Some(match &target.number {
            // `(3.1)`, as mathematicians write.
            Some(number) if target.kind == Kind::Formula => Inline::Text(number.clone(), span),
            Some(number) => terms.inline(terms::numbered(target.kind.term(terms), number), span),
            None => Inline::Text(title()?, span),
        })
    }
}

impl Kind {
    fn term(self, terms: &Terms) -> &'static str {
        match self {
            Self::Chapter => terms.references.chapter,
            Self::Heading => terms.references.section,
            Self::Figure => terms.references.figure,
            Self::Table => terms.references.table,
            Self::Formula => "",
        }
    }
}

/// The numbers that were given out.
#[derive(Debug)]
pub(super) struct Numbers {
    levels: usize,
    number_figures: bool,
    /// Numbered chapters so far.
    chapters: u32,
    /// The number of the chapter at hand.
    chapter: Option<String>,
    /// What counts in the chapter at hand.
    within: Counts,
    /// What counts through all chapters without a number.
    without: Counts,
    /// The headings above the present place: written level, number, numbered headings below.
    above: Vec<(u8, Option<String>, u32)>,
    /// Numbered headings directly below the chapter's title.
    below_title: u32,
}

#[derive(Debug, Default)]
struct Counts {
    figures: u32,
    tables: u32,
    formulas: u32,
}

impl Numbers {
    /// Nothing counted yet.
    pub(super) fn new(config: &ContentsConfig) -> Self {
        Self {
            levels: usize::from(config.numbering),
            number_figures: config.number_figures,
            chapters: 0,
            chapter: None,
            within: Counts::default(),
            without: Counts::default(),
            above: Vec::new(),
            below_title: 0,
        }
    }

    /// Begins a chapter, which wants a number or not.
    pub(super) fn chapter(&mut self, is_numbered: bool) -> Option<String> {
        self.within = Counts::default();
        self.above.clear();
        self.below_title = 0;
        self.chapter = (is_numbered && self.levels > 0).then(|| {
            self.chapters += 1;
            self.chapters.to_string()
        });
        self.chapter.clone()
    }

    /// A heading with its written level. Levels that are skipped are closed up as `blocks` does.
    pub(super) fn heading(&mut self, written: u8, is_numbered: bool) -> Option<String> {
        self.above.retain(|(level, ..)| *level < written);
        let depth = self.above.len() + 2;
        let (parent, count) = match self.above.last_mut() {
            Some((_, number, count)) => (number.clone(), count),
            None => (self.chapter.clone(), &mut self.below_title),
        };
        let number = parent.filter(|_| is_numbered && depth <= self.levels).map(|parent| {
            *count += 1;
            format!("{parent}.{count}")
        });
        self.above.push((written, number.clone(), 0));
        number
    }

    /// A figure with a caption.
    pub(super) fn figure(&mut self) -> Option<String> {
        let is_numbered = self.number_figures;
        is_numbered.then(|| self.counted(|counts| &mut counts.figures))
    }

    /// A table with a caption.
    pub(super) fn table(&mut self) -> String {
        self.counted(|counts| &mut counts.tables)
    }

    /// A formula with a name.
    pub(super) fn formula(&mut self) -> String {
        format!("({})", self.counted(|counts| &mut counts.formulas))
    }

    fn counted(&mut self, which: fn(&mut Counts) -> &mut u32) -> String {
        let counts = if self.chapter.is_some() { &mut self.within } else { &mut self.without };
        let count = which(counts);
        *count += 1;
        match &self.chapter {
            Some(chapter) => format!("{chapter}.{count}"),
            None => count.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(numbering: u8) -> Numbers {
        let number_figures = numbering > 0;
        Numbers::new(&ContentsConfig { numbering, number_figures, ..ContentsConfig::default() })
    }

    #[test]
    fn headings_count_within_what_is_above_them() {
        let mut numbers = numbers(3);
        assert_eq!(numbers.chapter(true).as_deref(), Some("1"));
        let headings = [(2, "1.1"), (3, "1.1.1"), (3, "1.1.2"), (4, ""), (2, "1.2"), (3, "1.2.1")];
        for (level, number) in headings {
            assert_eq!(numbers.heading(level, true).unwrap_or_default(), number);
        }
        assert_eq!(numbers.chapter(true).as_deref(), Some("2"));
        // A level is skipped, and closed up.
        assert_eq!(numbers.heading(4, true).as_deref(), Some("2.1"));
        assert_eq!(numbers.heading(3, true).as_deref(), Some("2.2"));
    }

    #[test]
    fn what_is_unnumbered_and_below_it_does_not_count() {
        let mut numbers = numbers(6);
        assert_eq!(numbers.chapter(false), None);
        assert_eq!(numbers.heading(2, true), None);
        assert_eq!((numbers.table(), numbers.figure()), ("1".to_owned(), Some("1".to_owned())));
        assert_eq!(numbers.chapter(true).as_deref(), Some("1"));
        assert_eq!(numbers.heading(2, false), None);
        assert_eq!(numbers.heading(3, true), None);
        assert_eq!(numbers.heading(2, true).as_deref(), Some("1.1"));
        assert_eq!((numbers.table(), numbers.table()), ("1.1".to_owned(), "1.2".to_owned()));
        numbers.chapter(false);
        assert_eq!(numbers.table(), "2");
    }

    #[test]
    fn without_numbering_only_tables_count() {
        let mut numbers = numbers(0);
        assert_eq!((numbers.chapter(true), numbers.heading(2, true)), (None, None));
        assert_eq!((numbers.table(), numbers.figure()), ("1".to_owned(), None));
    }
}
