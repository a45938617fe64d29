//! How often: posts of a client, attempts to send.

use super::{Reader, Settings};
use crate::duration;
use std::time::Duration;

/// `20/10m`: how many posts in which time.
pub(super) fn rate(r: &mut Reader, s: &Settings) -> (u32, Duration) {
    let fault = || format!("« {} » : on attend par exemple « 20/10m »", s.rate);
    let read = s
        .rate
        .split_once('/')
        .ok_or_else(fault)
        .and_then(|(count, period)| {
            let count = count.trim().parse().map_err(|_| fault())?;
            Ok((count, duration::parse(period)?))
        });
    r.take("ML_RATE", read, (0, Duration::ZERO))
}

/// The waits between attempts.
pub(super) fn retry(r: &mut Reader, s: &Settings) -> Vec<Duration> {
    let waits: Result<Vec<_>, _> = s.retry_schedule.split(',').map(duration::parse).collect();
    let waits = r.take("ML_RETRY_SCHEDULE", waits, vec![Duration::from_secs(1)]);
    if waits.iter().any(Duration::is_zero) {
        r.faults
            .push("ML_RETRY_SCHEDULE : une attente ne peut pas être nulle".to_owned());
    }
    waits
}
