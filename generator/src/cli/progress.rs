//! A sign of life on the terminal when a piece of work takes more than a second.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Work shorter than this says nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two signs.
const BEAT: Duration = Duration::from_millis(250);

/// Tells on the error output what is going on, from the first second until it is dropped. Says nothing in a file.
pub(crate) struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Starts counting the time of `work`: « Construction du site ».
    pub(crate) fn start(work: &'static str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let (end, ended) = channel::<()>();
        let started = Instant::now();
        let thread = std::thread::spawn(move || {
            let mut wait = PATIENCE;
            let mut told = false;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                tell(&format!("\r{work} : {} s…", started.elapsed().as_secs()));
                (wait, told) = (BEAT, true);
            }
            if told {
                // The line is wiped: what follows stands where it was.
                tell("\r\u{1b}[2K");
            }
        });
        Self(Some((end, thread)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.0.take() {
            drop(end);
            // A line that could not be written harms nothing.
            let _ = thread.join();
        }
    }
}

fn tell(text: &str) {
    let mut output = std::io::stderr();
    let _ = write!(output, "{text}");
    let _ = output.flush();
}
