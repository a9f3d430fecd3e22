//! Spans are exact, and nothing that can be written makes the reader stumble.
//!
//! What a text means is told by the cases in `tests/cases/manuscript`; here is what holds for
//! every text.

use super::tree::{Block, BlockKind, Cell, Document, Inline, InlineKind, Term};
use super::{MAX_DEPTH, read_file};
use crate::diag::Diagnostics;
use crate::project::{Store, load};
use crate::source::{Sources, Span};

fn document(text: &str) -> (Document, Sources, Diagnostics) {
    let book = "[book]\ntitle = \"T\"\nlanguage = \"en\"\n[contents]\nchapters = [\"a.md\"]\n";
    let files = [("book.toml", book), ("a.md", "# A\n")];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let mut diagnostics = Diagnostics::default();
    let mut project = load(Store::Memory(files.into()), &mut diagnostics)
        .expect("memory does not fail")
        .expect("the book is whole");
    // As it is: what the project takes away (a mark of byte order) stays.
    let file = project.sources.add("a.md", text);
    let document = read_file(&project, file, "a.md", &mut diagnostics);
    (document, project.sources, diagnostics)
}

/// Calls `visit` with every place of a document, its parent's place, and its depth.
fn walk(document: &Document, whole: Span, visit: &mut impl FnMut(Span, Span, usize)) {
    blocks(&document.blocks, whole, 0, visit);
    for note in &document.notes {
        visit(note.span, whole, 0);
        blocks(&note.blocks, note.span, 1, visit);
    }
}

fn blocks(list: &[Block], parent: Span, depth: usize, visit: &mut impl FnMut(Span, Span, usize)) {
    for Block { kind, span } in list {
        visit(*span, parent, depth);
        let (span, depth) = (*span, depth + 1);
        match kind {
            BlockKind::Paragraph(content) => inlines(content, span, depth, visit),
            BlockKind::Heading { inlines: content, id, .. } => {
                id.iter().for_each(|(_, place)| visit(*place, span, depth));
                inlines(content, span, depth, visit);
            }
            BlockKind::List { items, .. } => {
                items.iter().for_each(|(_, item)| blocks(item, span, depth, visit));
            }
            BlockKind::Definitions(groups) => {
                for (names, bodies) in groups {
                    terms(names, span, depth, visit);
                    bodies.iter().for_each(|body| blocks(body, span, depth, visit));
                }
            }
            BlockKind::Quote(content) | BlockKind::Alert(_, content) => {
                blocks(content, span, depth, visit);
            }
            BlockKind::Table { columns, head, rows } => {
                regular(head, columns.len());
                regular(rows, columns.len());
                for cell in head.iter().chain(rows).flatten() {
                    visit(cell.span, span, depth);
                    inlines(&cell.inlines, cell.span, depth, visit);
                }
            }
            BlockKind::Code { .. } | BlockKind::Formula { .. } | BlockKind::Rule => {}
        }
    }
}

fn terms(list: &[Term], parent: Span, depth: usize, visit: &mut impl FnMut(Span, Span, usize)) {
    for (content, span) in list {
        visit(*span, parent, depth);
        inlines(content, *span, depth, visit);
    }
}

/// Every slot belongs to exactly one cell, and every row has one of its own.
fn regular(rows: &[Vec<Cell>], columns: usize) {
    let mut taken = vec![vec![false; columns]; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        assert!(!row.is_empty());
        for cell in row {
            for line in &mut taken[at..at + usize::from(cell.slots.rows)] {
                for slot in &mut line[cell.slots.range()] {
                    assert!(!std::mem::replace(slot, true), "two cells in one slot");
                }
            }
        }
    }
    assert!(taken.iter().flatten().all(|slot| *slot), "a slot without a cell");
}

fn inlines(list: &[Inline], parent: Span, depth: usize, visit: &mut impl FnMut(Span, Span, usize)) {
    for inline in list {
        let Inline { kind, span } = inline;
        visit(*span, parent, depth);
        if let InlineKind::Text(text) = kind {
            assert!(!text.is_empty() && !text.contains('\0'));
        }
        inlines(inline.children(), *span, depth + 1, visit);
    }
}

/// Reads a text and checks what holds for all of them.
fn check(text: &str) {
    let (document, sources, diagnostics) = document(text);
    let whole = Span::new(document.file, 0..text.len());
    walk(&document, whole, &mut |span, parent, depth| {
        assert!(text.get(span.range()).is_some(), "{span:?} is no slice of {text:?}");
        let within = parent.start <= span.start && span.end <= parent.end;
        assert!(within, "{span:?} is not within {parent:?} of {text:?}");
        assert!(depth < 2 * MAX_DEPTH, "{depth} levels");
    });
    for diagnostic in diagnostics.iter() {
        let span = diagnostic.span.expect("every complaint about a chapter has a place");
        assert!(text.get(span.range()).is_some(), "{diagnostic:?} of {text:?}");
        assert!(!diagnostic.message.contains('\n'), "{diagnostic:?} of {text:?}");
    }
    let manuscript = super::Manuscript { documents: vec![document] };
    assert!(super::dump(&manuscript, &sources).starts_with("document a.md\n"));
}

