//! The tables `[edition.NAME]` of `book.toml`, and what a designer would choose for a page.

use super::config::{ContentsPlace, EditionConfig, Folio, LinkPolicy, Margins, Opening, Standards};
use super::fields::{Fields, Spanned, nearest, one_of};
use super::release::{Release, read_release};
use super::theme::{Theme, read_edition_theme};
use super::{identifier, measure, standard};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::geom::{Length, Size};
use crate::source::Span;

/// The least side of a page: a matchbox. Smaller ones are slips of the pen.
const SMALLEST_SIDE: Length = Length::mm(30);

/// The least width of the text block, half an inch: below it, not even a word fits a line.
const SMALLEST_MEASURE: Length = Length::pt(36);

/// The least and the greatest size of text.
const TEXT_SIZES: (Length, Length) = (Length::pt(4), Length::pt(72));

/// What an edition has from the book: the theme, and how it reaches its readers.
type Book<'a> = (&'a Theme, &'a Release);

/// Reads all of `[edition]`; one A5 edition `book` when there is none.
pub(super) fn read_editions(
    fields: Option<Fields<'_>>,
    book: Book<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<EditionConfig> {
    let mut editions = Vec::new();
    for (name, value) in fields.map(|mut fields| fields.rest()).unwrap_or_default() {
        let Some(fields) = value.table(&format!("edition.{name}"), diagnostics) else { continue };
        // `--edition epub` means the EPUB.
        if name == "epub"
            || !identifier::is_slug(name)
            || name.bytes().any(|b| b.is_ascii_uppercase())
        {
            let message = format!("`{name}` is no name of an edition");
            diagnostics.push(
                Diagnostic::new(Code::InvalidValue, value.key_span, message)
                    .help("use small ASCII letters, digits and hyphens: files are named after it"),
            );
            // The table's own mistakes are reported all the same.
            read_edition(name, fields, book, diagnostics);
            continue;
        }
        editions.push(read_edition(name, fields, book, diagnostics));
    }
    if editions.is_empty() {
        editions.push(usual("book", a5(), book));
    }
    editions
}

fn a5() -> Size {
    Size::new(Length::mm(148), Length::mm(210))
}

fn read_edition(
    name: &str,
    mut fields: Fields<'_>,
    book: Book<'_>,
    diagnostics: &mut Diagnostics,
) -> EditionConfig {
    let header = fields.span;
    let page = read_page(&mut fields, diagnostics);
    let page_span = page.map_or(header, |(_, span)| span);
    let mut edition = usual(name, page.map_or_else(a5, |(size, _)| size), book);
    if let Some(mirrored) = fields.boolean("mirrored", diagnostics) {
        edition.mirrored = mirrored;
        edition.opening = opening(mirrored);
    }
    let margins = fields.table("margins", diagnostics);
    let margins_span = margins.as_ref().map_or(page_span, |table| table.span);
    if let Some(table) = margins {
        edition.margins = read_margins(table, edition.margins, diagnostics);
    }
    read_words(&mut fields, &mut edition, diagnostics);
    read_text_size(&mut fields, &mut edition, diagnostics);
    if let Some(standards) = standard::read(&mut fields, diagnostics) {
        edition.standards = standards;
    }
    edition.theme = read_edition_theme(&mut fields, book.0, diagnostics);
    edition.release = read_release(&mut fields, book.1, diagnostics);
    check_margins(&mut edition, margins_span, diagnostics);
    fields.finish(diagnostics);
    edition
}

fn read_page(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Spanned<Size>> {
    let (written, span) = fields.string("page", diagnostics)?;
    let names = || measure::PAGES.iter().map(|(name, ..)| *name);
    let size = measure::page(&written);
    let good = |side: Length| side >= SMALLEST_SIDE && side <= measure::LONGEST;
    if let Some(size) = size.filter(|size| good(size.width) && good(size.height)) {
        return Some((size, span));
    }
    let (message, help) = if size.is_some() {
        (
            format!("a page of `{written}` cannot be made"),
            format!("sides are from 30mm to {}in", measure::LONGEST.0 / Length::pt(72).0),
        )
    } else {
        let help = match nearest(&written, names()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("write {}, or two lengths: `148mm x 210mm`", one_of(names())),
        };
        (format!("`{written}` is no page size"), help)
    };
    diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message).help(help));
    None
}

fn read_margins(mut table: Fields<'_>, usual: Margins, diagnostics: &mut Diagnostics) -> Margins {
    let mut side = |key, usual| match read_length(&mut table, key, diagnostics) {
        Some((length, _)) if length >= Length::ZERO => length,
        Some((_, span)) => {
            let message = format!("`{key}` is negative");
            diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message));
            usual
        }
        None => usual,
    };
    let margins = Margins {
        top: side("top", usual.top),
        inner: side("inner", usual.inner),
        outer: side("outer", usual.outer),
        bottom: side("bottom", usual.bottom),
    };
    table.finish(diagnostics);
    margins
}

