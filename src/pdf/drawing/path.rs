//! Paths and numbers in a drawing's content (ISO 32000-1, 8.5.2), as short as they can be.

use std::fmt::Write as _;
use usvg::Transform;
use usvg::tiny_skia_path::{Path, PathSegment, Point};

/// A drawing's longer side is divided into at least so many steps: on a page of A4 each is a
/// fortieth of a millimetre at most, which no printer shows.
const STEPS: f32 = 10_000.0;
/// Numbers beyond this are far outside of every drawing; PDF/A bounds them (ISO 19005-2, 6.1.13).
const FARTHEST: f32 = 1.0e7;

/// How many decimals coordinates need, for something of this length.
pub(super) fn decimals(length: f32) -> usize {
    let wanted = (STEPS / length.max(f32::MIN_POSITIVE)).log10().ceil();
    // Eight are all that a number of 32 bits has.
    wanted.clamp(0.0, 8.0) as usize
}

/// Writes a number and a blank.
pub(super) fn put(out: &mut String, value: f32, decimals: usize) {
    let start = out.len();
    let value = if value.is_nan() { 0.0 } else { value.clamp(-FARTHEST, FARTHEST) };
    let _ = write!(out, "{value:.decimals$}");
    if out[start..].contains('.') {
        let kept = out[start..].trim_end_matches('0').trim_end_matches('.').len();
        out.truncate(start + kept);
    }
    if &out[start..] == "-0" {
        out.replace_range(start.., "0");
    }
    out.push(' ');
}

/// Writes a path's segments; `false` if there are none.
pub(super) fn segments(out: &mut String, path: &Path, to: Transform, decimals: usize) -> bool {
    let Some(path) = path.clone().transform(to) else { return false };
    let mut last = Point::zero();
    let point = |out: &mut String, point: Point| {
        put(out, point.x, decimals);
        put(out, point.y, decimals);
    };
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(to) => {
                point(out, to);
                out.push_str("m\n");
                last = to;
            }
            PathSegment::LineTo(to) => {
                point(out, to);
                out.push_str("l\n");
                last = to;
            }
            PathSegment::QuadTo(control, to) => {
                // The cubic curve that is this quadratic one.
                let toward = |end: Point| {
                    let part = |end: f32, control: f32| end + (control - end) * 2.0 / 3.0;
                    Point::from_xy(part(end.x, control.x), part(end.y, control.y))
                };
                [toward(last), toward(to), to].into_iter().for_each(|p| point(out, p));
                out.push_str("c\n");
                last = to;
            }
            PathSegment::CubicTo(first, second, to) => {
                [first, second, to].into_iter().for_each(|p| point(out, p));
                out.push_str("c\n");
                last = to;
            }
            PathSegment::Close => out.push_str("h\n"),
        }
    }
    true
}

/// By how much a transform enlarges, if it does so equally in all directions.
pub(super) fn enlargement(transform: Transform) -> Option<f32> {
    /// What numbers of 32 bits lose in a few multiplications.
    const TOLERANCE: f32 = 1.0e-3;
    let (a, b, c, d) = (transform.sx, transform.ky, transform.kx, transform.sy);
    let (first, second) = (a.hypot(b), c.hypot(d));
    let is_even = (first - second).abs() <= TOLERANCE * first.max(second);
    let is_square = (a * c + b * d).abs() <= TOLERANCE * first * second;
    (is_even && is_square).then_some((first + second) / 2.0)
}

/// The entries of a transform in the order of PDF.
pub(super) fn entries(transform: Transform) -> [f32; 6] {
    let Transform { sx, kx, ky, sy, tx, ty } = transform;
    [sx, ky, kx, sy, tx, ty]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let mut out = String::new();
        for value in [0.0, -0.0001, 1.5, 100.0, -12.3456, f32::NAN, 1.0e20] {
            put(&mut out, value, 3);
        }
        assert_eq!(out, "0 0 1.5 100 -12.346 0 10000000 ");
        assert_eq!((decimals(1.0), decimals(24.0), decimals(1000.0)), (4, 3, 1));
    }

    #[test]
    fn only_even_transforms_keep_the_width_of_lines() {
        assert_eq!(enlargement(Transform::from_scale(2.0, -2.0)), Some(2.0));
        assert!(enlargement(Transform::from_rotate(30.0)).is_some());
        assert_eq!(enlargement(Transform::from_scale(2.0, 1.0)), None);
        assert_eq!(enlargement(Transform::from_skew(1.0, 0.0)), None);
    }
}
