//! Takes HTML apart into tags, comments and text, as a browser does: the tokenizer is html5ever's
//! (HTML, 13.2.5).
//!
//! That one does not say where a token stands. It is given one character after the other, so that
//! the place where it finds a token's end is known; what lies before that and is no text began the
//! token. Here a text is kept that HTML would drop: a tag without its end, `</3`. What tags mean is
//! in `markup`.

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, State};
use html5ever::tokenizer::{self, TagKind, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::{Cell, RefCell};
use std::ops::Range;

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: TokenKind,
    /// Its bytes.
    pub(crate) range: Range<usize>,
}

/// What a piece of HTML is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Characters, entities not yet decoded.
    Text,
    /// `<!-- … -->`
    Comment,
    /// A comment without its end.
    OpenComment,
    /// What stands in `<script>` or `<style>`: nothing to be read.
    Program,
    /// `<!DOCTYPE …>`, `<?…?>`
    Declaration,
    /// `<name …>`
    Open(Tag),
    /// `</name>`, the name as written
    Close(String),
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Its name as written.
    pub(crate) name: String,
    /// Its attributes in order.
    pub(crate) attributes: Vec<Attribute>,
}

/// An attribute of a tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// Its name in lower case.
    pub(crate) name: String,
    /// Its value, entities decoded.
    pub(crate) value: String,
}

impl Tag {
    /// The value of an attribute, if it says something.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name == name)?;
        let value = attribute.value.trim();
        (!value.is_empty()).then_some(value)
    }
}

/// Takes a text apart; the pieces cover it without gaps.
pub(crate) fn tokens(raw: &str) -> Vec<Token> {
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Places::new(raw), options);
    let queue = BufferQueue::default();
    for (at, character) in raw.char_indices() {
        // Of a line end of two characters the first says nothing; the tokenizer leaves out the second.
        if character == '\r' && raw[at + 1..].starts_with('\n') {
            continue;
        }
        tokenizer.sink.step(at, character);
        queue.push_back(StrTendril::from_char(character));
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.sink.step(raw.len(), '\0');
    tokenizer.sink.is_end.set(true);
    tokenizer.end();
    tokenizer.sink.finish()
}

/// Replaces `&amp;` and its kin. A name that is not known stays as it is.
pub(crate) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // Within a title nothing is a tag.
    let state = Some(State::RawData(RawKind::Rcdata));
    let options = TokenizerOpts { discard_bom: false, initial_state: state, ..Default::default() };
    let tokenizer = Tokenizer::new(Characters::default(), options);
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.text.into_inner()
}

/// Takes tokens and gives them their places.
struct Places<'r> {
    raw: &'r str,
    tokens: RefCell<Vec<Token>>,
    /// Where the character stands that is given to the tokenizer, and whether it begins something.
    at: Cell<(usize, char)>,
    /// Where the text ends that was given back.
    told: Cell<usize>,
    /// In `<script>` or `<style>`.
    in_program: Cell<bool>,
    is_end: Cell<bool>,
}

impl<'r> Places<'r> {
    fn new(raw: &'r str) -> Self {
        Self {
            raw,
            tokens: RefCell::new(Vec::new()),
            at: Cell::new((0, ' ')),
            told: Cell::new(0),
            in_program: Cell::new(false),
            is_end: Cell::new(false),
        }
    }

    /// The next character is given to the tokenizer.
    fn step(&self, at: usize, character: char) {
        // The first half of a line end was passed over.
        if self.raw[self.told.get()..at] == *"\r" {
            self.told.set(at);
        }
        self.at.set((at, character));
    }

    /// Characters were given back: the last one is the text's, unless it may begin something else.
    fn text(&self) {
        let (at, character) = self.at.get();
        self.told.set(match character {
            '<' | '&' => at,
            _ => (at + character.len_utf8()).min(self.raw.len()),
        });
    }

    /// A token that ends with the character.
    fn push(&self, kind: TokenKind) {
        let (at, character) = self.at.get();
        let end = if self.is_end.get() { at } else { at + character.len_utf8() };
        let start = self.told.replace(end);
        self.text_until(start);
        self.tokens.borrow_mut().push(Token { kind, range: start..end });
    }

    /// What lies behind the last token is text.
    fn text_until(&self, start: usize) {
        let mut tokens = self.tokens.borrow_mut();
        let from = tokens.last().map_or(0, |token| token.range.end);
        if from < start {
            let kind = match self.in_program.get() {
                true => TokenKind::Program,
                false => TokenKind::Text,
            };
            tokens.push(Token { kind, range: from..start });
        }
    }

    fn finish(self) -> Vec<Token> {
        self.text_until(self.raw.len());
        self.tokens.into_inner()
    }

