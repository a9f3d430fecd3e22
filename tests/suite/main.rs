//! The one integration binary: what the stages do together, seen from outside.

#![allow(clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_methods, reason = "tests read files and the environment")]

mod cases;
mod cli;
mod codes;
mod diff;
mod direction;
mod editions;
mod licences;
mod parity;
mod pipeline;
mod program;
mod readme;
mod release;
