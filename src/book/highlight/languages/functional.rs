//! Functional languages: Haskell.

use super::{Capitals, Comment, DOUBLE, Language, PLAIN};
use crate::book::types::CodeRole;

pub(super) static HASKELL: Language = Language {
    names: &["haskell", "hs"],
    words: &[
        (
            CodeRole::Keyword,
            "as case class data default deriving do else forall foreign hiding if import in infix
             infixl infixr instance let module newtype of qualified then type where",
        ),
        (CodeRole::Number, "False True"),
        (CodeRole::Type, "IO"),
    ],
    inner: "'",
    comments: &["--"],
    blocks: &[Comment { open: "{-", close: "-}", nested: true }],
    quotes: &[DOUBLE],
    lifetimes: true,
    capitals: Capitals::Types,
    calls: false,
    ..PLAIN
};
