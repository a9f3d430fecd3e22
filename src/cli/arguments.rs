//! What can be asked for on the command line. The help is written for somebody who has never
//! made a book with Endpaper: it shows whole commands.

mod desk;
mod folders;
mod release;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use desk::{Serve, Watch};
pub use folders::{Import, Init};
pub use release::{Release, Schema, SchemaOf, Stats, Verify};

/// Where finished files go unless something else is said.
pub(super) const DIST: &str = "dist";

const EXAMPLES: &str = "\
Examples:
  endpaper build                       the book in `book/`, every edition, into `dist/`
  endpaper build notes --out /tmp/out  another book, another folder
  endpaper check notes                 only say what is wrong with the manuscript
  endpaper init my-book                begin a book of your own
  endpaper import post.md --into notes make a book from a weblog post

A book is a folder with a `book.toml`, Markdown chapters, and pictures that each have a record
in the photo register.

Exit codes:
  0  everything was written (or: the check found no error)
  1  the manuscript has errors and nothing was written (or: verified files differ)
  2  a file could not be read or written, or the command line is wrong
  3  a bug in Endpaper: please report it";

const BUILD_EXAMPLES: &str = "\
Examples:
  endpaper build
      Makes the EPUB and every PDF edition of the book in `book/`, and `SHA256SUMS`, in `dist/`.
  endpaper build notes/book.toml --out out
      The book can be given as its folder or as its `book.toml`.
  endpaper build --edition epub
      Only the EPUB. `--edition book --edition handout`: only these two PDFs.
  endpaper build --parity
      Also makes sure that EPUB and PDFs have the same words, numbers and links.
  endpaper build --format json > diagnostics.jsonl
      One complaint a line, for scripts and editors.
  endpaper build --release --version-of-book v1.2.0 --commit \"$(git rev-parse HEAD)\"
      For a release: version and commit stand in the imprint, and `manifest.json` says what every
      file is, its digest, what it conforms to, and who made the pictures.
  SOURCE_DATE_EPOCH=1525392000 endpaper build
      States the time of the last change. Without it the date in `book.toml` counts, never the
      clock: the same manuscript always gives the same bytes.

All files are written together or not at all: when the manuscript has an error, or the disk is
full, the files of the last build stay as they were.";

const CHECK_EXAMPLES: &str = "\
Examples:
  endpaper check
      Reads and typesets the book in `book/` and says what is wrong; writes nothing.
  endpaper check --report
      Also counts hyphenated and loose lines, widows, wrapped code, moved figures.
  endpaper check notes --format json
      One JSON object a line: code, severity, message, path, line, column, end_line, end_column,
      help, page, related.
  endpaper check --format sarif > endpaper.sarif
      For annotations beside the lines of a pull request.";

const CREDITS_EXAMPLES: &str = "\
Examples:
  endpaper credits
      The pictures of the book in `book/`, who made them, under which licence, what is missing.
  endpaper credits --missing
      Only what stops a build, or is warned of, with its place in the register.
  endpaper credits --write
      Adds a record for each picture that has none, filled with what its file says (XMP, IPTC,
      EXIF, a `.license` beside it); what is there stays as it is.
  endpaper credits notes --format csv > credits.csv
      Every field, for a spreadsheet; `--format json` for scripts.";

const MDBOOK_EXAMPLES: &str = "\
Examples:
  [output.endpaper]
  command = \"endpaper mdbook\"
      In mdBook's `book.toml`: `mdbook build` then leaves the EPUB and the PDF in
      `book/endpaper/`, after all its preprocessors. Without another `[output.…]` directly in
      `book/`; with `[output.html]` the site is made as well.
  endpaper build .
      Makes the same book without mdBook, and without its other preprocessors.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  endpaper completions bash > ~/.local/share/bash-completion/completions/endpaper
  endpaper completions fish > ~/.config/fish/completions/endpaper.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  endpaper man > endpaper.1
  endpaper man build > endpaper-build.1";

/// Makes an accessible EPUB and a print-quality PDF from Markdown chapters and credited
/// photographs.
#[derive(Debug, Parser)]
#[command(name = "endpaper", version, after_long_help = EXAMPLES, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the EPUB, the PDFs and SHA256SUMS.
    Build(Build),
    /// Say what is wrong with the manuscript, and write nothing.
    Check(Check),
    /// Show the photo register: who made each picture, and what is missing.
    Credits(Credits),
    /// Build, and build again whenever something changes.
    Watch(Watch),
    /// Show pages and EPUB in a browser, and everything anew whenever something changes.
    Serve(Serve),
    /// Make the files of a release again and compare them with those in a folder.
    Verify(Verify),
    /// Count words, pictures, notes and pages of every chapter, and tell how long they take to read.
    Stats(Stats),
    /// Write a small book to begin with.
    Init(Init),
    /// Make the folder of a book from posts of a weblog or saved pages.
    Import(Import),
    /// Print a JSON Schema, for editors that complete keys with it.
    Schema(Schema),
    /// Make the files of a book that mdBook gives on the standard input.
    Mdbook(MdBook),
    /// Print a script that completes commands in a shell.
    Completions(Completions),
    /// Print a manual page, for `man` to show.
    Man(Manual),
}

