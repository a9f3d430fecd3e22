//! Endpaper turns ordered Markdown chapters and credited photographs into an EPUB and a PDF.
//!
//! ```text
//! disk -- project::load --> Project      bytes and texts in memory; the only reader of the disk
//!             |
//!         manuscript::read > Manuscript  one tree per file, a span on every node
//!             |
//!         book::resolve ---> Book        every name resolved, every number given
//!             |-- layout::paginate -> Pages -- pdf::write --> bytes
//!             `-- epub::package (Book, PageMap) -> Package --> bytes
//! ```
//!
//! Direction of use, lower may not use higher: [`geom`] [`color`] [`source`] [`xmp`] `html` `deflate`
//! < [`diag`] < [`project`] < [`manuscript`] [`photo`] [`font`] < [`book`] < [`epub`] [`layout`]
//! < [`pdf`] [`parity`] [`import`] [`mod@preview`] [`schema`] [`release`] < [`extent`] < `cli`.
//! [`import`] stands beside this flow: it makes the folder of a book from posts of a weblog.
//! [`build`] is the line that joins the stages; it knows neither disk nor terminal.

pub mod book;
mod build;
pub mod cli;
pub mod color;
mod deflate;
pub mod diag;
pub mod epub;
pub mod extent;
pub mod font;
pub mod geom;
mod html;
pub mod import;
pub mod layout;
pub mod manuscript;
pub mod parity;
pub mod pdf;
pub mod photo;
pub mod preview;
pub mod project;
pub mod release;
pub mod schema;
pub mod source;
pub mod xmp;

pub use build::{
    Artefact, Built, Choice, Options, Preview, Step, add_manifest, build, build_and_compare,
    preview,
};
