//! Galleys: the text of one section as a column of rows, before it is cut into pages.
//!
//! A [`Row`] is what a page break cannot divide: a line, a heading, a figure, a table's row. Rows
//! know what they cost to separate, which notes they call and where they stand in the text. The
//! [`Setter`] carries what all of typesetting needs: shaper, hyphenator, design, structure.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::book::{self, AnchorId, Book, Language, NodeId, NoteId, PhotoId, Place, Text};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::font::{FaceId, Shaper};
use crate::geom::Length;
use crate::source::Span;

use super::column::shift;
use super::design::{Align, Design, Style};
use super::hyphenate::Hyphenator;
use super::inline::flatten;
use super::loosen::Elastic;
use super::pages::{Item, Mark, Structure, TagId, TagKind};
use super::paragraph::{Setting, set};
use super::statistics::{Finding, Remark, Statistics};
use super::whereabouts::Whereabouts;
use super::words::Words;

/// What a page break cannot divide.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Space above, which vanishes at the top of a page.
    pub space: Length,
    /// Its height.
    pub height: Length,
    /// What is drawn, from its own top left corner.
    pub items: Vec<Item>,
    /// What is drawn in the space above it, and vanishes with it: furniture, at negative heights.
    pub above: Vec<Item>,
    /// Its first baseline, from its top.
    pub baseline: Length,
    /// Whether its baseline belongs on the grid; other rows float between grid rows.
    pub grid: bool,
    /// Cost of a page break after it; `None` forbids it.
    pub break_after: Option<i64>,
    /// Notes it calls; in a section's galley, those that stand at the foot of its page.
    pub notes: Vec<NoteId>,
    /// Where it begins in the text.
    pub place: Option<Place>,
    /// Anchors that stand in it.
    pub anchors: Vec<AnchorId>,
    /// Whether its last line ends in a hyphen.
    pub hyphen: bool,
    /// Rows to be repeated on top of the next page when the page breaks after this row: a table's
    /// head.
    pub repeat: Option<usize>,
    /// Whether a page break after it leaves one line of a paragraph alone, and where.
    pub alone: Option<Alone>,
    /// Whether it is a heading within a section: at the top of a page the text follows it without
    /// more space.
    pub heading: bool,
    /// What each page costs by which it stands later, at the top of a page, while text runs on: a
    /// figure; `None` for what stays.
    pub float: Option<i64>,
    /// Whether it goes on from the row before it wherever that one moves: a further sheet of a
    /// table on its side.
    pub joined: bool,
    /// Whether it must stand on a left-hand page, because it goes on at the right: a picture across
    /// two pages, whose second half is the row behind it.
    pub opens_spread: bool,
    /// A running head from here on.
    pub running: Option<String>,
    /// Where it is written.
    pub span: Option<Span>,
}

/// A line of a paragraph that a page break would leave alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alone {
    /// The first line at the foot of a page.
    Orphan,
    /// The last line at the top of the next page.
    Widow,
}

impl Row {
    /// An empty row of some height.
    pub(super) fn blank(height: Length) -> Self {
        Self {
            space: Length::ZERO,
            height,
            items: Vec::new(),
            above: Vec::new(),
            baseline: Length::ZERO,
            grid: false,
            break_after: Some(0),
            notes: Vec::new(),
            place: None,
            anchors: Vec::new(),
            hyphen: false,
            repeat: None,
            alone: None,
            heading: false,
            float: None,
            joined: false,
            opens_spread: false,
            running: None,
            span: None,
        }
    }

    /// Takes out what is drawn, with what stands above it where it has its space.
    pub(super) fn take_items(&mut self, has_space: bool) -> Vec<Item> {
        let above = if has_space { std::mem::take(&mut self.above) } else { Vec::new() };
        let items = std::mem::take(&mut self.items);
        if above.is_empty() { items } else { above.into_iter().chain(items).collect() }
    }
}

