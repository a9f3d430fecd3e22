//! The tables `[book]`, `[photos]`, `[math]` and `[hyphenation]` of `book.toml`.

use super::config::{BookConfig, PersonConfig, PhotoLimits, PhotosConfig, Policy, SubjectConfig};
use super::epub::read_bytes;
use super::fields::{Fields, Spanned, Value};
use super::release::{Release, read_release};
use super::{address, identifier, path};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use std::collections::BTreeMap;

/// The most megapixels that a book may allow: with four bytes each they are 16 GB.
const MOST_MEGAPIXELS: i64 = 4000;

/// Lists of people and their MARC relator codes.
const PEOPLE: &[(&str, &str)] = &[
    ("authors", "aut"),
    ("editors", "edt"),
    ("translators", "trl"),
    ("illustrators", "ill"),
    ("photographers", "pht"),
    ("organisers", "orm"),
    ("describers", "wat"),
];

/// The title of a book that has none, which is an error: the other stages go on with it.
const UNTITLED: &str = "Untitled";

/// Reads `[book]`; `None` stands for a file without the table.
pub(super) fn read_book(
    fields: Option<Fields<'_>>,
    start: Span,
    diagnostics: &mut Diagnostics,
) -> BookConfig {
    let Some(mut fields) = fields else {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, start, "the file has no table `[book]`")
                .help("begin with `[book]`, `title = \"…\"` and `language = \"en\"`"),
        );
        return untitled(start);
    };
    let title = fields
        .require("title", "\"…\"", diagnostics)
        .and_then(|value| value.string("title", diagnostics));
    if let Some((_, span)) = title.as_ref().filter(|(text, _)| text.is_empty()) {
        diagnostics.push(Diagnostic::new(Code::InvalidValue, *span, "`title` is empty"));
    }
    let header = fields.span;
    let (title, span) = title.map(|(t, s)| (one_line(&t), s)).unwrap_or((UNTITLED.into(), header));
    let slug = read_slug(&mut fields, &title, diagnostics);
    let language = read_language(&mut fields, diagnostics);
    let identifier = read_identifier(&mut fields, &slug, &language, diagnostics);
    let mut text = |key| fields.string(key, diagnostics).map(|(t, _)| t).filter(|t| !t.is_empty());
    let (subtitle, publisher, rights) = (text("subtitle"), text("publisher"), text("rights"));
    let (licence, description) = (text("licence"), text("description"));
    let config = BookConfig {
        slug,
        version: read_version(&mut fields, diagnostics),
        commit: None,
        title,
        span,
        subtitle: subtitle.map(|t| one_line(&t)),
        people: read_people(&mut fields, diagnostics),
        language,
        identifier,
        date: fields.get("date").and_then(|v| v.date("date", diagnostics)).map(|(day, _)| day),
        publisher,
        rights,
        licence,
        series: read_series(&mut fields, diagnostics),
        description,
        subjects: read_subjects(&mut fields, diagnostics),
        edit_url: read_edit_url(&mut fields, diagnostics),
        release: read_release(&mut fields, &Release::default(), diagnostics),
    };
    fields.finish(diagnostics);
    config
}

