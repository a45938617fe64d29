//! A real PostgreSQL on a private folder and a free port, ended with the value that holds it.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// User that the server runs as when the tests run as root, which it refuses.
const NOBODY: u32 = 65534;

/// A running server.
pub struct Postgres {
    folder: TempDir,
    port: u16,
    settings: Vec<String>,
    child: Option<Child>,
}

impl Postgres {
    /// One with these settings (`fsync=off`) on top of the usual ones.
    pub fn start(settings: &[&str]) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("postgres")
            .tempdir()
            .expect("a folder");
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
            listener.local_addr().expect("an address").port()
        };
        if root() {
            std::os::unix::fs::chown(folder.path(), Some(NOBODY), Some(NOBODY)).expect("an owner");
        }
        let mut initdb = program("initdb");
        let data = folder.path().join("data");
        initdb.args([
            "--auth=trust",
            "--username=form",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C",
            "--pgdata",
        ]);
        let made = initdb
            .arg(&data)
            .stdin(Stdio::null())
            .output()
            .expect("initdb runs");
        assert!(
            made.status.success(),
            "initdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        let mut server = Self {
            folder,
            port,
            settings: settings.iter().map(|setting| (*setting).to_owned()).collect(),
            child: None,
        };
        server.resume();
        server
    }

    /// Starts the server (again) on its port and waits until it answers.
    pub fn resume(&mut self) {
        let mut postgres = program("postgres");
        postgres.arg("-D").arg(self.folder.path().join("data"));
        let socket = format!("unix_socket_directories={}", self.folder.path().display());
        let port = format!("port={}", self.port);
        for setting in ["listen_addresses=127.0.0.1", &port, &socket]
            .into_iter()
            .chain(self.settings.iter().map(String::as_str))
        {
            postgres.arg("-c").arg(setting);
        }
        let child = postgres
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        self.child = Some(child.spawn().expect("postgres runs"));
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.answers() {
            assert!(Instant::now() < deadline, "PostgreSQL does not answer");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn answers(&self) -> bool {
        let mut ready = program("pg_isready");
        let asked = ready
            .args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()])
            .status();
        asked.expect("pg_isready runs").success()
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        // SIGQUIT: the server and all its children, without any cleaning; SIGKILL would leave the children.
        let _ = Command::new("kill")
            .args(["-QUIT", &child.id().to_string()])
            .status();
        let _ = child.wait();
    }

    /// A new database and its address.
    pub async fn database(&self, name: &str) -> String {
        let url = |name: &str| format!("postgres://form@127.0.0.1:{}/{name}", self.port);
        let (client, line) = tokio_postgres::connect(&url("postgres"), tokio_postgres::NoTls)
            .await
            .expect("a client");
        let line = tokio::spawn(line);
        client
            .batch_execute(&format!("create database {name}"))
            .await
            .expect("a database");
        drop(client);
        let _ = line.await;
        url(name)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.kill();
    }
}

fn root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|found| std::os::unix::fs::MetadataExt::uid(&found) == 0)
}

fn program(name: &str) -> Command {
    let mut command = Command::new(folder().join(name));
    command.current_dir("/");
    if root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// Debian keeps the server's programs out of `PATH`, one folder a version.
fn folder() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut found: Vec<PathBuf> = versions
        .map(|one| one.path().join("bin"))
        .filter(|path| path.join("initdb").exists())
        .collect();
    found.sort();
    let elsewhere = std::env::var_os("PATH").unwrap_or_default();
    let elsewhere = std::env::split_paths(&elsewhere).find(|path| Path::new(path).join("initdb").exists());
    found
        .pop()
        .or(elsewhere)
        .expect("`initdb` is missing: run `sh tests/install.sh` (it says what to install)")
}
