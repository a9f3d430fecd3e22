//! Data and questions to it: JSON, TOML, INI, SQL.

use super::{C_COMMENT, DOUBLE, Language, PLAIN, Quote, SINGLE};
use crate::book::types::CodeRole;

pub(super) static JSON: Language = Language {
    names: &["json", "jsonc", "json5", "ipynb", "webmanifest"],
    words: &[(CodeRole::Number, "true false null")],
    comments: &["//"],
    blocks: &[C_COMMENT],
    quotes: &[DOUBLE, SINGLE],
    key: Some((":", CodeRole::Attribute)),
    ..PLAIN
};

pub(super) static TOML: Language = Language {
    names: &["toml", "tml", "cargo.lock"],
    words: &[(CodeRole::Number, "true false inf nan")],
    inner: "-:.",
    comments: &["#"],
    quotes: &[
        Quote::new("\"\"\"", "\"\"\"").lines(),
        Quote::new("'''", "'''").lines().raw(),
        DOUBLE,
        SINGLE.raw(),
    ],
    sections: true,
    key: Some(("=", CodeRole::Attribute)),
    ..PLAIN
};

pub(super) static INI: Language = Language {
    names: &["ini", "cfg", "inf", "editorconfig", "desktop"],
    words: &[(CodeRole::Number, "true false yes no on off")],
    folded: true,
    inner: "-.",
    comments: &["#", ";"],
    apart: true,
    quotes: &[DOUBLE],
    sections: true,
    key: Some(("=", CodeRole::Attribute)),
    calls: false,
    ..PLAIN
};

pub(super) static SQL: Language = Language {
    names: &["sql", "mysql", "postgresql", "postgres", "sqlite", "psql", "plsql", "ddl", "dml"],
    words: &[
        (
            CodeRole::Keyword,
            "add all alter analyze and any as asc begin between by cascade case check column commit
             constraint create cross current current_date current_time current_timestamp database default deferrable delete desc distinct do
             drop else end except exists explain fetch filter first following for foreign from full
             function grant group having if ilike in index inner insert intersect into is join key
             last lateral left like limit materialized natural not nulls of offset on or order
             outer over partition preceding primary procedure range recursive references rename
             replace restrict returning returns revoke right rollback row rows schema select
             sequence set table temporary then to transaction trigger truncate unbounded union
             unique update using vacuum values view when where window with without",
        ),
        (
            CodeRole::Type,
            "bigint bigserial binary bit blob boolean bytea char character clob date datetime
             decimal double float int integer interval json jsonb numeric nvarchar precision real
             serial smallint text time timestamp timestamptz tinyint uuid varbinary varchar varying
             xml zone",
        ),
        (CodeRole::Number, "true false null"),
    ],
    folded: true,
    comments: &["--"],
    blocks: &[C_COMMENT],
    quotes: &[SINGLE.raw().lines(), DOUBLE.raw(), Quote::new("`", "`").raw()],
    ..PLAIN
};
