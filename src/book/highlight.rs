//! Listings become tokens with roles: what print and screen tell apart.
//!
//! The grammars are bat's selection (`two-face`), run by `syntect` with its pure Rust regular
//! expressions. Hundreds of TextMate scopes are folded into the eight roles of [`CodeRole`]; how a
//! role looks is a backend's business. A language nobody knows, and anything the grammar cannot
//! read, is plain; so is what a program answers in a session at a terminal.
//!
//! Grammars are the dearest part of resolving, so listings are coloured when the whole book is
//! there, its sections in parallel; a line that was read before in the same state of the grammar is
//! not read again: books show a listing, change a line, and show it again.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rayon::prelude::*;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::types::{Block, CodeBlock, CodeRole, Note, Section, SectionKind};

/// Listings longer than this (in bytes) are not coloured: nobody prints them to be read closely.
const LONGEST: usize = 400_000;
/// Lines longer than this (in bytes) are data, and regular expressions are slow on them.
const LONGEST_LINE: usize = 2_000;

/// Languages of fences that are a session at a terminal.
const SESSIONS: [&str; 4] = ["console", "shell-session", "shellsession", "terminal"];
/// What stands before a command.
const PROMPTS: [&str; 3] = ["$ ", "# ", "> "];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scopes by prefix, the more telling first.
static ROLES: LazyLock<Vec<(Scope, CodeRole)>> = LazyLock::new(|| {
    [
        ("comment", CodeRole::Comment),
        ("string", CodeRole::String),
        ("constant.character.escape", CodeRole::String),
        ("constant.numeric", CodeRole::Number),
        ("constant", CodeRole::Number),
        ("entity.name.function.macro", CodeRole::Attribute),
        ("support.macro", CodeRole::Attribute),
        ("entity.name.function", CodeRole::Function),
        ("support.function", CodeRole::Function),
        ("variable.function", CodeRole::Function),
        ("entity.name.type", CodeRole::Type),
        ("entity.name.struct", CodeRole::Type),
        ("entity.name.enum", CodeRole::Type),
        ("entity.name.trait", CodeRole::Type),
        ("entity.name.class", CodeRole::Type),
        ("support.type", CodeRole::Type),
        ("support.class", CodeRole::Type),
        ("storage.type", CodeRole::Keyword),
        ("storage.modifier", CodeRole::Keyword),
        ("keyword.operator", CodeRole::Plain),
        ("keyword", CodeRole::Keyword),
        ("entity.name.tag", CodeRole::Attribute),
        ("entity.other.attribute-name", CodeRole::Attribute),
        ("variable.annotation", CodeRole::Attribute),
        ("meta.annotation", CodeRole::Attribute),
    ]
    .into_iter()
    .filter_map(|(name, role)| Scope::new(name).ok().map(|scope| (scope, role)))
    .collect()
});

/// Colours all listings of a book: lines that are one plain token each become several.
pub(super) fn colour(sections: &mut [Section], notes: &mut [Note]) {
    let of_sections = sections.par_iter_mut().flat_map_iter(|section| match &mut section.kind {
        SectionKind::Chapter(chapter) => Some(&mut chapter.blocks),
        SectionKind::Imprint(blocks) => Some(blocks),
        SectionKind::TitlePage { .. }
        | SectionKind::Contents
        | SectionKind::Photographs(_)
        | SectionKind::Tables(_)
        | SectionKind::Part { .. }
        | SectionKind::Credits(_)
        | SectionKind::Index(_) => None,
    });
    let of_notes = notes.par_iter_mut().map(|note| &mut note.blocks);
    of_sections
        .chain(of_notes)
        .for_each_init(Reader::default, |reader, blocks| reader.blocks(blocks));
}

/// A line's tokens.
type Tokens = Vec<(CodeRole, String)>;

/// Reads listings with their grammars, and remembers lines.
#[derive(Default)]
struct Reader {
    known: BTreeMap<String, Vec<Known>>,
}

