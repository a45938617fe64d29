//! `/healthz` and `/readyz`, on their own address: the process lives; it can store and its worker works.

use crate::clock::Clock;
use crate::outbox::Outbox;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Most milliseconds since the worker's last round. A round may last as long as the slowest relay.
const SILENCE: i64 = 15 * 60_000;

/// What health is read from.
pub struct Health {
    /// Store.
    pub outbox: Arc<dyn Outbox>,
    /// Clock.
    pub clock: Clock,
    /// Last round of the worker.
    pub heartbeat: Arc<AtomicI64>,
}

/// The routes of the private address.
pub fn router(health: Arc<Health>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .with_state(health)
}

async fn ready(State(health): State<Arc<Health>>) -> (StatusCode, &'static str) {
    let silence = health.clock.millis() - health.heartbeat.load(Ordering::Relaxed);
    if silence > SILENCE {
        (StatusCode::SERVICE_UNAVAILABLE, "worker")
    } else if health.outbox.check().await.is_err() {
        (StatusCode::SERVICE_UNAVAILABLE, "outbox")
    } else {
        (StatusCode::OK, "ok")
    }
}
