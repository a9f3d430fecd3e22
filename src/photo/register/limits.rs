//! How far a picture may be used: the people in it, and its maker's permission.

use super::Spanned;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::fields::{Fields, Value};
use crate::project::release::read_country;
use crate::source::Span;

/// Somebody who is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The name.
    pub name: String,
    /// The person's own consent.
    pub consent: Option<Consent>,
    /// Where that is written.
    pub span: Span,
}

/// What somebody who is shown has consented to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// To be shown to everybody.
    Public,
    /// To be shown in editions for an internal audience.
    Internal,
    /// To nothing.
    None,
}

/// How far a maker's permission goes; everywhere and for ever where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    /// `editions`: names of editions, or `epub`.
    pub editions: Option<Spanned<Vec<String>>>,
    /// `expires`: the last day, year, month and day.
    pub expires: Option<Spanned<(u16, u8, u8)>>,
    /// `territory`: countries, ISO 3166-1 in capitals.
    pub territory: Option<Spanned<Vec<String>>>,
}

const CONSENTS: [(&str, Consent); 3] =
    [("public", Consent::Public), ("internal", Consent::Internal), ("none", Consent::None)];

impl Consent {
    /// As the register has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
            Self::None => "none",
        }
    }
}

pub(super) fn consent(
    table: &mut Fields<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Consent>> {
    let value = table.get("consent")?;
    Some((value.word("consent", &CONSENTS, diagnostics)?, value.span))
}

/// `people = ["Ada Example", { name = "Bo", consent = "internal" }]`
pub(super) fn people(table: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<Shown> {
    let items = table.get("people").and_then(|value| value.list("people", diagnostics));
    items.unwrap_or_default().into_iter().filter_map(|item| person(item, diagnostics)).collect()
}

fn person(item: Value<'_>, diagnostics: &mut Diagnostics) -> Option<Shown> {
    let span = item.span;
    if item.is_string() {
        let (name, _) = item.string("people", diagnostics).filter(|(name, _)| !name.is_empty())?;
        return Some(Shown { name, consent: None, span });
    }
    if !item.is_table() {
        let wanted = "a list of names or of `{ name = \"…\", consent = \"…\" }`";
        item.wrong_type("people", wanted, diagnostics);
        return None;
    }
    let mut table = item.table("people", diagnostics)?;
    let name = table.require("name", "\"…\"", diagnostics);
    let name = name.and_then(|value| value.string("name", diagnostics));
    let consent = consent(&mut table, diagnostics).map(|(consent, _)| consent);
    table.finish(diagnostics);
    let (name, _) = name.filter(|(name, _)| !name.is_empty())?;
    Some(Shown { name, consent, span })
}

/// `permission = { editions = ["epub"], expires = 2027-12-31, territory = ["DE"] }`
pub(super) fn permission(table: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Permission {
    let Some(mut table) = table.table("permission", diagnostics) else {
        return Permission::default();
    };
    let editions = strings(&mut table, "editions", diagnostics)
        .map(|(names, span)| (names.into_iter().map(|(name, _)| name).collect(), span));
    let expires = table.get("expires").and_then(|value| value.date("expires", diagnostics));
    let territory = strings(&mut table, "territory", diagnostics).map(|(countries, span)| {
        let read = |country| read_country(country, diagnostics);
        (countries.into_iter().filter_map(read).collect(), span)
    });
    table.finish(diagnostics);
    Permission { editions, expires, territory }
}

/// A list of strings and its place.
fn strings(
    table: &mut Fields<'_>,
    key: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Vec<Spanned<String>>>> {
    let value = table.get(key)?;
    let items = value.list(key, diagnostics)?;
    let strings: Vec<_> =
        items.into_iter().filter_map(|item| item.string(key, diagnostics)).collect();
    if strings.is_empty() {
        let message = format!("`{key}` is an empty list");
        diagnostics.push(
            Diagnostic::new(Code::InvalidValue, value.span, message)
                .help("remove the key if there is no limit"),
        );
        return None;
    }
    Some((strings, value.span))
}