/// Where a grammar is at the start of a line.
#[derive(Clone, PartialEq, Eq)]
struct State {
    parser: ParseState,
    scopes: ScopeStack,
}

/// What became of a line that was read in some state.
struct Known {
    before: State,
    after: State,
    tokens: Tokens,
}

impl Reader {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Code(code) => self.listing(code),
                Block::Quote(inner) => self.blocks(inner),
                Block::Alert(alert) => self.blocks(&mut alert.blocks),
                Block::List(list) => {
                    list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks));
                }
                Block::Definitions(list) => {
                    let bodies = list.iter_mut().flat_map(|definition| &mut definition.bodies);
                    bodies.for_each(|body| self.blocks(body));
                }
                Block::Paragraph(_)
                | Block::Heading(_)
                | Block::Table(_)
                | Block::Figure(_)
                | Block::Formula(_)
                | Block::Rule(..) => {}
            }
        }
    }

    fn listing(&mut self, code: &mut CodeBlock) {
        let text = |line: &Tokens| line.iter().map(|(_, text)| text.as_str()).collect::<String>();
        let lines: Vec<String> = code.lines.iter().map(text).collect();
        code.lines = self.highlight(code.language.as_deref(), &lines);
    }

    /// The lines of a listing as tokens; the texts of a line's tokens put together are the line.
    fn highlight(&mut self, language: Option<&str>, lines: &[String]) -> Vec<Tokens> {
        let length: usize = lines.iter().map(String::len).sum();
        let language = language.filter(|_| length <= LONGEST);
        if language.is_some_and(|language| SESSIONS.contains(&language)) {
            return self.session(lines);
        }
        let mut state = language.and_then(syntax).map(State::new);
        lines.iter().map(|line| self.line(&mut state, line)).collect()
    }

    /// A session at a terminal: what was typed behind a prompt is a shell's, each line by itself.
    fn session(&mut self, lines: &[String]) -> Vec<Tokens> {
        let shell = syntax("bash");
        let set = |line: &String| {
            let prompt = PROMPTS.iter().find(|prompt| line.starts_with(**prompt));
            let Some(prompt) = prompt else { return plain(line) };
            let mut tokens = plain(prompt);
            for (role, text) in self.line(&mut shell.map(State::new), &line[prompt.len()..]) {
                push(&mut tokens, role, &text);
            }
            tokens
        };
        lines.iter().map(set).collect()
    }

    /// A line's tokens; when the grammar fails on it, the state is lost and the rest is plain.
    fn line(&mut self, state: &mut Option<State>, line: &str) -> Tokens {
        let Some(before) = state.take_if(|_| line.len() <= LONGEST_LINE) else {
            *state = None;
            return plain(line);
        };
        let known = self.known.get(line).into_iter().flatten();
        if let Some(known) = known.into_iter().find(|known| known.before == before) {
            *state = Some(known.after.clone());
            return known.tokens.clone();
        }
        let mut after = before.clone();
        let Some(tokens) = after.read(line) else { return plain(line) };
        *state = Some(after.clone());
        let known = Known { before, after, tokens: tokens.clone() };
        self.known.entry(line.to_owned()).or_default().push(known);
        tokens
    }
}

/// The grammar for a fence's language: by name, by file extension, by a usual alias.
fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = match language {
        "sh" | "shell" | "zsh" => "bash",
        "golang" => "go",
        "yml" => "yaml",
        "text" | "txt" | "plain" | "plaintext" => return None,
        other => other,
    };
    SYNTAXES.find_syntax_by_token(name)
}

fn plain(line: &str) -> Tokens {
    if line.is_empty() { Vec::new() } else { vec![(CodeRole::Plain, line.to_owned())] }
}

impl State {
    fn new(syntax: &SyntaxReference) -> Self {
        Self { parser: ParseState::new(syntax), scopes: ScopeStack::new() }
    }

