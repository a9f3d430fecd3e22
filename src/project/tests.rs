//! Whole projects, built in memory.

use super::*;
use crate::diag::Diagnostics;
use crate::geom::{Length, Size};
use std::collections::BTreeMap;

const BOOK: &str = "[book]\ntitle = \"A\"\nlanguage = \"en\"\n[contents]\nchapters = [\"a.md\"]\n";

fn store(files: &[(&str, &[u8])]) -> Store {
    let files: BTreeMap<_, _> =
        files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    Store::Memory(files)
}

fn load_all(files: &[(&str, &[u8])]) -> (Option<Project>, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let project = load(store(files), &mut diagnostics).expect("memory does not fail");
    let lines = diagnostics
        .iter()
        .map(|d| {
            let place = match (&project, d.span) {
                (Some(project), Some(span)) => project.sources.place(span),
                (None, Some(span)) => format!("{}..{}", span.start, span.end),
                (_, None) => "-".to_owned(),
            };
            let help = d.help.as_deref().map(|h| format!(" ({h})")).unwrap_or_default();
            format!("{place} {}: {}{help}", d.code.name(), d.message)
        })
        .collect();
    (project, lines)
}

fn load_book(book: &str) -> (Project, Vec<String>) {
    let (project, lines) = load_all(&[("book.toml", book.as_bytes()), ("a.md", b"# A\n")]);
    (project.expect("the book can be read"), lines)
}

#[test]
fn the_least_book_has_sensible_defaults() {
    let (project, lines) = load_book(BOOK);
    assert_eq!(lines, [] as [&str; 0]);
    let book = &project.config.book;
    assert_eq!((book.slug.as_str(), book.version.as_str()), ("a", "1.0.0"));
    assert!(book.identifier.starts_with("urn:uuid:"));
    assert_eq!(project.sources.place(book.span), "book.toml:2:9");
    assert_eq!(project.config.photos.folder, "images");
    assert_eq!(project.config.photos.register, "images/credits.toml");
    let [edition] = project.config.editions.as_slice() else { panic!("one edition") };
    assert_eq!(edition.name, "book");
    assert_eq!(edition.page, Size::new(Length::mm(148), Length::mm(210)));
    let margins = Margins {
        top: Length::mm(18),
        inner: Length::mm(20),
        outer: Length::mm(16),
        bottom: Length::mm(21),
    };
    assert_eq!(edition.margins, margins);
    assert_eq!(edition.leading, Length::milli_pt(13_500));
    assert!(edition.mirrored && edition.opening == Opening::Recto);
    let chapters: Vec<_> = project.chapters().map(|c| c.path.as_str()).collect();
    assert_eq!(chapters, ["a.md"]);
}

