//! The form page: empty, prefilled by coded values, or again with errors and everything that was typed.

use super::{App, NAME, problem};
use crate::site::Commission;
use crate::token;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use referral_form::recap::Section;
use referral_form::view::{self, FormView};
use referral_form::{FieldError, Posted, competence, names};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;
use tracing::error;

/// Answers that an address may carry: codes, nothing personal.
const CODED: [&str; 2] = [names::MOTIVES, names::ROLE];

/// The page of the form.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    form: FormView,
    /// Signed token.
    token: &'a str,
    /// Messages of the rules, as JSON, for the script.
    messages: String,
    /// Answers of a tree, carried along.
    diagnosis: &'a str,
    /// Names of the files to choose again.
    reattach: &'a [String],
    /// Sentence above them.
    reattach_text: &'a str,
    /// The answers again, when they were asked for before sending.
    recap: &'a [Section],
    /// Rules of competence, as JSON, for the script.
    rules: String,
}

/// What the page shows besides the answers.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) errors: Vec<FieldError>,
    pub(super) notices: Vec<String>,
    pub(super) reattach: Vec<String>,
    /// The answers again, when they were asked for before sending.
    pub(super) recap: Vec<Section>,
    /// Token to keep; a new one when empty.
    pub(super) token: String,
}

pub(super) async fn moved() -> Redirect {
    Redirect::permanent("/saisine")
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if let Some(commission) = redirection(&app) {
        return problem::redirected(&app, StatusCode::OK, commission);
    }
    let mut posted = Posted::default();
    let coded = CODED.iter().map(|id| (*id, query.get(*id)));
    let short = [(names::MOTIVES, query.get("motif"))];
    for (id, value) in coded.chain(short) {
        let known = app
            .site
            .definition
            .field(id)
            .zip(value)
            .filter(|(field, value)| field.options.iter().any(|option| option.id == **value));
        if let Some((field, value)) = known {
            posted.push(field.id.clone(), value.clone());
        }
    }
    render(&app, StatusCode::OK, &posted, Shown::default())
}

/// Answers with the form.
pub(super) fn render(app: &App, status: StatusCode, posted: &Posted, shown: Shown) -> Response {
    let token = if shown.token.is_empty() {
        match token::make(&app.ring, app.clock.millis()) {
            Ok(token) => token,
            Err(_) => return problem::unavailable(app),
        }
    } else {
        shown.token
    };
    let definition = &app.site.definition;
    let mut form = view::form(definition, mode(app), posted, &shown.errors, app.config.files);
    form.notices = shown.notices;
    let page = Page {
        token: &token,
        messages: serde_json::to_string(&definition.messages).unwrap_or_default(),
        diagnosis: posted.first("diagnostic"),
        reattach: &shown.reattach,
        reattach_text: definition.text("joindre_de_nouveau"),
        recap: &shown.recap,
        rules: serde_json::to_string(&competence::rules(definition)).unwrap_or_default(),
        form,
    };
    let mark = if !shown.errors.is_empty() {
        "Erreur : "
    } else if !shown.recap.is_empty() {
        "Relecture : "
    } else {
        ""
    };
    let heading = &page.form.title;
    let title = format!("{mark}{heading} – {NAME}");
    match app.site.component("referral_form", "form", &page) {
        Ok(content) => (status, Html(app.site.page(&title, heading, &content))).into_response(),
        Err(reason) => {
            error!(event = "render", reason);
            problem::unavailable(app)
        }
    }
}

/// The commission that the form speaks of: the first one that has a mailbox.
fn spoken_of(app: &App) -> Option<&Commission> {
    let mut known = app.config.routes.keys();
    known.find_map(|departement| app.site.commission(departement))
}

/// That commission, when people are to be sent to its own service.
pub(super) fn redirection(app: &App) -> Option<&Commission> {
    spoken_of(app).filter(|commission| commission.mode == "redirection")
}

fn mode(app: &App) -> &str {
    spoken_of(app).map_or("preparation", |commission| commission.mode.as_str())
}
