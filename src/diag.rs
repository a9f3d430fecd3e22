//! What is wrong with a manuscript, said so that its author can mend it.
//!
//! Three kinds of failure are never mixed: a wrong manuscript becomes a [`Diagnostic`] and the
//! stage goes on with the best it can; a failing machine (disk, memory) is an `io::Error` in
//! `project` and in the program's `main`; our own mistakes are `expect("why this holds")`.
//!
//! Messages are lower case, without a full stop, the thing in backticks; `help` says what to do.
//! Nothing is printed here: `cli` renders.

use std::collections::BTreeSet;

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The book is written; the author should look.
    Warning,
    /// Nothing is written.
    Error,
}

impl Severity {
    /// The word that is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Every kind of complaint there is. The kebab-case name is stable: scripts may rely on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// `book.toml` or the register is not TOML, or a value has the wrong type.
    InvalidConfig,
    /// A key that does not exist in `book.toml`.
    UnknownKey,
    /// A value outside of its range or list.
    InvalidValue,
    /// A required key is absent.
    MissingKey,
    /// A file that `book.toml` lists is not there.
    MissingChapter,
    /// A file or a part of one that a chapter includes is not there.
    MissingInclude,
    /// A file is not valid UTF-8.
    InvalidUtf8,
    /// A path leads out of the folders that `book.toml` declares.
    PathOutside,
    /// A file is larger than the bound for its kind.
    FileTooLarge,
    /// Front matter is not valid TOML or YAML, or a value has the wrong type.
    InvalidFrontMatter,
    /// A front matter key that does not exist.
    UnknownFrontMatterKey,
    /// A chapter has no title.
    MissingTitle,
    /// Markup that has no meaning in a book; its text is kept.
    UnsupportedMarkup,
    /// Markup is nested deeper than the bound.
    NestingTooDeep,
    /// An image file does not exist.
    MissingImage,
    /// An image cannot be decoded.
    InvalidImage,
    /// An image has more pixels than the bound.
    ImageTooLarge,
    /// A picture is shown without a part of it: what moves, what is no shape, or a drawing as pixels.
    SimplifiedPicture,
    /// An image has no record in the photo register.
    MissingCredit,
    /// A record lacks a field that the policy demands.
    IncompleteCredit,
    /// An image has no alt text, or one that says nothing.
    MissingAlt,
    /// A record of the register names a file that the book does not show.
    UnusedCredit,
    /// A link's target file or anchor does not exist in the book.
    BrokenLink,
    /// The program has no words of its own for a language.
    UntranslatedWords,
    /// Two headings or figures carry the same anchor.
    DuplicateAnchor,
    /// A heading that the lock of anchors knows is gone.
    StaleAnchor,
    /// A note is called but not defined.
    MissingNote,
    /// A note is defined but never called.
    UnusedNote,
    /// A note is defined twice.
    DuplicateNote,
    /// A table without a head row: readers of a screen cannot tell what its cells mean.
    TableWithoutHead,
    /// A heading skips a level.
    SkippedHeading,
    /// The TeX of a formula cannot be read.
    InvalidFormula,
    /// No face has a glyph for a character.
    MissingGlyph,
    /// A font file cannot be read.
    InvalidFont,
    /// A line is wider than its measure.
    OverfullLine,
    /// One line of a paragraph stands alone on a page.
    LonelyLine,
    /// An image is set at fewer than 200 pixels per inch.
    LowResolution,
    /// A block is taller than a page.
    OversizedBlock,
    /// A table is too wide for its page.
    WideTable,
    /// A text is longer than a PDF/A file may hold in one piece.
    TooLong,
    /// Page references did not settle.
    UnsettledPageReferences,
    /// An identifier is not a valid ISBN or UUID.
    InvalidIdentifier,
    /// An alt text says the same as the caption, which is read out as well.
    RepeatedAlt,
    /// The author's stylesheet cannot be part of an EPUB.
    InvalidStyle,
    /// The author's stylesheet takes a choice away from the reader.
    FixedStyle,
    /// The book claims to be accessible, and something in it is not.
    UnfoundedClaim,
    /// The EPUB has more bytes than the author allows.
    OverBudget,
    /// The register and the picture's own file do not say the same.
    ConflictingCredit,
    /// A record of the register names a file that does not exist.
    StrayCredit,
    /// An alt text begins by saying that it describes a picture.
    PoorAlt,
    /// The permission to show a picture ended before the book's date.
    ExpiredPermission,
    /// The permission to show a picture does not hold for an edition.
    ForbiddenEdition,
    /// The licence of a picture forbids what is done with it.
    ForbiddenUse,
    /// Somebody who is shown has not consented to be shown there.
    MissingConsent,
}

