//! Front matter of another program: its keys are not ours, so everything is text.

use super::value::{Node, Table, Value};
use super::{Language, Split, split, toml, yaml};

/// What a key says: a text, or several of them.
pub(crate) type Said = (String, Vec<String>);

/// The keys in TOML or YAML front matter, and the byte at which the text begins. What cannot be
/// read is left out: whoever wrote it for another program cannot mend it here.
pub(crate) fn read(text: &str) -> (Vec<Said>, usize) {
    match split(text) {
        Split::None | Split::Open(_) => (Vec::new(), 0),
        Split::Found { language, matter, body } => {
            let (table, _) = match language {
                Language::Toml => toml::parse(&text[matter.clone()], matter.start),
                Language::Yaml => yaml::parse(&text[matter.clone()], matter.start),
            };
            let said = table.entries.iter().map(|e| (e.key.to_lowercase(), texts(&e.node)));
            (said.collect(), body)
        }
    }
}

/// Recursion is safe: both parsers bound the depth.
fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Text(text) => vec![text.trim().to_owned()],
        Value::Moment(moment) => moment
            .date
            .map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
            .into_iter()
            .collect(),
        Value::List(items) => items.iter().flat_map(texts).collect(),
        Value::Table(table) => named(table),
        Value::Truth(_) | Value::Other(_) | Value::Nothing => Vec::new(),
    }
}

/// Of `{ name, mail, … }` the name.
fn named(table: &Table) -> Vec<String> {
    let name = table
        .entries
        .iter()
        .find(|e| matches!(e.key.as_str(), "name" | "title" | "path" | "src" | "url"));
    name.map(|entry| texts(&entry.node)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn keys_of_other_programs_are_texts() {
        let (said, body) = read(
            "---\ntitle: \"A: b\"\ndate: 2018-05-06 10:00\ntags: [a, b]\nauthor:\n  name: X\n---\nText\n",
        );
        assert_eq!(body, 76);
        let of = |key: &str| said.iter().find(|(k, _)| k == key).map(|(_, v)| v.join("|"));
        assert_eq!(of("title").as_deref(), Some("A: b"));
        assert_eq!(of("date").as_deref(), Some("2018-05-06 10:00"));
        assert_eq!((of("tags").as_deref(), of("author").as_deref()), (Some("a|b"), Some("X")));
        let (said, _) = read("+++\ndate = 2018-05-06T10:00:00Z\ndraft = true\n+++\n");
        assert_eq!(said[0], ("date".to_owned(), vec!["2018-05-06".to_owned()]));
        assert_eq!(read("Text\n"), (Vec::new(), 0));
    }
}
