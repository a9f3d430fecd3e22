//! Words and days as files hold them: bytes of an unsure encoding, padded, with line ends.

use crate::photo::register::Taken;
use crate::project::day;

/// So many characters of a value are kept: more than anybody says of a picture.
pub const LONGEST: usize = 20_000;

/// Words on one line, without what no document may hold; `None` when none are left.
pub(super) fn words(text: &str) -> Option<String> {
    // The characters XML 1.0 §2.2 excludes.
    let allowed =
        |c: &char| (*c >= ' ' || c.is_ascii_whitespace()) && !matches!(*c, '\u{FFFE}' | '\u{FFFF}');
    let kept: String = text.chars().take(LONGEST).filter(allowed).collect();
    let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Bytes as text: UTF-8 where they are, else Windows-1252, which is what programs wrote before.
pub(super) fn decode(bytes: &[u8]) -> String {
    // A character has at most four bytes.
    let bytes = &bytes[..bytes.len().min(LONGEST * 4)];
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Only the last character is cut.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned()
        }
        Err(_) => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

/// Where Windows-1252 has something else than Latin-1: 0x80 to 0x9F.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The day that a value begins with: `2018-05-04T12:00`, `2018:05:04 12:00:00`, `20180504`,
/// `2018-05`, `2018`; zeros stand for a part that is not known.
pub(super) fn date(text: &str) -> Option<Taken> {
    let text = text.trim();
    let moment = text.split(['T', ' ']).next().unwrap_or(text);
    let parts: Vec<&str> = match moment.len() {
        8 if moment.bytes().all(|b| b.is_ascii_digit()) => {
            vec![&moment[..4], &moment[4..6], &moment[6..]]
        }
        _ => moment.split(['-', ':']).collect(),
    };
    let digits = |part: &str, n: usize| {
        let good = part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
        good.then(|| part.parse::<u16>().ok()).flatten()
    };
    let year = digits(parts.first()?, 4).filter(|year| *year > 0)?;
    let two = |at: usize| {
        let number = parts.get(at).and_then(|part| digits(part, 2)).filter(|n| *n > 0)?;
        u8::try_from(number).ok()
    };
    let month = two(1).filter(|month| *month <= 12);
    let day = month.and_then(|month| two(2).filter(|day| day::exists(year, month, *day)));
    Some(Taken { year, month, day })
}
