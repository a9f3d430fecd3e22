//! The finishing pass: puts everything into `printpdf`'s document that it does not know, and
//! takes out what it should not have said.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::attachments::{self, Attachment};
use super::content::Content;
use super::draft::Draft;
use super::figures::Figure;
use super::fonts::Fonts;
use super::images::{Fillings, Pictures};
use super::object::{bytes, name, points, reference, text};
use super::{color, font_objects, labels, links, metadata, outline, page_tree, structure, trees};
use crate::book::Book;
use crate::font::Faces;
use crate::geom::Length;
use crate::layout::pages::{BLEED, Page, Pages, TagId};
use crate::project::{Archival, Standards};

/// What a document is finished from.
pub(super) struct Parts<'a> {
    pub(super) pages: &'a Pages,
    pub(super) book: &'a Book,
    pub(super) faces: &'a Faces,
    pub(super) figures: &'a BTreeMap<TagId, Figure>,
    /// What the file conforms to.
    pub(super) claims: Standards,
    /// Files that go with it.
    pub(super) attachments: &'a [Attachment<'a>],
}

/// The whole document, but for what fills some of its streams.
pub(super) fn finish(
    draft: Draft,
    parts: &Parts<'_>,
    fonts: &Fonts,
    pictures: Pictures,
    mut contents: Vec<Content>,
) -> (Document, Fillings) {
    let Draft { mut document, pages: page_ids, fonts: font_ids, pictures: picture_ids } = draft;
    let resources = resources(&font_ids, &picture_ids);
    for (font, id) in fonts.iter().zip(&font_ids) {
        id.iter().for_each(|id| font_objects::complete(&mut document, *id, font, parts.faces));
    }
    let fillings = pictures.complete(&mut document, &picture_ids, parts.book);
    let resources = document.add_object(resources);
    let bleed = if parts.pages.pages.iter().any(Page::bleeds) { BLEED } else { Length::ZERO };
    for ((page, id), content) in parts.pages.pages.iter().zip(&page_ids).zip(&mut contents) {
        let stream = std::mem::take(&mut content.stream);
        finish_page(&mut document, (page, bleed), *id, resources, stream);
    }
    let annotations = links::complete(&mut document, parts.pages, parts.book, &page_ids);
    let tree = structure::Parts {
        pages: parts.pages,
        book: parts.book,
        figures: parts.figures,
        contents: &contents,
        page_ids: &page_ids,
        annotations: &annotations,
        may_attach: parts.claims.archival == Some(Archival::A3a),
    };
    let tree = structure::write(&mut document, &tree);
    let catalog = catalog(&mut document, parts, &page_ids, tree);
    let root = document.add_object(catalog);
    let info = document.add_object(metadata::info(&parts.book.meta));
    document.trailer = Dictionary::new();
    document.trailer.set("Root", reference(root));
    document.trailer.set("Info", reference(info));
    (document, fillings)
}

/// One dictionary for all pages (7.8.3): they name fonts and pictures alike.
fn resources(fonts: &[Option<ObjectId>], pictures: &[ObjectId]) -> Dictionary {
    let mut font_dict = Dictionary::new();
    for (number, id) in fonts.iter().enumerate() {
        id.iter().for_each(|id| font_dict.set(Fonts::resource(number), reference(*id)));
    }
    let mut picture_dict = Dictionary::new();
    for (number, id) in pictures.iter().enumerate() {
        picture_dict.set(Pictures::resource(number), reference(*id));
    }
    let mut resources = Dictionary::new();
    for (key, dict) in [("Font", font_dict), ("XObject", picture_dict)] {
        if !dict.is_empty() {
            resources.set(key, dict);
        }
    }
    resources
}

fn finish_page(
    document: &mut Document,
    (page, bleed): (&Page, Length),
    id: ObjectId,
    resources: ObjectId,
    content: Vec<u8>,
) {
    let mut filter = Dictionary::new();
    filter.set("Filter", "FlateDecode");
    let content = document.add_object(Stream::new(filter, content));
    let Ok(dict) = document.get_object_mut(id).and_then(Object::as_dict_mut) else { return };
    let area = |around: Length| {
        let corner = points(Length::ZERO - around);
        let (width, height) = (page.size.width + around, page.size.height + around);
        Object::Array(vec![corner.clone(), corner, points(width), points(height)])
    };
    dict.set("MediaBox", area(bleed));
    // Where nothing is cut off, the trimmed page is the whole sheet, which is what readers take for
    // granted; else they show the trimmed page (14.11.2).
    for (name, around) in
        [("BleedBox", bleed), ("TrimBox", Length::ZERO), ("CropBox", Length::ZERO)]
    {
        dict.remove(name.as_bytes());
        if bleed > Length::ZERO {
            dict.set(name, area(around));
        }
    }
    dict.set("Contents", reference(content));
    dict.set("Resources", reference(resources));
    // Annotations are visited in the order of the structure (PDF/UA-1, 7.18.3).
    dict.set("Tabs", "S");
}

/// The root of the document (7.7.2).
fn catalog(
    document: &mut Document,
    parts: &Parts<'_>,
    page_ids: &[ObjectId],
    tree: ObjectId,
) -> Dictionary {
    let mut catalog = Dictionary::new();
    catalog.set("Type", "Catalog");
    catalog.set("Pages", reference(page_tree::write(document, page_ids)));
    catalog.set("Lang", text(&parts.book.meta.language.0));
    let mut mark_info = Dictionary::new();
    mark_info.set("Marked", true);
    catalog.set("MarkInfo", mark_info);
    catalog.set("StructTreeRoot", reference(tree));
    catalog.set("ViewerPreferences", viewer_preferences(parts.book));
    let page_labels = labels::page_labels(&parts.pages.pages);
    if !page_labels.is_empty() {
        catalog.set("PageLabels", trees::number_tree(document, page_labels));
    }
    let mut names = Dictionary::new();
    if let Some(destinations) = links::destinations(document, parts.pages, parts.book, page_ids) {
        names.set("Dests", destinations);
    }
    let files = attachments::write(document, parts.attachments, parts.book.meta.modified);
    if !files.is_empty() {
        let all = files.iter().map(|(_, file)| file.clone()).collect();
        catalog.set("AF", Object::Array(all));
        names.set("EmbeddedFiles", trees::name_tree(document, files));
    }
    if !names.is_empty() {
        catalog.set("Names", names);
    }
    if let Some(outline) = outline::write(document, parts.pages, page_ids) {
        catalog.set("Outlines", reference(outline));
        catalog.set("PageMode", "UseOutlines");
    }
    let xmp = document.add_object(metadata::of_document(&parts.book.meta, parts.claims));
    catalog.set("Metadata", reference(xmp));
    catalog.set("OutputIntents", Object::Array(vec![output_intent(document)]));
    catalog
}

fn viewer_preferences(book: &Book) -> Dictionary {
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    if book.meta.language.is_right_to_left() {
        preferences.set("Direction", "R2L");
    }
    preferences
}

/// What device colours mean (14.11.5): sRGB.
fn output_intent(document: &mut Document) -> Object {
    let mut dict = Dictionary::new();
    dict.set("N", 3);
    let profile = document.add_object(Stream::new(dict, color::srgb_profile()));
    let mut intent = Dictionary::new();
    intent.set("Type", "OutputIntent");
    intent.set("S", name("GTS_PDFA1"));
    intent.set("OutputConditionIdentifier", bytes("sRGB"));
    intent.set("Info", bytes("sRGB IEC61966-2.1"));
    intent.set("DestOutputProfile", reference(profile));
    Object::Dictionary(intent)
}
