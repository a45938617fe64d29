//! The commands of an operator.

mod export;
mod health;
mod operate;
mod statistics;

use crate::config::{Config, MailTarget, Settings};
use crate::outbox::Outbox;
use crate::service::{self, Parts};
use crate::site::Site;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
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
    /// Demande à l'instance de cette machine si elle peut recevoir (/readyz de ML_ADMIN_LISTEN)
    Health,
    /// Liste les messages qui restent à envoyer
    List,
    /// Montre les messages et le journal d'un dossier, sans son contenu
    Show {
        /// Référence, ML93-2026-000123-K
        reference: String,
    },
    /// Renvoie tout de suite les messages en attente d'un dossier, ou de tous
    Retry {
        /// Référence ; sans elle, tous les dossiers
        reference: Option<String>,
    },
    /// Refait les messages retenus ou revenus d'un dossier, et les remet dans la file
    Release {
        /// Référence
        reference: String,
    },
    /// Note que les courriels d'un dossier sont revenus de la messagerie de la commission
    Bounce {
        /// Référence
        reference: String,
    },
    /// Écrit tout le contenu d'un dossier dans un nouveau répertoire, et le note au journal
    Export {
        /// Référence
        reference: String,
        /// Répertoire à créer
        folder: PathBuf,
    },
    /// Efface un dossier, ses compléments et ses fichiers ; le journal garde la référence
    Erase {
        /// Référence
        reference: String,
        /// Efface même ce qui n'est pas encore remis
        #[arg(long)]
        force: bool,
    },
    /// Efface maintenant les dossiers remis depuis plus de ML_RETENTION
    Purge,
    /// Dit quelle clé chiffre, et combien de valeurs chacune a encore à ouvrir
    Keys,
    /// Écrit les nombres à publier, par mois terminé et par département, en masquant les petits
    Statistics,
    /// Copie les bases dans un nouveau fichier, pendant que le service tourne
    Backup {
        /// Fichier à créer
        file: String,
    },
}

/// A configuration, for the commands that work on its outbox.
struct Cli {
    config: Config,
}

impl Cli {
    /// The outbox, beside a running service.
    async fn outbox(&self) -> Result<Arc<dyn Outbox>, String> {
        service::outbox_beside(&self.config).await
    }

    async fn run(&self, command: Command) -> Result<(), String> {
        match command {
            Command::Serve | Command::CheckConfig => check(&self.config),
            Command::Health => self.health().await,
            Command::List => self.list().await,
            Command::Show { reference } => self.show(&reference).await,
            Command::Retry { reference } => self.retry(reference.as_deref()).await,
            Command::Release { reference } => self.release(&reference).await,
            Command::Bounce { reference } => self.bounce(&reference).await,
            Command::Export { reference, folder } => self.export(&reference, &folder).await,
            Command::Erase { reference, force } => self.erase(&reference, force).await,
            Command::Purge => self.purge().await,
            Command::Keys => self.keys().await,
            Command::Statistics => self.statistics().await,
            Command::Backup { file } => self.backup(&file).await,
        }
    }
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
        command => Cli { config }.run(command).await,
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
    let parts = Parts::from_config(&config).await?;
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
    // The words of a panic may quote what a person typed: where it happened is enough to find the fault.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current().name().unwrap_or("?").to_owned();
        tracing::error!(event = "panic", at, thread);
    }));
}

fn check(config: &Config) -> Result<(), String> {
    let site = Site::load(&config.site_dir)?;
    for departement in config.routes.keys() {
        let commission = site.commission(departement);
        let commission = commission
            .ok_or_else(|| format!("ML_ROUTES : le site ne connaît pas la commission {departement}"))?;
        println!("commission {departement} : mode {}", commission.mode);
    }
    service::served(&site, config)?;
    if config.keys.is_some() {
        println!("clés : {:?}", service::ring(config)?);
    }
    println!("configuration valable");
    Ok(())
}
