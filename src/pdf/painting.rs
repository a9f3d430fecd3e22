//! In which order a page is painted, and what its artifacts are (ISO 32000-1, 14.8.2.2).
//!
//! The layout puts a background and its line, the next background and its line. Painted so, every
//! line would be a marked sequence of its own. What lies behind the text can be painted before all
//! of it: the picture is the same, the stream is shorter, and rectangles that touch become one,
//! without the hairlines that readers draw between them. Only what lies over a picture is painted
//! after it. The text itself is painted in the order in which it is read, for readers that do not
//! know the structure.

use std::borrow::Cow;

use crate::geom::{Length, Point, Rect, Size};
use crate::layout::pages::{Item, Kid, Mark, Path, Segment, Structure, TagId};

/// What is no part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Artifact {
    /// Running heads and folios at the head of the page.
    Header,
    /// The same at its foot.
    Footer,
    /// Rules, leaders, marks of the layout.
    Layout,
    /// An area behind the text.
    Background(Rect),
}

/// What is thinner is a rule.
const RULE: Length = Length::pt(3);

impl Artifact {
    /// What text of a mark is, in the upper or in the lower half of the page.
    pub(super) fn of_text(mark: Mark, is_above: bool) -> Self {
        match mark {
            Mark::Pagination if is_above => Self::Header,
            Mark::Pagination => Self::Footer,
            Mark::Layout | Mark::Content(_) => Self::Layout,
        }
    }

    /// What a shape is.
    pub(super) fn of_path(path: &Path) -> Self {
        match rectangle(&path.segments) {
            Some(area)
                if path.fill.is_some() && area.size.width > RULE && area.size.height > RULE =>
            {
                Self::Background(area)
            }
            Some(_) | None => Self::Layout,
        }
    }

    /// The entries of its property list; a background's are longer.
    pub(super) fn properties(self) -> &'static str {
        match self {
            Self::Header => "/Type/Pagination/Subtype/Header",
            Self::Footer => "/Type/Pagination/Subtype/Footer",
            Self::Layout => "/Type/Layout",
            Self::Background(_) => "/Type/Background",
        }
    }
}

/// The place of every slot in the order in which the structure is read.
pub(super) fn ranks(structure: &Structure) -> Vec<u32> {
    let mut ranks = vec![u32::MAX; structure.contents.len()];
    let mut next = 0;
    let mut seen = vec![false; structure.tags.len()];
    let mut todo = vec![Kid::Tag(TagId(0))];
    while let Some(kid) = todo.pop() {
        match kid {
            Kid::Content(slot) => {
                if let Some(rank) = ranks.get_mut(slot.0 as usize) {
                    *rank = next;
                    next += 1;
                }
            }
            Kid::Tag(tag) => {
                if seen.get_mut(tag.0 as usize).is_some_and(|seen| !std::mem::replace(seen, true)) {
                    todo.extend(structure.tag(tag).kids.iter().rev());
                }
            }
        }
    }
    ranks
}

/// The items of a page as they are painted: artifacts, then what is read, in its order; links are
/// not painted.
pub(super) fn order<'i>(items: &'i [Item], ranks: &[u32]) -> Vec<Cow<'i, Item>> {
    let (mut behind, mut furniture, mut read) = (Vec::new(), Vec::new(), Vec::new());
    let mut pictures: Vec<(Rect, u32)> = Vec::new();
    for item in items {
        let (mark, area) = match item {
            Item::Glyphs(glyphs) => (glyphs.mark, None),
            Item::Image(image) => (image.mark, Some(image.seen())),
            Item::Path(path) => (path.mark, extent(&path.segments)),
            Item::Formula(formula) => (formula.mark, None),
            Item::Link(_) => continue,
        };
        let rank = match mark {
            Mark::Content(slot) => ranks.get(slot.0 as usize).copied(),
            Mark::Pagination | Mark::Layout => None,
        };
        match (rank, area) {
            (Some(rank), area) => {
                pictures.extend(area.map(|area| (area, rank)));
                read.push((rank, item));
            }
            (None, None) => furniture.push(item),
            (None, Some(area)) => {
                let below = pictures.iter().rev().find(|(picture, _)| overlap(*picture, area));
                match below {
                    Some((_, rank)) => read.push((*rank, item)),
                    None => behind.push(item),
                }
            }
        }
    }
    // Pieces of one slot stay in the order of the layout, which paints the lowest first.
    read.sort_by_key(|(rank, _)| *rank);
    let mut ordered = Vec::with_capacity(items.len());
    merge(&mut ordered, behind);
    ordered.extend(furniture.into_iter().map(Cow::Borrowed));
    ordered.extend(read.into_iter().map(|(_, item)| Cow::Borrowed(item)));
    ordered
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.origin.x < b.right()
        && b.origin.x < a.right()
        && a.origin.y < b.bottom()
        && b.origin.y < a.bottom()
}