/// `endpaper build`
#[derive(Args, Debug)]
#[command(after_long_help = BUILD_EXAMPLES)]
pub struct Build {
    /// What both commands take.
    #[command(flatten)]
    pub common: Common,

    /// Folder for the files; made when it is not there.
    #[arg(long, value_name = "DIR", default_value = DIST)]
    pub out: PathBuf,

    /// Make only this edition: its name in `book.toml`, or `epub`. Can be given several times.
    #[arg(long = "edition", value_name = "NAME")]
    pub editions: Vec<String>,

    /// Read all editions again and say whether they have the same words, numbers and links; write
    /// nothing if they do not.
    #[arg(long)]
    pub parity: bool,

    /// Also write the lock of anchors that `[contents] anchors` names: from now on the headings
    /// keep their anchors although their words change.
    #[arg(long)]
    pub update_anchors: bool,

    /// What a release adds.
    #[command(flatten)]
    pub release: Release,
}

/// `endpaper check`
#[derive(Args, Debug)]
#[command(after_long_help = CHECK_EXAMPLES)]
pub struct Check {
    /// What both commands take.
    #[command(flatten)]
    pub common: Common,
}

/// `endpaper credits`
#[derive(Args, Debug)]
#[command(after_long_help = CREDITS_EXAMPLES)]
pub struct Credits {
    /// The book: a folder with a `book.toml`, or the path of one.
    #[arg(value_name = "BOOK", default_value = "book")]
    pub book: PathBuf,

    /// How the register is shown.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = TableFormat::Table)]
    pub format: TableFormat,

    /// Say what the gate stops or warns of instead; the exit code is 1 if it stops anything.
    #[arg(long)]
    pub missing: bool,

    /// Add a record to the register for each picture that has none.
    #[arg(long, conflicts_with_all = ["missing", "format"])]
    pub write: bool,
}

/// How the register is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// In columns.
    Table,
    /// Comma-separated values with a head (RFC 4180).
    Csv,
    /// A list of objects.
    Json,
}

/// `endpaper mdbook`
#[derive(Args, Debug)]
#[command(after_long_help = MDBOOK_EXAMPLES)]
pub struct MdBook {
    /// Make only this edition: its name in `book.toml`, or `epub`. Can be given several times.
    #[arg(long = "edition", value_name = "NAME")]
    pub editions: Vec<String>,

    /// Take every gap for an error: dead links, pictures without credits or alt text.
    #[arg(long)]
    pub strict: bool,
}

/// `endpaper completions`
#[derive(Args, Debug)]
#[command(after_long_help = COMPLETIONS_EXAMPLES)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// `endpaper man`
#[derive(Args, Debug)]
#[command(after_long_help = MAN_EXAMPLES)]
pub struct Manual {
    /// The page of this command; without it, the program's.
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// What both commands take.
#[derive(Args, Debug)]
pub struct Common {
    /// The book: a folder with a `book.toml`, or the path of one.
    #[arg(value_name = "BOOK", default_value = "book")]
    pub book: PathBuf,

    /// How complaints are told.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Human)]
    pub format: Format,

    /// Say nothing but complaints.
    #[arg(long, short)]
    pub quiet: bool,

    /// Take every gap for an error, whatever the book says: pictures without credits or alt text,
    /// and in an mdBook also dead links and files that are not there.
    #[arg(long)]
    pub strict: bool,

    /// Also tell how lines and pages came out (hyphens, loose lines, widows, …), what the EPUB
    /// weighs, and what was private in the files of the pictures.
    #[arg(long)]
    pub report: bool,

    /// How many threads to use [default: one for each processor].
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
}

impl Common {
    /// A book, and nothing but what is usual.
    pub fn quiet(book: PathBuf) -> Self {
        let format = Format::Human;
        Self { book, format, quiet: true, strict: false, report: false, threads: None }
    }
}

/// How complaints are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the line they are about, on the standard error.
    Human,
    /// One JSON object a line, on the standard output.
    Json,
    /// One SARIF document, on the standard output, for annotations in CI.
    Sarif,
}

/// More threads than any build can use only cost memory.
const MAX_THREADS: usize = 1024;

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if (1..=MAX_THREADS).contains(&n) => Ok(n),
        _ => Err(format!("a number from 1 to {MAX_THREADS} is needed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_help_teaches_with_examples() {
        let mut command = Arguments::command();
        command.build();
        let help = command.render_long_help().to_string();
        assert!(help.contains("endpaper build notes"), "{help}");
        for name in [
            "build",
            "check",
            "credits",
            "watch",
            "serve",
            "verify",
            "stats",
            "schema",
            "init",
            "import",
            "mdbook",
            "completions",
            "man",
        ] {
            let sub = command.find_subcommand_mut(name).expect("the subcommand is declared above");
            let help = sub.render_long_help().to_string();
            assert!(help.contains("Examples:"), "{name}: {help}");
        }
    }
}
