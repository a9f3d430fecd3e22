//! `.license` files beside pictures, as REUSE has them (<https://reuse.software/spec-3.3/>):
//! `SPDX-FileCopyrightText: 2018 Ada Example <ada@example.org>`, `SPDX-License-Identifier: CC-BY-4.0`.

use super::Linked;
use crate::photo::licence::{Licence, known_licence};
use crate::photo::metadata::{Metadata, Said, Standard};

const COPYRIGHT: &str = "SPDX-FileCopyrightText:";
const LICENCE: &str = "SPDX-License-Identifier:";
/// So many bytes are read: it is a page of tags.
const LARGEST: usize = 64 * 1024;

/// The name of the file beside a picture.
pub(super) fn name_of(picture: &str) -> String {
    format!("{picture}.license")
}

/// What it says.
pub(super) fn read(bytes: &[u8]) -> Metadata {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LARGEST)]);
    let tagged = |tag: &'static str| {
        let lines = text.lines().filter_map(move |line| Some(line.split_once(tag)?.1.trim()));
        lines.filter(|value| !value.is_empty()).map(printable).collect::<Vec<String>>()
    };
    let notices = tagged(COPYRIGHT);
    let holders: Vec<&str> =
        notices.iter().map(|notice| holder(notice)).filter(|name| !name.is_empty()).collect();
    let printed: Vec<String> =
        notices.iter().map(|notice| without_address(notice)).filter(|n| !n.is_empty()).collect();
    let licences = tagged(LICENCE);
    Metadata {
        creator: (!holders.is_empty())
            .then(|| by_reuse(Linked { text: holders.join(", "), url: None })),
        copyright: (!printed.is_empty()).then(|| by_reuse(printed.join("; "))),
        licence: (!licences.is_empty()).then(|| by_reuse(licence(&licences))),
        ..Metadata::default()
    }
}

fn by_reuse<T>(value: T) -> Said<T> {
    Said { value, by: Standard::Reuse }
}

/// One known licence, or the expressions as they are; the reader's own licences have
/// `LicenseRef-` before their names.
fn licence(expressions: &[String]) -> Licence {
    if let [one] = expressions
        && let Some(known) = known_licence(one)
    {
        return Licence::Spdx(known.id);
    }
    let words: Vec<String> = expressions.iter().map(|one| one.replace("LicenseRef-", "")).collect();
    Licence::Text(Linked { text: words.join(", "), url: None })
}

fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A notice as a book prints it: an address for letters (`<ada@example.org>`) is for those who have
/// the file, not for everybody.
fn without_address(notice: &str) -> String {
    let mut words = String::new();
    let mut rest = notice;
    while let Some((before, behind)) = rest.split_once('<') {
        let Some((inner, after)) = behind.split_once('>') else { break };
        if inner.contains('@') {
            words.push_str(before.trim_end());
        } else {
            words.push_str(&format!("{before}<{inner}>"));
        }
        rest = after;
    }
    words.push_str(rest);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name in a notice: without sign, years and address.
fn holder(notice: &str) -> &str {
    let name = notice.split('<').next().unwrap_or(notice).trim();
    let signs = ["SPDX-FileCopyrightText:", "Copyright", "©", "(C)", "(c)"];
    let mut rest = name;
    loop {
        let before = rest;
        for sign in signs {
            rest = rest.strip_prefix(sign).unwrap_or(rest).trim_start();
        }
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "-–, ".contains(c));
        if rest == before {
            return rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_names_its_holder() {
        for (notice, name) in [
            ("2018 Ada Example <ada@example.org>", "Ada Example"),
            ("© 2018-2020, 2022 Ada Example", "Ada Example"),
            ("Copyright (c) 2018 Ada", "Ada"),
            ("2018", ""),
        ] {
            assert_eq!(holder(notice), name);
        }
    }

    #[test]
    fn an_address_for_letters_is_not_printed() {
        for (notice, printed) in [
            ("2018 Ada Example <ada@example.org>", "2018 Ada Example"),
            ("2018 Ada <ada@example.org> and Bo <b@example.org>, Oslo", "2018 Ada and Bo, Oslo"),
            ("2018 Ada <https://example.org>", "2018 Ada <https://example.org>"),
            ("2018 a < b@c", "2018 a < b@c"),
            ("<ada@example.org>", ""),
        ] {
            assert_eq!(without_address(notice), printed);
        }
    }

    #[test]
    fn tags_are_found_behind_comment_signs() {
        let read = read(
            b"# SPDX-FileCopyrightText: 2018 Ada\n# SPDX-FileCopyrightText: 2019 Bo\n\n# SPDX-License-Identifier: cc-by-4.0\n",
        );
        assert_eq!(read.creator.map(|said| said.value.text).as_deref(), Some("Ada, Bo"));
        assert_eq!(read.copyright.map(|said| said.value).as_deref(), Some("2018 Ada; 2019 Bo"));
        assert_eq!(read.licence.map(|said| said.value), Some(Licence::Spdx("CC-BY-4.0")));
        let own = licence(&["LicenseRef-Press-Kit".to_owned()]);
        assert_eq!(own.name(), "Press-Kit");
        assert!(super::read(b"\xFF\0SPDX").is_empty());
    }
}