/// What a shape covers at most.
pub(super) fn extent(segments: &[Segment]) -> Option<Rect> {
    let points = segments.iter().flat_map(|segment| match *segment {
        Segment::Move(to) | Segment::Line(to) => [Some(to), None, None],
        Segment::Curve(first, second, to) => [Some(first), Some(second), Some(to)],
        Segment::Close => [None; 3],
    });
    let points = points.flatten().map(|point| Rect { origin: point, ..Rect::default() });
    points.reduce(union)
}

/// The least area that holds both.
pub(super) fn union(a: Rect, b: Rect) -> Rect {
    let corner = Point::new(a.origin.x.min(b.origin.x), a.origin.y.min(b.origin.y));
    let width = a.right().max(b.right()) - corner.x;
    let height = a.bottom().max(b.bottom()) - corner.y;
    Rect::new(corner, Size::new(width, height))
}

/// Adds paths; a rectangle that goes on where the one before ends is joined to it.
fn merge<'i>(ordered: &mut Vec<Cow<'i, Item>>, paths: Vec<&'i Item>) {
    for item in paths {
        let joined = match (ordered.last().map(AsRef::as_ref), item) {
            (Some(Item::Path(last)), Item::Path(path)) => joined(last, path),
            _ => None,
        };
        match (joined, ordered.last_mut()) {
            (Some(path), Some(last)) => *last = Cow::Owned(Item::Path(path)),
            _ => ordered.push(Cow::Borrowed(item)),
        }
    }
}

/// Two filled rectangles that touch or overlap, one below the other, as one.
fn joined(upper: &Path, lower: &Path) -> Option<Path> {
    let is_alike = upper.stroke.is_none()
        && lower.stroke.is_none()
        && upper.fill == lower.fill
        && upper.mark == lower.mark;
    let (a, b) = (rectangle(&upper.segments)?, rectangle(&lower.segments)?);
    // Nearer than the stream can tell.
    let is_near = |a: Length, b: Length| (a.0 - b.0).abs() < Length::milli_pt(1).0;
    let is_below = b.origin.y >= a.origin.y && b.bottom() >= a.bottom();
    let touches = is_near(a.origin.x, b.origin.x)
        && is_near(a.right(), b.right())
        && is_below
        && (b.origin.y <= a.bottom() || is_near(a.bottom(), b.origin.y));
    let fill = upper.fill.filter(|_| is_alike && touches)?;
    let area = Rect::new(a.origin, Size::new(a.size.width, b.bottom() - a.origin.y));
    Some(Path { mark: upper.mark, ..Path::rectangle(area, fill) })
}

/// The area, if the segments are an upright rectangle.
pub(super) fn rectangle(segments: &[Segment]) -> Option<Rect> {
    let [Segment::Move(a), Segment::Line(b), Segment::Line(c), Segment::Line(d), Segment::Close] =
        segments
    else {
        return None;
    };
    let first_across = a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x;
    let first_down = a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y;
    let (left, top) = (a.x.min(c.x), a.y.min(c.y));
    let size = Size::new(a.x.max(c.x) - left, a.y.max(c.y) - top);
    (first_across || first_down).then(|| Rect::new(Point::new(left, top), size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::PhotoId;
    use crate::layout::pages::{Color, ContentId, Image, Structure, TagKind};

    fn area(y: i64, height: i64) -> Rect {
        let size = Size::new(Length::pt(100), Length::pt(height));
        Rect::new(Point::new(Length::pt(10), Length::pt(y)), size)
    }

    fn back(y: i64, height: i64) -> Item {
        Item::Path(Path::rectangle(area(y, height), Color::Gray(240)))
    }

    #[test]
    fn backgrounds_are_joined_and_what_lies_over_a_picture_stays_there() {
        let mut structure = Structure::default();
        let root = structure.add(TagKind::Document);
        let slot = structure.content(root);
        let picture = Item::Image(Image {
            photo: PhotoId(0),
            area: area(100, 50),
            window: None,
            turned: false,
            mark: Mark::Content(slot),
            span: crate::source::Span::new(crate::source::FileId(0), 0..0),
        });
        let items = [picture, back(10, 10), back(20, 10), back(28, 10), back(120, 5), back(200, 9)];
        let ordered = order(&items, &ranks(&structure));
        let shown: Vec<_> = ordered
            .iter()
            .map(|item| match item.as_ref() {
                Item::Path(path) => rectangle(&path.segments),
                _ => None,
            })
            .collect();
        let [back, far, over] = [area(10, 28), area(200, 9), area(120, 5)].map(Some);
        assert_eq!(shown, [back, far, None, over]);
        assert_eq!(ranks(&structure), [0]);
        assert_eq!(slot, ContentId(0));
    }
}
