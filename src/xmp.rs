//! XMP packets (ISO 16684-1): what a file says about itself.
//!
//! Written as text: a packet is one template. What is said belongs to those who say it.

use std::fmt::Write as _;

/// The properties of an XMP packet, as they are written.
#[derive(Debug, Default)]
pub struct Xmp {
    out: String,
}

impl Xmp {
    /// A packet without properties.
    pub fn new() -> Self {
        Self { out: String::new() }
    }

    /// A property of one value.
    pub fn simple(&mut self, property: &str, value: &str) {
        let _ = writeln!(self.out, "   <{property}>{}</{property}>", escape(value));
    }

    /// A property in one language, which stands for all.
    pub fn alternatives(&mut self, property: &str, value: &str) {
        let value = escape(value);
        let _ = writeln!(
            self.out,
            "   <{property}><rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt></{property}>"
        );
    }

    /// A property of several values, `Seq` or `Bag`; nothing for none.
    pub fn list<T: AsRef<str>>(&mut self, property: &str, kind: &str, values: &[T]) {
        if values.is_empty() {
            return;
        }
        let _ = write!(self.out, "   <{property}><rdf:{kind}>");
        for value in values {
            let _ = write!(self.out, "<rdf:li>{}</rdf:li>", escape(value.as_ref()));
        }
        let _ = writeln!(self.out, "</rdf:{kind}></{property}>");
    }

    /// Properties that are spelled out already.
    pub fn verbatim(&mut self, properties: &str) {
        self.out.push_str(properties);
    }

    /// The properties as RDF, without the packet around it; `None` if there are none.
    pub fn rdf(&self) -> Option<String> {
        if self.out.is_empty() {
            return None;
        }
        let mut rdf = String::from(
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n \
             <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
             <rdf:Description rdf:about=\"\"",
        );
        for (prefix, address) in NAMESPACES {
            if self.out.contains(&format!("<{prefix}:")) {
                let _ = write!(rdf, "\n    xmlns:{prefix}=\"{address}\"");
            }
        }
        rdf.push_str(">\n");
        rdf.push_str(&self.out);
        rdf.push_str("  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>");
        Some(rdf)
    }

    /// The packet, which nobody is to change in place; `None` if it says nothing.
    pub fn finish(self) -> Option<String> {
        let rdf = self.rdf()?;
        let begin = "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>";
        Some(format!("{begin}\n{rdf}\n<?xpacket end=\"r\"?>"))
    }
}

/// The vocabularies that are known here, by the prefixes that properties are given with.
const NAMESPACES: [(&str, &str); 12] = [
    ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
    ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
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
