//! `generator accessibilite`: the state of the 106 criteria of accessibility, as Markdown.

use super::{Common, say};
use crate::diagnostic::Diagnostics;
use crate::load;
use crate::parse::audit;
use crate::render::accessibility;
use clap::Args;
use std::process::ExitCode;

/// Options of `accessibilite`.
#[derive(Debug, Args)]
pub struct Accessibilite {
    #[command(flatten)]
    common: Common,
}

/// Prints the page, or the faults of the sheet.
pub fn run(command: &Accessibilite) -> ExitCode {
    let common = &command.common;
    let sources = match load::load(&common.root) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("erreur : {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut faults = Diagnostics::default();
    let audit = audit::parse(&sources, &mut faults);
    if faults.has_errors() {
        common.tell(&faults.sorted(), &sources);
        return ExitCode::FAILURE;
    }
    let Some(audit) = audit else {
        eprintln!("erreur : « {} » n'existe pas.", audit::SHEET);
        return ExitCode::FAILURE;
    };
    // The day of the last result, not that of the clock: the page changes when something was checked.
    let day = common
        .date
        .or_else(|| audit.last_day())
        .unwrap_or_else(|| common.today());
    say(accessibility::document(&audit, day).trim_end());
    ExitCode::SUCCESS
}
