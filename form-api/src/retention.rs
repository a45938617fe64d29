//! Forgetting by age: what was delivered long enough ago. What was not delivered is never too old.

use crate::clock::Clock;
use crate::config::Config;
use crate::duration::millis;
use crate::outbox::{Outbox, OutboxError, Retention};
use std::sync::Arc;
use tokio::sync::watch;
use tracing::{error, info};

/// Erases everything that is due; gives the references.
///
/// # Errors
/// When the store refuses.
pub async fn purge(outbox: &dyn Outbox, config: &Config, now: i64) -> Result<Vec<String>, OutboxError> {
    let limits = Retention {
        delivered_before: now - millis(config.retention),
        noted_before: now - millis(config.ledger_retention),
        now,
    };
    let mut gone = Vec::new();
    loop {
        let some = outbox.purge(limits).await?;
        if some.is_empty() {
            return Ok(gone);
        }
        gone.extend(some);
    }
}

/// Erases what is due now and then.
pub struct Keeper {
    /// Configuration.
    pub config: Arc<Config>,
    /// Store.
    pub outbox: Arc<dyn Outbox>,
    /// Clock.
    pub clock: Clock,
}

impl Keeper {
    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match purge(&*self.outbox, &self.config, self.clock.millis()).await {
                Ok(gone) if gone.is_empty() => {}
                Ok(gone) => info!(event = "purged", cases = gone.len()),
                Err(fault) => error!(event = "outbox", reason = %fault),
            }
            tokio::select! {
                _ = stop.changed() => {}
                () = tokio::time::sleep(self.config.purge_interval) => {}
            }
        }
    }
}
