//! Little books through all stages up to this one.

mod whole;

use super::types::{Block, Book, NoteKind, SectionKind};
use super::{dump, resolve};
use crate::diag::Diagnostics;
use crate::manuscript;
use crate::project::{self, Store};
use std::collections::{BTreeMap, BTreeSet};

const HEAD: &str = "[book]\ntitle = \"A \\\"little\\\" book\"\nlanguage = \"en-US\"\n\
    authors = [{ name = \"Ada Lovelace\" }, { name = \"Bob Down\" }]\ndate = 2018-05-04\n\
    publisher = \"Press\"\nlicence = \"CC-BY-4.0\"\n\
    edit-url = \"https://example.org/a/b/edit/main/{file}\"\n";

/// A grey pixel.
fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(40, 30)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("memory can be written");
    bytes.into_inner()
}

/// Resolves a book of these files; complaints as `place code: message`.
fn book_of(toml: &str, files: &[(&str, &str)], pictures: &[&str]) -> (Book, Vec<String>) {
    let mut store = BTreeMap::from([("book.toml".to_owned(), toml.as_bytes().to_vec())]);
    for (path, text) in files {
        store.insert((*path).to_owned(), text.as_bytes().to_vec());
    }
    for path in pictures {
        store.insert((*path).to_owned(), png());
    }
    let mut diagnostics = Diagnostics::default();
    let project = project::load(Store::Memory(store), &mut diagnostics)
        .expect("memory can be read")
        .expect("book.toml is whole");
    let manuscript = manuscript::read(&project, &mut diagnostics);
    let book = resolve(&project, &manuscript, 0, &mut diagnostics);
    let lines = diagnostics.iter().map(|d| {
        let place = d.span.map(|span| project.sources.place(span)).unwrap_or_default();
        let help = d.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{place} {} {}: {}{help}", d.severity.name(), d.code.name(), d.message)
    });
    let lines = lines.collect();
    check(&book);
    (book, lines)
}

/// One chapter.
fn chapter(text: &str) -> (Book, Vec<String>) {
    book_of(&format!("{HEAD}[contents]\nchapters = [\"a.md\"]\n"), &[("a.md", text)], &[])
}

/// The lines of a dump between the section's title and the next section, without node numbers.
fn body(book: &Book, slug: &str) -> Vec<String> {
    let dump = dump(book);
    let starts = |line: &&str| line.contains(&format!(" {slug} "));
    let lines = dump.lines().skip_while(|line| !line.starts_with("body") || !starts(line)).skip(1);
    lines
        .take_while(|line| line.starts_with("  "))
        .map(|line| {
            let line = line.strip_prefix("  ").unwrap_or(line);
            match line.split_once(" @") {
                Some((before, after)) => {
                    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
                    format!("{before}{}", &after[digits..])
                }
                None => line.to_owned(),
            }
        })
        .collect()
}

/// What holds for every book: unique anchors, ids in range, numbers in reading order.
fn check(book: &Book) {
    let mut names = BTreeSet::new();
    for anchor in &book.anchors {
        assert!(names.insert(&anchor.name), "{}", anchor.name);
        assert!((anchor.section.0 as usize) < book.sections.len());
    }
    let mut slugs = BTreeSet::new();
    for (number, section) in book.sections.iter().enumerate() {
        assert_eq!(section.id.0 as usize, number);
        assert!(slugs.insert(&section.slug), "{}", section.slug);
        assert_eq!(book.anchors[section.anchor.0 as usize].section, section.id);
        let SectionKind::Chapter(chapter) = &section.kind else { continue };
        let mut ids = vec![section.title.id.0];
        numbers(&chapter.blocks, &mut ids);
        for note in &chapter.notes {
            let note = &book.notes[note.0 as usize];
            assert_eq!(note.section, section.id);
            assert!(matches!(note.blocks.first(), Some(Block::Paragraph(_))));
            if note.kind == NoteKind::Author {
                numbers(&note.blocks, &mut ids);
            }
        }
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
        assert!(ids.iter().all(|id| *id < book.node_count));
    }
}

