//! The disk's own limit: the same bytes, appended to a file and synced, one after the other.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// Appends of `bytes` bytes made durable in a second.
pub(crate) fn synced(folder: &Path, bytes: usize, time: Duration) -> std::io::Result<f64> {
    let path = folder.join("limit");
    let mut file = File::create(&path)?;
    let block = vec![7; bytes];
    let began = Instant::now();
    let mut done = 0_u32;
    while began.elapsed() < time {
        file.write_all(&block)?;
        file.sync_data()?;
        done += 1;
    }
    let rate = f64::from(done) / began.elapsed().as_secs_f64();
    std::fs::remove_file(&path)?;
    Ok(rate)
}