    /// A line's tokens; `None` when the grammar fails on it.
    fn read(&mut self, line: &str) -> Option<Tokens> {
        let with_end = format!("{line}\n");
        let operations = self.parser.parse_line(&with_end, &SYNTAXES).ok()?;
        let mut tokens = Vec::new();
        let mut from = 0;
        for (at, operation) in operations {
            push(&mut tokens, role(&self.scopes), line.get(from..at.min(line.len()))?);
            from = at.min(line.len());
            self.scopes.apply(&operation).ok()?;
        }
        push(&mut tokens, role(&self.scopes), line.get(from..)?);
        Some(tokens)
    }
}

/// Appends characters, to the last token where the role is the same.
fn push(tokens: &mut Tokens, role: CodeRole, text: &str) {
    if text.is_empty() {
        return;
    }
    match tokens.last_mut() {
        Some((last, token)) if *last == role || text.trim().is_empty() => token.push_str(text),
        _ => tokens.push((role, text.to_owned())),
    }
}

/// The role of the innermost scope that has one; a comment or string keeps what is inside it.
fn role(stack: &ScopeStack) -> CodeRole {
    let scopes = stack.as_slice();
    let of =
        |scope: &Scope| ROLES.iter().find(|(p, _)| p.is_prefix_of(*scope)).map(|(_, role)| *role);
    let whole = scopes.iter().filter_map(of).find(|r| matches!(r, CodeRole::Comment));
    whole.or_else(|| scopes.iter().rev().find_map(of)).unwrap_or(CodeRole::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(language: &str, text: &str) -> Vec<(CodeRole, String)> {
        Reader::default().highlight(Some(language), &lines(text)).into_iter().flatten().collect()
    }

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn tokens_put_together_are_the_listing() {
        let text = "// a\nfn main() {\n\n    let s = \"x\\n\"; // é\n}\n";
        for language in [Some("rust"), Some("yaml"), Some("nonsense"), None] {
            let whole: Vec<String> = Reader::default()
                .highlight(language, &lines(text))
                .into_iter()
                .map(|line| line.into_iter().map(|t| t.1).collect())
                .collect();
            assert_eq!(whole, lines(text));
        }
    }

    #[test]
    fn roles_follow_the_grammar() {
        let tokens = roles("rust", "fn main() {} // done");
        assert!(tokens.contains(&(CodeRole::Keyword, "fn ".to_owned())), "{tokens:?}");
        assert!(tokens.iter().any(|t| t.0 == CodeRole::Comment && t.1.contains("done")));
        let tokens = roles("yaml", "kind: Pod # x");
        assert!(
            tokens.iter().any(|t| t.0 == CodeRole::Attribute && t.1.contains("kind")),
            "{tokens:?}"
        );
    }

    #[test]
    fn a_line_is_remembered_only_for_the_state_it_was_read_in() {
        let text = "let a = 1;\n/*\nlet a = 1;\n*/\nlet a = 1;\n";
        let mut reader = Reader::default();
        let first = reader.highlight(Some("rust"), &lines(text));
        assert_eq!(first[0], first[4]);
        assert_eq!(first[2], [(CodeRole::Comment, "let a = 1;".to_owned())]);
        assert_eq!(reader.highlight(Some("rust"), &lines(text)), first);
        assert_eq!(reader.highlight(Some("nonsense"), &lines(text))[0], plain("let a = 1;"));
    }

    #[test]
    fn answers_of_a_session_are_plain() {
        let tokens = roles("console", "$ echo 'a'\nIt isn't 'b'\n$ echo 'c'\n");
        let strings: Vec<_> = tokens.iter().filter(|t| t.0 == CodeRole::String).collect();
        assert_eq!(strings.len(), 2, "{tokens:?}");
        assert!(tokens.contains(&(CodeRole::Plain, "It isn't 'b'".to_owned())), "{tokens:?}");
    }
}
