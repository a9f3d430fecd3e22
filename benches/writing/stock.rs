//! The same pages by `printpdf` alone.

use std::collections::BTreeMap;

use endpaper::font::{FaceId, Faces};
use endpaper::geom::Length;
use endpaper::layout::Pages;
use endpaper::layout::pages::{Glyphs, Item, Page};
use printpdf::{
    Codepoint, FontId, Mm, Op, ParsedFont, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt,
    TextItem, TextMatrix,
};

/// The bytes of a file of these pages.
pub(crate) fn write(pages: &Pages, faces: &Faces) -> Vec<u8> {
    let mut document = PdfDocument::new("Pages");
    let mut fonts = BTreeMap::new();
    let mut sheets = Vec::with_capacity(pages.pages.len());
    for page in &pages.pages {
        let mut ops = vec![Op::StartTextSection];
        for item in &page.items {
            if let Item::Glyphs(run) = item {
                let font =
                    fonts.entry(run.face).or_insert_with(|| add(&mut document, faces, run.face));
                show(&mut ops, page, run, font, faces);
            }
        }
        ops.push(Op::EndTextSection);
        let [width, height] =
            [page.size.width, page.size.height].map(|side| Mm::from(Pt(side.to_pt() as f32)));
        sheets.push(PdfPage::new(width, height, ops));
    }
    document.with_pages(sheets).save(&PdfSaveOptions::default(), &mut Vec::new())
}

fn add(document: &mut PdfDocument, faces: &Faces, face: FaceId) -> FontId {
    let face = faces.get(face);
    let parsed = ParsedFont::from_bytes(&face.bytes, face.index as usize, &mut Vec::new());
    document.add_font(&parsed.expect("a bundled face can be read"))
}

fn show(ops: &mut Vec<Op>, page: &Page, run: &Glyphs, font: &FontId, faces: &Faces) {
    let place = (run.origin.x, page.size.height - run.origin.y);
    let [x, y] = [place.0, place.1].map(|length| Pt(length.to_pt() as f32));
    let size = Pt(run.size.to_pt() as f32);
    ops.push(Op::SetFont { font: PdfFontHandle::External(font.clone()), size });
    ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(x, y) });
    let percent = run.stretch as f32 / 100.0;
    ops.push(Op::SetHorizontalScaling { percent });
    ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(codepoints(run, faces))] });
}

/// The glyphs, each moved by what the one before was wider or narrower than its face says.
fn codepoints(run: &Glyphs, faces: &Faces) -> Vec<Codepoint> {
    let face = faces.get(run.face);
    let mut wider = Length::ZERO;
    let glyphs = run.glyphs.iter().map(|glyph| {
        let em = run.size.to_pt() * f64::from(run.stretch) / 10_000.0;
        let offset = -(wider.to_pt() * 1000.0 / em).round() as f32;
        let natural = face.scale(face.advance(glyph.id), run.size);
        wider = glyph.advance - natural.scale(i64::from(run.stretch), 10_000);
        let text = run.text.get(glyph.text.0 as usize..glyph.text.1 as usize);
        Codepoint { gid: glyph.id, offset, cid: text.map(str::to_owned) }
    });
    glyphs.collect()
}
