//! Notes become chapters: posts of a weblog or saved pages become the folder of a book.
//!
//! A post is split at the headings of one level, each of which becomes a chapter; what a heading
//! says of speakers becomes front matter, headings above become parts. What cannot be taken over
//! is told with its line. Nothing is written here: the files are given back.

mod body;
mod head;
mod html;
mod liquid;
mod outline;
mod pictures;
mod rewritten;
mod talk;
mod write;

use std::collections::BTreeMap;

use self::head::Head;
use self::outline::{Heading, Section};
use self::pictures::Pictures;
use self::rewritten::Rewritten;
use crate::diag::Diagnostics;
use crate::project::{Store, slug_of};
use crate::source::{FileId, Sources, Span};

/// A post.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its text.
    pub file: FileId,
    /// The folder it lies in, where its pictures are looked for.
    pub store: Store,
    /// Whether it is a saved page; Markdown otherwise.
    pub is_html: bool,
}

/// What the posts themselves do not say.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Title of the book; that of the first post unless given.
    pub title: Option<String>,
    /// BCP 47 tag; what the first post says, or English.
    pub language: Option<String>,
    /// The level of headings that begin chapters; guessed unless given.
    pub level: Option<u8>,
    /// Address of the site, for links to its other pages.
    pub site: Option<String>,
}

/// The folder of the book.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Paths relative to the book's folder, and what is in the files.
    pub files: Vec<(String, Vec<u8>)>,
    /// How many chapters there are.
    pub chapters: usize,
    /// How many of them are talks.
    pub talks: usize,
    /// How many pictures were taken over.
    pub pictures: usize,
}

/// Makes the files of a book from posts.
pub fn import(
    sources: &Sources,
    posts: &[Post],
    wishes: &Wishes,
    diagnostics: &mut Diagnostics,
) -> Imported {
    let mut read: Vec<Read> =
        posts.iter().map(|post| read_post(sources, post, wishes, diagnostics)).collect();
    let mut pictures = Pictures::default();
    for (number, (read, post)) in read.iter_mut().zip(posts).enumerate() {
        read.opening = open(number, read, post, &mut pictures, diagnostics);
    }
    name(&mut read);
    let mut chapters = Vec::new();
    for (number, (read, post)) in read.iter().zip(posts).enumerate() {
        let anchors = anchors(read);
        let source = body::Post {
            number,
            file: post.file,
            store: &post.store,
            text: &read.text,
            raise: read.level.unwrap_or(2).saturating_sub(1),
            anchors: &anchors,
            site: wishes.site.as_deref(),
        };
        let edits = body::edits(&source, &mut pictures, diagnostics);
        for chapter in &read.chapters {
            let text = edits.apply(&read.text.text, chapter.section.body.clone());
            chapters.push((number, chapter, text));
        }
    }
    write::files(&read, &chapters, &pictures, wishes)
}

/// A post that was read.
struct Read {
    head: Head,
    text: Rewritten,
    headings: Vec<Heading>,
    /// The level that begins chapters; `None` for a post that is one chapter.
    level: Option<u8>,
    title: Option<String>,
    chapters: Vec<Chapter>,
    /// The name of the picture above the post.
    opening: Option<String>,
}

/// A piece of a post and the file it becomes.
struct Chapter {
    section: Section,
    title: String,
    /// `chapters/03-running-with-scissors.md`
    path: String,
}

fn read_post(
    sources: &Sources,
    post: &Post,
    wishes: &Wishes,
    diagnostics: &mut Diagnostics,
) -> Read {
    let source = &sources.get(post.file).text;
    let (head, text) = match post.is_html {
        true => html::page(source, post.file, diagnostics),
        false => {
            let (head, body) = head::read(source);
            (head, liquid::translate(post.file, source, body, diagnostics))
        }
    };
    let headings = outline::headings(&text.text);
    let level = wishes.level.or_else(|| outline::level(&headings));
    let (top, sections) = outline::split(&text.text, &headings, level.unwrap_or(1));
    let title = head.title.clone().or_else(|| top.map(|at| headings[at].text.trim().to_owned()));
    let named = |section: Section| {
        let title = match (&section.talk.title, &title) {
            (own, _) if section.heading.is_some() && !own.is_empty() => own.clone(),
            (_, Some(title)) if level.is_none() => title.clone(),
            _ => INTRODUCTION.to_owned(),
        };
        Chapter { section, title, path: String::new() }
    };
    let chapters = sections.into_iter().map(named).collect();
    Read { head, text, headings, level, title, chapters, opening: None }
}

/// What stands before the first heading.
const INTRODUCTION: &str = "Introduction";

/// Takes over the picture above a post, which its front matter names.
fn open(
    number: usize,
    read: &Read,
    post: &Post,
    pictures: &mut Pictures,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let path = read.head.picture.as_deref()?;
    let span = Span::new(post.file, 0..0);
    match pictures.take(number, &post.store, path, span) {
        Ok(at) => Some(pictures.list[at].name.clone()),
        Err(_) => {
            body::missing(post.file, path, diagnostics);
            None
        }
    }
}

/// Gives every chapter a file of its own.
fn name(posts: &mut [Read]) {
    let chapters = posts.iter_mut().flat_map(|post| &mut post.chapters);
    for (number, chapter) in chapters.enumerate() {
        let slug: String = slug_of(&chapter.title).chars().take(48).collect();
        let slug = slug.trim_end_matches('-');
        chapter.path = format!("chapters/{:02}-{slug}.md", number + 1);
    }
}

/// Where the anchors of a post lead, relative to the folder of chapters.
fn anchors(post: &Read) -> BTreeMap<String, String> {
    let mut anchors = BTreeMap::new();
    for (at, heading) in post.headings.iter().enumerate() {
        let holds = |chapter: &&Chapter| {
            chapter.section.heading == Some(at)
                || chapter.section.body.contains(&heading.range.start)
        };
        let Some(chapter) = post.chapters.iter().find(holds) else { continue };
        let file = chapter.path.trim_start_matches("chapters/");
        let target = match chapter.section.heading == Some(at) {
            true => file.to_owned(),
            false => format!("{file}#{}", heading.anchor),
        };
        anchors.entry(heading.anchor.to_lowercase()).or_insert(target);
    }
    anchors
}
