//! What passed every check is sealed and made durable; only then comes the answer.

use super::intake::{Arrived, Upload};
use super::{App, client, problem};
use crate::clock;
use crate::delivery::message::parts;
use crate::outbox::{Enqueued, NewFile, NewReferral, Parent};
use crate::referral::dossier::{Dossier, JoinedFile};
use crate::seal::{SealError, sha256};
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use referral_form::names;
use serde_json::json;
use tracing::{error, info};

/// Stores a referral, or a complement when it has a `parent`, and answers with its confirmation.
/// `filed`: its key of idempotency and its département.
pub(super) async fn store(
    app: &App,
    headers: &HeaderMap,
    filed: (String, String),
    dossier: &Dossier,
    parent: Option<Parent>,
    arrived: Arrived,
) -> Response {
    let bytes: u64 = dossier.files.iter().map(|file| file.size).sum();
    let count = dossier.files.len();
    let began = app.clock.millis();
    let sealed = seal(app, filed, dossier, parent, arrived);
    let Ok((new, fresh)) = sealed else {
        error!(event = "seal");
        return problem::unavailable(app);
    };
    let stored = app.outbox.enqueue(new).await;
    let token = |key_id: &str, id: &str| app.ring.token(key_id, "recu", id);
    match stored {
        Ok(Enqueued::New { reference }) => {
            info!(
                event = "accepted",
                reference,
                files = count,
                bytes,
                ms = app.clock.millis() - began
            );
            app.metrics.accepted();
            app.bell.notify_one();
            accepted(app, headers, &reference, Ok(fresh))
        }
        Ok(Enqueued::Same {
            id,
            key_id,
            reference,
        }) => {
            info!(event = "repeated", reference);
            accepted(app, headers, &reference, token(&key_id, &id))
        }
        Ok(Enqueued::TooMany) => problem::too_many_complements(app),
        Ok(Enqueued::Conflict) => problem::conflict(app),
        Err(fault) => {
            error!(event = "outbox", reason = %fault);
            problem::unavailable(app)
        }
    }
}

/// The list of the files, numbered.
pub(super) fn joined(uploads: &[Upload]) -> Vec<JoinedFile> {
    // Every file of an accepted form has a kind and was put aside.
    let known = uploads
        .iter()
        .filter_map(|upload| Some((upload, upload.kind?, upload.body.as_ref()?)));
    let files = known.zip(1..).map(|((upload, kind, body), n)| JoinedFile {
        n,
        piece: upload.posted.piece.clone().unwrap_or_default(),
        original: upload.posted.name.clone(),
        kind,
        size: body.size(),
        sha256: body.sha256().to_owned(),
    });
    files.collect()
}

/// The referral as the store keeps it, and the token of its confirmation.
fn seal(
    app: &App,
    (idem_key, departement): (String, String),
    dossier: &Dossier,
    parent: Option<Parent>,
    arrived: Arrived,
) -> Result<(NewReferral, String), SealError> {
    let id = arrived.id;
    let now = app.clock.now();
    let fields = app.ring.seal(&format!("referral:{id}"), &dossier.to_bytes())?;
    let bodies = arrived.files.into_iter().filter_map(|upload| upload.body);
    let files: Vec<NewFile> = bodies
        .zip(1..)
        .map(|(body, n)| NewFile {
            n,
            size: body.size(),
            body,
        })
        .collect();
    let sizes: Vec<u64> = files.iter().map(|file| file.size).collect();
    let receipt = app.ring.token(&fields.key_id, "recu", &id)?;
    let ack = app.ring.token(&fields.key_id, "accuse", &id)?;
    let complement = match &parent {
        Some(_) => None,
        None => Some(app.ring.token(&fields.key_id, "complement", &id)?),
    };
    let address = dossier.answers.text(names::REQUESTER_EMAIL).to_lowercase();
    let new = NewReferral {
        idem_key,
        content_hash: dossier.content_hash(),
        departement,
        year: i16::try_from(clock::paris_day(now).year).unwrap_or(0),
        received_at: now.as_millisecond(),
        receipt_token_hash: sha256(receipt.as_bytes()),
        ack_token_hash: sha256(ack.as_bytes()),
        complement_token_hash: complement.map(|token| sha256(token.as_bytes())),
        parent,
        parts: parts::plan(&sizes, app.config.mail_max)
            .last()
            .copied()
            .unwrap_or(1),
        domain: app.config.from.domain().to_owned(),
        address_mac: app.ring.mac("receipt-address", address.as_bytes()),
        receipts_a_day: app.config.receipts_a_day,
        fields,
        files,
        id,
    };
    Ok((new, receipt))
}

fn accepted(app: &App, headers: &HeaderMap, reference: &str, token: Result<String, SealError>) -> Response {
    let Ok(token) = token else {
        return problem::unavailable(app);
    };
    let place = format!("/saisine/recu/{token}");
    if client::wants_json(headers) {
        let body = json!({ "reference": reference, "recu_le": clock::paris_iso(app.clock.now()), "confirmation": place });
        return (StatusCode::ACCEPTED, Json(body)).into_response();
    }
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}
