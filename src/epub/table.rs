//! Tables, each of a size that a small screen can show.
//!
//! A table can be no narrower than the longest words of its columns, and what stands beyond the
//! edge of a page that does not scroll is lost. So a table that would be too wide is set in smaller
//! type, and words that are too long all the same may be broken anywhere. Only these: browsers make
//! a column whose words can be broken as narrow as they like. That is reckoned here because a
//! stylesheet cannot ask what it will look like.

use super::document::Document;
use crate::book::{Alignment, CellRole, Inline, Table, TableCell, TableRow};

/// Width of a small screen, 360 pixels, less the margins of a reader, in em of running text.
const SCREEN: f32 = 19.0;
/// What is left of it where everything is deeply nested.
const NARROWEST: f32 = 6.0;
/// The sizes of tables in the stylesheet, the largest first.
const SIZES: [Size; 3] = [
    Size { class: None, scale: 0.9, gap: 1.0 },
    Size { class: Some("wide"), scale: 0.7, gap: 0.35 },
    Size { class: Some("widest"), scale: 0.5, gap: 0.35 },
];
/// Words up to this width, in em, stay whole if smaller type can do it.
const WORD: f32 = 6.0;

/// Width of most characters.
const SIGN: f32 = 0.5;
/// Width of a character of code: 0.6 of its own em, which is 0.85 of the em around it.
const CODE: f32 = 0.51;
/// The first of the characters that are an em wide and have lines end between them (UAX #11, #14).
const FIRST_WIDE: char = '\u{2e80}';

/// A size that tables are set in.
struct Size {
    class: Option<&'static str>,
    /// Its em, in em of running text.
    scale: f32,
    /// Between two columns, in its own em.
    gap: f32,
}

/// How a table is set.
struct Fit {
    size: &'static Size,
    /// Width that each column has for its words, in em.
    room: f32,
}

impl Document<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let id = table.anchor.and_then(|anchor| self.id(anchor));
        let fit = fit(table, self.indent);
        self.xml.open("table").attr_if("id", id).attr_if("class", fit.size.class).line();
        if let Some(caption) = &table.caption {
            self.text_block("caption", None, caption);
        }
        for (element, rows) in [("thead", &table.head), ("tbody", &table.body)] {
            if rows.is_empty() {
                continue;
            }
            self.xml.open(element).line();
            rows.iter().for_each(|row| self.row(row, table.columns, &fit));
            self.xml.close().line();
        }
        self.xml.close().line();
    }

    fn row(&mut self, row: &TableRow, columns: usize, fit: &Fit) {
        self.xml.open("tr").line();
        for (number, cell) in (1..).zip(&row.cells) {
            // Behind the row's last cell one may stand that began above.
            let is_inner = number == row.cells.len() && cell.slots.range().end < columns;
            self.cell(cell, is_inner, fit);
        }
        self.xml.close().line();
    }

    fn cell(&mut self, cell: &TableCell, is_inner: bool, fit: &Fit) {
        let (element, scope) = match cell.role {
            CellRole::Data => ("td", None),
            CellRole::ColumnHead => ("th", Some("col")),
            CellRole::RowHead => ("th", Some("row")),
        };
        let align = match cell.align {
            Alignment::Start => None,
            Alignment::Center => Some("center"),
            Alignment::End => Some("end"),
        };
        let inner = is_inner.then_some("inner");
        let breaks = fit.breaks(cell).then_some("breaks");
        let classes: Vec<&str> = [align, inner, breaks].into_iter().flatten().collect();
        let class = classes.join(" ");
        let several = |count: u16| (count > 1).then(|| count.to_string());
        self.xml
            .open(element)
            .attr_if("scope", scope)
            .attr_if("colspan", several(cell.slots.columns).as_deref())
            .attr_if("rowspan", several(cell.slots.rows).as_deref())
            .attr_if("class", (!class.is_empty()).then_some(class.as_str()));
        self.text(&cell.text);
        self.xml.close().line();
    }
}

impl Fit {
    /// Whether a cell holds a word that its columns have no room for.
    fn breaks(&self, cell: &TableCell) -> bool {
        let columns = f32::from(cell.slots.columns);
        longest_word(cell) > columns * self.room + (columns - 1.0) * self.size.gap
    }
}

/// The largest size at which long words stay whole, or the smallest one, for a table behind an
/// indent.
fn fit(table: &Table, indent: f32) -> Fit {
    let screen = (SCREEN - indent).max(NARROWEST);
    let mut columns = vec![0.0_f32; table.columns];
    for cell in table.head.iter().chain(&table.body).flat_map(|row| &row.cells) {
        if cell.slots.columns == 1
            && let Some(column) = columns.get_mut(cell.slots.column)
        {
            *column = column.max(longest_word(cell));
        }
    }
    columns.sort_by(f32::total_cmp);
    let needed = columns.last().copied().unwrap_or(0.0).min(WORD);
    let at = |size| Fit { size, room: room(&columns, size, screen) };
    let [largest, smaller @ ..] = &SIZES;
    smaller.iter().fold(at(largest), |fit, size| if fit.room < needed { at(size) } else { fit })
}

