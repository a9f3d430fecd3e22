//! The types of the resolved book. Their docs are the specification both backends build on.

use std::sync::Arc;

use crate::geom::Length;
pub use crate::manuscript::Slots;
use crate::photo;
use crate::source::Span;

/// The whole book.
#[derive(Clone, Debug)]
pub struct Book {
    /// What is said about the book.
    pub meta: Meta,
    /// Everything there is to read, in reading order: front matter, body, back matter.
    pub sections: Vec<Section>,
    /// The table of contents, nested; both editions show exactly this.
    pub contents: Vec<ContentsEntry>,
    /// Places that can be linked to, by [`AnchorId`].
    pub anchors: Vec<Anchor>,
    /// Notes, by [`NoteId`], in the order of their calls.
    pub notes: Vec<Note>,
    /// Pictures, by [`PhotoId`], in the order of first use. The cover is the last one if the
    /// text does not show it.
    pub photos: Vec<Photo>,
    /// The cover picture.
    pub cover: Option<PhotoId>,
    /// How many [`NodeId`]s were given out: all are below this.
    pub node_count: u32,
}

/// What is said about the book as a whole.
#[derive(Clone, Debug)]
pub struct Meta {
    /// File name stem of the artefacts: ASCII letters, digits, hyphens.
    pub slug: String,
    /// The book's own version.
    pub version: String,
    /// Main title.
    pub title: String,
    /// Second title.
    pub subtitle: Option<String>,
    /// Authors, editors, translators, … in order.
    pub people: Vec<Person>,
    /// Language of everything that does not say otherwise.
    pub language: Language,
    /// `urn:isbn:…` or `urn:uuid:…`.
    pub identifier: String,
    /// First publication.
    pub date: Option<Date>,
    /// Last change, seconds since 1970-01-01T00:00:00Z, from `SOURCE_DATE_EPOCH` or `date`.
    pub modified: u64,
    /// Publisher.
    pub publisher: Option<String>,
    /// Rights in one sentence.
    pub rights: Option<String>,
    /// SPDX identifier of the text's licence.
    pub licence: Option<String>,
    /// Series name and position.
    pub series: Option<(String, Option<String>)>,
    /// What the book is about, in a few sentences.
    pub description: Option<String>,
    /// Subjects.
    pub subjects: Vec<String>,
}

/// Somebody who made the book, with a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// As it is printed: "Liz Rice".
    pub name: String,
    /// As it is sorted: "Rice, Liz".
    pub sort: String,
    /// What the person did.
    pub role: Role,
}

/// What somebody did for the book, with its MARC relator code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// `aut`
    Author,
    /// `edt`
    Editor,
    /// `trl`
    Translator,
    /// `ill`
    Illustrator,
    /// `pht`
    Photographer,
    /// `spk`
    Speaker,
}

impl Role {
    /// The MARC relator code.
    pub fn marc(self) -> &'static str {
        match self {
            Self::Author => "aut",
            Self::Editor => "edt",
            Self::Translator => "trl",
            Self::Illustrator => "ill",
            Self::Photographer => "pht",
            Self::Speaker => "spk",
        }
    }
}

/// A BCP 47 language tag, checked for its form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Language(pub String);

impl Language {
    /// The primary subtag in lower case: `en` of `en-US`.
    pub fn primary(&self) -> String {
        self.0.split('-').next().unwrap_or("").to_ascii_lowercase()
    }

    /// Whether its usual script runs from right to left.
    pub fn is_right_to_left(&self) -> bool {
        matches!(
            self.primary().as_str(),
            "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "dv" | "ckb"
        )
    }
}

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

impl Date {
    /// `2018-05-04`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Index into [`Book::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionId(pub u32);

/// Index into [`Book::anchors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnchorId(pub u32);

/// Index into [`Book::notes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoteId(pub u32);

/// Index into [`Book::photos`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhotoId(pub u32);

/// Number of a node that can begin a page: a [`Text`], a [`CodeBlock`], a [`Figure`], a
/// [`DisplayedFormula`], a rule.
/// Unique in the book, ascending in reading order within a section (notes come after the text).
/// A part's label stands before its title. [`with_address_notes`](super::with_address_notes)
/// keeps all numbers and gives the notes it adds numbers above them, in no order with the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// A place that can be linked to: the id in the EPUB and the named destination in the PDF.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// An XML name, unique in the whole book, made from content or given by the author.
    pub name: String,
    /// Where it is.
    pub section: SectionId,
    /// The heading, figure, … that carries it.
    pub span: Span,
}

