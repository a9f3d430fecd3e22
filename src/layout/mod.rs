//! The book on paper: lines, pages, furniture.
pub mod pages;
