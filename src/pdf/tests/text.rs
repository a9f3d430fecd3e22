//! Reads the text of a page: codes through the fonts' own maps, spans by what is told beside them.
//! It knows what this writer writes and no more.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

/// What codes stand for; one byte or two.
struct Font {
    texts: BTreeMap<Vec<u8>, String>,
}

/// The text that a page shows, in the order in which it is painted.
pub(super) fn of_page(document: &Document, page: u32) -> String {
    let id = document.get_pages()[&page];
    let fonts = fonts(document, id);
    let stream = document.get_page_content(id);
    let operations = Content::decode(&stream).expect("it can be parsed").operations;
    let mut out = String::new();
    let mut font = None;
    let mut told = None;
    for Operation { operator, operands } in &operations {
        match operator.as_str() {
            "Tf" => font = operands[0].as_name().ok().and_then(|name| fonts.get(name)),
            "BDC" => {
                let text = operands[1].as_dict().and_then(|d| d.get(b"ActualText"));
                told = text.ok().and_then(|t| lopdf::decode_text_string(t).ok());
                out.extend(told.iter().flat_map(|text: &String| text.chars()));
            }
            "EMC" => told = None,
            "Tj" | "TJ" if told.is_none() => {
                let font = font.expect("a font is set");
                operands.iter().for_each(|operand| show(font, operand, &mut out));
            }
            _ => {}
        }
    }
    out
}

fn show(font: &Font, operand: &Object, out: &mut String) {
    match operand {
        Object::Array(items) => items.iter().for_each(|item| show(font, item, out)),
        Object::String(codes, _) => {
            let mut rest = codes.as_slice();
            while !rest.is_empty() {
                let known = (1..=2).find_map(|n| Some((n, font.texts.get(rest.get(..n)?)?)));
                let (length, text) = known.expect("every code is in the map");
                out.push_str(text);
                rest = &rest[length..];
            }
        }
        _ => {}
    }
}

fn fonts(document: &Document, page: (u32, u16)) -> BTreeMap<Vec<u8>, Font> {
    let page = document.get_dictionary(page).expect("it is a page");
    let dict = |holder: &Dictionary, key: &[u8]| -> Dictionary {
        let object = holder.get_deref(key, document).expect("the key is there");
        object.as_dict().expect("it is a dictionary").clone()
    };
    let fonts = dict(&dict(page, b"Resources"), b"Font");
    let read = |(name, _): (&Vec<u8>, &Object)| {
        let map = dict(&fonts, name);
        let map = map.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
        let map = map.and_then(lopdf::Stream::decompressed_content).expect("it has a map");
        (name.clone(), Font { texts: texts(&String::from_utf8(map).expect("it is ASCII")) })
    };
    fonts.iter().map(read).collect()
}

/// The entries `<41> <0041>` of a map.
fn texts(map: &str) -> BTreeMap<Vec<u8>, String> {
    let bytes = |digits: &str| -> Vec<u8> {
        let digits = digits.trim_matches(['<', '>']);
        let pairs =
            (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16));
        pairs.collect::<Result<_, _>>().expect("they are digits")
    };
    let mut entries = BTreeMap::new();
    let mut is_inside = false;
    for line in map.lines() {
        is_inside = (is_inside || line.ends_with("beginbfchar")) && line != "endbfchar";
        if let Some((code, text)) =
            line.split_once(' ').filter(|_| is_inside && line.starts_with('<'))
        {
            let units: Vec<u16> =
                bytes(text).chunks(2).map(|u| u16::from_be_bytes([u[0], u[1]])).collect();
            entries.insert(bytes(code), String::from_utf16(&units).expect("it is UTF-16"));
        }
    }
    entries
}
