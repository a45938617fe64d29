//! `generator clarte`: plain language, as advice.

use super::{Common, Format, say};
use crate::{load, parse, plain};
use clap::Args;
use serde_json::json;
use std::process::ExitCode;

/// Options of `clarte`.
#[derive(Debug, Args)]
pub struct Clarte {
    #[command(flatten)]
    common: Common,
    /// Début du chemin des fichiers à lire : content/guides/charges.md ; tous si absent.
    #[arg(value_name = "FICHIER", help_heading = "Arguments")]
    path: Option<String>,
}

/// Prints the advice. Always exit code 0 when the texts can be read: nothing here is a fault.
pub fn run(command: &Clarte) -> ExitCode {
    let sources = match load::load(&command.common.root) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("erreur : {error}");
            return ExitCode::FAILURE;
        }
    };
    let (site, _, _) = parse::parse(&sources, command.common.today());
    let mut advice = plain::advise(&site);
    if let Some(path) = &command.path {
        advice.retain(|file| file.path.starts_with(path.as_str()));
        if advice.is_empty() {
            eprintln!("erreur : aucun texte publié ne commence par « {path} ».");
            return ExitCode::FAILURE;
        }
    }
    if command.common.format == Format::Text {
        say(&plain::text(&advice, &sources));
    } else {
        let files: Vec<_> = advice.iter().map(json).collect();
        say(&format!("{:#}", json!({ "fichiers": files })));
    }
    ExitCode::SUCCESS
}

fn json(file: &plain::Advice) -> serde_json::Value {
    let worst = file.worst.iter();
    let worst: Vec<_> = worst
        .map(|sentence| json!({ "mots": sentence.words, "phrase": sentence.text }))
        .collect();
    let heavy = file.heavy.iter();
    let heavy: Vec<_> = heavy
        .map(|heavy| json!({ "mot": heavy.word, "simple": heavy.plain }))
        .collect();
    json!({
        "fichier": &*file.path, "phrases": file.sentences, "mots": file.words,
        "longues": file.long, "pires": worst, "a_remplacer": heavy,
    })
}
