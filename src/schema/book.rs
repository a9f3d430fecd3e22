//! The schema of `book.toml`.

use serde_json::Value;

use super::form::{Form, Key, document, key, required};

/// The JSON Schema of `book.toml`.
pub fn book() -> Value {
    document("Endpaper book", "The file that makes a folder a book", Form::Table(TOP))
}

const TOP: &[Key] = &[
    required("book", Form::Table(BOOK), "What the book is"),
    required("contents", Form::Table(CONTENTS), "What is in it, in order"),
    key("photos", Form::Table(PHOTOS), "Where its pictures are"),
    key("fonts", Form::Table(FONTS), "Fonts of its own"),
    key("theme", Form::Table(THEME), "How it looks"),
    key("hyphenation", Form::Named(&Form::Text), "Words and where they may break: ku-ber-ne-tes"),
    key("math", Form::Table(MATH), "Formulas"),
    key("epub", Form::Table(EPUB), "The EPUB"),
    key("edition", Form::Named(&Form::Table(EDITION)), "A table for each PDF"),
];

const PEOPLE: Form = Form::List(&Form::Either(&[Form::Text, Form::Table(PERSON)]));

const PERSON: &[Key] = &[
    required("name", Form::Text, "As printed"),
    key("sort", Form::Text, "As sorted: Rice, Liz; made from the name unless given"),
];

const BOOK: &[Key] = &[
    required("title", Form::Text, "Main title"),
    key("subtitle", Form::Text, "Second title"),
    key("slug", Form::Text, "How the files are called; made from the title unless given"),
    key("version", Form::Text, "The book's own version; 1.0.0 unless given"),
    required("language", Form::Text, "A BCP 47 tag: en-US, de, fr-CA"),
    key("authors", PEOPLE, "Who wrote it"),
    key("editors", PEOPLE, "Who edited it"),
    key("translators", PEOPLE, "Who translated it"),
    key("illustrators", PEOPLE, "Who illustrated it"),
    key("photographers", PEOPLE, "Who photographed for it"),
    key("organisers", PEOPLE, "Who organised what it reports on"),
    key("describers", PEOPLE, "Who wrote the alternative texts of its pictures"),
    key("identifier", Form::Text, "ISBN or UUID; a UUID is made unless given"),
    key("date", Form::Day, "Day of publication"),
    key("publisher", Form::Text, "Who publishes it"),
    key("rights", Form::Text, "Rights in one sentence"),
    key("description", Form::Text, "What bookshops show"),
    key("licence", Form::Text, "SPDX identifier of the text's licence: CC-BY-4.0"),
    key("series", Form::Either(&[Form::Text, Form::Table(SERIES)]), "The series it belongs to"),
    key(
        "subjects",
        Form::List(&Form::Either(&[Form::Text, Form::Table(SUBJECT)])),
        "What it is about",
    ),
    key("commercial", Form::Truth, "Whether somebody earns with it; false unless given"),
    key("audience", Form::Words(&["public", "internal"]), "Who reads it; public unless given"),
    key(
        "territory",
        Form::List(&Form::Text),
        "Countries it is given away in: DE; the world unless given",
    ),
    key("edit-url", Form::Text, "Where a reader can mend a chapter: https://…/{file}"),
];

const SUBJECT: &[Key] = &[
    required("term", Form::Text, "In words: COMPUTERS / Internet / General"),
    required("authority", Form::Text, "Whose scheme it is: BISAC, Thema, LCSH, or an address"),
    required("code", Form::Text, "The code in that scheme: COM060000"),
];

const SERIES: &[Key] = &[
    required("name", Form::Text, "Its name"),
    key("position", Form::Text, "Which book of it this is"),
];

const CONTENTS: &[Key] = &[
    required(
        "chapters",
        Form::Either(&[Form::Text, Form::List(&Form::Either(&[Form::Text, Form::Table(PART)]))]),
        "A folder, or a list of files and of parts",
    ),
    key("front", Form::List(&Form::Text), "Chapters before the body, on pages with roman numbers"),
    key("back", Form::List(&Form::Text), "Chapters behind the body"),
    key("numbering", Form::Whole(0, 6), "How many levels of headings have numbers"),
    key("depth", Form::Whole(1, 6), "How many levels of headings the contents name"),
    key("number-figures", Form::Truth, "Whether figures with a caption have numbers"),
    key("lists", Form::List(&Form::Words(&["figures", "tables"])), "Lists behind the contents"),
    key("anchors", Form::Text, "A file that keeps anchors when headings change"),
];

