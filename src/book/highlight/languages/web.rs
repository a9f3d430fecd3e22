//! Languages of browsers: JavaScript, TypeScript, style sheets.

use super::{C_COMMENT, Capitals, DOUBLE, Hole, Language, PLAIN, Quote, SINGLE};
use crate::book::types::CodeRole;

pub(super) static JAVASCRIPT: Language = Language {
    names: &["javascript", "js", "jsx", "mjs", "cjs", "node", "ecmascript"],
    words: &[
        (
            CodeRole::Keyword,
            "as async await break case catch const continue debugger default delete do else export
             extends finally for from if import in instanceof let of return static super
             switch this throw try typeof var void while with yield",
        ),
        (CodeRole::Number, "Infinity NaN false null true undefined"),
    ],
    heads: &[(CodeRole::Function, "function"), (CodeRole::Type, "class new")],
    inner: "$",
    comments: &["//"],
    blocks: &[C_COMMENT],
    quotes: &[
        DOUBLE,
        SINGLE,
        Quote::new("`", "`").lines().with(Hole::Code("${", b'}')),
        Quote { operand: true, ..Quote::new("/", "/") },
    ],
    sigils: &[(b'@', CodeRole::Attribute)],
    capitals: Capitals::Uncalled,
    constants: true,
    ..PLAIN
};

pub(super) static TYPESCRIPT: Language = Language {
    names: &["typescript", "ts", "tsx", "mts", "cts"],
    words: &[
        (
            CodeRole::Keyword,
            "abstract as asserts async await break case catch const continue debugger declare default
             delete do else export extends finally for from if implements import in infer
             instanceof is keyof let module namespace of override private protected public readonly
             return satisfies static super switch this throw try typeof unique var while with
             yield",
        ),
        (
            CodeRole::Type,
            "any bigint boolean never number object string symbol unknown void",
        ),
        (CodeRole::Number, "Infinity NaN false null true undefined"),
    ],
    heads: &[
        (CodeRole::Function, "function"),
        (CodeRole::Type, "class enum interface new type"),
    ],
    ..JAVASCRIPT
};

pub(super) static CSS: Language = Language {
    names: &["css"],
    words: &[(CodeRole::Keyword, "important")],
    inner: "-%",
    blocks: &[C_COMMENT],
    quotes: &[DOUBLE, SINGLE],
    sigils: &[(b'@', CodeRole::Keyword), (b'.', CodeRole::Attribute), (b'#', CodeRole::Attribute)],
    key: Some((":", CodeRole::Attribute)),
    ..PLAIN
};

pub(super) static SCSS: Language = Language {
    names: &["scss"],
    comments: &["//"],
    sigils: &[
        (b'@', CodeRole::Keyword),
        (b'.', CodeRole::Attribute),
        (b'#', CodeRole::Attribute),
        (b'$', CodeRole::Plain),
    ],
    ..CSS
};
