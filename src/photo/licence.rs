//! Licences that pictures are given under: SPDX identifier, the name people know, where the text
//! can be read, and what it forbids.

use super::register::Linked;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// A licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "Kept")]
pub enum Licence {
    /// One of [`KNOWN_LICENCES`], by its SPDX identifier.
    Spdx(&'static str),
    /// Something else, in its own words.
    Text(Linked),
}

/// A licence as it is written into the cache.
#[derive(Deserialize, Serialize)]
enum Kept {
    Spdx(String),
    Text(Linked),
}

/// A licence of the SPDX list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownLicence {
    /// SPDX identifier: `CC-BY-SA-4.0`.
    pub id: &'static str,
    /// As it is printed: "CC BY-SA 4.0".
    pub name: &'static str,
    /// Where it can be read.
    pub url: &'static str,
}

/// The licence with this identifier; case does not matter (SPDX 2.3 Annex D.2).
pub fn known_licence(id: &str) -> Option<&'static KnownLicence> {
    KNOWN_LICENCES.iter().find(|licence| licence.id.eq_ignore_ascii_case(id))
}

/// The licence that can be read at an address, in whatever language; of Creative Commons also those
/// that were adapted to a country's law.
pub fn licence_at(address: &str) -> Option<Licence> {
    let wanted = place(address);
    let known = KNOWN_LICENCES.iter().find(|licence| place(licence.url) == wanted);
    if let Some(known) = known {
        return Some(Licence::Spdx(known.id));
    }
    let text = creative_commons(&wanted)?;
    Some(Licence::Text(Linked { text, url: Some(address.to_owned()) }))
}

/// The licence that some words name: `CC BY-SA 4.0`, `cc-by-sa-4.0`.
pub fn licence_of(words: &str) -> Option<Licence> {
    let letters = |words: &str| -> String {
        words.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    let wanted = letters(words);
    let same = |licence: &&KnownLicence| [licence.id, licence.name].map(letters).contains(&wanted);
    KNOWN_LICENCES.iter().find(same).map(|known| Licence::Spdx(known.id))
}

impl From<Licence> for Kept {
    fn from(licence: Licence) -> Self {
        match licence {
            Licence::Spdx(id) => Self::Spdx(id.to_owned()),
            Licence::Text(words) => Self::Text(words),
        }
    }
}

impl<'a> Deserialize<'a> for Licence {
    fn deserialize<D: Deserializer<'a>>(kept: D) -> Result<Self, D::Error> {
        match Kept::deserialize(kept)? {
            Kept::Spdx(id) => known_licence(&id)
                .map(|known| Self::Spdx(known.id))
                .ok_or_else(|| D::Error::custom("no known licence")),
            Kept::Text(words) => Ok(Self::Text(words)),
        }
    }
}

impl Licence {
    /// As it is printed: "CC BY 4.0".
    pub fn name(&self) -> &str {
        match self {
            Self::Spdx(id) => known_licence(id).map_or(id, |known| known.name),
            Self::Text(words) => &words.text,
        }
    }

    /// Where it can be read.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Spdx(id) => known_licence(id).map(|known| known.url),
            Self::Text(words) => words.url.as_deref(),
        }
    }

    /// Whether it forbids to earn with the picture.
    pub fn forbids_commerce(&self) -> bool {
        self.has_element("nc")
    }

    /// Whether it forbids to pass on a changed picture: cropped, lettered, redrawn. Another size
    /// or format is no change in this sense (CC BY-ND 4.0 §2(a)(4)).
    pub fn forbids_changes(&self) -> bool {
        self.has_element("nd")
    }

    /// Whether it wants title, creator, source and licence to be named at the picture: those of
    /// Creative Commons with "BY" do.
    pub fn wants_attribution(&self) -> bool {
        self.has_element("by")
    }

    /// Whether a licence of Creative Commons has this element.
    fn has_element(&self, element: &str) -> bool {
        let elements = match self {
            Self::Spdx(id) => id.strip_prefix("CC-").map(str::to_ascii_lowercase),
            Self::Text(words) => words
                .url
                .as_deref()
                .and_then(|url| creative_commons(&place(url)))
                .and_then(|name| name.strip_prefix("CC ").map(str::to_ascii_lowercase)),
        };
        elements.is_some_and(|all| all.split(['-', ' ']).any(|one| one == element))
    }
}

/// An address without what differs between readers: scheme, `www.`, language, last slash.
fn place(address: &str) -> String {
    let address = address.trim().to_ascii_lowercase();
    let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
    let (folder, page) = rest.rsplit_once('/').unwrap_or((rest, ""));
    let is_deed = page.starts_with("deed") || page.starts_with("legalcode");
    if is_deed { folder.to_owned() } else { rest.to_owned() }
}

/// The name of a licence of Creative Commons at a place: "CC BY-NC 3.0 DE".
fn creative_commons(place: &str) -> Option<String> {
    let mut pieces = place.strip_prefix("creativecommons.org/licenses/")?.split('/');
    let elements = pieces.next().filter(|elements| {
        elements.split('-').all(|one| matches!(one, "by" | "sa" | "nc" | "nd"))
    })?;
    let version = pieces.next().filter(|v| v.chars().all(|c| c.is_ascii_digit() || c == '.'))?;
    let country = pieces.next().map(|country| format!(" {country}")).unwrap_or_default();
    Some(format!("CC {elements} {version}{country}").to_ascii_uppercase())
}

