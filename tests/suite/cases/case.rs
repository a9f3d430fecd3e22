//! A `.case` file taken apart: prose, files of a project, expectations.

use std::collections::BTreeMap;
use std::ops::Range;

use super::generated;
use crate::program::{files_below, read_bytes, root};

/// A `.case` file taken apart.
pub(super) struct Case {
    /// The project's files by path.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    pub(super) expectations: Vec<Expectation>,
}

/// An `--- expect` block.
pub(super) struct Expectation {
    pub(super) stage: String,
    /// The parts of the dump that are looked at; all when it is empty.
    pub(super) parts: Vec<String>,
    /// Lines of the file that the block holds: from the one behind its header up to this one.
    pub(super) lines: Range<usize>,
}

impl Case {
    /// Takes a case apart. What stands before the first header is prose.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let lines: Vec<&str> = text.lines().collect();
        let headers: Vec<usize> = (0..lines.len()).filter(|at| is_header(lines[*at])).collect();
        let mut case = Self { files: BTreeMap::new(), expectations: Vec::new() };
        for (at, header) in headers.iter().enumerate() {
            let end = headers.get(at + 1).copied().unwrap_or(lines.len());
            let wrong = |problem| format!("line {}: {problem}", header + 1);
            case.block(lines[*header], &lines[header + 1..end], header + 1..end).map_err(wrong)?;
        }
        if case.expectations.is_empty() {
            return Err("nothing is expected: add `--- expect STAGE`".to_owned());
        }
        Ok(case)
    }

    fn block(&mut self, header: &str, body: &[&str], lines: Range<usize>) -> Result<(), String> {
        let words: Vec<&str> = header.split_whitespace().skip(1).collect();
        match words.as_slice() {
            ["file", path] => self.add(path, file(body).into_bytes()),
            ["file", path, "escaped"] => self.add(path, unescape(&file(body))?),
            ["file", path, "repeated", times] => {
                let times = times.parse().map_err(|_| format!("`{times}` is no number"))?;
                self.add(path, file(body).repeat(times).into_bytes())
            }
            ["image", name, size, how @ ..] => {
                let path =
                    if name.contains('/') { (*name).to_owned() } else { format!("images/{name}") };
                self.add(&path, generated::image(name, size, how)?)
            }
            ["book", name] => self.add_book(name),
            ["expect", stage, parts @ ..] => {
                let parts = parts.iter().map(|part| (*part).to_owned()).collect();
                self.expectations.push(Expectation { stage: (*stage).to_owned(), parts, lines });
                Ok(())
            }
            _ => Err(format!("`{header}` is no header")),
        }
    }

    /// All files of a test book.
    fn add_book(&mut self, name: &str) -> Result<(), String> {
        let folder = format!("tests/books/{name}");
        if !root().join(&folder).join("book.toml").is_file() {
            return Err(format!("there is no book `{folder}`"));
        }
        for file in files_below(&folder) {
            let bytes = read_bytes(&file);
            self.add(&file[folder.len() + 1..], bytes)?;
        }
        Ok(())
    }

    fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), String> {
        match self.files.insert(path.to_owned(), bytes) {
            None => Ok(()),
            Some(_) => Err(format!("`{path}` is there twice")),
        }
    }
}

fn is_header(line: &str) -> bool {
    let words = line.strip_prefix("--- ").and_then(|rest| rest.split_whitespace().next());
    words.is_some_and(|word| ["file", "image", "book", "expect"].contains(&word))
}

/// A file's lines without the blank ones that set it apart from the next header.
fn file(body: &[&str]) -> String {
    let end = body.iter().rposition(|line| !line.is_empty()).map_or(0, |at| at + 1);
    body[..end].iter().map(|line| format!("{line}\n")).collect()
}

/// `\r`, `\t`, `\\`, `\xNN`, and `\*40000x` for 40,000 times `x`; a backslash at the end of a line takes the line end away.
fn unescape(text: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let (byte, length) = match rest.as_bytes().get(at + 1) {
            Some(b'r') => (Some(b'\r'), 2),
            Some(b't') => (Some(b'\t'), 2),
            Some(b'\\') => (Some(b'\\'), 2),
            Some(b'\n') => (None, 2),
            Some(b'x') => {
                let code = rest.get(at + 2..at + 4).and_then(|c| u8::from_str_radix(c, 16).ok());
                (Some(code.ok_or("`\\x` needs two hexadecimal digits")?), 4)
            }
            Some(b'*') => {
                let digits = rest[at + 2..].find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
                let times: usize = rest[at + 2..][..digits].parse().unwrap_or(0);
                let character = rest[at + 2 + digits..].chars().next();
                let character = character.ok_or("`\\*` needs a number and a character")?;
                out.extend(character.to_string().repeat(times).into_bytes());
                (None, 2 + digits + character.len_utf8())
            }
            _ => return Err("a backslash is written `\\\\` here".to_owned()),
        };
        out.extend(byte);
        rest = &rest[at + length..];
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(out)
}

#[test]
fn a_case_is_taken_apart() {
    let text = "Prose.\n\n--- file a.md\n---\nt: x\n---\n\nA\n\n--- image p.png 2x1\n\
                --- expect pages 1 2\nx\n";
    let case = Case::parse(text).expect("a good case");
    assert_eq!(case.files["a.md"], b"---\nt: x\n---\n\nA\n");
    assert!(case.files["images/p.png"].starts_with(b"\x89PNG"));
    let Expectation { stage, parts, lines } = &case.expectations[0];
    assert_eq!((stage.as_str(), parts.join(" ").as_str(), lines.clone()), ("pages", "1 2", 11..12));
    for wrong in
        ["--- file a.md\n", "--- file\n--- expect x\n", "--- image a.png 3\n--- expect x\n"]
    {
        assert!(Case::parse(wrong).is_err(), "{wrong}");
    }
    assert_eq!(unescape("a\\x00\\\nb\\\\\\*3c"), Ok(b"a\0b\\ccc".to_vec()));
}
