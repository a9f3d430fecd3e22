//! What each language wants: its quotes, its spaces, its abbreviations.

use crate::book::types::Language;

/// The habits of one language.
#[derive(Debug)]
pub(in crate::book) struct Style {
    /// For `"`.
    pub(super) primary: (char, char),
    /// For `'`.
    pub(super) secondary: (char, char),
    /// Spaces at punctuation.
    pub(super) spacing: Spacing,
    /// Abbreviations that hold on to the number behind them.
    pub(super) before_numbers: &'static [&'static str],
}

/// Spaces at punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    /// None.
    Close,
    /// None, but "z. B." holds together.
    German,
    /// Narrow no-break spaces before `; : ! ?` and within guillemets.
    French,
    /// As in Canada: before the colon and within guillemets only.
    Canadian,
}

impl Style {
    /// The habits of a language; English for one that is not in the table.
    pub(in crate::book) fn of(language: &Language) -> &'static Self {
        let named = |tag: &str| STYLES.iter().find(|(name, _)| name.eq_ignore_ascii_case(tag));
        let tag = language.0.as_str();
        let entry = named(tag).or_else(|| named(tag.split('-').next()?));
        entry.map_or(&GENERIC, |(_, style)| style)
    }

    /// Whether this character, as typed by the author, opens a quotation.
    pub(super) fn opens(&self, c: char) -> bool {
        if c == self.primary.0 || c == self.secondary.0 {
            return true;
        }
        let closes = c == self.primary.1 || c == self.secondary.1;
        matches!(c, '“' | '‘' | '„' | '‚' | '«' | '‹' | '「' | '『') && !closes
    }
}

const ENGLISH_NUMBERS: &[&str] = &[
    "p.", "pp.", "no.", "nos.", "fig.", "figs.", "vol.", "vols.", "ch.", "chap.", "sec.", "tab.",
    "eq.", "art.", "§", "§§", "ca.", "c.",
];
const GERMAN_NUMBERS: &[&str] =
    &["s.", "nr.", "abb.", "bd.", "kap.", "abs.", "art.", "tab.", "ca.", "§", "§§", "seite", "p."];
const FRENCH_NUMBERS: &[&str] =
    &["p.", "pp.", "n°", "nº", "no", "nos", "fig.", "vol.", "chap.", "art.", "tab.", "§"];

const fn style(
    primary: (char, char),
    secondary: (char, char),
    spacing: Spacing,
    before_numbers: &'static [&'static str],
) -> Style {
    Style { primary, secondary, spacing, before_numbers }
}

const GENERIC: Style = style(('“', '”'), ('‘', '’'), Spacing::Close, ENGLISH_NUMBERS);

/// By language tag in lower case. Quotes as in CLDR 46, `delimiters`.
const STYLES: &[(&str, Style)] = &[
    ("en", GENERIC),
    ("de", style(('„', '“'), ('‚', '‘'), Spacing::German, GERMAN_NUMBERS)),
    ("de-ch", style(('«', '»'), ('‹', '›'), Spacing::German, GERMAN_NUMBERS)),
    ("de-li", style(('«', '»'), ('‹', '›'), Spacing::German, GERMAN_NUMBERS)),
    ("fr", style(('«', '»'), ('“', '”'), Spacing::French, FRENCH_NUMBERS)),
    ("fr-ca", style(('«', '»'), ('“', '”'), Spacing::Canadian, FRENCH_NUMBERS)),
    ("es", style(('«', '»'), ('“', '”'), Spacing::Close, ENGLISH_NUMBERS)),
    ("it", style(('«', '»'), ('“', '”'), Spacing::Close, ENGLISH_NUMBERS)),
    ("pt-pt", style(('«', '»'), ('“', '”'), Spacing::Close, ENGLISH_NUMBERS)),
    ("nb", style(('«', '»'), ('‘', '’'), Spacing::Close, ENGLISH_NUMBERS)),
    ("nn", style(('«', '»'), ('‘', '’'), Spacing::Close, ENGLISH_NUMBERS)),
    ("no", style(('«', '»'), ('‘', '’'), Spacing::Close, ENGLISH_NUMBERS)),
    ("sv", style(('”', '”'), ('’', '’'), Spacing::Close, ENGLISH_NUMBERS)),
    ("fi", style(('”', '”'), ('’', '’'), Spacing::Close, ENGLISH_NUMBERS)),
    ("pl", style(('„', '”'), ('«', '»'), Spacing::Close, ENGLISH_NUMBERS)),
    ("cs", style(('„', '“'), ('‚', '‘'), Spacing::Close, ENGLISH_NUMBERS)),
    ("sk", style(('„', '“'), ('‚', '‘'), Spacing::Close, ENGLISH_NUMBERS)),
    ("hu", style(('„', '”'), ('»', '«'), Spacing::Close, ENGLISH_NUMBERS)),
    ("ru", style(('«', '»'), ('„', '“'), Spacing::Close, ENGLISH_NUMBERS)),
    ("uk", style(('«', '»'), ('„', '“'), Spacing::Close, ENGLISH_NUMBERS)),
    ("el", style(('«', '»'), ('“', '”'), Spacing::Close, ENGLISH_NUMBERS)),
    ("ja", style(('「', '」'), ('『', '』'), Spacing::Close, ENGLISH_NUMBERS)),
];
