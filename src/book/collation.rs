//! The order of words in an index, as readers of a language expect it.
//!
//! The Unicode collation algorithm (UTS #10) with CLDR's order for the book's language: a German
//! looks for "Ä" among "A", a Swede behind "Z". A tag may name another of the language's orders:
//! `de-u-co-phonebk`. The tables are compiled in, so every machine sorts alike.

use super::types::Language;
use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use std::cmp::Ordering;

/// The order of one language.
pub(super) struct Collation {
    /// `None` only if the tables lacked even the order of all languages.
    collator: Option<CollatorBorrowed<'static>>,
}

impl Collation {
    /// The order of a language; of one that is not known, that of all languages.
    pub(super) fn of(language: &Language) -> Self {
        let locale = Locale::try_from_str(&language.0).unwrap_or(Locale::UNKNOWN);
        let collator =
            |preferences| CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok();
        let own = collator(CollatorPreferences::from(&locale));
        Self { collator: own.or_else(|| collator(CollatorPreferences::default())) }
    }

    /// Which of two comes first; those that differ for machines alone by their characters.
    pub(super) fn compare(&self, one: &str, other: &str) -> Ordering {
        let order = self.collator.as_ref().map_or(Ordering::Equal, |c| c.compare(one, other));
        order.then_with(|| one.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_sorted(tag: &str, words: &[&str]) {
        let collation = Collation::of(&Language(tag.to_owned()));
        let mut sorted = words.to_vec();
        sorted.sort_unstable();
        sorted.sort_by(|one, other| collation.compare(one, other));
        assert_eq!(sorted, words, "{tag}");
    }

    #[test]
    fn german_umlauts_stand_with_their_letters() {
        assert_sorted("de", &["Adam", "Ähre", "Ast", "Ofen", "Öl", "Oma", "Straße", "Zaun"]);
        assert_sorted("de-u-co-phonebk", &["Adam", "Ähre", "Afrika", "Ofen", "Zaun"]);
    }

    #[test]
    fn swedish_and_danish_letters_stand_behind_z() {
        assert_sorted("sv", &["Andersson", "Olsson", "Zetterberg", "Åberg", "Ärlig", "Öberg"]);
        assert_sorted("da", &["Olsen", "Zahle", "Ærø", "Østergaard", "Aagaard"]);
    }

    #[test]
    fn spanish_letters_with_a_tilde_are_letters() {
        assert_sorted("es", &["nube", "Núñez", "nuzco", "ñandú", "Óscar", "oso", "zeta"]);
    }

    #[test]
    fn names_are_sorted_word_by_word() {
        assert_sorted("en", &["de Vries, Jan", "Rice, Liz", "Riceman, Al", "van Rossum, Guido"]);
        assert_sorted("xx-u-co-nothing", &["a", "B", "c"]);
        assert_sorted("not a tag", &["a", "B", "c"]);
    }
}