/// A section's text in rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Galley {
    /// The rows.
    pub rows: Vec<Row>,
    /// Heads of tables, by [`Row::repeat`].
    pub heads: Vec<Vec<Row>>,
    /// The notes' own rows.
    pub notes: BTreeMap<NoteId, Vec<Row>>,
}

impl Galley {
    /// Height of a note at the foot.
    pub(super) fn note_height(&self, note: NoteId) -> Length {
        let rows = self.notes.get(&note).into_iter().flatten();
        rows.map(|row| row.space + row.height).sum()
    }

    /// The rows of all notes in the order of their calls.
    pub(super) fn note_rows(&self) -> Vec<&Row> {
        let notes = self.rows.iter().flat_map(|row| &row.notes);
        notes.filter_map(|note| self.notes.get(note)).flatten().collect()
    }

    /// The same, taken out.
    pub(super) fn take_note_rows(&mut self) -> Vec<Row> {
        let notes = self.rows.iter().flat_map(|row| &row.notes);
        notes.filter_map(|note| self.notes.remove(note)).flatten().collect()
    }

    /// Gives every note to the row that calls it first. A note that only another note calls goes
    /// with that one.
    pub(super) fn settle_notes(&mut self) {
        let mut settled = BTreeSet::new();
        for row in &mut self.rows {
            row.notes.retain(|note| settled.insert(*note));
            let mut at = 0;
            while let Some(note) = row.notes.get(at) {
                let within = self.notes.get(note).into_iter().flatten();
                let inner: Vec<NoteId> = within.flat_map(|row| &row.notes).copied().collect();
                row.notes.extend(inner.into_iter().filter(|note| settled.insert(*note)));
                at += 1;
            }
        }
    }
}

/// What typesetting needs everywhere.
pub(super) struct Setter<'a> {
    /// The book.
    pub book: &'a Book,
    /// The edition's look.
    pub design: &'a Design,
    /// Shapes text.
    pub shaper: Shaper<'a>,
    /// Breaks words.
    pub hyphenator: Hyphenator<'a>,
    /// Words that were broken before.
    pub words: Words,
    /// Page labels by anchor, as far as they are known or guessed.
    pub labels: &'a [Whereabouts],
    /// Language of the section.
    pub language: Language,
    /// Whether the section's text runs from right to left.
    pub right_to_left: bool,
    /// The logical structure built so far.
    pub structure: Structure,
    /// Calls of notes, in order: the note and the text that calls it.
    pub note_calls: Vec<(NoteId, NodeId)>,
    /// The faces of characters that the wanted face lacks, as far as they were looked for.
    pub fallbacks: BTreeMap<(char, FaceId), Option<FaceId>>,
    /// Characters that no face has, with the first place of each.
    pub missing: BTreeMap<char, Span>,
    /// Complaints.
    pub diagnostics: Diagnostics,
    /// How the lines came out.
    pub statistics: Statistics,
    /// What the report names with its place.
    pub findings: Vec<Finding>,
    /// Whether lines that stick out are only counted: a table complains once for all of them.
    pub bears_overfull: bool,
    /// Paragraphs that may become a line longer or shorter.
    pub elastic: Vec<Elastic>,
    /// Place of last resort for complaints.
    pub span: Span,
    /// Whether a page number was asked for.
    pub asked: Cell<bool>,
}

