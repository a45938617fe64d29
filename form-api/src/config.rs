//! The environment to a checked configuration. Every fault is told at once, and no secret is printed.

mod pace;
mod settings;
mod size;
mod smtp_url;
mod store;

use crate::duration;
use crate::scan::Clamd;
use lettre::Address;
use referral_form::FileLimits;
use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use settings::Settings;
pub use smtp_url::{Security, SmtpUrl};

/// A configuration that can be run.
#[derive(Debug, Clone)]
pub struct Config {
    /// Public address.
    pub listen: SocketAddr,
    /// Address of `/healthz` and `/readyz`, if any.
    pub admin: Option<SocketAddr>,
    /// The built site.
    pub site_dir: PathBuf,
    /// File of the SQLite database.
    pub database: PathBuf,
    /// Address of the PostgreSQL database that takes the place of the SQLite file, if any.
    pub postgres: Option<Secret>,
    /// How long a delivered case is kept.
    pub retention: Duration,
    /// How long the ledger, without personal data, is kept.
    pub ledger_retention: Duration,
    /// Time between two looks at what is to be erased.
    pub purge_interval: Duration,
    /// Folder of the private files that hold what is on its way to the database.
    pub spool: PathBuf,
    /// `id:base64,…`; nothing: a key file beside the database.
    pub keys: Option<Secret>,
    /// Where mails go.
    pub mail: MailTarget,
    /// Address that the service writes from.
    pub from: Address,
    /// Mailbox of each commission, by département.
    pub routes: BTreeMap<String, Address>,
    /// Who is told when a message waits for a person.
    pub alert_to: Option<Address>,
    /// `https://…` of the site, for links in mails.
    pub origin: Option<String>,
    /// The one other origin that may post here: that of the guides, on a static host.
    pub site_origin: Option<String>,
    /// Bytes to be left free on the store's disk; with less, `/readyz` says so and nothing is accepted.
    pub least_free: u64,
    /// Proxies in front that add to `X-Forwarded-For`.
    pub trusted_hops: usize,
    /// Most posts of one client in a period.
    pub rate: (u32, Duration),
    /// Waits between attempts; the last one repeats for ever.
    pub retry: Vec<Duration>,
    /// Most time of one SMTP step.
    pub smtp_step: Duration,
    /// Most time for sending the body and getting the answer.
    pub smtp_data: Duration,
    /// How long a message is taken by one attempt.
    pub lease: Duration,
    /// Time left to finish at the end.
    pub drain: Duration,
    /// Least time between showing the form and posting it.
    pub min_fill: Duration,
    /// How long the token of a page is good.
    pub token_life: Duration,
    /// How long the confirmation can be read again.
    pub receipt_life: Duration,
    /// Limits of the files.
    pub files: FileLimits,
    /// Most bytes of one request.
    pub max_body: usize,
    /// Most time without a byte while receiving.
    pub upload_idle: Duration,
    /// Most time of one request.
    pub upload_total: Duration,
    /// Most requests received at the same time.
    pub uploads: usize,
    /// Mails sent at the same time.
    pub senders: usize,
    /// Most bytes, encoded, of one mail.
    pub mail_max: u64,
    /// Most receipts a day to one address.
    pub receipts_a_day: u32,
    /// Most complements of one referral.
    pub complements: u32,
    /// Where the antivirus listens.
    pub clamd: Clamd,
    /// Most time of the antivirus for one file.
    pub clamd_timeout: Duration,
    /// How long a referral waits for the antivirus, after which its files are said not to be scanned.
    pub clamd_wait: Duration,
}

/// Where mails go.
#[derive(Debug, Clone)]
pub enum MailTarget {
    /// A relay.
    Smtp(SmtpUrl),
    /// `.eml` files in a folder.
    Folder(PathBuf),
}

/// A text that never shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one place that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// Reads values and gathers what is wrong.
struct Reader {
    faults: Vec<String>,
}

