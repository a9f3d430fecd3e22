//! Inputs that no language has, and what goes on around languages. What each language looks like is
//! in `tests/cases/listings`.

use super::*;

fn highlight(language: &str, text: &str) -> Vec<CodeLine> {
    let mut lines: Vec<_> = text.lines().map(|line| CodeLine::plain(line.to_owned())).collect();
    Reader::default().listing(Some(language), &mut lines);
    lines
}

fn tokens(language: &str, text: &str) -> Vec<(CodeRole, String)> {
    let lines = highlight(language, text);
    let tokens = lines.iter().flat_map(CodeLine::tokens);
    tokens.map(|(role, token)| (role, token.to_owned())).collect()
}

/// One name of each language that needs no grammar.
fn own() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|language| language.names[0]).chain(["yaml", "html", "diff", "console"])
}

#[test]
fn answers_of_a_session_are_plain() {
    let tokens = tokens("console", "$ echo 'a'\nIt isn't 'b'\n$ echo 'c'\n");
    let strings: Vec<_> = tokens.iter().filter(|t| t.0 == CodeRole::String).collect();
    assert_eq!(strings.len(), 2, "{tokens:?}");
    assert!(tokens.contains(&(CodeRole::Plain, "It isn't 'b'".to_owned())), "{tokens:?}");
}

#[test]
fn languages_have_names_of_their_own_and_words_have_one_role() {
    let names = ALL.iter().flat_map(|language| language.names);
    let mut names: Vec<_> =
        names.chain(&YAML).chain(&MARKUP).chain(&DIFF).chain(&SESSIONS).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    assert!(names.iter().all(|name| **name == name.to_ascii_lowercase()));
    for language in ALL {
        let listed = language.words.iter().map(|(_, words)| *words);
        let heads = language.heads.iter().map(|(_, words)| *words);
        let mut words: Vec<_> = listed.chain(heads).flat_map(str::split_whitespace).collect();
        words.sort_unstable();
        let twice: Vec<_> = words.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{}: {twice:?}", language.names[0]);
        let folded = |word: &&str| !language.folded || **word == word.to_ascii_lowercase();
        assert!(words.iter().all(folded), "{}", language.names[0]);
    }
}

#[test]
fn a_language_has_the_same_names_in_capitals() {
    assert_eq!(tokens("Rust", "fn a"), tokens("rs", "fn a"));
    assert_eq!(tokens("YAML", "a: 1"), tokens("yml", "a: 1"));
    assert_eq!(tokens("text", "fn a"), [(CodeRole::Plain, "fn a".to_owned())]);
    assert_eq!(tokens("no such language", "fn a"), [(CodeRole::Plain, "fn a".to_owned())]);
}

/// Pieces that mean much to some language.
const PIECES: [&str; 66] = [
    "\"",
    "'",
    "`",
    "\"\"\"",
    "'''",
    "\\",
    "/*",
    "*/",
    "//",
    "#",
    "--",
    "{-",
    "-}",
    "<!--",
    "-->",
    "[[",
    "]]",
    "--[[",
    "<",
    ">",
    "&",
    ";",
    ":",
    ": ",
    "- ",
    "| ",
    ">-",
    "{",
    "}",
    "{{",
    "${",
    "$(",
    ")",
    "#{",
    "\\(",
    "[",
    "]",
    "#[",
    "@",
    "$",
    "!",
    "=",
    "==",
    " = ",
    "<<EOF",
    "<<~'A b'",
    "EOF",
    "r#",
    "b",
    "f",
    "0x",
    "1.",
    "1e-",
    "'a",
    "é",
    "日本",
    "\u{a0}",
    "\u{3000}",
    "\u{1F600}",
    " ",
    "   ",
    "fn ",
    "class ",
    "for ",
    "rem ",
    "_",
];

/// Such pieces put together at random: the tokens are the lines.
#[test]
fn tokens_put_together_are_the_listing() {
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % below
    };
    for language in own() {
        for _ in 0..150 {
            let lines: Vec<String> = (0..8)
                .map(|_| (0..next(12)).map(|_| PIECES[next(PIECES.len())]).collect())
                .collect();
            for (line, coloured) in lines.iter().zip(highlight(language, &lines.join("\n"))) {
                assert!(
                    coloured.tokens().all(|(_, token)| !token.is_empty()),
                    "{language}: {line}"
                );
                let whole: String = coloured.tokens().map(|(_, token)| token).collect();
                assert_eq!(whole, *line, "{language}");
            }
        }
    }
}

/// Bytes of a long line.
const LONG: usize = 20_000;

/// Where something began, a reader that looks again and again for its end would take hours here.
#[test]
fn long_lines_take_time_that_grows_with_them() {
    let beginnings = [
        "a", "\"", "'", "`", "/*", "{-", "<!--", "${", "\"${", "\"{", "{", "[", "#[", "\\", "a ",
        "a:", "a = ", "&", "&a", "<a ", "'\\", "<<A", "1.", "1e", "é", "--[[", "$(", "\"$(", " ",
        "- ", "[\"", "'''", "@a.", "<#",
    ];
    for language in own() {
        for beginning in beginnings {
            let line = beginning.repeat(LONG / beginning.len());
            assert_eq!(highlight(language, &format!("{line}\n{line}")).len(), 2);
        }
    }
}
