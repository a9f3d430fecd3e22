//! The file (ISO 32000-1, 7.5): objects in object streams, a cross-reference stream, an
//! identifier from the content.
//!
//! `lopdf` can save too, but one stream after the other, with a table that is not compressed, and
//! with a bare line feed before `endstream`: after data that happens to end in a carriage return
//! strict readers then see a stream that is one byte short. Objects that nothing refers to are
//! left out, the rest is numbered anew.

use crate::deflate::{Deflater, LEVEL};
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// Objects of one object stream: more compress better, fewer are found faster by a reader that
/// wants one.
const OBJECTS_PER_STREAM: usize = 200;

/// Streams that are packed at the same time: what they hold is in memory twice.
const STREAMS_AT_ONCE: usize = 64;

/// The bytes of the file. Root and Info are those of the trailer; streams that are filled from
/// elsewhere are asked for when they are written.
pub(super) fn write(
    document: Document,
    filling: impl Fn(ObjectId) -> Option<Vec<u8>> + Sync,
) -> Vec<u8> {
    let numbers = Numbers::reachable(&document);
    let trailer = document.trailer;
    let kept = document.objects.into_iter().filter(|(id, _)| numbers.of(*id) != 0);
    let (streams, plain): (Vec<_>, Vec<_>) =
        kept.partition(|(_, object)| matches!(object, Object::Stream(_)));

    let mut file = File::new(numbers.last);
    let mut streams = streams.into_iter();
    loop {
        let some: Vec<_> = streams.by_ref().take(STREAMS_AT_ONCE).collect();
        if some.is_empty() {
            break;
        }
        let some = some.into_par_iter();
        let packed: Vec<_> = some
            .map(|(id, object)| (numbers.of(id), pack_stream(object, filling(id), &numbers)))
            .collect();
        packed.iter().for_each(|(number, bytes)| file.object(*number, bytes));
    }
    let packed: Vec<_> =
        plain.par_chunks(OBJECTS_PER_STREAM).map(|chunk| object_stream(chunk, &numbers)).collect();
    for (chunk, bytes) in plain.chunks(OBJECTS_PER_STREAM).zip(packed) {
        let members: Vec<_> = chunk.iter().map(|(id, _)| numbers.of(*id)).collect();
        file.object_stream(&members, &bytes);
    }
    file.finish(&trailer, &numbers)
}

/// Data in the zlib format (7.4.4).
pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    Deflater::zlib().deflate(data)
}

/// Takes about `length` bytes of data piece by piece.
pub(super) fn deflater(length: usize) -> ZlibEncoder<Vec<u8>> {
    ZlibEncoder::new(Vec::with_capacity(length / 3 + 64), LEVEL)
}

/// The new number of each object that the trailer leads to; 0 for the others.
struct Numbers {
    new: Vec<u32>,
    last: u32,
}

impl Numbers {
    fn reachable(document: &Document) -> Self {
        let size = document.objects.keys().map(|(number, _)| *number).max().unwrap_or(0);
        let mut found = vec![false; size as usize + 1];
        let mut todo: Vec<&Object> = document.trailer.iter().map(|(_, value)| value).collect();
        while let Some(object) = todo.pop() {
            match object {
                Object::Reference(id) => {
                    if let Some(seen) = found.get_mut(id.0 as usize).filter(|seen| !**seen) {
                        *seen = true;
                        todo.extend(document.objects.get(id));
                    }
                }
                Object::Array(items) => todo.extend(items),
                Object::Dictionary(dict) => todo.extend(dict.iter().map(|(_, value)| value)),
                Object::Stream(stream) => todo.extend(stream.dict.iter().map(|(_, value)| value)),
                Object::Null
                | Object::Boolean(_)
                | Object::Integer(_)
                | Object::Real(_)
                | Object::Name(_)
                | Object::String(..) => {}
            }
        }
        let mut last = 0;
        let mut new = vec![0; found.len()];
        for (number, _) in document.objects.keys().filter(|id| found[id.0 as usize]) {
            last += 1;
            new[*number as usize] = last;
        }
        Self { new, last }
    }

    fn of(&self, id: ObjectId) -> u32 {
        self.new.get(id.0 as usize).copied().unwrap_or(0)
    }
}

/// Where an object lies, for the cross-reference stream.
#[derive(Clone, Copy)]
enum Place {
    Free,
    Offset(usize),
    InStream { stream: u32, index: usize },
}

struct File {
    out: Vec<u8>,
    places: Vec<Place>,
}

