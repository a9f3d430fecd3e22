//! Notes: numbered in each chapter in the order of their first calls.
//!
//! A note may call another one: that one is numbered behind those called before it. A note that
//! is called twice is one note, which leads back to its first call.

use super::chapter::Bench;
use super::types::{AnchorId, Block, Note, NoteId, NoteKind};
use crate::diag::{Code, Diagnostic};
use crate::manuscript::{self as m, BlockKind};
use crate::source::Span;

/// The calls of one chapter so far.
#[derive(Debug)]
pub(super) struct Calls {
    /// How many notes the chapters before have.
    base: usize,
    /// Which definition is called, by number.
    order: Vec<Call>,
}

#[derive(Clone, Copy, Debug)]
struct Call {
    definition: usize,
    note: AnchorId,
    call: AnchorId,
}

impl Calls {
    /// No calls yet, behind this many notes of other chapters.
    pub(super) fn new(base: usize) -> Self {
        Self { base, order: Vec::new() }
    }

    fn id(&self, at: usize) -> NoteId {
        NoteId(u32::try_from(self.base + at).unwrap_or(u32::MAX))
    }
}

impl Bench<'_, '_, '_> {
    /// The note of a call; `None` if there is no definition.
    pub(super) fn call(&mut self, label: &str, span: Span) -> Option<NoteId> {
        let definition = self.document.notes.iter().position(|note| {
            // Each file has its own labels.
            note.label == label && note.span.file == span.file
        })?;
        if let Some(at) = self.calls.order.iter().position(|c| c.definition == definition) {
            return Some(self.calls.id(at));
        }
        let number = self.calls.order.len() + 1;
        let place = self.document.notes[definition].span;
        let mut made = |what: &str, span: Span| {
            let name = format!("{}-{what}-{number}", self.slug);
            self.desk.anchors.made(&[name], self.section, span)
        };
        let call = Call { definition, note: made("note", place), call: made("call", span) };
        self.calls.order.push(call);
        Some(self.calls.id(number - 1))
    }

    /// Resolves the notes that were called, and those that they call; reports the others.
    pub(super) fn notes(&mut self) -> Vec<NoteId> {
        self.in_note = true;
        let mut at = 0;
        while let Some(call) = self.calls.order.get(at).copied() {
            let definition = &self.document.notes[call.definition];
            let blocks = self.note_blocks(definition);
            self.desk.notes.push(Note {
                kind: NoteKind::Author,
                label: (at + 1).to_string(),
                anchor: call.note,
                call: call.call,
                section: self.section,
                blocks,
                span: definition.span,
            });
            at += 1;
        }
        self.in_note = false;
        self.report_unused();
        (0..at).map(|at| self.calls.id(at)).collect()
    }

    /// The label needs a line to stand on: a note that begins with a list, a listing, … gets an
    /// empty paragraph before it.
    fn note_blocks(&mut self, definition: &m::NoteDefinition) -> Vec<Block> {
        let begins_with_text = definition.blocks.first().is_some_and(|block| {
            matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Heading { .. })
        });
        let mut blocks = Vec::new();
        if !begins_with_text {
            blocks.push(Block::Paragraph(self.desk.text(Vec::new(), definition.span)));
        }
        blocks.extend(self.blocks(&definition.blocks, None));
        blocks
    }

    fn report_unused(&mut self) {
        let notes = &self.document.notes;
        for (at, note) in notes.iter().enumerate() {
            let is_called = self.calls.order.iter().any(|call| call.definition == at);
            // A second definition of the same label was reported as such.
            let is_second = notes[..at]
                .iter()
                .any(|other| other.label == note.label && other.span.file == note.span.file);
            if is_called || is_second {
                continue;
            }
            let message = format!("note `{}` is never called", note.label);
            self.desk.diagnostics.push(
                Diagnostic::new(Code::UnusedNote, note.span, message)
                    .help(format!("call it with `[^{}]`, or remove it", note.label)),
            );
        }
    }
}
