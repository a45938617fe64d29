//! A service on a database of its own.

use crate::Fault;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running service; ends with this value.
pub(crate) struct Service {
    child: Child,
    /// `host:port`.
    pub(crate) address: String,
    mailbox: PathBuf,
    program: String,
    variables: Vec<(&'static str, String)>,
}

impl Service {
    /// Starts it. Without `sending`, the relay does not exist: mails wait.
    pub(crate) fn start(program: &str, site: &str, folder: &Path, sending: bool) -> Result<Self, Fault> {
        let relay = (!sending).then(|| SocketAddr::from(([127, 0, 0, 1], 9)));
        Self::with(program, site, folder, relay, &[])
    }

    /// Starts it with a relay, and forgets what was delivered a minute ago.
    pub(crate) fn start_through(
        program: &str,
        site: &str,
        folder: &Path,
        relay: SocketAddr,
    ) -> Result<Self, Fault> {
        let soon = [("ML_RETENTION", "60s"), ("ML_PURGE_INTERVAL", "10s")];
        Self::with(program, site, folder, Some(relay), &soon)
    }

    fn with(
        program: &str,
        site: &str,
        folder: &Path,
        relay: Option<SocketAddr>,
        more: &[(&'static str, &str)],
    ) -> Result<Self, Fault> {
        let database = format!("sqlite://{}", folder.join("outbox.db").display());
        let mailbox = folder.join("mailbox");
        let mut variables = vec![
            ("ML_LISTEN", "127.0.0.1:0".to_owned()),
            ("ML_SITE_DIR", site.to_owned()),
            ("ML_DATABASE_URL", database),
            ("ML_MAILBOX", mailbox.display().to_string()),
            ("ML_MIN_FILL_TIME", "0s".to_owned()),
            ("ML_RATE", "0/1s".to_owned()),
            ("ML_LOG", "off".to_owned()),
        ];
        if let Some(relay) = relay {
            variables.extend([
                ("ML_SMTP_URL", format!("smtp+plain://{relay}")),
                ("ML_MAIL_FROM", "banc@exemple.invalid".to_owned()),
                ("ML_ROUTES", "93=commission@exemple.invalid".to_owned()),
                ("ML_RETRY_SCHEDULE", "1s,2s,5s,10s".to_owned()),
            ]);
        }
        variables.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let mut command = Command::new(program);
        command.envs(variables.iter().cloned()).env_remove("PORT");
        command.arg("serve").stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut said = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut said)?;
        let address = said
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .ok_or("no address")?;
        Ok(Self {
            address: address.trim().to_owned(),
            child,
            mailbox,
            program: program.to_owned(),
            variables,
        })
    }

    /// `VmRSS` now and `VmHWM`, its highest so far.
    pub(crate) fn memory(&self) -> std::io::Result<String> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let lines = status
            .lines()
            .filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
        let words = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        Ok(words.collect::<Vec<_>>().join(", "))
    }

    /// Kilobytes in memory now.
    pub(crate) fn resident(&self) -> Result<u64, Fault> {
        let memory = self.memory()?;
        let now = memory
            .split("VmRSS: ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next());
        Ok(now.ok_or("no VmRSS")?.parse()?)
    }

    /// Sizes of the database and of its log, and open files.
    pub(crate) fn disk(&self, folder: &Path) -> std::io::Result<String> {
        let size =
            |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |found| found.len() / 1_000_000);
        let files = std::fs::read_dir(format!("/proc/{}/fd", self.child.id()))?.count();
        Ok(format!(
            "database {} MB, log {} MB, {files} open files",
            size("outbox.db"),
            size("outbox.db-wal")
        ))
    }

    /// Bytes of the write-ahead log.
    pub(crate) fn log(folder: &Path) -> u64 {
        std::fs::metadata(folder.join("outbox.db-wal")).map_or(0, |found| found.len())
    }

    /// What another command of the program says of the same database.
    pub(crate) fn operate(&self, command: &str) -> Result<String, Fault> {
        let output = Command::new(&self.program)
            .envs(self.variables.iter().cloned())
            .arg(command)
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Waits until no mail has been written for two seconds.
    pub(crate) fn settle(&self) -> Result<(), Fault> {
        let (mut before, mut since) = (0, Instant::now());
        while since.elapsed() < Duration::from_secs(2) {
            let now = std::fs::read_dir(&self.mailbox)?.count();
            if now != before {
                (before, since) = (now, Instant::now());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