const PART: &[Key] = &[
    required("part", Form::Text, "Its title"),
    required(
        "chapters",
        Form::Either(&[Form::Text, Form::List(&Form::Text)]),
        "A folder, or a list of files",
    ),
];

const PHOTOS: &[Key] = &[
    key("folder", Form::Text, "Where pictures are; images unless given"),
    key("register", Form::Text, "The photo register; credits.toml in that folder unless given"),
    key("cover", Form::Text, "File name of the cover, in that folder"),
    key("policy", Form::Words(&["strict", "warn"]), "Whether gaps in the register stop the build"),
    key(
        "max-megapixels",
        Form::Whole(1, 4000),
        "The most megapixels of a picture; 160 unless given",
    ),
    key("max-bytes", Form::Text, "The most bytes of a picture's file; 256 MB unless given"),
];

const FONTS: &[Key] = &[key("folder", Form::Text, "A folder of TrueType or OpenType files")];

const MATH: &[Key] = &[key("macros", Form::Named(&Form::Text), "TeX commands of the book's own")];

const EPUB: &[Key] = &[
    key("page-list", Form::Truth, "Whether the EPUB knows the pages of the first edition"),
    key("css", Form::Text, "A stylesheet of the author's"),
    key("fonts", Form::List(&Form::Text), "Families to embed"),
    key("budget", Form::Text, "The most bytes: 20 MB"),
    key("certified-by", Form::Text, "Who certifies that the book is accessible"),
    key("commercial", Form::Truth, "Whether somebody earns with it; false unless given"),
    key("audience", Form::Words(&["public", "internal"]), "Who reads it; public unless given"),
    key(
        "territory",
        Form::List(&Form::Text),
        "Countries it is given away in: DE; the world unless given",
    ),
];

const EDITION: &[Key] = &[
    key("page", Form::Text, "A4, A5, A6, B5, letter, or 148mm x 210mm; A5 unless given"),
    key("mirrored", Form::Truth, "Whether left pages mirror right ones"),
    key("margins", Form::Table(MARGINS), "Lengths with units"),
    key("text-size", Form::Text, "Size of the text: 10pt"),
    key("leading", Form::Text, "Distance of its lines: 13.5pt"),
    key("open", Form::Words(&["recto", "page", "run-on"]), "Where parts and chapters begin"),
    key("links", Form::Words(&["live", "notes"]), "Whether addresses are printed as notes"),
    key("contents", Form::Words(&["front-matter", "first-page"]), "Where the contents stand"),
    key("folio", Form::Words(&["book", "of-total"]), "How pages are numbered"),
    key(
        "theme",
        Form::Either(&[Form::Words(THEMES), Form::Table(THEME)]),
        "How this edition looks, laid over the book's theme",
    ),
    key("commercial", Form::Truth, "Whether somebody earns with it; false unless given"),
    key("audience", Form::Words(&["public", "internal"]), "Who reads it; public unless given"),
    key(
        "territory",
        Form::List(&Form::Text),
        "Countries it is given away in: DE; the world unless given",
    ),
    key(
        "standard",
        Form::Either(&[Form::Words(STANDARDS), Form::List(&Form::Words(STANDARDS))]),
        "What the PDF promises to conform to",
    ),
];

const STANDARDS: &[&str] = &["ua-1", "a-2a", "a-2u", "a-3a", "none"];

const MARGINS: &[Key] = &[
    key("top", Form::Text, "Above the text: 18mm"),
    key("inner", Form::Text, "At the spine"),
    key("outer", Form::Text, "At the fore edge"),
    key("bottom", Form::Text, "Below the text"),
];

const THEMES: &[&str] = &["source", "classic"];

