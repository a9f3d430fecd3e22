//! The table `[epub]` of `book.toml`.

use super::book::normalise;
use super::config::EpubConfig;
use super::fields::{Fields, Spanned};
use super::release::{Release, read_release};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Units of numbers of bytes and how many bytes each has (powers of 1000, as shops count).
const UNITS: &[(&str, u64)] = &[("kB", 1_000), ("KB", 1_000), ("MB", 1_000_000)];

/// Reads `[epub]`; it reaches its readers as the `book` does unless it says otherwise.
pub(super) fn read_epub(
    fields: Option<Fields<'_>>,
    book: &Release,
    diagnostics: &mut Diagnostics,
) -> EpubConfig {
    let Some(mut fields) = fields else {
        return EpubConfig { release: book.clone(), ..EpubConfig::default() };
    };
    let css = fields.string("css", diagnostics).and_then(|(written, span)| {
        normalise(&written, span, diagnostics).map(|path| (path, span))
    });
    let certified_by = fields.string("certified-by", diagnostics).filter(|(name, span)| {
        if name.is_empty() {
            let complaint = Diagnostic::new(Code::InvalidValue, *span, "`certified-by` is empty");
            diagnostics.push(complaint.help("write who certifies, or remove the key"));
        }
        !name.is_empty()
    });
    let config = EpubConfig {
        page_list: fields.boolean("page-list", diagnostics).unwrap_or(true),
        css,
        budget: read_bytes(&mut fields, "budget", diagnostics),
        fonts: read_fonts(&mut fields, diagnostics),
        certified_by,
        release: read_release(&mut fields, book, diagnostics),
    };
    fields.finish(diagnostics);
    config
}

/// A number of bytes: `20 MB`.
pub(super) fn read_bytes(
    fields: &mut Fields<'_>,
    key: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<u64>> {
    let (written, span) = fields.string(key, diagnostics)?;
    let Some(bytes) = bytes(&written) else {
        let message = format!("`{written}` is no number of bytes");
        let complaint = Diagnostic::new(Code::InvalidValue, span, message);
        diagnostics.push(complaint.help("write a number and its unit: `20 MB`, `650 kB`"));
        return None;
    };
    Some((bytes, span))
}

/// `20 MB`, `1.5 MB`, `650 kB`: at least one byte, at most a million million.
fn bytes(written: &str) -> Option<u64> {
    let (number, unit) =
        UNITS.iter().find_map(|(name, unit)| Some((written.strip_suffix(name)?.trim(), *unit)))?;
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |text: &str, most| {
        (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    if !is_number(whole, 6) || !is_number(part, 3) {
        return None;
    }
    let thousandths: u64 = format!("{whole}{part:0<3}").parse().ok()?;
    Some(thousandths * unit / 1000).filter(|bytes| *bytes > 0)
}

fn read_fonts(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<Spanned<String>> {
    let list = fields.get("fonts").and_then(|value| value.list("fonts", diagnostics));
    let names = list.unwrap_or_default().into_iter();
    names.filter_map(|name| name.string("fonts", diagnostics)).collect()
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn budgets_are_numbers_with_units() {
        assert_eq!(bytes("20 MB"), Some(20_000_000));
        assert_eq!(bytes("1.5MB"), Some(1_500_000));
        assert_eq!(bytes("650 kB"), Some(650_000));
        for wrong in ["", "20", "MB", "0 MB", "1,5 MB", "-1 MB", "9999999 MB", "1.2345 MB", "2 GB"]
        {
            assert_eq!(bytes(wrong), None, "{wrong}");
        }
    }
}
