//! Pages are put together: rows at their places, notes at the foot, running heads and folios.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use crate::book::{self, AnchorId, Book, Inline, NodeId, Place, Text};
use crate::geom::{Length, Point, Rect, Size};
use crate::project::{Folio, FolioPlace, HeadConfig};

use super::column::shift;
use super::design::{Design, Style};
use super::galley::{Galley, Row, Setter};
use super::pagebreak::{Above, Cut, repeated_head, top_of};
use super::pages::{Color, Item, Mark, Page, Path};

/// A page with what the rest of the layout must know about it.
#[derive(Clone, Debug)]
pub(super) struct Composed {
    /// Its items, from the top left corner of the text block.
    pub items: Vec<Item>,
    /// Anchors on it and how far down they stand.
    pub anchors: Vec<(AnchorId, Length)>,
    /// Where its rows begin in the text.
    pub places: Vec<Place>,
    /// Whether a section opens on it.
    pub opening: bool,
    /// The running head in force at its end.
    pub running: Option<String>,
}

/// Thickness of the rule above notes.
const NOTE_RULE: Length = Length::milli_pt(400);

/// Between text and notes.
pub(super) fn note_gap(design: &Design) -> Length {
    design.leading
}

/// Puts a cut page together. What it shows is taken out of the galley: a book's glyphs are not to
/// be in memory twice.
pub(super) fn compose(
    (galley, notes): (&mut Galley, &mut [Row]),
    cut: &Cut,
    design: &Design,
    book: &Book,
) -> Composed {
    let mut page = Composed {
        items: Vec::new(),
        anchors: Vec::new(),
        places: Vec::new(),
        opening: cut.from == 0,
        running: None,
    };
    let places: Vec<(Length, bool)> = place_rows(galley, cut, design)
        .iter()
        .map(|placed| (placed.top, placed.has_space))
        .collect();
    let moved = cut.top.len();
    let mut head = repeated_head(galley, cut.from).to_vec();
    let mut own = cut.indices();
    for (at, place) in places.into_iter().enumerate() {
        if let Some(row) = at.checked_sub(moved).and_then(|at| head.get_mut(at)) {
            page.add(row, place, book);
        } else if let Some(row) = own.next().map(|at| &mut galley.rows[at]) {
            page.add(row, place, book);
        }
    }
    if let Some(notes) = notes.get_mut(cut.notes.clone()) {
        page.notes(notes, design);
    }
    page
}

impl Composed {
    fn add(&mut self, row: &mut Row, (y, has_space): (Length, bool), book: &Book) {
        for mut item in row.take_items(has_space) {
            shift(&mut item, Length::ZERO, y);
            self.items.push(item);
        }
        self.anchors.extend(row.anchors.iter().map(|a| (*a, y)));
        self.anchors.extend(row.notes.iter().map(|n| (book.notes[n.0 as usize].call, y)));
        self.places.extend(row.place);
        if row.running.is_some() {
            self.running.clone_from(&row.running);
        }
    }

    /// Rows of notes at the foot.
    fn notes(&mut self, rows: &mut [Row], design: &Design) {
        if rows.is_empty() {
            return;
        }
        let height: Length = rows.iter().map(|r| r.space + r.height).sum();
        let mut y = design.depth - height;
        let width = design.measure / 5;
        let x = if design.right_to_left { design.measure - width } else { Length::ZERO };
        let corner = Point::new(x, y - note_gap(design).scale(45, 100));
        let rule = Rect::new(corner, Size::new(width, NOTE_RULE));
        self.items.push(Item::Path(Path::rectangle(rule, Color::BLACK)));
        for row in rows {
            y += row.space;
            for mut item in row.take_items(true) {
                shift(&mut item, Length::ZERO, y);
                self.items.push(item);
            }
            self.anchors.extend(row.anchors.iter().map(|a| (*a, y)));
            y += row.height;
        }
    }
}

/// A row at its place on a page.
struct Placed<'g> {
    row: &'g Row,
    top: Length,
    /// Whether it has the space above it that it asks for.
    has_space: bool,
}

