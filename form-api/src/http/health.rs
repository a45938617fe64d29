//! The private address: the process lives; it can store and its worker works; what it has counted.

use crate::clock::Clock;
use crate::metrics::{Metrics, Now};
use crate::outbox::Outbox;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::watch;

/// Most milliseconds since the worker's last round. A round may last as long as the slowest relay.
const SILENCE: i64 = 15 * 60_000;
/// Age in milliseconds from which a message that has not left means that mail does not flow.
const LATE: i64 = 15 * 60_000;

/// What health is read from.
pub struct Health {
    /// Store.
    pub outbox: Arc<dyn Outbox>,
    /// Clock.
    pub clock: Clock,
    /// Last round of the worker.
    pub heartbeat: Arc<AtomicI64>,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// Folder of the store, when it is on this machine.
    pub folder: Option<PathBuf>,
    /// Bytes to be left free there.
    pub least_free: u64,
    /// Whether the service is ending.
    pub stopped: watch::Receiver<bool>,
}

/// The routes of the private address.
pub fn router(health: Arc<Health>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(health)
}

/// `/readyz` is about what a person needs: that their form is kept. `/readyz?mail` also fails when mails are late,
/// for an alarm; a proxy must not ask that, or a relay that is down would close the form.
async fn ready(State(health): State<Arc<Health>>, RawQuery(query): RawQuery) -> (StatusCode, String) {
    let silence = health.clock.millis() - health.heartbeat.load(Ordering::Relaxed);
    let ending = *health.stopped.borrow();
    let full = free(health.folder.as_ref()).is_some_and(|left| left < health.least_free);
    let writes = health.outbox.check().await.is_ok();
    let flows = writes && health.flows().await;
    let mail_asked = query.as_deref() == Some("mail");
    let parts = [
        ("service", !ending, "ends", true),
        ("worker", silence <= SILENCE, "silent", true),
        ("disk", !full, "full", true),
        ("outbox", writes, "refuses", true),
        ("mail", flows, "late", mail_asked),
    ];
    let word = |&(name, good, wrong, _): &(&str, bool, &str, bool)| {
        format!("{name} {}\n", if good { "ok" } else { wrong })
    };
    let text: String = parts.iter().map(word).collect();
    let good = parts.iter().all(|(_, good, _, needed)| *good || !*needed);
    let status = if good {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, text)
}

async fn metrics(State(health): State<Arc<Health>>) -> impl IntoResponse {
    let tally = health.outbox.tally().await.ok();
    let text = health.metrics.text(Now {
        tally: tally.as_ref(),
        now: health.clock.millis(),
        heartbeat: health.heartbeat.load(Ordering::Relaxed),
        free: free(health.folder.as_ref()),
    });
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text)
}

impl Health {
    /// Whether nothing has waited too long. What is held for a person is told by mail, not here.
    async fn flows(&self) -> bool {
        let Ok(list) = self.outbox.list(None).await else {
            return false;
        };
        let now = self.clock.millis();
        let waits = |state: &str| state == "ready" || state == "sending";
        !list
            .iter()
            .any(|one| waits(&one.state) && now - one.created_at > LATE)
    }
}

/// Bytes left where the store grows.
pub(super) fn free(folder: Option<&PathBuf>) -> Option<u64> {
    let found = rustix::fs::statvfs(folder?).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}
