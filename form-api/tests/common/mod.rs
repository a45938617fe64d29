//! What the tests of the service share: a site, a running service, a form, a plain HTTP client.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses its own part of this"
)]

pub mod clamd;
pub mod postgres;
pub mod relay;

use clap::Parser;
use form_api::clock::Clock;
use form_api::config::{Config, Settings};
use form_api::contact::Contacts;
use form_api::delivery::mailer::{Mailer, Memory};
use form_api::outbox::Outbox;
use form_api::outbox::sqlite::Sqlite;
use form_api::seal::KeyRing;
use form_api::service::{self, Parts, Running};
use form_api::site::Site;
use mail_parser::{Message, MessageParser, MimeHeaders};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The keys of the tests.
pub const KEYS: &str = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

#[derive(Parser)]
#[command(args_override_self = true)]
struct Line {
    #[command(flatten)]
    settings: Settings,
}

/// A configuration from arguments.
pub fn config(folder: &Path, arguments: &[&str]) -> Config {
    let site = format!("--site-dir={}", folder.join("dist").display());
    let database = format!("--database-url=sqlite://{}", folder.join("outbox.db").display());
    let mailbox = format!("--mailbox={}", folder.join("mailbox").display());
    let usual = [
        "form-api",
        "--listen=127.0.0.1:0",
        // Said outright: a PORT of the environment must not decide for the tests.
        "--port=0",
        "--min-fill-time=0s",
        "--retry-schedule=20ms",
        &site,
        &database,
        &mailbox,
    ];
    let line = Line::try_parse_from(usual.iter().chain(arguments)).expect("arguments");
    Config::check(&line.settings).expect("a configuration")
}

/// Writes a built site with the real templates of the theme.
pub fn site(folder: &Path) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let service = folder.join("dist/.service");
    let templates = service.join("templates");
    std::fs::create_dir_all(&templates).expect("folders");
    for name in ["shell.html", "form.json", "commissions.json", "redirects.json"] {
        std::fs::copy(here.join("tests/fixtures").join(name), service.join(name)).expect("a fixture");
    }
    for entry in std::fs::read_dir(here.join("../theme/components")).expect("the components") {
        let entry = entry.expect("an entry");
        let template = entry.path().join("template.html");
        if template.exists() {
            let name = format!("{}.html", entry.file_name().to_string_lossy());
            std::fs::copy(template, templates.join(name)).expect("a template");
        }
    }
    std::fs::write(folder.join("dist/404.html"), "<h1>Page introuvable</h1>").expect("404");
    std::fs::write(folder.join("dist/index.html"), "<h1>Accueil</h1>").expect("home");
}

/// A running service.
pub struct Service {
    pub folder: TempDir,
    pub address: SocketAddr,
    pub outbox: Arc<dyn Outbox>,
    pub memory: Arc<Memory>,
    later: Arc<AtomicI64>,
    running: Option<Running>,
}

impl Service {
    /// One that keeps its mails in memory.
    pub async fn start(arguments: &[&str]) -> Self {
        let memory = Arc::new(Memory::default());
        let folder = tempfile::tempdir().expect("a folder");
        site(folder.path());
        Self::start_with(folder, arguments, memory.clone(), memory).await
    }

    /// One with another way out, on a folder that may hold an outbox already.
    pub async fn start_with(
        folder: TempDir,
        arguments: &[&str],
        mailer: Arc<dyn Mailer>,
        memory: Arc<Memory>,
    ) -> Self {
        let config = config(folder.path(), arguments);
        let outbox: Arc<dyn Outbox> = Arc::new(Sqlite::open(&config.database).expect("an outbox"));
        let contacts = Contacts::open(&folder.path().join("outbox.db.contact")).expect("a store");
        Self::start_in(folder, config, (outbox, contacts), mailer, memory).await
    }

    /// One on these stores.
    pub async fn start_in(
        folder: TempDir,
        config: Config,
        (outbox, contacts): (Arc<dyn Outbox>, Contacts),
        mailer: Arc<dyn Mailer>,
        memory: Arc<Memory>,
    ) -> Self {
        let later = Arc::new(AtomicI64::new(0));
        let shift = later.clone();
        let parts = Parts {
            site: Site::load(&config.site_dir).expect("a site"),
            outbox: outbox.clone(),
            ring: KeyRing::parse(KEYS).expect("keys"),
            clock: Clock::from(move || {
                jiff::Timestamp::now() + jiff::SignedDuration::from_millis(shift.load(Ordering::Relaxed))
            }),
            mailer,
            contacts,
        };
        let running = service::start(config, parts).await.expect("a service");
        Self {
            address: running.address,
            folder,
            outbox,
            memory,
            later,
            running: Some(running),
        }
    }

    /// Stops the service and gives its folder back.
    pub async fn stop(mut self) -> TempDir {
        let running = self.running.take().expect("running");
        running.until(std::future::ready(())).await.expect("a clean end");
        self.folder
    }

    /// Waits until the service ends without being told to.
    pub async fn ended(mut self) -> Result<(), String> {
        let running = self.running.take().expect("running");
        running.until(std::future::pending()).await
    }

    /// Moves the clock forward.
    pub fn pass(&self, time: Duration) {
        self.later
            .fetch_add(i64::try_from(time.as_millis()).expect("short"), Ordering::Relaxed);
    }

