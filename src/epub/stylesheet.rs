//! The author's stylesheet: may it stand behind ours, and does it leave the reader a choice?
//!
//! Everything an EPUB shows is inside of it, so a stylesheet that fetches anything is refused; so
//! is one that a reading system could not parse to its end. Fixed colours and sizes are told as
//! warnings: on a dark page fixed text is invisible, and small type cannot be made larger.
//!
//! This is no parser of CSS: comments and strings are blanked out, then rules, brackets and
//! declarations are looked for. What a property means beyond the few below is not judged.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// Rules that mean nothing where the author's styles stand, each with what to do instead.
const RULES: &[(&str, &str)] = &[
    ("import", "put the rules of the other file into this one"),
    ("charset", "remove it: the file is UTF-8"),
    ("namespace", "remove it: elements are chosen by name or class"),
    ("font-face", "name the family in `[epub] fonts` of `book.toml`"),
];

/// Functions that fetch a file.
const FETCHES: &[&str] = &["url(", "src(", "image(", "image-set("];

/// Properties that EPUB forbids in favour of the documents' own `dir` (EPUB 3.3 §6.3.1.2).
const DIRECTION: &[&str] = &["direction", "unicode-bidi"];

/// Properties that give text or its ground a colour.
const COLOURS: &[&str] = &["color", "background", "background-color", "-webkit-text-fill-color"];

/// Values of those that are no colour of their own.
const NO_COLOUR: &[&str] =
    &["inherit", "currentcolor", "transparent", "initial", "unset", "revert", "none", "!important"];

/// Units that do not grow with the reader's size of text.
const FIXED_UNITS: &[&str] = &["px", "pt", "pc", "cm", "mm", "in", "q"];

/// Checks a stylesheet. Every mistake is reported.
pub(super) fn check(text: &str, file: FileId, diagnostics: &mut Diagnostics) {
    let mut check = Check { file, blank: String::new(), diagnostics };
    check.blank = check.blanked(text);
    check.brackets();
    check.rules();
    check.fetches(text);
    for declaration in declarations(&check.blank) {
        check.declaration(&declaration);
    }
}

/// `property: value` and where it stands.
struct Declaration {
    property: String,
    value: String,
    range: Range<usize>,
}

struct Check<'d> {
    file: FileId,
    /// The text without comments and strings, byte for byte as long.
    blank: String,
    diagnostics: &'d mut Diagnostics,
}

impl Check<'_> {
    fn say(&mut self, code: Code, range: Range<usize>, message: String, help: &str) {
        let span = Span::new(self.file, range);
        self.diagnostics.push(Diagnostic::new(code, span, message).help(help));
    }

    /// Comments and the insides of strings become blanks.
    fn blanked(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['/', '"', '\'']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let start = out.len();
            let (length, closed) = if let Some(inner) = rest.strip_prefix("/*") {
                let end = inner.find("*/");
                (end.map_or(rest.len(), |end| end + 4), end.is_some())
            } else if let Some(quote) = rest.chars().next().filter(|c| *c != '/') {
                let end = end_of_string(rest, quote);
                (end.unwrap_or_else(|| rest.find('\n').unwrap_or(rest.len())), end.is_some())
            } else {
                out.push('/');
                rest = &rest[1..];
                continue;
            };
            if !closed {
                let what = if rest.starts_with('/') { "comment" } else { "string" };
                let message = format!("the {what} has no end");
                self.say(Code::InvalidStyle, start..start + 1, message, "close it");
            }
            out.extend(rest[..length].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
            rest = &rest[length..];
        }
        out.push_str(rest);
        out
    }

    fn brackets(&mut self) {
        let mut open: Vec<(usize, char)> = Vec::new();
        let mut wrong = Vec::new();
        for (at, c) in self.blank.char_indices() {
            match c {
                '{' => open.push((at, '}')),
                '(' => open.push((at, ')')),
                '[' => open.push((at, ']')),
                '}' | ')' | ']' if open.last().is_some_and(|(_, close)| *close == c) => {
                    open.pop();
                }
                '}' | ')' | ']' => wrong.push((at, c)),
                _ => {}
            }
        }
        for (at, c) in wrong {
            let message = format!("`{c}` closes nothing");
            self.say(Code::InvalidStyle, at..at + 1, message, "remove it, or open what it closes");
        }
        for (at, close) in open {
            let message = format!("`{close}` is missing");
            self.say(Code::InvalidStyle, at..at + 1, message, "close what is opened here");
        }
    }

    fn rules(&mut self) {
        for (at, _) in self.blank.clone().match_indices('@') {
            let rest = &self.blank[at + 1..];
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
            let rule = RULES.iter().find(|(rule, _)| name.eq_ignore_ascii_case(rule));
            if let Some((rule, help)) = rule {
                let message = format!("`@{rule}` cannot be used here");
                self.say(Code::InvalidStyle, at..at + 1 + rule.len(), message, help);
            }
        }
    }

    fn fetches(&mut self, text: &str) {
        let lower = self.blank.to_ascii_lowercase();
        for function in FETCHES {
            for (at, _) in lower.match_indices(function) {
                let before = lower[..at].bytes().next_back();
                if before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'-') {
                    continue;
                }
                let end = lower[at..].find(')').map_or(lower.len(), |end| at + end + 1);
                let message = format!("`{}` fetches a file", text[at..end].trim());
                let help = "an EPUB's styles have nothing but themselves: remove it";
                self.say(Code::InvalidStyle, at..end, message, help);
            }
        }
    }

    fn declaration(&mut self, declaration: &Declaration) {
        let Declaration { property, value, range } = declaration;
        let words = || value.split([' ', '\n', '\t', ',', '/']).filter(|word| !word.is_empty());
        if DIRECTION.contains(&property.as_str()) {
            let message = format!("`{property}` is forbidden in an EPUB");
            let help = "the direction of text comes from the language of book and chapter";
            self.say(Code::InvalidStyle, range.clone(), message, help);
        } else if COLOURS.contains(&property.as_str()) {
            if words().any(|word| !NO_COLOUR.contains(&word)) {
                let message = format!("`{property}` is fixed: `{value}`");
                let help = "leave colours to the reader, whose page may be white, sepia or black; \
                            `currentColor` is always right for lines and borders";
                self.say(Code::FixedStyle, range.clone(), message, help);
            }
        } else if matches!(property.as_str(), "font-size" | "font" | "line-height")
            && words().any(has_fixed_unit)
        {
            let message = format!("`{property}` is fixed: `{value}`");
            let help = "measure in `em`, `rem` or `%`, which follow the reader's size of text";
            self.say(Code::FixedStyle, range.clone(), message, help);
        }
    }
}

