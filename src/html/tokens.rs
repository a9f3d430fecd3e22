//! Takes HTML apart into tags, comments and text: enough of it for the few elements that mean
//! something in a book.
//!
//! It never fails: what is not a tag is text. What tags mean is in `markup`.

use pulldown_cmark::{Event, Parser};
use std::ops::Range;

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

/// What a piece of HTML is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Characters, entities not yet decoded.
    Text,
    /// `<!-- … -->`
    Comment,
    /// `<!DOCTYPE …>`, `<?…?>`
    Declaration,
    /// `<name …>`
    Open(Tag),
    /// `</name>`, the name as written
    Close(String),
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name as written.
    pub(super) name: String,
    /// Its attributes in order.
    pub(super) attributes: Vec<Attribute>,
}

/// An attribute of a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Its name in lower case.
    pub(super) name: String,
    /// Its value, entities decoded.
    pub(super) value: String,
    /// The bytes of the value without quotes.
    pub(super) range: Range<usize>,
}

impl Tag {
    /// The attribute with this name.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The value of an attribute, if it says something.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let value = self.attribute(name)?.value.trim();
        (!value.is_empty()).then_some(value)
    }
}

/// Takes a text apart; the pieces cover it without gaps.
pub(super) fn tokens(raw: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    // Behind the last `>` nothing can be a tag: without this, a long row of `<` would be searched
    // to its end once for each of them.
    let last = raw.rfind('>').unwrap_or(0);
    let mut at = 0;
    while at < raw.len() {
        let found = if at < last || raw[at..].starts_with("<!--") { markup(raw, at) } else { None };
        let (kind, end) = match found {
            Some(found) => found,
            None => {
                let skip = usize::from(raw[at..].starts_with('<'));
                let end = raw[at + skip..].find('<').map_or(raw.len(), |n| at + skip + n);
                (TokenKind::Text, end)
            }
        };
        match tokens.last_mut() {
            Some(last) if last.kind == TokenKind::Text && kind == TokenKind::Text => {
                last.range.end = end;
            }
            _ => tokens.push(Token { kind, range: at..end }),
        }
        at = end;
    }
    tokens
}

/// Replaces `&amp;` and its kin. A name that is not known stays as it is.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match entity(rest) {
            Some((decoded, length)) => {
                out.push_str(&decoded);
                length
            }
            None => {
                out.push('&');
                1
            }
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The piece that begins at `at` with `<`, and where it ends.
fn markup(raw: &str, at: usize) -> Option<(TokenKind, usize)> {
    let rest = &raw[at..];
    let after =
        |end: &str, from: usize| rest.get(from..)?.find(end).map(|n| at + from + n + end.len());
    if rest.starts_with("<!--") {
        // From the second hyphen on: `<!-->` is a comment (HTML, 13.2.5.43).
        return Some((TokenKind::Comment, after("-->", 2).unwrap_or(raw.len())));
    }
    if rest.starts_with("<?") || rest.starts_with("<!") {
        return Some((TokenKind::Declaration, after(">", 2)?));
    }
    if let Some(name) = rest.strip_prefix("</").and_then(name) {
        return Some((TokenKind::Close(name.to_owned()), after(">", 2)?));
    }
    let name = rest.strip_prefix('<').and_then(name)?;
    let (attributes, end) = attributes(raw, at + 1 + name.len())?;
    Some((TokenKind::Open(Tag { name: name.to_owned(), attributes }), end))
}