/// Which of the three parts of a book, each with its own way of numbering pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// Roman folios.
    Front,
    /// Arabic folios from 1.
    Body,
    /// Arabic folios, going on.
    Back,
}

/// What becomes one document of the EPUB and starts a page (or runs on) in the PDF.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its own number.
    pub id: SectionId,
    /// Where links to the section as a whole arrive: carried by its title.
    pub anchor: AnchorId,
    /// File name stem in the EPUB, unique.
    pub slug: String,
    /// Front, body or back.
    pub matter: Matter,
    /// A chapter's number, "3", where chapters have numbers; stands before the title.
    pub number: Option<String>,
    /// The title as it is shown; on the title page the book's title.
    pub title: Text,
    /// Short form for running heads, with the number; the same as the title unless given.
    pub running: String,
    /// What it holds.
    pub kind: SectionKind,
    /// Its language, where it differs from the book's.
    pub language: Option<Language>,
    /// Where it comes from (for generated sections: the place in `book.toml`).
    pub span: Span,
}

impl Section {
    /// The title's characters with the number before them: "3 Retries".
    pub fn numbered_title(&self) -> String {
        numbered(self.number.as_deref(), &self.title)
    }
}

/// "1.2 Retries"
fn numbered(number: Option<&str>, text: &Text) -> String {
    match number {
        Some(number) => format!("{number} {}", text.plain()),
        None => text.plain(),
    }
}

/// What a section is.
#[derive(Clone, Debug)]
pub enum SectionKind {
    /// Title, subtitle, people, publisher; composed from [`Meta`] and these lines (people, then
    /// publisher and year).
    TitlePage {
        /// Subtitle.
        subtitle: Option<Text>,
        /// "by …", "edited by …".
        people: Vec<Text>,
        /// Publisher and year.
        foot: Option<Text>,
    },
    /// Edition, licences, identifiers, how to report a typo.
    Imprint(Vec<Block>),
    /// The table of contents: [`Book::contents`].
    Contents,
    /// List of photographs: caption, and the page or link.
    Photographs(Vec<IndexEntry>),
    /// List of tables: caption, and the page or link.
    Tables(Vec<IndexEntry>),
    /// A part's opening; its chapters follow in [`Book::sections`].
    Part {
        /// "Part I"
        label: Text,
    },
    /// A talk, an introduction, closing words.
    Chapter(Box<Chapter>),
    /// Photo credits.
    Credits(Credits),
    /// Indexes: of speakers, of organisations.
    Index(Vec<Index>),
}

/// An ordinary chapter or a talk.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// The part it belongs to.
    pub part: Option<SectionId>,
    /// Second title.
    pub subtitle: Option<Text>,
    /// The talk header, when the chapter is about a talk.
    pub talk: Option<Talk>,
    /// The photograph it opens with, between header and text.
    pub opening: Option<Figure>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The notes called in it, in order.
    pub notes: Vec<NoteId>,
    /// The Markdown file's name, for "edit this page" links.
    pub file: String,
}

/// The header of a talk, ready to be shown.
#[derive(Clone, Debug)]
pub struct Talk {
    /// The people on stage.
    pub speakers: Vec<Speaker>,
    /// "Keynote · Friday, May 4, 2018 · Room B": what is known, joined.
    pub facts: Option<Text>,
    /// The day, for machines.
    pub day: Option<Date>,
    /// "Slides", "Video": linked words.
    pub links: Option<Text>,
}

/// Somebody on stage.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// Sorting name: "Rice, Liz".
    pub sort: String,
    /// The name; linked when a URL is given.
    pub name: Text,
    /// "Technology Evangelist, Aqua Security".
    pub affiliation: Option<Text>,
}

/// A run of text that is set as one paragraph would be: the leaf all blocks end in.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its number.
    pub id: NodeId,
    /// Where it is written.
    pub span: Span,
    /// What it holds.
    pub inlines: Vec<Inline>,
}

