//! Rust.

use super::{Capitals, Hole, Language, NESTED_COMMENT, PLAIN, Quote};
use crate::book::types::CodeRole;

const RAW: [&str; 3] = ["r", "br", "cr"];
const STRING: Quote = Quote::new("\"", "\"").lines();

pub(super) static RUST: Language = Language {
    names: &["rust", "rs"],
    words: &[
        (
            CodeRole::Keyword,
            "as async await break const continue crate dyn else extern for gen if impl in let loop
             match mod move mut pub ref return static super unsafe use where while yield",
        ),
        (
            CodeRole::Type,
            "bool char f16 f32 f64 f128 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
        ),
        (CodeRole::Number, "true false"),
    ],
    heads: &[(CodeRole::Function, "fn"), (CodeRole::Type, "enum struct trait type union")],
    comments: &["//"],
    blocks: &[NESTED_COMMENT],
    quotes: &[
        Quote::new("\"", "\"").lines().raw().behind(&RAW),
        Quote::new("#\"", "\"#").lines().raw().behind(&RAW),
        Quote::new("##\"", "\"##").lines().raw().behind(&RAW),
        Quote::new("###\"", "\"###").lines().raw().behind(&RAW),
        STRING.behind(&["b", "c"]),
        Quote::new("'", "'").behind(&["b"]),
        STRING.with(Hole::Place),
    ],
    lifetimes: true,
    attributes: &["#[", "#!["],
    capitals: Capitals::Types,
    constants: true,
    macros: true,
    members: false,
    ..PLAIN
};
