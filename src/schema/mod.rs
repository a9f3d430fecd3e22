//! JSON Schemas of what an author writes: `book.toml`, front matter, the photo register. Editors
//! complete keys with them and show what is wrong while it is typed.
//!
//! The tables here say for people what the readers in `project`, `manuscript` and `photo` do. They
//! cannot drift apart: a test (`tests/suite/schema.rs`) asks the readers for every key, every type
//! and every word, and compares.

mod book;
mod chapter;
mod credits;
mod form;

pub use book::book;
pub use chapter::chapter;
pub use credits::credits;