/// Pieces of a [`Text`]. Nested marks are nested variants.
#[derive(Clone, Debug)]
pub enum Inline {
    /// Characters, final: typographic quotes, dashes and no-break spaces are in place.
    Text(String, Span),
    /// `*…*`
    Emphasis(Vec<Inline>),
    /// `**…**`
    Strong(Vec<Inline>),
    /// `~~…~~`
    Strikethrough(Vec<Inline>),
    /// `^…^`
    Superscript(Vec<Inline>),
    /// `~…~`
    Subscript(Vec<Inline>),
    /// `<kbd>…</kbd>`
    Keyboard(Vec<Inline>),
    /// `<mark>…</mark>`
    Highlight(Vec<Inline>),
    /// `<abbr title="…">…</abbr>`: what it stands for, never empty, and itself.
    Abbreviation(String, Vec<Inline>),
    /// A phrase in another language.
    Foreign(Language, Vec<Inline>),
    /// `` `…` ``: never hyphenated, never curled.
    Code(String, Span),
    /// A link; `content` is never empty.
    Link {
        /// Where to.
        target: Target,
        /// What is shown.
        content: Vec<Inline>,
        /// The whole link in the manuscript.
        span: Span,
    },
    /// A call of a note: a superior number.
    Note(NoteId, Span),
    /// The page on which an anchor stands: a number in print, a linked number (from the page
    /// map) in the EPUB.
    PageNumber(AnchorId, Span),
    /// A small picture in the line.
    Image(PhotoId, Span),
    /// A formula in the line.
    Math(Box<Formula>),
    /// `\` or two spaces at the end of a line.
    Break,
}

impl Inline {
    /// What it says itself, without its children: characters and code as written, a break as a
    /// space; notes, numbers, pictures and formulas say nothing.
    pub fn characters(&self) -> &str {
        self.parts().0
    }

    /// What a mark, a phrase or a link holds; nothing for the others.
    pub fn children(&self) -> &[Self] {
        self.parts().1
    }

    /// The same, to be changed.
    pub fn children_mut(&mut self) -> &mut [Self] {
        match self {
            Self::Emphasis(c)
            | Self::Strong(c)
            | Self::Strikethrough(c)
            | Self::Superscript(c)
            | Self::Subscript(c)
            | Self::Keyboard(c)
            | Self::Highlight(c)
            | Self::Abbreviation(_, c)
            | Self::Foreign(_, c)
            | Self::Link { content: c, .. } => c,
            Self::Text(..)
            | Self::Code(..)
            | Self::Note(..)
            | Self::PageNumber(..)
            | Self::Image(..)
            | Self::Math(_)
            | Self::Break => &mut [],
        }
    }

    /// Own characters and children: no variant has both.
    fn parts(&self) -> (&str, &[Self]) {
        match self {
            Self::Text(s, _) | Self::Code(s, _) => (s, &[]),
            Self::Break => (" ", &[]),
            Self::Note(..) | Self::PageNumber(..) | Self::Image(..) | Self::Math(_) => ("", &[]),
            Self::Emphasis(c)
            | Self::Strong(c)
            | Self::Strikethrough(c)
            | Self::Superscript(c)
            | Self::Subscript(c)
            | Self::Keyboard(c)
            | Self::Highlight(c)
            | Self::Abbreviation(_, c)
            | Self::Foreign(_, c)
            | Self::Link { content: c, .. } => ("", c),
        }
    }

    /// Bytes of text that count for a [`Place`]'s offset: those of [`Self::characters`], here and
    /// below.
    pub fn text_len(&self) -> usize {
        self.characters().len() + self.children().iter().map(Self::text_len).sum::<usize>()
    }

    /// Appends the characters, without notes and numbers; a break becomes a space, a formula its
    /// line.
    pub fn push_plain(&self, out: &mut String) {
        if let Self::Math(formula) = self {
            out.push_str(&formula.text);
        }
        out.push_str(self.characters());
        self.children().iter().for_each(|i| i.push_plain(out));
    }
}

impl Text {
    /// The language of what is one phrase of another language than its surroundings.
    pub fn language(&self) -> Option<&Language> {
        match self.inlines.as_slice() {
            [Inline::Foreign(language, _)] => Some(language),
            _ => None,
        }
    }

    /// The characters without notes and numbers; a break is a space.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        self.inlines.iter().for_each(|i| i.push_plain(&mut out));
        out
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Inside the book.
    Anchor(AnchorId),
    /// Outside: an absolute address (`https:`, `http:`, `mailto:`).
    Url(String),
}

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
    /// The lines, without line ends; tabs are four spaces. Each line is a list of tokens whose
    /// texts put together are the line.
    pub lines: Vec<Vec<(CodeRole, String)>>,
    /// What is said above it: the name of its file, words.
    pub caption: Option<Text>,
    /// The number of its first line, when lines are numbered.
    pub numbered: Option<u64>,
    /// The lines that are pointed out, from 0, ascending; each is there.
    pub pointed: Vec<usize>,
    /// Where the listing's first line is written.
    pub span: Span,
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

