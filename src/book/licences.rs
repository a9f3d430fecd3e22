//! Licences as people write them: "CC BY-SA 4.0" and where it can be read, from `CC-BY-SA-4.0`.

/// The words to show and the address to link, for an SPDX identifier or free words.
///
/// Creative Commons identifiers are taken apart, because their addresses follow from them; other
/// identifiers of the SPDX list that books meet have their page there; anything else is shown as
/// it is, without an address.
pub(super) fn shown(text: &str) -> (String, Option<String>) {
    if let Some(known) = creative_commons(text) {
        return known;
    }
    if SPDX.contains(&text) {
        let name = text.strip_suffix("-only").unwrap_or(text).replace('-', " ");
        return (name, Some(format!("https://spdx.org/licenses/{text}.html")));
    }
    (text.to_owned(), None)
}

/// Identifiers beyond Creative Commons that occur on texts and pictures.
const SPDX: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MPL-2.0",
    "OFL-1.1",
    "GFDL-1.3-only",
    "FAL-1.3",
    "Unlicense",
    "OGL-UK-3.0",
    "etalab-2.0",
];

fn creative_commons(text: &str) -> Option<(String, Option<String>)> {
    if text == "CC0-1.0" {
        let url = "https://creativecommons.org/publicdomain/zero/1.0/";
        return Some(("CC0 1.0".into(), Some(url.into())));
    }
    if text == "CC-PDM-1.0" {
        let url = "https://creativecommons.org/publicdomain/mark/1.0/";
        return Some(("Public Domain Mark 1.0".into(), Some(url.into())));
    }
    let (terms, version) = text.strip_prefix("CC-")?.rsplit_once('-')?;
    let known = matches!(terms, "BY" | "BY-SA" | "BY-ND" | "BY-NC" | "BY-NC-SA" | "BY-NC-ND");
    let is_version = matches!(version, "1.0" | "2.0" | "2.5" | "3.0" | "4.0");
    (known && is_version).then(|| {
        let path = terms.to_ascii_lowercase();
        let url = format!("https://creativecommons.org/licenses/{path}/{version}/");
        (format!("CC {terms} {version}"), Some(url))
    })
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn creative_commons_licences_have_their_names_and_addresses() {
        let (name, url) = shown("CC-BY-NC-SA-4.0");
        assert_eq!(name, "CC BY-NC-SA 4.0");
        assert_eq!(url.as_deref(), Some("https://creativecommons.org/licenses/by-nc-sa/4.0/"));
        assert_eq!(shown("CC0-1.0").0, "CC0 1.0");
        assert_eq!(shown("By kind permission"), ("By kind permission".into(), None));
        assert_eq!(shown("CC-XX-4.0"), ("CC-XX-4.0".into(), None));
    }
}