    fn tag(&self, tag: &tokenizer::Tag) -> TokenSinkResult<()> {
        let written = &self.raw[self.told.get()..];
        let from = written.find(|c| c != '<' && c != '/').unwrap_or(0);
        let name = written.get(from..from + tag.name.len()).unwrap_or(&tag.name).to_owned();
        match tag.kind {
            TagKind::EndTag => {
                self.push(TokenKind::Close(name));
                self.in_program.set(false);
                return TokenSinkResult::Continue;
            }
            TagKind::StartTag => {
                let attributes = tag.attrs.iter().map(|attribute| Attribute {
                    name: attribute.name.local.to_string(),
                    value: attribute.value.to_string(),
                });
                self.push(TokenKind::Open(Tag { name, attributes: attributes.collect() }));
            }
        }
        // HTML, 13.2.6.4.4 and 13.2.6.4.7
        let kind = match &*tag.name {
            "script" => RawKind::ScriptData,
            "style" => RawKind::Rawtext,
            "textarea" | "title" => return TokenSinkResult::RawData(RawKind::Rcdata),
            _ => return TokenSinkResult::Continue,
        };
        self.in_program.set(true);
        TokenSinkResult::RawData(kind)
    }

    /// A comment, or something else that begins with `<!`, `<?` or `</`.
    fn comment(&self) {
        let written = &self.raw[self.told.get()..];
        if written.starts_with("<!--") {
            let has_end = !self.is_end.get();
            self.push(if has_end { TokenKind::Comment } else { TokenKind::OpenComment });
        } else if written.starts_with("</") || self.is_end.get() {
            self.text();
        } else {
            self.push(TokenKind::Declaration);
        }
    }
}

impl TokenSink for Places<'_> {
    type Handle = ();

    fn process_token(&self, token: tokenizer::Token, _: u64) -> TokenSinkResult<()> {
        match token {
            tokenizer::Token::CharacterTokens(_) | tokenizer::Token::NullCharacterToken => {
                self.text();
            }
            tokenizer::Token::TagToken(tag) => return self.tag(&tag),
            tokenizer::Token::CommentToken(_) | tokenizer::Token::DoctypeToken(_) => self.comment(),
            tokenizer::Token::EOFToken | tokenizer::Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

/// Takes nothing but characters.
#[derive(Default)]
struct Characters {
    text: RefCell<String>,
}

impl TokenSink for Characters {
    type Handle = ();

    fn process_token(&self, token: tokenizer::Token, _: u64) -> TokenSinkResult<()> {
        match token {
            tokenizer::Token::CharacterTokens(text) => self.text.borrow_mut().push_str(&text),
            tokenizer::Token::NullCharacterToken => self.text.borrow_mut().push('\0'),
            _ => {}
        }
        TokenSinkResult::Continue
    }
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
        for raw in ["a < b <3 <", "<", "<a href=\"x", "</", "<!", "<a b='", "<a =", "</3>", "<<a"] {
            assert_eq!(kinds(raw), [(TokenKind::Text, raw)]);
        }
    }

    #[test]
    fn attributes_have_decoded_values() {
        let raw = "<img src='a&amp;b.jpg' ALT = x hidden/>";
        let TokenKind::Open(tag) = &tokens(raw)[0].kind else { panic!("a tag") };
        assert_eq!(tag.value("src"), Some("a&b.jpg"));
        assert_eq!(tag.value("alt"), Some("x"));
        assert_eq!(tag.value("hidden"), None);
    }

    #[test]
    fn places_are_exact() {
        let close = |name: &str| TokenKind::Close(name.to_owned());
        let open =
            |name: &str| TokenKind::Open(Tag { name: name.to_owned(), attributes: Vec::new() });
        use TokenKind::{Comment, Declaration, OpenComment, Program, Text};
        assert_eq!(
            kinds("\r\n<B\r\n>&lt<i>&amp;<é></I>\r\n"),
            [
                (Text, "\r\n"),
                (open("B"), "<B\r\n>"),
                (Text, "&lt"),
                (open("i"), "<i>"),
                (Text, "&amp;<é>"),
                (close("I"), "</I>"),
                (Text, "\r\n"),
            ]
        );
        assert_eq!(
            kinds("<script>a<b></script><!-- a --!>b<!x>\0<!-- c"),
            [
                (open("script"), "<script>"),
                (Program, "a<b>"),
                (close("script"), "</script>"),
                (Comment, "<!-- a --!>"),
                (Text, "b"),
                (Declaration, "<!x>"),
                (Text, "\0"),
                (OpenComment, "<!-- c"),
            ]
        );
    }

    #[test]
    fn entities_are_decoded_and_unknown_ones_kept() {
        assert_eq!(decode("&lt;&#65;&#x42;&foo; & &#0;&nbsp"), "<AB&foo; & \u{FFFD}\u{A0}");
        assert_eq!(
            decode("&amp;&ouml;&NotEqualTilde;&;&#;</title>"),
            "&ö\u{2242}\u{338}&;&#;</title>"
        );
    }
}
