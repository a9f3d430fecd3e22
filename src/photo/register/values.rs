//! Values of a record that have more than one form.

use super::{Linked, Spanned, Taken};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::photo::licence::{KNOWN_LICENCES, Licence, known_licence};
use crate::photo::origin::{ORIGINS, Origin, origin};
use crate::project::address;
use crate::project::fields::{Fields, Value, nearest};

/// Words, or a table of words and their address; words that are an address are both.
pub(super) fn linked(
    table: &mut Fields<'_>,
    key: &'static str,
    words: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Linked>> {
    let value = table.get(key)?;
    if value.is_table() {
        return words_of(value, key, words, diagnostics);
    }
    if !value.is_string() {
        let wanted = format!("a string or `{{ {words} = \"…\", url = \"…\" }}`");
        value.wrong_type(key, &wanted, diagnostics);
        return None;
    }
    let (text, span) = value.string(key, diagnostics).filter(|(text, _)| !text.is_empty())?;
    let url = is_address(&text).then(|| text.clone());
    Some((Linked { text, url }, span))
}

fn words_of(
    value: Value<'_>,
    key: &str,
    words: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Linked>> {
    let mut table = value.table(key, diagnostics)?;
    let text = table.require(words, "\"…\"", diagnostics);
    let text = text.and_then(|value| value.string(words, diagnostics));
    let mut url = table.string("url", diagnostics);
    table.finish(diagnostics);
    if let Some((address, span)) = url.take_if(|(address, _)| !is_address(address)) {
        let message = format!("`{address}` is no address of a page");
        diagnostics
            .push(Diagnostic::new(Code::InvalidValue, span, message).help("write `https://…`"));
    }
    let (text, _) = text.filter(|(text, _)| !text.is_empty())?;
    Some((Linked { text, url: url.map(|(address, _)| address) }, value.span))
}

pub(super) fn licence(value: Value<'_>, diagnostics: &mut Diagnostics) -> Option<Spanned<Licence>> {
    if value.is_table() {
        let (words, span) = words_of(value, "licence", "text", diagnostics)?;
        return Some((Licence::Text(words), span));
    }
    if !value.is_string() {
        value.wrong_type("licence", "an SPDX identifier or `{ text = \"…\" }`", diagnostics);
        return None;
    }
    let (id, span) = value.string("licence", diagnostics).filter(|(id, _)| !id.is_empty())?;
    if let Some(known) = known_licence(&id) {
        return Some((Licence::Spdx(known.id), span));
    }
    let help = match nearest(&id, KNOWN_LICENCES.iter().map(|known| known.id)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "write an SPDX identifier such as `CC-BY-4.0`, or `{ text = \"…\", url = \"…\" }`"
            .to_owned(),
    };
    let message = format!("`{id}` is no licence that is known here");
    diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message).help(help));
    None
}

pub(super) fn taken(value: Value<'_>, diagnostics: &mut Diagnostics) -> Option<Spanned<Taken>> {
    // A year or a month alone is no TOML date and stands in quotes.
    if value.is_string() {
        let (text, span) = value.string("date", diagnostics)?;
        if let Some(taken) = part_of_a_year(&text) {
            return Some((taken, span));
        }
    }
    let ((year, month, day), span) = value.date("date", diagnostics)?;
    Some((Taken { year, month: Some(month), day: Some(day) }, span))
}

/// A term of the IPTC's vocabulary, alone or as an address.
pub(super) fn source_type(
    value: Value<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Origin>> {
    let (written, span) = value.string("source-type", diagnostics)?;
    if let Some(origin) = origin(&written) {
        return Some((origin, span));
    }
    // `trained-algorithmic-media` is near enough to be understood, not to be accepted.
    let joined = written.replace(['-', '_', ' '], "");
    let help = match nearest(&joined, ORIGINS.iter().map(|origin| origin.term)) {
        Some(term) => format!("did you mean `{term}`?"),
        None => "write a term of the IPTC, such as `digitalCapture`, `compositeCapture` or \
                 `trainedAlgorithmicMedia`"
            .to_owned(),
    };
    let message = format!("`{written}` is no digital source type");
    diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message).help(help));
    None
}

/// `2018` or `2018-05`.
fn part_of_a_year(text: &str) -> Option<Taken> {
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let (year, month) = match text.split_once('-') {
        None => (text, None),
        Some((year, month)) if digits(month, 2) => (year, Some(month.parse::<u8>().ok()?)),
        Some(_) => return None,
    };
    if !digits(year, 4) || year == "0000" || month.is_some_and(|m| !(1..=12).contains(&m)) {
        return None;
    }
    Some(Taken { year: year.parse().ok()?, month, day: None })
}

fn is_address(text: &str) -> bool {
    address::is_page(text)
}
