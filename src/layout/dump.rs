//! Pages as text: what stands where, for goldens and for eyes.

use std::fmt::Write;

use super::pages::{Formula, Item, Mark, Page, Pages, Segment};
use crate::geom::{Point, Rect};

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
            let (Point { x, y }, turned, text) = match item {
                Item::Glyphs(run) => (run.origin, run.turned, run.text.replace('\u{ad}', "-")),
                Item::Formula(formula) => {
                    let turned = formula.glyphs.first().is_some_and(|run| run.turned);
                    (formula.origin, turned, format!("⟦{}⟧", formula.text))
                }
                Item::Image(_) | Item::Path(_) | Item::Link(_) => continue,
            };
            let baseline = Some(if turned { (true, x) } else { (false, y) });
            if last.is_some() && last != baseline {
                out.push('\n');
            }
            if last != baseline {
                out.push_str("  ");
            }
            last = baseline;
            out.push_str(&text);
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
                let turned = if g.turned { " turned" } else { "" };
                writeln!(out, "  glyphs {x},{y} {}{turned} {mark} {:?}", g.size, g.text)
            }
            Item::Image(i) => {
                let rect = |area: Rect| {
                    let Rect { origin, size } = area;
                    format!("{},{} {}x{}", origin.x, origin.y, size.width, size.height)
                };
                let window = i.window.map(|w| format!(" seen {}", rect(w))).unwrap_or_default();
                writeln!(out, "  image {} photo {}{window}", rect(i.area), i.photo.0)
            }
            Item::Formula(f) => formula(f, out),
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

fn formula(formula: &Formula, out: &mut String) -> std::fmt::Result {
    let Formula { area, mark: own, text, .. } = formula;
    let (x, y, size) = (area.origin.x, area.origin.y, area.size);
    writeln!(out, "  formula {x},{y} {}x{} {} {text:?}", size.width, size.height, mark(*own))?;
    for run in &formula.glyphs {
        writeln!(out, "    signs {},{} {} {:?}", run.origin.x, run.origin.y, run.size, run.text)?;
    }
    formula.rules.iter().try_for_each(|rule| {
        let Some(Segment::Move(corner)) = rule.segments.first() else { return Ok(()) };
        writeln!(out, "    rule {},{}", corner.x, corner.y)
    })
}

fn mark(mark: Mark) -> String {
    match mark {
        Mark::Content(content) => format!("#{}", content.0),
        Mark::Pagination => "pagination".to_owned(),
        Mark::Layout => "layout".to_owned(),
    }
}