/// Rows at their places. What floats between two grid rows takes the slack of the grid: all of it
/// above a heading, half of it above anything else, none at the top of a page.
fn place_rows<'g>(galley: &'g Galley, cut: &Cut, design: &Design) -> Vec<Placed<'g>> {
    let mut y = Length::ZERO;
    let mut placed: Vec<Placed<'_>> = Vec::new();
    let mut floating = 0;
    let mut above = Above::Top;
    if cut.indices().next().is_none() {
        return placed;
    }
    let moved = cut.top.len();
    let top = cut.top.iter().map(|at| (&galley.rows[*at], false));
    let head = repeated_head(galley, cut.from);
    let repeated = moved + head.len();
    let head = head.iter().map(|row| (row, false));
    // Rows behind the place of a figure that stands on a later page.
    let behind = |at: usize| at.checked_sub(1).is_some_and(|at| cut.deferred.contains(&at));
    let own = cut.own().map(|at| (&galley.rows[at], behind(at)));
    for (at, (row, behind)) in top.chain(head).chain(own).enumerate() {
        if behind {
            above = above.without_figure();
        }
        let space = above.space(row, design.leading);
        let natural = y + space;
        let top = top_of(row, y, design.leading, above);
        above = match at + 1 {
            below if below <= moved => Above::Arrived,
            below if below == repeated => Above::Top,
            _ => above.below(row),
        };
        if row.grid {
            let slack = top - natural;
            // Only what floats after another row on this page may move.
            let with_next = |r: &Row| r.heading || r.break_after.is_none();
            let headings = placed.iter().rev().take_while(|p| with_next(p.row)).count();
            let heading = placed.len() - headings.min(placed.len());
            if headings > 0 && heading > 0 && heading >= floating {
                placed[heading..].iter_mut().for_each(|placed| placed.top += slack);
            } else if floating > 0 && floating < placed.len() {
                placed[floating..].iter_mut().for_each(|placed| placed.top += slack / 2);
            }
        }
        placed.push(Placed { row, top, has_space: space >= row.space });
        y = top + row.height;
        if row.grid {
            floating = placed.len();
        }
    }
    placed
}

/// A page's place in the edition.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// What stands on it; `None` for a blank page.
    pub content: Option<Composed>,
    /// What its folio says.
    pub label: String,
    /// The running head of a recto: the chapter.
    pub running: String,
    /// Whether it shows neither head nor folio: title page, imprint, openings of parts.
    pub blind: bool,
}

/// Makes the final page: the text block at its margins, with running head and folio.
pub(super) fn finish(setter: &mut Setter<'_>, sheet: Sheet, index: usize, total: usize) -> Page {
    let design = setter.design;
    let recto = index.is_multiple_of(2);
    let mut items = Vec::new();
    if let Some(content) = sheet.content {
        let left = design.left(recto);
        items = content.items;
        items.iter_mut().for_each(|item| shift(item, left, design.margins.top));
        let bleeds =
            items.iter().any(|item| matches!(item, Item::Image(image) if image.window.is_some()));
        let plain = content.opening && design.folio == Folio::Book;
        let furniture = match design.folio {
            Folio::Book if sheet.blind || bleeds => Vec::new(),
            Folio::Book => book_furniture(setter, &sheet.label, &sheet.running, (recto, plain)),
            Folio::OfTotal => handout_furniture(setter, index, total),
        };
        items.extend(furniture);
    }
    Page { size: design.page, label: sheet.label, items }
}

/// Running head and folio at the places that the theme gives them; the fore edge is at the right
/// of a recto page, and at the left of one that is bound at the right. The opening of a section has
/// no head, and its folio at the foot.
fn book_furniture(
    setter: &mut Setter<'_>,
    label: &str,
    running: &str,
    (recto, opening): (bool, bool),
) -> Vec<Item> {
    let design = setter.design;
    let HeadConfig { titles, folio: folio_place } = design.head;
    let style = design.styles.head;
    let (folio, folio_width) = line(setter, label, &style);
    let left = design.left(recto);
    let right = left + design.measure;
    let at_right = design.opens_at_right(recto);
    let head_y = design.margins.top - design.leading.scale(95, 100);
    let foot_y = design.margins.top + design.depth + design.leading.scale(190, 100);
    let outer = if at_right { right - folio_width } else { left };
    let (x, y) = match folio_place {
        FolioPlace::Head if !opening => (outer, head_y),
        FolioPlace::Head | FolioPlace::Foot => (outer, foot_y),
        FolioPlace::FootCenter => (left + (design.measure - folio_width) / 2, foot_y),
    };
    let mut items = Vec::new();
    place(&mut items, folio, x, y);
    if titles && !opening {
        let beside = match folio_place {
            FolioPlace::Head => folio_width + style.size * 2,
            FolioPlace::Foot | FolioPlace::FootCenter => Length::ZERO,
        };
        let title = if recto { running } else { &setter.book.meta.title };
        let (head, width) = line_within(setter, title, &style, design.measure - beside);
        let x = match folio_place {
            FolioPlace::FootCenter => left + (design.measure - width) / 2,
            FolioPlace::Head | FolioPlace::Foot if at_right => right - beside - width,
            FolioPlace::Head | FolioPlace::Foot => left + beside,
        };
        place(&mut items, head, x, head_y);
    }
    items
}

