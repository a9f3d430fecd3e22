//! Listings: tokens with classes, and numbers that are drawn and never copied.

use std::collections::VecDeque;

use super::document::Document;
use super::markers::Marker;
use crate::book::{CodeBlock, CodeLine, CodeRole};

impl Document<'_> {
    /// A listing; with a caption it is a figure.
    pub(super) fn code(&mut self, code: &CodeBlock) {
        let Some(caption) = &code.caption else { return self.listing(code) };
        self.xml.open("figure").attr("class", "listing").line();
        self.xml.open("figcaption").line();
        self.text_block("p", None, caption);
        self.xml.close().line();
        self.listing(code);
        self.xml.close().line();
    }

    fn listing(&mut self, code: &CodeBlock) {
        let class = code.language.as_deref().map(language_class);
        let is_turned = self.language.is_right_to_left();
        // The numbers are the style sheet's: nobody copies them.
        let style = code.numbered.map(|first| format!("counter-reset: line {}", before(first)));
        self.xml
            .open("pre")
            .attr_if("class", style.as_deref().map(|_| "numbered"))
            .attr("translate", "no")
            .attr_if("dir", is_turned.then_some("ltr"))
            .attr_if("style", style.as_deref())
            .open("code")
            .attr_if("class", class.as_deref());
        let mut markers = self.markers.take_within(code.id).into();
        let mut at = 0;
        for (number, line) in code.lines.iter().enumerate() {
            if number > 0 {
                self.xml.text("\n");
                at += 1;
            }
            let class = match (code.pointed.binary_search(&number).is_ok(), code.numbered) {
                (true, _) => Some("line pointed"),
                (false, Some(_)) => Some("line"),
                (false, None) => None,
            };
            if class.is_some() {
                self.xml.open("span").attr_if("class", class);
            }
            (at, markers) = self.tokens(line, at, markers);
            if class.is_some() {
                self.xml.close();
            }
        }
        self.remaining_markers(markers);
        self.xml.close().close().line();
    }

    /// The tokens of a line that begins at the offset `at`; gives where it ends, and the markers
    /// that are left.
    fn tokens(
        &mut self,
        line: &CodeLine,
        mut at: usize,
        markers: VecDeque<(usize, Marker)>,
    ) -> (usize, VecDeque<(usize, Marker)>) {
        let mut markers = self.characters("", at, markers);
        for (role, token) in line.tokens() {
            let class = token_class(role);
            if class.is_some() {
                self.xml.open("span").attr_if("class", class);
            }
            markers = self.characters(token, at, markers);
            at += token.len();
            if class.is_some() {
                self.xml.close();
            }
        }
        (at, markers)
    }
}

/// What a counter stands at before the first line; counters have 32 bits.
fn before(first: u64) -> i64 {
    i64::from(i32::try_from(first).unwrap_or(i32::MAX)) - 1
}

/// `language-rust`, without characters that would make it two classes.
fn language_class(language: &str) -> String {
    let word: String = language.chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
    format!("language-{word}")
}

/// The class of a token; plain ones are not marked.
fn token_class(role: CodeRole) -> Option<&'static str> {
    match role {
        CodeRole::Plain => None,
        CodeRole::Comment => Some("comment"),
        CodeRole::String => Some("string"),
        CodeRole::Number => Some("number"),
        CodeRole::Keyword => Some("keyword"),
        CodeRole::Type => Some("type"),
        CodeRole::Function => Some("function"),
        CodeRole::Attribute => Some("attribute"),
    }
}
