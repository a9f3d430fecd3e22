//! The document as `printpdf` makes it: pages, font dictionaries, image objects, link
//! annotations. Everything else is put into it by the finishing pass.
//!
//! `printpdf` embeds a font only when a page shows text with it, so one page more is made that
//! names every font; it never reaches the file. Content streams are left empty here: an operation
//! for each glyph would take more time and memory than all the rest.

use lopdf::{Dictionary, Document, Object, ObjectId};
use printpdf::xobject::{DictItem, ExternalStream, ExternalXObject};
use printpdf::{
    FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Px,
    Rect, TextItem, XObject, XObjectId,
};

use super::fonts::{Font, Fonts};
use super::images::Pictures;
use super::links;
use crate::geom::Size;
use crate::layout::pages::Pages;

/// A document under way, and the objects that the finishing pass completes.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) document: Document,
    /// The pages in order.
    pub(super) pages: Vec<ObjectId>,
    /// The fonts in order; `None` for one that `printpdf` could not read.
    pub(super) fonts: Vec<Option<ObjectId>>,
    /// The pictures in order.
    pub(super) pictures: Vec<ObjectId>,
}

/// Lets `printpdf` make its part.
pub(super) fn draft(pages: &Pages, fonts: &Fonts, pictures: &Pictures) -> Draft {
    let mut pdf = PdfDocument::new("");
    let mut naming = Vec::new();
    for (number, font) in fonts.iter().enumerate() {
        let Some(parsed) = parsed(font) else { continue };
        let id = FontId(Fonts::resource(number));
        pdf.resources.fonts.map.insert(id.clone(), PdfFont::new(parsed));
        naming.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
        let glyph = printpdf::Codepoint { gid: 1, offset: 0.0, cid: Some(String::from("?")) };
        naming.push(Op::ShowText { items: vec![TextItem::GlyphIds(vec![glyph])] });
    }
    for number in 0..pictures.len() {
        let id = XObjectId(Pictures::resource(number));
        pdf.resources.xobjects.map.insert(id, XObject::External(placeholder()));
    }
    for page in &pages.pages {
        let links = links::written(pages, page).into_iter();
        let links = links.map(|(link, _)| links::operation(pages, page, link)).collect();
        pdf.pages.push(sheet(page.size, links));
    }
    let naming = [vec![Op::StartTextSection], naming, vec![Op::EndTextSection]].concat();
    pdf.pages.push(sheet(Size::default(), naming));
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let document = pdf.to_lopdf_document(&options, &mut Vec::new());
    Draft::new(document, fonts, pictures)
}

impl Draft {
    fn new(document: Document, fonts: &Fonts, pictures: &Pictures) -> Self {
        let mut pages = kids(&document).unwrap_or_default();
        let naming = pages.pop();
        let resources = naming.and_then(|id| resources(&document, id)).unwrap_or_default();
        let find = |kind: &[u8], name: String| {
            let dict = resources.get_deref(kind, &document).and_then(Object::as_dict).ok()?;
            dict.get(name.as_bytes()).and_then(Object::as_reference).ok()
        };
        let fonts = fonts.iter().enumerate();
        let fonts = fonts.map(|(number, _)| find(b"Font", Fonts::resource(number))).collect();
        let pictures = (0..pictures.len())
            .filter_map(|number| find(b"XObject", Pictures::resource(number)))
            .collect();
        Self { document, pages, fonts, pictures }
    }
}

fn kids(document: &Document) -> Option<Vec<ObjectId>> {
    let pages = document.catalog().ok()?.get_deref(b"Pages", document).ok()?.as_dict().ok()?;
    let kids = pages.get(b"Kids").and_then(Object::as_array).ok()?;
    Some(kids.iter().filter_map(|kid| kid.as_reference().ok()).collect())
}

fn resources(document: &Document, page: ObjectId) -> Option<Dictionary> {
    let page = document.get_object(page).and_then(Object::as_dict).ok()?;
    page.get_deref(b"Resources", document).and_then(Object::as_dict).ok().cloned()
}

fn parsed(font: &Font) -> Option<ParsedFont> {
    let mut parsed = ParsedFont::from_bytes(&font.program, 0, &mut Vec::new())?;
    parsed.font_name = Some(font.name.clone());
    Some(parsed)
}

fn sheet(size: Size, ops: Vec<Op>) -> PdfPage {
    let (width, height) = (Pt(size.width.to_pt() as f32), Pt(size.height.to_pt() as f32));
    let whole = Rect::from_wh(width, height);
    PdfPage { media_box: whole.clone(), trim_box: whole.clone(), crop_box: whole, ops }
}

/// An object that holds the place of a picture: those are large and would be copied.
fn placeholder() -> ExternalXObject {
    let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let dict = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(1)),
        ("Height", DictItem::Int(1)),
    ];
    let dict = dict.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    ExternalXObject {
        stream: ExternalStream { dict, content: Vec::new(), compress: false },
        width: Some(Px(1)),
        height: Some(Px(1)),
        dpi: None,
    }
}
