//! The one integration binary: what the stages do together, seen from outside.

#![allow(clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_methods, reason = "tests read files and the environment")]

mod books;
mod cases;
mod cli;
mod codes;
mod commonmark;
mod credits;
mod desk;
mod diff;
mod direction;
mod disk;
mod editions;
mod exiftool;
#[path = "../../src/photo/fixture.rs"]
mod fixture;
mod gate;
mod import;
mod killed;
mod licences;
mod links;
mod mdbook;
mod parity;
mod pipeline;
mod private;
mod program;
mod reader;
mod readme;
mod release;
mod schema;
mod seen;
