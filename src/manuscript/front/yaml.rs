//! YAML front matter.
//!
//! Read from the parser's events, because only they carry byte ranges for every key and value.
//! Scalars without quotes stay as they were written: `room: 5` is the text "5", `time: 14:00` is
//! no number in base 60. Anchors and aliases are refused, front matter is too short for them.

use super::value::{Entry, Node, Problem, Table, Value};
use granit_parser::{Event, Parser, ScalarStyle, Span};
use std::ops::Range;

/// Reads YAML that begins at byte `offset` of its file.
pub(super) fn parse(text: &str, offset: usize) -> (Table, Vec<Problem>) {
    let mut reader = Reader { offset, open: Vec::new(), root: None, problems: Vec::new() };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => reader.event(&event, &span),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(text.len()) + offset;
                reader.complain(at..at, error.info(), "front matter between `---` is YAML");
                while !reader.open.is_empty() {
                    reader.close(at);
                }
                break;
            }
        }
    }
    let table = match reader.root {
        Some(Node { value: Value::Table(table), .. }) => table,
        Some(Node { value: Value::Nothing, .. }) | None => Table::default(),
        Some(Node { range, .. }) => {
            let help = "write lines like `title: The words`";
            reader.problems.push(Problem {
                range,
                message: "front matter must be keys and values".to_owned(),
                help: Some(help.to_owned()),
            });
            Table::default()
        }
    };
    (table, reader.problems)
}

struct Reader {
    offset: usize,
    open: Vec<Open>,
    root: Option<Node>,
    problems: Vec<Problem>,
}

/// A list or table that is not closed yet.
enum Open {
    List(Vec<Node>, usize),
    Table { table: Table, key: Option<(String, Range<usize>)>, start: usize },
}

impl Reader {
    fn event(&mut self, event: &Event<'_>, span: &Span) {
        let range = span.byte_range().unwrap_or(0..0);
        let range = range.start + self.offset..range.end.max(range.start) + self.offset;
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.refuse_anchor(*anchor, &range);
                let value = match (style, text.as_ref()) {
                    (ScalarStyle::Plain, "" | "~" | "null") => Value::Nothing,
                    _ => Value::Text(text.to_string()),
                };
                self.push(Node { value, range });
            }
            Event::SequenceStart(_, anchor, _) => {
                self.refuse_anchor(*anchor, &range);
                self.open.push(Open::List(Vec::new(), range.start));
            }
            Event::MappingStart(_, anchor, _) => {
                self.refuse_anchor(*anchor, &range);
                let table = Table::default();
                self.open.push(Open::Table { table, key: None, start: range.start });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            Event::Alias(_) => {
                self.complain(range.clone(), "an alias (`*name`) is not allowed here", NO_ALIAS);
                self.push(Node { value: Value::Nothing, range });
            }
            // Starts and ends of stream and document, comments.
            _ => {}
        }
    }

    fn refuse_anchor(&mut self, anchor: usize, range: &Range<usize>) {
        if anchor != 0 {
            self.complain(range.clone(), "an anchor (`&name`) is not allowed here", NO_ALIAS);
        }
    }

    fn close(&mut self, end: usize) {
        let (value, start) = match self.open.pop() {
            Some(Open::List(items, start)) => (Value::List(items), start),
            Some(Open::Table { table, start, .. }) => (Value::Table(table), start),
            None => return,
        };
        // The end of a block is found at the next token: the last item's end is nearer.
        let last = match &value {
            Value::List(items) => items.last().map(|item| item.range.end),
            Value::Table(table) => table.entries.last().map(|entry| entry.node.range.end),
            Value::Text(_)
            | Value::Moment(_)
            | Value::Truth(_)
            | Value::Other(_)
            | Value::Nothing => None,
        };
        self.push(Node { value, range: start..last.unwrap_or(end).max(start) });
    }

    fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            None => {
                self.root.get_or_insert(node);
            }
            Some(Open::List(items, _)) => items.push(node),
            Some(Open::Table { table, key, .. }) => match key.take() {
                None => *key = Some(self::key(&node)),
                Some((key, key_range)) => {
                    if table.entries.iter().any(|entry| entry.key == key) {
                        let message = format!("`{key}` is given twice");
                        self.complain(key_range, message, "remove one of them");
                    } else {
                        table.entries.push(Entry { key, key_range, node });
                    }
                }
            },
        }
    }

    fn complain(&mut self, range: Range<usize>, message: impl Into<String>, help: &str) {
        let help = Some(help.to_owned());
        self.problems.push(Problem { range, message: message.into(), help });
    }
}

/// A key that is not a text cannot be known: it is told as what it is.
fn key(node: &Node) -> (String, Range<usize>) {
    match &node.value {
        Value::Text(text) => (text.clone(), node.range.clone()),
        other => (other.name().to_owned(), node.range.clone()),
    }
}

const NO_ALIAS: &str = "write the value itself";