/// Reads `[photos]`; with it, the place where the register is named, if it is.
pub(super) fn read_photos(
    fields: Option<Fields<'_>>,
    diagnostics: &mut Diagnostics,
) -> (PhotosConfig, Option<Span>) {
    let Some(mut fields) = fields else {
        return (photos_in("images".to_owned()), None);
    };
    let mut place = |key| {
        let (written, span) = fields.string(key, diagnostics)?;
        let path = normalise(&written, span, diagnostics)?;
        Some((path, span))
    };
    let (folder, register, cover) = (place("folder"), place("register"), place("cover"));
    let mut photos = photos_in(folder.map_or_else(|| "images".to_owned(), |(path, _)| path));
    let mut register_span = None;
    if let Some((path, span)) = register {
        if path::inside("", &path).or(path::inside(&photos.folder, &path)).is_some() {
            photos.register = path;
            register_span = Some(span);
        } else {
            diagnostics.push(outside(&path, span));
        }
    }
    photos.cover = cover.filter(|(path, span)| {
        let good = path::inside("", path).is_some();
        if !good {
            diagnostics.push(outside(path, *span).help("the cover lies in the photo folder"));
        }
        good
    });
    let words = [("strict", Policy::Strict), ("warn", Policy::Warn)];
    photos.policy = fields.word("policy", &words, diagnostics).unwrap_or(Policy::Strict);
    let usual = PhotoLimits::USUAL;
    let megapixels = fields.integer("max-megapixels", 1..=MOST_MEGAPIXELS, diagnostics);
    let megapixels = megapixels.and_then(|number| u64::try_from(number).ok());
    photos.limits = PhotoLimits {
        pixels: megapixels.map_or(usual.pixels, |number| number * 1_000_000),
        bytes: read_bytes(&mut fields, "max-bytes", diagnostics).map_or(usual.bytes, |(n, _)| n),
    };
    fields.finish(diagnostics);
    (photos, register_span)
}

/// Reads `[fonts]`: the folder of the book's own fonts.
pub(super) fn read_fonts(
    fields: Option<Fields<'_>>,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Span)> {
    let mut fields = fields?;
    let folder = fields.string("folder", diagnostics);
    fields.finish(diagnostics);
    let (written, span) = folder?;
    Some((normalise(&written, span, diagnostics)?, span))
}

/// Reads `[math.macros]`: TeX commands of the book's own and what they stand for.
pub(super) fn read_macros(
    fields: Option<Fields<'_>>,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, String, Span)> {
    let Some(mut fields) = fields else { return Vec::new() };
    let macros = fields.table("macros", diagnostics);
    fields.finish(diagnostics);
    let mut read = Vec::new();
    for (name, value) in macros.map(|mut fields| fields.rest()).unwrap_or_default() {
        if let Some((tex, span)) = value.string(name, diagnostics) {
            read.push((name.to_owned(), tex, span));
        }
    }
    read
}

/// Reads `[hyphenation]`: words and their pieces, joined by hyphens.
pub(super) fn read_hyphenation(
    fields: Option<Fields<'_>>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Vec<String>> {
    let mut words = BTreeMap::new();
    for (word, value) in fields.map(|mut fields| fields.rest()).unwrap_or_default() {
        let Some((written, span)) = value.string(word, diagnostics) else { continue };
        let pieces: Vec<String> = written.split('-').map(str::to_lowercase).collect();
        let word = word.to_lowercase();
        if pieces.concat() == word && pieces.iter().all(|piece| !piece.is_empty()) {
            words.insert(word, pieces);
        } else {
            let message = format!("the pieces of `{written}` do not make the word `{word}`");
            diagnostics.push(
                Diagnostic::new(Code::InvalidValue, span, message)
                    .help("write the word with a hyphen wherever it may break: `ku-ber-ne-tes`"),
            );
        }
    }
    words
}

/// A path of `book.toml` in its normal form, or a complaint.
pub(super) fn normalise(
    written: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let (code, message, help) = match path::normalise(written) {
        Ok(path) => return Some(path),
        Err(path::BadPath::Absolute) => (
            Code::PathOutside,
            format!("`{written}` is an absolute path"),
            "write it relative to the folder of `book.toml`",
        ),
        Err(path::BadPath::Character) => (
            Code::InvalidValue,
            format!("`{}` is no path", written.replace('\0', "\u{FFFD}")),
            "write `/` between folders",
        ),
        Err(path::BadPath::Empty) => {
            (Code::InvalidValue, "the path is empty".to_owned(), "name a file or a folder")
        }
    };
    diagnostics.push(Diagnostic::new(code, span, message).help(help));
    None
}

