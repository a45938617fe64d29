//! The static site generator: five stages, of which only the first and the last touch the disk.
// Tests set folders up; the walls of `clippy.toml` are for the code.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod assets;
pub mod body;
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod load;
pub mod nearest;
pub mod output;
pub mod parse;
pub mod preview;
pub mod render;
pub mod report;
pub mod site;
pub mod slot;
pub mod source;
pub mod theme;
pub mod typography;
pub mod write;

use diagnostic::Diagnostics;
use jiff::civil::Date;
use output::Output;
use source::Sources;

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

/// Builds the whole site from its sources: the same sources and options give the same bytes.
#[must_use]
pub fn build(sources: &Sources, options: &BuildOptions) -> Build {
    let (site, theme, mut diagnostics) = parse::parse(sources, options.today);
    diagnostics.extend(check::content(&site));
    let (assets, files, faults) = assets::publish(&theme, sources);
    diagnostics.extend(faults);
    let (mut output, faults) = render::render(&site, &theme, &assets);
    diagnostics.extend(faults);
    for (path, bytes) in files.files() {
        render::put_file(&mut output, path, bytes.clone(), &mut diagnostics);
    }
    // Pages that hang together are checked; after an error some are missing and others point at them.
    if !diagnostics.has_errors() {
        diagnostics.extend(check::html::check(&output));
    }
    Build {
        output: assets::compress::add_copies(output, options.effort),
        diagnostics,
    }
}
