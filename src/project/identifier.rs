//! What a book is known by: ISBN and UUID, the slug, language tags. Forms are checked, nothing is
//! looked up.

use uuid::Uuid;

/// Why an identifier is refused, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadIdentifier {
    pub(crate) message: String,
    pub(crate) help: String,
}

/// An ISBN-13 or a UUID in any usual way of writing, as `urn:isbn:…` or `urn:uuid:…`.
pub(crate) fn identifier(written: &str) -> Result<String, BadIdentifier> {
    let lower = written.trim().to_ascii_lowercase();
    if let Some(uuid) = uuid_of(&lower) {
        return Ok(format!("urn:uuid:{uuid}"));
    }
    let number = lower.strip_prefix("urn:").unwrap_or(&lower);
    let number = ["isbn-13", "isbn-10", "isbn"]
        .iter()
        .find_map(|prefix| number.strip_prefix(prefix))
        .unwrap_or(number);
    let digits: String = number.chars().filter(|c| !matches!(c, ' ' | '-' | ':')).collect();
    let is_number = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    match digits.len() {
        13 if is_number(&digits) => isbn_13(&digits),
        10 if digits.get(..9).is_some_and(is_number) => {
            let nine = format!("978{}", &digits[..9]);
            Err(BadIdentifier {
                message: format!("`{written}` is an ISBN-10"),
                help: format!("its ISBN-13 is `{nine}{}`", check_digit(&nine)),
            })
        }
        _ => Err(BadIdentifier {
            message: format!("`{written}` is neither an ISBN-13 nor a UUID"),
            help: "write `urn:isbn:` and 13 digits, or `urn:uuid:` and a UUID, or leave it out"
                .to_owned(),
        }),
    }
}

/// An identifier for a book that has none: the same for the same slug and language, always and
/// everywhere (UUID version 5, RFC 9562 §5.5).
pub(crate) fn identifier_of(slug: &str, language: &str) -> String {
    let namespace =
        Uuid::new_v5(&Uuid::NAMESPACE_URL, b"https://github.com/endpaper-books/endpaper");
    let name = format!("{slug}\n{}", language.to_ascii_lowercase());
    format!("urn:uuid:{}", Uuid::new_v5(&namespace, name.as_bytes()).hyphenated())
}

/// Whether a name may be part of a file name everywhere: ASCII letters, digits and hyphens, which
/// neither begin nor end it, at most 100.
pub(crate) fn is_slug(name: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    (1..=100).contains(&name.len())
        && name.bytes().all(good)
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// A slug made from a title; `book` when nothing of the title can be written in ASCII.
pub(crate) fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            '\'' | '’' => {}
            _ => match latin(c) {
                "" if slug.ends_with('-') || slug.is_empty() => {}
                "" => slug.push('-'),
                letters => slug.push_str(letters),
            },
        }
        // Longer names gain nothing and some file systems stop at 143 bytes.
        if slug.len() > 80 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "book".to_owned() } else { slug.to_owned() }
}

/// Whether a tag has the form of BCP 47 (RFC 5646 §2.1, without the grandfathered tags).
pub fn is_language_tag(tag: &str) -> bool {
    let parts: Vec<&str> = tag.split('-').collect();
    let sound =
        |p: &&str| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric());
    if !parts.iter().all(sound) {
        return false;
    }
    let alpha = |p: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let digits = |p: &str| p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit());
    let variant = |p: &str| p.len() >= 5 || (p.len() == 4 && p.as_bytes()[0].is_ascii_digit());
    if parts[0].eq_ignore_ascii_case("x") {
        return parts.len() > 1;
    }
    if !alpha(parts[0], 2..=8) {
        return false;
    }
    let mut at = 1;
    let mut take = |most: usize, test: &dyn Fn(&str) -> bool| {
        for _ in 0..most {
            if parts.get(at).is_none_or(|p| !test(p)) {
                break;
            }
            at += 1;
        }
    };
    if parts[0].len() <= 3 {
        take(3, &|p| alpha(p, 3..=3));
    }
    take(1, &|p| alpha(p, 4..=4));
    take(1, &|p| alpha(p, 2..=2) || digits(p));
    take(usize::MAX, &variant);
    is_extensions(&parts[at..])
}

/// Extensions and private use at the end of a language tag: a single character, then at least
/// one subtag for it.
fn is_extensions(parts: &[&str]) -> bool {
    let mut open = false;
    for (i, part) in parts.iter().enumerate() {
        if part.eq_ignore_ascii_case("x") {
            return !open && i + 1 < parts.len();
        }
        if part.len() == 1 {
            if open {
                return false;
            }
            open = true;
        } else if i == 0 {
            return false;
        } else {
            open = false;
        }
    }
    !open
}