#[test]
fn everything_that_can_be_said_is_understood() {
    let book = r#"
[book]
slug = "x-1"
version = "2.0"
title = """Two
  lines"""
subtitle = "S"
language = "de-CH"
identifier = "978-3-16-148410-0"
authors = ["Liz Rice", { name = "Vitaly Bezgachev", sort = "Bezgachev, V." }]
editors = ["E"]
date = 2018-05-04
series = { name = "Notes", position = "3" }
subjects = ["a", "b"]
edit-url = "https://example.org/{file}"
[contents]
chapters = ["a.md", { part = "P", chapters = ["b/../c.md"] }, { part = "Q", chapters = "q" }]
[photos]
folder = "../images"
register = "../images/credits.toml"
cover = "cover.jpg"
policy = "warn"
[hyphenation]
Kubernetes = "Ku-ber-ne-tes"
[edition.handout]
page = "A4"
open = "run-on"
links = "notes"
contents = "first-page"
folio = "of-total"
margins = { inner = "30mm" }
text-size = "12pt"
[edition.book]
page = "6x9in"
mirrored = false
leading = "14pt"
"#;
    let files: [(&str, &[u8]); 6] = [
        ("book.toml", book.as_bytes()),
        ("a.md", b"\xEF\xBB\xBFa\r\nb"),
        ("c.md", b"c"),
        ("q/2.md", b"2"),
        ("q/1.md", b"1"),
        ("../images/credits.toml", b""),
    ];
    let (project, lines) = load_all(&files);
    assert_eq!(lines, [] as [&str; 0]);
    let project = project.expect("it loads");
    let book = &project.config.book;
    assert_eq!(book.title, "Two lines");
    assert_eq!(book.identifier, "urn:isbn:9783161484100");
    assert_eq!(book.date, Some((2018, 5, 4)));
    assert_eq!(book.series, Some(("Notes".to_owned(), Some("3".to_owned()))));
    let people: Vec<_> = book.people.iter().map(|p| (p.name.as_str(), p.role)).collect();
    assert_eq!(people, [("Liz Rice", "aut"), ("Vitaly Bezgachev", "aut"), ("E", "edt")]);
    assert_eq!(book.people[1].sort.as_deref(), Some("Bezgachev, V."));
    let chapters: Vec<_> = project.chapters().map(|c| c.path.as_str()).collect();
    assert_eq!(chapters, ["a.md", "c.md", "q/1.md", "q/2.md"]);
    let first = project.chapters().next().expect("there are four").file;
    assert_eq!(project.sources.get(first).text, "a\r\nb");
    assert!(project.register.is_some());
    assert_eq!(project.config.hyphenation["kubernetes"], ["ku", "ber", "ne", "tes"]);
    let [handout, book] = project.config.editions.as_slice() else { panic!("two editions") };
    assert_eq!((handout.name.as_str(), book.name.as_str()), ("handout", "book"));
    assert_eq!(handout.margins.inner, Length::mm(30));
    assert_eq!(handout.margins.outer, Length::mm(33));
    assert_eq!(handout.leading, Length::milli_pt(16_250));
    assert_eq!(handout.links, LinkPolicy::Notes);
    assert_eq!(handout.folio, Folio::OfTotal);
    assert!(!book.mirrored && book.opening == Opening::Page);
    assert_eq!(book.leading, Length::pt(14));
}

/// In the order in which the tables are read; whoever shows them sorts them.
const MANY_MISTAKES: &str = r#"
book.toml:11:1 invalid-config: `title` is given twice (remove one of them)
book.toml:10:9 invalid-config: `title` must be a string, but it is an integer
book.toml:3:8 invalid-value: `a b` is no file name stem (use ASCII letters, digits and hyphens: `a-b`)
book.toml:5:12 invalid-value: `en_US` is no language tag (did you mean `en-US`?)
book.toml:6:14 invalid-identifier: the check digit of ISBN `9783161484101` is wrong (if the other digits are right, it is 0: compare with your ISBN)
book.toml:4:11 invalid-value: `1/2` is no version (use ASCII letters, digits, `.`, `-`, `+` and `_`: `1.0.0`)
book.toml:7:12 invalid-value: a name is empty
book.toml:7:16 missing-key: `authors` has no `name` (add `name = "…"`)
book.toml:7:18 unknown-key: there is no key `authors.nam` (did you mean `name`?)
book.toml:7:31 invalid-config: `authors` must be a list of names or of `{ name = "…", sort = "…" }`, but it is an integer
book.toml:8:8 invalid-value: `date` is no day (write year, month and day: `2018-05-04`)
book.toml:9:12 invalid-value: `example.org` is no address of a page (write `https://…/{file}`)
book.toml:2:1 unknown-key: there is no key `book.subtitel` (did you mean `subtitle`?)
book.toml:13:88 invalid-value: `chapters` names no chapter
book.toml:13:73 invalid-value: a part has no title
book.toml:16:12 path-outside: `../credits.toml` leads out of the folders of the book (name a file in the folder of `book.toml`)
book.toml:17:10 invalid-value: `lax` is no value of `policy` (write `strict` or `warn`)
book.toml:19:8 invalid-value: the pieces of `wo-rt` do not make the word `word` (write the word with a hyphen wherever it may break: `ku-ber-ne-tes`)
book.toml:20:10 invalid-value: `Book` is no name of an edition (use small ASCII letters, digits and hyphens: files are named after it)
book.toml:23:8 invalid-value: `A55` is no page size (did you mean `A5`?)
book.toml:25:68 invalid-value: `bottom` is negative
book.toml:25:45 unknown-key: there is no key `edition.small.margins.tops` (did you mean `top`?)
book.toml:24:8 invalid-value: `rekto` is no value of `open` (did you mean `recto`?)
book.toml:26:13 invalid-value: `text-size` is out of its range (it is from 4pt to 72pt here)
book.toml:27:11 invalid-config: `leading` must be a length with its unit, such as `"20mm"`, but it is an integer
book.toml:25:11 invalid-value: the margins `inner` and `outer` leave 0pt for the text (leave at least 36pt)
book.toml:29:8 invalid-value: a page of `10mm x 10mm` cannot be made (sides are from 30mm to 200in)
book.toml:30:2 unknown-key: there is no key `editions` (did you mean `edition`?)
book.toml:13:21 missing-chapter: there is no file `nope.md` (write the path relative to the folder of `book.toml`)
book.toml:13:32 path-outside: `../out.md` leads out of the folders of the book (name a file in the folder of `book.toml`)
book.toml:13:45 path-outside: `/abs.md` is an absolute path (write it relative to the folder of `book.toml`)
book.toml:13:56 invalid-value: `a.md` is listed twice
"#;

