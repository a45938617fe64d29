//! Messages to the team: kept before they are acknowledged, delivered once, shown again with everything typed.

mod common;

use common::{Form, Service, parse};
use form_api::delivery::mailer::{Class, Failure};
use std::time::Duration;

fn message(token: &str) -> Form {
    let empty = Form::default();
    empty
        .with("jeton", token)
        .with("site_web", "")
        .with("page", "/guides/charges/")
        .with("sujet", "erreur")
        .with("message", "Le délai n’est pas le bon.\r\nMerci <b>")
        .with("courriel", "Anne@Exemple.FR")
}

async fn token(service: &Service) -> String {
    let page = service.get("/contact?sujet=erreur&page=/guides/charges/").await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("<strong>/guides/charges/</strong>"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("<option value=\"erreur\" selected>"),
        "{}",
        page.body
    );
    let (_, rest) = page.body.split_once("name=\"jeton\" value=\"").expect("a token");
    rest.split('"').next().expect("a token").to_owned()
}

/// The mails handed over, once there are as many as expected.
async fn mails(service: &Service, count: usize) -> Vec<Vec<u8>> {
    for _ in 0..1_000 {
        let kept = service.memory.kept();
        if kept.len() >= count {
            return kept.into_iter().map(|kept| kept.mime).collect();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{} mails", service.memory.kept().len());
}

#[tokio::test]
async fn a_message_goes_to_the_team_once_and_its_words_are_erased() {
    let service = Service::start(&[]).await;
    let form = message(&token(&service).await);
    for _ in 0..2 {
        let reply = service.post_to("/contact", &form).await;
        assert_eq!(
            (reply.status, reply.location()),
            (303, "/contact/merci".to_owned()),
            "{}",
            reply.body
        );
    }
    let thanks = service.get("/contact/merci").await;
    assert!(
        thanks.body.contains("Votre message est enregistré"),
        "{}",
        thanks.body
    );
    let mails = mails(&service, 1).await;
    let mail = parse(&mails[0]);
    assert_eq!(
        mail.subject(),
        Some("[Médiation Logement] Contact : Une erreur ou une information à corriger")
    );
    let reply_to = mail
        .reply_to()
        .and_then(|list| list.first())
        .and_then(|one| one.address());
    assert_eq!(reply_to, Some("Anne@exemple.fr"));
    let text = mail.body_text(0).expect("a text");
    assert!(
        text.contains("Le délai n’est pas le bon.") && text.contains("Page : /guides/charges/"),
        "{text}"
    );
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(
        service.memory.kept().len(),
        1,
        "the page sent twice is one message"
    );
    let folder = service.stop().await;
    let stored = std::fs::read(folder.path().join("outbox.db.contact")).expect("the store");
    assert!(
        !String::from_utf8_lossy(&stored).contains("délai"),
        "words are never stored in clear"
    );
}

#[tokio::test]
async fn a_relay_that_fails_costs_a_delay_and_no_message() {
    let service = Service::start(&[]).await;
    service.memory.fail_next(Failure {
        class: Class::Transient,
        code: Some(451),
        step: "data",
    });
    let reply = service
        .post_to("/contact", &message(&token(&service).await))
        .await;
    assert_eq!(reply.status, 303);
    // The next attempt comes with the courier's next look.
    assert_eq!(mails(&service, 1).await.len(), 1);
}

#[tokio::test]
async fn faults_come_back_with_everything_typed() {
    let service = Service::start(&[]).await;
    let form = message(&token(&service).await)
        .with("message", "")
        .with("sujet", "")
        .with("courriel", "anne@<exemple");
    let reply = service.post_to("/contact", &form).await;
    assert_eq!(reply.status, 422);
    for part in [
        "Erreur : 3 réponses sont à corriger",
        "href=\"#message\"",
        "value=\"anne@&lt;exemple\"",
        "aria-invalid=\"true\"",
        "<strong>/guides/charges/</strong>",
        "<title>Erreur : Nous écrire",
    ] {
        assert!(reply.body.contains(part), "{part} in {}", reply.body);
    }
    let robot = message(&token(&service).await).with("site_web", "http://spam");
    let reply = service.post_to("/contact", &robot).await;
    assert_eq!(reply.status, 422);
    assert!(
        reply.body.contains("Le délai n’est pas le bon."),
        "{}",
        reply.body
    );
    let forged = message("AAAA");
    assert_eq!(service.post_to("/contact", &forged).await.status, 422);
    assert_eq!(service.memory.kept().len(), 0);
}
