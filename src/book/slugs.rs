//! Names made from words: slugs, XML names, and the anchors GitHub would make.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The longest slug: file names stay readable and well below every file system's limit.
const LONGEST: usize = 60;

/// Lower-case ASCII letters and digits with hyphens between words, never empty, an XML name.
///
/// Latin letters lose their accents ("Ærø" is `aeroe`); words of other scripts leave nothing to
/// transliterate, and a name made of them is eight hexadecimal digits of their SHA-256, so that
/// it depends on the words alone. A slug that would begin with a digit begins with `n-`.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if let Some(letters) = latin(c) {
            out.push_str(letters);
        } else if !matches!(c, '\'' | '’') && !out.is_empty() && !out.ends_with('-') {
            // Apostrophes join: "don't" is `dont`.
            out.push('-');
        }
    }
    let out = shorten(out.trim_end_matches('-'));
    if out.is_empty() {
        return format!("n-{}", &hash(text)[..8]);
    }
    if out.starts_with(|c: char| c.is_ascii_digit()) { format!("n-{out}") } else { out }
}

/// Cuts at a word's end.
fn shorten(slug: &str) -> String {
    if slug.len() <= LONGEST {
        return slug.to_owned();
    }
    let cut = &slug[..LONGEST];
    cut.rsplit_once('-').map_or(cut, |(words, _)| words).to_owned()
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The ASCII letters that stand for a Latin letter of another block, in lower case.
fn latin(c: char) -> Option<&'static str> {
    let first = c.to_lowercase().next().filter(|c| !c.is_ascii())?;
    LATIN.iter().find(|(list, _)| list.contains(first)).map(|(_, to)| *to)
}

/// Letters of Latin-1, Latin Extended-A and the common ones of -B and Additional, and what is
/// written for them where only ASCII is to be had.
const LATIN: &[(&str, &str)] = &[
    ("àáâãāăąǎạảấầẩẫậắằẳẵặ", "a"),
    ("äæǽ", "ae"),
    ("å", "aa"),
    ("çćĉċč", "c"),
    ("ďđḍ", "d"),
    ("ð", "d"),
    ("èéêëēĕėęěẹẻẽếềểễệ", "e"),
    ("ĝğġģǧ", "g"),
    ("ĥħḥ", "h"),
    ("ìíîïĩīĭįıǐịỉ", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŉ", "n"),
    ("òóôõōŏőǒọỏốồổỗộơớờởỡợ", "o"),
    ("öøœ", "oe"),
    ("ŕŗř", "r"),
    ("śŝşšșṣ", "s"),
    ("ß", "ss"),
    ("ţťŧțṭ", "t"),
    ("þ", "th"),
    ("ùúûũūŭůűųǔụủưứừửữự", "u"),
    ("ü", "ue"),
    ("ŵ", "w"),
    ("ýÿŷỳỵỷỹ", "y"),
    ("źżžẓ", "z"),
];

/// The author's own anchor as an XML name without colon (Namespaces in XML, NCName), and
/// whether anything had to be changed.
pub(super) fn xml_name(written: &str) -> (String, bool) {
    let starts = |c: char| c == '_' || c.is_alphabetic();
    let goes_on = |c: char| starts(c) || c.is_alphanumeric() || matches!(c, '-' | '.');
    let mut name: String = written.chars().map(|c| if goes_on(c) { c } else { '-' }).collect();
    if !name.starts_with(starts) {
        name.insert(0, '_');
    }
    // `eq:euler` is how LaTeX writes names: the colon needs no complaint.
    let changed = name != written.replace(':', "-");
    (name, changed)
}

/// The anchors that GitHub makes for the headings of one file, which authors link to.
#[derive(Debug, Default)]
pub(super) struct GithubSlugs {
    seen: BTreeMap<String, usize>,
}

impl GithubSlugs {
    /// Lower case, punctuation gone, spaces as hyphens; a repeated one gets `-1`, `-2`, ….
    pub(super) fn next(&mut self, text: &str) -> String {
        let text = text.trim();
        let mut slug = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                ' ' => slug.push('-'),
                '-' | '_' => slug.push(c),
                c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
                _ => {}
            }
        }
        if let Some(count) = self.seen.get_mut(&slug) {
            *count += 1;
            return format!("{slug}-{count}");
        }
        self.seen.insert(slug.clone(), 0);
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii_words_with_hyphens() {
        assert_eq!(slug("Observing & Troubleshooting: Istio"), "observing-troubleshooting-istio");
        assert_eq!(slug("Ærø – don’t!"), "aeroe-dont");
        assert_eq!(slug("12 factors"), "n-12-factors");
        assert_eq!(slug("日本"), slug("日本"));
        assert_ne!(slug("日本"), slug("中国"));
        assert!(slug("日本").starts_with("n-"));
        assert!(slug(&"word ".repeat(40)).len() <= LONGEST);
    }

    #[test]
    fn author_anchors_are_kept_when_they_are_xml_names() {
        assert_eq!(xml_name("three-jobs.1"), ("three-jobs.1".into(), false));
        assert_eq!(xml_name("eq:euler"), ("eq-euler".into(), false));
        assert_eq!(xml_name("1 a:b"), ("_1-a-b".into(), true));
        assert_eq!(xml_name(""), ("_".into(), true));
    }

    #[test]
    fn github_anchors_count_repeats() {
        let mut slugs = GithubSlugs::default();
        assert_eq!(slugs.next("What's New? (2018)"), "whats-new-2018");
        assert_eq!(slugs.next("What's New? (2018)"), "whats-new-2018-1");
    }
}
