//! What passed every check is sealed and made durable; only then comes the answer.

use super::intake::Upload;
use super::{App, client, problem};
use crate::clock;
use crate::delivery::message::parts;
use crate::outbox::{Enqueued, NewFile, NewReferral, Parent};
use crate::referral::dossier::{Dossier, JoinedFile};
use crate::seal::{SealError, hex, sha256};
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use referral_form::names;
use serde_json::json;
use tracing::{error, info};

/// Stores a referral, or a complement when it has a `parent`, and answers with its confirmation.
pub(super) async fn store(
    app: &App,
    headers: &HeaderMap,
    key: String,
    departement: String,
    dossier: &Dossier,
    parent: Option<Parent>,
    uploads: Vec<Upload>,
) -> Response {
    let bytes: u64 = dossier.files.iter().map(|file| file.size).sum();
    let count = dossier.files.len();
    let began = app.clock.millis();
    let sealed = seal(app, (key, departement), dossier, parent, uploads);
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
    let known = uploads
        .iter()
        .filter_map(|upload| upload.kind.map(|kind| (upload, kind)));
    let files = known.zip(1..).map(|((upload, kind), n)| JoinedFile {
        n,
        piece: upload.posted.piece.clone().unwrap_or_default(),
        original: upload.posted.name.clone(),
        kind,
        size: upload.posted.size,
        sha256: hex(&sha256(&upload.bytes)),
    });
    files.collect()
}

/// The referral as the store keeps it, and the token of its confirmation.
fn seal(
    app: &App,
    (idem_key, departement): (String, String),
    dossier: &Dossier,
    parent: Option<Parent>,
    uploads: Vec<Upload>,
) -> Result<(NewReferral, String), SealError> {
    let id = hex(&app.ring.random::<16>()?);
    let now = app.clock.now();
    let fields = app.ring.seal(&format!("referral:{id}"), &dossier.to_bytes())?;
    let mut files = Vec::with_capacity(uploads.len());
    for (upload, n) in uploads
        .into_iter()
        .filter(|upload| upload.kind.is_some())
        .zip(1..)
    {
        files.push(NewFile {
            n,
            size: upload.posted.size,
            body: app.ring.seal(&format!("attachment:{id}:{n}"), &upload.bytes)?,
        });
    }
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
