//! A post: guards, reading, rules, storage, and only then the answer.

use super::client::{self, Peer};
use super::form::{self, Shown};
use super::intake::{self, Arrived, Refused, Upload};
use super::{App, problem};
use crate::clock;
use crate::delivery::message::parts;
use crate::duration::millis;
use crate::outbox::{Enqueued, NewFile, NewReferral};
use crate::referral::diagnosis;
use crate::referral::dossier::{self, Dossier, JoinedFile};
use crate::seal::{SealError, hex, sha256};
use crate::token;
use axum::Json;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use referral_form::{Answers, FieldError, PostedFile, names, validate};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tracing::{error, info};

/// How long a post waits for room before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn receive(
    State(app): State<Arc<App>>,
    Extension(Peer(peer)): Extension<Peer>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    if client::is_foreign(&headers, &app.origin) {
        return problem::foreign(&app);
    }
    let address = client::address(peer.ip(), &headers, app.config.trusted_hops);
    if !app.limiter.allow(address, app.clock.millis()) {
        info!(event = "limited");
        return problem::too_many(&app);
    }
    let Ok(Ok(_room)) = timeout(PATIENCE, app.uploads.acquire()).await else {
        return problem::unavailable(&app);
    };
    match intake::receive(&app, request).await {
        Ok(arrived) => decide(&app, &headers, arrived).await,
        Err(Refused::TooLarge) => problem::too_large(&app),
        Err(Refused::TooSlow) => problem::too_slow(&app),
        Err(Refused::Malformed) => {
            let notice = app.site.definition.text("envoi_incomplet").to_owned();
            again(
                &app,
                &headers,
                &mut Arrived::default(),
                Vec::new(),
                vec![notice],
                String::new(),
            )
        }
    }
}

async fn decide(app: &App, headers: &HeaderMap, mut arrived: Arrived) -> Response {
    let key = match key(app, headers, &mut arrived) {
        Ok(key) => key,
        Err((notice, token)) => {
            let notice = app.site.definition.text(notice).to_owned();
            return again(app, headers, &mut arrived, Vec::new(), vec![notice], token);
        }
    };
    let today = clock::paris_day(app.clock.now());
    let files: Vec<PostedFile> = arrived.files.iter().map(|file| file.posted.clone()).collect();
    let checked = validate(
        &app.site.definition,
        &arrived.posted,
        &files,
        app.config.files,
        today,
    );
    match checked {
        Err(errors) => {
            let token = arrived.posted.first("jeton").to_owned();
            again(app, headers, &mut arrived, errors, Vec::new(), token)
        }
        Ok(answers) => {
            let carried = arrived.posted.first("diagnostic");
            let diagnosis = if carried.chars().count() > diagnosis::MAX {
                ""
            } else {
                carried
            }
            .to_owned();
            store(app, headers, key, (answers, diagnosis), arrived.files).await
        }
    }
}

/// The key of idempotency of a post, or the notice to show with the token to keep.
/// Nothing suspect is thrown away: the person sees their answers again and sends them again.
fn key(app: &App, headers: &HeaderMap, arrived: &mut Arrived) -> Result<String, (&'static str, String)> {
    let text = arrived.posted.first("jeton").to_owned();
    let trap = arrived
        .posted
        .all("site_web")
        .iter()
        .any(|value| !value.trim().is_empty());
    arrived.posted.remove("site_web");
    let given = headers
        .get("idempotency-key")
        .filter(|_| client::wants_json(headers));
    let Some(token) = token::read(&app.ring, &text) else {
        return match given {
            Some(key) => Ok(format!("h:{}", hex(&sha256(key.as_bytes())))),
            None => Err(("jeton_ancien", String::new())),
        };
    };
    let age = app.clock.millis() - token.made_at;
    if age > millis(app.config.token_life) || age < -60_000 {
        Err(("jeton_ancien", String::new()))
    } else if trap {
        Err(("suspect_piege", text))
    } else if age < millis(app.config.min_fill) {
        Err(("suspect_vite", text))
    } else {
        Ok(format!("j:{}", hex(&token.nonce)))
    }
}

/// The form again, with everything typed; files must be chosen again, and the page says which.
fn again(
    app: &App,
    headers: &HeaderMap,
    arrived: &mut Arrived,
    errors: Vec<FieldError>,
    notices: Vec<String>,
    token: String,
) -> Response {
    let codes: Vec<&str> = errors.iter().map(|error| error.code.as_str()).collect();
    info!(
        event = "shown-again",
        errors = codes.join(","),
        notices = notices.len()
    );
    if client::wants_json(headers) {
        let body = json!({ "erreurs": errors, "avis": notices });
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response();
    }
    let shown = Shown {
        errors,
        notices,
        reattach: arrived
            .files
            .iter()
            .map(|file| file.posted.name.clone())
            .filter(|name| !name.is_empty())
            .collect(),
        token,
    };
    form::render(app, StatusCode::UNPROCESSABLE_ENTITY, &arrived.posted, shown)
}

async fn store(
    app: &App,
    headers: &HeaderMap,
    key: String,
    (answers, diagnosis): (Answers, String),
    uploads: Vec<Upload>,
) -> Response {
    let departement = departement_of(answers.text(names::COMMUNE)).to_owned();
    let commission = app
        .site
        .commission(&departement)
        .filter(|_| app.config.routes.contains_key(&departement));
    let Some(commission) = commission else {
        error!(event = "no-route", departement);
        return problem::unavailable(app);
    };
    let dossier = Dossier {
        version: dossier::VERSION,
        mode: commission.mode.clone(),
        files: joined(&uploads),
        diagnosis,
        answers,
    };
    let bytes: u64 = dossier.files.iter().map(|file| file.size).sum();
    let count = dossier.files.len();
    let began = app.clock.millis();
    let sealed = seal(app, key, departement, &dossier, uploads);
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
        Ok(Enqueued::Conflict) => problem::conflict(app),
        Err(fault) => {
            error!(event = "outbox", reason = %fault);
            problem::unavailable(app)
        }
    }
}

fn joined(uploads: &[Upload]) -> Vec<JoinedFile> {
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
    idem_key: String,
    departement: String,
    dossier: &Dossier,
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
    let address = dossier.answers.text(names::REQUESTER_EMAIL).to_lowercase();
    let new = NewReferral {
        idem_key,
        content_hash: dossier.content_hash(),
        departement,
        year: i16::try_from(clock::paris_day(now).year).unwrap_or(0),
        received_at: now.as_millisecond(),
        receipt_token_hash: sha256(receipt.as_bytes()),
        ack_token_hash: sha256(ack.as_bytes()),
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

/// Département of a municipality: the first digits of its INSEE code.
fn departement_of(insee: &str) -> &str {
    let len = if insee.starts_with("97") || insee.starts_with("98") {
        3
    } else {
        2
    };
    insee.get(..len).unwrap_or(insee)
}
