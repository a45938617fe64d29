//! The contact form: a message to the team, with the guards of a referral, kept before it is acknowledged.

use super::client::Peer;
use super::intake::Arrived;
use super::submit::{self, Cut};
use super::{App, NAME, problem};
use crate::contact::{self, Message, SUBJECTS};
use crate::token;
use axum::extract::{Extension, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use referral_form::{clean, value};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use tracing::error;

/// Most characters of a message.
const MOST: usize = 4_000;
const THANKS: &str = "/contact/merci";

#[derive(Serialize)]
struct Subject {
    value: &'static str,
    label: &'static str,
}

/// A line of the summary of faults.
#[derive(Serialize)]
struct Fault {
    anchor: &'static str,
    message: &'static str,
}

#[derive(Default, Serialize)]
struct Page {
    sent: bool,
    token: String,
    about: String,
    notice: String,
    errors: Vec<Fault>,
    subjects: Vec<Subject>,
    subject: String,
    subject_error: &'static str,
    message: String,
    message_error: &'static str,
    email: String,
    email_error: &'static str,
}

/// An address may carry a subject and a page of the site: nothing personal.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let text = |name: &str| query.get(name).map_or("", String::as_str);
    let page = Page {
        subject: known(text("sujet")).unwrap_or_default().to_owned(),
        about: about(text("page")),
        ..Page::default()
    };
    render(&app, StatusCode::OK, page)
}

pub(super) async fn moved() -> Redirect {
    Redirect::permanent("/contact")
}

pub(super) async fn thanks(State(app): State<Arc<App>>) -> Response {
    let page = Page {
        sent: true,
        ..Page::default()
    };
    render(&app, StatusCode::OK, page)
}

pub(super) async fn receive(
    State(app): State<Arc<App>>,
    Extension(Peer(peer)): Extension<Peer>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let mut arrived = match submit::arrive(&app, peer.ip(), &headers, request).await {
        Ok(arrived) => arrived,
        Err(Cut::Answer(response)) => return *response,
        Err(Cut::Malformed) => Arrived::default(),
    };
    let key = submit::key(&app, &headers, &mut arrived);
    let (mut page, message) = read(&arrived);
    let key = match key {
        Ok(key) => key,
        Err((notice, token)) => {
            app.site.definition.text(notice).clone_into(&mut page.notice);
            page.token = token;
            // The faults are told once the page is sent again.
            return render(&app, refused, page);
        }
    };
    let Some(message) = message else {
        arrived.posted.first("jeton").clone_into(&mut page.token);
        return render(&app, refused, page);
    };
    match keep(&app, key, &message).await {
        Ok(()) => {
            app.contact_bell.notify_one();
            Redirect::to(THANKS).into_response()
        }
        Err(reason) => {
            error!(event = "contact-store", reason);
            arrived.posted.first("jeton").clone_into(&mut page.token);
            page.notice =
                "Votre message n’a pas pu être enregistré. Il est toujours là : envoyez-le de nouveau dans quelques minutes."
                    .to_owned();
            render(&app, StatusCode::SERVICE_UNAVAILABLE, page)
        }
    }
}

async fn keep(app: &App, key: String, message: &Message) -> Result<(), String> {
    let nonce = key.replace(':', "-");
    let plain = serde_json::to_vec(message).map_err(|error| error.to_string())?;
    let sealed = app
        .ring
        .seal(&contact::place(&nonce), &plain)
        .map_err(|_| "scellement".to_owned())?;
    app.contacts.keep(nonce, sealed, app.clock.millis()).await
}

/// The page as it was filled, with its faults; the message when there is none.
fn read(arrived: &Arrived) -> (Page, Option<Message>) {
    let posted = |name: &str| arrived.posted.first(name).to_owned();
    let mut page = Page {
        about: about(&posted("page")),
        subject: known(&posted("sujet")).unwrap_or_default().to_owned(),
        message: posted("message"),
        email: posted("courriel"),
        ..Page::default()
    };
    let text = clean::block(&page.message);
    if page.subject.is_empty() {
        page.subject_error = "Choisissez un sujet dans la liste.";
    }
    if text.is_empty() {
        page.message_error = "Écrivez votre message.";
    } else if text.chars().count() > MOST {
        page.message_error = "Votre message dépasse 4 000 caractères : raccourcissez-le.";
    }
    let typed = clean::line(&page.email);
    let email = if typed.is_empty() {
        None
    } else if let Ok(email) = value::email(&typed) {
        Some(email)
    } else {
        page.email_error = "Vérifiez votre adresse électronique. Format attendu : nom@exemple.fr";
        None
    };
    let faults = [
        ("sujet", page.subject_error),
        ("message", page.message_error),
        ("courriel", page.email_error),
    ];
    page.errors = faults
        .into_iter()
        .filter(|(_, message)| !message.is_empty())
        .map(|(anchor, message)| Fault { anchor, message })
        .collect();
    let message = page.errors.is_empty().then(|| Message {
        subject: page.subject.clone(),
        text,
        email,
        about: page.about.clone(),
    });
    (page, message)
}

fn known(subject: &str) -> Option<&'static str> {
    SUBJECTS
        .iter()
        .find(|(value, _)| *value == subject)
        .map(|(value, _)| *value)
}

/// A path of the site: what else an address carries is dropped.
fn about(path: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/.".contains(c);
    let fits = path.starts_with('/') && path.len() <= 200 && path.chars().all(plain);
    if fits { path.to_owned() } else { String::new() }
}

fn render(app: &App, status: StatusCode, mut page: Page) -> Response {
    if page.token.is_empty() && !page.sent {
        match token::make(&app.ring, app.clock.millis()) {
            Ok(token) => page.token = token,
            Err(_) => return problem::unavailable(app),
        }
    }
    page.subjects = SUBJECTS
        .iter()
        .map(|&(value, label)| Subject { value, label })
        .collect();
    let label = if page.sent {
        "Message enregistré"
    } else {
        "Nous écrire"
    };
    let mark = if page.errors.is_empty() { "" } else { "Erreur : " };
    let title = format!("{mark}{label} – {NAME}");
    match app.site.component("contact_form", "page", &page) {
        Ok(content) => (status, Html(app.site.page(&title, label, &content))).into_response(),
        Err(reason) => {
            error!(event = "render", reason);
            problem::unavailable(app)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{about, known};

    #[test]
    fn an_address_carries_a_path_and_a_known_subject_only() {
        assert_eq!(about("/guides/charges/"), "/guides/charges/");
        for wrong in ["https://x.fr/", "/a?b=c", "/É/", "", "/<b>/"] {
            assert_eq!(about(wrong), "", "{wrong}");
        }
        assert_eq!(known("erreur"), Some("erreur"));
        assert_eq!(known("x"), None);
    }
}
