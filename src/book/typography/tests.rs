//! What a good compositor would do, line by line.

use super::{Style, set, set_str};
use crate::book::types::{Inline, Language, NoteId, Target};
use crate::source::{FileId, Sources, Span};

fn en(text: &str) -> String {
    set_str(text, &Language("en-US".into()))
}

fn de(text: &str) -> String {
    set_str(text, &Language("de-DE".into()))
}

fn fr(text: &str) -> String {
    set_str(text, &Language("fr".into())).replace('\u{202F}', "_").replace('\u{A0}', "~")
}

const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

fn text(s: &str) -> Inline {
    Inline::Text(s.into(), SPAN)
}

fn code(s: &str) -> Inline {
    Inline::Code(s.into(), SPAN)
}

fn row(mut inlines: Vec<Inline>) -> String {
    set(&mut inlines, Style::of(&Language("en".into())), &Sources::default());
    let mut out = String::new();
    inlines.iter().for_each(|i| i.push_plain(&mut out));
    out
}

#[test]
fn double_and_single_quotes_open_and_close() {
    assert_eq!(en(r#"He said "yes" and left."#), "He said “yes” and left.");
    assert_eq!(en("the 'phone' and the 'line'"), "the ‘phone’ and the ‘line’");
    assert_eq!(en(r#"("quoted")"#), "(“quoted”)");
    assert_eq!(en(r#""One," she said, "two.""#), "“One,” she said, “two.”");
    assert_eq!(en(r#"an em dash---"like this"---and on"#), "an em dash—“like this”—and on");
    assert_eq!(en(r#""I thought---" he began"#), "“I thought—” he began");
    assert_eq!(en(r#""I thought---", he began"#), "“I thought—”, he began");
    assert_eq!(en(r#"key="value""#), "key=“value”");
    assert_eq!(en(r#"the "." character"#), "the “.” character");
}

#[test]
fn quotes_nest() {
    assert_eq!(en(r#""She said 'no' twice.""#), "“She said ‘no’ twice.”");
    assert_eq!(en(r#""She said 'no.'""#), "“She said ‘no.’”");
    assert_eq!(en(r#"'He wrote "yes" to me'"#), "‘He wrote “yes” to me’");
    assert_eq!(en(r#"'"Yes" is a word'"#), "‘“Yes” is a word’");
    assert_eq!(en(r#""'Yes' is a word""#), "“‘Yes’ is a word”");
    assert_eq!(en(r#""He said "yes" to it""#), "“He said “yes” to it”");
}

#[test]
fn apostrophes_are_not_quotes() {
    assert_eq!(en("It's the dogs' day, isn't it?"), "It’s the dogs’ day, isn’t it?");
    assert_eq!(en("music of the '90s and '18"), "music of the ’90s and ’18");
    assert_eq!(en("'90s music isn't bad"), "’90s music isn’t bad");
    assert_eq!(en("rock 'n' roll, 'tis said; get 'em"), "rock ’n’ roll, ’tis said; get ’em");
    assert_eq!(
        en(r#""'Tis the season," said the dogs' owner"#),
        "“’Tis the season,” said the dogs’ owner"
    );
    assert_eq!(en(r#""'Phone home," said the dogs' owner"#), "“’Phone home,” said the dogs’ owner");
    assert_eq!(en("the 1990s' end, 2018's start"), "the 1990s’ end, 2018’s start");
    assert_eq!(en("'He said \"the dogs' bowl\"'"), "‘He said “the dogs’ bowl”’");
    assert_eq!(en("the U.S.'s part"), "the U.S.’s part");
}

#[test]
fn what_is_no_quote_stays() {
    assert_eq!(en("3 x 4"), "3 x 4");
    assert_eq!(en("a 5\" disk, 6' tall"), "a 5\" disk, 6' tall");
    assert_eq!(en("a \" b"), "a \" b");
    assert_eq!(en("a ' b"), "a ' b");
    assert_eq!(en("\""), "\"");
    assert_eq!(en(""), "");
}

#[test]
fn an_open_quote_at_the_start_of_a_paragraph_needs_no_end() {
    assert_eq!(en("\"First paragraph of a long speech."), "“First paragraph of a long speech.");
    assert_eq!(en("and its last words.\""), "and its last words.”");
}

#[test]
fn dashes_and_ellipses() {
    assert_eq!(en("1914--1918, a---b, a -- b"), "1914–1918, a—b, a – b");
    assert_eq!(en("wait... what"), "wait… what");
    assert_eq!(en("The end.... Then"), "The end.… Then");
    assert_eq!(en("----- and ....."), "----- and .....");
    assert_eq!(en("run it with --force"), "run it with --force");
    assert_eq!(en("a --> b <-- c"), "a --> b <-- c");
}

#[test]
fn spaces_hold_before_units_and_behind_abbreviations() {
    let show = |s: &str| en(s).replace('\u{A0}', "~");
    assert_eq!(show("10 km at 3.5 GB, 20 % (5 ms)."), "10~km at 3.5~GB, 20~% (5~ms).");
    assert_eq!(show("10–20 kg"), "10–20~kg");
    assert_eq!(show("see p. 12, No. 3 and Fig. 4"), "see p.~12, No.~3 and Fig.~4");
    assert_eq!(show("No. That is it. 3 pods"), "No. That is it. 3 pods");
    assert_eq!(show("in 2018 most of v2 GB"), "in 2018 most of v2 GB");
}

#[test]
fn german() {
    assert_eq!(de(r#"Er sagte "ja" und 'nein'."#), "Er sagte „ja“ und ‚nein‘.");
    assert_eq!(de(r#""Sie rief 'halt' und lief.""#), "„Sie rief ‚halt‘ und lief.“");
    assert_eq!(de("Das ist's, wie geht's?"), "Das ist’s, wie geht’s?");
    assert_eq!(de("z. B. auf S. 12").replace('\u{A0}', "~"), "z.~B. auf S.~12");
    let swiss = set_str("\"ja\"", &Language("de-CH".into()));
    assert_eq!(swiss, "«ja»");
}

#[test]
fn french() {
    assert_eq!(fr(r#"Il dit "oui" !"#), "Il dit «_oui_»_!");
    assert_eq!(fr("Quoi? Non; oui: bien!"), "Quoi_? Non_; oui_: bien_!");
    assert_eq!(fr("Quoi ?! « oui »"), "Quoi_?! «_oui_»");
    assert_eq!(fr("à 14:00, https://x.org, n° 3"), "à 14:00, https://x.org, n°~3");
    assert_eq!(fr("l'eau, aujourd'hui"), "l’eau, aujourd’hui");
    assert_eq!(fr(r#""Il a dit 'non' hier""#), "«_Il a dit “non” hier_»");
    let canada = set_str("Quoi? Oui: \"bien\"", &Language("fr-CA".into()));
    assert_eq!(canada.replace('\u{A0}', "~"), "Quoi? Oui~: «~bien~»");
    // One space is enough for nothing.
    let canada = set_str("«»", &Language("fr-CA".into()));
    assert_eq!(canada, "«\u{A0}»");
}

#[test]
fn other_languages_have_their_own() {
    assert_eq!(set_str("\"a 'b'\"", &Language("sv".into())), "”a ’b’”");
    assert_eq!(set_str("\"a\"", &Language("ru-RU".into())), "«a»");
    assert_eq!(set_str("\"a\"", &Language("xx".into())), "“a”");
}

#[test]
fn quotes_see_across_marks() {
    assert_eq!(
        row(vec![text("a \""), Inline::Emphasis(vec![text("word")]), text("\" b")]),
        "a “word” b"
    );
    assert_eq!(row(vec![Inline::Strong(vec![text("\"word\"")]), text("'s")]), "“word”’s");
    assert_eq!(
        row(vec![text("\""), code("\"x\" --y..."), text("\" and "), code("x"), text("'s")]),
        "“\"x\" --y...” and x’s"
    );
    assert_eq!(row(vec![text("l'"), Inline::Emphasis(vec![text("eau")])]), "l’eau");
    assert_eq!(
        row(vec![text("\"word\""), Inline::Note(NoteId(0), SPAN), text(" \"next\"")]),
        "“word” “next”"
    );
    assert_eq!(row(vec![text("\"a\""), Inline::Break, text("\"b\"")]), "“a” “b”");
    assert_eq!(row(vec![text("10"), text(" "), Inline::Emphasis(vec![text("km")])]), "10\u{A0}km");
}

#[test]
fn a_foreign_phrase_has_its_own_quotes() {
    let german = Inline::Foreign(Language("de".into()), vec![text("\"ja\"")]);
    assert_eq!(row(vec![text("she said "), german, text(" \"yes\"")]), "she said „ja“ “yes”");
}

#[test]
fn an_address_shown_as_itself_stays() {
    let url = "https://example.org/a--b...";
    let link = |shown: &str| Inline::Link {
        target: Target::Url(url.into()),
        content: vec![text(shown)],
        span: SPAN,
    };
    assert_eq!(row(vec![text("\""), link(url), text("\"")]), format!("“{url}”"));
    assert_eq!(row(vec![link("example.org/a--b...")]), "example.org/a--b...");
    assert_eq!(row(vec![link("a--b...")]), "a–b…");
}

#[test]
fn a_backslash_keeps_a_character() {
    let mut sources = Sources::default();
    let file = sources.add("a.md", r#"x \"y \\" and "z" \'w"#);
    let mut inlines = vec![
        Inline::Text(r#"x "y \" and "z" "#.into(), Span::new(file, 0..18)),
        Inline::Text("'w".into(), Span::new(file, 19..21)),
    ];
    set(&mut inlines, Style::of(&Language("en".into())), &sources);
    let mut out = String::new();
    inlines.iter().for_each(|i| i.push_plain(&mut out));
    assert_eq!(out, r#"x "y \” and “z” 'w"#);
}

#[test]
fn what_becomes_longer_moves_what_a_backslash_keeps() {
    let mut sources = Sources::default();
    let source = r#"1--2... \"a" and "b" \'c"#;
    let file = sources.add("a.md", source);
    let text = r#"1--2... "a" and "b" 'c"#;
    let end = u32::try_from(source.len()).unwrap_or(0);
    let mut inlines = vec![Inline::Text(text.into(), Span { file, start: 0, end })];
    set(&mut inlines, Style::of(&Language("en".into())), &sources);
    let mut out = String::new();
    inlines.iter().for_each(|i| i.push_plain(&mut out));
    assert_eq!(out, "1–2… \"a” and “b” 'c");
}
