//! The worker: claims what is due, renders it once, sends it, marks it. Any step may fail; nothing is dropped.

use super::alert::Alerts;
use super::letter::Fault;
use super::mailer::{Class, Mailer};
use super::message::{self, Envelope};
use super::retry;
use crate::clock::Clock;
use crate::config::Config;
use crate::duration::millis;
use crate::metrics::Metrics;
use crate::outbox::{Claim, Outbox, Outcome};
use crate::seal::KeyRing;
use crate::site::Site;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tracing::{error, info, warn};

/// Messages taken at a time: when the relay is down, the others stay free.
const BATCH: u32 = 1;
/// Most time between two looks at the outbox.
const POLL: Duration = Duration::from_secs(1);
/// Time between two looks at what waits too long.
const WATCH: i64 = 30_000;
/// Longest pause after the relay refused us.
const LONGEST_PAUSE: i64 = 15 * 60_000;

/// Everything the worker needs.
pub struct Worker {
    /// Configuration.
    pub config: Arc<Config>,
    /// Origin of the links.
    pub origin: String,
    /// Texts and templates.
    pub site: Arc<Site>,
    /// Store.
    pub outbox: Arc<dyn Outbox>,
    /// Keys.
    pub ring: Arc<KeyRing>,
    /// Clock.
    pub clock: Clock,
    /// Way out.
    pub mailer: Arc<dyn Mailer>,
    /// Rung when something new is stored.
    pub bell: Arc<Notify>,
    /// Milliseconds since 1970 of the last round, for `/readyz`.
    pub heartbeat: Arc<AtomicI64>,
    /// Counters.
    pub metrics: Arc<Metrics>,
}

impl Worker {
    /// Works until told to stop.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut alerts = Alerts::default();
        let (mut failures, mut watched) = (0_u32, 0);
        while !*stop.borrow() {
            let now = self.clock.millis();
            self.heartbeat.store(now, Ordering::Relaxed);
            let stopped = self.round(&stop, &mut failures).await;
            if now - watched >= WATCH || stopped {
                watched = now;
                self.watch(&mut alerts).await;
            }
            let pause = if failures > 0 {
                let wait = retry::wait(&self.config.retry, failures, 127).min(LONGEST_PAUSE);
                Duration::from_millis(wait.unsigned_abs())
            } else {
                POLL
            };
            self.rest(&mut stop, pause, failures == 0).await;
        }
    }

    /// One batch after another until nothing is due. Whether something needs a person's eye.
    async fn round(&self, stop: &watch::Receiver<bool>, failures: &mut u32) -> bool {
        let mut eye = false;
        loop {
            let now = self.clock.millis();
            let claims = match self.outbox.claim_due(now, millis(self.config.lease), BATCH).await {
                Ok(claims) => claims,
                Err(fault) => {
                    error!(event = "outbox", reason = %fault);
                    return eye;
                }
            };
            if claims.is_empty() {
                return eye;
            }
            for claim in claims {
                eye |= self.one(claim, failures).await;
            }
            if *failures > 0 || *stop.borrow() {
                return eye;
            }
        }
    }

    async fn rest(&self, stop: &mut watch::Receiver<bool>, pause: Duration, wake: bool) {
        tokio::select! {
            _ = stop.changed() => {}
            () = tokio::time::sleep(pause) => {}
            () = self.bell.notified(), if wake => {}
        }
    }

    /// Sends one message and marks it; whether it needs a person's eye.
    async fn one(&self, claim: Claim, failures: &mut u32) -> bool {
        let began = self.clock.millis();
        let sent = self.deliver(&claim).await;
        let now = self.clock.millis();
        let (reference, kind, attempt) = (claim.reference.as_str(), claim.kind.word(), claim.attempts);
        let fault = match sent {
            Ok(relay_id) => {
                *failures = 0;
                self.metrics.attempted("sent");
                info!(
                    event = "sent",
                    reference,
                    kind,
                    part = claim.part,
                    attempt,
                    ms = now - began
                );
                let outcome = Outcome {
                    class: "sent",
                    code: Some(250),
                    relay_id,
                };
                if let Err(fault) = self.outbox.complete(claim.lease, outcome, now).await {
                    error!(event = "outbox", reference, reason = %fault);
                }
                return false;
            }
            Err(fault) => fault,
        };
        let (class, code, next_at, held) = match fault {
            Fault::Store(reason) => {
                error!(event = "outbox", reference, reason);
                return true;
            }
            Fault::Scan(reason) => {
                warn!(event = "scan", reference, reason);
                let wait = retry::wait(&self.config.retry, claim.attempts, 127);
                ("scan", None, now + wait, false)
            }
            Fault::Render(reason) => {
                error!(event = "render", reference, kind, reason);
                ("render", None, retry::held(now, claim.created_at), true)
            }
            Fault::Mail(failure) => {
                warn!(
                    event = "failed",
                    reference,
                    kind,
                    attempt,
                    class = failure.class.word(),
                    code = failure.code,
                    step = failure.step
                );
                *failures = if failure.class.stops_all() {
                    *failures + 1
                } else {
                    0
                };
                let held = failure.class == Class::Permanent;
                let chance = self.ring.random::<1>().map_or(127, |[byte]| byte);
                let wait = retry::wait(&self.config.retry, claim.attempts, chance);
                let next_at = if held {
                    retry::held(now, claim.created_at)
                } else {
                    now + wait
                };
                (failure.class.word(), failure.code, next_at, held)
            }
        };
        self.metrics.attempted(class);
        let outcome = Outcome {
            class,
            code,
            relay_id: None,
        };
        if let Err(fault) = self.outbox.defer(claim.lease, outcome, next_at, held).await {
            error!(event = "outbox", reference, reason = %fault);
        }
        held
    }

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