impl Reader {
    fn take<T>(&mut self, name: &str, read: Result<T, String>, instead: T) -> T {
        read.unwrap_or_else(|fault| {
            self.faults.push(format!("{name} : {fault}"));
            instead
        })
    }

    fn duration(&mut self, name: &str, text: &str) -> Duration {
        self.take(name, duration::parse(text), Duration::ZERO)
    }

    fn number<T: std::str::FromStr + Default>(&mut self, name: &str, text: &str) -> T {
        let read = text
            .trim()
            .parse()
            .map_err(|_| format!("« {text} » n'est pas un nombre"));
        self.take(name, read, T::default())
    }

    fn bytes(&mut self, name: &str, text: &str) -> u64 {
        self.take(name, size::bytes(text), 0)
    }
}

impl Config {
    /// Checks settings.
    ///
    /// # Errors
    /// Every fault, in French.
    pub fn check(settings: &Settings) -> Result<Self, Vec<String>> {
        let mut reader = Reader { faults: Vec::new() };
        let config = read(&mut reader, settings);
        if reader.faults.is_empty() {
            Ok(config)
        } else {
            Err(reader.faults)
        }
    }
}

fn read(r: &mut Reader, s: &Settings) -> Config {
    let mail = mail_target(r, s);
    let dry = matches!(mail, MailTarget::Folder(_));
    Config {
        listen: listen(r, s),
        admin: admin(r, s),
        site_dir: PathBuf::from(&s.site_dir),
        spool: spool(s),
        database: store::file(r, s),
        postgres: store::postgres(s),
        retention: positive(r, "ML_RETENTION", &s.retention),
        ledger_retention: positive(r, "ML_LEDGER_RETENTION", &s.ledger_retention),
        purge_interval: positive(r, "ML_PURGE_INTERVAL", &s.purge_interval),
        keys: secret(r, "ML_KEYS", s.keys.as_deref(), s.keys_file.as_deref()),
        from: from(r, s, dry),
        routes: routes(r, s, dry),
        alert_to: s.alert_to.as_deref().and_then(|text| {
            let read = address(text).map(Some);
            r.take("ML_ALERT_TO", read, None)
        }),
        origin: s.public_origin.as_deref().map(|text| {
            let read = origin(text);
            r.take("ML_PUBLIC_ORIGIN", read, String::new())
        }),
        site_origin: s.site_origin.as_deref().map(|text| {
            let read = origin(text);
            r.take("ML_SITE_ORIGIN", read, String::new())
        }),
        least_free: r.bytes("ML_MIN_FREE", &s.min_free),
        mail,
        trusted_hops: r.number("ML_TRUSTED_HOPS", &s.trusted_hops),
        rate: pace::rate(r, s),
        retry: pace::retry(r, s),
        smtp_step: r.duration("ML_SMTP_STEP_TIMEOUT", &s.smtp_step_timeout),
        smtp_data: r.duration("ML_SMTP_DATA_TIMEOUT", &s.smtp_data_timeout),
        lease: r.duration("ML_LEASE", &s.lease),
        drain: r.duration("ML_DRAIN_DEADLINE", &s.drain_deadline),
        min_fill: r.duration("ML_MIN_FILL_TIME", &s.min_fill_time),
        token_life: r.duration("ML_TOKEN_LIFE", &s.token_life),
        receipt_life: r.duration("ML_RECEIPT_LIFE", &s.receipt_life),
        files: FileLimits {
            count: r.number("ML_FILES_MAX", &s.files_max),
            each: r.bytes("ML_FILE_SIZE", &s.file_size),
            total: r.bytes("ML_FILES_SIZE", &s.files_size),
        },
        max_body: usize::try_from(r.bytes("ML_MAX_BODY", &s.max_body)).unwrap_or(usize::MAX),
        upload_idle: r.duration("ML_UPLOAD_IDLE", &s.upload_idle),
        upload_total: r.duration("ML_UPLOAD_DEADLINE", &s.upload_deadline),
        uploads: r.number::<usize>("ML_UPLOADS", &s.uploads).max(1),
        senders: r.number::<usize>("ML_SENDERS", &s.senders).max(1),
        mail_max: r.bytes("ML_MAIL_SIZE", &s.mail_size),
        receipts_a_day: r.number("ML_RECEIPTS_A_DAY", &s.receipts_a_day),
        complements: r.number("ML_COMPLEMENTS", &s.complements),
        clamd: r.take("ML_CLAMD", Clamd::parse(&s.clamd), Clamd::Off),
        clamd_timeout: r.duration("ML_CLAMD_TIMEOUT", &s.clamd_timeout),
        clamd_wait: r.duration("ML_CLAMD_MAX_WAIT", &s.clamd_max_wait),
    }
}