impl File {
    fn new(last: u32) -> Self {
        // Four bytes above 127 in the second line say that the file is binary (7.5.2).
        let out = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        Self { out, places: vec![Place::Free; last as usize + 1] }
    }

    fn object(&mut self, number: u32, bytes: &[u8]) {
        self.places[number as usize] = Place::Offset(self.out.len());
        self.out.extend(format!("{number} 0 obj\n").bytes());
        self.out.extend(bytes);
        self.out.extend(b"\nendobj\n");
    }

    fn object_stream(&mut self, members: &[u32], bytes: &[u8]) {
        let stream = self.next_number();
        for (index, number) in members.iter().enumerate() {
            self.places[*number as usize] = Place::InStream { stream, index };
        }
        self.object(stream, bytes);
    }

    fn next_number(&mut self) -> u32 {
        self.places.push(Place::Free);
        u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
    }

    /// The cross-reference stream (7.5.8), which is the trailer too.
    fn finish(mut self, trailer: &Dictionary, numbers: &Numbers) -> Vec<u8> {
        let id = Sha256::digest(&self.out)[..16].to_vec();
        let id = Object::String(id, lopdf::StringFormat::Hexadecimal);
        let number = self.next_number();
        let start = self.out.len();
        self.places[number as usize] = Place::Offset(start);
        let width = 1 + (start.checked_ilog2().unwrap_or(0) / 8) as usize;
        let mut dict = Dictionary::new();
        dict.set("Type", "XRef");
        dict.set("Size", number + 1);
        let widths = [1, width as i64, 2].map(Object::Integer).to_vec();
        dict.set("W", Object::Array(widths));
        for key in ["Root", "Info"] {
            trailer.get(key.as_bytes()).iter().for_each(|v| dict.set(key, (*v).clone()));
        }
        dict.set("ID", Object::Array(vec![id.clone(), id]));
        dict.set("Filter", "FlateDecode");
        let mut predictor = Dictionary::new();
        predictor.set("Predictor", 12);
        predictor.set("Columns", (width + 3) as i64);
        dict.set("DecodeParms", predictor);
        let table = deflate(&self.table(width));
        let bytes = stream_bytes(&dict, &table, numbers);
        self.object(number, &bytes);
        self.out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        self.out
    }

    /// Type, place and index of every object, each row less the row above (PNG's filter `Up`).
    fn table(&self, width: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.places.len() * (width + 4));
        let mut above = vec![0_u8; width + 3];
        for place in &self.places {
            let (kind, field, index) = match *place {
                Place::Free => (0, 0, 0xFFFF),
                Place::Offset(at) => (1, at, 0),
                Place::InStream { stream, index } => (2, stream as usize, index),
            };
            let mut row = vec![kind];
            row.extend(&(field as u64).to_be_bytes()[8 - width..]);
            row.extend(&(index as u64).to_be_bytes()[6..]);
            out.push(2);
            out.extend(row.iter().zip(&above).map(|(a, b)| a.wrapping_sub(*b)));
            above = row;
        }
        out
    }
}

/// A stream object's bytes; what is not compressed yet and may be, is.
fn pack_stream(object: Object, filling: Option<Vec<u8>>, numbers: &Numbers) -> Vec<u8> {
    let Object::Stream(Stream { mut dict, content, allows_compression, .. }) = object else {
        return Vec::new();
    };
    let mut content = filling.unwrap_or(content);
    if allows_compression && !dict.has(b"Filter") {
        content = deflate(&content);
        dict.set("Filter", "FlateDecode");
    }
    stream_bytes(&dict, &content, numbers)
}

/// Many objects in one stream (7.5.7).
fn object_stream(members: &[(ObjectId, Object)], numbers: &Numbers) -> Vec<u8> {
    let mut index = Vec::new();
    let mut body = Vec::new();
    for (id, object) in members {
        index.extend(format!("{} {} ", numbers.of(*id), body.len()).bytes());
        put(&mut body, object, numbers);
        body.push(b'\n');
    }
    let mut dict = Dictionary::new();
    dict.set("Type", "ObjStm");
    dict.set("N", members.len() as i64);
    dict.set("First", index.len() as i64);
    dict.set("Filter", "FlateDecode");
    index.extend(body);
    stream_bytes(&dict, &deflate(&index), numbers)
}

fn stream_bytes(dict: &Dictionary, content: &[u8], numbers: &Numbers) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 128);
    out.extend(b"<<");
    for (key, value) in dict.iter().filter(|(key, _)| *key != b"Length") {
        put_entry(&mut out, key, value, numbers);
    }
    out.extend(format!("/Length {}>>\nstream\n", content.len()).bytes());
    out.extend(content);
    out.extend(b"\r\nendstream");
    out
}