/// The UUID in its usual form of 8-4-4-4-12 hexadecimal digits.
fn uuid_of(lower: &str) -> Option<&str> {
    let uuid = lower.strip_prefix("urn:").unwrap_or(lower);
    let uuid = uuid.strip_prefix("uuid:").unwrap_or(uuid);
    let form = uuid.len() == 36
        && uuid.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        });
    form.then_some(uuid)
}

fn isbn_13(digits: &str) -> Result<String, BadIdentifier> {
    if !digits.starts_with("978") && !digits.starts_with("979") {
        return Err(BadIdentifier {
            message: format!("`{digits}` is no ISBN"),
            help: "an ISBN-13 begins with 978 or 979".to_owned(),
        });
    }
    let right = check_digit(&digits[..12]);
    if digits.ends_with(right) {
        return Ok(format!("urn:isbn:{digits}"));
    }
    Err(BadIdentifier {
        message: format!("the check digit of ISBN `{digits}` is wrong"),
        help: format!("if the other digits are right, it is {right}: compare with your ISBN"),
    })
}

/// The check digit for the first twelve digits of an ISBN-13 (ISO 2108: weights 1 and 3).
fn check_digit(twelve: &str) -> char {
    let sum: u32 = twelve
        .bytes()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit.saturating_sub(b'0')) * weight)
        .sum();
    char::from_digit((10 - sum % 10) % 10, 10).expect("a number below ten is a digit")
}

/// The ASCII letters of a Latin letter with marks.
fn latin(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'å' => "aa",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ĕ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ĭ' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ł' | 'ľ' | 'ĺ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' | 'ŏ' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ř' | 'ŕ' | 'ŗ' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ŝ' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' | 'ŧ' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' | 'ų' | 'ŭ' => "u",
        'ü' => "ue",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isbns_are_checked_and_normalised() {
        for written in ["978-3-16-148410-0", "urn:isbn:9783161484100", "ISBN 978 3 16 148410 0"] {
            assert_eq!(identifier(written).as_deref(), Ok("urn:isbn:9783161484100"), "{written}");
        }
        let wrong = identifier("9783161484101").unwrap_err();
        assert!(wrong.message.contains("check digit") && wrong.help.contains("it is 0"));
        let ten = identifier("3-16-148410-X").unwrap_err();
        assert!(ten.help.contains("9783161484100"), "{ten:?}");
        assert!(identifier("9773161484100").is_err());
        assert!(identifier("my book").is_err());
        assert!(identifier("å23456789å123").is_err());
        assert!(identifier("12345678å").is_err());
    }

    #[test]
    fn uuids_are_checked_and_normalised() {
        let uuid = "123e4567-e89b-12d3-a456-426614174000";
        let urn = format!("urn:uuid:{uuid}");
        assert_eq!(identifier(uuid), Ok(urn.clone()));
        assert_eq!(identifier(&urn.to_uppercase()), Ok(urn));
        assert!(identifier("urn:uuid:123e4567-e89b-12d3-a456-42661417400").is_err());
        assert!(identifier("urn:uuid:123e4567-e89b-12d3-a456-42661417400g").is_err());
    }

    #[test]
    fn a_made_identifier_never_changes() {
        // A change here would give every book without an identifier a new one.
        assert_eq!(
            identifier_of("kubecon-2018-day-3", "en-US"),
            "urn:uuid:4a473701-6be2-54ba-8789-1ca0ae6bca43"
        );
    }

    #[test]
    fn slugs_are_made_of_ascii() {
        assert_eq!(
            slug_of("KubeCon 2018 Copenhagen, Day Three"),
            "kubecon-2018-copenhagen-day-three"
        );
        assert_eq!(slug_of("Ærø – “Größe”!"), "aeroe-groesse");
        assert_eq!(slug_of("The Author’s Cut"), "the-authors-cut");
        assert_eq!(slug_of("日本"), "book");
        assert!(is_slug(&slug_of(&"long title ".repeat(50))));
        assert!(is_slug("kubecon-2018"));
        assert!(!is_slug("-x") && !is_slug("x/y") && !is_slug("") && !is_slug("å"));
    }

    #[test]
    fn language_tags_have_a_form() {
        for good in [
            "en",
            "en-US",
            "zh-Hant-TW",
            "sl-rozaj-biske",
            "de-1996",
            "es-419",
            "x-private",
            "zh-cmn-Hans-CN",
            "de-DE-u-co-phonebk",
            "en-a-bbb-x-a-ccc",
            "mn-Cyrl-MN",
        ] {
            assert!(is_language_tag(good), "{good}");
        }
        for bad in [
            "",
            "e",
            "en_US",
            "en-",
            "english-language-tag-of-mine",
            "en-US-US",
            "1en",
            "en-u",
            "x",
            "en--US",
            "deutsch!",
            "en-x",
            "en-u-x-a",
        ] {
            assert!(!is_language_tag(bad), "{bad}");
        }
    }
}
