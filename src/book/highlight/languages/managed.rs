//! Languages of the great virtual machines: Java, Kotlin, C#.

use super::{C_COMMENT, Capitals, DOUBLE, Hole, Language, NESTED_COMMENT, PLAIN, Quote, SINGLE};
use crate::book::types::CodeRole;

const TEXT: Quote = Quote::new("\"\"\"", "\"\"\"").lines();

pub(super) static JAVA: Language = Language {
    names: &["java", "bsh"],
    words: &[
        (
            CodeRole::Keyword,
            "abstract assert break case catch const continue default do else exports extends final
             finally for goto if implements import instanceof module native new non-sealed package
             permits private protected public requires return sealed static strictfp super switch
             synchronized this throw throws transient try var volatile while yield",
        ),
        (CodeRole::Type, "boolean byte char double float int long short void"),
        (CodeRole::Number, "false null true"),
    ],
    heads: &[(CodeRole::Type, "class enum interface record")],
    comments: &["//"],
    blocks: &[C_COMMENT],
    quotes: &[TEXT, DOUBLE, SINGLE],
    sigils: &[(b'@', CodeRole::Attribute)],
    capitals: Capitals::Types,
    constants: true,
    ..PLAIN
};

pub(super) static KOTLIN: Language = Language {
    names: &["kotlin", "kt", "kts"],
    words: &[
        (
            CodeRole::Keyword,
            "abstract actual annotation as break by catch companion const constructor continue
             crossinline data do else expect external final finally for get if import in infix init
             inline inner internal is lateinit noinline open operator out override package private
             protected public reified return sealed set super suspend tailrec this throw try val
             var vararg when where while",
        ),
        (CodeRole::Number, "false null true"),
    ],
    heads: &[
        (CodeRole::Function, "fun"),
        (CodeRole::Type, "class enum interface object typealias"),
    ],
    comments: &["//"],
    blocks: &[NESTED_COMMENT],
    quotes: &[TEXT.raw().with(Hole::Code("${", b'}')), DOUBLE.with(Hole::Code("${", b'}')), SINGLE],
    sigils: &[(b'@', CodeRole::Attribute)],
    capitals: Capitals::Types,
    constants: true,
    ..PLAIN
};

pub(super) static CSHARP: Language = Language {
    names: &["c#", "cs", "csharp", "csx"],
    words: &[
        (
            CodeRole::Keyword,
            "abstract as async await base break case catch checked const continue default delegate
             do else event explicit extern finally fixed for foreach from get global goto if
             implicit in init internal is let lock namespace operator orderby out override params
             partial private protected public readonly ref required return sealed select set sizeof
             stackalloc static switch this throw try typeof unchecked unsafe using virtual volatile
             when where while with yield",
        ),
        (
            CodeRole::Type,
            "bool byte char decimal double dynamic float int long nint nuint object sbyte short
             string uint ulong ushort var void",
        ),
        (CodeRole::Number, "false null true"),
    ],
    heads: &[(CodeRole::Type, "class enum interface new record struct")],
    comments: &["//"],
    blocks: &[C_COMMENT],
    quotes: &[
        TEXT.raw(),
        Quote::new("$@\"", "\"").raw().lines().with(Hole::Code("{", b'}')),
        Quote::new("@\"", "\"").raw().lines(),
        Quote::new("$\"", "\"").with(Hole::Code("{", b'}')),
        DOUBLE,
        SINGLE,
    ],
    sections: true,
    sigils: &[(b'#', CodeRole::Keyword)],
    capitals: Capitals::Uncalled,
    constants: true,
    ..PLAIN
};
