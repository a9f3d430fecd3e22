//! Values with places: what TOML and YAML front matter have in common.

use std::ops::Range;

/// A value and its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// The value.
    pub(super) value: Value,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

/// Something that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text; in YAML also a number or date without quotes, as it was written.
    Text(String),
    /// A TOML date or time.
    Moment(Moment),
    /// A TOML truth value.
    Truth(bool),
    /// Something that no key wants; what it is in words: "a number".
    Other(&'static str),
    /// YAML's absence of a value.
    Nothing,
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A date, a time or both, as TOML knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Year, month, day.
    pub(super) date: Option<(u16, u8, u8)>,
    /// Hour and minute.
    pub(super) time: Option<(u8, u8)>,
}

/// Keys and values in the order of the file; no key is there twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// The entries.
    pub(super) entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The key.
    pub(super) key: String,
    /// Its bytes.
    pub(super) key_range: Range<usize>,
    /// The value.
    pub(super) node: Node,
}

/// A mistake of syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// Where.
    pub(super) range: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: Option<String>,
}

impl Value {
    /// What it is, in words.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Moment(Moment { time: None, .. }) => "a date",
            Self::Moment(Moment { date: None, .. }) => "a time",
            Self::Moment(_) => "a date with a time",
            Self::Truth(_) => "a truth value",
            Self::Other(name) => name,
            Self::Nothing => "nothing",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Table {
    /// The table without the entries whose key stands at a place that is refused.
    pub(super) fn without(self, refused: &dyn Fn(usize) -> bool) -> Self {
        let kept = self.entries.into_iter().filter(|entry| !refused(entry.key_range.start));
        let entries = kept.map(|entry| Entry { node: entry.node.without(refused), ..entry });
        Self { entries: entries.collect() }
    }
}

impl Node {
    fn without(self, refused: &dyn Fn(usize) -> bool) -> Self {
        let value = match self.value {
            Value::Table(table) => Value::Table(table.without(refused)),
            Value::List(items) => {
                Value::List(items.into_iter().map(|item| item.without(refused)).collect())
            }
            value @ (Value::Text(_)
            | Value::Moment(_)
            | Value::Truth(_)
            | Value::Other(_)
            | Value::Nothing) => value,
        };
        Self { value, ..self }
    }
}
