//! `generator check`.

use super::progress::Progress;
use super::{Common, Format, say};
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use crate::{BuildOptions, build, check, load};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    common: Common,
    /// Vérifie les pages (.html) de ce dossier et non le site : celles que sert le formulaire, par exemple.
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    pages: Option<PathBuf>,
}

/// Builds the site in memory and tells its faults.
pub fn run(command: &Check) -> ExitCode {
    let common = &command.common;
    if let Some(folder) = &command.pages {
        return match pages(folder) {
            Ok(faults) => tell(common, faults, &Sources::default()),
            Err(error) => {
                eprintln!("erreur : {error}");
                ExitCode::FAILURE
            }
        };
    }
    let sources = match load::load(&common.root) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("erreur : {error}");
            return ExitCode::FAILURE;
        }
    };
    let options = BuildOptions {
        today: common.today(),
        unpublished: false,
        production: false,
    };
    let progress = Progress::start("Vérification du site");
    let built = build(&sources, &options);
    drop(progress);
    tell(common, built.diagnostics, &sources)
}

/// Checks the finished pages of a folder, each alone and what they share.
#[expect(
    clippy::disallowed_methods,
    reason = "these pages are no sources of a site: they are read here and kept nowhere"
)]
fn pages(folder: &Path) -> Result<Diagnostics, String> {
    let told = |path: &Path, error: std::io::Error| format!("« {} » ne se lit pas : {error}", path.display());
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| told(folder, error))? {
        let path = entry.map_err(|error| told(folder, error))?.path();
        if path.extension().is_some_and(|end| end == "html") {
            let bytes = std::fs::read(&path).map_err(|error| told(&path, error))?;
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            pages.push((name, bytes));
        }
    }
    if pages.is_empty() {
        return Err(format!("« {} » ne contient aucune page .html", folder.display()));
    }
    pages.sort();
    let pages: Vec<(&str, &[u8])> = pages
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    Ok(check::html::check_alone(&pages))
}

fn tell(common: &Common, faults: Diagnostics, sources: &Sources) -> ExitCode {
    let refused = faults.has_errors();
    let faults = faults.sorted();
    common.tell(&faults, sources);
    if faults.is_empty() && common.format == Format::Text {
        say("Aucune faute.");
    }
    if refused {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
