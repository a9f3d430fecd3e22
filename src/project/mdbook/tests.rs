//! Little mdBooks, built in memory.

use crate::diag::Diagnostics;
use crate::project::{ChapterPlace, ContentsItem, Project, Rigour, Store, load_with};
use crate::source::Span;

fn load(files: &[(&str, &str)], rigour: Rigour) -> (Project, Vec<String>) {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    let mut diagnostics = Diagnostics::default();
    let project = load_with(Store::Memory(files.collect()), rigour, &mut diagnostics)
        .expect("memory does not fail")
        .expect("the book can be read");
    let said = |d: &crate::diag::Diagnostic| {
        let place = d.span.map(|span| project.sources.place(span)).unwrap_or_default();
        format!("{} {place} {}: {}", d.severity.name(), d.code.name(), d.message)
    };
    let lines = diagnostics.iter().map(said).collect();
    (project, lines)
}

const SUMMARY: &str = "# Summary\n\n[Fore](fore.md)\n\n# One\n\n- [A](a.md)\n  - [B](sub/b.md)\n\
                       - [Draft]()\n- [Above]()\n  - [C](c%20c.md)\n\n[After](after.md)\n";

fn small<'a>(a: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut files = vec![
        ("book.toml", "[book]\ntitle = \"T\"\nauthors = [\"X Y\"]\nsrc = \"src\"\n[x]\ny = 1\n"),
        ("src/SUMMARY.md", SUMMARY),
        ("src/fore.md", "# Fore\n"),
        ("src/a.md", a),
        ("src/sub/b.md", "# B\n"),
        ("src/c c.md", "text\n"),
        ("src/after.md", "# After\n"),
    ];
    files.extend(more);
    files
}

#[test]
fn the_list_makes_parts_chapters_and_sections() {
    let (project, lines) = load(&small("# A\n", &[]), Rigour::AsDeclared);
    assert_eq!(
        lines,
        ["warning src/SUMMARY.md:9:3 missing-chapter: the draft `Draft` is left out"]
    );
    let mut seen = Vec::new();
    for item in &project.contents {
        let chapters = match item {
            ContentsItem::Part { title, chapters, .. } => {
                seen.push(format!("part {title}"));
                chapters.as_slice()
            }
            ContentsItem::Chapter(chapter) => std::slice::from_ref(chapter),
        };
        for chapter in chapters {
            seen.push(format!("{:?} {}", chapter.place, chapter.path));
            seen.extend(chapter.sections.iter().map(|s| format!("{} {}", s.level, s.path)));
        }
    }
    assert_eq!(
        seen,
        [
            "Front src/fore.md",
            "part One",
            "Body src/a.md",
            "2 src/sub/b.md",
            "Body src/Above",
            "2 src/c c.md",
            "Back src/after.md",
        ]
    );
    assert_eq!(ChapterPlace::Front, project.chapters().next().expect("there are some").place);
    let book = &project.config.book;
    assert_eq!((book.title.as_str(), book.people[0].name.as_str()), ("T", "X Y"));
    assert_eq!(project.config.photos.folder, "src");
}

#[test]
fn what_is_included_names_the_place_where_it_was_written() {
    let a = "# A\n\n{{#title X}}```rust\n{{#rustdoc_include ../code/m.rs:here}}\n```\n\n\
             {{#include sub/part.md}}\nlast \\{{#include x}}\n{{#playground ../code/m.rs:1 editable}}\n";
    let code = "mod a;\r\n// ANCHOR: here\r\nfn b() {}\r\n// ANCHOR_END: here\r\n";
    let part = "one\n{{#include ../../code/t.txt:2}}\n";
    let more = [("code/m.rs", code), ("src/sub/part.md", part), ("code/t.txt", "x\ntwo\nthree")];
    let (project, lines) = load(&small(a, &more), Rigour::AsDeclared);
    let complaints = [
        "warning src/a.md:9:1 missing-include: there is no file `code/m.rs:1`",
        "warning src/SUMMARY.md:9:3 missing-chapter: the draft `Draft` is left out",
    ];
    assert_eq!(lines, complaints);
    let file = project.chapters().nth(1).expect("the second").file;
    let text = &project.sources.get(file).text;
    let whole = "# A\n\n```rust\nfn b() {}\n```\n\none\ntwo\nlast {{#include x}}\n";
    assert!(text.starts_with(whole), "{text}");
    for (words, place) in [
        ("# A", "src/a.md:1:1"),
        ("fn b", "code/m.rs:3:1"),
        ("```\n\none", "src/a.md:5:1"),
        ("one", "src/sub/part.md:1:1"),
        ("two", "code/t.txt:2:1"),
        ("last", "src/a.md:8:1"),
    ] {
        let at = text.find(words).expect("the words are there");
        assert_eq!(project.sources.place(Span::new(file, at..at + 1)), place, "{words}");
    }
}

#[test]
fn nothing_is_included_from_outside_or_without_end() {
    let a = "{{#include ../../secret}}\n{{#include a.md}}\n{{#include /etc/passwd}}\n\
             {{#include ../m.rs:no}}\n";
    let (_, lines) = load(&small(a, &[("m.rs", "// ANCHOR: now\n")]), Rigour::Strict);
    let has = |words: &str| lines.iter().any(|line| line.contains(words));
    assert!(has("error src/a.md:1:1 path-outside"), "{lines:?}");
    assert!(has("more than 10 files include each other"), "{lines:?}");
    assert!(has("`/etc/passwd` is no path"), "{lines:?}");
    assert!(has("`m.rs` has no anchor `no`"), "{lines:?}");
}

#[test]
fn own_keys_stand_below_output() {
    let book = "[book]\nlanguage = \"de\"\n[output.html]\nno-section-label = true\n\
                [output.endpaper]\nbase-url = \"https://x.org/\"\nwrong = 1\n\
                [output.endpaper.book]\nslug = \"s\"\n[output.endpaper.edition.screen]\n\
                page = \"A4\"\n";
    let mut files = small("# A\n", &[]);
    files[0].1 = book;
    let (project, lines) = load(&files, Rigour::AsDeclared);
    assert_eq!(
        lines[0],
        "error book.toml:7:1 unknown-key: there is no key `output.endpaper.wrong`"
    );
    let config = &project.config;
    assert_eq!((config.book.slug.as_str(), config.book.title.as_str()), ("s", "Untitled"));
    assert_eq!((config.book.language.as_str(), config.contents.numbering), ("de", 0));
    assert_eq!(config.editions[0].name, "screen");
}
