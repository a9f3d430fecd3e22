//! The one integration binary: what the stages do together, seen from outside.

mod cases;
mod diff;