fn listen(r: &mut Reader, s: &Settings) -> SocketAddr {
    let none = SocketAddr::from(([127, 0, 0, 1], 0));
    let read = s.listen.parse().map_err(|_| {
        format!(
            "« {} » n'est pas une adresse (exemple : 127.0.0.1:8080)",
            s.listen
        )
    });
    let mut listen: SocketAddr = r.take("ML_LISTEN", read, none);
    if let Some(port) = &s.port {
        listen.set_port(r.number("PORT", port));
    }
    listen
}

fn admin(r: &mut Reader, s: &Settings) -> Option<SocketAddr> {
    if s.admin_listen == "off" {
        return None;
    }
    let read = s
        .admin_listen
        .parse()
        .map(Some)
        .map_err(|_| format!("« {} » n'est ni « off » ni une adresse", s.admin_listen));
    r.take("ML_ADMIN_LISTEN", read, None)
}

/// A duration that is not nothing.
fn positive(r: &mut Reader, name: &str, text: &str) -> Duration {
    let read = duration::parse(text).and_then(|read| {
        let fault = || format!("« {text} » : il faut une durée plus longue que zéro");
        (!read.is_zero()).then_some(read).ok_or_else(fault)
    });
    r.take(name, read, Duration::from_secs(1))
}

/// Beside the SQLite file, whose disk has room for what goes into it; else the system's temporary folder.
fn spool(s: &Settings) -> PathBuf {
    if let Some(folder) = &s.spool_dir {
        return PathBuf::from(folder);
    }
    if store::postgres(s).is_some() {
        return std::env::temp_dir();
    }
    let database = store::file(&mut Reader { faults: Vec::new() }, s);
    let beside = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    beside.map_or_else(|| PathBuf::from("."), Path::to_owned)
}

fn secret(r: &mut Reader, name: &str, text: Option<&str>, file: Option<&str>) -> Option<Secret> {
    match (text, file) {
        (Some(_), Some(_)) => {
            r.faults
                .push(format!("{name} et {name}_FILE : gardez un seul des deux"));
            None
        }
        (Some(text), None) => Some(Secret::new(text.trim())),
        (None, Some(path)) => {
            let read = std::fs::read_to_string(path).map_err(|error| format!("{path} : {error}"));
            r.take(
                &format!("{name}_FILE"),
                read.map(|text| Some(Secret::new(text.trim()))),
                None,
            )
        }
        (None, None) => None,
    }
}

fn mail_target(r: &mut Reader, s: &Settings) -> MailTarget {
    let folder = MailTarget::Folder(PathBuf::from(&s.mailbox));
    match secret(
        r,
        "ML_SMTP_URL",
        s.smtp_url.as_deref(),
        s.smtp_url_file.as_deref(),
    ) {
        None => folder,
        Some(url) => {
            let read = SmtpUrl::parse(url.reveal()).map(MailTarget::Smtp);
            r.take("ML_SMTP_URL", read, folder)
        }
    }
}

/// Address used when mails are only written to files; `.invalid` can never be reached (RFC 2606).
fn placeholder(local: &str) -> Result<Address, String> {
    address(&format!("{local}@exemple.invalid"))
}

