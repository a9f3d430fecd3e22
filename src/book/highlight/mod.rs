//! Listings become tokens with roles: what print and screen tell apart.
//!
//! The languages that books show most are described in [`languages`] and read by a [`lexer`] of our
//! own; [`yaml`] and [`markup`] have theirs. All others are left to [`grammars`], which cost more.
//! How a role looks is a backend's business. A language nobody knows, and anything a grammar cannot
//! read, is plain; so is what a program answers in a session at a terminal.
//!
//! Listings are coloured when the whole book is there, its sections in parallel.

mod grammars;
mod languages;
mod lexer;
mod markup;
mod spans;
mod yaml;

use std::sync::OnceLock;

use rayon::prelude::*;

use super::types::{Block, CodeLine, CodeRole, Note, Section, SectionKind};
use grammars::Grammars;
use languages::ALL;
use lexer::Lexer;
use spans::Spans;

/// Listings longer than this (in bytes) are not coloured: nobody prints them to be read closely.
const LONGEST: usize = 400_000;

/// Languages of fences that are a session at a terminal.
const SESSIONS: [&str; 4] = ["console", "shell-session", "shellsession", "terminal"];
/// What stands before a command.
const PROMPTS: [&str; 3] = ["$ ", "# ", "> "];

const YAML: [&str; 2] = ["yaml", "yml"];
const MARKUP: [&str; 12] =
    ["html", "htm", "xhtml", "shtml", "xml", "xsd", "xsl", "xslt", "rng", "rss", "opml", "svg"];
const DIFF: [&str; 2] = ["diff", "patch"];

static LEXERS: [OnceLock<Lexer>; ALL.len()] = [const { OnceLock::new() }; ALL.len()];

/// Colours all listings of a book: lines that were plain get roles.
pub(super) fn colour(sections: &mut [Section], notes: &mut [Note]) {
    let of_sections = sections.par_iter_mut().flat_map_iter(|section| match &mut section.kind {
        SectionKind::Chapter(chapter) => Some(&mut chapter.blocks),
        SectionKind::Imprint(blocks) => Some(blocks),
        SectionKind::TitlePage { .. }
        | SectionKind::Contents
        | SectionKind::Photographs(_)
        | SectionKind::Tables(_)
        | SectionKind::Part { .. }
        | SectionKind::Credits(_)
        | SectionKind::Index(_) => None,
    });
    let of_notes = notes.par_iter_mut().map(|note| &mut note.blocks);
    of_sections
        .chain(of_notes)
        .for_each_init(Reader::default, |reader, blocks| reader.blocks(blocks));
}

/// Reads listings, each in its language.
#[derive(Default)]
struct Reader {
    grammars: Grammars,
}

/// Who reads a listing, and what is open at the start of the next line.
enum Way<'t> {
    Plain,
    Session,
    Lexer(&'static Lexer, lexer::State<'t>),
    Yaml(yaml::State),
    Markup(markup::State),
    Diff,
    Grammar(Option<grammars::State>),
}

impl Reader {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Code(code) => self.listing(code.language.as_deref(), &mut code.lines),
                Block::Quote(inner) => self.blocks(inner),
                Block::Alert(alert) => self.blocks(&mut alert.blocks),
                Block::List(list) => {
                    list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks));
                }
                Block::Definitions(list) => {
                    let bodies = list.iter_mut().flat_map(|definition| &mut definition.bodies);
                    bodies.for_each(|body| self.blocks(body));
                }
                Block::Paragraph(_)
                | Block::Heading(_)
                | Block::Table(_)
                | Block::Figure(_)
                | Block::Formula(_)
                | Block::Rule(..) => {}
            }
        }
    }

    fn listing(&mut self, language: Option<&str>, lines: &mut [CodeLine]) {
        let length: usize = lines.iter().map(|line| line.text.len()).sum();
        let mut way = language.filter(|_| length <= LONGEST).map_or(Way::Plain, Way::of);
        for CodeLine { text, spans } in lines {
            *spans = self.line(&mut way, text).into_vec();
        }
    }

    fn line<'t>(&mut self, way: &mut Way<'t>, line: &'t str) -> Spans {
        match way {
            Way::Plain => Spans::plain(line),
            Way::Session => session(line),
            Way::Lexer(lexer, state) => through(state, |state| lexer.line(line, state)),
            Way::Yaml(state) => through(state, |state| yaml::line(line, state)),
            Way::Markup(state) => through(state, |state| markup::line(line, state)),
            Way::Diff => diff(line),
            Way::Grammar(state) => self.grammars.line(state, line),
        }
    }
}

impl Way<'_> {
    /// By the name of a fence.
    fn of(language: &str) -> Self {
        let language = language.to_ascii_lowercase();
        let language = language.as_str();
        if SESSIONS.contains(&language) {
            return Self::Session;
        }
        if YAML.contains(&language) {
            return Self::Yaml(yaml::State::default());
        }
        if MARKUP.contains(&language) {
            return Self::Markup(markup::State::default());
        }
        if DIFF.contains(&language) {
            return Self::Diff;
        }
        match lexer(language) {
            Some(lexer) => Self::Lexer(lexer, lexer::State::default()),
            None => Self::Grammar(grammars::find(language)),
        }
    }
}

/// The lexer of a language, made when it is first asked for.
fn lexer(language: &str) -> Option<&'static Lexer> {
    let at = ALL.iter().position(|known| known.names.contains(&language))?;
    Some(LEXERS[at].get_or_init(|| Lexer::new(ALL[at])))
}

/// Reads a line in a state, and leaves the state that follows.
fn through<S: Copy>(state: &mut S, read: impl Fn(S) -> (Spans, S)) -> Spans {
    let (spans, next) = read(*state);
    *state = next;
    spans
}

/// A line of a session at a terminal: what was typed behind a prompt is a shell's.
fn session(line: &str) -> Spans {
    let prompt = PROMPTS.iter().find(|prompt| line.starts_with(**prompt));
    let (Some(prompt), Some(shell)) = (prompt, lexer("bash")) else { return Spans::plain(line) };
    shell.line(&line[prompt.len()..], lexer::State::default()).0.behind(prompt)
}

/// A line of a list of changes: what tells where they are is set off, the signs tell the rest.
fn diff(line: &str) -> Spans {
    let is_place = ["@@", "diff ", "index ", "--- ", "+++ "].iter().any(|m| line.starts_with(m));
    let mut spans = Spans::default();
    if is_place {
        spans.push(CodeRole::Comment, line.len());
        return spans;
    }
    Spans::plain(line)
}

#[cfg(test)]
mod tests;
