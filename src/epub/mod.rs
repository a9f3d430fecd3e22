//! epub: to be written.
