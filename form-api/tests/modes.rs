//! What the commission's mode changes: words, button, confirmation, mails and receipt. A plain e-mail is never called
//! a referral where it is not one.

mod common;

use common::{Form, Service, commission, receipt, site};
use form_api::delivery::mailer::Memory;
use std::sync::Arc;

/// A service whose commission has this mode.
async fn in_mode(mode: &str) -> Service {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let path = folder.path().join("dist/.service/commissions.json");
    let text = std::fs::read_to_string(&path).expect("the commissions");
    let mut all: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    all[0]["mode"] = mode.into();
    if mode == "redirection" {
        all[0]["teleservice"] = "https://teleservice.exemple.fr/cdc".into();
    }
    std::fs::write(&path, all.to_string()).expect("written");
    let memory = Arc::new(Memory::default());
    Service::start_with(folder, &[], memory.clone(), memory).await
}

/// Button of the form, word of the subject, words of the confirmation, of the mail and of the receipt, and whether the
/// letter is given.
struct Expected {
    button: &'static str,
    object: &'static str,
    confirmation: &'static str,
    mail: &'static str,
    receipt: &'static str,
    letter: bool,
}

async fn holds(mode: &str, expected: &Expected) {
    let service = in_mode(mode).await;
    let page = service.get("/saisine").await.body;
    assert!(page.contains(expected.button), "{mode}");
    let warned = "Cet envoi ne suffit pas à saisir la commission";
    assert_eq!(page.contains(warned), expected.letter, "{mode}: before");
    let reply = service.post(&Form::tenant(&service.token().await)).await;
    let confirmation = service.get(&reply.location()).await.body;
    assert!(
        confirmation.contains(expected.confirmation),
        "{mode}: {confirmation}"
    );
    assert_eq!(
        confirmation.contains("Votre lettre recommandée"),
        expected.letter,
        "{mode}: after"
    );
    let mails = service.mails().await;
    let mail = commission(&mails);
    assert!(
        mail.subject().expect("a subject").contains(expected.object),
        "{mode}"
    );
    let text = mail.body_text(0).expect("text").into_owned();
    assert!(text.contains(expected.mail), "{mode}: {text}");
    assert_eq!(
        text.contains("N’EST PAS UNE SAISINE"),
        expected.letter,
        "{mode}: in the mail"
    );
    let text = receipt(&mails).body_text(0).expect("text").into_owned();
    assert!(text.contains(expected.receipt), "{mode}: {text}");
    assert_eq!(
        text.contains("IL NE LA REMPLACE PAS"),
        expected.letter,
        "{mode}: in the receipt"
    );
    assert!(
        !text.to_lowercase().contains("accusé de réception"),
        "{mode}: {text}"
    );
    service.stop().await;
}

#[tokio::test]
async fn preparation_prepares_and_says_that_the_letter_remains() {
    let expected = Expected {
        button: "Envoyer et préparer ma lettre",
        object: "] Dossier ML93-",
        confirmation: "prépare votre saisine",
        mail: "ÉTAPE SUIVANTE : 1. accuser réception (lien plus haut) ; 2. attendre la lettre recommandée",
        receipt: "Envoyez la lettre recommandée",
        letter: true,
    };
    holds("preparation", &expected).await;
}

#[tokio::test]
async fn electronique_transmits_the_referral() {
    let expected = Expected {
        button: "Envoyer ma saisine",
        object: "] Saisine ML93-",
        confirmation: "transmis à la commission par voie électronique",
        mail: "ÉTAPE SUIVANTE : demander les pièces manquantes",
        receipt: "Deux mois après cet envoi",
        letter: false,
    };
    holds("electronique", &expected).await;
}

#[tokio::test]
async fn arrete_is_the_referral() {
    let expected = Expected {
        button: "Envoyer ma saisine",
        object: "] Saisine ML93-",
        confirmation: "dans la forme prévue par l’arrêté du préfet",
        mail: "Avis dans les deux mois de la saisine",
        receipt: "dans la forme prévue par l’arrêté du préfet",
        letter: false,
    };
    holds("arrete", &expected).await;
}

#[tokio::test]
async fn redirection_takes_nothing_and_sends_people_to_the_right_service() {
    let service = in_mode("redirection").await;
    let page = service.get("/saisine").await;
    assert_eq!(page.status, 200);
    assert!(
        page.body
            .contains("href=\"https:&#x2F;&#x2F;teleservice.exemple.fr&#x2F;cdc\"")
            || page.body.contains("href=\"https://teleservice.exemple.fr/cdc\""),
        "{}",
        page.body
    );
    assert!(!page.body.contains("name=\"jeton\""));
    let refused = service.post(&Form::tenant("AAAA")).await;
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("teleservice.exemple.fr"));
    assert!(service.mails().await.is_empty());
    service.stop().await;
}
