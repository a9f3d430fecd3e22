//! What can be asked for on the command line. The help is written for somebody who has never
//! made a book with Endpaper: it shows whole commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  endpaper build                       the book in `book/`, every edition, into `dist/`
  endpaper build notes --out /tmp/out  another book, another folder
  endpaper check notes                 only say what is wrong with the manuscript

A book is a folder with a `book.toml`, Markdown chapters, and pictures that each have a record
in the photo register.

Exit codes:
  0  everything was written (or: the check found no error)
  1  the manuscript has errors; nothing was written
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
  endpaper build --format json > diagnostics.jsonl
      One complaint a line, for scripts and editors.
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
      help, page, related.";

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
}

/// `endpaper build`
#[derive(Args, Debug)]
#[command(after_long_help = BUILD_EXAMPLES)]
pub struct Build {
    /// What both commands take.
    #[command(flatten)]
    pub common: Common,

    /// Folder for the files; made when it is not there.
    #[arg(long, value_name = "DIR", default_value = "dist")]
    pub out: PathBuf,

    /// Make only this edition: its name in `book.toml`, or `epub`. Can be given several times.
    #[arg(long = "edition", value_name = "NAME")]
    pub editions: Vec<String>,
}

/// `endpaper check`
#[derive(Args, Debug)]
#[command(after_long_help = CHECK_EXAMPLES)]
pub struct Check {
    /// What both commands take.
    #[command(flatten)]
    pub common: Common,
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

    /// Also tell how lines and pages came out: hyphens, loose lines, widows, …
    #[arg(long)]
    pub report: bool,

    /// How many threads to use [default: one for each processor].
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<usize>,
}

/// How complaints are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the line they are about, on the standard error.
    Human,
    /// One JSON object a line, on the standard output.
    Json,
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
        for name in ["build", "check"] {
            let sub = command.find_subcommand_mut(name).expect("the subcommand is declared above");
            let help = sub.render_long_help().to_string();
            assert!(help.contains("Examples:"), "{name}: {help}");
        }
    }
}
