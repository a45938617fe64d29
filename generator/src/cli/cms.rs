//! `generator cms`: the settings of the content manager, from the schema.

use super::{Common, say};
use crate::cms::{self, Program};
use crate::{load, write};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `cms`.
#[derive(Debug, Args)]
pub struct Cms {
    #[command(flatten)]
    common: Common,
    /// Fichier à écrire ; « admin/config.yml » dans le dossier du site si absent.
    #[arg(long, value_name = "FICHIER", help_heading = "Options")]
    out: Option<PathBuf>,
    /// Dépôt GitHub, sous la forme propriétaire/nom.
    #[arg(long, value_name = "DÉPÔT", help_heading = "Options")]
    depot: Option<String>,
    /// Programme qui lira les réglages : sveltia ou decap.
    #[arg(
        long,
        value_name = "PROGRAMME",
        value_enum,
        default_value = "sveltia",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "Options"
    )]
    pour: Reader,
}

/// Names as people type them.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Reader {
    Sveltia,
    Decap,
}

/// Writes the settings.
pub fn run(command: &Cms) -> ExitCode {
    let sources = match load::load(&command.common.root) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("erreur : {error}");
            return ExitCode::FAILURE;
        }
    };
    let repository = command.depot.as_deref().unwrap_or(cms::repository());
    let program = match command.pour {
        Reader::Sveltia => Program::Sveltia,
        Reader::Decap => Program::Decap,
    };
    let text = cms::settings(&sources, repository, program);
    let out = command
        .out
        .clone()
        .unwrap_or_else(|| command.common.root.join("admin/config.yml"));
    if let Err(error) = write::replace(&out, text.as_bytes()) {
        eprintln!("erreur : {error}");
        return ExitCode::FAILURE;
    }
    say(&format!("écrit : {}", out.display()));
    ExitCode::SUCCESS
}
