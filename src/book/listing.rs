//! Listings: lines of tokens, with what their fence asks for. What the tokens are is found out
//! last, see [`super::highlight`].

use super::chapter::Bench;
use super::fence::{self, Fence};
use super::inline::{clean, is_foul};
use super::types::{CodeBlock, CodeLine, Text};
use crate::diag::{Code, Diagnostic, Severity};
use crate::manuscript::{self as m, InlineKind};
use crate::source::Span;

/// Columns between tab stops.
const TAB: usize = 4;

impl Bench<'_, '_, '_> {
    /// A listing with its caption; what its fence says wrongly is told.
    pub(super) fn listing(&mut self, info: &str, text: &str, span: Span) -> CodeBlock {
        let fence = fence::read(info);
        let lines = lines(text);
        for (key, value) in &fence.wrong {
            let message = format!("`{value}` is no value for `{key}` of a listing");
            self.desk.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, span, message)
                    .severity(Severity::Warning)
                    .help("`start` wants a number, `highlight` wants lines: `2-4,7`"),
            );
        }
        let caption = self.listing_caption(&fence, span);
        let pointed = fence.highlighted.iter().flat_map(Clone::clone);
        let mut pointed: Vec<usize> = pointed.filter(|line| *line < lines.len()).collect();
        pointed.sort_unstable();
        pointed.dedup();
        let language = fence.language.as_deref().map(clean);
        let id = self.desk.node();
        CodeBlock { id, language, lines, caption, numbered: fence.numbered, pointed, span }
    }

    /// The name of the file, then the words.
    fn listing_caption(&mut self, fence: &Fence, span: Span) -> Option<Text> {
        let mut inlines = Vec::new();
        if let Some(title) = &fence.title {
            inlines.push(m::Inline { kind: InlineKind::Code(title.clone()), span });
        }
        if let Some(words) = &fence.caption {
            let between = if inlines.is_empty() { "" } else { ": " };
            inlines.extend(m::line(&format!("{between}{words}"), span));
        }
        (!inlines.is_empty()).then(|| self.text(&inlines, span))
    }
}

/// The lines of a listing, not yet coloured.
pub(super) fn lines(text: &str) -> Vec<CodeLine> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.split('\n')
        .map(|line| expand(line.strip_suffix('\r').unwrap_or(line)))
        .map(CodeLine::plain)
        .collect()
}

/// Tabs as spaces up to the next stop, without characters that XML 1.0 §2.2 forbids.
fn expand(line: &str) -> String {
    if !is_foul(line) {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut column = 0;
    for c in line.chars() {
        match c {
            '\t' => {
                let width = TAB - column % TAB;
                out.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c < ' ' => {}
            c => {
                out.push(c);
                column += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_spaces_and_no_ends() {
        let lines = lines("a:\n\tb\tc\r\n\n\u{1}d\n");
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["a:", "    b   c", "", "d"]);
    }
}
