//! Pictures, talks, generated pages, print notes: what needs more of a book than one chapter.

use super::{HEAD, NOTHING, body, book_of, chapter, check, two};
use crate::book::types::{Block, Book, Inline, SectionKind, Target};
use crate::book::{dump, with_address_notes};

const PHOTOS: &str =
    "[photos]\nfolder = \"images\"\nregister = \"images/credits.toml\"\ncover = \"cover.png\"\n";
const CREDITS: &str = "[\"cover.png\"]\ntitle = \"The cover\"\nalt = \"Waves\"\ncredit = \"Drawing: Ada\"\n\
    creator = { name = \"Ada\", url = \"https://ada.org\" }\nlicence = \"CC0-1.0\"\n\
    [\"harbour.png\"]\nalt = \"Gables\"\ncaption = \"The \\\"old\\\" harbour\"\ncreator = \"Bob\"\n\
    licence = { text = \"By kind permission\" }\nafter = \"a photograph by Eve\"\n\
    source = { text = \"https://x.org/h\" }\n";

fn pictures(text: &str, credits: &str, files: &[&str]) -> (Book, Vec<String>) {
    let toml = format!("{HEAD}[contents]\nchapters = [\"c/a.md\"]\n{PHOTOS}");
    book_of(&toml, &[("c/a.md", text), ("images/credits.toml", credits)], files)
}

#[test]
fn figures_have_captions_and_credits() {
    let (book, lines) = pictures(
        "+++\ntitle = \"T\"\nphoto = \"harbour.png\"\n+++\n\nin ![](harbour.png) line\n\n\
         ![Other alt](../images/harbour.png \"It's here\")\n",
        CREDITS,
        &["images/cover.png", "images/harbour.png"],
    );
    assert_eq!(lines, NOTHING);
    assert_eq!(
        body(&book, "t")[1..],
        [
            "figure #figure-harbour harbour.png",
            "  caption | The “old” harbour",
            "  credit | Bob · By kind permission",
            "p | in <image harbour.png> line",
            "figure #t-figure-harbour harbour.png",
            "  caption | It’s here",
            "  credit | Bob · By kind permission"
        ]
    );
    let dump = dump(&book);
    for line in [
        "| *The “old” harbour*. Bob. By kind permission. Source: https://x.org/h. After a photograph by Eve.",
        "| Cover. *The cover*. [Drawing: Ada](https://ada.org). [CC0 1.0](https://creativecommons.org/publicdomain/zero/1.0/).",
        "credit harbour.png #figure-harbour #t #t-figure-harbour @",
        "photo cover.png (cover) 40x30\n  alt Waves",
        "  alt Other alt",
    ] {
        assert!(dump.contains(line), "{line}\n{dump}");
    }
}

#[test]
fn mistakes_with_pictures_are_all_reported() {
    let (book, lines) = pictures(
        "# T\n\n![a](gone.png)\n\n![a](../book.toml)\n\n![it](bare.png)\n\n![](half.png)\n\n![x](harbuor.png)\n",
        &format!("{CREDITS}[\"half.png\"]\ncaption = \"c\"\n[\"idle.png\"]\nalt = \"x\"\n"),
        &["images/cover.png", "images/bare.png", "images/half.png"],
    );
    let codes: Vec<&str> = lines.iter().map(|line| line.split(": ").next().unwrap_or("")).collect();
    assert_eq!(
        codes,
        [
            "c/a.md:3:1 error missing-image",
            "c/a.md:5:1 error path-outside",
            "c/a.md:7:1 error missing-credit",
            "images/credits.toml:14:2 error incomplete-credit",
            "c/a.md:11:1 error missing-image",
            "images/credits.toml:14:2 error missing-alt",
            "images/credits.toml:7:2 error stray-credit",
            "images/credits.toml:16:2 error stray-credit",
        ],
        "{lines:#?}"
    );
    assert!(lines[4].contains("did you mean `harbour.png`?"));
    assert_eq!(body(&book, "t").iter().filter(|l| l.starts_with("figure")).count(), 2);
}

#[test]
fn talks_have_headers_and_an_index() {
    let talk = |title: &str, speakers: &str| {
        format!(
            "+++\ntitle = \"{title}\"\nsession = \"keynote\"\nday = 2018-05-04\nroom = \"Room B\"\n\
                 slides = \"https://x.org/s\"\nspeakers = [{speakers}]\n+++\ntext\n"
        )
    };
    let rice = "{ name = \"Liz Rice\", role = \"Evangelist\", organisation = \"Aqua\" }";
    let abel = "{ name = \"Émile Àbel\", organisation = \"Zed\", url = \"https://abel.org\" }";
    let (book, lines) = two(&talk("One", rice), &talk("Two", &format!("{abel}, {rice}")));
    assert_eq!(lines, NOTHING);
    assert_eq!(
        body(&book, "two")[1..],
        [
            "speaker [Àbel, Émile] | [Émile Àbel](https://abel.org)",
            "affiliation | Zed",
            "speaker [Rice, Liz] | Liz Rice",
            "affiliation | Evangelist, Aqua",
            "facts | Keynote · Friday, May 4, 2018 · Room B",
            "links | [Slides](https://x.org/s)",
            "p | text"
        ]
    );
    let dump = dump(&book);
    let index: Vec<&str> =
        dump.lines().skip_while(|line| !line.contains("index #index-of-speakers")).collect();
    let words: Vec<&str> =
        index.iter().map(|line| line.rsplit("| ").next().unwrap_or(line).trim()).collect();
    assert_eq!(
        words,
        [
            "Speakers",
            "Àbel, Émile",
            "to #two Two",
            "Rice, Liz",
            "to #one One",
            "to #two Two",
            "Organizations",
            "Aqua",
            "to #one One",
            "to #two Two",
            "Zed",
            "to #two Two"
        ]
    );
    let contents: Vec<String> = book.contents.iter().map(|entry| entry.text.plain()).collect();
    assert_eq!(contents, ["One", "P", "Index"]);
    assert_eq!(book.contents[1].children[0].speakers.as_deref(), Some("Émile Àbel, Liz Rice"));
}