/// A table. Head and body are grids: every slot of a row belongs to exactly one cell, and every
/// row has a cell of its own.
#[derive(Clone, Debug)]
pub struct Table {
    /// Where links arrive, if it is numbered.
    pub anchor: Option<AnchorId>,
    /// "Table 1" with its words.
    pub caption: Option<Text>,
    /// How many columns it has.
    pub columns: usize,
    /// Head rows.
    pub head: Vec<TableRow>,
    /// Body rows.
    pub body: Vec<TableRow>,
    /// Where it is written.
    pub span: Span,
}

/// Alignment of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// As the language begins.
    Start,
    /// Centred.
    Center,
    /// As the language ends.
    End,
}

/// A row of cells.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// The cells that begin in it, from column to column.
    pub cells: Vec<TableCell>,
}

/// A cell.
#[derive(Clone, Debug)]
pub struct TableCell {
    /// Whether it names others; an empty one does not.
    pub role: CellRole,
    /// Where it stands.
    pub slots: Slots,
    /// How it is aligned.
    pub align: Alignment,
    /// What it says; may be empty.
    pub text: Text,
}

/// What a cell of a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellRole {
    /// It says something.
    Data,
    /// It names what stands below it.
    ColumnHead,
    /// It names what stands beside it.
    RowHead,
}

/// One or more pictures with caption and credit.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its number.
    pub id: NodeId,
    /// Where links arrive.
    pub anchor: AnchorId,
    /// The pictures; more than one stand side by side.
    pub photos: Vec<PhotoId>,
    /// Where it stands.
    pub placement: Placement,
    /// What is said below it.
    pub caption: Option<Text>,
    /// "Drawing: The Endpaper authors · CC0 1.0", with links.
    pub credit: Option<Text>,
    /// Where it is written.
    pub span: Span,
}

/// Where a figure stands, as its author wishes; an edition that cannot have it so comes near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Within the text, as wide as the measure at most, or as this share of it in percent.
    Inset(Option<u8>),
    /// As wide as the measure, however high it becomes.
    FullWidth,
    /// On a page of its own: whole, or running off its edges.
    FullPage {
        /// Whether it runs off the page.
        bleeds: bool,
    },
    /// Across two facing pages, running off their edges.
    Spread,
    /// Beside text, as this share of the measure in percent.
    Beside(u8),
}

/// How far a picture goes on beyond the edge at which the sheet is cut: what printers ask for.
pub const BLEED: Length = Length::mm(3);

impl Placement {
    /// Whether print shows less than the whole picture, in a bound book.
    pub fn crops(self) -> bool {
        match self {
            Self::FullPage { bleeds } => bleeds,
            Self::Spread => true,
            Self::Inset(_) | Self::FullWidth | Self::Beside(_) => false,
        }
    }
}

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// As it is written.
    pub tex: String,
    /// In one line of plain characters, never empty: `x = (−b ± √(b² − 4ac))/(2a)`.
    pub text: String,
    /// The content of its `math` element: one `semantics`, well-formed, without prefixes, with
    /// the TeX as annotation. Columns are aligned by `columnalign`, and by CSS besides.
    pub mathml: String,
    /// Where it is written, dollar signs included.
    pub span: Span,
}

/// A formula on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayedFormula {
    /// Its number as a node.
    pub id: NodeId,
    /// The formula.
    pub formula: Formula,
    /// Where links arrive, if it has a name.
    pub anchor: Option<AnchorId>,
    /// Its number within the book, as it is shown: `(3.1)`.
    pub number: Option<String>,
}

/// A picture of the book, with everything that must be said about it. There is one for each
/// file, however often it is shown: two never have the same name.
#[derive(Clone, Debug)]
pub struct Photo {
    /// File name below the photo folder: `harbour.jpg`.
    pub name: String,
    /// The picture itself.
    pub image: Arc<photo::Image>,
    /// What is seen; empty only when `decorative`.
    pub alt: String,
    /// Nothing is lost by not seeing it.
    pub decorative: bool,
    /// The picture's own title.
    pub title: Option<String>,
    /// Who made it.
    pub creator: String,
    /// The line the creator wants to be credited with.
    pub credit: String,
    /// Copyright notice.
    pub copyright: Option<String>,
    /// Licence: SPDX identifier or words.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: Option<String>,
    /// Where the picture comes from.
    pub source: Option<String>,
    /// The record in the register; where it is shown if it has none.
    pub span: Span,
    /// All that is known of it, from the register and from its file.
    pub record: Option<Arc<photo::Record>>,
    /// Whether it is the cover and nothing else: then the PDFs do not show it.
    pub is_only_cover: bool,
    /// The figure in which print cuts off its edges.
    pub cropped: Option<Span>,
}

