//! Pages for what cannot be done, in French, each with a way out.

use super::App;
use super::NAME;
use crate::site::{Commission, Site};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;

/// A problem page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Problem {
    /// Heading.
    pub(super) title: &'static str,
    /// Paragraphs.
    pub(super) text: Vec<String>,
    /// Whether the form is a way out.
    pub(super) form: bool,
    /// Address of another service, which is the way out.
    pub(super) link: Option<String>,
}

/// Answers with a page.
pub(super) fn page(site: &Site, status: StatusCode, problem: &Problem) -> Response {
    let title = format!("{} – {NAME}", problem.title);
    match site.render("own/problem.html", "problem", problem) {
        Ok(content) => (status, Html(site.page(&title, problem.title, &content))).into_response(),
        // Even the page of problems has failed: plain words are left.
        Err(_) => (status, problem.title).into_response(),
    }
}

fn simple(app: &App, status: StatusCode, title: &'static str, text: &[&str]) -> Response {
    let problem = Problem {
        title,
        text: text.iter().map(|text| (*text).to_owned()).collect(),
        form: true,
        link: None,
    };
    page(&app.site, status, &problem)
}

const PAPER: &str =
    "Vous pouvez aussi saisir la commission sans ce service, par lettre recommandée avec avis de réception.";

pub(super) fn foreign(app: &App) -> Response {
    simple(
        app,
        StatusCode::FORBIDDEN,
        "Envoi refusé",
        &[
            "Ce formulaire a été envoyé depuis un autre site. Pour protéger vos données, il n’a pas été enregistré.",
            "Ouvrez le formulaire sur ce site, puis envoyez-le de nouveau.",
        ],
    )
}

pub(super) fn conflict(app: &App) -> Response {
    simple(
        app,
        StatusCode::CONFLICT,
        "Ce formulaire a déjà été envoyé",
        &[
            "Un premier envoi de cette page est enregistré, avec d’autres réponses ou d’autres fichiers. Votre second envoi n’a pas été enregistré.",
            "Le premier est parti : son accusé d’enregistrement est dans votre messagerie. Il contient un lien pour le compléter. Pour un autre litige, ouvrez un nouveau formulaire.",
        ],
    )
}

pub(super) fn too_large(app: &App) -> Response {
    simple(
        app,
        StatusCode::PAYLOAD_TOO_LARGE,
        "Envoi trop volumineux",
        &[
            "Vos fichiers dépassent de loin la taille possible. Rien n’a été enregistré.",
            "Revenez à la page précédente, retirez des fichiers ou réduisez-les, puis envoyez de nouveau.",
        ],
    )
}

pub(super) fn too_slow(app: &App) -> Response {
    simple(
        app,
        StatusCode::REQUEST_TIMEOUT,
        "Envoi interrompu",
        &[
            "Votre envoi a pris trop de temps ou s’est arrêté en route. Rien n’a été enregistré.",
            "Revenez à la page précédente, vérifiez votre connexion, joignez moins de fichiers si possible, puis envoyez de nouveau.",
        ],
    )
}

pub(super) fn too_many(app: &App) -> Response {
    let wait = app.config.rate.1.as_secs().max(1);
    let mut response = simple(
        app,
        StatusCode::TOO_MANY_REQUESTS,
        "Trop d’envois depuis votre connexion",
        &[
            "Plusieurs formulaires viennent d’être envoyés depuis cette connexion. Le vôtre n’a pas été enregistré.",
            "Revenez à la page précédente et envoyez-le de nouveau dans quelques minutes.",
            PAPER,
        ],
    );
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(wait));
    response
}

pub(super) fn unavailable(app: &App) -> Response {
    let mut response = simple(
        app,
        StatusCode::SERVICE_UNAVAILABLE,
        "Service momentanément indisponible",
        &[
            "Votre formulaire n’a pas pu être enregistré. Ce n’est pas de votre faute.",
            "Revenez à la page précédente et envoyez-le de nouveau dans quelques minutes.",
            PAPER,
        ],
    );
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("120"));
    response
}

pub(super) fn unknown(app: &App) -> Response {
    simple(
        app,
        StatusCode::NOT_FOUND,
        "Cette page n’existe pas ou n’existe plus",
        &[
            "L’adresse est peut-être incomplète. Une page de confirmation reste lisible 24 heures ; l’accusé d’enregistrement est dans votre messagerie.",
        ],
    )
}

/// The commission has its own online service, the only valid electronic way where it exists (CRPA, article L112-9).
pub(super) fn redirected(app: &App, status: StatusCode, commission: &Commission) -> Response {
    let text = format!(
        "{} a son propre service en ligne. C’est lui qu’il faut utiliser pour la saisir par voie électronique. Rien n’est enregistré ici.",
        commission.nom
    );
    let problem = Problem {
        title: "Saisissez la commission sur son propre service",
        text: vec![text, PAPER.to_owned()],
        form: false,
        link: commission.teleservice.clone(),
    };
    page(&app.site, status, &problem)
}

/// Above the form, whose answers stay: this service has no mailbox for the commission of the dwelling.
/// With its postal address when the authors have confirmed it, else with the official directory.
pub(super) fn no_mailbox(commission: Option<&Commission>) -> String {
    let paper = "Envoyez-lui votre demande par lettre recommandée avec avis de réception";
    let place = match commission {
        Some(known) if !known.adresse_postale.is_empty() => {
            format!("{paper} : {}, {}.", known.nom, known.adresse_postale.join(", "))
        }
        Some(Commission {
            annuaire: Some(directory),
            ..
        }) => format!("{paper}. Son adresse est dans l’annuaire officiel : {directory}."),
        _ => format!("{paper}. La préfecture du département donne son adresse."),
    };
    format!(
        "La commission du département de ce logement ne reçoit pas de dossier par ce service. Rien n’a été enregistré. {place}"
    )
}

pub(super) fn too_many_complements(app: &App) -> Response {
    simple(
        app,
        StatusCode::FORBIDDEN,
        "Ce dossier a déjà reçu beaucoup de compléments",
        &[
            "Votre envoi n’a pas été enregistré. Écrivez directement à la commission, en citant la référence de votre dossier.",
        ],
    )
}

pub(super) async fn method(State(app): State<Arc<App>>) -> Response {
    simple(
        &app,
        StatusCode::METHOD_NOT_ALLOWED,
        "Action impossible",
        &["Cette page ne s’utilise pas ainsi."],
    )
}
