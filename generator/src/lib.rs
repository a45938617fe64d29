//! The static site generator: five stages, of which only the first and the last touch the disk.

pub mod diagnostic;
pub mod nearest;
pub mod output;
pub mod parse;
pub mod source;
