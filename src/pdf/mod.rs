//! pdf: to be written.
