//! The files of an imported book, commented for somebody who has never written one.

use super::pictures::{Picture, Pictures};
use super::talk::Speaker;
use super::{Chapter, Imported, Read, Wishes};
use crate::project::{is_language_tag, slug_of};

/// A chapter with the post it is from and its text.
type Written<'a> = (usize, &'a Chapter, String);

/// All files.
pub(super) fn files(
    posts: &[Read],
    chapters: &[Written<'_>],
    pictures: &Pictures,
    wishes: &Wishes,
) -> Imported {
    let mut files =
        vec![("book.toml".to_owned(), book(posts, chapters, pictures, wishes).into_bytes())];
    for (number, chapter, text) in chapters {
        let is_first =
            posts[*number].chapters.first().is_some_and(|first| first.path == chapter.path);
        let photo = posts[*number].opening.as_deref().filter(|_| is_first);
        let link =
            chapter.section.heading.and_then(|at| posts[*number].headings[at].link.as_deref());
        let text = format!("{}\n{}{text}", front(chapter, photo), linked(link));
        files.push((chapter.path.clone(), text.into_bytes()));
    }
    let register = register(pictures);
    files.push(("images/credits.toml".to_owned(), register.into_bytes()));
    let copies = pictures.list.iter();
    files.extend(copies.map(|p| (format!("images/{}", p.name), p.bytes.clone())));
    Imported {
        files,
        chapters: chapters.len(),
        talks: chapters.iter().filter(|(_, c, _)| !c.section.talk.speakers.is_empty()).count(),
        pictures: pictures.list.len(),
    }
}

/// A text as TOML has it.
fn quoted(text: &str) -> String {
    let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    toml_edit::Value::from(words).to_string()
}

fn book(posts: &[Read], chapters: &[Written<'_>], pictures: &Pictures, wishes: &Wishes) -> String {
    let heads = || posts.iter().map(|post| &post.head);
    let title = wishes.title.clone().or_else(|| posts.iter().find_map(|post| post.title.clone()));
    let title = title.unwrap_or_else(|| "Notes".to_owned());
    let stated = heads().find_map(|head| head.language.clone()).filter(|tag| is_language_tag(tag));
    let language = wishes.language.clone().or(stated).unwrap_or_else(|| "en".to_owned());
    let mut text = format!("{BOOK}title = {}\n", quoted(&title));
    text.push_str(&format!("slug = {}\n", quoted(&slug_of(&title))));
    text.push_str(&format!("language = {}\n", quoted(&language)));
    let mut authors: Vec<&String> = Vec::new();
    for author in heads().flat_map(|head| &head.authors) {
        if !authors.contains(&author) {
            authors.push(author);
        }
    }
    match authors.is_empty() {
        true => text.push_str("# authors = [{ name = \"…\" }]\n"),
        false => {
            let list: Vec<_> =
                authors.iter().map(|n| format!("{{ name = {} }}", quoted(n))).collect();
            text.push_str(&format!("authors = [{}]\n", list.join(", ")));
        }
    }
    match heads().filter_map(|head| head.date.as_deref()).max() {
        Some(date) => text.push_str(&format!("date = {date}\n")),
        None => text.push_str("# The day of publication; it is also the time of the last change.\n# date = 2026-01-31\n"),
    }
    for (key, value) in [
        ("subtitle", heads().find_map(|head| head.subtitle.as_ref())),
        ("description", heads().find_map(|head| head.description.as_ref())),
    ] {
        if let Some(value) = value {
            text.push_str(&format!("{key} = {}\n", quoted(value)));
        }
    }
    let mut subjects: Vec<String> =
        heads().flat_map(|head| &head.subjects).map(|s| quoted(s)).collect();
    subjects.dedup();
    if !subjects.is_empty() {
        text.push_str(&format!("subjects = [{}]\n", subjects.join(", ")));
    }
    text.push_str("# licence = \"CC-BY-4.0\"\n");
    text.push_str(&contents(posts, chapters));
    if !pictures.list.is_empty() {
        text.push_str(PHOTOS);
    }
    text.push_str(EDITIONS);
    text
}

/// The list of chapters: those of a part together; of several posts each is a part.
fn contents(posts: &[Read], chapters: &[Written<'_>]) -> String {
    let mut text = "\n[contents]\nchapters = [\n".to_owned();
    let part = |(number, chapter, _): &Written<'_>| {
        let own = chapter.section.part.clone();
        let post = &posts[*number];
        let whole = (posts.len() > 1 && post.chapters.len() > 1).then(|| post.title.clone());
        own.or(whole.flatten())
    };
    let mut open: Option<String> = None;
    for written in chapters {
        let this = part(written);
        if this != open && open.is_some() {
            text.push_str("  ] },\n");
        }
        if this != open
            && let Some(title) = &this
        {
            text.push_str(&format!("  {{ part = {}, chapters = [\n", quoted(title)));
        }
        let margin = if this.is_some() { "    " } else { "  " };
        text.push_str(&format!("{margin}{},\n", quoted(&written.1.path)));
        open = this;
    }
    if open.is_some() {
        text.push_str("  ] },\n");
    }
    text + "]\n"
}

/// The front matter of a chapter.
fn front(chapter: &Chapter, photo: Option<&str>) -> String {
    let mut text = format!("+++\ntitle = {}\n", quoted(&chapter.title));
    if let Some(photo) = photo {
        text.push_str(&format!("photo = {}\n", quoted(photo)));
    }
    let speakers = &chapter.section.talk.speakers;
    if !speakers.is_empty() {
        text.push_str("speakers = [\n");
        for speaker in speakers {
            text.push_str(&format!("  {{ {} }},\n", person(speaker)));
        }
        text.push_str("]\n");
    }
    text + "+++\n"
}

fn person(speaker: &Speaker) -> String {
    let mut text = format!("name = {}", quoted(&speaker.name));
    for (key, value) in [("role", &speaker.role), ("organisation", &speaker.organisation)] {
        if let Some(value) = value {
            text.push_str(&format!(", {key} = {}", quoted(value)));
        }
    }
    text
}

/// Where the words of a heading led: a title is no link.
fn linked(link: Option<&str>) -> String {
    match link.filter(|link| link.starts_with("http")) {
        Some(link) => format!("<{}>\n\n", link.replace(['<', '>', ' '], "")),
        None => String::new(),
    }
}

fn register(pictures: &Pictures) -> String {
    let stubs = pictures.list.iter().map(stub).collect::<Vec<_>>();
    format!("{REGISTER}{}", stubs.concat())
}

fn stub(picture: &Picture) -> String {
    let mut text = format!("\n[{}]\n", quoted(&picture.name));
    let known = |key: &str, value: &str, example: &str| match value.trim() {
        "" => format!("# {key} = {example}\n"),
        words => format!("{key} = {}\n", quoted(words)),
    };
    text.push_str(&known("alt", &picture.alt, "\"…\""));
    text.push_str(&known("caption", &picture.caption, "\"…\""));
    match &picture.creator {
        Some(name) => text.push_str(&format!("creator = {{ name = {} }}\n", quoted(name))),
        None => text.push_str("# creator = { name = \"…\" }\n"),
    }
    text + "# licence = \"CC-BY-4.0\"\n# source = \"https://…\"\n"
}

const BOOK: &str = "\
# Made by `endpaper import`. Every key is explained in Endpaper's README; a key that does not
# exist is an error that names the nearest one.

[book]
";

const PHOTOS: &str = "
[photos]
folder = \"images\"
register = \"images/credits.toml\"
# The register is not complete yet, so gaps in it are only warnings. When every picture has its
# alt text, creator and licence, write `strict`: then nothing is published without them.
policy = \"warn\"
";

const EDITIONS: &str = "
# A PDF for each edition: the book, and a handout whose talks follow each other on the page.
[edition.book]
page = \"A5\"
open = \"page\"

[edition.handout]
page = \"A4\"
open = \"run-on\"
links = \"notes\"
contents = \"first-page\"
";

const REGISTER: &str = "\
# The photo register: a table for each picture, named after its file.
#
# alt      what is seen, for those who do not see it
# caption  what is written below it
# creator  who made it
# licence  under which licence: an SPDX identifier, or { text = \"…\", url = \"…\" }
";
