//! C and those that came of it and are compiled: C++, Go, Swift.

use super::{C_COMMENT, Capitals, DOUBLE, Hole, Language, NESTED_COMMENT, PLAIN, Quote, SINGLE};
use crate::book::types::CodeRole;

const PREFIXES: [&str; 4] = ["L", "u", "U", "u8"];

pub(super) static C: Language = Language {
    names: &["c", "h"],
    words: &[
        (
            CodeRole::Keyword,
            "alignas alignof auto break case const constexpr continue default do else extern for
             goto if inline register restrict return sizeof static static_assert switch
             thread_local typedef typeof volatile while _Alignas _Alignof _Atomic _Generic
             _Noreturn _Static_assert _Thread_local",
        ),
        (
            CodeRole::Type,
            "bool char double float int int8_t int16_t int32_t int64_t intptr_t long off_t
             ptrdiff_t short signed size_t ssize_t time_t uint8_t uint16_t uint32_t uint64_t
             uintptr_t unsigned va_list void wchar_t FILE _Bool _Complex",
        ),
        (CodeRole::Number, "EOF NULL false nullptr stderr stdin stdout true"),
    ],
    heads: &[(CodeRole::Type, "enum struct union")],
    comments: &["//"],
    blocks: &[C_COMMENT],
    quotes: &[DOUBLE, SINGLE, DOUBLE.behind(&PREFIXES), SINGLE.behind(&PREFIXES)],
    sigils: &[(b'#', CodeRole::Keyword)],
    constants: true,
    ..PLAIN
};

pub(super) static CPP: Language = Language {
    names: &["c++", "cpp", "cc", "cxx", "hpp", "hh", "hxx", "ipp", "inl"],
    words: &[
        (
            CodeRole::Keyword,
            "alignas alignof and asm auto break case catch co_await co_return co_yield const
             const_cast consteval constexpr constinit continue decltype default delete do
             dynamic_cast else explicit export extern final for friend goto if import inline module
             mutable namespace new noexcept not operator or override private protected public
             register reinterpret_cast requires return sizeof static static_assert static_cast
             switch template thread_local throw try typedef typeid typename using virtual volatile
             while xor",
        ),
        (
            CodeRole::Type,
            "bool char char8_t char16_t char32_t double float int int8_t int16_t int32_t int64_t
             intptr_t long ptrdiff_t short signed size_t string string_view uint8_t uint16_t
             uint32_t uint64_t uintptr_t unsigned vector void wchar_t FILE",
        ),
        (CodeRole::Number, "EOF NULL false nullptr this true"),
    ],
    heads: &[(CodeRole::Type, "class concept enum struct union")],
    inner: "",
    capitals: Capitals::Uncalled,
    constants: true,
    quotes: &[
        Quote::new("\"(", ")\"").raw().lines().behind(&["R", "LR", "uR", "UR", "u8R"]),
        DOUBLE,
        SINGLE,
        DOUBLE.behind(&PREFIXES),
        SINGLE.behind(&PREFIXES),
    ],
    ..C
};

pub(super) static GO: Language = Language {
    names: &["go", "golang"],
    words: &[
        (
            CodeRole::Keyword,
            "break case chan const continue default defer else fallthrough for go goto if import
             interface map package range return select struct switch var",
        ),
        (
            CodeRole::Type,
            "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16
             int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr",
        ),
        (CodeRole::Number, "false iota nil true"),
    ],
    heads: &[(CodeRole::Function, "func"), (CodeRole::Type, "type")],
    comments: &["//"],
    blocks: &[C_COMMENT],
    quotes: &[DOUBLE, SINGLE, Quote::new("`", "`").raw().lines()],
    capitals: Capitals::Uncalled,
    ..PLAIN
};

pub(super) static SWIFT: Language = Language {
    names: &["swift"],
    words: &[
        (
            CodeRole::Keyword,
            "any as associatedtype async await break case catch continue convenience default defer
             deinit didSet do dynamic else extension fallthrough fileprivate final for get guard if
             import in indirect infix init inout internal is isolated lazy let mutating
             nonisolated nonmutating open operator optional override postfix prefix private public
             repeat required rethrows return self set some static subscript super switch throw
             throws try unowned var weak where while willSet",
        ),
        (CodeRole::Number, "false nil true"),
    ],
    heads: &[
        (CodeRole::Function, "func macro"),
        (CodeRole::Type, "actor class enum protocol struct typealias"),
    ],
    comments: &["//"],
    blocks: &[NESTED_COMMENT],
    quotes: &[
        Quote::new("\"\"\"", "\"\"\"").lines().with(Hole::Code("\\(", b')')),
        Quote::new("#\"", "\"#").raw(),
        DOUBLE.with(Hole::Code("\\(", b')')),
    ],
    sigils: &[(b'@', CodeRole::Attribute), (b'#', CodeRole::Keyword)],
    capitals: Capitals::Types,
    ..PLAIN
};
