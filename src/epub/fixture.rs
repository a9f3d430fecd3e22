//! A book made by hand, with every kind of section, block and inline in it, and its pages.

mod pages;
mod stock;

pub(super) use pages::pages;

use crate::book::{
    Alert, Alignment, Anchor, AnchorId, Block, Book, CellRole, Chapter, CodeBlock, CodeLine,
    CodeRole, ContentsEntry, Credit, Credits, Date, Definition, Figure, Heading, Index, IndexEntry,
    Inline, Language, List, ListItem, ListKind, Matter, NodeId, Note, NoteId, NoteKind, PhotoId,
    Placement, Section, SectionId, SectionKind, Slots, Speaker, Table, TableCell, TableRow, Talk,
    Target, Text,
};
use crate::source::{FileId, Span};

/// Where everything is written: nowhere.
pub(super) const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

/// The paragraph that pages break in.
pub(super) const LONG: &str = "The harbour was still asleep when the first buses left for the hall, and whoever had slept badly could read the programme once more: a keynote, then three rooms at the same time, then coffee, then three rooms again.";

/// Gives out numbers while a book is made.
#[derive(Default)]
pub(super) struct Maker {
    nodes: u32,
    anchors: Vec<Anchor>,
    sections: Vec<Section>,
}

/// The whole book.
pub(super) fn book() -> Book {
    let mut maker = Maker::default();
    let notes = vec![
        maker.note(0, "1", 5, vec![paragraph_of("See the ", "programme", " for the rooms.")]),
        maker.note(1, "2", 5, Vec::new()),
    ];
    maker.front();
    let figures = maker.body();
    maker.back(&figures);
    let contents = maker.contents();
    let mut notes = notes;
    for note in &mut notes {
        note.blocks = maker.renumber(std::mem::take(&mut note.blocks));
    }
    let words = maker.paragraph("A second note, of two paragraphs.");
    let more = maker.paragraph("This is the second one; it names an address, example.org.");
    notes[1].blocks = vec![words, more];
    Book {
        meta: stock::meta(),
        sections: maker.sections,
        contents,
        anchors: maker.anchors,
        notes,
        photos: stock::photos(),
        cover: Some(PhotoId(2)),
        node_count: maker.nodes,
    }
}

impl Maker {
    fn node(&mut self) -> NodeId {
        self.nodes += 1;
        NodeId(self.nodes - 1)
    }

    pub(super) fn anchor(&mut self, name: &str, section: u32) -> AnchorId {
        let section = SectionId(section);
        self.anchors.push(Anchor { name: name.to_owned(), section, span: SPAN });
        AnchorId(u32::try_from(self.anchors.len() - 1).expect("few anchors"))
    }

    pub(super) fn text(&mut self, words: &str) -> Text {
        self.inlines(vec![plain(words)])
    }

    fn inlines(&mut self, inlines: Vec<Inline>) -> Text {
        Text { id: self.node(), span: SPAN, inlines }
    }

    pub(super) fn paragraph(&mut self, words: &str) -> Block {
        Block::Paragraph(self.text(words))
    }

    pub(super) fn section(&mut self, slug: &str, matter: Matter, title: &str) -> Section {
        let number = u32::try_from(self.sections.len()).expect("few sections");
        Section {
            id: SectionId(number),
            anchor: self.anchor(slug, number),
            slug: slug.to_owned(),
            matter,
            number: None,
            title: self.text(title),
            running: title.to_owned(),
            kind: SectionKind::Contents,
            language: None,
            span: SPAN,
        }
    }