impl Code {
    /// Every code, for the test that demands a case for each.
    pub const ALL: &[Self] = &[
        Self::InvalidConfig,
        Self::UnknownKey,
        Self::InvalidValue,
        Self::MissingKey,
        Self::MissingChapter,
        Self::MissingInclude,
        Self::InvalidUtf8,
        Self::PathOutside,
        Self::FileTooLarge,
        Self::InvalidFrontMatter,
        Self::UnknownFrontMatterKey,
        Self::MissingTitle,
        Self::UnsupportedMarkup,
        Self::NestingTooDeep,
        Self::MissingImage,
        Self::InvalidImage,
        Self::ImageTooLarge,
        Self::SimplifiedPicture,
        Self::MissingCredit,
        Self::IncompleteCredit,
        Self::MissingAlt,
        Self::UnusedCredit,
        Self::BrokenLink,
        Self::UntranslatedWords,
        Self::DuplicateAnchor,
        Self::StaleAnchor,
        Self::MissingNote,
        Self::UnusedNote,
        Self::DuplicateNote,
        Self::TableWithoutHead,
        Self::SkippedHeading,
        Self::InvalidFormula,
        Self::MissingGlyph,
        Self::InvalidFont,
        Self::OverfullLine,
        Self::LonelyLine,
        Self::LowResolution,
        Self::OversizedBlock,
        Self::WideTable,
        Self::TooLong,
        Self::UnsettledPageReferences,
        Self::InvalidIdentifier,
        Self::RepeatedAlt,
        Self::InvalidStyle,
        Self::FixedStyle,
        Self::UnfoundedClaim,
        Self::OverBudget,
        Self::ConflictingCredit,
        Self::StrayCredit,
        Self::PoorAlt,
        Self::ExpiredPermission,
        Self::ForbiddenEdition,
        Self::ForbiddenUse,
        Self::MissingConsent,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidConfig => "invalid-config",
            Self::UnknownKey => "unknown-key",
            Self::InvalidValue => "invalid-value",
            Self::MissingKey => "missing-key",
            Self::MissingChapter => "missing-chapter",
            Self::MissingInclude => "missing-include",
            Self::InvalidUtf8 => "invalid-utf8",
            Self::PathOutside => "path-outside",
            Self::FileTooLarge => "file-too-large",
            Self::InvalidFrontMatter => "invalid-front-matter",
            Self::UnknownFrontMatterKey => "unknown-front-matter-key",
            Self::MissingTitle => "missing-title",
            Self::UnsupportedMarkup => "unsupported-markup",
            Self::NestingTooDeep => "nesting-too-deep",
            Self::MissingImage => "missing-image",
            Self::InvalidImage => "invalid-image",
            Self::ImageTooLarge => "image-too-large",
            Self::SimplifiedPicture => "simplified-picture",
            Self::MissingCredit => "missing-credit",
            Self::IncompleteCredit => "incomplete-credit",
            Self::MissingAlt => "missing-alt",
            Self::UnusedCredit => "unused-credit",
            Self::BrokenLink => "broken-link",
            Self::UntranslatedWords => "untranslated-words",
            Self::DuplicateAnchor => "duplicate-anchor",
            Self::StaleAnchor => "stale-anchor",
            Self::MissingNote => "missing-note",
            Self::UnusedNote => "unused-note",
            Self::DuplicateNote => "duplicate-note",
            Self::TableWithoutHead => "table-without-head",
            Self::SkippedHeading => "skipped-heading",
            Self::InvalidFormula => "invalid-formula",
            Self::MissingGlyph => "missing-glyph",
            Self::InvalidFont => "invalid-font",
            Self::OverfullLine => "overfull-line",
            Self::LonelyLine => "lonely-line",
            Self::LowResolution => "low-resolution",
            Self::OversizedBlock => "oversized-block",
            Self::WideTable => "wide-table",
            Self::TooLong => "too-long",
            Self::UnsettledPageReferences => "unsettled-page-references",
            Self::InvalidIdentifier => "invalid-identifier",
            Self::RepeatedAlt => "repeated-alt",
            Self::InvalidStyle => "invalid-style",
            Self::FixedStyle => "fixed-style",
            Self::UnfoundedClaim => "unfounded-claim",
            Self::OverBudget => "over-budget",
            Self::ConflictingCredit => "conflicting-credit",
            Self::StrayCredit => "stray-credit",
            Self::PoorAlt => "poor-alt",
            Self::ExpiredPermission => "expired-permission",
            Self::ForbiddenEdition => "forbidden-edition",
            Self::ForbiddenUse => "forbidden-use",
            Self::MissingConsent => "missing-consent",
        }
    }

    /// How bad this kind is unless a policy says otherwise.
    pub fn severity(self) -> Severity {
        match self {
            Self::UnsupportedMarkup
            | Self::SimplifiedPicture
            | Self::UntranslatedWords
            | Self::UnusedCredit
            | Self::StaleAnchor
            | Self::TableWithoutHead
            | Self::SkippedHeading
            | Self::MissingGlyph
            | Self::OverfullLine
            | Self::LonelyLine
            | Self::LowResolution
            | Self::OversizedBlock
            | Self::WideTable
            | Self::UnsettledPageReferences
            | Self::RepeatedAlt
            | Self::FixedStyle
            | Self::ConflictingCredit => Severity::Warning,
            Self::InvalidConfig
            | Self::UnknownKey
            | Self::InvalidValue
            | Self::MissingKey
            | Self::MissingChapter
            | Self::MissingInclude
            | Self::InvalidUtf8
            | Self::PathOutside
            | Self::FileTooLarge
            | Self::InvalidFrontMatter
            | Self::UnknownFrontMatterKey
            | Self::MissingTitle
            | Self::NestingTooDeep
            | Self::MissingImage
            | Self::InvalidImage
            | Self::ImageTooLarge
            | Self::MissingCredit
            | Self::IncompleteCredit
            | Self::MissingAlt
            | Self::BrokenLink
            | Self::DuplicateAnchor
            | Self::MissingNote
            | Self::UnusedNote
            | Self::DuplicateNote
            | Self::InvalidFormula
            | Self::InvalidFont
            | Self::TooLong
            | Self::InvalidIdentifier
            | Self::InvalidStyle
            | Self::UnfoundedClaim
            | Self::OverBudget
            | Self::StrayCredit
            | Self::PoorAlt
            | Self::ExpiredPermission
            | Self::ForbiddenEdition
            | Self::ForbiddenUse
            | Self::MissingConsent => Severity::Error,
        }
    }
}

