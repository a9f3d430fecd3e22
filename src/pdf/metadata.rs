//! Metadata (ISO 32000-1, 14.3): the information dictionary, and XMP for the document. That of
//! pictures is made by `photo`, because their files carry it too.
//!
//! Both say the same about the document. The extension
//! schema that PDF/A demands for PDF/UA's identifier has to be spelled out.

use lopdf::{Dictionary, Stream};

use super::object::{Moment, bytes, text};
use crate::book::{Meta, Role};
use crate::project::{Archival, Standards};
use crate::xmp::Xmp;

/// Who made the file.
const TOOL: &str = concat!("Endpaper ", env!("CARGO_PKG_VERSION"));

/// The information dictionary (14.3.3).
pub(super) fn info(meta: &Meta) -> Dictionary {
    let mut info = Dictionary::new();
    let date = bytes(&Moment::from_unix(meta.modified).pdf());
    info.set("Title", text(&meta.title));
    let creators = creators(meta).join(", ");
    if !creators.is_empty() {
        info.set("Author", text(&creators));
    }
    if let Some(description) = &meta.description {
        info.set("Subject", text(description));
    }
    if !meta.subjects.is_empty() {
        info.set("Keywords", text(&subjects(meta).join(", ")));
    }
    info.set("Creator", text(TOOL));
    info.set("Producer", text(TOOL));
    info.set("CreationDate", date.clone());
    info.set("ModDate", date);
    info
}

/// XMP of the document, with the standards it claims.
pub(super) fn of_document(meta: &Meta, claims: Standards) -> Stream {
    let mut xmp = Xmp::new();
    xmp.alternatives("dc:title", &meta.title);
    xmp.list("dc:creator", "Seq", &creators(meta));
    xmp.list("dc:contributor", "Bag", &contributors(meta));
    xmp.list("dc:language", "Bag", &[&meta.language.0]);
    xmp.list("dc:publisher", "Bag", &meta.publisher.iter().collect::<Vec<_>>());
    xmp.list("dc:subject", "Bag", &subjects(meta));
    meta.description.iter().for_each(|text| xmp.alternatives("dc:description", text));
    meta.rights.iter().for_each(|text| xmp.alternatives("dc:rights", text));
    meta.licence.iter().for_each(|text| xmp.alternatives("xmpRights:UsageTerms", text));
    meta.date.iter().for_each(|date| xmp.list("dc:date", "Seq", &[date.iso()]));
    xmp.simple("dc:identifier", &meta.identifier);
    xmp.simple("dc:format", "application/pdf");
    if !meta.subjects.is_empty() {
        xmp.simple("pdf:Keywords", &subjects(meta).join(", "));
    }
    xmp.simple("pdf:Producer", TOOL);
    xmp.simple("xmp:CreatorTool", TOOL);
    let date = Moment::from_unix(meta.modified).xmp();
    ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"]
        .into_iter()
        .for_each(|property| xmp.simple(property, &date));
    if let Some(archival) = claims.archival {
        let (part, level) = match archival {
            Archival::A2u => ("2", "U"),
            Archival::A2a => ("2", "A"),
            Archival::A3a => ("3", "A"),
        };
        xmp.simple("pdfaid:part", part);
        xmp.simple("pdfaid:conformance", level);
    }
    if claims.accessible {
        xmp.simple("pdfuaid:part", "1");
        xmp.verbatim(UA_SCHEMA);
    }
    stream(xmp.finish().unwrap_or_default())
}

/// A metadata stream; not compressed, so that tools that know nothing of PDF find it (14.3.2).
pub(super) fn stream(xmp: String) -> Stream {
    let mut dict = Dictionary::new();
    dict.set("Type", "Metadata");
    dict.set("Subtype", "XML");
    Stream::new(dict, xmp.into_bytes()).with_compression(false)
}

/// Authors, or else editors: who answers for the book.
fn creators(meta: &Meta) -> Vec<&str> {
    let of = |role| meta.people.iter().filter(move |p| p.role == role).map(|p| p.name.as_str());
    let authors: Vec<_> = of(Role::Author).collect();
    if authors.is_empty() { of(Role::Editor).collect() } else { authors }
}

/// Everybody else.
fn contributors(meta: &Meta) -> Vec<&str> {
    let creators = creators(meta);
    let names = meta.people.iter().map(|person| person.name.as_str());
    names.filter(|name| !creators.contains(name)).collect()
}

/// What the book is about, in words.
pub(super) fn subjects(meta: &Meta) -> Vec<&str> {
    meta.subjects.iter().map(|subject| subject.term.as_str()).collect()
}

/// What PDF/A-2 wants to know about a property it does not define itself (6.6.2.3).
const UA_SCHEMA: &str = "   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
";
