//! Pages as text: what stands where, for goldens and for eyes.

use std::fmt::Write;

use super::pages::{Item, Mark, Page, Pages};

/// Every page with its items, positions in points.
pub fn dump(pages: &Pages) -> String {
    let mut out = String::new();
    for (index, page) in pages.pages.iter().enumerate() {
        let _ = writeln!(
            out,
            "page {} `{}` {}x{}",
            index + 1,
            page.label,
            page.size.width,
            page.size.height
        );
        page_items(page, &mut out);
    }
    out
}

/// The lines of every page: the characters on each baseline, from left to right.
pub fn lines(pages: &Pages) -> String {
    let mut out = String::new();
    for page in &pages.pages {
        let _ = writeln!(out, "page {}", page.label);
        let mut last = None;
        for item in &page.items {
            if let Item::Glyphs(glyphs) = item {
                if last.is_some() && last != Some(glyphs.origin.y) {
                    out.push('\n');
                }
                if last != Some(glyphs.origin.y) {
                    out.push_str("  ");
                }
                last = Some(glyphs.origin.y);
                out.push_str(&glyphs.text.replace('\u{ad}', "-"));
            }
        }
        out.push('\n');
    }
    out
}

fn page_items(page: &Page, out: &mut String) {
    for item in &page.items {
        let _ = match item {
            Item::Glyphs(g) => {
                let mark = mark(g.mark);
                let (x, y) = (g.origin.x, g.origin.y);
                writeln!(out, "  glyphs {x},{y} {} {mark} {:?}", g.size, g.text)
            }
            Item::Image(i) => {
                let area = i.area;
                let size = area.size;
                writeln!(
                    out,
                    "  image {},{} {}x{} photo {}",
                    area.origin.x, area.origin.y, size.width, size.height, i.photo.0
                )
            }
            Item::Path(p) => writeln!(out, "  path {} segments {}", p.segments.len(), mark(p.mark)),
            Item::Link(l) => {
                let area = l.area;
                writeln!(
                    out,
                    "  link {},{} {}x{} {:?}",
                    area.origin.x, area.origin.y, area.size.width, area.size.height, l.target
                )
            }
        };
    }
}

fn mark(mark: Mark) -> String {
    match mark {
        Mark::Content(content) => format!("#{}", content.0),
        Mark::Pagination => "pagination".to_owned(),
        Mark::Layout => "layout".to_owned(),
    }
}