fn numbers(blocks: &[Block], out: &mut Vec<u32>) {
    for block in blocks {
        match block {
            Block::Paragraph(t) => out.push(t.id.0),
            Block::Heading(heading) => out.push(heading.text.id.0),
            Block::List(list) => list.items.iter().for_each(|item| numbers(&item.blocks, out)),
            Block::Definitions(list) => {
                for definition in list {
                    out.extend(definition.terms.iter().map(|t| t.id.0));
                    definition.bodies.iter().for_each(|body| numbers(body, out));
                }
            }
            Block::Quote(inner) => numbers(inner, out),
            Block::Alert(alert) => {
                out.push(alert.title.id.0);
                numbers(&alert.blocks, out);
            }
            Block::Code(code) => out.push(code.id.0),
            Block::Table(table) => {
                out.extend(table.caption.iter().map(|t| t.id.0));
                let rows = table.head.iter().chain(&table.body);
                out.extend(rows.flat_map(|row| &row.cells).map(|cell| cell.text.id.0));
            }
            Block::Figure(figure) => {
                out.push(figure.id.0);
                out.extend(figure.caption.iter().chain(&figure.credit).map(|t| t.id.0));
            }
            Block::Formula(displayed) => out.push(displayed.id.0),
            Block::Rule(id, _) => out.push(id.0),
        }
    }
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_chapter_has_its_title_and_levels() {
    let (book, lines) = chapter("# The *title*\n\n## One\n\ntext\n\n### Deep\n\n## Two {#two}\n");
    assert_eq!(lines, NOTHING);
    assert_eq!(
        body(&book, "the-title"),
        [
            "title | The *title*",
            "h2 #the-title-one | One",
            "p | text",
            "h3 #the-title-deep | Deep",
            "h2 #two | Two"
        ]
    );
}

#[test]
fn chapters_that_begin_at_level_one_again_are_moved_down() {
    let (book, lines) = chapter("+++\ntitle = \"T\"\n+++\n# One\n\n## Two\n\n# Three\n");
    assert_eq!(lines, NOTHING);
    let levels: Vec<String> = body(&book, "t").iter().map(|line| line[..2].to_owned()).collect();
    assert_eq!(levels, ["ti", "h2", "h3", "h2"]);
}

#[test]
fn skipped_levels_are_closed_up() {
    let (book, lines) =
        chapter("# T\n\n## One\n\n#### Deep\n\n#### Deep too\n\n### Less\n\n## Two\n");
    assert_eq!(
        lines,
        ["a.md:5:1 warning skipped-heading: heading of level 4 below one of level 2 \
          (write `###`; the level is closed up)"]
    );
    let levels: Vec<String> = body(&book, "t").iter().map(|line| line[..2].to_owned()).collect();
    assert_eq!(levels, ["ti", "h2", "h3", "h3", "h3", "h2"]);
}

#[test]
fn a_chapter_without_title_is_reported() {
    let (book, lines) = chapter("text\n");
    assert!(lines[0].contains("error missing-title: chapter `a.md` has no title"), "{lines:?}");
    assert_eq!(body(&book, "a"), ["title | a", "p | text"]);
    let (book, lines) = chapter("+++\ntitle = \"Same\"\n+++\n\n# Same\n\ntext\n");
    assert_eq!(lines, NOTHING);
    assert_eq!(body(&book, "same"), ["title | Same", "p | text"]);
}

fn two(a: &str, b: &str) -> (Book, Vec<String>) {
    let toml = format!(
        "{HEAD}[contents]\nchapters = [\"c/a.md\", {{ part = \"P\", chapters = [\"c/b.md\"] }}]\n"
    );
    book_of(&toml, &[("c/a.md", a), ("c/b.md", b)], &[])
}

#[test]
fn links_lead_to_chapters_headings_and_addresses() {
    let (book, lines) = two(
        "# A\n\n## Taken home\n\n[b](b.md), [h](b.md#taken-home), [own](b.md#own), [](b.md#own), \
         [here](#taken-home), [up](../c/b.md#What-Now), [w](https://x.org/ü), [m](mailto:a@b.c)\n",
        "# B\n\n## Taken home\n\n## Ours {#own}\n\n## What now?\n",
    );
    assert_eq!(lines, NOTHING);
    assert_eq!(
        body(&book, "a")[2],
        "p | [b](#b), [h](#b-taken-home), [own](#own), [Ours](#own), [here](#a-taken-home), \
         [up](#b-what-now), [w](https://x.org/ü), [m](mailto:a@b.c)"
    );
}

#[test]
fn broken_links_stay_as_text_and_say_what_was_meant() {
    let (book, lines) = two(
        "# A\n\n[one](bb.md), [two](b.md#owm), [three](#own), [four](ftp://x), [five](www.x.org)\n",
        "# B\n\n## Ours {#own}\n",
    );
    assert_eq!(body(&book, "a")[1], "p | one, two, three, four, five");
    assert_eq!(
        lines,
        [
            "c/a.md:3:1 error broken-link: link to `bb.md` leads nowhere (did you mean `b.md`?)",
            "c/a.md:3:15 error broken-link: link to `b.md#owm` leads nowhere (did you mean `b.md#own`?)",
            "c/a.md:3:32 error broken-link: link to `#own` leads nowhere (`own` is in another chapter: write `b.md#own`)",
            "c/a.md:3:47 error broken-link: link to `ftp://x` leads nowhere (addresses begin with `https://`, `http://` or `mailto:`)",
            "c/a.md:3:64 error broken-link: link to `www.x.org` leads nowhere (write `https://www.x.org`)",
        ]
    );
}

#[test]
fn anchors_collide_without_moving_others() {
    let (book, lines) = two(
        "# Same\n\n## X {#same}\n\n## One\n\n### Example\n\n## Two\n\n### Example\n\n### Example\n",
        "# Same\n\n## Y {#same}\n\n## 9 a {#9}\n",
    );
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].contains("warning invalid-value: `9` cannot be an anchor; `_9` is used"));
    assert!(lines[0].starts_with("c/b.md:3:8 error duplicate-anchor: anchor `same` is taken"));
    let dump = dump(&book);
    for anchor in [
        "same #chapter-same",
        "h2 #same @",
        "h3 #same-example @",
        "h3 #same-two-example @",
        "h3 #same-two-example-2 @",
        "same-p #same-p",
        "h2 #same-p-y @",
        "h2 #_9 @",
    ] {
        assert!(dump.contains(anchor), "{anchor}\n{dump}");
    }
}

