//! A writer for XML that cannot write anything that is not well-formed.
//!
//! Elements are closed from a stack, text and attributes are escaped here and nowhere else, and
//! characters that XML 1.0 forbids are dropped. It knows nothing of XHTML, OPF or NCX: the names
//! of elements and attributes come from the modules that do, as literals.

/// A document being written.
#[derive(Debug, Default)]
pub(super) struct Xml {
    out: String,
    stack: Vec<&'static str>,
    /// The last start tag still lacks its `>`.
    open: bool,
}

impl Xml {
    /// An empty document with its declaration.
    pub(super) fn new() -> Self {
        // A short chapter fits in.
        let mut out = String::with_capacity(8 << 10);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Self { out, ..Self::default() }
    }

    /// Writes the document type of XHTML in EPUB 3.
    pub(super) fn html_doctype(&mut self) {
        self.out.push_str("<!DOCTYPE html>\n");
    }

    /// Begins an element; [`Self::attr`] may follow.
    pub(super) fn open(&mut self, name: &'static str) -> &mut Self {
        self.end_start_tag();
        self.out.push('<');
        self.out.push_str(name);
        self.stack.push(name);
        self.open = true;
        self
    }

    /// Adds an attribute to the element that was just begun.
    pub(super) fn attr(&mut self, name: &str, value: &str) -> &mut Self {
        debug_assert!(self.open, "attribute `{name}` after its start tag ended");
        if self.open {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape_into(&mut self.out, value, Place::Attribute);
            self.out.push('"');
        }
        self
    }

    /// Adds an attribute if there is a value for it.
    pub(super) fn attr_if(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        if let Some(value) = value {
            self.attr(name, value);
        }
        self
    }

    /// Adds characters.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.end_start_tag();
        escape_into(&mut self.out, text, Place::Text);
        self
    }

    /// Adds markup that is known to be well-formed.
    pub(super) fn fragment(&mut self, markup: &str) -> &mut Self {
        debug_assert!(roxmltree::Document::parse(markup).is_ok(), "not well-formed: {markup}");
        self.end_start_tag();
        self.out.push_str(markup);
        self
    }

    /// Ends the innermost element; one without content is written as `<name/>`.
    pub(super) fn close(&mut self) -> &mut Self {
        let Some(name) = self.stack.pop() else { return self };
        if self.open && may_be_empty(name) {
            self.out.push_str("/>");
            self.open = false;
            return self;
        }
        self.end_start_tag();
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self
    }

    /// Ends a line of the file. Only between blocks, where space means nothing.
    pub(super) fn line(&mut self) -> &mut Self {
        self.end_start_tag();
        self.out.push('\n');
        self
    }

    /// An element that holds only characters, on a line of its own.
    pub(super) fn leaf(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.open(name).text(text).close().line()
    }

    /// Ends everything that is open and gives the document.
    pub(super) fn finish(mut self) -> String {
        while !self.stack.is_empty() {
            self.close().line();
        }
        self.out
    }

    fn end_start_tag(&mut self) {
        if self.open {
            self.out.push('>');
            self.open = false;
        }
    }
}

/// Where escaped characters go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Attribute,
}

/// Elements that HTML parsers, too, take as complete without an end tag, and those of the
/// package and the NCX. Anything else is given an end tag: `<span/>` swallows the rest of the
/// page in a reader that parses XHTML as HTML.
fn may_be_empty(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr"
            | "img"
            | "link"
            | "meta"
            | "item"
            | "itemref"
            | "reference"
            | "content"
            | "rootfile"
    )
}

fn escape_into(out: &mut String, text: &str, place: Place) {
    let mut rest = text;
    // What stays as it is, nearly all, is copied in runs.
    while let Some(at) = first_change(rest.as_bytes(), place) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        match chars.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') if place == Place::Attribute => out.push_str("&quot;"),
            Some('\t' | '\n' | '\r') if place == Place::Attribute => out.push(' '),
            Some('\r') => {}
            Some(c) if is_allowed(c) => out.push(c),
            Some(_) | None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Where the first character may be that is not written as it is. Whole strides are asked first,
/// which a processor does at once.
fn first_change(bytes: &[u8], place: Place) -> Option<usize> {
    const STRIDE: usize = 32;
    let is_changed = |byte: &u8| may_change(*byte, place);
    let has_change = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | is_changed(byte));
    let stride = bytes.chunks(STRIDE).position(has_change)?;
    let from = stride * STRIDE;
    bytes[from..].iter().position(is_changed).map(|at| from + at)
}

/// Whether a byte is, or begins, a character that is not always written as it is; 0xEF begins
/// U+FFFE and U+FFFF, among others.
fn may_change(byte: u8, place: Place) -> bool {
    let is_attribute = place == Place::Attribute;
    match byte {
        b'&' | b'<' | b'>' | 0xEF => true,
        b'"' | b'\t' | b'\n' => is_attribute,
        _ => byte < b' ',
    }
}

/// `Char` of XML 1.0 §2.2 (surrogates are no `char`s).
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped_and_illegal_characters_dropped() {
        let mut xml = Xml::new();
        xml.open("p").attr("title", "a \"b\"\n<c>").text("x\u{0}\u{b}\u{ffff} < & > \"y\"");
        let written = xml.finish();
        assert!(
            written.contains("<p title=\"a &quot;b&quot; &lt;c&gt;\">x &lt; &amp; &gt; \"y\"</p>")
        );
        assert!(roxmltree::Document::parse(&written).is_ok());
    }

    #[test]
    fn whatever_is_left_open_is_closed_in_order() {
        let mut xml = Xml::new();
        xml.open("a").open("b").text("t").open("span");
        let written = xml.finish();
        assert!(written.contains("<a><b>t<span></span>\n</b>\n</a>"), "{written}");
    }

    #[test]
    fn only_void_elements_are_written_without_an_end_tag() {
        let mut xml = Xml::new();
        xml.open("p").open("br").close().open("span").close();
        assert!(xml.finish().contains("<p><br/><span></span></p>"));
    }

    #[test]
    fn closing_more_than_was_opened_does_nothing() {
        let mut xml = Xml::new();
        xml.open("p").close().close().close();
        assert!(xml.finish().ends_with("<p></p>"));
    }
}
