//! A real mail server: Postfix with its own configuration, queue and mailboxes, on a free port.
//! The system's own Postfix, if there is one, is neither read nor touched.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::certificate::Certificate;
use crate::mailbox::Mailbox;
use crate::process::{Process, eventually};
use crate::{programs, sasl};

/// Starts tried before giving up.
const START_TRIES: u32 = 5;

/// The user and group `nobody`/`nogroup` of Debian, who own the mailboxes.
const NOBODY: u32 = 65534;

/// A running Postfix that requires STARTTLS and a password and delivers every mail into one folder.
pub struct Postfix {
    folder: TempDir,
    port: u16,
    certificate: Certificate,
    inbox: PathBuf,
    master: Option<Process>,
}

impl Postfix {
    /// Sets one up and starts it.
    ///
    /// # Panics
    /// When Postfix is missing or refuses to start; it needs root, as it changes users itself.
    #[must_use]
    pub fn start() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("postfix")
            .tempdir()
            .expect("a temporary folder");
        // Postfix's own users must be able to walk to the queue and to the mailboxes.
        set_mode(folder.path(), 0o755);
        for name in ["etc", "queue", "data", "mail"] {
            fs::create_dir(folder.path().join(name)).expect("a folder can be made");
        }
        let port = programs::free_port();
        let certificate = Certificate::make(&folder.path().join("etc"));
        let inbox = folder.path().join("mail/all/new");
        let mut postfix = Self {
            folder,
            port,
            certificate,
            inbox,
            master: None,
        };
        postfix.give("data", "postfix");
        postfix.give("mail", &format!("{NOBODY}:{NOBODY}"));
        postfix.configure();
        postfix.resume();
        sasl::serve(&postfix.path("queue/private/password-check"));
        postfix.give("queue/private/password-check", "postfix");
        postfix
    }

    /// Address for the service: STARTTLS required, with user and password.
    #[must_use]
    pub fn url(&self) -> String {
        let password = sasl::PASSWORD.replace(':', "%3A").replace('/', "%2F");
        format!(
            "smtp+starttls://{}:{password}@localhost:{}",
            sasl::USER,
            self.port
        )
    }

    /// The authority to trust, PEM.
    #[must_use]
    pub fn authority(&self) -> &Path {
        &self.certificate.authority
    }

    /// Stops the server, as in an outage; what was delivered stays.
    pub fn stop(&mut self) {
        let Some(mut process) = self.master.take() else {
            return;
        };
        // The process that we started waits for the master, which leads a session of its own.
        if let Ok(master) = fs::read_to_string(self.path("queue/pid/master.pid")) {
            let _ = Command::new("kill").args(["-TERM", master.trim()]).status();
        }
        process.wait_end(Duration::from_secs(10));
    }

    /// Starts it (again) on the same port.
    ///
    /// # Panics
    /// When it does not listen within some seconds.
    pub fn resume(&mut self) {
        // A daemon that just ended may hold its lock for a moment more: the new one then gives up at once.
        let master = (1..=START_TRIES)
            .find_map(|attempt| match self.launch() {
                Ok(master) => Some(master),
                Err(reason) if attempt == START_TRIES => panic!("{reason}"),
                Err(_) => {
                    std::thread::sleep(Duration::from_millis(500));
                    None
                }
            })
            .expect("the last try starts or panics");
        let port = self.port;
        eventually(Duration::from_secs(10), "Postfix listens", || {
            std::net::TcpStream::connect(("127.0.0.1", port)).ok().map(drop)
        });
        self.master = Some(master);
    }

    fn launch(&self) -> Result<Process, String> {
        let mut command = Command::new(programs::tool("postfix"));
        command.arg("-c").arg(self.path("etc")).arg("start-fg");
        let mut master = Process::start(&mut command);
        master.try_wait_for(Duration::from_secs(20), |line| {
            line.contains("daemon started").then_some(())
        })?;
        Ok(master)
    }

    /// What the server wrote to its log since it was started.
    #[must_use]
    pub fn log(&self) -> String {
        self.master.as_ref().map(Process::said).unwrap_or_default()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Changes the owner of a file.
    fn give(&self, name: &str, owner: &str) {
        let output = Command::new(programs::tool("chown"))
            .arg(owner)
            .arg(self.path(name))
            .output();
        let output = output.expect("chown can be started");
        assert!(
            output.status.success(),
            "a private Postfix needs root: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn configure(&self) {
        let path = |name: &str| self.path(name).display().to_string();
        let settings = [
            ("compatibility_level", "3.6".to_owned()),
            ("queue_directory", path("queue")),
            ("data_directory", path("data")),
            ("maillog_file", "/dev/stdout".to_owned()),
            ("inet_interfaces", "127.0.0.1".to_owned()),
            ("inet_protocols", "ipv4".to_owned()),
            ("myhostname", "mta.test".to_owned()),
            ("mynetworks", String::new()),
            ("mydestination", String::new()),
            ("alias_maps", String::new()),
            // Every address is ours and ends in the same folder: nothing can leave the machine.
            ("virtual_mailbox_domains", "static:all".to_owned()),
            ("virtual_mailbox_maps", "static:all/".to_owned()),
            ("virtual_mailbox_base", path("mail")),
            ("virtual_minimum_uid", "1".to_owned()),
            ("virtual_uid_maps", format!("static:{NOBODY}")),
            ("virtual_gid_maps", format!("static:{NOBODY}")),
            (
                "default_transport",
                "error:nothing leaves this machine".to_owned(),
            ),
            ("message_size_limit", "10240000".to_owned()),
            (
                "smtpd_tls_cert_file",
                self.certificate.certificate.display().to_string(),
            ),
            ("smtpd_tls_key_file", self.certificate.key.display().to_string()),
            ("smtpd_tls_security_level", "encrypt".to_owned()),
            ("smtpd_sasl_auth_enable", "yes".to_owned()),
            ("smtpd_sasl_type", "dovecot".to_owned()),
            ("smtpd_sasl_path", "private/password-check".to_owned()),
            (
                "smtpd_recipient_restrictions",
                "permit_sasl_authenticated, reject".to_owned(),
            ),
        ];
        let mut text = String::new();
        for (name, value) in settings {
            let _ = writeln!(text, "{name} = {value}");
        }
        fs::write(self.path("etc/main.cf"), text).expect("a file can be written");
        fs::write(self.path("etc/master.cf"), self.services()).expect("a file can be written");
        set_mode(&self.path("etc/server.key"), 0o600);
    }

    /// The programs that Postfix needs to receive and to deliver locally, none of them in a chroot.
    fn services(&self) -> String {
        let mut text = format!("127.0.0.1:{} inet n - n - - smtpd\n", self.port);
        text.push_str("postlog unix-dgram n - n - 1 postlogd\n");
        for line in [
            "pickup unix n - n 60 1 pickup",
            "cleanup unix n - n - 0 cleanup",
            "qmgr unix n - n 300 1 qmgr",
            "tlsmgr unix - - n 1000? 1 tlsmgr",
            "rewrite unix - - n - - trivial-rewrite",
            "bounce unix - - n - 0 bounce",
            "defer unix - - n - 0 bounce",
            "trace unix - - n - 0 bounce",
            "error unix - - n - - error",
            "retry unix - - n - - error",
            "virtual unix - n n - - virtual",
            "anvil unix - - n - 1 anvil",
            "proxymap unix - - n - - proxymap",
        ] {
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}

impl Mailbox for Postfix {
    fn folder(&self) -> &Path {
        &self.inbox
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the mail server said:\n{}", self.log());
        }
        self.stop();
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode can be set");
}
