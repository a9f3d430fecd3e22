//! Listings become tokens with roles: what print and screen tell apart.
//!
//! The grammars are bat's selection (`two-face`), run by `syntect` with its pure Rust regular
//! expressions. Hundreds of TextMate scopes are folded into the eight roles of [`CodeRole`]; how a
//! role looks is a backend's business. A language nobody knows, and anything the grammar cannot
//! read, is plain.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::CodeRole;

/// Listings longer than this (in bytes) are not coloured: nobody prints them to be read closely.
const LONGEST: usize = 400_000;
/// Lines longer than this (in bytes) are data, and regular expressions are slow on them.
const LONGEST_LINE: usize = 2_000;

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

/// The lines of a listing as tokens; the texts of a line's tokens put together are the line.
pub(super) fn highlight(language: Option<&str>, lines: &[String]) -> Vec<Vec<(CodeRole, String)>> {
    let length: usize = lines.iter().map(String::len).sum();
    let syntax = language.filter(|_| length <= LONGEST).and_then(syntax);
    let mut state = syntax.map(|syntax| (ParseState::new(syntax), ScopeStack::new()));
    lines
        .iter()
        .map(|line| {
            if line.len() > LONGEST_LINE {
                state = None;
            }
            let tokens = state.as_mut().and_then(|state| tokens(state, line));
            if tokens.is_none() {
                state = None;
            }
            tokens.unwrap_or_else(|| plain(line))
        })
        .collect()
}

/// The grammar for a fence's language: by name, by file extension, by a usual alias.
fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = match language {
        "sh" | "shell" | "console" | "shell-session" | "zsh" => "bash",
        "golang" => "go",
        "yml" => "yaml",
        "text" | "txt" | "plain" | "plaintext" => return None,
        other => other,
    };
    SYNTAXES.find_syntax_by_token(name)
}

fn plain(line: &str) -> Vec<(CodeRole, String)> {
    if line.is_empty() { Vec::new() } else { vec![(CodeRole::Plain, line.to_owned())] }
}

/// One line's tokens; `None` when the grammar fails on it.
fn tokens(
    (parser, stack): &mut (ParseState, ScopeStack),
    line: &str,
) -> Option<Vec<(CodeRole, String)>> {
    let with_end = format!("{line}\n");
    let operations = parser.parse_line(&with_end, &SYNTAXES).ok()?;
    let mut tokens = Vec::new();
    let mut from = 0;
    for (at, operation) in operations {
        push(&mut tokens, role(stack), line.get(from..at.min(line.len()))?);
        from = at.min(line.len());
        stack.apply(&operation).ok()?;
    }
    push(&mut tokens, role(stack), line.get(from..)?);
    Some(tokens)
}

/// Appends characters, to the last token where the role is the same.
fn push(tokens: &mut Vec<(CodeRole, String)>, role: CodeRole, text: &str) {
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
        highlight(Some(language), &lines(text)).into_iter().flatten().collect()
    }

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn tokens_put_together_are_the_listing() {
        let text = "// a\nfn main() {\n\n    let s = \"x\\n\"; // é\n}\n";
        for language in [Some("rust"), Some("yaml"), Some("nonsense"), None] {
            let whole: Vec<String> = highlight(language, &lines(text))
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
}