fn name(rest: &str) -> Option<&str> {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    let ends = rest[end..].starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
    (ends && rest.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(&rest[..end])
}

/// Attributes from `at` to the closing `>`, and what lies behind it.
fn attributes(raw: &str, mut at: usize) -> Option<(Vec<Attribute>, usize)> {
    let mut found = Vec::new();
    loop {
        at = skip(raw, at, |c| c.is_whitespace() || c == '/');
        if raw[at..].starts_with('>') {
            return Some((found, at + 1));
        }
        let name_end = skip(raw, at, |c| !c.is_whitespace() && !matches!(c, '=' | '>' | '/'));
        // A stray `=` would not move us.
        let name_end = if name_end == at { at + 1 } else { name_end };
        let name = raw.get(at..name_end)?.to_ascii_lowercase();
        let equals = skip(raw, name_end, char::is_whitespace);
        let (range, next) = if raw[equals..].starts_with('=') {
            value(raw, skip(raw, equals + 1, char::is_whitespace))?
        } else {
            (name_end..name_end, name_end)
        };
        found.push(Attribute { name, value: decode(&raw[range.clone()]), range });
        at = next;
    }
}

/// The value at `at` without its quotes, and what lies behind it.
fn value(raw: &str, at: usize) -> Option<(Range<usize>, usize)> {
    match raw[at..].chars().next()? {
        quote @ ('"' | '\'') => {
            let end = at + 1 + raw[at + 1..].find(quote)?;
            Some((at + 1..end, end + 1))
        }
        _ => {
            let end = skip(raw, at, |c| !c.is_whitespace() && c != '>');
            Some((at..end, end))
        }
    }
}

fn skip(raw: &str, at: usize, what: impl Fn(char) -> bool) -> usize {
    raw[at..].find(|c| !what(c)).map_or(raw.len(), |n| at + n)
}

/// What an entity at the start of `rest` stands for, and the entity's length. The names are those
/// that Markdown knows, which are HTML's.
fn entity(rest: &str) -> Option<(String, usize)> {
    /// `&CounterClockwiseContourIntegral;` is the longest name there is.
    const BOUND: usize = 33;
    let end = rest.bytes().take(BOUND).position(|b| b == b';')?;
    let name = &rest[1..end];
    let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
    let mut events = is_name.then(|| Parser::new(&rest[..=end]))?;
    let decoded = events.find_map(|event| match event {
        Event::Text(text) => Some(text.to_string()),
        _ => None,
    })?;
    (decoded != rest[..=end] && decoded != "&").then_some((decoded, end + 1)).or_else(|| {
        let is_ampersand = matches!(name, "amp" | "AMP" | "#38" | "#x26" | "#X26");
        is_ampersand.then(|| ("&".to_owned(), end + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(raw: &str) -> Vec<(TokenKind, &str)> {
        tokens(raw).into_iter().map(|t| (t.kind, &raw[t.range])).collect()
    }

    #[test]
    fn tags_comments_and_text_are_told_apart() {
        let found = kinds("a<!-- <b> -->b </i >");
        assert_eq!(
            found,
            [
                (TokenKind::Text, "a"),
                (TokenKind::Comment, "<!-- <b> -->"),
                (TokenKind::Text, "b "),
                (TokenKind::Close("i".into()), "</i >"),
            ]
        );
    }

    #[test]
    fn what_is_not_a_tag_is_text() {
        for raw in ["a < b <3 <", "<", "<a href=\"x", "</", "<!", "<a b='", "<a =", "<a:b>", "</3>"]
        {
            assert_eq!(kinds(raw), [(TokenKind::Text, raw)]);
        }
    }

    #[test]
    fn attributes_have_decoded_values_and_exact_places() {
        let raw = "<img src='a&amp;b.jpg' ALT = x hidden/>";
        let TokenKind::Open(tag) = &tokens(raw)[0].kind else { panic!("a tag") };
        assert_eq!(tag.value("src"), Some("a&b.jpg"));
        assert_eq!(tag.value("alt"), Some("x"));
        assert_eq!(tag.value("hidden"), None);
        let range = tag.attribute("src").map(|a| a.range.clone());
        assert_eq!(range.map(|r| &raw[r]), Some("a&amp;b.jpg"));
    }

    #[test]
    fn entities_are_decoded_and_unknown_ones_kept() {
        assert_eq!(decode("&lt;&#65;&#x42;&foo; & &#0;&nbsp"), "<AB&foo; & \u{FFFD}&nbsp");
        assert_eq!(decode("&amp;&ouml;&NotEqualTilde;&;&#;"), "&ö\u{2242}\u{338}&;&#;");
    }
}
