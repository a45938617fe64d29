//! `generator serve`.

use super::Common;
use crate::preview;
use clap::Args;
use std::process::ExitCode;

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    common: Common,
    /// Port de l'aperçu ; 8090, ou un port libre s'il est pris.
    #[arg(long, value_name = "PORT", help_heading = "Options")]
    port: Option<u16>,
}

/// Shows the site until Ctrl-C.
pub fn run(command: &Serve) -> ExitCode {
    let common = command.common.clone();
    let options = preview::Options {
        root: common.root.clone(),
        port: command.port,
        today: Box::new(move || common.today()),
    };
    match preview::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("erreur : {reason}");
            ExitCode::FAILURE
        }
    }
}