/// The book's title where lines begin, "3 of 14" where they end.
fn handout_furniture(setter: &mut Setter<'_>, index: usize, total: usize) -> Vec<Item> {
    let design = setter.design;
    let style = design.styles.head;
    let y = design.margins.top + design.depth + design.leading.scale(220, 100);
    let left = design.left(index.is_multiple_of(2));
    let number = book::page_of_total(&setter.book.meta.language, index + 1, total);
    let (number, width) = line(setter, &number, &style);
    let room = design.measure - width - style.size * 2;
    let (head, head_width) = line_within(setter, &setter.book.meta.title, &style, room);
    let right = left + design.measure;
    let (head_x, number_x) =
        if design.right_to_left { (right - head_width, left) } else { (left, right - width) };
    let mut items = Vec::new();
    place(&mut items, head, head_x, y);
    place(&mut items, number, number_x, y);
    items
}

/// A line; where it is wider than the room, as many of its first words as fill three fifths of it with an
/// ellipsis, for a long line that breaks off reads like text; nothing where not even one has room.
fn line_within(
    setter: &mut Setter<'_>,
    text: &str,
    style: &Style,
    room: Length,
) -> (Vec<Item>, Length) {
    let whole = line(setter, text, style);
    if whole.1 <= room {
        return whole;
    }
    let cuts = cuts(text);
    let fitting = cuts.partition_point(|cut| line(setter, cut, style).1 <= room.scale(3, 5));
    let longest = fitting.checked_sub(1).map(|at| line(setter, &cuts[at], style));
    longest.unwrap_or((Vec::new(), Length::ZERO))
}

/// The first words of a text with an ellipsis, fewest first; no word is cut at its hyphen.
fn cuts(text: &str) -> Vec<String> {
    let segmenter = LineSegmenter::new_auto(LineBreakOptions::default());
    let ends = segmenter.segment_str(text).filter(|end| *end > 0 && *end < text.len());
    let words = ends.map(|end| text[..end].trim_end()).filter(|words| !words.ends_with('-'));
    words.map(|words| format!("{}…", words.trim_end_matches(BEFORE_ELLIPSIS).trim_end())).collect()
}

/// Marks that do not stand before an ellipsis.
const BEFORE_ELLIPSIS: [char; 7] = [',', ':', ';', '.', '–', '—', '、'];

fn line(setter: &mut Setter<'_>, text: &str, style: &Style) -> (Vec<Item>, Length) {
    let span = setter.span;
    let inlines = vec![Inline::Text(text.to_owned(), span)];
    setter.furniture(&Text { id: NodeId(u32::MAX), span, inlines }, style)
}

fn place(items: &mut Vec<Item>, line: Vec<Item>, x: Length, y: Length) {
    for mut item in line {
        shift(&mut item, x, y);
        if let Item::Glyphs(glyphs) = &mut item {
            glyphs.mark = Mark::Pagination;
        }
        items.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_head_is_cut_at_a_word_and_marks_do_not_stand_before_the_ellipsis() {
        assert_eq!(cuts("Well-known, and short"), ["Well-known…", "Well-known, and…"]);
        assert_eq!(cuts("Ships – a list"), ["Ships…", "Ships…", "Ships – a…"]);
        assert_eq!(cuts("本の話"), ["本…", "本の…"]);
        assert!(cuts("Alone").is_empty());
    }
}
