//! What a release can be asked for: flags of `build`, and the commands `verify` and `stats`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Common;

const VERIFY_EXAMPLES: &str = "\
Examples:
  endpaper verify dist
      Makes the book in `book/` again, with the version, commit and time that `dist/manifest.json`
      names, and says of every file whether it is the same, byte for byte.
  endpaper verify downloaded notes
      The same for the book in `notes/`.";

const STATS_EXAMPLES: &str = "\
Examples:
  endpaper stats
      A table: words, pictures, notes, pages and minutes of every chapter.
  endpaper stats notes --format json
      One JSON object a line: a chapter each, and the whole book last.";

/// What `--release` adds to a build.
#[derive(Args, Debug, Default)]
pub struct Release {
    /// Make a release: also write `manifest.json`, which says what every file is.
    #[arg(long)]
    pub release: bool,

    /// The version of the book, in place of that in `book.toml`; of a tag `v1.2.0` the `v` is
    /// left out.
    #[arg(long, value_name = "VERSION", requires = "release")]
    pub version_of_book: Option<String>,

    /// The commit that the book is made from; it stands in the imprint and in the manifest.
    #[arg(long, value_name = "COMMIT", requires = "release")]
    pub commit: Option<String>,
}

/// `endpaper verify`
#[derive(Args, Debug)]
#[command(after_long_help = VERIFY_EXAMPLES)]
pub struct Verify {
    /// The folder of the release, with its `manifest.json`.
    #[arg(value_name = "DIST")]
    pub dist: PathBuf,

    /// What all commands take.
    #[command(flatten)]
    pub common: Common,
}

/// `endpaper stats`
#[derive(Args, Debug)]
#[command(after_long_help = STATS_EXAMPLES)]
pub struct Stats {
    /// What all commands take.
    #[command(flatten)]
    pub common: Common,
}

const SCHEMA_EXAMPLES: &str = "\
Examples:
  endpaper schema book > book.schema.json
      Then `#:schema ./book.schema.json` as the first line of `book.toml` lets editors with Taplo
      (VS Code: Even Better TOML) complete its keys.
  endpaper schema chapter
      Front matter, for editors that know schemas of YAML.
  endpaper schema credits > images/credits.schema.json";

/// `endpaper schema`
#[derive(Args, Debug)]
#[command(after_long_help = SCHEMA_EXAMPLES)]
pub struct Schema {
    /// Of which file.
    #[arg(value_enum, value_name = "OF")]
    pub of: SchemaOf,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `book.toml`
    Book,
    /// Front matter of a chapter.
    Chapter,
    /// The photo register.
    Credits,
}
