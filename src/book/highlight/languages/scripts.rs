//! Languages of scripts: Python, Ruby, PHP, Lua.

use super::{C_COMMENT, Capitals, Comment, DOUBLE, Hole, Language, PLAIN, Quote, SINGLE};
use crate::book::types::CodeRole;

const FORMATS: [&str; 8] = ["f", "F", "fr", "rf", "Fr", "fR", "t", "rt"];
const BYTES: [&str; 9] = ["b", "B", "u", "r", "R", "br", "rb", "Rb", "bR"];
const FIELD: Hole = Hole::Code("{", b'}');
const LONG: Quote = Quote::new("\"\"\"", "\"\"\"").lines();
const LONG_SINGLE: Quote = Quote::new("'''", "'''").lines();

pub(super) static PYTHON: Language = Language {
    names: &["python", "py", "python3", "py3", "pyi", "bzl", "starlark"],
    words: &[
        (
            CodeRole::Keyword,
            "and as assert async await break case continue del elif else except finally for from
             global if import in is lambda match nonlocal not or pass raise return try while with
             yield",
        ),
        (
            CodeRole::Type,
            "bool bytearray bytes complex dict float frozenset int list object set str tuple type",
        ),
        (CodeRole::Number, "Ellipsis False None NotImplemented True"),
    ],
    heads: &[(CodeRole::Function, "def"), (CodeRole::Type, "class")],
    comments: &["#"],
    quotes: &[
        LONG.behind(&FORMATS).with(FIELD),
        LONG_SINGLE.behind(&FORMATS).with(FIELD),
        DOUBLE.behind(&FORMATS).with(FIELD),
        SINGLE.behind(&FORMATS).with(FIELD),
        LONG.behind(&BYTES),
        LONG_SINGLE.behind(&BYTES),
        DOUBLE.behind(&BYTES),
        SINGLE.behind(&BYTES),
        LONG,
        LONG_SINGLE,
        DOUBLE,
        SINGLE,
    ],
    sigils: &[(b'@', CodeRole::Attribute)],
    capitals: Capitals::Types,
    constants: true,
    ..PLAIN
};

pub(super) static RUBY: Language = Language {
    names: &["ruby", "rb", "gemfile", "rakefile", "gemspec", "podfile"],
    words: &[
        (
            CodeRole::Keyword,
            "alias and attr_accessor attr_reader attr_writer begin break case defined? do else elsif
             end ensure extend for if in include loop next not or prepend private protected public
             raise redo require require_relative rescue retry return self super then undef unless
             until when while yield",
        ),
        (CodeRole::Number, "false nil true"),
    ],
    heads: &[(CodeRole::Function, "def"), (CodeRole::Type, "class module")],
    comments: &["#"],
    quotes: &[
        DOUBLE.lines().with(Hole::Code("#{", b'}')),
        SINGLE.lines(),
        Quote::new("`", "`").with(Hole::Code("#{", b'}')),
        Quote { operand: true, ..Quote::new("/", "/") },
    ],
    documents: &["<<~", "<<-"],
    sigils: &[(b'@', CodeRole::Plain), (b'$', CodeRole::Plain), (b':', CodeRole::Number)],
    capitals: Capitals::Types,
    constants: true,
    ..PLAIN
};

pub(super) static PHP: Language = Language {
    names: &["php", "php3", "php4", "php5", "php7", "php8", "phtml"],
    words: &[
        (
            CodeRole::Keyword,
            "abstract and array as break callable case catch clone const continue declare default do
             echo else elseif empty endfor endforeach endif endswitch endwhile exit extends final
             finally fn for foreach global goto if implements include include_once instanceof
             insteadof isset list match namespace or parent print private protected public readonly
             require require_once return self static switch throw try unset use var while xor yield",
        ),
        (
            CodeRole::Type,
            "bool float int iterable mixed never object string void",
        ),
        (CodeRole::Number, "false null true"),
    ],
    heads: &[
        (CodeRole::Function, "function"),
        (CodeRole::Type, "class enum interface new trait"),
    ],
    folded: true,
    comments: &["//", "#"],
    blocks: &[C_COMMENT],
    quotes: &[DOUBLE.lines().with(Hole::Code("{$", b'}')), SINGLE.lines()],
    documents: &["<<<"],
    attributes: &["#["],
    sigils: &[(b'$', CodeRole::Plain)],
    capitals: Capitals::Types,
    constants: true,
    ..PLAIN
};

pub(super) static LUA: Language = Language {
    names: &["lua"],
    words: &[
        (
            CodeRole::Keyword,
            "and break do else elseif end for goto if in local not or repeat return then until while",
        ),
        (CodeRole::Number, "false nil true"),
    ],
    heads: &[(CodeRole::Function, "function")],
    comments: &["--"],
    blocks: &[
        Comment { open: "--[[", close: "]]", nested: false },
        Comment { open: "--[=[", close: "]=]", nested: false },
    ],
    quotes: &[
        Quote::new("[[", "]]").raw().lines(),
        Quote::new("[=[", "]=]").raw().lines(),
        DOUBLE,
        SINGLE,
    ],
    ..PLAIN
};
