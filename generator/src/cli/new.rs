//! `generator new <kind> <title>`: complete starting files for an author.

use super::{Common, say};
use crate::scaffold::{self, Kind};
use crate::write;
use clap::{Args, ValueEnum};
use std::process::ExitCode;

/// Options of `new`.
#[derive(Debug, Args)]
pub struct New {
    #[command(flatten)]
    common: Common,
    /// Ce que vous commencez : guide, diagnostic, courrier ou terme.
    #[arg(
        value_name = "SORTE",
        value_enum,
        hide_possible_values = true,
        help_heading = "Arguments"
    )]
    kind: Name,
    /// Titre entre guillemets : « Le bail mobilité ».
    #[arg(value_name = "TITRE", help_heading = "Arguments")]
    title: String,
}

/// Names as authors type them.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    Guide,
    Diagnostic,
    Courrier,
    Terme,
}

/// Writes the files; one that is already there is never replaced.
pub fn run(command: &New) -> ExitCode {
    let kind = match command.kind {
        Name::Guide => Kind::Guide,
        Name::Diagnostic => Kind::Tree,
        Name::Courrier => Kind::Letter,
        Name::Terme => Kind::Term,
    };
    let title = command.title.trim();
    if !title.chars().any(char::is_alphanumeric) || title.chars().any(char::is_control) {
        eprintln!("erreur : le titre doit tenir sur une ligne et contenir des lettres.");
        return ExitCode::from(2);
    }
    let today = command.common.today();
    let files = scaffold::files(kind, title, today);
    if let Err(error) = write::create(&command.common.root, &files) {
        eprintln!("erreur : {error}");
        return ExitCode::FAILURE;
    }
    for (path, _) in &files {
        say(&format!("écrit : {path}"));
    }
    say(&format!(
        "Remplacez chaque « À écrire ». Relecture prévue avant le {}. Pour voir la page : make serve",
        scaffold::review_day(today)
    ));
    ExitCode::SUCCESS
}