/// All texts of a document with what stands at their places.
fn texts(text: &str) -> Vec<(String, String)> {
    let (document, sources, _) = document(text);
    let mut found = Vec::new();
    let mut stack: Vec<&Inline> = Vec::new();
    for block in &document.blocks {
        if let BlockKind::Paragraph(content) | BlockKind::Heading { inlines: content, .. } =
            &block.kind
        {
            stack.extend(content.iter().rev());
        }
    }
    while let Some(inline) = stack.pop() {
        if let InlineKind::Text(text) | InlineKind::Code(text) = &inline.kind {
            found.push((text.clone(), sources.slice(inline.span).to_owned()));
        }
        stack.extend(inline.children().iter().rev());
    }
    found
}

#[test]
fn a_text_is_found_at_its_place_behind_any_front_matter() {
    for front in ["", "\n", "+++\ntitle = \"Å\"\n+++\n", "---\r\ntitle: Å\r\n---\r\n"] {
        let body = "# *Å* heading\n\nOne & **two [three](x)** ![four](y) <b>five</b> [^gone] end\n";
        for (text, written) in texts(&format!("{front}{body}")) {
            assert_eq!(text, written);
        }
    }
}

#[test]
fn joined_texts_cover_what_was_written_for_them() {
    let found = texts("a \\* b &amp; c[^gone]d\n");
    assert_eq!(found, [("a * b & c[^gone]d".to_owned(), "a \\* b &amp; c[^gone]d".to_owned())]);
}

#[test]
fn blocks_end_where_their_text_ends() {
    let text = "> quote\n\n- item\n\n\n```\ncode\n```\n\n| a |\n|---|\n| b |\n\n<p>html</p>\n";
    let (document, sources, _) = document(text);
    let slices: Vec<&str> = document.blocks.iter().map(|b| sources.slice(b.span)).collect();
    assert_eq!(slices, ["> quote", "- item", "```\ncode\n```", "| a |\n|---|\n| b |", "html"]);
}

/// Fragments that mean something next to each other, and some that never do.
const FRAGMENTS: &[&str] = &[
    "a",
    "å ",
    "b\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "    ",
    "\t",
    "*",
    "**",
    "_",
    "~",
    "~~",
    "^",
    "`",
    "```\n",
    "> ",
    "- ",
    "1. ",
    "- [x] ",
    ": ",
    "# ",
    "## h {#id .c k=v}\n",
    "===\n",
    "---\n",
    "+++\n",
    "| a | b |\n",
    "|---|:-:|\n",
    "| c\n",
    "[^n]",
    "[^n]: ",
    "[^m]",
    "[^",
    "]",
    "[",
    "](x)",
    "![",
    "[a]: x\n",
    "\\",
    "&amp;",
    "&#0;",
    "\0",
    "<b>",
    "</b>",
    "<i lang=da>",
    "</i>",
    "<T>",
    "</T>",
    "<div>\n",
    "</div>\n",
    "<!--",
    "-->",
    "<a href=\"x\">",
    "</a>",
    "<img src=x alt='å'>",
    "<br>",
    "<script>",
    "<?",
    "<p>",
    "<",
    ">",
    "<x@y.z>",
    "> [!NOTE]\n",
    "$x$",
    "title: x\n",
    "title = 'x'\n",
    "day: 5\n",
    "speakers: [a, {nme: b}]\n",
    "[[speakers]]\n",
    "&a *b\n",
    "\u{FEFF}",
    "\u{301}",
    "𝔘",
    "\u{A0}",
];

/// Numbers that look random and are the same on every machine (Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % bound
    }
}

#[test]
fn whatever_is_written_places_lie_in_each_other() {
    let mut numbers = Numbers(1);
    for _ in 0..6000 {
        let count = numbers.below(24);
        let text: String = (0..count).map(|_| FRAGMENTS[numbers.below(FRAGMENTS.len())]).collect();
        check(&text);
    }
}

#[test]
fn whatever_bytes_there_are_places_lie_in_each_other() {
    let mut numbers = Numbers(2);
    for _ in 0..1500 {
        let count = numbers.below(60);
        let mut byte = || u8::try_from(numbers.below(256)).expect("below 256");
        let bytes: Vec<u8> = (0..count).map(|_| byte()).collect();
        check(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn front_matter_of_fragments_is_read_without_stumbling() {
    let mut numbers = Numbers(3);
    for _ in 0..2000 {
        let fence = ["+++\n", "---\n"][numbers.below(2)];
        let count = numbers.below(12);
        let text: String = (0..count).map(|_| FRAGMENTS[numbers.below(FRAGMENTS.len())]).collect();
        check(&format!("{fence}{text}\n{fence}text\n"));
    }
}

#[test]
fn depth_is_bounded_and_told_once() {
    let deep = [
        "> ".repeat(5000) + "x",
        "- ".repeat(3000) + "x",
        "<b>".repeat(20_000) + "x" + &"</b>".repeat(20_000),
        "*a _b ".repeat(1000) + "x" + &"_*".repeat(1000),
        "![".repeat(3000) + "x" + &"](y)".repeat(3000),
        format!("<p>{}x", "<i lang=da>".repeat(5000)),
    ];
    for text in deep {
        check(&text);
        let (_, _, diagnostics) = document(&text);
        let told = diagnostics.iter().filter(|d| d.code.name() == "nesting-too-deep").count();
        assert_eq!(told, 1, "{}", &text[..20]);
    }
}

#[test]
fn inlines_are_small() {
    // Nearly all are text: a chapter has thousands, each as large as the largest kind, which is two
    // strings or lists with a place.
    assert!(size_of::<Inline>() <= 72, "{}", size_of::<Inline>());
}
