//! Something to add to a referral: its requester opens the link of their receipt, writes or joins, and the
//! commission gets it in the thread of the first mail.

use super::client::{self, Peer};
use super::intake::Arrived;
use super::submit::{self, Cut};
use super::{App, NAME, confirm, problem, store};
use crate::outbox::{Parent, Stored};
use crate::referral::dossier::{self, Dossier};
use crate::seal::sha256;
use crate::token;
use axum::Json;
use axum::extract::{Extension, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use referral_form::view::{self, ErrorView, LimitsView, PieceView};
use referral_form::{FieldError, PostedFile, clean, files, names};
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;
use tracing::error;

/// Name of the text.
const MESSAGE: &str = "message";
/// Most characters of the text.
const MOST: usize = 4_000;

#[derive(Serialize)]
struct Page<'a> {
    reference: &'a str,
    /// Token of the link.
    link: &'a str,
    /// Signed token of the page.
    token: String,
    message: &'a str,
    message_error: String,
    files_error: String,
    errors: Vec<ErrorView>,
    notices: Vec<String>,
    reattach: Vec<String>,
    reattach_text: &'a str,
    pieces: Vec<PieceView>,
    limits: LimitsView,
    max: usize,
}

/// What the page shows besides the link.
#[derive(Default)]
struct Shown {
    errors: Vec<FieldError>,
    notices: Vec<String>,
    token: String,
}

pub(super) async fn show(State(app): State<Arc<App>>, Path(link): Path<String>) -> Response {
    match find(&app, &link).await {
        Ok(stored) => page(
            &app,
            StatusCode::OK,
            &link,
            &stored,
            &Arrived::default(),
            Shown::default(),
        ),
        Err(response) => *response,
    }
}

pub(super) async fn receive(
    State(app): State<Arc<App>>,
    Extension(Peer(peer)): Extension<Peer>,
    Path(link): Path<String>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let stored = match find(&app, &link).await {
        Ok(stored) => stored,
        Err(response) => return *response,
    };
    let again = |arrived: &Arrived, shown: Shown| {
        if client::wants_json(&headers) {
            let body = json!({ "erreurs": shown.errors, "avis": shown.notices });
            return (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response();
        }
        page(
            &app,
            StatusCode::UNPROCESSABLE_ENTITY,
            &link,
            &stored,
            arrived,
            shown,
        )
    };
    let notice = |name: &str| vec![app.site.definition.text(name).to_owned()];
    let mut arrived = match submit::arrive(&app, peer.ip(), &headers, request).await {
        Ok(arrived) => arrived,
        Err(Cut::Answer(response)) => return *response,
        Err(Cut::Malformed) => {
            let notices = notice("envoi_incomplet");
            return again(
                &Arrived::default(),
                Shown {
                    notices,
                    ..Shown::default()
                },
            );
        }
    };
    let key = match submit::key(&app, &headers, &mut arrived) {
        Ok(key) => key,
        Err((name, token)) => {
            let notices = notice(name);
            return again(
                &arrived,
                Shown {
                    notices,
                    token,
                    ..Shown::default()
                },
            );
        }
    };
    let errors = faults(&app, &arrived);
    if !errors.is_empty() {
        let token = arrived.posted.first("jeton").to_owned();
        return again(
            &arrived,
            Shown {
                errors,
                token,
                ..Shown::default()
            },
        );
    }
    let Some(first) = confirm::dossier(&app, &stored) else {
        error!(event = "open", reference = stored.reference);
        return problem::unavailable(&app);
    };
    let dossier = Dossier {
        version: dossier::VERSION,
        complement: Some(clean::block(arrived.posted.first(MESSAGE))),
        files: store::joined(&arrived.files),
        diagnosis: String::new(),
        ..first
    };
    let parent = Parent {
        id: stored.id.clone(),
        reference: stored.reference.clone(),
        most: app.config.complements,
    };
    let departement = stored.departement.clone();
    store::store(
        &app,
        &headers,
        (key, departement),
        &dossier,
        Some(parent),
        arrived,
    )
    .await
}

async fn find(app: &App, link: &str) -> Result<Stored, Box<Response>> {
    match app.outbox.by_complement(sha256(link.as_bytes())).await {
        Ok(Some(stored)) => Ok(stored),
        Ok(None) => Err(Box::new(problem::unknown(app))),
        Err(fault) => {
            error!(event = "outbox", reason = %fault);
            Err(Box::new(problem::unavailable(app)))
        }
    }
}

/// A complement says something or joins something.
fn faults(app: &App, arrived: &Arrived) -> Vec<FieldError> {
    let definition = &app.site.definition;
    let posted: Vec<PostedFile> = arrived.files.iter().map(|file| file.posted.clone()).collect();
    let mut errors = files::check(definition, &arrived.posted, &posted, app.config.files);
    let text = clean::block(arrived.posted.first(MESSAGE));
    let code = if text.is_empty() && posted.is_empty() {
        Some("complement_vide")
    } else if text.chars().count() > MOST {
        Some("trop_long")
    } else {
        None
    };
    let message = code.map(|code| FieldError {
        field: MESSAGE.to_owned(),
        code: code.to_owned(),
        message: referral_form::validate::fill(
            definition.message(code),
            &[("champ", "Votre message"), ("max", &MOST.to_string())],
        ),
    });
    errors.splice(0..0, message);
    errors
}

fn page(
    app: &App,
    status: StatusCode,
    link: &str,
    stored: &Stored,
    arrived: &Arrived,
    shown: Shown,
) -> Response {
    let token = if shown.token.is_empty() {
        token::make(&app.ring, app.clock.millis())
    } else {
        Ok(shown.token)
    };
    let Ok(token) = token else {
        return problem::unavailable(app);
    };
    let definition = &app.site.definition;
    let of = |id: &str| {
        let mut own = shown.errors.iter().filter(|error| error.field == id);
        own.next().map(|error| error.message.clone()).unwrap_or_default()
    };
    let page = Page {
        reference: &stored.reference,
        link,
        token,
        message: arrived.posted.first(MESSAGE),
        message_error: of(MESSAGE),
        files_error: of(names::PIECES),
        errors: shown
            .errors
            .iter()
            .map(|error| view::summary(definition, error))
            .collect(),
        notices: shown.notices,
        reattach: submit::names_of(arrived),
        reattach_text: definition.text("joindre_de_nouveau"),
        pieces: view::pieces(definition, &arrived.posted, &shown.errors),
        limits: LimitsView::new(app.config.files),
        max: MOST,
    };
    let label = "Compléter un dossier";
    let mark = if shown.errors.is_empty() { "" } else { "Erreur : " };
    let title = format!("{mark}{label} {} – {NAME}", stored.reference);
    match app.site.component("referral_complement", "page", &page) {
        Ok(content) => (status, Html(app.site.page(&title, label, &content))).into_response(),
        Err(reason) => {
            error!(event = "render", reason);
            problem::unavailable(app)
        }
    }
}
