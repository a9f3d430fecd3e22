//! Lengths and the plane: everything that has a size is measured here, in integers.
//!
//! A [`Length`] counts 1/65536 of a PDF point (1/72 inch), so that every machine breaks every
//! line at the same word. Floating point appears only where a length is printed or where a font
//! file's own units are scaled, and there it is rounded once.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A signed distance in 1/65536 pt.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(pub i64);

impl Length {
    /// No distance.
    pub const ZERO: Self = Self(0);
    /// Units in one PDF point.
    pub const PER_POINT: i64 = 65_536;

    /// Whole points.
    pub const fn pt(points: i64) -> Self {
        Self(points * Self::PER_POINT)
    }

    /// Thousandths of a point.
    pub const fn milli_pt(thousandths: i64) -> Self {
        Self(thousandths * Self::PER_POINT / 1000)
    }

    /// Micrometres, rounded to the nearest unit (1 pt = 352.777… µm).
    pub const fn micrometres(um: i64) -> Self {
        Self((um * Self::PER_POINT * 72 + 12_700) / 25_400)
    }

    /// Millimetres.
    pub const fn mm(millimetres: i64) -> Self {
        Self::micrometres(millimetres * 1000)
    }

    /// `self · numerator / denominator`, rounded half away from zero. `denominator` must not be 0.
    pub const fn scale(self, numerator: i64, denominator: i64) -> Self {
        // Divisions of 128 bits cost many times those of 64, and hardly any length needs them.
        const ROOM: u64 = u64::MAX / 4;
        let (length, times) = (self.0.unsigned_abs(), numerator.unsigned_abs());
        let by = denominator.unsigned_abs();
        let sign = self.0.signum() * numerator.signum() * denominator.signum();
        if let Some(product) = length.checked_mul(times)
            && product < ROOM
            && by < ROOM
        {
            return Self((2 * product + by).div_euclid(2 * by) as i64 * sign);
        }
        let rounded = (2 * length as u128 * times as u128 + by as u128) / (2 * by as u128);
        Self(rounded as i64 * sign)
    }

    /// The larger of two.
    pub fn max(self, other: Self) -> Self {
        Ord::max(self, other)
    }

    /// The smaller of two.
    pub fn min(self, other: Self) -> Self {
        Ord::min(self, other)
    }

    /// Points, for output only.
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / Self::PER_POINT as f64
    }

    /// Thousandths of a point, rounded half away from zero, for output only.
    pub fn to_milli_pt(self) -> i64 {
        self.scale(1000, Self::PER_POINT).0
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, by: i64) -> Self {
        Self(self.0 * by)
    }
}
impl Div<i64> for Length {
    type Output = Self;
    fn div(self, by: i64) -> Self {
        Self(self.0 / by)
    }
}
impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}
impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// Points with three decimals at most, without trailing zeros: `10.5`, `-0.333`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thousandths = self.to_milli_pt();
        let sign = if thousandths < 0 { "-" } else { "" };
        let (whole, part) = (thousandths.abs() / 1000, thousandths.abs() % 1000);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{part:03}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}pt")
    }
}

/// A place on a page; the origin is the top left corner of the trimmed page, y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Point {
    /// Distance from the left edge.
    pub x: Length,
    /// Distance from the top edge.
    pub y: Length,
}

impl Point {
    /// The place `x` to the right of and `y` below the corner.
    pub const fn new(x: Length, y: Length) -> Self {
        Self { x, y }
    }
}

/// Width and height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Horizontal extent.
    pub width: Length,
    /// Vertical extent.
    pub height: Length,
}

impl Size {
    /// A size from its two extents.
    pub const fn new(width: Length, height: Length) -> Self {
        Self { width, height }
    }
}

/// An upright rectangle: its top left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// Top left corner.
    pub origin: Point,
    /// Extent to the right and downwards.
    pub size: Size,
}

impl Rect {
    /// A rectangle from its corner and its size.
    pub const fn new(origin: Point, size: Size) -> Self {
        Self { origin, size }
    }

    /// The x of the right edge.
    pub fn right(&self) -> Length {
        self.origin.x + self.size.width
    }

    /// The y of the bottom edge.
    pub fn bottom(&self) -> Length {
        self.origin.y + self.size.height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_print_in_points_without_trailing_zeros() {
        assert_eq!(Length::milli_pt(10_500).to_string(), "10.5");
        assert_eq!(Length::milli_pt(-333).to_string(), "-0.333");
        assert_eq!(Length::pt(12).to_string(), "12");
    }

    #[test]
    fn scaling_rounds_half_away_from_zero() {
        assert_eq!(Length(3).scale(1, 2), Length(2));
        assert_eq!(Length(-3).scale(1, 2), Length(-2));
        assert_eq!(Length(3).scale(-1, 2), Length(-2));
        assert_eq!(Length(3).scale(1, -2), Length(-2));
    }

    #[test]
    fn metric_lengths_are_exact_to_the_unit() {
        assert_eq!(Length::mm(254), Length::pt(720));
    }
}
