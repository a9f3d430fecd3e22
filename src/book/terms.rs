//! The words the book says by itself, in the languages it knows, and how each writes a day.
//!
//! Another language falls back to English: a reader then meets an English "Contents" and can
//! complain. What authors write (a session's kind, a room) is never translated.

use super::types::{Date, Language, Table};

/// The words of one language.
#[derive(Debug)]
pub(super) struct Terms {
    pub(super) imprint: &'static str,
    pub(super) contents: &'static str,
    pub(super) photographs: &'static str,
    pub(super) credits: &'static str,
    pub(super) index: &'static str,
    pub(super) speakers: &'static str,
    pub(super) organisations: &'static str,
    pub(super) part: &'static str,
    pub(super) table: &'static str,
    /// Before the numbers of what is referred to.
    pub(super) chapter: &'static str,
    pub(super) section: &'static str,
    pub(super) figure: &'static str,
    /// Titles of lists.
    pub(super) figures: &'static str,
    pub(super) tables: &'static str,
    /// Before the names of authors, editors, translators, illustrators.
    pub(super) by: &'static str,
    pub(super) edited_by: &'static str,
    pub(super) translated_by: &'static str,
    pub(super) illustrated_by: &'static str,
    pub(super) and: &'static str,
    /// Titles of alerts: note, tip, important, warning, caution.
    pub(super) alerts: [&'static str; 5],
    pub(super) slides: &'static str,
    pub(super) video: &'static str,
    pub(super) version: &'static str,
    pub(super) published_by: &'static str,
    pub(super) licence_of_text: &'static str,
    pub(super) identifier: &'static str,
    pub(super) typo: &'static str,
    pub(super) pictures: &'static str,
    pub(super) cover: &'static str,
    pub(super) source: &'static str,
    pub(super) after: &'static str,
    pub(super) set_in: &'static str,
    /// Of a picture that was generated, in part or whole; of one put together from several.
    pub(super) origins: [&'static str; 3],
    /// Where something stands on paper.
    page: PageWords,
    pub(super) made_with: &'static str,
    /// What a screen reader says before a note's number.
    note: &'static str,
    /// What a screen reader says before the heads of a table's columns.
    columns: &'static str,
    /// Between a page's number and how many there are: "3 of 14".
    of: &'static str,
    months: [&'static str; 12],
    /// Sunday first.
    weekdays: [&'static str; 7],
    order: DateOrder,
}

/// The words for a place on paper.
#[derive(Debug)]
pub struct PageWords {
    /// Before a page's number: "p."
    pub page: &'static str,
    parts: [&'static str; 4],
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

impl PageWords {
    /// "top"
    pub fn part(&self, part: PagePart) -> &'static str {
        let [top, middle, bottom, whole] = self.parts;
        match part {
            PagePart::Top => top,
            PagePart::Middle => middle,
            PagePart::Bottom => bottom,
            PagePart::Whole => whole,
        }
    }
}

/// Whether some words are a page's number with its part, "p. 14, top", in any language.
pub fn is_place_on_page(words: &str, label: &str) -> bool {
    [&AMERICAN, &GERMAN, &FRENCH].iter().any(|terms| {
        let rest = words.strip_prefix(terms.page.page).map(str::trim_start);
        let rest = rest.and_then(|rest| rest.strip_prefix(label)?.strip_prefix(','));
        rest.is_some_and(|part| terms.page.parts.contains(&part.trim_start()))
    })
}

/// The words of a language for a place on paper.
pub fn page_words(language: &Language) -> &'static PageWords {
    &Terms::of(language).page
}

/// How a language writes a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DateOrder {
    /// Friday, May 4, 2018
    American,
    /// Friday 4 May 2018
    British,
    /// Freitag, 4. Mai 2018
    German,
    /// vendredi 4 mai 2018; the first of a month is "1er"
    French,
}

impl Terms {
    /// The words of a language.
    pub(super) fn of(language: &Language) -> &'static Self {
        let tag = language.0.to_ascii_lowercase();
        match language.primary().as_str() {
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "en" if !matches!(tag.as_str(), "en" | "en-us" | "en-ca") => &BRITISH,
            _ => &AMERICAN,
        }
    }

    /// "May 4, 2018"
    pub(super) fn day(&self, date: Date) -> String {
        let Date { year, month, day } = date;
        let month = self.months[usize::from(month.clamp(1, 12)) - 1];
        match self.order {
            DateOrder::American => format!("{month} {day}, {year}"),
            DateOrder::British => format!("{day} {month} {year}"),
            DateOrder::German => format!("{day}. {month} {year}"),
            DateOrder::French if day == 1 => format!("1er {month} {year}"),
            DateOrder::French => format!("{day} {month} {year}"),
        }
    }

    /// "Friday, May 4, 2018"
    pub(super) fn weekday_and_day(&self, date: Date) -> String {
        let weekday = self.weekdays[weekday(date)];
        let day = self.day(date);
        match self.order {
            DateOrder::American | DateOrder::German => format!("{weekday}, {day}"),
            DateOrder::British | DateOrder::French => format!("{weekday} {day}"),
        }
    }

    /// "A", "A and B", "A, B and C" (with a comma before "and" in American English).
    pub(super) fn join(&self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [first, second] => format!("{first} {} {second}", self.and),
            [rest @ .., last] => {
                let comma = if self.order == DateOrder::American { "," } else { "" };
                format!("{}{comma} {} {last}", rest.join(", "), self.and)
            }
        }
    }
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
    format!("{} {label}", Terms::of(language).note)
}

/// "Columns: Stage, Runs for": what a table is about, for somebody who does not see it; `None`
/// when its columns have no heads.
pub fn table_in_words(language: &Language, table: &Table) -> Option<String> {
    let heads = table.head.iter().flat_map(|row| &row.cells).map(|cell| cell.text.plain());
    let heads: Vec<_> = heads.filter(|head| !head.trim().is_empty()).collect();
    let columns = Terms::of(language).columns;
    (!heads.is_empty()).then(|| format!("{columns}: {}", heads.join(", ")))
}

/// "3 of 14": a page's number and how many there are.
pub fn page_of_total(language: &Language, page: usize, total: usize) -> String {
    format!("{page} {} {total}", Terms::of(language).of)
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

const AMERICAN: Terms = Terms {
    imprint: "Imprint",
    contents: "Contents",
    photographs: "Photographs",
    credits: "Photo credits",
    index: "Index",
    speakers: "Speakers",
    organisations: "Organizations",
    part: "Part",
    table: "Table",
    chapter: "Chapter",
    section: "Section",
    figure: "Figure",
    figures: "Figures",
    tables: "Tables",
    by: "by",
    edited_by: "edited by",
    translated_by: "translated by",
    illustrated_by: "illustrated by",
    and: "and",
    alerts: ["Note", "Tip", "Important", "Warning", "Caution"],
    slides: "Slides",
    video: "Video",
    version: "Version",
    published_by: "Published by",
    licence_of_text: "The text is licensed under",
    identifier: "Identifier:",
    typo: "Found a typo? Each chapter can be edited at",
    pictures: "Who made each picture, and under which license, is said beside it and in",
    cover: "Cover.",
    source: "Source:",
    after: "After",
    origins: ["Generated by AI", "Partly generated by AI", "Composite"],
    page: PageWords { page: "p.", parts: ["top", "middle", "bottom", "full page"] },
    set_in: "The print edition is set in Source Serif 4, Source Sans 3, and Source Code Pro.",
    made_with: "Made with Endpaper.",
    note: "Note",
    columns: "Columns",
    of: "of",
    months: ENGLISH_MONTHS,
    weekdays: ENGLISH_WEEKDAYS,
    order: DateOrder::American,
};

const BRITISH: Terms = Terms {
    organisations: "Organisations",
    licence_of_text: "The text is licensed under",
    pictures: "Who made each picture, and under which licence, is said beside it and in",
    origins: ["Generated by AI", "Partly generated by AI", "Composite"],
    page: PageWords { page: "p.", parts: ["top", "middle", "bottom", "full page"] },
    set_in: "The print edition is set in Source Serif 4, Source Sans 3 and Source Code Pro.",
    order: DateOrder::British,
    ..AMERICAN
};

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const ENGLISH_WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const GERMAN: Terms = Terms {
    imprint: "Impressum",
    contents: "Inhalt",
    photographs: "Abbildungen",
    credits: "Bildnachweis",
    index: "Register",
    speakers: "Vortragende",
    organisations: "Organisationen",
    part: "Teil",
    table: "Tabelle",
    chapter: "Kapitel",
    section: "Abschnitt",
    figure: "Abbildung",
    figures: "Abbildungen",
    tables: "Tabellen",
    by: "von",
    edited_by: "herausgegeben von",
    translated_by: "übersetzt von",
    illustrated_by: "illustriert von",
    and: "und",
    alerts: ["Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"],
    slides: "Folien",
    video: "Video",
    version: "Version",
    published_by: "Verlag:",
    licence_of_text: "Lizenz des Textes:",
    identifier: "Kennung:",
    typo: "Einen Tippfehler gefunden? Jedes Kapitel lässt sich bearbeiten unter",
    pictures: "Wer die Bilder gemacht hat und welche Lizenz gilt, steht jeweils beim Bild und im",
    cover: "Umschlag.",
    source: "Quelle:",
    after: "Nach",
    origins: ["Mit KI erzeugt", "Teilweise mit KI erzeugt", "Montage"],
    page: PageWords { page: "S.", parts: ["oben", "Mitte", "unten", "ganze Seite"] },
    set_in: "Die Druckausgabe ist gesetzt aus Source Serif 4, Source Sans 3 und Source Code Pro.",
    made_with: "Hergestellt mit Endpaper.",
    note: "Anmerkung",
    columns: "Spalten",
    of: "von",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    weekdays: ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
    order: DateOrder::German,
};

const FRENCH: Terms = Terms {
    imprint: "Mentions légales",
    contents: "Table des matières",
    photographs: "Table des illustrations",
    credits: "Crédits photographiques",
    index: "Index",
    speakers: "Intervenants",
    organisations: "Organisations",
    part: "Partie",
    table: "Tableau",
    chapter: "chapitre",
    section: "section",
    figure: "figure",
    figures: "Table des figures",
    tables: "Table des tableaux",
    by: "par",
    edited_by: "sous la direction de",
    translated_by: "traduit par",
    illustrated_by: "illustré par",
    and: "et",
    alerts: ["Remarque", "Conseil", "Important", "Attention", "Prudence"],
    slides: "Diapositives",
    video: "Vidéo",
    version: "Version",
    published_by: "Publié par",
    licence_of_text: "Licence du texte\u{202F}:",
    identifier: "Identifiant\u{202F}:",
    typo: "Une coquille\u{202F}? Chaque chapitre peut être modifié sur",
    pictures: "L’auteur et la licence de chaque image sont indiqués à côté d’elle et dans",
    cover: "Couverture.",
    source: "Source\u{202F}:",
    after: "D’après",
    origins: ["Image générée par IA", "Image générée en partie par IA", "Montage"],
    page: PageWords { page: "p.", parts: ["en haut", "au milieu", "en bas", "pleine page"] },
    set_in: "L’édition imprimée est composée en Source Serif 4, Source Sans 3 et Source Code Pro.",
    made_with: "Réalisé avec Endpaper.",
    note: "Note",
    columns: "Colonnes",
    of: "sur",
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    weekdays: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    order: DateOrder::French,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn day(tag: &str, year: u16, month: u8, day: u8) -> String {
        Terms::of(&Language(tag.into())).weekday_and_day(Date { year, month, day })
    }

    #[test]
    fn days_are_written_as_each_language_does() {
        assert_eq!(day("en-US", 2018, 5, 4), "Friday, May 4, 2018");
        assert_eq!(day("en-GB", 2018, 5, 4), "Friday 4 May 2018");
        assert_eq!(day("de", 2018, 5, 4), "Freitag, 4. Mai 2018");
        assert_eq!(day("fr-FR", 2018, 5, 1), "mardi 1er mai 2018");
        assert_eq!(day("xx", 2000, 2, 29), "Tuesday, February 29, 2000");
        assert_eq!(day("en", 1900, 1, 1), "Monday, January 1, 1900");
        assert_eq!(day("en", 0, 1, 1), "Saturday, January 1, 0");
    }

    #[test]
    fn parts_have_roman_numbers() {
        assert_eq!(roman(1), "I");
        assert_eq!(roman(14), "XIV");
        assert_eq!(roman(1999), "MCMXCIX");
    }

    #[test]
    fn names_are_joined_as_a_sentence_would() {
        let names = ["A".to_owned(), "B".to_owned(), "C".to_owned()];
        assert_eq!(Terms::of(&Language("en".into())).join(&names), "A, B, and C");
        assert_eq!(Terms::of(&Language("en-GB".into())).join(&names), "A, B and C");
        assert_eq!(Terms::of(&Language("de".into())).join(&names[..2]), "A und B");
    }
}
