//! Lengths and page sizes as people write them: `20mm`, `0.75in`, `54pt`, `A5`, `6x9in`.
//!
//! Decimal digits are read exactly; nothing here is floating point.

use crate::geom::{Length, Size};

/// The largest side of a page: 14,400 units of 1/72 inch (ISO 32000-1 Annex C.2), which no other
/// length exceeds either.
pub(crate) const LONGEST: Length = Length::pt(14_400);

/// Names of page sizes and what they mean, in micrometres (ISO 216; ANSI/ASME Y14.1 for letter).
pub(crate) const PAGES: &[(&str, i64, i64)] = &[
    ("A4", 210_000, 297_000),
    ("A5", 148_000, 210_000),
    ("A6", 105_000, 148_000),
    ("B5", 176_000, 250_000),
    ("letter", 215_900, 279_400),
];

/// A length with its unit; `None` when it is none or longer than [`LONGEST`].
pub(crate) fn length(written: &str) -> Option<Length> {
    let (number, unit) = split(written)?;
    let (numerator, denominator) = unit_in_points(unit)?;
    let millionths = decimal(number)?;
    let product = i128::from(millionths) * i128::from(Length::PER_POINT) * numerator;
    let by = 1_000_000 * denominator;
    let units = (2 * product.abs() + by) / (2 * by) * product.signum();
    let length = Length(i64::try_from(units).ok()?);
    (length.0.abs() <= LONGEST.0).then_some(length)
}

/// A page size: a name, or width and height with `x` or `×` between them; a unit on the second
/// one is for both.
pub(crate) fn page(written: &str) -> Option<Size> {
    let named = PAGES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(written.trim()));
    if let Some((_, width, height)) = named {
        return Some(Size::new(Length::micrometres(*width), Length::micrometres(*height)));
    }
    let (width, height) = written.split_once(['x', '×', 'X'])?;
    let (_, unit) = split(height)?;
    let width = match split(width) {
        Some((_, "")) => length(&format!("{}{unit}", width.trim()))?,
        _ => length(width)?,
    };
    Some(Size::new(width, length(height)?))
}

/// A number in thousandths, rounded; `None` when it is none, or far too large.
pub(crate) fn thousandths(written: &str) -> Option<i64> {
    let millionths = decimal(written)?;
    Some((millionths.abs() + 500) / 1_000 * millionths.signum())
}

/// Thousandths as a person writes them: `0.5`, `12`.
pub(crate) fn decimal_of_thousandths(number: i64) -> String {
    let text = format!("{}.{:03}", number / 1_000, number % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The number and the unit of a length.
fn split(written: &str) -> Option<(&str, &str)> {
    let written = written.trim();
    let end = written.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(written.len());
    let number = written[..end].trim_end();
    (!number.is_empty()).then_some((number, &written[end..]))
}

/// A unit in PDF points, as a fraction.
fn unit_in_points(unit: &str) -> Option<(i128, i128)> {
    match unit {
        "pt" => Some((1, 1)),
        "in" => Some((72, 1)),
        "mm" => Some((720, 254)),
        "cm" => Some((7200, 254)),
        _ => None,
    }
}

/// A decimal number in millionths; digits beyond the sixth after the point are dropped.
fn decimal(number: &str) -> Option<i64> {
    let (negative, digits) = match number.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, number),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    // Seven digits before the point are far beyond the longest length in any unit.
    if (whole.is_empty() && part.is_empty())
        || whole.len() > 7
        || !all_digits(whole)
        || !all_digits(part)
    {
        return None;
    }
    let part = format!("{part:0<6}");
    let value: i64 = format!("{whole}{}", &part[..6]).parse().ok()?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact() {
        for (written, wanted) in [
            ("20mm", Length::mm(20)),
            ("0.75in", Length::pt(54)),
            ("54pt", Length::pt(54)),
            (" 1.5 cm ", Length::mm(15)),
            ("13.5pt", Length::milli_pt(13_500)),
            (".5in", Length::pt(36)),
            ("-3mm", -Length::mm(3)),
            ("0pt", Length::ZERO),
        ] {
            assert_eq!(length(written), Some(wanted), "{written}");
        }
        for bad in
            ["", "mm", "20", "20px", "1.2.3mm", "1,5mm", "99999999pt", "20000pt", "é1mm", "."]
        {
            assert_eq!(length(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_are_rounded_to_thousandths() {
        for (written, wanted) in [("0.82", 820), ("3", 3_000), ("1.0005", 1_001), ("-.5", -500)] {
            assert_eq!(thousandths(written), Some(wanted), "{written}");
        }
        for bad in ["1e3", "nan", "1_0", "", "99999999"] {
            assert_eq!(thousandths(bad), None, "{bad}");
        }
        assert_eq!(decimal_of_thousandths(500), "0.5");
        assert_eq!(decimal_of_thousandths(12_000), "12");
    }

    #[test]
    fn pages_have_names_or_two_sides() {
        let a5 = Some(Size::new(Length::mm(148), Length::mm(210)));
        for written in ["A5", "a5", "148mm x 210mm", "148x210mm", "14.8cm × 210 mm"] {
            assert_eq!(page(written), a5, "{written}");
        }
        assert_eq!(page("6x9in"), Some(Size::new(Length::pt(432), Length::pt(648))));
        assert_eq!(page("letter"), Some(Size::new(Length::pt(612), Length::pt(792))));
        for bad in ["", "A44", "6x9", "x", "6inx", "ten x ten mm"] {
            assert_eq!(page(bad), None, "{bad}");
        }
    }
}
