//! Days of the calendar as they are written: the form, and whether there is such a day.

/// A day as `2018-05-04`; whether it exists is another question.
pub(crate) fn parse(text: &str) -> Option<(u16, u8, u8)> {
    let mut pieces = text.trim().split('-');
    let mut next = |digits: usize| {
        pieces.next().filter(|p| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()))
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    if pieces.next().is_some() {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// Whether the proleptic Gregorian calendar has this day; it begins with the year 1.
pub(crate) fn exists(year: u16, month: u8, day: u8) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    year > 0 && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_exist_or_not() {
        assert_eq!(parse("2018-05-04"), Some((2018, 5, 4)));
        assert_eq!(parse("2018-5-4"), None);
        assert_eq!(parse("2018-05-04-01"), None);
        assert!(exists(2024, 2, 29));
        assert!(!exists(2023, 2, 29));
        assert!(!exists(2023, 13, 1));
        assert!(!exists(1900, 2, 29));
        assert!(!exists(0, 1, 1));
    }
}