const THEME: &[Key] = &[
    key("name", Form::Words(THEMES), "The theme it is laid over"),
    key("small-caps-abbreviations", Form::Truth, "Whether three capitals become small capitals"),
    key("code-size", Form::Number, "Size of code within a line, as a share of the text"),
    key("faces", Form::Table(FACES), "Which family sets what"),
    key("styles", Form::Table(STYLES), "A table for each kind of paragraph"),
    key("colours", Form::Table(COLOURS), "Colours such as #143c6e"),
    key("spacing", Form::Table(SPACING), "Spaces in lines; the indent in ems"),
    key("head", Form::Table(HEAD), "Running heads and folios"),
];

const FACE: Form = Form::Either(&[Form::Text, Form::Table(CUTS)]);

const CUTS: &[Key] = &[
    required("regular", Form::Text, "Name of the upright face"),
    key("italic", Form::Text, "Name of the italic"),
    key("bold", Form::Text, "Name of the bold"),
    key("bold-italic", Form::Text, "Name of the bold italic"),
];

const FACES: &[Key] = &[
    key("text", FACE, "Running text"),
    key("small-text", FACE, "Notes and captions"),
    key("subhead", FACE, "Subtitles"),
    key("display", FACE, "Titles"),
    key("sans", FACE, "Tables, credits, running heads"),
    key("heading", FACE, "Headings"),
    key("mono", FACE, "Code"),
    key("math", FACE, "Formulas"),
];

const STYLE: &[Key] = &[
    key("face", Form::Words(ROLES), "One of the faces"),
    key("cut", Form::Words(&["regular", "italic", "bold"]), "Its cut"),
    key("size", Form::Number, "As a share of the text's size"),
    key("leading", Form::Number, "As a share of the text's leading"),
    key("figures", Form::Words(&["old-style", "lining", "tabular"]), "The form of its figures"),
    key("small-caps", Form::Truth, "Whether its letters are small capitals"),
    key("align", Form::Words(&["justified", "start", "center"]), "How its lines are aligned"),
    key("colour", Form::Text, "Its colour: #143c6e"),
];

const ROLES: &[&str] =
    &["text", "small-text", "subhead", "display", "sans", "heading", "mono", "math"];

const STYLES: &[Key] = &[
    style("text", "Running text"),
    style("note", "Notes"),
    style("caption", "Captions"),
    style("credit", "Credits of pictures"),
    style("table", "Tables"),
    style("listing", "Listings"),
    style("book-title", "The title of the book"),
    style("title", "Titles of chapters"),
    style("subtitle", "Their second titles"),
    style("label", "\"Part I\" and the like"),
    style("speaker", "Names of speakers"),
    style("affiliation", "What speakers do, and for whom"),
    style("heading-2", "Headings of the second level"),
    style("heading-3", "Headings of the third level"),
    style("heading-4", "Headings of the fourth level"),
    style("heading-5", "Headings of the fifth level and below"),
    style("alert-title", "Titles of alerts"),
    style("entry", "Entries of the contents"),
    style("entry-detail", "Speakers in the contents"),
    style("index", "The index"),
    style("head", "Running heads"),
];

const fn style(name: &'static str, meaning: &'static str) -> Key {
    key(name, Form::Table(STYLE), meaning)
}

const COLOURS: &[Key] = &[
    key("listing", Form::Text, "Background of listings"),
    key("comment", Form::Text, "Comments in listings"),
    key("type", Form::Text, "Types in listings"),
    key("string", Form::Text, "Strings in listings"),
    key("number", Form::Text, "Numbers in listings"),
    key("attribute", Form::Text, "Attributes in listings"),
    key("highlight", Form::Text, "Behind what is marked or pointed out"),
    key("bar", Form::Text, "Beside alerts"),
];

const SPACING: &[Key] = &[
    key("indent", Form::Number, "Indent of paragraphs, in ems"),
    key("sink", Form::Number, "Above the opening of a chapter, in lines"),
    key("below-opening", Form::Number, "Below it"),
    key("above-heading", Form::Number, "Above headings"),
    key("below-heading", Form::Number, "Below headings"),
];

const HEAD: &[Key] = &[
    key("titles", Form::Truth, "Whether there are running heads"),
    key("folio", Form::Words(&["head", "foot", "foot-center"]), "Where the page number stands"),
];
