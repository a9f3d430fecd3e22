//! Metadata (ISO 32000-1, 14.3): the information dictionary, and XMP for the document and for
//! each picture.
//!
//! Both say the same about the document. XMP is written as text: it is one template, and the
//! extension schema that PDF/A demands for PDF/UA's identifier has to be spelled out anyway.

use std::fmt::Write as _;

use lopdf::{Dictionary, Stream};

use super::object::{Moment, bytes, text};
use crate::book::{Meta, Photo, Role};
use crate::project::{Archival, Standards};

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
        info.set("Keywords", text(&meta.subjects.join(", ")));
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
    xmp.list("dc:subject", "Bag", &meta.subjects);
    meta.description.iter().for_each(|text| xmp.alternatives("dc:description", text));
    meta.rights.iter().for_each(|text| xmp.alternatives("dc:rights", text));
    meta.licence.iter().for_each(|text| xmp.alternatives("xmpRights:UsageTerms", text));
    meta.date.iter().for_each(|date| xmp.list("dc:date", "Seq", &[date.iso()]));
    xmp.simple("dc:identifier", &meta.identifier);
    xmp.simple("dc:format", "application/pdf");
    if !meta.subjects.is_empty() {
        xmp.simple("pdf:Keywords", &meta.subjects.join(", "));
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
        xmp.out.push_str(UA_SCHEMA);
    }
    stream(xmp.finish())
}

/// XMP of a picture: who made it and what may be done with it.
pub(super) fn of_photo(photo: &Photo) -> Option<String> {
    let mut xmp = Xmp::new();
    photo.title.iter().for_each(|text| xmp.alternatives("dc:title", text));
    let creator: Vec<_> = Some(&photo.creator).into_iter().filter(|c| !c.is_empty()).collect();
    xmp.list("dc:creator", "Seq", &creator);
    photo.copyright.iter().for_each(|text| xmp.alternatives("dc:rights", text));
    if !photo.credit.is_empty() {
        xmp.simple("photoshop:Credit", &photo.credit);
    }
    photo.source.iter().for_each(|source| xmp.simple("dc:source", source));
    if !photo.licence.is_empty() {
        xmp.alternatives("xmpRights:UsageTerms", &photo.licence);
    }
    photo.licence_url.iter().for_each(|url| xmp.simple("xmpRights:WebStatement", url));
    (!xmp.out.is_empty()).then(|| xmp.finish())
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

/// The properties of an XMP packet, as they are written.
struct Xmp {
    out: String,
}

impl Xmp {
    fn new() -> Self {
        Self { out: String::new() }
    }

    fn simple(&mut self, property: &str, value: &str) {
        let _ = writeln!(self.out, "   <{property}>{}</{property}>", escape(value));
    }

    fn alternatives(&mut self, property: &str, value: &str) {
        let value = escape(value);
        let _ = writeln!(
            self.out,
            "   <{property}><rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt></{property}>"
        );
    }

    fn list<T: AsRef<str>>(&mut self, property: &str, kind: &str, values: &[T]) {
        if values.is_empty() {
            return;
        }
        let _ = write!(self.out, "   <{property}><rdf:{kind}>");
        for value in values {
            let _ = write!(self.out, "<rdf:li>{}</rdf:li>", escape(value.as_ref()));
        }
        let _ = writeln!(self.out, "</rdf:{kind}></{property}>");
    }

    fn finish(self) -> String {
        let mut packet = String::from(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n \
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
             <rdf:Description rdf:about=\"\"",
        );
        for (prefix, address) in NAMESPACES {
            if self.out.contains(&format!("<{prefix}:")) {
                let _ = write!(packet, "\n    xmlns:{prefix}=\"{address}\"");
            }
        }
        packet.push_str(">\n");
        packet.push_str(&self.out);
        packet.push_str("  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
        packet
    }
}

const NAMESPACES: [(&str, &str); 10] = [
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
];

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

/// Character data of XML 1.0; characters it does not know are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{0}'..='\u{8}'
            | '\u{B}'
            | '\u{C}'
            | '\u{E}'..='\u{1F}'
            | '\u{FFFE}'
            | '\u{FFFF}' => {}
            _ => out.push(character),
        }
    }
    out
}
