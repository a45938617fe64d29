//! The whole service on a real PostgreSQL, also while the database goes away.

mod common;

use common::postgres::Postgres as Server;
use common::{Form, Service, config, site};
use form_api::contact::Contacts;
use form_api::delivery::mailer::Memory;
use form_api::outbox::postgres::Postgres;
use std::sync::Arc;
use std::time::Duration;

async fn on(url: &str) -> Service {
    let memory = Arc::new(Memory::default());
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let config = config(folder.path(), &[]);
    let store = Postgres::open(url).await.expect("a store");
    let stores = (Arc::new(store.clone()) as Arc<_>, Contacts::from(store));
    Service::start_in(folder, config, stores, memory.clone(), memory).await
}

/// F61: the form says so for seconds, comes back by itself, and loses nothing.
#[tokio::test]
async fn f61_a_database_that_restarts_costs_seconds_and_no_referral() {
    let mut server = Server::start(&[]);
    let service = on(&server.database("referrals").await).await;
    let before = service.post(&Form::tenant(&service.token().await)).await;
    assert_eq!(before.status, 303, "{}", before.body);
    server.kill();
    let waiting = Form::tenant(&service.token().await).with("demande", "La seconde demande.");
    let during = service.post(&waiting).await;
    assert_eq!(during.status, 503, "{}", during.body);
    assert!(during.header("retry-after").is_some());
    server.resume();
    let mut after = service.post(&waiting).await;
    for _ in 0..50 {
        if after.status == 303 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        after = service.post(&waiting).await;
    }
    assert_eq!(after.status, 303, "{}", after.body);
    let mails = service.mails().await;
    assert!(
        mails.len() >= 4,
        "both referrals and their receipts: {}",
        mails.len()
    );
    service.stop().await;
}

#[tokio::test]
async fn messages_to_the_team_are_kept_there_too() {
    let server = Server::start(&[]);
    let service = on(&server.database("team").await).await;
    let page = service.get("/contact").await;
    let (_, rest) = page.body.split_once("name=\"jeton\" value=\"").expect("a token");
    let token = rest.split('"').next().expect("a token");
    let mut form = Form::default();
    for (name, value) in [
        ("jeton", token),
        ("site_web", ""),
        ("sujet", "question"),
        ("message", "Bonjour"),
        ("courriel", ""),
        ("page", "/"),
    ] {
        form = form.with(name, value);
    }
    let answer = service.post_to("/contact", &form).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    for _ in 0..200 {
        if !service.memory.kept().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(service.memory.kept().len(), 1);
    service.stop().await;
}
