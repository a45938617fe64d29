//! A real clamd on a private folder, with one signature of our own, ended with the value that holds it.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A running clamd.
pub struct Clamd {
    folder: TempDir,
    child: Option<Child>,
}

/// The file that every antivirus takes for a virus, and that harms nobody. In two parts: this file is none.
pub fn eicar() -> Vec<u8> {
    [
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}$".as_bytes(),
        b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ]
    .concat()
}

impl Clamd {
    /// One that knows this file alone, so that no base of signatures must be fetched.
    pub fn start() -> Self {
        let mut clamd = Self::stopped();
        clamd.resume();
        clamd
    }

    /// One that does not run yet.
    pub fn stopped() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("clamd")
            .tempdir()
            .expect("a folder");
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path(), open).expect("readable by clamd");
        let place = folder.path().display();
        let hex: String = eicar().iter().map(|byte| format!("{byte:02x}")).collect();
        let write = |name: &str, text: String| {
            std::fs::write(folder.path().join(name), text).expect("written");
        };
        std::fs::create_dir(folder.path().join("base")).expect("a folder");
        // Anywhere in a file of any kind.
        write("base/essai.ndb", format!("Essai.Eicar:0:*:{hex}\n"));
        write(
            "clamd.conf",
            format!("DatabaseDirectory {place}/base\nLocalSocket {place}/socket\nForeground yes\n"),
        );
        Self { folder, child: None }
    }

    /// Starts it and waits until it listens.
    pub fn resume(&mut self) {
        let child = Command::new(program())
            .arg("-c")
            .arg(self.folder.path().join("clamd.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.child = Some(child.expect("clamd runs"));
        let began = Instant::now();
        while std::os::unix::net::UnixStream::connect(self.socket()).is_err() {
            assert!(began.elapsed() < Duration::from_secs(60), "clamd does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    /// Argument of a service that asks it.
    pub fn argument(&self) -> String {
        format!("--clamd=unix:{}", self.socket().display())
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Debian keeps it where only administrators look.
fn program() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.push("/usr/sbin".into());
    let found = folders
        .iter()
        .map(|folder| folder.join("clamd"))
        .find(|path| path.exists());
    found.expect("`clamd` is missing: run `sh tests/install.sh` (it says what to install)")
}
