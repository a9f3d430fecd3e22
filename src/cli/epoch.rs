//! The time of the last change: `SOURCE_DATE_EPOCH` or the book's date, never the clock.
//!
//! See <https://reproducible-builds.org/specs/source-date-epoch/>.

use super::Failure;

/// 9999-12-31T23:59:59Z: dates in XMP and OPF have four digits for the year.
const LAST: u64 = 253_402_300_799;

const SECONDS_PER_DAY: i64 = 86_400;

/// `SOURCE_DATE_EPOCH`, when it is set.
pub(super) fn from_environment() -> Result<Option<u64>, Failure> {
    match std::env::var_os("SOURCE_DATE_EPOCH") {
        None => Ok(None),
        Some(text) => parse(&text.to_string_lossy()).map(Some),
    }
}

fn parse(text: &str) -> Result<u64, Failure> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(seconds) if digits && seconds <= LAST => Ok(seconds),
        _ => Err(Failure::new(format!("SOURCE_DATE_EPOCH is `{text}`, which is no time"))
            .help("give seconds since 1970-01-01, for example the output of `date +%s`")),
    }
}

/// Midnight UTC of a day, in seconds since 1970; 0 for days before.
///
/// The formula counts days from March, so that the leap day is the last of its year
/// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`).
pub(super) fn of_day(year: u16, month: u8, day: u8) -> u64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    u64::try_from(days * SECONDS_PER_DAY).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_seconds() {
        assert_eq!(of_day(1970, 1, 1), 0);
        assert_eq!(of_day(1969, 12, 31), 0);
        assert_eq!(of_day(2000, 2, 29), 951_782_400);
        assert_eq!(of_day(2018, 5, 4), 1_525_392_000);
        assert_eq!(of_day(2026, 11, 23), 1_795_392_000);
        assert_eq!(of_day(9999, 12, 31), LAST - 86_399);
    }

    #[test]
    fn only_seconds_up_to_the_year_9999_are_a_time() {
        assert_eq!(parse("0"), Ok(0));
        assert_eq!(parse("253402300799"), Ok(LAST));
        for wrong in ["", "-1", "+1", "1.5", "now", "253402300800", "99999999999999999999"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
