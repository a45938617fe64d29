//! A post: guards, reading, rules, storage, and only then the answer.

use super::client::{self, Peer};
use super::form::{self, Shown};
use super::intake::{self, Arrived, Refused};
use super::{App, health, problem, store};
use crate::clock;
use crate::duration::millis;
use crate::referral::diagnosis;
use crate::referral::dossier::{self, Dossier};
use crate::seal::{hex, sha256};
use crate::site::departement_of;
use crate::token;
use axum::Json;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use referral_form::{Answers, FieldError, Posted, PostedFile, names, recap, validate};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use tracing::{error, info};

/// Name of the button that shows the answers again before they are sent, for pages without script.
const PREVIEW: &str = "relire";

/// How long a post waits for room before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn receive(
    State(app): State<Arc<App>>,
    Extension(Peer(peer)): Extension<Peer>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    if let Some(commission) = form::redirection(&app) {
        return problem::redirected(&app, StatusCode::FORBIDDEN, commission);
    }
    match arrive(&app, peer.ip(), &headers, request).await {
        Ok(arrived) => decide(&app, &headers, arrived).await,
        Err(Cut::Answer(response)) => *response,
        Err(Cut::Malformed) => {
            let notice = app.site.definition.text("envoi_incomplet").to_owned();
            let mut empty = Arrived::default();
            again(
                &app,
                &headers,
                &mut empty,
                Vec::new(),
                vec![notice],
                String::new(),
            )
        }
    }
}

/// Why a post is not read to its end.
pub(super) enum Cut {
    /// What to answer.
    Answer(Box<Response>),
    /// It was cut, or is not a form: the page is shown again.
    Malformed,
}

/// The guards of a post, then its reading.
pub(super) async fn arrive(
    app: &App,
    peer: std::net::IpAddr,
    headers: &HeaderMap,
    request: Request,
) -> Result<Arrived, Cut> {
    let answer = |response: Response| Cut::Answer(Box::new(response));
    if client::is_foreign(headers, &app.origin, app.config.site_origin.as_deref()) {
        return Err(answer(problem::foreign(app)));
    }
    let address = client::address(peer, headers, app.config.trusted_hops);
    if !app.limiter.allow(address, app.clock.millis()) {
        info!(event = "limited");
        return Err(answer(problem::too_many(app)));
    }
    if health::free(app.folder.as_ref()).is_some_and(|left| left < app.config.least_free) {
        error!(event = "disk-full");
        return Err(answer(problem::unavailable(app)));
    }
    let Ok(Ok(_room)) = timeout(PATIENCE, app.uploads.acquire()).await else {
        return Err(answer(problem::unavailable(app)));
    };
    intake::receive(app, request)
        .await
        .map_err(|refused| match refused {
            Refused::TooLarge => answer(problem::too_large(app)),
            Refused::TooSlow => answer(problem::too_slow(app)),
            Refused::NoRoom => answer(problem::unavailable(app)),
            Refused::Malformed => Cut::Malformed,
        })
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
            let diagnosis = diagnosis::shortened(arrived.posted.first("diagnostic")).to_owned();
            if !arrived.posted.first(PREVIEW).is_empty() {
                return preview(app, &arrived, &answers);
            }
            let departement = departement_of(answers.text(names::COMMUNE)).to_owned();
            let commission = app
                .site
                .commission(&departement)
                .filter(|_| app.config.routes.contains_key(&departement));
            let Some(commission) = commission else {
                error!(event = "no-route", departement);
                let notice = problem::no_mailbox(app.site.commission(&departement));
                let token = arrived.posted.first("jeton").to_owned();
                return again(app, headers, &mut arrived, Vec::new(), vec![notice], token);
            };
            let dossier = Dossier {
                version: dossier::VERSION,
                mode: commission.mode.clone(),
                files: store::joined(&arrived.files),
                diagnosis,
                complement: None,
                answers,
            };
            store::store(app, headers, (key, departement), &dossier, None, arrived).await
        }
    }
}

/// The form again without any fault, under the answers as the commission will read them: nothing is stored.
fn preview(app: &App, arrived: &Arrived, answers: &Answers) -> Response {
    let mut posted: Posted = arrived.posted.clone();
    posted.remove(PREVIEW);
    let shown = Shown {
        recap: recap::sections(&app.site.definition, answers),
        reattach: names_of(arrived),
        token: posted.first("jeton").to_owned(),
        ..Shown::default()
    };
    form::render(app, StatusCode::OK, &posted, shown)
}

/// Names of the files that arrived, as the person knows them.
pub(super) fn names_of(arrived: &Arrived) -> Vec<String> {
    let names = arrived.files.iter().map(|file| file.posted.name.clone());
    names.filter(|name| !name.is_empty()).collect()
}

/// The key of idempotency of a post, or the notice to show with the token to keep.
/// Nothing suspect is thrown away: the person sees their answers again and sends them again.
pub(super) fn key(
    app: &App,
    headers: &HeaderMap,
    arrived: &mut Arrived,
) -> Result<String, (&'static str, String)> {
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
        // The script puts the token into its page: a stale one is replaced, a good one stays the key of this form.
        let jeton = if token.is_empty() {
            token::make(&app.ring, app.clock.millis()).unwrap_or_default()
        } else {
            token
        };
        let body = json!({ "erreurs": errors, "avis": notices, "jeton": jeton });
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response();
    }
    let shown = Shown {
        errors,
        notices,
        reattach: names_of(arrived),
        token,
        ..Shown::default()
    };
    form::render(app, StatusCode::UNPROCESSABLE_ENTITY, &arrived.posted, shown)
}
