//! What `watch` and `serve` can be asked for.

use clap::Args;

use super::{Build, Common};

const WATCH_EXAMPLES: &str = "\
Examples:
  endpaper watch
      Builds the book in `book/` into `dist/`, and again whenever a file of it changes.
  endpaper watch notes --edition handout --out /tmp/out";

const SERVE_EXAMPLES: &str = "\
Examples:
  endpaper serve
      Shows the pages and the EPUB of the book in `book/` side by side at http://127.0.0.1:4280/,
      with all complaints. A saved chapter shows at once; a click on a page shows the line of the
      manuscript. Nothing is written but pictures in their smaller forms, in `.dist.cache`.
  endpaper serve notes --edition handout --port 8000";

/// `endpaper watch`
#[derive(Args, Debug)]
#[command(after_long_help = WATCH_EXAMPLES)]
pub struct Watch {
    /// As for `build`.
    #[command(flatten)]
    pub build: Build,
}

/// `endpaper serve`
#[derive(Args, Debug)]
#[command(after_long_help = SERVE_EXAMPLES)]
pub struct Serve {
    /// What all commands take.
    #[command(flatten)]
    pub common: Common,

    /// The edition whose pages are shown [default: the first one in `book.toml`].
    #[arg(long, value_name = "NAME")]
    pub edition: Option<String>,

    /// The port on this machine; 0 takes any that is free.
    #[arg(long, value_name = "PORT", default_value_t = 4280)]
    pub port: u16,
}
