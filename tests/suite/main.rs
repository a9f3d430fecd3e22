//! The one integration binary: what the stages do together, seen from outside.

mod cases;
mod cli;
mod diff;
mod direction;
mod editions;
mod program;
mod readme;
mod release;
