//! `generator schema`: the JSON Schema of each kind of file, for editors that know YAML.

use super::say;
use crate::nearest::nearest;
use crate::schema::{KINDS, json};
use crate::write;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// Sorte de fichier (guide, terme, issue…) ; sans elle, la liste.
    #[arg(value_name = "SORTE", help_heading = "Arguments")]
    kind: Option<String>,
    /// Écrit tous les schémas dans ce dossier, avec les réglages pour Visual Studio Code.
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    vers: Option<PathBuf>,
}

/// Prints one schema or the list of them, or writes them all.
pub fn run(command: &Schema) -> ExitCode {
    if let Some(folder) = &command.vers {
        return write_all(folder);
    }
    let Some(name) = &command.kind else {
        for kind in KINDS {
            say(&format!("{:22} {}", kind.name, kind.files));
        }
        return ExitCode::SUCCESS;
    };
    if let Some(kind) = KINDS.iter().find(|kind| kind.name == name) {
        say(&format!("{:#}", json::schema(kind)));
        return ExitCode::SUCCESS;
    }
    let names = || KINDS.iter().map(|kind| kind.name);
    let near = nearest(name, names()).map_or_else(
        || format!(" Possibles : {}.", names().collect::<Vec<_>>().join(", ")),
        |near| format!(" Vouliez-vous dire « {near} » ?"),
    );
    eprintln!("erreur : « {name} » n'est pas une sorte de fichier.{near}");
    ExitCode::FAILURE
}

fn write_all(folder: &std::path::Path) -> ExitCode {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let schemas = KINDS
        .iter()
        .map(|kind| (json::file_name(kind), format!("{:#}\n", json::schema(kind))));
    let settings = (
        "settings.json".to_owned(),
        format!("{:#}\n", json::settings(&name)),
    );
    for (name, text) in schemas.chain([settings]) {
        if let Err(error) = write::replace(&folder.join(&name), text.as_bytes()) {
            eprintln!("erreur : {error}");
            return ExitCode::FAILURE;
        }
        say(&format!("écrit : {}", folder.join(name).display()));
    }
    ExitCode::SUCCESS
}
