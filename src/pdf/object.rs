//! Small makers of PDF objects (ISO 32000-1, 7.3 and 7.9): names, text strings, numbers, dates.
//!
//! They turn our own types into `lopdf` objects in one way only, so that two places never write
//! the same value differently.

use lopdf::{Object, ObjectId, StringFormat};

use crate::geom::Length;

/// A name.
pub(super) fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// A reference to an indirect object.
pub(super) fn reference(id: ObjectId) -> Object {
    Object::Reference(id)
}

/// A string of bytes that is no text: an address, the key of a tree.
pub(super) fn bytes(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

/// The most bytes of a string (ISO 19005-2, 6.1.13).
pub(super) const LONGEST_STRING: usize = 32_767;

/// Whether a text does not fit a string.
pub(super) fn is_too_long(text: &str) -> bool {
    // No character takes more than twice as many bytes as in UTF-8.
    text.len() > LONGEST_STRING / 2 - 1 && text_bytes(text).len() > LONGEST_STRING
}

/// A text string that is cut where it would be too long: for what only helps a reader.
pub(super) fn shortened(words: &str) -> Object {
    if !is_too_long(words) {
        return text(words);
    }
    // Two bytes a unit, a mark before them and an ellipsis behind.
    let mut units = LONGEST_STRING / 2 - 2;
    let fits = |c: &char| match units.checked_sub(c.len_utf16()) {
        Some(left) => {
            units = left;
            true
        }
        None => false,
    };
    let kept: String = words.chars().take_while(fits).collect();
    text(&format!("{kept}…"))
}

/// A text string (7.9.2.2): ASCII as it is (PDFDocEncoding agrees there), all else as UTF-16BE
/// with a byte order mark.
pub(super) fn text(text: &str) -> Object {
    Object::String(text_bytes(text), StringFormat::Literal)
}

/// The bytes of a text string.
pub(super) fn text_bytes(text: &str) -> Vec<u8> {
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return text.as_bytes().to_vec();
    }
    let mut out = vec![0xFE, 0xFF];
    text.encode_utf16().for_each(|unit| out.extend(unit.to_be_bytes()));
    out
}

/// A number from an index or count.
pub(super) fn integer(value: usize) -> Object {
    Object::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A number of thousandths.
pub(super) fn thousandths(value: i64) -> Object {
    if value % 1000 == 0 {
        return Object::Integer(value / 1000);
    }
    // The nearest `f32` of a number below 16 000 with three decimals prints as that number again.
    Object::Real((value as f64 / 1000.0) as f32)
}

/// A length in points.
pub(super) fn points(length: Length) -> Object {
    thousandths(length.to_milli_pt())
}

/// A moment of the proleptic Gregorian calendar, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    year: i64,
    month: i64,
    day: i64,
    seconds: i64,
}

impl Moment {
    /// From seconds since 1970-01-01T00:00:00Z; later than the year 9999 is not known to PDF.
    pub(super) fn from_unix(seconds: u64) -> Self {
        const LAST: u64 = 253_402_300_799;
        let seconds = i64::try_from(seconds.min(LAST)).unwrap_or(0);
        // Days to civil date: Howard Hinnant, "chrono-compatible low-level date algorithms".
        let days = seconds / 86_400 + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * shifted + 2) / 5 + 1,
            seconds: seconds % 86_400,
        }
    }

    /// `D:20180504120000Z` (7.9.4).
    pub(super) fn pdf(self) -> String {
        let Self { year, month, day, seconds } = self;
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!("D:{year:04}{month:02}{day:02}{h:02}{m:02}{s:02}Z")
    }

    /// `2018-05-04T12:00:00Z`, as XMP wants it.
    pub(super) fn xmp(self) -> String {
        let Self { year, month, day, seconds } = self;
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_follow_the_calendar() {
        assert_eq!(Moment::from_unix(0).xmp(), "1970-01-01T00:00:00Z");
        assert_eq!(Moment::from_unix(1_525_435_200).pdf(), "D:20180504120000Z");
        assert_eq!(Moment::from_unix(951_782_400).xmp(), "2000-02-29T00:00:00Z");
        assert_eq!(Moment::from_unix(u64::MAX).xmp(), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_between_characters() {
        for text in ["é".repeat(20_000), "🙂".repeat(20_000), "x".repeat(40_000)] {
            assert!(is_too_long(&text));
            let Object::String(bytes, _) = shortened(&text) else { panic!("not a string") };
            assert!((LONGEST_STRING - 4..=LONGEST_STRING).contains(&bytes.len()));
            assert!(
                lopdf::decode_text_string(&Object::String(bytes, StringFormat::Literal)).is_ok()
            );
        }
        assert_eq!(shortened(&"x".repeat(32_767)), text(&"x".repeat(32_767)));
    }

    #[test]
    fn text_beyond_ascii_is_utf_16() {
        assert_eq!(text_bytes("Book (1)"), b"Book (1)");
        assert_eq!(text_bytes("ø"), [0xFE, 0xFF, 0x00, 0xF8]);
    }
}
