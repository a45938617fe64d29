//! `generator check`.

use super::{Common, Format, say};
use crate::{BuildOptions, build, load};
use clap::Args;
use std::process::ExitCode;

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    common: Common,
}

/// Builds the site in memory and tells its faults.
pub fn run(command: &Check) -> ExitCode {
    let common = &command.common;
    let sources = match load::load(&common.root) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("erreur : {error}");
            return ExitCode::FAILURE;
        }
    };
    let options = BuildOptions {
        today: common.today(),
        unpublished: false,
    };
    let built = build(&sources, &options);
    let refused = built.diagnostics.has_errors();
    let faults = built.diagnostics.sorted();
    common.tell(&faults, &sources);
    if faults.is_empty() && common.format == Format::Text {
        say("Aucune faute.");
    }
    if refused {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
