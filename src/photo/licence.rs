//! Licences that pictures are given under: SPDX identifier, the name people know, and where the
//! text can be read.

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