impl Photo {
    /// What its files say about it.
    pub fn rights(&self) -> photo::Rights {
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        photo::Rights {
            title: said(&self.title),
            alt: self.alt.clone(),
            creator: self.creator.clone(),
            credit: self.credit.clone(),
            copyright: said(&self.copyright),
            licence: self.licence.clone(),
            licence_url: said(&self.licence_url),
            source: said(&self.source),
        }
    }
}

/// A note.
#[derive(Clone, Debug)]
pub struct Note {
    /// Footnote of the author, or the address of a link in an edition that prints addresses.
    pub kind: NoteKind,
    /// Its number within the chapter: "1".
    pub label: String,
    /// Where the call leads: the note itself.
    pub anchor: AnchorId,
    /// Where the note leads back to: its first call.
    pub call: AnchorId,
    /// The section that calls it.
    pub section: SectionId,
    /// What it says; never empty, the first block is a paragraph.
    pub blocks: Vec<Block>,
    /// Where it is defined.
    pub span: Span,
}

/// What a note is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// Written by the author.
    Author,
    /// A link's address, made for print.
    Address,
}

/// A line of the table of contents.
#[derive(Clone, Debug)]
pub struct ContentsEntry {
    /// The section's number, if it has one.
    pub number: Option<String>,
    /// The section's title, without note calls.
    pub text: Text,
    /// For a talk: the speakers' names, joined.
    pub speakers: Option<String>,
    /// Where it leads.
    pub target: AnchorId,
    /// Chapters of a part.
    pub children: Vec<ContentsEntry>,
}

impl ContentsEntry {
    /// The characters with the number before them: "3 Retries".
    pub fn numbered_text(&self) -> String {
        numbered(self.number.as_deref(), &self.text)
    }
}

impl Credit {
    /// Where the picture is shown.
    pub fn places(&self) -> Vec<AnchorId> {
        self.figures.iter().map(|(anchor, _)| *anchor).collect()
    }
}

/// The page of credits.
#[derive(Clone, Debug)]
pub struct Credits {
    /// One for each picture, in reading order; the cover comes first.
    pub entries: Vec<Credit>,
    /// "CC BY 4.0: https://…": where the licences can be read, each once, in the order in which
    /// the entries name them.
    pub licences: Vec<Text>,
}

/// One picture on the credits page.
#[derive(Clone, Debug)]
pub struct Credit {
    /// The picture.
    pub photo: PhotoId,
    /// "Nyhavn in the morning. Drawing: … CC0 1.0. After …": with links.
    pub text: Text,
    /// Where the picture is shown: figures, in order, each with "Figure 3" where it has a number;
    /// empty for the cover.
    pub figures: Vec<(AnchorId, Option<String>)>,
}

/// An index with its heading.
#[derive(Clone, Debug)]
pub struct Index {
    /// "Speakers", "Organisations".
    pub title: Text,
    /// Where links to it arrive.
    pub anchor: AnchorId,
    /// Sorted by the book's language.
    pub entries: Vec<IndexEntry>,
}

/// A line that ends in page numbers in print and in links in the EPUB.
#[derive(Clone, Debug)]
pub struct IndexEntry {
    /// What it says: "Rice, Liz".
    pub text: Text,
    /// Where to: each with the words an EPUB shows for it (a talk's title).
    pub targets: Vec<(AnchorId, String)>,
}

/// Where something stands in the text: a node, and how many bytes of its text (see
/// [`Inline::text_len`]; for listings the lines joined with line feeds) come before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The node.
    pub node: NodeId,
    /// Bytes before the place.
    pub offset: u32,
}

/// Where one page of the print edition begins in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// The label that the page shows or would show: `iv`, `12`.
    pub label: String,
    /// The section the page begins in.
    pub section: SectionId,
    /// Where it begins; `None` for a blank page or one without text of the book (it is then
    /// marked where the next page of its section begins, or else the next section).
    pub place: Option<Place>,
}

/// The pagination of the print edition, as plain data for the EPUB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageMap {
    /// Every page, in order.
    pub pages: Vec<PageStart>,
    /// Label of the page on which each anchor stands, by [`AnchorId`].
    pub anchors: Vec<String>,
}