#[test]
fn the_front_matter_says_who_and_how() {
    let (book, lines) = chapter("# T\n");
    assert_eq!(lines, NOTHING);
    let dump = dump(&book);
    for line in [
        "| A “little” book",
        "| by Ada Lovelace and Bob Down",
        "| Press, 2018",
        "| Version 1.0.0, May 4, 2018",
        "| The text is licensed under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)",
        "| Found a typo? Each chapter can be edited at [https://example.org/a/b](https://example.org/a/b)",
        "Made with Endpaper.",
        "aut Ada Lovelace [Lovelace, Ada]",
    ] {
        assert!(dump.contains(line), "{line}\n{dump}");
    }
    let slugs: Vec<&str> = book.sections.iter().map(|section| section.slug.as_str()).collect();
    assert_eq!(slugs, ["title-page", "imprint", "contents", "t"]);
}

#[test]
fn addresses_become_notes_for_print() {
    let (book, lines) = chapter(
        "# T\n\n## [h](https://h.org)\n\na [x](https://x.org) b[^n] **[y](https://y.org)** \
         [x again](https://x.org) <https://z.org> [t](#h)\n\n[^n]: see [w](https://w.org)[^m]\n[^m]: last\n",
    );
    assert_eq!(lines, NOTHING);
    let print = with_address_notes(&book);
    check(&print);
    assert_eq!(
        body(&print, "t")[1..],
        [
            "h2 #t-h | [h](https://h.org)",
            "p | a [x](https://x.org)[^1] b[^2] **[y](https://y.org)[^3]** [x again](https://x.org)[^1] [https://z.org](https://z.org) [t](#t-h)",
            "note 1 #t-address-1 from #t-address-call-1",
            "  p | [https://x.org](https://x.org)",
            "note 2 #t-note-1 from #t-call-1",
            "  p | see [w](https://w.org)[^4]",
            "note 3 #t-address-3 from #t-address-call-3",
            "  p | [https://y.org](https://y.org)",
            "note 4 #t-note-2 from #t-call-2",
            "  p | last"
        ]
    );
    assert_eq!(print.node_count, book.node_count + 2);
    assert!(print.anchors.len() == book.anchors.len() + 4);
}

#[test]
fn other_languages_speak_for_themselves() {
    let toml = HEAD.replace("en-US", "de") + "[contents]\nchapters = [\"a.md\"]\n";
    let text = "+++\ntitle = \"Titel\"\nday = 2018-05-04\n+++\n\n> [!WARNING]\n> \"Ja\"\n\nTabelle: Wort\n\n| a |\n|---|\n| b |\n\n<span lang=\"fr\">\"oui\"</span>\n";
    let (book, lines) = book_of(&toml, &[("a.md", text)], &[]);
    assert_eq!(lines, NOTHING);
    let lines = body(&book, "titel");
    assert_eq!(lines[1], "facts | Freitag, 4. Mai 2018");
    assert_eq!(lines[2], "alert warning | Warnung");
    assert_eq!(lines[3], "  p | „Ja“");
    assert!(lines[5].ends_with("**Tabelle\u{A0}1.** Wort"), "{lines:#?}");
    assert_eq!(lines.last().map(String::as_str), Some("p | {fr: «\u{202F}oui\u{202F}»}"));
}

#[test]
fn links_in_the_book_never_dangle() {
    let (book, _) = two("# A\n\n[x](b.md#y) ![z](q.png)\n", "# B\n\n[a](a.md)\n");
    for section in &book.sections {
        let SectionKind::Chapter(chapter) = &section.kind else { continue };
        for block in &chapter.blocks {
            let Block::Paragraph(text) = block else { continue };
            for inline in &text.inlines {
                if let Inline::Link { target: Target::Anchor(anchor), .. } = inline {
                    assert!((anchor.0 as usize) < book.anchors.len());
                }
            }
        }
    }
}

#[test]
fn hostile_text_does_no_harm() {
    let seed = "+++\ntitle = \"T\"\nphoto = \"p.png\"\n+++\n\n# A {#a}\n\n\"q 'x' \"*e*[l](a.md#a)[^n]\n\n\
        ![i](p.png \"t\")\n\nTable: c\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> - x\n>   [^n]: y\n\n\
        [^n]: z[^n]\n\nt\n: d\n\n```rust\nfn\tx\n```\n";
    // A linear congruential generator (Knuth's MMIX constants): the same bytes in every run.
    let mut state: u64 = 7;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let marks = [
        "\"", "'", "[", "]", "(", ")", "*", "#", "\n", "\n\n", "|", "`", "\\\\", "{#a}", "\u{0}",
        "é", "[^n]", "> ", "--", " ",
    ];
    let toml = format!("{HEAD}[contents]\nchapters = [\"a.md\"]\n[photos]\nfolder = \"images\"\n");
    for _ in 0..300 {
        let mut text = seed.to_owned();
        for _ in 0..next(12) {
            let mut at = next(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            if next(3) == 0 {
                text.remove(at);
            } else {
                text.insert_str(at, marks[next(marks.len())]);
            }
        }
        let (book, _) = book_of(&toml, &[("a.md", &text)], &["images/p.png"]);
        let print = with_address_notes(&book);
        check(&print);
        let dump = dump(&print);
        assert!(!dump.contains("#?") && !dump.contains("[^?]"), "{text}\n{dump}");
    }
}
