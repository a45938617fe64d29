//! Runs a program to its end, and reads what it cost.

use super::{Failure, RUNS};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a run cost.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(crate) struct Measured {
    /// Wall time, seconds.
    pub(crate) seconds: f64,
    /// Most memory held at once, KiB.
    pub(crate) peak: u64,
}

/// Runs several times, `before` each, and gives back the run of median time.
pub(crate) fn median(
    mut command: impl FnMut() -> Command,
    before: impl Fn() -> Result<(), Failure>,
) -> Result<Measured, Failure> {
    let mut all = Vec::new();
    for _ in 0..RUNS {
        before()?;
        all.push(once(&mut command())?);
    }
    all.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    Ok(all[all.len() / 2])
}

/// One run. The peak is what the system counted until shortly before the end.
fn once(command: &mut Command) -> Result<Measured, Failure> {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(high_water(child.id()));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    if !status.success() {
        return Err(format!("{command:?} ended with {status}").into());
    }
    Ok(Measured {
        seconds: start.elapsed().as_secs_f64(),
        peak,
    })
}

/// Most memory that a process held so far, KiB; 0 when the system does not tell.
pub(crate) fn high_water(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}

/// Builds a site with the program itself; `cold` without the last output.
pub(crate) fn build(program: &Path, root: &Path, cold: bool) -> Result<Measured, Failure> {
    let command = || {
        let mut command = Command::new(program);
        command
            .args(["build", "--date", "2026-11-25", "--root"])
            .arg(root);
        command
    };
    median(command, || if cold { remove(&root.join("dist")) } else { Ok(()) })
}

/// Removes a folder that may not be there.
pub(crate) fn remove(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}
