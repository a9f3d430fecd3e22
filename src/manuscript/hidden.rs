//! Lines of a listing that a compiler needs and a reader does not: mdBook leaves them out.

use crate::project::MdBookConfig;

/// The text of a listing without its hidden lines.
pub(super) fn shown(config: &MdBookConfig, info: &str, text: String) -> String {
    let mut words = info.split([',', ' ', '\t']);
    let language = words.next().unwrap_or("");
    let own = words.find_map(|word| word.trim().strip_prefix("hidelines="));
    let prefix = own.or_else(|| config.hidden.get(language).map(String::as_str));
    match (language, prefix) {
        ("rust", _) => lines(&text, rust),
        (_, Some(prefix)) if !prefix.is_empty() => {
            lines(&text, |line| (!line.trim_start().starts_with(prefix)).then(|| line.to_owned()))
        }
        (_, _) => text,
    }
}

fn lines(text: &str, shown: impl Fn(&str) -> Option<String>) -> String {
    text.split_inclusive('\n').filter_map(shown).collect()
}

/// rustdoc's rule: `#` alone or before a blank hides a line, `##` stands for one that begins with
/// `#`; `#[…]` and `#!…` are Rust.
fn rust(line: &str) -> Option<String> {
    let rest = line.trim_start();
    let indent = &line[..line.len() - rest.len()];
    let Some(rest) = rest.strip_prefix('#') else { return Some(line.to_owned()) };
    match rest.chars().next() {
        None | Some(' ' | '\n' | '\r') => None,
        Some('#') => Some(format!("{indent}{rest}")),
        Some(_) => Some(line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_hides_as_rustdoc_does() {
        let config = MdBookConfig::default();
        let text = "# use a;\n#\n    # b\n#[test]\n#![x]\n    ## c\nfn d() {}\n";
        let seen = shown(&config, "rust,ignore", text.to_owned());
        assert_eq!(seen, "#[test]\n#![x]\n    # c\nfn d() {}\n");
        assert_eq!(shown(&config, "sh", text.to_owned()), text);
    }

    #[test]
    fn other_languages_hide_what_the_book_says() {
        let mut config = MdBookConfig::default();
        config.hidden.insert("python".to_owned(), "~".to_owned());
        assert_eq!(shown(&config, "python", "~a\n  ~b\nc\n".to_owned()), "c\n");
        assert_eq!(shown(&config, "sh,hidelines=!!", "!!a\nb\n".to_owned()), "b\n");
    }
}
