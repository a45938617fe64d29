//! The link of the commission: opening it shows a page, its button says that the referral was received.
//! Only the button counts: programs that read mails open links by themselves.

use super::{App, NAME, client, problem};
use crate::outbox::{OutboxError, Stored};
use crate::seal::sha256;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use std::sync::Arc;
use tracing::{error, info};

#[derive(Serialize)]
struct Page {
    reference: String,
    token: String,
    /// When it was acknowledged, in words; empty before.
    acknowledged: String,
}

pub(super) async fn show(State(app): State<Arc<App>>, Path(token): Path<String>) -> Response {
    match app.outbox.by_ack(sha256(token.as_bytes())).await {
        Ok(Some(stored)) => page(&app, &stored, token),
        Ok(None) => problem::unknown(&app),
        Err(fault) => failed(&app, &fault),
    }
}

pub(super) async fn confirm(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    if client::is_foreign(&headers, &app.origin, app.config.site_origin.as_deref()) {
        return problem::foreign(&app);
    }
    let hash = sha256(token.as_bytes());
    let stored = match app.outbox.by_ack(hash).await {
        Ok(Some(stored)) => stored,
        Ok(None) => return problem::unknown(&app),
        Err(fault) => return failed(&app, &fault),
    };
    let message_id = format!("{}.accuse@{}", stored.reference, app.config.from.domain());
    match app
        .outbox
        .acknowledge(stored.id.clone(), message_id, app.clock.millis())
        .await
    {
        Ok(true) => {
            info!(event = "acknowledged", reference = stored.reference);
            app.bell.notify_one();
        }
        Ok(false) => {}
        Err(fault) => return failed(&app, &fault),
    }
    match app.outbox.by_ack(hash).await {
        Ok(Some(stored)) => page(&app, &stored, token),
        Ok(None) => problem::unknown(&app),
        Err(fault) => failed(&app, &fault),
    }
}

fn failed(app: &App, fault: &OutboxError) -> Response {
    error!(event = "outbox", reason = %fault);
    problem::unavailable(app)
}

fn page(app: &App, stored: &Stored, token: String) -> Response {
    let at = stored
        .acked_at
        .and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let page = Page {
        reference: stored.reference.clone(),
        token,
        acknowledged: at.map(crate::clock::paris_words).unwrap_or_default(),
    };
    let label = "Accuser réception";
    match app.site.component("referral_acknowledge", "page", &page) {
        Ok(content) => Html(app.site.page(
            &format!("{label} – {} – {NAME}", stored.reference),
            label,
            &content,
        ))
        .into_response(),
        Err(reason) => {
            error!(event = "render", reason);
            problem::unavailable(app)
        }
    }
}
