//! Puts the parts together and runs them: public door, private door, worker; ends them in order.

use crate::clock::Clock;
use crate::config::{Config, MailTarget};
use crate::contact::{Contacts, Courier};
use crate::delivery::mailer::{Files, Mailer, Smtp};
use crate::delivery::worker::Worker;
use crate::http::health::{self, Health};
use crate::http::{self, App, Limiter, server};
use crate::outbox::Outbox;
use crate::outbox::sqlite::Sqlite;
use crate::retention::Keeper;
use crate::seal::KeyRing;
use crate::site::Site;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinHandle;
use tracing::info;

/// A running service.
pub struct Running {
    /// Public address.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    admin: Option<JoinHandle<()>>,
    worker: JoinHandle<()>,
    courier: JoinHandle<()>,
    keeper: JoinHandle<()>,
}

/// What may be replaced in tests.
pub struct Parts {
    /// Texts and templates.
    pub site: Site,
    /// Store.
    pub outbox: Arc<dyn Outbox>,
    /// Keys.
    pub ring: KeyRing,
    /// Clock.
    pub clock: Clock,
    /// Way out.
    pub mailer: Arc<dyn Mailer>,
}

impl Parts {
    /// The parts that a configuration asks for.
    ///
    /// # Errors
    /// What is missing or wrong, in French.
    pub async fn from_config(config: &Config) -> Result<Self, String> {
        let ring = ring(config)?;
        let outbox = outbox(config).await?;
        known(&ring, &*outbox).await?;
        Ok(Self {
            site: Site::load(&config.site_dir)?,
            outbox,
            ring,
            clock: Clock::system(),
            mailer: mailer(config)?,
        })
    }
}

/// The outbox that a service owns.
async fn outbox(config: &Config) -> Result<Arc<dyn Outbox>, String> {
    Ok(Arc::new(
        Sqlite::open(&config.database).map_err(|error| error.to_string())?,
    ))
}

/// The outbox of a service that may be running, for commands.
///
/// # Errors
/// When there is none, in French.
pub async fn outbox_beside(config: &Config) -> Result<Arc<dyn Outbox>, String> {
    Ok(Arc::new(
        Sqlite::open_beside(&config.database).map_err(|error| error.to_string())?,
    ))
}

/// Refuses to start when something was sealed by a key that is not here: it could neither be sent nor shown.
async fn known(ring: &KeyRing, outbox: &dyn Outbox) -> Result<(), String> {
    let used = outbox.keys().await.map_err(|fault| fault.to_string())?;
    let lost: Vec<String> = used
        .into_iter()
        .map(|(id, _)| id)
        .filter(|id| ring.ids().all(|known| known != id))
        .collect();
    if lost.is_empty() {
        return Ok(());
    }
    Err(format!(
        "ML_KEYS : il manque la clé de dossiers déjà reçus ({}). Remettez-la après la nouvelle ; « form-api keys » dit quand une clé ne sert plus.",
        lost.join(", ")
    ))
}

/// The keys: those of the configuration, or those of the file beside the database.
///
/// # Errors
/// What is wrong, in French, without the keys.
pub fn ring(config: &Config) -> Result<KeyRing, String> {
    match &config.keys {
        Some(secret) => KeyRing::parse(secret.reveal()).map_err(|fault| format!("ML_KEYS : {fault}")),
        None => KeyRing::from_file(&beside(&config.database, ".keys")),
    }
}

/// The path with an ending added to its name.
#[must_use]
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn mailer(config: &Config) -> Result<Arc<dyn Mailer>, String> {
    Ok(match &config.mail {
        MailTarget::Smtp(url) => Arc::new(Smtp::new(
            url.clone(),
            config.from.domain(),
            config.smtp_step,
            config.smtp_data,
        )?),
        MailTarget::Folder(folder) => Arc::new(
            Files::new(folder).map_err(|error| format!("ML_MAILBOX : {} : {error}", folder.display()))?,
        ),
    })
}

/// Starts everything.
///
/// # Errors
/// When an address is taken or cannot be used, in French.
pub async fn start(config: Config, parts: Parts) -> Result<Running, String> {
    let listener = bind(config.listen).await?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let admin = match config.admin {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let origin = config
        .origin
        .clone()
        .unwrap_or_else(|| format!("http://{address}"));
    let (stop, stopped) = watch::channel(false);
    let (config, site, ring) = (Arc::new(config), Arc::new(parts.site), Arc::new(parts.ring));
    let bell = Arc::new(Notify::new());
    let heartbeat = Arc::new(AtomicI64::new(parts.clock.millis()));
    let contacts = Contacts::open(&beside(&config.database, ".contact"))?;
    let contact_bell = Arc::new(Notify::new());
    let courier = Courier {
        config: config.clone(),
        contacts: contacts.clone(),
        ring: ring.clone(),
        clock: parts.clock.clone(),
        mailer: parts.mailer.clone(),
        bell: contact_bell.clone(),
    };
    let keeper = Keeper {
        config: config.clone(),
        outbox: parts.outbox.clone(),
        clock: parts.clock.clone(),
    };
    let worker = Worker {
        config: config.clone(),
        origin: origin.clone(),
        site: site.clone(),
        outbox: parts.outbox.clone(),
        ring: ring.clone(),
        clock: parts.clock.clone(),
        mailer: parts.mailer,
        bell: bell.clone(),
        heartbeat: heartbeat.clone(),
    };
    let health = Arc::new(Health {
        outbox: parts.outbox.clone(),
        clock: parts.clock.clone(),
        heartbeat,
    });
    let app = Arc::new(App {
        limiter: Limiter::new(config.rate),
        uploads: Semaphore::new(config.uploads),
        config: config.clone(),
        origin,
        site,
        outbox: parts.outbox,
        ring,
        clock: parts.clock,
        bell,
        contacts,
        contact_bell,
    });
    info!(event = "start", site = app.site.version());
    let drain = config.drain;
    Ok(Running {
        address,
        server: tokio::spawn(server::serve(listener, http::router(app), stopped.clone(), drain)),
        admin: admin.map(|listener| {
            tokio::spawn(server::serve(
                listener,
                health::router(health),
                stopped.clone(),
                drain,
            ))
        }),
        courier: tokio::spawn(courier.run(stopped.clone())),
        keeper: tokio::spawn(keeper.run(stopped.clone())),
        worker: tokio::spawn(worker.run(stopped)),
        stop,
    })
}

async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("le port {} est déjà pris : arrêtez l'autre programme, ou choisissez un port avec PORT=8081", address.port())
        }
        _ => format!("{address} : {error}"),
    })
}

impl Running {
    /// Waits for `end`, then stops in order: door, worker.
    ///
    /// # Errors
    /// When the worker ended before it was told to: mails would no longer leave.
    pub async fn until(mut self, end: impl Future<Output = ()>) -> Result<(), String> {
        let early = tokio::select! {
            () = end => false,
            _ = &mut self.worker => true,
        };
        let _ = self.stop.send(true);
        let _ = self.server.await;
        if let Some(admin) = self.admin {
            let _ = admin.await;
        }
        if early {
            return Err("l'envoi des courriels s'est arrêté".to_owned());
        }
        let _ = self.worker.await;
        let _ = self.courier.await;
        let _ = self.keeper.await;
        info!(event = "stop");
        Ok(())
    }
}
