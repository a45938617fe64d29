//! The confirmation: reference, day and hour, what it is and is not, the letter to send, what comes next.

use super::{App, NAME, problem};
use crate::duration::millis;
use crate::outbox::Stored;
use crate::referral::casefile::CaseFile;
use crate::referral::dossier::Dossier;
use crate::seal::sha256;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use std::sync::Arc;
use tracing::error;

#[derive(Serialize)]
struct Page {
    case: CaseFile,
    /// Whether a receipt was sent by e-mail.
    has_receipt: bool,
    /// Where something can be added later; empty for a complement.
    complement_url: String,
}

pub(super) async fn show(State(app): State<Arc<App>>, Path(token): Path<String>) -> Response {
    let found = match app.outbox.by_receipt(sha256(token.as_bytes())).await {
        Ok(found) => found,
        Err(fault) => {
            error!(event = "outbox", reason = %fault);
            return problem::unavailable(&app);
        }
    };
    let fresh = |stored: &Stored| app.clock.millis() - stored.received_at < millis(app.config.receipt_life);
    let Some(stored) = found.filter(fresh) else {
        return problem::unknown(&app);
    };
    let Some(case) = case(&app, &stored) else {
        error!(event = "open", reference = stored.reference);
        return problem::unavailable(&app);
    };
    let (component, complement_url) = if stored.parent.is_some() {
        ("referral_completed", String::new())
    } else {
        let token = app.ring.token(&stored.fields.key_id, "complement", &stored.id);
        let url = token.map(|token| format!("/saisine/complement/{token}"));
        ("referral_confirmation", url.unwrap_or_default())
    };
    let page = Page {
        complement_url,
        has_receipt: stored.has_receipt,
        case,
    };
    let label = match page.case.object() {
        "Saisine" => "Saisine enregistrée".to_owned(),
        object => format!("{object} enregistré"),
    };
    let title = format!("{label} {} – {NAME}", stored.reference);
    match app.site.component(component, "page", &page) {
        Ok(content) => Html(app.site.page(&title, &label, &content)).into_response(),
        Err(reason) => {
            error!(event = "render", reason);
            problem::unavailable(&app)
        }
    }
}

/// The dossier of a stored referral, opened.
pub(super) fn dossier(app: &App, stored: &Stored) -> Option<Dossier> {
    let bytes = app
        .ring
        .open(
            &stored.fields.key_id,
            &format!("referral:{}", stored.id),
            &stored.fields.bytes,
        )
        .ok()?;
    Dossier::from_bytes(&bytes).ok()
}

/// Its case, in words.
fn case(app: &App, stored: &Stored) -> Option<CaseFile> {
    let dossier = dossier(app, stored)?;
    let commission = app.site.commission(&stored.departement)?;
    let received = Timestamp::from_millisecond(stored.received_at).ok()?;
    let mut case = CaseFile::new(&app.site, commission, &dossier, &stored.reference, received);
    case.parent = stored.parent.clone().unwrap_or_default();
    Some(case)
}
