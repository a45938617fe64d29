//! The static site generator: five stages, of which only the first and the last touch the disk.

pub mod assets;
pub mod body;
pub mod diagnostic;
pub mod nearest;
pub mod output;
pub mod parse;
pub mod render;
pub mod site;
pub mod slot;
pub mod source;
pub mod theme;
pub mod typography;

use diagnostic::Diagnostics;
use jiff::civil::Date;
use output::Output;

/// What a build is given beside the sources.
#[derive(Debug, Clone, Copy)]
pub struct BuildOptions {
    /// The day of the build. Nothing below the command line reads a clock.
    pub today: Date,
    /// How much work goes into compressing.
    pub effort: Effort,
}

/// How hard text files are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// No compressed copies: the preview serves from memory.
    None,
    /// Smallest files: what is published.
    Best,
}

/// What a build gives back: the files, and the faults of the authors.
#[derive(Debug, Clone, Default)]
pub struct Build {
    /// The files of the site. Complete only when no diagnostic is an error.
    pub output: Output,
    /// What is wrong in the sources.
    pub diagnostics: Diagnostics,
}
