//! What `init` and `import` can be asked for: both make the folder of a book.

use std::path::PathBuf;

use clap::Args;

use super::Format;

const INIT_EXAMPLES: &str = "\
Examples:
  endpaper init my-book
      Writes a small book with comments that explain it. Then:
  endpaper build my-book --out my-book/dist";

const IMPORT_EXAMPLES: &str = "\
Examples:
  endpaper import _posts/2018-05-06-kubecon.md --into kubecon
      One chapter for each talk, split at headings such as
      `### Title - Speaker, Role, Organisation & Speaker, Organisation`; headings above them
      become parts, pictures are copied and get a stub in the photo register.
  endpaper import day-1.md day-2.md day-3.md --into kubecon --title \"KubeCon 2018\"
      Several posts: each is a part.
  endpaper import saved-page.html --into notes --level 2 --site https://blog.example.org
      A page saved from the browser, split at its second level of headings.";

/// `endpaper init`
#[derive(Args, Debug)]
#[command(after_long_help = INIT_EXAMPLES)]
pub struct Init {
    /// The folder of the new book; it must not hold anything yet.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Title of the book.
    #[arg(long, value_name = "TITLE", default_value = "A Small Book")]
    pub title: String,

    /// Say nothing but complaints.
    #[arg(long, short)]
    pub quiet: bool,
}

/// `endpaper import`
#[derive(Args, Debug)]
#[command(after_long_help = IMPORT_EXAMPLES)]
pub struct Import {
    /// Posts in Markdown (of Jekyll, Hugo, pandoc, or plain), or saved HTML pages.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// The folder of the new book; it must not hold anything yet.
    #[arg(long, value_name = "DIR")]
    pub into: PathBuf,

    /// Title of the book [default: the title of the first post].
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    /// Language of the book, a BCP 47 tag [default: what the post says, or `en`].
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,

    /// Level of the headings that begin chapters [default: the one with the most talks].
    #[arg(long, value_name = "1-6", value_parser = clap::value_parser!(u8).range(1..=6))]
    pub level: Option<u8>,

    /// Address of the site the posts are from: links to its other pages then stay links.
    #[arg(long, value_name = "URL")]
    pub site: Option<String>,

    /// How complaints are told.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Human)]
    pub format: Format,

    /// Say nothing but complaints.
    #[arg(long, short)]
    pub quiet: bool,
}
