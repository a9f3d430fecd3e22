//! The theme's part of the stylesheet: what it wants otherwise than the theme `source`, which the
//! stylesheet itself is made after.
//!
//! Hints only, for headings and what stands around them: centred, in small capitals, in italics.
//! Typeface, size and colour are the reader's.

use std::fmt::Write as _;

use crate::project::{Cut, StyleConfig, StyleName, TextAlign, Theme, ThemeName};

/// What shows a style, in the order of the stylesheet.
const SELECTORS: &[(StyleName, &str)] = &[
    (StyleName::Title, "h1"),
    (StyleName::Heading2, "h2"),
    (StyleName::Heading3, "h3"),
    (StyleName::Heading4, "h4"),
    (StyleName::Heading5, "h5,\nh6"),
    (StyleName::Label, "header .facts"),
    (StyleName::Subtitle, ".subtitle"),
    (StyleName::Speaker, "header .speaker"),
    (StyleName::Affiliation, ".speaker .affiliation"),
    (StyleName::AlertTitle, ".alert-title"),
    (StyleName::Caption, "figcaption"),
    (StyleName::EntryDetail, "nav .speakers"),
];

/// The rules of a theme; none for `source`.
pub(super) fn rules(theme: &Theme) -> String {
    let usual = Theme::built_in(ThemeName::Source);
    let mut out = String::new();
    for (name, selector) in SELECTORS {
        let declarations = declarations(theme.style(*name), usual.style(*name));
        if !declarations.is_empty() {
            let _ = write!(out, "\n{selector} {{\n{declarations}}}\n");
        }
    }
    out
}

fn declarations(own: StyleConfig, usual: StyleConfig) -> String {
    let mut out = String::new();
    if own.align != usual.align {
        out.push_str(match own.align {
            TextAlign::Justified | TextAlign::Start => "  text-align: start;\n",
            TextAlign::Center => "  text-align: center;\n",
        });
    }
    if own.small_caps != usual.small_caps {
        out.push_str(match own.small_caps {
            true => "  font-variant: small-caps;\n  font-weight: normal;\n",
            false => "  font-variant: normal;\n",
        });
    }
    if own.cut != usual.cut {
        out.push_str(match own.cut {
            Cut::Regular => "  font-style: normal;\n",
            Cut::Italic => "  font-style: italic;\n  font-weight: normal;\n",
            Cut::Bold => "  font-weight: bold;\n",
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_from_source_is_said() {
        assert_eq!(rules(&Theme::built_in(ThemeName::Source)), "");
        let classic = rules(&Theme::built_in(ThemeName::Classic));
        assert!(classic.contains("\nh1 {\n  text-align: center;\n}\n"), "{classic}");
        assert!(classic.contains("\nh2 {\n  font-variant: small-caps;\n"), "{classic}");
        for word in ["color", "font-size", "font-family", "line-height"] {
            assert!(!classic.contains(word), "{word}");
        }
    }
}