/// Writes an object (7.3) with no more blanks than are needed.
fn put(out: &mut Vec<u8>, object: &Object, numbers: &Numbers) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(value) => out.extend(value.to_string().bytes()),
        Object::Integer(value) => out.extend(value.to_string().bytes()),
        // Rust prints the shortest decimal that is this number, never with an exponent.
        Object::Real(value) if value.is_finite() => out.extend(value.to_string().bytes()),
        Object::Real(_) => out.push(b'0'),
        Object::Name(name) => put_name(out, name),
        Object::String(bytes, lopdf::StringFormat::Literal) => put_string(out, bytes),
        Object::String(bytes, lopdf::StringFormat::Hexadecimal) => {
            out.push(b'<');
            bytes.iter().for_each(|b| out.extend(format!("{b:02X}").bytes()));
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 && starts_regular(item) {
                    out.push(b' ');
                }
                put(out, item, numbers);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => {
            out.extend(b"<<");
            dict.iter().for_each(|(key, value)| put_entry(out, key, value, numbers));
            out.extend(b">>");
        }
        Object::Reference(id) => match numbers.of(*id) {
            0 => out.extend(b"null"),
            number => out.extend(format!("{number} 0 R").bytes()),
        },
        // A stream is always an object of its own; `lopdf` cannot hold it elsewhere by type only.
        Object::Stream(stream) => put(out, &Object::Dictionary(stream.dict.clone()), numbers),
    }
}

fn put_entry(out: &mut Vec<u8>, key: &[u8], value: &Object, numbers: &Numbers) {
    put_name(out, key);
    if starts_regular(value) {
        out.push(b' ');
    }
    put(out, value, numbers);
}

/// Whether an object begins with a character that would join the token before it.
fn starts_regular(object: &Object) -> bool {
    match object {
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Reference(_) => true,
        Object::Name(_)
        | Object::String(..)
        | Object::Array(_)
        | Object::Dictionary(_)
        | Object::Stream(_) => false,
    }
}

fn put_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        match byte {
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' | b'#' => {
                out.extend(format!("#{byte:02X}").bytes());
            }
            b'!'..=b'~' => out.push(*byte),
            _ => out.extend(format!("#{byte:02X}").bytes()),
        }
    }
}

/// A literal string: parentheses and the backslash are escaped, and the carriage return, which
/// would be read as a line feed.
pub(super) fn put_string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    bytes.iter().for_each(|b| put_string_byte(out, *b));
    out.push(b')');
}

/// One byte within a literal string.
pub(super) fn put_string_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
        b'\r' => out.extend(b"\\r"),
        _ => out.push(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_many_objects_can_be_read_again() {
        let mut document = Document::with_version("1.7");
        let text = Object::String(b"a(b)\\c\rd".to_vec(), lopdf::StringFormat::Literal);
        let ids: Vec<_> = (0..500)
            .map(|n| document.add_object(Object::Array(vec![n.into(), text.clone()])))
            .collect();
        let loose = document.add_object(Object::Null);
        let data = document.add_object(Stream::new(Dictionary::new(), b"ends in \r".to_vec()));
        let mut root = Dictionary::new();
        root.set("Type", "Catalog");
        root.set("A b", Object::Array(ids.into_iter().map(Object::Reference).collect()));
        root.set("Data", Object::Reference(data));
        let root = document.add_object(root);
        document.trailer.set("Root", Object::Reference(root));

        let bytes = write(document, |_| None);
        let again = Document::load_mem(&bytes).expect("the file is sound");
        let catalog = again.catalog().expect("it has a root");
        let list = catalog.get(b"A b").and_then(Object::as_array).expect("names are escaped");
        let last = list.last().and_then(|o| o.as_reference().ok()).expect("a reference");
        let last = again.get_object(last).and_then(Object::as_array).expect("an array");
        assert_eq!(last, &vec![499.into(), text]);
        let data = catalog.get(b"Data").and_then(Object::as_reference).expect("a reference");
        let data = again.get_object(data).and_then(Object::as_stream).expect("a stream");
        assert_eq!(data.decompressed_content().expect("Flate"), b"ends in \r");
        // The object that nothing refers to is gone: 500, data and root, then three object
        // streams and the cross-reference stream.
        assert!(again.max_id < loose.0 + 10);
    }
}