fn read_words(fields: &mut Fields<'_>, edition: &mut EditionConfig, diagnostics: &mut Diagnostics) {
    let openings = [("recto", Opening::Recto), ("page", Opening::Page), ("run-on", Opening::RunOn)];
    let links = [("live", LinkPolicy::Live), ("notes", LinkPolicy::Notes)];
    let places =
        [("front-matter", ContentsPlace::FrontMatter), ("first-page", ContentsPlace::FirstPage)];
    let folios = [("book", Folio::Book), ("of-total", Folio::OfTotal)];
    if let Some(opening) = fields.word("open", &openings, diagnostics) {
        edition.opening = opening;
    }
    if let Some(policy) = fields.word("links", &links, diagnostics) {
        edition.links = policy;
    }
    if let Some(place) = fields.word("contents", &places, diagnostics) {
        edition.contents = place;
    }
    if let Some(folio) = fields.word("folio", &folios, diagnostics) {
        edition.folio = folio;
    }
}

fn read_text_size(
    fields: &mut Fields<'_>,
    edition: &mut EditionConfig,
    diagnostics: &mut Diagnostics,
) {
    let (least, most) = TEXT_SIZES;
    if let Some((size, span)) = read_length(fields, "text-size", diagnostics) {
        if (least..=most).contains(&size) {
            // The proportion that was chosen for the page, to a quarter of a point.
            let quarter = Length::milli_pt(250);
            let leading = edition.leading.scale(size.0, edition.text_size.0);
            edition.leading = quarter * leading.scale(1, quarter.0).0;
            edition.text_size = size;
        } else {
            diagnostics.push(out_of_range("text-size", span, least, most));
        }
    }
    if let Some((leading, span)) = read_length(fields, "leading", diagnostics) {
        let (least, most) = (edition.text_size, edition.text_size * 4);
        if (least..=most).contains(&leading) {
            edition.leading = leading;
        } else {
            diagnostics.push(out_of_range("leading", span, least, most));
        }
    }
}

fn out_of_range(key: &str, span: Span, least: Length, most: Length) -> Diagnostic {
    Diagnostic::new(Code::InvalidValue, span, format!("`{key}` is out of its range"))
        .help(format!("it is from {least}pt to {most}pt here"))
}

fn read_length(
    fields: &mut Fields<'_>,
    key: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Length>> {
    let value = fields.get(key)?;
    if !value.is_string() {
        value.wrong_type(key, "a length with its unit, such as `\"20mm\"`", diagnostics);
        return None;
    }
    let (written, span) = value.string(key, diagnostics)?;
    let length = measure::length(&written);
    if length.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::InvalidValue, span, format!("`{written}` is no length"))
                .help("write a number and its unit: `20mm`, `2cm`, `0.75in`, `54pt`"),
        );
    }
    length.map(|length| (length, span))
}

/// Margins must leave room for text; if they do not, the usual ones are taken.
fn check_margins(edition: &mut EditionConfig, span: Span, diagnostics: &mut Diagnostics) {
    let Margins { top, inner, outer, bottom } = edition.margins;
    let width = edition.page.width - inner - outer;
    let height = edition.page.height - top - bottom;
    let least = edition.leading * 2;
    let (between, left, least) = if width < SMALLEST_MEASURE {
        ("`inner` and `outer`", width, SMALLEST_MEASURE)
    } else if height < least {
        ("`top` and `bottom`", height, least)
    } else {
        return;
    };
    let left = left.max(Length::ZERO);
    let message = format!("the margins {between} leave {left}pt for the text");
    diagnostics.push(
        Diagnostic::new(Code::InvalidValue, span, message)
            .help(format!("leave at least {least}pt")),
    );
    edition.margins = usual("", edition.page, (&edition.theme, &edition.release)).margins;
}

fn opening(mirrored: bool) -> Opening {
    if mirrored { Opening::Recto } else { Opening::Page }
}

/// What is chosen where the author says nothing: a book page up to 180 mm wide, a sheet above.
/// A5 and A4 have their own numbers; other sizes have the same proportions.
fn usual(name: &str, page: Size, (theme, release): Book<'_>) -> EditionConfig {
    let mirrored = page.width <= Length::mm(180);
    let (across, down, text_size, leading) = if mirrored {
        let across = |mm: i64| page.width.scale(mm, 148);
        let down = |mm: i64| page.height.scale(mm, 210);
        let small = page.width < Length::mm(125);
        let (size, leading) = if small { (9_000, 12_000) } else { (10_000, 13_500) };
        ((across(20), across(16)), (down(18), down(21)), size, leading)
    } else {
        let side = page.width.scale(33, 210);
        ((side, side), (page.height.scale(25, 297), page.height.scale(28, 297)), 11_000, 15_000)
    };
    EditionConfig {
        name: name.to_owned(),
        page,
        margins: Margins { top: down.0, inner: across.0, outer: across.1, bottom: down.1 },
        mirrored,
        opening: opening(mirrored),
        links: LinkPolicy::Live,
        contents: ContentsPlace::FrontMatter,
        folio: Folio::Book,
        text_size: Length::milli_pt(text_size),
        leading: Length::milli_pt(leading),
        standards: Standards::USUAL,
        theme: theme.clone(),
        release: release.clone(),
    }
}
