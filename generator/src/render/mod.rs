//! Values to pages: one kind of page per file, typed contexts, bytes out.

pub mod context;