    fn front(&mut self) {
        let mut page = self.section("title-page", Matter::Front, "Day Three & What Came of It");
        page.kind = SectionKind::TitlePage {
            subtitle: Some(self.text("Notes from the talks")),
            people: vec![self.text("edited by Ann Ørsted")],
            foot: Some(self.text("Endpaper Books, 2018")),
        };
        self.sections.push(page);
        let mut imprint = self.section("imprint", Matter::Front, "Imprint");
        imprint.kind = SectionKind::Imprint(vec![
            self.paragraph("Version 1.0, May 2018."),
            Block::Paragraph(self.inlines(vec![
                plain("Text: "),
                link("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
                plain(". Found a typo? Tell us."),
            ])),
        ]);
        self.sections.push(imprint);
        let contents = self.section("contents", Matter::Front, "Contents");
        self.sections.push(contents);
        let photographs = self.section("photographs", Matter::Front, "Illustrations");
        self.sections.push(photographs);
    }

    fn body(&mut self) -> Vec<AnchorId> {
        let mut part = self.section("keynotes", Matter::Body, "Keynotes");
        part.kind = SectionKind::Part { label: self.text("Part One") };
        self.sections.push(part);
        let (talk, figures) = self.talk_section();
        self.sections.push(talk);
        let mut plain_chapter = self.section("closing", Matter::Body, "Closing words");
        let see = self.inlines(vec![
            plain("The keynote stands on page "),
            Inline::PageNumber(self.sections[5].anchor, SPAN),
            plain(", and the "),
            Inline::Link {
                target: Target::Anchor(figures[1]),
                content: vec![plain("picture of the hall")],
                span: SPAN,
            },
            plain(" in it. In Danish: "),
            Inline::Foreign(Language("da".to_owned()), vec![plain("tak for denne gang")]),
            plain("."),
        ]);
        let empty = chapter(Some(SectionId(4)), vec![Block::Paragraph(see)]);
        plain_chapter.kind = SectionKind::Chapter(Box::new(empty));
        self.sections.push(plain_chapter);
        figures
    }

    fn back(&mut self, figures: &[AnchorId]) {
        let entries = [("The harbour", 0), ("The hall, twice", 1)];
        let entries = entries.map(|(words, at)| IndexEntry {
            text: self.text(words),
            targets: vec![(figures[at], "The first keynote".to_owned())],
        });
        self.sections[3].kind = SectionKind::Photographs(entries.into());
        let mut credits = self.section("photo-credits", Matter::Back, "Picture credits");
        let credit = |text, photo, figures| Credit { photo: PhotoId(photo), text, figures };
        credits.kind = SectionKind::Credits(Credits {
            licences: Vec::new(),
            entries: vec![
                credit(
                    self.text("Harbour. Drawing: A. Ørsted. CC0 1.0."),
                    0,
                    vec![(figures[0], None)],
                ),
                credit(
                    self.text("Hall. Drawing: A. Ørsted. CC0 1.0."),
                    1,
                    vec![(figures[1], None)],
                ),
                credit(self.text("Cover. Drawing: A. Ørsted. CC0 1.0."), 2, Vec::new()),
            ],
        });
        self.sections.push(credits);
        let mut index = self.section("speakers", Matter::Back, "Indexes");
        let anchor = self.anchor("index-of-speakers", 8);
        let talk = self.sections[5].anchor;
        let entries = ["Haferkamp, Jo", "Rice, Liz"].map(|name| IndexEntry {
            text: self.text(name),
            targets: vec![(talk, "The first keynote".to_owned())],
        });
        index.kind = SectionKind::Index(vec![Index {
            title: self.text("Speakers"),
            anchor,
            entries: entries.into(),
        }]);
        self.sections.push(index);
    }

    fn contents(&mut self) -> Vec<ContentsEntry> {
        let mut entry = |at: usize, speakers: Option<&str>| ContentsEntry {
            number: None,
            text: Text {
                id: self.node(),
                span: SPAN,
                inlines: self.sections[at].title.inlines.clone(),
            },
            speakers: speakers.map(str::to_owned),
            target: self.sections[at].anchor,
            children: Vec::new(),
        };
        let photographs = entry(3, None);
        let mut part = entry(4, None);
        part.children = vec![entry(5, Some("Liz Rice, Jo Haferkamp")), entry(6, None)];
        vec![photographs, part, entry(7, None), entry(8, None)]
    }

    fn note(&mut self, at: u32, label: &str, section: u32, blocks: Vec<Block>) -> Note {
        let anchor = self.anchor(&format!("note-{at}"), section);
        let call = self.anchor(&format!("call-{at}"), section);
        let section = SectionId(section);
        Note {
            kind: NoteKind::Author,
            label: label.to_owned(),
            anchor,
            call,
            section,
            blocks,
            span: SPAN,
        }
    }

    /// Gives blocks that were made before their section's their numbers after it.
    fn renumber(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        blocks
            .into_iter()
            .map(|block| match block {
                Block::Paragraph(text) => Block::Paragraph(self.inlines(text.inlines)),
                other => other,
            })
            .collect()
    }

    fn talk_section(&mut self) -> (Section, Vec<AnchorId>) {
        let mut section = self.section("first-keynote", Matter::Body, "The first keynote");
        let subtitle = self.text("Why the third day is the best");
        let talk = self.talk();
        let (opening, harbour) = self.figure("fig-harbour", vec![PhotoId(0)], "The harbour.");
        let mut blocks = self.running_text();
        blocks.extend(self.lists());
        blocks.extend(self.set_apart());
        let (pair, hall) =
            self.figure("fig-hall", vec![PhotoId(1), PhotoId(0)], "The hall, before and after.");
        blocks.push(Block::Figure(pair));
        blocks.push(self.paragraph("A last paragraph after the figure."));
        section.kind = SectionKind::Chapter(Box::new(Chapter {
            subtitle: Some(subtitle),
            talk: Some(talk),
            opening: Some(opening),
            notes: vec![NoteId(0), NoteId(1)],
            ..chapter(Some(SectionId(4)), blocks)
        }));
        (section, vec![harbour, hall])
    }

    fn talk(&mut self) -> Talk {
        let linked = vec![link("https://example.org/liz", "Liz Rice")];
        Talk {
            speakers: vec![
                Speaker {
                    sort: "Rice, Liz".to_owned(),
                    name: self.inlines(linked),
                    affiliation: Some(self.text("Technology Evangelist, Aqua Security")),
                },
                Speaker {
                    sort: "Haferkamp, Jo".to_owned(),
                    name: self.text("Jo Haferkamp"),
                    affiliation: None,
                },
            ],
            facts: Some(self.text("Keynote · Friday, May 4, 2018 · Hall A")),
            day: Some(Date { year: 2018, month: 5, day: 4 }),
            links: Some(self.inlines(vec![
                link("https://example.org/slides", "Slides"),
                plain(" · "),
                link("https://example.org/video", "Video"),
            ])),
        }
    }

    fn running_text(&mut self) -> Vec<Block> {
        let marks = self.inlines(vec![
            plain("All marks: "),
            Inline::Emphasis(vec![plain("emphasis")]),
            plain(", "),
            Inline::Strong(vec![plain("strong "), Inline::Emphasis(vec![plain("both")])]),
            plain(", "),
            Inline::Strikethrough(vec![plain("gone")]),
            plain(", E = mc"),
            Inline::Superscript(vec![plain("2")]),
            plain(", H"),
            Inline::Subscript(vec![plain("2")]),
            plain("O, press "),
            Inline::Keyboard(vec![plain("Ctrl")]),
            plain(", "),
            Inline::Highlight(vec![plain("marked")]),
            plain(", "),
            Inline::Code("kubectl get <pods> && true".to_owned(), SPAN),
            plain(", a line"),
            Inline::Break,
            plain("broken, a picture "),
            Inline::Image(PhotoId(3), SPAN),
            plain(" in it, and a "),
            Inline::Link {
                target: Target::Url("https://example.org/?a=1&b=2".to_owned()),
                content: vec![plain("link with a call"), Inline::Note(NoteId(1), SPAN)],
                span: SPAN,
            },
            plain(", again"),
            Inline::Note(NoteId(1), SPAN),
            plain("."),
        ]);
        let noted = self.inlines(vec![
            plain("The room was full"),
            Inline::Note(NoteId(0), SPAN),
            plain(" before anybody spoke, “as always”\u{0}\u{b}."),
        ]);
        let anchor = self.anchor("what-was-said", 5);
        let heading = self.text("What was said");
        let anchor_below = self.anchor("and-what-was-not", 5);
        let below = self.text("And what was not");
        vec![
            Block::Paragraph(noted),
            self.paragraph(LONG),
            Block::Heading(Heading {
                level: 2,
                anchor,
                number: None,
                text: heading,
                is_listed: true,
                opens_questions: true,
            }),
            Block::Paragraph(marks),
            Block::Heading(Heading {
                level: 3,
                anchor: anchor_below,
                number: None,
                text: below,
                is_listed: true,
                opens_questions: false,
            }),
            self.paragraph("Nothing about money."),
        ]
    }

    fn lists(&mut self) -> Vec<Block> {
        let inner = self.list(ListKind::Ordered(3), true, &[("third", None), ("fourth", None)]);
        let mut outer = self.list(ListKind::Bullet, true, &[("one", None), ("two", None)]);
        outer.items[0].blocks.push(Block::List(inner));
        let loose = self.list(ListKind::Ordered(1), false, &[("loose one", None), ("two", None)]);
        let tasks =
            self.list(ListKind::Bullet, true, &[("write", Some(true)), ("print", Some(false))]);
        let definitions = vec![
            Definition {
                terms: vec![self.text("pod"), self.text("group")],
                bodies: vec![vec![self.paragraph("Containers that share a network.")]],
            },
            Definition {
                terms: vec![self.text("mesh")],
                bodies: vec![
                    vec![self.paragraph("Proxies."), self.paragraph("And their control.")],
                    vec![self.paragraph("Also: a net.")],
                ],
            },
        ];
        vec![
            Block::List(outer),
            Block::List(loose),
            Block::List(tasks),
            Block::Definitions(definitions),
        ]
    }

    fn list(&mut self, kind: ListKind, tight: bool, items: &[(&str, Option<bool>)]) -> List {
        let items = items
            .iter()
            .map(|(words, task)| ListItem { task: *task, blocks: vec![self.paragraph(words)] })
            .collect();
        List { kind, tight, items, span: SPAN }
    }

    fn set_apart(&mut self) -> Vec<Block> {
        let quote =
            Block::Quote(vec![self.paragraph("Ship it."), self.paragraph("Then watch it.")]);
        let alert = Alert {
            title: self.text("Warning"),
            class: "warning",
            blocks: vec![self.paragraph("Do not try this in production.")],
        };
        let line = |role: CodeRole, key: &str, rest: &str| {
            let text = format!("{key}{rest}");
            let spans = vec![(role, key.len()), (CodeRole::Plain, text.len())];
            CodeLine { text, spans }
        };
        let comment = "# a comment with <angles>".to_owned();
        let code = CodeBlock {
            id: self.node(),
            language: Some("yaml".to_owned()),
            lines: vec![
                line(CodeRole::Attribute, "apiVersion", ": v1"),
                line(CodeRole::Keyword, "kind", ": Service"),
                CodeLine { spans: vec![(CodeRole::Comment, comment.len())], text: comment },
                CodeLine::plain(String::new()),
                line(CodeRole::Keyword, "metadata", ": {}"),
            ],
            caption: None,
            numbered: None,
            pointed: Vec::new(),
            span: SPAN,
        };
        let rule = Block::Rule(self.node(), SPAN);
        vec![quote, Block::Alert(alert), Block::Code(code), self.table(), rule]
    }

    fn table(&mut self) -> Block {
        let anchor = self.anchor("table-1", 5);
        let caption = self.text("Table 1. Who runs what.");
        let mut row = |header: bool, words: [&str; 3]| TableRow {
            cells: (0..)
                .zip(words)
                .map(|(at, words)| TableCell {
                    role: match (words, header, at) {
                        ("", ..) => CellRole::Data,
                        (_, true, _) => CellRole::ColumnHead,
                        (_, false, 0) => CellRole::RowHead,
                        (_, false, _) => CellRole::Data,
                    },
                    slots: Slots::one(at),
                    align: [Alignment::Start, Alignment::End, Alignment::Center][at],
                    text: if words.is_empty() {
                        self.inlines(Vec::new())
                    } else {
                        self.text(words)
                    },
                })
                .collect(),
        };
        Block::Table(Table {
            anchor: Some(anchor),
            head: vec![row(true, ["", "Nodes", "Since"])],
            body: vec![
                row(false, ["CERN", "3,200", "2016"]),
                row(false, ["Booking", "150", "2017"]),
            ],
            caption: Some(caption),
            columns: 3,
            span: SPAN,
        })
    }

    fn figure(&mut self, name: &str, photos: Vec<PhotoId>, caption: &str) -> (Figure, AnchorId) {
        let anchor = self.anchor(name, 5);
        let id = self.node();
        let caption = Some(self.text(caption));
        let credit = Some(self.inlines(vec![
            plain("Drawing: A. Ørsted · "),
            link("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ]));
        let placement = Placement::Inset(None);
        (Figure { id, anchor, photos, placement, caption, credit, span: SPAN }, anchor)
    }
}

pub(super) fn plain(words: &str) -> Inline {
    Inline::Text(words.to_owned(), SPAN)
}

fn link(url: &str, words: &str) -> Inline {
    Inline::Link { target: Target::Url(url.to_owned()), content: vec![plain(words)], span: SPAN }
}

/// A paragraph that still has to be numbered.
fn paragraph_of(before: &str, emphasised: &str, after: &str) -> Block {
    let inlines = vec![plain(before), Inline::Emphasis(vec![plain(emphasised)]), plain(after)];
    Block::Paragraph(Text { id: NodeId(u32::MAX), span: SPAN, inlines })
}

fn chapter(part: Option<SectionId>, blocks: Vec<Block>) -> Chapter {
    Chapter {
        part,
        subtitle: None,
        talk: None,
        summary: Vec::new(),
        opening: None,
        blocks,
        notes: Vec::new(),
        file: "chapter.md".to_owned(),
    }
}