impl Code {
    /// Whether the stage that finds it goes on with something that makes a good book: the words
    /// of a dead link, a picture nobody is credited for. A manuscript that was written for another
    /// program is full of such gaps, and may be built with them.
    pub fn is_gap(self) -> bool {
        matches!(
            self,
            Self::MissingChapter
                | Self::MissingInclude
                | Self::PathOutside
                | Self::InvalidFrontMatter
                | Self::UnknownFrontMatterKey
                | Self::MissingTitle
                | Self::NestingTooDeep
                | Self::MissingImage
                | Self::InvalidImage
                | Self::ImageTooLarge
                | Self::MissingCredit
                | Self::IncompleteCredit
                | Self::MissingAlt
                | Self::BrokenLink
                | Self::DuplicateAnchor
                | Self::MissingNote
                | Self::UnusedNote
                | Self::DuplicateNote
                | Self::InvalidFormula
        )
    }
}

/// One complaint, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One line: what is wrong.
    pub message: String,
    /// Where; `None` only when no text is to blame (an absent `book.toml`).
    pub span: Option<Span>,
    /// Other places that explain it, each with its label.
    pub related: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// The page label, for complaints of the layout.
    pub page: Option<String>,
}

impl Diagnostic {
    /// A complaint with the severity of its code.
    pub fn new(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            span: span.into(),
            related: Vec::new(),
            help: None,
            page: None,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Names the page.
    #[must_use]
    pub fn page(mut self, label: impl Into<String>) -> Self {
        self.page = Some(label.into());
        self
    }

    /// Overrides the severity, where a policy says so.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// The complaints of a run, in the order they were found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// What was said, by code, place and words: nothing is said twice.
    said: BTreeSet<(Code, Option<Span>, String)>,
}

impl Diagnostics {
    /// Adds a complaint, unless the very same one is there (editions share their manuscript).
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.said.insert((diagnostic.code, diagnostic.span, diagnostic.message.clone())) {
            self.list.push(diagnostic);
        }
    }

    /// All complaints in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Whether anything forbids writing the book.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many complaints there are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity == severity).count()
    }

    /// Keeps only those of which it is true.
    pub fn retain(&mut self, is_kept: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(is_kept);
    }

    /// Sorts by file and place, as a reader goes through the files; complaints without a place
    /// come first.
    pub fn sort(&mut self) {
        self.list.sort_by_key(|d| d.span.map(|s| (s.file, s.start, s.end)));
    }

    /// Changes every complaint: the layout adds page labels when it knows them.
    #[must_use]
    pub fn map(self, change: impl Fn(Diagnostic) -> Diagnostic) -> Self {
        let mut changed = Self::default();
        self.list.into_iter().map(change).for_each(|d| changed.push(d));
        changed
    }

    /// Makes warnings of the gaps ([`Code::is_gap`]).
    #[must_use]
    pub fn forgiving(self) -> Self {
        self.map(|complaint| match complaint.code.is_gap() {
            true => complaint.severity(Severity::Warning),
            false => complaint,
        })
    }

    /// Takes over another list.
    pub fn append(&mut self, other: Self) {
        for diagnostic in other.list {
            self.push(diagnostic);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_name_of_its_own_and_is_listed_once() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|c| c.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(
            names.iter().all(|n| n
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        );
    }
}
