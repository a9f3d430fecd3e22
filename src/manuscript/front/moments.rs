//! Days and times as people write them in front matter.

/// `2018-05-04` as year, month and day, if there is such a day.
pub(super) fn day(written: &str) -> Option<(u16, u8, u8)> {
    let mut parts = written.split('-');
    let (year, month, day) = (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, parts.next()?);
    let date = (year, u8::try_from(month).ok()?, u8::try_from(digits(day, 2)?).ok()?);
    (parts.next().is_none() && is_day(date)).then_some(date)
}

/// Whether the Gregorian calendar has this day; it begins with the year 1.
pub(super) fn is_day((year, month, day): (u16, u8, u8)) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return false,
    };
    year > 0 && (1..=days).contains(&day)
}

/// `14:00` or `14:00-14:35`, with two digits for each number and a hyphen between.
pub(super) fn time(written: &str) -> Option<String> {
    match written.split_once(['-', '–']) {
        None => clock(written),
        Some((from, to)) => Some(format!("{}-{}", clock(from)?, clock(to)?)),
    }
}

fn clock(written: &str) -> Option<String> {
    let mut parts = written.trim().split(':');
    let (hour, minute) = (parts.next()?, digits(parts.next()?, 2)?);
    let hour = digits(hour, hour.len().clamp(1, 2))?;
    // Seconds are understood and forgotten: TOML's own times have them.
    let second = parts.next().map_or(Some(0), |s| digits(s, 2))?;
    (hour < 24 && minute < 60 && second < 60 && parts.next().is_none())
        .then(|| format!("{hour:02}:{minute:02}"))
}

fn digits(written: &str, count: usize) -> Option<u16> {
    let right = written.len() == count && written.bytes().all(|b| b.is_ascii_digit());
    right.then(|| written.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(day("2018-05-04"), Some((2018, 5, 4)));
        assert_eq!(day("2016-02-29"), Some((2016, 2, 29)));
        for wrong in
            ["2018-02-29", "0000-01-01", "2018-13-01", "2018-5-4", "4.5.2018", "2018-05-04T10", ""]
        {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_get_one_form() {
        assert_eq!(time("14:00").as_deref(), Some("14:00"));
        assert_eq!(time("9:05 – 9:40").as_deref(), Some("09:05-09:40"));
        assert_eq!(time("14:00:00").as_deref(), Some("14:00"));
        for wrong in ["14", "24:00", "14:60", "2 pm", "14:0", ":00", "14:00-", "+1:00"] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }
}
