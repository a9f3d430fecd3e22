//! mdBook's `book.toml`: what of it means something for a book, and `[output.endpaper]`.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::address;
use crate::project::book::{read_book, read_photos};
use crate::project::config::{Config, ContentsConfig, MdBookConfig, Policy};
use crate::project::contents;
use crate::project::fields::Fields;
use crate::project::load::read_rest;
use crate::project::path;
use crate::source::Span;
use std::collections::BTreeMap;
use toml::de::DeValue;

/// The keys of mdBook's `[book]` that Endpaper's has too.
const SHARED: [&str; 4] = ["title", "authors", "description", "language"];

/// As deep as headings go.
const ALL_LEVELS: u8 = 6;

/// Reads the file; with it, the place where a register is named, if it is. Keys that mdBook or
/// its plug-ins know are none of our business; those below `[output.endpaper]` are.
pub(in crate::project) fn read_config(
    mut top: Fields<'_>,
    folder: &str,
    diagnostics: &mut Diagnostics,
) -> (Config, Option<Span>) {
    let start = top.span;
    let book = top.table("book", diagnostics);
    let mut output = top.table("output", diagnostics);
    let mut html = output.as_mut().and_then(|output| output.table("html", diagnostics));
    let own = output.as_mut().and_then(|output| output.table("endpaper", diagnostics));
    let mut own = own.unwrap_or_else(|| Fields::empty("output.endpaper", start));

    // mdBook's defaults.
    let (language, title) = (DeValue::String("en".into()), DeValue::String("Untitled".into()));
    let mut fields = book.unwrap_or_else(|| Fields::empty("book", start));
    fields.keep(&SHARED);
    fields.default("language", &language);
    fields.default("title", &title);
    if let Some(more) = own.table("book", diagnostics) {
        fields.override_with(more);
    }
    let book = read_book(Some(fields), start, diagnostics);

    let contents = read_settings(own.table("contents", diagnostics), html.as_mut(), diagnostics);
    let mut photos = own.table("photos", diagnostics);
    let says_policy = photos.as_mut().is_some_and(|photos| photos.has("policy"));
    let (mut photos, register) = read_photos(photos, diagnostics);
    if register.is_none() {
        photos.register = path::join(folder, "credits.toml").unwrap_or(photos.register);
    }
    folder.clone_into(&mut photos.folder);
    if !says_policy {
        photos.policy = Policy::Warn;
    }
    let config = read_rest(&mut own, (book, contents, photos), diagnostics);
    let mdbook = read_mdbook(&mut own, html, diagnostics);
    // How mdBook starts the program is said in the same table.
    for key in ["command", "optional"] {
        own.get(key);
    }
    own.finish(diagnostics);
    (Config { mdbook: Some(mdbook), lenient: true, ..config }, register)
}

/// Chapters are numbered, and named in the contents, as mdBook's sidebar does it: the list, not the
/// headings in the files.
fn read_settings(
    fields: Option<Fields<'_>>,
    html: Option<&mut Fields<'_>>,
    diagnostics: &mut Diagnostics,
) -> ContentsConfig {
    let plain = html.and_then(|html| html.boolean("no-section-label", diagnostics));
    let levels = if plain == Some(true) { 0 } else { ALL_LEVELS };
    let Some(mut fields) = fields else {
        return ContentsConfig {
            numbering: levels,
            depth: ALL_LEVELS,
            ..ContentsConfig::default()
        };
    };
    let numbered = fields.has("numbering");
    let (figures, depth) = (fields.has("number-figures"), fields.has("depth"));
    let mut settings = contents::read_config(&mut fields, diagnostics);
    fields.finish(diagnostics);
    if !numbered {
        settings.numbering = levels;
    }
    if !depth {
        settings.depth = ALL_LEVELS;
    }
    settings.number_figures &= figures;
    settings
}

fn read_mdbook(
    own: &mut Fields<'_>,
    html: Option<Fields<'_>>,
    diagnostics: &mut Diagnostics,
) -> MdBookConfig {
    let base = own.string("base-url", diagnostics);
    let base = base.filter(|(url, span)| {
        let is_page = address::is_page(url);
        if !is_page {
            let message = format!("`{url}` is no address of a page");
            diagnostics.push(
                Diagnostic::new(Code::InvalidValue, *span, message)
                    .help("write the address where the book is read: `https://…/`"),
            );
        }
        is_page
    });
    let mut mdbook = MdBookConfig { base: base.map(|(url, _)| url), ..MdBookConfig::default() };
    let Some(mut html) = html else { return mdbook };
    mdbook.math = html.boolean("mathjax-support", diagnostics).unwrap_or(false);
    mdbook.redirects = strings(html.table("redirect", diagnostics), diagnostics);
    let code = html.table("code", diagnostics);
    let hidden = code.and_then(|mut code| code.table("hidelines", diagnostics));
    mdbook.hidden = strings(hidden, diagnostics);
    mdbook
}

/// A table of strings; what is something else is mdBook's to complain about.
fn strings(fields: Option<Fields<'_>>, diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
    let entries = fields.map(|mut fields| fields.rest()).unwrap_or_default();
    let entries = entries.into_iter().filter(|(_, value)| value.is_string());
    entries
        .filter_map(|(key, value)| Some((key.to_owned(), value.string(key, diagnostics)?.0)))
        .collect()
}
