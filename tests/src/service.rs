//! The form service, run as its operator would: on a private database, a free port and a mail target.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::mailbox::Mailbox;
use crate::process::{Process, eventually};
use crate::site::{Run, TestSite};
use crate::{Postfix, SmtpSink, programs};

/// Address of the commission of Seine-Saint-Denis in the tests.
pub const COMMISSION: &str = "cdc93@commission.test";
/// Address that the service writes from.
pub const SENDER: &str = "ne-pas-repondre@service.test";

/// A running `form-api` that serves the project's own built site.
pub struct TestService {
    folder: TempDir,
    variables: Vec<(String, String)>,
    process: Option<Process>,
    origin: String,
    may_keep_mail: bool,
}

impl TestService {
    /// One that writes its mails into a folder, see [`Mailbox`].
    #[must_use]
    pub fn with_folder() -> Self {
        Self::with(&[])
    }

    /// One that hands its mails to a scripted server.
    #[must_use]
    pub fn with_sink(sink: &SmtpSink) -> Self {
        Self::with(&[("ML_SMTP_URL", &sink.url())])
    }

    /// One that hands its mails to a real server, over TLS, with a password.
    #[must_use]
    pub fn with_postfix(postfix: &Postfix) -> Self {
        let authority = postfix.authority().display().to_string();
        Self::with(&[("ML_SMTP_URL", &postfix.url()), ("SSL_CERT_FILE", &authority)])
    }

    /// One with these variables on top of the usual ones.
    #[must_use]
    pub fn with(variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name).display().to_string();
        let usual = [
            ("ML_LISTEN", "127.0.0.1:0".to_owned()),
            ("ML_SITE_DIR", TestSite::real().dist().display().to_string()),
            ("ML_DATABASE_URL", format!("sqlite://{}", path("outbox.db"))),
            ("ML_MAILBOX", path("mailbox")),
            ("ML_MAIL_FROM", SENDER.to_owned()),
            ("ML_ROUTES", format!("93={COMMISSION}")),
            ("ML_RETRY_SCHEDULE", "1s".to_owned()),
            ("ML_MIN_FILL_TIME", "0s".to_owned()),
            ("ML_RATE", "1000/1m".to_owned()),
            ("ML_RECEIPTS_A_DAY", "1000".to_owned()),
        ];
        let usual = usual.into_iter().map(|(name, value)| (name.to_owned(), value));
        let more = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let variables = usual.chain(more).collect();
        let mut service = Self {
            folder,
            variables,
            process: None,
            origin: String::new(),
            may_keep_mail: false,
        };
        service.restart();
        service
    }

    /// Starts the service (again) on the same database, on a new port.
    ///
    /// # Panics
    /// When it does not say where it listens.
    pub fn restart(&mut self) {
        let mut process = Process::start(&mut self.command("serve"));
        self.origin = process.wait_for(Duration::from_secs(30), |line| {
            let address = line.split("http://").nth(1)?;
            let address = address.split_whitespace().next()?.trim_end_matches('/');
            line.contains("écoute sur").then(|| format!("http://{address}"))
        });
        self.process = Some(process);
    }

    /// Ends the service with SIGKILL, as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill();
        }
    }

    /// Ends the service with SIGTERM, as its host would; its exit status and how long it took.
    ///
    /// # Panics
    /// When it does not end in time.
    pub fn terminate(&mut self) -> (ExitStatus, Duration) {
        let mut process = self.process.take().expect("a running service");
        let began = Instant::now();
        process.ask_to_end();
        (process.wait_end(Duration::from_secs(60)), began.elapsed())
    }

    /// The file of its database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("outbox.db")
    }

    /// Scheme, host and port: `http://127.0.0.1:41234`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Full address of a page: `page("/saisine")`.
    #[must_use]
    pub fn page(&self, address: &str) -> String {
        format!("{}{address}", self.origin)
    }

    /// What the service said since it was last started.
    #[must_use]
    pub fn log(&self) -> String {
        self.process.as_ref().map(Process::said).unwrap_or_default()
    }

    /// A line of `/proc/…/status` of the service, in kilobytes: `VmRSS` is its memory now, `VmHWM` the most so far.
    ///
    /// # Panics
    /// When it does not run, or the system does not say.
    #[must_use]
    pub fn memory(&self, line: &str) -> u64 {
        let process = self.process.as_ref().expect("a running service").id();
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("its status");
        let mut lines = status.lines().filter(|known| known.starts_with(line));
        let words = lines.next().map(str::split_whitespace);
        let kilobytes = words.and_then(|mut words| words.nth(1)?.parse().ok());
        kilobytes.expect("a number of kilobytes")
    }

    /// Runs another command of the program (`list`, `retry`…) on the same database.
    ///
    /// # Panics
    /// When the program cannot be started.
    #[must_use]
    pub fn operate(&self, arguments: &[&str]) -> Run {
        let (first, more) = arguments.split_first().expect("a command");
        let output = self
            .command(first)
            .args(more)
            .output()
            .expect("form-api can be started");
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Starts a second `serve` on the same database, without waiting for it.
    #[must_use]
    pub fn rival(&self) -> Process {
        Process::start(&mut self.command("serve"))
    }

    /// Says that this test ends with mails still to be sent, on purpose.
    pub fn may_keep_mail(&mut self) {
        self.may_keep_mail = true;
    }

    /// Waits until no mail is left to be sent.
    ///
    /// # Panics
    /// When some are left after a while.
    pub fn wait_delivered(&self) {
        let mut list = String::new();
        let wait = Duration::from_secs(15);
        eventually(wait, "an empty outbox (`form-api list`)", || {
            list = self.operate(&["list"]).stdout;
            (!self.waits()).then_some(())
        });
    }

    /// Whether the outbox still holds a mail to be sent.
    fn waits(&self) -> bool {
        let list = self.operate(&["list"]);
        assert_eq!(list.status, 0, "form-api list: {}", list.said());
        !list.stdout.trim().is_empty()
    }

    fn command(&self, command: &str) -> Command {
        let mut all = Command::new(programs::program("form-api"));
        let inherited = std::env::vars_os().map(|(name, _)| name);
        let ours = inherited.filter(|name| name.to_string_lossy().starts_with("ML_") || name == "PORT");
        for name in ours {
            all.env_remove(name);
        }
        all.arg(command).current_dir(self.folder.path());
        all.envs(self.variables.iter().map(|(name, value)| (name, value)));
        all
    }

    /// Folder where mails are written when there is no mail server.
    #[must_use]
    pub fn mailbox(&self) -> PathBuf {
        self.folder.path().join("mailbox")
    }
}

/// The mailbox folder of a service as [`Mailbox`].
pub struct MailFolder(pub PathBuf);

impl Mailbox for MailFolder {
    fn folder(&self) -> &Path {
        &self.0
    }
}

impl Drop for TestService {
    /// A test that ends with a full outbox without saying so has failed.
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the service said:\n{}", self.log());
        } else if !self.may_keep_mail {
            self.wait_delivered();
        }
        if let Some(mut process) = self.process.take() {
            process.terminate(Duration::from_secs(5));
        }
    }
}