impl<'a> Setter<'a> {
    /// A setter that begins a structure, and has what is known of words.
    pub(super) fn new(
        book: &'a Book,
        design: &'a Design,
        (shaper, words): (Shaper<'a>, Words),
        hyphenator: Hyphenator<'a>,
        labels: &'a [Whereabouts],
        span: Span,
    ) -> Self {
        Self {
            book,
            design,
            shaper,
            hyphenator,
            words,
            labels,
            language: book.meta.language.clone(),
            right_to_left: book.meta.language.is_right_to_left(),
            structure: Structure::default(),
            note_calls: Vec::new(),
            fallbacks: BTreeMap::new(),
            missing: BTreeMap::new(),
            diagnostics: Diagnostics::default(),
            statistics: Statistics::default(),
            elastic: Vec::new(),
            findings: Vec::new(),
            bears_overfull: false,
            span,
            asked: Cell::new(false),
        }
    }

    /// Sets what follows in another language, if there is one.
    pub(super) fn speak(&mut self, language: Option<&Language>) {
        if let Some(language) = language {
            self.language = language.clone();
            self.right_to_left = language.is_right_to_left();
        }
    }

    /// The page label of an anchor, or what stands for it until it is known.
    pub(super) fn page_label(&self, anchor: AnchorId) -> String {
        self.asked.set(true);
        match self.labels.get(anchor.0 as usize) {
            Some(known) if !known.label.is_empty() => known.label.clone(),
            _ => "00".to_owned(),
        }
    }

    /// Where an anchor stands, as far as that is known.
    pub(super) fn whereabouts(&self, anchor: AnchorId) -> Option<&Whereabouts> {
        self.asked.set(true);
        self.labels.get(anchor.0 as usize).filter(|known| !known.label.is_empty())
    }

    /// A note's number and anchor.
    pub(super) fn note_label(&self, note: NoteId) -> (String, AnchorId) {
        let note = &self.book.notes[note.0 as usize];
        (note.label.clone(), note.anchor)
    }

    /// What a screen reader says for a call.
    pub(super) fn note_contents(&self, label: &str) -> String {
        book::note_in_words(&self.language, label)
    }

    /// Gives a figure's element its description.
    pub(super) fn describe_photo(&mut self, tag: TagId, photo: PhotoId) {
        let words = self.book.photos[photo.0 as usize].words();
        self.structure.tag_mut(tag).alt = Some(words);
    }

    /// Sets a line that is not part of the text: a running head, a folio, a leader. Gives its
    /// items, from the left end of the baseline, and its width.
    pub(super) fn furniture(&mut self, text: &Text, style: &Style) -> (Vec<Item>, Length) {
        let unused = self.structure.add(TagKind::Span);
        let style = Style { align: Align::Start, hyphenate: false, ..*style };
        let flat = flatten(self, text, &style, unused);
        let setting = Setting::one_line(self.design.page.width * 10);
        let counted = self.statistics;
        let lines = set(self, &flat, &style, setting);
        self.statistics = counted;
        let Some(line) = lines.into_iter().next() else {
            return (Vec::new(), Length::ZERO);
        };
        let mut items = line.items;
        let slack = if self.right_to_left { setting.measure - line.width } else { Length::ZERO };
        for item in &mut items {
            shift(item, -slack, Length::ZERO);
            if let Item::Glyphs(glyphs) = item {
                glyphs.mark = Mark::Layout;
            }
            if let Item::Formula(formula) = item {
                formula.set_mark(Mark::Layout);
            }
        }
        (items, line.width)
    }

    /// Counts something that the report names with its place.
    pub(super) fn remark(&mut self, remark: Remark, span: Span) {
        match remark {
            Remark::TableShrunk => self.statistics.tables_shrunk += 1,
            Remark::TableTurned => self.statistics.tables_turned += 1,
            Remark::ListingShrunk => self.statistics.listings_shrunk += 1,
        }
        self.findings.push(Finding { remark, span, page: String::new() });
    }

    /// Complains about a line that sticks out.
    pub(super) fn overfull(&mut self, span: Span, by: Length) {
        self.statistics.overfull += 1;
        if self.bears_overfull {
            return;
        }
        let message = format!("a line is {by} pt wider than its measure");
        self.diagnostics.push(
            Diagnostic::new(Code::OverfullLine, span, message).help(
                "allow a break with a soft hyphen, add the word to `[hyphenation]`, or reword",
            ),
        );
    }
}
