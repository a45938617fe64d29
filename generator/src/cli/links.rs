//! `generator links`: asks other sites whether the pages that we send people to are still there.

use super::progress::Progress;
use super::{Common, Format, say};
use crate::fetch::Fetcher;
use crate::links::{self, Cache, Seen};
use crate::{load, parse, write};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Options of `links`.
#[derive(Debug, Args)]
pub struct Links {
    #[command(flatten)]
    common: Common,
    /// Âge, en jours, d'une réponse que l'on croit encore.
    #[arg(
        long,
        value_name = "JOURS",
        default_value_t = 7,
        hide_default_value = true,
        help_heading = "Options"
    )]
    age: i32,
    /// Fichier des réponses ; « var/liens.json » dans le dossier du site si absent.
    #[arg(long, value_name = "FICHIER", help_heading = "Options")]
    cache: Option<PathBuf>,
    /// Temps entre deux questions, en millisecondes.
    #[arg(
        long,
        value_name = "MS",
        default_value_t = 500,
        hide_default_value = true,
        help_heading = "Options"
    )]
    pause: u64,
}

/// Asks what is due, keeps the answers with their day, tells what is wrong. Exit code 1 when a page is gone.
pub fn run(command: &Links) -> ExitCode {
    match check(command) {
        Ok(code) => code,
        Err(reason) => {
            eprintln!("erreur : {reason}");
            ExitCode::FAILURE
        }
    }
}

fn check(command: &Links) -> Result<ExitCode, String> {
    let common = &command.common;
    let sources = load::load(&common.root).map_err(|error| error.to_string())?;
    let today = common.today();
    let (site, _, _) = parse::parse(&sources, today);
    let addresses = links::external(&site);
    let path = command
        .cache
        .clone()
        .unwrap_or_else(|| common.root.join("var/liens.json"));
    let mut cache: Cache = load::file(&path)
        .map(|text| links::read(&text))
        .unwrap_or_default();
    // What no text names any more is forgotten.
    cache.retain(|address, _| addresses.contains_key(address));
    let due = links::due(&addresses, &cache, today, command.age);
    let progress = Progress::start("Vérification des liens");
    let fetcher = Fetcher::default();
    for (index, address) in due.iter().enumerate() {
        if index > 0 {
            std::thread::sleep(Duration::from_millis(command.pause));
        }
        let answer = fetcher.ask(address);
        cache.insert((*address).to_owned(), Seen { on: today, answer });
        // Kept as it goes: a run that is stopped loses nothing.
        write::replace(&path, links::write(&cache).as_bytes()).map_err(|error| error.to_string())?;
    }
    drop(progress);
    let faults = links::faults(&addresses, &cache).sorted();
    common.tell(&faults, &sources);
    if common.format == Format::Text {
        say(&format!(
            "{} adresses, dont {} vérifiées aujourd'hui.",
            addresses.len(),
            due.len()
        ));
    }
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