#[test]
fn many_mistakes_are_all_reported_at_their_places() {
    let book = r#"[book]
subtitel = "S"
slug = "a b"
version = "1/2"
language = "en_US"
identifier = "9783161484101"
authors = ["", { nam = "x" }, 3]
date = "2018-02-30"
edit-url = "example.org"
title = 5
title = "again"
[contents]
chapters = ["a.md", "nope.md", "../out.md", "/abs.md", "a.md", { part = "", chapters = [] }]
[photos]
folder = "pics"
register = "../credits.toml"
policy = "lax"
[hyphenation]
word = "wo-rt"
[edition.Book]
page = "A5"
[edition.small]
page = "A55"
open = "rekto"
margins = { inner = "80mm", outer = "70mm", tops = "1mm", bottom = "-1mm" }
text-size = "100pt"
leading = 12
[edition.flat]
page = "10mm x 10mm"
[editions]
"#;
    let (project, lines) = load_book(book);
    assert_eq!(lines.join("\n"), MANY_MISTAKES.trim());
    assert_eq!(project.chapters().count(), 1);
}

#[test]
fn a_folder_without_a_book_says_so() {
    let (project, lines) = load_all(&[]);
    assert!(project.is_none());
    assert_eq!(lines.len(), 1);
    assert!(lines[0].starts_with("- invalid-config: there is no `book.toml`"), "{lines:?}");
}

#[test]
fn bytes_that_are_no_utf8_are_reported_at_the_first_of_them() {
    let (project, lines) = load_all(&[
        ("book.toml", BOOK.as_bytes()),
        ("a.md", b"\xEF\xBB\xBFone\nt\xC3\xA9w\xE9o\xFF"),
    ]);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("a.md:2:4 invalid-utf8: `a.md` is not UTF-8: the byte 0xE9"));
    let project = project.expect("it goes on");
    let chapter = project.chapters().next().expect("it is there");
    assert_eq!(project.sources.get(chapter.file).text, "one\ntéw\u{FFFD}o\u{FFFD}");
}

#[test]
fn a_text_beyond_the_bound_is_refused() {
    let large = vec![b' '; usize::try_from(TEXT_LIMIT).expect("it fits") + 1];
    let (project, lines) = load_all(&[("book.toml", BOOK.as_bytes()), ("a.md", &large)]);
    assert_eq!(project.expect("it goes on").chapters().count(), 0);
    assert!(lines[0].starts_with("book.toml:5:13 file-too-large: "), "{lines:?}");
}