    /// A request without body.
    pub async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], Vec::new()).await
    }

    /// The token of a fresh form page.
    pub async fn token(&self) -> String {
        let page = self.get("/saisine").await;
        let (_, rest) = page.body.split_once("name=\"jeton\" value=\"").expect("a token");
        rest.split('"').next().expect("a token").to_owned()
    }

    /// Posts a form.
    pub async fn post(&self, form: &Form) -> Reply {
        self.post_with(form, &[]).await
    }

    /// Posts a form with headers.
    pub async fn post_with(&self, form: &Form, headers: &[(&str, &str)]) -> Reply {
        let kind = ("content-type", "multipart/form-data; boundary=LIMITE");
        let all: Vec<(&str, &str)> = headers.iter().copied().chain([kind]).collect();
        self.send("POST", "/saisine", &all, form.encode()).await
    }

    /// Posts a form to another address.
    pub async fn post_to(&self, path: &str, form: &Form) -> Reply {
        let kind = ("content-type", "multipart/form-data; boundary=LIMITE");
        self.send("POST", path, &[kind], form.encode()).await
    }

    /// A request, one connection each.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Reply {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n",
            self.address
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        let (mut reading, mut writing) = stream.split();
        let mut raw = Vec::new();
        let send = async {
            // The service may answer and close before it has read everything.
            let _ = writing.write_all(head.as_bytes()).await;
            let _ = writing.write_all(&body).await;
        };
        let (_, read) = tokio::join!(send, reading.read_to_end(&mut raw));
        assert!(read.is_ok() || !raw.is_empty(), "an answer to {method} {path}");
        Reply::read(&raw)
    }

    /// Waits until the outbox holds nothing to send, and gives the mails handed over.
    pub async fn mails(&self) -> Vec<Vec<u8>> {
        for _ in 0..500 {
            if self.outbox.list(None).await.expect("a list").is_empty() {
                return self.memory.kept().into_iter().map(|kept| kept.mime).collect();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("mails wait: {:?}", self.outbox.list(None).await);
    }
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    fn read(raw: &[u8]) -> Self {
        let text = String::from_utf8_lossy(raw);
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .expect("a status");
        Self {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// Where it sends to.
    pub fn location(&self) -> String {
        self.header("location").expect("a location")
    }

    /// A header.
    pub fn header(&self, wanted: &str) -> Option<String> {
        let mut pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.to_owned())
    }
}

/// A form to post.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pub fields: Vec<(String, String)>,
    pub files: Vec<(String, String, Vec<u8>)>,
}

impl Form {
    /// A tenant whose deposit was not given back.
    pub fn tenant(token: &str) -> Self {
        let fields = [
            ("jeton", token),
            ("site_web", ""),
            ("qualite", "locataire"),
            ("commune", "93066"),
            ("code_postal", "93200"),
            ("residence_principale", "oui"),
            ("type_bail", "vide"),
            ("parc", "prive"),
            ("motifs", "DG"),
            (
                "faits",
                "31 mai 2026 : remise des clés.\r\n<script>alert(1)</script>",
            ),
            ("demande", "=1+1 La restitution de 650 €."),
            ("montant", "650 €"),
            ("demandeur_nom", "Anne N’Diaye-L’Hôte"),
            ("demandeur_adresse", "1 rue de l’Exemple"),
            ("demandeur_code_postal", "75011"),
            ("demandeur_ville", "Paris"),
            ("demandeur_courriel", "anne@exemple.fr"),
            ("adverse_qualite", "bailleur"),
            ("adverse_nom", "SCI de l’Exemple"),
            ("adverse_adresse", "2 rue de l’Exemple"),
            ("logement_adresse", "3 rue de l’Exemple"),
            ("accord_transmission", "oui"),
            ("accord_exactitude", "oui"),
        ];
        Self {
            fields: fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            files: Vec::new(),
        }
    }

    /// The same with another answer.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with a file.
    pub fn file(mut self, field: &str, name: &str, bytes: &[u8]) -> Self {
        self.files
            .push((field.to_owned(), name.to_owned(), bytes.to_vec()));
        self
    }

    /// The body of its post.
    pub fn encode(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, value) in &self.fields {
            let head = format!("--LIMITE\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        for (field, name, bytes) in &self.files {
            let head = format!(
                "--LIMITE\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--LIMITE--\r\n");
        body
    }
}

/// Reads a mail with a parser that is not the sender's.
pub fn parse(mime: &[u8]) -> Message<'_> {
    MessageParser::default().parse(mime).expect("a mail")
}

/// Names and bytes of the attachments.
pub fn attachments(message: &Message) -> Vec<(String, Vec<u8>)> {
    let parts = message.attachments();
    parts
        .map(|part| {
            (
                part.attachment_name().unwrap_or_default().to_owned(),
                part.contents().to_vec(),
            )
        })
        .collect()
}

/// The receipt to the requester among these.
pub fn receipt(mails: &[Vec<u8>]) -> Message<'_> {
    let mut all = mails.iter().map(|mime| parse(mime));
    let starts = |mail: &Message| {
        let subject = mail.subject().unwrap_or_default();
        subject.starts_with("Accusé d’enregistrement")
    };
    all.find(starts).expect("a receipt")
}

/// The mail to the commission among these.
pub fn commission(mails: &[Vec<u8>]) -> Message<'_> {
    let all: Vec<Message> = mails.iter().map(|mime| parse(mime)).collect();
    all.into_iter()
        .find(|mail| mail.subject().is_some_and(|subject| subject.starts_with("[CDC")))
        .expect("the commission's")
}