#[test]
fn notes_are_numbered_by_their_calls() {
    let (book, lines) = chapter(
        "# T\n\n[^unused]: no\n[^b]: about b, see[^c]\n[^a]: about a\n[^c]: > deep\n\nx[^a] y[^b] z[^a] w[^a]\n",
    );
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("unused-note: note `unused` is never called"));
    assert_eq!(
        body(&book, "t")[1..],
        [
            "p | x[^1] y[^2] z[^1] w[^1]",
            "note 1 #t-note-1 from #t-call-1",
            "  p | about a",
            "note 2 #t-note-2 from #t-call-2",
            "  p | about b, see[^3]",
            "note 3 #t-note-3 from #t-call-3",
            "  p |",
            "  quote",
            "    p | deep"
        ]
    );
}

#[test]
fn tables_are_numbered_and_have_heads() {
    let (book, lines) = chapter(
        "# T\n\nTable: Words *here*\n\n|  | B |\n|---|--:|\n| r | 1 |\n\n| | |\n|---|---|\n| x | y |\n",
    );
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("a.md:9:1 warning table-without-head"), "{lines:?}");
    assert_eq!(
        body(&book, "t")[1..],
        [
            "table 2 columns #t-table-words-here",
            "  caption | **Table\u{A0}1.** Words *here*",
            "  row",
            "    td |",
            "    th | B",
            "  row",
            "    th | r",
            "    td | 1",
            "table 2 columns",
            "  row",
            "    td | x",
            "    td | y"
        ]
    );
}

#[test]
fn typography_covers_every_text() {
    let (book, lines) =
        chapter("+++\ntitle = \"It's\"\n+++\n\n- \"a *b*\" -- c\n- `\"x\"`\n\n> 'q'\n");
    assert_eq!(lines, NOTHING);
    let lines = body(&book, "its");
    assert_eq!(lines[0], "title | It’s");
    assert_eq!(lines[3].trim(), "p | “a *b*” – c");
    assert_eq!(lines[5].trim(), "p | `\"x\"`");
    assert_eq!(lines[7].trim(), "p | ‘q’");
    assert_eq!(book.meta.title, "A “little” book");
}
