//! Mathematics: TeX becomes MathML, and words that can stand for it.
//!
//! One MathML is the source of both editions: the EPUB carries it, the layout sets it. `math-core`
//! reads TeX; [`mathml`] brings what it writes into the form that [`Formula`] promises, and
//! [`linear`] writes it in one line. How a formula looks is not known here.

mod linear;
mod mathml;
mod plain;
mod separators;

pub use linear::linear;
pub use plain::without_css;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use super::types::Formula;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{Sources, Span};

/// Braces, environments and `\left` may lie in each other this deep, and this many commands may
/// follow each other at once: the reader of TeX goes down by recursion.
const DEEPEST: usize = 60;

/// Reads TeX with a book's macros.
#[derive(Debug)]
pub(super) struct Reader {
    converter: LatexToMathML,
}

impl Reader {
    /// A reader that knows these macros: name without backslash, definition, place. One that
    /// cannot be read is reported and left out.
    pub(super) fn new(macros: &[(String, String, Span)], diagnostics: &mut Diagnostics) -> Self {
        let mut known = macros.to_vec();
        loop {
            let macros = known.iter().map(|(name, tex, _)| (name.clone(), tex.clone())).collect();
            let config = MathCoreConfig {
                macros,
                annotation: true,
                allow_unreliable_rendering: true,
                ..MathCoreConfig::default()
            };
            match LatexToMathML::new(config) {
                Ok(converter) => return Self { converter },
                Err((error, index, _)) => {
                    if index >= known.len() {
                        return Self { converter: LatexToMathML::default() };
                    }
                    let (name, _, span) = known.remove(index);
                    let message =
                        format!("the macro `{name}`: {}", sentence(&error.error_message()));
                    diagnostics.push(Diagnostic::new(Code::InvalidValue, span, message).help(
                        "write the name with letters and without backslash, and TeX behind it",
                    ));
                }
            }
        }
    }

    /// Reads a formula; `span` is its place with the dollar signs. One that cannot be read is
    /// reported.
    pub(super) fn read(
        &self,
        tex: &str,
        display: bool,
        span: Span,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Formula> {
        let (place, message) = match self.convert(tex, display) {
            Ok((mathml, text)) => {
                let tex = tex.trim().to_owned();
                return Some(Formula { tex, text, mathml, span });
            }
            Err(problem) => problem,
        };
        diagnostics.push(
            Diagnostic::new(Code::InvalidFormula, place_of(place, tex, span, sources), message)
                .help(
                    "mend the TeX, or name a command of your own in `[math.macros]`; \
                 a dollar sign that begins no formula is `\\$`",
                ),
        );
        None
    }

    /// MathML and its line, or which bytes of the TeX are wrong, and how.
    fn convert(
        &self,
        tex: &str,
        display: bool,
    ) -> Result<(String, String), (std::ops::Range<usize>, String)> {
        if let Some(at) = too_deep(tex) {
            return Err((
                at..at + 1,
                format!("the formula is nested deeper than {DEEPEST} levels"),
            ));
        }
        let columns = separators::columns(tex)
            .map_err(|at| (at..at + 1, "no column and no line can end here".to_owned()))?;
        let mode = if display { MathDisplay::Block } else { MathDisplay::Inline };
        let result = self.converter.convert_with_local_state(&without_names(tex), mode);
        let raw =
            result.map_err(|error| (error.0.clone(), sentence(&error.error_message())))?.mathml;
        if separators::columns_of(&raw) < columns {
            let message = "a column ends where none can: before all that a command needs";
            return Err((0..tex.len(), message.to_owned()));
        }
        let mathml = mathml::normalise(&raw, tex.trim());
        let text = mathml.as_deref().map(linear).unwrap_or_default();
        match mathml {
            Some(mathml) if !text.is_empty() => Ok((mathml, text)),
            Some(_) | None => Err((0..tex.len(), "a formula that shows nothing".to_owned())),
        }
    }
}

/// The number that the author gives a formula: `\tag{7}` is `(7)`, `\tag*{7}` is `7`.
pub(super) fn tag(tex: &str) -> Option<String> {
    let at = tex.find("\\tag")?;
    let rest = &tex[at + "\\tag".len()..];
    let (is_bare, rest) = rest.strip_prefix('*').map_or((false, rest), |rest| (true, rest));
    let words = rest.trim_start().strip_prefix('{')?.split_once('}')?.0.trim();
    let words: String = words.chars().filter(|c| !"\\{$".contains(*c)).collect();
    (!words.is_empty()).then(|| if is_bare { words } else { format!("({words})") })
}

/// The TeX with blanks in place of `\tag{…}`, `\label{…}`, `\notag` and `\nonumber`: numbers are
/// the book's business. No byte moves.
fn without_names(tex: &str) -> String {
    let mut out = tex.to_owned();
    for (command, has_argument) in
        [("\\tag", true), ("\\label", true), ("\\notag", false), ("\\nonumber", false)]
    {
        let mut from = 0;
        while let Some(at) = out[from..].find(command).map(|at| from + at) {
            let behind = &out[at + command.len()..];
            from = at + command.len();
            if behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let end = match (has_argument, behind.find('}')) {
                (true, Some(brace)) => from + brace + 1,
                (true, None) => continue,
                (false, _) => from,
            };
            out.replace_range(at..end, &" ".repeat(end - at));
            from = end;
        }
    }
    out
}

/// The byte at which TeX is nested too deep.
fn too_deep(tex: &str) -> Option<usize> {
    let (mut depth, mut run) = (0usize, 0usize);
    let mut bytes = tex.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'{' => (depth, run) = (depth + 1, 0),
            b'}' => (depth, run) = (depth.saturating_sub(1), 0),
            b'\\' => {
                let rest = &tex[at + 1..];
                match () {
                    () if rest.starts_with("begin") || rest.starts_with("left") => depth += 1,
                    () if rest.starts_with("end") || rest.starts_with("right") => {
                        depth = depth.saturating_sub(1);
                    }
                    () => {}
                }
                run += 1;
                if !bytes.peek().is_some_and(|(_, next)| next.is_ascii_alphabetic()) {
                    bytes.next();
                }
                while bytes.next_if(|(_, next)| next.is_ascii_alphabetic()).is_some() {}
            }
            b' ' | b'\n' | b'\t' => {}
            _ => run = 0,
        }
        if depth + run > DEEPEST {
            return Some(at);
        }
    }
    None
}

/// The place of some bytes of the TeX; the whole formula where its lines were taken out of a
/// quote or a list.
fn place_of(range: std::ops::Range<usize>, tex: &str, span: Span, sources: &Sources) -> Span {
    let Some(offset) = sources.slice(span).find(tex) else { return span };
    let start = range.start.min(tex.len());
    let end = range.end.clamp(start, tex.len());
    // At least one character: the one before, where something is missing at the end.
    let start = if start == end {
        tex[..tex.floor_char_boundary(start)].char_indices().next_back().map_or(0, |(at, _)| at)
    } else {
        tex.floor_char_boundary(start)
    };
    let end = tex.ceil_char_boundary(end);
    let base = span.range().start + offset;
    Span::new(span.file, base + start..base + end)
}

/// A sentence of the reader's as a complaint of ours: small, without a full stop, the thing in
/// backticks.
fn sentence(message: &str) -> String {
    let message = message.trim_end_matches('.').replace('"', "`");
    let mut chars = message.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests;
