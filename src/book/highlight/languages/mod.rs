//! The languages that are known here, as data: what their comments, strings and words look like.
//!
//! To add one, describe it in a file of its like and name it in [`ALL`]. What a description leaves
//! out is as in [`PLAIN`].

mod c;
mod data;
mod functional;
mod managed;
mod rust;
mod scripts;
mod shells;
mod web;

use crate::book::types::CodeRole;

/// Every language here.
pub(super) static ALL: [&Language; 26] = [
    &rust::RUST,
    &data::JSON,
    &data::TOML,
    &data::INI,
    &data::SQL,
    &shells::BASH,
    &shells::POWERSHELL,
    &shells::BATCH,
    &shells::DOCKERFILE,
    &shells::MAKEFILE,
    &c::C,
    &c::CPP,
    &c::GO,
    &c::SWIFT,
    &managed::JAVA,
    &managed::KOTLIN,
    &managed::CSHARP,
    &scripts::PYTHON,
    &scripts::RUBY,
    &scripts::PHP,
    &scripts::LUA,
    &web::JAVASCRIPT,
    &web::TYPESCRIPT,
    &web::CSS,
    &web::SCSS,
    &functional::HASKELL,
];

/// What the lexer knows about a language.
#[derive(Clone, Copy)]
pub(super) struct Language {
    /// What fences call it, in small letters.
    pub(super) names: &'static [&'static str],
    /// Its words by role; a comment goes on to the end of its line.
    pub(super) words: &'static [(CodeRole, &'static str)],
    /// Keywords before a name, by the role of the name.
    pub(super) heads: &'static [(CodeRole, &'static str)],
    /// Whether its words may be written in capitals and small letters; they are given in small ones.
    pub(super) folded: bool,
    /// Marks that names contain, beside letters, digits and `_`.
    pub(super) inner: &'static str,
    /// What begins a comment to the end of the line.
    pub(super) comments: &'static [&'static str],
    /// Whether comments stand behind a space.
    pub(super) apart: bool,
    /// Comments with an end.
    pub(super) blocks: &'static [Comment],
    /// Strings; of two that begin alike, the longer first.
    pub(super) quotes: &'static [Quote],
    /// Whether `'` begins a character or the name of a lifetime.
    pub(super) lifetimes: bool,
    /// What stands directly before the word that ends a document in the text.
    pub(super) documents: &'static [&'static str],
    /// What begins an attribute that `]` ends.
    pub(super) attributes: &'static [&'static str],
    /// Whether a line that begins with `[` is an attribute up to `]`.
    pub(super) sections: bool,
    /// Marks before a word, and what both are.
    pub(super) sigils: &'static [(u8, CodeRole)],
    /// What stands behind a key, and what a key is.
    pub(super) key: Option<(&'static str, CodeRole)>,
    /// What names with a capital are.
    pub(super) capitals: Capitals,
    /// Whether names in capitals alone are constants.
    pub(super) constants: bool,
    /// Whether a name before `(` is a function.
    pub(super) calls: bool,
    /// Whether a name before `!` is a macro.
    pub(super) macros: bool,
    /// Whether any word behind `.` is a name.
    pub(super) members: bool,
    /// Whether the first word is a command, and words behind it are no keywords.
    pub(super) commands: bool,
    /// The keyword that stands among the words behind a command.
    pub(super) between: &'static str,
}

/// A comment with an end.
pub(super) struct Comment {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// Whether a comment in it has an end of its own.
    pub(super) nested: bool,
}

/// A kind of string.
#[derive(Clone, Copy)]
pub(super) struct Quote {
    /// The words one of which stands before it; none where it stands alone.
    pub(super) prefixes: &'static [&'static str],
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// Whether `\` takes the next character's meaning.
    pub(super) escapes: bool,
    /// Whether it may go on in the next line.
    pub(super) lines: bool,
    /// Whether it stands only where a value begins: a regular expression, which may be a division.
    pub(super) operand: bool,
    pub(super) hole: Hole,
}

/// What strings may contain beside characters.
#[derive(Clone, Copy)]
pub(super) enum Hole {
    Nothing,
    /// The place of a value, as Rust writes it: `{name:?}`.
    Place,
    /// Code between these.
    Code(&'static str, u8),
}

/// What a name with a capital is.
#[derive(Clone, Copy)]
pub(super) enum Capitals {
    /// A name like any other.
    Nothing,
    /// A type.
    Types,
    /// A type, or a function where it is called.
    Uncalled,
}

/// What a description leaves out.
const PLAIN: Language = Language {
    names: &[],
    words: &[],
    heads: &[],
    folded: false,
    inner: "",
    comments: &[],
    apart: false,
    blocks: &[],
    quotes: &[],
    lifetimes: false,
    documents: &[],
    attributes: &[],
    sections: false,
    sigils: &[],
    key: None,
    capitals: Capitals::Nothing,
    constants: false,
    calls: true,
    macros: false,
    members: true,
    commands: false,
    between: "",
};

/// `/* … */`
const C_COMMENT: Comment = Comment { open: "/*", close: "*/", nested: false };
/// The same, with others in it.
const NESTED_COMMENT: Comment = Comment { open: "/*", close: "*/", nested: true };

const DOUBLE: Quote = Quote::new("\"", "\"");
const SINGLE: Quote = Quote::new("'", "'");

impl Quote {
    /// A string on one line, with `\` before what is meant otherwise.
    const fn new(open: &'static str, close: &'static str) -> Self {
        Self {
            prefixes: &[],
            open,
            close,
            escapes: true,
            lines: false,
            operand: false,
            hole: Hole::Nothing,
        }
    }

    /// The same with words one of which stands before it.
    const fn behind(self, prefixes: &'static [&'static str]) -> Self {
        Self { prefixes, ..self }
    }

    /// The same over several lines.
    const fn lines(self) -> Self {
        Self { lines: true, ..self }
    }

    /// The same where `\` is a character like any other.
    const fn raw(self) -> Self {
        Self { escapes: false, ..self }
    }

    const fn with(self, hole: Hole) -> Self {
        Self { hole, ..self }
    }
}
