//! The lanes of the worker: several messages leave side by side, so that one slow mailbox does not hold the others.

use super::alert::Alerts;
use super::message::{self, Envelope};
use super::retry;
use super::worker::{Done, Worker};
use crate::duration::millis;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tracing::{error, warn};

/// Messages that a lane takes at a time: when the relay is down, the others stay free.
const BATCH: u32 = 1;
/// Most time between two looks at the outbox.
const POLL: Duration = Duration::from_secs(1);
/// Time between two looks at what waits too long.
const WATCH: Duration = Duration::from_secs(30);
/// Longest pause after the relay refused us.
const LONGEST_PAUSE: i64 = 15 * 60_000;

/// A worker, and what its lanes know of each other.
struct Lanes {
    worker: Worker,
    /// Times in a row that the relay refused us, whatever the message.
    failures: AtomicU32,
    /// Rung when a message needs a person's eye.
    eye: Notify,
}

impl Worker {
    /// Works until told to stop. A lane that dies ends the worker.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let senders = self.config.senders;
        let lanes = Arc::new(Lanes {
            worker: self,
            failures: AtomicU32::new(0),
            eye: Notify::new(),
        });
        let mut tasks = JoinSet::new();
        for lane in 0..senders {
            tasks.spawn(lanes.clone().lane(lane, stop.clone()));
        }
        tasks.spawn(lanes.guard(stop));
        while let Some(Ok(())) = tasks.join_next().await {}
    }
}

impl Lanes {
    async fn lane(self: Arc<Self>, lane: usize, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            // While the relay refuses us, one lane alone tries whether it still does.
            if lane == 0 || self.failures.load(Ordering::Relaxed) == 0 {
                self.round(&stop).await;
            }
            let failures = self.failures.load(Ordering::Relaxed);
            let pause = if lane == 0 && failures > 0 {
                let wait = retry::wait(&self.worker.config.retry, failures, 127).min(LONGEST_PAUSE);
                Duration::from_millis(wait.unsigned_abs())
            } else {
                POLL
            };
            tokio::select! {
                _ = stop.changed() => {}
                () = tokio::time::sleep(pause) => {}
                () = self.worker.bell.notified(), if failures == 0 => {}
            }
        }
    }

    /// One message after another until nothing is due, or the relay refuses us.
    async fn round(&self, stop: &watch::Receiver<bool>) {
        let worker = &self.worker;
        loop {
            let now = worker.clock.millis();
            worker.heartbeat.store(now, Ordering::Relaxed);
            let claims = match worker
                .outbox
                .claim_due(now, millis(worker.config.lease), BATCH)
                .await
            {
                Ok(claims) => claims,
                Err(fault) => return error!(event = "outbox", reason = %fault),
            };
            if claims.is_empty() {
                return;
            }
            // There may be more: another lane looks too.
            worker.bell.notify_one();
            let before = self.failures.load(Ordering::Relaxed);
            for claim in claims {
                match worker.one(claim).await {
                    Done::Passed => self.failures.store(0, Ordering::Relaxed),
                    Done::Held => {
                        self.failures.store(0, Ordering::Relaxed);
                        self.eye.notify_one();
                    }
                    Done::Stuck => self.eye.notify_one(),
                    // Lanes that are refused at the same moment are refused once.
                    Done::Refused => {
                        self.failures.fetch_max(before + 1, Ordering::Relaxed);
                    }
                }
            }
            if self.failures.load(Ordering::Relaxed) > 0 || *stop.borrow() {
                return;
            }
        }
    }

    /// Looks at what waits too long: now and then, and when something needs a person.
    async fn guard(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut alerts = Alerts::default();
        while !*stop.borrow() {
            self.worker.watch(&mut alerts).await;
            tokio::select! {
                _ = stop.changed() => {}
                () = tokio::time::sleep(WATCH) => {}
                () = self.eye.notified() => {}
            }
        }
    }
}

impl Worker {
    /// Tells what waits too long.
    async fn watch(&self, alerts: &mut Alerts) {
        let Ok(list) = self.outbox.list(None).await else {
            return;
        };
        let now = self.clock.millis();
        for line in alerts.look(&list, now) {
            error!(event = "alert", message = line);
        }
        let Some(to) = &self.config.alert_to else { return };
        let Some(text) = alerts.mail(now) else { return };
        let message_id = format!("alerte.{now}@{}", self.config.from.domain());
        let envelope = Envelope {
            from: &self.config.from,
            to,
            message_id: &message_id,
            thread: None,
            date: self.clock.now(),
        };
        let Ok(mime) = message::alert("[Médiation Logement] Des envois attendent", &text, &envelope) else {
            return;
        };
        match self.mailer.send(&self.config.from, to, &message_id, &mime).await {
            Ok(_) => alerts.sent(now),
            // It stays to be told, and is tried again with the next look.
            Err(failure) => warn!(event = "alert-not-sent", class = failure.class.word()),
        }
    }
}
