//! Puts the parts together and runs them: public door, private door, worker; ends them in order.

use crate::clock::Clock;
use crate::compression;
use crate::config::{Config, MailTarget};
use crate::contact::{Contacts, Courier};
use crate::delivery::mailer::{Files, Mailer, Smtp};
use crate::delivery::worker::Worker;
use crate::http::health::{self, Health};
use crate::http::{self, App, Limiter, server};
use crate::metrics::Metrics;
use crate::outbox::Outbox;
use crate::outbox::postgres::Postgres;
use crate::outbox::sqlite::Sqlite;
use crate::retention::Keeper;
use crate::seal::KeyRing;
use crate::site::Site;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::JoinHandle;
use tracing::{error, info, warn};

/// A running service.
pub struct Running {
    /// Public address.
    pub address: SocketAddr,
    drain: Duration,
    stop: watch::Sender<bool>,
    outbox: Arc<dyn Outbox>,
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
    /// Messages to the team.
    pub contacts: Contacts,
}

impl Parts {
    /// The parts that a configuration asks for.
    ///
    /// # Errors
    /// What is missing or wrong, in French.
    pub async fn from_config(config: &Config) -> Result<Self, String> {
        let ring = ring(config)?;
        let (outbox, contacts) = stores(config).await?;
        known(&ring, &*outbox).await?;
        let site = Site::load(&config.site_dir)?;
        served(&site, config)?;
        Ok(Self {
            site,
            outbox,
            ring,
            clock: Clock::system(),
            mailer: mailer(config)?,
            contacts,
        })
    }
}

/// The stores that a service owns.
async fn stores(config: &Config) -> Result<(Arc<dyn Outbox>, Contacts), String> {
    if let Some(url) = &config.postgres {
        let store = Postgres::open(url.reveal()).await?;
        return Ok((Arc::new(store.clone()), Contacts::from(store)));
    }
    let outbox = Sqlite::open(&config.database).map_err(|error| error.to_string())?;
    let contacts = Contacts::open(&beside(&config.database, ".contact"))?;
    Ok((Arc::new(outbox), contacts))
}

/// The outbox of a service that may be running, for commands.
///
/// # Errors
/// When there is none, in French.
pub async fn outbox_beside(config: &Config) -> Result<Arc<dyn Outbox>, String> {
    if let Some(url) = &config.postgres {
        return Ok(Arc::new(Postgres::open(url.reveal()).await?));
    }
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

/// Refuses a configuration without a mailbox for a commission whose municipalities the form offers.
///
/// # Errors
/// The départements, in French, with what to do.
pub fn served(site: &Site, config: &Config) -> Result<(), String> {
    let unserved = site.unserved(&config.routes);
    if unserved.is_empty() {
        return Ok(());
    }
    Err(format!(
        "ML_ROUTES : le formulaire propose des communes dont la commission n'a pas de boîte ({}). Donnez-la, ou retirez-les du contenu.",
        unserved.join(", ")
    ))
}

/// The keys: those of the configuration, or those of the file beside the database.
///
/// # Errors
/// What is wrong, in French, without the keys.
pub fn ring(config: &Config) -> Result<KeyRing, String> {
    match &config.keys {
        Some(secret) => KeyRing::parse(secret.reveal()).map_err(|fault| format!("ML_KEYS : {fault}")),
        None if config.postgres.is_some() => Err(
            "ML_KEYS : avec PostgreSQL, la clé vient de ML_KEYS ou de ML_KEYS_FILE, la même pour toutes les instances"
                .to_owned(),
        ),
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

/// Where the store grows, when it is on this machine.
fn folder(config: &Config) -> Option<PathBuf> {
    let parent = config
        .database
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let here = || PathBuf::from(".");
    config
        .postgres
        .is_none()
        .then(|| parent.map_or_else(here, Path::to_path_buf))
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
    let contacts = parts.contacts;
    let metrics = Arc::new(Metrics::default());
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
        metrics: metrics.clone(),
    };
    let health = Arc::new(Health {
        metrics: metrics.clone(),
        folder: folder(&config),
        least_free: config.least_free,
        stopped: stopped.clone(),
        outbox: parts.outbox.clone(),
        clock: parts.clock.clone(),
        heartbeat,
    });
    let app = Arc::new(App {
        limiter: Limiter::new(config.rate),
        metrics,
        folder: folder(&config),
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
    let outbox = app.outbox.clone();
    let drain = config.drain;
    Ok(Running {
        address,
        drain,
        server: tokio::spawn(server::serve(
            listener,
            http::router(app).layer(compression::layer()),
            stopped.clone(),
            drain,
        )),
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
        outbox,
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
    /// When a part ended before it was told to: a service that only seems to live must end, to be started again.
    pub async fn until(mut self, end: impl Future<Output = ()>) -> Result<(), String> {
        let early = tokio::select! {
            () = end => None,
            () = self.outbox.broken() => Some(("outbox", "la base ne répond plus")),
            _ = &mut self.worker => Some(("worker", "l'envoi des courriels s'est arrêté")),
            _ = &mut self.courier => Some(("courier", "l'envoi des messages à l'équipe s'est arrêté")),
            _ = &mut self.keeper => Some(("keeper", "l'effacement par l'âge s'est arrêté")),
        };
        if let Some((part, _)) = early {
            error!(event = "part-died", part);
        }
        let _ = self.stop.send(true);
        let _ = self.server.await;
        if let Some(admin) = self.admin {
            let _ = admin.await;
        }
        if let Some((_, reason)) = early {
            return Err(format!("{reason} : le service s'arrête, pour être relancé"));
        }
        // A relay that is silent must not hold us: what was being sent is sent again, with the same Message-ID.
        for (name, mut task) in [
            ("worker", self.worker),
            ("courier", self.courier),
            ("keeper", self.keeper),
        ] {
            if tokio::time::timeout(self.drain, &mut task).await.is_err() {
                warn!(event = "abandoned", task = name);
                task.abort();
            }
        }
        info!(event = "stop");
        Ok(())
    }
}
