//! Languages that [`super::languages`] does not describe: bat's selection of grammars (`two-face`),
//! run by `syntect` with its pure Rust regular expressions.
//!
//! Hundreds of TextMate scopes are folded into the eight roles of [`CodeRole`]. Grammars are a
//! hundred times as dear as our own lexer, and loading them costs as much as reading a small book:
//! nothing here is touched by a book that can do without. A line that was read before in the same
//! state of the grammar is not read again: books show a listing, change a line, and show it again.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use super::spans::Spans;
use crate::book::types::CodeRole;

/// Lines longer than this (in bytes) are data, and regular expressions are slow on them.
const LONGEST_LINE: usize = 2_000;
/// Languages that are none.
const NONE: [&str; 6] = ["none", "output", "plain", "plaintext", "text", "txt"];

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

/// Remembers lines and what became of them.
#[derive(Default)]
pub(super) struct Grammars {
    known: BTreeMap<String, Vec<Known>>,
}

/// Where a grammar is at the start of a line.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct State {
    parser: ParseState,
    scopes: ScopeStack,
}

/// What became of a line that was read in some state.
struct Known {
    before: State,
    after: State,
    spans: Spans,
}

/// A language's grammar at the start of a listing: by name, by file extension.
pub(super) fn find(language: &str) -> Option<State> {
    if NONE.contains(&language) {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    Some(State { parser: ParseState::new(syntax), scopes: ScopeStack::new() })
}

impl Grammars {
    /// The roles of a line; when the grammar fails on it, the state is lost and the rest is plain.
    pub(super) fn line(&mut self, state: &mut Option<State>, line: &str) -> Spans {
        let Some(before) = state.take_if(|_| line.len() <= LONGEST_LINE) else {
            *state = None;
            return Spans::plain(line);
        };
        let known = self.known.get(line).into_iter().flatten();
        if let Some(known) = known.into_iter().find(|known| known.before == before) {
            *state = Some(known.after.clone());
            return known.spans.clone();
        }
        let mut after = before.clone();
        let Some(spans) = after.read(line) else { return Spans::plain(line) };
        *state = Some(after.clone());
        let known = Known { before, after, spans: spans.clone() };
        self.known.entry(line.to_owned()).or_default().push(known);
        spans
    }
}

impl State {
    /// The roles of a line; `None` when the grammar fails on it.
    fn read(&mut self, line: &str) -> Option<Spans> {
        let with_end = format!("{line}\n");
        let operations = self.parser.parse_line(&with_end, &SYNTAXES).ok()?;
        let mut spans = Spans::default();
        let mut from = 0;
        for (at, operation) in operations {
            spans.append(role(&self.scopes), line, from..at.min(line.len()))?;
            from = at.min(line.len());
            self.scopes.apply(&operation).ok()?;
        }
        spans.append(role(&self.scopes), line, from..line.len())?;
        Some(spans)
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

    #[test]
    fn a_line_is_remembered_only_for_the_state_it_was_read_in() {
        let lines = ["object A", "/*", "object A", "*/", "object A"];
        let mut grammars = Grammars::default();
        let mut read = || {
            let mut state = find("scala");
            lines.map(|line| grammars.line(&mut state, line).into_vec())
        };
        let first = read();
        assert_eq!(first[0], first[4]);
        assert_eq!(first[2], [(CodeRole::Comment, 8)]);
        assert_eq!(read(), first);
    }
}
