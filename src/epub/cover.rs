//! A cover for a book that brings none: its title, subtitle and makers on a coloured ground.
//!
//! 1600 by 2400 pixels: Kindle and Kobo want at least that height, and Apple takes no more pixels.
//! The letters are those of the PDF, in the theme's faces, drawn from their outlines, and centred
//! where the theme centres the title of its title page. The ground is one of a few deep
//! colours, chosen by the series or else the title, so that the volumes of a series stand together.
//! Where there are decisions there are integers, and shapes are filled with whole-number coverage:
//! the same book gives the same bytes on every machine.

mod lettering;

use resvg::tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};
use sha2::{Digest, Sha256};

use crate::book::{Book, Meta, Role};
use crate::diag::Diagnostics;
use crate::font::Faces;
use crate::geom::Length;
use crate::photo::{Derived, drawn};
use crate::project::{StyleName, TextAlign, Theme};
use lettering::{Lettering, Line};

/// Width and height in pixels.
const SIZE: (u32, u32) = (1600, 2400);
/// From the edge to the letters, at both sides.
const MARGIN: i64 = 180;
/// The width of the band at the spine.
const BAND: i64 = 72;
/// The baseline of the title's last line stands at about this height: two fifths.
const TITLE_FOOT: i64 = 1040;
/// The first line never stands higher.
const TITLE_HEAD: i64 = 330;
/// Width and height of the rule below the title.
const RULE: (i64, i64) = (220, 10);
/// The last baseline of the makers.
const FOOT: i64 = 2200;

/// Grounds, each with the darker colour of its band: letters on them reach a contrast of 7:1.
const GROUNDS: [([u8; 3], [u8; 3]); 6] = [
    ([0x1f, 0x3b, 0x4d], [0x14, 0x28, 0x35]),
    ([0x5a, 0x25, 0x2b], [0x3d, 0x18, 0x1d]),
    ([0x2c, 0x47, 0x3b], [0x1d, 0x30, 0x28]),
    ([0x3a, 0x32, 0x58], [0x27, 0x21, 0x3d]),
    ([0x54, 0x3d, 0x23], [0x3a, 0x2a, 0x17]),
    ([0x2f, 0x3a, 0x46], [0x20, 0x28, 0x30]),
];
/// The colour of letters.
const INK: [u8; 3] = [0xf7, 0xf2, 0xe8];

/// Draws the cover; `None` for a book without a title.
pub(super) fn draw(book: &Book, faces: &Faces, theme: &Theme) -> Option<Derived> {
    let meta = &book.meta;
    let is_turned = meta.language.is_right_to_left();
    let (width, height) = SIZE;
    let is_centred = theme.style(StyleName::BookTitle).align == TextAlign::Center;
    let mut sheet = Sheet { pixmap: Pixmap::new(width, height)?, is_turned, is_centred };
    let (ground, band) = GROUNDS[ground(meta)];
    sheet.pixmap.fill(Color::from_rgba8(ground[0], ground[1], ground[2], 255));
    let spine = if is_turned { i64::from(width) - BAND } else { 0 };
    sheet.rectangle((spine, 0), (BAND, i64::from(height)), band);
    let measure = Length::pt(i64::from(width) - MARGIN - MARGIN);
    // A face that nobody has was told of where pages were set.
    let families = faces.families(theme, &mut Diagnostics::default());
    let mut lettering = Lettering::new(faces, families, (is_turned, measure));

    let title = lettering.title(&meta.title);
    let last = title.last()?;
    let depth = Length(title.iter().map(|line| line.leading.0).sum::<i64>() - last.leading.0);
    let first = (Length::pt(TITLE_FOOT) - depth).max(Length::pt(TITLE_HEAD));
    let mut at = sheet.lines(&title, first);
    let rule = sheet.start(Length::pt(RULE.0));
    sheet.rectangle((pixels(rule), pixels(at) + 84), RULE, INK);
    at += Length::pt(84 + 10 + 110);
    if let Some(subtitle) = &meta.subtitle {
        sheet.lines(&lettering.subtitle(subtitle), at);
    }
    let makers = lettering.makers(&makers(meta), meta.publisher.as_deref());
    let depth: i64 = makers.iter().skip(1).map(|line| line.leading.0).sum();
    sheet.lines(&makers, Length::pt(FOOT) - Length(depth));
    drawn(width, height, sheet.pixmap.take())
}

/// What the cover says, for those who do not see it.
pub(super) fn words(meta: &Meta) -> String {
    let mut words = meta.title.clone();
    for more in meta.subtitle.iter().chain(&makers(meta)) {
        words.push_str(if words.ends_with(['.', '?', '!', '…']) { " " } else { ". " });
        words.push_str(more);
    }
    words
}

/// The authors; in their absence the editors.
fn makers(meta: &Meta) -> Vec<String> {
    let with = |role| -> Vec<String> {
        meta.people.iter().filter(|p| p.role == role).map(|p| p.name.clone()).collect()
    };
    let authors = with(Role::Author);
    if authors.is_empty() { with(Role::Editor) } else { authors }
}

fn ground(meta: &Meta) -> usize {
    let name = meta.series.as_ref().map_or(meta.title.as_str(), |(name, _)| name);
    let digest = Sha256::digest(name.as_bytes());
    usize::from(digest[0]) % GROUNDS.len()
}

fn pixels(length: Length) -> i64 {
    length.0 / Length::PER_POINT
}

struct Sheet {
    pixmap: Pixmap,
    /// Letters run from the right.
    is_turned: bool,
    /// Letters stand in the middle of what the band leaves.
    is_centred: bool,
}

impl Sheet {
    /// Where what is so wide begins, from the left edge.
    fn start(&self, width: Length) -> Length {
        let sheet = Length::pt(i64::from(SIZE.0));
        let free = sheet - Length::pt(BAND) - width;
        match (self.is_centred, self.is_turned) {
            (true, true) => free / 2,
            (true, false) => Length::pt(BAND) + free / 2,
            (false, true) => sheet - Length::pt(MARGIN) - width,
            (false, false) => Length::pt(MARGIN),
        }
    }

    /// Fills a rectangle.
    fn rectangle(&mut self, (x, y): (i64, i64), (width, height): (i64, i64), colour: [u8; 3]) {
        let rectangle = Rect::from_xywh(x as f32, y as f32, width as f32, height as f32);
        if let Some(rectangle) = rectangle {
            self.pixmap.fill_rect(rectangle, &paint(colour), Transform::identity(), None);
        }
    }

    /// Draws lines from the baseline `first` downwards; gives the last baseline.
    fn lines(&mut self, lines: &[Line], first: Length) -> Length {
        let mut baseline = first;
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                baseline += line.leading;
            }
            let (x, y) = (self.start(line.width).to_pt() as f32, baseline.to_pt() as f32);
            let mut path = PathBuilder::new();
            line.outline(&mut path);
            if let Some(path) = path.finish() {
                self.fill(&path, Transform::from_translate(x, y));
            }
        }
        baseline
    }

    fn fill(&mut self, path: &Path, transform: Transform) {
        self.pixmap.fill_path(path, &paint(INK), FillRule::Winding, transform, None);
    }
}

fn paint([red, green, blue]: [u8; 3]) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;

    #[test]
    fn letters_stand_out_from_every_ground() {
        for (ground, band) in GROUNDS {
            for under in [ground, band] {
                let colour = |[red, green, blue]: [u8; 3]| Color::Rgb(red, green, blue);
                let contrast = colour(INK).contrast(colour(under));
                assert!(contrast >= 70, "{ground:?}: {contrast}");
            }
        }
    }
}
