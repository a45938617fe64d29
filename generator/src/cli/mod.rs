//! The command line: one command per file. Only here are the clock and the terminal read.

pub mod accessibilite;
pub mod build;
pub mod check;
pub mod clarte;
pub mod cms;
pub mod diagnose;
pub mod droit;
pub mod explain;
pub mod links;
pub mod new;
mod progress;
pub mod revue;
pub mod rules;
pub mod schema;
pub mod serve;
mod usage;

use crate::diagnostic::Diagnostic;
use crate::parse::dates;
use crate::report;
use crate::source::Sources;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

const TEMPLATE: &str = "{about}\n\nUtilisation : {usage}\n\n{all-args}\n";
/// The day begins in Paris.
const TIME_ZONE: &str = "Europe/Paris";

/// Construit le site de Médiation Logement à partir de `content` et de `theme`.
#[derive(Debug, Parser)]
#[command(name = "generator", version, help_template = TEMPLATE, disable_help_flag = true, disable_version_flag = true)]
#[command(
    subcommand_help_heading = "Commandes",
    subcommand_value_name = "COMMANDE",
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Affiche cette aide.
    #[arg(short = 'h', long, action = ArgAction::Help, global = true, help_heading = "Options")]
    help: Option<bool>,
    /// Affiche la version.
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "Options")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Construit le site dans le dossier de sortie ; n'écrit rien s'il y a une erreur.
    #[command(help_template = TEMPLATE)]
    Build(build::Build),
    /// Vérifie les textes et le thème sans rien écrire.
    #[command(help_template = TEMPLATE)]
    Check(check::Check),
    /// Montre le site et le reconstruit à chaque enregistrement.
    #[command(help_template = TEMPLATE)]
    Serve(serve::Serve),
    /// Donne l'état des 106 critères d'accessibilité et ce qui vérifie chacun.
    #[command(help_template = TEMPLATE)]
    Accessibilite(accessibilite::Accessibilite),
    /// Dit ce qu'un questionnaire conclut de réponses données, et pourquoi, en JSON.
    #[command(help_template = TEMPLATE)]
    Diagnose(diagnose::Diagnose),
    /// Liste chaque règle de droit, où elle est utilisée et d'où elle vient.
    #[command(help_template = TEMPLATE)]
    Droit(droit::Droit),
    /// Explique une règle : ce qu'elle demande, pourquoi, avec un bon et un mauvais exemple.
    #[command(help_template = TEMPLATE)]
    Explain(explain::Explain),
    /// Liste les règles, chacune en quelques mots.
    #[command(help_template = TEMPLATE)]
    Rules(rules::Rules),
    /// Liste les textes à relire, du plus en retard au plus lointain.
    #[command(help_template = TEMPLATE)]
    Revue(revue::Revue),
    /// Conseille des phrases plus courtes et des mots plus simples ; ne refuse rien.
    #[command(help_template = TEMPLATE)]
    Clarte(clarte::Clarte),
    /// Vérifie les liens vers les autres sites ; à part, jamais pendant la construction.
    #[command(help_template = TEMPLATE)]
    Links(links::Links),
    /// Écrit les réglages de l'outil de rédaction en ligne (Sveltia CMS ou Decap CMS).
    #[command(help_template = TEMPLATE)]
    Cms(cms::Cms),
    /// Donne le schéma des en-têtes et des fichiers YAML, pour un éditeur de texte qui s'en sert.
    #[command(help_template = TEMPLATE)]
    Schema(schema::Schema),
    /// Écrit un fichier de départ complet : guide, diagnostic, courrier ou terme.
    #[command(help_template = TEMPLATE)]
    New(new::New),
}

/// Options of the commands that read a site.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options")]
pub struct Common {
    /// Dossier qui contient « content » et « theme ».
    #[arg(long, value_name = "DOSSIER", default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// Jour de la construction, AAAA-MM-JJ ; aujourd'hui si absent.
    #[arg(long, value_name = "JOUR", value_parser = day)]
    pub date: Option<Date>,
    /// Forme des messages : text, json ou sarif.
    #[arg(
        long,
        value_name = "FORME",
        value_enum,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Format,
}

/// How faults are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For machines.
    Json,
    /// For code hosts: SARIF 2.1.0.
    Sarif,
}

impl Common {
    /// The day of the build: the one given, or today in Paris.
    #[must_use]
    pub fn today(&self) -> Date {
        self.date.unwrap_or_else(today)
    }

    /// Prints the faults: as JSON on the standard output, as text on the error output.
    pub fn tell(&self, faults: &[Diagnostic], sources: &Sources) {
        match self.format {
            Format::Json => say(&report::json(faults, sources)),
            Format::Sarif => say(&report::sarif(faults, sources)),
            Format::Text => {
                eprint!("{}", report::text(faults, sources, colour()));
            }
        }
    }
}

/// Whether the error output takes colours: a terminal, and nobody asked for none (`NO_COLOR`).
#[expect(
    clippy::disallowed_methods,
    reason = "the custom by which people refuse colours is a variable"
)]
pub(crate) fn colour() -> bool {
    let refused = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !refused
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line is the only reader of the clock"
)]
fn today() -> Date {
    let now = Timestamp::now();
    now.in_tz(TIME_ZONE).map_or_else(
        |_| now.to_zoned(jiff::tz::TimeZone::UTC).date(),
        |zoned| zoned.date(),
    )
}

fn day(text: &str) -> Result<Date, String> {
    dates::parse(text).ok_or_else(|| "écrivez le jour ainsi : 2026-03-01".to_owned())
}

/// Prints a line; a reader that went away (a closed pipe) is not our fault.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Runs the command. Exit code: 0 done, 1 refused (faults, disk), 2 misused.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Cli::try_parse_from(args) {
        Ok(cli) => match cli.command {
            Command::Build(command) => build::run(&command),
            Command::Check(command) => check::run(&command),
            Command::Serve(command) => serve::run(&command),
            Command::Accessibilite(command) => accessibilite::run(&command),
            Command::Diagnose(command) => diagnose::run(&command),
            Command::Droit(command) => droit::run(&command),
            Command::Explain(command) => explain::run(&command),
            Command::Rules(command) => rules::run(&command),
            Command::Revue(command) => revue::run(&command),
            Command::Clarte(command) => clarte::run(&command),
            Command::Links(command) => links::run(&command),
            Command::Cms(command) => cms::run(&command),
            Command::Schema(command) => schema::run(&command),
            Command::New(command) => new::run(&command),
        },
        Err(error) if error.use_stderr() => {
            eprintln!("{}", usage::in_french(&error));
            ExitCode::from(2)
        }
        Err(help) => {
            // Nothing can be said when the terminal itself is gone.
            let _ = help.print();
            ExitCode::SUCCESS
        }
    }
}
