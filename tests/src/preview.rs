//! The live preview of the editors: the real `generator serve` on a small site of its own.

use std::process::Command;
use std::time::Duration;

use crate::process::Process;
use crate::site::TODAY;
use crate::{TestSite, programs};

/// A running preview, ended when dropped.
pub struct Preview {
    address: String,
    process: Process,
}

impl Preview {
    /// Serves this site on a free port.
    ///
    /// # Panics
    /// When the preview does not start.
    #[must_use]
    pub fn start(site: &TestSite) -> Self {
        let port = programs::free_port().to_string();
        let mut command = Command::new(programs::program("generator"));
        command.args(["serve", "--date", TODAY, "--port", &port, "--root"]);
        command.arg(site.root());
        let mut process = Process::start(&mut command);
        process.wait_for(Duration::from_secs(60), |line| {
            line.contains("Aperçu sur").then_some(())
        });
        Self {
            address: format!("http://127.0.0.1:{port}"),
            process,
        }
    }

    /// The full address of a page: `/guides/bail/`.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Waits until the first site is there.
    ///
    /// # Panics
    /// When it does not come.
    pub fn wait_built(&mut self) {
        self.process.wait_for(Duration::from_secs(240), |line| {
            let built = line.contains("Site reconstruit") || line.contains("Pour comprendre une règle");
            built.then_some(())
        });
    }

    /// All that the preview said so far.
    #[must_use]
    pub fn said(&self) -> String {
        self.process.said()
    }
}
