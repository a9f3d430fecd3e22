//! The few words that only the EPUB says: names of navigation lists and of what a sign means.
//!
//! Everything a reader reads in the text comes from the book. A language without a row here gets
//! English words, marked as English.

use crate::book::Language;

/// Words in one language.
#[derive(Debug)]
pub(super) struct Words {
    /// The language of these words.
    pub(super) language: &'static str,
    /// Name of the cover page.
    pub(super) cover: &'static str,
    /// The landmark that leads to the first page of the body.
    pub(super) start: &'static str,
    /// Title of the contents, when the book has none of its own.
    pub(super) contents: &'static str,
    /// Name of the list of landmarks.
    pub(super) landmarks: &'static str,
    /// Name of the list of pages.
    pub(super) pages: &'static str,
    /// A task that is done.
    pub(super) done: &'static str,
    /// A task that is not.
    pub(super) open: &'static str,
    /// What the link in a note does, after the note's number.
    pub(super) back: &'static str,
}

const ENGLISH: Words = Words {
    language: "en",
    cover: "Cover",
    start: "Start of the text",
    contents: "Contents",
    landmarks: "Landmarks",
    pages: "Pages",
    done: "Done",
    open: "To do",
    back: "back to the text",
};

const ALL: &[Words] = &[
    ENGLISH,
    Words {
        language: "de",
        cover: "Umschlag",
        start: "Beginn des Textes",
        contents: "Inhalt",
        landmarks: "Orientierungspunkte",
        pages: "Seiten",
        done: "Erledigt",
        open: "Offen",
        back: "zurück zum Text",
    },
    Words {
        language: "fr",
        cover: "Couverture",
        start: "Début du texte",
        contents: "Table des matières",
        landmarks: "Repères",
        pages: "Pages",
        done: "Fait",
        open: "À faire",
        back: "retour au texte",
    },
    Words {
        language: "es",
        cover: "Cubierta",
        start: "Comienzo del texto",
        contents: "Índice",
        landmarks: "Puntos de referencia",
        pages: "Páginas",
        done: "Hecho",
        open: "Pendiente",
        back: "volver al texto",
    },
    Words {
        language: "da",
        cover: "Omslag",
        start: "Tekstens begyndelse",
        contents: "Indhold",
        landmarks: "Pejlemærker",
        pages: "Sider",
        done: "Udført",
        open: "Mangler",
        back: "tilbage til teksten",
    },
];

/// The words for a book in this language.
pub(super) fn words(language: &Language) -> &'static Words {
    let primary = language.primary();
    ALL.iter().find(|w| w.language == primary).unwrap_or(&ENGLISH)
}