#[test]
fn pictures_are_found_from_the_chapter_and_from_their_folder() {
    let book = BOOK.replace("a.md", "text/a.md") + "[photos]\nfolder = \"../images\"\n";
    let (project, lines) = load_all(&[
        ("book.toml", book.as_bytes()),
        ("text/a.md", b""),
        ("text/beside.jpg", b""),
        ("../images/harbour.jpg", b""),
        ("../images/day 3/hall.jpg", b""),
        ("../images/100%25.jpg", b""),
        ("../secret.jpg", b""),
    ]);
    assert_eq!(lines, [] as [&str; 0]);
    let project = project.expect("it loads");
    let find = |written: &str| project.resolve_photo_path("text/a.md", written);
    assert_eq!(find("harbour.jpg").as_deref(), Ok("harbour.jpg"));
    assert_eq!(find("../../images/harbour.jpg").as_deref(), Ok("harbour.jpg"));
    assert_eq!(find("day%203/hall.jpg").as_deref(), Ok("day 3/hall.jpg"));
    assert_eq!(find("day 3/../harbour.jpg").as_deref(), Ok("harbour.jpg"));
    assert_eq!(find("100%25.jpg").as_deref(), Ok("100%25.jpg"));
    assert_eq!(find("nope.jpg"), Err(PathProblem::Missing));
    assert_eq!(find("%zz%+1.jpg"), Err(PathProblem::Missing));
    assert_eq!(find("beside.jpg"), Err(PathProblem::Outside));
    assert_eq!(find("../../secret.jpg"), Err(PathProblem::Outside));
    assert_eq!(find("../secret.jpg"), Err(PathProblem::Outside));
    assert_eq!(find("..%2Fsecret.jpg"), Err(PathProblem::Outside));
    assert_eq!(find("/etc/passwd"), Err(PathProblem::Outside));
    assert_eq!(find("https://example.org/x.jpg"), Err(PathProblem::Outside));
    assert!(project.read_photo("harbour.jpg").is_ok());
    assert!(matches!(project.read_photo("../secret.jpg"), Err(ReadProblem::Outside)));
}

#[test]
fn hostile_bytes_do_no_harm() {
    let seeds: [&[u8]; 4] = [
        BOOK.as_bytes(),
        b"[book]\ntitle=\"\\u0000\"\n[edition.\"\xE2\x80\xA6\"]\npage=\"\xC3\x97\"\n[contents]\nchapters=[[[[]]]]",
        b"[photos]\nfolder=\"..\"\nregister=\"../..\"\n[hyphenation]\n\"\"=\"-\"\n",
        b"\xFF\xFE[\x00b\x00o\x00o\x00k\x00]\x00",
    ];
    // A linear congruential generator (Knuth's MMIX constants): the same bytes in every run.
    let mut state: u64 = 1;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for round in 0..2000 {
        let mut bytes = seeds[round % seeds.len()].to_vec();
        for _ in 0..next() % 8 {
            let at = next() % bytes.len();
            bytes[at] = (next() % 256) as u8;
        }
        load_all(&[("book.toml", &bytes), ("a.md", &bytes)]);
    }
}

#[test]
fn the_register_is_not_among_the_texts_for_readers() {
    let book = "[book]\ntitle = \"T\"\nlanguage = \"en\"\n[contents]\nchapters = [\"a.md\"]\n";
    let register = b"[\"a.jpg\"]\npeople = [{ name = \"Somebody\", consent = \"internal\" }]\n";
    let files =
        [("book.toml", book.as_bytes()), ("a.md", b"# A"), ("images/credits.toml", register)];
    let project = load_all(&files).0.expect("there is a book");
    let names: Vec<String> = project.texts().into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        (names, project.register.is_some()),
        (vec!["book.toml".into(), "a.md".into()], true)
    );
}
