//! Associated files (ISO 19005-3, 6.8; ISO 32000-1, 7.11): the manuscript within the file that was
//! made from it, and the MathML of formulas.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::object::{Moment, bytes, integer, name, reference, text};

/// A file that goes with the document as its source.
#[derive(Clone, Debug)]
pub struct Attachment<'a> {
    /// Its path, relative to the book's folder; each has another.
    pub path: String,
    /// Media type: `text/markdown`.
    pub media_type: &'static str,
    /// What is in it.
    pub text: &'a str,
}

/// Writes the files; entries of a name tree, sorted by path.
pub(super) fn write(
    document: &mut Document,
    attachments: &[Attachment<'_>],
    modified: u64,
) -> Vec<(String, Object)> {
    let mut files = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        let file = specification(document, attachment, "Source", modified);
        files.push((attachment.path.clone(), reference(file)));
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

/// Writes the MathML of a formula, to be named by its element.
pub(super) fn mathml(
    document: &mut Document,
    (number, mathml): (usize, &str),
    modified: u64,
) -> Object {
    let path = format!("formula-{number}.mml");
    let file = Attachment { path, media_type: "application/mathml+xml", text: mathml };
    reference(specification(document, &file, "Supplement", modified))
}

/// A file and what it is to the document.
fn specification(
    document: &mut Document,
    attachment: &Attachment<'_>,
    relationship: &str,
    modified: u64,
) -> ObjectId {
    let file = embedded(document, attachment, modified);
    let mut streams = Dictionary::new();
    streams.set("F", reference(file));
    streams.set("UF", reference(file));
    let mut specification = Dictionary::new();
    specification.set("Type", "Filespec");
    specification.set("F", bytes(&ascii(&attachment.path)));
    specification.set("UF", text(&attachment.path));
    specification.set("AFRelationship", relationship);
    specification.set("Desc", text(&attachment.path));
    specification.set("EF", streams);
    document.add_object(specification)
}

fn embedded(document: &mut Document, attachment: &Attachment<'_>, modified: u64) -> ObjectId {
    let date = Moment::from_unix(modified).pdf();
    let mut parameters = Dictionary::new();
    parameters.set("Size", integer(attachment.text.len()));
    parameters.set("ModDate", bytes(&date));
    let mut dict = Dictionary::new();
    dict.set("Type", "EmbeddedFile");
    dict.set("Subtype", name(attachment.media_type));
    dict.set("Params", parameters);
    document.add_object(Stream::new(dict, attachment.text.as_bytes().to_vec()))
}

/// For readers that know no Unicode.
fn ascii(path: &str) -> String {
    path.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' }).collect()
}
