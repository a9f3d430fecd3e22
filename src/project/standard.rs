//! The key `standard` of an edition: what its PDF promises to conform to.
//!
//! One word or a list of them. A file can be PDF/UA and PDF/A at once, but it has one part and level
//! of PDF/A only. What the promises ask of a book is checked by the writer.

use super::config::{Archival, Standards};
use super::fields::Fields;
use crate::diag::{Code, Diagnostic, Diagnostics};

/// The key as it is written.
const KEY: &str = "standard";

/// What one word promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    Nothing,
    Accessible,
    Archival(Archival),
}

const WORDS: [(&str, Promise); 5] = [
    ("ua-1", Promise::Accessible),
    ("a-2a", Promise::Archival(Archival::A2a)),
    ("a-2u", Promise::Archival(Archival::A2u)),
    ("a-3a", Promise::Archival(Archival::A3a)),
    ("none", Promise::Nothing),
];

/// Reads the key; `None` when it is not there or makes no sense.
pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Standards> {
    let value = fields.get(KEY)?;
    let items = match value.is_list() {
        true => value.list(KEY, diagnostics)?,
        false => vec![value],
    };
    let complain = |span, message: &str, help: &str, diagnostics: &mut Diagnostics| {
        diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message).help(help));
    };
    let mut standards = Standards::NONE;
    let mut said = Vec::new();
    for item in items {
        let promise = item.word(KEY, &WORDS, diagnostics)?;
        let is_nothing = promise == Promise::Nothing || said.contains(&Promise::Nothing);
        if is_nothing && !said.is_empty() {
            let help = "write what the file is to conform to, or `none`";
            complain(item.span, "`none` stands alone", help, diagnostics);
            return None;
        }
        match promise {
            Promise::Nothing => {}
            Promise::Accessible => standards.accessible = true,
            Promise::Archival(part) => {
                if standards.archival.is_some_and(|other| other != part) {
                    let message = "a file conforms to one part and level of PDF/A";
                    complain(item.span, message, "keep one of them", diagnostics);
                    return None;
                }
                standards.archival = Some(part);
            }
        }
        said.push(promise);
    }
    if said.is_empty() {
        let help = "write `\"none\"` when nothing is to be promised";
        complain(value.span, "`standard` is empty", help, diagnostics);
        return None;
    }
    Some(standards)
}
