//! What is said of the book as a whole: titles, people, language, dates.

/// What is said about the book as a whole.
#[derive(Clone, Debug)]
pub struct Meta {
    /// File name stem of the artefacts: ASCII letters, digits, hyphens.
    pub slug: String,
    /// The book's own version.
    pub version: String,
    /// Main title.
    pub title: String,
    /// Second title.
    pub subtitle: Option<String>,
    /// Authors, editors, translators, … in order.
    pub people: Vec<Person>,
    /// Language of everything that does not say otherwise.
    pub language: Language,
    /// `urn:isbn:…` or `urn:uuid:…`.
    pub identifier: String,
    /// First publication.
    pub date: Option<Date>,
    /// Last change, seconds since 1970-01-01T00:00:00Z, from `SOURCE_DATE_EPOCH` or `date`.
    pub modified: u64,
    /// Publisher.
    pub publisher: Option<String>,
    /// Rights in one sentence.
    pub rights: Option<String>,
    /// SPDX identifier of the text's licence.
    pub licence: Option<String>,
    /// Series name and position.
    pub series: Option<(String, Option<String>)>,
    /// What the book is about, in a few sentences.
    pub description: Option<String>,
    /// Subjects.
    pub subjects: Vec<Subject>,
}

/// Somebody who made the book, with a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// As it is printed: "Liz Rice".
    pub name: String,
    /// As it is sorted: "Rice, Liz".
    pub sort: String,
    /// What the person did.
    pub role: Role,
}

/// What somebody did for the book, with its MARC relator code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// `aut`
    Author,
    /// `edt`
    Editor,
    /// `trl`
    Translator,
    /// `ill`
    Illustrator,
    /// `pht`
    Photographer,
    /// `orm`
    Organiser,
    /// `wat`: who wrote what is said of the pictures.
    Describer,
    /// `spk`
    Speaker,
}

/// What a book is about, in words and perhaps as a place in a scheme that shops and libraries know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// In words.
    pub term: String,
    /// Who keeps the scheme ("BISAC", "Thema", an address), and the code in it.
    pub code: Option<(String, String)>,
}

impl Role {
    /// The MARC relator code.
    pub fn marc(self) -> &'static str {
        match self {
            Self::Author => "aut",
            Self::Editor => "edt",
            Self::Translator => "trl",
            Self::Illustrator => "ill",
            Self::Photographer => "pht",
            Self::Organiser => "orm",
            Self::Describer => "wat",
            Self::Speaker => "spk",
        }
    }
}

/// A BCP 47 language tag, checked for its form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Language(pub String);

impl Language {
    /// The primary subtag in lower case: `en` of `en-US`.
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or("").to_ascii_lowercase()
    }

    /// Whether its usual script runs from right to left.
    pub fn is_right_to_left(&self) -> bool {
        let primary = self.0.split('-').next().unwrap_or("");
        ["ar", "he", "fa", "ur", "yi", "ps", "sd", "dv", "ckb"]
            .iter()
            .any(|tag| tag.eq_ignore_ascii_case(primary))
    }
}

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

impl Date {
    /// `2018-05-04`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
