//! `generator droit`: the legal register, as Markdown.

use super::{Common, say};
use crate::diagnostic::Diagnostics;
use crate::parse::law;
use crate::{legal_register, load};
use clap::Args;
use std::process::ExitCode;

/// Options of `droit`.
#[derive(Debug, Args)]
pub struct Droit {
    #[command(flatten)]
    common: Common,
}

/// Prints the register, or the faults of the registry that hide a part of it.
pub fn run(command: &Droit) -> ExitCode {
    let sources = match load::load(&command.common.root) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("erreur : {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut faults = Diagnostics::default();
    let law = law::parse(&sources, &mut faults);
    if faults.has_errors() {
        command.common.tell(&faults.sorted(), &sources);
        return ExitCode::FAILURE;
    }
    say(legal_register::markdown(&law, &sources).trim_end());
    ExitCode::SUCCESS
}
