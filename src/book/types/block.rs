//! What a section holds: paragraphs, headings, lists, listings.

use super::inline::numbered;
use super::{AnchorId, DisplayedFormula, Figure, NodeId, Table, Text};
use crate::source::Span;

/// Pieces of a chapter, from top to bottom.
#[derive(Clone, Debug)]
pub enum Block {
    /// Running text.
    Paragraph(Text),
    /// A heading within the chapter.
    Heading(Heading),
    /// A list.
    List(List),
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A note, tip, warning, … set apart.
    Alert(Alert),
    /// A listing.
    Code(CodeBlock),
    /// A table.
    Table(Table),
    /// One or more pictures with caption and credit.
    Figure(Figure),
    /// A formula on lines of its own.
    Formula(DisplayedFormula),
    /// A thematic break.
    Rule(NodeId, Span),
}

/// A heading within a chapter.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 2 for the first level below the chapter's title (which is 1), up to 6; never skips.
    pub level: u8,
    /// Where links arrive.
    pub anchor: AnchorId,
    /// "1.2", where headings of its level have numbers; stands before the words.
    pub number: Option<String>,
    /// What it says.
    pub text: Text,
    /// Whether the contents may name it.
    pub is_listed: bool,
    /// Whether questions and their answers stand below it.
    pub opens_questions: bool,
}

impl Heading {
    /// The characters with the number before them: "1.2 Retries".
    pub fn numbered_text(&self) -> String {
        numbered(self.number.as_deref(), &self.text)
    }
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Bullets or numbers.
    pub kind: ListKind,
    /// Tight lists have no space between items; their items' first block is a paragraph all the
    /// same.
    pub tight: bool,
    /// The items; never empty.
    pub items: Vec<ListItem>,
    /// Where it is written.
    pub span: Span,
}

/// Bullets or numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Bullets.
    Bullet,
    /// Numbers from this one on.
    Ordered(u64),
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct ListItem {
    /// For task lists: done or not.
    pub task: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// One or more terms with one or more descriptions.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The terms.
    pub terms: Vec<Text>,
    /// The descriptions.
    pub bodies: Vec<Vec<Block>>,
}

/// A note, tip, warning, … set apart from the text.
#[derive(Clone, Debug)]
pub struct Alert {
    /// "Note", "Tip", "Important", "Warning", "Caution" in the book's language.
    pub title: Text,
    /// The class for style: `note`, `tip`, `important`, `warning`, `caution`.
    pub class: &'static str,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A listing.
#[derive(Clone, Debug)]
pub struct CodeBlock {
    /// Its number.
    pub id: NodeId,
    /// Language of the fence: `rust`.
    pub language: Option<String>,
    /// The lines.
    pub lines: Vec<CodeLine>,
    /// What is said above it: the name of its file, words.
    pub caption: Option<Text>,
    /// The number of its first line, when lines are numbered.
    pub numbered: Option<u64>,
    /// The lines that are pointed out, from 0, ascending; each is there.
    pub pointed: Vec<usize>,
    /// Where the listing's first line is written.
    pub span: Span,
}

/// A line of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeLine {
    /// Its characters, without the line's end; tabs are spaces up to the next stop.
    pub text: String,
    /// What they are: roles in the order of the text, without gaps, each with the byte at which it
    /// ends.
    pub spans: Vec<(CodeRole, usize)>,
}

impl CodeLine {
    /// A line in which nothing is told from anything else.
    #[must_use]
    pub fn plain(text: String) -> Self {
        let all = (CodeRole::Plain, text.len());
        let spans = if text.is_empty() { Vec::new() } else { vec![all] };
        Self { text, spans }
    }

    /// Its tokens; put together they are the line.
    pub fn tokens(&self) -> impl Iterator<Item = (CodeRole, &str)> {
        let starts = std::iter::once(0).chain(self.spans.iter().map(|(_, end)| *end));
        let spans = starts.zip(&self.spans);
        spans.map(|(start, (role, end))| (*role, &self.text[start..*end]))
    }
}

/// What a token of a listing is, as far as print distinguishes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRole {
    /// Anything else.
    Plain,
    /// A comment.
    Comment,
    /// A string or character.
    String,
    /// A number or constant.
    Number,
    /// A keyword.
    Keyword,
    /// A type.
    Type,
    /// The name of a function.
    Function,
    /// A macro, attribute, key.
    Attribute,
}