/// What is known: the Creative Commons licences, and others that pictures do carry.
pub const KNOWN_LICENCES: &[KnownLicence] = &[
    known("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    known("CC-PDDC", "Public Domain", "https://creativecommons.org/licenses/publicdomain/"),
    known(
        "CC-PDM-1.0",
        "Public Domain Mark 1.0",
        "https://creativecommons.org/publicdomain/mark/1.0/",
    ),
    known("CC-BY-1.0", "CC BY 1.0", "https://creativecommons.org/licenses/by/1.0/"),
    known("CC-BY-2.0", "CC BY 2.0", "https://creativecommons.org/licenses/by/2.0/"),
    known("CC-BY-2.5", "CC BY 2.5", "https://creativecommons.org/licenses/by/2.5/"),
    known("CC-BY-3.0", "CC BY 3.0", "https://creativecommons.org/licenses/by/3.0/"),
    known("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    known("CC-BY-SA-1.0", "CC BY-SA 1.0", "https://creativecommons.org/licenses/by-sa/1.0/"),
    known("CC-BY-SA-2.0", "CC BY-SA 2.0", "https://creativecommons.org/licenses/by-sa/2.0/"),
    known("CC-BY-SA-2.5", "CC BY-SA 2.5", "https://creativecommons.org/licenses/by-sa/2.5/"),
    known("CC-BY-SA-3.0", "CC BY-SA 3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
    known("CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    known("CC-BY-NC-1.0", "CC BY-NC 1.0", "https://creativecommons.org/licenses/by-nc/1.0/"),
    known("CC-BY-NC-2.0", "CC BY-NC 2.0", "https://creativecommons.org/licenses/by-nc/2.0/"),
    known("CC-BY-NC-2.5", "CC BY-NC 2.5", "https://creativecommons.org/licenses/by-nc/2.5/"),
    known("CC-BY-NC-3.0", "CC BY-NC 3.0", "https://creativecommons.org/licenses/by-nc/3.0/"),
    known("CC-BY-NC-4.0", "CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    known("CC-BY-ND-1.0", "CC BY-ND 1.0", "https://creativecommons.org/licenses/by-nd/1.0/"),
    known("CC-BY-ND-2.0", "CC BY-ND 2.0", "https://creativecommons.org/licenses/by-nd/2.0/"),
    known("CC-BY-ND-2.5", "CC BY-ND 2.5", "https://creativecommons.org/licenses/by-nd/2.5/"),
    known("CC-BY-ND-3.0", "CC BY-ND 3.0", "https://creativecommons.org/licenses/by-nd/3.0/"),
    known("CC-BY-ND-4.0", "CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
    known(
        "CC-BY-NC-SA-1.0",
        "CC BY-NC-SA 1.0",
        "https://creativecommons.org/licenses/by-nc-sa/1.0/",
    ),
    known(
        "CC-BY-NC-SA-2.0",
        "CC BY-NC-SA 2.0",
        "https://creativecommons.org/licenses/by-nc-sa/2.0/",
    ),
    known(
        "CC-BY-NC-SA-2.5",
        "CC BY-NC-SA 2.5",
        "https://creativecommons.org/licenses/by-nc-sa/2.5/",
    ),
    known(
        "CC-BY-NC-SA-3.0",
        "CC BY-NC-SA 3.0",
        "https://creativecommons.org/licenses/by-nc-sa/3.0/",
    ),
    known(
        "CC-BY-NC-SA-4.0",
        "CC BY-NC-SA 4.0",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    ),
    known(
        "CC-BY-NC-ND-1.0",
        "CC BY-NC-ND 1.0",
        "https://creativecommons.org/licenses/by-nd-nc/1.0/",
    ),
    known(
        "CC-BY-NC-ND-2.0",
        "CC BY-NC-ND 2.0",
        "https://creativecommons.org/licenses/by-nc-nd/2.0/",
    ),
    known(
        "CC-BY-NC-ND-2.5",
        "CC BY-NC-ND 2.5",
        "https://creativecommons.org/licenses/by-nc-nd/2.5/",
    ),
    known(
        "CC-BY-NC-ND-3.0",
        "CC BY-NC-ND 3.0",
        "https://creativecommons.org/licenses/by-nc-nd/3.0/",
    ),
    known(
        "CC-BY-NC-ND-4.0",
        "CC BY-NC-ND 4.0",
        "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    ),
    known("Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
    known("MIT", "MIT License", "https://opensource.org/license/mit"),
    known("BSD-3-Clause", "BSD 3-Clause License", "https://opensource.org/license/bsd-3-clause"),
    known("MPL-2.0", "Mozilla Public License 2.0", "https://www.mozilla.org/MPL/2.0/"),
    known("OFL-1.1", "SIL Open Font License 1.1", "https://openfontlicense.org/"),
    known(
        "GFDL-1.2-or-later",
        "GFDL 1.2 or later",
        "https://www.gnu.org/licenses/old-licenses/fdl-1.2.html",
    ),
    known("GFDL-1.3-or-later", "GFDL 1.3 or later", "https://www.gnu.org/licenses/fdl-1.3.html"),
    known(
        "GPL-2.0-or-later",
        "GPL 2.0 or later",
        "https://www.gnu.org/licenses/old-licenses/gpl-2.0.html",
    ),
    known("GPL-3.0-or-later", "GPL 3.0 or later", "https://www.gnu.org/licenses/gpl-3.0.html"),
    known("LAL-1.3", "Free Art License 1.3", "https://artlibre.org/licence/lal/en/"),
    known(
        "OGL-UK-3.0",
        "Open Government Licence 3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    known(
        "etalab-2.0",
        "Licence Ouverte 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ),
    known("Unlicense", "The Unlicense", "https://unlicense.org/"),
];

const fn known(id: &'static str, name: &'static str, url: &'static str) -> KnownLicence {
    KnownLicence { id, name, url }
}
