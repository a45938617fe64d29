//! The commands of an operator.

use crate::clock;
use crate::config::{Config, MailTarget, Settings};
use crate::outbox::sqlite::Sqlite;
use crate::outbox::{Listed, Outbox};
use crate::referral::reference;
use crate::service::{self, Parts};
use crate::site::Site;
use clap::{Parser, Subcommand};
use jiff::Timestamp;
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

/// Reçoit les saisines et les transmet à la commission par courriel.
#[derive(Debug, Parser)]
#[command(
    name = "form-api",
    version,
    after_help = "ML_LOG règle le journal (form_api=info par défaut ; form_api=warn pour moins)."
)]
struct Line {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Sert le site et le formulaire (commande par défaut)
    Serve,
    /// Vérifie la configuration et le site, sans rien lancer
    CheckConfig,
    /// Liste les messages qui restent à envoyer
    List,
    /// Montre les messages d'un dossier
    Show {
        /// Référence, ML93-2026-000123-K
        reference: String,
    },
    /// Renvoie tout de suite les messages en attente d'un dossier, ou de tous
    Retry {
        /// Référence ; sans elle, tous les dossiers
        reference: Option<String>,
    },
}

/// Reads the command line and runs it.
pub async fn main() -> ExitCode {
    let line = Line::parse();
    let config = match Config::check(&line.settings) {
        Ok(config) => config,
        Err(faults) => {
            eprintln!("Configuration refusée :");
            faults.iter().for_each(|fault| eprintln!("  - {fault}"));
            return ExitCode::FAILURE;
        }
    };
    let done = match line.command.unwrap_or(Command::Serve) {
        Command::Serve => serve(config).await,
        Command::CheckConfig => check(&config),
        Command::List => list(&config, None).await,
        Command::Show { reference } => show(&config, reference).await,
        Command::Retry { reference } => retry(&config, reference).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: Config) -> Result<(), String> {
    log();
    let parts = Parts::from_config(&config)?;
    let mails = match &config.mail {
        MailTarget::Folder(folder) => format!("écrits dans {}", folder.display()),
        MailTarget::Smtp(url) => format!("remis à {}:{}", url.host, url.port),
    };
    let mut term = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
    let running = service::start(config, parts).await?;
    println!("écoute sur http://{} (courriels {mails})", running.address);
    let end = async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    running.until(end).await
}

/// JSON lines on standard error: references, events, sizes, durations; never what a person typed.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ML_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("form_api=info"));
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

fn check(config: &Config) -> Result<(), String> {
    let site = Site::load(&config.site_dir)?;
    for departement in config.routes.keys() {
        let commission = site.commission(departement);
        let commission = commission
            .ok_or_else(|| format!("ML_ROUTES : le site ne connaît pas la commission {departement}"))?;
        println!("commission {departement} : mode {}", commission.mode);
    }
    if config.keys.is_some() {
        println!("clés : {:?}", service::ring(config)?);
    }
    println!("configuration valable");
    Ok(())
}

fn open(config: &Config) -> Result<Sqlite, String> {
    Sqlite::open_beside(&config.database).map_err(|error| error.to_string())
}

async fn list(config: &Config, reference: Option<String>) -> Result<(), String> {
    let list = open(config)?
        .list(reference)
        .await
        .map_err(|fault| fault.to_string())?;
    list.iter().for_each(|one| println!("{}", line(one)));
    Ok(())
}

async fn show(config: &Config, wanted: String) -> Result<(), String> {
    if !reference::is_valid(&wanted) {
        return Err(format!(
            "« {wanted} » n'est pas une référence : vérifiez les chiffres et la lettre finale"
        ));
    }
    let found = open(config)?
        .list(Some(wanted.clone()))
        .await
        .map_err(|fault| fault.to_string())?;
    if found.is_empty() {
        return Err(format!("aucun dossier {wanted}"));
    }
    list(config, Some(wanted)).await
}

async fn retry(config: &Config, reference: Option<String>) -> Result<(), String> {
    let now = Timestamp::now().as_millisecond();
    let count = open(config)?
        .retry(reference, now)
        .await
        .map_err(|fault| fault.to_string())?;
    println!("{count} message(s) à renvoyer maintenant");
    Ok(())
}

/// One line of a list: reference, kind, part, state, attempts, class, code, times.
fn line(one: &Listed) -> String {
    let time =
        |ms: i64| Timestamp::from_millisecond(ms).map_or_else(|_| "jamais".to_owned(), clock::paris_iso);
    let code = one
        .last_code
        .map_or_else(|| "-".to_owned(), |code| code.to_string());
    let when = match one.sent_at {
        Some(sent) => format!("envoyé {} {}", time(sent), one.relay_id.as_deref().unwrap_or("")),
        None => format!("prochain {}", time(one.next_at)),
    };
    format!(
        "{}\t{}\t{}/{}\t{}\t{} essai(s)\t{}\t{code}\tcréé {}\t{}",
        one.reference,
        one.kind,
        one.part.0,
        one.part.1,
        one.state,
        one.attempts,
        one.last_class.as_deref().unwrap_or("-"),
        time(one.created_at),
        when.trim_end()
    )
}
