//! `generator rules`.

use super::say;
use crate::check::explain;
use clap::Args;
use std::process::ExitCode;

/// Options of `rules`: none.
#[derive(Debug, Args)]
pub struct Rules {}

/// Prints every rule with its title, in alphabetical order.
pub fn run(_: &Rules) -> ExitCode {
    let names = explain::rules();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    for name in names {
        say(&format!(
            "{name:width$}  {}",
            explain::title(name).unwrap_or_default()
        ));
    }
    say("\nPour comprendre une règle : generator explain lien-mort");
    ExitCode::SUCCESS
}