/// Bytes of a string with its quotes; `None` if the line ends first (CSS Syntax 3 §4.3.5).
fn end_of_string(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return None,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Everything between braces and semicolons that is no selector and no rule.
fn declarations(blank: &str) -> Vec<Declaration> {
    let mut found = Vec::new();
    let (mut start, mut depth, mut round) = (0, 0usize, 0usize);
    for (at, c) in blank.char_indices() {
        match c {
            '(' => round += 1,
            ')' => round = round.saturating_sub(1),
            ';' | '}' if round == 0 || c == '}' => {
                if depth > 0 {
                    found.extend(declaration(blank, start..at));
                }
                if c == '}' {
                    (depth, round) = (depth.saturating_sub(1), 0);
                }
                start = at + 1;
            }
            '{' => (depth, start, round) = (depth + 1, at + 1, 0),
            _ => {}
        }
    }
    found
}

fn declaration(blank: &str, range: Range<usize>) -> Option<Declaration> {
    let text = &blank[range.clone()];
    let (property, value) = text.split_once(':')?;
    let start = range.start + (text.len() - text.trim_start().len());
    let end = range.start + text.trim_end().len();
    Some(Declaration {
        property: property.trim().to_ascii_lowercase(),
        value: value.trim().to_ascii_lowercase(),
        range: start..end.max(start),
    })
}

/// Whether a word is a number with an absolute unit.
fn has_fixed_unit(word: &str) -> bool {
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = |text: &str| !text.is_empty() && text.parse::<f64>().is_ok_and(|n| n != 0.0);
    is_number(number) && FIXED_UNITS.contains(&&word[number.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let mut diagnostics = Diagnostics::default();
        check(text, FileId(0), &mut diagnostics);
        diagnostics.iter().map(|d| d.message.clone()).collect()
    }

    #[test]
    fn styles_that_leave_the_reader_a_choice_are_sound() {
        let sound = "/* url(x) { @import */ h1 { color: inherit; border: 1px solid currentColor }\n\
                     p::before { content: \"color: red; } \\\" url(\" } @media (min-width: 40em) {\n\
                     p { font-size: 1.1em; background: transparent !important; line-height: 1.2 } }";
        assert_eq!(said(sound), [""; 0]);
        assert_eq!(said(""), [""; 0]);
    }

    #[test]
    fn what_fetches_or_fixes_is_told() {
        assert_eq!(said("@import \"x.css\";"), ["`@import` cannot be used here"]);
        assert_eq!(said("p { background: none url( 'a;b' ) }")[0], "`url( 'a;b' )` fetches a file");
        assert_eq!(said("p { COLOR: Red }"), ["`color` is fixed: `red`"]);
        assert_eq!(said("p { color: rgb(1, 2; 3) }").len(), 1);
        assert_eq!(said("p { font: 12pt/1.2 serif }").len(), 1);
        assert_eq!(said("p { direction: rtl; } q { unicode-bidi: embed }").len(), 2);
    }

    #[test]
    fn what_has_no_end_is_told_and_nothing_panics() {
        assert_eq!(said("p { color: inherit"), ["`}` is missing"]);
        assert_eq!(said("p } ("), ["`}` closes nothing", "`)` is missing"]);
        assert_eq!(said("/* never"), ["the comment has no end"]);
        assert_eq!(said("p { content: \"never\n}"), ["the string has no end"]);
        for text in ["'", "\"\\", "@", "/", "url(", "ø{é:ü", "*/", "p{:}", "(;", "@é"] {
            said(text);
        }
    }
}
