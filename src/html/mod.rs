//! HTML as a browser reads it: its tokens with their places, its tree, the names of its elements.
//!
//! The parser is html5ever. `manuscript` reads the HTML within Markdown, which has no tree of its
//! own, from tokens; `import` reads whole pages from trees. Nothing here knows what a book is.

pub(crate) mod elements;
pub(crate) mod tokens;
pub(crate) mod tree;
