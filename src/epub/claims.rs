//! Whether a book may claim to conform to EPUB Accessibility 1.1 and WCAG 2.2 at level AA.
//!
//! Somebody has to certify that, and only people can judge all of it. What a program sees is
//! checked here, so that nobody certifies by mistake: pictures without words, tables without
//! heads. Whatever else the guidelines ask of the form (languages, titles, headings without gaps,
//! order, names of links) holds for every EPUB that is made here.

use crate::book::{Block, Book, CellRole, SectionKind, Table, is_silent};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Whether nothing in the book belies the claim that is made at `span`; what does is reported.
pub(super) fn hold(book: &Book, span: Span, diagnostics: &mut Diagnostics) -> bool {
    let silent = book.photos.iter().filter(|photo| is_silent(photo));
    let mut breaches: Vec<(Span, String)> = silent
        .map(|photo| {
            (photo.span, format!("`{}` has no alt text that says what is seen", photo.name))
        })
        .collect();
    let mut tables = |table: &Table| {
        let cells = || table.head.iter().chain(&table.body).flat_map(|row| &row.cells);
        if !cells().any(|cell| cell.role != CellRole::Data) {
            breaches.push((table.span, "this table has no head cells".to_owned()));
        }
    };
    for section in &book.sections {
        if let SectionKind::Chapter(chapter) = &section.kind {
            visit_tables(&chapter.blocks, &mut tables);
        }
    }
    book.notes.iter().for_each(|note| visit_tables(&note.blocks, &mut tables));
    if breaches.is_empty() {
        return true;
    }
    let message = "the book is certified as accessible, but not all of it is";
    let mut complaint = Diagnostic::new(Code::UnfoundedClaim, span, message)
        .help("mend what is named, or remove `certified-by`");
    for (place, label) in breaches {
        complaint = complaint.related(place, label);
    }
    diagnostics.push(complaint);
    false
}

fn visit_tables(blocks: &[Block], visit: &mut impl FnMut(&Table)) {
    for block in blocks {
        match block {
            Block::Table(table) => visit(table),
            Block::Quote(inner) => visit_tables(inner, visit),
            Block::Alert(alert) => visit_tables(&alert.blocks, visit),
            Block::List(list) => {
                list.items.iter().for_each(|item| visit_tables(&item.blocks, visit));
            }
            Block::Definitions(list) => {
                let bodies = list.iter().flat_map(|definition| &definition.bodies);
                bodies.for_each(|body| visit_tables(body, visit));
            }
            Block::Paragraph(_)
            | Block::Heading(_)
            | Block::Code(_)
            | Block::Figure(_)
            | Block::Formula(_)
            | Block::Rule(..) => {}
        }
    }
}
