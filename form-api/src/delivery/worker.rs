//! The worker: claims what is due, renders it once, sends it, marks it. Any step may fail; nothing is dropped.

use super::letter::Fault;
use super::mailer::{Class, Mailer};
use super::retry;
use crate::clock::Clock;
use crate::config::Config;
use crate::metrics::Metrics;
use crate::outbox::{Claim, Outbox, Outcome};
use crate::seal::KeyRing;
use crate::site::Site;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use tokio::sync::Notify;
use tracing::{error, info, warn};

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

/// What came of a message, for those that follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// It left, or comes back by itself.
    Passed,
    /// It needs a person's eye.
    Held,
    /// The store does not answer; the lease will end by itself.
    Stuck,
    /// The relay refuses us, whatever the message.
    Refused,
}

impl Worker {
    /// Sends one message and marks it.
    pub(super) async fn one(&self, claim: Claim) -> Done {
        let began = self.clock.millis();
        let sent = self.deliver(&claim).await;
        let now = self.clock.millis();
        let relay_id = match sent {
            Ok(relay_id) => relay_id,
            Err(fault) => return self.put_off(claim, fault, now).await,
        };
        self.metrics.attempted("sent");
        let (reference, kind, attempt) = (claim.reference.as_str(), claim.kind.word(), claim.attempts);
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
        Done::Passed
    }

    /// Marks a message that did not leave.
    async fn put_off(&self, claim: Claim, fault: Fault, now: i64) -> Done {
        let (reference, kind, attempt) = (claim.reference.as_str(), claim.kind.word(), claim.attempts);
        let again = |chance| now + retry::wait(&self.config.retry, attempt, chance);
        let held_until = retry::held(now, claim.created_at);
        let (class, code, next_at, done) = match fault {
            Fault::Store(reason) => {
                error!(event = "outbox", reference, reason);
                return Done::Stuck;
            }
            Fault::Scan(reason) => {
                warn!(event = "scan", reference, reason);
                ("scan", None, again(127), Done::Passed)
            }
            Fault::Render(reason) => {
                error!(event = "render", reference, kind, reason);
                ("render", None, held_until, Done::Held)
            }
            Fault::Mail(failure) => {
                let (class, code, step) = (failure.class.word(), failure.code, failure.step);
                warn!(event = "failed", reference, kind, attempt, class, code, step);
                let chance = self.ring.random::<1>().map_or(127, |[byte]| byte);
                match failure.class {
                    Class::Permanent => (class, code, held_until, Done::Held),
                    one if one.stops_all() => (class, code, again(chance), Done::Refused),
                    _ => (class, code, again(chance), Done::Passed),
                }
            }
        };
        self.metrics.attempted(class);
        let outcome = Outcome {
            class,
            code,
            relay_id: None,
        };
        let held = done == Done::Held;
        if let Err(fault) = self.outbox.defer(claim.lease, outcome, next_at, held).await {
            error!(event = "outbox", reference, reason = %fault);
        }
        done
    }
}
