//! `generator explain <rule>`.

use super::say;
use crate::check::explain;
use clap::Args;
use std::process::ExitCode;

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// Nom de la règle, comme dans le message ; sans nom, la liste des règles.
    #[arg(value_name = "RÈGLE", help_heading = "Arguments")]
    rule: Option<String>,
}

/// Prints the explanation of a rule, or the list of rules.
pub fn run(command: &Explain) -> ExitCode {
    let Some(rule) = &command.rule else {
        say(&explain::rules().join("\n"));
        return ExitCode::SUCCESS;
    };
    if let Some(text) = explain::explanation(rule) {
        say(text.trim_end());
        return ExitCode::SUCCESS;
    }
    let near = explain::near(rule)
        .map(|near| format!(" Vouliez-vous dire « {near} » ?"))
        .unwrap_or_default();
    eprintln!("erreur : la règle « {rule} » n'existe pas.{near}");
    ExitCode::FAILURE
}
