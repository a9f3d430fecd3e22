//! What a fence says about its listing: ```` ```rust,numbered title="src/main.rs" ````.
//!
//! There is no standard for the words behind the fence, only habits. Read are a language first,
//! then words and `key=value` pairs parted by blanks or commas, with or without braces and, in
//! pandoc's manner, a dot before each word (`{.rust .numberLines startFrom="10"}`). Names that other
//! programs have for the same thing are understood. Words that mean nothing here (`ignore`,
//! `editable`, …) are left alone: they speak to other programs.

use std::ops::Range;

/// A fence, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fence {
    /// The language: the first word that is no attribute.
    pub language: Option<String>,
    /// The number of the first line, when lines are numbered.
    pub numbered: Option<u64>,
    /// The name of the file, or another title to be shown as it is written.
    pub title: Option<String>,
    /// Words about it.
    pub caption: Option<String>,
    /// The lines that are pointed out, from 0.
    pub highlighted: Vec<Range<usize>>,
    /// Keys with values that say nothing.
    pub wrong: Vec<(&'static str, String)>,
}

/// Most lines of one range that are pointed out; no listing is longer.
const LONGEST: usize = 100_000;

/// Reads the words behind a fence.
pub(super) fn read(info: &str) -> Fence {
    let mut fence = Fence::default();
    for (at, (key, value)) in pieces(info).into_iter().enumerate() {
        match value {
            Some(value) => fence.pair(&key, value),
            None => fence.word(&key, at == 0),
        }
    }
    fence
}

impl Fence {
    fn word(&mut self, word: &str, is_first: bool) {
        let (bare, has_dot) =
            word.strip_prefix('.').map_or((word, false), |bare| (bare, !bare.is_empty()));
        match bare {
            "numbered" | "numberLines" | "number-lines" | "showLineNumbers" | "linenos" => {
                self.numbered.get_or_insert(1);
            }
            _ if word.starts_with('#') || word.starts_with('=') => {}
            // `{1,3-4}`: lines to be pointed out, as Docusaurus has them.
            _ if !is_first && bare.starts_with(|c: char| c.is_ascii_digit()) => {
                self.highlight(bare);
            }
            _ if is_first || has_dot => {
                self.language.get_or_insert_with(|| bare.to_owned());
            }
            _ => {}
        }
    }

    fn pair(&mut self, key: &str, value: String) {
        match key {
            "start" | "startFrom" | "linenums" | "linenostart" => match value.parse() {
                Ok(first) => self.numbered = Some(first),
                Err(_) => self.wrong.push(("start", value)),
            },
            "title" | "filename" if !value.trim().is_empty() => self.title = Some(value),
            "caption" if !value.trim().is_empty() => self.caption = Some(value),
            "highlight" | "hl_lines" => self.highlight(&value),
            _ => {}
        }
    }

    /// `2-4,7`
    fn highlight(&mut self, value: &str) {
        for part in value.split([',', ' ']).filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            match (first.parse::<usize>(), last.parse::<usize>()) {
                (Ok(first), Ok(last)) if 0 < first && first <= last && last <= LONGEST => {
                    self.highlighted.push(first - 1..last);
                }
                _ => self.wrong.push(("highlight", part.to_owned())),
            }
        }
    }
}

/// Words and pairs in order. A value may be quoted, and then holds blanks, commas and braces.
fn pieces(info: &str) -> Vec<(String, Option<String>)> {
    let mut pieces = Vec::new();
    let mut rest = info;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}'));
        if rest.is_empty() {
            return pieces;
        }
        let end = |text: &str, also: &[char]| {
            let stop = |c: char| c.is_whitespace() || c == '}' || also.contains(&c);
            text.find(stop).unwrap_or(text.len())
        };
        let key_end = end(rest, &[',', '=', '{']);
        let (key, after) = rest.split_at(key_end);
        let Some(value) = after.strip_prefix('=').filter(|_| !key.is_empty()) else {
            let is_equals = key.is_empty();
            rest = if is_equals { after.get(1..).unwrap_or("") } else { after };
            pieces.extend((!is_equals).then(|| (key.to_owned(), None)));
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let inner = quote.and_then(|quote| {
            let inner = value.strip_prefix(quote)?;
            inner.find(quote).map(|end| (&inner[..end], &inner[end + quote.len_utf8()..]))
        });
        // Without quotes a comma parts attributes, but `2-4,7` goes on with digits.
        let (value, after) = inner.unwrap_or_else(|| value.split_at(bare_end(value, end)));
        pieces.push((key.to_owned(), Some(value.to_owned())));
        rest = after;
    }
}

/// Where a value without quotes ends.
fn bare_end(value: &str, end: impl Fn(&str, &[char]) -> usize) -> usize {
    let end = end(value, &[]);
    let mut commas = value[..end].match_indices(',');
    let is_digit = |at: usize| value[at..].starts_with(|c: char| c.is_ascii_digit());
    commas.find(|(at, _)| !is_digit(at + 1)).map_or(end, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(info: &str) -> Option<String> {
        read(info).language
    }

    #[test]
    fn the_language_is_the_first_word() {
        assert_eq!(language("rust"), Some("rust".to_owned()));
        assert_eq!(language("rust,ignore"), Some("rust".to_owned()));
        assert_eq!(language("rust {1,3}"), Some("rust".to_owned()));
        assert_eq!(language(" {.python .numberLines}"), Some("python".to_owned()));
        assert_eq!(language("{.numbered}"), None);
        assert_eq!(language("c++"), Some("c++".to_owned()));
        assert_eq!(language(""), None);
        assert_eq!(language("title=\"a b\""), None);
    }

    #[test]
    fn lines_are_numbered_on_request() {
        assert_eq!(read("rust").numbered, None);
        assert_eq!(read("rust,numbered").numbered, Some(1));
        assert_eq!(read("rust numbered start=10").numbered, Some(10));
        assert_eq!(read("{.rust .numberLines startFrom=\"100\"}").numbered, Some(100));
        assert_eq!(read("py linenums=\"7\"").numbered, Some(7));
        assert_eq!(read("py start=x").wrong, [("start", "x".to_owned())]);
    }

    #[test]
    fn titles_and_captions_may_hold_anything_between_quotes() {
        let fence = read("rust title=\"src/{a, b}.rs\" caption='It\"s = so'");
        assert_eq!(fence.title.as_deref(), Some("src/{a, b}.rs"));
        assert_eq!(fence.caption.as_deref(), Some("It\"s = so"));
        assert_eq!(read("rust title=\"open").title.as_deref(), Some("\"open"));
    }

    #[test]
    fn lines_are_pointed_out() {
        assert_eq!(read("rust highlight=2-4,7").highlighted, [1..4, 6..7]);
        assert_eq!(read("rust,highlight=2,4,numbered").highlighted, [1..2, 3..4]);
        assert_eq!(read("rust,highlight=2,numbered").numbered, Some(1));
        assert_eq!(read("py hl_lines=\"1 3\"").highlighted, [0..1, 2..3]);
        assert_eq!(read("rust {1,3-4}").highlighted, [0..1, 2..4]);
        assert_eq!(read("rust highlight=4-2").wrong, [("highlight", "4-2".to_owned())]);
    }
}