fn from(r: &mut Reader, s: &Settings, dry: bool) -> Address {
    let read = match &s.mail_from {
        Some(text) => address(text),
        None if dry => placeholder("ne-pas-repondre"),
        None => Err("l'adresse d'expédition manque".to_owned()),
    };
    r.take_address("ML_MAIL_FROM", read)
}

fn routes(r: &mut Reader, s: &Settings, dry: bool) -> BTreeMap<String, Address> {
    let mut routes = BTreeMap::new();
    let Some(text) = &s.routes else {
        if dry {
            let address = r.take_address("ML_ROUTES", placeholder("cdc-93"));
            routes.insert("93".to_owned(), address);
        } else {
            r.faults.push(
                "ML_ROUTES : l'adresse de la commission manque (exemple : 93=boite@exemple.fr)".to_owned(),
            );
        }
        return routes;
    };
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let read = part
            .split_once('=')
            .ok_or_else(|| format!("« {part} » : on attend « 93=adresse »"))
            .and_then(|(departement, text)| Ok((departement.trim().to_owned(), address(text)?)));
        match read {
            Ok((departement, address)) => {
                routes.insert(departement, address);
            }
            Err(fault) => r.faults.push(format!("ML_ROUTES : {fault}")),
        }
    }
    routes
}

impl Reader {
    /// An address; after a fault, one that is never used because the configuration is refused.
    fn take_address(&mut self, name: &str, read: Result<Address, String>) -> Address {
        read.unwrap_or_else(|fault| {
            self.faults.push(format!("{name} : {fault}"));
            Address::new("personne", "exemple.invalid").unwrap_or_else(|_| unreachable!("a constant address"))
        })
    }
}

fn address(text: &str) -> Result<Address, String> {
    let text = text.trim();
    let fault = || format!("« {text} » n'est pas une adresse électronique sans accent");
    if !text.is_ascii() {
        return Err(fault());
    }
    text.parse().map_err(|_| fault())
}

fn origin(text: &str) -> Result<String, String> {
    let text = text.trim().trim_end_matches('/');
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(text.to_owned()),
        _ => Err(format!("« {text} » : on attend « https://nom-du-site »")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        settings: Settings,
    }

    fn check(arguments: &[&str]) -> Result<Config, Vec<String>> {
        let all = ["form-api"].iter().chain(arguments);
        Config::check(&Line::try_parse_from(all).expect("arguments").settings)
    }

    #[test]
    fn the_defaults_run_without_a_relay() {
        let config = check(&[]).expect("a configuration");
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.files.total, 20_000_000);
        assert!(matches!(config.mail, MailTarget::Folder(_)));
        assert_eq!(config.routes["93"].to_string(), "cdc-93@exemple.invalid");
    }

    #[test]
    fn every_fault_is_told_at_once_and_no_password() {
        let faults = check(&[
            "--port=nan",
            "--smtp-url=smtp+plain://user:hunter2@mail.exemple.fr:25",
            "--lease=5 minutes",
            "--routes=93",
            "--rate=20",
            "--database-url=/tmp/x.db",
        ])
        .expect_err("faults");
        for name in [
            "PORT",
            "ML_SMTP_URL",
            "ML_LEASE",
            "ML_ROUTES",
            "ML_RATE",
            "ML_DATABASE_URL",
        ] {
            assert!(
                faults.iter().any(|fault| fault.starts_with(name)),
                "{name} in {faults:?}"
            );
        }
        assert!(!faults.join("\n").contains("hunter2"));
    }

    #[test]
    fn a_relay_asks_for_addresses_and_hides_its_password() {
        let faults = check(&["--smtp-url=smtps://u:p@mail.exemple.fr"]).expect_err("faults");
        assert_eq!(faults.len(), 2, "{faults:?}");
        let config = check(&[
            "--smtp-url=smtps://u:s%40cret@mail.exemple.fr",
            "--mail-from=service@exemple.fr",
            "--routes=93=a@exemple.fr, 75=b@exemple.fr",
        ])
        .expect("a configuration");
        assert_eq!(config.routes.len(), 2);
        assert!(!format!("{config:?}").contains("s@cret"));
    }
}