/// The complaint about a path that leaves its folders, by its words or by a symbolic link.
pub(super) fn outside(path: &str, span: Span) -> Diagnostic {
    let message = format!("`{path}` leads out of the folders of the book");
    Diagnostic::new(Code::PathOutside, span, message).help(match path::climb(path).is_empty() {
        true => "it is or goes through a symbolic link: put the file itself there",
        false => "name a file in the folder of `book.toml`",
    })
}

fn read_subjects(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<SubjectConfig> {
    let list = fields.get("subjects").and_then(|value| value.list("subjects", diagnostics));
    let items = list.unwrap_or_default().into_iter();
    items.filter_map(|item| read_subject(item, diagnostics)).collect()
}

fn read_subject(item: Value<'_>, diagnostics: &mut Diagnostics) -> Option<SubjectConfig> {
    let kept = |text: Spanned<String>, what, diagnostics: &mut Diagnostics| {
        said(text, what).map_err(|empty| diagnostics.push(empty)).ok()
    };
    if item.is_string() {
        let term = kept(item.string("subjects", diagnostics)?, "a subject", diagnostics)?;
        return Some(SubjectConfig { term, code: None });
    }
    if !item.is_table() {
        let wanted = "a list of texts or of `{ term = \"…\", authority = \"…\", code = \"…\" }`";
        item.wrong_type("subjects", wanted, diagnostics);
        return None;
    }
    let mut subject = item.table("subjects", diagnostics)?;
    let mut text = |key, what| {
        let value = subject.require(key, "\"…\"", diagnostics);
        let text = value.and_then(|value| value.string(key, diagnostics))?;
        kept(text, what, diagnostics)
    };
    let term = text("term", "the name of a subject");
    let code = text("authority", "the authority of a subject").zip(text("code", "a code"));
    subject.finish(diagnostics);
    Some(SubjectConfig { term: term?, code })
}

fn read_slug(fields: &mut Fields<'_>, title: &str, diagnostics: &mut Diagnostics) -> String {
    let made = identifier::slug_of(title);
    let Some((slug, span)) = fields.string("slug", diagnostics) else { return made };
    if identifier::is_slug(&slug) {
        return slug;
    }
    diagnostics.push(
        Diagnostic::new(Code::InvalidValue, span, format!("`{slug}` is no file name stem")).help(
            format!("use ASCII letters, digits and hyphens: `{}`", {
                let own = identifier::slug_of(&slug);
                if own == "book" { made.clone() } else { own }
            }),
        ),
    );
    made
}

fn read_version(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> String {
    let default = "1.0.0".to_owned();
    let Some((version, span)) = fields.string("version", diagnostics) else { return default };
    if is_version(&version) {
        return version;
    }
    diagnostics.push(
        Diagnostic::new(Code::InvalidValue, span, format!("`{version}` is no version"))
            .help("use ASCII letters, digits, `.`, `-`, `+` and `_`: `1.0.0`"),
    );
    default
}

/// Whether a text may be the version of a book: artefacts may be named after it.
pub(crate) fn is_version(text: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+' | b'_');
    (1..=64).contains(&text.len()) && text.bytes().all(good)
}

fn read_language(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> String {
    let default = "en".to_owned();
    let value = fields.require("language", "\"en\"", diagnostics);
    let Some((tag, span)) = value.and_then(|value| value.string("language", diagnostics)) else {
        return default;
    };
    if identifier::is_language_tag(&tag) {
        return tag;
    }
    let mended = tag.replace('_', "-");
    let help = if identifier::is_language_tag(&mended) {
        format!("did you mean `{mended}`?")
    } else {
        "write a BCP 47 tag such as `en`, `en-US` or `zh-Hant`".to_owned()
    };
    let message = format!("`{tag}` is no language tag");
    diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message).help(help));
    default
}

fn read_identifier(
    fields: &mut Fields<'_>,
    slug: &str,
    language: &str,
    diagnostics: &mut Diagnostics,
) -> String {
    let made = || identifier::identifier_of(slug, language);
    let Some((written, span)) = fields.string("identifier", diagnostics) else { return made() };
    identifier::identifier(&written).unwrap_or_else(|bad| {
        let complaint = Diagnostic::new(Code::InvalidIdentifier, span, bad.message);
        diagnostics.push(complaint.help(bad.help));
        made()
    })
}

fn read_people(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<PersonConfig> {
    let mut people = Vec::new();
    for (key, role) in PEOPLE {
        let list = fields.get(key).and_then(|value| value.list(key, diagnostics));
        for item in list.unwrap_or_default() {
            people.extend(read_person(item, key, role, diagnostics));
        }
    }
    people
}

fn read_person(
    item: Value<'_>,
    key: &str,
    role: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<PersonConfig> {
    if !item.is_table() && !item.is_string() {
        item.wrong_type(key, "a list of names or of `{ name = \"…\", sort = \"…\" }`", diagnostics);
        return None;
    }
    let (name, sort) = if item.is_string() {
        (item.string(key, diagnostics), None)
    } else {
        let mut person = item.table(key, diagnostics)?;
        let name = person.require("name", "\"…\"", diagnostics);
        let name = name.and_then(|value| value.string("name", diagnostics));
        let sort = person.string("sort", diagnostics);
        person.finish(diagnostics);
        (name, sort)
    };
    let (name, span) = name?;
    if name.is_empty() {
        diagnostics.push(Diagnostic::new(Code::InvalidValue, span, "a name is empty"));
        return None;
    }
    let sort = sort.map(|(text, _)| one_line(&text)).filter(|text| !text.is_empty());
    Some(PersonConfig { name: one_line(&name), sort, role })
}

fn read_series(
    fields: &mut Fields<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Option<String>)> {
    let value = fields.get("series")?;
    if value.is_string() {
        let name = said(value.string("series", diagnostics)?, "the name of the series");
        return name.map_err(|empty| diagnostics.push(empty)).ok().map(|name| (name, None));
    }
    let mut series = value.table("series", diagnostics)?;
    let name = series.require("name", "\"…\"", diagnostics);
    let name = name.and_then(|value| value.string("name", diagnostics));
    let position = series.string("position", diagnostics);
    series.finish(diagnostics);
    let mut kept = |text: Spanned<String>, what| {
        said(text, what).map_err(|empty| diagnostics.push(empty)).ok()
    };
    let position = position.and_then(|text| kept(text, "the position in the series"));
    Some((name.and_then(|text| kept(text, "the name of the series"))?, position))
}

/// A text on one line, or the complaint that there is none.
fn said((text, span): Spanned<String>, what: &str) -> Result<String, Diagnostic> {
    if text.is_empty() {
        let complaint = Diagnostic::new(Code::InvalidValue, span, format!("{what} is empty"));
        return Err(complaint.help("write it, or remove the key"));
    }
    Ok(one_line(&text))
}

fn read_edit_url(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let (url, span) = fields.string("edit-url", diagnostics)?;
    if address::is_page(&url) {
        return Some(url);
    }
    diagnostics.push(
        Diagnostic::new(Code::InvalidValue, span, format!("`{url}` is no address of a page"))
            .help("write `https://…/{file}`"),
    );
    None
}

/// White space, line ends included, as single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn photos_in(folder: String) -> PhotosConfig {
    let register =
        path::join(&folder, "credits.toml").unwrap_or_else(|_| "images/credits.toml".to_owned());
    PhotosConfig {
        folder,
        register,
        cover: None,
        policy: Policy::Strict,
        limits: PhotoLimits::USUAL,
    }
}

fn untitled(span: Span) -> BookConfig {
    let (slug, language) = (identifier::slug_of(UNTITLED), "en".to_owned());
    BookConfig {
        identifier: identifier::identifier_of(&slug, &language),
        slug,
        version: "1.0.0".to_owned(),
        commit: None,
        title: UNTITLED.to_owned(),
        span,
        subtitle: None,
        people: Vec::new(),
        language,
        date: None,
        publisher: None,
        rights: None,
        licence: None,
        series: None,
        description: None,
        subjects: Vec::new(),
        edit_url: None,
        release: Release::default(),
    }
}
