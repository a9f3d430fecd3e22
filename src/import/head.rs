//! What stands before a post: the front matter of Jekyll, Hugo and pandoc, or plain lines.

use crate::manuscript::foreign;
use crate::project::day;

/// What a post says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) subtitle: Option<String>,
    /// `2018-05-06`
    pub(super) date: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) description: Option<String>,
    pub(super) subjects: Vec<String>,
    /// The picture above the post.
    pub(super) picture: Option<String>,
}

/// Reads what stands before the text, and says at which byte the text begins.
pub(super) fn read(text: &str) -> (Head, usize) {
    let (said, body) = foreign::read(text);
    if body > 0 {
        return (of(&said), body);
    }
    match plain(text) {
        Some((said, body)) => (of(&said), body),
        None => (Head::default(), 0),
    }
}

fn of(said: &[foreign::Said]) -> Head {
    let all = |keys: &[&str]| -> Vec<String> {
        let values = said.iter().filter(|(key, _)| keys.contains(&key.as_str()));
        values.flat_map(|(_, values)| values.iter().filter(|v| !v.is_empty()).cloned()).collect()
    };
    let first = |keys: &[&str]| all(keys).into_iter().next();
    Head {
        title: first(&["title"]),
        subtitle: first(&["subtitle"]),
        date: first(&["date", "publishdate", "published"]).and_then(|date| day(&date)),
        authors: all(&["author", "authors"]).iter().flat_map(|names| people(names)).collect(),
        language: first(&["language", "lang", "locale"]).map(|tag| tag.replace('_', "-")),
        description: first(&["description", "summary", "excerpt"]),
        subjects: all(&["tags", "categories", "keywords", "category"])
            .iter()
            .flat_map(|list| list.split(',').map(|tag| tag.trim().to_owned()))
            .filter(|tag| !tag.is_empty())
            .collect(),
        picture: first(&["image", "cover", "photo", "thumbnail", "featured_image", "header"]),
    }
}

/// "Ann Lee and Bo Dyk, Cy Po"
fn people(names: &str) -> Vec<String> {
    let names = names.replace(" and ", ",").replace(" & ", ",");
    names.split([',', ';']).map(|name| name.trim().to_owned()).filter(|n| !n.is_empty()).collect()
}

/// The day at the front of a moment, if there is such a day: `2018-05-06 10:00 +0200`.
pub(super) fn day(moment: &str) -> Option<String> {
    let text = moment.trim_start().get(..10)?;
    let (year, month, day) = day::parse(text)?;
    day::exists(year, month, day).then(|| text.to_owned())
}

/// Lines `Title: …` up to an empty one, or pandoc's `% Title`.
fn plain(text: &str) -> Option<(Vec<foreign::Said>, usize)> {
    let mut said = Vec::new();
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let content = line.trim();
        if content.is_empty() {
            break;
        }
        let pandoc = content.strip_prefix("% ").zip(["title", "author", "date"].get(number));
        let (key, value) = match pandoc {
            Some((value, key)) => (*key, value),
            None => content.split_once(": ")?,
        };
        let key = key.trim().to_lowercase();
        if at == 0 && !FIRST.contains(&key.as_str()) {
            return None;
        }
        said.push((key, vec![value.trim().to_owned()]));
        at += line.len();
    }
    (!said.is_empty()).then_some((said, at))
}

/// Keys that plain front matter begins with; other lines with a colon are text.
const FIRST: &[&str] = &["title", "author", "date", "layout", "slug", "lang", "language"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert_eq!(day(" 2018-05-06T10:00").as_deref(), Some("2018-05-06"));
        for none in ["2018-02-31", "2018-+5-06", "<details>x", "2018-5-6 10:00", "today"] {
            assert_eq!(day(none), None, "{none}");
        }
    }

    #[test]
    fn every_kind_of_head_is_read() {
        let expected = Head {
            title: Some("A day".to_owned()),
            date: Some("2018-05-06".to_owned()),
            authors: vec!["Ann Lee".to_owned(), "Bo Dyk".to_owned()],
            ..Head::default()
        };
        for text in [
            "---\nlayout: post\ntitle: A day\ndate: 2018-05-06 10:00:00 +0200\nauthor: Ann Lee and Bo Dyk\n---\n",
            "+++\ntitle = \"A day\"\ndate = 2018-05-06\nauthors = [\"Ann Lee\", \"Bo Dyk\"]\n+++\n",
            "Title: A day\nDate: 2018-05-06\nAuthor: Ann Lee, Bo Dyk\n",
            "% A day\n% Ann Lee; Bo Dyk\n% 2018-05-06\n",
        ] {
            assert_eq!(read(&format!("{text}\nText\n")), (expected.clone(), text.len()), "{text}");
        }
        assert_eq!(read("Note: this is text\n"), (Head::default(), 0));
        assert_eq!(read("Title: x\nand so on\n").1, 0);
    }
}
