//! `generator build`.

use super::progress::Progress;
use super::{Common, Format, say};
use crate::write::Written;
use crate::{BuildOptions, build, cms, load, stamp, write};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Options of `build`.
#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    common: Common,
    /// Dossier de sortie ; « dist » dans le dossier du site si absent.
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    out: Option<PathBuf>,
    /// Construit le site à mettre en ligne : refuse la marque de l'État hors de « .gouv.fr » et une coordonnée vide.
    #[arg(long, help_heading = "Options")]
    production: bool,
    /// Ajoute l'outil de rédaction en ligne sous « /admin/ ».
    #[arg(long, help_heading = "Options")]
    redaction: bool,
}

fn done(common: &Common, out: &Path, written: Written) {
    if common.format == Format::Text {
        let (changed, removed, kept) = (written.changed, written.removed, written.kept);
        let counts = format!("fichiers écrits : {changed}, supprimés : {removed}, inchangés : {kept}");
        say(&format!("Site construit dans « {} » ({counts}).", out.display()));
    }
}

/// Builds and writes the site; when nothing changed since the last build, says so and does nothing.
pub fn run(command: &Build) -> ExitCode {
    let common = &command.common;
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
        production: command.production,
    };
    let out = command.out.clone().unwrap_or_else(|| common.root.join("dist"));
    // What « --redaction » adds is read beside the sources.
    let stamp = stamp::of(&sources, &options).filter(|_| !command.redaction);
    if let Some(kept) = stamp.as_ref().and_then(|stamp| stamp.holds(&out)) {
        common.tell(&[], &sources);
        done(
            common,
            &out,
            Written {
                kept,
                ..Written::default()
            },
        );
        return ExitCode::SUCCESS;
    }
    stamp::forget(&out);
    let progress = Progress::start("Construction du site");
    let mut built = build(&sources, &options);
    drop(progress);
    let refused = built.diagnostics.has_errors();
    let said = built.diagnostics.sorted();
    common.tell(&said, &sources);
    if refused {
        eprintln!(
            "Le site n'est pas construit : « {} » reste comme il était.",
            out.display()
        );
        return ExitCode::FAILURE;
    }
    if command.redaction
        && let Err(reason) = cms::publish(&common.root, &sources, &mut built.output)
    {
        eprintln!("erreur : {reason}");
        return ExitCode::FAILURE;
    }
    let progress = Progress::start("Écriture des fichiers");
    let written = write::write(&built.output, &out);
    drop(progress);
    match written {
        Ok(written) => {
            if let Some(stamp) = stamp.filter(|_| said.is_empty()) {
                stamp.keep(&out);
            }
            done(common, &out, written);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("erreur : {error}");
            ExitCode::FAILURE
        }
    }
}
