//! One XHTML document being written: its frame, its language, its page markers, its notes' calls.
//!
//! The kinds of sections are in `sections`, blocks in `blocks`, text in `inlines`; all of them are
//! methods of [`Document`]. Nothing here is looked up by name: ids and addresses come from
//! `names`.

use std::collections::BTreeSet;

use super::images::Images;
use super::markers::{Marker, Markers};
use super::math::Drawings;
use super::names::{Names, STYLE, anchor};
use super::wishes::Wishes;
use super::xhtml::Xml;
use crate::book::{AnchorId, Book, Language, Matter, NoteId, PageMap, SectionId, Terms};
use crate::font::Faces;

/// What all documents of a package share.
#[derive(Debug)]
pub(super) struct Shared<'a> {
    pub(super) book: &'a Book,
    pub(super) map: Option<&'a PageMap>,
    pub(super) names: &'a Names,
    pub(super) images: &'a Images,
    pub(super) wishes: &'a Wishes,
    /// What the book says by itself.
    pub(super) words: &'static Terms,
    /// What formulas are drawn with.
    pub(super) faces: &'a Faces,
}

/// A finished document.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// Its file name.
    pub(super) file: String,
    /// The XHTML.
    pub(super) xhtml: String,
    /// The page markers in it, in order.
    pub(super) pages: Vec<Marker>,
    /// Whether it holds MathML.
    pub(super) has_math: bool,
    /// Whether it holds a long description of a picture.
    pub(super) has_descriptions: bool,
    /// The drawings of its formulas.
    pub(super) drawings: Drawings,
}

/// A document being written.
#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) xml: Xml,
    /// The file's name.
    pub(super) file: String,
    /// Language of what is being written.
    pub(super) language: &'a Language,
    pub(super) markers: Markers,
    /// The section, where the document is one.
    pub(super) section: Option<SectionId>,
    /// Notes whose first call has been written.
    pub(super) called: BTreeSet<NoteId>,
    /// What lists and quotations around the present place take from its width, in em.
    pub(super) indent: f32,
    /// Whether a formula has been written.
    pub(super) has_math: bool,
    /// Whether a long description has been written.
    pub(super) has_descriptions: bool,
    /// The drawings of its formulas.
    pub(super) drawings: Drawings,
}

/// What the frame of a document says.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    /// File name.
    pub(super) file: String,
    /// `<title>`
    pub(super) title: String,
    /// The title's language, where it differs from the document's.
    pub(super) title_language: Option<&'a str>,
    /// Its language.
    pub(super) language: &'a Language,
    /// What `<body>` is: a term of the EPUB Structural Semantics Vocabulary.
    pub(super) body: &'static str,
    /// The section, where the document is one.
    pub(super) section: Option<SectionId>,
}

impl<'a> Document<'a> {
    /// Begins a document, up to and with the start of its body.
    pub(super) fn begin(shared: &'a Shared<'a>, frame: Frame<'a>, markers: Markers) -> Self {
        let mut xml = Xml::new();
        xml.html_doctype();
        xml.open("html")
            .attr("xmlns", "http://www.w3.org/1999/xhtml")
            .attr("xmlns:epub", "http://www.idpf.org/2007/ops")
            .attr("lang", &frame.language.0)
            .attr("xml:lang", &frame.language.0)
            .attr_if("dir", frame.language.is_right_to_left().then_some("rtl"))
            .line();
        xml.open("head").line();
        xml.open("title")
            .attr_if("lang", frame.title_language)
            .attr_if("xml:lang", frame.title_language)
            .text(&frame.title)
            .close()
            .line();
        xml.open("link").attr("rel", "stylesheet").attr("type", "text/css").attr("href", STYLE);
        xml.close().line().close().line();
        xml.open("body").attr("epub:type", frame.body).line();
        Self {
            shared,
            xml,
            file: frame.file,
            language: frame.language,
            markers,
            section: frame.section,
            called: BTreeSet::new(),
            indent: 0.0,
            has_math: false,
            has_descriptions: false,
            drawings: Drawings::new(),
        }
    }

    /// Ends the document.
    pub(super) fn finish(mut self) -> Written {
        let rest = self.markers.take_rest();
        self.block_markers(&rest);
        Written {
            file: self.file,
            xhtml: self.xml.finish(),
            pages: self.markers.written,
            has_math: self.has_math,
            has_descriptions: self.has_descriptions,
            drawings: self.drawings,
        }
    }

    /// Writes markers between blocks.
    pub(super) fn block_markers(&mut self, markers: &[Marker]) {
        for marker in markers {
            self.page_break("div", marker);
            self.xml.line();
        }
    }

    /// Writes a marker in the text.
    pub(super) fn inline_marker(&mut self, marker: &Marker) {
        self.page_break("span", marker);
    }

    fn page_break(&mut self, element: &'static str, marker: &Marker) {
        self.xml
            .open(element)
            .attr("epub:type", "pagebreak")
            .attr("role", "doc-pagebreak")
            .attr("id", &marker.id)
            .attr("aria-label", &marker.label)
            .close();
    }

    /// The address of an anchor, seen from here.
    pub(super) fn href(&self, target: AnchorId) -> String {
        self.shared.names.href(self.shared.book, target, &self.file)
    }

    /// The id of an anchor, if it belongs into this document (an anchor of elsewhere must not
    /// be carried twice).
    pub(super) fn id(&self, target: AnchorId) -> Option<&'a str> {
        anchor(self.shared.book, target)
            .filter(|anchor| Some(anchor.section) == self.section)
            .map(|anchor| anchor.name.as_str())
    }
}

/// What the body of a section is.
pub(super) fn body_type(matter: Matter) -> &'static str {
    match matter {
        Matter::Front => "frontmatter",
        Matter::Body => "bodymatter",
        Matter::Back => "backmatter",
    }
}
