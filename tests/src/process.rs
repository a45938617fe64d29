//! Child processes that end with the value that holds them, by their own id and nothing else.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// The lines that a process has said so far, on both outputs.
#[derive(Clone, Default)]
struct Said {
    lines: Arc<(Mutex<VecDeque<String>>, Condvar)>,
}

impl Said {
    fn collect(&self, from: impl Read + Send + 'static) {
        let said = self.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(from).lines().map_while(Result::ok) {
                said.lines.0.lock().expect("no reader panics").push_back(line);
                said.lines.1.notify_all();
            }
        });
    }

    fn text(&self) -> String {
        let lines = self.lines.0.lock().expect("no reader panics");
        lines.iter().cloned().collect::<Vec<_>>().join("\n")
    }
}

/// A running program, killed when dropped.
pub struct Process {
    name: String,
    child: Child,
    said: Said,
}

impl Process {
    /// Starts a command and collects what it says.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{name} cannot be started: {error}"));
        let said = Said::default();
        said.collect(child.stdout.take().expect("standard output is piped"));
        said.collect(child.stderr.take().expect("standard error is piped"));
        Self { name, child, said }
    }

    /// The id of the process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything said so far.
    #[must_use]
    pub fn said(&self) -> String {
        self.said.text()
    }

    /// Waits for a line for which `wanted` gives a value.
    ///
    /// # Panics
    /// When no such line comes in time or the process ends before, with all that it said.
    pub fn wait_for<T>(&mut self, wait: Duration, wanted: impl Fn(&str) -> Option<T>) -> T {
        self.try_wait_for(wait, wanted)
            .unwrap_or_else(|reason| panic!("{reason}"))
    }

    /// The same, for a caller that may try again.
    ///
    /// # Errors
    /// No such line in time, or the process ended before: with all that it said.
    ///
    /// # Panics
    /// When the system cannot tell the state of the process.
    pub fn try_wait_for<T>(
        &mut self,
        wait: Duration,
        wanted: impl Fn(&str) -> Option<T>,
    ) -> Result<T, String> {
        let deadline = Instant::now() + wait;
        loop {
            if let Some(value) = self.said().lines().find_map(&wanted) {
                return Ok(value);
            }
            if let Some(status) = self.child.try_wait().expect("the process can be asked") {
                std::thread::sleep(Duration::from_millis(50));
                let said = self.said();
                let last = said.lines().find_map(&wanted);
                return last.ok_or_else(|| format!("{} ended with {status} and said:\n{said}", self.name));
            }
            if Instant::now() >= deadline {
                return Err(format!("{} took too long; it said:\n{}", self.name, self.said()));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until the process ends by itself.
    ///
    /// # Panics
    /// When it does not end in time.
    pub fn wait_end(&mut self, wait: Duration) -> ExitStatus {
        let deadline = Instant::now() + wait;
        loop {
            if let Some(status) = self.child.try_wait().expect("the process can be asked") {
                std::thread::sleep(Duration::from_millis(50)); // the readers finish
                return status;
            }
            assert!(
                Instant::now() < deadline,
                "{} does not end; it said:\n{}",
                self.name,
                self.said()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends the process with SIGKILL, as a power cut would, and waits until it is gone.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks the process to end, with SIGTERM.
    pub fn ask_to_end(&self) {
        let _ = Command::new("kill")
            .args(["-TERM", &self.id().to_string()])
            .status();
    }

    /// Asks the process to end with SIGTERM and waits for it; kills it after `wait`.
    pub fn terminate(&mut self, wait: Duration) {
        self.ask_to_end();
        let deadline = Instant::now() + wait;
        while Instant::now() < deadline {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.kill();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Calls `ask` until it gives a value.
///
/// # Panics
/// When it gives none within `wait`; `what` says what was awaited.
pub fn eventually<T>(wait: Duration, what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + wait;
    loop {
        if let Some(value) = ask() {
            return value;
        }
        assert!(Instant::now() < deadline, "not within {wait:?}: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