/// How wide columns can be, given their longest words from the shortest to the longest: what short
/// ones leave is shared by the others.
fn room(columns: &[f32], size: &Size, screen: f32) -> f32 {
    let gaps = columns.len().saturating_sub(1) as f32 * size.gap;
    let mut left = screen / size.scale - gaps;
    for (width, others) in columns.iter().zip((1..=columns.len()).rev()) {
        let share = left / others as f32;
        if *width > share {
            return share;
        }
        left -= width;
    }
    columns.last().map_or(left, |longest| longest + left)
}

/// Width of the longest word of a cell, in em.
fn longest_word(cell: &TableCell) -> f32 {
    let mut word = Word::default();
    cell.text.inlines.iter().for_each(|inline| word.read(inline));
    word.longest.max(word.width)
}

/// Text being measured, by what characters have on the average: the reader chooses the typeface.
#[derive(Default)]
struct Word {
    /// Since the last place where a line may end.
    width: f32,
    longest: f32,
}

impl Word {
    fn read(&mut self, inline: &Inline) {
        match inline {
            Inline::Code(code, _) => code.chars().for_each(|c| self.character(c, CODE)),
            Inline::Math(formula) => self.width += formula.text.chars().count() as f32 * SIGN,
            Inline::Image(..) => self.width += 1.0,
            Inline::Note(..) => self.width += SIGN,
            Inline::Text(..)
            | Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Strikethrough(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::Keyboard(_)
            | Inline::Highlight(_)
            | Inline::Abbreviation(..)
            | Inline::Foreign(..)
            | Inline::Link { .. }
            | Inline::PageNumber(..)
            | Inline::Break => {
                inline.characters().chars().for_each(|c| self.character(c, width(c)));
                inline.children().iter().for_each(|child| self.read(child));
            }
        }
    }

    fn character(&mut self, c: char, width: f32) {
        let is_blank = c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
        let is_wide = c >= FIRST_WIDE;
        if is_blank || is_wide {
            self.end();
        }
        if !is_blank {
            self.width += width;
        }
        if is_wide || matches!(c, '-' | '–' | '—' | '\u{ad}' | '\u{200b}') {
            self.end();
        }
    }

    fn end(&mut self) {
        self.longest = self.longest.max(self.width);
        self.width = 0.0;
    }
}

/// Width of a character of running text.
fn width(c: char) -> f32 {
    match c {
        '\u{ad}' | '\u{200b}' => 0.0,
        'f' | 'i' | 'j' | 'l' | 'r' | 't' | '.' | ',' | ':' | ';' | '!' | '\'' | '’' | '|' => 0.3,
        'm' | 'w' | 'M' | 'W' => 0.8,
        _ if c >= FIRST_WIDE => 1.0,
        _ if c.is_uppercase() => 0.65,
        _ => SIGN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::epub::fixture::SPAN;

    fn longest(inlines: &[Inline]) -> f32 {
        let mut word = Word::default();
        inlines.iter().for_each(|inline| word.read(inline));
        word.end();
        word.longest
    }

    fn text(words: &str) -> Inline {
        Inline::Text(words.to_owned(), SPAN)
    }

    #[test]
    fn a_word_ends_where_a_line_may() {
        assert_eq!(longest(&[text("a bone-dry ab\u{200b}cd")]), 5.0 * SIGN);
        assert_eq!(longest(&[text("4\u{a0}m")]), SIGN + SIGN + 0.8);
        assert_eq!(longest(&[text("港の船")]), 1.0);
        let code = Inline::Code("abc".to_owned(), SPAN);
        assert_eq!(longest(&[text("a "), code, text("d")]), 3.0 * CODE + SIGN);
        assert_eq!(
            longest(&[text("a"), Inline::Break, Inline::Strong(vec![text("bc")])]),
            2.0 * SIGN
        );
    }

    #[test]
    fn what_short_columns_leave_is_shared_by_the_others() {
        let size = Size { class: None, scale: 1.0, gap: 1.0 };
        assert_eq!(room(&[1.0, 2.0], &size, SCREEN), 2.0 + SCREEN - 1.0 - 3.0);
        assert_eq!(room(&[2.0, 20.0, 30.0], &size, SCREEN), (SCREEN - 2.0 - 2.0) / 2.0);
        assert_eq!(room(&[], &size, SCREEN), SCREEN);
    }
}
