//! The words of a PDF as poppler extracts them are those of the book, in the order of reading.
//!
//! That pages and book have the same words is shown in `parity`; here every page of the file is held
//! against the page of the layout. Poppler extracts text in two ways: as it is painted (`-raw`), where
//! all characters are to come in the order of reading, furniture first; and as it stands on the page,
//! where all words are to be whole. (In the first way it does not see every narrow space, in the second
//! it makes up an order of its own.) It joins words at the hyphens of line ends, written or not, so
//! hyphens are left out on both sides.

use std::collections::BTreeMap;
use std::path::Path;

use endpaper::layout::Pages;
use endpaper::layout::pages::{Glyphs, Item, Kid, Mark, Page, TagId, TagKind};

use super::{Dist, poppler};
use crate::pipeline::{load, paginate, resolve, with_room};

#[test]
#[ignore = "reads a finished build with poppler: run by tests/run"]
fn poppler_extracts_the_words_of_the_book_in_order() {
    let dist = Dist::open();
    let project = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("book"));
    let all = with_room(|| {
        let book = resolve(&project);
        let editions = 0..project.config.editions.len();
        editions.map(|edition| paginate(&project, &book, edition).0).collect::<Vec<_>>()
    });
    assert_eq!(all.len(), dist.pdfs.len());
    let mut wrong = Vec::new();
    for (pages, pdf) in all.iter().zip(&dist.pdfs) {
        let [raw, flow] = [&["-raw"][..], &[]].map(|how| poppler("pdftotext", how, &pdf.path));
        let order = order(pages);
        let found = raw.split('\u{c}').zip(flow.split('\u{c}'));
        for (page, (raw, flow)) in pages.pages.iter().zip(found) {
            let expected = words(&text_of(page, &order));
            let (characters, painted) = (expected.concat(), words(raw).concat());
            if let Some(at) = characters.chars().zip(painted.chars()).position(|(a, b)| a != b) {
                let near: String =
                    characters.chars().skip(at.saturating_sub(20)).take(40).collect();
                wrong.push(format!("{}, page {}: the order at `{near}`", pdf.name, page.label));
            }
            let (expected, found) = (sorted(expected), sorted(words(flow)));
            if expected != found {
                let only = |a: &[String], b: &[String]| {
                    a.iter().filter(|word| !b.contains(word)).cloned().collect::<Vec<_>>()
                };
                let (lost, new) = (only(&expected, &found), only(&found, &expected));
                wrong.push(format!("{}, page {}: {lost:?} became {new:?}", pdf.name, page.label));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words of a text; hyphens, and line ends behind them, are left out.
fn words(text: &str) -> Vec<String> {
    let joined = text.replace("\u{ad}\n", "").replace("-\n", "");
    let shown: String = joined.chars().filter(|c| !matches!(c, '-' | '\u{ad}')).collect();
    shown.split_whitespace().map(str::to_owned).collect()
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

/// Where each slot of the structure comes in reading, and the block it is in.
fn order(pages: &Pages) -> Vec<(usize, TagId)> {
    let mut order = vec![(usize::MAX, TagId(0)); pages.structure.contents.len()];
    let mut next = 0;
    visit(pages, TagId(0), TagId(0), &mut next, &mut order);
    order
}

fn visit(pages: &Pages, tag: TagId, block: TagId, next: &mut usize, order: &mut [(usize, TagId)]) {
    let node = pages.structure.tag(tag);
    let is_inline = matches!(
        node.kind,
        TagKind::Span | TagKind::Link | TagKind::Reference | TagKind::Code | TagKind::Figure
    );
    let block = if is_inline { block } else { tag };
    for kid in &node.kids {
        match kid {
            Kid::Tag(kid) => visit(pages, *kid, block, next, order),
            Kid::Content(slot) => {
                order[slot.0 as usize] = (*next, block);
                *next += 1;
            }
        }
    }
}

/// The text of a page: furniture, then what is read. Where a line ends within a word (behind a slash,
/// in a listing) there is a space, as there is a line end in what poppler extracts.
fn text_of(page: &Page, order: &[(usize, TagId)]) -> String {
    let mut text = String::new();
    let mut read: BTreeMap<usize, Vec<&Glyphs>> = BTreeMap::new();
    for item in &page.items {
        let Item::Glyphs(glyphs) = item else { continue };
        match glyphs.mark {
            Mark::Content(slot) => {
                read.entry(order[slot.0 as usize].0).or_default().push(glyphs);
            }
            Mark::Pagination | Mark::Layout => {
                text.push_str(&glyphs.text);
                text.push(' ');
            }
        }
    }
    let mut last: Option<(TagId, &Glyphs)> = None;
    for glyphs in read.into_values().flatten() {
        let Mark::Content(slot) = glyphs.mark else { continue };
        let block = order[slot.0 as usize].1;
        let follows =
            |(other, before): (TagId, &Glyphs)| other == block && is_joined(before, glyphs);
        if !last.is_some_and(follows) {
            text.push(' ');
        }
        text.push_str(&glyphs.text);
        last = Some((block, glyphs));
    }
    text
}

/// Whether one run goes on where the other ends, so that a word may.
fn is_joined(before: &Glyphs, after: &Glyphs) -> bool {
    if before.text.ends_with(['-', '\u{ad}']) {
        return true;
    }
    let end = before.origin.x + before.glyphs.iter().map(|glyph| glyph.advance).sum();
    let apart = [end - after.origin.x, before.origin.y - after.origin.y];
    let [along, down] = apart.map(|length| length.to_pt().abs() / before.size.to_pt());
    // A tenth of the em is a space to poppler.
    along < 0.1 && down < 0.5
}
