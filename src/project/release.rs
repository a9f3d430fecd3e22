//! How a book or an edition reaches its readers: what the licences of its pictures, the consent
//! of those who are shown and the permissions of their makers depend on.

use super::fields::{Fields, Spanned};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// `commercial`, `audience` and `territory`, in `[book]` for all editions and in `[epub]` and
/// `[edition.NAME]` for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// Whether somebody earns with it: a licence with NC forbids that.
    pub commercial: bool,
    /// Who reads it.
    pub audience: Audience,
    /// The countries it is given away in, ISO 3166-1 in capitals; empty for the whole world.
    pub territory: Vec<String>,
}

/// `audience`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// A house, a club, a team: people who consented to be shown there may be shown.
    Internal,
}

/// Reads the three keys of a table; what it does not say is as `usual`.
pub(super) fn read_release(
    fields: &mut Fields<'_>,
    usual: &Release,
    diagnostics: &mut Diagnostics,
) -> Release {
    let audiences = [("public", Audience::Public), ("internal", Audience::Internal)];
    let territory = fields.get("territory");
    let territory = territory.and_then(|value| value.list("territory", diagnostics));
    let territory = territory.map(|items| {
        let items = items.into_iter().filter_map(|item| item.string("territory", diagnostics));
        items.collect::<Vec<_>>()
    });
    let territory = territory.map(|countries| {
        countries.into_iter().filter_map(|country| read_country(country, diagnostics)).collect()
    });
    Release {
        commercial: fields.boolean("commercial", diagnostics).unwrap_or(usual.commercial),
        audience: fields.word("audience", &audiences, diagnostics).unwrap_or(usual.audience),
        territory: territory.unwrap_or_else(|| usual.territory.clone()),
    }
}

/// The two letters of a country, in capitals.
pub(crate) fn read_country(
    (written, span): Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    if written.len() == 2 && written.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Some(written.to_ascii_uppercase());
    }
    let message = format!("`{written}` is no country");
    diagnostics.push(
        Diagnostic::new(Code::InvalidValue, span, message)
            .help("write its two letters (ISO 3166-1): `DE`, `US`"),
    );
    None
}
