//! The words the book says by itself, and how each language writes a day, a number, a place.
//!
//! One file for each language holds nothing but its [`Terms`]; a language is added by writing such
//! a file and naming it in [`known`]. What stands in braces is filled in: `{}` where a term has
//! one thing to say, names where it has several. A space before a number does not break.
//!
//! A language without terms gets English words, marked as English, and signs that need no words
//! where there are some. What authors write (a session's kind, a room) is never translated.

mod ar;
mod cs;
mod da;
mod de;
mod el;
mod en;
mod es;
mod fi;
mod fr;
mod he;
mod it;
mod ja;
mod ko;
mod nb;
mod nl;
mod pl;
mod pt;
mod ru;
mod sv;
#[cfg(test)]
mod tests;
mod tr;
mod uk;
mod vi;
mod zh_hans;
mod zh_hant;

use super::types::{Date, Inline, Language, Table};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::manuscript::Manuscript;
use crate::project::{Project, is_language_tag};
use crate::source::Span;
use std::collections::BTreeSet;

/// The words of one language.
#[derive(Debug)]
pub struct Terms {
    /// The language of these words, where they stand in for another one's.
    pub spoken: Option<&'static str>,
    /// Title of the page that says who answers for the book.
    pub imprint: &'static str,
    /// Title of the table of contents.
    pub contents: &'static str,
    /// Title of the list of figures, where they have no numbers.
    pub photographs: &'static str,
    /// Title of the page that says who made the pictures.
    pub credits: &'static str,
    /// Title of the indexes.
    pub index: &'static str,
    /// Title of the index of speakers.
    pub speakers: &'static str,
    /// Title of the index of organisations.
    pub organisations: &'static str,
    /// Title of the list of figures, where they have numbers.
    pub figures: &'static str,
    /// Title of the list of tables.
    pub tables: &'static str,
    /// What the first picture is.
    pub cover: &'static str,
    /// Above a part's title; `{roman}` or `{number}`.
    pub part: &'static str,
    /// Before a figure's caption.
    pub figure: &'static str,
    /// Before a table's caption.
    pub table: &'static str,
    /// Within a sentence.
    pub references: References,
    /// The line of the authors.
    pub by: &'static str,
    /// The line of the editors.
    pub edited_by: &'static str,
    /// The line of the translators.
    pub translated_by: &'static str,
    /// The line of the illustrators.
    pub illustrated_by: &'static str,
    /// Between names: any two, the only two, the last two of more.
    pub join: [&'static str; 3],
    /// Between two facts.
    pub comma: &'static str,
    /// Titles of alerts: note, tip, important, warning, caution.
    pub alerts: [&'static str; 5],
    /// The link to a talk's slides.
    pub slides: &'static str,
    /// The link to a talk's recording.
    pub video: &'static str,
    /// The book's version.
    pub version: &'static str,
    /// The publisher.
    pub published_by: &'static str,
    /// The licence of the text.
    pub licence_of_text: &'static str,
    /// An identifier that is no ISBN.
    pub identifier: &'static str,
    /// Where a mistake can be mended.
    pub typo: &'static str,
    /// Where the credits are: the title of their page.
    pub pictures: &'static str,
    /// Where a picture is from.
    pub source: &'static str,
    /// What a picture was drawn after.
    pub after: &'static str,
    /// The families of the print edition.
    pub set_in: &'static str,
    /// What made the book.
    pub made_with: &'static str,
    /// Of a picture that was generated, in part or whole; of one put together from several.
    pub origins: [&'static str; 3],
    /// Where something stands on paper.
    pub place: PlaceWords,
    /// What a screen reader says for a note's number.
    pub note: &'static str,
    /// What a screen reader says for the heads of a table's columns.
    pub columns: &'static str,
    /// A page's number and how many there are: `{page}`, `{total}`.
    pub of: &'static str,
    /// How a day is written.
    pub date: DateWords,
    /// What only the EPUB says.
    pub screen: ScreenWords,
}

/// What is referred to by number. Abbreviated where a whole word would need its case.
#[derive(Debug)]
pub struct References {
    /// Chapter.
    pub chapter: &'static str,
    /// Heading within a chapter.
    pub section: &'static str,
    /// Figure.
    pub figure: &'static str,
    /// Table.
    pub table: &'static str,
}

/// The words for a place on paper.
#[derive(Debug)]
pub struct PlaceWords {
    /// `{page}` and `{part}`.
    pub place: &'static str,
    /// By [`PagePart`].
    pub parts: [&'static str; 4],
}

/// A part of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PagePart {
    /// The upper third.
    #[default]
    Top,
    /// The third below it.
    Middle,
    /// The last third.
    Bottom,
    /// Most of it.
    Whole,
}

/// How a language writes a day.
#[derive(Debug)]
pub struct DateWords {
    /// `{day}`, `{month}` (its name), `{number}` (of the month), `{year}`, or `{iso}` for all.
    pub day: &'static str,
    /// The first day of a month.
    pub first: &'static str,
    /// `{weekday}` and `{date}`.
    pub weekday: &'static str,
    /// The twelve, as they stand behind a day, with spaces between them; empty where numbers do.
    pub months: &'static str,
    /// Sunday first.
    pub weekdays: [&'static str; 7],
}

/// Names of navigation lists, and what a sign means.
#[derive(Debug)]
pub struct ScreenWords {
    /// The landmark that leads to the first page of the body.
    pub start: &'static str,
    /// Name of the list of landmarks.
    pub landmarks: &'static str,
    /// Name of the list of pages.
    pub pages: &'static str,
    /// A task that is done.
    pub done: &'static str,
    /// A task that is not.
    pub open: &'static str,
    /// What the link in a note does, after the note's number.
    pub back: &'static str,
    /// Above what is said of a picture at length.
    pub description: &'static str,
}

const BRITISH: Terms = Terms {
    organisations: "Organisations",
    pictures: "Who made each picture, and under which licence, is said beside it and in {}.",
    join: [", ", " and ", " and "],
    date: DateWords {
        day: "{day} {month} {year}",
        weekday: "{weekday} {date}",
        ..en::AMERICAN.date
    },
    ..en::AMERICAN
};

const PORTUGUESE: Terms = Terms {
    contents: "Índice",
    speakers: "Oradores",
    references: References { section: "secção {}", ..pt::BRAZILIAN.references },
    slides: "Diapositivos",
    place: PlaceWords {
        parts: ["em cima", "ao meio", "em baixo", "página inteira"],
        ..pt::BRAZILIAN.place
    },
    date: DateWords { first: "1", ..pt::BRAZILIAN.date },
    screen: ScreenWords { open: "Por fazer", ..pt::BRAZILIAN.screen },
    ..pt::BRAZILIAN
};

/// English for books in a language that has no terms: nothing that a sign can say as well.
const FOREIGN: Terms = Terms {
    spoken: Some("en"),
    join: [", ", ", ", ", "],
    place: PlaceWords { place: "{page}", ..en::AMERICAN.place },
    note: "{}",
    columns: "{}",
    of: "{page}/{total}",
    date: DateWords { day: "{iso}", weekday: "{date}", ..en::AMERICAN.date },
    ..en::AMERICAN
};

/// All that there are.
const ALL: [&Terms; 27] = [
    &FOREIGN,
    &en::AMERICAN,
    &BRITISH,
    &ar::ARABIC,
    &cs::CZECH,
    &da::DANISH,
    &de::GERMAN,
    &el::GREEK,
    &es::SPANISH,
    &fi::FINNISH,
    &fr::FRENCH,
    &he::HEBREW,
    &it::ITALIAN,
    &ja::JAPANESE,
    &ko::KOREAN,
    &nb::NORWEGIAN,
    &nl::DUTCH,
    &pl::POLISH,
    &pt::BRAZILIAN,
    &PORTUGUESE,
    &ru::RUSSIAN,
    &sv::SWEDISH,
    &tr::TURKISH,
    &uk::UKRAINIAN,
    &vi::VIETNAMESE,
    &zh_hans::SIMPLIFIED_CHINESE,
    &zh_hant::TRADITIONAL_CHINESE,
];

/// The words of a language that has some.
fn known(language: &Language) -> Option<&'static Terms> {
    let tag = language.0.to_ascii_lowercase();
    let has = |subtags: &[&str]| tag.split('-').skip(1).any(|subtag| subtags.contains(&subtag));
    Some(match language.primary().as_str() {
        "ar" => &ar::ARABIC,
        "cs" => &cs::CZECH,
        "da" => &da::DANISH,
        "de" => &de::GERMAN,
        "el" => &el::GREEK,
        "en" if matches!(tag.as_str(), "en" | "en-us" | "en-ca") => &en::AMERICAN,
        "en" => &BRITISH,
        "es" => &es::SPANISH,
        "fi" => &fi::FINNISH,
        "fr" => &fr::FRENCH,
        "he" => &he::HEBREW,
        "it" => &it::ITALIAN,
        "ja" => &ja::JAPANESE,
        "ko" => &ko::KOREAN,
        "nb" | "no" => &nb::NORWEGIAN,
        "nl" => &nl::DUTCH,
        "pl" => &pl::POLISH,
        "pt" if has(&["pt", "ao", "mz", "cv", "tl"]) => &PORTUGUESE,
        "pt" => &pt::BRAZILIAN,
        "ru" => &ru::RUSSIAN,
        "sv" => &sv::SWEDISH,
        "tr" => &tr::TURKISH,
        "uk" => &uk::UKRAINIAN,
        "vi" => &vi::VIETNAMESE,
        "zh" if has(&["hans"]) || !has(&["hant", "tw", "hk", "mo"]) => &zh_hans::SIMPLIFIED_CHINESE,
        "zh" => &zh_hant::TRADITIONAL_CHINESE,
        _ => return None,
    })
}

impl Terms {
    /// The words of a language.
    pub fn of(language: &Language) -> &'static Self {
        known(language).unwrap_or(&FOREIGN)
    }

    /// Own words within a text, marked where they are of another language.
    pub(super) fn inline(&self, words: String, span: Span) -> Inline {
        let inline = Inline::Text(words, span);
        match self.spoken {
            Some(language) => Inline::Foreign(Language(language.to_owned()), vec![inline]),
            None => inline,
        }
    }

    /// A term with what it is about in its place.
    pub(super) fn around(&self, term: &str, inner: Vec<Inline>, span: Span) -> Vec<Inline> {
        let (before, behind) = term.split_once("{}").unwrap_or((term, ""));
        let own = |words: &str| {
            let words = words.to_owned();
            (!words.is_empty()).then(|| self.inline(words, span))
        };
        own(before).into_iter().chain(inner).chain(own(behind)).collect()
    }

    /// "Part IV"
    pub(super) fn part(&self, number: usize) -> String {
        self.part.replace("{roman}", &roman(number)).replace("{number}", &number.to_string())
    }

    /// "May 4, 2018"
    pub(super) fn day(&self, date: Date) -> String {
        let month = usize::from(date.month.clamp(1, 12)) - 1;
        let day = date.day.to_string();
        let day = if date.day == 1 { self.date.first } else { &day };
        self.date
            .day
            .replace("{iso}", &date.iso())
            .replace("{day}", day)
            .replace("{number}", &(month + 1).to_string())
            .replace("{month}", self.date.months.split(' ').nth(month).unwrap_or_default())
            .replace("{year}", &date.year.to_string())
    }

    /// "Friday, May 4, 2018"
    pub(super) fn weekday_and_day(&self, date: Date) -> String {
        let weekday = self.date.weekdays[weekday(date)];
        self.date.weekday.replace("{weekday}", weekday).replace("{date}", &self.day(date))
    }

    /// "A", "A and B", "A, B and C" (with a comma before "and" in American English).
    pub(super) fn join(&self, names: &[String]) -> String {
        let [comma, two, last] = self.join;
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [first, second] => format!("{first}{two}{second}"),
            [rest @ .., end] => format!("{}{last}{end}", rest.join(comma)),
        }
    }
}

/// Complains about languages that have no terms, each once.
pub(super) fn check(
    project: &Project,
    manuscript: &Manuscript,
    language: &Language,
    diagnostics: &mut Diagnostics,
) {
    let own = (language.clone(), project.config.book.span);
    let spoken = manuscript.documents.iter().filter_map(|document| {
        let (tag, span) = document.front.language.as_ref()?;
        is_language_tag(tag).then(|| (Language(tag.clone()), *span))
    });
    let mut seen = BTreeSet::new();
    for (language, span) in std::iter::once(own).chain(spoken) {
        if known(&language).is_some() || !seen.insert(language.primary()) {
            continue;
        }
        let message =
            format!("there are no words of `{}` for what the book says itself", language.0);
        diagnostics.push(
            Diagnostic::new(Code::UntranslatedWords, span, message)
                .help("titles like “Contents” are in English, and marked as English"),
        );
    }
}

/// A term with a number in its place, from which no line parts it: "Figure 3".
pub(super) fn numbered(term: &str, number: &str) -> String {
    term.replace(' ', "\u{A0}").replace("{}", number)
}

/// 0 for Sunday: Sakamoto's congruence for the proleptic Gregorian calendar.
fn weekday(date: Date) -> usize {
    const SHIFT: [usize; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let month = usize::from(date.month.clamp(1, 12));
    // 400 years are a whole number of weeks: adding them keeps year 0's January above zero.
    let year = usize::from(date.year) + 400 - usize::from(month < 3);
    (year + year / 4 - year / 100 + year / 400 + SHIFT[month - 1] + usize::from(date.day)) % 7
}

/// "Note 3": what a call of a note is to somebody who does not see it.
pub fn note_in_words(language: &Language, label: &str) -> String {
    Terms::of(language).note.replace("{}", label)
}

/// "Columns: Stage, Runs for": what a table is about, for somebody who does not see it; `None`
/// when its columns have no heads.
pub fn table_in_words(language: &Language, table: &Table) -> Option<String> {
    let terms = Terms::of(language);
    let heads = table.head.iter().flat_map(|row| &row.cells).map(|cell| cell.text.plain());
    let heads: Vec<_> = heads.filter(|head| !head.trim().is_empty()).collect();
    (!heads.is_empty()).then(|| terms.columns.replace("{}", &heads.join(terms.comma)))
}

/// "3 of 14": a page's number and how many there are.
pub fn page_of_total(language: &Language, page: usize, total: usize) -> String {
    let words = Terms::of(language).of.replace("{page}", &page.to_string());
    words.replace("{total}", &total.to_string())
}

/// "p. 14, top", from which no line parts anything; `page` stands for the number.
pub fn place_on_page(language: &Language, page: Inline, part: PagePart, span: Span) -> Vec<Inline> {
    let terms = Terms::of(language);
    let place = terms.place.of(part).replace(' ', "\u{A0}").replace("{page}", "{}");
    terms.around(&place, vec![page], span)
}

/// Whether some words are a page's number with its part, "p. 14, top", in any language.
pub fn is_place_on_page(words: &str, label: &str) -> bool {
    let bare = |words: &str| words.split_whitespace().collect::<String>();
    let words = bare(words);
    let parts = [PagePart::Top, PagePart::Middle, PagePart::Bottom, PagePart::Whole];
    let is_place = |terms: &&Terms| {
        let places = parts.iter().map(|part| bare(&terms.place.of(*part).replace("{page}", label)));
        places.into_iter().any(|place| place == words)
    };
    ALL.iter().any(is_place)
}

impl PlaceWords {
    /// The term with its part said.
    fn of(&self, part: PagePart) -> String {
        let [top, middle, bottom, whole] = self.parts;
        let part = match part {
            PagePart::Top => top,
            PagePart::Middle => middle,
            PagePart::Bottom => bottom,
            PagePart::Whole => whole,
        };
        self.place.replace("{part}", part)
    }
}

/// I, II, III, … as parts are numbered.
pub fn roman(mut number: usize) -> String {
    const VALUES: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, letters) in VALUES {
        while number >= value {
            out.push_str(letters);
            number -= value;
        }
    }
    out
}
