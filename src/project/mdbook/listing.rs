//! `<Listing number="3-1" file-name="src/main.rs" caption="…">` around a fenced listing: what the
//! preprocessor of The Rust Programming Language, and of books that took it over, makes a figure
//! of. Here the fence takes the file's name and the caption over.

use std::ops::Range;

/// A change of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// What is replaced.
    pub(super) range: Range<usize>,
    /// What stands there instead.
    pub(super) made: String,
    /// What it comes from.
    pub(super) origin: Range<usize>,
}

/// The changes in order.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !text.contains("<Listing") {
        return edits;
    }
    let mut scan = Scan { text, fence: None, open: None };
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |n| at + n + 1);
        at = scan.line(at..end, &mut edits);
    }
    edits
}

struct Scan<'a> {
    text: &'a str,
    /// The fence that is open: its character and length.
    fence: Option<(u8, usize)>,
    /// What the next fence will be told, and where that is written.
    open: Option<(String, Range<usize>)>,
}

impl Scan<'_> {
    /// Reads a line, or a tag of several; says where to go on.
    fn line(&mut self, line: Range<usize>, edits: &mut Vec<Edit>) -> usize {
        let words = self.text[line.clone()].trim_start_matches([' ', '>']);
        let start = line.end - words.len();
        if let Some((mark, length)) = fence(words) {
            match self.fence {
                Some((open, least)) => {
                    let closes =
                        open == mark && length >= least && words[length..].trim().is_empty();
                    self.fence = self.fence.filter(|_| !closes);
                }
                None => {
                    self.fence = Some((mark, length));
                    if let Some((made, origin)) = self.open.take() {
                        let end = start + words.trim_end().len();
                        edits.push(Edit { range: end..end, made, origin });
                    }
                }
            }
            return line.end;
        }
        if self.fence.is_some() {
            return line.end;
        }
        if words.starts_with("</Listing>") {
            self.open = None;
            let range = start..start + "</Listing>".len();
            edits.push(Edit { range: range.clone(), made: String::new(), origin: range });
        } else if words.starts_with("<Listing")
            && let Some(length) = tag(&self.text[start..])
        {
            let range = start..start + length;
            self.open = Some((attributes(&self.text[range.clone()]), range.clone()));
            edits.push(Edit { range: range.clone(), made: String::new(), origin: range.clone() });
            return range.end;
        }
        line.end
    }
}

/// The character and the length of a fence that a line begins with.
fn fence(words: &str) -> Option<(u8, usize)> {
    let mark = *words.as_bytes().first()?;
    let length = words.bytes().take_while(|b| *b == mark).count();
    (matches!(mark, b'`' | b'~') && length >= 3).then_some((mark, length))
}

/// The length of a tag whose attributes may hold `>`.
fn tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            ('>', None) => return Some(at + 1),
            _ if quote == Some(c) => quote = None,
            _ => {}
        }
    }
    None
}

/// The words for the fence. References to characters are decoded in an info string as they are in
/// an attribute; a backtick may not stand there as it is (CommonMark 0.31, 4.5).
fn attributes(tag: &str) -> String {
    let mut made = String::new();
    if let Some(name) = value(tag, "file-name") {
        made.push_str(&format!(" title=\"{}\"", safe(name)));
    }
    let number = value(tag, "number").map(|number| format!("Listing {number}"));
    let caption = value(tag, "caption");
    let words: Vec<String> = number.into_iter().chain(caption.map(str::to_owned)).collect();
    if !words.is_empty() {
        made.push_str(&format!(" caption=\"{}\"", safe(&words.join(": "))));
    }
    made
}

fn value<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = tag[..*at].ends_with(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        before && tag[at + name.len()..].trim_start().starts_with('=')
    })?;
    let rest = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = &rest[1..];
    Some(inner[..inner.find(quote)?].trim()).filter(|value| !value.is_empty())
}

fn safe(value: &str) -> String {
    let words: Vec<&str> = value.split_whitespace().collect();
    words.join(" ").replace("&quot;", "”").replace('"', "”").replace('`', "&#96;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str) -> String {
        let mut out = text.to_owned();
        for edit in edits(text).into_iter().rev() {
            out.replace_range(edit.range, &edit.made);
        }
        out
    }

    #[test]
    fn the_fence_takes_over_what_the_tag_says() {
        let text = "<Listing number=\"3-1\" file-name=\"src/main.rs\" caption=\"Prints `a > b`\">\n\n\
                    ```rust,ignore\nfn main() {}\n```\n\n</Listing>\n";
        assert_eq!(
            changed(text),
            "\n\n```rust,ignore title=\"src/main.rs\" caption=\"Listing 3-1: Prints &#96;a > b&#96;\"\n\
             fn main() {}\n```\n\n\n"
        );
    }

    #[test]
    fn only_the_first_fence_is_told_and_nothing_in_code_is_a_tag() {
        let text = "```\n<Listing number='1'>\n```\n<Listing\n number='2'>\n~~~\n</Listing>\n~~~\n```\n```\n</Listing>";
        assert_eq!(
            changed(text),
            "```\n<Listing number='1'>\n```\n\n~~~ caption=\"Listing 2\"\n</Listing>\n~~~\n```\n```\n"
        );
        assert_eq!(changed("<Listing number"), "<Listing number");
    }
}
